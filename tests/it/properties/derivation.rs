//! The laws of `why`: what it cites suffices for the answer, and every step of it is true.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::Index;
use rasci::document::{Assignment, Component, Entries, Task};
use rasci::model::AssignmentId;
use rasci::query::{Effect, NearReason, Outranked, WhyCase};
use rasci::source::Spanned;
use rasci::{Letter, Outcome, Policy, Status};

use super::{component_id, config, context, party_id, places, task_id};
use crate::oracle::{Combination, Rank, Reading, Said};
use crate::strategy::documents::name;
use crate::strategy::{Written, models};

type List = Vec<Spanned<Assignment<'static>>>;

/// Does something to every list of assignments, wherever it stands.
fn each_list(written: &mut Written, change: &mut dyn FnMut(&mut List)) {
    fn tasks(entries: &mut Entries<'static, Task<'static>>, change: &mut dyn FnMut(&mut List)) {
        for (_, task) in &mut entries.0 {
            change(&mut task.assign);
            tasks(&mut task.tasks, change);
        }
    }
    fn components(entries: &mut Entries<'static, Component<'static>>, change: &mut dyn FnMut(&mut List)) {
        for (_, component) in &mut entries.0 {
            change(&mut component.assign);
            components(&mut component.components, change);
        }
    }
    for (_, document) in &mut written.documents {
        tasks(&mut document.tasks, change);
        components(&mut document.components, change);
        change(&mut document.assignments);
    }
}

/// Every assignment gets an id, so that it is known again in another model.
pub fn with_ids(mut written: Written) -> Written {
    let mut count = 0;
    each_list(&mut written, &mut |list| {
        for assignment in list {
            count += 1;
            assignment.value.id.get_or_insert_with(|| name(&format!("auto-{count}")));
        }
    });
    written
}

/// The model without these assignments, in whatever document they stand.
fn without(written: &Written, gone: &BTreeSet<String>) -> Written {
    let mut written = written.clone();
    let goes = |id: &rasci::document::Name<'_>| gone.contains(id.value.as_ref());
    each_list(&mut written, &mut |list| list.retain(|assignment| !assignment.value.id.as_ref().is_some_and(goes)));
    for (_, document) in &mut written.documents {
        let Some(remove) = &mut document.remove else { continue };
        let Some(assignments) = &mut remove.assignments else { continue };
        assignments.items.retain(|id| !goes(id));
    }
    written
}

pub fn id_of(policy: &Policy, assignment: AssignmentId) -> String {
    policy.model().assignment(assignment).id.expect("every assignment has an id").to_owned()
}

/// A question in a full context.
struct Question {
    task: String,
    component: Option<String>,
    letter: Letter,
    combination: Combination,
}

impl Question {
    fn of(reading: &Reading, (place, combination, letter): &(Index, Index, usize)) -> Self {
        let places = places(reading);
        let (task, component) = *place.get(&places);
        let combinations = reading.combinations();
        Self {
            task: task.to_owned(),
            component: component.map(str::to_owned),
            letter: Letter::ALL[*letter],
            combination: combination.get(&combinations).clone(),
        }
    }

    fn ask(&self, policy: &Policy) -> WhyCase {
        let context = context(policy, &self.combination);
        let mut why = policy.why(&self.task, self.component.as_deref(), self.letter, &context).unwrap();
        assert_eq!(why.cases.len(), 1, "one case in a full context");
        why.cases.remove(0)
    }
}

fn questions() -> impl Strategy<Value = Vec<(Index, Index, usize)>> {
    proptest::collection::vec((any::<Index>(), any::<Index>(), 0..5usize), 1..=8)
}

/// Status and parties, by id, and whether nobody was meant.
fn answer(policy: &Policy, case: &WhyCase) -> (BTreeSet<String>, Option<rasci::matrix::Nobody>) {
    let nobody = match &case.outcome {
        Outcome::Nobody(nobody, _) => Some(*nobody),
        Outcome::Held(_) | Outcome::Silent => None,
    };
    (case.outcome.parties().map(|party| party_id(policy, party)).collect(), nobody)
}

fn cited(policy: &Policy, case: &WhyCase) -> BTreeSet<String> {
    let took_part = case.steps.iter().filter(|step| matches!(step.effect, Effect::Decides | Effect::Adds));
    took_part.map(|step| id_of(policy, step.assignment)).collect()
}

