//! `escalation`: from a party up to the last, what each holds on the way, per context.

use jiff::civil::Date;

use super::holds::{Circle, How};
use super::survey::{Asked, Survey, look};
use crate::document::Letter;
use crate::matrix::{Cell, Decided, Region};
use crate::model::{PartyId, When};
use crate::policy::Policy;

/// The rest of an escalation, from where a party enters it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// The place of the escalation in [`Model::escalations`](crate::Model::escalations).
    pub escalation: usize,
    /// In which way the party that was asked about is the first rung; none where nobody was.
    pub enters: Option<How>,
    /// The parties, each handing over to the next.
    pub rungs: Vec<Rung>,
}

/// A party of an escalation, and what it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rung {
    /// The party.
    pub party: PartyId,
    /// What it holds in any way, in each case: of the cell asked about, or anywhere where none was.
    pub cases: Vec<RungCase>,
}

/// One case of what a party of an escalation holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RungCase {
    /// When; none means always.
    pub when: When,
    /// The letters. Where there are none, the case is handed to a party that has nothing to do with it.
    pub letters: Vec<Letter>,
}

impl Policy {
    /// Every escalation from a party on (itself, a party that contains it, or one that it contains, in this order), whole
    /// where no party is given; with what each party holds in the letters asked for: of a cell, or anywhere.
    ///
    /// ```
    /// # use rasci::{Policy, query::Asked};
    /// let policy = Policy::parse("model.yaml", "
    /// rasci: 1
    /// id: example
    /// parties: { helpdesk: { parties: { ann: { kind: person } } }, vendor: {}, board: {} }
    /// tasks: { restore: { assign: [{ A/R: helpdesk, S: vendor }] } }
    /// escalation: { support: [helpdesk, vendor, board] }
    /// ")?;
    /// let routes = policy.routes(Some(policy.party("ann")?), Some(policy.cell("restore", None)?), &Asked::default());
    /// let [route] = &routes[..] else { panic!("one route") };
    /// let held: Vec<usize> = route.rungs.iter().map(|rung| rung.cases[0].letters.len()).collect();
    /// assert_eq!(held, [2, 1, 0], "the board has nothing to do with it");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn routes(&self, from: Option<PartyId>, cell: Option<Cell>, asked: &Asked) -> Vec<Route> {
        let seen: Vec<(Region, Decided)> = match cell {
            Some(cell) => look(self, cell, &asked.context),
            None => Survey::new(self, &asked.context).into_cases().collect(),
        };
        let circle = from.map(|party| Circle::new(self.model(), party, asked.on));
        let mut routes = Vec::new();
        for (nth, escalation) in self.model().escalations().iter().enumerate() {
            let entry = circle.as_ref().map(|circle| {
                let enters = |way: How| {
                    let at = escalation.steps.iter().position(|step| circle.holds_through(way, *step).is_some());
                    at.map(|at| (way, at))
                };
                How::ALL.into_iter().find_map(enters)
            });
            let (enters, start) = match entry {
                None => (None, 0),
                Some(Some((way, at))) => (Some(way), at),
                Some(None) => continue,
            };
            let rungs = escalation.steps.iter().skip(start).map(|party| self.rung(*party, &seen, asked));
            routes.push(Route { escalation: nth, enters, rungs: rungs.collect() });
        }
        routes
    }

    /// What a party holds in what was seen, by the combinations in which it holds the same letters.
    fn rung(&self, party: PartyId, seen: &[(Region, Decided)], asked: &Asked) -> Rung {
        let on: Option<Date> = asked.on;
        let circle = Circle::new(self.model(), party, on);
        let holds = |decided: &Decided, letter: Letter| {
            let mut named = decided.outcome(letter).parties();
            named.any(|named| How::ALL.into_iter().any(|way| circle.holds_through(way, named).is_some()))
        };
        let mut cases: Vec<(Region, Vec<Letter>)> = vec![(Region::Always, Vec::new())];
        for letter in asked.letters_of(&Letter::ALL) {
            let of_letter = seen.iter().filter(|(_, decided)| holds(decided, letter));
            let held = of_letter.fold(Region::Never, |all, (region, _)| all.or(region));
            let split = |(region, letters): (Region, Vec<Letter>)| {
                let with: Vec<Letter> = letters.iter().copied().chain([letter]).collect();
                [(region.and(&held), with), (region.and(&held.not()), letters)]
            };
            cases = cases.into_iter().flat_map(split).filter(|(region, _)| *region != Region::Never).collect();
        }
        let case = |(region, letters): (Region, Vec<Letter>)| region.when().map(|when| RungCase { when, letters });
        Rung { party, cases: cases.into_iter().filter_map(case).collect() }
    }
}
