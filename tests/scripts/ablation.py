#!/usr/bin/env python3
"""What each mechanism brings: precision, recall and F1 with all, and the change when one is turned off.

usage: ablation.py FINEPRINT GOLD.jsonl PATH...

A mechanism that brings precision loses it when it is off; one that costs recall gives it back.
"""
import json
import re
import subprocess
import sys


def scores(fineprint, gold, paths, *more):
    """(precision, recall, F1, mere mentions taken as the payer's own) in percent of one run of `fineprint eval`"""
    command = [fineprint, "eval", "--gold", gold, "--format", "json", "--quiet", *more, *paths]
    run = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    if run.returncode not in (0, 2):
        sys.exit(f"{' '.join(command)} ended with {run.returncode}")
    told = json.loads(run.stdout)
    taken = told["mentioned_taken"] / max(1, told["mentioned"])
    return [100 * told["micro_precision"], 100 * told["micro_recall"], 100 * told["micro_f1"], 100 * taken]


def mechanisms(fineprint, gold, paths):
    """The names, as the program itself tells them of a wrong one."""
    command = [fineprint, "eval", "--gold", gold, "--without", "none-of-them", *paths]
    told = subprocess.run(command, stderr=subprocess.PIPE, text=True, check=False).stderr
    return re.search(r"use one of ([a-z, -]+)", told).group(1).split(", ")


def main(argv):
    fineprint, gold, paths = argv[1], argv[2], argv[3:]
    whole = scores(fineprint, gold, paths)
    print(f"{'':14}{'precision':>11}{'recall':>9}{'F1':>8}{'mentions taken':>16}   (percent)")
    print(f"{'all':14}{whole[0]:11.1f}{whole[1]:9.1f}{whole[2]:8.1f}{whole[3]:16.1f}")
    for name in mechanisms(fineprint, gold, paths):
        without = scores(fineprint, gold, paths, "--without", name)
        change = [now - then for now, then in zip(without, whole)]
        print(f"- {name:12}{change[0]:+11.1f}{change[1]:+9.1f}{change[2]:+8.1f}{change[3]:+16.1f}", flush=True)


if __name__ == "__main__":
    main(sys.argv)
