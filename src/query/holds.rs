//! `holds`: whether a party holds a letter, in which way, and through whom.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use crate::document::Letter;
use crate::error::QueryError;
use crate::matrix::{Cell, Outcome, cases};
use crate::model::{Context, Model, PartyId, When};
use crate::policy::Policy;

/// In which way a party holds a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum How {
    /// It is named.
    Named,
    /// A party that contains it is named.
    AsMember,
    /// A party that it contains is named.
    ThroughPart,
}

impl How {
    /// The three, the closest first.
    pub const ALL: [Self; 3] = [Self::Named, Self::AsMember, Self::ThroughPart];

    /// The word that front ends show.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Named => "named",
            Self::AsMember => "as-member",
            Self::ThroughPart => "through-part",
        }
    }
}

/// Whether a party holds a letter, over all that the context leaves open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// In every combination.
    Held,
    /// In none.
    NotHeld,
    /// In some.
    Depends,
}

impl Verdict {
    /// The word that front ends show.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::NotHeld => "not-held",
            Self::Depends => "depends",
        }
    }
}

/// The answer to `holds`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holds {
    /// The cases, in the order of their first combination.
    pub cases: Vec<HeldCase>,
}

/// One case: when, in which way, and through which named parties.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldCase {
    /// When it holds; none means always.
    pub when: When,
    /// The closest way in which the letter is held; none where it is not.
    pub how: Option<How>,
    /// The parties it is held through, in declared order: the party itself where it is named, or the absent person it
    /// stands in for; the named party that contains it; the part of it that is named, or stands in for one.
    pub through: Vec<PartyId>,
}

/// Who stands in for a person who is absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StandIn {
    /// The first in the chain of deputies who is not absent; without one, nobody does.
    pub deputy: Option<PartyId>,
}

impl Holds {
    /// The answer in one word.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        match (self.cases.iter().all(|case| case.how.is_some()), self.cases.iter().any(|case| case.how.is_some())) {
            (true, true) => Verdict::Held,
            (false, true) => Verdict::Depends,
            (_, false) => Verdict::NotHeld,
        }
    }

    /// Whether the letter is held in every combination.
    #[must_use]
    pub fn is_yes(&self) -> bool {
        self.verdict() == Verdict::Held
    }
}

impl Policy {
    /// Whether a party holds a letter of a task at a component, in a context that may leave dimensions open.
    ///
    /// ```
    /// # use rasci::{Letter, Policy};
    /// let policy = Policy::load("policies/anywherenow/operating-model-2.yaml")?;
    /// let p1 = policy.context([("priority", "P1")])?;
    /// assert!(policy.holds("l1-support", Letter::Responsible, "submit-case", "sbc", &p1)?.is_yes());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// Where the party, the task or the component is unknown.
    pub fn holds<'n>(
        &self,
        party: &str,
        letter: Letter,
        task: &str,
        component: impl Into<Option<&'n str>>,
        context: &Context,
    ) -> Result<Holds, QueryError> {
        Ok(self.holding(self.party(party)?, letter, self.cell(task, component)?, context, None, &How::ALL))
    }

    /// Whether a party holds a letter of a cell in one of the ways given, on a day where one is given.
    #[must_use]
    pub fn holding(
        &self,
        party: PartyId,
        letter: Letter,
        cell: Cell,
        context: &Context,
        on: Option<Date>,
        ways: &[How],
    ) -> Holds {
        let view = self.view(cell);
        let space = view.space(self.model(), self.matrix(), context);
        let circle = Circle::new(self.model(), party, on);
        let found = cases(&space, |combination| {
            let decided = view.decide(self.model(), combination);
            let named: Vec<PartyId> = decided.letters.get(letter.index()).into_iter().flat_map(Outcome::parties).collect();
            ways.iter().map(|way| (*way, circle.through(*way, &named))).find(|(_, through)| !through.is_empty())
        });
        let case = |(when, found): (When, Option<(How, Vec<PartyId>)>)| {
            let (how, through) = found.map_or((None, Vec::new()), |(how, through)| (Some(how), through));
            HeldCase { when, how, through }
        };
        Holds { cases: found.into_iter().map(case).collect() }
    }

    /// Who stands in for a party on a day; none where it is no person who is absent then.
    #[must_use]
    pub fn absence(&self, party: PartyId, on: Date) -> Option<StandIn> {
        stand_in(self.model(), party, on)
    }
}

