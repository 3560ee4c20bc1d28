// What `rasci` draws as DOT and as Mermaid, read by Graphviz and by Mermaid's own parser: hierarchies, flows and
// escalations of every shipped model, and of one whose titles are everything but plain.
//
// Usage: node graphs.mjs RASCI FOLDER, where FOLDER has mermaid and jsdom installed, and may be written to.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { readdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [rasci, folder] = process.argv.slice(2).map((path) => resolve(path));
const require = createRequire(join(folder, "package.json"));
const { JSDOM } = require("jsdom");
const { window } = new JSDOM("");
Object.assign(globalThis, { window, document: window.document });
const { default: mermaid } = await import(pathToFileURL(require.resolve("mermaid")));

const title = JSON.stringify('"]; --> <b>x</b> `1. a` #quot; %% end & \\n | {} [] () 復旧');
const hostile = join(folder, "hostile-graph.yaml");
writeFileSync(hostile, `rasci: 1\nid: hostile\ncontext: { p: [x, y] }\nparties: { a: { title: ${title}, parties: { b: { title: end } } }, c: { members: [b] } }\n`
  + `components: { k: { title: ${title} } }\ntasks: { t: { title: ${title}, assign: [{ when: { p: x }, R: a }] }, u: { assign: [{ R: b }] } }\n`
  + `flows: { f: { title: ${title}, steps: [{ id: s, title: ${title}, task: t, then: [s, e] }, { id: e, task: u, then: s }] } }\nescalation: { g: [a, c] }\n`);

const models = ["policies/anywherenow", "policies/mydre"].flatMap((at) => readdirSync(at).filter((name) => name.endsWith(".yaml") && !name.endsWith(".test.yaml")).map((name) => join(at, name)));
let count = 0;
for (const model of [...models, hostile]) {
  for (const question of ["show", "flow", "escalation"]) {
    const drawn = (format) => execFileSync(rasci, [question, model, "--format", format], { encoding: "utf8" });
    const svg = execFileSync("dot", ["-Tsvg"], { input: drawn("dot"), encoding: "utf8" });
    const text = drawn("mermaid");
    const nodes = (text.match(/^ +n\d+_\d+(\[|\(\[)/gm) || []).length;
    assert.equal((svg.match(/class="node"/g) || []).length, nodes, `${question} of ${model}: Graphviz draws all nodes`);
    const { diagramType } = await mermaid.parse(text);
    assert.equal(diagramType, "flowchart-v2");
    count += 1;
  }
}
console.log(`${count} graphs are read by Graphviz and by Mermaid`);
