#!/usr/bin/env python3
"""Micro-F1 on labelled documents when the same words come in a worse form, in points lost against the documents.

usage: format_stress.py FINEPRINT GOLD.jsonl FOLDER [MOST]

FOLDER holds the documents of GOLD. Ends with 1 when a form loses more than MOST points (without MOST: never).
Another engine is pdftotext (poppler-utils), for the PDFs; where it is missing, the forms made with it are left out and
said so.
"""
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile


def run(*command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    if done.returncode not in (0, 2):
        sys.exit(f"{' '.join(map(str, command))} ended with {done.returncode}")
    return done.stdout


def text_of(fineprint, path):
    return run(fineprint, "extract", path).decode("utf-8").replace("\f", "\n")


def without_blank_lines(text):
    return "\n".join(line for line in text.split("\n") if line.strip())


def one_line(text):
    return " ".join(text.split())


def with_furniture(text):
    """A running head and foot every 40 lines, as other engines leave them, also within paragraphs."""
    out, pages = [], 0
    for at, line in enumerate(text.split("\n")):
        if at % 40 == 39:
            pages += 1
            out += [f"Page {pages}", "Bluestone Health Medical Policy Manual", "Proprietary and confidential"]
        out.append(line)
    return "\n".join(out)


def other_engine(_, path):
    if path.read_bytes()[:5] != b"%PDF-":
        return None
    return run("pdftotext", "-enc", "UTF-8", path, "-").decode("utf-8").replace("\f", "\n\n")


FORMS = {
    "as text": text_of,
    "blank lines removed": lambda program, path: without_blank_lines(other_engine(program, path) or text_of(program, path)),
    "flattened to one line": lambda program, path: one_line(text_of(program, path)),
    "furniture left in": lambda program, path: with_furniture(text_of(program, path)),
    "another engine": other_engine,
}


def f1(fineprint, gold, folder):
    return 100 * json.loads(run(fineprint, "eval", "--gold", gold, "--format", "json", folder))["micro_f1"]


def main(argv):
    fineprint, gold, folder = argv[1], argv[2], pathlib.Path(argv[3])
    most = float(argv[4]) if len(argv) > 4 else None
    docs = sorted({json.loads(line)["doc"] for line in open(gold, encoding="utf-8") if line.strip()})
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file() and str(path).endswith(tuple(docs))]
    with tempfile.TemporaryDirectory() as work:
        worse = []
        forms = {"the documents": lambda _, path: None, **FORMS}
        whole = None
        for name, form in forms.items():
            if name in ("another engine", "blank lines removed") and not shutil.which("pdftotext"):
                print(f"{name}: left out, no pdftotext here")
                continue
            place = pathlib.Path(work) / re.sub(r"\W", "-", name)
            for path in paths:
                copy = place / path.relative_to(folder)
                copy.parent.mkdir(parents=True, exist_ok=True)
                text = form(fineprint, path)
                copy.write_bytes(path.read_bytes() if text is None else text.encode("utf-8"))
            score = f1(fineprint, gold, place)
            whole = score if whole is None else whole
            print(f"{name:24} micro-F1 {score:5.1f}  lost {whole - score:5.1f}", flush=True)
            if most is not None and whole - score > most:
                worse.append(name)
        if worse:
            sys.exit(f"more than {most} points lost: {', '.join(worse)}")


if __name__ == "__main__":
    main(sys.argv)
