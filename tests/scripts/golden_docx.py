#!/usr/bin/env python3
"""Writes the Word documents of tests/golden/docx: invented policies in every shape that fineprint reads.

usage: golden_docx.py FOLDER

Needs nothing but Python. The parts are written by hand, so that each shape is exactly what it is meant to be; the archive's dates are fixed.
"""
import sys, zipfile
from pathlib import Path

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
V = ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml"'
WHO = 'w:id="9" w:author="A" w:date="2026-01-01T00:00:00Z"'
STYLES = "".join(f'<w:style w:type="paragraph" w:styleId="Heading{n}"><w:name w:val="heading {n}"/><w:pPr><w:outlineLvl w:val="{n - 1}"/></w:pPr></w:style>' for n in (1, 2, 3))


def t(text, props=""):
    return f'<w:r>{f"<w:rPr>{props}</w:rPr>" if props else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def p(runs, props=""):
    return f'<w:p>{f"<w:pPr>{props}</w:pPr>" if props else ""}{runs if runs.startswith("<") else t(runs)}</w:p>'


def h(text, level=1):
    return p(text, f'<w:pStyle w:val="Heading{level}"/>')


def item(text, level=0, num=1, more=""):
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>{more}')


def cell(text):
    return f"<w:tc><w:tcPr/>{text if text.startswith('<w:p>') else p(text) if text else '<w:p/>'}</w:tc>"


def row(*cells, props=""):
    return f'<w:tr>{f"<w:trPr>{props}</w:trPr>" if props else ""}{"".join(map(cell, cells))}</w:tr>'


def table(*rows):
    return f'<w:tbl><w:tblPr/>{"".join(rows)}</w:tbl>'


def level(at, form, text, start=1):
    return f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'


NUMBERING = f"""<w:numbering {W}>
<w:abstractNum w:abstractNumId="0">{level(0, "upperRoman", "%1.")}{level(1, "upperLetter", "%2.")}{level(2, "decimal", "%3)")}{level(3, "lowerLetter", "(%4)")}</w:abstractNum>
<w:abstractNum w:abstractNumId="1">{level(0, "bullet", "&#61623;")}{level(1, "bullet", "o")}</w:abstractNum>
<w:abstractNum w:abstractNumId="2">{level(0, "decimal", "%1", 3)}{level(1, "decimal", "%1.%2")}{level(2, "lowerRoman", "%3.")}</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
<w:num w:numId="5"><w:abstractNumId w:val="2"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="8"/></w:lvlOverride></w:num>
</w:numbering>"""

