//! What explains the letters and the parties: legends and tables of role names, in tables, in rows below a matrix, in the
//! text around.
//!
//! A legend explains three letters or more; a line or row that has nothing else will do with fewer (`listed`).

use std::collections::BTreeMap;

use super::codes::{self, Named};
use super::dialect::{Explained, Meaning};
use super::lanes::{Kind, LaneRow};
use super::listed::{is_enough, listed_in_line, listed_in_row, parted};
use super::sheet::{CellId, Grid, Page, Place};
use super::signs::latin;
use super::words::{self, folded};

/// Legends and names of a file.
#[derive(Debug, Default)]
pub(crate) struct Explanations {
    pub(crate) legend: Vec<Explained>,
    /// The cells that legends are made of.
    pub(crate) legend_cells: Vec<CellId>,
    /// For a code, folded: the name, and the two cells, where it is in a table.
    pub(crate) names: BTreeMap<String, Named>,
}

impl Explanations {
    /// Looks at rows that are in no matrix.
    pub(crate) fn rows(&mut self, rows: &[LaneRow], page: &Page) {
        let (mut found, mut unknown) = (Vec::new(), Vec::new());
        let mut cells = Vec::new();
        for row in rows {
            let said = explained_in_row(row, page);
            let other = if said.is_empty() { unknown_in_row(row, page) } else { None };
            if !said.is_empty() || other.is_some() {
                cells.extend(row.filled().into_iter().map(|(_, id)| id));
            }
            found.extend(said);
            unknown.extend(other);
        }
        if is_enough(&found) {
            self.legend.extend(found);
            self.legend.extend(unknown);
            self.legend_cells.extend(cells);
            self.heads_of_legend(rows, page);
            return;
        }
        for (code, named) in codes::in_rows(rows, page) {
            self.names.entry(folded(&code)).or_insert(named);
        }
    }

    /// Around the lines of a legend: its heads, a dash that is explained too.
    fn heads_of_legend(&mut self, rows: &[LaneRow], page: &Page) {
        for row in rows {
            let texts: Vec<(usize, CellId)> = row.filled();
            let first = texts.first().map_or("", |(_, id)| page.text(Some(*id)));
            let about = words::is_nothing(first)
                || matches!(words::head(first), Some(words::Head::Code | words::Head::Letter | words::Head::Party))
                || words::heads_legend(first)
                || single_letter(first).is_some();
            if about || texts.len() == 1 || rows.first().is_some_and(|head| std::ptr::eq(head, row)) {
                self.legend_cells.extend(texts.into_iter().map(|(_, id)| id));
            }
        }
        // A row of definitions under a row of letters.
        if let [_, below] = rows {
            self.legend_cells.extend(below.filled().into_iter().map(|(_, id)| id));
        }
    }

    /// Looks at the text around tables.
    pub(crate) fn prose(&mut self, page: &Page) {
        // Lines of a legend stand close to each other.
        let mut block: Vec<Explained> = Vec::new();
        let mut cells: Vec<CellId> = Vec::new();
        let mut last = 0;
        for line in &page.prose {
            let mut said = explained_in(&line.text, &line.place);
            if said.is_empty() && line.place.line <= last + 6 {
                said.extend(unknown_in(&line.text, &line.place));
            }
            if !said.is_empty() {
                if line.place.line > last + 6 {
                    self.take_block(&mut block, &mut cells);
                }
                last = line.place.line;
                block.extend(said);
                cells.extend(line.cell);
            }
            for (code, name) in codes::in_line(&line.text) {
                let cells = line.cell.into_iter().collect();
                self.names.entry(folded(&code)).or_insert(Named { name, cells, is_id: false });
            }
        }
        self.take_block(&mut block, &mut cells);
    }

    fn take_block(&mut self, block: &mut Vec<Explained>, cells: &mut Vec<CellId>) {
        let (block, cells) = (std::mem::take(block), std::mem::take(cells));
        if is_enough(&block) {
            self.legend.extend(block);
            self.legend_cells.extend(cells);
        }
    }
}

