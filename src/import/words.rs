//! The words that tables use, in several languages: for letters, for heads of columns, for nothing at all.
//!
//! A word is compared in its folded form: small letters, no accents, blanks for signs. A stem stands for every word that
//! starts with it.

use super::dialect::Meaning;
use super::lexicon::{CONDITIONS, DUTIES, EITHER, HEADS, LEGEND, NAMES, NO_DUTIES, NOBODY, NOTHING, OPEN, PROPERTIES};
use super::signs::latin;
use crate::document::Letter;

/// A text as words are compared: small Latin letters without accents, signs as blanks; other alphabets as they are.
pub(crate) fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_ascii_alphanumeric() || (c.is_alphanumeric() && !is_latin(c)) {
            folded.push(c);
        } else if c.is_alphabetic() {
            folded.push_str(deunicode::deunicode_char(c).unwrap_or(""));
        } else if matches!(c, '\u{300}'..='\u{36f}' | '\'' | '’') {
            // An accent of its own, an apostrophe: no break in a word.
        } else if !folded.ends_with(' ') {
            folded.push(' ');
        }
    }
    folded.trim().to_lowercase()
}

fn is_latin(c: char) -> bool {
    matches!(c, '\u{aa}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
}

/// What a word can say of a party.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Duty {
    Holds(Letter),
    /// Out of the loop, on purpose.
    Out,
    /// A duty that the five letters do not know.
    Foreign,
}

/// What a word, or a few, say of a party.
pub(crate) fn duty(text: &str) -> Option<Duty> {
    let text = folded(text);
    (!NO_DUTIES.split('|').any(|other| text.starts_with(other))).then(|| stem(&text))?
}

/// Whether a head is of what somebody has a duty for: "Responsible for".
pub(crate) fn is_duty_for(text: &str) -> bool {
    let text = folded(text);
    text.split_once(' ')
        .is_some_and(|(word, rest)| duty(word).is_some() && matches!(rest, "for" | "fur" | "de" | "voor" | "za" | "за"))
}

/// What a word of a legend says: there the names of duties say it too, "Responsibility", "Information".
pub(crate) fn duty_by_name(text: &str) -> Option<Duty> {
    let text = folded(text);
    duty(&text).or_else(|| (!text.contains(' ')).then(|| stem(&text))?)
}

fn stem(text: &str) -> Option<Duty> {
    let stems = DUTIES.iter().flat_map(|(duty, stems)| stems.split('|').map(move |stem| (*duty, stem)));
    let fitting = stems.filter(|(_, stem)| text.starts_with(stem));
    fitting.max_by_key(|(_, stem)| stem.len()).map(|(duty, _)| duty)
}

/// Whether a word is for those who hold a letter, and says no more: "party", "roles", "to".
pub(crate) fn is_holder(word: &str) -> bool {
    matches!(word, "to" | "by" | "s" | "stakeholders") || word.chars().count() == 1 || head(word) == Some(Head::Party)
}

/// Whether a text is one of the words for duties that are several: "out of the loop".
pub(crate) fn is_phrase(text: &str) -> bool {
    let text = folded(text);
    text.contains(' ') && DUTIES.iter().any(|(_, stems)| stems.split('|').any(|stem| stem == text))
}

/// Whether a word is used for R by some and for A by others.
pub(crate) fn is_either(text: &str) -> bool {
    let text = folded(text);
    EITHER.split('|').any(|stem| text.starts_with(stem))
}

/// Whether a cell says that there is nothing: a dash of any kind, N/A, or a word for it.
pub(crate) fn is_nothing(text: &str) -> bool {
    let text = text.trim();
    let dashes = |c: char| {
        matches!(
            c,
            '-' | '‐'..='―' | '−' | 'ー' | '－' | '~' | '.' | '…' | '·' | '/' | '\\' | '_' | '*' | '─' | '○' | '➖' | '\u{fe0f}'
        ) || c.is_whitespace()
    };
    let folded = folded(text);
    text.chars().all(dashes) || NOTHING.split('|').any(|word| word == folded)
}

/// Whether a cell says that what belongs in it is not known yet: `TBD`, `?`.
pub(crate) fn is_open(text: &str) -> bool {
    let folded = folded(text);
    OPEN.split('|').any(|word| word == folded) || (!text.is_empty() && text.chars().all(|c| matches!(c, '?' | '？' | '❓')))
}

/// What the head of a column says that stands in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Head {
    Task,
    Group,
    Party,
    Number,
    Within,
    Note,
    Letter,
    Code,
}

