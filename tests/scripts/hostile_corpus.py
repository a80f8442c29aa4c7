"""The hostile corpus: some 450 documents that are bombs, broken, cut, cyclic, deep, or odd, each with what must
come of it. `documents()` yields (name, bytes, expected), the same on every machine. Only the standard library;
the sentences and the payer are invented. `hostile_runs.py` runs fineprint over them.

Expected is a set of words: `read` (no error), an error code, or `issue:CODE` (read, with that issue).
`any` stands for every outcome but `crashed`. A `limit` may be of time or of memory, whichever comes first.
"""
import random, struct, zipfile, zlib
from io import BytesIO

from hostile import LINES, content, encrypted, pdf, stream, text_objects

MIB = 1 << 20
SENTENCE = b"Platelet-rich plasma injections are considered investigational. "
ANY = {"any"}
READ = {"read"}
LIMIT = {"limit"}
BROKEN = {"unsupported", "empty", "not-a-policy", "read"}


def packed(unit, total):
    """`total` bytes of `unit` repeated, as a flate stream (RFC 1950): one block of a MiB, copied."""
    block = unit * max(1, MIB // len(unit))
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = squeeze.compress(block) + squeeze.flush(zlib.Z_FULL_FLUSH)
    copies = total // len(block)
    # Adler-32 of the copies, a block at a time.
    low, high = 1, 0
    alone = zlib.adler32(block, 0)
    for _ in range(copies):
        high = (high + len(block) * low + (alone >> 16)) % 65521
        low = (low + (alone & 0xFFFF)) % 65521
    return b"\x78\xda" + body * copies + b"\x03\x00" + struct.pack(">I", high << 16 | low)


FONTS = b"/Font << /F1 3 0 R >>"


def page(body, extra=b"", more=(), resources=FONTS, font=None):
    """A PDF of one page with that content stream; objects of `more` begin at 6."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
        font or b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << %s >> /Contents 5 0 R >>" % resources,
        stream(body, extra),
    ]
    return pdf(objects + list(more))


def form(body, resources, extra=b""):
    return stream(body, b"/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << %s >> %s" % (resources, extra))


WORDS = content(LINES)
SOUND = pdf(text_objects([LINES]))
LONG = pdf(text_objects([LINES] + [["Policy Guidelines, part %d" % n] + LINES[3:] * 8 for n in range(2, 7)]))
FLATE = b"/Filter /FlateDecode "


def pdf_bombs():
    yield "flate-blanks", page(packed(b" ", 1024 * MIB), FLATE), LIMIT
    yield "flate-text", page(packed(b"BT /F1 12 Tf 72 720 Td (not covered) Tj ET ", 1024 * MIB), FLATE), LIMIT
    yield "flate-in-flate", page(zlib.compress(packed(b" ", 4096 * MIB), 9), b"/Filter [/FlateDecode /FlateDecode] "), LIMIT
    yield "run-length", page(b"\x81 " * (8 * MIB), b"/Filter /RunLengthDecode "), LIMIT | READ
    yield "predictor", page(zlib.compress(b"\2" * MIB), b"/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 2147483647 >> "), ANY
    yield "many-filters", page(WORDS, b"/Filter [%s] " % (b"/ASCIIHexDecode " * 10000)), ANY
    for width in (20_000, 200_000, 2**31 - 1):
        picture = stream(packed(b"\0", 256 * MIB), b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceRGB "
                         b"/BitsPerComponent 8 " % (width, width) + FLATE)
        yield "picture-%d" % width, page(b"/Im Do", more=[picture], resources=b"/XObject << /Im 6 0 R >>"), \
            {"issue:text-layer-missing", "limit"}
    for key in (b"FontFile", b"FontFile2", b"FontFile3"):
        font = b"<< /Type /Font /Subtype /TrueType /BaseFont /X /FontDescriptor 6 0 R /Encoding /WinAnsiEncoding >>"
        descriptor = b"<< /Type /FontDescriptor /FontName /X /Flags 32 /%s 7 0 R >>" % key
        yield "font-" + key.decode(), page(WORDS, more=[descriptor, stream(packed(b"\0", 1024 * MIB), FLATE)], font=font), ANY
    ranges = b"begincmap 1 begincodespacerange <00000000> <ffffffff> endcodespacerange " \
             b"1 beginbfrange <00000000> <ffffffff> <0041> endbfrange endcmap"
    font = b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [7 0 R] /ToUnicode 6 0 R >>"
    child = b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
    yield "cmap-range", page(WORDS, more=[stream(ranges), child], font=font), ANY
    yield "cmap-bomb", page(WORDS, more=[stream(packed(b"1 beginbfchar <01> <0041> endbfchar ", 1024 * MIB), FLATE), child], font=font), ANY
    yield "cmap-uses-itself", page(WORDS, more=[stream(b"/X usecmap", b"/UseCMap 6 0 R "), child], font=font), ANY
    yield "text-flood", page(packed(b"BT /F1 1 Tf (%s) Tj ET " % (b"a" * 4000), 64 * MIB), FLATE), ANY
    yield "operand-flood", page(packed(b"1 ", 64 * MIB), FLATE), ANY
    yield "path-flood", page(packed(b"0 0 m 9 9 l S ", 16 * MIB), FLATE), ANY
    yield "state-flood", page(packed(b"q ", 64 * MIB) , FLATE), ANY
    yield "marked-flood", page(packed(b"/P << /MCID 0 >> BDC ", 32 * MIB), FLATE), ANY


def pdf_cycles():
    names = b"/XObject << /A 6 0 R /B 7 0 R >>"
    yield "form-in-itself", page(b"/A Do", more=[form(b"/A Do", b"/XObject << /A 6 0 R >>")], resources=names), ANY
    pair = [form(b"/B Do", names), form(b"/A Do /A Do", names)]
    yield "forms-in-each-other", page(b"/A Do", more=pair, resources=names), ANY
    tower = [form(b"/X Do " * 10 if n < 29 else WORDS, FONTS + b" /XObject << /X %d 0 R >>" % (7 + n)) for n in range(30)]
    yield "forms-exponential", page(b"/X Do", more=tower, resources=b"/XObject << /X 6 0 R >>"), LIMIT | READ
    tall = [form(b"/X Do" if n < 9_999 else WORDS, FONTS + b" /XObject << /X %d 0 R >>" % (7 + n)) for n in range(10_000)]
    yield "forms-deep", page(b"/X Do", more=tall, resources=b"/XObject << /X 6 0 R >>"), ANY
    tiling = stream(b"/Pattern cs /P scn 0 0 9 9 re f", b"/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] "
                    b"/XStep 1 /YStep 1 /Resources << /Pattern << /P 6 0 R >> >> ")
    yield "pattern-in-itself", page(b"/Pattern cs /P scn 0 0 600 700 re f", more=[tiling], resources=b"/Pattern << /P 6 0 R >>"), ANY
    glyph = b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] /FirstChar 65 /LastChar 65 /Widths [9] " \
            b"/Encoding << /Differences [65 /a] >> /CharProcs << /a 6 0 R >> /Resources << /Font << /F1 3 0 R >> >> >>"
    yield "glyph-in-itself", page(b"BT /F1 9 Tf (A) Tj ET", more=[stream(b"9 0 d0 BT /F1 9 Tf (A) Tj ET")], font=glyph), ANY
    mask = form(WORDS, FONTS + b" /ExtGState << /G 7 0 R >>", b"/Group << /S /Transparency >> ")
    state = b"<< /Type /ExtGState /SMask << /S /Luminosity /G 6 0 R >> >>"
    yield "mask-in-itself", page(b"/G gs " + WORDS, more=[mask, state], resources=FONTS + b" /ExtGState << /G 7 0 R >>"), ANY
    catalog = b"<< /Type /Catalog /Pages 2 0 R >>"
    trees = {
        "root-is-kid": [b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"],
        "two-in-a-ring": [b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"],
        "root-is-catalog": [b"<< /Type /Pages /Kids [1 0 R] /Count 1 >>"],
        "no-kids": [b"<< /Type /Pages /Count 7 >>"],
        "kids-no-array": [b"<< /Type /Pages /Kids 7 /Count 1 >>"],
        "kids-missing": [b"<< /Type /Pages /Kids [88 0 R 99 0 R] /Count 2 >>"],
        "kid-is-itself-a-reference": [b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", b"3 0 R"],
        "count-negative": [b"<< /Type /Pages /Kids [3 0 R] /Count -1 >>", b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"],
        "count-huge": [b"<< /Type /Pages /Kids [3 0 R] /Count 9999999999999 >>", b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"],
        "parent-is-itself": [b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", b"<< /Type /Page /Parent 3 0 R >>"],
        "box-of-nothing": [b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 0 0] >>"],
        "box-of-infinity": [b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", b"<< /Type /Page /Parent 2 0 R /MediaBox [-1e38 -1e38 1e38 1e38] >>"],
    }
    for name, objects in trees.items():
        yield "pages-" + name, pdf([catalog] + objects), ANY
    deep = [b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (n + 3) for n in range(50_000)]
    yield "pages-deep", pdf([catalog] + deep + [b"<< /Type /Page /MediaBox [0 0 612 792] >>"]), ANY
    kids = b" ".join(b"%d 0 R" % (n + 3) for n in range(100_000))
    blank = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>"
    yield "pages-100000", pdf([catalog, b"<< /Type /Pages /Kids [%s] /Count 100000 >>" % kids] + [blank] * 100_000), LIMIT
    wide = SOUND.replace(b"/Type /Catalog", b"/Type /Catalog /Outlines 9 0 R /StructTreeRoot 9 0 R /Names 9 0 R")
    yield "outlines-loop", wide + b"9 0 obj << /First 9 0 R /Next 9 0 R /K 9 0 R /Kids [9 0 R] >> endobj", ANY
    annots = SOUND.replace(b"/Type /Page ", b"/Type /Page /Annots [%s] " % (b"4 0 R " * 50_000))
    yield "annotations-loop", annots, ANY
    for name, nest in (("arrays", b"["), ("dictionaries", b"<</A "), ("strings", b"("), ("hex", b"<"), ("references", b"4 0 R ")):
        yield "deep-%s-in-content" % name, page(nest * 500_000), ANY
        yield "deep-%s-in-object" % name, pdf([b"<< /Type /Catalog /Pages 2 0 R /X %s >>" % (nest * 200_000)] + text_objects([LINES])[1:]), ANY


def pdf_structure():
    start = SOUND.rfind(b"startxref")
    yield "no-startxref", SOUND[:start], {"issue:truncated"}
    yield "no-xref", SOUND[:SOUND.rfind(b"xref\n0")], {"issue:truncated"}
    yield "startxref-beyond", SOUND[:start] + b"startxref\n999999999\n%%EOF", ANY
    yield "startxref-negative", SOUND[:start] + b"startxref\n-1\n%%EOF", ANY
    yield "startxref-no-number", SOUND[:start] + b"startxref\nnone\n%%EOF", ANY
    where = SOUND.rfind(b"xref\n0")
    yield "prev-is-itself", SOUND.replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev %d" % where), ANY
    yield "no-root", SOUND.replace(b"/Root 1 0 R", b""), ANY
    yield "root-missing", SOUND.replace(b"/Root 1 0 R", b"/Root 77 0 R"), ANY
    yield "root-is-a-page", SOUND.replace(b"/Root 1 0 R", b"/Root 4 0 R"), ANY
    yield "size-lies", SOUND.replace(b"/Size ", b"/Size 99999999"), ANY
    yield "no-header", SOUND[SOUND.find(b"1 0 obj"):], ANY
    yield "version-9", SOUND.replace(b"%PDF-1.4", b"%PDF-9.9"), READ
    yield "junk-before", b"\0junk\n" * 100 + SOUND, ANY
    yield "junk-behind", SOUND + b"\0" * MIB, ANY
    yield "blanks-behind", SOUND + b"\n" * 1000, READ
    yield "twice", SOUND + SOUND, READ
    yield "header-only", b"%PDF-1.7\n%%EOF\n", {"unsupported"}
    yield "page-of-nothing", page(b""), ANY
    for off in (-100, -10, -1, 1, 2, 10, 1000):
        shifted = SOUND
        for n in range(1, 6):
            place = SOUND.find(b"%d 0 obj" % n)
            shifted = shifted.replace(b"%010d 00000 n" % place, b"%010d 00000 n" % max(0, place + off))
        yield "offsets-by-%d" % off, shifted, ANY
    length = b"/Length %d" % len(WORDS)
    for name, told in (("0", b"0"), ("1", b"1"), ("short", b"%d" % (len(WORDS) // 2)), ("long", b"%d" % (len(WORDS) * 9)),
                       ("huge", b"99999999999999999999"), ("negative", b"-5"), ("missing", b"99 0 R"), ("itself", b"5 0 R"),
                       ("word", b"/Name"), ("real", b"1e9")):
        yield "length-" + name, SOUND.replace(length, b"/Length " + told), ANY
    for name, filter_name in (("unknown", b"/Nonsense"), ("flate-of-text", b"/FlateDecode"), ("lzw-of-text", b"/LZWDecode"),
                              ("jpeg-of-text", b"/DCTDecode"), ("jbig2-of-text", b"/JBIG2Decode"), ("jpx-of-text", b"/JPXDecode"),
                              ("fax-of-text", b"/CCITTFaxDecode"), ("hex-of-text", b"/ASCIIHexDecode"),
                              ("85-of-text", b"/ASCII85Decode"), ("crypt", b"/Crypt"), ("no-name", b"7")):
        yield "filter-" + name, SOUND.replace(length, length + b" /Filter " + filter_name), ANY
    for name, bad in (("size-0", b"/F1 0 Tf"), ("size-huge", b"/F1 1e38 Tf"), ("size-negative", b"/F1 -12 Tf"),
                      ("size-nan", b"/F1 nan Tf"), ("no-font", b"/F9 12 Tf"), ("matrix-0", b"/F1 12 Tf 0 0 0 0 0 0 Tm"),
                      ("matrix-huge", b"/F1 12 Tf 1e30 0 0 1e30 1e30 1e30 Tm"), ("far-away", b"/F1 12 Tf 1 0 0 1 -9e9 9e9 Tm"),
                      ("scale-0", b"/F1 12 Tf 0 Tz"), ("unseen", b"/F1 12 Tf 3 Tr")):
        yield "text-" + name, page(WORDS.replace(b"/F1 12 Tf", bad)), ANY
    yield "encrypted", encrypted(b"secret"), {"encrypted"}
    yield "encrypted-without-password", encrypted(b""), READ
    yield "encrypted-odd-handler", SOUND.replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt << /Filter /Odd >> /ID [<00> <00>]"), {"encrypted", "unsupported", "read"}
    yield "encrypted-by-nothing", SOUND.replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt 88 0 R"), ANY
    yield "action", SOUND.replace(b"/Type /Catalog", b"/Type /Catalog /OpenAction << /S /Launch /F (calc.exe) >>"), READ
    yield "html-inside", b"<!-- " + SOUND + b" --><p>It is not covered.</p>", ANY
    for tenth in range(1, 10):
        yield "cut-%d0" % tenth, LONG[:len(LONG) * tenth // 10], {"issue:truncated", "unsupported"}
    yield from flipped("flip", LONG, 100, ANY)


def flipped(name, whole, count, expected):
    """Copies with one byte flipped, at places spread over the file."""
    for n in range(count):
        copy = bytearray(whole)
        copy[len(whole) * n // count] ^= 0xFF
        yield "%s-%03d" % (name, n), bytes(copy), expected


def html():
    sentence = "<p>" + SENTENCE.decode() + "</p>"
    sound = "<!DOCTYPE html><html><head><title>Policy MP-114</title></head><body><h1>Orthobiologics</h1>%s</body></html>" % (sentence * 3)
    for tag in ("div", "span", "b", "font", "ul", "blockquote", "table", "svg", "form", "center", "unknown", "details"):
        yield "deep-" + tag, "<html><body>" + "<%s>" % tag * 100_000 + sentence, LIMIT
    for tag in ("p", "li", "td", "option", "a", "dd", "br"):
        yield "wide-" + tag, "<html><body>" + "<%s>" % tag * 100_000 + sentence, READ | LIMIT
    yield "deep-999", "<html>" + "<div>" * 999 + sentence, READ
    yield "deep-1000", "<html>" + "<div>" * 1000 + sentence, LIMIT
    yield "misnested", "<html><body>" + "<b><i><a href=x><p></b></i>" * 400 + sentence, READ | LIMIT
    yield "attributes-100000", "<html><p " + " ".join("a%d=1" % n for n in range(100_000)) + ">" + sentence, READ | LIMIT
    yield "attribute-20mb", "<html><p title='%s'>%s" % ("x" * 20 * MIB, sentence), READ
    yield "entities", "<html><p>" + "&amp;&lt;&#65;&#x10FFFF;&#0;&bogus;&" * 100_000 + sentence, READ
    yield "entity-bomb", "<!DOCTYPE x [<!ENTITY a '%s'><!ENTITY b '%s'>]><html><p>&b;%s" % ("x" * 100, "&a;" * 100, sentence), READ
    yield "comment-open", "<html><body>" + sentence + "<!-- " + sentence * 9, READ
    yield "script-open", "<html><body>" + sentence + "<script>" + sentence * 9, READ
    yield "plaintext", "<html><body>" + sentence + "<plaintext><div>" * 3, READ
    yield "template", "<html><body><template>" + sentence + "</template>" + sentence, READ
    yield "columns-huge", "<html><table><tr><td colspan=999999999 rowspan=999999999>" + sentence + "<td>b</table>", READ
    yield "list-numbers", "<html><ol start=99999999999999999999><li value=-9>" + sentence + "<li>b</ol>", READ
    yield "roman-huge", "<html><ol type=I start=2147483647><li>" + sentence + "</ol><ol type=a start=2147483647><li>x</ol>", READ
    yield "base64-picture", "<html><img src='data:image/png;base64,%s'>%s" % ("A" * 8 * MIB, sentence), READ
    yield "no-words", "<html><body><script>x</script></body></html>", {"empty", "not-a-policy"}
    yield "one-line-2mb", "<html><p>" + SENTENCE.decode() * (2 * MIB // len(SENTENCE)), READ | LIMIT
    yield "rows-20000", "<html><table>" + "<tr><td>0232T<td>not covered" * 20_000 + "</table>", READ | LIMIT
    yield "right-to-left", "<html><p>\u202e" + SENTENCE.decode() + "\u2066\u202d" * 5000, READ
    yield "zero-width", "<html><p>" + "\u200b\u00ad".join(SENTENCE.decode()) + "\ufeff" * 5000, READ
    yield "no-end", sound[:-30], READ
    for n, words in enumerate(("404 - Page Not Found", "Access Denied", "Just a moment...", "Service Unavailable", "Sign In")):
        body = "<html><head><title>%s</title></head><body><h1>%s</h1><p>Please try again later.</p></body></html>" % (words, words)
        yield "no-policy-%d" % n, body, {"not-a-policy", "read"}
    for charset in ("utf-8", "utf-16", "utf-7", "windows-1252", "iso-8859-8", "shift_jis", "gb18030", "x-user-defined", "none", "\0"):
        told = sound.replace("<title>", "<meta charset='%s'><title>" % charset)
        yield "charset-%s" % (charset.replace("\0", "nul")), told.encode() + b"\x80\xff\xfe\xc3\x28", READ
    yield "utf-16le", b"\xff\xfe" + sound.encode("utf-16-le"), READ
    yield "utf-16be", b"\xfe\xff" + sound.encode("utf-16-be"), READ
    yield "utf-16-odd", b"\xff\xfe" + sound.encode("utf-16-le")[:-1], READ
    yield "nuls", sound.replace(" ", "\0 "), ANY
    for tenth in range(1, 10):
        yield "cut-%d0" % tenth, sound[:len(sound) * tenth // 10], BROKEN
    yield from flipped("flip", sound.encode(), 30, ANY)


WORD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>%s</w:body></w:document>'
PARAGRAPH = "<w:p><w:r><w:t>%s</w:t></w:r></w:p>" % SENTENCE.decode()


def archive(parts, method=zipfile.ZIP_DEFLATED):
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, data in parts:
            info = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            info.compress_type = method
            file.writestr(info, data)
    return out.getvalue()


def docx(body, more=()):
    return archive([("[Content_Types].xml", "<Types/>"), ("word/document.xml", WORD % body)] + list(more))


def word():
    sound = docx(PARAGRAPH * 5)
    yield "sound", sound, READ
    for n, name in enumerate(("../../etc/passwd", "/etc/passwd", "C:\\windows\\x", "word/../../x", "\0", "a" * 60_000, "CON", "word/document.xml/x")):
        yield "slip-%d" % n, docx(PARAGRAPH, [(name, "x")]), READ
    yield "nested-zips", docx(PARAGRAPH, [("word/embeddings/a.zip", archive([("b.zip", archive([("c", "x" * MIB)]))]))]), READ
    yield "part-bomb", docx(PARAGRAPH * 3_000_000), LIMIT
    yield "styles-bomb", docx(PARAGRAPH, [("word/styles.xml", "<x>" + " " * 400 * MIB + "</x>")]), LIMIT
    yield "entries-60000", docx(PARAGRAPH, [("word/header%d.xml" % n, "<x/>") for n in range(60_000)]), LIMIT
    yield "headers-5000", docx(PARAGRAPH, [("word/header%d.xml" % n, "<x/>") for n in range(5_000)]), READ
    dtd = '<!DOCTYPE x [<!ENTITY a "%s"><!ENTITY b "%s"><!ENTITY c "%s">]>' % ("x" * 100, "&a;" * 100, "&b;" * 100)
    yield "entity-bomb", archive([("word/document.xml", dtd + WORD % PARAGRAPH.replace("</w:t>", "&c;</w:t>"))]), {"unsupported"}
    outside = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    yield "entity-outside", archive([("word/document.xml", outside + WORD % PARAGRAPH.replace("</w:t>", "&a;</w:t>"))]), {"unsupported"}
    for tag in ("p", "tbl", "r", "sdt", "ins", "txbxContent"):
        yield "deep-" + tag, docx("<w:%s>" % tag * 100_000 + PARAGRAPH + "</w:%s>" % tag * 100_000), LIMIT
    yield "unclosed", docx("<w:p>" * 500), {"unsupported"}
    yield "no-main-part", archive([("word/documents.xml", WORD % PARAGRAPH)]), {"unsupported"}
    yield "main-part-empty", archive([("word/document.xml", "")]), {"unsupported", "empty"}
    yield "main-part-text", archive([("word/document.xml", "not covered")]), {"unsupported", "empty"}
    yield "no-words", docx("<w:p/>"), {"empty", "read"}
    yield "other-namespace", archive([("word/document.xml", WORD.replace("2006", "2099") % PARAGRAPH)]), {"empty", "read", "unsupported"}
    yield "invalid-utf-8", archive([("word/document.xml", (WORD % PARAGRAPH).encode().replace(b"plasma", b"pl\xff\xfesma"))]), ANY
    yield "utf-16", archive([("word/document.xml", (WORD % PARAGRAPH).encode("utf-16"))]), ANY
    yield "stored", archive([("word/document.xml", WORD % PARAGRAPH)], zipfile.ZIP_STORED), READ
    yield "bzip2", archive([("word/document.xml", WORD % PARAGRAPH)], zipfile.ZIP_BZIP2), {"unsupported"}
    yield "lzma", archive([("word/document.xml", WORD % PARAGRAPH)], zipfile.ZIP_LZMA), {"unsupported"}
    marked = bytearray(sound)
    for at in (sound.find(b"PK\3\4") + 6, sound.rfind(b"PK\1\2") + 8):
        marked[at] |= 1
    yield "marked-encrypted", bytes(marked), ANY
    end = sound.rfind(b"PK\5\6")
    yield "entries-lie", sound[:end + 8] + b"\xff\xff\xff\xff" + sound[end + 12:], ANY
    yield "no-directory", sound[:end], {"unsupported"}
    sizes = sound.rfind(b"PK\1\2")
    yield "sizes-lie", sound[:sizes + 20] + struct.pack("<II", 2**32 - 2, 2**32 - 2) + sound[sizes + 28:], ANY
    circle = '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:style w:type="paragraph" w:styleId="A">' \
             '<w:basedOn w:val="B"/></w:style><w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/></w:style></w:styles>'
    styled = PARAGRAPH.replace("<w:p>", '<w:p><w:pPr><w:pStyle w:val="A"/></w:pPr>')
    yield "styles-in-a-ring", docx(styled, [("word/styles.xml", circle)]), READ
    note = '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:footnote w:id="1"><w:p><w:r>' \
           '<w:footnoteReference w:id="1"/><w:t>Not covered.</w:t></w:r></w:p></w:footnote></w:footnotes>'
    noted = PARAGRAPH.replace("<w:t>", '<w:footnoteReference w:id="1"/><w:t>')
    yield "footnote-in-itself", docx(noted, [("word/footnotes.xml", note)]), READ
    levels = PARAGRAPH.replace("<w:p>", '<w:p><w:pPr><w:numPr><w:ilvl w:val="99999999999"/><w:numId w:val="-1"/></w:numPr></w:pPr>')
    yield "levels-huge", docx(levels), READ
    spans = '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999999"/><w:vMerge/></w:tcPr>%s</w:tc></w:tr></w:tbl>' % PARAGRAPH
    yield "spans-huge", docx(spans), READ
    for kind, name in (("xl/workbook.xml", "xlsx"), ("ppt/presentation.xml", "pptx"), ("META-INF/MANIFEST.MF", "jar"), ("a.txt", "zip")):
        yield name, archive([(kind, "<x/>")]), {"unsupported"}
    yield "old-word", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 5000, {"unsupported"}
    for tenth in range(1, 10):
        yield "cut-%d0" % tenth, sound[:len(sound) * tenth // 10], {"unsupported"}
    yield from flipped("flip", sound, 40, ANY)


def text():
    words = SENTENCE.decode()
    yield "one-line-1gb", None, LIMIT
    yield "one-line-100mb", b"not covered " * (100 * MIB // 12), READ | LIMIT
    yield "one-sentence-2mb", SENTENCE.replace(b".", b",") * (2 * MIB // len(SENTENCE)), READ | LIMIT
    yield "sentences-2mb", SENTENCE * (2 * MIB // len(SENTENCE)), READ | LIMIT
    yield "lines-200000", b"- item\n" * 200_000, READ | LIMIT
    yield "blank-lines", b"\n" * (8 * MIB) + SENTENCE, READ | LIMIT
    yield "blanks-only", b" \n\t" * 1000, {"empty"}
    yield "nothing", b"", {"empty"}
    yield "mark-only", b"\xef\xbb\xbf", {"empty", "unsupported"}
    yield "one-letter", b"a", ANY
    yield "pages-5001", b"It is not covered.\n\f" * 5_001, LIMIT
    yield "pages-4999", b"It is not covered.\n\f" * 4_999, READ
    yield "nuls", b"\0" * MIB, {"unsupported"}
    yield "nuls-between", SENTENCE.replace(b" ", b"\0") * 9, ANY
    yield "returns", SENTENCE + b"\r" * MIB + SENTENCE, READ | LIMIT
    yield "escapes", b"\x1b[31m" + SENTENCE + b"\x1b]8;;http://x\x07" * 50, ANY
    yield "bells", SENTENCE * 20 + b"\x07\x08\x7f" * 20, ANY
    odd = {
        "right-to-left": "\u202e" + words + "\u202c\u2067" * 3000, "combining": words + "a" + "\u0301" * 200_000,
        "zero-width": "\u200b".join(words) + "\u200d" * 9999, "private": words + "\ue000" * 3000, "surrogate-like": words + "\ufffd\uffff",
        "separators": words + "\u2028" + words + "\u2029" + "\u0085" + words, "emoji": words + "\U0001F468\u200d\U0001F469" * 3000,
        "ligatures": words.replace("fi", "\ufb01") * 20, "digits": words + "9" * 500_000, "date-flood": words + "01/02/2026 " * 20_000,
        "code-flood": words + "0232T, J3590; " * 20_000, "cue-flood": words + "not never unless except without " * 10_000,
        "bullet-flood": "\u2022 " * 50_000 + words, "quote-flood": words + "\u201c\u201d\"'" * 50_000, "markers": "(a)(i)1.A. " * 20_000 + words,
        "dots": words + "." * MIB, "dashes": words + "-" * MIB, "capitals": words.upper() * 1000, "angle": "<" * 200_000 + words,
    }
    for name, value in odd.items():
        yield name, value, READ | LIMIT | {"unsupported"}
    for n, bad in enumerate((b"\x80", b"\xc0\xaf", b"\xe0\x80\xaf", b"\xf8\x88\x80\x80\x80", b"\xed\xa0\x80", b"\xff", b"\xfe\xfe\xff\xff",
                             b"\xc3", b"\xe2\x82", b"\xf4\x90\x80\x80")):
        yield "invalid-utf-8-%d" % n, SENTENCE * 5 + bad * 7 + SENTENCE, ANY
    yield "utf-16", words.encode("utf-16"), ANY
    yield "utf-32", words.encode("utf-32"), ANY
    yield "utf-7", b"+ZeVnLIqe- " + SENTENCE, READ
    yield "ebcdic", (words * 20).encode("cp500"), ANY
    for name, magic in (("png", b"\x89PNG\r\n\x1a\n"), ("jpeg", b"\xff\xd8\xff\xe0"), ("gif", b"GIF89a"), ("gzip", b"\x1f\x8b\x08"), ("7z", b"7z\xbc\xaf\x27\x1c"),
                        ("elf", b"\x7fELF"), ("rtf", b"{\\rtf1 "), ("ps", b"%!PS-Adobe"), ("sqlite", b"SQLite format 3\0"), ("tiff", b"II*\0")):
        yield "magic-" + name, magic + SENTENCE * 3, {"unsupported"}
    noise = random.Random(114)
    for n in range(10):
        yield "noise-%d" % n, noise.randbytes(4096 << n % 5), ANY


FAMILIES = (("pdf-bomb", ".pdf", pdf_bombs), ("pdf", ".pdf", pdf_cycles), ("pdf", ".pdf", pdf_structure), ("html", ".html", html),
            ("docx", ".docx", word), ("text", ".txt", text))


def documents():
    """(file name, bytes or None for a file of a gigabyte of blanks, expected words)."""
    for family, ending, yielding in FAMILIES:
        for name, data, expected in yielding():
            yield "%s-%s%s" % (family, name, ending), data.encode() if isinstance(data, str) else data, expected
