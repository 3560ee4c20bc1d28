//! Who holds a letter, as a look-up answers it: the parties, without a reason.

use std::fmt;
use std::hash::{Hash, Hasher};

use super::Nobody;
use super::each::{Each, List};
use super::index::{Few, Index, Value};
use crate::document::Letter;
use crate::model::PartyId;

/// Who holds a letter of a cell in a full context.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Holders<'p> {
    /// These parties.
    Held(Parties<'p>),
    /// Nobody, and why.
    Nobody(Nobody),
    /// The model is silent.
    Silent,
    /// The task or the component is not there.
    NotApplicable,
}

/// At least one party.
#[derive(Clone, Copy)]
pub struct Parties<'p> {
    index: &'p Index,
    component: u32,
    /// What settings say, and what additions do.
    said: [Value; 2],
}

impl<'p> Parties<'p> {
    #[inline]
    pub(super) fn new(index: &'p Index, component: u32, said: [Value; 2]) -> Self {
        Self { index, component, said }
    }

    /// Each party once, in declared order.
    #[inline]
    pub fn iter(&self) -> impl Iterator<Item = PartyId> + use<'p> {
        self.each()
    }

    #[inline]
    fn each(&self) -> Each<'p> {
        let [decided, added] = self.said;
        match self.as_few() {
            Some(few) => Each::Few(few),
            None => Self::many(self.index, self.component, decided, added),
        }
    }

    /// The set, where settings name one and that is all.
    #[inline]
    fn as_set(&self) -> Option<&'p [PartyId]> {
        let [decided, added] = self.said;
        decided.as_set().filter(|_| added == Value::SILENT).map(|set| self.index.set(set))
    }

    // Apart and by value, so that a few parties never leave the processor's registers.
    #[inline(never)]
    fn many(index: &'p Index, component: u32, decided: Value, added: Value) -> Each<'p> {
        match (decided.as_set(), added) {
            (Some(set), Value::SILENT) => Each::Set(index.set(set).iter()),
            (None, Value::SILENT) if decided.is_nobody() => Each::Set([].iter()),
            // Two lists are gone through in half the time, and there are seldom more.
            _ => match index.lists(component, [decided, added]) {
                [named, through, List::Few(Few::NONE), List::Few(Few::NONE)] => Each::Two([named, through]),
                lists => Each::Merged(lists),
            },
        }
    }

    /// Whether a party is among them.
    #[must_use]
    #[inline]
    pub fn contains(&self, party: PartyId) -> bool {
        match self.as_few() {
            Some(few) => few.fold(false, |found, other| found || other == party),
            None => self.each().any(|other| other == party),
        }
    }

    /// The parties themselves, where settings name them all and they are few.
    #[inline]
    fn as_few(&self) -> Option<Few> {
        let [decided, added] = self.said;
        decided.as_few().filter(|_| added == Value::SILENT)
    }
}

impl fmt::Debug for Parties<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl PartialEq for Parties<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Parties<'_> {}

impl Hash for Parties<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.iter().for_each(|party| party.hash(state));
    }
}

/// Who holds each of the five letters of a cell in a full context.
#[derive(Clone, Copy)]
pub struct AllHolders<'p> {
    index: &'p Index,
    component: u32,
    /// By letter what settings say, and what additions do.
    decided: [Value; 5],
    added: [Value; 5],
}

impl<'p> AllHolders<'p> {
    #[inline]
    pub(super) fn new(index: &'p Index, component: u32, decided: [Value; 5]) -> Self {
        Self { index, component, decided, added: [Value::SILENT; 5] }
    }

    /// With what adds to each letter.
    pub(super) fn add(&mut self, added: impl FnMut(Letter) -> Value) {
        self.added = Letter::ALL.map(added);
    }

    /// With one letter as another is.
    pub(super) fn take_over(&mut self, letter: Letter, from: Letter) {
        for values in [&mut self.decided, &mut self.added] {
            let value = values.get(from.index()).copied();
            values.get_mut(letter.index()).into_iter().zip(value).for_each(|(own, value)| *own = value);
        }
    }

    /// What is read of the letters: where that is the same in two contexts of a cell, so is who holds them.
    pub(crate) fn read(&self) -> impl Copy + Eq + Hash + use<> {
        (self.decided, self.added)
    }

    /// Who holds one of them.
    #[must_use]
    #[inline]
    pub fn letter(&self, letter: Letter) -> Holders<'p> {
        let said = self.said(letter);
        match said {
            [Value::SILENT, Value::SILENT] => Holders::Silent,
            [decided, Value::SILENT] if decided.as_few().is_some() => {
                Holders::Held(Parties::new(self.index, self.component, said))
            }
            _ => self.index.said(self.component, said),
        }
    }

    /// The letters in their order, each with who holds it.
    #[inline]
    pub fn iter(&self) -> impl Iterator<Item = (Letter, Holders<'p>)> + use<'p> {
        let all = *self;
        Letter::ALL.into_iter().map(move |letter| (letter, all.letter(letter)))
    }

    /// Each party that holds a letter, letter by letter.
    #[inline]
    pub fn parties(&self) -> impl Iterator<Item = (Letter, PartyId)> + use<'p> {
        EachLetter { all: *self, letters: Letter::ALL.iter(), now: None }
    }

    #[inline]
    fn each(&self, letter: Letter) -> Each<'p> {
        Parties::new(self.index, self.component, self.said(letter)).each()
    }

    #[inline]
    fn said(&self, letter: Letter) -> [Value; 2] {
        [&self.decided, &self.added].map(|values| values.get(letter.index()).copied().unwrap_or_default())
    }
}

impl fmt::Debug for AllHolders<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl PartialEq for AllHolders<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for AllHolders<'_> {}

/// The parties of each letter.
struct EachLetter<'p> {
    all: AllHolders<'p>,
    letters: std::slice::Iter<'static, Letter>,
    now: Option<(Letter, Each<'p>)>,
}

impl Iterator for EachLetter<'_> {
    type Item = (Letter, PartyId);

    #[inline]
    fn next(&mut self) -> Option<(Letter, PartyId)> {
        loop {
            if let Some((letter, each)) = &mut self.now
                && let Some(party) = each.next()
            {
                return Some((*letter, party));
            }
            let letter = *self.letters.next()?;
            self.now = Some((letter, self.all.each(letter)));
        }
    }

    #[inline]
    fn fold<B, F: FnMut(B, Self::Item) -> B>(self, first: B, mut join: F) -> B {
        let Self { all, letters, now } = self;
        let begun = match now {
            Some((letter, each)) => each.fold(first, |joined, party| join(joined, (letter, party))),
            None => first,
        };
        letters.fold(begun, |joined, letter| {
            let parties = Parties::new(all.index, all.component, all.said(*letter));
            match parties.as_few() {
                Some(few) => few.fold(joined, |joined, party| join(joined, (*letter, party))),
                None => fold_many(parties, joined, |joined, party| join(joined, (*letter, party))),
            }
        })
    }
}

// Apart, so that what is done with a few parties is all there is in the loop over letters.
#[inline(never)]
fn fold_many<B>(parties: Parties<'_>, first: B, join: impl FnMut(B, PartyId) -> B) -> B {
    match parties.as_set() {
        Some(set) => set.iter().copied().fold(first, join),
        None => parties.each().fold(first, join),
    }
}