fn stand_in(model: &Model, party: PartyId, on: Date) -> Option<StandIn> {
    let mut deputy = model.party(party).absence_on(on)?.deputy;
    // Deputies in a circle, all absent on one day, are refused when the model is loaded.
    while let Some(absence) = deputy.and_then(|deputy| model.party(deputy).absence_on(on)) {
        deputy = absence.deputy;
    }
    Some(StandIn { deputy })
}

/// The named parties through which a party can hold a letter on a day, each with the way: itself or whom it stands in for,
/// all that contain it, all that it contains.
pub(super) fn related(model: &Model, party: PartyId, on: Option<Date>) -> Vec<(How, PartyId)> {
    let circle = Circle::new(model, party, on);
    let all: Vec<PartyId> = model.parties().map(|(id, _)| id).collect();
    let of_way = |way: How| {
        all.iter().filter(|named| circle.holds_through(way, **named).is_some()).map(move |named| (way, *named)).collect()
    };
    How::ALL.into_iter().flat_map(|way| -> Vec<(How, PartyId)> { of_way(way) }).collect()
}

/// A party, all that contain it and all that it contains, on a day.
pub(super) struct Circle<'m> {
    model: &'m Model,
    party: PartyId,
    on: Option<Date>,
    containing: HashSet<PartyId>,
    contained: HashSet<PartyId>,
}

impl<'m> Circle<'m> {
    pub(super) fn new(model: &'m Model, party: PartyId, on: Option<Date>) -> Self {
        let up = |party: PartyId| model.party(party).parent.iter().chain(&model.party(party).member_of).copied().collect();
        let down = |party: PartyId| model.party(party).parts.iter().chain(&model.party(party).members).copied().collect();
        let mut containing = walk(party, up);
        // Who stands in for a person is in every party that the person is in.
        for person in on.map(|on| stood_in_for(model, party, on)).unwrap_or_default() {
            containing.extend(walk(person, up));
        }
        Self { model, party, on, containing, contained: walk(party, down) }
    }

    /// The parties through which the party holds what these hold, in one way.
    fn through(&self, way: How, named: &[PartyId]) -> Vec<PartyId> {
        named.iter().filter_map(|named| self.holds_through(way, *named)).collect()
    }

    /// The party through which the party holds what a named one holds, in one way; none where it does not.
    pub(super) fn holds_through(&self, way: How, named: PartyId) -> Option<PartyId> {
        let absence = |party: PartyId| self.on.and_then(|on| stand_in(self.model, party, on));
        if absence(self.party).is_some() {
            return None;
        }
        // On a day, a named person who is absent is whoever stands in.
        let there = |party: PartyId| absence(party).map_or(Some(party), |absent| absent.deputy);
        match way {
            How::Named => (there(named) == Some(self.party)).then_some(named),
            How::AsMember => (absence(named).is_none() && self.containing.contains(&named)).then_some(named),
            How::ThroughPart => there(named).filter(|named| self.contained.contains(named)),
        }
    }
}

/// The persons that a party stands in for on a day, through chains of deputies who are absent too.
fn stood_in_for(model: &Model, party: PartyId, on: Date) -> HashSet<PartyId> {
    let mut absent: HashMap<PartyId, Vec<PartyId>> = HashMap::new();
    for (person, it) in model.parties() {
        if let Some(deputy) = it.absence_on(on).and_then(|absence| absence.deputy) {
            absent.entry(deputy).or_default().push(person);
        }
    }
    let there = model.party(party).absence_on(on).is_none();
    if there { walk(party, |deputy| absent.get(&deputy).cloned().unwrap_or_default()) } else { HashSet::new() }
}

/// All that is reached from a party, without itself.
fn walk(from: PartyId, next: impl Fn(PartyId) -> Vec<PartyId>) -> HashSet<PartyId> {
    let mut open = next(from);
    let mut reached = HashSet::new();
    while let Some(party) = open.pop() {
        if reached.insert(party) {
            open.extend(next(party));
        }
    }
    reached
}