lists = [
    h("Nasal Splints"), p("Policy Number: ENT-310"), p("Effective Date: 05/01/2026"), h("Coverage Criteria", 2),
    p("A splint is considered medically necessary when ALL of the following are met:"),
    item("The nose is blocked."), item("One of these holds:", 1), item("breath is short", 2), item("sleep is poor", 2), item("at night", 3),
    item("A physician asked for it.", 1), item("No surgery is planned."),
    h("Limits", 2), item("One splint a year."), item("A second list goes on with the numbers of the first."),
    h("Exceptions", 2), item("This list begins anew.", 0, 4), item("And goes on.", 0, 4),
    h("Documentation", 2), item("Numbers that begin at three", 0, 3), item("and have two parts", 1, 3), item("or roman ones", 2, 3), item("", 0, 3), item("An empty item took a number.", 0, 3),
    item("An override begins at eight.", 0, 5),
    p("Bullets:"), item("one", 0, 2), item("inner", 1, 2),
]
changes = [
    h("Compression Sleeves"), p("Number: DME-77"), h("Policy Statement", 2),
    p(t("Sleeves are ") + f'<w:del {WHO}><w:r><w:delText xml:space="preserve">not </w:delText></w:r></w:del>' + t("covered for ") + f"<w:ins {WHO}>{t('adults and ')}</w:ins>" + t("children.")),
    p(t("Two ") + t("three ", "<w:strike/>") + t("pairs a year") + t(" and no more", "<w:dstrike/>") + t(", kept: ", '<w:strike w:val="0"/>') + t("yes.")),
    item("First."), p(f'<w:del {WHO}><w:r><w:delText>Deleted item.</w:delText></w:r></w:del>', f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del {WHO}/></w:rPr>'), item("Second, since the deleted item takes no number."),
    p(f'<w:moveFrom {WHO}>{t("Moved away.")}</w:moveFrom>'), p(f'<w:moveTo {WHO}>{t("Moved here.")}</w:moveTo>'),
    table(row("Code", "Paid", props="<w:tblHeader/>"), row("S0010", p(t("Yes") + t("No", "<w:strike/>"))), row("S0011", "Gone", props=f"<w:del {WHO}/>")),
]
notes = [
    h("Voice Therapy"), p("Document #: SP-09"), h("Description", 2), p(t("Exercises for the voice.") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + t(" They take weeks.")),
    h("Policy", 2), p(t("See the ") + f'<w:hyperlink r:id="rId5">{t("appeal form")}</w:hyperlink>' + t(" and the ") + '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> HYPERLINK "https://law.example/voice" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>' + t("state mandate") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>' + t(".") + '<w:r><w:endnoteReference w:id="3"/></w:r>'),
    table(row("Code", "Description", "Limit", props="<w:tblHeader/>"), row("S0020", p("Voice therapy,") + p("each hour"), "20"), row("S0021", p(t("Voice training") + '<w:r><w:footnoteReference w:id="4"/></w:r>'), "")),
    p(f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>{p("Prior authorization is required (box).")}</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>{p("Prior authorization is required (box).")}</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>' + t("Text beside a box.")),
    f"<w:sdt><w:sdtContent>{p('Words in a content control.')}</w:sdtContent></w:sdt>",
    p(t("State:") + "<w:r><w:tab/></w:r>" + t("Ohio") + "<w:r><w:br/></w:r>" + t("Line after a break") + "<w:r><w:noBreakHyphen/></w:r>" + t("here")),
    h("References", 2), p("1. Abbott B. Voices. J Rest. 2020;3:1-4."), p("2. Castle D. Tones. J Rest. 2021;4:5-9."), p("3. Dunn E. Songs. 2022. Accessed May 1, 2024."),
]
FOOT = f'<w:footnotes {W}><w:footnote w:id="-1" w:type="separator"><w:p/></w:footnote><w:footnote w:id="2">{p("Not for singers.")}</w:footnote><w:footnote w:id="4">{p("Ask first.")}</w:footnote></w:footnotes>'
END = f'<w:endnotes {W}><w:endnote w:id="3">{p("As of 2026.")}</w:endnote></w:endnotes>'
RELS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>'
PACKAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml."


def write(path, body, parts):
    names = {"document": "document.main+xml", "styles": "styles+xml", "numbering": "numbering+xml", "footnotes": "footnotes+xml", "endnotes": "endnotes+xml", "header1": "header+xml", "footer1": "footer+xml"}
    refs = '<w:headerReference w:type="default" r:id="rIdheader1"/><w:footerReference w:type="default" r:id="rIdfooter1"/>' if "header1" in parts else ""
    parts = {"document": f"<w:document {W}{V}><w:body>{''.join(body)}<w:sectPr>{refs}</w:sectPr></w:body></w:document>", "styles": f"<w:styles {W}>{STYLES}</w:styles>", "numbering": NUMBERING, **parts}
    types = "".join(f'<Override PartName="/word/{n}.xml" ContentType="{KIND}{names[n]}"/>' for n in parts)
    links = "".join(f'<Relationship Id="rId{n}" Type="{PACKAGE}{n.rstrip("1")}" Target="{n}.xml"/>' for n in parts if n != "document")
    links += f'<Relationship Id="rId5" Type="{PACKAGE}hyperlink" Target="https://plan.example/appeal.pdf" TargetMode="External"/>'
    files = {
        "[Content_Types].xml": f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>{types}</Types>',
        "_rels/.rels": RELS % f'<Relationship Id="rId1" Type="{PACKAGE}officeDocument" Target="word/document.xml"/>',
        "word/_rels/document.xml.rels": RELS % links,
        **{f"word/{n}.xml": text for n, text in parts.items()},
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + text, zipfile.ZIP_DEFLATED)


def main(argv):
    folder = Path(argv[1])
    write(folder / "lists.docx", lists, {})
    write(folder / "changes.docx", changes, {})
    head = f'<w:hdr {W}>{p("Moorhen Health | SP-09")}</w:hdr>'
    foot = f'<w:ftr {W}>{p("The contract controls.")}</w:ftr>'
    write(folder / "notes.docx", notes, {"footnotes": FOOT, "endnotes": END, "header1": head, "footer1": foot})


if __name__ == "__main__":
    main(sys.argv)
