//! Stage 3: what is written. One [`Document`] is one file, its names still text, each reference with its place.
//!
//! The types are plain serde types, so any serde format reads and writes them; from YAML text they are read by their
//! own decoder, which keeps places and reports every mistake. Both come from one table of keys (`record`). Nothing here
//! knows whether a name is declared.

mod assignment;
mod assignments;
mod citation;
mod condition;
mod entries;
mod flow;
pub(crate) mod form;
mod layers;
mod letter;
mod record;
#[cfg(feature = "schema")]
pub mod schema;
mod values;

pub use assignment::{Assignment, Basis, Clause, Force};
pub use assignments::Assignments;
pub(crate) use assignments::{Spare, Standing};
pub use citation::Citations;
pub use condition::{Values, When};
pub use entries::{
    Absence, CitedSource, Component, Contact, Hours, Party, PartyKind, Requirement, Staff, Task, TaskKind, TimeLimit, Within,
};

pub use flow::{Conventions, Flow, LINTS, Level, Remove, Step};
pub use form::Vocabulary;
pub use layers::ReadLimits;
pub(crate) use layers::{Layer, Texts, read_layers};
pub use letter::{Letter, LetterKey};
pub use values::{Entries, Name, Names, Text};

use crate::diagnostic::{Diagnostic, Diagnostics, ErrorKind};
use crate::error::LoadError;
use crate::source::{Source, SourceId, Sources, Spanned};
use crate::yaml::{Decode, Decoder, Shape, TextLimits, Tree, shortened};
use record::record;

/// The version of the language that this program knows.
pub const VERSION: u32 = 1;

record! {
    /// One file of a model.
    Document<'t>, "a model" {
        /// The version of the language; required.
        "rasci" version: Option<Spanned<u32>> = Required Version(1),
        /// The id of the model; required.
        "id" id: Option<Name<'t>> = Required Id("phone-system"),
        /// Its title.
        "title" title: Option<Text<'t>> = Text("Support for the telephone system"),
        /// What it is about, in Markdown.
        "description" description: Option<Text<'t>> = Text("Who does what in the **first year**."),
        /// A remark.
        "note" note: Option<Text<'t>> = Text("To be agreed on in spring."),
        /// Where it comes from.
        "source" source: Option<Citations<'t>> = Id({ "contract": "clause 4" }),
        /// The documents it builds on, as paths from this file.
        "extends" extends: Option<Names<'t>> = Text(["base.yaml"]),
        /// What is taken out of the documents before.
        "remove" remove: Option<Remove<'t>> = Own({ "tasks": ["order-phones"] }),
        /// The documents that it cites.
        "sources" sources: Entries<'t, CitedSource<'t>> as Source = Own({ "contract": { "title": "Service contract" } }),
        /// When: the dimensions of the context, each with its values in order.
        "context" context: Entries<'t, Names<'t>> as Dimension Value = Value Filled({ "priority": ["P1", "P2", "P3"] }),
        /// What a party must satisfy before it acts.
        "requirements" requirements: Entries<'t, Requirement<'t>> as Requirement = Own({ "signed-agreement": { "because": ["GDPR"] } }),
        /// Who: organisations, teams, roles, persons.
        "parties" parties: Entries<'t, Party<'t>> as Party = Own({ "customer": { "parties": { "helpdesk": {} } }, "vendor": {} }),
        /// The relations of the whole system: the last place a `$relation` is looked for.
        "relations" relations: Entries<'t, Names<'t>> as Relation Party = Id Filled({ "operator": "customer" }),
        /// Where: systems and their parts.
        "components" components: Entries<'t, Component<'t>> as Component = Own({ "sbc": { "title": "Session border controller" } }),
        /// What: activities, duties, services.
        "tasks" tasks: Entries<'t, Task<'t>> as Task = Own({ "restore": { "assign": [{ "A": "customer", "R": "helpdesk" }] } }),
        /// Assignments for which neither a task nor a component is the natural home.
        "assignments" assignments: Assignments<'t> = Own([{ "task": "restore", "I+": "users" }]),
        /// What a letter that nobody mentions is taken to be.
        "conventions" conventions: Option<Conventions> = Own({ "accountable-is-responsible": true }),
        /// How cases travel, step by step.
        "flows" flows: Entries<'t, Flow<'t>> as Flow = Own({ "case": { "steps": [{ "id": "log", "task": "incident" }] } }),
        /// Who hands over to whom, in order.
        "escalation" escalation: Entries<'t, Names<'t>> as Escalation Party = Id Filled({ "support": ["helpdesk", "vendor-l2"] }),
        /// The level of each lint.
        "lints" lints: Entries<'t, LintLevel> as Lint = Lints({ "no-accountable": "warn" }),
    }
}

