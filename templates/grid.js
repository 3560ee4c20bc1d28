// The grid: which rows and columns are shown, how a cell is drawn, and how the keyboard moves. Of long grids only what
// is in sight is in the page.
const grid = document.getElementById("grid");
const frame = document.getElementById("frame");
const SMALL = 120; // so many rows stand in the page as they are
const AROUND = 4; // rows drawn beyond what is in sight
let rows = []; // places of tasks that are shown
let columns = []; // places of parties, or of components
let matched = new Set(); // tasks that are shown for their own sake, not only as branches
let current = { row: 0, column: 0 }; // the cell that has, or would have, the focus; column 0 is the task
let drawn = { from: 0, to: -1 };
let printing = false;

const taskParents = parents(data.tasks);
const componentParents = parents(data.components);
const taskDepths = data.tasks.map((_, place) => depth(data.tasks, place));
const taskTexts = data.tasks.map((task) => `${task.title || ""} ${task.id}`.toLowerCase());
/** Parties that are named somewhere. */
const holding = new Set(data.cells.answers.flat().flatMap(([, , all]) => all.filter(Array.isArray).flat()));
const shownParty = (party) => asked.parties === null || asked.parties.has(party);

/** Whether a cell says something of the letters and parties that are asked for. */
function answersHere(task, component) {
  const { letters } = summary(task, component);
  return LETTERS.some((letter, nth) => asked.letters.has(letter) && [...letters[nth].parties.keys()].some(shownParty));
}

/** The parties that a task names at the component shown. */
function namedHere(task) {
  return summary(task, asked.component).letters.flatMap(({ parties }) => [...parties.keys()]);
}

function choose() {
  const narrowed = asked.parties !== null || asked.letters.size < LETTERS.length;
  const places = asked.view === "parties" ? [asked.component] : data.components.map((_, place) => place);
  const own = (task) => taskTexts[task].includes(asked.search) && (!narrowed || places.some((place) => answersHere(task, place)));
  matched = new Set(data.tasks.map((_, task) => task).filter(own));
  const branches = new Set();
  for (const task of matched) {
    for (let above = data.tasks[task].above; above !== null && !branches.has(above); above = data.tasks[above].above) branches.add(above);
  }
  rows = open(data.tasks, closed.tasks).filter((task) => matched.has(task) || branches.has(task));
  const here = new Set(asked.view === "parties" ? data.tasks.flatMap((_, task) => namedHere(task)) : []);
  columns = asked.view === "parties"
    ? data.parties.map((_, party) => party).filter((party) => (asked.parties ? asked.parties.has(party) : here.has(party)))
    : open(data.components, closed.components);
}

/** Draws everything anew, after a filter or a branch changed. */
function draw() {
  choose();
  drawHead();
  drawn = { from: 0, to: -1 };
  current = { row: Math.min(current.row, Math.max(rows.length - 1, 0)), column: Math.min(current.column, columns.length) };
  const extra = asked.view === "parties" ? 2 : 1;
  grid.setAttribute("aria-rowcount", rows.length + 1);
  grid.setAttribute("aria-colcount", columns.length + extra);
  drawRows(true);
  const of = matched.size === data.tasks.length ? `${matched.size} tasks` : `${matched.size} of ${data.tasks.length} tasks`;
  const across = asked.view === "parties" ? "parties" : "components";
  document.getElementById("shown").textContent = `${of}, ${columns.length} ${across}${asked.view === "parties" ? `, at ${componentName(asked.component).replace("The", "the")}` : ""}`;
}

function drawHead() {
  const first = make("th", { scope: "col", role: "columnheader" }, "Task");
  const heads = columns.map((place) => (asked.view === "parties" ? partyHead(place) : componentHead(place)));
  const rest = asked.view === "parties" ? [make("th", { scope: "col", role: "columnheader" }, "No party")] : [];
  grid.tHead.replaceChildren(make("tr", { role: "row", "aria-rowindex": 1 }, first, ...heads, ...rest));
}

function partyHead(place) {
  const party = data.parties[place];
  return make("th", { scope: "col", role: "columnheader" }, named(party), party.title ? make("small", {}, party.id) : null, party.note ? make("small", {}, party.note) : null);
}

function componentHead(place) {
  const it = data.components[place];
  const shut = closed.components.has(place);
  const turn = () => {
    shut ? closed.components.delete(place) : closed.components.add(place);
    draw();
  };
  const fold = componentParents.has(place)
    ? make("button", { type: "button", class: "fold", "aria-expanded": String(!shut), "aria-label": `Parts of ${componentName(place)}`, onclick: turn })
    : null;
  return make("th", { scope: "col", role: "columnheader", "data-closed": shut }, fold, componentName(place), it.title ? make("small", {}, it.id) : null);
}

/** The rows that belong into the page now, by what is in sight. */
function inSight() {
  if (rows.length <= SMALL || printing) return { from: 0, to: rows.length };
  const height = rowHeight();
  const from = Math.max(0, Math.floor(frame.scrollTop / height) - AROUND);
  return { from, to: Math.min(rows.length, from + Math.ceil(frame.clientHeight / height) + 2 * AROUND) };
}

