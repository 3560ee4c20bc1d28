//! How far a finding is told to reach: the highest scope that it holds for, when, and in how many cells besides.

use super::finds;

/// Two who are accountable, told of a model with a task in another, a component in another, and three dimensions.
#[track_caller]
fn reaches(tasks: &str, expected: &[&str]) {
    let places = "parties: { ann: {}, bob: {}, eve: {} }\ncontext: { p: [P1, P2], q: [Q1, Q2], r: [R1, R2] }\n\
                  components: { sbc: { components: { trunk: {} } }, db: {} }\n";
    let expected: Vec<String> = expected.iter().map(|reach| format!("`ann` and `bob` are accountable for {reach}")).collect();
    let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
    finds("many-accountable", &format!("{places}{tasks}"), &expected);
}

const BOTH: &str = "{ R: ann, A: [ann, bob] }";

/// The scope begins above all others; what lies below it elsewhere is counted, however much that is.
#[test]
fn a_finding_is_told_where_it_begins() {
    reaches(&format!("tasks: {{ t: {{ assign: [{BOTH}] }} }}\n"), &["`t` everywhere"]);
    reaches(&format!("tasks: {{ t: {{ assign: [{BOTH}, {{ component: trunk, A: ann }}] }} }}\n"), &["`t`, and in 2 more cells"]);
    reaches(&format!("tasks: {{ t: {{ assign: [{BOTH}, {{ component: db, A: ann }}] }} }}\n"), &["`t`, and in 2 more cells"]);
    // In a cell in which it holds under a condition only, it is one of those besides.
    let part = format!("tasks: {{ t: {{ assign: [{BOTH}, {{ component: trunk, when: {{ p: P2 }}, A: ann }}] }} }}\n");
    reaches(&part, &["`t`, and in 3 more cells"]);
}

/// What another assignment brings about is told of that.
#[test]
fn a_finding_ends_where_another_begins() {
    let tasks = format!("tasks: {{ t: {{ assign: [{BOTH}, {{ component: sbc, A: [ann, bob] }}] }} }}\n");
    reaches(&tasks, &["`t`, and in one more cell", "`t` at `sbc` and its parts"]);
}

/// Of one assignment, what is told of one party is not told of another.
#[test]
fn a_finding_is_told_of_its_own_party() {
    let model = "parties: { ann: {}, bob: {} }\ncomponents: { sbc: {}, db: {} }\n\
                 tasks: { t: { assign: [{ R: [ann, bob], C: ann, I: bob }, { component: sbc, C: [] }] } }\n";
    let told = [
        "`ann` is both responsible and consulted for `t`, and in one more cell",
        "`bob` is both responsible and informed for `t` everywhere",
    ];
    finds("duplicate-letter", model, &told);
}

/// Two scopes of the same finding overlap; a cell of both counts once.
#[test]
fn a_cell_that_is_left_over_is_counted_once() {
    let tasks = "tasks:\n  t:\n    assign: [{ component: sbc, A/R: ann }]\n    tasks:\n      \
                 u: { assign: [{ A/R: ann }, { component: db, A: [] }] }\n      v: { assign: [{ A: [] }] }\n\
                 assignments: [{ A+: bob }]\n";
    reaches(tasks, &["`t` at `sbc` and its parts, and in 3 more cells"]);
}

#[test]
fn what_stands_at_every_task_is_told_of_all_or_of_the_first() {
    let all = |tasks: &str| format!("tasks: {{ {tasks} }}\nassignments: [{BOTH}]\n");
    reaches(&all("t: {}, u: {}"), &["every task everywhere"]);
    reaches(&all("t: {}, u: {}, v: { assign: [{ A: ann }] }"), &["`t` everywhere, and in 4 more cells"]);
    // Each of those at the top may also be listed.
    let listed = "tasks: { t: {}, u: {} }\nassignments: [{ task: [t, u], R: ann, A: [ann, bob] }]\n";
    reaches(listed, &["every task everywhere"]);
}

/// Where the others do not exist, a task is every task.
#[test]
fn a_scope_takes_in_what_does_not_exist_at_the_time() {
    let tasks = "tasks: { t: { assign: [{ when: { p: P2 }, R: ann, A: [ann, bob] }] }, u: { when: { p: P1 } } }\n";
    reaches(tasks, &["every task everywhere when p is P2"]);
    let small = "parties: { ann: {}, bob: {} }\ncontext: { p: [P1, P2] }\n";
    finds("many-accountable", &format!("{small}{tasks}"), &["`ann` and `bob` are accountable for every task when p is P2"]);
    // And of what exists at times only, it says when.
    reaches(&format!("tasks: {{ t: {{ when: {{ p: P1 }}, assign: [{BOTH}] }} }}\n"), &["`t` everywhere when p is P1"]);
}

/// Below, the same is lacking at other times too, because of something else.
#[test]
fn a_lack_is_told_when_it_begins() {
    let model = "parties: { ann: {}, eve: {} }\ncontext: { p: [P1, P2] }\ntasks:\n  t:\n    assign: [{ when: { p: P1 }, A: ann }]\n    \
                 tasks: { u: { assign: [{ when: { p: P2 }, I: eve }] } }\n";
    let told = ["`t` and all below it when p is P1", "`u` when p is P2"];
    finds(
        "no-responsible",
        model,
        &told.map(|reach| format!("nobody is responsible for {reach}")).each_ref().map(String::as_str),
    );
}

/// It is found of the task that says nothing outside of its conditions, not of those below that say nothing at all.
#[test]
fn a_condition_is_fallen_through_at_its_own_task() {
    let model = "parties: { ann: {}, bob: {} }\ncontext: { p: [P1, P2] }\ntasks:\n  t:\n    assign: [{ A/R: ann }]\n    \
                 tasks: { u: { assign: [{ when: { p: P1 }, R: bob }], tasks: { v: {} } } }\n";
    let told = "where its condition does not hold, a task above decides R for `u` when p is P2";
    finds("conditional-fallthrough", model, &[told]);
}

#[test]
fn of_many_cases_the_first_is_said() {
    let model = |when: &str| {
        format!(
            "parties: {{ ann: {{}} }}\ncontext: {{ p: [P1, P2], q: [Q1, Q2], r: [R1, R2] }}\n\
             tasks: {{ t: {{ assign: [{{ when: {{ {when} }}, A/R: ann }}] }} }}\n"
        )
    };
    let told = "the model is silent for `t` when p is P1 and q is Q2; or when p is P2 and q is Q1";
    finds("condition-gap", &model("p: P1, q: Q1"), &[told]);
    let told = "the model is silent for `t` when p is P1 and q is Q1 and r is R2, or in 2 other cases";
    finds("condition-gap", &model("p: P1, q: Q1, r: R1"), &[told]);
}
