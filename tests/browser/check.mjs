// usage: node check.mjs SITE ONE_FILE [BIG_SITE]
// Opens pages that fineprint wrote in a headless Chromium: SITE a folder with an index, ONE_FILE several policies in
// one file, BIG_SITE an index of a thousand. No error on the console, no request to anywhere, filters, jumps and keys
// work, a policy prints on one or two pages, the big index opens (aim: in under 2 s; printed, no gate). CHROMIUM names another browser, SHOTS a
// folder for screenshots.
import assert from "node:assert/strict";
import { readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [site, oneFile, big] = process.argv.slice(2).map((path) => resolve(path));
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
const wrong = [];
const address = (path) => pathToFileURL(path).href;

// A page whose errors and requests are noted; only its own file may be read.
const open = async (path, options = {}) => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.on("console", (message) => { if (["error", "warning"].includes(message.type())) wrong.push(`${path}: ${message.text()}`); });
  page.on("pageerror", (error) => wrong.push(`${path}: ${error}`));
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith("file:") && !url.startsWith("data:")) wrong.push(`${path}: a request to ${url}`);
    if (url.startsWith("file:") && !request.isNavigationRequest()) wrong.push(`${path}: loads ${url}`);
  });
  await page.goto(address(path));
  return page;
};
const shot = async (page, name) => { if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, `${name}.png`) }); };

// Pages of a printed PDF.
const printed = async (page) => {
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  return (pdf.match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length;
};

const policyPage = async (path, name) => {
  const page = await open(path);
  const count = await page.locator(".doc mark").count();
  if (count > 0) {
    // A click on a quote goes to its mark, a click on a mark tells what and why.
    const quote = page.locator(".sum a.go").first();
    if (await quote.count()) {
      await quote.click();
      await page.locator("mark.here").first().waitFor();
      assert(await page.locator("mark.here").first().isVisible(), `${path}: the mark of a quote is not in sight`);
    }
    await page.locator(".doc mark").first().click();
    const note = page.locator(".why");
    assert.match(await note.innerText(), /whose[\s\S]*rule/, `${path}: a note without its reason`);
    assert(await note.getByRole("button", { name: "copy with citation" }).first().isVisible());
    await page.keyboard.press("Escape");
    assert.equal(await note.count(), 0, `${path}: Escape closes the note`);
    await page.keyboard.press("j");
    const second = await page.locator("mark.here").getAttribute("id");
    await page.keyboard.press("k");
    if (count > 1) assert.notEqual(await page.locator("mark.here").getAttribute("id"), second, `${path}: j and k move`);
    await page.keyboard.press("Escape");
  }
  await page.keyboard.press("?");
  assert(await page.locator("#help").isVisible(), `${path}: ? shows the keys`);
  await page.keyboard.press("Escape");
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth + 1);
  assert(!wide, `${path}: scrolls sideways at 1280`);
  await page.setViewportSize({ width: 400, height: 900 });
  assert(!(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth + 1)), `${path}: scrolls sideways at 400`);
  if (count > 0) {
    await page.getByRole("tab").nth(1).click();
    assert(await page.locator(".doc").isVisible() && !(await page.locator(".sum").isVisible()), `${path}: tabs on a phone`);
    await page.getByRole("tab").nth(0).click();
  }
  const pages = await printed(page);
  if (name) {
    for (const [width, colorScheme] of [[1280, "light"], [1280, "dark"], [400, "light"], [400, "dark"]]) {
      await page.setViewportSize({ width, height: width === 400 ? 1600 : 1200 });
      await page.emulateMedia({ colorScheme });
      await shot(page, `${name}-${width}-${colorScheme}`);
    }
  }
  await page.context().close();
  return pages;
};

