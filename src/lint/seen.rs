//! What looks at cells gave: what was found, once for each cause, with where it first shows; and who and what took part.
//!
//! Parts of the tasks may be looked at apart, and what was seen in each is put together in their order.

use hashbrown::HashMap;
use hashbrown::hash_map::Entry;

use super::ground::Ground;
use super::hits::{Hit, Words, apart};
use super::look::Look;
use super::sets::Set;
use super::twice::Twice;
use crate::document::Letter;
use crate::matrix::{Cell, clauses};
use crate::model::{AssignmentId, Handle, Model, PartyId, PartyRef};

/// Of a finding that shows first in more cells than this no more are told.
const MOST_PLACES: usize = 64;

/// Where more cells than this lie at the places of a finding and below, they are not counted.
pub(super) const MOST_COUNTED: usize = 2_000;

/// What looks at cells gave.
pub(super) struct Seen {
    /// The assignments that take part in a letter of some cell.
    pub(super) took_part: Vec<bool>,
    /// The tasks in a cell of which somebody, or nobody on purpose, is named.
    pub(super) said: Vec<bool>,
    /// The parties named in a cell.
    pub(super) named: Vec<bool>,
    /// The assignments without which some party would hold nothing where it does, whatever else were left out.
    pub(super) needed: Vec<bool>,
    /// Every set of parties that is responsible, or accountable, together, in a model with persons; and where first.
    pub(super) together: HashMap<(Letter, Vec<PartyId>), Cell>,
    pub(super) found: HashMap<&'static str, HashMap<(AssignmentId, Words), Shown>>,
    /// How many places beyond the first are still kept.
    further_places: usize,
}

impl Seen {
    /// Nothing yet; so many places beyond the first of each finding are to be kept.
    pub(super) fn nothing(model: &Model, further_places: usize) -> Self {
        Self {
            took_part: vec![false; model.assignments.len()],
            said: vec![false; model.tasks.len()],
            named: vec![false; model.parties.len()],
            needed: vec![false; model.assignments.len()],
            together: HashMap::new(),
            found: HashMap::new(),
            further_places,
        }
    }

    /// Keeps where a finding shows; gives whether it is to be told of further places.
    pub(super) fn keep(
        &mut self,
        ground: &Ground<'_>,
        name: &'static str,
        hit: Hit,
        cell: Cell,
        other: Option<AssignmentId>,
    ) -> bool {
        let of_lint = self.found.entry(name).or_default();
        let shown = match of_lint.entry((hit.cause, hit.words)) {
            Entry::Vacant(entry) => entry.insert(Shown::first(ground, cell, hit.when, other, self.further_places)),
            Entry::Occupied(entry) => {
                let shown = entry.into_mut();
                shown.add(ground, cell, hit.when, &mut self.further_places);
                shown
            }
        };
        !shown.vast
    }

    /// Whether a party is named in some cell.
    pub(super) fn is_named(&self, party: PartyId) -> bool {
        self.named.get(party.place()).copied().unwrap_or(true)
    }

    /// Takes down who and what takes part in a cell.
    pub(super) fn take_down(&mut self, look: &Look<'_>, persons: bool, twice: &Twice<'_, '_>) {
        if !look.assigned.is_never() || !look.nobody.is_never() {
            self.said.get_mut(look.cell.task.place()).into_iter().for_each(|said| *said = true);
        }
        for (letter, taking) in look.letters() {
            for (part, adds) in taking.parts().filter(|(part, _)| look.asks(part.at)) {
                let component = look.cell.component;
                mark(&mut self.took_part, part.id.place());
                for party in clauses(look.ground.model(), part.id, letter, adds).flat_map(|clause| clause.parties.iter()) {
                    match party {
                        PartyRef::Party(party) => {
                            mark(&mut self.named, party.place());
                            if let Some(needed) = self.needed.get_mut(part.id.place()).filter(|needed| !**needed) {
                                *needed = twice.only(part.id, party, letter, component);
                            }
                        }
                        PartyRef::Relation(relation) => {
                            for party in look.ground.related.parties(relation, component) {
                                mark(&mut self.named, party.place());
                            }
                        }
                    }
                }
            }
            if persons && matches!(letter, Letter::Responsible | Letter::Accountable) && look.asks_of(letter) {
                for (parties, _) in apart(&look.parties(letter), &taking.held) {
                    self.together.entry((letter, parties)).or_insert(look.cell);
                }
            }
        }
    }

    /// With what was seen in tasks that come later.
    pub(super) fn and(&mut self, ground: &Ground<'_>, later: Self) {
        let either = |marks: &mut [bool], others: &[bool]| marks.iter_mut().zip(others).for_each(|(mark, other)| *mark |= other);
        either(&mut self.took_part, &later.took_part);
        either(&mut self.said, &later.said);
        either(&mut self.named, &later.named);
        either(&mut self.needed, &later.needed);
        for (together, cell) in later.together {
            self.together.entry(together).or_insert(cell);
        }
        for (name, of_lint) in later.found {
            let known = self.found.entry(name).or_default();
            for (finding, shown) in of_lint {
                match known.entry(finding) {
                    Entry::Vacant(entry) => {
                        entry.insert(shown);
                    }
                    Entry::Occupied(mut entry) => entry.get_mut().and(ground, shown),
                }
            }
        }
    }
}

fn mark(marks: &mut [bool], place: usize) {
    marks.get_mut(place).into_iter().for_each(|mark| *mark = true);
}

/// Where a finding shows first: the highest cells, each with when.
#[derive(Debug)]
pub(super) struct Shown {
    pub(super) first: (Cell, Set),
    pub(super) others: Vec<(Cell, Set)>,
    /// How many cells lie at these places and below.
    size: usize,
    /// Whether there are, or may be, more than are kept.
    pub(super) vast: bool,
    /// Of two that disagree, the other.
    pub(super) other: Option<AssignmentId>,
}

impl Shown {
    fn first(ground: &Ground<'_>, cell: Cell, when: Set, other: Option<AssignmentId>, further: usize) -> Self {
        let size = ground.size_below(cell);
        Self { first: (cell, when), others: Vec::new(), size, vast: size > MOST_COUNTED || further == 0, other }
    }

    fn add(&mut self, ground: &Ground<'_>, cell: Cell, when: Set, further: &mut usize) {
        // What shows below where it showed before adds nothing.
        if self.vast || self.places().any(|(above, before)| ground.is_below(cell, *above) && when.within(before)) {
            return;
        }
        self.size = self.size.saturating_add(ground.size_below(cell));
        *further = further.saturating_sub(1);
        self.others.push((cell, when));
        self.vast = self.others.len() + 1 >= MOST_PLACES || self.size > MOST_COUNTED || *further == 0;
    }

    /// With where it shows in tasks that come later.
    fn and(&mut self, ground: &Ground<'_>, later: Self) {
        let mut further = usize::MAX;
        for (cell, when) in std::iter::once(later.first).chain(later.others) {
            self.add(ground, cell, when, &mut further);
        }
        self.vast |= later.vast;
    }

    pub(super) fn places(&self) -> impl Iterator<Item = &(Cell, Set)> {
        std::iter::once(&self.first).chain(&self.others)
    }
}
