// The pages of `rasci matrix --format html` in a real browser: they are used as people use them, by mouse, keyboard and
// screen reader; nothing leaves them, nothing is said in the console, and no title is anything but text.
//
// Usage: node browser.mjs RASCI FOLDER, where FOLDER has playwright-core and axe-core installed, and may be written to.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const [rasci, folder] = process.argv.slice(2).map((path) => resolve(path));
const require = createRequire(join(folder, "package.json"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ARGUMENTS });

/** A page of a model, and what it did that it should not have done. */
async function open(model, how = {}) {
  const file = join(folder, `${model.replaceAll(/\W/g, "-")}.html`);
  writeFileSync(file, execFileSync(rasci, ["matrix", model, "--format", "html"], { maxBuffer: 1 << 28 }));
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 }, ...how })).newPage();
  const wrong = [];
  page.on("console", (message) => wrong.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => wrong.push(`error: ${error}`));
  page.on("dialog", (dialog) => wrong.push(`dialog: ${dialog.message()}`) && dialog.dismiss());
  page.on("request", (request) => request.url() === `file://${file}` || request.url().startsWith("data:") || wrong.push(`request: ${request.url()}`));
  await page.goto(`file://${file}`);
  return { page, wrong };
}

const rows = (page) => page.locator("#grid tbody tr:not([aria-hidden])").count();
const text = (page, selector) => page.locator(selector).innerText();
const cell = (page, id, party) => page.evaluate(([id, party]) => {
  const head = [...document.querySelectorAll("#grid thead th")].findIndex((th) => th.querySelector("small")?.textContent === party);
  const row = [...document.querySelectorAll("#grid tbody tr")].find((tr) => (tr.querySelector("small") || tr.querySelector("b")).textContent === id);
  const it = row.children[head];
  return it.querySelector(".heard")?.textContent ?? it.getAttribute("aria-label");
}, [id, party]);

