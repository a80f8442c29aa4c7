#!/usr/bin/env python3
"""Units (sentences, list items) of a corpus for readers to label, and labels joined with their text again.

usage: label_units.py draw CORPUS SEED LABELLED.jsonl...    unlabelled units where labels are thin, to stdout
       label_units.py join CORPUS LABELS.jsonl              doc, key, labels -> with text and before, to stdout

LABELLED.jsonl lines have doc, key and text; drawn is only from the folders its documents lie in. The text is
pdftotext's (poppler), so that it owes nothing to fineprint's own cut. key: the first 12 hex digits of the SHA-1 of
the text's letters and digits in lower case. `join` fails when it finds fewer than 99 % of the keys.
"""
import collections, hashlib, json, pathlib, random, re, subprocess, sys

# How many to draw near which words. The words only say where to look: a unit's labels come from reading it.
NEAR = {
    "dispute": (130, r"appeal|grievance|reconsider|redetermin|peer[- ]to[- ]peer|external review|independent review|"
                     r"fair hearing|(additional|more|further|new) (information|documentation|literature|evidence)"),
    "review": (170, r"case[- ]by[- ]case|individual(ized)? (basis|case|consider\w+|review)|exception|extenuat|unique|"
                    r"medical director|discretion|clinical judg|own merit"),
    "trial": (60, r"(approved|qualif\w+|controlled|within an?) (clinical )?(trial|stud)|routine (patient |care )*costs?|"
                  r"evidence development|expanded access|compassionate|right to try|investigational (device|new drug)"),
    "mandate": (130, r"mandate|federal|legislat|\bN?[NL]CDs?\b|(national|local) coverage|EPSDT|TRICARE|statut|"
                     r"regulation|state law|Affordable Care|Medicaid|Medicare"),
    "payment": (250, r"\bden(y|ie[ds]|ials?)\b|payable|reimburs|payment|\bpaid\b|exclu(ded|sion)|cosmetic|convenience|"
                     r"non-?covered|not (be )?(covered|eligible)|deni"),
    "drug": (230, r"\d+[- ](days|weeks|months)|per (day|week|month|year|lifetime)|quantity|step therapy|prescri(bed|ber)|"
                  r"dosage|duration|authoriz|renewal|initial approval|maximum|"
                  r"(failure|tried|intoleran\w+|response) (of|to)"),
    "stance": (300, r"medically necessary|medical necessity|investigational|experimental|unproven|"
                    r"not (been )?(established|proven)|"
                    r"insufficient|inconclusive|\bcovered|coverage|eligible|considers?\b|clinical utility|off-label|approved"),
    "any": (150, r""),
}
PER_DOCUMENT, PER_PAYER, LETTERS = 14, 250, (25, 600)
BULLET = re.compile(r"^\s*([•●○▪■◦‣·\-–*\uf0b7\uf0a7]\s*|(o|\(?[0-9]{1,2}[.)]|\(?[a-zA-Z][.)]|[ivxIVX]{1,4}[.)])\s+)")
# Lines of reference lists and of study reports are drawn under "any" alone.
APART = re.compile(r"PMID|doi|https?:|www\.|et al|accessed|\d{4};|\d{4}\)|\[\d+|\d{2,4} patients|\d% ?CI|p ?[=<]|"
                   r"\b(trial|study|studies|authors?|cohort|subjects|enrolled|randomized|phase [1-3I]|Med|J|Genet)\b")
STOP = re.compile(r"(?<=[.!?])[\"”’)]?\s+(?=[\"“(]?[A-Z0-9])")
SHORT = re.compile(r"\b(e\.g|i\.e|vs|et al|etc|Dr|No|St|Inc|Fig|approx|U\.S|[A-Z]|[0-9]{1,2})\.$")


def letters(text):
    return re.sub(r"[^a-z0-9]+", "", text.lower())


def key(text):
    return hashlib.sha1(letters(text).encode()).hexdigest()[:12]


