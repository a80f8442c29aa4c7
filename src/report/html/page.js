// Jumps, notes, copying, keys, tabs and routes of a policy's page. Without it the page is whole and still.
"use strict";
(() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const make = (tag, words, name) => {
    const element = document.createElement(tag);
    if (words !== undefined) element.textContent = words;
    if (name) element.className = name;
    return element;
  };
  document.documentElement.classList.add("js");
  const articles = $$(".policy");
  const overview = $("#overview");
  const island = new Map();
  const known = (article) => {
    if (!island.has(article)) {
      const script = $("script.findings", article);
      island.set(article, script ? JSON.parse(script.textContent) : { f: {} });
    }
    return island.get(article);
  };
  const narrow = () => matchMedia("(max-width: 900px)").matches;
  const current = () => articles.find((article) => !article.hidden);

  // One article at a time where several stand in one file.
  const show = (article) => {
    if (overview) {
      overview.hidden = !!article;
      for (const other of articles) other.hidden = other !== article;
    }
    if (article) map(article);
  };
  const tab = (article, name) => {
    const cols = $(".cols", article);
    cols.dataset.tab = name;
    for (const button of $$("[role=tab]", article)) button.setAttribute("aria-selected", button.dataset.tab === name);
  };
  const route = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const article = target && target.closest(".policy");
    if (overview) show(article || null);
    if (!article) { if (overview && target && target !== overview) target.scrollIntoView(); else scrollTo(0, 0); return; }
    if (target === article) { scrollTo(0, 0); return; }
    const inText = target.closest(".doc");
    if (inText && narrow()) tab(article, "doc");
    target.scrollIntoView({ block: "center" });
    const mark = target.closest("mark");
    if (mark) here(mark, true);
  };
  const here = (mark, flash) => {
    for (const other of $$("mark.here")) other.classList.remove("here", "flash");
    mark.classList.add("here");
    if (flash) { void mark.offsetWidth; mark.classList.add("flash"); }
  };

  // A thin map of the marks along the scroll bar.
  const map = (article) => {
    const doc = $(".doc", article);
    const strip = $(".map", article);
    if (!doc || !strip || narrow()) return;
    strip.replaceChildren();
    for (const mark of $$("mark", doc)) {
      const tick = make("i", undefined, mark.className);
      tick.style.top = `${((mark.offsetTop / doc.scrollHeight) * 100).toFixed(2)}%`;
      strip.append(tick);
    }
  };

  const cited = (article, finding) => {
    const [before, behind] = known(article).cite;
    const page = finding.page === null ? "" : `, p. ${finding.page}`;
    return `“${finding.quote}” (${before}${page}; ${behind})`;
  };
  const copy = (words, button) => {
    const done = () => { const label = button.textContent; button.textContent = "copied"; setTimeout(() => { button.textContent = label; }, 1500); };
    const old = () => {
      const area = make("textarea", words);
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
      done();
    };
    if (navigator.clipboard && isSecureContext) navigator.clipboard.writeText(words).then(done, old); else old();
  };
  const copier = (article, id) => {
    const button = make("button", "copy with citation");
    button.type = "button";
    button.addEventListener("click", () => copy(cited(article, known(article).f[id]), button));
    return button;
  };

  // What a mark is, and why it is one.
  let note = null;
  const close = () => { if (note) { note.remove(); note = null; } };
  const explain = (mark) => {
    close();
    const article = mark.closest(".policy");
    note = make("aside", undefined, "why");
    note.setAttribute("role", "dialog");
    note.setAttribute("aria-label", "What this is and why");
    const shut = make("button", "close", "close");
    shut.type = "button";
    shut.addEventListener("click", () => { close(); mark.focus(); });
    note.append(shut);
    for (const id of mark.dataset.f.split(" ")) {
      const finding = known(article).f[id];
      if (!finding) continue;
      const each = make("div", undefined, "each");
      each.append(make("h3", finding.what));
      const list = make("dl");
      for (const [label, words] of finding.why) {
        list.append(make("dt", label));
        const value = make("dd");
        value.append(label === "rule" ? make("code", words) : words);
        list.append(value);
      }
      each.append(list, copier(article, id));
      note.append(each);
    }
    document.body.append(note);
    here(mark, false);
  };

  const step = (by) => {
    const article = current();
    if (!article) return;
    const marks = $$(".doc mark", article);
    if (!marks.length) return;
    if (narrow()) tab(article, "doc");
    const at = marks.findIndex((mark) => mark.classList.contains("here"));
    const next = marks[(at + by + marks.length + (at < 0 && by < 0 ? 1 : 0)) % marks.length];
    next.scrollIntoView({ block: "center" });
    next.focus({ preventScroll: true });
    explain(next);
  };
  const help = $("#help");
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") { close(); return; }
    if (event.target.closest("input, select, textarea")) return;
    if (event.key === "j" || event.key === "k") { step(event.key === "j" ? 1 : -1); event.preventDefault(); }
    if (event.key === "/") {
      const search = $("#search");
      if (search && !overview.hidden) { search.focus(); event.preventDefault(); }
    }
    if (event.key === "?" && help) { help.showModal(); event.preventDefault(); }
    if (event.key === "Enter" && event.target.matches("mark")) explain(event.target);
  });
  document.addEventListener("click", (event) => {
    const mark = event.target.closest(".doc mark");
    if (mark) { explain(mark); return; }
    const go = event.target.closest("a.go");
    // The same place again: the address does not change, the jump is wanted all the same.
    if (go && go.hash === location.hash) { event.preventDefault(); route(); }
    if (event.target.closest("#keys") && help) help.showModal();
    const chosen = event.target.closest("[role=tab]");
    if (chosen) { tab(chosen.closest(".policy"), chosen.dataset.tab); scrollTo(0, 0); }
  });
  for (const article of articles) {
    for (const mark of $$(".doc mark", article)) { mark.tabIndex = 0; mark.setAttribute("role", "button"); }
    for (const cite of $$(".cite[data-f]", article)) cite.append(copier(article, cite.dataset.f));
    tab(article, "sum");
  }
  addEventListener("hashchange", route);
  addEventListener("resize", () => { const article = current(); if (article) map(article); });
  route();
  if (!overview && articles[0]) map(articles[0]);
})();