/** No violation that axe calls serious or critical. */
async function accessible(page, state) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document));
  const bad = violations.filter(({ impact }) => ["serious", "critical"].includes(impact));
  const told = bad.map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.slice(0, 3).map((node) => `  ${node.html}\n  ${node.failureSummary}`).join("\n")}`);
  assert.equal(told.length, 0, `${state}:\n${told.join("\n")}`);
}

async function usedAsPeopleDo(how) {
  const { page, wrong } = await open("policies/anywherenow/operating-model-2.yaml", how);
  const all = await rows(page);
  assert.equal(all, 19);
  assert.equal(await cell(page, "submit-case", "l1-support"), "Level 1 support staff: responsible");
  assert.equal(await cell(page, "submit-p1-case", "customer"), "Customer: accountable in some cases");
  await accessible(page, "as opened");

  // A branch is closed and opened, by mouse and by keyboard.
  await page.locator("#grid tr", { hasText: "submit-case" }).first().locator(".fold").click();
  assert.equal(await rows(page), all - 3);
  await page.locator("#grid th[role=rowheader]", { hasText: "submit-case" }).focus();
  await page.keyboard.press("ArrowRight");
  assert.equal(await rows(page), all);
  assert.match(await page.evaluate(() => document.activeElement.textContent), /submit-case/);

  // Filters: task, party, letter, context, component.
  await page.fill("#search", "case");
  assert.ok((await rows(page)) < all);
  await page.fill("#search", "");
  await page.click("#parties summary");
  await page.getByLabel("Helpdesk", { exact: true }).check();
  await page.keyboard.press("Escape");
  assert.equal(await rows(page), 1);
  assert.equal(await text(page, "#parties-shown"), "Helpdesk");
  await page.click("#reset");
  await page.waitForFunction((all) => document.querySelectorAll("#grid tbody tr").length === all, all);
  for (const letter of ["R", "A", "C", "I"]) await page.locator(`#letters .${letter} input`).click();
  assert.equal(await rows(page), 1, "one task has a party that supports");
  await page.click("#reset");
  await page.waitForFunction((all) => document.querySelectorAll("#grid tbody tr").length === all, all);
  await page.selectOption("[data-dimension='0']", { label: "P1" });
  assert.equal(await cell(page, "submit-p1-case", "customer"), "Customer: accountable");
  await page.selectOption("[data-dimension='0']", { label: "lower" });
  assert.equal(await cell(page, "submit-p1-case", "customer"), "Customer: not applicable");
  await page.selectOption("[data-dimension='0']", { label: "any" });
  await page.selectOption("#component", { index: 1 });
  assert.equal(await cell(page, "implement", "anywherenow"), "AnywhereNow: responsible, accountable");
  await page.selectOption("#component", { index: 0 });

  // A cell says why, with the line of the file; Escape goes back to it.
  await page.locator("#grid tr", { hasText: "submit-case" }).first().locator("td").nth(4).click();
  await page.locator("#why").waitFor();
  assert.match(await text(page, "#why"), /Level 1 support staff is responsible/);
  assert.match(await text(page, "#why"), /policies\/anywherenow\/operating-model-2\.yaml:210:9/);
  await accessible(page, "with a derivation");
  await page.keyboard.press("Escape");
  assert.ok(await page.locator("#why").isHidden());
  assert.equal(await page.evaluate(() => document.activeElement.querySelector(".heard").textContent), "Level 1 support staff: responsible");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  assert.match(await text(page, "#why"), /Level 1 support staff holds nothing/);
  await page.click("#close");

  // Every cell tells its derivation in words, whatever the model leaves out.
  const told = await page.evaluate(() => [...document.querySelectorAll("#grid tbody td")].map((cell) => {
    cell.click();
    return document.getElementById("why").textContent;
  }));
  assert.ok(told.length > 100 && told.every((words) => words.length > 40 && !/undefined|null|NaN|object/.test(words)));
  for (const words of [/What came near/, /is not there/, /No assignment that applies/]) {
    assert.ok(told.some((one) => words.test(one)), `${words}`);
  }
  await page.click("#close");

  // Across components, the branches of the components close too.
  await page.getByLabel("Components", { exact: true }).check();
  assert.match(await text(page, "#shown"), /10 components/);
  await page.getByRole("button", { name: "Parts of SBC" }).click();
  assert.match(await text(page, "#shown"), /9 components/);
  await accessible(page, "across components");

  assert.match(await text(page, "#load"), /Customer/);
  await page.locator("#duties summary", { hasText: "Helpdesk" }).click();
  // What a party holds is written when it is opened, which the browser tells a moment after the click.
  await page.locator("#duties").getByText("Give users Level 1 support, everywhere").first().waitFor();
  assert.doesNotMatch(await text(page, "#duties"), /undefined|null/);
  assert.match(await text(page, "#findings"), /condition-gap/);
  assert.deepEqual(wrong, []);
  await page.context().close();
}

/** A model whose every text would do something if it were more than text. */
async function titlesStayText() {
  const bad = "<script>alert(1)</script><img src=x onerror=alert(2)></script><!--{{ title }}";
  const title = JSON.stringify(bad);
  const model = join(folder, "hostile.yaml");
  writeFileSync(model, `rasci: 1\nid: hostile\ntitle: ${title}\ndescription: ${title}\ncontext: { p: [x, y] }\n`
    + `parties: { a: { title: ${title} } }\ncomponents: { c: { title: ${title} } }\n`
    + `tasks: { t: { title: ${title}, assign: [{ A/R: a, note: ${title} }] } }\n`);
  const { page, wrong } = await open(model);
  assert.equal(await page.title(), bad);
  assert.equal(await text(page, "h1"), bad);
  assert.equal(await page.locator("#grid tbody b").innerText(), bad);
  await page.locator("#grid tbody td").first().click();
  assert.ok((await text(page, "#why")).includes(bad));
  await page.locator("#duties summary").first().click();
  assert.equal(await page.locator("img, script:not(#data):not(:last-of-type)").count(), 0);
  assert.deepEqual(wrong, []);
  await page.context().close();
}

