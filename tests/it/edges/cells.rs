//! The edges of the lints that look at cells.

use rasci::Policy;

use super::finds;

#[test]
fn two_accountable_may_stand_in_one_assignment() {
    let model = |assign: &str| format!("parties: {{ ann: {{}}, bob: {{}} }}\ntasks: {{ t: {{ assign: [{assign}] }} }}\n");
    let beside = |assign: &str| {
        let policy = Policy::parse("model.yaml", &format!("rasci: 1\nid: m\n{}", model(assign))).unwrap();
        let found = policy.lint(&Vec::new()).into_iter().find(|each| each.name == "many-accountable");
        found.map(|each| each.related.len())
    };
    assert_eq!(beside("{ A: [ann, bob], R: ann }"), Some(0));
    assert_eq!(beside("{ A: ann, R: ann }, { A: [ann, bob] }"), Some(0), "the second is all it takes");
    assert_eq!(beside("{ A: ann, R: ann }, { A: bob }"), Some(1));
    assert_eq!(beside("{ A: ann, R: ann }, { A: ann }"), None);
    // The other is one that is accountable at the same time.
    let text = "rasci: 1\nid: m\ncontext: { p: [P1, P2] }\nparties: { ann: {}, bob: {}, eve: {} }\ntasks:\n  t:\n    assign:\n      \
                - { when: { p: P1 }, A/R: ann }\n      - { when: { p: P2 }, A/R: bob }\n      - { when: { p: P2 }, A: eve }\n";
    let policy = Policy::parse("model.yaml", text).unwrap();
    let found = policy.lint(&Vec::new());
    let places =
        found.iter().map(|each| (policy.place(each.span.unwrap()).start.line, policy.place(each.related[0].span).start.line));
    assert_eq!(places.collect::<Vec<_>>(), [(10, 9)]);
}

#[test]
fn an_addition_meets_a_relation_where_that_is_named() {
    let places = "parties: { ann: {}, bob: {} }\ncomponents: { web: { relations: { owner: bob } } }\n";
    for (below, above) in [("A+: ann", "A: $owner"), ("A: $owner", "A+: ann")] {
        let tasks = format!("tasks: {{ t: {{ tasks: {{ u: {{ assign: [{{ {below} }}] }} }} }} }}\n");
        let model = format!("{places}{tasks}assignments: [{{ {above} }}]\n");
        finds("many-accountable", &model, &["`ann` and `bob` are accountable for `u` at `web`"]);
    }
}

#[test]
fn a_relation_names_a_second_accountable_at_a_part_or_as_well_above() {
    let told = |above: &str, below: &str, assign: &str, expected: &[&str]| {
        let parts = format!("components: {{ api: {{ relations: {{ owner: {below} }} }} }}");
        let web = format!("components: {{ web: {{ relations: {{ owner: {above} }}, {parts} }} }}\n");
        let parties = "context: { p: [P1, P2] }\nparties: { ann: {}, bob: {}, eve: {} }\n";
        let before = "s: { assign: [{ A: ann, R: [bob, eve] }] }";
        finds("many-accountable", &format!("{parties}{web}tasks: {{ {before}, t: {{ assign: [{assign}] }} }}\n"), expected);
    };
    let both = "{ component: web, A: [ann, $owner], R: eve }";
    told("ann", "bob", both, &["`ann` and `bob` are accountable for `t` at `api`"]);
    told("bob", "eve", both, &["`ann` and `bob` are accountable for `t` at `web` and its parts"]);
    told("bob", "ann", both, &["`ann` and `bob` are accountable for `t` at `web`"]);
    told("ann", "ann", both, &[]);
    let alone = "{ component: web, A: $owner, R: eve }";
    told("ann", "[ann, bob]", alone, &["`ann` and `bob` are accountable for `t` at `api`"]);
    told("[ann, bob]", "eve", alone, &["`ann` and `bob` are accountable for `t` at `web`"]);
    // Each is accountable in a case of its own: one relation for two is what makes them several.
    let apart = "{ component: web, R: eve }, { component: web, when: { p: P1 }, A: ann }, \
                 { component: web, when: { p: P2 }, A: $owner }";
    told("bob", "[bob, eve]", apart, &["`bob` and `eve` are accountable for `t` at `api` when p is P2"]);
}

