//! `format`: what is written otherwise says the same, with the same comments; and written again, it stays as it is.

mod examples;
mod suppressions;

use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

use granit_parser::{Event, Parser};
use proptest::collection::vec;
use proptest::prelude::*;
use rasci::document::Document;
use rasci::format::{FormatError, formatted};
use rasci::source::Source;

use crate::properties::config;
use crate::strategy::documents::documents;
use crate::strategy::mutations::{bytes, mutated};

fn format(text: &str) -> Result<String, FormatError> {
    formatted(&Source::new("model.yaml", text))
}

/// The comments of a text as the parser tells them, in order.
fn comments(text: &str) -> Vec<String> {
    let comment = |(event, span): (Event<'_>, granit_parser::Span)| {
        matches!(event, Event::Comment(..)).then(|| span.slice(text).unwrap_or("").trim_end().to_owned())
    };
    let options = granit_parser::options! { max_buffered_comment_events: usize::MAX };
    Parser::new_from_str_with_options(text, options).filter_map(|next| comment(next.expect("YAML"))).collect()
}

/// How often blank lines part what is above from what is below.
fn gaps(text: &str) -> usize {
    let blank: Vec<bool> = text.trim().lines().map(|line| line.trim().is_empty()).collect();
    blank.windows(2).filter(|pair| !pair[0] && pair[1]).count()
}

/// A text with comments and blank lines sprinkled in, as the numbers say, one for each line; none in texts behind a `|`,
/// which would mostly end there.
fn sprinkled(text: &str, numbers: &[usize]) -> String {
    let mut sprinkled = String::new();
    let mut header = None;
    for (nth, line) in text.lines().enumerate() {
        let width = line.len() - line.trim_start_matches(' ').len();
        if header.is_some_and(|header| width > header || line.trim().is_empty()) {
            writeln!(sprinkled, "{line}").unwrap();
            continue;
        }
        header = line.rsplit(' ').next().is_some_and(|word| word.starts_with('|')).then_some(width);
        let indent = &line[..line.len() - line.trim_start_matches([' ', '-']).len()].replace('-', " ");
        let written = match numbers[nth % numbers.len()] {
            0 => writeln!(sprinkled, "{indent}# above {nth}\n{line}"),
            1 => writeln!(sprinkled, "\n\n{indent}# apart {nth}: {{\n\n{line}"),
            2 => writeln!(sprinkled, "{line}    # beside {nth}"),
            3 => writeln!(sprinkled, "# left {nth}\n{line}"),
            4 if header.is_none() => writeln!(sprinkled, "\n{line}\n      # right {nth}"),
            _ => writeln!(sprinkled, "{line}"),
        };
        written.unwrap();
    }
    sprinkled
}

/// What holds of every text that can be formatted.
fn hold(text: &str) -> Result<String, TestCaseError> {
    let fail = |error: &dyn std::fmt::Display| TestCaseError::fail(format!("{error}\n{text}"));
    let once = format(text).map_err(|error| fail(&error))?;
    let (before, after) = (Source::new("m", text), Source::new("m", &*once));
    let (before, after) = (Document::parse(&before), Document::parse(&after));
    prop_assert_eq!(before.ok(), after.ok(), "{}\n---\n{}", text, once);
    let (mut told, mut kept) = (comments(text), comments(&once));
    told.sort();
    kept.sort();
    prop_assert_eq!(told, kept, "{}\n---\n{}", text, once);
    let twice = format(&once).map_err(|error| fail(&error))?;
    let differs = once.lines().zip(twice.lines()).enumerate().find(|(_, (one, other))| one != other);
    prop_assert!(once == twice, "{:?}\n{}\n---\n{}", differs, text, once);
    Ok(once)
}

fn is_text(text: &str) -> bool {
    Document::parse(&Source::new("m", text)).is_ok()
}

proptest! {
    #![proptest_config(config())]

    /// In lines, as a serializer writes it, with comments and blank lines anywhere.
    #[test]
    fn documents_in_lines_stay_what_they_are(document in documents().boxed(), numbers in vec(0_usize..12, 1..40)) {
        let text = sprinkled(&serde_yaml::to_string(&document).unwrap(), &numbers);
        prop_assume!(is_text(&text));
        let once = hold(&text)?;
        // Once the keys are in their order, the comments are too.
        let again = sprinkled(&once, &numbers);
        prop_assume!(is_text(&again));
        let kept = hold(&again)?;
        prop_assert_eq!(comments(&again), comments(&kept), "{}", again);
        prop_assert_eq!(gaps(&again), gaps(&kept), "{}\n---\n{}", again, kept);
    }

    /// In braces, over many lines or in one.
    #[test]
    fn documents_in_braces_stay_what_they_are(document in documents().boxed(), numbers in vec(0_usize..12, 1..40)) {
        let text = sprinkled(&serde_json::to_string_pretty(&document).unwrap(), &numbers);
        prop_assume!(is_text(&text));
        hold(&text)?;
        hold(&serde_json::to_string(&document).unwrap())?;
    }

    /// What is broken on purpose is refused or stays what it is; nothing ends the program.
    #[test]
    fn broken_texts_are_refused_or_stay_what_they_are(text in mutated()) {
        if format(&text).is_ok() {
            hold(&text)?;
        }
    }

    #[test]
    fn any_bytes_are_refused_or_stay_what_they_are(bytes in bytes()) {
        let text = String::from_utf8_lossy(&bytes);
        if format(&text).is_ok() {
            hold(&text)?;
        }
    }
}