def paragraphs(text):
    """Runs of lines, cut at blank lines and bullets, mended over page ends, without lines that most pages repeat."""
    pages = text.split("\f")
    bare = lambda line: re.sub(r"\d+", "0", line.strip())
    on_pages = collections.Counter(b for page in pages for b in {bare(line) for line in page.splitlines()} if b)
    out, fresh = [], True
    for line in (line.strip() for page in pages for line in page.splitlines()):
        if not line:
            fresh = True
        elif not (on_pages[bare(line)] >= 3 and 2 * on_pages[bare(line)] > len(pages)):
            runs_on = out and line[0].islower() and out[-1][-1] not in ".:;?!"
            if BULLET.match(line) or not out or (fresh and not runs_on):
                out.append(line)
            else:
                out[-1] += " " + line
            fresh = False
    return out


def units(path):
    """The document's units in order, as text."""
    if path.suffix == ".pdf":
        done = subprocess.run(["pdftotext", str(path), "-"], capture_output=True)
        text = done.stdout.decode("utf-8", "replace")
    else:
        text = path.read_text(encoding="utf-8", errors="replace")
    out = []
    for paragraph in paragraphs(text):
        glue = ""
        for part in STOP.split(BULLET.sub("", paragraph)):
            glue = f"{glue} {part}".strip()
            if not SHORT.search(glue):
                out.append(glue)
                glue = ""
        out += [glue] if glue else []
    return out


def row(doc, cut, i, labels=None):
    before = " ".join(cut[max(0, i - 4):i])[-600:]
    return {"doc": doc, "key": key(cut[i]), "labels": labels, "text": cut[i], "before": before}


def draw(corpus, seed, labelled):
    known = [json.loads(line) for path in labelled for line in open(path, encoding="utf-8")]
    keys, texts = {u["key"] for u in known}, collections.defaultdict(list)
    for unit in known:
        texts[unit["doc"]].append(letters(unit["text"]))
    dice, pool = random.Random(seed), []
    for folder in sorted({u["doc"].split("/")[0] for u in known}):
        for path in sorted(p for p in (corpus / folder).rglob("*") if p.suffix in (".pdf", ".txt")):
            doc = path.relative_to(corpus).as_posix()
            cut = units(path)
            for i, text in enumerate(cut):
                mine = letters(text)
                fits = LETTERS[0] <= len(mine) <= LETTERS[1] and len(text.split()) >= 4 and key(text) not in keys
                if fits and not any(mine in t or t in mine for t in texts[doc]):
                    keys.add(key(text))
                    pool.append(row(doc, cut, i))
    dice.shuffle(pool)
    docs, payers, drawn = collections.Counter(), collections.Counter(), []
    for near, (wanted, pattern) in NEAR.items():
        fit = [u for u in pool if re.search(pattern, u["text"], re.I)]
        fit = [u for u in fit if near == "any" or not APART.search(u["text"])]
        for _ in range(wanted):
            fit = [u for u in fit if docs[u["doc"]] < PER_DOCUMENT and payers[u["doc"].split("/")[0]] < PER_PAYER]
            if not fit:
                break
            unit = min(fit, key=lambda u: (docs[u["doc"]], payers[u["doc"].split("/")[0]]))
            fit.remove(unit)
            pool.remove(unit)
            docs[unit["doc"]] += 1
            payers[unit["doc"].split("/")[0]] += 1
            drawn.append({**unit, "near": near})
    return drawn


def join(corpus, labels):
    """The labelled units with their text, and how many keys were looked for."""
    wanted = collections.defaultdict(dict)
    for line in open(labels, encoding="utf-8"):
        unit = json.loads(line)
        wanted[unit["doc"]][unit["key"]] = unit["labels"]
    found = []
    for doc, of in wanted.items():
        cut, seen = units(corpus / doc), set()
        for i, text in enumerate(cut):
            if key(text) in of and key(text) not in seen:
                seen.add(key(text))
                found.append(row(doc, cut, i, of[key(text)]))
    return found, sum(map(len, wanted.values()))


def main(argv):
    corpus = pathlib.Path(argv[2])
    if argv[1] == "draw":
        out = draw(corpus, int(argv[3]), argv[4:])
    else:
        out, wanted = join(corpus, argv[3])
        print(f"{len(out)} of {wanted} labelled units found in {corpus}", file=sys.stderr)
    for unit in out:
        print(json.dumps(unit, ensure_ascii=False))
    return int(argv[1] == "join" and len(out) < 0.99 * wanted)


if __name__ == "__main__":
    sys.exit(main(sys.argv))
