//! What a model declares besides who does what: persons, staff, requirements, absences, limits, flows, escalations, and ids
//! that are much alike. What was declared is kept beside the documents, in plain words, for a second reading.

use std::collections::{BTreeMap, BTreeSet};

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::Index;
use rasci::document::{Absence, Entries, Flow, Party, PartyKind, Requirement, Staff, Step, Task};
use rasci::jiff::civil::{Date, date};
use rasci::source::{Span, Spanned};

use super::documents::{name, names};
use super::{Written, models};
use crate::oracle::Reading;

/// What a model declares, in the words of its documents.
#[derive(Debug, Clone, Default)]
pub struct Declared {
    pub persons: BTreeSet<String>,
    pub staff: BTreeMap<String, u32>,
    pub requires: BTreeMap<String, BTreeSet<String>>,
    pub satisfies: BTreeMap<String, BTreeSet<String>>,
    /// For each person the first and the last day away, and who stands in.
    pub away: BTreeMap<String, (Date, Date, Option<String>)>,
    pub scopes: BTreeMap<String, BTreeSet<String>>,
    pub escalation: Vec<String>,
    pub steps: Vec<Taken>,
    /// The ids that are alike, or nearly, each with the layer that declares it first.
    pub alike: Vec<(String, usize)>,
}

/// A step of the flow.
#[derive(Debug, Clone)]
pub struct Taken {
    pub id: String,
    pub task: Option<String>,
    pub component: Option<String>,
    /// The value of the first dimension with which it is taken.
    pub when: Option<String>,
    pub then: Vec<String>,
}

type StepPlan = (Option<Index>, Option<Index>, Option<Index>, Vec<Index>);

/// The plan: whom each entry picks.
#[derive(Debug, Clone)]
pub struct Dressing {
    persons: Vec<bool>,
    staff: Vec<(Index, u32)>,
    requires: Vec<(Index, bool)>,
    satisfies: Vec<(Index, bool)>,
    away: Vec<Option<(u8, u8, Option<Index>)>>,
    scopes: Vec<(Index, Vec<Index>)>,
    escalation: Vec<Index>,
    steps: Vec<StepPlan>,
    alike: Vec<(usize, bool)>,
}

/// Ids that are one edit apart, or a hyphen; two edits; or apart in a digit.
const ALIKE: [&str; 8] = ["helpdesk", "helpdesc", "help-desk", "helpdes", "level-1", "level-2", "abcd", "abce"];
const REQUIRED: [&str; 2] = ["agreement", "training"];

/// A model with all that may be declared, and what was.
pub fn dressed() -> impl Strategy<Value = (Written, Declared)> {
    let index = any::<Index>;
    let step = (option::weighted(0.8, index()), option::of(index()), option::weighted(0.3, index()), vec(index(), 0..=2));
    let away = option::weighted(0.6, (0..8u8, 0..4u8, option::of(index())));
    let people = (vec(any::<bool>(), 6), vec((index(), 1..4u32), 0..=3), vec(away, 0..=5));
    let asked = (vec((index(), any::<bool>()), 0..=3), vec((index(), any::<bool>()), 0..=4));
    let rest = (vec((index(), vec(index(), 1..=2)), 0..=3), vec(index(), 0..=3), vec(step, 0..=5));
    let alike = vec((0..ALIKE.len(), any::<bool>()), 0..=3);
    (models(), people, asked, rest, alike).prop_map(
        |(written, (persons, staff, away), (requires, satisfies), (scopes, escalation, steps), alike)| {
            let plan = Dressing { persons, staff, requires, satisfies, away, scopes, escalation, steps, alike };
            plan.dress(written)
        },
    )
}

fn day(nth: u8) -> Date {
    date(2030, 5, i8::try_from(nth + 1).unwrap())
}

impl Dressing {
    fn dress(&self, mut written: Written) -> (Written, Declared) {
        for (_, document) in &mut written.documents {
            document.tasks.0.iter_mut().for_each(|(_, task)| untimed(task));
        }
        let declared = self.declare(&mut written);
        for (_, document) in &mut written.documents {
            document.parties.0.iter_mut().for_each(|(id, party)| declared.mark(&id.value, party));
        }
        let base = &mut written.documents[0].1;
        base.requirements = Entries(REQUIRED.iter().map(|id| (name(id), Requirement::default())).collect());
        let dimension = base.context.0.first().map(|(dimension, _)| dimension.value.to_string());
        let top = written.top();
        if !declared.escalation.is_empty() {
            top.escalation = Entries(vec![(name("support"), names(&declared.escalation))]);
        }
        let step = |taken: &Taken| {
            let when = taken.when.as_ref().zip(dimension.as_ref());
            let when =
                when.map(|(value, dimension)| Entries(vec![(name(dimension), rasci::document::Values::In(names([value])))]));
            Spanned::new(
                Step {
                    id: Some(name(&taken.id)),
                    task: taken.task.as_deref().map(name),
                    component: taken.component.as_deref().map(name),
                    when,
                    then: (!taken.then.is_empty()).then(|| names(&taken.then)),
                    ..Step::default()
                },
                Span::default(),
            )
        };
        if !declared.steps.is_empty() {
            let steps = declared.steps.iter().map(step).collect();
            top.flows = Entries(vec![(name("case"), Flow { steps, ..Flow::default() })]);
        }
        (written, declared)
    }

