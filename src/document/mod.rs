//! Stage 3: what is written. One [`Document`] is one file, its names still text, each reference with its place.
//!
//! The types are plain serde types, so any serde format reads and writes them; from YAML text they are read by their
//! own decoder, which keeps places and reports every mistake. Both come from one table of keys (`record`). Nothing here
//! knows whether a name is declared.

mod assignment;
mod citation;
mod condition;
mod entries;
mod flow;
mod layers;
mod letter;
mod record;
mod values;

pub use assignment::{Assignment, Basis, Clause, Force};
pub use citation::Citations;
pub use condition::{Values, When};
pub use entries::{
    Absence, CitedSource, Component, Contact, Hours, Party, PartyKind, Requirement, Staff, Task, TaskKind, TimeLimit, Within,
};
pub use flow::{Conventions, Flow, LINTS, Level, Remove, Step};
pub use layers::ReadLimits;
pub(crate) use layers::{Texts, read_layers};
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
        "rasci" version: Option<Spanned<u32>>,
        /// The id of the model; required.
        "id" id: Option<Name<'t>>,
        /// Its title.
        "title" title: Option<Text<'t>>,
        /// What it is about, in Markdown.
        "description" description: Option<Text<'t>>,
        /// A remark.
        "note" note: Option<Text<'t>>,
        /// Where it comes from.
        "source" source: Option<Citations<'t>>,
        /// The documents it builds on, as paths from this file.
        "extends" extends: Option<Names<'t>>,
        /// What goes from the documents before.
        "remove" remove: Option<Remove<'t>>,
        /// The documents that it cites.
        "sources" sources: Entries<'t, CitedSource<'t>>,
        /// The context: dimensions and their values.
        "context" context: Entries<'t, Names<'t>>,
        /// What a party must satisfy before it acts.
        "requirements" requirements: Entries<'t, Requirement<'t>>,
        /// Who.
        "parties" parties: Entries<'t, Party<'t>>,
        /// The relations of the whole system.
        "relations" relations: Entries<'t, Names<'t>>,
        /// Where.
        "components" components: Entries<'t, Component<'t>>,
        /// What.
        "tasks" tasks: Entries<'t, Task<'t>>,
        /// Assignments without a natural home.
        "assignments" assignments: Vec<Spanned<Assignment<'t>>>,
        /// What a letter that nobody mentions is taken to be.
        "conventions" conventions: Option<Conventions>,
        /// How cases travel.
        "flows" flows: Entries<'t, Flow<'t>>,
        /// Who hands over to whom.
        "escalation" escalation: Entries<'t, Names<'t>>,
        /// The level of each lint.
        "lints" lints: Entries<'t, LintLevel>,
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
    pub(crate) fn read(source: &'t Source, id: SourceId, limits: TextLimits, sink: &mut Diagnostics) -> Option<Self> {
        let tree = Tree::parse(source.text(), id, limits, sink)?;
        let mut decoder = Decoder::new(&tree, sink);
        let root = Tree::ROOT;
        if matches!(decoder.shape(root), Shape::Nothing | Shape::Map) && !check_version(&mut decoder, root) {
            return None;
        }
        if decoder.shape(root) == Shape::Nothing {
            return None;
        }
        let document = Self::decode(&mut decoder, root)?;
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
