//! Look-ups by handle say what the slow reading says: in models with many components, with additions and conventions, with contexts of
//! many values. Small models of every shape are held to the oracle in `properties`.

use std::collections::BTreeSet;
use std::fmt::Write;

use rasci::matrix::Nobody;
use rasci::query::{Holders, Question};
use rasci::{Cell, ComponentId, Context, Letter, Outcome, PartyId, Policy, QueryError, Status};

use crate::oracle::Told;
use crate::properties::party_id;
use crate::workload::{self, Form, Size};

/// The index says what the language says, asked for one letter, for all, and for many at once.
pub fn looked_up(policy: &Policy, cell: Cell, context: &Context, told: &Told) {
    let full = policy.full_context(context).unwrap();
    let questions = Letter::ALL.map(|letter| Question { letter, cell, context: &full });
    let mut many = [const { Holders::Silent }; 5];
    policy.holders_of(&questions, &mut many);
    let all: Vec<(Letter, PartyId)> = policy.all_holders(cell, &full).parties().collect();
    let mut folded = Vec::new();
    policy.all_holders(cell, &full).parties().for_each(|held| folded.push(held));
    assert_eq!(folded, all);
    for (nth, letter) in Letter::ALL.into_iter().enumerate() {
        let holders = policy.holders(letter, cell, &full);
        let held = told.held.get(&letter).cloned().unwrap_or_default();
        match &holders {
            Holders::Held(parties) => {
                assert!(parties.iter().is_sorted());
                assert_eq!(parties.iter().map(|party| party_id(policy, party)).collect::<BTreeSet<_>>(), held, "{letter:?}");
                assert!(parties.iter().count() == held.len() && !held.is_empty());
            }
            Holders::Nobody(Nobody::Said) => assert!(told.said.contains(&letter), "{letter:?} {told:?}"),
            Holders::Nobody(Nobody::Unresolved) => assert!(told.unresolved.contains(&letter), "{letter:?} {told:?}"),
            Holders::NotApplicable => assert_eq!(told.status, "not-applicable"),
            Holders::Silent => {
                assert!(
                    held.is_empty() && !told.said.contains(&letter) && !told.unresolved.contains(&letter),
                    "{letter:?} {told:?}"
                );
                assert_ne!(told.status, "not-applicable");
            }
        }
        for (party, _) in policy.model().parties() {
            assert_eq!(policy.is_named(party, letter, cell, &full), held.contains(&party_id(policy, party)));
            assert_eq!(all.contains(&(letter, party)), held.contains(&party_id(policy, party)));
        }
        assert_eq!(all.iter().filter(|(other, _)| *other == letter).count(), held.len());
        assert_eq!(policy.all_holders(cell, &full).letter(letter), holders);
        assert_eq!(many[nth], holders);
    }
}

/// Both ways of asking, compared.
fn compare(policy: &Policy, cell: Cell, context: &Context) {
    let full = policy.full_context(context).unwrap();
    let answer = policy.answer(cell, context);
    let [case] = answer.cases() else { panic!("one case in a full context") };
    for (letter, looked_up) in policy.all_holders(cell, &full).iter() {
        assert_eq!(looked_up, policy.holders(letter, cell, &full));
        let mut many = [Holders::Silent; 17];
        policy.holders_of(&[Question { letter, cell, context: &full }; 17], &mut many);
        assert_eq!(many, [looked_up; 17]);
        let expected: Vec<PartyId> = case.outcome(letter).parties().collect();
        match (looked_up, case.outcome(letter)) {
            (Holders::Held(parties), Outcome::Held(_)) => assert_eq!(parties.iter().collect::<Vec<_>>(), expected),
            (Holders::Nobody(looked_up), Outcome::Nobody(read, _)) => assert_eq!(looked_up, *read),
            (Holders::NotApplicable, _) => assert_eq!(case.status, Status::NotApplicable),
            (Holders::Silent, Outcome::Silent) => assert_ne!(case.status, Status::NotApplicable),
            (looked_up, read) => panic!("{looked_up:?} is not {read:?}, {letter:?} of {cell:?}"),
        }
    }
}

fn asked(policy: &Policy, size: Size, form: Form, count: usize) {
    for (nth, question) in workload::questions(size, form, count).into_iter().enumerate() {
        let cell = policy.cell(&question.task, question.component.as_deref()).unwrap();
        let context = policy.context(question.context).unwrap();
        compare(policy, cell, &context);
        if nth % 200 == 0 {
            let full = policy.full_context(&context).unwrap();
            policy.cells_in(&full).for_each(|(cell, all)| assert_eq!(all, policy.all_holders(cell, &full), "{cell:?}"));
        }
    }
}

