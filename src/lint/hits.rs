//! What a lint finds in one cell, and what several lints ask of a cell in the same way.

use super::ground::Ground;
use super::look::{Look, Named};
use super::sets::Set;
use crate::document::Letter;
use crate::matrix::{Cell, clauses, stands_for};
use crate::model::{AssignmentId, ComponentId, Model, PartyId, RelationId};

/// What a lint looks for in a cell, and how it says that.
#[derive(Debug)]
pub(super) struct InCells {
    pub(super) hits: fn(&Ground<'_>, &Look, &mut Vec<Hit>),
    /// What stands before the place.
    pub(super) say: fn(&Ground<'_>, Cell, &Hit) -> String,
    pub(super) help: &'static str,
    /// Whether it tells a cell only where neither the cell of the task above nor that of the component above has it too,
    /// whatever the cause; else each cause tells its own cells.
    pub(super) topmost: bool,
    /// The other assignment that it takes to bring it about, and what that does.
    pub(super) beside: fn(&Ground<'_>, Cell, &Hit) -> Option<(AssignmentId, &'static str)>,
    /// Which cells it must look at.
    pub(super) needs: Needs,
}

/// Which cells a lint must look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Needs {
    /// Those where something stands, or where assignments that bring something about together meet.
    Places,
    /// Those where assignments that name the same party meet.
    Parties,
    /// None: it holds settings against each other, also those that others outrank.
    Pairs,
}

/// What a lint finds in a cell: the assignment that causes it, what tells it from others of that assignment, and when.
#[derive(Debug, Clone)]
pub(super) struct Hit {
    pub(super) cause: AssignmentId,
    pub(super) words: Words,
    pub(super) when: Set,
}

/// What tells the findings of a lint at one assignment apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Words {
    Nothing,
    Letter(Letter),
    Both(PartyId, Letter, Letter),
    BothBy(RelationId, Letter, Letter),
    Party(PartyId),
    Relation(RelationId),
}

/// The sets of parties that hold something together within some combinations, each with when.
pub(super) fn apart(parties: &[(PartyId, Set)], within: &Set) -> Vec<(Vec<PartyId>, Set)> {
    let mut sets: Vec<(Vec<PartyId>, Set)> = vec![(Vec::new(), within.clone())];
    for (party, when) in parties {
        let mut next = Vec::with_capacity(sets.len() + 1);
        for (mut together, of) in sets {
            let (inside, outside) = (of.and(when), of.minus(when));
            if !outside.is_never() {
                next.push((together.clone(), outside));
            }
            if !inside.is_never() {
                together.push(*party);
                next.push((together, inside));
            }
        }
        sets = next;
    }
    sets.retain(|(_, when)| !when.is_never());
    sets
}

/// `customer` and `vendor`.
pub(super) fn names(model: &Model, parties: impl Iterator<Item = PartyId>) -> String {
    parties.map(|party| format!("`{}`", model.party(party).about.id)).collect::<Vec<_>>().join(" and ")
}

/// Puts hits of the same cause and words together, and takes out those that never hold.
pub(super) fn join(hits: &mut Vec<Hit>) {
    hits.sort_by_key(|hit| (hit.cause, hit.words));
    hits.dedup_by(|hit, known| {
        let same = (hit.cause, hit.words) == (known.cause, known.words);
        if same {
            known.when = known.when.or(&hit.when);
        }
        same
    });
    hits.retain(|hit| !hit.when.is_never());
}

/// The parties that hold both letters, told at the assignment that comes last of each two that give them.
pub(super) fn both(look: &Look, one: Letter, other: Letter, hits: &mut Vec<Hit>) {
    let sorted = |letter| {
        let mut named: Vec<&Named> = look.letter(letter).named.iter().collect();
        named.sort_by_key(|named| named.party);
        named
    };
    let (ones, others) = (sorted(one), sorted(other));
    for first in ones {
        let start = others.partition_point(|second| second.party < first.party);
        let same = others.iter().skip(start).take_while(|second| second.party == first.party);
        for second in same.filter(|second| look.asks(first.at) || look.asks(second.at)) {
            let when = first.when.and(&second.when);
            let words = match first.relation.filter(|relation| second.relation == Some(*relation)) {
                // The same relation twice is one thing to say, whoever it stands for.
                Some(relation) => Words::BothBy(relation, one, other),
                None => Words::Both(first.party, one, other),
            };
            hits.push(Hit { cause: first.id.max(second.id), words, when });
        }
    }
    join(hits);
}

pub(super) fn say_both(ground: &Ground<'_>, _: Cell, hit: &Hit) -> String {
    match hit.words {
        Words::Both(party, one, other) => {
            format!("`{}` is both {} and {} for", ground.model().party(party).about.id, one.word(), other.word())
        }
        Words::BothBy(relation, one, other) => {
            format!("`${}` is both {} and {} for", ground.model().relation(relation), one.word(), other.word())
        }
        _ => String::new(),
    }
}

/// The assignment that gives the other of two letters to the same party, where it is another.
pub(super) fn beside_both(ground: &Ground<'_>, cell: Cell, hit: &Hit) -> Option<(AssignmentId, &'static str)> {
    let (party, relation, [one, other]) = match hit.words {
        Words::Both(party, one, other) => (Some(party), None, [one, other]),
        Words::BothBy(relation, one, other) => (None, Some(relation), [one, other]),
        Words::Nothing | Words::Letter(_) | Words::Party(_) | Words::Relation(_) => return None,
    };
    let is_same = |named: &&Named| party.map_or(named.relation == relation, |party| named.party == party);
    let look = ground.look(cell);
    let named = |letter| look.letter(letter).named.iter().filter(is_same).filter(|named| named.when.meets(&hit.when));
    let own = |letter| named(letter).any(|named| named.id == hit.cause);
    // An assignment that gives both needs no other.
    let other = if own(one) { other } else { one };
    let others = named(other).map(|named| named.id).filter(|id| *id < hit.cause);
    others.min().filter(|_| !named(other).any(|named| named.id == hit.cause)).map(|id| (id, "gives the other letter"))
}

/// None: the assignment that a finding is told at is all it takes.
pub(super) fn alone(_: &Ground<'_>, _: Cell, _: &Hit) -> Option<(AssignmentId, &'static str)> {
    None
}

/// The set that an assignment gives a letter, as it comes out at a component.
pub(super) fn setting(model: &Model, assignment: AssignmentId, letter: Letter, component: ComponentId) -> Vec<PartyId> {
    let parties = clauses(model, assignment, letter, false).flat_map(|clause| clause.parties.iter());
    let mut set: Vec<PartyId> = parties.flat_map(|party| stands_for(model, party, component).0).collect();
    set.sort_unstable();
    set.dedup();
    set
}
