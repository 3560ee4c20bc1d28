//! What the generator reaches: a law that was never tried on what it speaks of says nothing.

use std::collections::BTreeSet;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use rasci::query::{Effect, How, Outranked, Verdict};
use rasci::{Cell, ComponentId, Context, Letter, Outcome, Policy};

use crate::oracle::Reading;
use crate::strategy::{Written, models};

const EVERYTHING: [&str; 42] = [
    "R",
    "A",
    "S",
    "C",
    "I",
    "adds",
    "nobody on purpose",
    "relation",
    "party beside relation",
    "several letters in one key",
    "assigned",
    "nobody",
    "unassigned",
    "not-applicable",
    "several cases",
    "unresolved",
    "implied R",
    "implied A",
    "overridden by task",
    "overridden by component",
    "overridden by condition",
    "overridden by layer",
    "decided together",
    "extends",
    "diamond",
    "replaced assignment",
    "removed assignment",
    "removed task",
    "removed component",
    "id declared again",
    "value added",
    "when with not",
    "when with list",
    "under task",
    "under component",
    "several places",
    "named",
    "as-member",
    "through-part",
    "held",
    "depends",
    "near",
];

/// What occurs in a model, in the words of [`EVERYTHING`].
fn occurs(written: &Written) -> BTreeSet<&'static str> {
    let mut seen = BTreeSet::new();
    in_documents(written, &mut seen);
    in_answers(&written.load(), &mut seen);
    for told in in_cells(&Reading::of(&written.documents)) {
        seen.insert(told.status);
        let letter = |letter: Letter| if letter == Letter::Responsible { "implied R" } else { "implied A" };
        seen.extend(told.implied.into_iter().map(letter));
        seen.extend(told.held.into_keys().map(Letter::as_str));
        seen.extend(told.unresolved.first().map(|_| "unresolved"));
    }
    seen
}

fn in_cells(reading: &Reading) -> Vec<crate::oracle::Told> {
    let combinations = reading.combinations();
    let places = super::places(reading);
    let cells = places.iter().flat_map(|(task, component)| combinations.iter().map(|w| reading.cell(task, *component, w)));
    cells.collect()
}

fn in_documents(written: &Written, seen: &mut BTreeSet<&'static str>) {
    let mut note = |word, occurs: bool| {
        if occurs {
            seen.insert(word);
        }
    };
    let texts: String = written.texts().into_iter().map(|(_, text)| text).collect();
    note("adds", texts.contains("+:"));
    note("nobody on purpose", ["R", "A", "S", "C", "I"].iter().any(|letter| texts.contains(&format!("{letter}: []"))));
    note("several letters in one key", texts.contains("A/R:"));
    note("when with not", texts.contains("not:"));
    note("extends", written.documents.len() > 1);
    let mut removed: BTreeSet<String> = BTreeSet::new();
    let mut ids: BTreeSet<String> = BTreeSet::new();
    for (nth, (_, document)) in written.documents.iter().enumerate() {
        note("diamond", document.extends.as_ref().is_some_and(|extends| extends.items.len() > 1));
        note("value added", nth > 0 && !document.context.0.is_empty());
        if let Some(remove) = &document.remove {
            note("removed assignment", remove.assignments.is_some());
            note("removed task", remove.tasks.is_some());
            note("removed component", remove.components.is_some());
            removed.extend(remove.tasks.iter().flat_map(|names| &names.items).map(|name| name.value.to_string()));
        }
        let declared =
            document.tasks.0.iter().flat_map(|(name, task)| std::iter::once(name).chain(task.tasks.iter().map(|(name, _)| name)));
        declared.for_each(|name| note("id declared again", nth > 0 && removed.contains(name.value.as_ref())));
        for said in Reading::of(&[("model.yaml".to_owned(), rasci::Document { extends: None, remove: None, ..document.clone() })])
            .assignments
        {
            let places = [(&said.tasks, &said.written.task), (&said.components, &said.written.component)];
            note("under task", places[0].0.is_some() && places[0].1.is_none());
            note("under component", places[1].0.is_some() && places[1].1.is_none());
            note("several places", places.iter().any(|(listed, _)| listed.as_ref().is_some_and(|listed| listed.len() > 1)));
            let mut values = said.written.when.iter().flat_map(rasci::document::Entries::iter);
            note("when with list", values.any(|(_, values)| values.names().items.len() > 1));
            for clause in &said.written.clauses {
                let refs = clause.parties.iter().flat_map(|names| &names.items).map(|name| name.value.starts_with('$'));
                let refs: BTreeSet<bool> = refs.collect();
                note("relation", refs.contains(&true));
                note("party beside relation", refs.len() == 2);
            }
            if let Some(id) = said.written.id {
                note("replaced assignment", !ids.insert(id.value.to_string()));
            }
        }
    }
}

fn in_answers(policy: &Policy, seen: &mut BTreeSet<&'static str>) {
    let open = Context::default();
    let (model, mut note) = (policy.model(), |word| {
        seen.insert(word);
    });
    let components = std::iter::once(ComponentId::SYSTEM).chain(model.components().map(|(id, _)| id));
    let cells = components.flat_map(|component| model.tasks().map(move |(task, _)| Cell { task, component }));
    for (cell, letter) in cells.flat_map(|cell| Letter::ALL.map(|letter| (cell, letter))) {
        let why = policy.derive(cell, letter, &open);
        if why.cases.len() > 1 {
            note("several cases");
        }
        for case in &why.cases {
            if case.steps.iter().filter(|step| step.effect == Effect::Decides).count() > 1 {
                note("decided together");
            }
            if case.outcome == Outcome::Silent && !case.near.is_empty() {
                note("near");
            }
            for step in &case.steps {
                let Effect::Overridden { because, .. } = step.effect else { continue };
                note(match because {
                    Outranked::Task => "overridden by task",
                    Outranked::Component => "overridden by component",
                    Outranked::Condition => "overridden by condition",
                    Outranked::Layer => "overridden by layer",
                });
            }
        }
        let (party, _) = model.parties().next().expect("a model has parties");
        let holds = policy.holding(party, letter, cell, &open, None, &How::ALL);
        holds.cases.iter().filter_map(|case| case.how).for_each(|how| note(how.as_str()));
        match holds.verdict() {
            Verdict::NotHeld => {}
            verdict => note(verdict.as_str()),
        }
        // The last party is in others, where the first mostly has parts.
        let (party, _) = model.parties().last().expect("a model has parties");
        let holds = policy.holding(party, letter, cell, &open, None, &How::ALL);
        holds.cases.iter().filter_map(|case| case.how).for_each(|how| note(how.as_str()));
    }
}

/// In 256 models, always the same, everything that the laws speak of occurs.
#[test]
fn the_generator_reaches_everything() {
    let mut runner = TestRunner::deterministic();
    let mut seen = BTreeSet::new();
    for _ in 0..256 {
        seen.extend(occurs(&models().new_tree(&mut runner).unwrap().current()));
    }
    let missing: Vec<&&str> = EVERYTHING.iter().filter(|word| !seen.contains(**word)).collect();
    assert!(missing.is_empty(), "never: {missing:?}");
    assert!(seen.iter().all(|word| EVERYTHING.contains(word)), "a word is misspelt: {seen:?}");
}
