//! `who`: the letters of a cell, in every case of what the context leaves open.

use std::collections::BTreeSet;

use crate::document::Letter;
use crate::error::QueryError;
use crate::matrix::{Cell, Decided, Outcome, Status, cases};
use crate::model::{Context, Party, PartyId, When};
use crate::policy::Policy;

use super::{Limit, Why};

/// The answer to `who`.
#[derive(Debug, Clone)]
pub struct Answer<'p> {
    policy: &'p Policy,
    cell: Cell,
    context: Context,
    letters: Vec<Letter>,
    cases: Vec<Case<'p>>,
}

/// One case of an answer: when it holds, and what holds then.
#[derive(Debug, Clone)]
pub struct Case<'p> {
    policy: &'p Policy,
    cell: Cell,
    context: Context,
    /// When it holds: alternatives, each the values of some dimensions; none means always.
    pub when: When,
    /// What the cell says, as a whole.
    pub status: Status,
    letters: [Outcome; 5],
    /// The time limits that are taken in some combination of the case, in the order declared.
    pub within: Vec<Limit<'p>>,
}

impl Policy {
    /// Who holds which letter of a task at a component, whatever the context; at the whole system without a component.
    ///
    /// ```
    /// # use rasci::{Letter, Policy};
    /// let policy = Policy::parse("model.yaml", "
    /// rasci: 1
    /// id: example
    /// parties: { helpdesk: { title: Helpdesk } }
    /// tasks: { restore: { assign: [{ A/R: helpdesk }] } }
    /// ")?;
    /// let answer = policy.who("restore", None)?;
    /// let [case] = answer.cases() else { panic!("one case") };
    /// assert_eq!(case.letter(Letter::Responsible).next().and_then(|party| party.about.title.as_deref()), Some("Helpdesk"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// Where the task or the component is unknown.
    pub fn who<'n>(&self, task: &str, component: impl Into<Option<&'n str>>) -> Result<Answer<'_>, QueryError> {
        Ok(self.answer(self.cell(task, component)?, &Context::default()))
    }

    /// Who holds which letter of a cell in a context, which may leave dimensions open.
    #[must_use]
    pub fn answer(&self, cell: Cell, context: &Context) -> Answer<'_> {
        self.answer_letters(cell, context, &Letter::ALL)
    }

    /// Who holds these letters of a cell in a context. Cases differ in these letters or in status; the other letters
    /// are left out, as if the model were silent.
    #[must_use]
    pub fn answer_letters(&self, cell: Cell, context: &Context, letters: &[Letter]) -> Answer<'_> {
        let view = self.view(cell);
        let space = view.space(self.model(), self.matrix(), context);
        let case = |(when, decided): (When, Decided)| Case {
            policy: self,
            cell,
            context: context.clone(),
            within: if decided.status == Status::NotApplicable { Vec::new() } else { self.within(cell, context, &when) },
            when,
            status: decided.status,
            letters: decided.letters,
        };
        let cases = cases(&space, |combination| {
            let mut decided = view.decide(self.model(), combination);
            let left_out = Letter::ALL.into_iter().zip(&mut decided.letters).filter(|(letter, _)| !letters.contains(letter));
            left_out.for_each(|(_, outcome)| *outcome = Outcome::Silent);
            decided
        });
        Answer {
            policy: self,
            cell,
            context: context.clone(),
            letters: letters.to_vec(),
            cases: cases.into_iter().map(case).collect(),
        }
    }
}

impl<'p> Answer<'p> {
    /// The policy that was asked.
    #[must_use]
    pub fn policy(&self) -> &'p Policy {
        self.policy
    }

    /// The cell that was asked about.
    #[must_use]
    pub fn cell(&self) -> Cell {
        self.cell
    }

    /// The context that was asked with.
    #[must_use]
    pub fn context(&self) -> &Context {
        &self.context
    }

    /// The letters that were asked for.
    #[must_use]
    pub fn letters(&self) -> &[Letter] {
        &self.letters
    }

    /// The parties that hold a letter in some case, in declared order.
    #[must_use]
    pub fn parties(&self) -> Vec<PartyId> {
        let outcomes = self.cases.iter().flat_map(|case| &case.letters);
        let all: BTreeSet<PartyId> = outcomes.flat_map(Outcome::parties).collect();
        all.into_iter().collect()
    }

    /// The cases, in the order of their first combination. Never none; just one where the context leaves nothing open.
    #[must_use]
    pub fn cases(&self) -> &[Case<'p>] {
        &self.cases
    }
}

impl<'p> Case<'p> {
    /// The parties that hold a letter, in declared order.
    pub fn letter(&self, letter: Letter) -> impl Iterator<Item = &'p Party> + '_ {
        let policy = self.policy;
        self.outcome(letter).parties().map(move |party| policy.model().party(party))
    }

    /// Who holds a letter, or why nobody does.
    #[must_use]
    pub fn outcome(&self, letter: Letter) -> &Outcome {
        self.letters.get(letter.index()).unwrap_or(&Outcome::Silent)
    }

    /// The derivation of a letter in this case.
    #[must_use]
    pub fn why(&self, letter: Letter) -> Why<'p> {
        let mut why = self.policy.derive(self.cell, letter, &self.context);
        why.keep(&self.when);
        why
    }
}
