//! Lints at their edges: small models that just have a finding, or just have none, each for one condition of a lint.

mod cells;
mod layers;
mod meetings;
mod reach;

use rasci::Policy;
use rasci::document::Level;
use rasci::source::Memory;

/// What one lint finds in the last of these documents, message by message.
fn told(lint: &str, documents: &[(&str, &str)]) -> Vec<String> {
    let written = documents.iter().map(|(name, text)| (*name, format!("rasci: 1\nid: m\n{text}")));
    let files: Memory = written.collect();
    let (top, text) = documents.last().expect("a document");
    let policy = Policy::loader().load_from(&files, top).unwrap_or_else(|error| panic!("{text}\n{error}"));
    let found = policy.lint(&vec![(lint.to_owned(), Level::Warn)]);
    found.into_iter().filter(|each| each.name == lint).map(|each| each.message).collect()
}

fn alone(lint: &str, text: &str) -> Vec<String> {
    told(lint, &[("model.yaml", text)])
}

#[track_caller]
fn finds(lint: &str, text: &str, expected: &[&str]) {
    assert_eq!(alone(lint, text), expected, "{text}");
}

#[test]
fn ids_of_five_characters_are_compared_and_each_pair_is_told_once() {
    let similar = |first: &str, later: &str| {
        let documents = [
            ("base.yaml", format!("parties: {{ {first}: {{}} }}\n")),
            ("site.yaml", format!("extends: base.yaml\nparties: {{ {later}: {{}} }}\n")),
        ];
        told("similar-id", &documents.each_ref().map(|(name, text)| (*name, text.as_str()))).len()
    };
    assert_eq!(similar("queue", "quene"), 1);
    assert_eq!(similar("desk", "disk"), 0);
    // One edit apart in several ways, and by a hyphen as well as in hyphens alone.
    assert_eq!(similar("aabaa", "aabaaa"), 1);
    assert_eq!(similar("a-bcd-e", "abcd-e"), 1);
    // Apart in two hyphens, and nothing else.
    assert_eq!(similar("a-bcd-e", "abcde"), 1);
    assert_eq!(similar("team-of-1", "team-of-2"), 0);
    assert_eq!(similar("team-of", "team-of1"), 0);
    assert_eq!(similar("team-of1", "team-of"), 0);
}

#[test]
fn a_party_is_used_where_anything_names_it_or_what_it_lies_in() {
    let lint = "unused-party";
    let model = |rest: &str| {
        format!("parties: {{ ann: {{}}, bob: {{ kind: person }} }}\ntasks: {{ t: {{ assign: [{{ R: ann }}] }} }}\n{rest}")
    };
    finds(lint, &model(""), &["nothing names party `bob`"]);
    finds(lint, &model("assignments: [{ A: ann, towards: bob }]\n"), &[]);
    finds(lint, &model("relations: { manager: bob }\n"), &[]);
    finds(lint, &model("escalation: { urgent: [ann, bob] }\n"), &[]);
    let deputy = "parties: { ann: { kind: person, absent: [{ from: 2026-12-21, until: 2026-12-22, deputy: bob }] }, bob: { kind: person } }\n\
                  tasks: { t: { assign: [{ R: ann }] } }\n";
    finds(lint, deputy, &[]);
    // Of those that lie in each other the topmost is told; one of which a part is named is used, and so is each part of one.
    finds(lint, "parties: { team: { parties: { ann: {} } } }\n", &["nothing names party `team`"]);
    finds(
        lint,
        "parties: { team: { parties: { ann: {}, bob: {} } } }\nassignments: [{ R: ann }]\n",
        &["nothing names party `bob`"],
    );
    finds(lint, "parties: { team: { parties: { ann: {}, bob: {} } } }\nassignments: [{ R: team }]\n", &[]);
    finds(lint, "parties: { team: { members: [ann] }, ann: {} }\nassignments: [{ R: team }]\n", &[]);
}

