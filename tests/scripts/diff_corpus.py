#!/usr/bin/env python3
"""The findings that a change of rules, cues or code adds, drops or re-labels.

usage: diff_corpus.py OLD NEW [PATH...]

OLD and NEW are outputs of `fineprint analyze --format jsonl`, or fineprint programs that analyze PATH... first.
A finding is the same where document, category and words are; it is re-labelled where its verdict differs.
"""
import collections
import json
import re
import subprocess
import sys

SHOWN = 12


def analyses(what, paths):
    """one analysis after the other"""
    if what.endswith((".jsonl", ".json")):
        with open(what, encoding="utf-8") as lines:
            yield from map(json.loads, lines)
        return
    command = [what, "analyze", "--format", "jsonl", "--quiet", *paths]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as run:
        yield from map(json.loads, run.stdout)
    if run.returncode not in (0, 2):
        sys.exit(f"{what} ended with {run.returncode}")


def verdict(finding):
    words = [finding["assertion"], finding["force"], finding["scope"]]
    return " ".join(words + [name for name in ("operative", "unclear") if finding[name]])


def findings(what, paths):
    """(document, category, letters of the quote, match, which of several) -> (verdict, quote, rule)"""
    found, seen = {}, collections.Counter()
    for analysis in analyses(what, paths):
        for one in analysis["findings"]:
            letters = re.sub(r"[^a-z0-9]+", "", one["quote"].lower())
            key = (analysis["source"]["path"], one["category"], letters, bool(one["match"]))
            seen[key] += 1
            found[(*key, seen[key])] = (verdict(one), one["quote"], one["rule"])
    return found


def main(argv):
    old, new = (findings(what, argv[3:]) for what in argv[1:3])
    kinds = {
        "added": [(key, new[key]) for key in sorted(new.keys() - old.keys())],
        "dropped": [(key, old[key]) for key in sorted(old.keys() - new.keys())],
        "re-labelled": [(key, new[key]) for key in sorted(old.keys() & new.keys()) if old[key][0] != new[key][0]],
    }
    counts = {kind: collections.Counter(key[1] for key, _ in changes) for kind, changes in kinds.items()}
    print(f"{'category':50}" + "".join(f"{kind:>13}" for kind in kinds))
    for category in sorted(set().union(*counts.values())):
        print(f"{category:50}" + "".join(f"{counts[kind][category]:13}" for kind in kinds))
    print(f"{'all, of ' + str(len(old)) + ' before':50}" + "".join(f"{len(changes):13}" for changes in kinds.values()))
    for kind, changes in kinds.items():
        shown = collections.Counter()
        for key, (told, quote, rule) in changes:
            shown[key[1]] += 1
            if shown[key[1]] > SHOWN:
                continue
            was = f"{old[key][0]} -> " if kind == "re-labelled" else ""
            print(f"\n{kind} {key[1]} ({was}{told}) by {rule}\n  {key[0]}\n  {quote[:240]}")


if __name__ == "__main__":
    try:
        main(sys.argv)
    except BrokenPipeError:  # `| head`
        sys.stderr.close()