const overview = async (path, name) => {
  const page = await open(path);
  await page.locator("#count", { hasText: "quotes" }).waitFor();
  const rows = page.locator("#policies tbody tr:visible");
  const all = await rows.count();
  const payer = await page.locator("select[name=payer] option").nth(1).getAttribute("value");
  await page.selectOption("select[name=payer]", payer);
  await page.waitForFunction((before) => document.querySelectorAll("#policies tbody tr:not([hidden])").length < before, all);
  for (const text of await rows.locator("td:first-child").allInnerTexts()) assert.equal(text, payer, `${path}: the filter by payer`);
  await page.getByRole("button", { name: "clear" }).click();
  await page.waitForFunction((before) => document.querySelectorAll("#policies tbody tr:not([hidden])").length === before, all);
  const some = await page.locator(".quotes .qt").first().innerText();
  const word = some.split(/\W+/).filter((part) => part.length > 6)[0] ?? "medical";
  await page.keyboard.press("/");
  await page.keyboard.type(word);
  await page.waitForFunction((word) => [...document.querySelectorAll(".quotes .qt")].every((quote) => quote.textContent.toLowerCase().includes(word)), word.toLowerCase());
  await page.getByRole("button", { name: "room" }).click();
  assert.equal(await page.locator("#policies th[aria-sort=ascending]").count(), 1, `${path}: sorting`);
  assert(!(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth + 1)), `${path}: scrolls sideways`);
  if (name) {
    await page.getByRole("button", { name: "clear" }).click();
    for (const [width, colorScheme] of [[1280, "light"], [1280, "dark"], [400, "light"]]) {
      await page.setViewportSize({ width, height: 2400 });
      await page.emulateMedia({ colorScheme });
      await shot(page, `${name}-${width}-${colorScheme}`);
    }
    await page.setViewportSize({ width: 1280, height: 900 });
  }
  // A quote's link opens its policy at the mark.
  await page.locator(".quotes .qt").first().click();
  await page.locator("mark.here").first().waitFor();
  await page.context().close();
};

// Contrast of every text against what is behind it, in both colour schemes.
const contrast = async (path) => {
  for (const colorScheme of ["light", "dark"]) {
    const page = await open(path, { colorScheme });
    const low = await page.evaluate(() => {
      const parse = (colour) => colour.match(/[\d.]+/g).map(Number);
      const light = ([r, g, b]) => [r, g, b].map((c) => c / 255).map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
        .reduce((sum, c, index) => sum + c * [0.2126, 0.7152, 0.0722][index], 0);
      const behind = (element) => {
        for (let at = element; at; at = at.parentElement) {
          const colour = parse(getComputedStyle(at).backgroundColor);
          if (colour.length < 4 || colour[3] > 0) return colour;
        }
        return [255, 255, 255];
      };
      const low = new Set();
      for (const element of document.querySelectorAll("body *")) {
        if (!element.offsetParent || ![...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim())) continue;
        const [a, b] = [light(parse(getComputedStyle(element).color)), light(behind(element))].sort((x, y) => y - x);
        const ratio = (a + 0.05) / (b + 0.05);
        if (ratio < 4.5) low.add(`${element.tagName}.${element.className} ${ratio.toFixed(2)}`);
      }
      return [...low];
    });
    assert.deepEqual(low, [], `${path}, ${colorScheme}: contrast`);
    await page.context().close();
  }
};

const bare = async (path) => {
  const page = await open(path, { javaScriptEnabled: false });
  assert((await page.locator(".sum .qt").count()) > 0 && (await page.locator(".doc").isVisible()), `${path}: reads without JavaScript`);
  await page.context().close();
};

try {
  const folder = join(site, "policies");
  const policies = readdirSync(folder).sort();
  let most = 0;
  for (const [index, file] of policies.entries()) {
    const pages = await policyPage(join(folder, file), index === 4 ? "policy" : null);
    if (pages > 2) wrong.push(`${file}: prints on ${pages} pages`);
    most = Math.max(most, pages);
  }
  await contrast(join(folder, policies[0]));
  await contrast(join(site, "index.html"));
  await bare(join(folder, policies[0]));
  await overview(join(site, "index.html"), "index");
  await overview(oneFile, "one-file");
  console.log(`${policies.length} policies, at most ${most} printed pages each; index and one file: filters, search, jumps and keys work`);
  if (big) {
    const index = join(big, "index.html");
    const times = [];
    for (let round = 0; round < 3; round += 1) {
      const begun = performance.now();
      const page = await open(index);
      await page.locator("#count", { hasText: "quotes" }).waitFor();
      times.push(Math.round(performance.now() - begun));
      await page.context().close();
    }
    const size = (statSync(index).size / 1e6).toFixed(1);
    console.log(`${readdirSync(join(big, "policies")).length} policies: the index has ${size} MB and opens, its quotes listed, in ${times.join(", ")} ms`);
    // The aim is 2 s on an idle machine; a busy one is no fault, a page that hangs is.
    if (Math.min(...times) > 20000) wrong.push("the big index takes more than 20 s");
  }
} catch (error) {
  wrong.push(String(error.message ?? error));
}
await browser.close();
for (const line of wrong) console.error(line);
process.exit(wrong.length ? 1 : 0);
