#!/usr/bin/env python3
"""Are the labelled units of the gold in the text that fineprint reads?

usage: check_units.py GOLD.jsonl FINEPRINT FOLDER [--errors N]

GOLD.jsonl has one unit a line (`doc`, `text`), FOLDER the documents, FINEPRINT is the binary. A unit is found when its
letters and digits stand in what `fineprint extract --format text` prints of its document. Prints the shares of all
units and of those with a label; exits with 1 when the latter is below 99 %."""
import json, re, subprocess, sys
from collections import defaultdict


def norm(s):
    return re.sub(r"[^a-z0-9]+", "", s.lower())


def main(argv):
    shown = int(argv[argv.index("--errors") + 1]) if "--errors" in argv else 0
    units = defaultdict(list)
    for line in open(argv[1], encoding="utf-8"):
        g = json.loads(line)
        units[g["doc"]].append(g)
    counts, errors = [0, 0, 0, 0], []
    for doc, rows in sorted(units.items()):
        out = subprocess.run([argv[2], "extract", f"{argv[3]}/{doc}", "--format", "text"], capture_output=True).stdout
        text = norm(out.decode("utf-8", "replace"))
        for g in rows:
            found = norm(g["text"]) in text
            counts[0] += 1; counts[1] += found
            if g["labels"]:
                counts[2] += 1; counts[3] += found
                if not found:
                    errors.append((doc, g["text"]))
    for doc, text in errors[:shown]:
        print(f"missing  {doc}: {text[:240]}")
    print(f"units {counts[1]}/{counts[0]} = {counts[1] / max(1, counts[0]):.4f}  labelled {counts[3]}/{counts[2]} = {counts[3] / max(1, counts[2]):.4f}")
    return 0 if counts[3] >= 0.99 * counts[2] else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv))
