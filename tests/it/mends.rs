//! Mends: each makes the finding go that offers it, and brings no error and no other finding.

mod examples;

use rasci::diagnostic::{Diagnostic, Mend, applied};
use rasci::document::Level;
use rasci::lint::{Example, TABLE};
use rasci::source::{Memory, Sources};
use rasci::{LoadError, Policy};

/// What is found in a model of several documents: its errors, or the findings of its lints.
struct Found {
    loaded: Result<Policy, LoadError>,
    diagnostics: Vec<Diagnostic>,
}

impl Found {
    fn sources(&self) -> &Sources {
        self.loaded.as_ref().map_or_else(LoadError::sources, Policy::sources)
    }
}

fn found(documents: &[(String, String)], raised: &[(String, Level)]) -> Found {
    let files: Memory = documents.iter().cloned().collect();
    let loaded = Policy::loader().load_from(&files, &documents.last().expect("a document").0);
    let diagnostics = match &loaded {
        Ok(policy) => policy.lint(&raised.to_vec()),
        Err(error) => error.diagnostics().to_vec(),
    };
    Found { loaded, diagnostics }
}

/// The documents with a mend applied.
fn mended(found: &Found, documents: &[(String, String)], mend: &Mend) -> Vec<(String, String)> {
    let id = mend.edits.first().expect("a mend changes something").span.source;
    assert!(mend.edits.iter().all(|edit| edit.span.source == id), "{mend:?}");
    let source = found.sources().get(id).expect("a text");
    let text = applied(source.text(), &mend.edits).expect("edits that fit");
    let changed = |file: &str, old: &str| if file == source.name() { text.clone() } else { old.to_owned() };
    documents.iter().map(|(file, old)| (file.clone(), changed(file, old))).collect()
}

/// The findings by name and message, without their places: a mend moves those below it.
fn names(found: &Found) -> Vec<(&'static str, String)> {
    let mut names: Vec<_> = found.diagnostics.iter().map(|each| (each.name, each.message.clone())).collect();
    names.sort();
    names
}

/// Holds every mend of what is found in these documents; returns how many there are.
fn hold(documents: &[(String, String)], raised: &[(String, Level)]) -> usize {
    let before = found(documents, raised);
    let mut held = 0;
    for diagnostic in &before.diagnostics {
        for mend in &diagnostic.mends {
            let texts = mended(&before, documents, mend);
            let after = names(&found(&texts, raised));
            let mut left = names(&before);
            let gone = (diagnostic.name, diagnostic.message.clone());
            assert!(
                after.iter().filter(|each| **each == gone).count() < left.iter().filter(|each| **each == gone).count(),
                "`{}` leaves {gone:?}:\n{}",
                mend.title,
                texts.last().unwrap().1
            );
            left.retain(|each| *each != gone);
            // What stands under a key that was not known is read only now.
            let uncovered = |name: &str| diagnostic.name == "unknown-key" && name.starts_with("unknown-");
            let new = |each: &&(&'static str, String)| **each != gone && !left.contains(each) && !uncovered(each.0);
            let new: Vec<_> = after.iter().filter(new).collect();
            assert!(new.is_empty(), "`{}` brings {new:?}:\n{}", mend.title, texts.last().unwrap().1);
            assert!(!mend.title.ends_with('.') && mend.title.starts_with(char::is_lowercase), "a fragment: {}", mend.title);
            held += 1;
        }
    }
    held
}

fn owned(example: Example) -> Vec<(String, String)> {
    example.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

#[test]
fn mends_of_lints_do_what_they_say() {
    let mut with_mends = Vec::new();
    for lint in TABLE {
        let raised = [(lint.name.to_owned(), Level::Warn)];
        if hold(&owned(lint.fires), &raised) > 0 {
            with_mends.push(lint.name);
        }
    }
    let expected = [
        "accountable-and-informed",
        "duplicate-letter",
        "shadowed-assignment",
        "redundant-assignment",
        "similar-id",
        "unused-party",
        "unused-component",
        "unused-dimension",
        "unused-suppression",
    ];
    assert_eq!(with_mends, expected);
}

#[test]
fn mends_of_errors_do_what_they_say() {
    let mut held = 0;
    for entry in std::fs::read_dir("policies/broken").unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            let Ok(text) = std::fs::read_to_string(&path) else { continue };
            held += hold(&[("model.yaml".to_owned(), text)], &[]);
        }
    }
    assert!(held > 25, "only {held} mends were offered");
}

/// That an addition leaves a `[]` without effect is told, and which of the two is meant is the author's choice.
#[test]
fn nobody_beside_an_addition_is_not_taken_out_for_certain() {
    let text = "rasci: 1\nid: m\nparties: { ann: {}, bob: {}, eve: {} }\ntasks:\n  t:\n    assign:\n      - { A: ann, R: bob }\n      \
                - { S+: eve }\n    tasks:\n      part: { assign: [{ S: [] }] }\n";
    let found = found(&[("model.yaml".to_owned(), text.to_owned())], &[]);
    let names: Vec<_> = found.diagnostics.iter().map(|each| each.name).collect();
    assert_eq!(names, ["addition-to-nobody", "redundant-assignment"]);
    assert!(found.diagnostics.iter().flat_map(|each| &each.mends).all(|mend| !mend.certain), "{:?}", found.diagnostics);
}

/// A mend is certain where it changes no answer and loses nothing that is written down.
#[test]
fn certain_mends_change_no_answer() {
    let certain = |assign: &str| {
        let text = format!(
            "rasci: 1\nid: m\nsources: {{ law: {{}} }}\nparties: {{ ann: {{}}, bob: {{}}, eve: {{}} }}\ntasks:\n  t:\n    \
             assign:\n      - {{ A: ann, R: bob, I: eve }}\n    tasks:\n      part:\n        assign:\n          - {{ {assign} }}\n"
        );
        let found = found(&[("model.yaml".to_owned(), text)], &[]);
        found.diagnostics.iter().flat_map(|each| &each.mends).map(|mend| (mend.title.clone(), mend.certain)).collect::<Vec<_>>()
    };
    let take_out = |certain| vec![("take the assignment out".to_owned(), certain)];
    assert_eq!(certain("R: bob"), take_out(true));
    assert_eq!(certain("R: bob, source: law"), take_out(false));
    assert_eq!(certain("R: bob, note: as above"), take_out(false));
    assert_eq!(certain("id: x, R: bob"), take_out(false));
    // Who is consulted is answered otherwise then.
    assert_eq!(certain("R: bob, C: [bob, eve], I: []"), vec![("take `bob` out of `C`".to_owned(), false)]);
    // Of what is a choice of the author no mend is offered.
    assert_eq!(certain("R: bob, C: bob"), vec![]);
}

/// A letter is taken from a party unasked only where it holds the stronger one wherever it would lose the weaker.
#[test]
fn a_weaker_letter_that_stands_alone_below_is_kept() {
    let text = "rasci: 1\nid: m\nparties: { ann: {}, bob: {}, eve: {} }\ntasks:\n  t:\n    \
                assign: [{ A: ann, R: bob, C: [bob, eve] }]\n    tasks: { part: { assign: [{ R: ann }] } }\n";
    let found = found(&[("model.yaml".to_owned(), text.to_owned())], &[]);
    let mends: Vec<&Mend> = found.diagnostics.iter().flat_map(|each| &each.mends).collect();
    assert_eq!(
        mends.iter().map(|mend| (mend.title.as_str(), mend.certain)).collect::<Vec<_>>(),
        [("take `bob` out of `C`", false)]
    );
}
