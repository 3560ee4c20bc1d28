//! What each column of a table is: the task, its number or id, the groups it is in, time limits, notes.
//!
//! The heads say it where they use a word that is known; else it is seen from what stands in the columns.

use std::collections::BTreeSet;

use super::lanes::LaneRow;
use super::sheet::Page;
use super::signs::is_mark;
use super::tables::{Shape, Table};
use super::words::{self, Head, folded};

/// What a column is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Column {
    /// A party's letters, or the names under a letter.
    Letters,
    Task,
    TaskId,
    Group,
    GroupId,
    Number,
    Within,
    Note,
    /// Of a table with a row for each letter: who holds it.
    Party,
    PartyId,
    /// Nothing is in it.
    Empty,
}

/// The columns of a table.
#[derive(Debug)]
pub(crate) struct Layout {
    pub(crate) columns: Vec<Column>,
    /// Whether a row is one letter of one party.
    pub(crate) is_long: bool,
}

impl Layout {
    pub(crate) fn column(&self, wanted: Column) -> Option<usize> {
        self.columns.iter().position(|column| *column == wanted)
    }

    /// Whether rows say who and nowhere of what.
    pub(crate) fn names_no_task(&self) -> bool {
        self.is_long && !self.columns.iter().any(|column| matches!(column, Column::Task | Column::TaskId))
    }

    pub(crate) fn all(&self, wanted: Column) -> impl Iterator<Item = usize> + '_ {
        self.columns.iter().enumerate().filter(move |(_, column)| **column == wanted).map(|(nth, _)| nth)
    }
}

/// A table whose columns are looked at.
struct Looked<'l> {
    head: &'l LaneRow,
    rows: Vec<&'l LaneRow>,
    page: &'l Page,
}

impl Looked<'_> {
    fn told(&self, column: usize) -> &str {
        self.page.text(self.head.at(column))
    }

    fn head(&self, column: usize) -> Option<Head> {
        words::head(self.told(column))
    }

    fn texts(&self, column: usize) -> Vec<String> {
        self.rows.iter().filter_map(|row| row.at(column)).map(|id| folded(self.page.text(Some(id)))).collect()
    }

    /// Whether a column is left blank, or repeated, where it goes on.
    fn carries_on(&self, column: usize) -> bool {
        let texts = self.texts(column);
        let distinct: BTreeSet<&String> = texts.iter().collect();
        !texts.is_empty() && (texts.len() < self.rows.len() || distinct.len() < texts.len())
    }

    /// Whether what stands in a column stands there again.
    fn repeats(&self, column: usize) -> bool {
        let texts = self.texts(column);
        texts.iter().collect::<BTreeSet<_>>().len() < texts.len()
    }

    fn is_number(&self, column: usize) -> bool {
        let numbers =
            |text: &&str| text.chars().any(|c| c.is_ascii_digit()) && text.chars().filter(|c| c.is_alphabetic()).count() <= 3;
        let texts: Vec<&str> = self.rows.iter().filter_map(|row| row.at(column)).map(|id| self.page.text(Some(id))).collect();
        let matching = texts.iter().filter(|text| text.chars().count() <= 8).filter(|text| numbers(text)).count();
        !texts.is_empty() && matching * 5 >= texts.len() * 4
    }
}

/// What the columns of a table are.
pub(crate) fn layout(table: &Table, page: &Page) -> Layout {
    let Some(head) = table.head() else { return Layout { columns: Vec::new(), is_long: false } };
    let rows: Vec<&LaneRow> = table.rows.iter().filter(|row| row.filled().len() > 1).collect();
    let looked = Looked { head, rows, page };
    let lettered: Vec<usize> = match &table.shape {
        Shape::Columns(columns) => columns.clone(),
        Shape::Inverted(columns) => columns.iter().map(|(column, _)| *column).collect(),
    };
    let width = head.cells.len();
    let mut columns = vec![Column::Empty; width];
    let mut set = |column: usize, is: Column| {
        if let Some(entry) = columns.get_mut(column) {
            *entry = is;
        }
    };
    for column in &lettered {
        set(*column, Column::Letters);
    }
    let used = |column: &usize| head.at(*column).is_some() || table.rows.iter().any(|row| row.at(*column).is_some());
    let others: Vec<usize> = (0..width).filter(|column| !lettered.contains(column)).filter(used).collect();
    let names_each =
        |column: &usize| looked.head(*column) == Some(Head::Note) && looked.texts(*column).len() == looked.rows.len();
    let described = others.iter().any(|column| names_each(column) && !looked.carries_on(*column));
    let (numbers, texts): (Vec<usize>, Vec<usize>) = others.into_iter().partition(|column| match looked.head(*column) {
        Some(Head::Number) => true,
        // Phases that are numbered, one in each row, are numbers.
        Some(Head::Group) => looked.is_number(*column) && !looked.carries_on(*column),
        // Steps that are numbered, beside a text for each, are numbers too.
        Some(Head::Task) => looked.is_number(*column) && described,
        Some(_) => false,
        None => looked.is_number(*column),
    });
    let id_of = |column: usize| words::is_id_head(looked.told(column)).then(|| looked.head(column)).flatten();
    for column in &numbers {
        set(*column, Column::Number);
    }
    for column in &texts {
        let is = match id_of(*column) {
            Some(Head::Task) => Column::TaskId,
            Some(Head::Group) => Column::GroupId,
            Some(Head::Party) => Column::PartyId,
            _ if looked.head(*column) == Some(Head::Within) => Column::Within,
            _ => Column::Note,
        };
        set(*column, is);
    }
    let texts: Vec<usize> =
        texts.into_iter().filter(|column| id_of(*column).is_none() && looked.head(*column) != Some(Head::Within)).collect();
    let party = long_party(&table.shape, &looked, &texts).or_else(|| marked_party(&table.shape, &looked, &texts));
    if let Some(party) = party {
        set(party, Column::Party);
    }
    let texts: Vec<usize> = texts.into_iter().filter(|column| Some(*column) != party).collect();
    let lying = party.is_some() && matches!(table.shape, Shape::Columns(_));
    let first = if lying { width } else { lettered.first().copied().unwrap_or(width) };
    let task = if party.is_some() { of_long(&looked, &texts, &numbers) } else { task_column(&looked, &texts, first, &numbers) };
    if let Some(task) = task {
        set(task, Column::Task);
        for column in texts.iter().filter(|column| **column < task) {
            let grouped = match looked.head(*column) {
                Some(Head::Group) => true,
                Some(Head::Task) | None => looked.carries_on(*column),
                Some(_) => false,
            };
            if grouped {
                set(*column, Column::Group);
            }
        }
        // A group may stand after the task where its head says so.
        for column in texts.iter().filter(|column| **column > task && looked.head(**column) == Some(Head::Group)) {
            set(*column, Column::Group);
        }
    }
    let mut layout = Layout { columns, is_long: party.is_some() };
    if layout.names_no_task() {
        // Numbers of rows are no names of tasks.
        layout.columns.iter_mut().filter(|is| **is == Column::Number).for_each(|is| *is = Column::Note);
    }
    layout
}

