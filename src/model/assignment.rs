//! An assignment as a model shows it: a view of its columns.

use super::context::Condition;
use super::entries::{Citation, PartyRef};
use super::id::{ComponentId, Handle, PartyId, RelationId, TaskId};
use crate::document::{Basis, Force, Letter};
use crate::source::{Span, to_u32};

/// At (task, component, condition): which parties hold which letters.
#[derive(Debug, Clone, Copy)]
pub struct Assignment<'m> {
    /// The name it has to refer to it.
    pub id: Option<&'m str>,
    /// The tasks it stands at, in the order of the model; all of them where it names none.
    pub tasks: &'m [TaskId],
    /// The components it stands at, in the order of the model; the whole system where it names none.
    pub components: &'m [ComponentId],
    /// When it holds.
    pub when: &'m Condition,
    /// What it says of letters.
    pub clauses: Clauses<'m>,
    /// How binding it is.
    pub force: Force,
    /// Whether the source says so.
    pub basis: Basis,
    /// Where it is written in the sources.
    pub citations: &'m [Citation],
    /// The parties it is owed to.
    pub towards: &'m [PartyId],
    /// A remark.
    pub note: Option<&'m str>,
    /// The document it stands in, counted from the one that is extended first.
    pub layer: u32,
    /// Where it stands.
    pub span: Span,
}

/// What an assignment says of letters, in the order written.
#[derive(Debug, Clone, Copy)]
pub struct Clauses<'m> {
    pub(super) rows: &'m [ClauseRow],
    /// The parties of the model from those of the first on, and how many stand before them.
    pub(super) parties: &'m [Packed],
    pub(super) before: u32,
}

/// What an assignment says of some letters.
#[derive(Debug, Clone, Copy)]
pub struct Clause<'m> {
    /// The letters.
    pub letters: Letters,
    /// Whether it adds to what is set elsewhere, instead of setting.
    pub adds: bool,
    /// Who; nobody, said on purpose, where empty.
    pub parties: PartyRefs<'m>,
}

/// Letters, each once, in the order of the word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Letters(u8);

/// The parties and relations that a clause names, in the order written.
#[derive(Debug, Clone, Copy)]
pub struct PartyRefs<'m>(&'m [Packed]);

/// A clause as it is kept.
#[derive(Debug, Clone, Copy)]
pub(super) struct ClauseRow {
    /// Where its parties end.
    pub(super) parties: u32,
    pub(super) letters: Letters,
    pub(super) adds: bool,
}

/// A party, or a relation, which is odd.
#[derive(Debug, Clone, Copy)]
pub(super) struct Packed(u32);

impl<'m> Clauses<'m> {
    /// The clauses.
    pub fn iter(self) -> impl Iterator<Item = Clause<'m>> + Clone {
        let Self { rows, mut parties, mut before } = self;
        rows.iter().map(move |row| {
            let (own, rest) = parties.split_at_checked((row.parties - before) as usize).unwrap_or_default();
            (parties, before) = (rest, row.parties);
            Clause { letters: row.letters, adds: row.adds, parties: PartyRefs(own) }
        })
    }
}

impl Letters {
    /// Whether a letter is among them.
    #[must_use]
    pub fn contains(self, letter: Letter) -> bool {
        self.0 >> letter.index() & 1 == 1
    }

    /// The letters.
    pub fn iter(self) -> impl Iterator<Item = Letter> + Clone {
        Letter::ALL.into_iter().filter(move |letter| self.contains(*letter))
    }

    /// How many there are.
    #[must_use]
    pub fn count(self) -> usize {
        self.0.count_ones() as usize
    }

    pub(crate) fn or(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    pub(crate) fn without(self, others: Self) -> Self {
        Self(self.0 & !others.0)
    }
}

impl FromIterator<Letter> for Letters {
    fn from_iter<I: IntoIterator<Item = Letter>>(letters: I) -> Self {
        Self(letters.into_iter().fold(0, |bits, letter| bits | 1 << letter.index()))
    }
}

impl<'m> PartyRefs<'m> {
    /// Whether nobody is named.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    /// The parties and relations.
    pub fn iter(self) -> impl Iterator<Item = PartyRef> + Clone + use<'m> {
        self.0.iter().map(|packed| packed.unpacked())
    }
}

impl Packed {
    pub(super) fn new(party: PartyRef) -> Self {
        Self(match party {
            PartyRef::Party(party) => to_u32(party.place()) << 1,
            PartyRef::Relation(relation) => to_u32(relation.place()) << 1 | 1,
        })
    }

    fn unpacked(self) -> PartyRef {
        let place = (self.0 >> 1) as usize;
        if self.0 & 1 == 0 { PartyRef::Party(PartyId::new(place)) } else { PartyRef::Relation(RelationId::new(place)) }
    }
}
