//! Rows of texts written as files of every format.

use std::collections::BTreeMap;
use std::fmt::Write;

use proptest::prelude::*;
use rust_xlsxwriter::Workbook;

use super::tables::Style;

/// How it is written.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Format {
    Comma,
    Semicolon,
    Tab,
    Markdown,
    Html,
    Xlsx,
    Ods,
    Json,
}

impl Format {
    /// Whether what is not a table is no cell.
    pub(crate) fn has_titles(self) -> bool {
        matches!(self, Self::Markdown | Self::Html | Self::Json)
    }
}

pub(crate) fn formats() -> impl Strategy<Value = Format> {
    use Format::{Comma, Html, Json, Markdown, Ods, Semicolon, Tab, Xlsx};
    proptest::sample::select(vec![Comma, Semicolon, Tab, Markdown, Html, Xlsx, Ods, Json])
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
        Format::Ods => ("t.ods", super::opendocument::packed(&[("Table", sheet(rows))])),
        Format::Json => ("t.json", serde_json::to_vec(rows).unwrap()),
    }
}

fn separated(rows: &[Vec<String>], separator: u8) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().delimiter(separator).flexible(true).from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).unwrap();
    }
    writer.into_inner().unwrap()
}

fn markdown(rows: &[Vec<String>], style: &Style) -> String {
    format!("# A table\n\nSome text.\n\n{}", table(rows, style))
}

fn table(rows: &[Vec<String>], style: &Style) -> String {
    let mut text = String::new();
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
    fill(&mut book, "Table", rows);
    book.save_to_buffer().unwrap()
}

fn fill(book: &mut Workbook, name: &str, rows: &[Vec<String>]) {
    let sheet = book.add_worksheet().set_name(name).unwrap();
    for (nth, row) in rows.iter().enumerate() {
        for (column, cell) in row.iter().enumerate() {
            sheet.write(u32::try_from(nth).unwrap() + 1, u16::try_from(column).unwrap() + 1, cell).unwrap();
        }
    }
}

/// The rows of a sheet as ods has them.
fn sheet(rows: &[Vec<String>]) -> String {
    let escaped = |cell: &String| cell.replace('&', "&amp;").replace('<', "&lt;");
    let cell = |cell: &String| {
        if cell.is_empty() {
            return "<table:table-cell/>".to_owned();
        }
        format!("<table:table-cell office:value-type=\"string\"><text:p>{}</text:p></table:table-cell>", escaped(cell))
    };
    let row = |row: &Vec<String>| format!("<table:table-row>{}</table:table-row>", row.iter().map(cell).collect::<String>());
    rows.iter().map(row).collect()
}

/// Tables with titles as one file, and as one sheet of a workbook, below each other.
pub(crate) fn written_below(tables: &[(&str, Vec<Vec<String>>)], format: Format, style: &Style) -> (&'static str, Vec<u8>) {
    if format.has_titles() {
        return written_all(tables, format, style);
    }
    let below = |(title, rows): &(&str, Vec<Vec<String>>)| {
        std::iter::once(vec![(*title).to_owned()]).chain(rows.iter().cloned()).chain([vec![String::new()]]).collect::<Vec<_>>()
    };
    written(&tables.iter().flat_map(below).collect::<Vec<_>>(), format, style)
}

/// Tables with titles as one file.
pub(crate) fn written_all(tables: &[(&str, Vec<Vec<String>>)], format: Format, style: &Style) -> (&'static str, Vec<u8>) {
    let title = |title: &str| vec![title.to_owned()];
    let text = |one: fn(&[Vec<String>], &Style) -> String, heading: fn(&str) -> String| {
        let parts = tables.iter().map(|(title, rows)| heading(title) + &one(rows, style));
        parts.collect::<Vec<_>>().join("\n").into_bytes()
    };
    match format {
        Format::Comma | Format::Semicolon | Format::Tab => {
            let (name, _) = written(&[], format, style);
            let part = |(heading, rows): &(&str, Vec<Vec<String>>)| {
                let all: Vec<Vec<String>> = std::iter::once(title(heading)).chain(rows.iter().cloned()).collect();
                written(&all, format, style).1
            };
            (name, tables.iter().map(part).collect::<Vec<_>>().join(&b"\n"[..]))
        }
        Format::Markdown => ("t.md", text(table, |title| format!("## {title}\n\n"))),
        Format::Html => ("t.html", text(html, |title| format!("<h2>{title}</h2>"))),
        Format::Xlsx => {
            let mut book = Workbook::new();
            for (title, rows) in tables {
                fill(&mut book, title, rows);
            }
            ("t.xlsx", book.save_to_buffer().unwrap())
        }
        Format::Ods => {
            let sheets: Vec<(&str, String)> = tables.iter().map(|(title, rows)| (*title, sheet(rows))).collect();
            ("t.ods", super::opendocument::packed(&sheets))
        }
        Format::Json => {
            let map: BTreeMap<&str, &Vec<Vec<String>>> = tables.iter().map(|(title, rows)| (*title, rows)).collect();
            ("t.json", serde_json::to_vec(&map).unwrap())
        }
    }
}