#[test]
fn a_component_is_used_where_anything_names_it_or_what_it_lies_in() {
    let lint = "unused-component";
    let model = |rest: &str| {
        format!(
            "parties: {{ ann: {{}} }}\ncomponents: {{ sbc: {{ components: {{ trunk: {{}} }} }} }}\ntasks: {{ t: {{}} }}\n{rest}"
        )
    };
    finds(lint, &model(""), &["nothing is said about component `sbc`"]);
    finds(lint, &model("assignments: [{ component: sbc, R: ann }]\n"), &[]);
    finds(lint, &model("assignments: [{ component: trunk, R: ann }]\n"), &[]);
    finds(lint, &model("flows: { f: { steps: [{ id: s, task: t, component: trunk }] } }\n"), &[]);
    finds(lint, &model("assignments: [{ R: ann }]\n"), &["nothing is said about component `sbc`"]);
    let scope = "parties: { ann: { scope: [sbc] } }\ncomponents: { sbc: {} }\n";
    finds(lint, scope, &[]);
    finds(lint, "parties: { ann: {} }\ncomponents: { sbc: { relations: { manager: ann } } }\n", &[]);
    let beside = "parties: { ann: {} }\ncomponents: { sbc: { relations: { manager: ann }, components: { trunk: {} } } }\n";
    finds(lint, beside, &["nothing is said about component `trunk`"]);
}

#[test]
fn a_dimension_is_used_by_conditions_of_every_kind() {
    let lint = "unused-dimension";
    let model = |rest: &str| format!("context: {{ p: [P1, P2] }}\nparties: {{ ann: {{}} }}\n{rest}");
    finds(lint, &model("tasks: { t: {} }\n"), &["no condition names dimension `p`"]);
    finds(lint, &model("tasks: { t: { when: { p: P1 } } }\n"), &[]);
    finds(lint, &model("components: { c: { when: { p: P1 } } }\n"), &[]);
    finds(lint, &model("assignments: [{ when: { p: P1 }, R: ann }]\n"), &[]);
    finds(lint, &model("tasks: { t: { within: [{ when: { p: P1 }, time: PT2H }, { time: P1D }] } }\n"), &[]);
    finds(lint, &model("tasks: { t: {} }\nflows: { f: { steps: [{ id: s, task: t, when: { p: P1 } }] } }\n"), &[]);
}

#[test]
fn staff_and_requirements_are_counted_person_by_person() {
    let staff = |persons: &str| format!("parties: {{ desk: {{ staff: {{ at-least: 2 }}, parties: {{ {persons} }} }} }}\n");
    let lint = "understaffed";
    finds(lint, &staff(""), &[]);
    finds(lint, &staff("ann: { kind: person }"), &["`desk` needs 2 persons and has 1"]);
    finds(lint, &staff("ann: { kind: person }, bob: { kind: person }"), &[]);
    // Two parties that a person is in may require the same: it is told once, of the first.
    let text = "requirements: { nda: {} }\nparties:\n  vendor:\n    requires: nda\n    parties:\n      desk:\n        requires: nda\n        \
                parties: { ann: { kind: person }, bob: { kind: person, satisfies: nda } }\n";
    finds("unmet-requirement", text, &["`ann` does not satisfy `nda`, which `vendor` requires"]);
}

#[test]
fn a_day_on_which_several_absences_begin_is_one_question() {
    let absent = "absent: [{ from: 2026-12-21, until: 2026-12-22 }]";
    let text = format!(
        "parties: {{ desk: {{ staff: {{ at-least: 1 }}, parties: {{ ann: {{ kind: person, {absent} }}, bob: {{ kind: person, {absent} }} }} }} }}\n\
         tasks: {{ t: {{ assign: [{{ A/R: desk }}] }} }}\n"
    );
    let expected = ["on 2026-12-21 `desk` needs 1 persons and has 0", "on 2026-12-21 nobody who is responsible for `t` is there"];
    finds("uncovered-absence", &text, &expected);
    // As many as are needed are there; and those that never suffice are another lint's.
    finds("uncovered-absence", &text.replacen(absent, "title: A", 1), &[]);
    let two = text.replace("at-least: 1", "at-least: 2").replacen(absent, "title: A", 1);
    finds("uncovered-absence", &two, &["on 2026-12-21 `desk` needs 2 persons and has 1"]);
    finds("uncovered-absence", &text.replace("at-least: 1", "at-least: 3"), &expected[1..]);
}

