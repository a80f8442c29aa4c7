//! Office Open XML text (ECMA-376): paragraphs, numbered lists, tables, footnotes, heads and feet, tracked changes.
//!
//! The archive's parts are read under the text limit, so that a small file cannot grow without bound. Text that a
//! tracked change deletes or that is struck through is kept as struck and is not current.

mod body;
mod numbering;
mod styles;

use std::io::{Cursor, ErrorKind, Read};

use roxmltree::{Document as Xml, Node, ParsingOptions};
use zip::ZipArchive;

use super::flow::FlowBlock;
use super::{ExtractError, Limits};
use crate::document::Role;

/// The namespace of a DOCX's main part, transitional and strict.
const WORD: [&str; 2] = [
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
];

/// The blocks of a DOCX in the order of its main part, heads before and feet behind it.
///
/// # Errors
/// When the archive or its main part cannot be read, or a part is over the limit.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Vec<FlowBlock>, ExtractError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| unparsable(&error))?;
    limits.entries(archive.len())?;
    let main =
        part(&mut archive, "word/document.xml", limits)?.ok_or_else(|| unparsable(&"it has no word/document.xml"))?;
    let mut texts = Parts { main, styles: None, numbering: None, footnotes: None, endnotes: None, relations: None };
    texts.styles = part(&mut archive, "word/styles.xml", limits)?;
    texts.numbering = part(&mut archive, "word/numbering.xml", limits)?;
    texts.footnotes = part(&mut archive, "word/footnotes.xml", limits)?;
    texts.endnotes = part(&mut archive, "word/endnotes.xml", limits)?;
    texts.relations = part(&mut archive, "word/_rels/document.xml.rels", limits)?;
    let mut blocks = furniture(&mut archive, "word/header", limits)?;
    blocks.extend(body::blocks(&texts)?);
    blocks.extend(furniture(&mut archive, "word/footer", limits)?);
    Ok(blocks)
}

/// The XML texts of the parts that belong together.
struct Parts {
    main: String,
    styles: Option<String>,
    numbering: Option<String>,
    footnotes: Option<String>,
    endnotes: Option<String>,
    relations: Option<String>,
}

/// One part as text, `None` where the archive has none of that name.
fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str, limits: &Limits) -> Result<Option<String>, ExtractError> {
    let Ok(mut file) = archive.by_name(name) else { return Ok(None) };
    let most = limits.max_text_bytes as u64 * MARKUP_PER_TEXT;
    let mut bytes = Vec::new();
    file.by_ref().take(most + 1).read_to_end(&mut bytes).map_err(|error| match error.kind() {
        // A worker's memory may end before the part does.
        ErrorKind::OutOfMemory => too_long(name, limits),
        _ => unparsable(&error),
    })?;
    if bytes.len() as u64 > most {
        return Err(too_long(name, limits));
    }
    let text = String::from_utf8_lossy(&bytes).into_owned();
    limits.xml(&text)?;
    Ok(Some(text))
}

fn too_long(part: &str, limits: &Limits) -> ExtractError {
    let limit = format!("{} bytes", limits.max_text_bytes);
    ExtractError::Limit { what: format!("the text of its part {part}"), limit, flag: "--max-text-bytes" }
}

/// How many bytes of XML one byte of text may cost.
const MARKUP_PER_TEXT: u64 = 4;

/// The paragraphs of every head or foot, as furniture.
fn furniture(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    stem: &str,
    limits: &Limits,
) -> Result<Vec<FlowBlock>, ExtractError> {
    let mut names: Vec<String> = archive
        .file_names()
        .filter_map(|name| Some(name.ok()?.into_owned()))
        .filter(|name| name.starts_with(stem) && name.ends_with(".xml"))
        .collect();
    names.sort();
    let mut blocks = Vec::new();
    for name in names {
        let main = part(archive, &name, limits)?.unwrap_or_default();
        let texts = Parts { main, styles: None, numbering: None, footnotes: None, endnotes: None, relations: None };
        let Ok(found) = body::blocks(&texts) else { continue };
        blocks.extend(found.into_iter().map(|block| FlowBlock { role: Role::Furniture, ..block }));
    }
    Ok(blocks)
}

fn parse(text: &str) -> Result<Xml<'_>, ExtractError> {
    // A DTD has no place in a DOCX; refusing it refuses entity bombs.
    let options = ParsingOptions { allow_dtd: false, ..ParsingOptions::default() };
    Xml::parse_with_options(text, options).map_err(|error| unparsable(&error))
}

fn unparsable(reason: &dyn std::fmt::Display) -> ExtractError {
    ExtractError::Unparsable { format: "DOCX", reason: reason.to_string() }
}

/// Whether `node` is the element `w:name`.
fn is(node: Node<'_, '_>, name: &str) -> bool {
    node.tag_name().name() == name && node.tag_name().namespace().is_some_and(|space| WORD.contains(&space))
}

/// The first child element `w:name`.
fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|&child| is(child, name))
}

/// The attribute `w:name`, in either namespace.
fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    WORD.iter().find_map(|&space| node.attribute((space, name)))
}

/// The `w:val` of the first child element `w:name`.
fn value<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    attribute(child(node, name)?, "val")
}

/// A switch such as `w:b`: there and not switched off.
fn switched_on(properties: Node<'_, '_>, name: &str) -> bool {
    child(properties, name).is_some_and(|node| !matches!(attribute(node, "val"), Some("0" | "false" | "off" | "none")))
}

#[cfg(test)]
mod tests;
