//! Who can take part, and what nobody covers while somebody is away, against the second reading.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::sample::Index;
use rasci::document::{Absence, Entries, Party, PartyKind};
use rasci::jiff::civil::{Date, date};
use rasci::query::{Asked, GapWhy, How};
use rasci::source::{Span, Spanned};
use rasci::{Letter, Policy};

use super::scopes::{NEEDED, gaps_of, told, with_parts};
use super::{config, party_id};
use crate::oracle::Reading;
use crate::oracle::scope::Ground;
use crate::strategy::documents::name;
use crate::strategy::{Written, models};

/// For each person: the first day away and how many more, and who stands in.
pub(super) type AwayPlan = Vec<(u8, u8, Option<Index>)>;

/// A person's absence, by the days of May 2030, and the deputy.
pub(super) type Aways = BTreeMap<String, (u8, u8, Option<String>)>;

pub(super) const DAYS: u8 = 8;

pub(super) fn day(nth: u8) -> Date {
    date(2030, 5, i8::try_from(nth + 1).unwrap())
}

pub(super) fn aways() -> impl Strategy<Value = AwayPlan> {
    proptest::collection::vec((0..DAYS, 0..4u8, proptest::option::of(any::<Index>())), 0..5)
}

/// The model with some of its undivided parties as persons who are away. Deputies come later in the list: no circles.
pub(super) fn with_aways(written: &Written, plan: &AwayPlan) -> (Written, Aways) {
    let reading = Reading::of(&written.documents);
    let leaves: Vec<String> = leaves(&reading, None).into_iter().collect();
    let mut aways = Aways::new();
    for (nth, (from, more, deputy)) in plan.iter().enumerate().take(leaves.len()) {
        let later = &leaves[nth + 1..];
        let deputy = deputy.filter(|_| !later.is_empty()).map(|deputy| deputy.get(later).clone());
        aways.insert(leaves[nth].clone(), (*from, from + more, deputy));
    }
    let mut written = written.clone();
    for (_, document) in &mut written.documents {
        mark(&mut document.parties, &leaves, &aways);
    }
    (written, aways)
}

fn mark(parties: &mut Entries<'static, Party<'static>>, leaves: &[String], aways: &Aways) {
    for (id, party) in &mut parties.0 {
        mark(&mut party.parties, leaves, aways);
        if leaves.iter().any(|leaf| *leaf == id.value) {
            party.kind = Some(PartyKind::Person);
        }
        if let Some((from, until, deputy)) = aways.get(id.value.as_ref()) {
            let absence = Absence {
                from: Some(name(&day(*from).to_string())),
                until: Some(name(&day(*until).to_string())),
                deputy: deputy.as_deref().map(name),
            };
            party.absent = vec![Spanned::new(absence, Span::default())];
        }
    }
}

/// The undivided parties in one, or of all.
fn leaves(reading: &Reading, inside: Option<&str>) -> BTreeSet<String> {
    let of =
        reading.parties.iter().filter(|who| inside.is_none_or(|top| who.id == top || reading.containers(&who.id).contains(top)));
    of.filter(|who| !reading.parties.iter().any(|other| other.inside.contains(&who.id))).map(|who| who.id.clone()).collect()
}

/// Who does a person's work on a day: itself, or the first deputy who is there.
pub(super) fn stands(aways: &Aways, person: &str, on: Option<u8>) -> Option<String> {
    match aways.get(person).filter(|(from, until, _)| on.is_some_and(|on| (*from..=*until).contains(&on))) {
        None => Some(person.to_owned()),
        Some((_, _, deputy)) => stands(aways, deputy.as_ref()?, on),
    }
}