fn honest(policy: &Policy, reading: &Reading, question: &Question, case: &WhyCase) {
    let said = |assignment: AssignmentId| -> &Said {
        let id = id_of(policy, assignment);
        let found = reading.assignments.iter().find(|said| *said.written.id.as_ref().unwrap().value == *id);
        found.unwrap_or_else(|| panic!("`{id}` was replaced or removed"))
    };
    let rank = |assignment: AssignmentId| -> Rank {
        let rank = reading.rank(said(assignment), &question.task, question.component.as_deref(), &question.combination);
        rank.unwrap_or_else(|| panic!("`{}` does not apply", id_of(policy, assignment)))
    };
    let asked = case.implied.unwrap_or(question.letter);
    let mut brought = BTreeSet::new();
    let highest = case.steps.iter().filter(|step| step.effect == Effect::Decides).map(|step| rank(step.assignment)).max();
    for step in &case.steps {
        let of_step = rank(step.assignment);
        let refs = said(step.assignment).sets(asked, step.effect == Effect::Adds).expect("a step says something of the letter");
        let parties: BTreeSet<String> =
            refs.iter().flat_map(|party| reading.stands_for(party, question.component.as_deref())).collect();
        let told: BTreeSet<String> = step.parties.iter().map(|(party, _)| party_id(policy, *party)).collect();
        assert_eq!(told, parties, "the parties of `{}`", id_of(policy, step.assignment));
        match step.effect {
            Effect::Decides => assert_eq!(Some(of_step), highest, "deciding settings share the highest rank"),
            Effect::Adds => {}
            Effect::Overridden { by, because } => {
                let decides = |other: &&rasci::query::Step| other.assignment == by && other.effect == Effect::Decides;
                assert!(case.steps.iter().any(|step| decides(&step)), "what overrides decides");
                let higher = rank(by);
                let expected = match (higher.0 > of_step.0, higher.1 > of_step.1, higher.2 > of_step.2) {
                    (true, ..) => Outranked::Task,
                    (_, true, _) => Outranked::Component,
                    (.., true) => Outranked::Condition,
                    _ => Outranked::Layer,
                };
                assert!(higher > of_step, "what overrides ranks higher");
                assert_eq!(because, expected);
            }
        }
        if !matches!(step.effect, Effect::Overridden { .. }) {
            brought.extend(parties);
        }
    }
    let (held, _) = answer(policy, case);
    // The convention that A is the one party of R leaves A silent where R has several, and the steps show R's.
    let left_silent = case.implied == Some(Letter::Responsible) && brought.len() > 1;
    let expected = if left_silent { BTreeSet::new() } else { brought };
    assert_eq!(held, expected, "the parties are those that the steps bring");
    // Nothing that applies is left unsaid.
    for said in &reading.assignments {
        let applies = reading.rank(said, &question.task, question.component.as_deref(), &question.combination).is_some();
        let steps = case.steps.iter().filter(|step| id_of(policy, step.assignment) == *said.written.id.as_ref().unwrap().value);
        let says = usize::from(said.sets(asked, false).is_some()) + usize::from(said.sets(asked, true).is_some());
        assert!(case.status == rasci::Status::NotApplicable || !applies || steps.count() == says, "one step for each saying");
    }
}