#[test]
fn eight_names_are_said_and_of_more_how_many_there_are_besides() {
    let model = |count: usize| {
        let names: Vec<String> = (1..=count).map(|nth| format!("p{nth}")).collect();
        let declared: Vec<String> = names.iter().map(|name| format!("{name}: {{}}")).collect();
        format!(
            "parties: {{ {} }}\ntasks: {{ t: {{ assign: [{{ R: p1, A: [{}] }}] }} }}\n",
            declared.join(", "),
            names.join(", ")
        )
    };
    let eight = "`p1` and `p2` and `p3` and `p4` and `p5` and `p6` and `p7` and `p8`";
    finds("many-accountable", &model(8), &[&format!("{eight} are accountable for `t`")]);
    finds("many-accountable", &model(10), &[&format!("{eight} and 2 more are accountable for `t`")]);
}

#[test]
fn of_two_letters_the_assignment_that_gives_the_other_is_shown() {
    let beside = |assign: &str| {
        let text = format!("rasci: 1\nid: m\nparties: {{ ann: {{}}, bob: {{}} }}\ntasks:\n  t:\n    assign:\n{assign}");
        let policy = Policy::parse("model.yaml", &text).unwrap();
        let found = policy.lint(&Vec::new()).into_iter().find(|each| each.name == "duplicate-letter").unwrap();
        let line = |span| policy.place(span).start.line;
        (line(found.span.unwrap()), found.related.iter().map(|related| line(related.span)).collect::<Vec<_>>())
    };
    assert_eq!(beside("      - { A: bob, R: ann }\n      - { C: ann }\n"), (8, vec![7]));
    assert_eq!(beside("      - { A: bob, C: ann }\n      - { R: ann }\n"), (8, vec![7]));
    assert_eq!(beside("      - { A: bob, R: ann, C: ann }\n"), (7, vec![]));
}

#[test]
fn a_gap_lies_beside_what_is_said_if_only_that_there_is_nobody() {
    let lint = "condition-gap";
    let model = |assign: &str| {
        format!("context: {{ p: [P1, P2], q: [Q1, Q2] }}\nparties: {{ ann: {{}} }}\ntasks: {{ t: {{ assign: [{assign}] }} }}\n")
    };
    finds(lint, &model("{ when: { p: P1 }, R: [] }"), &["the model is silent for `t` when p is P2"]);
    // Where both differ is not beside it.
    let told = ["the model is silent for `t` when p is P1 and q is Q2; or when p is P2 and q is Q1"];
    finds(lint, &model("{ when: { p: P1, q: Q1 }, A/R: ann }"), &told);
    finds(lint, &model("{ R: [] }"), &[]);
}

#[test]
fn nobody_on_purpose_is_no_lack_and_a_relation_is_one_only_at_a_component() {
    let lint = "no-responsible";
    finds(lint, "parties: { ann: {} }\ntasks: { t: { assign: [{ A: ann, R: [] }] } }\n", &[]);
    let relation = "parties: { ann: {} }\ncomponents: { c: {}, d: { relations: { m: ann } } }\n";
    let tasks = "tasks: { t: { assign: [{ A: ann, R: $m }] } }\n";
    finds(lint, &format!("{relation}{tasks}"), &["nobody is responsible for `t` at `c`"]);
    finds("unresolved-relation", &format!("{relation}{tasks}"), &["`$m` stands for nobody in `t` at `c`"]);
    let tasks = "tasks: { t: { assign: [{ A/R: ann }, { I+: $m }] } }\n";
    finds("unresolved-relation", &format!("{relation}{tasks}"), &["`$m` stands for nobody in `t` at `c`"]);
    let tasks = "tasks: { t: { assign: [{ I: ann }, { R: ann }], tasks: { u: { assign: [{ S: ann }] } } } }\n";
    finds("no-accountable", &format!("parties: {{ ann: {{}} }}\n{tasks}"), &["nobody is accountable for `t` and all below it"]);
}

