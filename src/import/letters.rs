//! What a cell of a matrix says: one function from its text to a [`Reading`].
//!
//! `A/R`, `R, A`, `RA`, `R·A`, words for letters, letters of other alphabets that look the same, remarks in brackets,
//! footnote marks. A condition makes a reading that holds no letter: what holds only sometimes is not held.

use super::dialect::Alphabet;
use super::signs::{is_picture, latin};
use super::words::{self, Duty};
use crate::document::Letter;

/// What a cell says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reading {
    /// A dash, N/A: no letter.
    Nothing,
    /// Letters, with remarks.
    Letters(Held),
    /// Letters with words beside them that say when, or how far.
    Worded,
    /// Something else.
    Other,
}

/// The letters of a cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Held {
    pub(crate) letters: Vec<Letter>,
    /// Out of the loop on purpose.
    pub(crate) out: bool,
    /// Letters that the five do not know.
    pub(crate) foreign: Vec<char>,
    /// What stands in brackets.
    pub(crate) remarks: Vec<String>,
    /// A footnote mark.
    pub(crate) mark: Option<String>,
    /// A letter that is of another alphabet and looks the same.
    pub(crate) look_alike: Option<char>,
    /// A word that stands for a letter.
    pub(crate) spelled: bool,
    /// Letters in brackets: `(C)`.
    pub(crate) bracketed: bool,
}

/// Reads a cell.
pub(crate) fn read(text: &str, alphabet: &Alphabet) -> Reading {
    if words::is_nothing(text) {
        return Reading::Nothing;
    }
    // A formula speaks of cells.
    if text.starts_with('=') {
        return Reading::Other;
    }
    let seen: String = text.chars().filter(|c| !is_picture(*c)).collect();
    if seen.contains("~~") {
        let left: String = seen.split("~~").step_by(2).collect();
        return if matches!(read(&left, alphabet), Reading::Letters(_)) { Reading::Worded } else { Reading::Other };
    }
    let text = unwrapped(seen.trim());
    let text = inside(text, '[', ']').or_else(|| inside(text, '{', '}')).or_else(|| inside(text, '<', '>')).unwrap_or(text);
    let mut held = Held::default();
    let bare = match inside(text, '(', ')') {
        Some(inner) => {
            held.bracketed = true;
            inner.to_owned()
        }
        None => without_remarks(text, &mut held),
    };
    let bare = unmarked(&bare, &mut held);
    match tokens(&bare, alphabet, &mut held) {
        Found::All if !bare.contains(['→', '⇒', '➔']) && !held.remarks.iter().any(|remark| words::is_condition(remark)) => {
            Reading::Letters(held)
        }
        Found::All | Found::First => Reading::Worded,
        Found::None => Reading::Other,
    }
}

/// The text without the marks of Markdown and the quotes that enclose all of it.
fn unwrapped(text: &str) -> &str {
    const AROUND: [(&str, &str); 6] = [("**", "**"), ("__", "__"), ("*", "*"), ("_", "_"), ("`", "`"), ("\"", "\"")];
    let inner = AROUND.iter().find_map(|(open, close)| text.strip_prefix(open)?.strip_suffix(close));
    inner.filter(|inner| !inner.is_empty()).map_or(text, |inner| unwrapped(inner.trim()))
}

/// The text between these, where they enclose all of it.
fn inside(text: &str, open: char, close: char) -> Option<&str> {
    let inner = text.strip_prefix(open)?.strip_suffix(close)?;
    (!inner.contains([open, close]) && !inner.trim().is_empty()).then(|| inner.trim())
}

/// The text without what stands in brackets, which is kept as remarks.
fn without_remarks(text: &str, held: &mut Held) -> String {
    let mut bare = String::new();
    let mut remark = String::new();
    let mut depth = 0_u32;
    for c in text.chars() {
        match c {
            '(' | '[' | '（' => {
                if depth > 0 {
                    remark.push(c);
                }
                depth += 1;
            }
            ')' | ']' | '）' if depth > 0 => {
                depth -= 1;
                if depth > 0 {
                    remark.push(c);
                } else {
                    held.remarks.push(std::mem::take(&mut remark).trim().to_owned());
                    bare.push(' ');
                }
            }
            c if depth > 0 => remark.push(c),
            c => bare.push(c),
        }
    }
    // What an open bracket swallowed is no remark.
    bare.push_str(&remark);
    held.remarks.retain(|remark| !remark.is_empty());
    bare
}

/// The text without a footnote mark at its end: `A*`, `R¹`, `C^2^`, and `[1]`, which stands in brackets.
fn unmarked(text: &str, held: &mut Held) -> String {
    if let Some(nth) = held.remarks.iter().position(|remark| remark.trim_start_matches('^').chars().all(|c| c.is_ascii_digit())) {
        held.mark = Some(held.remarks.remove(nth));
    }
    let text = text.trim();
    let numbered = text.strip_suffix(')').filter(|rest| rest.ends_with(|c: char| c.is_ascii_digit()));
    let text = numbered.unwrap_or(text);
    let is_mark = |c: char| matches!(c, '*' | '†' | '‡' | '§' | '^' | '¹' | '²' | '³' | '⁰'..='⁹') || c.is_ascii_digit();
    let bare = text.trim_end_matches(is_mark);
    let mark = text.get(bare.len()..).unwrap_or("");
    if mark.is_empty() || bare.is_empty() {
        return text.to_owned();
    }
    held.mark = Some(mark.trim_matches('^').to_owned());
    bare.trim_end().to_owned()
}

