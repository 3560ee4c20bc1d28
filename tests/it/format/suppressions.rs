//! A suppression speaks of the same entry before and after, or of none; where it cannot, the text is refused.

use proptest::collection::vec;
use proptest::prelude::*;
use rasci::Policy;
use rasci::format::FormatError;

use super::{format, hold, sprinkled};
use crate::properties::config;
use crate::strategy::documents::documents;

const HEAD: &str = "rasci: 1\nid: m\nparties: { a: {}, b: {}, c: {}, PARTY-1: {}, PARTY-2: {} }\ntasks:\n  t:\n    assign:\n";

/// So long that two of them and a note are more than a line, and two alone are not.
const LONG: &str = "a-party-with-a-very-long-name-of-many-letters";

/// The findings that are shown, and those that are suppressed.
fn found(text: &str) -> (Vec<&'static str>, Vec<&'static str>) {
    let policy = Policy::parse("model.yaml", text).unwrap_or_else(|error| panic!("{error}"));
    let findings = policy.findings(&Vec::new());
    let names = |it: &rasci::diagnostic::Diagnostic| it.name;
    (findings.shown.iter().map(names).collect(), findings.suppressed.iter().map(|it| it.finding.name).collect())
}

/// A model with these items of a list of assignments, and it formatted.
fn both(items: &str) -> (String, String) {
    let long = |text: &str| text.replace("PARTY", LONG);
    let text = long(&format!("{HEAD}{items}"));
    let once = format(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    assert_eq!(format(&once).unwrap(), once);
    assert_eq!(found(&text), found(&once), "{text}\n---\n{once}");
    (text, once)
}

#[test]
fn what_is_filled_has_its_suppression_above() {
    let items = "      - { note: \"a long text\", I: c, A: [PARTY-1, PARTY-2], R: c } # rasci: allow(many-accountable, duplicate-letter) because both\n";
    let (_, once) = both(items);
    assert!(
        once.contains("    assign:\n      # rasci: allow(many-accountable, duplicate-letter) because both\n      - { I: c"),
        "{once}"
    );
    assert_eq!(found(&once).1, ["many-accountable", "duplicate-letter"]);
    // Of the first key of an item, too, and below comments and a blank line of its own.
    let items = "      - R: a\n      # of it\n\n      - A: [PARTY-1, PARTY-2, PARTY-1, PARTY-2] # rasci: allow(many-accountable) because so\n        note: n\n";
    let text = format!("{HEAD}{items}").replace("PARTY", LONG);
    let once = format(&text).unwrap();
    assert!(once.contains("      # of it\n\n      # rasci: allow(many-accountable) because so\n      - A: ["), "{once}");
    assert_eq!(format(&once).unwrap(), once);
}

#[test]
fn what_speaks_of_a_part_goes_on_to_speak_of_it_alone() {
    let (_, once) = both("      - { A: [a, b],\n          R: c } # rasci: allow(many-accountable) because z\n");
    assert!(once.ends_with("      - A: [a, b]\n        R: c     # rasci: allow(many-accountable) because z\n"), "{once}");
    let (_, once) = both("      - { A: [a, b], # rasci: allow(many-accountable) because z\n          R: c }\n");
    assert!(once.ends_with("      - { A: [a, b], R: c } # rasci: allow(many-accountable) because z\n"), "{once}");
    // Where another key becomes the first, it is of the item all the same.
    let (_, once) = both("      - note: n # rasci: allow(many-accountable) because z\n        A: [a, b]\n        R: c\n");
    assert!(once.contains("      # rasci: allow(many-accountable) because z\n      - A: [a, b]\n"), "{once}");
}

#[test]
fn an_item_begins_at_its_dash() {
    let (text, once) = both("      - # rasci: allow(many-accountable) because z\n        A: [a, b]\n        R: c\n");
    assert_eq!(found(&text).1, ["many-accountable"]);
    assert!(once.contains("      # rasci: allow(many-accountable) because z\n      - A: [a, b]\n"), "{once}");
}

#[test]
fn what_would_come_to_speak_of_something_is_refused() {
    let text = format!("{HEAD}      - {{ A: [a, b], R: c\n        }} # rasci: allow(many-accountable) because z\n");
    assert!(matches!(format(&text), Err(FormatError::Suppression { line: 8, .. })), "{:?}", format(&text));
}

proptest! {
    #![proptest_config(config())]

    /// With suppressions at the ends of lines: what is not refused for them holds as everything does. That each speaks of the
    /// same entry is looked at before a text is given back.
    #[test]
    fn documents_with_suppressions_hold(document in documents().boxed(), numbers in vec(0_usize..12, 1..40)) {
        let comment = "# rasci: allow(many-accountable) because";
        for text in [serde_yaml::to_string(&document).unwrap(), serde_json::to_string_pretty(&document).unwrap()] {
            let text = sprinkled(&text, &numbers).replace("# beside", comment);
            match format(&text) {
                Err(FormatError::Suppression { .. } | FormatError::Unreadable(_)) => {}
                _ => drop(hold(&text)?),
            }
        }
    }
}