#[test]
fn a_condition_is_fallen_through_only_where_nothing_of_the_task_holds_always() {
    let lint = "conditional-fallthrough";
    let model = |more: &str| {
        format!(
            "context: {{ p: [P1, P2] }}\nparties: {{ ann: {{}}, bob: {{}} }}\ncomponents: {{ c: {{}} }}\n\
             tasks: {{ t: {{ assign: [{{ A/R: ann }}], tasks: {{ u: {{ assign: [{{ when: {{ p: P1 }}, R: bob }}{more}] }} }} }} }}\n"
        )
    };
    let told = ["where its condition does not hold, a task above decides R for `u` everywhere when p is P2"];
    finds(lint, &model(""), &told);
    finds(lint, &model(", { component: c, R: bob }"), &[]);
    finds(lint, &model(", { when: { p: P2 }, R: ann }"), &[]);
}

#[test]
fn a_group_is_limited_where_all_in_it_are() {
    let text = "parties: { ann: { scope: [c] }, team: { members: [ann] }, big: { members: [ann, bob] }, bob: {} }\n\
                components: { c: { components: { d: {} } }, e: {} }\ntasks: { t: {} }\nassignments:\n  - { component: d, R: ann }\n  \
                - { component: e, A: ann }\n  - { component: e, S: team }\n  - { component: e, C: big }\n";
    let told = |party: &str| format!("`{party}` is named outside of its scope for every task at `e`");
    finds("out-of-scope", text, &[&told("ann"), &told("team")]);
    // What a convention implies was named elsewhere, and is told there alone.
    let implied = "conventions: { accountable-is-responsible: true }\nparties: { ann: { scope: [c] } }\ncomponents: { c: {}, e: {} }\n\
                   tasks: { t: {} }\nassignments: [{ component: e, A: ann }]\n";
    finds("out-of-scope", implied, &[&told("ann")]);
}

#[test]
fn half_of_the_cells_is_no_overload() {
    let lint = "overloaded-party";
    let model = |more: &str| {
        format!(
            "parties: {{ ann: {{}}, bob: {{}} }}\ntasks: {{ t: {{ assign: [{{ R: ann }}] }}, u: {{ assign: [{{ R: bob }}] }}{more} }}\n"
        )
    };
    finds(lint, &model(""), &[]);
    finds(lint, &model(", v: { assign: [{ A/R: bob }] }"), &["`bob` is responsible or accountable in 67% of all assigned cells"]);
}

#[test]
fn the_topmost_silent_task_is_told() {
    let text = "parties: { ann: {} }\ntasks:\n  t: { tasks: { u: {}, v: {} } }\n  w: { tasks: { x: { assign: [{ R: ann }] }, y: {} } }\n";
    finds("unassigned-task", text, &["the model says nothing about task `t`", "the model says nothing about task `y`"]);
}

/// Told at one of those that speak where the gap begins, not at one that speaks elsewhere.
#[test]
fn a_gap_is_told_at_what_speaks_beside_it() {
    let text = "rasci: 1\nid: m\ncontext: { p: [P1, P2, P3], q: [Q1, Q2] }\nparties: { ann: {} }\ntasks:\n  t:\n    assign:\n      \
                - { when: { p: P1, q: Q1 }, A/R: ann }\n      - { when: { p: [P2, P3], q: Q1 }, A/R: ann }\n      \
                - { when: { p: P1, q: Q2 }, A/R: ann }\n";
    let policy = Policy::parse("model.yaml", text).unwrap();
    let found = policy.lint(&Vec::new()).into_iter().find(|each| each.name == "condition-gap").unwrap();
    assert_eq!(policy.place(found.span.unwrap()).start.line, 9);
}

/// The addition changes nothing in the first thousand of its cells, all of which differ.
#[test]
fn an_assignment_that_is_needed_in_the_last_of_many_cells_is_not_redundant() {
    let model = |last: &str| {
        let components: Vec<String> = (0..1_100).map(|nth| format!("c{nth}: {{}}")).collect();
        let each: Vec<String> = (0..1_100).map(|nth| format!("{{ component: c{nth}, C: bob }}")).collect();
        let places = format!("parties: {{ ann: {{}}, bob: {{}}, eve: {{}} }}\ncomponents: {{ {} }}\n", components.join(", "));
        let assign = format!("{{ R: [ann, bob] }}, {{ component: c1099, R: {last} }}, {}, {{ R+: ann }}", each.join(", "));
        format!("{places}tasks: {{ t: {{ assign: [{assign}] }} }}\n")
    };
    finds("redundant-assignment", &model("eve"), &[]);
    finds("redundant-assignment", &model("[ann, bob]"), &["leaving this assignment out changes no answer"; 2]);
}
