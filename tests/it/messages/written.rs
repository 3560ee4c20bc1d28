//! What is written wrongly here, each in one way.

use rasci::Limits;

/// Texts that are no YAML, after a head that is.
pub(super) const SYNTAX: [&str; 37] = [
    "context: { p: [P1, P2\n",
    "parties:\n  a: { title: x\n  b: {}\ntasks: {}\n",
    "context: { p: [P1]] }\n",
    "context: { p: [P1] } }\n",
    "title: @home\n",
    "title: `home`\n",
    "title: %home\n",
    "title: & more\n",
    "title: * more\n",
    "title: ? more\n",
    "title: a\u{1}b\n",
    "parties: { a: { title: Team: second } }\n",
    "parties: { a: {} b: {} }\n",
    "context: { p: [P1, P2: } }\n",
    "parties: { a: {}, , b: {} }\n",
    "parties\ntasks: {}\n",
    "title:Helpdesk\n",
    "<<<<<<< HEAD\nparties: {}\n=======\nparties: { a: {} }\n>>>>>>> x\n",
    "title: \"a\" b\n",
    "title: 'it's fine'\n",
    "title: 'a b\nparties: {}\n",
    "title: \"C:\\path\"\n",
    "parties:\n  a: {}\n  - b\n",
    "assignments:\n  - R: a\n  b: c\n",
    "note: >10 persons\n",
    "description: | text here\n  more\n",
    "extends: - base.yaml\n",
    "assignments: [ - R: a ]\n",
    "context: { p: [P1]# x\n }\n",
    "...\n%FOO\nrasci: 1\n",
    "description: |\n\ttext\n",
    "tasks:\n  restore\n    assign: []\n",
    "parties: { a: {} }\nassignments: [{ A: a R: a }]\n",
    "assignments:\n  - { R: a }\n    - { A: a }\n",
    "assignments:\n  - { R: a }\n  { A: a }\n",
    "parties: { a: { title: x, note: #12 } }\n",
    "parties: { a: { title: \"Desk #1 {}\", kind: team }\n",
];

/// Models with mistakes that are seldom made.
pub(super) const MODELS: [&str; 25] = [
    "parties: { a: { staff: { at-least: 99999999999 } } }\n",
    "parties: { a: { aliases: [Anna] } }\ntasks: { t: { assign: [{ A/R: Anna }] } }\n",
    "parties: { a: {} }\ntasks: { t: { assign: [{ A/R: $ }] } }\n",
    "parties: { a: {} }\ntasks: { t: { assign: [{ A/R: [] , S: [ ], C: [[a]] }] } }\n",
    "context: { p: [P1, P2] }\nparties: { a: {} }\ntasks: { t: { when: { not: P1 }, assign: [{ A/R: a }] } }\n",
    "parties: { a: { title: one, two three } }\n",
    "parties: { a: {}, b: {}, c: {}, d: {}, e: {}, f: {}, g: {}, h: {}, i: {} }\ntasks: { t: { assign: [{ A/R: somebody }] } }\n",
    "components: { sbc: {} }\nparties: { a: {} }\ntasks: { t: { assign: [{ A/R: sbc }] } }\n",
    "parties: customer\ncontext: [P1]\nassignments: { R: a }\n",
    "title: []\nextends: {}\nflows: { f: { steps: { id: a } } }\n",
    "requirements: { nda: {} }\nparties: { a: { kind: human, satisfies: nda } }\n",
    "parties: { a: { kind: [] , contact: [] } }\ntasks: { t: { within: [PT2H] } }\n",
    "tasks: { t: { assign: [{ when: { priority: } }] } }\n",
    "parties: { a: {} }\ntasks: { t: { assign: [{ R: a, A: nobody }] } }\n",
    "lints: { no-accountable: }\nconventions: { accountable-is-responsible: }\n",
    "tasks: { t: { within: [{ time: soon }, { time: 3 days }] } }\nlints: { nothing-like-it: warn }\n",
    "parties: { a: { staff: 2 } }\ntasks: { t: [{ R: a }] }\n",
    "tasks: { restore: {} }\nremove: { tasks: restore }\n",
    "parties: { a: {}, b: {} }\nassignments: [{ A:a, I+:a, R: a, b, task:x }]\n",
    "parties: { Vendor: {}, Ann B: {} }\nassignments: [{ A: vendor, R: ann-b, C: { b }, I: ann }]\n",
    "partys: { a: {} }\nassignments: [{ A/R: a, priority: P1 }]\ntasks: { t: { assign: a } }\n",
    "parties:\n  a:\n    \u{a0}title: Anna\n",
    "title: #1\nnote: # to be written\nassignments: [ A: #a\n ]\n",
    "parties: { Anna: {}, Ann B: {} }\nassignments: [{ A: anna, R: eve }]\n",
    "parties: { Anna Bell: {}, bob: {} }\nassignments: [{ A: anna-bel, R: eve }]\n",
];

