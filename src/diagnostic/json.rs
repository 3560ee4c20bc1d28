//! Diagnostics as values to serialise: `check` of the JSON interface, version 1.

use serde::Serialize;

use super::{Diagnostic, Mend, Severity};
use crate::source::{Sources, Span};

/// Every diagnostic of one run.
#[derive(Debug, Serialize)]
pub struct Report {
    /// The version of this shape.
    pub version: u32,
    /// The diagnostics, by file and place.
    pub diagnostics: Vec<Entry>,
}

/// One diagnostic.
#[derive(Debug, Serialize)]
pub struct Entry {
    name: &'static str,
    severity: &'static str,
    message: String,
    help: Option<String>,
    place: Option<Place>,
    related: Vec<Related>,
    mends: Vec<Change>,
}

#[derive(Debug, Serialize)]
struct Related {
    message: String,
    place: Place,
}

/// A mend.
#[derive(Debug, Serialize)]
struct Change {
    title: String,
    certain: bool,
    edits: Vec<Replacement>,
}

#[derive(Debug, Serialize)]
struct Replacement {
    place: Place,
    text: String,
}

#[derive(Debug, Serialize)]
struct Place {
    file: String,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
}

impl Entry {
    /// The value of a diagnostic, with its places read from the texts they lie in.
    #[must_use]
    pub fn new(diagnostic: &Diagnostic, sources: &Sources) -> Self {
        Self {
            name: diagnostic.name,
            severity: match diagnostic.severity {
                Severity::Error => "error",
                Severity::Deny => "deny",
                Severity::Warn => "warn",
            },
            message: diagnostic.message.clone(),
            help: diagnostic.help.as_deref().map(str::to_owned),
            place: diagnostic.span.map(|span| place(sources, span)),
            related: diagnostic
                .related
                .iter()
                .map(|related| Related { message: related.message.clone().into_owned(), place: place(sources, related.span) })
                .collect(),
            mends: diagnostic.mends.iter().map(|mend| change(sources, mend)).collect(),
        }
    }
}

fn change(sources: &Sources, mend: &Mend) -> Change {
    let edits = mend.edits.iter().map(|edit| Replacement { place: place(sources, edit.span), text: edit.replacement.clone() });
    Change { title: mend.title.clone(), certain: mend.certain, edits: edits.collect() }
}

fn place(sources: &Sources, span: Span) -> Place {
    let place = sources.place(span);
    Place {
        file: place.file.to_owned(),
        line: place.start.line,
        column: place.start.column,
        end_line: place.end.line,
        end_column: place.end.column,
    }
}
