//! The pages of the lints: each model on them does what its page says, and what is published is what the code says.
//!
//! `RASCI_BLESS=1` rewrites the messages in `tests/it/snapshots/lints.txt`, `docs/lints.md`, and the table in
//! `docs/language.md`.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;

use rasci::diagnostic::{Diagnostic, Style, render};
use rasci::document::{LINTS, Level};
use rasci::lint::{Example, Lint, TABLE, pages_markdown, table_markdown};
use rasci::source::Memory;
use rasci::{Policy, Severity};

use crate::cli::snapshot;

/// Files of `src/lint` that are no lint.
const SHARED: [&str; 26] = [
    "columns",
    "crossing",
    "fold",
    "ground",
    "hits",
    "lines",
    "loads",
    "look",
    "memo",
    "mends",
    "mod",
    "page",
    "pass",
    "persons",
    "reach",
    "related",
    "rows",
    "scope",
    "seen",
    "sets",
    "stands",
    "steps",
    "suppression",
    "survey",
    "sweep",
    "twice",
];

/// A model of a page, with all its findings; a lint that is allowed by default warns.
fn findings(lint: &Lint, example: Example) -> (Policy, Vec<Diagnostic>) {
    let (top, _) = example.last().expect("a document");
    let files: Memory = example.iter().copied().collect();
    let policy = Policy::loader().load_from(&files, top).unwrap_or_else(|error| panic!("{}:\n{error}", lint.name));
    let raised = lint.default_level() == Level::Allow;
    let found = policy.lint(&raised.then(|| (lint.name.to_owned(), Level::Warn)).into_iter().collect());
    (policy, found)
}

fn drawn(policy: &Policy, found: &[Diagnostic]) -> String {
    found.iter().fold(String::new(), |text, each| text + &render(each, policy.sources(), Style::Plain) + "\n\n")
}

#[test]
fn every_page_shows_its_lint_and_no_other_and_mends_it() {
    let mut wrong = String::new();
    for lint in TABLE {
        let (policy, fires) = findings(lint, lint.fires);
        let of_it = fires.iter().filter(|each| each.name == lint.name).count();
        if of_it == 0 || of_it != fires.len() {
            writeln!(wrong, "{} fires:\n{}", lint.name, drawn(&policy, &fires)).unwrap();
        }
        let (policy, mended) = findings(lint, lint.mended);
        if !mended.is_empty() {
            writeln!(wrong, "{} mended:\n{}", lint.name, drawn(&policy, &mended)).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn models_on_pages_are_small() {
    for lint in TABLE {
        for (name, text) in lint.fires.iter().chain(lint.mended) {
            let (lines, longest) = (text.lines().count(), text.lines().map(|line| line.chars().count()).max());
            assert!((5..=18).contains(&lines), "{} {name} has {lines} lines", lint.name);
            assert!(longest <= Some(100), "{} {name} has a line of {longest:?}", lint.name);
        }
        assert_eq!(lint.fires.len(), lint.mended.len(), "{}", lint.name);
        assert_ne!(lint.fires, lint.mended, "{}", lint.name);
        assert!(lint.why.ends_with('.') && !lint.finds.ends_with('.'), "{}", lint.name);
    }
}

#[test]
fn the_table_the_folder_and_the_language_agree() {
    let table: Vec<&str> = TABLE.iter().map(|lint| lint.name).collect();
    assert_eq!(table, LINTS.iter().map(|(name, _)| *name).collect::<Vec<_>>());
    let files = fs::read_dir("src/lint").unwrap().map(|entry| entry.unwrap().path());
    let stems: BTreeSet<String> = files.map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned()).collect();
    let expected = table.iter().map(|name| name.replace('-', "_")).chain(SHARED.map(str::to_owned));
    assert_eq!(stems, expected.collect());
    for (name, level) in LINTS {
        let lint = Lint::named(name).expect("a lint");
        let (_, found) = findings(lint, lint.fires);
        let severity = if *level == Level::Deny { Severity::Deny } else { Severity::Warn };
        assert!(found.iter().all(|each| each.severity == severity), "{name}");
    }
}

#[test]
fn every_message() {
    let mut text = String::new();
    for lint in TABLE {
        let (policy, found) = findings(lint, lint.fires);
        text.push_str(&drawn(&policy, &found));
    }
    snapshot("lints", &text);
}

/// An assignment that was to replace another, and has another id by a slip, stands beside it.
#[test]
fn ids_of_any_kind_may_be_similar() {
    let base = "rasci: 1\nid: base\ncontext: { region: [north] }\nparties: { customer: {} }\ntasks: { close: {} }\n\
                assignments: [{ id: close-call, A/R: customer }]\nescalation: { urgent: customer }\n\
                flows: { incident: { steps: [{ id: first, task: close }] } }\n";
    let site = "rasci: 1\nid: site\nextends: base.yaml\ncontext: { regions: [south] }\n\
                assignments: [{ id: close-cal, A/R: customer }]\nescalation: { urgentt: customer }\n\
                flows: { incidents: { steps: [{ id: first, task: close }] } }\n";
    let policy = Policy::loader().load_from(&Memory::from_iter([("base.yaml", base), ("site.yaml", site)]), "site.yaml").unwrap();
    let found = policy.lint(&Vec::new()).into_iter().filter(|each| each.name == "similar-id");
    let told: BTreeSet<String> = found.map(|each| each.message).collect();
    let expected = [
        "assignment `close-cal` is much like `close-call` of another document",
        "dimension `regions` is much like `region` of another document",
        "escalation `urgentt` is much like `urgent` of another document",
        "flow `incidents` is much like `incident` of another document",
    ];
    assert_eq!(told, expected.map(str::to_owned).into());
}

/// Holds a file to a text; `RASCI_BLESS=1` rewrites it.
fn published(path: &str, kept: &str, text: &str) {
    if std::env::var_os("RASCI_BLESS").is_some_and(|bless| bless == "1") {
        fs::write(path, text).unwrap();
    } else {
        assert!(kept == text, "{path} is not what the pages say; RASCI_BLESS=1 rewrites it");
    }
}

#[test]
fn the_published_pages_are_those_of_the_lints() {
    published("docs/lints.md", &fs::read_to_string("docs/lints.md").unwrap_or_default(), &pages_markdown());
}

#[test]
fn the_language_page_has_the_table_of_lints() {
    let page = fs::read_to_string("docs/language.md").unwrap();
    let table = table_markdown("lints.md");
    let head = table.lines().next().unwrap();
    let (before, rest) = page.split_once(head).expect("the table of lints");
    let (_, after) = rest.split_once("\n\n").expect("a text after the table");
    published("docs/language.md", &page, &format!("{before}{table}\n{after}"));
}
