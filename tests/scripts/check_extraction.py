#!/usr/bin/env python3
"""Measures what fineprint reads of PDFs beside pdftotext and PyMuPDF.

usage: check_extraction.py FINEPRINT CORPUS CACHE [--gold GOLD.jsonl] [--only CHECK[,CHECK]] [--errors N]

Needs poppler-utils (pdftotext) and, for `order`, PyMuPDF (`pip install pymupdf`). FINEPRINT is the binary, CORPUS a
folder of documents, CACHE a folder in which the other programs' texts are kept from run to run. Words are what stands
between blanks, letters and digits only, ligatures resolved, a word hyphenated at a line's end taken as one.

words   share of pdftotext's words that we have, furniture blocks too; a word that two neighbours make up counts.
        99.5 % of the words on 95 % of the documents.
order   share of the 5-word shingles on which pdftotext and PyMuPDF agree, within a page, that stand in our text.
        99 % on 95 % of the documents. Furniture stands apart in our text and above or below the body in theirs, so that
        shingles over its edges may be made with any piece of it.
joins   words of ours that two neighbours of pdftotext's make up, or the reverse: at most 0.3 % of all words.
units   with --gold: units (`doc`, `text`, `labels`) of PDFs with a label, whose letters and digits stand in the
        matching text, page furniture inside of them apart; those that another program cut from a table column by
        column count where they are made of whole cells and lines of one stretch: 99 %. Both counts are printed.
quotes  quotes of `analyze` verbatim (letters and digits) in pdftotext's text, in its usual order or in that of -raw,
        furniture between pages apart and a row of a table cell by cell, since pdftotext reads columns; their first 30
        letters on the page named: 98 %. The share in its usual order alone is printed too.
cpu     processor time (user and system, children too) of `extract --format json` over all PDFs in one process beside
        pdftotext's, at most 0.67; of `analyze --format jsonl`, at most 0.75. The median of three runs in turn.
memory  peak of one `extract` for each PDF: at most 100 MB.

Prints each figure; exits with 1 when a bound is not held. --errors lists the worst documents or places, only of folders
that occur in GOLD: the others are read by nobody, so that they measure what nobody has fitted."""
import argparse, hashlib, json, os, re, resource, statistics, subprocess, sys, unicodedata
from collections import Counter, defaultdict
from pathlib import Path

CHECKS = ["words", "order", "joins", "units", "quotes", "cpu", "memory"]
LEFT = re.compile(r"(?<=\S)[-\u00ad\u2010\u2011/–]\n\s*(?=\w)")
NOT_WORD = re.compile(r"[\W_]+")


def norm(text):
    """Letters and digits in lower case."""
    return NOT_WORD.sub("", unicodedata.normalize("NFKC", text).lower())


def words(text):
    text = LEFT.sub("-", text)
    return [word for word in map(norm, text.split()) if word]