/// The column of the tasks in a table with a row for each letter of a party: none that says who that is, or what of him.
fn of_long(looked: &Looked<'_>, texts: &[usize], numbers: &[usize]) -> Option<usize> {
    let others = [Head::Party, Head::Note, Head::Letter, Head::Code];
    let can_be = |column: &usize| {
        !looked.head(*column).is_some_and(|head| others.contains(&head)) && !words::is_name_head(looked.told(*column))
    };
    let texts: Vec<usize> = texts.iter().copied().filter(can_be).collect();
    // What numbers each row numbers no tasks.
    let numbers: Vec<usize> = numbers.iter().copied().filter(|column| looked.carries_on(*column)).collect();
    task_column(looked, &texts, usize::MAX, &numbers)
}

/// The column of the tasks: the last before the letters whose head says so; else the first that names each row.
fn task_column(looked: &Looked<'_>, texts: &[usize], first: usize, numbers: &[usize]) -> Option<usize> {
    let said: Vec<usize> = texts.iter().copied().filter(|column| looked.head(*column) == Some(Head::Task)).collect();
    if let Some(task) = said.iter().rev().find(|column| **column < first).or(said.first()) {
        return Some(*task);
    }
    let open: Vec<usize> =
        texts.iter().copied().filter(|column| !matches!(looked.head(*column), Some(Head::Note | Head::Group))).collect();
    let before: Vec<usize> = open.iter().copied().filter(|column| *column < first).collect();
    let choice = if before.is_empty() { &open } else { &before };
    let names_rows = |column: &&usize| !looked.carries_on(**column);
    choice.iter().find(names_rows).or(choice.last()).or(texts.first()).or(numbers.first()).copied()
}

/// The column that says who, in a table with a row for each letter.
fn long_party(shape: &Shape, looked: &Looked<'_>, texts: &[usize]) -> Option<usize> {
    let Shape::Columns(columns) = shape else { return None };
    let [letter] = columns.as_slice() else { return None };
    let told = looked.told(*letter);
    let named = matches!(looked.head(*letter), Some(Head::Letter | Head::Party | Head::Code)) || words::duty(told).is_some();
    let spelled = folded(told).contains("raci") || folded(told).contains("rasci") || folded(told) == "r a c i" || named;
    let party = texts.iter().copied().find(|column| looked.head(*column) == Some(Head::Party));
    // Where tasks stand again and again, each time with another party, rows are letters whatever those are called.
    let mut others = texts.iter().copied().filter(|column| Some(*column) != party);
    let last = others.rfind(|column| matches!(looked.head(*column), None | Some(Head::Task)));
    let repeated = party.filter(|_| last.is_some_and(|task| looked.repeats(task)));
    let by_head = party.filter(|_| spelled).or(repeated);
    // Without a word for it: of two columns of text, the one that repeats more is the party's.
    let guess = || match texts {
        [a, b] if spelled => {
            let distinct = |column: &usize| looked.texts(*column).into_iter().collect::<BTreeSet<_>>().len();
            let is_party = |column: &usize| words::is_name_head(looked.told(*column));
            let is_task = |column: &usize| looked.head(*column) == Some(Head::Task);
            let second = is_task(a) || is_party(b) || (distinct(b) <= distinct(a) && !is_task(b) && !is_party(a));
            Some(if second { *b } else { *a })
        }
        _ => None,
    };
    by_head.or_else(guess)
}

/// The column that says who, where marks under the letters say no more than that somebody does.
fn marked_party(shape: &Shape, looked: &Looked<'_>, texts: &[usize]) -> Option<usize> {
    let Shape::Inverted(columns) = shape else { return None };
    let cells = looked.rows.iter().flat_map(|row| columns.iter().filter_map(|(column, _)| row.at(*column)));
    let mut said = cells.map(|id| looked.page.text(Some(id))).filter(|text| !words::is_nothing(text)).peekable();
    said.peek()?;
    let is_party = |column: &usize| looked.head(*column) == Some(Head::Party);
    said.all(is_mark).then(|| texts.iter().copied().find(is_party))?
}
