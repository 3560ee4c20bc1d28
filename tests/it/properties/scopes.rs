//! What is told at the highest uniform scope, against a look at every block: duties, gaps, what breaks when a party leaves.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::Index;
use rasci::model::When;
use rasci::query::{Asked, Block, How};
use rasci::{Letter, Policy, TaskId};

use super::{alternatives, component_id, config, party_id, task_id};
use crate::oracle::scope::{Ground, Told};
use crate::oracle::{Combination, Reading, Told as Cell};
use crate::strategy::models;

/// The second reading's way to say where and when.
pub fn told<F: Ord>(policy: &Policy, combinations: &[Combination], fact: F, block: Block, when: &When) -> Told<F> {
    let task = (block.task != TaskId::ALL).then(|| task_id(policy, block.task));
    let component = component_id(policy, block.component);
    let holds = |nth: &usize| alternatives(policy, when, &combinations[*nth]) > 0;
    let when = (0..combinations.len()).filter(holds).collect();
    (fact, ((task, block.task_below), (component, block.component_below)), when)
}

fn ground<'r>(reading: &'r Reading, combinations: &'r [Combination]) -> Ground<'r> {
    Ground { tasks: &reading.tasks, components: &reading.components, combinations }
}

/// The way in which one party holds what another, which is named, holds.
fn way(reading: &Reading, party: &str, named: &str) -> Option<How> {
    if party == named {
        Some(How::Named)
    } else if reading.containers(party).contains(named) {
        Some(How::AsMember)
    } else {
        reading.containers(named).contains(party).then_some(How::ThroughPart)
    }
}

/// Whether a party is there after others have left: one of those in it, where it has some.
fn is_there(reading: &Reading, party: &str, gone: &BTreeSet<String>) -> bool {
    let mut inside = reading.parties.iter().filter(|who| who.inside.contains(party)).peekable();
    !gone.contains(party) && (inside.peek().is_none() || inside.any(|who| is_there(reading, &who.id, gone)))
}

/// A party and its parts.
pub fn with_parts(reading: &Reading, party: &str) -> BTreeSet<String> {
    let inner = reading.parties.iter().filter(|who| who.part_of.as_deref() == Some(party));
    inner.flat_map(|who| with_parts(reading, &who.id)).chain([party.to_owned()]).collect()
}

pub const NEEDED: [Letter; 2] = [Letter::Responsible, Letter::Accountable];

/// R or A where it has no party, with the reason; none of a cell that is not applicable.
pub fn gaps_of(cell: &Cell) -> Option<BTreeSet<(Letter, &'static str)>> {
    let why = |letter| match (cell.said.contains(&letter), cell.unresolved.contains(&letter)) {
        (true, _) => "nobody",
        (_, true) => "unresolved",
        _ => "silent",
    };
    let empty = NEEDED.into_iter().filter(|letter| !cell.held.contains_key(letter));
    (cell.status != "not-applicable").then(|| empty.map(|letter| (letter, why(letter))).collect())
}