def kept(cache, path, kind, make):
    """The pages of a reference, made once."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    file = cache / f"{digest}.{kind}.txt"
    if not file.exists():
        file.write_text(make(path), encoding="utf-8")
    return file.read_text(encoding="utf-8").split("\f")


def poppler(path, *options):
    run = subprocess.run(["pdftotext", "-enc", "UTF-8", *options, str(path), "-"], capture_output=True)
    return run.stdout.decode("utf-8", "replace").removesuffix("\f")


def mupdf(path):
    import pymupdf

    pymupdf.TOOLS.mupdf_display_errors(False)
    with pymupdf.open(path) as document:
        return "\f".join(page.get_text("text").replace("\f", " ") for page in document)


class Run:
    """The documents with our reading of them."""

    def __init__(self, arguments):
        self.binary, self.corpus, self.cache = arguments.fineprint, Path(arguments.corpus), Path(arguments.cache)
        self.cache.mkdir(parents=True, exist_ok=True)
        self.errors = arguments.errors
        self.gold = list(map(json.loads, open(arguments.gold, encoding="utf-8"))) if arguments.gold else []
        self.open = {unit["doc"].split("/")[0] for unit in self.gold}
        self.files = sorted(path for path in self.corpus.rglob("*.pdf") if path.read_bytes()[:1024].find(b"%PDF-") >= 0)
        out = self.fineprint("extract", "--format", "json")
        self.ours = {row["source"]["path"]: row for row in map(json.loads, out.splitlines())}

    def worst(self, rows):
        """The first of the rows, each with its path at the end, that may be shown."""
        return [row for row in rows if row[-1].relative_to(self.corpus).parts[0] in self.open][: self.errors]

    def command(self, *words):
        return [self.binary, words[0], *map(str, self.files), "--jobs", "1", *words[1:]]

    def fineprint(self, *words):
        return subprocess.run(self.command(*words), capture_output=True).stdout.decode("utf-8")

    def poppler(self, path):
        return kept(self.cache, path, "poppler", poppler)

    def poppler_raw(self, path):
        return kept(self.cache, path, "raw", lambda path: poppler(path, "-raw"))

    def mupdf(self, path):
        return kept(self.cache, path, "mupdf", mupdf)

    def pages(self, path):
        """Our words of each page: the body in order, and every piece of furniture and of what was left out."""
        row = self.ours[str(path)]
        body, apart = defaultdict(list), defaultdict(list)
        for block in row["blocks"]:
            for at, part in enumerate(block["text"].split("\f")):
                (apart if block["role"] == "furniture" else body)[(block["page"] or 1) + at].append(words(part))
        for block in row["left_out"]:
            apart[block["page"] or 1].append(words(block["text"]))
        return [([w for part in body[page] for w in part], apart[page]) for page in sorted({*body, *apart})]

    def texts(self, path):
        """All of our words, furniture at the end of each page."""
        return [word for body, apart in self.pages(path) for part in (body, *apart) for word in part]

    def shares(self, name, of, bound, documents):
        """Prints a share for each document; holds `bound` on 95 % of them."""
        shares = []
        for path in self.files:
            found, all_of_it, missing = of(path)
            if all_of_it >= 30:
                shares.append((found / all_of_it, missing, path))
        shares.sort(key=lambda share: share[0])
        for share, missing, path in self.worst(shares):
            print(f"  {share:.4f}  {path.relative_to(self.corpus)}: {missing[:12]}")
        good = sum(share >= bound for share, _, _ in shares) / max(1, len(shares))
        mean = sum(share for share, _, _ in shares) / max(1, len(shares))
        print(f"{name:7} {bound:.1%} on {good:.1%} of {len(shares)} documents, mean {mean:.3%} (at least 95 %)")
        return good >= documents


def paired(deficit, excess, theirs, ours):
    """Words that are missing and whose letters stand divided otherwise: removes them from both counts.

    Returns how many of our words two of theirs make up, and how many of theirs two of ours make up."""
    joined = split = 0
    for left, right in zip(theirs, theirs[1:]):
        whole = left + right
        if excess[whole] > 0 and (deficit[left] > 0 or deficit[right] > 0):
            joined += 1
            excess[whole] -= 1
            deficit[left] -= deficit[left] > 0
            deficit[right] -= deficit[right] > 0
    for left, right in zip(ours, ours[1:]):
        whole = left + right
        if deficit[whole] > 0 and (excess[left] > 0 or excess[right] > 0):
            split += 1
            deficit[whole] -= 1
            excess[left] -= 1
            excess[right] -= 1
    return joined, split


def compared(run, path):
    theirs = words("\n".join(run.poppler(path)))
    ours = run.texts(path)
    deficit, excess = Counter(theirs), Counter(ours)
    deficit.subtract(ours)
    excess.subtract(theirs)
    joined, split = paired(deficit, excess, theirs, ours)
    return theirs, ours, deficit, joined, split


def check_words(run):
    def of(path):
        theirs, _, deficit, _, _ = compared(run, path)
        missing = [word for word, count in deficit.items() for _ in range(max(0, count))]
        return len(theirs) - len(missing), len(theirs), missing

    return run.shares("words", of, 0.995, 0.95)


def check_joins(run):
    all_words = joins = splits = 0
    worst = []
    for path in run.files:
        _, ours, _, joined, split = compared(run, path)
        all_words += len(ours)
        joins += joined
        splits += split
        worst.append((joined + split, joined, split, path))
    for _, joined, split, path in run.worst(sorted(worst, key=lambda row: -row[0])):
        print(f"  {joined} joined, {split} split  {path.relative_to(run.corpus)}")
    share = (joins + splits) / max(1, all_words)
    print(f"joins   {joins} joined and {splits} split of {all_words} words: {share:.3%} (at most 0.3 %)")
    return share <= 0.003


def shingles(found):
    return {tuple(found[at : at + 5]) for at in range(len(found) - 4)}


def check_order(run):
    def of(path):
        agreed = set()
        for one, other in zip(run.poppler(path), run.mupdf(path)):
            agreed |= shingles(words(one)) & shingles(words(other))
        ours, letters = set(), []
        for body, apart in run.pages(path):
            runs = [body, [word for part in apart for word in part]]
            runs += [part[-4:] + body[:4] for part in apart] + [body[-4:] + part[:4] for part in apart]
            ours.update(*map(shingles, runs))
            letters += ["".join(run) for run in runs]
        # Words that only stand divided otherwise are counted by `joins`.
        missing = [s for s in agreed - ours if not any("".join(s) in run for run in letters)]
        return len(agreed) - len(missing), len(agreed), [" ".join(shingle) for shingle in sorted(missing)]

    return run.shares("order", of, 0.99, 0.95)


# Fewer letters are no furniture; how many blocks a unit's cells may lie apart.
FURNITURE_RUN, STRETCH = 8, 60


def without(words, furniture):
    """The letters of a unit, and the same without one run or all runs of it that stand in the document's furniture."""
    runs, at = [], 0
    while at < len(words):
        end = at + FURNITURE_RUN
        if words[at:end] in furniture and end <= len(words):
            while end < len(words) and words[at : end + 1] in furniture:
                end += 1
            runs.append((at, end))
            at = end
        else:
            at += 1
    kept = [words] + [words[:start] + words[end:] for start, end in runs]
    for start, end in reversed(runs):
        words = words[:start] + words[end:]
    return kept + [words]


