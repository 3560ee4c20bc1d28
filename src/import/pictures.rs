//! Signs and words that are no letters, `●` and `green`, where a legend says what they mean: they are spelled as the letters that
//! they stand for.

use std::collections::BTreeMap;

use super::dialect::Alphabet;
use super::letters::{self, Reading};
use super::sheet::{Page, Place};
use super::signs::is_picture;
use super::words::{self, Duty};

/// Reads the signs that lines and cells of the page explain, `● = Responsible`, as letters: in cells, and in the legend itself.
pub(crate) fn spell(page: &mut Page) {
    let mut meant: BTreeMap<String, (&'static str, Place)> = BTreeMap::new();
    let lines = page.prose.iter().map(|line| (&line.text, &line.place));
    for (text, place) in lines.chain(page.cells().iter().map(|cell| (&cell.text, &cell.place))) {
        for (sign, letter) in parts(text).filter_map(explained) {
            meant.entry(sign.to_owned()).or_insert_with(|| (letter, place.clone()));
        }
    }
    // A word is one of letters where it fills cells: else it is the name of somebody.
    let mut used: BTreeMap<&str, usize> = BTreeMap::new();
    for cell in page.cells() {
        if let Some((sign, _)) = meant.get_key_value(cell.text.trim()) {
            *used.entry(sign).or_default() += 1;
        }
    }
    let stands = |sign: &str| !is_word(sign) || used.get(sign).is_some_and(|times| *times > 1);
    let leads = |letter: &str| matches!(letter, "R" | "A");
    let leading = meant.iter().any(|(sign, (letter, _))| leads(letter) && stands(sign));
    let words: Vec<String> = meant.keys().filter(|sign| is_word(sign) && !(leading && stands(sign))).cloned().collect();
    for word in &words {
        meant.remove(word);
    }
    // One sign alone is a mark of anything, unless it is said to be a letter: `✔ = Responsible`.
    let is_said = |(_, place): &(&'static str, Place)| {
        let mut texts = page.prose.iter().map(|line| (&line.text, &line.place));
        texts.any(|(text, at)| at == place && text.contains('='))
            || page.cells().iter().any(|cell| cell.place == *place && cell.text.contains('='))
    };
    if meant.is_empty() || (meant.len() == 1 && !meant.values().all(is_said)) {
        return;
    }
    page.legend = page.cells_with(|text| parts(text).filter_map(explained).any(|(sign, _)| meant.contains_key(sign)));
    page.reword(|text| {
        let letter = |sign: &str| meant.get(sign).map(|(letter, _)| *letter);
        if let Some(letter) = letter(text.trim()) {
            return Some(letter.to_owned());
        }
        let spelled: Vec<String> = text
            .split(SIGNS)
            .map(|part| {
                let said = explained(part).and_then(|(sign, _)| Some(part.replacen(sign, letter(sign)?, 1)));
                said.or_else(|| letter(part.trim()).map(str::to_owned)).unwrap_or_else(|| part.to_owned())
            })
            .collect();
        // The signs between the parts are one byte each, and stay.
        let mut between = text.matches(SIGNS);
        let joined = spelled.iter().fold(String::new(), |joined, part| joined + part + between.next().unwrap_or(""));
        (joined != text).then_some(joined)
    });
    page.remarks.extend(meant.into_iter().map(|(sign, (letter, place))| (place, format!("`{sign}` is read as {letter}"))));
}

/// What parts the signs of a cell, and the entries of a legend.
const SIGNS: [char; 6] = [',', ';', '|', '/', '\n', '+'];

fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(SIGNS)
}

/// A sign, and the letter that a known word gives it.
fn explained(part: &str) -> Option<(&str, &'static str)> {
    // A word for legends may stand before the first.
    let list = part.split_once(':').filter(|(head, _)| words::heads_legend(head)).map_or(part, |(_, list)| list);
    let equal = list.split_once('=');
    let (sign, word) = equal.or_else(|| list.split_once([':', '–', '—'])).or_else(|| list.split_once(" - "))?;
    let (sign, word) = (sign.trim(), word.trim().trim_end_matches('.'));
    let is_sign = (1..=2).contains(&sign.chars().filter(|c| *c != '\u{fe0f}').count()) && sign.chars().all(is_sign);
    match words::duty_by_name(word).filter(|_| (is_sign || (equal.is_some() && is_word(sign))) && word.split(' ').count() < 4)? {
        Duty::Holds(letter) => Some((sign, letter.as_str())),
        _ => None,
    }
}

/// Whether a sign is a short word that says nothing of letters itself: `green`, `EX`.
fn is_word(sign: &str) -> bool {
    (2..=10).contains(&sign.chars().count())
        && sign.chars().all(char::is_alphabetic)
        && words::duty(sign).is_none()
        && !matches!(letters::read(sign, &Alphabet::any(&[])), Reading::Letters(_) | Reading::Nothing)
}

fn is_sign(c: char) -> bool {
    is_picture(c) || matches!(c, '•' | '✓' | '✔' | '×' | '√' | '◦' | '⚬')
}
