//! Workbooks, xlsx and ods: every sheet, with merged cells. Nothing is unpacked before its size is known.

use std::collections::BTreeMap;
use std::io::{self, Cursor, Read};

use calamine::{Data, Font, Ods, Reader, Xlsx};
use jiff::ToSpan;
use jiff::civil::{Time, date};
use zip::ZipArchive;

use super::super::sheet::{CellId, Grid, Page, Place, Row, letters_of};
use super::package::{self, Besides, Position};
use super::xml::part;
use super::{Limits, Refusal, foreign, opendocument};

/// A rectangle of a sheet, from 0, ends included: its first and its last row and column.
pub(super) type Region = ((u32, u32), (u32, u32));

/// A cell of a sheet as it is read.
struct Found {
    position: (u32, u32),
    text: String,
    strong: bool,
}

pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Page, Refusal> {
    let names = unpacks_within(bytes, limits.unpacked)?;
    let has = |start: &str| names.iter().any(|name| name.starts_with(start));
    let mimetype = part(bytes, "mimetype").unwrap_or_default();
    if part(bytes, "META-INF/manifest.xml").is_some_and(|manifest| manifest.contains("encryption-data")) {
        return Err(Refusal::Format { kind: "a workbook or a document with a password (save it without one)".to_owned() });
    }
    if has("xl/") && !has("xl/workbook.bin") {
        let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(|error| broken(&error))?;
        let (mut page, since_1904) = (Page::default(), book.has_1904_epoch());
        let besides = package::besides(bytes);
        for sheet in book.sheet_names() {
            let besides = besides.get(&sheet);
            let merged = book.merge_cells_by_sheet_name(&sheet).unwrap_or_default();
            let merged = merged.iter().map(|region| (region.start, region.end)).collect::<Vec<Region>>();
            let styles = book.worksheet_style(&sheet).map_err(|error| broken(&error))?;
            let is_strong = |position| styles.get(position).and_then(|style| style.font.as_ref()).is_some_and(Font::is_bold);
            let is_struck =
                |position| styles.get(position).and_then(|style| style.font.as_ref()).is_some_and(Font::has_strikethrough);
            let mut cells = Vec::new();
            let mut reader = book.worksheet_cells_reader(&sheet).map_err(|error| broken(&error))?;
            while let Some(cell) = reader.next_cell().map_err(|error| broken(&error))? {
                let (position, text) = (cell.get_position(), said(&Data::from(cell.get_value().clone()), since_1904));
                if !text.trim().is_empty() {
                    page.reserve(1)?;
                    let text = if is_struck(position) { struck(&text) } else { text };
                    cells.push(Found { position, text, strong: is_strong(position) });
                }
            }
            for (position, formula) in besides.into_iter().flat_map(|besides| &besides.formulas) {
                page.reserve(1)?;
                cells.push(Found { position: *position, text: formula.clone(), strong: false });
            }
            cells.sort_by_key(|cell| cell.position);
            sheet_of(&mut page, &sheet, cells, &merged, besides)?;
        }
        return Ok(page);
    }
    if has("content.xml") && !has("word/") && (mimetype.is_empty() || mimetype.contains("spreadsheet")) {
        let mut book: Ods<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(|error| broken(&error))?;
        let mut page = Page::default();
        let looks = opendocument::looks(bytes);
        for sheet in book.sheet_names() {
            let range = book.worksheet_range(&sheet).map_err(|error| broken(&error))?;
            let (row, column) = range.start().unwrap_or_default();
            let at = |nth: usize, from: u32| u32::try_from(nth).unwrap_or(u32::MAX).saturating_add(from);
            let looks = looks.get(&sheet);
            let cells = range.used_cells().map(|(r, c, data)| {
                let position = (at(r, row), at(c, column));
                Found { position, text: said(data, false), strong: looks.is_some_and(|looks| looks.is_strong(position)) }
            });
            let cells = cells.filter(|cell| !cell.text.trim().is_empty()).collect::<Vec<_>>();
            page.reserve(cells.len())?;
            sheet_of(&mut page, &sheet, cells, looks.map_or(&[], |looks| &looks.merged), looks.map(|looks| &looks.besides))?;
        }
        return Ok(page);
    }
    Err(Refusal::Format { kind: foreign::archive_kind(&names, &mimetype).to_owned() })
}

/// A text that is struck through, in the marks that Markdown has for it.
fn struck(text: &str) -> String {
    format!("~~{}~~", text.trim())
}

fn broken(error: &dyn std::fmt::Display) -> Refusal {
    Refusal::Format { kind: format!("a workbook that cannot be read ({error})") }
}

/// The names in an archive, all of whose parts have been unpacked to nowhere and counted.
fn unpacks_within(bytes: &[u8], limit: u64) -> Result<Vec<String>, Refusal> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    let mut names = Vec::new();
    let mut left = limit;
    for nth in 0..archive.len() {
        let part = archive.by_index(nth).map_err(|error| broken(&error))?;
        let name = part.name().map_err(|error| broken(&error))?.into_owned();
        let at = |error: io::Error| Refusal::Format { kind: format!("a workbook that cannot be read (`{name}`: {error})") };
        let read = io::copy(&mut part.take(left.saturating_add(1)), &mut io::sink()).map_err(at)?;
        names.push(name);
        left = left.checked_sub(read).ok_or_else(|| Refusal::TooLarge { what: format!("more than {limit} bytes unpacked") })?;
    }
    Ok(names)
}

