//! Where a party may hold two letters that say too much together: where two assignments that both name it meet.

use super::ground::Ground;
use super::look::bit;
use super::rows::{Rows, letters_in, place_rank};
use super::stands::relation_bit;
use super::sweep::Own;
use crate::document::Letter;
use crate::matrix::Cell;
use crate::model::{AssignmentId, ComponentId, Handle, Model, PartyId, PartyRef, RelationId, TaskId};

/// That an assignment names a party.
#[derive(Debug, Clone, Copy)]
struct Naming {
    id: AssignmentId,
    component: ComponentId,
    rank: u32,
    sets: u8,
    adds: u8,
}

/// What a task on the path changed.
struct Entered {
    /// The parties named at it, in order.
    named: Vec<PartyId>,
    /// The relations that were named at exactly some components before it.
    before: Vec<(ComponentId, u32)>,
}

/// Who is named at the tasks on the path.
pub(super) struct Twice<'g, 'p> {
    ground: &'g Ground<'p>,
    /// The assignments that name each party.
    of_party: Vec<Vec<Naming>>,
    /// The relations, as bits, that are named at exactly each component.
    exact: Vec<u32>,
    /// The tasks on the path.
    path: Vec<Entered>,
    /// For each letter those that say too much beside it.
    beside: [u8; 5],
    /// The letters that a convention ties to each other.
    tied: u8,
}

impl<'g, 'p> Twice<'g, 'p> {
    pub(super) fn new(ground: &'g Ground<'p>) -> Self {
        let conventions = ground.model().conventions();
        let tied = if conventions.accountable_is_responsible || conventions.responsible_is_accountable {
            bit(Letter::Responsible) | bit(Letter::Accountable)
        } else {
            0
        };
        let weaker = bit(Letter::Support) | bit(Letter::Consulted) | bit(Letter::Informed);
        let beside = Letter::ALL.map(|one| {
            let others = match one {
                Letter::Responsible => weaker,
                Letter::Accountable => bit(Letter::Informed),
                Letter::Support | Letter::Consulted => bit(Letter::Responsible) | weaker & !bit(one),
                Letter::Informed => bit(Letter::Responsible) | bit(Letter::Accountable) | weaker & !bit(one),
            };
            // What is implied of one of them is held because of the other.
            let others = others | if bit(one) & tied != 0 { weaker } else { 0 };
            others | if others & tied != 0 { tied } else { 0 }
        });
        let (parties, components) = (ground.model().parties.len(), ground.model().components.len());
        Self { ground, of_party: vec![Vec::new(); parties], exact: vec![0; components], path: Vec::new(), beside, tied }
    }

    /// Leaves so many tasks.
    pub(super) fn leave(&mut self, tasks: usize) {
        for _ in 0..tasks {
            let Some(Entered { named, before }) = self.path.pop() else { return };
            for party in named {
                self.of_party.get_mut(party.place()).and_then(Vec::pop);
            }
            for (component, relations) in before {
                self.exact.get_mut(component.place()).into_iter().for_each(|it| *it = relations);
            }
        }
    }

    pub(super) fn enter(&mut self, task: TaskId) {
        let ground = self.ground;
        let (mut named, mut before) = (Vec::new(), Vec::new());
        for place in ground.places_of(task) {
            if let Some(exact) = self.exact.get_mut(place.component.place()).filter(|_| place.relations != 0) {
                before.push((place.component, *exact));
                *exact |= place.relations;
            }
            let rank = place_rank(ground.depths(Cell { task, component: place.component }));
            for stand in ground.stands.at(place) {
                for (party, sets, adds) in given(ground.model(), stand.id) {
                    let PartyRef::Party(party) = party else { continue };
                    let naming = Naming { id: stand.id, component: place.component, rank, sets, adds };
                    self.of_party.get_mut(party.place()).into_iter().for_each(|of| of.push(naming));
                    named.push(party);
                }
            }
        }
        self.path.push(Entered { named, before });
    }