const rowHeight = () => parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--row")) || 46;

function drawRows(anew = false) {
  const { from, to } = inSight();
  if (!anew && from === drawn.from && to === drawn.to) return;
  drawn = { from, to };
  const focused = grid.tBodies[0].contains(document.activeElement);
  const body = rows.slice(from, to).map((task, nth) => row(task, from + nth));
  const space = (count) => (count > 0 ? [make("tr", { "aria-hidden": "true", style: `height:${count * rowHeight()}px` })] : []);
  if (rows.length === 0) {
    const cell = make("td", { role: "gridcell", class: "nothing", colspan: columns.length + 2 }, "Nothing is left. Take back a filter.");
    body.push(make("tr", { role: "row" }, cell));
  }
  grid.tBodies[0].replaceChildren(...space(from), ...body, ...space(rows.length - to));
  mark(focused);
}

function row(task, nth) {
  const it = data.tasks[task];
  const parent = taskParents.has(task);
  const shut = closed.tasks.has(task);
  const turn = (event) => {
    event.stopPropagation();
    fold(nth, shut);
  };
  const button = make("button", { type: "button", tabindex: -1, class: parent ? "fold" : "fold none", "aria-hidden": "true", onclick: turn });
  const label = make("div", { class: "task", style: `--depth:${taskDepths[task]}` }, button, make("span", {}, make("b", { title: named(it) }, named(it)), it.title ? make("small", {}, it.id) : null));
  const head = make("th", { scope: "row", role: "rowheader", tabindex: -1, "data-row": nth, "data-column": 0 }, label);
  const cells = columns.map((place, column) => cell(task, place, nth, column + 1));
  if (asked.view === "parties") cells.push(emptyCell(task, nth, columns.length + 1));
  return make("tr", {
    role: "row", class: matched.has(task) ? null : "context", "aria-rowindex": nth + 2, "aria-level": taskDepths[task] + 1,
    "aria-expanded": parent ? String(!shut) : null,
  }, head, ...cells);
}

function cell(task, place, nth, column) {
  const byParty = asked.view === "parties";
  const { node, words, classes } = byParty ? held(task, place) : holders(task, place);
  const of = byParty ? named(data.parties[place]) : componentName(place);
  // Most cells are empty: they carry no more than they need, and take the focus only where the keyboard comes to them.
  const attributes = { class: classes, "data-row": nth, "data-column": column };
  if (node.length === 0) return make("td", { ...attributes, "aria-label": `${of}: ${words}` });
  return make("td", { ...attributes, title: `${named(data.tasks[task])}\n${of}: ${words}` }, heard(`${of}: ${words}`), ...node);
}

/** The letters of a party. */
function held(task, party) {
  const sum = summary(task, asked.component);
  if (sum.gone === sum.all) return { node: [], words: "not applicable", classes: "na" };
  const letters = LETTERS.filter((letter, nth) => asked.letters.has(letter) && sum.letters[nth].parties.has(party));
  const always = (letter) => sum.letters[LETTERS.indexOf(letter)].parties.get(party);
  const node = letters.map((letter) => chip(letter, always(letter) ? "" : "some"));
  const words = letters.map((letter) => `${WORDS[letter].toLowerCase()}${always(letter) ? "" : " in some cases"}`);
  return { node, words: words.join(", ") || "holds nothing", classes: null };
}

/** The letters of a task that no party holds: nobody on purpose, silence; or that it is not there. */
function emptyCell(task, nth, column) {
  const sum = summary(task, asked.component);
  const attributes = { "data-row": nth, "data-column": column };
  if (sum.gone === sum.all) return make("td", { ...attributes, class: "na" }, heard("not applicable"), hidden("n/a"));
  const letters = LETTERS.filter((letter) => asked.letters.has(letter));
  const node = [];
  const words = [];
  for (const letter of letters) {
    const { nobody, unresolved, silent } = sum.letters[LETTERS.indexOf(letter)];
    const word = WORDS[letter].toLowerCase();
    if (nobody + unresolved > 0) {
      node.push(chip(letter, "nobody"));
      words.push(`${word}: nobody${nobody ? ", on purpose" : ""}`);
    } else if (silent > 0) {
      // Somebody has to be responsible and to answer for it; the other letters may be silent.
      node.push(chip(letter, letter === "R" || letter === "A" ? "silent gap" : "silent"));
      words.push(`${word}: silent`);
    }
  }
  if (sum.gone > 0) {
    node.push(make("small", { class: "silence", "aria-hidden": "true" }, " n/a"));
    words.push("not applicable in some cases");
  }
  const label = words.join(", ") || "every letter has a party";
  return make("td", { ...attributes, title: label }, heard(label), ...node);
}