proptest! {
    #![proptest_config(config())]

    /// What a party holds is told once for each letter, way and named party, in each of the widest blocks.
    #[test]
    fn duties_are_what_a_look_at_every_block_says(written in models(), party in any::<Index>()) {
        let (policy, reading) = (written.load(), Reading::of(&written.documents));
        let combinations = reading.combinations();
        let id = &party.get(&reading.parties).id;
        let expected = ground(&reading, &combinations).uniform(|task, component, combination| {
            let cell = reading.cell(task, component, combination);
            let named = cell.held.into_iter().flat_map(|(letter, parties)| parties.into_iter().map(move |named| (letter, named)));
            let held = named.filter_map(|(letter, named)| Some((letter, way(&reading, id, &named)?, named)));
            (cell.status != "not-applicable").then(|| held.collect())
        });
        let party = policy.party(id).unwrap();
        let duties = policy.duties(party);
        let because = policy.why_duties(party, &duties, &rasci::Context::default());
        prop_assert!(because.iter().all(|because| !because.is_empty()));
        let answered: Vec<_> = duties.iter().map(|duty| {
            let fact = (duty.letter, duty.how, party_id(&policy, duty.through.unwrap_or(party)));
            told(&policy, &combinations, fact, duty.block, &duty.when)
        }).collect();
        prop_assert_eq!(answered.len(), expected.len(), "nothing is told twice");
        prop_assert_eq!(answered.into_iter().collect::<BTreeSet<_>>(), expected);
    }

    /// Gaps are where a look at every cell finds R or A without a party, each with the reason that is seen there.
    #[test]
    fn gaps_are_what_a_look_at_every_block_says(written in models()) {
        let (policy, reading) = (written.load(), Reading::of(&written.documents));
        let combinations = reading.combinations();
        let expected = ground(&reading, &combinations).uniform(|task, component, combination| {
            gaps_of(&reading.cell(task, component, combination))
        });
        let gaps = policy.gaps(&Asked::default());
        prop_assert!(gaps.iter().all(|gap| gap.because.is_empty() == (gap.why.as_str() == "silent") && gap.missing.is_empty()));
        let answered: Vec<_> =
            gaps.iter().map(|gap| told(&policy, &combinations, (gap.letter, gap.why.as_str()), gap.block, &gap.when)).collect();
        prop_assert_eq!(answered.len(), expected.len(), "nothing is told twice");
        prop_assert_eq!(answered.into_iter().collect::<BTreeSet<_>>(), expected);
    }

    /// What a party takes along is every cell in which somebody of R or A is there before it leaves and nobody after.
    #[test]
    fn impact_is_what_a_look_at_every_block_says(written in models(), party in any::<Index>()) {
        let (policy, reading) = (written.load(), Reading::of(&written.documents));
        let combinations = reading.combinations();
        let id = &party.get(&reading.parties).id;
        let gone = with_parts(&reading, id);
        let expected = ground(&reading, &combinations).uniform(|task, component, combination| {
            let cell = reading.cell(task, component, combination);
            let lost = |letter: &Letter| {
                cell.held.get(letter).is_some_and(|parties| !parties.iter().any(|party| is_there(&reading, party, &gone)))
            };
            (cell.status != "not-applicable").then(|| NEEDED.into_iter().filter(lost).collect())
        });
        let impact = policy.impact(policy.party(id).unwrap(), &Asked::default());
        prop_assert_eq!(impact.gone.iter().map(|id| party_id(&policy, *id)).collect::<BTreeSet<_>>(), gone);
        let answered: Vec<_> =
            impact.losses.iter().map(|loss| told(&policy, &combinations, loss.letter, loss.block, &loss.when)).collect();
        prop_assert_eq!(answered.len(), expected.len(), "nothing is told twice");
        prop_assert_eq!(answered.into_iter().collect::<BTreeSet<_>>(), expected);
    }

    /// In a full context there are gaps where those who look at no other combination find them.
    #[test]
    fn a_context_narrows_the_question(written in models(), at in any::<Index>()) {
        let (policy, reading) = (written.load(), Reading::of(&written.documents));
        let combinations = reading.combinations();
        let one = std::slice::from_ref(at.get(&combinations));
        let expected = ground(&reading, one).uniform(|task, component, combination| gaps_of(&reading.cell(task, component, combination)));
        let gaps = policy.gaps(&Asked { context: super::context(&policy, &one[0]), ..Asked::default() });
        let answered = gaps.iter().map(|gap| told(&policy, one, (gap.letter, gap.why.as_str()), gap.block, &gap.when));
        prop_assert_eq!(answered.collect::<BTreeSet<_>>(), expected);
        prop_assert!(gaps.iter().all(|gap| gap.when.is_empty()), "it never repeats what was asked with");
    }
}
