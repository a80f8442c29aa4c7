#!/usr/bin/env python3
"""Writes the DOCX that a marked text describes: write_docx.py SOURCE TARGET.

Lines: "@title", "@header", "@footer", "= title", "# heading", "#t caption", "1. item", "1.1 item of an item",
"| cell | cell |" ("|!" for a row of headings), "^1 footnote", else a paragraph.
In a line: {+inserted+}, {-deleted-} as tracked changes, [^1] a reference to a footnote.
"""
import re, sys, zipfile
from xml.sax.saxutils import escape

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
PARTS = ["styles", "numbering", "footnotes", "settings", "header", "footer"]
marks = 0


def marked(kind, inside):
    global marks
    marks += 1
    return f'<w:{kind} w:id="{marks}" w:author="Policy Committee" w:date="2025-03-20T09:00:00Z"{inside}'


def runs(line):
    out = ""
    for part in re.split(r"(\{\+.*?\+\}|\{-.*?-\}|\[\^\d+\])", line):
        if part.startswith("[^"):
            out += f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="{part[2:-1]}"/></w:r>'
        elif part.startswith("{-"):
            text = f'<w:r><w:delText xml:space="preserve">{escape(part[2:-2])}</w:delText></w:r>'
            out += marked("del", f">{text}</w:del>")
        elif part:
            text = part[2:-2] if part.startswith("{+") else part
            run = f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
            out += marked("ins", f">{run}</w:ins>") if part.startswith("{+") else run
    return out


def paragraph(line, style=None, list_of=None):
    inside = f'<w:pStyle w:val="{style}"/>' if style else ""
    if list_of:
        inside += f'<w:numPr><w:ilvl w:val="{list_of[1]}"/><w:numId w:val="{list_of[0]}"/></w:numPr>'
    whole = re.fullmatch(r"\{([+-])((?!\{).)*[+-]\}", line)
    if whole:  # The paragraph's own mark came, or went, with its words.
        inside += f'<w:rPr>{marked("ins" if whole[1] == "+" else "del", "/>")}</w:rPr>'
    return f'<w:p>{f"<w:pPr>{inside}</w:pPr>" if inside else ""}{runs(line)}</w:p>'


def table(rows):
    width = rows[0].rstrip().rstrip("|").lstrip("|!").count("|") + 1
    out = '<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="0" w:type="auto"/></w:tblPr>'
    out += f'<w:tblGrid>{"<w:gridCol/>" * width}</w:tblGrid>'
    for row in rows:
        cells = [cell.strip() for cell in row.lstrip("|!").rstrip().rstrip("|").split("|")]
        head = "<w:trPr><w:tblHeader/></w:trPr>" if row.startswith("|!") else ""
        out += f'<w:tr>{head}{"".join(f"<w:tc><w:tcPr/>{paragraph(cell)}</w:tc>" for cell in cells)}</w:tr>'
    return out + "</w:tbl>"


def parts(lines):
    meta, notes, body, rows, lists = {}, "", "", [], 0
    listed = False
    for line in lines + [""]:
        if line.startswith("|"):
            rows.append(line)
            continue
        body, rows = body + (table(rows) if rows else ""), []
        item = re.match(r"(1\.1|1\.) (.*)", line)
        if item:
            lists += not listed
            body += paragraph(item[2], "ListParagraph", (lists, int(item[1] == "1.1")))
        elif line.startswith("@"):
            name, _, meta[line[1:].split()[0]] = line.partition(" ")
        elif line.startswith("^"):
            number, _, text = line[1:].partition(" ")
            notes += f'<w:footnote w:id="{number}">{paragraph(text)}</w:footnote>'
        elif line.startswith("= "):
            body += paragraph(line[2:], "Title")
        elif line.startswith("#t "):
            body += paragraph(line[3:], "Caption")
        elif line.startswith("# "):
            body += paragraph(line[2:], "Heading1")
        elif line:
            body += paragraph(line)
        listed = bool(item)
    return meta, notes, body, lists


def files(lines):
    meta, notes, body, lists = parts(lines)
    style = '<w:style w:type="paragraph" w:styleId="{0}"><w:name w:val="{1}"/>{2}</w:style>'
    names = [("Normal", "Normal", ""), ("Title", "Title", ""), ("Caption", "caption", ""), ("ListParagraph", "List Paragraph", ""),
             ("Heading1", "heading 1", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>')]
    level = '<w:lvl w:ilvl="{0}"><w:start w:val="1"/><w:numFmt w:val="{1}"/><w:lvlText w:val="%{2}."/></w:lvl>'
    restart = '<w:num w:numId="{0}"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    related = "".join(f'<Relationship Id="r{n}" Type="{OFFICE}/{name}" Target="{name}.xml"/>' for n, name in enumerate(PARTS, 1))
    over = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{TYPE}{name}+xml"/>' for name in PARTS)
    rels = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
    sect = '<w:sectPr><w:headerReference w:type="default" r:id="r5"/><w:footerReference w:type="default" r:id="r6"/></w:sectPr>'
    return {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="{TYPE}document.main+xml"/>{over}'
        '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>',
        "_rels/.rels": rels.format(f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/><Relationship Id="r2" '
        'Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>'),
        "docProps/core.xml": '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(meta["title"])}</dc:title></cp:coreProperties>',
        "word/_rels/document.xml.rels": rels.format(related),
        "word/document.xml": f"<w:document {W}><w:body>{body}{sect}</w:body></w:document>",
        "word/styles.xml": f'<w:styles {W}>{"".join(style.format(*name) for name in names)}<w:style w:type="table" w:styleId="Grid"><w:name w:val="Table Grid"/></w:style></w:styles>',
        "word/numbering.xml": f'<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>{level.format(0, "decimal", 1)}{level.format(1, "lowerLetter", 2)}</w:abstractNum>'
        f'{"".join(restart.format(n) for n in range(1, lists + 1))}</w:numbering>',
        "word/footnotes.xml": f'<w:footnotes {W}><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>{notes}</w:footnotes>',
        "word/settings.xml": f"<w:settings {W}><w:trackRevisions/></w:settings>",
        "word/header.xml": f'<w:hdr {W}>{paragraph(meta["header"])}</w:hdr>',
        "word/footer.xml": f'<w:ftr {W}>{paragraph(meta["footer"])}</w:ftr>',
    }


def main():
    source, target = sys.argv[1:]
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files(open(source, encoding="utf-8").read().splitlines()).items():
            archive.writestr(zipfile.ZipInfo(name, (2025, 3, 20, 9, 0, 0)), HEAD + text, zipfile.ZIP_DEFLATED)


main()