    /// Whether a party is named in a letter of a cell by nothing but one assignment, whatever else were left out.
    pub(super) fn only(&self, id: AssignmentId, party: PartyId, letter: Letter, component: ComponentId) -> bool {
        let letters = if bit(letter) & self.tied == 0 { bit(letter) } else { self.tied };
        let applies = |naming: &Naming| self.ground.components_below(naming.component).contains(&component.place());
        let others = self.of_party.get(party.place()).into_iter().flatten().filter(|naming| naming.id != id);
        let related = &self.ground.related;
        related.of_party(party).iter().all(|(named_at, relation)| related.nearest(*relation, component) != Some(*named_at))
            && !others.filter(|naming| (naming.sets | naming.adds) & letters != 0).any(applies)
    }

    /// Whether whoever a relation stands for at a component is one party that nothing else names in a letter.
    pub(super) fn only_by(&self, relation: RelationId, letter: Letter, component: ComponentId) -> bool {
        let related = &self.ground.related;
        let [party] = related.parties(relation, component) else { return false };
        let named = |naming: &Naming| (naming.sets | naming.adds) & bit(letter) != 0;
        self.tied == 0
            && related.sharing(relation, component) == related.own_bit(relation)
            && !self.of_party.get(party.place()).into_iter().flatten().any(named)
    }

    /// The letters that may still be held because of a naming in a cell.
    fn alive(rows: &Rows, naming: &Naming, component: ComponentId) -> u8 {
        let decides = |letter: &usize| naming.rank >= rows.rank(*letter, component.place());
        letters_in(naming.sets).filter(decides).fold(naming.adds, |bits, letter| bits | 1 << letter)
    }

    /// Those letters of two sets that say too much together.
    fn conflict(&self, one: u8, other: u8) -> u8 {
        let of = |one: usize| self.beside.get(one).copied().unwrap_or(0) & other;
        let both = letters_in(one).fold(0, |bits, letter| bits | if of(letter) == 0 { 0 } else { of(letter) | 1 << letter });
        if both & self.tied == 0 { both } else { both | self.tied }
    }

    fn deeper(&self, one: ComponentId, other: ComponentId) -> Option<ComponentId> {
        let inside = |outer: ComponentId, inner: ComponentId| self.ground.components_below(outer).contains(&inner.place());
        if inside(one, other) { Some(other) } else { Some(one).filter(|_| inside(other, one)) }
    }

