//! What the client tells: documents opened, changed, saved and closed. Each makes a new check.

use lsp_server::Notification;
use lsp_types::{
    DidChangeTextDocumentParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams, TextDocumentContentChangeEvent,
    VersionedTextDocumentIdentifier,
};
use rasci::editor::Text;
use serde::de::DeserializeOwned;

use super::jobs::Job;
use super::{Server, convert, uri};

impl Server {
    /// Takes in what the client tells. What cannot be read, or is not known, changes nothing.
    pub(super) fn take(&mut self, Notification { method, params }: Notification) {
        match method.as_str() {
            "textDocument/didOpen" => {
                let Some(DidOpenTextDocumentParams { text_document }) = read(params) else { return };
                let name = uri::name(&text_document.uri);
                self.workspace.open(&name, &text_document.text);
                self.versions.insert(name.clone(), text_document.version);
                self.all_due();
                self.check();
                return self.read_ahead(&name);
            }
            "textDocument/didChange" => {
                let Some(DidChangeTextDocumentParams { text_document, content_changes }) = read(params) else { return };
                let name = uri::name(&text_document.uri);
                self.change(&text_document, content_changes);
                let names = self.workspace.names();
                let with_it = names.into_iter().filter(|other| self.workspace.depends_on(other, &name));
                self.due.extend(with_it.collect::<Vec<_>>());
                self.changed = name;
            }
            "textDocument/didClose" => {
                let Some(DidCloseTextDocumentParams { text_document }) = read(params) else { return };
                let name = uri::name(&text_document.uri);
                self.workspace.close(&name);
                self.versions.remove(&name);
                self.policies.remove(&name);
                self.forget(&name);
                self.all_due();
            }
            // A document on the disk that open ones extend may be another now.
            "textDocument/didSave" | "workspace/didChangeWatchedFiles" => self.all_due(),
            _ => return,
        }
        self.check();
    }

    /// Has a document read while an editor shows it, which the first keystroke would wait for otherwise.
    fn read_ahead(&self, name: &str) {
        if self.workspace.text(name).is_some_and(|text| is_ours(text.text())) {
            self.workspace.read(name);
        }
    }

    fn all_due(&mut self) {
        self.due.extend(self.workspace.names());
    }

    fn change(&mut self, document: &VersionedTextDocumentIdentifier, changes: Vec<TextDocumentContentChangeEvent>) {
        let name = uri::name(&document.uri);
        let encoding = self.encoding;
        self.workspace.change(&name, |text| {
            let mut edited = None;
            for TextDocumentContentChangeEvent { range, text: new, .. } in changes {
                if let Some(range) = range {
                    let bytes = convert::bytes(text, range, encoding);
                    let start = bytes.start;
                    text.replace(bytes, &new);
                    edited = Some(text.line_of(start + new.len()));
                } else {
                    *text = Text::new(new);
                    edited = None;
                }
            }
            edited
        });
        self.versions.insert(name, document.version);
    }

    /// Has the documents checked that are due and are models or policy tests; first the one that was changed.
    fn check(&mut self) {
        self.newest += 1;
        self.due.retain(|name| self.workspace.is_open(name));
        let ours = |name: &&String| self.workspace.text(name).is_some_and(|text| is_ours(text.text()));
        let mut documents: Vec<String> = self.due.iter().filter(ours).cloned().collect();
        documents.sort_by_key(|name| *name != self.changed);
        let documents = documents.into_iter().map(|name| (self.root_of(&name), name)).map(|(root, name)| (name, root)).collect();
        self.jobs.put(Job { number: self.newest, files: self.workspace.files(""), documents });
    }
}

/// Whether a text means to be a model or policy tests: an editor may send every YAML file that is opened.
fn is_ours(text: &str) -> bool {
    const KEYS: [&str; 5] = ["rasci", "parties:", "tasks:", "assignments:", "extends:"];
    text.lines().any(|line| KEYS.iter().any(|key| line.trim_start_matches('"').starts_with(key)))
}

pub(super) fn read<T: DeserializeOwned>(params: serde_json::Value) -> Option<T> {
    serde_json::from_value(params).ok()
}
