//! `holders`: who holds a letter of a cell in a full context. By handle, without a reason, and so as fast as memory is.

use std::borrow::Cow;
use std::iter::Peekable;
use std::slice;

use crate::document::Letter;
use crate::error::QueryError;
use crate::matrix::{Cell, Found, FullContext, Nobody, Outcome, Status};
use crate::model::{Combination, Context, PartyId};
use crate::policy::Policy;

/// Who holds a letter of a cell in a full context.
#[derive(Debug, Clone, PartialEq, Eq)]
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

/// At least one party, in declared order.
#[derive(Debug, Clone)]
pub struct Parties<'p> {
    decided: Cow<'p, [PartyId]>,
    added: &'p [PartyId],
}

/// A question for [`Policy::holders_of`].
#[derive(Debug, Clone, Copy)]
pub struct Question<'c> {
    /// The letter.
    pub letter: Letter,
    /// The cell.
    pub cell: Cell,
    /// The context.
    pub context: &'c FullContext,
}

impl Policy {
    /// A context that gives every dimension a value, made ready for look-ups.
    ///
    /// # Errors
    /// Where a dimension is left open.
    pub fn full_context(&self, context: &Context) -> Result<FullContext, QueryError> {
        let mut combination = Combination::first(self.model().dimensions().count());
        for (id, dimension) in self.model().dimensions() {
            let open = || QueryError::Open { dimension: dimension.id.to_string() };
            combination.set(id, context.value(id).ok_or_else(open)?);
        }
        Ok(self.matrix().full_context(combination))
    }

    /// Who holds a letter of a cell in a full context. Allocates nothing.
    ///
    /// A model whose few words stand at very many places, such as one assignment for thousands of tasks at thousands of components, is
    /// not indexed; of such a one the answer is worked out each time.
    ///
    /// ```
    /// use rasci::query::Holders;
    /// use rasci::{Context, Letter, Policy};
    ///
    /// let policy = Policy::parse("model.yaml", "
    /// rasci: 1
    /// id: example
    /// parties: { helpdesk: {}, vendor: {} }
    /// tasks: { restore: { assign: [{ A: vendor, R: [vendor, helpdesk] }] } }
    /// ")?;
    /// let cell = policy.cell("restore", None)?;
    /// let always = policy.full_context(&Context::default())?;
    /// let Holders::Held(parties) = policy.holders(Letter::Responsible, cell, &always) else { panic!("held") };
    /// assert!(parties.iter().eq([policy.party("helpdesk")?, policy.party("vendor")?]));
    /// assert_eq!(policy.holders(Letter::Informed, cell, &always), Holders::Silent);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    #[inline]
    pub fn holders(&self, letter: Letter, cell: Cell, context: &FullContext) -> Holders<'_> {
        match self.matrix().index() {
            Some(index) => index.letter(letter, cell, context).into(),
            None => self.worked_out(letter, cell, context),
        }
    }

    /// Who holds each of the five letters of a cell in a full context, in their order.
    #[must_use]
    #[inline]
    pub fn all_holders(&self, cell: Cell, context: &FullContext) -> [Holders<'_>; 5] {
        match self.matrix().index() {
            Some(index) => index.letters(cell, context).map(Holders::from),
            None => Letter::ALL.map(|letter| self.worked_out(letter, cell, context)),
        }
    }

    /// Answers many questions at once, each into its place; as many as both slices have. Faster by the question than one by one.
    #[inline]
    pub fn holders_of<'p>(&'p self, questions: &[Question<'_>], answers: &mut [Holders<'p>]) {
        match self.matrix().index() {
            Some(index) => index.each(questions.iter().map(|one| (one.letter, one.cell, one.context)), |nth, found| {
                if let Some(answer) = answers.get_mut(nth) {
                    *answer = found.into();
                }
            }),
            None => {
                for (question, answer) in questions.iter().zip(answers) {
                    *answer = self.worked_out(question.letter, question.cell, question.context);
                }
            }
        }
    }

    /// Whether a party is named in a letter of a cell in a full context.
    #[must_use]
    #[inline]
    pub fn is_named(&self, party: PartyId, letter: Letter, cell: Cell, context: &FullContext) -> bool {
        matches!(self.holders(letter, cell, context), Holders::Held(parties) if parties.contains(party))
    }

    /// The answer by reading the assignments.
    #[cold]
    fn worked_out(&self, letter: Letter, cell: Cell, context: &FullContext) -> Holders<'_> {
        let decided = self.view(cell).decide(self.model(), context.combination());
        if decided.status == Status::NotApplicable {
            return Holders::NotApplicable;
        }
        match decided.letters.get(letter.index()) {
            Some(held @ Outcome::Held(_)) => {
                Holders::Held(Parties { decided: held.parties().collect::<Vec<_>>().into(), added: &[] })
            }
            Some(Outcome::Nobody(why, _)) => Holders::Nobody(*why),
            Some(Outcome::Silent) | None => Holders::Silent,
        }
    }
}

impl<'p> From<Found<'p>> for Holders<'p> {
    #[inline]
    fn from(found: Found<'p>) -> Self {
        match found {
            Found::Held(decided, added) => Self::Held(Parties { decided: Cow::Borrowed(decided), added }),
            Found::Nobody(why) => Self::Nobody(why),
            Found::Silent => Self::Silent,
            Found::NotApplicable => Self::NotApplicable,
        }
    }
}

impl Parties<'_> {
    /// Each party once, in declared order.
    #[inline]
    pub fn iter(&self) -> impl Iterator<Item = PartyId> {
        Merged { decided: self.decided.iter().peekable(), added: self.added.iter().peekable() }
    }

    /// Whether a party is among them.
    #[must_use]
    #[inline]
    pub fn contains(&self, party: PartyId) -> bool {
        self.decided.contains(&party) || self.added.contains(&party)
    }
}

impl PartialEq for Parties<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Parties<'_> {}

/// Two lists in declared order as one.
struct Merged<'s> {
    decided: Peekable<slice::Iter<'s, PartyId>>,
    added: Peekable<slice::Iter<'s, PartyId>>,
}

impl Iterator for Merged<'_> {
    type Item = PartyId;

    #[inline]
    fn next(&mut self) -> Option<PartyId> {
        let next = match (self.decided.peek(), self.added.peek()) {
            (Some(decided), Some(added)) => **decided.min(added),
            (Some(one), None) | (None, Some(one)) => **one,
            (None, None) => return None,
        };
        self.decided.next_if(|party| **party == next);
        self.added.next_if(|party| **party == next);
        Some(next)
    }
}