    /// Where a party may hold two letters because of what stands at a task.
    pub(super) fn meetings(&self, own: &[Own<'_>], rows: &Rows, add: &mut dyn FnMut(ComponentId, u8)) {
        for own in own {
            for stand in own.stands {
                for (party, sets, adds) in given(self.ground.model(), stand.id) {
                    let naming = Naming { id: stand.id, component: own.at.component, rank: own.rank, sets, adds };
                    match party {
                        PartyRef::Party(party) => {
                            self.named(party, &naming, rows, add);
                            self.by_relations(party, &naming, rows, add);
                        }
                        PartyRef::Relation(relation) => self.of_relation(relation, &naming, rows, add),
                    }
                }
            }
        }
    }

    /// Where a naming meets the others of its party.
    fn named(&self, party: PartyId, own: &Naming, rows: &Rows, add: &mut dyn FnMut(ComponentId, u8)) {
        let all = self.beside_all(own.sets | own.adds);
        for other in self.of_party.get(party.place()).into_iter().flatten() {
            if (other.sets | other.adds) & all == 0 {
                continue;
            }
            let Some(meet) = self.deeper(own.component, other.component) else { continue };
            let letters = self.conflict(Self::alive(rows, own, meet), Self::alive(rows, other, meet));
            if letters != 0 {
                add(meet, letters);
            }
        }
    }

    /// Every letter that says too much beside one of these.
    fn beside_all(&self, letters: u8) -> u8 {
        letters_in(letters).fold(0, |bits, letter| bits | self.beside.get(letter).copied().unwrap_or(0))
    }

    /// Where a naming of a party meets a relation that stands for it: where the relation is named, or stands below.
    fn by_relations(&self, party: PartyId, own: &Naming, rows: &Rows, add: &mut dyn FnMut(ComponentId, u8)) {
        let related = &self.ground.related;
        for (named_at, relation) in related.of_party(party) {
            let Some(meet) = self.deeper(own.component, *named_at) else { continue };
            for at in self.ground.components_below(meet).map(ComponentId::new) {
                let meets = at == meet || rows.exact(at.place()) | rows.exact_adds(at.place()) != 0;
                if meets && related.nearest(*relation, at) == Some(*named_at) {
                    self.with_relations(relation_bit(*relation), own, at, rows, add);
                }
            }
        }
    }

    /// A cell, where some letter that says too much beside one of a naming may be given by one of these relations.
    fn with_relations(&self, relations: u32, own: &Naming, at: ComponentId, rows: &Rows, add: &mut dyn FnMut(ComponentId, u8)) {
        let given = (0..5).filter(|letter| rows.relations(*letter, at.place()) & relations != 0);
        let given = given.fold(0, |bits, letter| bits | 1 << letter);
        let letters = self.conflict(Self::alive(rows, own, at), given);
        if letters != 0 {
            add(at, letters);
        }
    }

    /// Where a relation meets the parties that it stands for, and relations that stand for the same.
    fn of_relation(&self, relation: RelationId, own: &Naming, rows: &Rows, add: &mut dyn FnMut(ComponentId, u8)) {
        let (ground, related) = (self.ground, &self.ground.related);
        let below = ground.components_below(own.component);
        let nearest = related.nearest(relation, own.component);
        let first = nearest.filter(|nearest| *nearest != own.component);
        for named_at in first.iter().chain(related.named_in(relation, &below)) {
            for party in related.parties(relation, *named_at) {
                for other in self.of_party.get(party.place()).into_iter().flatten() {
                    let meet = self.deeper(own.component, other.component).and_then(|meet| self.deeper(meet, *named_at));
                    let Some(meet) = meet.filter(|meet| related.nearest(relation, *meet) == Some(*named_at)) else { continue };
                    let letters = self.conflict(Self::alive(rows, own, meet), Self::alive(rows, other, meet));
                    if letters != 0 {
                        add(meet, letters);
                    }
                }
            }
        }
        self.of_sharing(relation, own, rows, add);
    }

    /// Where a relation meets itself, and others that stand for the same.
    fn of_sharing(&self, relation: RelationId, own: &Naming, rows: &Rows, add: &mut dyn FnMut(ComponentId, u8)) {
        let related = &self.ground.related;
        let wanted = self.beside_all(own.sets | own.adds);
        for at in self.ground.components_below(own.component).map(ComponentId::new) {
            let given = |relations: u32| letters_in(wanted).any(|letter| rows.relations(letter, at.place()) & relations != 0);
            let sharing = related.sharing(relation, at);
            if sharing == 0 || !given(sharing) {
                continue;
            }
            // Below a component with the same nothing is new, but what stands there itself. Where relations are named, others may
            // come to stand for the same, and by a convention even less of it may be held than above.
            let component = self.ground.model().component(at);
            let known = component.parent.filter(|_| at != own.component).map_or(0, |parent| related.sharing(relation, parent));
            let itself = if self.tied == 0 { related.own_bit(relation) } else { 0 };
            let known = if component.relations.is_empty() { known } else { known & itself };
            let exact = if self.tied == 0 {
                self.exact.get(at.place()).is_some_and(|relations| relations & sharing != 0)
            } else {
                rows.exact(at.place()) | rows.exact_adds(at.place()) != 0
            };
            if exact || given(sharing & !known) {
                self.with_relations(sharing, own, at, rows, add);
            }
        }
    }
}

/// Whom an assignment names, each with the letters that it sets and those that it adds to; clause by clause.
fn given(model: &Model, id: AssignmentId) -> impl Iterator<Item = (PartyRef, u8, u8)> {
    model.assignments.clauses(id).iter().flat_map(|clause| {
        let letters = clause.letters.iter().fold(0, |bits, letter| bits | bit(letter));
        let (sets, adds) = if clause.adds { (0, letters) } else { (letters, 0) };
        clause.parties.iter().map(move |party| (party, sets, adds))
    })
}