/// What the head of a column says; the first of its words that is known decides.
pub(crate) fn head(text: &str) -> Option<Head> {
    if matches!(text.trim(), "#" | "№" | "n°" | "Nº") {
        return Some(Head::Number);
    }
    let text = folded(text);
    let by_word = |word: &str| {
        // Scripts that part no words: a head starts with its word, however short.
        let begins = |stem: &str| stem.chars().count() > 4 || stem.chars().all(|c| c >= '\u{3000}');
        let fits =
            |(_, stems): &&(Head, &str)| stems.split('|').any(|stem| word == stem || (begins(stem) && word.starts_with(stem)));
        HEADS.iter().find(fits).map(|(head, _)| *head)
    };
    text.split(' ').find_map(by_word)
}

/// Whether a text is one word for tasks, groups, parties or numbers, and nothing else.
pub(crate) fn is_head_word(text: &str) -> bool {
    let is_one = !folded(text).contains(' ');
    is_one && matches!(head(text), Some(Head::Task | Head::Group | Head::Party | Head::Number))
}

/// Whether a text is words for what stands in a column, and nothing else: `Task`, `Process step`, `Task name`.
pub(crate) fn is_head_alone(text: &str) -> bool {
    head(text).is_some() && folded(text).split(' ').all(|word| word.is_empty() || head(word).is_some() || is_name_head(word))
}

/// Whether a text under a letter says of a party that it is not known yet, or that there is none: `TBD`, `?`, `nobody`.
pub(crate) fn names_nobody(text: &str) -> bool {
    let folded = folded(text);
    is_open(text) || is_nothing(text) || NOBODY.split('|').any(|word| word == folded)
}

/// Whether a text can be the name of a party or nothing: more than one letter, and no sign that parts letters.
pub(crate) fn is_name(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
    text.is_empty() || (letters > 1 && !text.contains(['/', ',', ';', '+', '|', '\n', '·', '&']))
}

/// Whether a text heads a legend.
pub(crate) fn heads_legend(text: &str) -> bool {
    let text = folded(text);
    LEGEND.split('|').any(|word| text.starts_with(word))
}

/// The letter that a head stands for: `R`, `Responsible`, `Responsible (R)`, `Accountable party`; one that the file
/// explains stands for what it says.
pub(crate) fn head_letter(text: &str, explained: &[(char, Meaning)]) -> Option<Letter> {
    let bare = text.trim().trim_matches(['*', '_', '`', ':']);
    if let [letter] = bare.chars().map(latin).collect::<Vec<char>>().as_slice() {
        let letter = letter.to_ascii_uppercase();
        let said = explained.iter().find_map(|(known, meaning)| match meaning {
            Meaning::Says(duty) if *known == letter => Some(*duty),
            _ => None,
        });
        return match said {
            Some(Duty::Holds(letter)) => Some(letter),
            Some(_) => None,
            None => Letter::parse(&letter.to_string()),
        };
    }
    // A letter in brackets beside a word says which of those that it can mean: `Responsable (A)`.
    if let Some((word, rest)) = bare.split_once('(')
        && let Some(letter) = rest.strip_suffix(')').and_then(Letter::parse)
        && (duty(word).is_some() || is_either(word))
    {
        return Some(letter);
    }
    let word = bare
        .split_once(['=', ':', '–', '-', '('])
        .map_or(bare, |(letter, word)| if letter.trim().len() == 1 { word } else { bare });
    // Beside the word no other but one for those who hold the letter: "Responsible party", and not "Approve the budget".
    let word = word.split(['(', '[']).next().unwrap_or(word);
    let others = |word: &str| word.split(' ').skip(1).all(is_holder);
    if !(others(&folded(word)) || is_phrase(word)) {
        return None;
    }
    match duty(word)? {
        Duty::Holds(letter) => Some(letter),
        _ => None,
    }
}

/// Whether the head of a column is of a property of tasks whose values can look like letters: a priority, a status.
pub(crate) fn is_property(text: &str) -> bool {
    let text = folded(text);
    PROPERTIES.split('|').any(|word| word == text)
}

/// Whether the head of a column says that names stand in it, and not of what.
pub(crate) fn is_name_head(text: &str) -> bool {
    let text = folded(text);
    NAMES.split('|').any(|word| word == text)
}

/// Whether the head of a column is of ids: `id`, `task_id`.
pub(crate) fn is_id_head(text: &str) -> bool {
    folded(text).split(' ').any(|word| matches!(word, "id" | "ids" | "key" | "code"))
}

/// Whether a remark is a condition: "for medium", "если ...".
pub(crate) fn is_condition(text: &str) -> bool {
    let text = folded(text);
    CONDITIONS.split('|').any(|word| text.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')))
}
