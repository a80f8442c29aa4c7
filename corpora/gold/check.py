#!/usr/bin/env python3
"""Every labelled text and quote stands in its document (letters and digits). Needs pdftotext for PDF."""
import html, json, pathlib, re, subprocess, sys, zipfile

HERE = pathlib.Path(__file__).parent
POLICIES = HERE.parent / "policies"


def letters(text):
    return "".join(c for c in html.unescape(text).lower() if c.isalnum())


def words(doc):
    path = POLICIES / doc
    if path.suffix == ".pdf":
        runs = [["pdftotext", str(path), "-"], ["pdftotext", "-raw", str(path), "-"]]
        return [letters(subprocess.run(run, capture_output=True, text=True, check=True).stdout) for run in runs]
    if path.suffix == ".docx":
        with zipfile.ZipFile(path) as archive:
            parts = [archive.read(f"word/{name}.xml").decode() for name in ("document", "footnotes")]
        # Struck words are not there (w:delText is not read), inserted ones are.
        return [letters("".join(re.findall(r"<w:t\b[^>]*>(.*?)</w:t>", part))) for part in parts]
    data = path.read_bytes()
    text = data.decode("windows-1252" if b"windows-1252" in data[:2000] else "utf-8")
    if path.suffix == ".html":
        text = re.sub(r"<(script|style)\b.*?</\1>", " ", text, flags=re.S)
        text = re.sub(r"<[^>]*>", " ", text)
    return [letters(re.sub(r"-\n\s*", "", text)), letters(text)]


def main():
    wanted = []
    for line in open(HERE / "samples.units.jsonl", encoding="utf-8"):
        unit = json.loads(line)
        wanted.append((unit["doc"], unit["text"]))
    for line in open(HERE / "samples.summaries.jsonl", encoding="utf-8"):
        policy = json.loads(line)
        wanted += [(policy["doc"], entry["quote"]) for entry in policy["statements"] + policy["levers"]]
    texts = {doc: words(doc) for doc in {doc for doc, _ in wanted}}
    # A label may leave out words between two parts of a sentence that a cell or a page parts.
    absent = [(doc, text) for doc, text in wanted
              if not any(letters(text) in whole or letters(text)[:30] in whole for whole in texts[doc])]
    for doc, text in absent:
        print(f"{doc}: not there: {text}")
    print(f"{len(wanted)} texts, {len(absent)} not in their document")
    sys.exit(bool(absent))


main()
