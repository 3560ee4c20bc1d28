//! A sheet as a table of GitHub-flavoured Markdown. Columns in which nothing stands are left out.

use std::fmt::Write;

use super::{Kind, Row, Sheet};

/// The sheet as Markdown: its title as a heading, and a table whose letters stand in the middle of their columns.
#[must_use]
pub fn markdown(sheet: &Sheet) -> String {
    let sheet = sheet.clone().without_empty_columns();
    let mut text = format!("### {}\n\n", escaped(&sheet.title));
    let heads: Vec<String> = sheet.columns.iter().map(|column| escaped(&column.heading())).collect();
    let rules = sheet.columns.iter().map(|column| if column.kind == Kind::Party { ":-:" } else { "---" });
    let _ = writeln!(text, "| {} |\n|{}|", heads.join(" | "), rules.collect::<Vec<_>>().join("|"));
    for row in &sheet.rows {
        let fields: Vec<String> =
            row.fields.iter().zip(&sheet.columns).map(|(field, column)| one(field, column.kind, row)).collect();
        let _ = writeln!(text, "| {} |", fields.join(" | "));
    }
    text
}

fn one(field: &str, kind: Kind, row: &Row) -> String {
    match kind {
        Kind::Title if !field.is_empty() => format!("{}{}", "&emsp;".repeat(row.depth), escaped(field)),
        _ => escaped(field),
    }
}

/// Text that stays text in a cell: no markup, no HTML, no new cell, no new line.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for (nth, character) in text.chars().enumerate() {
        match character {
            '\\' | '|' | '*' | '_' | '`' | '[' | ']' | '~' | '#' | '$' | '!' => escaped.extend(['\\', character]),
            '-' if nth == 0 && text.len() > 1 => escaped.extend(['\\', character]),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            // A cell is one line, and neither `www.` nor an address becomes a link by itself.
            ':' | '@' | '.' if is_link(text) => escaped.extend(['\\', character]),
            character if character.is_control() => escaped.push(' '),
            character => escaped.push(character),
        }
    }
    escaped
}

fn is_link(text: &str) -> bool {
    text.contains("://") || text.contains("www.") || text.contains('@')
}
