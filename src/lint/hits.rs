//! What a lint finds in one cell, and what several lints ask of a cell in the same way.

use std::cell::OnceCell;

use super::ground::Ground;
use super::look::{ALL_LETTERS, Look, Named, Part, bit};
use super::sets::Set;
use crate::document::Letter;
use crate::matrix::{Cell, clauses};
use crate::model::{AssignmentId, ComponentId, Model, PartyId, PartyRef, RelationId};

/// What a lint looks for in a cell, and how it says that.
#[derive(Debug)]
pub(super) struct InCells {
    pub(super) hits: fn(&Ground<'_>, &Look<'_>, &mut Vec<Hit>),
    /// What stands before the place.
    pub(super) say: fn(&Told<'_>, &mut String),
    pub(super) help: &'static str,
    /// Whether it tells a cell only where neither the cell of the task above nor that of the component above has it too,
    /// whatever the cause; else each cause tells its own cells.
    pub(super) topmost: bool,
    /// The other assignment that it takes to bring it about, and what that does.
    pub(super) beside: fn(&Told<'_>) -> Option<(AssignmentId, &'static str)>,
    /// Which cells it must look at.
    pub(super) needs: Needs,
}

/// Which cells a lint must look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Needs {
    /// Those where something stands, or where assignments that bring something about together meet.
    Places,
    /// The same; what it finds is of the cells of the task itself, never of a task below that is like it.
    PlacesOfTask,
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

/// A hit that is told, in the cell that it is told of.
pub(super) struct Told<'g> {
    pub(super) ground: &'g Ground<'g>,
    pub(super) cell: Cell,
    pub(super) hit: Hit,
    look: OnceCell<Look<'g>>,
}

impl<'g> Told<'g> {
    pub(super) fn new(ground: &'g Ground<'g>, cell: Cell, hit: Hit) -> Self {
        Self { ground, cell, hit, look: OnceCell::new() }
    }

    /// The letters of the cell that the hit depends on.
    pub(super) fn look(&self) -> &Look<'g> {
        self.look.get_or_init(|| self.ground.look_at(self.cell, self.ground.letters_of(self.hit.words)))
    }
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

/// So many names are said; of more, how many there are besides.
const MOST_NAMES: usize = 8;

/// `customer` and `vendor`.
pub(super) fn names(model: &Model, parties: &[PartyId]) -> String {
    let name = |party: &PartyId| format!("`{}`", model.party(*party).about.id);
    let mut names: Vec<String> = parties.iter().take(MOST_NAMES).map(name).collect();
    if parties.len() > MOST_NAMES {
        names.push(format!("{} more", parties.len() - MOST_NAMES));
    }
    names.join(" and ")
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
pub(super) fn both(look: &Look<'_>, one: Letter, other: Letter, hits: &mut Vec<Hit>) {
    if look.letter(one).held.is_never() || look.letter(other).held.is_never() || !look.asks_of(one) && !look.asks_of(other) {
        return;
    }
    let sorted = |letter| {
        let mut named: Vec<&Named> = look.named(letter).iter().collect();
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

pub(super) fn say_both(told: &Told<'_>, message: &mut String) {
    let model = told.ground.model();
    let (dollar, name, [one, other]) = match told.hit.words {
        Words::Both(party, one, other) => ("", &*model.party(party).about.id, [one, other]),
        Words::BothBy(relation, one, other) => ("$", model.relation(relation), [one, other]),
        _ => return,
    };
    say(message, &["`", dollar, name, "` is both ", one.word(), " and ", other.word(), " for"]);
}

/// Says something in one go.
pub(super) fn say(message: &mut String, parts: &[&str]) {
    for part in parts {
        message.push_str(part);
    }
}

/// The letter that a finding is of.
pub(super) fn letter_of(hit: &Hit) -> &'static str {
    if let Words::Letter(letter) = hit.words { letter.as_str() } else { "" }
}

impl Ground<'_> {
    /// The letters that a finding of these words depends on.
    pub(super) fn letters_of(&self, words: Words) -> u8 {
        let own = match words {
            Words::Letter(letter) => bit(letter),
            Words::Both(_, one, other) | Words::BothBy(_, one, other) => bit(one) | bit(other),
            Words::Nothing | Words::Party(_) | Words::Relation(_) => ALL_LETTERS,
        };
        let conventions = self.model().conventions();
        let implied = conventions.accountable_is_responsible || conventions.responsible_is_accountable;
        let tied = if implied { bit(Letter::Responsible) | bit(Letter::Accountable) } else { 0 };
        if own & tied == 0 { own } else { own | tied }
    }
}

/// The assignment that gives the other of two letters to the same party, where it is another.
pub(super) fn beside_both(told: &Told<'_>) -> Option<(AssignmentId, &'static str)> {
    let hit = &told.hit;
    let (party, relation, [one, other]) = match hit.words {
        Words::Both(party, one, other) => (Some(party), None, [one, other]),
        Words::BothBy(relation, one, other) => (None, Some(relation), [one, other]),
        Words::Nothing | Words::Letter(_) | Words::Party(_) | Words::Relation(_) => return None,
    };
    let is_same = |named: &&Named| party.map_or(named.relation == relation, |party| named.party == party);
    let look = told.look();
    let named = |letter| look.named(letter).iter().filter(is_same).filter(|named| named.when.meets(&hit.when));
    let own = |letter| named(letter).any(|named| named.id == hit.cause);
    // An assignment that gives both needs no other.
    let other = if own(one) { other } else { one };
    let others = named(other).map(|named| named.id).filter(|id| *id < hit.cause);
    others.min().filter(|_| !named(other).any(|named| named.id == hit.cause)).map(|id| (id, "gives the other letter"))
}

/// The first setting that decides a letter in a cell when something is found there.
pub(super) fn deciding(told: &Told<'_>, is_meant: impl Fn(&Part) -> bool) -> Option<AssignmentId> {
    let Words::Letter(letter) = told.hit.words else { return None };
    let settings = &told.look().letter(letter).settings;
    settings.iter().find(|part| is_meant(part) && part.when.meets(&told.hit.when)).map(|part| part.id)
}

/// None: the assignment that a finding is told at is all it takes.
pub(super) fn alone(_: &Told<'_>) -> Option<(AssignmentId, &'static str)> {
    None
}

/// The set that an assignment gives a letter, as it comes out at a component.
pub(super) fn setting(ground: &Ground<'_>, assignment: AssignmentId, letter: Letter, component: ComponentId) -> Vec<PartyId> {
    let mut set = Vec::new();
    for party in clauses(ground.model(), assignment, letter, false).flat_map(|clause| clause.parties.iter()) {
        match party {
            PartyRef::Party(party) => set.push(party),
            PartyRef::Relation(relation) => set.extend(ground.related.parties(relation, component)),
        }
    }
    set.sort_unstable();
    set.dedup();
    set
}
