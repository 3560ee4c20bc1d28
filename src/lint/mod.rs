//! Stage 7: judgements. A [`Lint`] is a static value and a function; this file holds the table of all of them.
//!
//! Lints look at effective cells: after inheritance, relations and conditions, in every context. Levels are applied here
//! and nowhere else. A finding is stated once, at the assignment that causes it, with how far it reaches.

mod many_accountable;
mod no_accountable;
mod no_responsible;
mod survey;

use crate::diagnostic::Diagnostic;
use crate::document::{LINTS, Level};
use crate::policy::Policy;

use survey::Survey;

/// A lint: what it is called, what it finds, and how.
#[derive(Debug)]
pub struct Lint {
    /// Its kebab-case name.
    pub name: &'static str,
    /// What it finds, in one line.
    pub finds: &'static str,
    find: fn(&Survey<'_>) -> Vec<Finding>,
}

/// What a lint found, before its level is known.
struct Finding {
    span: crate::source::Span,
    message: String,
    help: String,
}

/// Every lint, in the order of the language.
pub static TABLE: &[&Lint] = &[&no_responsible::LINT, &no_accountable::LINT, &many_accountable::LINT];

/// Levels that a caller gives to lints, the later over the earlier; they go before those of the model.
pub type Levels = Vec<(String, Level)>;

impl Policy {
    /// Every finding of the lints that are not allowed, by file and place.
    #[must_use]
    pub fn lint(&self, levels: &Levels) -> Vec<Diagnostic> {
        let survey = Survey::new(self);
        let mut found = Vec::new();
        for lint in TABLE {
            let Some(severity) = self.level(lint.name, levels).severity() else { continue };
            let findings = (lint.find)(&survey).into_iter();
            found.extend(
                findings
                    .map(|finding| Diagnostic::finding(lint.name, severity, finding.span, finding.message).help(finding.help)),
            );
        }
        found.sort_by(|a, b| (a.span, a.name, &a.message).cmp(&(b.span, b.name, &b.message)));
        found
    }

    /// The level of a lint: the caller's, else the model's, else its own.
    fn level(&self, lint: &str, levels: &Levels) -> Level {
        let callers = levels.iter().rev().find(|(name, _)| name == lint).map(|(_, level)| *level);
        let models = || self.model().lint_levels().find(|(name, _)| *name == lint).map(|(_, level)| level);
        let own = || LINTS.iter().find(|(name, _)| *name == lint).map_or(Level::Warn, |(_, level)| *level);
        callers.or_else(models).unwrap_or_else(own)
    }
}
