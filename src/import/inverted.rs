//! Which heads are letters under which names stand: letters themselves, words for them, words with a letter behind them, and what
//! cells below tell of the others.

use std::collections::BTreeSet;

use super::lanes::{Kind, LaneRow};
use super::names;
use super::parties::key;
use super::sheet::{CellId, Page};
use super::tables::Shape;
use super::words::{self, Duty, Head};
use crate::document::Letter;

/// Names under letters: two different ones or more, R or A among them, and under them mostly something else than letters.
pub(super) fn inverted(head: &LaneRow, sample: &[&LaneRow], page: &Page) -> Option<Shape> {
    let by_word = lettered(head, page);
    // A letter behind a word that is not known is one beside others, where names stand under all of them.
    let letters = with_nouns(head, with_bracketed(head, &by_word, page), sample, page);
    let distinct: BTreeSet<Letter> = letters.iter().map(|(_, letter)| *letter).collect();
    let leads = distinct.contains(&Letter::Responsible) || distinct.contains(&Letter::Accountable);
    if distinct.len() < 2 || distinct.len() < letters.len() || !leads || lists_tasks(head, &letters, page) {
        return None;
    }
    let under = |wanted: &[Kind]| {
        let kinds = sample.iter().flat_map(|row| letters.iter().map(|(column, _)| row.kind(*column)));
        kinds.filter(|kind| wanted.contains(kind)).count()
    };
    let (names, others) = (under(&[Kind::Text, Kind::Strange, Kind::Word]), under(&[Kind::Letters, Kind::Worded]));
    // Three letters or more beside the word for tasks are heads, even where the codes of parties look like letters.
    let corner = page.text(head.at(0).filter(|_| letters.iter().all(|(column, _)| *column > 0)));
    let spelled = letters.iter().all(|(column, _)| page.text(head.at(*column)).chars().count() > 1);
    let said = by_word.len() == letters.len() && !letters.iter().any(|(column, _)| words::is_lead(page.text(head.at(*column))));
    let told = said && distinct.len() > 2 && (spelled || words::head(corner) == Some(Head::Task));
    let is_inverted = if told { names + others > 0 } else { names > others };
    is_inverted.then_some(Shape::Inverted(letters))
}

/// The columns of a row of heads that are letters under which tasks stand, beside the party that holds them: `Role | R | A`,
/// `Name | Responsible for`. None where it is another.
pub(crate) fn lists_under_parties(head: &LaneRow, page: &Page) -> Vec<usize> {
    let letters = lettered(head, page);
    let distinct: BTreeSet<Letter> = letters.iter().map(|(_, letter)| *letter).collect();
    if distinct.len() > 1 && lists_tasks(head, &letters, page) {
        return letters.into_iter().map(|(column, _)| column).collect();
    }
    let filled = head.filled();
    let is_for = |(_, id): &&(usize, CellId)| words::is_duty_for(page.text(Some(*id)));
    filled.iter().skip(1).filter(is_for).map(|(column, _)| *column).collect()
}

/// The columns whose heads are letters, or words for them.
fn lettered(head: &LaneRow, page: &Page) -> Vec<(usize, Letter)> {
    let letter = |(column, id)| Some((column, words::head_letter(page.text(Some(id)), page.letters())?));
    with_either(head, head.filled().into_iter().filter_map(letter).collect(), page)
}

/// With the heads that have a letter in brackets, whatever their words are: `Steering group (I)`.
fn with_bracketed(head: &LaneRow, letters: &[(usize, Letter)], page: &Page) -> Vec<(usize, Letter)> {
    let open = head.filled().into_iter().filter(|(column, _)| !letters.iter().any(|(of, _)| of == column));
    let bracketed = open.filter_map(|(column, id)| Some((column, words::bracketed(page.text(Some(id)))?.1)));
    let mut all: Vec<(usize, Letter)> = letters.iter().copied().chain(bracketed).collect();
    all.sort_unstable();
    all
}

/// With the heads that name a duty, `Information`, beside words for others, where half of what stands below them stands below
/// those too: else it is what there is to know.
fn with_nouns(head: &LaneRow, letters: Vec<(usize, Letter)>, sample: &[&LaneRow], page: &Page) -> Vec<(usize, Letter)> {
    let text = |column: usize| page.text(head.at(column));
    let spelled = letters.iter().all(|(column, _)| text(*column).chars().count() > 1);
    if letters.is_empty() || !spelled {
        return letters;
    }
    let taken = |letter: Letter| letters.iter().any(|(_, known)| *known == letter);
    let noun = |(column, _): (usize, CellId)| match words::duty_by_name(text(column)) {
        Some(Duty::Holds(letter)) if !taken(letter) && !text(column).contains(' ') => Some((column, letter)),
        _ => None,
    };
    let nouns: Vec<(usize, Letter)> = head.filled().into_iter().filter_map(noun).collect();
    let names = |column: usize| {
        let cells = sample.iter().filter_map(move |row| row.at(column));
        cells.flat_map(|id| names::pieces(page.text(Some(id)))).map(|name| key(&name)).collect::<Vec<_>>()
    };
    let stands = |(column, _): &(usize, Letter)| {
        let others = letters.iter().chain(&nouns).filter(|(other, _)| other != column);
        let known: BTreeSet<String> = others.flat_map(|(other, _)| names(*other)).collect();
        let own = names(*column);
        !own.is_empty() && own.iter().filter(|name| known.contains(*name)).count() * 2 >= own.len()
    };
    let found: Vec<(usize, Letter)> = nouns.iter().copied().filter(stands).collect();
    let mut all: Vec<(usize, Letter)> = letters.into_iter().chain(found).collect();
    all.sort_unstable();
    all
}

/// Whether parties stand in the rows, and under the letters what they do, which no list of names is.
fn lists_tasks(head: &LaneRow, letters: &[(usize, Letter)], page: &Page) -> bool {
    let others = head.filled().into_iter().filter(|(column, _)| !letters.iter().any(|(of, _)| of == column));
    let told: Vec<Option<Head>> = others.map(|(_, id)| words::head(page.text(Some(id)))).collect();
    told.first() == Some(&Some(Head::Party)) && !told.contains(&Some(Head::Task))
}

/// With the head whose word can be said of R and of A, as the one of them that no other head is.
fn with_either(head: &LaneRow, mut letters: Vec<(usize, Letter)>, page: &Page) -> Vec<(usize, Letter)> {
    let has = |letter| letters.iter().any(|(_, known)| *known == letter);
    let open = match (has(Letter::Responsible), has(Letter::Accountable)) {
        (false, _) => Letter::Responsible,
        (true, false) => Letter::Accountable,
        (true, true) => return letters,
    };
    // Beside words for letters `Owner` is one too, beside letters it is a word of its own.
    let spelled = letters.iter().all(|(column, _)| page.text(head.at(*column)).chars().count() > 1);
    let is_either = |(_, id): &(usize, _)| {
        let text = page.text(Some(*id));
        words::is_either(text) || (spelled && words::is_lead(text))
    };
    if let Some((column, _)) = head.filled().into_iter().find(is_either).filter(|_| !letters.is_empty()) {
        letters.push((column, open));
        letters.sort_unstable();
    }
    letters
}
