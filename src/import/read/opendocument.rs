//! What the reader of ods leaves out: which cells of a sheet are merged, and which are set in bold.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use zip::ZipArchive;

use super::workbook::Region;

/// How the cells of a sheet look.
#[derive(Debug, Default)]
pub(super) struct Looks {
    pub(super) merged: Vec<Region>,
    /// The cells in bold: row and columns, from 0, the end excluded.
    strong: BTreeSet<(u32, u32, u32)>,
}

impl Looks {
    pub(super) fn is_strong(&self, (row, column): (u32, u32)) -> bool {
        self.strong.range((row, 0, 0)..=(row, column, u32::MAX)).any(|(_, from, to)| (*from..*to).contains(&column))
    }
}

/// The looks of every sheet, by its name; none of what cannot be read.
pub(super) fn looks(bytes: &[u8]) -> BTreeMap<String, Looks> {
    let mut text = String::new();
    let content = ZipArchive::new(Cursor::new(bytes)).ok().and_then(|mut archive| {
        let mut part = archive.by_name("content.xml").ok()?;
        part.read_to_string(&mut text).ok()
    });
    content.map(|_| read(&text)).unwrap_or_default()
}

/// Where in the file the reader is.
#[derive(Default)]
struct At {
    sheet: String,
    row: u32,
    /// How many rows the open row stands for.
    rows: u32,
    column: u32,
    /// The style that is being defined.
    style: String,
}

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
            Ok(Event::Eof) | Err(_) => return sheets,
            Ok(_) => continue,
        };
        match tag.name().as_ref() {
            "style:style" => at.style = attribute(&tag, "style:name").unwrap_or_default(),
            "style:text-properties" if attribute(&tag, "fo:font-weight").is_some_and(|weight| is_bold(&weight)) => {
                bold.insert(at.style.clone());
            }
            "table:table" => at = At { sheet: attribute(&tag, "table:name").unwrap_or_default(), ..At::default() },
            "table:table-row" => {
                at.rows = number(&tag, "table:number-rows-repeated");
                at.column = 0;
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

fn is_bold(weight: &str) -> bool {
    weight == "bold" || weight.parse().is_ok_and(|weight: u32| weight >= 600)
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = tag.try_get_attribute(name).ok()??;
    Some(
        attribute
            .normalized_value(XmlVersion::Implicit1_0)
            .map_or_else(|_| attribute.value.to_string(), std::borrow::Cow::into_owned),
    )
}

/// A count, 1 where it is not said.
fn number(tag: &BytesStart<'_>, name: &str) -> u32 {
    attribute(tag, name).and_then(|text| text.parse().ok()).unwrap_or(1).max(1)
}
