//! What was found, published: for each document what was found in it, by whichever model it is a part of.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::str::FromStr;
use std::sync::Arc;

use lsp_server::{Message, Notification};
use lsp_types::{
    CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, NumberOrString, PublishDiagnosticsParams,
    Range, Uri,
};
use rasci::diagnostic::Severity;
use rasci::editor::Encoding;
use rasci::lint::Lint;

use super::checking::{Checked, Found, Outcome, Spot};
use super::{Server, convert, uri};

/// What is published, by the document that was checked.
#[derive(Default)]
pub(super) struct Published {
    found: HashMap<String, Vec<Arc<Told>>>,
}

/// A finding as the client has it, and what mends it.
pub(super) struct Told {
    /// The document it stands in.
    pub(super) file: String,
    pub(super) diagnostic: Diagnostic,
    pub(super) found: Found,
}

impl Published {
    /// Everything that is told of a document, each finding once.
    pub(super) fn of<'p>(&'p self, file: &str) -> Vec<&'p Told> {
        let documents: BTreeMap<&String, &Vec<Arc<Told>>> = self.found.iter().collect();
        let mut seen = HashSet::new();
        let found = documents.into_values().flatten().map(AsRef::as_ref);
        found.filter(|told: &&Told| told.file == file && seen.insert(told.key())).collect()
    }
}

impl Told {
    /// What it says and where: of two that are equal in this, one is shown.
    fn key(&self) -> ([u32; 4], &str, &str) {
        let Range { start, end } = self.diagnostic.range;
        let bytes = [start.line, start.character, end.line, end.character];
        (bytes, &self.found.name, &self.found.message)
    }
}

impl Server {
    /// Publishes what came of a check, unless the texts have changed since.
    pub(super) fn publish(&mut self, Checked { number, document, outcome }: Checked) {
        if number != self.newest {
            return;
        }
        let found = match outcome {
            Outcome::Loaded(policy) => {
                self.policies.insert(document.clone(), policy);
                // What kept it from loading is mended; what the lints found stands until they are done.
                let mut told = self.published.found.get(&document).cloned().unwrap_or_default();
                let before = told.len();
                told.retain(|told| told.found.severity != Severity::Error);
                if told.len() == before {
                    return;
                }
                told
            }
            Outcome::Found(found) => {
                self.due.remove(&document);
                found.into_iter().map(|found| Arc::new(self.told(found))).collect()
            }
        };
        self.replace(&document, found);
    }

    /// Takes back what was found by checking a document.
    pub(super) fn forget(&mut self, document: &str) {
        self.replace(document, Vec::new());
    }

    fn replace(&mut self, document: &str, found: Vec<Arc<Told>>) {
        let mut files: BTreeSet<String> = found.iter().map(|told| told.file.clone()).collect();
        files.insert(document.to_owned());
        let before = self.published.found.insert(document.to_owned(), found);
        files.extend(before.iter().flatten().map(|told| told.file.clone()));
        if !self.workspace.is_open(document) {
            self.published.found.remove(document);
        }
        for file in files {
            let Some(uri) = uri::of(&file) else { continue };
            let diagnostics = self.published.of(&file).into_iter().map(|told| told.diagnostic.clone()).collect();
            let params = PublishDiagnosticsParams { uri, diagnostics, version: self.versions.get(&file).copied() };
            let Ok(params) = serde_json::to_value(params) else { continue };
            let notification = Notification { method: "textDocument/publishDiagnostics".to_owned(), params };
            let _ = self.sender.send(Message::Notification(notification));
        }
    }

    fn told(&self, found: Found) -> Told {
        let file = self.name_of(&found.place.file);
        let related = found.related.iter().filter_map(|(spot, message)| {
            let location = self.location(spot)?;
            Some(DiagnosticRelatedInformation { location, message: message.clone() })
        });
        let related: Vec<_> = related.collect();
        let diagnostic = Diagnostic {
            range: range(&found.place, self.encoding),
            severity: Some(match found.severity {
                Severity::Error | Severity::Deny => DiagnosticSeverity::ERROR,
                Severity::Warn => DiagnosticSeverity::WARNING,
            }),
            code: Some(NumberOrString::String(found.name.clone())),
            code_description: page(&found.name).map(|href| CodeDescription { href }),
            source: Some("rasci".to_owned()),
            message: found.message.clone(),
            related_information: (!related.is_empty()).then_some(related),
            tags: None,
            data: None,
        };
        Told { file, diagnostic, found }
    }

    pub(super) fn location(&self, spot: &Spot) -> Option<lsp_types::Location> {
        convert::location(&self.name_of(&spot.file), &spot.text, &spot.bytes, self.encoding)
    }

    /// The name that the client knows a document by.
    pub(super) fn name_of(&self, file: &str) -> String {
        self.workspace.name_of(file).unwrap_or(file).to_owned()
    }
}

pub(super) fn range(spot: &Spot, encoding: Encoding) -> lsp_types::Range {
    convert::range(&spot.text, &spot.bytes, encoding)
}

/// The page of a lint, or of the errors, or of policy tests.
fn page(name: &str) -> Option<Uri> {
    let page = match name {
        "failed-test" => "tests.md".to_owned(),
        "more-findings" => "editors.md".to_owned(),
        name if Lint::named(name).is_some() => format!("lints.md#{name}"),
        _ => "language.md#16-errors".to_owned(),
    };
    Uri::from_str(&format!("https://docs.rs/crate/rasci/latest/source/docs/{page}")).ok()
}
