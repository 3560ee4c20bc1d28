//! Signs that are no letters, `●` and `○`, where a legend says what they mean: they are spelled as the letters that they stand for.

use std::collections::BTreeMap;

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
    // One sign is a mark, and says only that somebody holds something.
    if meant.len() < 2 {
        return;
    }
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
    let (sign, word) = part.split_once(['=', ':', '–', '—']).or_else(|| part.split_once(" - "))?;
    // A word for legends may stand before the first.
    let (sign, word) = if words::heads_legend(sign) { word.split_once('=')? } else { (sign, word) };
    let (sign, word) = (sign.trim(), word.trim().trim_end_matches('.'));
    let is_sign = (1..=2).contains(&sign.chars().filter(|c| *c != '\u{fe0f}').count()) && sign.chars().all(is_sign);
    match words::duty_by_name(word).filter(|_| is_sign && word.split(' ').count() < 4)? {
        Duty::Holds(letter) => Some((sign, letter.as_str())),
        _ => None,
    }
}

fn is_sign(c: char) -> bool {
    is_picture(c) || matches!(c, '•' | '✓' | '✔' | '×' | '√' | '◦' | '⚬')
}