    fn declare(&self, written: &mut Written) -> Declared {
        let mut declared = Declared::default();
        let last = written.documents.len() - 1;
        for (nth, later) in &self.alike {
            let (id, layer) = (ALIKE[*nth], if *later { last } else { 0 });
            if declared.alike.iter().all(|(known, _)| known != id) {
                declared.alike.push((id.to_owned(), layer));
                written.documents[layer].1.parties.0.push((name(id), Party::default()));
            }
        }
        let reading = Reading::of(&written.documents);
        let inside = |whole: &str| reading.parties.iter().any(|who| who.inside.contains(whole));
        let ids: Vec<String> = reading.parties.iter().map(|who| who.id.clone()).collect();
        let undivided: Vec<String> = ids.iter().filter(|id| !inside(id)).cloned().collect();
        let persons: Vec<String> = undivided.into_iter().zip(&self.persons).filter(|(_, is)| **is).map(|(id, _)| id).collect();
        for (nth, away) in self.away.iter().enumerate().take(persons.len()) {
            let Some((from, more, deputy)) = away else { continue };
            // Deputies come later in the list: no circles.
            let later = &persons[nth + 1..];
            let deputy = deputy.filter(|_| !later.is_empty()).map(|deputy| deputy.get(later).clone());
            declared.away.insert(persons[nth].clone(), (day(*from), day(from + more), deputy));
        }
        for (at, which) in &self.requires {
            let required = REQUIRED[usize::from(*which)].to_owned();
            declared.requires.entry(at.get(&ids).clone()).or_default().insert(required);
        }
        for (at, which) in self.satisfies.iter().filter(|_| !persons.is_empty()) {
            let satisfied = REQUIRED[usize::from(*which)].to_owned();
            declared.satisfies.entry(at.get(&persons).clone()).or_default().insert(satisfied);
        }
        declared.staff = self.staff.iter().map(|(at, count)| (at.get(&ids).clone(), *count)).collect();
        let components: Vec<String> = reading.components.iter().map(|place| place.id.clone()).collect();
        let tasks: Vec<String> = reading.tasks.iter().map(|place| place.id.clone()).collect();
        let picked = |at: &Index, from: &[String]| (!from.is_empty()).then(|| at.get(from).clone());
        for (at, listed) in self.scopes.iter().filter(|_| !components.is_empty()) {
            declared.scopes.insert(at.get(&ids).clone(), listed.iter().map(|at| at.get(&components).clone()).collect());
        }
        declared.escalation = self.escalation.iter().map(|at| at.get(&ids).clone()).collect();
        declared.escalation.dedup();
        let values = written.documents[0]
            .1
            .context
            .0
            .first()
            .map_or(Vec::new(), |(_, values)| values.items.iter().map(|value| value.value.to_string()).collect());
        let count = self.steps.len();
        let step = |(nth, (task, component, when, then)): (usize, &StepPlan)| Taken {
            id: format!("s{nth}"),
            task: task.as_ref().and_then(|at| picked(at, &tasks)),
            component: component.as_ref().and_then(|at| picked(at, &components)),
            when: when.as_ref().and_then(|at| picked(at, &values)),
            then: then.iter().map(|at| format!("s{}", at.index(count))).collect::<BTreeSet<_>>().into_iter().collect(),
        };
        declared.steps = self.steps.iter().enumerate().map(step).collect();
        declared.persons = persons.into_iter().collect();
        declared
    }
}

impl Declared {
    /// Writes into a party, and those in it, what is declared of it.
    fn mark(&self, id: &str, party: &mut Party<'static>) {
        party.parties.0.iter_mut().for_each(|(id, party)| self.mark(&id.value, party));
        if self.persons.contains(id) {
            party.kind = Some(PartyKind::Person);
        }
        party.staff = self.staff.get(id).map(|count| Staff { at_least: Some(Spanned::new(*count, Span::default())) });
        party.requires = self.requires.get(id).map(names);
        party.satisfies = self.satisfies.get(id).map(names);
        party.scope = self.scopes.get(id).map(names);
        let absence = |(from, until, deputy): &(Date, Date, Option<String>)| Absence {
            from: Some(name(&from.to_string())),
            until: Some(name(&until.to_string())),
            deputy: deputy.as_deref().map(name),
        };
        party.absent = self.away.get(id).map(|away| Spanned::new(absence(away), Span::default())).into_iter().collect();
    }
}

/// Conditions of time limits count as uses of a dimension; the second reading knows none.
fn untimed(task: &mut Task<'static>) {
    task.within = None;
    task.tasks.0.iter_mut().for_each(|(_, task)| untimed(task));
}