/** What is overridden tells by which line of the model, and in what that ranks higher. */
async function whatOverridesIsTold() {
  const { page, wrong } = await open("policies/mydre/core-support-team.yaml");
  await page.locator("#grid tr", { hasText: "be-hands-on" }).first().locator("td").first().click();
  const told = await page.locator("#why").textContent();
  assert.match(told, /is overridden by policies\/mydre\/core-support-team\.yaml:470:5, whose condition is narrower, it names Support Team/);
  assert.deepEqual(wrong, []);
  await page.context().close();
}

/** On a narrow screen only the grid scrolls sideways; on paper every title is whole. */
async function narrowAndOnPaper() {
  const { page, wrong } = await open("policies/mydre/example-engagement.yaml", { viewport: { width: 390, height: 844 } });
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "the page is wider than the screen");
  await accessible(page, "on a narrow screen");
  await page.emulateMedia({ media: "print" });
  const cut = await page.evaluate(() => [...document.querySelectorAll("#grid b")].filter((title) => getComputedStyle(title).display !== "inline").length);
  assert.equal(cut, 0, "titles are cut on paper");
  assert.ok(await page.locator("#filters").isHidden());
  assert.deepEqual(wrong, []);
  await page.context().close();
}

/** 2,000 tasks and 50 parties: what is out of sight is not drawn, and nothing takes longer than people notice. */
async function manyRows() {
  const lines = ["rasci: 1", "id: many", "parties:", ...Array.from({ length: 50 }, (_, nth) => `  p${nth}: { title: Party ${nth} }`), "tasks:"];
  for (let nth = 0; nth < 2000; nth += 1) {
    const deep = nth % 10 !== 0;
    const assign = `assign: [{ A: p${(nth * 7) % 50}, R: p${(nth * 13) % 50}, I: [p${(nth * 3) % 50}, p${(nth * 11 + 1) % 50}] }]`;
    lines.push(deep ? `      t${nth}: { title: Task ${nth}, ${assign} }` : `  t${nth}:\n    title: Task ${nth}\n    ${assign}\n    tasks:`);
  }
  const model = join(folder, "many.yaml");
  writeFileSync(model, `${lines.join("\n")}\n`);
  const { page, wrong } = await open(model);
  const opened = await page.evaluate(() => performance.getEntriesByType("navigation")[0].domComplete);
  assert.match(await text(page, "#shown"), /2000 tasks, 50 parties/);
  assert.ok((await rows(page)) < 100, "only what is in sight is drawn");
  const took = async (what, act) => {
    const begun = Date.now();
    await act();
    const time = Date.now() - begun;
    console.log(`2,000 x 50: ${what} in ${time} ms`);
    assert.ok(time < 1000, `${what} took ${time} ms`);
  };
  console.log(`2,000 x 50: opened in ${Math.round(opened)} ms`);
  assert.ok(opened < 5000, `opened in ${opened} ms`);
  await took("found a task", () => page.fill("#search", "task 1999"));
  assert.equal(await rows(page), 2);
  await took("showed all again", () => page.fill("#search", ""));
  await took("went to the end", async () => {
    await page.locator("#grid tbody th").first().focus();
    await page.keyboard.press("Control+End");
    await page.locator("#grid tbody th", { hasText: "Task 1999" }).waitFor();
  });
  await took("closed every branch", () => page.click("#collapse"));
  assert.match(await text(page, "#shown"), /2000 tasks/);
  await took("across letters", () => page.locator("#letters .A input").click());
  await page.click("#reset");
  const onPaper = await page.evaluate(async () => {
    // The page is drawn a moment after the form is empty.
    await new Promise((drawn) => setTimeout(drawn));
    dispatchEvent(new Event("beforeprint"));
    const all = document.querySelectorAll("#grid tbody tr").length;
    dispatchEvent(new Event("afterprint"));
    return all;
  });
  assert.equal(onPaper, 2000, "on paper every row stands");
  assert.deepEqual(wrong, []);
  await page.context().close();
}

try {
  await usedAsPeopleDo({ colorScheme: "light" });
  await usedAsPeopleDo({ colorScheme: "dark" });
  await titlesStayText();
  await whatOverridesIsTold();
  await narrowAndOnPaper();
  await manyRows();
  console.log("the pages hold in a browser");
} finally {
  await browser.close();
}
