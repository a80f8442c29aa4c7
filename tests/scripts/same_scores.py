#!/usr/bin/env python3
"""Holds `fineprint eval` against the reference scorer on one run, to the third decimal.

usage: same_scores.py FINEPRINT SCORE.py GOLD.jsonl FINDINGS.jsonl
"""
import json, re, subprocess, sys


def reference(score, gold, findings):
    text = subprocess.run([sys.executable, score, gold, findings], check=True, capture_output=True, text=True).stdout
    print(text, end="")
    rows = {m[1]: [int(m[2])] + [float(x) for x in m.group(3, 4, 5)]
            for m in re.finditer(r"^([a-z-]+)\s+(\d+)\s+([\d.]+)\s+([\d.]+)\s+([\d.]+)", text, re.M)}
    means = re.search(r"macro-F1 ([\d.]+)\s+micro-P ([\d.]+)\s+micro-R ([\d.]+)\s+micro-F1 ([\d.]+)", text)
    return rows, [float(x) for x in means.groups()]


def ours(fineprint, gold, findings):
    words = [fineprint, "eval", "--gold", gold, "--findings", findings, "--format", "json"]
    # Exit 2 says that some of the gold's documents are not in the run, which the reference scorer allows.
    run = subprocess.run(words, capture_output=True, text=True)
    assert run.returncode in (0, 2), run.stderr
    scores = json.loads(run.stdout)
    rows = {row["label"]: [row["gold"], row["precision"], row["recall"], row["f1"]] for row in scores["rows"]}
    return rows, [scores[name] for name in ("macro_f1", "micro_precision", "micro_recall", "micro_f1")]


def main():
    fineprint, score, gold, findings = sys.argv[1:]
    (rows, means), (our_rows, our_means) = reference(score, gold, findings), ours(fineprint, gold, findings)
    assert len(rows) == 12, f"{len(rows)} groups in the reference's table"
    different = [f"{name}: reference {row}, fineprint {our_rows.get(name)}" for name, row in rows.items()
                 if name not in our_rows or any(abs(a - b) > 0.0005001 for a, b in zip(row, our_rows[name]))]
    if any(abs(a - b) > 0.0005001 for a, b in zip(means, our_means)):
        different.append(f"means: reference {means}, fineprint {our_means}")
    print("\n".join(different) or "fineprint eval gives the same figures")
    sys.exit(bool(different))


main()