/// The signs of a cell of letters, as capitals of the Latin alphabet, without what stands in brackets.
pub(crate) fn signs(text: &str) -> Vec<char> {
    let bare = without_remarks(text, &mut Held::default());
    let signs: Vec<char> = bare.chars().filter(|c| c.is_alphabetic()).map(|c| latin(c).to_ascii_uppercase()).collect();
    if signs.len() <= 5 { signs.into_iter().filter(char::is_ascii_uppercase).collect() } else { Vec::new() }
}

/// Whether a remark beside letters speaks of letters itself: `C`, `prod: C`.
pub(crate) fn mentions(remark: &str, alphabet: &Alphabet) -> bool {
    // A and I are words too.
    let is_letter = |word: &str| {
        let mut signs = word.chars();
        let only = signs.next().filter(|c| signs.next().is_none() && !matches!(c, 'A' | 'I') && c.is_ascii_uppercase());
        only.is_some_and(|c| matches!(alphabet.duty(c), Some(Duty::Holds(_))))
    };
    matches!(read(remark, alphabet), Reading::Letters(_)) || remark.split(|c: char| !c.is_alphanumeric()).any(is_letter)
}

/// How much of a text is letters.
enum Found {
    All,
    First,
    None,
}

/// More words are no letters, whatever they start with.
const TOKENS: usize = 8;

fn tokens(text: &str, alphabet: &Alphabet, held: &mut Held) -> Found {
    let parts: Vec<&str> = text
        .split(|c: char| {
            matches!(
                c,
                '/' | ','
                    | ';'
                    | '+'
                    | '&'
                    | '|'
                    | '\\'
                    | '·'
                    | '•'
                    | '・'
                    | '、'
                    | '，'
                    | '／'
                    | '\n'
                    | '='
                    | ':'
                    | '→'
                    | '⇒'
                    | '➔'
            )
        })
        .map(|part| part.trim().trim_matches(['*', '_', '`']).trim())
        .filter(|part| !part.is_empty())
        .collect();
    let mut all = !parts.is_empty();
    let (mut first, mut begins) = (None, None);
    for part in parts {
        // A part is letters, or a word for one, or both with a dash between: `R - Responsible`.
        let pieces: Vec<&str> = if words::is_phrase(part) {
            vec![part]
        } else {
            part.split(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '.' | '*'))
                .filter(|piece| !piece.is_empty())
                .collect()
        };
        if pieces.len() > TOKENS {
            return if first == Some(true) { Found::First } else { Found::None };
        }
        for piece in pieces {
            let taken = take(piece, alphabet, held);
            // A sentence that starts with a word for a letter is a sentence.
            first.get_or_insert(taken && letters_in(piece, alphabet).is_some());
            begins.get_or_insert(taken);
            all &= taken || is_and(piece);
        }
    }
    match (all && begins == Some(true), first) {
        (true, _) => Found::All,
        (false, Some(true)) => Found::First,
        _ => Found::None,
    }
}

fn is_and(piece: &str) -> bool {
    matches!(words::folded(piece).as_str(), "and" | "und" | "et" | "y" | "e" | "en" | "и" | "і" | "oraz" | "och")
}

/// Takes in a piece; false where it is neither letters nor a word for one.
fn take(piece: &str, alphabet: &Alphabet, held: &mut Held) -> bool {
    if let Some((signs, look_alike)) = letters_in(piece, alphabet) {
        held.look_alike = held.look_alike.or(look_alike);
        for (sign, duty) in signs {
            hold(held, sign, duty);
        }
        return true;
    }
    match words::duty(piece) {
        Some(duty) if duty != Duty::Foreign && (piece.split_whitespace().count() == 1 || words::is_phrase(piece)) => {
            hold(held, ' ', duty);
            held.spelled = true;
            true
        }
        _ => false,
    }
}

fn hold(held: &mut Held, sign: char, duty: Duty) {
    match duty {
        Duty::Holds(letter) if !held.letters.contains(&letter) => held.letters.push(letter),
        Duty::Holds(_) => {}
        Duty::Out => held.out = true,
        Duty::Foreign => held.foreign.push(sign),
    }
}

/// Signs, with what each stands for, and one of another alphabet that looks like one of them.
type Signs = (Vec<(char, Duty)>, Option<char>);

/// The letters of a piece that is nothing else: `R`, `r`, `RA`. Several are capitals, and none stands twice.
fn letters_in(piece: &str, alphabet: &Alphabet) -> Option<Signs> {
    let mut signs: Vec<(char, Duty)> = Vec::new();
    let mut look_alike = None;
    let several = piece.chars().nth(1).is_some();
    for c in piece.chars() {
        let latin = latin(c);
        // In full width it is the same letter.
        look_alike = look_alike.or((latin != c && c < '\u{ff00}').then_some(c));
        let sign = if several { latin } else { latin.to_ascii_uppercase() };
        let duty = alphabet.duty(sign)?;
        if signs.iter().any(|(known, _)| *known == sign) || signs.len() >= 5 {
            return None;
        }
        signs.push((sign, duty));
    }
    (!signs.is_empty()).then_some((signs, look_alike))
}
