#!/usr/bin/env python3
"""Runs fineprint over documents that want to hurt it, and says what came of it. Only the standard library.

usage: hostile_runs.py corpus  FINEPRINT              every document of hostile_corpus.py has its expected outcome
       hostile_runs.py mutated FINEPRINT N FOLDER...  N seeded mutated copies of the folders' documents: the parent ends
                                                      by itself with 0 or 2, lines out = documents in, no line says
                                                      `crashed` (a panic on a document, or a worker that it ended);
                                                      counted are the lines by error code, `read` where there is none
       hostile_runs.py killers FINEPRINT FOLDER       every tenth document a killer: the other lines are byte-identical
       hostile_runs.py flat    FINEPRINT FOLDER N M   peak memory over N and over M documents (FOLDER's under other names)

All fail (exit 1) when something does not hold. Documents are written into a temporary folder.
"""
import collections, json, os, random, re, subprocess, sys, tempfile, time
from pathlib import Path

import hostile_corpus

MIB = 1 << 20
SECONDS, MEMORY = 5, 512
# Beside killers a sound document must not be over its time only because the machine is busy.
PATIENT = ("--max-seconds", "30", "--max-memory", "%dMiB" % MEMORY)


def run(program, words, limits=("--max-seconds", str(SECONDS), "--max-memory", "%dMiB" % MEMORY)):
    """Lines of `analyze`, its seconds, and the largest peak memory in MiB of the parent and of a worker."""
    start = time.time()
    with tempfile.NamedTemporaryFile() as out:
        process = subprocess.Popen([program, "analyze", "--format", "jsonl", "--output", out.name, *limits, *words],
                                   stderr=subprocess.PIPE)
        peaks = watch(process)
        lines = Path(out.name).read_bytes().splitlines()
    if process.returncode not in (0, 2):
        sys.exit("the parent ended with %d: %s" % (process.returncode, process.stderr.read()[-500:]))
    return lines, time.time() - start, peaks


def watch(process):
    """Peak memory in MiB of the process itself and of the largest child, looked at until it ends; 0 is not measured."""
    parent = child = 0
    while process.poll() is None:
        parent = max(parent, peak(process.pid))
        for pid in children(process.pid):
            child = max(child, peak(pid))
        time.sleep(0.05)
    return parent, child


def peak(pid):
    try:
        return int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/%d/status" % pid).read_text())[1]) // 1024
    except (OSError, TypeError):
        return 0


def children(pid):
    try:
        tasks = Path("/proc/%d/task" % pid).iterdir()
        return [int(word) for task in tasks for word in (task / "children").read_text().split()]
    except OSError:
        return []


def shown(peaks):
    """Peaks in words. A system that does not list a process' children (/proc/*/task/*/children) measures no worker."""
    return tuple("%d MiB" % peak if peak else "not measured" for peak in peaks)


def outcome(line):
    """The words that an expectation may name."""
    if line["error"]:
        return {line["error"]["code"], "any"} if line["error"]["code"] != "crashed" else {"crashed"}
    return {"read", "any"} | {"issue:" + issue["code"] for issue in line["extraction"]["issues"]}


def corpus(program):
    with tempfile.TemporaryDirectory() as folder:
        expected = {}
        for name, data, words in hostile_corpus.documents():
            path = Path(folder, name)
            if data is None:
                with path.open("wb") as file:
                    file.truncate(1 << 30)
            else:
                path.write_bytes(data)
            expected[name] = words
        lines, seconds, peaks = run(program, [folder])
    wrong, counts = 0, collections.Counter()
    for line in map(json.loads, lines):
        name = line["source"]["path"].rsplit("/", 1)[1]
        got = outcome(line)
        counts[line["error"]["code"] if line["error"] else "read"] += 1
        if not got & expected.pop(name):
            wrong += 1
            print("%s: %s %s" % (name, sorted(got), (line["error"] or {}).get("message", "")[:200]))
    print("%d hostile documents in %.0f s: %s; peak memory %s, a worker's %s"
          % (len(lines), seconds, ", ".join("%d %s" % (n, word) for word, n in counts.most_common()), *shown(peaks)))
    if expected:
        print("no line for: %s" % ", ".join(expected))
    return not wrong and not expected and peaks[1] <= MEMORY


def sources(folders):
    """Documents below the folders, small ones, in order."""
    found = sorted(path for folder in folders for path in Path(folder).rglob("*") if path.is_file())
    return [path for path in found if path.name != "fineprint.csv" and 0 < path.stat().st_size < 2 * MIB]


