//! What lints look at, and what looks at the cells gave; and what each lint finds in that.

use super::ground::Ground;
use super::hits::{Hit, InCells, Told, Words};
use super::pass::look_at_all;
use super::seen::{Seen, Shown};
use super::{Finding, Lint};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{AssignmentId, Model};
use crate::parallel;
use crate::policy::Policy;

/// So many bytes are made ready for a message; one in a hundred is longer.
const LONGEST_MESSAGE: usize = 128;

/// What lints look at, and what looks at the cells gave.
pub(super) struct Survey<'p> {
    pub(super) policy: &'p Policy,
    /// None where there is too much to lay it out.
    pub(super) ground: Option<Ground<'p>>,
    pub(super) seen: Seen,
    /// Why cells were not looked at, where they were not.
    too_many: Option<String>,
}

impl<'p> Survey<'p> {
    /// Looks at the cells of a policy for these lints.
    pub(super) fn new(policy: &'p Policy, lints: &[&'static Lint]) -> Self {
        let ground =
            Ground::new(policy).map_err(|pairs| format!("the assignments stand at {pairs} pairs of a task and a component"));
        let looked_at = ground.as_ref().map_err(Clone::clone).and_then(|ground| {
            look_at_all(ground, lints).map_err(|looks| format!("more than {looks} cells differ from those above them"))
        });
        let (seen, too_many) = match looked_at {
            Ok(seen) => (seen, None),
            Err(why) => (Seen::nothing(policy.model(), 0), Some(why)),
        };
        Self { policy, ground: ground.ok(), seen, too_many }
    }

    /// That cells were not looked at, where they are too many: a check that was not made does not pass.
    pub(super) fn unlooked_at(&self) -> Option<Diagnostic> {
        let message = format!("{}: too many for the lints that look at cells", self.too_many.as_ref()?);
        let help = "Check the parts of the model by themselves; of all of it, the lints that look at cells are left out.";
        Some(Diagnostic::finding("too-many-cells", Severity::Deny, self.model().about().span, message).help(help))
    }

    /// That one lint was left out.
    pub(super) fn too_many(&self, lint: &str) -> Finding {
        let message = format!("`{lint}` would have to look at too many cells, and is left out");
        Finding::at(self.model().about().span, message, "Check the parts of the model by themselves.").leaving_out()
    }

    pub(super) fn model(&self) -> &'p Model {
        self.policy.model()
    }

    /// What a lint found, in order: one for each cause and what tells its findings apart.
    pub(super) fn found(&self, name: &str, looks: &mut usize) -> Vec<Found<'_>> {
        let (Some(ground), Some(of_lint)) = (&self.ground, self.seen.found.get(name)) else { return Vec::new() };
        let mut found: Vec<((AssignmentId, Words), &Shown)> = of_lint.iter().map(|(key, shown)| (*key, shown)).collect();
        found.sort_unstable_by_key(|(key, _)| *key);
        let mut counted = |cause, shown| ground.is_counted(cause, shown, looks);
        found.into_iter().map(|((cause, words), shown)| Found { cause, words, shown, counted: counted(cause, shown) }).collect()
    }

    /// The findings of a lint, each told at the highest scope.
    pub(super) fn findings(&self, lint: &InCells, found: &[Found<'_>]) -> Vec<Finding> {
        let Some(ground) = &self.ground else { return Vec::new() };
        parallel::each_long(found, |Found { cause, words, shown, counted }| {
            let hit = Hit { cause: *cause, words: *words, when: shown.first.1.clone() };
            let reach = ground.reach(lint, &hit, shown, *counted);
            let (cell, when) = reach.first.clone();
            let told = Told::new(ground, cell, Hit { when, ..hit });
            let mut message = String::with_capacity(LONGEST_MESSAGE);
            (lint.say)(&told, &mut message);
            message.push(' ');
            ground.say_reach(&reach, &mut message);
            let finding = Finding::at(self.model().assignments.span(*cause), message, lint.help);
            let beside = shown.other.map(|other| (other, "the other")).or_else(|| (lint.beside)(&told));
            match beside {
                Some((other, does)) => finding.related(self.model().assignments.span(other), does),
                None => finding,
            }
        })
    }
}

/// Something that a lint found.
pub(super) struct Found<'s> {
    cause: AssignmentId,
    words: Words,
    shown: &'s Shown,
    /// Whether it is counted how far it reaches.
    counted: bool,
}