proptest! {
    #![proptest_config(config())]

    /// An answer stays as it is when assignments that its `why` does not cite are left out, some of them or all.
    #[test]
    fn what_why_cites_suffices(written in models().prop_map(with_ids), asked in questions(), kept in any::<u64>()) {
        let (policy, reading) = (written.load(), Reading::of(&written.documents));
        for asked in &asked {
            let question = Question::of(&reading, asked);
            let case = question.ask(&policy);
            let cited = cited(&policy, &case);
            let others = policy.model().assignments().map(|(id, _)| id_of(&policy, id)).filter(|id| !cited.contains(id));
            // A bit for each says whether it stays; in every other model none does.
            let stays = |nth: usize| kept & 1 == 1 && kept >> (nth % 63 + 1) & 1 == 1;
            let gone = others.enumerate().filter(|(nth, _)| !stays(*nth)).map(|(_, id)| id).collect();
            let less = without(&written, &gone).load();
            prop_assert_eq!(answer(&less, &question.ask(&less)), answer(&policy, &case), "without {:?}", gone);
        }
    }

    /// Every step applies, deciding steps share the highest rank, overridden ones are outranked as said, and the
    /// parties are exactly those that deciding and adding steps bring.
    #[test]
    fn every_step_of_why_is_true(written in models().prop_map(with_ids), asked in questions()) {
        let (policy, reading) = (written.load(), Reading::of(&written.documents));
        for asked in &asked {
            let question = Question::of(&reading, asked);
            honest(&policy, &reading, &question, &question.ask(&policy));
        }
    }

    /// A letter that is held falls silent, or to a convention, when all that its `why` shows is left out.
    #[test]
    fn without_all_that_why_shows_nothing_is_left(written in models().prop_map(with_ids), asked in questions()) {
        let (policy, reading) = (written.load(), Reading::of(&written.documents));
        for asked in &asked {
            let question = Question::of(&reading, asked);
            let case = question.ask(&policy);
            if case.outcome.holdings().is_empty() {
                continue;
            }
            let gone = case.steps.iter().map(|step| id_of(&policy, step.assignment)).collect();
            let less = without(&written, &gone).load();
            let left = question.ask(&less);
            let implied = left.implied.is_some() && case.implied.is_none();
            prop_assert!(left.outcome == Outcome::Silent || implied, "{:?} is left", left.outcome);
        }
    }

    /// What came near is what a look at every assignment says: it speaks of the letter, and misses the cell by one thing.
    #[test]
    fn what_came_near_is_what_a_look_at_every_assignment_says(written in models().prop_map(with_ids), asked in questions()) {
        let (policy, reading) = (written.load(), Reading::of(&written.documents));
        let model = policy.model();
        for asked in &asked {
            let question = Question::of(&reading, asked);
            let case = question.ask(&policy);
            let cell = policy.cell(&question.task, question.component.as_deref()).unwrap();
            let (task_path, component_path): (Vec<_>, Vec<_>) =
                (model.task_path(cell.task).collect(), model.component_path(cell.component).collect());
            let of_letter = model.assignments().filter(|(_, it)| it.clauses.iter().any(|clause| clause.letters.contains(question.letter)));
            let missed = of_letter.filter(|(id, _)| case.steps.iter().all(|step| step.assignment != *id));
            let reasons = missed.filter_map(|(id, it)| {
                let at_task = it.tasks.iter().any(|task| task_path.contains(task));
                let at_component = it.components.iter().any(|component| component_path.contains(component));
                let below = it.tasks.iter().find(|task| model.task_path(**task).any(|above| above == cell.task));
                let reason = match (at_task, at_component) {
                    (true, true) => NearReason::Condition,
                    (true, false) => NearReason::Component(*it.components.first()?),
                    (false, true) => NearReason::Task(*below?),
                    (false, false) => return None,
                };
                Some((id, reason))
            });
            let is_empty = case.outcome.holdings().is_empty() && case.status != Status::NotApplicable;
            let expected: BTreeSet<_> = reasons.filter(|_| is_empty).collect();
            let near: BTreeSet<_> = case.near.iter().map(|near| (near.assignment, near.reason)).collect();
            prop_assert_eq!((near.len(), &near), (case.near.len(), &expected));
        }
    }

    /// What an open question is answered with for a case is what the full question is answered with in it.
    #[test]
    fn why_of_an_open_question_agrees(written in models().prop_map(with_ids), asked in questions()) {
        let (policy, reading) = (written.load(), Reading::of(&written.documents));
        for asked in &asked {
            let question = Question::of(&reading, asked);
            let cell = policy.cell(&question.task, question.component.as_deref()).unwrap();
            prop_assert_eq!((&question.task, &question.component), (&task_id(&policy, cell.task), &component_id(&policy, cell.component)));
            let open = policy.derive(cell, question.letter, &rasci::Context::default());
            for combination in reading.combinations() {
                let question = Question { combination, task: question.task.clone(), component: question.component.clone(), ..question };
                let case = question.ask(&policy);
                let (_, of_open) = super::case_of(&policy, &open.cases, |case| &case.when, &question.combination);
                prop_assert_eq!((&of_open.outcome, of_open.status, of_open.implied), (&case.outcome, case.status, case.implied));
                prop_assert_eq!(cited(&policy, of_open), cited(&policy, &case));
            }
        }
    }
}
