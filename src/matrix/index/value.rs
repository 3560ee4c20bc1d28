//! A value: in eight bytes who holds a letter, or where that is decided.

use crate::model::{Handle, PartyId};

/// Up to four parties themselves, or a kind and a number; in a row also the condition under which that holds.
///
/// Four places of fifteen bits are a party each, counted from one; above them is the kind. Where the uppermost bit says that there is a
/// condition, the last place is the number of its mask.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::matrix) struct Value(u64);

/// A value, taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// These parties hold the letter.
    Few(Few),
    /// The set of this number holds the letter.
    Set(u32),
    /// Nobody, said on purpose.
    Said,
    /// Nobody: what decides is a relation that stands for nobody.
    Unresolved,
    /// The task or the component is not there.
    NotThere,
    /// Nothing mentions the letter.
    Silent,
    /// Whom the relations of this number stand for at the component.
    Relations(u32),
    /// What is named, and whom relations stand for: the pair of this number.
    Both(u32),
    /// Ask the context with the rules of this number.
    Rules(u32),
    /// Too much depends on the context to be ready.
    Ask,
}

/// Up to four parties in declared order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::matrix) struct Few(u64);

/// How wide the place of a party is.
const PLACE: u32 = 15;
const PLACES: [u32; 4] = [0, PLACE, 2 * PLACE, 3 * PLACE];
const PARTY: u64 = (1 << PLACE) - 1;
const LAST: u32 = 3 * PLACE;
const KIND: u32 = 4 * PLACE;
const CONDITION: u64 = 1 << 63;

const FEW: u64 = 0;
const SET: u64 = 1;
const NONE: u64 = 2;
const RELATIONS: u64 = 3;
const BOTH: u64 = 4;
const RULES: u64 = 5;

impl Value {
    pub(in crate::matrix) const SILENT: Self = Self(FEW);
    pub(super) const SAID: Self = Self(NONE << KIND);
    pub(super) const UNRESOLVED: Self = Self(NONE << KIND | 1);
    pub(super) const NOT_THERE: Self = Self(NONE << KIND | 2);
    pub(super) const ASK: Self = Self(NONE << KIND | 3);

    /// Parties in declared order, if they are few enough and each is of a number small enough.
    pub(super) fn few(parties: impl IntoIterator<Item = PartyId>) -> Option<Self> {
        let (mut word, mut places) = (0, PLACES.into_iter());
        for party in parties {
            let number = u64::try_from(party.place() + 1).ok().filter(|number| *number <= PARTY)?;
            word |= number << places.next()?;
        }
        Some(Self(word))
    }

    pub(super) fn set(number: u32) -> Self {
        Self(SET << KIND | u64::from(number))
    }

    pub(super) fn relations(number: u32) -> Self {
        Self(RELATIONS << KIND | u64::from(number))
    }

    pub(super) fn both(number: u32) -> Self {
        Self(BOTH << KIND | u64::from(number))
    }

    pub(super) fn rules(number: u32) -> Self {
        Self(RULES << KIND | u64::from(number))
    }

    /// The same under the condition of a mask, if there is room for its number.
    pub(super) fn under(self, mask: u32) -> Option<Self> {
        let free = self.0 & (CONDITION | PARTY << LAST) == 0;
        (free && u64::from(mask) <= PARTY).then(|| Self(self.0 | CONDITION | u64::from(mask) << LAST))
    }

    /// The number of the mask under which it holds; 0, which is always, where it has none.
    #[inline]
    pub(super) fn mask(self) -> u32 {
        let place = if self.0 & CONDITION == 0 { 0 } else { self.0 >> LAST & PARTY };
        // A place has fewer bits than that.
        u32::try_from(place).unwrap_or_default()
    }

    /// Whether it is what holds, whatever the context.
    pub(super) fn decides(self) -> bool {
        self.0 & CONDITION == 0 && !self.is_rules()
    }