/// How many letters are explained by words that are known.
pub(super) fn distinct(found: &[Explained]) -> usize {
    let known = found.iter().filter(|line| line.meaning != Meaning::Unknown);
    let mut letters: Vec<char> = known.map(|line| line.letter).collect();
    letters.sort_unstable();
    letters.dedup();
    letters.len()
}

/// What a row of a table explains: a letter in one cell and its word in another, or both in one.
pub(crate) fn explained_in_row(row: &LaneRow, page: &Page) -> Vec<Explained> {
    let cells: Vec<CellId> = row.filled().into_iter().map(|(_, id)| id).collect();
    let letters: Vec<(usize, char)> =
        cells.iter().enumerate().filter_map(|(nth, id)| Some((nth, single_letter(page.text(Some(*id)))?))).collect();
    if let [(nth, letter)] = letters.as_slice()
        && let Some(id) = cells.get(*nth)
    {
        let place = &page.cell(*id).place;
        let others = cells.iter().enumerate().filter(|(other, _)| other != nth).map(|(_, id)| page.text(Some(*id)));
        return others.map(|text| meanings(*letter, text, place)).find(|found| !found.is_empty()).unwrap_or_default();
    }
    let listed = listed_in_row(row, page);
    if cells.len() > 1 && !listed.is_empty() {
        return listed;
    }
    cells.iter().flat_map(|id| explained_in(page.text(Some(*id)), &page.cell(*id).place)).collect()
}

/// The letter that a text is, and nothing else.
pub(crate) fn single_letter(text: &str) -> Option<char> {
    let bare = text.trim().trim_matches(['*', '_', '`', '(', ')', '[', ']', ':', '=', '.', ' ']);
    let mut chars = bare.chars();
    let letter = latin(chars.next()?).to_ascii_uppercase();
    (chars.next().is_none() && letter.is_alphabetic()).then_some(letter)
}

/// What a text says a letter means: several where it gives several words, parted by `/` or "or".
pub(super) fn meanings(letter: char, text: &str, place: &Place) -> Vec<Explained> {
    let upto = text.find(['(', ':', ';', '.', ',', '—', '–', '\n']).unwrap_or(text.len());
    let word = text.get(..upto).unwrap_or(text).trim_matches(['*', '_', '`', ' ', '-', '=']);
    let mut found: Vec<Explained> = Vec::new();
    for part in word.split(['/', '|']).flat_map(|part| part.split(" or ")) {
        let part = part.trim();
        let either = || words::is_either(part).then_some(Meaning::Either);
        let meaning = words::duty_by_name(part).map(Meaning::Says).or_else(either);
        if let Some(meaning) = meaning.filter(|meaning| !found.iter().any(|known| known.meaning == *meaning)) {
            found.push(Explained { letter, meaning, word: part.to_owned(), place: place.clone(), is_listed: false });
        }
    }
    found
}

/// A letter beside a word that is not known, in a row of a legend.
pub(crate) fn unknown_in_row(row: &LaneRow, page: &Page) -> Option<Explained> {
    let cells: Vec<CellId> = row.filled().into_iter().map(|(_, id)| id).collect();
    match cells.as_slice() {
        [one] => unknown_in(page.text(Some(*one)), &page.cell(*one).place),
        [letter, word] => unknown(single_letter(page.text(Some(*letter)))?, page.text(Some(*word)), &page.cell(*letter).place),
        _ => None,
    }
}

/// A letter and a word that is not known, in a line of a legend: `A = Ansprechpartner`.
fn unknown_in(text: &str, place: &Place) -> Option<Explained> {
    let (letter, word) = parted(text)?;
    unknown(letter, word, place)
}

