#!/usr/bin/env python3
"""Seeds for a fuzz target from the documents of the repository.

usage: seeds.py TARGET FOLDER
"""
import sys, zipfile
from pathlib import Path

PARTS = ["word/document.xml", "word/numbering.xml", "word/styles.xml", "word/footnotes.xml", "word/_rels/document.xml.rels"]


def parts(path):
    """A DOCX as the target takes it apart: its parts, NUL between them."""
    with zipfile.ZipFile(path) as archive:
        return b"\0".join(archive.read(name) if name in archive.namelist() else b"" for name in PARTS)


def main():
    target, folder = sys.argv[1], Path(sys.argv[2])
    files = sorted(path for root in ("corpora/policies", "tests/golden", "tests/hostile") for path in Path(root).rglob("*"))
    for path in files:
        if target == "docx" and path.suffix == ".docx":
            (folder / path.name).write_bytes(parts(path))
        elif target == path.suffix[1:] or target == "text" and path.suffix == ".txt":
            data = path.read_bytes()
            (folder / path.name).write_bytes(data.partition(b"\n")[2] if target == "pdf" else data)


main()