    /// Without its condition.
    #[inline]
    pub(super) fn bare(self) -> Self {
        let condition = if self.0 & CONDITION == 0 { 0 } else { CONDITION | PARTY << LAST };
        Self(self.0 & !condition)
    }

    /// The parties, where they are all there is to it; none of silence.
    #[inline]
    pub(in crate::matrix) fn as_few(self) -> Option<Few> {
        (self.0 >> KIND == FEW).then_some(Few(self.0))
    }

    /// The number of the set, where that is all there is to it.
    #[inline]
    pub(in crate::matrix) fn as_set(self) -> Option<u32> {
        (self.0 >> KIND == SET).then(|| self.number())
    }

    #[inline]
    fn number(self) -> u32 {
        // A number has 32 bits.
        u32::try_from(self.0 & u64::from(u32::MAX)).unwrap_or_default()
    }

    #[inline]
    pub(super) fn is_rules(self) -> bool {
        self.0 >> KIND == RULES
    }

    /// Whether it is known that nobody holds the letter.
    #[inline]
    pub(in crate::matrix) fn is_nobody(self) -> bool {
        self.0 >> KIND == NONE && self != Self::ASK
    }

    /// Whether whom it stands for depends on the component.
    #[inline]
    pub(super) fn names_relations(self) -> bool {
        matches!(self.0 >> KIND, RELATIONS | BOTH)
    }

    #[inline]
    pub(super) fn step(self) -> Step {
        let number = self.number();
        match self.0 >> KIND {
            FEW if self == Self::SILENT => Step::Silent,
            FEW => Step::Few(Few(self.0)),
            SET => Step::Set(number),
            RELATIONS => Step::Relations(number),
            BOTH => Step::Both(number),
            RULES => Step::Rules(number),
            _ if self == Self::SAID => Step::Said,
            _ if self == Self::UNRESOLVED => Step::Unresolved,
            _ if self == Self::NOT_THERE => Step::NotThere,
            _ => Step::Ask,
        }
    }

    /// As four words of two bytes.
    pub(super) fn to_words(self) -> [u16; 4] {
        [0, 16, 32, 48].map(|bits| u16::try_from(self.0 >> bits & u64::from(u16::MAX)).unwrap_or_default())
    }

    #[inline]
    pub(super) fn from_words(words: [u16; 4]) -> Self {
        Self(word(words))
    }

    pub(super) fn to_word(self) -> u64 {
        self.0
    }

    #[inline]
    pub(super) fn from_word(word: u64) -> Self {
        Self(word)
    }
}

/// Four words of two bytes as one of eight.
#[inline]
pub(super) fn word([first, second, third, fourth]: [u16; 4]) -> u64 {
    u64::from(first) | u64::from(second) << 16 | u64::from(third) << 32 | u64::from(fourth) << 48
}

impl Few {
    pub(in crate::matrix) const NONE: Self = Self(0);

    #[inline]
    pub(in crate::matrix) fn is_empty(self) -> bool {
        self.0 == 0
    }

    #[inline]
    pub(in crate::matrix) fn first(self) -> Option<PartyId> {
        party(self.0 & PARTY)
    }

    #[inline]
    pub(in crate::matrix) fn rest(self) -> Self {
        Self(self.0 >> PLACE)
    }

    pub(super) fn iter(self) -> impl Iterator<Item = PartyId> {
        PLACES.into_iter().filter_map(move |place| party(self.0 >> place & PARTY))
    }

    /// Joins each party, without asking first how many there are.
    #[inline]
    pub(in crate::matrix) fn fold<B>(self, first: B, mut join: impl FnMut(B, PartyId) -> B) -> B {
        PLACES.into_iter().fold(first, |joined, place| match party(self.0 >> place & PARTY) {
            Some(party) => join(joined, party),
            None => joined,
        })
    }
}

#[inline]
fn party(place: u64) -> Option<PartyId> {
    // A place has fewer bits than a party's number.
    usize::try_from(place).ok()?.checked_sub(1).map(PartyId::new)
}
