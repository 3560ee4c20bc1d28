//! Findings that show only where two things meet: an addition and a setting, a relation and what stands beside it.

use super::finds;

const PARTIES: &str = "parties: { ann: {}, bob: {}, eve: {} }\n";

/// A component within another: what is named at the inner one is new there alone.
fn places(system: &str, sbc: &str, trunk: &str) -> String {
    format!(
        "{PARTIES}relations: {{ {system} }}\n\
         components: {{ sbc: {{ relations: {{ {sbc} }}, components: {{ trunk: {{ relations: {{ {trunk} }} }} }} }} }}\n"
    )
}

#[test]
fn an_addition_in_one_task_meets_what_stands_at_a_component_in_another() {
    for (below, above) in [("A+: bob", "A: ann"), ("A: bob", "A+: ann"), ("A+: bob", "A+: ann")] {
        let model = format!(
            "{PARTIES}components: {{ sbc: {{}} }}\ntasks: {{ t: {{ assign: [{{ component: sbc, R: eve, {above} }}], \
             tasks: {{ u: {{ assign: [{{ {below} }}] }} }} }} }}\n"
        );
        finds("many-accountable", &model, &["`ann` and `bob` are accountable for `u` at `sbc`"]);
    }
}

#[test]
fn a_condition_is_fallen_through_at_a_component_that_the_task_above_names() {
    let model = format!(
        "{PARTIES}context: {{ p: [P1, P2] }}\ncomponents: {{ sbc: {{}} }}\n\
         tasks: {{ t: {{ assign: [{{ component: sbc, R: ann }}], tasks: {{ u: {{ assign: [{{ when: {{ p: P1 }}, R: bob }}] }} }} }} }}\n"
    );
    let told = "where its condition does not hold, a task above decides R for `u` at `sbc` when p is P2";
    finds("conditional-fallthrough", &model, &[told]);
}

/// What stands at every task shows in the tasks that are there.
#[test]
fn tasks_that_say_nothing_are_not_all_alike() {
    let model = format!(
        "{PARTIES}context: {{ p: [P1, P2] }}\ntasks: {{ t: {{ when: {{ p: P1 }} }}, u: {{}} }}\n\
         assignments: [{{ when: {{ p: P2 }}, R: ann, A: [ann, bob] }}]\n"
    );
    finds("many-accountable", &model, &["`ann` and `bob` are accountable for every task when p is P2"]);
}

/// The relation stands for nobody at `db`; that is a lack only where somebody else is named.
#[test]
fn a_relation_that_stands_for_nobody_is_a_lack_where_something_else_is_said() {
    let places =
        format!("{PARTIES}components: {{ sbc: {{ relations: {{ owner: bob }} }}, site: {{ components: {{ db: {{}} }} }} }}\n");
    let model = |above: &str, below: &str| {
        format!("{places}tasks: {{ t: {{ assign: [{above}], tasks: {{ u: {{ assign: [{below}] }} }} }} }}\n")
    };
    let told = ["nobody is responsible for `u` at `db`"];
    finds("no-responsible", &model("{ R: bob }, { component: db, R: $owner }", "{ A: ann }"), &told);
    finds("no-responsible", &model("{ component: db, A: ann, R: bob }", "{ R: $owner }"), &told);
}

/// By the convention, who is responsible is gone with who is accountable.
#[test]
fn nobody_in_one_letter_is_nobody_in_another_by_a_convention() {
    let model = format!(
        "{PARTIES}conventions: {{ accountable-is-responsible: true }}\ncomponents: {{ sbc: {{}} }}\n\
         tasks: {{ t: {{ assign: [{{ A: ann }}, {{ component: sbc, A: [] }}], tasks: {{ u: {{ assign: [{{ I: eve }}] }} }} }} }}\n"
    );
    finds("no-responsible", &model, &["nobody is responsible for `u` at `sbc`"]);
}

#[test]
fn a_relation_beside_a_party_is_one_more_where_it_is_named_anew() {
    let known = "s: { assign: [{ A/R: bob, I: ann }] }";
    let told = ["`ann` and `bob` are accountable for `t` at `trunk`"];
    let model = |places: &str, accountable: &str| {
        format!("{places}tasks: {{ {known}, t: {{ assign: [{{ R: eve, A: {accountable} }}] }} }}\n")
    };
    finds("many-accountable", &model(&places("owner: ann", "", "owner: bob"), "[ann, $owner]"), &told);
    finds("many-accountable", &model(&places("owner: ann", "", "owner: [ann, bob]"), "$owner"), &told);
    // Above, the relation stands for nobody, or two stand for the same.
    finds("many-accountable", &model(&places("", "", "owner: bob"), "[ann, $owner]"), &told);
    let two = places("owner: ann, manager: ann", "", "owner: bob");
    finds("many-accountable", &model(&two, "[$owner, $manager]"), &told);
}

#[test]
fn a_relation_meets_an_addition_where_it_is_named_anew() {
    let model = format!(
        "{}tasks: {{ s: {{ assign: [{{ A/R: bob }}] }}, t: {{ assign: [{{ A+: ann }}], tasks: {{ u: {{ assign: [{{ R: eve, A: $owner }}] }} }} }} }}\n",
        places("owner: ann", "", "owner: bob")
    );
    finds("many-accountable", &model, &["`ann` and `bob` are accountable for `u` at `trunk`"]);
}

/// A person who is known from elsewhere stands alone, or outside of its scope, where a relation names it.
#[test]
fn a_relation_may_name_a_person_or_one_with_a_scope() {
    let model = |ann: &str, scope: &str| {
        format!(
            "parties: {{ ann: {{ {ann} }}, bob: {{}} }}\nrelations: {{ owner: bob }}\n\
             components: {{ sbc: {{ components: {{ trunk: {{ relations: {{ owner: ann }} }} }} }}, db: {{}} }}\n\
             tasks: {{ s: {{ assign: [{{ {scope}, A: bob, R: [ann, bob] }}] }}, t: {{ assign: [{{ A: bob, R: $owner }}] }} }}\n"
        )
    };
    let told = "without `ann` nobody is responsible for `t` at `trunk`";
    finds("single-point", &model("kind: person", "component: db"), &[told]);
    finds("out-of-scope", &model("scope: db", "component: db"), &["`ann` is named outside of its scope for `t` at `trunk`"]);
}

/// Only where the relation names somebody is anything said.
#[test]
fn a_relation_says_something_where_it_is_named() {
    let model = format!(
        "{}tasks: {{ s: {{ assign: [{{ A/R: ann }}] }}, t: {{ assign: [{{ R: $owner }}] }} }}\n",
        places("", "", "owner: ann")
    );
    finds("no-accountable", &model, &["nobody is accountable for `t` at `trunk`"]);
}

/// Who is named by a relation alone, and at one component alone, is named.
#[test]
fn whom_a_relation_names_holds_a_letter() {
    let model = |at_trunk: &str| {
        format!(
            "{}tasks: {{ t: {{ assign: [{{ A: bob, R: $owner }}] }} }}\nescalation: {{ urgent: [bob, ann] }}\n",
            places("owner: bob", "", at_trunk)
        )
    };
    finds("escalation-gap", &model("owner: ann"), &[]);
    finds("escalation-gap", &model(""), &["escalation `urgent` hands over to `ann`, which holds no letter anywhere"]);
}
