//! Runs tests: asks the model, compares with what is expected, notes which assignments took part.
//!
//! Every expectation is exact for the letters it names, and must hold in every combination that is asked about.

use std::collections::BTreeSet;

use super::meant::{Question, Scope, Test};
use super::suite::{Difference, Side, TestResult};
use crate::document::Letter;
use crate::matrix::{Cell, Status};
use crate::model::{AssignmentId, PartyId, When};
use crate::policy::Policy;
use crate::query::{Case, Effect, Holds, How, Verdict, both, meets, tidy};

/// A model under test, and the assignments that took part so far.
pub(super) struct Run<'p> {
    pub(super) policy: &'p Policy,
    pub(super) covered: BTreeSet<AssignmentId>,
}

impl<'p> Run<'p> {
    pub(super) fn new(policy: &'p Policy) -> Self {
        Self { policy, covered: BTreeSet::new() }
    }

    pub(super) fn into_covered(self) -> Vec<AssignmentId> {
        self.covered.into_iter().collect()
    }

    pub(super) fn test(&mut self, test: &Test) -> TestResult {
        let differences = match &test.question {
            Question::Letters { cell, scope, expect } => self.letters(*cell, scope, expect),
            Question::Status { cell, scope, expect } => self.status(*cell, scope, *expect),
            Question::Holds { party, letter, cell, scope, ways, expect } => {
                self.holds(*party, *letter, *cell, scope, ways, *expect)
            }
            Question::Duties { party, expect } => self.duties(*party, expect),
        };
        TestResult { name: test.name.clone(), span: test.span, differences }
    }

    fn letters(&mut self, cell: Cell, scope: &Scope, expect: &[(Letter, Vec<PartyId>)]) -> Vec<Difference> {
        let model = self.policy.model();
        let mut differences = Vec::new();
        for (letter, expected) in expect {
            self.cover(cell, *letter, scope);
            // Cases that differ in what put the parties there, and not in the parties, are told as one.
            let mut found: Vec<(Vec<PartyId>, When)> = Vec::new();
            let answer = self.policy.answer_letters(cell, &scope.context, &[*letter]);
            for case in answer.cases() {
                let Some(within) = both(model, &case.when, &scope.among) else { continue };
                let actual: Vec<PartyId> = case.outcome(*letter).parties().collect();
                match found.iter_mut().find(|(other, _)| *other == actual) {
                    _ if actual == *expected => {}
                    Some((_, when)) => when.extend(within),
                    None => found.push((actual, within)),
                }
            }
            differences.extend(found.into_iter().map(|(actual, when)| Difference {
                cell,
                letter: Some(*letter),
                context: scope.context.clone(),
                when: tidy(model, &when).unwrap_or_default(),
                expected: Some(Side::Parties(expected.clone())),
                actual: Some(Side::Parties(actual)),
            }));
        }
        differences
    }

    fn status(&mut self, cell: Cell, scope: &Scope, expect: Status) -> Vec<Difference> {
        for letter in Letter::ALL {
            self.cover(cell, letter, scope);
        }
        let answer = self.policy.answer_letters(cell, &scope.context, &[]);
        let differs = answer.cases().iter().filter(|case| case.status != expect);
        let difference = |case: &Case<'_>| {
            let when = both(self.policy.model(), &case.when, &scope.among)?;
            Some(Difference {
                cell,
                letter: None,
                context: scope.context.clone(),
                when,
                expected: Some(Side::Status(expect)),
                actual: Some(Side::Status(case.status)),
            })
        };
        differs.filter_map(difference).collect()
    }

    fn holds(
        &mut self,
        party: PartyId,
        letter: Letter,
        cell: Cell,
        scope: &Scope,
        ways: &[How],
        expect: Verdict,
    ) -> Vec<Difference> {
        self.cover(cell, letter, scope);
        let mut holds = self.policy.holding(party, letter, cell, &scope.context, None, ways);
        holds.cases.retain(|case| meets(&case.when, &scope.among));
        let actual = Holds::verdict(&holds);
        let difference = Difference {
            cell,
            letter: Some(letter),
            context: scope.context.clone(),
            when: scope.among.clone(),
            expected: Some(Side::Holds(party, expect)),
            actual: Some(Side::Holds(party, actual)),
        };
        Some(difference).filter(|_| actual != expect).into_iter().collect()
    }

    /// Notes the assignments that decide or add in the letter, in some combination asked about.
    fn cover(&mut self, cell: Cell, letter: Letter, scope: &Scope) {
        let mut why = self.policy.derive(cell, letter, &scope.context);
        why.keep(&scope.among);
        let steps = why.cases.iter().flat_map(|case| &case.steps);
        let taking_part = steps.filter(|step| matches!(step.effect, Effect::Decides | Effect::Adds));
        self.covered.extend(taking_part.map(|step| step.assignment));
    }
}
