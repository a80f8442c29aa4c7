#!/usr/bin/env python3
"""Writes the damaged and odd documents of tests/hostile, byte for byte the same on every machine.

usage: hostile.py [FOLDER]    (default: the folder tests/hostile beside this script's folder)

Only the standard library. The sentences and the payer are invented.
"""
import hashlib, sys, zipfile
from io import BytesIO
from pathlib import Path

LINES = [
    "Bluestone Health Medical Policy MP-114",
    "Orthobiologics for Knee and Hip",
    "Policy Statement",
    "Platelet-rich plasma injections are considered investigational for all indications.",
    "Requests that do not meet this policy are reviewed on a case-by-case basis.",
]
PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def content(lines):
    text = ["BT /F1 12 Tf 72 720 Td 18 TL"]
    text += ["(%s) Tj T*" % line.replace("(", r"\(").replace(")", r"\)") for line in lines]
    return "\n".join(text + ["ET"]).encode("latin-1")


def stream(data, extra=b""):
    return b"<< %s/Length %d >>\nstream\n%s\nendstream" % (extra, len(data), data)


def pdf(objects, trailer=b""):
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)
    return bytes(out)


def text_objects(pages):
    kids = b" ".join(b"%d 0 R" % (4 + 2 * i) for i in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages)),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for i, lines in enumerate(pages):
        objects.append(b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> "
                       b"/Contents %d 0 R >>" % (5 + 2 * i))
        objects.append(stream(content(lines)))
    return objects


def rc4(key, data):
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def encrypted(password):
    """The standard security handler, revision 2, 40-bit RC4 (PDF 1.7, 7.6.3)."""
    file_id, permissions = bytes(range(16)), -4
    padded = (password + PADDING)[:32]
    owner = rc4(hashlib.md5(padded).digest()[:5], padded)
    key = hashlib.md5(padded + owner + permissions.to_bytes(4, "little", signed=True) + file_id).digest()[:5]
    user = rc4(key, PADDING)
    objects = text_objects([LINES])
    number = 5
    object_key = hashlib.md5(key + number.to_bytes(3, "little") + b"\0\0").digest()[:10]
    objects[number - 1] = stream(rc4(object_key, content(LINES)))
    objects.append(b"<< /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P %d >>"
                   % (owner.hex().encode(), user.hex().encode(), permissions))
    ids = file_id.hex().encode()
    return pdf(objects, b"/Encrypt %d 0 R /ID [<%s> <%s>] " % (len(objects), ids, ids))


def scanned():
    """Two pages that hold one grey picture each and no text."""
    width, height = 85, 110
    picture = bytes(0x00 if (y // 4) % 3 == 1 and 10 < x < 75 and (x * 7 + y * 3) % 5 else 0xFF
                    for y in range(height) for x in range(width))
    image = stream(picture, b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray "
                            b"/BitsPerComponent 8 " % (width, height))
    page = (b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /XObject << /Im1 5 0 R >> >> "
            b"/Contents 6 0 R >>")
    return pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>", page, page,
                image, stream(b"q 612 0 0 792 0 0 cm /Im1 Do Q")])


def renamed_zip():
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(zipfile.ZipInfo("policies/a.txt", (2026, 1, 1, 0, 0, 0)), "\n".join(LINES))
    return out.getvalue()


NOT_FOUND = b"""<!DOCTYPE html>
<html lang="en"><head><title>404 - Page Not Found</title></head>
<body><h1>Page not found</h1>
<p>We're sorry, the page you requested could not be found. It may have been moved or deleted.</p>
<p><a href="/">Return to the home page</a> or <a href="/search">search our site</a>.</p>
</body></html>
"""

WINDOWS_1252 = """<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1252">
<title>Bluestone Health \u2013 Medical Policy MP-114</title></head><body>
<h1>Orthobiologics for Knee and Hip</h1>
<h2>Policy Statement</h2>
<p>Injections of \u201cplatelet-rich plasma\u201d are considered investigational \u2014 for all indications.</p>
<p>Bluestone\u2019s medical director reviews requests on a case-by-case basis.</p>
</body></html>
""".encode("cp1252")


def documents():
    pages = [LINES] + [["Policy Guidelines, part %d" % n] + LINES[3:] * 8 for n in range(2, 7)]
    whole = pdf(text_objects(pages))
    return {
        "empty.pdf": b"",
        "encrypted.pdf": encrypted(b"secret"),
        "not-found.pdf": NOT_FOUND,
        "renamed-zip.pdf": renamed_zip(),
        "scanned.pdf": scanned(),
        "sound.pdf": pdf(text_objects([LINES])),
        "sound.txt": ("\n\n".join(LINES) + "\n").encode(),
        "truncated.pdf": whole[:len(whole) * 6 // 10],
        "windows-1252.html": WINDOWS_1252,
    }


def main():
    here = Path(__file__).resolve().parent
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else here.parent / "hostile"
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in documents().items():
        (folder / name).write_bytes(data)


if __name__ == "__main__":
    main()
