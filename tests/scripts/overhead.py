#!/usr/bin/env python3
"""What worker processes cost: CPU time with children of `analyze` over FOLDER, with and without --no-isolate.

usage: overhead.py FINEPRINT FOLDER [ROUNDS]    (default 5 rounds, the two by turns)

Prints the medians beside the aim of 3 %, which a busy machine may miss; fails only where the two outputs are not the
same bytes. Only the standard library.
"""
import os, statistics, subprocess, sys, tempfile

AIM = 0.03


def cpu_of(command):
    """CPU seconds of the command and all its children."""
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 2):
        sys.exit("%s ended with %d" % (" ".join(command), status))
    return usage.ru_utime + usage.ru_stime


def main():
    program, folder = sys.argv[1], sys.argv[2]
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 5
    times = {"": [], "--no-isolate": []}
    with tempfile.TemporaryDirectory() as work:
        outputs = {flag: os.path.join(work, flag or "workers") for flag in times}
        for _ in range(rounds):
            for flag, seconds in times.items():
                command = [program, "analyze", folder, "--format", "jsonl", "--output", outputs[flag]]
                seconds.append(cpu_of(command + [flag] * bool(flag)))
        contents = [open(path, "rb").read() for path in outputs.values()]
    if contents[0] != contents[1]:
        sys.exit("workers give other bytes than one process")
    workers, here = (statistics.median(seconds) for seconds in times.values())
    share = workers / here - 1
    print("workers %.2f s, in the process %.2f s: %+.1f %% CPU (%d rounds), %s the aim of %d %%" % (
        workers, here, 100 * share, rounds, "within" if share <= AIM else "above", 100 * AIM))


main()
