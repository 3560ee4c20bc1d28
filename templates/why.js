// The derivation of a cell, at the side: every letter with its cases, and of each case what each assignment did.
const panel = document.getElementById("why");
const EFFECTS = { decides: "decides", adds: "adds", overridden: "is overridden" };

function openWhy(place) {
  const task = rows[place.row];
  if (task === undefined) return;
  const byParty = asked.view === "parties";
  const component = byParty ? asked.component : columns[place.column - 1] ?? 0;
  const party = byParty ? columns[place.column - 1] : undefined;
  const [answer, derivations] = data.cells.kinds[data.cells.rows[task][component]];
  const sum = summary(task, component);
  const of = (letter) => sum.letters[LETTERS.indexOf(letter)];
  const first = (letter) => (party === undefined ? of(letter).parties.size > 0 : of(letter).parties.has(party));
  const focus = LETTERS.filter((letter) => asked.letters.has(letter) && first(letter));
  const body = document.getElementById("why-body");
  body.replaceChildren(
    make("h2", { id: "why-title" }, named(data.tasks[task])),
    make("p", { class: "lead" }, `At ${componentName(component).replace("The", "the")}`, party === undefined ? null : `: ${holdsWords(data.parties[party], focus)}`),
    ...LETTERS.map((letter) => letterOf(letter, data.cells.answers[answer], data.cells.derivations[derivations[LETTERS.indexOf(letter)]], focus.includes(letter))),
  );
  panel.hidden = false;
  body.scrollTop = 0;
  document.getElementById("close").focus();
}

function holdsWords(party, letters) {
  const words = letters.map((letter) => WORDS[letter].toLowerCase());
  return `${named(party)} ${words.length ? `is ${words.join(" and ")}` : "holds nothing"}`;
}

function closeWhy() {
  if (panel.hidden) return;
  panel.hidden = true;
  const cell = at(current);
  if (cell) cell.focus({ preventScroll: true });
}

function letterOf(letter, answer, cases, opened) {
  const left = answer.filter(([when]) => meets(when));
  const summaryLine = make("summary", {}, chip(letter), make("span", {}, make("strong", {}, WORDS[letter]), " ", shortWords(left, letter)));
  return make("details", { class: "letter", open: opened }, summaryLine, ...cases.filter((each) => meets(each.when || [])).map((each) => caseOf(letter, each)));
}

/** Whoever holds the letter in some case, or why nobody does. */
function shortWords(cases, letter) {
  const said = [...new Set(cases.map(([, status, all]) => (status === NOT_APPLICABLE ? "not applicable" : saidWords(all[LETTERS.indexOf(letter)]))))];
  return make("span", { class: "when" }, said.join(" · "));
}

function caseOf(letter, it) {
  const when = whenWords(it.when || []);
  const heading = when ? make("p", { class: "when" }, `When ${when}`) : null;
  if (it.status === NOT_APPLICABLE) {
    return make("div", { class: "case" }, heading, make("p", {}, `Not applicable: ${it.not_there.join(", ")} is not there.`));
  }
  const implied = it.implied ? make("p", { class: "when" }, `By a convention, from ${it.implied}:`) : null;
  const steps = it.steps ? make("ol", {}, ...it.steps.map((place) => step(data.cells.steps[place], it.by))) : make("p", {}, "No assignment that applies speaks of it.");
  const near = it.near
    ? [make("p", { class: "when" }, "What came near:"), make("ul", {}, ...it.near.map(missed), it.more_near ? make("li", {}, `and ${it.more_near} more`) : null)]
    : [];
  return make("div", { class: "case" }, heading, implied, steps, ...near);
}

function step(it, overrider) {
  const parties = it.parties.map(([party, how]) => (how ? `${named(data.parties[party])} (${how})` : named(data.parties[party])));
  const by = it.because ? ` by ${data.assignments[overrider].place}, ${it.because}` : "";
  const names = it.effect === "overridden" ? "it names" : "names";
  return make("li", { class: it.effect },
    make("p", {}, make("strong", {}, EFFECTS[it.effect]), by, `, ${names} `, parties.join(", ") || "nobody", ` at ${it.at}`),
    ...written(data.assignments[it.assignment]));
}

function missed(it) {
  return make("li", {}, make("p", {}, it.reason), ...written(data.assignments[it.assignment]));
}

/** Where an assignment stands, how sure it is, and what it cites. */
function written(it) {
  return [
    make("code", { class: "place" }, it.place),
    make("span", { class: "source" }, [`${it.basis}, ${it.force}`, ...it.sources].join("; ")),
    it.note ? make("span", { class: "source" }, it.note) : null,
  ];
}

document.getElementById("close").addEventListener("click", closeWhy);
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  closeWhy();
  document.querySelectorAll(".menu[open]").forEach((menu) => {
    menu.open = false;
    menu.querySelector("summary").focus();
  });
});
document.addEventListener("click", (event) => {
  document.querySelectorAll(".menu[open]").forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
});
