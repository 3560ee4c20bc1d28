//! The laws of texts: places lie where they say, documents survive being written, and no text whatever is too much.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use proptest::prelude::*;
use rasci::diagnostic::Diagnostic;
use rasci::document::Document;
use rasci::source::{FileError, Files, Located, Source, Sources, Span};
use rasci::{LoadError, Policy, Severity};

use super::config;
use crate::strategy::documents::documents;
use crate::strategy::models;
use crate::strategy::mutations::{bytes, mutated};

/// One file of any bytes.
struct Bytes(Vec<u8>);

impl Files for Bytes {
    fn locate(&self, from: Option<&str>, path: &str) -> Result<Located, FileError> {
        match from {
            None => Ok(Located { name: path.to_owned(), identity: path.to_owned() }),
            Some(_) => Err(FileError::Unreadable(format!("there is no `{path}`"))),
        }
    }

    fn read(&self, _: &Located, _: u64) -> Result<Vec<u8>, FileError> {
        Ok(self.0.clone())
    }
}

fn load(bytes: &[u8]) -> Result<Policy, LoadError> {
    Policy::loader().load_from(&Bytes(bytes.to_vec()), "model.yaml")
}

/// The text of a span that lies in a text, on whole characters.
fn covered(sources: &Sources, span: Span) -> &str {
    let source = sources.get(span.source).expect("a span lies in a text of its load");
    let (start, end) = (span.start as usize, span.end as usize);
    assert!(start <= end, "{span:?} ends before it starts");
    source.text().get(start..end).unwrap_or_else(|| panic!("{span:?} does not lie in {:?}", source.text()))
}

/// Every span of a diagnostic lies in its text, and covers the unknown name that the message quotes.
fn check_places(diagnostic: &Diagnostic, sources: &Sources) {
    let mends = diagnostic.mends.iter().flat_map(|mend| &mend.edits).map(|edit| edit.span);
    for span in diagnostic.related.iter().map(|related| related.span).chain(mends) {
        covered(sources, span);
    }
    let text = covered(sources, diagnostic.span.expect("a mistake in a text has a place"));
    if diagnostic.name.starts_with("unknown-") {
        let quoted: Vec<&str> = diagnostic.message.split('`').skip(1).step_by(2).collect();
        // `unknown-value` names the dimension first.
        let quoted = if diagnostic.name == "unknown-value" { quoted.last() } else { quoted.first() };
        let word = quoted.expect("the message quotes the name").trim_end_matches('…');
        // A text in quotes may be written otherwise than it reads.
        let as_it_reads = !text.contains(['\'', '"', '\\', '\n']);
        assert!(!as_it_reads || text.contains(word), "{}: `{word}` is not in {text:?}", diagnostic.message);
    }
}

/// A load gives a policy, or errors with places.
fn check_load(loaded: &Result<Policy, LoadError>) {
    let Err(error) = loaded else { return };
    assert!(error.diagnostics().iter().any(|diagnostic| diagnostic.severity == Severity::Error), "no error in {error}");
    for diagnostic in error.diagnostics() {
        check_places(diagnostic, error.sources());
    }
}

/// Every document under `policies` that is not broken on purpose.
fn shipped(directory: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path());
    let found =
        entries.filter(|path| !path.ends_with("broken")).flat_map(|path| if path.is_dir() { shipped(&path) } else { vec![path] });
    found.filter(|path| path.extension().is_some_and(|extension| extension == "yaml")).collect()
}