/** The parties that hold the letters asked for at a component. */
function holders(task, component) {
  const sum = summary(task, component);
  if (sum.gone === sum.all) return { node: [hidden("n/a")], words: "not applicable", classes: "na" };
  const letters = LETTERS.filter((letter) => asked.letters.has(letter));
  const node = [];
  for (const letter of letters) {
    const { parties, nobody, unresolved } = sum.letters[LETTERS.indexOf(letter)];
    const shown = [...parties].filter(([party]) => shownParty(party));
    const several = letters.length > 1;
    for (const [party, always] of shown) {
      node.push(make("span", { class: `who ${letter}${always ? "" : " some"}`, "aria-hidden": "true" }, several ? `${letter} ${named(data.parties[party])}` : named(data.parties[party])));
    }
    if (nobody + unresolved > 0) node.push(make("span", { class: `who none ${letter}`, "aria-hidden": "true" }, several ? `${letter} nobody` : "nobody"));
  }
  // A cell is one line; how many more there are is told, and who, where it is opened.
  if (node.length > 2) node.splice(1, node.length - 1, make("span", { class: "silence", "aria-hidden": "true" }, ` +${node.length - 1}`));
  if (node.length === 0) node.push(make("span", { class: "silence", "aria-hidden": "true" }, "·"));
  if (sum.gone > 0) node.push(make("small", { class: "silence", "aria-hidden": "true" }, " n/a"));
  return { node, words: letters.map((letter) => `${WORDS[letter].toLowerCase()}: ${letterWords(sum.cases, letter)}`).join(". "), classes: null };
}

// The keyboard: arrows move, Enter opens the derivation, left and right on a task close and open its branch.
function at(place) {
  return grid.querySelector(`[data-row="${place.row}"][data-column="${place.column}"]`);
}

function mark(focus) {
  grid.querySelectorAll("tbody [tabindex='0']").forEach((cell) => cell.setAttribute("tabindex", -1));
  const cell = at(current) || grid.querySelector("tbody [data-row]");
  if (!cell) return;
  cell.setAttribute("tabindex", 0);
  if (focus && at(current)) at(current).focus({ preventScroll: true });
}

function move(row, column) {
  const last = columns.length + (asked.view === "parties" ? 1 : 0);
  current = { row: Math.max(0, Math.min(rows.length - 1, row)), column: Math.max(0, Math.min(last, column)) };
  const height = rowHeight();
  const top = current.row * height;
  const head = grid.tHead.offsetHeight;
  if (top < frame.scrollTop) frame.scrollTop = top;
  else if (top + height + head > frame.scrollTop + frame.clientHeight) frame.scrollTop = top + height + head - frame.clientHeight;
  drawRows();
  mark(true);
  const cell = at(current);
  const first = grid.querySelector("tbody th");
  if (!cell || cell === first || !first) return;
  const left = cell.offsetLeft - first.offsetWidth;
  if (current.column > 0 && left < frame.scrollLeft) frame.scrollLeft = left;
  else if (cell.offsetLeft + cell.offsetWidth > frame.scrollLeft + frame.clientWidth) frame.scrollLeft = cell.offsetLeft + cell.offsetWidth - frame.clientWidth;
}

function fold(nth, open) {
  const task = rows[nth];
  if (!taskParents.has(task)) return;
  open ? closed.tasks.delete(task) : closed.tasks.add(task);
  current = { row: nth, column: current.row === nth ? current.column : 0 };
  const focused = grid.tBodies[0].contains(document.activeElement);
  draw();
  mark(focused);
}

grid.addEventListener("keydown", (event) => {
  const { row, column } = current;
  const page = Math.max(1, Math.floor(frame.clientHeight / rowHeight()) - 2);
  const moves = { ArrowUp: [row - 1, column], ArrowDown: [row + 1, column], PageUp: [row - page, column], PageDown: [row + page, column] };
  const last = columns.length + 1;
  const ends = event.ctrlKey ? { Home: [0, 0], End: [rows.length - 1, last] } : { Home: [row, 0], End: [row, last] };
  const to = moves[event.key] || ends[event.key];
  if (event.target.closest("thead")) return;
  if (to) move(...to);
  else if (event.key === "ArrowRight") column === 0 && closed.tasks.has(rows[row]) ? fold(row, true) : move(row, column + 1);
  else if (event.key === "ArrowLeft") column === 0 && !closed.tasks.has(rows[row]) ? fold(row, false) : move(row, column - 1);
  else if (event.key === "Enter" || event.key === " ") openWhy(current);
  else return;
  event.preventDefault();
});

grid.addEventListener("click", (event) => {
  const cell = event.target.closest("tbody [data-row]");
  if (!cell) return;
  current = { row: Number(cell.dataset.row), column: Number(cell.dataset.column) };
  mark(true);
  openWhy(current);
});

grid.addEventListener("focusin", (event) => {
  const cell = event.target.closest("tbody [data-row]");
  if (cell) current = { row: Number(cell.dataset.row), column: Number(cell.dataset.column) };
});

let due = false;
frame.addEventListener("scroll", () => {
  if (due) return;
  due = true;
  requestAnimationFrame(() => {
    due = false;
    drawRows();
  });
}, { passive: true });

// On paper every row stands, whatever is in sight.
window.addEventListener("beforeprint", () => {
  printing = true;
  drawRows(true);
});
window.addEventListener("afterprint", () => {
  printing = false;
  drawRows(true);
});