#[test]
fn who_stands_alone_is_told_at_the_first_cell() {
    let lint = "single-point";
    let text = "parties: { ann: { kind: person }, desk: {} }\ntasks:\n  first: { assign: [{ A: ann, R: desk }] }\n  \
                second: { assign: [{ A: desk, R: ann }] }\n";
    finds(lint, text, &["without `ann` nobody is accountable for `first`"]);
    finds(
        lint,
        &text.replace("desk: {}", "desk: { kind: person }"),
        &["without `ann` nobody is accountable for `first`", "without `desk` nobody is responsible for `first`"],
    );
}

#[test]
fn a_step_needs_somebody_only_when_and_where_it_is_taken() {
    let lint = "flow-without-responsible";
    let model = |step: &str, task: &str| {
        format!(
            "context: {{ p: [P1, P2] }}\nparties: {{ ann: {{}} }}\ncomponents: {{ c: {{}} }}\ntasks: {{ t: {{ {task} }} }}\n\
             flows: {{ f: {{ steps: [{{ id: s, task: t{step} }}] }} }}\n"
        )
    };
    let found = ["nobody is responsible for step `s` of flow `f`"];
    let at_p1 = "assign: [{ when: { p: P1 }, R: ann }]";
    finds(lint, &model("", at_p1), &found);
    finds(lint, &model(", when: { p: P1 }", at_p1), &[]);
    finds(lint, &model(", when: { p: P2 }", at_p1), &found);
    finds(lint, &model("", &format!("when: {{ p: P1 }}, {at_p1}")), &[]);
    let at_c = "assign: [{ component: c, R: ann }]";
    finds(lint, &model("", at_c), &found);
    finds(lint, &model(", component: c", at_c), &[]);
}

#[test]
fn a_flow_is_judged_by_what_can_be_reached() {
    let flow = |steps: &str| format!("parties: {{ ann: {{}} }}\ntasks: {{ t: {{}} }}\nflows: {{ f: {{ steps: [{steps}] }} }}\n");
    // What is not reached has no need of an end.
    let text = flow("{ id: a, task: t }, { id: b, task: t, then: c }, { id: c, task: t, then: b }");
    finds("endless-flow", &text, &[]);
    finds("unreachable-step", &text, &["no step of flow `f` leads to `b`", "no step of flow `f` leads to `c`"]);
    let text =
        flow("{ id: a, task: t, then: [b, d] }, { id: b, task: t, then: c }, { id: c, task: t, then: b }, { id: d, task: t }");
    finds("endless-flow", &text, &["flow `f` has no end after step `b`", "flow `f` has no end after step `c`"]);
}

#[test]
fn an_escalation_may_name_what_contains_or_is_contained() {
    let text = |named: &str, step: &str| {
        format!(
            "parties: {{ vendor: {{ parties: {{ desk: {{ parties: {{ ann: {{}} }} }} }} }}, other: {{}} }}\ntasks: {{ t: {{ assign: [{{ R: {named} }}] }} }}\n\
             escalation: {{ urgent: [{step}] }}\n"
        )
    };
    let lint = "escalation-gap";
    for (named, step) in [("desk", "desk"), ("vendor", "ann"), ("ann", "vendor")] {
        finds(lint, &text(named, step), &[]);
    }
    finds(lint, &text("other", "desk"), &["escalation `urgent` hands over to `desk`, which holds no letter anywhere"]);
}
