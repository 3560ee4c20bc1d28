//! A grid laid out as rows and columns of text: one layout for the terminal, Markdown, CSV and spreadsheets.
//!
//! Everything stands in plain form, so that a reader can take it back: ids for identity, `part-of` for the tree, a row
//! for each case with its `when`. A column has the same meaning in every format; `docs/matrix.md` says which.

mod by_component;
mod by_party;
#[cfg(feature = "sheets")]
mod csv;
mod markdown;
#[cfg(feature = "tables")]
mod terminal;
mod words;
#[cfg(feature = "sheets")]
mod xlsx;

pub use by_component::component_sheet;
pub use by_party::party_sheet;
#[cfg(feature = "sheets")]
pub use csv::write_csv;
pub use markdown::markdown;
#[cfg(feature = "tables")]
pub use terminal::terminal_table;
pub(in crate::report) use words::{absent_note, asked, model_title};
#[cfg(feature = "sheets")]
pub use xlsx::xlsx;

/// A grid as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// What it shows, in a line.
    pub title: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// What stands in it.
    pub kind: Kind,
    /// The id of the party or component, or the word for what else it holds; the whole system is `(whole system)`.
    pub name: String,
    /// The title of the party or component, where it has one.
    pub title: Option<String>,
}

/// What stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The id of a task.
    Task,
    /// The id of the task it is a part of.
    PartOf,
    /// The title of the task.
    Title,
    /// The id of the component; empty for the whole system.
    Component,
    /// When the row holds; empty for always.
    When,
    /// What the cell says, as a whole.
    Status,
    /// The letters that a party holds.
    Party,
    /// The parties that hold the letter at a component.
    Place,
    /// The letters that nobody holds, said on purpose.
    Nobody,
    /// The letters whose relation stands for nobody.
    Unresolved,
    /// The letters of which the model says nothing.
    Silent,
}

/// The headings of columns that are of no party and no component.
pub const WORDS: [&str; 9] = ["task", "part-of", "title", "component", "when", "status", "nobody", "unresolved", "silent"];

/// A row: a field for each column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// How deep its task lies beneath the topmost one shown.
    pub depth: usize,
    /// Whether it goes on with the task and the component of the row before.
    pub goes_on: bool,
    /// What stands in each column.
    pub fields: Vec<String>,
}

impl Kind {
    /// Whether the column stands even where nothing is in it.
    fn always_shown(self) -> bool {
        matches!(self, Self::Task | Self::Party | Self::Place)
    }
}

impl Column {
    fn word(kind: Kind, word: &str) -> Self {
        Self { kind, name: word.to_owned(), title: None }
    }

    /// `Level 1 support (l1-support)`: the title and, in brackets, the id; the id alone where there is no title, unless
    /// that is a word that heads another column.
    #[must_use]
    pub fn heading(&self) -> String {
        let named = matches!(self.kind, Kind::Party | Kind::Place);
        match &self.title {
            Some(title) => format!("{title} ({})", self.name),
            None if named && WORDS.contains(&self.name.as_str()) => format!("{0} ({0})", self.name),
            None => self.name.clone(),
        }
    }
}

impl Sheet {
    /// The same without the columns in which nothing stands.
    #[must_use]
    pub fn without_empty_columns(mut self) -> Self {
        let filled = |(nth, column): (usize, &Column)| {
            column.kind.always_shown() || self.rows.iter().any(|row| row.fields.get(nth).is_some_and(|field| !field.is_empty()))
        };
        let kept: Vec<bool> = self.columns.iter().enumerate().map(filled).collect();
        keep(&mut self.columns, &kept);
        self.rows.iter_mut().for_each(|row| keep(&mut row.fields, &kept));
        self
    }

    /// The same without this column.
    #[must_use]
    pub fn without(mut self, kind: Kind) -> Self {
        let kept: Vec<bool> = self.columns.iter().map(|column| column.kind != kind).collect();
        keep(&mut self.columns, &kept);
        self.rows.iter_mut().for_each(|row| keep(&mut row.fields, &kept));
        self
    }
}

fn keep<T>(list: &mut Vec<T>, kept: &[bool]) {
    let mut kept = kept.iter();
    list.retain(|_| kept.next().copied().unwrap_or(true));
}

/// A text as a program that opens CSV as a spreadsheet shows it: an apostrophe before what it would take for a formula.
///
/// ```
/// use rasci::report::sheet::harmless;
///
/// assert_eq!(harmless("=1+1"), "'=1+1");
/// assert_eq!(harmless("'=1+1"), "''=1+1"); // so that what was written can be told
/// assert_eq!(harmless("plan = do"), "plan = do");
/// ```
#[must_use]
pub fn harmless(text: &str) -> String {
    let formula = text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
    if formula && text.len() > 1 { format!("'{text}") } else { text.to_owned() }
}
