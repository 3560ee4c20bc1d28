//! `diff` as lines, and as Markdown for a comment on a change.

use std::fmt::Write;

use super::blocks::{block_words, ids, word};
use super::who::because_words;
use crate::document::Letter;
use crate::matrix::Status;
use crate::model::Model;
use crate::policy::Policy;
use crate::query::{Change, Diff, Side};
use crate::words::{alternatives, when_words};

/// So many assignments are shown for each side; the rest are counted.
const SHOWN: usize = 4;

/// `diff` as text: for each change what was, what is, and the assignments that say so.
#[must_use]
pub fn diff_text(diff: &Diff<'_>) -> String {
    let day = on(diff);
    if diff.changes.is_empty() {
        return format!("No difference: the two models give the same answers{day}.\n");
    }
    let block = |change: &Change| {
        let mut text = format!("{}\n", about(diff.model(), change, str::to_owned));
        for (sign, policy, side) in [('-', diff.old, &change.old), ('+', diff.new, &change.new)] {
            let _ = writeln!(text, "  {sign} {}", side_words(diff, change.letter, side));
            for place in places(policy, side) {
                let _ = writeln!(text, "      {place}");
            }
        }
        text
    };
    let head = if day.is_empty() { String::new() } else { format!("Who holds what{day}, with absences and deputies\n\n") };
    head + &diff.changes.iter().map(block).collect::<Vec<_>>().join("\n")
}

/// The day on which the models are compared, where one is given.
fn on(diff: &Diff<'_>) -> String {
    diff.on.map_or_else(String::new, |day| format!(" on {day}"))
}

/// `diff` as Markdown: a table of the changes, and beneath it why each side says what it says.
#[must_use]
pub fn diff_markdown(diff: &Diff<'_>) -> String {
    let model = diff.model();
    let count = diff.changes.len();
    if count == 0 {
        return format!("**No change in who is responsible:** the two models give the same answers{}.\n", on(diff));
    }
    let plural = if count == 1 { "change" } else { "changes" };
    let mut text = format!("### {count} {plural} in who is responsible{}\n\n", on(diff));
    text.push_str("| | where | when | letter | was | is |\n|---|---|---|---|---|---|\n");
    for (nth, change) in diff.changes.iter().enumerate() {
        let when = if change.when.is_empty() { "always".to_owned() } else { plain(&alternatives(model, &change.when)) };
        let letter = change.letter.map_or("status", Letter::as_str);
        let (was, is) = (side_words(diff, change.letter, &change.old), side_words(diff, change.letter, &change.new));
        let _ = writeln!(text, "| {} | {} | {when} | {letter} | {was} | {is} |", nth + 1, block_words(model, change.block));
    }
    text.push_str("\n<details><summary>Why</summary>\n\n");
    for (nth, change) in diff.changes.iter().enumerate() {
        let _ = writeln!(text, "{}. {}", nth + 1, about(model, change, plain));
        for (side_of, policy, side) in [("was", diff.old, &change.old), ("is", diff.new, &change.new)] {
            let _ = writeln!(text, "   - {side_of} {}", side_words(diff, change.letter, side));
            for place in places(policy, side) {
                let _ = writeln!(text, "     - {}", plain(&place));
            }
        }
    }
    text.push_str("\n</details>\n");
    text
}

/// The letter, the cells and the condition of a change; the condition as it is written where this is shown.
fn about(model: &Model, change: &Change, written: fn(&str) -> String) -> String {
    let comma = if change.when.is_empty() { "" } else { "," };
    let when = written(&when_words(model, &change.when));
    format!("{} {}{comma}{when}", of(change.letter), block_words(model, change.block))
}

/// The letter's word before what it is about.
fn of(letter: Option<Letter>) -> String {
    match letter {
        None => "Status of".to_owned(),
        Some(Letter::Consulted) => "Consulted on".to_owned(),
        Some(Letter::Informed) => "Informed of".to_owned(),
        Some(letter) => format!("{} for", word(letter)),
    }
}

/// Who holds the letter on one side; where nobody does, what the cells say as a whole.
fn side_words(diff: &Diff<'_>, letter: Option<Letter>, side: &Side) -> String {
    match (side.status, letter) {
        _ if !side.parties.is_empty() => ids(diff.model(), &side.parties),
        (None, _) => "not in the model".to_owned(),
        (Some(Status::Assigned), Some(_)) if diff.on.is_some() && !side.because.is_empty() => "nobody who is there".to_owned(),
        (Some(Status::Assigned), Some(_)) => "nobody".to_owned(),
        (Some(status), _) => status.as_str().to_owned(),
    }
}

fn places(policy: &Policy, side: &Side) -> Vec<String> {
    let shown = side.because.iter().take(SHOWN).map(|because| because_words(policy, *because));
    let more = side.because.len().checked_sub(SHOWN + 1).map(|more| format!("and {} more", more + 1));
    shown.chain(more).collect()
}

/// A text that Markdown takes for what it is.
fn plain(text: &str) -> String {
    let escaped = |c: char| {
        let means_something = c.is_ascii_punctuation() && !matches!(c, '.' | ',' | ':' | ';' | '/' | '-' | '(' | ')' | '\'');
        let line_break = matches!(c, '\n' | '\r');
        [means_something.then_some('\\'), Some(if line_break { ' ' } else { c })].into_iter().flatten()
    };
    text.chars().flat_map(escaped).collect()
}
