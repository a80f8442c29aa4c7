#!/usr/bin/env python3
"""Words of Word documents as python-docx and LibreOffice give them, against the words fineprint reads.

usage: docx_text.py FINEPRINT FILE.docx...

Needs python-docx (PyPI) and LibreOffice (Debian: libreoffice-writer-nogui). Ours are the words of all blocks and of what is left out as struck.
LibreOffice prints the numbers of empty and deleted items and the marks of notes, which are no words: numbers, Roman numerals and digits at a
word's end are left aside there. A word that two neighbours of ours make up counts as found. Exit 1 where fewer than 99.5 % of either's words are found.
"""
import json, re, subprocess, sys, tempfile
from collections import Counter
from pathlib import Path

import docx


def words(text):
    return re.findall(r"[^\W_]+", text.lower())


def by_library(path):
    document = docx.Document(str(path))
    texts = [p.text for p in document.paragraphs]
    texts += [c.text for t in document.tables for r in t.rows for c in r.cells]
    return words("\n".join(texts))


def by_office(path):
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/p", "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", folder, str(path)],
                       capture_output=True, timeout=180)
        return words((Path(folder) / (path.stem + ".txt")).read_text(encoding="utf-8"))


def main(argv):
    bad = False
    for path in map(Path, argv[2:]):
        read = json.loads(subprocess.run([argv[1], "extract", str(path), "--format", "json"], capture_output=True, text=True).stdout.splitlines()[0])
        read_words = words("\n".join(b["text"] for b in read["blocks"] + read["left_out"]))
        ours = Counter(read_words)
        ours.update(w.rstrip("0123456789") for w in read_words if w[-1:].isdigit() and not w.isdigit())
        pairs = Counter(a + b for block in read["blocks"] for other in read["left_out"] for a in words(block["text"]) for b in words(other["text"]))
        for name, theirs in (("python-docx", by_library(path)), ("LibreOffice", by_office(path))):
            if name == "LibreOffice":
                theirs = [w.rstrip("0123456789") for w in theirs if not re.fullmatch(r"[0-9]+|[ivx]{1,4}", w)]
            lost = Counter(theirs) - ours - pairs
            share = 1 - sum(lost.values()) / max(len(theirs), 1)
            bad |= share < 0.995
            print(f"{path.name}: {name} {len(theirs)} words, found {share:.4f} {sorted(lost)[:12]}")
    sys.exit(bad)


if __name__ == "__main__":
    main(sys.argv)
