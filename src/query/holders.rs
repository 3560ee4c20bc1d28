//! `holders`: who holds a letter of a cell in a full context. By handle, without a reason, and so as fast as memory is.

use crate::document::Letter;
use crate::error::QueryError;
use crate::matrix::{AllHolders, Cell, FullContext, Holders, Question};
use crate::model::{Combination, Context, PartyId};
use crate::policy::Policy;

impl Policy {
    /// A context that gives every dimension a value, made ready for look-ups in this policy.
    ///
    /// # Errors
    /// Where a dimension is left open.
    pub fn full_context(&self, context: &Context) -> Result<FullContext, QueryError> {
        let mut combination = Combination::first(self.model().dimensions().count());
        for (id, dimension) in self.model().dimensions() {
            let open = || QueryError::Open { dimension: dimension.id.to_string() };
            combination.set(id, context.value(id).ok_or_else(open)?);
        }
        Ok(self.index().context(&combination))
    }

    /// Who holds a letter of a cell in a full context. Allocates nothing.
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
        self.index().letter(letter, cell, context)
    }

    /// Who holds each of the five letters of a cell in a full context. Allocates nothing.
    #[must_use]
    #[inline]
    pub fn all_holders(&self, cell: Cell, context: &FullContext) -> AllHolders<'_> {
        self.index().letters(cell, context)
    }

    /// Answers many questions, each into the place of its number; as many as there are of both. Allocates nothing, and takes less time
    /// than to ask one by one, since the reads of many go on at once.
    #[inline]
    pub fn holders_of<'p>(&'p self, questions: &[Question<'_>], answers: &mut [Holders<'p>]) {
        self.index().each(questions, answers);
    }

    /// Whether a party is named in a letter of a cell in a full context. Allocates nothing.
    #[must_use]
    #[inline]
    pub fn is_named(&self, party: PartyId, letter: Letter, cell: Cell, context: &FullContext) -> bool {
        matches!(self.holders(letter, cell, context), Holders::Held(parties) if parties.contains(party))
    }
}