/// A value as it reads; whole numbers without a fraction, as `1` and not `1.0`, days as dates and not as numbers.
fn said(data: &Data, since_1904: bool) -> String {
    match data {
        Data::Empty => String::new(),
        Data::DateTime(value) if value.is_datetime() => day(value.as_f64(), since_1904).unwrap_or_else(|| data.to_string()),
        Data::DateTimeIso(text) => text.trim_end_matches("T00:00:00").to_owned(),
        other => other.to_string(),
    }
}

/// A day and, where it is not midnight, the time of it: of a count of days, from which it is known since when they count.
fn day(days: f64, since_1904: bool) -> Option<String> {
    let first = if since_1904 { date(1904, 1, 1) } else { date(1899, 12, 30) };
    let minutes = (days * 1440.0).round();
    // No table speaks of days before 1900-03-01, where calendars of spreadsheets differ.
    if !(61.0 * 1440.0..=3_000_000.0 * 1440.0).contains(&minutes) {
        return None;
    }
    #[allow(clippy::cast_possible_truncation, reason = "the count lies between the bounds above")]
    let at = first.at(0, 0, 0, 0).checked_add((minutes as i64).minutes()).ok()?;
    let time = if at.time() == Time::midnight() { String::new() } else { at.strftime(" %H:%M").to_string() };
    Some(format!("{}{time}", at.date()))
}

/// Places the cells of a sheet in a grid; a merged cell stands in every position of its region.
fn sheet_of(page: &mut Page, name: &str, cells: Vec<Found>, merged: &[Region], besides: Option<&Besides>) -> Result<(), Refusal> {
    let Some(first) = cells.iter().map(|cell| cell.position.0).min() else { return Ok(()) };
    let last = cells.iter().map(|cell| cell.position.0).max().unwrap_or(first);
    let width = cells.iter().map(|cell| cell.position.1).max().unwrap_or(0) as usize + 1;
    let height = (last - first) as usize + 1;
    page.reserve(height.saturating_add(width.saturating_mul(height.min(cells.len()))))?;
    let mut rows: Vec<Row> = vec![Row::new(); height];
    let mut ids = BTreeMap::new();
    let merged: BTreeMap<Position, Position> = merged.iter().rev().copied().collect();
    for Found { position: (row, column), text, strong } in cells {
        let id = page.fill(&text, strong, place(name, (row, column)));
        ids.insert((row, column), id);
        put(&mut rows, (row - first) as usize, column as usize, id);
        let Some((bottom, right)) = merged.get(&(row, column)) else { continue };
        // Regions that lie over each other would take more than the sheet has.
        let high = bottom.min(&last).saturating_sub(row) as usize;
        page.reserve(high.saturating_mul((right.saturating_sub(column) as usize).min(width)))?;
        for r in row..=(*bottom).min(last) {
            for c in column..=(*right).min(u32::try_from(width).unwrap_or(u32::MAX).saturating_sub(1)) {
                put(&mut rows, r.saturating_sub(first) as usize, c as usize, id);
            }
        }
    }
    page.grids.push(Grid { title: Some(name.to_owned()), rows });
    let Some(besides) = besides else { return Ok(()) };
    for (position, text) in &besides.comments {
        page.reserve(1)?;
        page.comment(ids.get(position).copied().flatten(), text, place(name, *position));
    }
    let within = |(rows, columns): (u32, u32)| rows <= last && (columns as usize) < width;
    let rows: Vec<u32> = besides.hidden_rows.iter().copied().filter(|row| *row >= first && within((*row, 0))).collect();
    let columns: Vec<u32> = besides.hidden_columns.iter().copied().filter(|column| within((0, *column))).collect();
    let tell = |page: &mut Page, at: Position, what: String| {
        page.remarks.push((place(name, at), format!("{what} hidden in the sheet, and read as if it were not")));
    };
    if besides.is_hidden {
        page.remarks.push((place(name, (0, 0)), "the sheet is hidden, and read as if it were not".to_owned()));
    }
    if let Some(row) = rows.first() {
        tell(page, (*row, 0), named(&rows, "row", |row| (row + 1).to_string()));
    }
    if let Some(column) = columns.first() {
        tell(page, (0, *column), named(&columns, "column", |column| letters_of(column + 1)));
    }
    Ok(())
}

fn place(sheet: &str, (row, column): Position) -> Place {
    Place { sheet: Some(sheet.to_owned()), line: row + 1, column: column + 1 }
}

/// `row 3 is`, `columns B to D and F are`.
fn named(numbers: &[u32], one: &str, name: impl Fn(u32) -> String) -> String {
    let runs: Vec<String> = numbers
        .chunk_by(|a, b| a + 1 == *b)
        .filter_map(|run| Some((*run.first()?, *run.last()?)))
        .map(|(from, to)| if from == to { name(from) } else { format!("{} to {}", name(from), name(to)) })
        .collect();
    let list = match runs.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
        None => String::new(),
    };
    if numbers.len() == 1 { format!("{one} {list} is") } else { format!("{one}s {list} are") }
}

fn put(rows: &mut [Row], row: usize, column: usize, id: Option<CellId>) {
    if let Some(row) = rows.get_mut(row) {
        if row.len() <= column {
            row.resize(column + 1, None);
        }
        if let Some(position) = row.get_mut(column) {
            *position = id;
        }
    }
}
