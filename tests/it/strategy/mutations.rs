//! Texts that look like models: a valid one, damaged here and there.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use super::models;

/// One stroke of damage.
#[derive(Debug, Clone)]
enum Damage {
    DeleteLine(Index),
    RepeatLine(Index),
    SwapLines(Index, Index),
    Indent(Index, usize),
    Outdent(Index),
    /// A name in the text becomes another word, so that it is no longer declared.
    Rename(Index, &'static str),
    Insert(Index, &'static str),
    Cut(Index),
}

const WORDS: [&str; 8] = ["nobody-knows", "p9", "R", "tasks", "no", "'it''s'", "\"e\\u00e9\"", "[]"];
const PIECES: [&str; 22] = [
    ":", "- ", "[", "]", "{", "}", "\"", "'", "&a ", "*a", "!t ", "<<: ", "\t", "\r", "\0", "#", "\n---\n", "🙂", "\u{85}",
    "\u{feff}", "? ", "|",
];

fn damage() -> impl Strategy<Value = Damage> {
    let index = any::<Index>;
    prop_oneof![
        2 => index().prop_map(Damage::DeleteLine),
        2 => index().prop_map(Damage::RepeatLine),
        1 => (index(), index()).prop_map(|(a, b)| Damage::SwapLines(a, b)),
        2 => (index(), 1..=3usize).prop_map(|(at, by)| Damage::Indent(at, by)),
        2 => index().prop_map(Damage::Outdent),
        5 => (index(), proptest::sample::select(&WORDS[..])).prop_map(|(at, word)| Damage::Rename(at, word)),
        2 => (index(), proptest::sample::select(&PIECES[..])).prop_map(|(at, piece)| Damage::Insert(at, piece)),
        1 => index().prop_map(Damage::Cut),
    ]
}

/// A valid text with one to four strokes of damage; it may still be valid.
pub fn mutated() -> impl Strategy<Value = String> {
    (models(), vec(damage(), 1..=4)).prop_map(|(model, strokes)| {
        // The last document of several names what only its bases declare: a fine mistake, made many times.
        let (_, text) = model.texts().swap_remove(0);
        strokes.iter().fold(text, |text, damage| apply(&text, damage))
    })
}

/// Bytes, some of them no text.
pub fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let damaged = (mutated(), any::<Index>(), vec(any::<u8>(), 1..=3)).prop_map(|(text, at, bytes)| {
        let mut text = text.into_bytes();
        let at = at.index(text.len() + 1);
        text.splice(at..at, bytes);
        text
    });
    prop_oneof![
        2 => vec(any::<u8>(), 0..200),
        2 => "[ \\n:\\-{}\\[\\]a'\"&*!?|>#,0-9]{0,80}".prop_map(String::into_bytes),
        1 => "rasci: 1\nid: a\n(\\PC{0,30}\n){0,5}".prop_map(String::into_bytes),
        3 => damaged,
    ]
}

fn apply(text: &str, damage: &Damage) -> String {
    let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
    if lines.is_empty() {
        return text.to_owned();
    }
    let line = |index: Index| index.index(lines.len());
    match damage {
        Damage::DeleteLine(at) => {
            let at = line(*at);
            lines.remove(at);
        }
        Damage::RepeatLine(at) => {
            let at = line(*at);
            lines.insert(at, lines[at].clone());
        }
        Damage::SwapLines(a, b) => {
            let (a, b) = (line(*a), line(*b));
            lines.swap(a, b);
        }
        Damage::Indent(at, by) => {
            let at = line(*at);
            lines[at].insert_str(0, &" ".repeat(*by));
        }
        Damage::Outdent(at) => {
            let at = line(*at);
            if let Some(outdented) = lines[at].strip_prefix("  ") {
                lines[at] = String::from(outdented);
            }
        }
        Damage::Rename(at, word) => return rename(text, *at, word),
        Damage::Insert(at, piece) => {
            let at = boundary(text, *at);
            return format!("{}{piece}{}", &text[..at], &text[at..]);
        }
        Damage::Cut(at) => return text[..boundary(text, *at)].to_owned(),
    }
    lines.concat()
}

fn boundary(text: &str, at: Index) -> usize {
    (0..=at.index(text.len() + 1)).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

fn rename(text: &str, at: Index, word: &str) -> String {
    let mut words = Vec::new();
    let mut start = None;
    for (place, letter) in text.char_indices().chain([(text.len(), '\n')]) {
        match start {
            None if letter.is_alphanumeric() => start = Some(place),
            Some(from) if !letter.is_alphanumeric() && letter != '-' => {
                words.push(from..place);
                start = None;
            }
            _ => {}
        }
    }
    if words.is_empty() {
        return text.to_owned();
    }
    let place = at.get(&words);
    format!("{}{word}{}", &text[..place.start], &text[place.end..])
}