/// A limit by its name, and a model that exceeds it.
type Limit = (&'static str, fn() -> Limits, &'static str);

/// Limits that are exceeded.
pub(super) const LIMITS: [Limit; 7] = [
    ("bytes", || Limits { bytes: 20, ..Limits::default() }, "title: a model\n"),
    ("nodes", || Limits { nodes: 6, ..Limits::default() }, "title: a model\n"),
    ("nesting", || Limits { nesting: 3, ..Limits::default() }, "parties: { a: { parties: { b: {} } } }\n"),
    ("dimensions", || Limits { dimensions: 1, ..Limits::default() }, "context: { p: [P1], q: [Q1] }\n"),
    ("values", || Limits { values: 1, ..Limits::default() }, "context: { p: [P1, P2] }\n"),
    ("levels", || Limits { levels: 1, ..Limits::default() }, "parties: { a: { parties: { b: {} } } }\n"),
    (
        "entries",
        || Limits { entries: 1, ..Limits::default() },
        "parties: { a: {} }\nassignments: [{ A: a }, { R: a }, { S: a }]\n",
    ),
];

/// Policy tests that cannot be run.
pub(super) const TESTS: [&str; 16] = [
    "tests: []",
    "tests: [{ name: n, task: work }]",
    "tests: [{ name: n, task: work, expect: {} }]",
    "tests: [{ name: n, task: work, expect: { X: ann } }]",
    "tests: [{ name: n, task: work, expect: { I+: ann } }]",
    "tests: [{ name: n, task: work, expect: { A/R: ann, R: ann } }]",
    "tests: [{ name: n, task: work, expect: [] }]",
    "tests: [{ name: n, task: work, expect: nothing }]",
    "tests: [{ name: n, task: wrk, expect: { R: an } }]",
    "tests: [{ name: n, holds: { party: ann, letter: X, task: work }, expect: held }]",
    "tests: [{ name: n, holds: { party: ann, letter: R }, expect: held }]",
    "tests: [{ name: n, holds: { party: ann, letter: R, task: work }, expect: unassigned }]",
    "tests: [{ name: n, duties: ann, expect: held }]",
    "tests: [{ name: n, task: work, duties: ann, expect: held }]",
    "tests: [{ expect: held }]",
    "tests: [{ name: n, task: work, expect: assigned }]",
];

/// Names that cannot be renamed: the mark at which one is asked for, and the new name.
pub(super) const RENAMES: [(&str, &str); 7] = [
    ("Anna", "anne"),
    ("unused-party", "used-party"),
    ("parties", "people"),
    ("bob", "ann"),
    ("bob", "Bob B"),
    ("bob", LONG),
    ("1", "x"),
];

const LONG: &str = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

/// Commands that cannot be carried out.
pub(super) const ARGUMENTS: [&str; 41] = [
    "check nowhere.yaml",
    "check empty",
    "check latin.yaml",
    "check m.test.yaml",
    "check m.yaml --deny no-acountable",
    "lints no-acountable",
    "who m.yaml restor",
    "who m.yaml restore sbcc",
    "who m.yaml restore --letter X",
    "who m.yaml restore --when priority",
    "who m.yaml restore --when prority=P1",
    "who m.yaml restore --when priority=P9",
    "who m.yaml restore --when priority=P1 --when priority=P2",
    "who m.yaml restore --on tomorrow",
    "why m.yaml restore",
    "holds m.yaml nobody R restore",
    "holds m.yaml vendor R restore --how somehow",
    "duties m.yaml vendors",
    "impact m.yaml --without vendr",
    "diff m.yaml",
    "diff m.yaml git:HEAD",
    "absence m.yaml --from 2026-12-31 --until 2026-12-01",
    "show m.yaml vendr",
    "show m.yaml",
    "matrix m.yaml --letter A --format svg",
    "flow m.yaml nowhere",
    "test empty",
    "test latin.test.yaml",
    "test m.yaml",
    "test m.test.yaml --min-coverage 100",
    "fmt broken.yaml",
    "fmt nowhere.yaml",
    "import table.csv",
    "import table.csv -o new.yaml",
    "man nothing",
    "diff a.yaml b.yaml c.yaml",
    "test lost.test.yaml",
    "test inner",
    "lints nothing-like-it",
    "matrix m.yaml --format svg -o m.svg",
    "who m.yaml restore --output answer.txt",
];
