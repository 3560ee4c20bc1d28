//! The examples of broken models: exactly the errors that their comments name, at exactly those places.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use rasci::diagnostic::Diagnostic;
use rasci::source::{Memory, Sources};
use rasci::{ErrorKind, Policy};

/// File, line, column, name.
type Finding = (String, u32, u32, String);

/// Every model of `policies/broken`: the files in it, and `model.yaml` of each directory in it.
fn broken_models() -> Vec<PathBuf> {
    let entries = fs::read_dir("policies/broken").unwrap().map(|entry| entry.unwrap().path());
    let mut models: Vec<PathBuf> = entries.map(|path| if path.is_dir() { path.join("model.yaml") } else { path }).collect();
    models.sort();
    models
}

fn found(model: &Path) -> Vec<Finding> {
    let place = |diagnostic: &Diagnostic, sources: &Sources| {
        let place = sources.place(diagnostic.span.expect("an error in a text has a place"));
        (place.file.to_owned(), place.start.line, place.start.column, diagnostic.name.to_owned())
    };
    let mut found: Vec<Finding> = match Policy::load(model) {
        Ok(policy) => policy.lint(&Vec::new()).iter().map(|each| place(each, policy.sources())).collect(),
        Err(error) => error.diagnostics().iter().map(|each| place(each, error.sources())).collect(),
    };
    found.sort();
    found
}

/// What the comments of a model's files expect: `# error: NAME COLUMN, ...` on the line, `# error at [FILE:]LINE:COLUMN: NAME` above.
fn expected(model: &Path) -> Vec<Finding> {
    let file = model.to_str().unwrap().to_owned();
    let mut expected = Vec::new();
    for (nth, line) in fs::read_to_string(model).unwrap().lines().enumerate() {
        for marker in ["# error: ", "# lint: "] {
            let Some((_, findings)) = line.split_once(marker) else { continue };
            for finding in findings.split(", ") {
                let (name, column) = finding.trim().split_once(' ').expect("a name and a column");
                expected.push((file.clone(), u32::try_from(nth + 1).unwrap(), column.parse().unwrap(), name.to_owned()));
            }
        }
        if let Some(at) = line.strip_prefix("# error at ") {
            let (place, name) = at.rsplit_once(": ").expect("a place and a name");
            let parts: Vec<&str> = place.split(':').collect();
            let (file, [line, column]) = match parts[..] {
                [line, column] => (file.clone(), [line, column]),
                [other, line, column] => (model.with_file_name(other).to_str().unwrap().to_owned(), [line, column]),
                _ => panic!("{place}"),
            };
            expected.push((file, line.parse().unwrap(), column.parse().unwrap(), name.trim().to_owned()));
        }
    }
    expected.sort();
    expected
}

#[test]
fn every_broken_model_has_exactly_the_errors_it_names() {
    let mut wrong = Vec::new();
    for model in broken_models() {
        let (expected, found) = (expected(&model), found(&model));
        assert!(!expected.is_empty(), "{} names no error", model.display());
        if expected != found {
            wrong.push(format!("{}:\n  expected {expected:?}\n  found    {found:?}", model.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_kind_of_error_has_a_broken_model() {
    let named: BTreeSet<String> = broken_models().iter().flat_map(|model| expected(model)).map(|(.., name)| name).collect();
    let missing: Vec<&str> = ErrorKind::ALL.iter().map(|kind| kind.name()).filter(|name| !named.contains(*name)).collect();
    // Bytes that are no text cannot carry a comment: `hostile` makes such a file.
    assert_eq!(missing, ["not-utf8"]);
}

#[test]
fn ten_mistakes_are_ten_diagnostics() {
    assert_eq!(found(Path::new("policies/broken/ten-mistakes.yaml")).len(), 10);
}

/// Assignments are read one by one, and some go before their turn: what is wrong with them is said all the same, and once.
#[test]
fn what_a_later_document_takes_away_is_read_too() {
    let base = "rasci: 1\nid: base\nparties: { ann: {} }\ntasks:\n  gone: { assign: [{ R: [{}] }] }\n  kept: {}\n\
                assignments:\n  - { id: named, task: kept, R: [{}] }\n  - { id: replaced, task: kept, A: [{}] }\n\
                \x20 - { task: [gone, kept], S: [{}] }\n";
    let site = "rasci: 1\nid: site\nextends: base.yaml\nremove: { tasks: [gone], assignments: [named] }\n\
                assignments: [{ id: replaced, task: kept, A: ann }]\n";
    let files = Memory::from_iter([("base.yaml", base), ("site.yaml", site)]);
    let error = Policy::loader().load_from(&files, "site.yaml").unwrap_err();
    let lines: Vec<u32> = error.diagnostics().iter().map(|each| error.sources().place(each.span.unwrap()).start.line).collect();
    assert_eq!(lines, [5, 8, 9, 10], "{error}");
}

/// As a task that is named twice, an assignment that is goes once.
#[test]
fn an_assignment_that_is_removed_twice_is_removed() {
    let base = "rasci: 1\nid: base\nparties: { ann: {} }\ntasks: { t: { assign: [{ id: one, A/R: ann }] } }\n";
    let site = "rasci: 1\nid: site\nextends: base.yaml\nremove: { assignments: [one, one] }\n";
    let files: rasci::source::Memory = [("base.yaml", base), ("site.yaml", site)].into_iter().collect();
    let policy = rasci::Policy::loader().load_from(&files, "site.yaml").unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(policy.model().assignments().count(), 0);
}