#[test]
fn every_model_of_the_repository_holds() {
    let mut count = 0;
    for folder in ["policies/anywherenow", "policies/mydre", "policies/broken"] {
        let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        for file in files.filter(|path| path.is_file()).collect::<Vec<PathBuf>>() {
            let text = fs::read_to_string(&file).unwrap();
            match format(&text) {
                Ok(_) => count += usize::from(hold(&text).is_ok_and(|once| !once.is_empty())),
                Err(error) => assert!(matches!(error, FormatError::Unreadable(_)), "{}: {error}", file.display()),
            }
        }
    }
    assert!(count > 60, "only {count} models were formatted");
}

/// Each before, and what it becomes.
const PAIRS: &[(&str, &str)] = &[
    // Keys in their order, each with its comments.
    (
        "# Of the model.\n\nid: m\n# The version.\nrasci: 1\nparties:\n  ann: { note: n, kind: person, title: Ann }\n",
        "# Of the model.\n\n# The version.\nrasci: 1\nid: m\nparties:\n  ann: { title: Ann, kind: person, note: n }\n",
    ),
    // Spaces, quotes, indentation, blank lines.
    (
        "rasci: 1\nid:   'm'\n\n\n\nparties:  {ann : {title: 'Ann''s', kind: \"person\"},bob: {}}   # all\ntasks:\n    t:\n        assign:\n        -   {R: ann}\n",
        "rasci: 1\nid: m\n\nparties: { ann: { title: \"Ann's\", kind: person }, bob: {} }   # all\ntasks:\n  t:\n    assign:\n      - { R: ann }\n",
    ),
    // Texts that a reader of YAML may take for something else keep their quotes.
    ("a: ['no', '1.10', 'two words', 'it\"s']\n", "a: [\"no\", \"1.10\", \"two words\", 'it\"s']\n"),
    // Blank lines within texts in lines, and between them.
    ("a:\n  - |-\n\n    b\n\n  - |\n    c\n\n  - d\n", "a:\n  - |-\n\n    b\n\n  - |\n    c\n\n  - d\n"),
    // Texts in lines.
    (
        "a: |2-\n     one\n    two\n\nb:   >+ # folded\n     one\n     two\n\n\nc: one\n     two\nd: \"one\n\n   two \\\n   three\"\n",
        "a: |2-\n     one\n    two\n\nb: >+   # folded\n  one\n  two\n\n\nc: one\n  two\nd: \"one\n\n  two \\\n  three\"\n",
    ),
    // A comment in brackets makes lines of them.
    ("a: [ one, # first\n  two ] # all\n# end\n", "a:      # all\n  - one   # first\n  - two\n# end\n"),
    ("a:\n- {b: 1, # first\n   c: 2}\n", "a:\n  - b: 1 # first\n    c: 2\n"),
    ("a: { # one\n  # two\n} # three\n", "# two\n# three\na: {} # one\n"),
    // A key in lines.
    ("? |2+\n: 1\n", "\"\": 1\n"),
    // A comment goes with what it is indented like.
    ("a:\n  b: 1\n  # of a\n# of c\nc: 2\n  # far\n", "a:\n  b: 1\n  # of a\n# of c\nc: 2\n# far\n"),
    // What says nothing gets no line.
    ("", ""),
    ("# nothing", "# nothing\n"),
    // Also behind a list that begins with a text in lines, which has a dash of its own.
    ("a:\n- |-\n  one\n- b\n# of a\nc: 1\n", "a:\n  - |-\n    one\n  - b\n# of a\nc: 1\n"),
    ("a:\n  - |-\n    one\n  - b\n  # of a\nc: 1\n", "a:\n  - |-\n    one\n  - b\n  # of a\nc: 1\n"),
];

#[test]
fn each_becomes_what_it_should() {
    for (before, after) in PAIRS {
        let once = format(before).unwrap_or_else(|error| panic!("{error}\n{before}"));
        assert_eq!(&once, after, "of:\n{before}");
        assert_eq!(format(&once).unwrap(), once);
    }
}

#[test]
fn what_is_too_long_is_filled_or_written_in_lines() {
    let places: Vec<String> = (0..30).map(|nth| format!("component-{nth}")).collect();
    let filled = format(&format!("scope: [{}]\n", places.join(", "))).unwrap();
    assert_eq!(filled.lines().count(), 4, "{filled}");
    assert!(filled.lines().all(|line| line.len() <= 130), "{filled}");
    let keys = format(&format!("scope: {{ {}: 1 }}\n", places.join(": 1, "))).unwrap();
    assert_eq!(keys.lines().count(), 31, "{keys}");
    let nested = format(&format!("parties: {{ a: {{ parties: {{ {} }} }} }}\n", places.join(": { kind: role }, "))).unwrap();
    assert_eq!(nested.lines().count(), 33, "{nested}");
}

#[test]
fn bytes_that_end_lines_stay() {
    assert_eq!(format("a: 1\r\nb:   |\r\n  one\r\n  two\r\n").unwrap(), "a: 1\r\nb: |\r\n  one\r\n  two\r\n");
    assert_eq!(format("a: 1").unwrap(), "a: 1\n");
}

#[test]
fn what_no_model_has_is_refused() {
    for text in ["a: [1\n", "a: &x 1\nb: *x\n", "a: !t 1\n", "a: 1\n---\nb: 2\n", "a:\n\tb: 1\n"] {
        assert!(matches!(format(text), Err(FormatError::Unreadable(_))), "{text}");
    }
    let deep = format!("a: {}{}\n", "[".repeat(100_000), "]".repeat(100_000));
    assert!(matches!(format(&deep), Err(FormatError::Unreadable(_))));
}
