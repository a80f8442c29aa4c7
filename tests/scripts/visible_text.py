#!/usr/bin/env python3
"""Words that a browser shows of a page, with everything that folds opened, against the words fineprint reads of it.

usage: visible_text.py FINEPRINT PAGE.html... [--chromium PATH]

Needs Chromium (Debian: chromium). A copy of each page gets a script at its end that opens what is hidden and leaves nothing but
document.body.innerText; words are runs of letters and digits. Ours are the words of all blocks, page furniture and struck words included.
Pages that fineprint says are no policies are named and passed over. Exit 1 where fewer than 99.5 % of the words are found.
"""
import html, json, re, subprocess, sys, tempfile
from collections import Counter
from pathlib import Path

OPEN = b"""<script>window.addEventListener('load',()=>{for(const e of document.querySelectorAll('body,body *')){
if(['SCRIPT','STYLE','NOSCRIPT','TEMPLATE'].includes(e.tagName))continue;e.hidden=false;e.removeAttribute('aria-hidden');if(e.tagName=='DETAILS')e.open=true;
const s=getComputedStyle(e);if(s.display=='none')e.style.setProperty('display','block','important');if(s.visibility!='visible')e.style.setProperty('visibility','visible','important');}
const t=document.body.innerText;document.documentElement.innerHTML='<body><pre id=words></pre>';document.getElementById('words').textContent=t;});</script>"""


def words(text):
    return re.findall(r"[^\W_]+", text.lower())


def shown(chromium, page):
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "page.html"
        raw = page.read_bytes()
        wide = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}.get(raw[:2])
        copy.write_bytes(raw + (OPEN.decode().encode(wide) if wide else OPEN))
        run = [chromium, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/p", "--virtual-time-budget=2000", "--dump-dom", copy.as_uri()]
        dom = subprocess.run(run, capture_output=True, text=True, timeout=120).stdout
    found = re.search(r'<pre id="?words"?>(.*?)</pre>', dom, re.S)
    return words(html.unescape(found.group(1))) if found else None


def main(argv):
    chromium = argv[argv.index("--chromium") + 1] if "--chromium" in argv else "chromium"
    pages = [Path(a) for a in argv[2:] if a.endswith((".html", ".htm"))]
    all_, missing = 0, 0
    for page in pages:
        read = json.loads(subprocess.run([argv[1], "extract", str(page), "--format", "json"], capture_output=True, text=True).stdout.splitlines()[0])
        if read["error"]:
            print(f"{page.name}: {read['error']['code']}")
            continue
        theirs = shown(chromium, page)
        if theirs is None:
            sys.exit(f"{page.name}: the browser gave no text")
        ours = Counter(words(" ".join(b["text"] for b in read["blocks"] + read["left_out"])))
        lost = Counter(theirs) - ours
        all_, missing = all_ + len(theirs), missing + sum(lost.values())
        print(f"{page.name}: {len(theirs)} words, {sum(lost.values())} not found {sorted(lost)[:12]}")
    print(f"words {all_}  found {1 - missing / max(all_, 1):.4f}")
    sys.exit(missing * 200 > all_)


if __name__ == "__main__":
    main(sys.argv)
