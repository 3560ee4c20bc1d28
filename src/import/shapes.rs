//! What a row heads: letters under parties, names under letters, or nothing. It is told by what stands under its words, and
//! by the words themselves where they are known.

use std::collections::BTreeSet;

use super::dialect::Meaning;
use super::inverted::inverted;
use super::lanes::{Kind, LaneRow};
use super::letters::{self, Reading};
use super::sheet::{CellId, Page};
use super::tables::Shape;
use super::words::{self, Duty, Head};
use crate::document::Letter;

/// So many rows under a row tell what it heads.
const SAMPLE: usize = 40;

/// What this row heads; none where it heads nothing.
pub(super) fn shape(rows: &[LaneRow], at: usize, page: &Page) -> Option<Shape> {
    let head = rows.get(at)?;
    let below = rows.get(at + 1..).unwrap_or_default();
    let first = below.iter().position(|row| row.filled().len() > 1)?;
    let sample: Vec<&LaneRow> = below
        .get(first..)
        .unwrap_or_default()
        .iter()
        .take_while(|row| !row.is_blank())
        .filter(|row| row.filled().len() > 1)
        .take(SAMPLE)
        .collect();
    inverted(head, &sample, page).or_else(|| columns(head, &sample, page))
}

/// Letters under parties: columns with a head, and under it mostly letters or nothing; and a column of text beside them.
fn columns(head: &LaneRow, sample: &[&LaneRow], page: &Page) -> Option<Shape> {
    let width = head.cells.len();
    let count = |column: usize, kinds: &[Kind]| sample.iter().filter(|row| kinds.contains(&row.kind(column))).count();
    let is_party = |column: usize| {
        let letters = count(column, &[Kind::Letters, Kind::Word]);
        // A letter that nothing explains, and no short word.
        let unknown = |row: &&&LaneRow| row.kind(column) == Kind::Strange && page.text(row.at(column)).len() == 1;
        let nearly = letters + count(column, &[Kind::Nothing, Kind::Worded]) + sample.iter().filter(unknown).count();
        let filled = sample.len() - count(column, &[Kind::Blank]);
        let told = page.text(head.at(column));
        let headed = !words::is_nothing(told);
        let noted = matches!(words::head(told), Some(Head::Note | Head::Number | Head::Within | Head::Code));
        let said = letters + count(column, &[Kind::Nothing]);
        // Texts can start with a word for a letter: beside texts, words alone are no letters.
        let texts = letters == count(column, &[Kind::Word]) && count(column, &[Kind::Text]) > 0;
        let most = if noted { said * 10 >= filled * 9 } else { said * 2 >= filled || nearly * 5 >= filled * 4 };
        let enough = most && !texts;
        // Letters with words beside them in every cell: short, for a text can start as such a cell does.
        let short = |row: &&LaneRow| page.text(row.at(column)).split_whitespace().count() <= 3;
        let worded = count(column, &[Kind::Worded]) == filled && filled > 0 && !noted && sample.iter().all(short);
        headed
            && ((letters > 0 && enough) || worded)
            && !words::is_property(told)
            && !are_codes(column, words::head(told), sample, page)
    };
    let told = |column: usize| words::head(page.text(head.at(column)));
    let mut found: Vec<usize> = (0..width).filter(|column| is_party(*column)).collect();
    // Beside a column of letters that is called so, one that is called a role's has codes that look like letters.
    if found.iter().any(|column| told(*column) == Some(Head::Letter)) {
        found.retain(|column| !matches!(told(*column), Some(Head::Party | Head::Task | Head::Group)));
    }
    // Codes and words in the first column can look like letters: its head says that they are names.
    let named = |column: &usize| matches!(told(*column), Some(Head::Party | Head::Task | Head::Group));
    let no_text = |column: usize| (0..column).all(|left| count(left, &[Kind::Text]) == 0);
    if found.len() > 1 && found.first().is_some_and(|column| named(column) && no_text(*column)) {
        found.remove(0);
    }
    let first = *found.first()?;
    if heads_the_next(head, sample, page) {
        return None;
    }
    // What stands directly under a head is letters: else the row below is the head, or one of the rows after it.
    let next = sample.iter().find(|row| found.iter().any(|column| row.at(*column).is_some()))?;
    let under = |column: &usize| matches!(next.kind(*column), Kind::Letters | Kind::Word | Kind::Nothing | Kind::Worded);
    if !found.iter().any(under) && !has_task_of_texts(head, next, &found, page) {
        return None;
    }
    let any = [Kind::Text, Kind::Strange, Kind::Letters, Kind::Word, Kind::Worded];
    let is_text = |column: &usize| {
        count(*column, &[Kind::Text, Kind::Strange]) * 2 >= sample.len()
            || (named(column) && count(*column, &any) * 2 >= sample.len())
    };
    // Numbers after the first party count something.
    let are_numbers = |column: usize| sample.iter().all(|row| page.text(row.at(column)).parse::<f64>().is_ok());
    let is_task = |column: &usize| is_text(column) && !(*column > first && are_numbers(*column));
    let texts: Vec<usize> = (0..width).filter(|column| !found.contains(column)).filter(is_task).collect();
    let leftmost = *texts.first()?;
    if leftmost > first && head.filled().len() < 2 && !is_card(first, &texts, sample, page) {
        return None;
    }
    // Grades, sizes, rights: letters beside others that no dialect has.
    let all = |kinds: &[Kind]| found.iter().map(|column| count(*column, kinds)).sum::<usize>();
    if all(&[Kind::Strange]) * 5 > all(&[Kind::Letters, Kind::Word, Kind::Strange]) || speaks_of_rights(sample, page) {
        return None;
    }
    let is_said = |row: &LaneRow, column: usize| matches!(row.kind(column), Kind::Letters | Kind::Word);
    let leads = |row: &&&LaneRow| found.iter().any(|column| is_said(row, *column) && leads(page.text(row.at(*column)), page));
    sample.iter().find(leads)?;
    // A row of letters is no row of heads, unless its other words say so.
    let letters = found.iter().filter(|column| matches!(head.kind(**column), Kind::Letters)).count();
    let is_head = |column: usize| {
        let named = page.text(head.at(column));
        named.is_empty() || words::head(named).is_some_and(|head| head != Head::Letter)
    };
    if letters * 2 >= found.len() && !texts.into_iter().any(is_head) && !are_short_forms(head, &found, page) {
        return None;
    }
    // A column between or after parties that has a head and no letter is a party that holds none.
    let is_idle = |column: usize| {
        column > first
            && !words::is_nothing(page.text(head.at(column)))
            && (count(column, &[Kind::Blank, Kind::Nothing]) == sample.len()
                || (count(column, &[Kind::Nothing]) * 2 >= sample.len() && count(column, &[Kind::Text, Kind::Worded]) == 0))
            && !matches!(words::head(page.text(head.at(column))), Some(Head::Note | Head::Within | Head::Number | Head::Code))
    };
    Some(Shape::Columns((0..width).filter(|column| found.contains(column) || is_idle(*column)).collect()))
}