/// Whether a party is there on a day after others have left: for an absent person the deputy, in a party somebody of it.
pub(super) fn is_there(reading: &Reading, aways: &Aways, party: &str, on: Option<u8>, gone: &BTreeSet<String>) -> bool {
    if gone.contains(party) {
        return false;
    }
    let away = aways.get(party).filter(|(from, until, _)| on.is_some_and(|on| (*from..=*until).contains(&on)));
    if let Some((_, _, deputy)) = away {
        return deputy.as_ref().is_some_and(|deputy| is_there(reading, aways, deputy, on, gone));
    }
    let mut inside = reading.parties.iter().filter(|who| who.inside.contains(party)).peekable();
    inside.peek().is_none() || inside.any(|who| is_there(reading, aways, &who.id, on, gone))
}

fn candidates(reading: &Reading, aways: &Aways, named: &BTreeSet<String>, on: Option<u8>) -> BTreeSet<String> {
    let all = named.iter().flat_map(|party| leaves(reading, Some(party)));
    all.filter_map(|person| stands(aways, &person, on)).collect()
}

/// Each model is looked at from every side, so fewer do.
fn fewer() -> ProptestConfig {
    ProptestConfig { cases: config().cases.div_ceil(3), ..config() }
}

fn ids<'p>(policy: &Policy, parties: impl IntoIterator<Item = &'p rasci::PartyId>) -> BTreeSet<String> {
    parties.into_iter().map(|party| party_id(policy, *party)).collect()
}

