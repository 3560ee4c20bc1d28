//! Paths of documents, where one may be named: under `extends`, and as the model of policy tests.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use super::complete::{Offer, OfferKind};
use super::files::beside;
use super::place::{Place, Step};
use super::workspace::{Doc, Workspace, is_made, is_yaml};

/// So many files and folders are looked at: more take longer than a hand waits.
const VISITED: usize = 2_000;

/// A model says within so many bytes that it is one.
const HEAD: u64 = 4_096;

impl Workspace {
    /// The paths that may be written at a place; none where it takes no path.
    pub(super) fn paths(&self, doc: &Doc, place: &Place) -> Option<Vec<Offer>> {
        let key = if doc.outline.tests { "model" } else { "extends" };
        let (Some(Step::Key(first)), true) = (place.path.first(), place.path.len() <= 2 && !place.key) else { return None };
        let rest = place.path.get(1);
        if first != key || rest.is_some_and(|step| *step != Step::Item) {
            return None;
        }
        let written = doc.text.text().get(place.word.clone()).unwrap_or_default();
        let found = self.models_from(doc, written).into_iter();
        Some(found.filter(|path| !place.beside.contains(path)).map(|path| offer(path, place.quoted)).collect())
    }

    /// The models in the directory of a document and below, as paths from it; upwards as far as is written.
    fn models_from(&self, doc: &Doc, written: &str) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        if !Path::new(&doc.name).is_absolute() {
            return found;
        }
        let up = "../".repeat(written.split('/').take_while(|part| *part == "..").count());
        let top = PathBuf::from(beside(&doc.name, &up));
        let mut add = |path: &Path| {
            if let Ok(below) = path.strip_prefix(&top)
                && *path != *doc.name
                && is_model(path)
            {
                let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
                found.insert(format!("{up}{}", parts.join("/")));
            }
        };
        self.names().iter().for_each(|name| add(Path::new(name)));
        let mut folders = vec![top.clone()];
        let mut visited = 0;
        while let Some(folder) = folders.pop().filter(|_| visited <= VISITED) {
            for entry in fs::read_dir(&folder).into_iter().flatten().flatten().take(VISITED) {
                visited += 1;
                let (path, kind) = (entry.path(), entry.file_type());
                let hidden = entry.file_name().to_string_lossy().starts_with('.');
                match kind {
                    Ok(kind) if kind.is_dir() && !hidden && !is_made(&path) => folders.push(path),
                    Ok(kind) if kind.is_file() && is_model(&path) && says_so(&path) => add(&path),
                    _ => {}
                }
            }
        }
        found
    }
}

/// Whether a file is named as a model is: policy tests are none.
fn is_model(path: &Path) -> bool {
    let test = path.file_stem().and_then(|stem| Path::new(stem).extension()).is_some_and(|extension| extension == "test");
    is_yaml(path) && !test
}

/// Whether a file begins as a model does.
fn says_so(path: &Path) -> bool {
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(HEAD).read_to_end(&mut head));
    read.is_ok() && String::from_utf8_lossy(&head).contains("rasci")
}

fn offer(path: String, quoted: bool) -> Offer {
    let plain = path.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '/' | '-' | '_'));
    let insert = if plain || quoted { path.clone() } else { format!("\"{path}\"") };
    Offer { label: path, insert, detail: Some("model".to_owned()), about: None, kind: OfferKind::Path }
}
