// The filters, and what stands below the grid: load, duties, findings, the legend.
const by = (id) => document.getElementById(id);
const form = by("filters");

function option(value, text) {
  return make("option", { value }, text);
}

const indent = (entries, place) => "\u2003".repeat(depth(entries, place));

by("component").append(...data.components.map((_, place) => option(place, `${indent(data.components, place)}${componentName(place)}`)));
by("letters").append(...LETTERS.map((letter) => make("label", { class: letter, title: WORDS[letter] },
  make("input", { type: "checkbox", name: "letter", value: letter, checked: true, "aria-label": WORDS[letter] }), make("span", { "aria-hidden": "true" }, letter))));
by("parties").querySelector(".choices").append(...data.parties.map((party, place) => (holding.has(place)
  ? make("label", { style: `--depth:${depth(data.parties, place)}` }, make("input", { type: "checkbox", name: "party", value: place }), named(party))
  : null)).filter(Boolean));

/** A choice for each dimension; a value that was asked with is fixed. */
by("context").append(...data.dimensions.map((dimension, place) => {
  const fixed = data.context.find(([other]) => other === place);
  const values = dimension.values.map((value, nth) => option(nth, value));
  const select = make("select", { "data-dimension": place, disabled: fixed !== undefined }, ...(fixed ? [] : [option("", "any")]), ...values);
  if (fixed) select.value = fixed[1];
  return make("label", { class: "field" }, make("span", {}, dimension.id), select);
}));

function read() {
  asked.view = form.elements.view.value;
  asked.component = Number(by("component").value);
  asked.letters = new Set([...form.querySelectorAll("[name=letter]:checked")].map((box) => box.value));
  const parties = [...form.querySelectorAll("[name=party]:checked")].map((box) => Number(box.value));
  asked.parties = parties.length ? new Set(parties) : null;
  by("parties-shown").textContent = parties.length ? parties.map((party) => named(data.parties[party])).join(", ") : "All";
  asked.search = by("search").value.trim().toLowerCase();
  asked.context = new Map();
  for (const select of by("context").querySelectorAll("select")) {
    if (select.value !== "") asked.context.set(Number(select.dataset.dimension), Number(select.value));
  }
  by("component-field").hidden = asked.view !== "parties";
}

function refresh() {
  read();
  forget();
  frame.scrollTop = 0;
  draw();
  drawLoad();
  drawLegend();
}

form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("change", (event) => {
  // One letter reads best across components; parties take all.
  if (event.target.name === "view") {
    const one = event.target.value === "components";
    form.querySelectorAll("[name=letter]").forEach((box) => (box.checked = one ? box.value === "R" : true));
  }
  refresh();
});
by("search").addEventListener("input", refresh);
form.addEventListener("reset", () => setTimeout(() => {
  for (const [dimension, value] of data.context) by("context").querySelectorAll("select")[dimension].value = value;
  closed.tasks.clear();
  closed.components.clear();
  refresh();
}));
by("collapse").addEventListener("click", () => {
  taskParents.forEach((task) => closed.tasks.add(task));
  draw();
});
by("expand").addEventListener("click", () => {
  closed.tasks.clear();
  closed.components.clear();
  draw();
});

// Load: in how many of the cells shown each party is named.
function drawLoad() {
  const places = asked.view === "parties" ? [asked.component] : data.components.map((_, place) => place);
  const counts = new Map();
  let cells = 0;
  for (const task of matched) {
    for (const place of places) {
      const sum = summary(task, place);
      if (sum.gone === sum.all) continue;
      cells += 1;
      sum.letters.forEach(({ parties }, nth) => {
        if (!asked.letters.has(LETTERS[nth])) return;
        for (const party of parties.keys()) {
          if (!shownParty(party)) continue;
          if (!counts.has(party)) counts.set(party, [0, 0, 0, 0, 0]);
          counts.get(party)[nth] += 1;
        }
      });
    }
  }
  const total = (numbers) => numbers.reduce((sum, number) => sum + number, 0);
  const order = [...counts].sort(([a, one], [b, other]) => total(other) - total(one) || a - b);
  const most = Math.max(1, ...order.map(([, numbers]) => total(numbers)));
  const where = asked.view === "parties" ? `at ${componentName(asked.component).replace("The", "the")}` : "at all components";
  by("load-lead").textContent = `How often each party is named, by letter, in the ${cells} cells of the matrix above, ${where}.`;
  by("bars").replaceChildren(make("dl", { class: "bars" }, ...order.flatMap(([party, numbers]) => bar(party, numbers, most, total(numbers)))));
}

