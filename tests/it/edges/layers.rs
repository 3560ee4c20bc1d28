//! The edges of the lints that hold settings against each other: what a later document sets and an earlier one decides, and
//! what merely crosses.

use super::{finds, told};

/// What is told of a later document over a base with two components, one within the other, and two dimensions.
#[track_caller]
fn outranked(base: &str, later: &str, expected: &[&str]) {
    let places = "parties: { ann: {}, bob: {}, eve: {} }\ncontext: { p: [P1, P2], q: [Q1, Q2] }\n\
                  components: { sbc: { components: { trunk: { relations: { owner: bob } } } } }\nrelations: { owner: ann }\n";
    let base = format!("{places}{base}");
    let later = format!("extends: base.yaml\nassignments: [{later}]\n");
    assert_eq!(told("outranked-override", &[("base.yaml", &base), ("site.yaml", &later)]), expected, "{base}{later}");
}

fn task(assign: &str) -> String {
    format!("tasks: {{ t: {{ assign: [{assign}], tasks: {{ u: {{}} }} }} }}\n")
}

const STILL: &str = "narrower settings of R in an earlier document still decide for";

#[test]
fn an_override_is_outranked_where_something_else_is_said() {
    let base = task("{ A/R: ann }, { component: sbc, R: bob }");
    outranked(&base, "{ task: t, R: eve }", &[&format!("{STILL} `t` and all below it, at `sbc` and its parts")]);
    outranked(&base, "{ task: t, R: bob }", &[]);
    // Two that decide together say together what they say, in any order and however often.
    let base = task("{ component: sbc, R: eve }, { component: sbc, R: bob }, { component: sbc, R: bob }");
    outranked(&base, "{ task: t, R: [bob, eve] }", &[]);
    outranked(&base, "{ task: t, R: eve }", &[&format!("{STILL} `t` and all below it, at `sbc` and its parts")]);
}

#[test]
fn an_override_is_outranked_by_what_lies_within_it_alone() {
    let base = task("{ component: sbc, R: bob }");
    outranked(&base, "{ task: t, when: { p: P1 }, R: eve }", &[]);
    let base = task("{ component: sbc, when: { p: P1 }, R: bob }");
    outranked(&base, "{ task: t, when: { q: Q1 }, R: eve }", &[]);
    // Where another decides beside it that does not lie within, both do.
    let base = task("{ component: sbc, when: { p: P1 }, R: bob }, { component: sbc, when: { q: Q1 }, R: ann }");
    let told = format!("{STILL} `t` and all below it, at `sbc` and its parts when p is P1 and q is Q2");
    outranked(&base, "{ task: t, when: { p: P1 }, R: eve }", &[&told]);
}

#[test]
fn an_override_is_not_outranked_by_its_own_document() {
    let base = task("{ component: sbc, when: { p: P1 }, R: bob }");
    let told = format!("{STILL} `t` and all below it, at `sbc` and its parts when p is P1");
    outranked(&base, "{ task: t, R: eve }, { task: t, component: sbc, when: { p: P2 }, R: bob }", &[&told]);
}

/// A setting that names a component and one within it stands, in the inner one, there.
#[test]
fn an_override_that_names_several_places_counts_at_the_nearest() {
    let base = "tasks: { t: { tasks: { u: { assign: [{ component: sbc, R: bob }] } } } }\n";
    outranked(base, "{ task: t, component: sbc, R: eve }", &[&format!("{STILL} `u` at `sbc` and its parts")]);
    outranked(base, "{ task: t, component: [sbc, trunk], R: eve }", &[&format!("{STILL} `u` at `sbc`")]);
}

/// The relation stands for the party that decides, but not where it is named anew.
#[test]
fn an_override_by_a_relation_is_outranked_where_that_is_named_anew() {
    let base = "tasks: { t: { tasks: { u: { assign: [{ R: ann }] } } } }\n";
    outranked(base, "{ task: t, R: $owner }", &[&format!("{STILL} `u` at `trunk`")]);
    let base = "tasks: { s: { assign: [{ R: bob }] }, t: { assign: [{ A: eve }], tasks: { u: { assign: [{ R: $owner }] } } } }\n";
    outranked(base, "{ task: t, R: ann }", &[&format!("{STILL} `u` at `trunk`")]);
}

const CROSS: &str = "two settings of R disagree, and neither stands within the other, for";

/// More stands at the task than is gone through again and again.
#[test]
fn what_a_later_document_replaced_crosses_nothing() {
    let fillers = (1..=9).map(|nth| format!("{{ when: {{ p: P{nth} }}, S: ann }}, ")).collect::<Vec<_>>().concat();
    let base = format!(
        "parties: {{ ann: {{}}, bob: {{}}, eve: {{}} }}\n\
         context: {{ p: [P1, P2, P3, P4, P5, P6, P7, P8, P9], q: [Q1, Q2] }}\n\
         tasks: {{ t: {{ assign: [{fillers}{{ when: {{ p: P9 }}, R: ann }}, {{ when: {{ q: Q1 }}, R: bob }}] }} }}\n"
    );
    let told = |later: &str| {
        let later = format!("extends: base.yaml\n{later}");
        told("ambiguous-assignment", &[("base.yaml", &base), ("site.yaml", &later)])
    };
    let crossing = format!("{CROSS} `t` when p is P9 and q is Q1");
    assert_eq!(told(""), [&*crossing]);
    assert_eq!(told("assignments: [{ task: t, when: { p: P9 }, R: eve }]\n"), [&*crossing]);
    assert_eq!(told("assignments: [{ task: t, when: { p: P9 }, R: bob }]\n"), [""; 0]);
}

#[test]
fn a_setting_of_several_places_crosses_nothing_that_it_stands_within() {
    let model = |places: &str| {
        format!(
            "parties: {{ ann: {{}}, bob: {{}} }}\ncomponents: {{ sbc: {{}} }}\ntasks: {{ t: {{ tasks: {{ u: {{ assign: [{{ R: ann }}] }} }} }} }}\n\
             assignments: [{{ task: {places}, component: sbc, R: bob }}]\n"
        )
    };
    finds("ambiguous-assignment", &model("t"), &[&format!("{CROSS} `u` at `sbc`")]);
    finds("ambiguous-assignment", &model("[t, u]"), &[]);
}
