//! The rest of a document as written: flows, conventions, removals, lint levels.

use super::record::{record, words};
use super::{Citations, Name, Names, Text, When};
use crate::diagnostic::Severity;
use crate::source::Spanned;

record! {
    /// How a case travels.
    Flow<'t>, "a flow" {
        /// Its title.
        "title" title: Option<Text<'t>> = Text("From report to closure"),
        /// What it is.
        "description" description: Option<Text<'t>> = Text("Answers calls and mails, by day."),
        /// A remark.
        "note" note: Option<Text<'t>> = Text("To be agreed on in spring."),
        /// Where it is written.
        "source" source: Option<Citations<'t>> = Id({ "contract": "clause 4" }),
        /// Its steps, the first first.
        "steps" steps: Vec<Spanned<Step<'t>>> = Own([{ "id": "log", "task": "incident", "then": "close" }, { "id": "close" }]),
    }
}

record! {
    /// One step of a flow.
    Step<'t>, "a step" {
        /// Its name in the flow; required.
        "id" id: Option<Name<'t>> as Step = Required Id("log"),
        /// Its title.
        "title" title: Option<Text<'t>> = Text("Write the case down"),
        /// What it is.
        "description" description: Option<Text<'t>> = Text("Answers calls and mails, by day."),
        /// A remark.
        "note" note: Option<Text<'t>> = Text("To be agreed on in spring."),
        /// Where it is written.
        "source" source: Option<Citations<'t>> = Id({ "contract": "clause 4" }),
        /// The task done.
        "task" task: Option<Name<'t>> as Task = Id("incident"),
        /// The component it is done at.
        "component" component: Option<Name<'t>> as Component = Id("sbc"),
        /// When the step is taken.
        "when" when: Option<When<'t>> = Value Filled({ "priority": "P1" }),
        /// The steps that may follow.
        "then" then: Option<Names<'t>> as Step = Id(["close", "escalate"]),
    }
}

record! {
    /// What a letter that no assignment mentions is taken to be.
    Conventions, "the conventions" {
        /// R is A's set where A has a party and no applying assignment mentions R.
        "accountable-is-responsible" accountable_is_responsible: Option<bool> = Own(true),
        /// A is R's party where R has exactly one and no applying assignment mentions A.
        "responsible-is-accountable" responsible_is_accountable: Option<bool> = Own(false),
    }
}

record! {
    /// What goes from the documents before.
    Remove<'t>, "what to remove" {
        /// Tasks, with what lies below them.
        "tasks" tasks: Option<Names<'t>> as Task = Id(["order-phones"]),
        /// Components, with what lies below them.
        "components" components: Option<Names<'t>> as Component = Id(["back-end"]),
        /// Parties, with what lies below them.
        "parties" parties: Option<Names<'t>> as Party = Id(["vendor"]),
        /// Assignments, by their id.
        "assignments" assignments: Option<Names<'t>> as Assignment = Id(["keep-posted"]),
    }
}

words! {
    /// What a finding of a lint does.
    Level, "a level of a lint" {
        /// It is not shown.
        "allow" Allow,
        /// It is shown.
        "warn" Warn,
        /// It is shown, and fails the check.
        "deny" Deny,
    }
}

impl Level {
    /// How grave a finding at this level is; none where it is not shown.
    #[must_use]
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Allow => None,
            Self::Warn => Some(Severity::Warn),
            Self::Deny => Some(Severity::Deny),
        }
    }
}

/// Every lint that the language names, with the level it has unless a model or a caller gives it another.
pub const LINTS: &[(&str, Level)] = &[
    ("no-responsible", Level::Deny),
    ("no-accountable", Level::Deny),
    ("many-accountable", Level::Deny),
    ("accountable-and-informed", Level::Deny),
    ("duplicate-letter", Level::Warn),
    ("ambiguous-assignment", Level::Deny),
    ("condition-gap", Level::Warn),
    ("conditional-fallthrough", Level::Warn),
    ("outranked-override", Level::Warn),
    ("addition-to-nobody", Level::Warn),
    ("unassigned-task", Level::Warn),
    ("shadowed-assignment", Level::Warn),
    ("redundant-assignment", Level::Warn),
    ("similar-id", Level::Warn),
    ("unused-party", Level::Warn),
    ("unused-component", Level::Warn),
    ("unused-dimension", Level::Warn),
    ("unresolved-relation", Level::Warn),
    ("unsourced-assignment", Level::Allow),
    ("out-of-scope", Level::Deny),
    ("overloaded-party", Level::Allow),
    ("understaffed", Level::Deny),
    ("unmet-requirement", Level::Deny),
    ("uncovered-absence", Level::Warn),
    ("single-point", Level::Allow),
    ("flow-without-responsible", Level::Deny),
    ("unreachable-step", Level::Warn),
    ("endless-flow", Level::Warn),
    ("escalation-gap", Level::Warn),
    ("unused-suppression", Level::Warn),
    ("unexplained-suppression", Level::Deny),
];
