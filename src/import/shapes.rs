//! What a row heads: letters under parties, names under letters, or nothing. It is told by what stands under its words, and
//! by the words themselves where they are known.

use std::collections::BTreeSet;

use super::dialect::Meaning;
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

/// Names under letters: two different ones or more, R or A among them, and under them mostly something else than letters.
fn inverted(head: &LaneRow, sample: &[&LaneRow], page: &Page) -> Option<Shape> {
    let letters = lettered(head, page);
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
    let told = distinct.len() > 2 && (spelled || words::head(corner) == Some(Head::Task));
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
    let is_either = |(_, id): &(usize, _)| words::is_either(page.text(Some(*id)));
    if let Some((column, _)) = head.filled().into_iter().find(is_either).filter(|_| !letters.is_empty()) {
        letters.push((column, open));
        letters.sort_unstable();
    }
    letters
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
    let names = texts.iter().all(|text| words::is_name(text) && !text.contains(char::is_whitespace));
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
    distinct.len() > 1 && distinct.len() == texts().count() && texts().all(|text| text.ends_with(|c: char| c.is_ascii_digit()))
}

/// Whether cells say which of create, read, update and delete is allowed.
fn speaks_of_rights(sample: &[&LaneRow], page: &Page) -> bool {
    let cells = sample.iter().flat_map(|row| row.filled());
    let rights =
        |text: &str| text.len() > 1 && text.len() < 6 && text.chars().all(|c| "CRUD".contains(c)) && text.contains(['U', 'D']);
    cells.filter(|(_, id)| rights(page.text(Some(*id)))).count() > 0
}
