//! Workbooks, xlsx and ods: every sheet, with merged cells. Nothing is unpacked before its size is known.

use std::io::{self, Cursor, Read};

use calamine::{Data, Ods, Reader, Xlsx};
use zip::ZipArchive;

use super::super::sheet::{CellId, Grid, Page, Place, Row};
use super::{Limits, Refusal};

/// A rectangle of a sheet, from 0, ends included: rows, then columns.
type Region = ((u32, u32), (u32, u32));

pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Page, Refusal> {
    let names = unpacks_within(bytes, limits.unpacked)?;
    let has = |start: &str| names.iter().any(|name| name.starts_with(start));
    if has("xl/") {
        let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(|error| broken(&error))?;
        let mut page = Page::default();
        for sheet in book.sheet_names() {
            let merged = book.merge_cells_by_sheet_name(&sheet).unwrap_or_default();
            let merged = merged.iter().map(|region| (region.start, region.end)).collect::<Vec<Region>>();
            let mut cells = Vec::new();
            let mut reader = book.worksheet_cells_reader(&sheet).map_err(|error| broken(&error))?;
            while let Some(cell) = reader.next_cell().map_err(|error| broken(&error))? {
                let (position, text) = (cell.get_position(), said(&Data::from(cell.get_value().clone())));
                if !text.trim().is_empty() {
                    page.reserve(1)?;
                    cells.push((position, text));
                }
            }
            sheet_of(&mut page, &sheet, cells, &merged)?;
        }
        return Ok(page);
    }
    if has("content.xml") && !has("word/") {
        let mut book: Ods<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(|error| broken(&error))?;
        let mut page = Page::default();
        for sheet in book.sheet_names() {
            let range = book.worksheet_range(&sheet).map_err(|error| broken(&error))?;
            let (row, column) = range.start().unwrap_or_default();
            let at = |nth: usize, from: u32| u32::try_from(nth).unwrap_or(u32::MAX).saturating_add(from);
            let cells = range.used_cells().map(|(r, c, data)| ((at(r, row), at(c, column)), said(data)));
            let cells = cells.filter(|(_, text)| !text.trim().is_empty()).collect::<Vec<_>>();
            page.reserve(cells.len())?;
            sheet_of(&mut page, &sheet, cells, &[])?;
        }
        return Ok(page);
    }
    let kind = if has("word/") { "a Word document" } else { "a zip archive and no workbook" };
    Err(Refusal::Format { kind: kind.to_owned() })
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
        names.push(part.name().map_err(|error| broken(&error))?.into_owned());
        let read = io::copy(&mut part.take(left.saturating_add(1)), &mut io::sink()).map_err(|error| broken(&error))?;
        left = left.checked_sub(read).ok_or_else(|| Refusal::TooLarge { what: format!("more than {limit} bytes unpacked") })?;
    }
    Ok(names)
}

/// A value as it reads; whole numbers without a fraction, as `1` and not `1.0`.
fn said(data: &Data) -> String {
    match data {
        Data::Empty => String::new(),
        other => other.to_string(),
    }
}

/// Places the cells of a sheet in a grid; a merged cell stands in every position of its region.
fn sheet_of(page: &mut Page, name: &str, cells: Vec<((u32, u32), String)>, merged: &[Region]) -> Result<(), Refusal> {
    let Some(first) = cells.iter().map(|((row, _), _)| *row).min() else { return Ok(()) };
    let last = cells.iter().map(|((row, _), _)| *row).max().unwrap_or(first);
    let width = cells.iter().map(|((_, column), _)| *column).max().unwrap_or(0) as usize + 1;
    let height = (last - first) as usize + 1;
    page.reserve(height.saturating_add(width.saturating_mul(height.min(cells.len()))))?;
    let mut rows: Vec<Row> = vec![Row::new(); height];
    for ((row, column), text) in cells {
        let place = Place { sheet: Some(name.to_owned()), line: row + 1, column: column + 1 };
        let id = page.fill(&text, false, place);
        put(&mut rows, (row - first) as usize, column as usize, id);
        let region = merged.iter().find(|(start, _)| *start == (row, column));
        let Some(((top, left), (bottom, right))) = region else { continue };
        for r in *top..=(*bottom).min(last) {
            for c in *left..=(*right).min(u32::try_from(width).unwrap_or(u32::MAX).saturating_sub(1)) {
                put(&mut rows, r.saturating_sub(first) as usize, c as usize, id);
            }
        }
    }
    page.grids.push(Grid { title: Some(name.to_owned()), rows });
    Ok(())
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