pub(super) fn unknown(letter: char, word: &str, place: &Place) -> Option<Explained> {
    let word = word.split(['(', ';', ',', '\n']).next().unwrap_or(word).trim_matches(['*', '_', '`', ' ']);
    let worded = word.chars().filter(|c| c.is_alphabetic()).count() > 2 && !words::is_nothing(word);
    let meaning = Meaning::Unknown;
    worded.then(|| Explained { letter, meaning, word: word.to_owned(), place: place.clone(), is_listed: false })
}

/// Whether letters stand after a text, as those of a task do: a legend has them before the words for them.
pub(crate) fn is_task(row: &LaneRow, page: &Page) -> bool {
    let mut cells = row.filled().into_iter().map(|(column, id)| (row.kind(column) == Kind::Letters, page.text(Some(id))));
    cells.next().is_some_and(|(is_letters, text)| !is_letters && single_letter(text).is_none()) && cells.any(|(is, _)| is)
}

/// The letters that a file explains, wherever it does, so that cells of them are seen as such.
pub(crate) fn letters(page: &Page) -> Vec<(char, Meaning)> {
    let in_grid = |grid: &Grid| {
        let rows = grid.rows.iter().map(|row| LaneRow::new(row.clone(), page)).filter(|row| !is_task(row, page));
        let (known, others): (Vec<_>, Vec<_>) =
            rows.map(|row| (explained_in_row(&row, page), unknown_in_row(&row, page))).unzip();
        let mut found: Vec<Explained> = known.into_iter().flatten().collect();
        if is_enough(&found) {
            found.extend(others.into_iter().flatten());
        }
        found
    };
    let lines = page.prose.iter().flat_map(|line| explained_in(&line.text, &line.place)).collect();
    let found = page.grids.iter().map(in_grid).chain([lines]).filter(|found| is_enough(found));
    found.flatten().map(|line| (line.letter, line.meaning)).collect()
}

/// What a line explains: `R = Responsible, A = Accountable`, `R (Responsible): ...`, `Responsible (R)`, `R Responsible`. Beside
/// two words that are known one that is not explains its letter too.
fn explained_in(text: &str, place: &Place) -> Vec<Explained> {
    let alone = listed_in_line(text, place);
    if !alone.is_empty() {
        return alone;
    }
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let at = |nth: usize| chars.get(nth).map(|(_, c)| *c);
    let (mut found, mut others) = (Vec::new(), Vec::new());
    for (nth, (byte, c)) in chars.iter().enumerate() {
        let letter = latin(*c);
        if !letter.is_uppercase() || at(nth + 1).is_some_and(char::is_alphanumeric) {
            continue;
        }
        let before = text.get(..*byte).unwrap_or("").trim_end();
        let starts = before
            .chars()
            .next_back()
            .is_none_or(|c| matches!(c, ',' | ';' | '|' | '.' | '*' | '-' | '•' | '–' | ':' | '\n' | '·'));
        let after = text.get(byte + c.len_utf8()..).unwrap_or("").trim_start_matches(['*', '_', '`', ' ', ']']);
        let joined = after.strip_prefix(['=', ':', '–', '—', '-', '(', '→', '\u{2212}']);
        // Without a sign between them the word starts with the letter that it explains.
        let own = || after.chars().next().is_some_and(|c| latin(c).to_uppercase().eq(letter.to_uppercase()));
        if let (true, Some(rest)) = (starts, joined.or_else(|| own().then_some(after))) {
            let said = meanings(letter, rest.trim_start(), place);
            if said.is_empty() && joined.is_some() {
                others.extend(unknown(letter, rest.split(['.', '|', '·', '–', '—']).next().unwrap_or(rest), place));
            }
            found.extend(said);
        } else if before.ends_with('(') && after.starts_with(')') {
            let word = before.trim_end_matches(['(', ' ', '*']);
            let last = word.rsplit([',', ';', '|', '.', '-', '•', '*', ':']).next().unwrap_or(word);
            if last.split_whitespace().count() <= 3 {
                found.extend(meanings(letter, last.trim(), place));
            }
        }
    }
    if distinct(&found) > 1 {
        found.extend(others);
    }
    found
}
