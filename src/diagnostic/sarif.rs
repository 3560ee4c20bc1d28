//! Diagnostics as values to serialise in the Static Analysis Results Interchange Format, SARIF 2.1.0: one run, its
//! tool with every rule there is, a result for each diagnostic.
//!
//! Columns count Unicode code points and ends are exclusive, as the format allows and as everywhere in this crate.

use serde::Serialize;

use super::{Diagnostic, Edit, ErrorKind, Mend, Severity, uri};
use crate::source::{Sources, Span};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// A log of one run.
#[derive(Debug, Serialize)]
pub struct Log {
    version: &'static str,
    #[serde(rename = "$schema")]
    schema: &'static str,
    runs: [Run; 1],
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    tool: Tool,
    column_kind: &'static str,
    results: Vec<Outcome>,
}

#[derive(Debug, Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    semantic_version: &'static str,
    rules: Vec<Rule>,
}

/// What a result may be an instance of: a kind of error, or a lint.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Rule {
    id: &'static str,
    short_description: Text,
    default_configuration: Configuration,
}

#[derive(Debug, Serialize)]
struct Configuration {
    enabled: bool,
    level: &'static str,
}

#[derive(Debug, Serialize)]
struct Text {
    text: String,
}

/// A result, as the format calls a diagnostic.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome {
    rule_id: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'static str,
    message: Text,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    locations: Vec<Location>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Fix>,
    /// Empty where it is not suppressed: absent, the format says, it would not be known.
    suppressions: Vec<Suppression>,
}

/// A comment in the text by which a finding is no fault.
#[derive(Debug, Serialize)]
struct Suppression {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    justification: Option<String>,
    location: Location,
}

#[derive(Debug, Serialize)]
struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    #[serde(rename = "physicalLocation")]
    place: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: Artifact,
    region: Region,
}

#[derive(Debug, PartialEq, Serialize)]
struct Artifact {
    uri: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    start_column: u32,
    end_line: u32,
    end_column: u32,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Fix {
    description: Text,
    artifact_changes: Vec<Change>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Change {
    artifact_location: Artifact,
    replacements: Vec<Replacement>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement {
    deleted_region: Region,
    inserted_content: Text,
}

impl Rule {
    /// A rule for the findings of a lint; of no severity where they are not shown.
    #[must_use]
    pub fn lint(name: &'static str, finds: &str, severity: Option<Severity>) -> Self {
        let default_configuration =
            Configuration { enabled: severity.is_some(), level: level(severity.unwrap_or(Severity::Warn)) };
        Self { id: name, short_description: text(finds), default_configuration }
    }

    fn error(kind: ErrorKind) -> Self {
        let default_configuration = Configuration { enabled: true, level: level(Severity::Error) };
        Self { id: kind.name(), short_description: text(kind.meaning().trim()), default_configuration }
    }
}

impl Log {
    /// A log without results, of a program that knows every error and these lints.
    #[must_use]
    pub fn new(lints: impl IntoIterator<Item = Rule>) -> Self {
        let rules = ErrorKind::ALL.iter().map(|kind| Rule::error(*kind)).chain(lints).collect();
        let driver = Driver { name: "rasci", semantic_version: env!("CARGO_PKG_VERSION"), rules };
        let run = Run { tool: Tool { driver }, column_kind: "unicodeCodePoints", results: Vec::new() };
        Self { version: "2.1.0", schema: SCHEMA, runs: [run] }
    }

    /// Takes in a diagnostic, with its places read from the texts they lie in.
    pub fn add(&mut self, diagnostic: &Diagnostic, sources: &Sources) {
        self.push(diagnostic, sources, Vec::new());
    }

    /// Takes in a diagnostic that a comment suppresses, with the reason it gives.
    pub fn add_suppressed(&mut self, diagnostic: &Diagnostic, comment: Span, reason: Option<&str>, sources: &Sources) {
        let location = location(sources, comment, None, None);
        let suppression = Suppression { kind: "inSource", justification: reason.map(str::to_owned), location };
        self.push(diagnostic, sources, vec![suppression]);
    }

    fn push(&mut self, diagnostic: &Diagnostic, sources: &Sources, suppressions: Vec<Suppression>) {
        let [run] = &mut self.runs;
        let label = diagnostic.label.as_deref();
        run.results.push(Outcome {
            rule_id: diagnostic.name,
            rule_index: run.tool.driver.rules.iter().position(|rule| rule.id == diagnostic.name),
            level: level(diagnostic.severity),
            message: message(diagnostic),
            locations: diagnostic.span.map(|span| location(sources, span, None, label)).into_iter().collect(),
            related_locations: (diagnostic.related.iter().enumerate())
                .map(|(nth, related)| location(sources, related.span, Some(nth + 1), Some(&related.message)))
                .collect(),
            fixes: diagnostic.mends.iter().map(|mend| fix(sources, mend)).collect(),
            suppressions,
        });
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error | Severity::Deny => "error",
        Severity::Warn => "warning",
    }
}

/// Message and help as sentences: many viewers show nothing else.
fn message(diagnostic: &Diagnostic) -> Text {
    let help = diagnostic.help.iter().map(|help| format!(". {help}"));
    Text { text: std::iter::once(diagnostic.message.clone()).chain(help).collect() }
}

/// A mend: what it changes, file by file.
fn fix(sources: &Sources, mend: &Mend) -> Fix {
    let mut changes: Vec<Change> = Vec::new();
    for Edit { span, replacement } in &mend.edits {
        let PhysicalLocation { artifact_location, region } = physical(sources, *span);
        let replacement = Replacement { deleted_region: region, inserted_content: text(replacement) };
        match changes.iter_mut().find(|change| change.artifact_location == artifact_location) {
            Some(change) => change.replacements.push(replacement),
            None => changes.push(Change { artifact_location, replacements: vec![replacement] }),
        }
    }
    Fix { description: text(&mend.title), artifact_changes: changes }
}

fn location(sources: &Sources, span: Span, id: Option<usize>, message: Option<&str>) -> Location {
    Location { id, place: physical(sources, span), message: message.map(text) }
}

fn physical(sources: &Sources, span: Span) -> PhysicalLocation {
    let place = sources.place(span);
    PhysicalLocation {
        artifact_location: Artifact { uri: uri::of_path(place.file) },
        region: Region {
            start_line: place.start.line,
            start_column: place.start.column,
            end_line: place.end.line,
            end_column: place.end.column,
        },
    }
}

fn text(text: &str) -> Text {
    Text { text: text.to_owned() }
}
