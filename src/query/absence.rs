//! `absence`: day by day, who is away, who stands in, and what nobody covers.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::gaps::{Gap, GapWhy};
use super::survey::{Asked, Survey};
use crate::document::PartyKind;
use crate::model::{Model, PartyId, Presence};
use crate::policy::Policy;

/// Days on which the same persons are away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Away {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
    /// Who is away, each with who stands in: the first in the chain of deputies who is there.
    pub persons: Vec<(PartyId, Option<PartyId>)>,
    /// Where none of those who are responsible, or accountable, is there; all of [`GapWhy::Absent`].
    pub uncovered: Vec<Gap>,
    /// The parties that have fewer persons there than they need, though all together are enough.
    pub short: Vec<Short>,
}

/// A party with fewer persons there than it needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Short {
    /// The party.
    pub party: PartyId,
    /// How many of its persons are there, or have somebody who stands in.
    pub there: usize,
    /// How many it needs.
    pub needed: usize,
}

impl Policy {
    /// The days from one to another, both included, on which somebody is away: who, who stands in, and what nobody covers
    /// in the context and the letters asked for. Days on which all is the same are one entry; the day of `asked` is not
    /// looked at.
    ///
    /// ```
    /// # use rasci::{Policy, jiff::civil::date, query::Asked};
    /// let policy = Policy::parse("model.yaml", "
    /// rasci: 1
    /// id: example
    /// parties: { ann: { kind: person, absent: [{ from: 2026-12-21, until: 2027-01-04 }] } }
    /// tasks: { restore: { assign: [{ R: ann }] } }
    /// ")?;
    /// let away = policy.away(date(2026, 12, 1), date(2026, 12, 31), &Asked::default());
    /// let [days] = &away[..] else { panic!("one entry") };
    /// assert_eq!((days.from, days.until), (date(2026, 12, 21), date(2026, 12, 31)));
    /// assert_eq!(days.uncovered.len(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn away(&self, from: Date, until: Date, asked: &Asked) -> Vec<Away> {
        let model = self.model();
        let survey = Survey::new(self, &asked.context);
        let mut all = Vec::new();
        let mut first = Some(from).filter(|from| *from <= until);
        while let Some(day) = first {
            let last = self.alike_until(day, until);
            let away = model.parties().filter_map(|(id, _)| Some((id, self.absence(id, day)?.deputy)));
            let persons: Vec<(PartyId, Option<PartyId>)> = away.collect();
            if !persons.is_empty() {
                let asked = Asked { on: Some(day), ..asked.clone() };
                let uncovered = self.gaps_in(&survey, &asked, &[GapWhy::Absent]);
                all.push(Away { from: day, until: last, persons, uncovered, short: short(model, day) });
            }
            first = last.tomorrow().ok().filter(|next| *next <= until);
        }
        all
    }

    /// Who of these parties, and of the persons in them, is absent on a day, each once, with who stands in.
    ///
    /// ```
    /// # use rasci::{Policy, jiff::civil::date};
    /// let policy = Policy::parse("model.yaml", "
    /// rasci: 1
    /// id: example
    /// parties:
    ///   helpdesk:
    ///     parties: { ann: { kind: person, absent: [{ from: 2026-12-21, until: 2026-12-31, deputy: bob }] }, bob: { kind: person } }
    /// ")?;
    /// let absent = policy.absent_among(&[policy.party("helpdesk")?], date(2026, 12, 24));
    /// assert_eq!(absent, [(policy.party("ann")?, Some(policy.party("bob")?))]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn absent_among(&self, parties: &[PartyId], day: Date) -> Vec<(PartyId, Option<PartyId>)> {
        let mut looked_at = BTreeSet::new();
        let persons = parties.iter().flat_map(|party| persons(self.model(), *party)).filter(|person| looked_at.insert(*person));
        persons.filter_map(|person| Some((person, self.absence(person, day)?.deputy))).collect()
    }

    /// The last day before the next on which an absence begins, or has ended.
    fn alike_until(&self, day: Date, until: Date) -> Date {
        let absences = self.model().parties().flat_map(|(_, party)| &party.absences);
        let ends = absences.flat_map(|absence| [absence.from.yesterday().ok(), Some(absence.until)]).flatten();
        ends.filter(|end| *end >= day).min().map_or(until, |end| end.min(until))
    }
}

fn short(model: &Model, day: Date) -> Vec<Short> {
    let presence = Presence::on(model, day);
    let of_party = |(party, it): (PartyId, &crate::model::Party)| {
        let needed = usize::try_from(it.staff_at_least?).ok()?;
        let persons = persons(model, party);
        let there = persons.iter().filter(|person| presence.is_there(**person)).count();
        (persons.len() >= needed && there < needed).then_some(Short { party, there, needed })
    };
    model.parties().filter_map(of_party).collect()
}

/// The distinct persons in a party, at any depth.
fn persons(model: &Model, party: PartyId) -> Vec<PartyId> {
    let (mut reached, mut open) = (BTreeSet::new(), vec![party]);
    while let Some(party) = open.pop() {
        if reached.insert(party) {
            let it = model.party(party);
            open.extend(it.parts.iter().chain(&it.members));
        }
    }
    reached.into_iter().filter(|party| model.party(*party).kind == Some(PartyKind::Person)).collect()
}