proptest! {
    #![proptest_config(config())]

    /// The spans of a model cover the ids that they are of.
    #[test]
    fn spans_of_a_model_cover_its_ids(written in models()) {
        let policy = written.load();
        let model = policy.model();
        let parties = model.parties().map(|(_, party)| &party.about);
        let components = model.components().map(|(_, component)| &component.about);
        let tasks = model.tasks().map(|(_, task)| &task.about);
        let sources = model.cited_sources().map(|(_, source)| &source.about);
        let about = parties.chain(components).chain(tasks).chain(sources).map(|about| (&about.id, about.span));
        for (id, span) in about.chain(model.dimensions().map(|(_, dimension)| (&dimension.id, dimension.span))) {
            prop_assert_eq!(covered(policy.sources(), span).trim_matches(['\'', '"']), &**id);
        }
        for (_, assignment) in model.assignments() {
            let text = covered(policy.sources(), assignment.span);
            prop_assert!(text.contains(assignment.id.unwrap_or("")));
            prop_assert!(serde_yaml::from_str::<rasci::document::Assignment>(&unindented(text)).is_ok(), "{}", text);
        }
        for diagnostic in policy.lint(&Vec::new()) {
            check_places(&diagnostic, policy.sources());
        }
    }

    /// Every place of every mistake lies in its text and covers what the message speaks of.
    #[test]
    fn spans_of_mistakes_lie_in_their_text(text in mutated()) {
        check_load(&load(text.as_bytes()));
    }

    /// A document, written and read, is the same document: by any reader of YAML, and by the crate's own.
    #[test]
    fn documents_survive_being_written(document in documents()) {
        let text = serde_yaml::to_string(&document).unwrap();
        let by_serde: Document<'static> = serde_yaml::from_str(&text).map_err(|error| TestCaseError::fail(format!("{error}\n{text}")))?;
        prop_assert_eq!(&by_serde, &document, "{}", text);
        let source = Source::new("model.yaml", &*text);
        let own = Document::parse(&source).map_err(|error| TestCaseError::fail(format!("{error}\n{text}")))?;
        prop_assert_eq!(&own, &document, "{}", text);
    }

    /// Mistakes are found again, in the same order.
    #[test]
    fn mistakes_are_the_same_twice(text in mutated()) {
        match (load(text.as_bytes()), load(text.as_bytes())) {
            (Ok(first), Ok(second)) => prop_assert!(first.cells().eq(second.cells())),
            (Err(first), Err(second)) => {
                prop_assert_eq!(first.diagnostics(), second.diagnostics());
                prop_assert_eq!(first.to_string(), second.to_string());
            }
            _ => prop_assert!(false, "loads once and fails once"),
        }
    }

    /// Any bytes load or are told what is wrong with them, soon.
    #[test]
    fn any_bytes_load_or_have_a_place_that_is_wrong(bytes in bytes()) {
        let start = Instant::now();
        let loaded = load(&bytes);
        check_load(&loaded);
        if let Ok(policy) = loaded {
            policy.cells().for_each(drop);
        }
        prop_assert!(start.elapsed() < Duration::from_secs(10), "it took {:?}", start.elapsed());
    }
}

/// The text of a block from within a list: its lines after the first lose what they are all indented by.
fn unindented(text: &str) -> String {
    let rest = text.lines().skip(1).filter(|line| !line.trim().is_empty());
    let depth = rest.map(|line| line.len() - line.trim_start().len()).min().unwrap_or(0);
    let line = |(nth, line): (usize, &str)| if nth == 0 { line.to_owned() } else { line.get(depth..).unwrap_or("").to_owned() };
    text.lines().enumerate().map(line).collect::<Vec<_>>().join("\n")
}

/// Every shipped document says the same to any reader of YAML as to the crate's own.
#[test]
fn shipped_documents_decode_alike() {
    let documents = shipped(Path::new("policies"));
    assert!(documents.len() >= 5, "{documents:?}");
    for path in documents.into_iter().filter(|path| !path.to_string_lossy().ends_with(".test.yaml")) {
        let text = std::fs::read_to_string(&path).unwrap();
        let source = Source::new(path.to_string_lossy(), &*text);
        let own = Document::parse(&source).unwrap_or_else(|error| panic!("{error}"));
        let by_serde: Document<'static> =
            serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert_eq!(by_serde, own, "{}", path.display());
    }
}