def mutate(data, dice):
    """One to eight changes: a byte, a run of noise, a cut, a copy of a part, digits that grow, a part left out."""
    data = bytearray(data)
    for _ in range(dice.randint(1, 8)):
        at, length = dice.randrange(len(data) + 1), dice.choice((1, 4, 16, 256, 4096))
        kind = dice.randrange(6)
        if kind == 0 and data:
            data[min(at, len(data) - 1)] ^= 1 << dice.randrange(8)
        elif kind == 1:
            data[at:at + length] = dice.randbytes(length)
        elif kind == 2:
            del data[max(at, 1):]
        elif kind == 3:
            data[at:at] = data[max(0, at - length):at]
        elif kind == 4:
            digits = list(re.finditer(rb"\d+", data[at:at + 65536]))
            if digits:
                start, end = dice.choice(digits).span()
                data[at + start:at + end] = dice.choice((b"0", b"-1", b"2147483648", b"99999999999"))
        else:
            del data[at:at + length]
    return bytes(data) or b"x"


def mutated(program, count, *folders):
    paths, total, good = sources(folders), int(count), True
    codes, seconds, highest = collections.Counter(), 0, (0, 0)
    for first in range(0, total, 500):
        with tempfile.TemporaryDirectory() as folder:
            for n in range(first, min(total, first + 500)):
                source = paths[n % len(paths)]
                Path(folder, "%06d%s" % (n, source.suffix)).write_bytes(mutate(source.read_bytes(), random.Random(n)))
            documents = len(os.listdir(folder))
            lines, took, peaks = run(program, [folder])
        seconds, highest = seconds + took, tuple(map(max, highest, peaks))
        good &= len(lines) == documents
        for line in map(json.loads, lines):
            code = line["error"]["code"] if line["error"] else "read"
            codes[code] += 1
            if code in ("crashed", "limit"):
                print("%s: %s" % (line["source"]["path"].rsplit("/", 1)[1], line["error"]["message"][:200]))
    print("%d mutated copies of %d documents in %.0f s: %s; peak memory %s, a worker's %s" % (
        total, len(paths), seconds, ", ".join("%d %s" % (n, word) for word, n in codes.most_common()), *shown(highest)))
    if codes["crashed"]:
        print("%d documents crashed" % codes["crashed"])
    return good and not codes["crashed"] and sum(codes.values()) == total and highest[1] <= MEMORY


def killers(program, folder):
    deadly = {name: data for name, data, _ in hostile_corpus.documents()
              if re.search(r"flate-blanks|forms-exponential|part-bomb|flate-text", name)}
    # Each attribute is compared with each: minutes.
    deadly["attributes.html"] = b"<html><body><p %s>not covered" % b" ".join(b"a%d=1" % n for n in range(400000))
    paths = [path for path in sorted(Path(folder).rglob("*")) if path.is_file() and path.name != "fineprint.csv"]
    with tempfile.TemporaryDirectory() as work:
        kill = []
        for name, data in deadly.items():
            kill.append(os.path.join(work, name))
            Path(kill[-1]).write_bytes(data)
        words, killed = [], 0
        for n, path in enumerate(paths):
            if n % 9 == 0:
                # A link, so that each killer is a document of its own.
                link = os.path.join(work, "%04d-%s" % (n, os.path.basename(kill[killed % len(kill)])))
                os.link(kill[killed % len(kill)], link)
                words.append(link)
                killed += 1
            words.append(str(path))
        alone, _, _ = run(program, [word for word in words if not word.startswith(work)], PATIENT)
        beside, seconds, peaks = run(program, words, PATIENT)
        marked = [line for line in beside if json.loads(line)["source"]["path"].startswith(work)]
        others = [line for line in beside if line not in set(marked)]
    codes = collections.Counter((json.loads(line)["error"] or {"code": "read"})["code"] for line in marked)
    same = others == alone
    for line, other in zip(alone, others):
        if line != other:
            line, other = json.loads(line), json.loads(other)
            fields = [name for name in line if line[name] != other[name]]
            print("%s: %s: alone %s, beside killers %s" % (
                line["source"]["path"], ", ".join(fields), line["error"] or "read", other["error"] or "read"))
    print("%d documents, %d of them killers (%s), in %.0f s: the other lines are %s; peak memory %s, a worker's %s"
          % (len(words), killed, dict(codes), seconds, "byte-identical" if same else "DIFFERENT", *shown(peaks)))
    return same and len(marked) == killed and "read" not in codes


def flat(program, folder, few, many):
    paths = sources([folder])
    peaks = {}
    for count in (int(few), int(many)):
        with tempfile.TemporaryDirectory() as work:
            for n in range(count):
                os.symlink(paths[n % len(paths)].resolve(), os.path.join(work, "%06d%s" % (n, paths[n % len(paths)].suffix)))
            lines, seconds, peaks[count] = run(program, [work], PATIENT)
        print("%d documents in %.0f s: peak memory %s, a worker's %s" % (len(lines), seconds, *shown(peaks[count])))
    small, large = peaks.values()
    # A list of 20,000 paths is 20,000 paths; beyond that nothing may grow.
    return large[0] <= small[0] * 1.1 + 16 and large[1] <= small[1] * 1.1 + 16


def main():
    commands = {"corpus": corpus, "mutated": mutated, "killers": killers, "flat": flat}
    if len(sys.argv) < 3 or sys.argv[1] not in commands:
        sys.exit(__doc__)
    sys.exit(not commands[sys.argv[1]](*sys.argv[2:]))


main()
