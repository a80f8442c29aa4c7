// Filters, sorting and the table of quotes of an overview. Without it the tables stand unfiltered.
"use strict";
(() => {
  const overview = document.getElementById("overview");
  if (!overview) return;
  const $ = (selector) => overview.querySelector(selector);
  const $$ = (selector) => [...overview.querySelectorAll(selector)];
  const make = (tag, words, name) => {
    const element = document.createElement(tag);
    if (words !== undefined) element.textContent = words;
    if (name) element.className = name;
    return element;
  };
  const form = $(".filters");
  const policies = $$("#policies tbody tr");
  const cells = $$(".matrix tbody tr");
  const columns = $$(".matrix thead th");
  const body = $(".quotes tbody");
  const more = $("#more");
  const CHUNK = 100;
  let data = null;
  let hits = [];
  let shown = 0;
  const read = () => {
    if (!data) {
      data = JSON.parse(document.getElementById("quotes").textContent);
      for (const row of data.f) row.push(row[3].toLowerCase());
    }
    return data;
  };
  const wanted = () => Object.fromEntries(new FormData(form));
  const fits = (row, want) =>
    (!want.payer || row.dataset.payer === want.payer) &&
    (!want.stance || row.dataset.stance === want.stance) &&
    (!want.service || row.dataset.services.split(" ").includes(want.service));

  // One row for each sentence, with all that it is.
  const line = (group) => {
    const { p, c, k } = read();
    const [policy, , page, quote, id] = group[0];
    const row = make("tr");
    const words = make("td");
    const link = make("a", `“${quote}”`, "qt");
    link.href = `${p[policy][0]}.${id}`;
    words.append(link);
    const what = make("td");
    for (const [, category, , , , kind] of group) {
      const one = make("div");
      one.append(make("span", k[kind][0], k[kind][1]), ` ${c[category]}`);
      if (k[kind][2]) one.append(make("span", `, ${k[kind][2]}`, "faint"));
      what.append(one);
    }
    const where = make("td");
    const open = make("a", p[policy][1]);
    open.href = p[policy][0];
    where.append(open);
    row.append(words, what, where, make("td", p[policy][2]), make("td", page === null ? "no page" : `p. ${page}`, "pg"));
    return row;
  };
  const grow = () => {
    body.append(...hits.slice(shown, shown + CHUNK).map(line));
    shown = Math.min(hits.length, shown + CHUNK);
    $("#count").textContent = `${shown} of ${hits.length} quotes`;
    more.hidden = shown === hits.length;
  };
  const apply = () => {
    const want = wanted();
    const all = read();
    let count = 0;
    const in_sight = new Set();
    for (const row of policies) {
      row.hidden = !fits(row, want);
      if (!row.hidden) { count += 1; in_sight.add(Number(row.dataset.p)); }
    }
    $("#matching").textContent = `${count} of ${policies.length} ${policies.length === 1 ? "policy" : "policies"}`;
    for (const row of cells) row.hidden = !!want.payer && row.dataset.payer !== want.payer;
    for (const item of $$(".differ li")) {
      const { topic, payer } = item.dataset;
      item.hidden = !!(want.service && topic && topic !== want.service) || !!(want.payer && payer && payer !== want.payer);
    }
    columns.forEach((head, index) => {
      const away = !!want.service && index > 0 && head.dataset.topic !== want.service;
      for (const row of [head.parentElement, ...cells]) row.children[index].hidden = away;
    });
    const words = want.words.trim().toLowerCase();
    const category = want.category === "" ? -1 : Number(want.category);
    const others = want.others === "on";
    hits = [];
    const found = all.f.filter((row) =>
      in_sight.has(row[0]) && (category < 0 || row[1] === category) && (others || !all.k[row[5]][2]) && (!words || row[6].includes(words)));
    for (const row of found) {
      const last = hits[hits.length - 1];
      if (last && last[0][0] === row[0] && last[0][3] === row[3] && last[0][2] === row[2]) {
        if (!last.some((other) => other[1] === row[1] && other[5] === row[5])) last.push(row);
      } else hits.push([row]);
    }
    body.replaceChildren();
    shown = 0;
    grow();
  };
  const sort = (button) => {
    const head = button.closest("th");
    const table = head.closest("table");
    const index = head.cellIndex;
    const up = head.getAttribute("aria-sort") !== "ascending";
    for (const other of table.querySelectorAll("th")) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
    const key = (row) => row.cells[index].dataset.key ?? row.cells[index].textContent.trim();
    const rows = [...table.tBodies[0].rows].sort((a, b) => key(a).localeCompare(key(b), "en", { numeric: true }) * (up ? 1 : -1));
    table.tBodies[0].append(...rows);
  };
  let waiting = 0;
  const soon = () => { clearTimeout(waiting); waiting = setTimeout(apply, 120); };
  form.addEventListener("input", soon);
  form.addEventListener("reset", soon);
  form.addEventListener("submit", (event) => { event.preventDefault(); apply(); });
  more.addEventListener("click", grow);
  overview.addEventListener("click", (event) => {
    const button = event.target.closest("th button");
    if (button) sort(button);
    const cell = event.target.closest("a[data-only]");
    if (cell) {
      form.elements.payer.value = cell.dataset.payer;
      form.elements.service.value = cell.dataset.only;
      apply();
    }
  });
  form.hidden = false;
  $("#searching").hidden = false;
  setTimeout(apply, 0);
})();