function bar(party, numbers, most, total) {
  const parts = LETTERS.map((letter, nth) => [letter, numbers[nth]]).filter(([, number]) => number > 0);
  const wide = (number) => number / most > 0.05;
  const drawn = parts.map(([letter, number]) => make("i", { class: letter, style: `--count:${number}` }, wide(number) ? letter : ""));
  const words = parts.map(([letter, number]) => `${number} ${letter}`).join(", ");
  return [make("dt", {}, named(data.parties[party])), make("dd", {}, make("span", { class: "bar", "aria-hidden": "true", style: `--share:${(total / most).toFixed(4)}` }, ...drawn), make("small", {}, `${total}: ${words}`))];
}

// Duties and findings do not change with the filters.
function dutyWords(duty) {
  const task = duty.task === undefined ? "every task" : named(data.tasks[duty.task]);
  const below = duty.task !== undefined && duty.task_below && taskParents.has(duty.task) ? ", with all below" : "";
  const system = duty.component === 0;
  const place = system ? (duty.component_below ? "everywhere" : "at the whole system alone") : `at ${componentName(duty.component)}`;
  const parts = !system && componentParents.has(duty.component) ? (duty.component_below ? " with its parts" : " alone") : "";
  const when = duty.when ? `, when ${duty.when.map((alternative) => alternative.map(([dimension, values]) => `${data.dimensions[dimension].id} is ${values.map((value) => data.dimensions[dimension].values[value]).join(" or ")}`).join(" and ")).join("; or ")}` : "";
  const how = duty.how === "named" ? "" : `${duty.how} through ${named(data.parties[duty.through])}`;
  return [`${task}${below}, ${place}${parts}${when}`, how];
}

function drawDuties() {
  if (data.duties === null) {
    by("duty-list").append(make("p", { class: "lead" }, "So many cells and parties are not told here: ", make("code", {}, "rasci duties MODEL PARTY"), " tells one."));
    return;
  }
  const lists = data.duties.map((duties, party) => {
    if (duties.length === 0) return null;
    const item = (duty) => {
      const [words, how] = dutyWords(duty);
      return make("li", {}, chip(LETTERS[duty.letter]), make("span", {}, words, how ? make("span", { class: "how" }, ` ${how}`) : null));
    };
    // The duties of a party are drawn when somebody looks at them.
    const list = make("ul", {});
    const details = make("details", { class: "duties" }, make("summary", {}, named(data.parties[party]), make("small", {}, `${duties.length}`)), list);
    details.addEventListener("toggle", () => list.children.length || list.append(...duties.map(item)), { once: true });
    return details;
  });
  by("duty-list").append(...lists.filter(Boolean));
}

/** What stands in backticks is code. */
const coded = (text) => text.split("`").map((part, nth) => (nth % 2 ? make("code", {}, part) : part));

function drawFindings() {
  const found = data.findings.map((it) => make("article", { class: `finding ${it.severity}` },
    make("p", { class: "name" }, `${it.severity}: ${it.name}`), make("p", {}, ...coded(it.message)),
    it.place ? make("code", { class: "place" }, it.place) : null, it.help ? make("p", { class: "name" }, ...coded(it.help)) : null));
  by("finding-list").append(...(found.length ? found : [make("p", { class: "lead" }, "The lints find nothing.")]));
}

function drawLegend() {
  const item = (mark, words) => make("li", {}, mark, words);
  const text = (kind, words) => make("span", { class: kind, "aria-hidden": "true" }, words);
  const marks = asked.view === "parties"
    ? [chip("R", "some"), chip("R", "nobody"), make("span", { "aria-hidden": "true" }, chip("R", "silent gap"), chip("S", "silent"))]
    : [text("who R some", "Party"), text("who R none", "nobody"), text("silence", "·")];
  const words = ["in some cases only", "nobody, and the model says so", "the model is silent"];
  by("legend").replaceChildren(
    ...LETTERS.map((letter) => item(chip(letter), WORDS[letter])),
    ...marks.map((mark, nth) => item(mark, words[nth])),
    item(text("box na", "n/a"), "not applicable"),
  );
}

/** The whole system, unless it is nearly silent: then the component of which the model says most. */
function mostTold() {
  const told = (place) => data.tasks.filter((_, task) => summary(task, place).letters.some(({ parties }) => parties.size > 0)).length;
  const counts = data.components.map((_, place) => told(place));
  return counts[0] * 4 >= data.tasks.length ? 0 : counts.indexOf(Math.max(...counts));
}

by("component").options[mostTold()].defaultSelected = true;
refresh();
drawDuties();
drawFindings();
