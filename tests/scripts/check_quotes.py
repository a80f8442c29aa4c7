#!/usr/bin/env python3
"""Are the quotes of findings in PDFs verbatim, and on the page that they name?

usage: check_quotes.py ANALYSES.jsonl FOLDER [--errors N]

ANALYSES.jsonl is what `fineprint analyze FOLDER --format jsonl` printed. Every quote is looked for, letters and digits
only, in the text that pdftotext (poppler-utils) gives for the document, and its first 30 letters on the page named.
Prints both shares; exits with 1 when either is below 98 %."""
import json, re, subprocess, sys
from collections import defaultdict


def norm(s):
    return re.sub(r"[^a-z0-9]+", "", s.lower())


def pages_of(path):
    text = subprocess.run(["pdftotext", "-enc", "UTF-8", path, "-"], capture_output=True).stdout.decode("utf-8", "replace")
    text = text.replace("\ufb01", "fi").replace("\ufb02", "fl").replace("\ufb00", "ff").replace("\ufb03", "ffi").replace("\ufb04", "ffl")
    return [norm(p) for p in text.split("\f")]


def main(argv):
    shown = int(argv[argv.index("--errors") + 1]) if "--errors" in argv else 0
    total, verbatim, on_page, errors = 0, 0, 0, []
    by_document = defaultdict(lambda: [0, 0])
    for line in open(argv[1], encoding="utf-8"):
        d = json.loads(line)
        path = d["source"]["path"]
        if d["source"].get("media_type") != "application/pdf" or not d["findings"]:
            continue
        pages = pages_of(path)
        whole = "".join(pages)
        for f in d["findings"]:
            quote = norm(f["quote"])
            found = quote in whole
            head = quote[:30]
            page = f["page"] or 0
            near = pages[page - 1] + (pages[page] if page < len(pages) else "") if 0 < page <= len(pages) else ""
            placed = head in near and near.find(head) < len(pages[page - 1]) if near else False
            total += 1; verbatim += found; on_page += placed
            by_document[path][0] += 1; by_document[path][1] += not (found and placed)
            if not (found and placed):
                errors.append((path, page, "not verbatim" if not found else "not on the page", f["quote"][:160]))
    for path, page, what, quote in errors[:shown]:
        print(f"{what:16}{path} p. {page}: {quote}")
    print(f"quotes {total}  verbatim {verbatim / max(1, total):.4f}  on the page named {on_page / max(1, total):.4f}")
    return 0 if total and verbatim >= 0.98 * total and on_page >= 0.98 * total else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv))
