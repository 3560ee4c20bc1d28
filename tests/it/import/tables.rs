//! Random responsibility tables, and the same table written in every form and format.

use std::collections::BTreeMap;
use std::fmt::Write;

use proptest::prelude::*;
use rust_xlsxwriter::Workbook;

/// Who holds what of which task: for (task, party) letters in the order of the word.
#[derive(Debug, Clone)]
pub(crate) struct Matrix {
    pub(crate) tasks: Vec<String>,
    pub(crate) parties: Vec<String>,
    pub(crate) letters: BTreeMap<(usize, usize), Vec<char>>,
}

/// How a table is laid out.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Layout {
    Columns,
    Inverted,
    Long,
    Transposed,
}

/// How it is written.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Format {
    Comma,
    Semicolon,
    Tab,
    Markdown,
    Html,
    Xlsx,
    Json,
}

/// How letters of one cell stand together, and what stands for none.
#[derive(Debug, Clone)]
pub(crate) struct Style {
    pub(crate) between: &'static str,
    pub(crate) none: &'static str,
    pub(crate) bold: bool,
}

const VERBS: [&str; 8] = ["Approve", "Inform", "Consult on", "Support", "Écrire", "Прочитать", "Deploy", "Plan"];
const THINGS: [&str; 8] =
    ["budget", "users", "legal terms", "the desk", "le rapport", "отчёт", "release 2.0", "scope, time & cost"];
const WHO: [&str; 10] =
    ["Dev", "Ops team", "Product owner", "Support desk", "QA", "CS", "Équipe", "Заказчик", "End users", "Consultants"];

pub(crate) fn matrix() -> impl Strategy<Value = Matrix> {
    let tasks = proptest::sample::subsequence((0..64).collect::<Vec<usize>>(), 2..7);
    let parties = proptest::sample::subsequence(WHO.to_vec(), 2..6).prop_shuffle();
    (tasks, parties).prop_flat_map(|(tasks, parties)| {
        let cells = proptest::collection::vec(
            proptest::sample::subsequence(vec!['R', 'A', 'S', 'C', 'I'], 0..3),
            tasks.len() * parties.len(),
        );
        (Just(tasks), Just(parties), cells).prop_map(|(tasks, parties, cells)| {
            let mut letters = BTreeMap::new();
            for (nth, held) in cells.into_iter().enumerate() {
                letters.insert((nth / parties.len(), nth % parties.len()), held);
            }
            // Every task has someone who does it, every party a letter: else the table does not say what it is.
            for task in 0..tasks.len() {
                letters.insert((task, task % parties.len()), vec!['R', 'A']);
            }
            for party in 0..parties.len() {
                let held = letters.entry((0, party)).or_default();
                if held.is_empty() {
                    held.push('I');
                }
            }
            let title = |nth: usize| format!("{} {}", VERBS[nth / 8], THINGS[nth % 8]);
            Matrix {
                tasks: tasks.into_iter().map(title).collect(),
                parties: parties.into_iter().map(str::to_owned).collect(),
                letters,
            }
        })
    })
}

pub(crate) fn style() -> impl Strategy<Value = Style> {
    let between = prop_oneof![Just("/"), Just(", "), Just(""), Just(" · "), Just("; "), Just(" & "), Just(" "), Just(" + ")];
    let none = prop_oneof![Just(""), Just("-"), Just("—"), Just("N/A")];
    (between, none, any::<bool>()).prop_map(|(between, none, bold)| Style { between, none, bold })
}

pub(crate) fn layouts() -> impl Strategy<Value = Layout> {
    prop_oneof![Just(Layout::Columns), Just(Layout::Inverted), Just(Layout::Long), Just(Layout::Transposed)]
}

pub(crate) fn formats() -> impl Strategy<Value = Format> {
    use Format::{Comma, Html, Json, Markdown, Semicolon, Tab, Xlsx};
    prop_oneof![Just(Comma), Just(Semicolon), Just(Tab), Just(Markdown), Just(Html), Just(Xlsx), Just(Json)]
}