/// Tasks and components enough that no grid is made, and steps enough that lines overflow.
const WIDE: Size = Size { name: "wide", tasks: 400, components: 300, parties: 30, assignments: 4_000 };
/// Few tasks, so that many assignments stand at each.
const DENSE: Size = Size { name: "dense", tasks: 12, components: 60, parties: 9, assignments: 1_500 };

#[test]
fn models_of_the_workload() {
    for size in [WIDE, DENSE] {
        for form in [Form::Plain, Form::Contexts] {
            let policy = Policy::parse("model.yaml", &workload::text(size, form)).unwrap();
            asked(&policy, size, form, 400);
        }
    }
}

#[test]
fn with_additions_and_conventions() {
    for size in [WIDE, DENSE] {
        let text = workload::text(size, Form::Contexts);
        // One line in five adds, one in nine says nobody, and nobody is accountable unless responsible.
        let line = |(nth, line): (usize, &str)| match nth {
            // Of every seventh task or component it depends on the context whether it is there.
            _ if nth % 7 == 0 && line.ends_with(": {}") && !line.contains('p') => {
                line.replace("{}", "{ when: { region: [north, east] } }")
            }
            _ if !line.starts_with(" - {") => line.to_owned(),
            _ if nth % 5 == 0 => ["R", "A", "S", "C", "I"]
                .into_iter()
                .fold(line.to_owned(), |line, letter| line.replace(&format!(", {letter}: "), &format!(", {letter}+: "))),
            _ if nth % 9 == 0 => line.rsplit_once(": ").map(|(before, _)| format!("{before}: [] }}")).unwrap(),
            _ if nth % 3 == 0 => line.replace(", A: ", ", S: "),
            _ => line.to_owned(),
        };
        let text: String = text.lines().enumerate().map(|numbered| line(numbered) + "\n").collect();
        let text = text + "conventions: { accountable-is-responsible: true, responsible-is-accountable: true }\n";
        let policy = Policy::parse("model.yaml", &text).unwrap();
        asked(&policy, size, Form::Contexts, 400);
    }
}

/// More levels of tasks than are read at once: some say nothing, some what is said above too, and some only what stands there.
#[test]
fn tasks_below_each_other() {
    const LEVELS: usize = 12;
    const COMPONENTS: usize = 80;
    let mut text = "rasci: 1\nid: deep\nparties: { p0: {}, p1: {}, p2: {} }\ncomponents:\n".to_owned();
    (0..COMPONENTS).for_each(|nth| writeln!(text, " c{nth}: {{}}").unwrap());
    text.push_str("tasks:\n");
    for level in 0..LEVELS {
        let indent = " ".repeat(2 * level + 1);
        let parts = if level + 1 < LEVELS { format!("\n{indent} tasks:") } else { " {}".to_owned() };
        writeln!(text, "{indent}t{level}:{parts}").unwrap();
    }
    text.push_str("assignments:\n");
    for level in (0..LEVELS).filter(|level| level % 5 != 3) {
        for (nth, letter) in Letter::ALL.into_iter().enumerate().filter(|(nth, _)| level % 2 == 0 || *nth < 2) {
            let (component, letter, party) = ((7 * level + 11 * nth) % COMPONENTS, letter.as_str(), level % 3);
            writeln!(text, " - {{ task: t{level}, component: c{component}, {letter}: p{party} }}").unwrap();
        }
    }
    let policy = Policy::parse("deep.yaml", &text).unwrap();
    let always = policy.full_context(&Context::default()).unwrap();
    let mut held = 0;
    policy.cells_in(&always).for_each(|(cell, all)| {
        compare(&policy, cell, &Context::default());
        assert_eq!(all, policy.all_holders(cell, &always), "{cell:?}");
        held += all.parties().count();
    });
    assert!(held > 200, "{held}");
}

