// What the data says, put together for what is asked: which cases a context leaves, and what each letter says in them.
const data = JSON.parse(document.getElementById("data").textContent);
const LETTERS = ["R", "A", "S", "C", "I"];
const WORDS = { R: "Responsible", A: "Accountable", S: "Support", C: "Consulted", I: "Informed" };
const NOT_APPLICABLE = 3;

// What is asked: the filters of the page.
const asked = { view: "parties", component: 0, letters: new Set(LETTERS), parties: null, context: new Map(), search: "" };
// Branches of the trees that are closed.
const closed = { tasks: new Set(), components: new Set() };

const named = (entry) => entry.title || entry.id;
const componentName = (place) => (place === 0 ? "The whole system" : named(data.components[place]));

/** Whether a condition can hold in what is asked: some alternative has no dimension at another value. */
function meets(when) {
  const open = ([dimension, values]) => !asked.context.has(dimension) || values.includes(asked.context.get(dimension));
  return when.length === 0 || when.some((alternative) => alternative.every(open));
}

/** The condition in words, without what is asked for anyway. */
function whenWords(when) {
  const words = ([dimension, values]) => {
    const of = data.dimensions[dimension];
    return `${of.id} is ${values.map((value) => of.values[value]).join(" or ")}`;
  };
  const left = when
    .filter((alternative) => meets([alternative]))
    .map((alternative) => alternative.filter(([dimension]) => !asked.context.has(dimension)));
  if (left.length === 0 || left.some((alternative) => alternative.length === 0)) return "";
  return left.map((alternative) => alternative.map(words).join(" and ")).join("; or ");
}

let known = new Map();
/** Forgets what was put together for another context. */
function forget() {
  known = new Map();
}

/** The cases of a cell that what is asked leaves, and for each letter who holds it always and who in some cases. */
function summary(task, component) {
  const answer = data.cells.kinds[data.cells.rows[task][component]][0];
  if (!known.has(answer)) known.set(answer, summarised(data.cells.answers[answer].filter(([when]) => meets(when))));
  return known.get(answer);
}

function summarised(cases) {
  const there = cases.filter(([, status]) => status !== NOT_APPLICABLE);
  const letters = LETTERS.map((_, nth) => {
    const said = there.map(([, , all]) => all[nth]);
    const parties = new Map();
    for (const each of said) {
      if (Array.isArray(each)) each.forEach((party) => parties.set(party, (parties.get(party) || 0) + 1));
    }
    const count = (kind) => said.filter((each) => each === kind).length;
    return {
      parties: new Map([...parties].map(([party, times]) => [party, times === cases.length])),
      silent: count(0), nobody: count(1), unresolved: count(2),
    };
  });
  return { cases, letters, all: cases.length, gone: cases.length - there.length };
}

/** What a letter of a cell says, in words, case by case. */
function letterWords(cases, letter) {
  const nth = LETTERS.indexOf(letter);
  return cases.map(([when, status, all]) => {
    const words = status === NOT_APPLICABLE ? "not applicable" : saidWords(all[nth]);
    const condition = whenWords(when);
    return condition ? `${words} when ${condition}` : words;
  }).join("; ");
}

function saidWords(said) {
  if (Array.isArray(said)) return said.map((party) => named(data.parties[party])).join(", ");
  return ["silent", "nobody, on purpose", "nobody: the relation stands for nobody"][said];
}

/** The places of entries whose chain upwards holds none that is closed. */
function open(entries, shut) {
  const visible = (place) => {
    for (let above = entries[place].above; above !== null; above = entries[above].above) if (shut.has(above)) return false;
    return true;
  };
  return entries.map((_, place) => place).filter(visible);
}

function depth(entries, place) {
  let levels = 0;
  for (let above = entries[place].above; above !== null; above = entries[above].above) levels += 1;
  return levels;
}

/** Places that others lie beneath. */
const parents = (entries) => new Set(entries.map((entry) => entry.above).filter((above) => above !== null));

/** An element with attributes and children; text is text. */
function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "onclick") element.addEventListener("click", value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** The mark of a letter; it is read by its word. */
function chip(letter, kind = "") {
  return make("span", { class: `chip ${letter} ${kind}`.trim(), "aria-hidden": "true" }, letter);
}

/** Words that are read aloud in the place of marks. */
const heard = (words) => make("span", { class: "heard" }, words);
/** Marks that are seen, and read aloud in other words. */
const hidden = (mark) => make("span", { "aria-hidden": "true" }, mark);
