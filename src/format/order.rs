//! The order of keys: what a thing is first, then what it says, then where that is written, and last what lies in it.
//!
//! Where the keys are the author's own (ids, dimensions, relations), their order says something and stays.

use crate::document::LetterKey;

/// What a map or list is in the language, as far as its keys are in an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Something else: its keys stay as they are.
    Other,
    /// A file of a model.
    Document,
    /// A file of policy tests.
    TestFile,
    /// A map of named entries, or a list of items, each of which is of this kind.
    Each(&'static Kind),
    CitedSource,
    Requirement,
    Party,
    Contact,
    Absence,
    Component,
    Task,
    TimeLimit,
    Assignment,
    Flow,
    Step,
    Conventions,
    Remove,
    Test,
    Holds,
    Duty,
}

/// In the order of an assignment, where its letters stand.
const LETTERS: &str = "R";

impl Kind {
    /// The kind of a document, by the name of its first keys.
    pub(super) fn of_root<'k>(mut keys: impl Iterator<Item = &'k str>) -> Self {
        if keys.any(|key| key == "rasci-test") { Self::TestFile } else { Self::Document }
    }

    /// The kind of the value of a key.
    pub(super) fn of_key(self, key: &str) -> Self {
        match (self, key) {
            (Self::Each(kind), _) => *kind,
            (Self::Document, "sources") => Self::Each(&Self::CitedSource),
            (Self::Document, "requirements") => Self::Each(&Self::Requirement),
            (Self::Document | Self::Party, "parties") => Self::Each(&Self::Party),
            (Self::Document | Self::Component, "components") => Self::Each(&Self::Component),
            (Self::Document | Self::Task, "tasks") => Self::Each(&Self::Task),
            (Self::Document, "assignments") | (Self::Component | Self::Task, "assign") => Self::Each(&Self::Assignment),
            (Self::Document, "conventions") => Self::Conventions,
            (Self::Document, "flows") => Self::Each(&Self::Flow),
            (Self::Document, "remove") => Self::Remove,
            (Self::Party, "contact") => Self::Contact,
            (Self::Party, "absent") => Self::Each(&Self::Absence),
            (Self::Task, "within") => Self::Each(&Self::TimeLimit),
            (Self::Flow, "steps") => Self::Each(&Self::Step),
            (Self::TestFile, "tests") => Self::Each(&Self::Test),
            (Self::Test, "holds") => Self::Holds,
            (Self::Test, "expect") => Self::Each(&Self::Duty),
            _ => Self::Other,
        }
    }

    /// The kind of an item of a list.
    pub(super) fn of_item(self) -> Self {
        if let Self::Each(kind) = self { *kind } else { Self::Other }
    }

    /// Where a key stands among those of its map; what is not known stands last.
    pub(super) fn rank(self, key: &str) -> usize {
        let keys = self.keys();
        let letters = self == Self::Assignment && LetterKey::parse(key).is_some();
        let key = if letters { LETTERS } else { key };
        keys.iter().position(|known| *known == key).unwrap_or(keys.len())
    }

    /// Its keys in their order; none where the order is the author's.
    pub(super) const fn keys(self) -> &'static [&'static str] {
        match self {
            Self::Other | Self::Each(_) => &[],
            Self::Document => &[
                "rasci",
                "id",
                "title",
                "description",
                "source",
                "note",
                "extends",
                "remove",
                "sources",
                "context",
                "requirements",
                "parties",
                "relations",
                "components",
                "tasks",
                "assignments",
                "conventions",
                "flows",
                "escalation",
                "lints",
            ],
            Self::CitedSource => &["title", "description", "publisher", "edition", "url", "source", "note"],
            Self::Requirement => &["title", "description", "because", "source", "note"],
            Self::Party => &[
                "title",
                "description",
                "kind",
                "aliases",
                "contact",
                "staff",
                "requires",
                "satisfies",
                "absent",
                "scope",
                "members",
                "source",
                "note",
                "parties",
            ],
            Self::Contact => &["email", "phone", "url"],
            Self::Absence => &["from", "until", "deputy"],
            Self::Component => {
                &["title", "description", "aliases", "when", "relations", "source", "note", "assign", "components"]
            }
            Self::Task => &["title", "description", "kind", "aliases", "when", "within", "source", "note", "assign", "tasks"],
            Self::TimeLimit => &["when", "time", "hours"],
            Self::Assignment => &["id", "task", "component", "when", LETTERS, "towards", "force", "basis", "source", "note"],
            Self::Flow => &["title", "description", "source", "note", "steps"],
            Self::Step => &["id", "title", "description", "task", "component", "when", "then", "source", "note"],
            Self::Conventions => &["accountable-is-responsible", "responsible-is-accountable"],
            Self::Remove => &["tasks", "components", "parties", "assignments"],
            Self::TestFile => &["rasci-test", "model", "tests"],
            Self::Test => &["name", "task", "component", "holds", "duties", "when", "expect"],
            Self::Holds => &["party", "letter", "task", "component", "how"],
            Self::Duty => &["letter", "task", "task-below", "component", "component-below", "when", "how", "through"],
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Kind;
    use crate::document::{
        Absence, Assignment, CitedSource, Component, Contact, Conventions, Document, Flow, LetterKey, Party, Remove, Requirement,
        Step, Task, TimeLimit,
    };

    #[test]
    fn the_order_holds_every_key_of_the_language() {
        let kinds: [(Kind, &[&str]); 15] = [
            (Kind::Document, Document::KEYS),
            (Kind::CitedSource, CitedSource::KEYS),
            (Kind::Requirement, Requirement::KEYS),
            (Kind::Party, Party::KEYS),
            (Kind::Contact, Contact::KEYS),
            (Kind::Absence, Absence::KEYS),
            (Kind::Component, Component::KEYS),
            (Kind::Task, Task::KEYS),
            (Kind::TimeLimit, TimeLimit::KEYS),
            (Kind::Assignment, Assignment::KEYS),
            (Kind::Flow, Flow::KEYS),
            (Kind::Step, Step::KEYS),
            (Kind::Conventions, Conventions::KEYS),
            (Kind::Remove, Remove::KEYS),
            (Kind::Other, &[]),
        ];
        for (kind, keys) in kinds {
            let letters = |key: &&&str| **key != "R" && LetterKey::parse(key).is_some();
            let known: BTreeSet<&str> = keys.iter().filter(|key| !letters(key)).copied().collect();
            assert_eq!(kind.keys().iter().copied().collect::<BTreeSet<_>>(), known, "{kind:?}");
        }
    }
}