#[test]
fn places_that_are_there_in_some_contexts_only() {
    let text = "\
rasci: 1
id: places
context: { scenario: [cloud, on-premises], priority: [P1, P2, P3] }
parties: { a: {}, b: {} }
components:
  sbc: { components: { trunk: { when: { priority: { not: P3 } } } } }
  database: { when: { scenario: on-premises } }
tasks:
  operate:
    when: { priority: [P1, P2] }
    assign: [{ R: a }, { component: trunk, when: { scenario: cloud }, R: b }]
    tasks: { patch: { when: { scenario: on-premises } } }
";
    let policy = Policy::parse("places.yaml", text).unwrap();
    let mut not_there = 0;
    for task in ["operate", "patch"] {
        for component in [None, Some("sbc"), Some("trunk"), Some("database")] {
            for scenario in ["cloud", "on-premises"] {
                for priority in ["P1", "P2", "P3"] {
                    let context = policy.context([("scenario", scenario), ("priority", priority)]).unwrap();
                    let cell = policy.cell(task, component).unwrap();
                    compare(&policy, cell, &context);
                    let full = policy.full_context(&context).unwrap();
                    not_there += usize::from(policy.holders(Letter::Informed, cell, &full) == Holders::NotApplicable);
                }
            }
        }
    }
    assert_eq!(not_there, 26);
}

/// A dimension of so many values, and one assignment for all of them but each.
fn all_but_one(values: usize) -> Policy {
    let names: Vec<String> = (0..values).map(|nth| format!("v{nth}")).collect();
    let mut text = format!("rasci: 1\nid: values\ncontext: {{ d: [{0}], e: [{0}] }}\nparties:\n", names.join(", "));
    for nth in 0..values {
        writeln!(text, "  p{nth}: {{}}").unwrap();
    }
    text.push_str("tasks:\n  t:\n    assign:\n");
    for nth in 0..values {
        writeln!(text, "      - {{ when: {{ d: {{ not: v{nth} }} }}, R: p{nth} }}").unwrap();
        writeln!(text, "      - {{ when: {{ e: v{nth} }}, R+: p{nth} }}").unwrap();
    }
    Policy::parse("values.yaml", &text).unwrap()
}

#[test]
fn conditions_that_hold_together_in_more_ways_than_there_are_values() {
    for values in [3, 12, 40, 90] {
        let policy = all_but_one(values);
        let cell = policy.cell("t", None).unwrap();
        for (d, e) in [(0, 0), (0, 1), (1, 2), (values - 1, 0), (values / 2, values - 1)] {
            let context = policy.context([("d", format!("v{d}").as_str()), ("e", format!("v{e}").as_str())]).unwrap();
            compare(&policy, cell, &context);
            let Holders::Held(parties) = policy.holders(Letter::Responsible, cell, &policy.full_context(&context).unwrap())
            else {
                panic!("held");
            };
            assert_eq!(parties.iter().count(), values - usize::from(d != e));
        }
    }
}

#[test]
fn a_look_up_allocates_nothing() {
    let policy = Policy::parse("model.yaml", &workload::text(DENSE, Form::Contexts)).unwrap();
    let asked = workload::questions(DENSE, Form::Contexts, 200);
    let contexts: Vec<_> =
        asked.iter().map(|one| policy.full_context(&policy.context(one.context.iter().copied()).unwrap()).unwrap()).collect();
    let questions: Vec<Question<'_>> = asked
        .iter()
        .zip(&contexts)
        .map(|(one, context)| {
            let letter = Letter::parse(&one.letter.to_string()).unwrap();
            Question { letter, cell: policy.cell(&one.task, one.component.as_deref()).unwrap(), context }
        })
        .collect();
    let mut answers = vec![Holders::Silent; questions.len()];
    let allocated = allocation_counter::measure(|| {
        policy.holders_of(&questions, &mut answers);
        for one in &questions {
            let letters = policy.all_holders(one.cell, one.context);
            assert_eq!(letters.letter(one.letter), policy.holders(one.letter, one.cell, one.context));
            for (letter, party) in letters.parties() {
                assert!(policy.is_named(party, letter, one.cell, one.context));
            }
        }
    });
    assert_eq!(allocated.count_total, 0);
    assert!(allocation_counter::measure(|| drop(vec![1])).count_total > 0, "the counter counts");
}

#[test]
fn a_full_context_leaves_nothing_open() {
    let policy = Policy::load("policies/anywherenow/operating-model-2.yaml").unwrap();
    let open = policy.context([]).unwrap();
    let error = policy.full_context(&open).unwrap_err();
    assert!(matches!(error, QueryError::Open { .. }));
    let dimension = policy.model().dimensions().next().unwrap().1.id.to_string();
    assert_eq!(error.to_string(), format!("the dimension `{dimension}` is given no value"));
    assert_eq!(policy.cell("submit-case", None).unwrap().component, ComponentId::SYSTEM);
}