impl Matrix {
    /// The table as rows of texts.
    pub(crate) fn rows(&self, layout: Layout, style: &Style) -> Vec<Vec<String>> {
        let held = |task: usize, party: usize| &self.letters[&(task, party)];
        let cell = |task: usize, party: usize| {
            let letters: Vec<String> = held(task, party).iter().map(char::to_string).collect();
            if letters.is_empty() { style.none.to_owned() } else { letters.join(style.between) }
        };
        let row = |first: &str, rest: Vec<String>| std::iter::once(first.to_owned()).chain(rest).collect::<Vec<String>>();
        let (tasks, parties) = (0..self.tasks.len(), 0..self.parties.len());
        match layout {
            Layout::Columns => std::iter::once(row("Activity", self.parties.clone()))
                .chain(tasks.map(|task| row(&self.tasks[task], parties.clone().map(|party| cell(task, party)).collect())))
                .collect(),
            Layout::Transposed => std::iter::once(row("Role", self.tasks.clone()))
                .chain(parties.map(|party| row(&self.parties[party], tasks.clone().map(|task| cell(task, party)).collect())))
                .collect(),
            Layout::Inverted => {
                let heads = ["Responsible", "Accountable", "Support", "Consulted", "Informed"].map(str::to_owned).to_vec();
                let names = |task: usize, letter: char| {
                    let names: Vec<&str> = parties
                        .clone()
                        .filter(|party| held(task, *party).contains(&letter))
                        .map(|party| self.parties[party].as_str())
                        .collect();
                    if names.is_empty() { style.none.to_owned() } else { names.join(", ") }
                };
                let letters = |task: usize| ['R', 'A', 'S', 'C', 'I'].map(|letter| names(task, letter)).to_vec();
                std::iter::once(row("Task", heads)).chain(tasks.map(|task| row(&self.tasks[task], letters(task)))).collect()
            }
            Layout::Long => {
                let mut rows = vec![["Task", "Role", "RACI"].map(str::to_owned).to_vec()];
                for task in tasks {
                    for party in parties.clone().filter(|party| !held(task, *party).is_empty()) {
                        rows.push(vec![self.tasks[task].clone(), self.parties[party].clone(), cell(task, party)]);
                    }
                }
                rows
            }
        }
    }
}

/// Rows as a file: its name and its bytes.
pub(crate) fn written(rows: &[Vec<String>], format: Format, style: &Style) -> (&'static str, Vec<u8>) {
    match format {
        Format::Comma => ("t.csv", separated(rows, b',')),
        Format::Semicolon => ("t.csv", separated(rows, b';')),
        Format::Tab => ("t.tsv", separated(rows, b'\t')),
        Format::Markdown => ("t.md", markdown(rows, style).into_bytes()),
        Format::Html => ("t.html", html(rows, style).into_bytes()),
        Format::Xlsx => ("t.xlsx", workbook(rows)),
        Format::Json => ("t.json", serde_json::to_vec(rows).unwrap()),
    }
}

fn separated(rows: &[Vec<String>], separator: u8) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().delimiter(separator).from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).unwrap();
    }
    writer.into_inner().unwrap()
}

fn markdown(rows: &[Vec<String>], style: &Style) -> String {
    let mut text = String::from("# A table\n\nSome text.\n\n");
    for (nth, row) in rows.iter().enumerate() {
        let bold = |cell: &String| {
            if style.bold && nth > 0 && !cell.trim().is_empty() && cell != "-" { format!("**{cell}**") } else { cell.clone() }
        };
        writeln!(text, "| {} |", row.iter().map(bold).collect::<Vec<_>>().join(" | ")).unwrap();
        if nth == 0 {
            writeln!(text, "|{}", " --- |".repeat(row.len())).unwrap();
        }
    }
    text
}

fn html(rows: &[Vec<String>], style: &Style) -> String {
    let escaped = |cell: &String| cell.replace('&', "&amp;");
    let mut text = String::from("<html><body><p>Some text.</p><table>\n");
    for (nth, row) in rows.iter().enumerate() {
        let tag = if nth == 0 { "th" } else { "td" };
        let (open, close) = if style.bold { ("<p><strong>", "</strong></p>") } else { ("", "") };
        let cells: Vec<String> = row.iter().map(|cell| format!("<{tag}>{open}{}{close}</{tag}>", escaped(cell))).collect();
        writeln!(text, "<tr>{}</tr>", cells.join("")).unwrap();
    }
    text + "</table></body></html>"
}

pub(crate) fn workbook(rows: &[Vec<String>]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (nth, row) in rows.iter().enumerate() {
        for (column, cell) in row.iter().enumerate() {
            sheet.write(u32::try_from(nth).unwrap() + 1, u16::try_from(column).unwrap() + 1, cell).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}