/// The level of a lint; none where what is written is no level, which has been reported.
pub type LintLevel = Option<Level>;

impl<'t> Document<'t> {
    /// Reads one document for itself: what it extends is not read, and no name is looked up.
    ///
    /// # Errors
    /// Every mistake in how it is written, each with its place.
    pub fn parse(source: &'t Source) -> Result<Self, LoadError> {
        let mut sink = Diagnostics::default();
        let document = Self::read(source, SourceId::default(), ReadLimits::default().of_text(), &mut sink);
        match document {
            Some(document) if !sink.has_errors() => Ok(document),
            _ => {
                let mut sources = Sources::default();
                sources.add(Source::new(source.name(), source.text()));
                Err(LoadError::new(sources, sink))
            }
        }
    }

    /// Reads a document from YAML; none where the text is no YAML, or of a version that is not known.
    fn read(source: &'t Source, id: SourceId, limits: TextLimits, sink: &mut Diagnostics) -> Option<Self> {
        let tree = Tree::parse(source.text(), id, limits, sink)?;
        Self::of_tree(&mut Decoder::new(&tree, sink))
    }

    /// Reads a document but for its assignments, which stay in the tree.
    pub(crate) fn read_around(tree: &Tree<'t>, sink: &mut Diagnostics) -> Option<Self> {
        let mut decoder = Decoder::new(tree, sink);
        decoder.leaves_standing = true;
        Self::of_tree(&mut decoder)
    }

    fn of_tree(decoder: &mut Decoder<'_, 't>) -> Option<Self> {
        let root = Tree::ROOT;
        if matches!(decoder.shape(root), Shape::Nothing | Shape::Map) && !check_version(decoder, root) {
            return None;
        }
        if decoder.shape(root) == Shape::Nothing {
            return None;
        }
        let document = Self::decode(decoder, root)?;
        if decoder.find(root, "id").is_none() {
            decoder.missing_key(root, "id", "Write `id: my-model`: the name of this model.");
        }
        Some(document)
    }
}

/// Whether the document may be read: a missing version is reported and reading goes on, an unknown one ends it.
fn check_version(decoder: &mut Decoder<'_, '_>, root: crate::yaml::NodeId) -> bool {
    let written = decoder.find(root, "rasci");
    let Some(node) = written else {
        if decoder.find(root, "rasci-test").is_some() {
            decoder.missing(root, "a model was expected here, and these are policy tests", "Run them with `rasci test`.");
            return false;
        }
        decoder.missing_key(root, "rasci", "Write `rasci: 1` first: the version of the language.");
        return true;
    };
    match decoder.shape(node) {
        Shape::Text(text, true) if text == VERSION.to_string() => true,
        Shape::Text(text, _) => {
            let unknown = Diagnostic::error(
                ErrorKind::UnknownVersion,
                decoder.span(node),
                format!("unknown version `{}` of the language", shortened(&text)),
            );
            let quoted = if text == VERSION.to_string() { ", without quotes" } else { "" };
            decoder.report(unknown.help(format!("This program knows version {VERSION}: write `rasci: {VERSION}`{quoted}.")));
            false
        }
        _ => true,
    }
}
