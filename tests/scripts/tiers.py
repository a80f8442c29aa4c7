#!/usr/bin/env python3
"""Share of characters that stand in the right class of section tier, against places labelled by reading.

usage: tiers.py LABELS.tsv CORPUS_FOLDER FINEPRINT [--show]

LABELS.tsv names, for each document, the places where the kind of words changes (tests/tiers/*.tsv says how). The documents are read by
`FINEPRINT extract --format json`; page furniture is left aside. A block counts by the tier of its section; in what is labelled boilerplate
its own tier counts too. A tier that is unknown is wrong. --show lists every labelled place that was not found, and the wrong blocks.
"""
import json, subprocess, sys
from collections import Counter, defaultdict

CLASS = {"S1": "binding", "S1b": "binding", "S3": "binding", "S2": "coding", "S4": "boilerplate",
         "S5": "evidence", "S6": "evidence", "S7": "evidence", "S8": "trail", "S9": "trail"}


def letters(text):
    return "".join(c for c in text.lower() if c.isalnum())


def bare(text):
    """letters without a number of one or two parts in front: "IV. RATIONALE" """
    head, _, rest = text.strip().partition(" ")
    numbered = rest and head.rstrip(".:)").upper().strip("IVX0123456789.") == ""
    return letters(rest if numbered else text)


def place(blocks, start, page, words):
    """the index of the first block from `start` on that page that is these words, or begins with them"""
    key = letters(words)
    near = [i for i in range(start, len(blocks)) if not page or blocks[i]["page"] == page or blocks[i]["page_end"] == page]
    for fits in (lambda t: bare(t) == key, lambda t: bare(t).startswith(key), lambda t: letters(t).startswith(key), lambda t: key in letters(t)[:80]):
        for i in near:
            if blocks[i]["role"] != "furniture" and fits(blocks[i]["text"]):
                return i
    return None


def main(argv):
    show = "--show" in argv
    rows = [l.rstrip("\n").split("\t") for l in open(argv[1], encoding="utf-8") if l.strip() and not l.startswith("#")]
    labels = defaultdict(list)
    for doc, page, kind, words in rows:
        labels[doc].append((int(page), kind, words))
    right, total, wrong, by_class, missing = 0, 0, Counter(), defaultdict(Counter), 0
    for doc, marks in labels.items():
        out = subprocess.run([argv[3], "extract", f"{argv[2]}/{doc}", "--format", "json"], capture_output=True, text=True).stdout
        read = json.loads(out.splitlines()[0])
        blocks, want, at = read["blocks"], {}, 0
        for page, kind, words in marks:
            found = place(blocks, at, page, words)
            if found is None:
                missing += 1
                print(f"not found  {doc} p. {page}: {words}")
                continue
            want[found], at = kind, found + 1
        kind, mine, all_ = "open", 0, 0
        for i, block in enumerate(blocks):
            kind = want.get(i, kind)
            if kind == "open" or block["role"] == "furniture":
                continue
            tier = read["sections"][block["section"]]["tier"]
            got = CLASS.get(tier, "unknown")
            if kind == "boilerplate" and block.get("tier") == "S4":
                got = "boilerplate"
            size = len(block["text"])
            all_ += size
            by_class[kind][got] += size
            if got == kind:
                mine += size
            else:
                wrong[doc, kind, got, read["sections"][block["section"]]["heading"]] += size
        right, total = right + mine, total + all_
        print(f"{mine / max(all_, 1):6.3f}  {all_:7d}  {doc}")
    if show:
        for (doc, kind, got, heading), size in wrong.most_common(60):
            print(f"wrong {size:6d}  {kind:11s} read as {got:11s} under {heading!r}  {doc[:60]}")
    for kind, counts in sorted(by_class.items()):
        print(f"{kind:12s} {counts[kind] / sum(counts.values()):.3f}  " + "  ".join(f"{k} {n}" for k, n in counts.most_common()))
    print(f"documents {len(labels)}  places not found {missing}  characters in the right class {right / max(total, 1):.4f}")


if __name__ == "__main__":
    main(sys.argv)
