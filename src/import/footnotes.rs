//! Footnotes: a mark at a cell of letters, and a line or a single cell that starts with it.

use std::collections::BTreeSet;

use super::lanes::{Kind, LaneRow};
use super::ledger::{Fate, Ledger};
use super::letters::{self, Reading};
use super::sheet::Page;

/// Footnotes: lines and single cells that start with a mark.
pub(crate) fn of(page: &Page, stray: &[Vec<LaneRow>]) -> Vec<(String, String)> {
    let lines = page.prose.iter().map(|line| line.text.as_str());
    let cells = stray.iter().flatten().filter(|row| row.filled().len() == 1).flat_map(LaneRow::filled);
    let cells = cells.flat_map(|(_, id)| page.text(Some(id)).lines());
    lines.chain(cells).filter_map(footnote).collect()
}

/// A text without the mark of a footnote at its end, and that footnote.
pub(crate) fn taken_off<'t, 'f>(text: &'t str, footnotes: &'f [(String, String)]) -> Option<(&'t str, &'f (String, String))> {
    let of = |mark: &str| footnotes.iter().find(|(known, _)| known == mark);
    if let Some((before, mark)) = text.strip_suffix(']').and_then(|rest| rest.rsplit_once('[')) {
        return of(mark).filter(|_| !before.trim().is_empty()).map(|note| (before.trim_end(), note));
    }
    let before = text.trim_end_matches(is_mark);
    of(text.get(before.len()..)?).filter(|_| !before.trim().is_empty()).map(|note| (before.trim_end(), note))
}

fn is_mark(c: char) -> bool {
    matches!(c, '*' | '†' | '‡' | '§' | '¹' | '²' | '³' | '⁰'..='⁹')
}

/// The mark and the text of a footnote.
pub(crate) fn footnote(line: &str) -> Option<(String, String)> {
    let line = line.trim();
    if let Some((mark, text)) = line.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        return (!mark.is_empty() && mark.len() <= 4).then(|| (mark.to_owned(), text.trim_start_matches(':').trim().to_owned()));
    }
    // `1) on call`, beside a cell that says `R1)`.
    if let Some((mark, text)) = line.split_once(')').filter(|(mark, text)| is_number(mark) && !text.trim().is_empty()) {
        return Some((mark.to_owned(), text.trim().to_owned()));
    }
    let rest = line.trim_start_matches(is_mark);
    let mark = line.get(..line.len() - rest.len())?;
    (!mark.is_empty() && !rest.trim().is_empty()).then(|| (mark.to_owned(), rest.trim().to_owned()))
}

/// Whether a mark is a number, as that of a task can be.
pub(crate) fn is_number(mark: &str) -> bool {
    (1..=2).contains(&mark.len()) && mark.chars().all(|c| c.is_ascii_digit())
}

/// The marks that are numbers at cells of letters of these rows: `R1)`, `A 2`.
pub(crate) fn numbered(rows: &[LaneRow], page: &Page) -> BTreeSet<String> {
    let cells = rows.iter().flat_map(|row| row.filled().into_iter().filter(|(column, _)| row.kind(*column) == Kind::Letters));
    let texts = cells.map(|(_, id)| page.text(Some(id))).filter(|text| text.contains(|c: char| c.is_ascii_digit()));
    let marks = texts.filter_map(|text| match letters::read(text, page.any()) {
        Reading::Letters(held) => held.mark,
        _ => None,
    });
    marks.filter(|mark| is_number(mark)).collect()
}

/// Settles the cells that are footnotes of cells: their text is in a note there.
pub(crate) fn settle(used: &BTreeSet<String>, stray: &[Vec<LaneRow>], ledger: &mut Ledger, page: &Page) {
    let lines = page.prose.iter().filter_map(|line| line.cell);
    for id in lines.filter(|id| footnote(page.text(Some(*id))).is_some_and(|(mark, _)| used.contains(&mark))) {
        ledger.settle(id, Fate::Note);
    }
    for (_, id) in stray.iter().flatten().filter(|row| row.filled().len() == 1).flat_map(LaneRow::filled) {
        let mut lines = page.text(Some(id)).lines();
        if lines.all(|line| footnote(line).is_some_and(|(mark, _)| used.contains(&mark))) {
            ledger.settle(id, Fate::Note);
        }
    }
}