def in_cells(words, blocks):
    """Whether a unit that was cut from a table column by column is made of whole cells and lines of one stretch.

    The first may have lost its beginning and the last its end."""
    for first in range(0, max(1, len(blocks) - STRETCH // 2), STRETCH // 2):
        cells = [cell for block in blocks[first : first + STRETCH] for cell in block]
        if len(cells) < 2:
            continue
        starts = {at for at in range(3, len(words)) if any(cell.endswith(words[:at]) for cell in cells)}
        reached, todo = set(), [0, *sorted(starts)]
        while todo:
            at = todo.pop()
            if at in reached:
                continue
            reached.add(at)
            rest = words[at:]
            if any(cell.startswith(rest) for cell in cells):
                return True
            todo += [at + len(cell) for cell in cells if rest.startswith(cell)]
    return False


def check_units(run):
    if not run.gold:
        print("units   left out: no --gold")
        return True
    whole = by_cells = total = 0
    texts = {}
    for unit in run.gold:
        path = run.corpus / unit["doc"]
        row = run.ours.get(str(path))
        if row is None or not unit["labels"]:
            continue
        if path not in texts:
            blocks = [block for block in row["blocks"] if block["role"] != "furniture"]
            apart = [block for block in row["blocks"] if block["role"] == "furniture"] + row["left_out"]
            cells = [[cell for cell in map(norm, block["text"].split("\t")) if cell] for block in blocks]
            bodies = ["".join(norm(block["text"]) for block in of) for of in (row["blocks"], blocks)]
            texts[path] = bodies, "|".join({norm(block["text"]) for block in apart}), cells
        bodies, furniture, cells = texts[path]
        kept = without(norm(unit["text"]), furniture)
        is_whole = any(words in body for words in kept for body in bodies)
        is_cells = not is_whole and any(in_cells(words, cells) for words in dict.fromkeys(kept))
        total += 1
        whole += is_whole
        by_cells += is_cells
        if not (is_whole or is_cells) and total - whole - by_cells <= run.errors:
            print(f"  missing  {unit['doc']}: {unit['text'][:300]}")
    share = (whole + by_cells) / max(1, total)
    print(f"units   {whole} whole and {by_cells} cell by cell of {total}: {share:.3%} (at least 99 %)")
    return share >= 0.99


def straddles(quote, first, second):
    """Whether the quote ends on the second page and begins on the first, with furniture between."""
    return any(quote[:cut] in first and quote[cut:] in second for cut in range(1, len(quote)))


def cells_of(quote, rows):
    """The cells of a quote that is a table's row or a part of one: its letters, cut where a cell ends."""
    for cells in rows:
        start = "".join(cells).find(quote)
        if start >= 0:
            parts, at = [], 0
            for cell in cells:
                part = cell[max(0, start - at) : max(0, start + len(quote) - at)]
                parts += [part] if part else []
                at += len(cell)
            return parts
    return [quote]


def check_quotes(run):
    total = verbatim = drawn = placed = shown = 0
    for row in map(json.loads, run.fineprint("analyze", "--format", "jsonl").splitlines()):
        if not row["findings"]:
            continue
        path = row["source"]["path"]
        readings = [[norm(page) for page in read(Path(path))] for read in (run.poppler, run.poppler_raw)]
        rows = [[norm(cell) for cell in b["text"].split("\t")] for b in run.ours[path]["blocks"] if "\t" in b["text"]]
        for finding in row["findings"]:
            quote, page = norm(finding["quote"]), finding["page"]
            over = finding["page_end"] == page + 1
            stands, on_page = [], False
            for pages in readings:
                whole, here, there = "".join(pages), pages[page - 1], "".join(pages[page : page + 1])
                parts = [quote] if quote in whole else cells_of(quote, rows)
                stands.append(all(part in whole or over and straddles(part, here, there) for part in parts))
                head = parts[0][:30]
                on_page |= 0 <= (here + there).find(head) < len(here) or over and straddles(head, here, there)
            total += 1
            verbatim += stands[0]
            drawn += any(stands)
            placed += on_page
            if not (any(stands) and on_page) and run.worst([(Path(path),)]) and (shown := shown + 1) <= run.errors:
                what = "not verbatim" if not any(stands) else "not on the page"
                print(f"  {what}  {row['source']['path']} p. {page}: {finding['quote'][:400]}")
    total = max(1, total)
    print(f"quotes  {total}: verbatim {drawn / total:.2%} (in its usual order alone {verbatim / total:.2%}), on the page named {placed / total:.2%} (at least 98 %)")
    return drawn >= 0.98 * total and placed >= 0.98 * total


def processor_time(commands):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    for command in commands:
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def check_cpu(run):
    rounds = []
    for _ in range(3):
        reference = processor_time([["pdftotext", "-enc", "UTF-8", str(path), "-"] for path in run.files])
        extract = processor_time([run.command("extract", "--format", "json")])
        analyze = processor_time([run.command("analyze", "--format", "jsonl")])
        rounds.append((extract / reference, analyze / reference, reference, extract, analyze))
    print("  " + "; ".join(f"pdftotext {r[2]:.2f} s, extract {r[3]:.2f} s, analyze {r[4]:.2f} s" for r in rounds))
    extract, analyze = (statistics.median(r[at] for r in rounds) for at in (0, 1))
    print(f"cpu     extract {extract:.3f} of pdftotext's (at most 0.67), analyze {analyze:.3f} (at most 0.75)")
    return extract <= 0.67 and analyze <= 0.75


PEAK = """import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"""


def peak(command):
    """The peak of a process' memory in MB, started by a small process: a child begins with its parent's size."""
    run = subprocess.run([sys.executable, "-S", "-c", PEAK, *command], capture_output=True, text=True)
    return int(run.stdout) * 1024 / 1e6


def check_memory(run):
    peaks = sorted(((peak([run.binary, "extract", str(path), "--jobs", "1", "--format", "json"]), path) for path in run.files), reverse=True)
    for megabytes, path in run.worst(peaks):
        print(f"  {megabytes:6.1f} MB  {path.relative_to(run.corpus)}")
    print(f"memory  most {peaks[0][0]:.1f} MB, median {statistics.median(row[0] for row in peaks):.1f} MB (at most 100 MB)")
    return peaks[0][0] <= 100


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("fineprint")
    parser.add_argument("corpus")
    parser.add_argument("cache")
    parser.add_argument("--gold")
    parser.add_argument("--only", default=",".join(CHECKS))
    parser.add_argument("--errors", type=int, default=0)
    arguments = parser.parse_args()
    arguments.fineprint = os.path.abspath(arguments.fineprint)
    run = Run(arguments)
    print(f"{len(run.files)} PDFs")
    # Every check runs, also after one that failed.
    held = [globals()[f"check_{name}"](run) for name in arguments.only.split(",")]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
