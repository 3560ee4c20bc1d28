//! What was read of a file: tables, letters, cells, and everything that was not taken over, to be read or as JSON.

use std::collections::BTreeMap;
use std::fmt;

use serde::ser::{Serialize, SerializeStruct, Serializer};

use super::ledger::{Fate, Left, Remark};
use super::sheet::Place;
use crate::document::Letter;

/// A table that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableRead {
    /// Its first cell.
    pub place: Place,
    /// What stands over it.
    pub title: Option<String>,
    /// How it says who holds what.
    pub form: Form,
    /// Its rows that are tasks, or in the long form letters of tasks.
    pub rows: usize,
    /// Its rows, or values of a column, that are groups of tasks.
    pub groups: usize,
    /// Its parties.
    pub parties: usize,
}

/// How a table says who holds what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Tasks beside, parties over letters.
    Columns,
    /// Tasks beside, letters over names.
    Inverted,
    /// A row for each letter of a party.
    Long,
    /// Parties beside, tasks over letters.
    Transposed,
    /// Letters beside names.
    Lying,
    /// A grid that `rasci matrix` wrote.
    Grid,
}

impl Form {
    /// The words for it in reports.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Columns => "letters under parties",
            Self::Inverted => "names under letters",
            Self::Long => "a row for each letter",
            Self::Transposed => "parties in rows, tasks in columns",
            Self::Lying => "letters in rows, names beside them",
            Self::Grid => "a grid of `rasci matrix`",
        }
    }
}

/// What was read.
///
/// ```
/// use rasci::import::{Fate, Options, import};
///
/// let imported = import("raci.csv", b"Task,Dev,Ops\nBuild,A/R,I\nRun,I,A/R\n", &Options::default())?;
/// assert_eq!((imported.report.tasks, imported.report.parties), (2, 2));
/// assert_eq!(imported.report.cells[&Fate::Letters], 4);
/// # Ok::<(), rasci::import::Refusal>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The file.
    pub file: String,
    /// What the letters were taken for: the name of a dialect, or letters of a legend.
    pub dialect: String,
    /// The tables.
    pub tables: Vec<TableRead>,
    /// How many tasks there are, groups left out.
    pub tasks: usize,
    /// How many parties there are.
    pub parties: usize,
    /// How many times a party holds each letter.
    pub letters: BTreeMap<Letter, usize>,
    /// How many cells had each fate. Together they are all filled cells of the file.
    pub cells: BTreeMap<Fate, usize>,
    /// How many tasks have an A and no R.
    pub answered_only: usize,
    /// What was not taken over, or not as it stands.
    pub left: Vec<Left>,
    /// What was read in a way worth knowing.
    pub remarks: Vec<Remark>,
}

impl Report {
    /// How many filled cells the file has.
    #[must_use]
    pub fn filled(&self) -> usize {
        self.cells.values().sum()
    }
}

fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// So much of a cell is shown in a line.
const SHOWN: usize = 60;

fn shown(text: &str) -> String {
    let line = text.replace('\n', " ");
    let cut: String = line.chars().take(SHOWN).collect();
    if cut.len() < line.len() { format!("{}...", cut.trim_end()) } else { line }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{}: {}, {}, {}, {}",
            self.file,
            self.dialect,
            count(self.tables.len(), "table", "tables"),
            count(self.tasks, "task", "tasks"),
            count(self.parties, "party", "parties")
        )?;
        writeln!(f)?;
        for table in &self.tables {
            let title = table.title.as_ref().map_or_else(String::new, |title| format!(" `{}`:", shown(title)));
            let groups = if table.groups == 0 { String::new() } else { format!(", {}", count(table.groups, "group", "groups")) };
            let (rows, parties) = (count(table.rows, "row", "rows"), count(table.parties, "party", "parties"));
            writeln!(f, "  {}:{title} {}; {rows}{groups}, {parties}", table.place, table.form.words())?;
        }
        let letters: Vec<String> = self.letters.iter().map(|(letter, times)| format!("{} {times}", letter.as_str())).collect();
        writeln!(f, "  letters: {}", letters.join(", "))?;
        let cells: Vec<String> = self.cells.iter().map(|(fate, times)| format!("{} {times}", fate.word())).collect();
        writeln!(f, "  {}: {}", count(self.filled(), "filled cell", "filled cells"), cells.join(", "))?;
        if !self.left.is_empty() {
            writeln!(f, "\nnot taken over")?;
        }
        for left in &self.left {
            let cells = if left.cells > 1 { format!(" ({} cells)", left.cells) } else { String::new() };
            let kept = if left.kept { "; kept in a note" } else { "" };
            writeln!(f, "  {}: `{}`{cells}: {}{kept}", left.place, shown(&left.text), left.reason)?;
        }
        if !self.remarks.is_empty() {
            writeln!(f, "\nto know")?;
        }
        for remark in &self.remarks {
            writeln!(f, "  {}: {}", remark.place, remark.text)?;
        }
        if self.answered_only > 0 {
            let (tasks, have) =
                (count(self.answered_only, "task", "tasks"), if self.answered_only == 1 { "has" } else { "have" });
            writeln!(f, "\n{tasks} {have} an A and no R: `accountable-is-responsible` is proposed in the model")?;
        }
        Ok(())
    }
}

impl Serialize for Place {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut place = serializer.serialize_struct("Place", 4)?;
        place.serialize_field("sheet", &self.sheet)?;
        place.serialize_field("cell", &self.cell())?;
        place.serialize_field("line", &self.line)?;
        place.serialize_field("column", &self.column)?;
        place.end()
    }
}

impl Serialize for Report {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let letters: BTreeMap<&str, usize> = self.letters.iter().map(|(letter, times)| (letter.as_str(), *times)).collect();
        let cells: BTreeMap<&str, usize> = self.cells.iter().map(|(fate, times)| (fate.word(), *times)).collect();
        let mut report = serializer.serialize_struct("Report", 12)?;
        report.serialize_field("version", &1)?;
        report.serialize_field("file", &self.file)?;
        report.serialize_field("dialect", &self.dialect)?;
        report.serialize_field("tables", &self.tables)?;
        report.serialize_field("tasks", &self.tasks)?;
        report.serialize_field("parties", &self.parties)?;
        report.serialize_field("letters", &letters)?;
        report.serialize_field("filled", &self.filled())?;
        report.serialize_field("cells", &cells)?;
        report.serialize_field("accountable_only", &self.answered_only)?;
        report.serialize_field("left", &self.left)?;
        report.serialize_field("remarks", &self.remarks)?;
        report.end()
    }
}

impl Serialize for TableRead {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut table = serializer.serialize_struct("TableRead", 6)?;
        table.serialize_field("place", &self.place)?;
        table.serialize_field("title", &self.title)?;
        table.serialize_field("form", self.form.words())?;
        table.serialize_field("rows", &self.rows)?;
        table.serialize_field("groups", &self.groups)?;
        table.serialize_field("parties", &self.parties)?;
        table.end()
    }
}

impl Serialize for Left {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut left = serializer.serialize_struct("Left", 5)?;
        left.serialize_field("place", &self.place)?;
        left.serialize_field("text", &self.text)?;
        left.serialize_field("reason", &self.reason)?;
        left.serialize_field("cells", &self.cells)?;
        left.serialize_field("kept", &self.kept)?;
        left.end()
    }
}

impl Serialize for Remark {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut remark = serializer.serialize_struct("Remark", 2)?;
        remark.serialize_field("place", &self.place)?;
        remark.serialize_field("text", &self.text)?;
        remark.end()
    }
}
