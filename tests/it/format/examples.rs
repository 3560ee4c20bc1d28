//! What a model or policy tests look like, before and after: the order of keys, brackets that are too long, blank lines.

use super::format;

/// That a text is written so, and stays so.
#[track_caller]
fn becomes(before: &str, after: &str) {
    assert_eq!(format(before).unwrap_or_else(|error| panic!("{error}\n{before}")), after, "of:\n{before}");
    assert_eq!(format(after).unwrap(), after);
}

#[track_caller]
fn stays(text: &str) {
    becomes(text, text);
}

/// Each kind of entry, with the first of its keys last.
const MODEL: &str = "\
conventions: { responsible-is-accountable: true, accountable-is-responsible: true }
assignments: [{ R: ann, A: bob, task: t, colour: red }]
flows: { f: { steps: [{ task: t, id: a }], title: F } }
remove: { parties: x, tasks: y }
rasci: 1
tasks:
  t: { within: [{ hours: working, time: P3D }], tasks: { u: { kind: duty, title: U } }, assign: [{ I+: bob, task: u }], title: T }
components: { c: { components: { d: { aliases: dd, title: D } }, assign: [{ R: ann, task: t }], title: C } }
parties:
  ann: { contact: { phone: \"1\", email: ann@example.org }, absent: [{ until: 2026-12-22, from: 2026-12-21 }], title: Ann }
  team: { parties: { bob: { colour: red, title: Bob } }, kind: team }
requirements: { nda: { because: GDPR, title: N } }
sources: { contract: { publisher: P, title: C } }
id: m
";

const MODEL_IN_ORDER: &str = "\
rasci: 1
id: m
remove: { tasks: y, parties: x }
sources: { contract: { title: C, publisher: P } }
requirements: { nda: { title: N, because: GDPR } }
parties:
  ann: { title: Ann, contact: { email: ann@example.org, phone: \"1\" }, absent: [{ from: 2026-12-21, until: 2026-12-22 }] }
  team: { kind: team, parties: { bob: { title: Bob, colour: red } } }
components: { c: { title: C, assign: [{ task: t, R: ann }], components: { d: { title: D, aliases: dd } } } }
tasks:
  t: { title: T, within: [{ time: P3D, hours: working }], assign: [{ task: u, I+: bob }], tasks: { u: { title: U, kind: duty } } }
assignments: [{ task: t, R: ann, A: bob, colour: red }]
conventions: { accountable-is-responsible: true, responsible-is-accountable: true }
flows: { f: { title: F, steps: [{ id: a, task: t }] } }
";

const TESTS: &str = "\
tests:
  - { expect: { R: ann, A: bob }, task: t, name: one }
  - { expect: held, holds: { task: t, letter: R, party: ann }, name: two }
  - { expect: [{ task: t, letter: R }], duties: ann, name: three }
model: m.yaml
rasci-test: 1
";

const TESTS_IN_ORDER: &str = "\
rasci-test: 1
model: m.yaml
tests:
  - { name: one, task: t, expect: { R: ann, A: bob } }
  - { name: two, holds: { party: ann, letter: R, task: t }, expect: held }
  - { name: three, duties: ann, expect: [{ letter: R, task: t }] }
";

/// What the author names stays in the author's order; a key that is not known stands last.
#[test]
fn the_keys_of_everything_stand_in_their_order() {
    becomes(MODEL, MODEL_IN_ORDER);
    becomes(TESTS, TESTS_IN_ORDER);
}

#[test]
fn a_line_has_room_for_as_much_as_it_may_hold() {
    let line = |length: usize| format!("scope: [a, {}]", "b".repeat(length - 12));
    stays(&format!("{}\n", line(130)));
    becomes(&format!("{}\n", line(131)), &format!("scope: [a,\n    {}]\n", "b".repeat(119)));
    let deep = |length: usize| format!("a: {{ b: {{ c: {{ d: {{ e: {} }} }} }} }}\n", "f".repeat(length - 31));
    stays(&deep(130));
    assert_eq!(format(&deep(131)).unwrap().lines().count(), 2);
    // Of what is filled, no line is too long, the first with its key nor the last with its bracket.
    let words = |count: usize, last: usize| format!("{}, {}", vec!["component"; count].join(", "), "b".repeat(last));
    let filled = format(&format!("scope: [{}]\n", words(23, 7))).unwrap();
    assert!(filled.lines().all(|line| line.len() <= 130) && filled.lines().count() == 3, "{filled}");
    let text = "\"a text that is as long as it may be, and then so much longer that nothing of it is left to be said in the line at its end, no\"";
    becomes(&format!("aliases: [{text}, b]\n"), &format!("aliases:\n  - {text}\n  - b\n"));
}

/// A map of simple values is broken over up to three lines; with more in it, or deeper, each key has a line.
#[test]
fn a_map_is_filled_where_that_reads_well() {
    let values = |count: usize| (0..count).map(|nth| format!("key-number-{nth}: a")).collect::<Vec<_>>().join(", ");
    let lines = |count: usize| format(&format!("lints: {{ {} }}\n", values(count))).unwrap().lines().count();
    assert_eq!((lines(7), lines(8), lines(20), lines(28)), (1, 2, 3, 29));
    let deep = |inner: &str| format(&format!("a: {{ {}, b: {inner} }}\n", values(8))).unwrap().lines().count();
    assert_eq!((deep("{ c: [d] }"), deep("{ c: [[d]] }")), (2, 10));
}

#[test]
fn comments_in_brackets_make_lines_of_them() {
    becomes("a: [\n  one,\n  # none besides\n]\n", "a:\n  - one\n  # none besides\n");
    becomes("a: [\n  # first\n  one ]\n", "a:\n  # first\n  - one\n");
    becomes("a:\n  - {b: 1, # first\n     c: 2} # all\n", "a:\n  # all\n  - b: 1   # first\n    c: 2\n");
    becomes("a:\n  - - {b: 1, # first\n       c: 2} # all\n", "a:\n  # all\n  - - b: 1   # first\n      c: 2\n");
    becomes("{ rasci: 1, id: m } # all\n", "rasci: 1\nid: m\n# all\n");
    // The blank line is that of the whole, not of what stands in its first line.
    becomes("a: 1\n\nb: { c: 1, d: 2 # two\n  }\n", "a: 1\n\nb:\n  c: 1\n  d: 2          # two\n");
}

#[test]
fn comments_at_the_start_speak_of_the_document_where_a_blank_line_follows() {
    becomes("# Of all.\n\n# Of this.\n\n# Who.\nid: m\nrasci: 1\n", "# Of all.\n\n# Of this.\n\nrasci: 1\n# Who.\nid: m\n");
    becomes("# Of all.\n\n# Who.\n{ id: m, rasci: 1 }\n", "# Of all.\n\nrasci: 1\n# Who.\nid: m\n");
}

#[test]
fn comments_stay_with_what_they_are_beside() {
    stays("a: # none yet\nb: 1\n");
    stays("a:\n  - b: 1\n    # of b\n  - c: 2\n");
    stays("a:\n  - - b\n    # of b\n  - c\n");
    becomes("a:\n  - b: 1\n    # of b\n  - # of-c\n    c: 2\n", "a:\n  - b: 1\n    # of b\n  # of-c\n  - c: 2\n");
    becomes("a:\n  - # of-b\n    b\n  # of a\nc: 1\n", "a:\n  # of-b\n  - b\n  # of a\nc: 1\n");
    becomes("a: # |\n  one\nb: 1\n", "a: one # |\nb: 1\n");
    becomes("a: # | one | two |\n  'or both'\nb: 1\n", "a: \"or both\" # | one | two |\nb: 1\n");
    becomes("a:\n  # | one | two |\n  'or both'\nb: 1\n", "# | one | two |\na: \"or both\"\nb: 1\n");
    stays("\"a # b\": |\n  one\n");
    becomes("a: # one | two\n  'or both'\nb: 1\n", "a: \"or both\" # one | two\nb: 1\n");
    // An item has no line of its own behind its dash.
    becomes("a:\n  -\n    # one\n    b: 1\n", "a:\n  # one\n  - b: 1\n");
    becomes("a:\n  -\n    -\n      # one\n      b\n", "a:\n  # one\n  - - b\n");
}

#[test]
fn blank_lines_tell_groups_apart() {
    stays("a:\n  # about\n\n  b: 1\n\n  # of a\nc: 2\n");
    stays("a: 1\n# one\n\n# two\nb: 2\n");
    becomes(
        "parties:\n  ann:\n    kind: person\n\n    # The name.\n\n    title: Ann\n",
        "parties:\n  ann:\n    # The name.\n\n    title: Ann\n    kind: person\n",
    );
    // Also before an item whose comment stands behind its dash, or below.
    stays("a: |\n  -\n\n# of b\nb: 1\n");
    for item in ["- # two\n    b", "-\n    # two\n    b"] {
        becomes(&format!("a:\n  - one\n\n  {item}\n"), "a:\n  - one\n\n  # two\n  - b\n");
        becomes(&format!("a:\n  - one\n  {item}\n"), "a:\n  - one\n  # two\n  - b\n");
    }
}

/// Of a text that keeps the blank lines at its end none is added and none is lost; behind it they tell groups apart again.
#[test]
fn texts_that_keep_their_blank_lines_have_them() {
    stays("a: |+\n  one\n\n# c\n\nb: 1\n\nc: 2\n");
    stays("a: |+\n  one\n\nb: 1\n\nc: 2\n");
    becomes("a:   |+\n\n\nb: 1\n", "a: |+\n\n\nb: 1\n");
    becomes(
        "parties:\n  ann:\n    title: Ann\n\n    parties: {}\n    note: |+\n      one\n",
        "parties:\n  ann:\n    title: Ann\n    note: |+\n      one\n    parties: {}\n",
    );
}

#[test]
fn texts_keep_what_they_begin_and_end_with() {
    stays("a: >2\n    one\n  two\nb: |2\n  \tone\n");
    stays("a: \"one\\ \n  two\"\n");
    becomes("a: 'C:\\dir'\nb: '$manager'\nc: 'one\ttwo'\n", "a: 'C:\\dir'\nb: $manager\nc: 'one\ttwo'\n");
}