proptest! {
    #![proptest_config(fewer())]

    /// Potential, permanent and critical are who a look at the candidates of every cell says, on a day and without.
    #[test]
    fn participants_are_the_candidates_of_every_cell(written in models(), plan in aways(), on in proptest::option::of(0..DAYS)) {
        let (written, aways) = with_aways(&written, &plan);
        let (policy, reading) = (written.load(), Reading::of(&written.documents));
        let combinations = reading.combinations();
        let ground = Ground { tasks: &reading.tasks, components: &reading.components, combinations: &combinations };
        let asked = Asked { on: on.map(day), ..Asked::default() };
        for of in policy.participants(&asked) {
            let mut sets = Vec::new();
            for (task, component) in super::places(&reading) {
                for combination in &combinations {
                    let named = reading.cell(task, component, combination).held.remove(&of.letter).unwrap_or_default();
                    sets.push(candidates(&reading, &aways, &named, on));
                }
            }
            sets.retain(|set| !set.is_empty());
            let potential: BTreeSet<String> = sets.iter().flatten().cloned().collect();
            let permanent = potential.iter().filter(|party| sets.iter().all(|set| set.contains(*party))).cloned().collect();
            prop_assert_eq!(ids(&policy, &of.potential), potential.clone());
            prop_assert_eq!(ids(&policy, &of.non), leaves(&reading, None).difference(&potential).cloned().collect());
            prop_assert_eq!(ids(&policy, &of.permanent), permanent);
            let alone = ground.uniform(|task, component, combination| {
                let mut cell = reading.cell(task, component, combination);
                let named = cell.held.remove(&of.letter).unwrap_or_default();
                let set = candidates(&reading, &aways, &named, on);
                (cell.status != "not-applicable").then(|| if set.len() == 1 { set } else { BTreeSet::new() })
            });
            let critical: Vec<_> = of.critical.iter().map(|each| {
                told(&policy, &combinations, party_id(&policy, each.party), each.block, &each.when)
            }).collect();
            prop_assert_eq!(critical.into_iter().collect::<BTreeSet<_>>(), alone);
            prop_assert!(of.critical.iter().all(|each| !each.because.is_empty()));
            let lacks = ground.uniform(|task, component, combination| {
                let cell = reading.cell(task, component, combination);
                let all_away = cell.held.get(&of.letter).map(|named| candidates(&reading, &aways, named, on).is_empty());
                let why = match (all_away, cell.said.contains(&of.letter), cell.unresolved.contains(&of.letter)) {
                    (Some(false), ..) => None,
                    (Some(true), ..) => Some("absent"),
                    (None, _, true) => Some("unresolved"),
                    (None, true, _) => Some("nobody").filter(|_| of.letter == Letter::Responsible),
                    (None, ..) => Some("silent").filter(|_| of.letter == Letter::Responsible),
                };
                (cell.status != "not-applicable").then(|| why.into_iter().collect())
            });
            let lacking = of.lacking.iter().map(|each| told(&policy, &combinations, each.why.as_str(), each.block, &each.when));
            prop_assert_eq!(lacking.collect::<BTreeSet<_>>(), lacks);
        }
    }

    /// Each day is told once, with who is away and who stands in, and what nobody covers is what a look at every cell says.
    #[test]
    fn what_nobody_covers_is_told_day_by_day(written in models(), plan in aways(), first in 0..DAYS, more in 0..6u8) {
        let (written, aways) = with_aways(&written, &plan);
        let (policy, reading) = (written.load(), Reading::of(&written.documents));
        let combinations = reading.combinations();
        let ground = Ground { tasks: &reading.tasks, components: &reading.components, combinations: &combinations };
        let days = policy.away(day(first), day(first + more), &Asked::default());
        for nth in 0..20 {
            let of: Vec<_> = days.iter().filter(|away| (away.from..=away.until).contains(&day(nth))).collect();
            let persons: BTreeMap<String, Option<String>> = aways
                .iter()
                .filter(|(_, (from, until, _))| (*from..=*until).contains(&nth))
                .map(|(person, _)| (person.clone(), stands(&aways, person, Some(nth))))
                .collect();
            prop_assert_eq!(of.len(), usize::from(!persons.is_empty() && (first..=first + more).contains(&nth)));
            let Some(away) = of.first() else { continue };
            let told_persons = away.persons.iter().map(|(person, deputy)| (party_id(&policy, *person), deputy.map(|id| party_id(&policy, id))));
            prop_assert_eq!(told_persons.collect::<BTreeMap<_, _>>(), persons);
            let expected = ground.uniform(|task, component, combination| {
                let cell = reading.cell(task, component, combination);
                let lost = |letter: &Letter| {
                    cell.held.get(letter).is_some_and(|named| candidates(&reading, &aways, named, Some(nth)).is_empty())
                };
                (cell.status != "not-applicable").then(|| NEEDED.into_iter().filter(lost).collect())
            });
            let uncovered = away.uncovered.iter().map(|gap| told(&policy, &combinations, gap.letter, gap.block, &gap.when));
            prop_assert_eq!(uncovered.collect::<BTreeSet<_>>(), expected);
            prop_assert!(away.uncovered.iter().all(|gap| gap.why == GapWhy::Absent && !gap.missing.is_empty()));
        }
    }

    /// On a day there is a gap too where none of those named is there, and a party takes along what others would have covered.
    #[test]
    fn gaps_and_impact_on_a_day_are_what_a_look_at_every_block_says(written in models(), plan in aways(), on in 0..DAYS, who in any::<Index>()) {
        let (written, aways) = with_aways(&written, &plan);
        let (policy, reading) = (written.load(), Reading::of(&written.documents));
        let combinations = reading.combinations();
        let ground = Ground { tasks: &reading.tasks, components: &reading.components, combinations: &combinations };
        let asked = Asked { on: Some(day(on)), ..Asked::default() };
        let (nobody, leaver) = (BTreeSet::new(), &who.get(&reading.parties).id);
        let gone = with_parts(&reading, leaver);
        let any_there = |parties: &BTreeSet<String>, gone| parties.iter().any(|party| is_there(&reading, &aways, party, Some(on), gone));
        let gaps = ground.uniform(|task, component, combination| {
            let cell = reading.cell(task, component, combination);
            let absent = NEEDED.into_iter().filter(|letter| cell.held.get(letter).is_some_and(|parties| !any_there(parties, &nobody)));
            gaps_of(&cell).map(|gaps| gaps.into_iter().chain(absent.map(|letter| (letter, "absent"))).collect())
        });
        let answered = policy.gaps(&asked);
        let answered = answered.iter().map(|gap| told(&policy, &combinations, (gap.letter, gap.why.as_str()), gap.block, &gap.when));
        prop_assert_eq!(answered.collect::<BTreeSet<_>>(), gaps);
        let losses = ground.uniform(|task, component, combination| {
            let cell = reading.cell(task, component, combination);
            let lost = |letter: &Letter| cell.held.get(letter).is_some_and(|parties| any_there(parties, &nobody) && !any_there(parties, &gone));
            (cell.status != "not-applicable").then(|| NEEDED.into_iter().filter(lost).collect())
        });
        let impact = policy.impact(policy.party(leaver).unwrap(), &asked);
        let answered = impact.losses.iter().map(|loss| told(&policy, &combinations, loss.letter, loss.block, &loss.when));
        prop_assert_eq!(answered.collect::<BTreeSet<_>>(), losses);
    }

    /// Of an answer on a day, everybody is told who is away of those it names and of the persons in them.
    #[test]
    fn who_is_absent_of_an_answer_is_told(written in models(), plan in aways(), on in 0..DAYS) {
        let (written, aways) = with_aways(&written, &plan);
        let (policy, reading) = (written.load(), Reading::of(&written.documents));
        let is_away = |person: &String| aways.get(person).is_some_and(|(from, until, _)| (*from..=*until).contains(&on));
        for (task, component) in super::places(&reading) {
            let combinations = reading.combinations();
            let held = combinations.iter().map(|combination| reading.cell(task, component, combination).held);
            let named: BTreeSet<String> = held.flat_map(BTreeMap::into_values).flatten().collect();
            let persons: BTreeSet<String> = named.iter().flat_map(|party| leaves(&reading, Some(party))).filter(is_away).collect();
            let expected = persons.into_iter().map(|person| (person.clone(), stands(&aways, &person, Some(on))));
            let answer = policy.answer(policy.cell(task, component).unwrap(), &rasci::Context::default());
            let absent = policy.absent_among(&answer.parties(), day(on));
            let told: BTreeMap<String, Option<String>> =
                absent.iter().map(|(person, deputy)| (party_id(&policy, *person), deputy.map(|id| party_id(&policy, id)))).collect();
            prop_assert_eq!(absent.len(), told.len(), "each once");
            prop_assert_eq!(told, expected.collect());
        }
    }

    /// On a day, what a party is told to hold is what it holds, cell by cell, in each way.
    #[test]
    fn duties_on_a_day_are_what_is_held_on_it(written in models(), plan in aways(), on in 0..DAYS, who in any::<Index>()) {
        let (written, _) = with_aways(&written, &plan);
        let (policy, reading) = (written.load(), Reading::of(&written.documents));
        let party = policy.party(&who.get(&reading.parties).id).unwrap();
        let asked = Asked { on: Some(day(on)), ..Asked::default() };
        let duties = policy.duties_asked(party, &How::ALL, None, &asked);
        let because = policy.why_duties(party, &duties, &asked.context);
        prop_assert!(because.iter().all(|because| !because.is_empty()));
        for (task, component) in super::places(&reading) {
            let cell = policy.cell(task, component).unwrap();
            for combination in reading.combinations() {
                if !reading.is_there(task, component, &combination) {
                    continue;
                }
                let context = super::context(&policy, &combination);
                for (letter, way) in Letter::ALL.into_iter().flat_map(|letter| How::ALL.map(|way| (letter, way))) {
                    let holds = policy.holding(party, letter, cell, &context, asked.on, &[way]).is_yes();
                    let covered = duties.iter().any(|duty| {
                        (duty.letter, duty.how) == (letter, way)
                            && super::alternatives(&policy, &duty.when, &combination) > 0
                            && duty.block.cells(policy.model()).any(|other| other == cell)
                    });
                    prop_assert_eq!(covered, holds, "{:?} {:?} {} {:?}", letter, way, task, component);
                }
            }
        }
    }
}
