//! What the reader of ods leaves out: which cells of a sheet are merged, which are set in bold, comments, and what is hidden.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::package::Besides;
use super::workbook::Region;
use super::xml::{attribute, part, said};

/// How the cells of a sheet look.
#[derive(Debug, Default)]
pub(super) struct Looks {
    pub(super) merged: Vec<Region>,
    /// The cells in bold: row and columns, from 0, the end excluded.
    strong: BTreeSet<(u32, u32, u32)>,
    pub(super) besides: Besides,
}

impl Looks {
    pub(super) fn is_strong(&self, (row, column): (u32, u32)) -> bool {
        self.strong.range((row, 0, 0)..=(row, column, u32::MAX)).any(|(_, from, to)| (*from..*to).contains(&column))
    }
}

/// The looks of every sheet, by its name; none of what cannot be read.
pub(super) fn looks(bytes: &[u8]) -> BTreeMap<String, Looks> {
    part(bytes, "content.xml").map(|text| read(&text)).unwrap_or_default()
}

/// Where in the file the reader is.
#[derive(Default)]
struct At {
    sheet: String,
    row: u32,
    /// How many rows the open row stands for.
    rows: u32,
    column: u32,
    /// How many columns have been declared.
    columns: u32,
    /// The style that is being defined.
    style: String,
    /// The comment that is open.
    comment: Option<String>,
}

/// So many hidden rows or columns at once are told; more reach to the end of the sheet.
const TOLD: u32 = 10_000;

fn read(text: &str) -> BTreeMap<String, Looks> {
    let mut sheets: BTreeMap<String, Looks> = BTreeMap::new();
    let mut bold: BTreeSet<String> = BTreeSet::new();
    let mut at = At::default();
    let mut reader = Reader::from_str(text);
    loop {
        let (tag, closes) = match reader.read_event() {
            Ok(Event::Start(tag)) => (tag, false),
            Ok(Event::Empty(tag)) => (tag, true),
            Ok(Event::End(tag)) if tag.name().as_ref() == "table:table-row" => {
                at.row = at.row.saturating_add(at.rows);
                continue;
            }
            Ok(Event::End(tag)) if tag.name().as_ref() == "office:annotation" => {
                let besides = &mut sheets.entry(at.sheet.clone()).or_default().besides;
                // The cell of a comment has been counted when it opened.
                besides.comments.extend(at.comment.take().map(|text| ((at.row, at.column.saturating_sub(1)), text)));
                continue;
            }
            Ok(Event::Eof) | Err(_) => return sheets,
            Ok(event) => {
                if let (Some(comment), Some(text)) = (&mut at.comment, said(&event)) {
                    comment.push_str(&text);
                }
                continue;
            }
        };
        match tag.name().as_ref() {
            "style:style" => at.style = attribute(&tag, "style:name").unwrap_or_default(),
            "style:text-properties" if attribute(&tag, "fo:font-weight").is_some_and(|weight| is_bold(&weight)) => {
                bold.insert(at.style.clone());
            }
            "office:annotation" if !closes => at.comment = Some(String::new()),
            // Who wrote a comment and when is no part of it.
            "dc:date" | "dc:creator" | "meta:date-string" if !closes => {
                let _ = reader.read_to_end(tag.name());
            }
            "table:table-column" if is_hidden(&tag) => {
                let columns = number(&tag, "table:number-columns-repeated").min(TOLD);
                let from = at.columns;
                sheets.entry(at.sheet.clone()).or_default().besides.hidden_columns.extend(from..from.saturating_add(columns));
                at.columns = from.saturating_add(columns);
            }
            "table:table-column" => at.columns = at.columns.saturating_add(number(&tag, "table:number-columns-repeated")),
            "table:table" => at = At { sheet: attribute(&tag, "table:name").unwrap_or_default(), ..At::default() },
            "table:table-row" => {
                at.rows = number(&tag, "table:number-rows-repeated");
                at.column = 0;
                if is_hidden(&tag) {
                    let rows = at.row..at.row.saturating_add(at.rows.min(TOLD));
                    sheets.entry(at.sheet.clone()).or_default().besides.hidden_rows.extend(rows);
                }
                if closes {
                    at.row = at.row.saturating_add(at.rows);
                }
            }
            "table:table-cell" | "table:covered-table-cell" => {
                let columns = number(&tag, "table:number-columns-repeated");
                let end = at.column.saturating_add(columns);
                let looks = sheets.entry(at.sheet.clone()).or_default();
                let (wide, high) = (number(&tag, "table:number-columns-spanned"), number(&tag, "table:number-rows-spanned"));
                if wide > 1 || high > 1 {
                    let (right, bottom) = (at.column.saturating_add(wide - 1), at.row.saturating_add(high - 1));
                    looks.merged.push(((at.row, at.column), (bottom, right)));
                }
                if attribute(&tag, "table:style-name").is_some_and(|style| bold.contains(&style)) {
                    looks.strong.insert((at.row, at.column, end));
                }
                at.column = end;
            }
            _ => {}
        }
    }
}

/// Whether a row or a column is hidden, by hand or by a filter.
fn is_hidden(tag: &BytesStart<'_>) -> bool {
    attribute(tag, "table:visibility").is_some_and(|seen| seen != "visible")
}

fn is_bold(weight: &str) -> bool {
    weight == "bold" || weight.parse().is_ok_and(|weight: u32| weight >= 600)
}

/// A count, 1 where it is not said.
fn number(tag: &BytesStart<'_>, name: &str) -> u32 {
    attribute(tag, name).and_then(|text| text.parse().ok()).unwrap_or(1).max(1)
}