/// Whether heads that read as letters are short forms of names: each another, and one longer than cells of letters are.
fn are_short_forms(head: &LaneRow, columns: &[usize], page: &Page) -> bool {
    let texts: Vec<&str> = columns.iter().map(|column| page.text(head.at(*column))).collect();
    let distinct: BTreeSet<&&str> = texts.iter().collect();
    // Beside them names stand that read as nothing else: `CISO | SOC | IT Ops`.
    let reads = |column: &usize| head.kind(*column) == Kind::Letters && page.text(head.at(*column)).contains(char::is_whitespace);
    let names = texts.iter().all(|text| words::is_name(text)) && !columns.iter().any(reads);
    names && distinct.len() == texts.len() && texts.iter().any(|text| text.chars().filter(|c| c.is_alphabetic()).count() > 2)
}

/// Whether rows of a letter and a text, under a text alone, can be what the party of that name does: a letter stands twice,
/// which beside the names of those who hold it none does.
fn is_card(letters: usize, texts: &[usize], sample: &[&LaneRow], page: &Page) -> bool {
    let said: Vec<&str> = sample.iter().map(|row| page.text(row.at(letters))).collect();
    let distinct: BTreeSet<&&str> = said.iter().collect();
    texts.len() == 1 && distinct.len() < said.len() && said.iter().all(|text| !text.is_empty())
}

/// Whether the row under a head is a task, with texts where letters stand: the head says that tasks are below, and has a word
/// of its own over all letters; the row says of itself nothing that a head does.
fn has_task_of_texts(head: &LaneRow, next: &LaneRow, found: &[usize], page: &Page) -> bool {
    let corner = |row: &LaneRow| {
        let (column, id) = row.filled().first().copied()?;
        (!found.contains(&column)).then(|| page.text(Some(id)))
    };
    let over: BTreeSet<CellId> = found.iter().filter_map(|column| head.at(*column)).collect();
    let names = |text: &str| !words::is_head_alone(text) && !words::is_name_head(text);
    over.len() == found.len() && corner(head).is_some_and(words::is_head_alone) && corner(next).is_some_and(names)
}

/// Whether the row below has a word over every letter, where this one has none over some: it stands over the heads then.
fn heads_the_next(head: &LaneRow, sample: &[&LaneRow], page: &Page) -> bool {
    let Some((next, below)) = sample.split_first() else { return false };
    let is_letter = |row: &&LaneRow, column: usize| row.kind(column) == Kind::Letters;
    let open = |column: &usize| head.at(*column).is_none() && below.iter().any(|row| is_letter(row, *column));
    let named = |column: usize| matches!(next.kind(column), Kind::Text | Kind::Strange | Kind::Word);
    let is_head = next.filled().iter().any(|(_, id)| words::head(page.text(Some(*id))) == Some(Head::Task));
    let mut unnamed = (1..head.cells.len()).filter(open).peekable();
    is_head && unnamed.peek().is_some() && unnamed.all(named)
}

/// Whether a cell says R or A, a word for one, or a letter that is explained as one of them.
fn leads(text: &str, page: &Page) -> bool {
    let Reading::Letters(held) = letters::read(text, page.any()) else { return false };
    let stands_for = |c: char| {
        let said = page.letters().iter().find(|(letter, _)| *letter == c).map(|(_, meaning)| *meaning);
        matches!(said, Some(Meaning::Either | Meaning::Says(Duty::Holds(Letter::Responsible | Letter::Accountable))))
    };
    let is_lead = |letter: &Letter| matches!(letter, Letter::Responsible | Letter::Accountable);
    held.letters.iter().any(is_lead)
        || held.foreign.iter().any(|c| *c == 'D' || stands_for(*c))
        || letters::signs(text).into_iter().any(stands_for)
}

/// Whether what looks like letters is codes: with marks as of footnotes one for each row, `R01`, `R02`; and under a head for
/// names or numbers, where none is a letter alone, `SOC`, `CISO`.
fn are_codes(column: usize, told: Option<Head>, sample: &[&LaneRow], page: &Page) -> bool {
    let texts = || sample.iter().map(|row| page.text(row.at(column))).filter(|text| !text.is_empty());
    let lettered = sample.iter().all(|row| matches!(row.kind(column), Kind::Letters | Kind::Blank));
    let distinct: BTreeSet<&str> = texts().collect();
    let longer = |text: &&str| text.chars().filter(|c| c.is_alphanumeric()).count() > 2;
    let named = matches!(told, Some(Head::Party | Head::Number | Head::Task | Head::Group));
    if named && lettered && distinct.len() > 1 && texts().all(words::is_name) && distinct.iter().any(longer) {
        return true;
    }
    // `S1`, `S2`, `S1`: of one letter, each with a number.
    let stems: BTreeSet<&str> = distinct.iter().map(|text| text.trim_end_matches(|c: char| c.is_ascii_digit())).collect();
    let is_plain = |text: &str| !text.ends_with(|c: char| c.is_ascii_digit());
    let beside = |row: &&&LaneRow| {
        let mut others = (0..row.cells.len()).filter(|other| *other != column);
        others.any(|other| row.kind(other) == Kind::Letters && is_plain(page.text(row.at(other))))
    };
    // Where all letters have numbers, these say something of the letters.
    let again = distinct.len() == texts().count() || (lettered && stems.len() == 1 && sample.iter().any(|row| beside(&row)));
    distinct.len() > 1 && again && texts().all(|text| text.ends_with(|c: char| c.is_ascii_digit()))
}

/// Whether cells say which of create, read, update and delete is allowed.
fn speaks_of_rights(sample: &[&LaneRow], page: &Page) -> bool {
    let cells = sample.iter().flat_map(|row| row.filled());
    let rights =
        |text: &str| text.len() > 1 && text.len() < 6 && text.chars().all(|c| "CRUD".contains(c)) && text.contains(['U', 'D']);
    cells.filter(|(_, id)| rights(page.text(Some(*id)))).count() > 0
}
