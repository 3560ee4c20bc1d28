//! A sheet as a spreadsheet. Every field is text, whatever it begins with; no field is a formula.

use std::io;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

use super::{Column, Kind, Sheet};
use crate::document::Letter;
use crate::report::palette::tone;

/// Columns that stay in sight when the sheet is scrolled: as far as the title of the task.
const KEPT: u16 = 3;

/// How high a line is, in points.
const LINE: f64 = 15.0;

/// The sheet as the bytes of an xlsx file: one worksheet, `matrix`, the headings in its first row, nothing merged.
///
/// # Errors
/// Where the sheet is larger than a spreadsheet can be.
pub fn xlsx(sheet: &Sheet) -> io::Result<Vec<u8>> {
    written(sheet).map_err(io::Error::other)
}

fn written(sheet: &Sheet) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // Equal sheets give equal bytes: the file does not tell when it was made.
    let properties = DocProperties::new().set_title(&sheet.title).set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?);
    book.set_properties(&properties);
    let page = book.add_worksheet().set_name("matrix")?;
    let heading = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Bottom).set_border_bottom(FormatBorder::Thin);
    let centred = heading.clone().set_align(FormatAlign::Center);
    let widths: Vec<f64> = sheet.columns.iter().enumerate().map(|(nth, column)| width(column, sheet, nth)).collect();
    // Not every program makes a row as high as its text, so that the file says it.
    let headings = sheet.columns.iter().map(Column::heading).collect::<Vec<String>>();
    page.set_row_height(0, height(headings.iter().map(String::as_str).zip(&widths), 2))?;
    for (nth, column) in (0..).zip(&sheet.columns) {
        let format = if column.kind == Kind::Party { &centred } else { &heading };
        page.write_string_with_format(0, nth, column.heading(), format)?;
    }
    for (nth, width) in (0..).zip(&widths) {
        page.set_column_width(nth, *width)?;
    }
    for (nth, row) in (1..).zip(&sheet.rows) {
        let fields = row.fields.iter().zip(&sheet.columns).zip(&widths);
        let wrapped = fields.filter(|((_, column), _)| matches!(column.kind, Kind::Title | Kind::Place | Kind::When));
        page.set_row_height(nth, height(wrapped.map(|((field, _), width)| (field.as_str(), width)), 1 + row.depth))?;
        for (place, (field, column)) in (0..).zip(row.fields.iter().zip(&sheet.columns)) {
            if !field.is_empty() {
                page.write_string_with_format(nth, place, field, &format(column.kind, field, row.depth))?;
            }
        }
    }
    finish(page, sheet)?;
    book.save_to_buffer()
}

fn finish(page: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    page.set_freeze_panes(1, KEPT)?;
    let last = u16::try_from(sheet.columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
    let rows = u32::try_from(sheet.rows.len()).unwrap_or(u32::MAX);
    if rows > 0 {
        page.autofilter(0, 0, rows, last)?;
    }
    page.set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    Ok(())
}

/// Letters stand in the middle, on a wash of the colour of the first; titles as deep as their tasks lie.
fn format(kind: Kind, field: &str, depth: usize) -> Format {
    let format = Format::new().set_align(FormatAlign::Top);
    match kind {
        Kind::Party => {
            let first = Letter::ALL.into_iter().find(|letter| field.starts_with(letter.as_str()));
            let format = format.set_align(FormatAlign::Center);
            first.map_or(format.clone(), |letter| format.set_background_color(tone(letter).wash))
        }
        Kind::Title => format.set_text_wrap().set_indent(u8::try_from(depth).unwrap_or(u8::MAX).min(15)),
        Kind::Place | Kind::When => format.set_text_wrap(),
        _ => format,
    }
}

/// How high a row is whose texts break in columns of these widths, of which so many signs are taken.
fn height<'t>(fields: impl Iterator<Item = (&'t str, &'t f64)>, taken: usize) -> f64 {
    let lines = fields.map(|(text, width)| {
        let mut left = 0;
        text.split_whitespace().fold(0_u32, |lines, word| {
            let needed = word.chars().count() + 1;
            let fits = lines > 0 && needed <= left;
            let room = (1..=255).take_while(|room| f64::from(*room) <= *width).count().saturating_sub(taken).max(1);
            left = if fits { left - needed } else { room - 1 - (needed - 1) % room };
            let more = u32::try_from(needed.saturating_sub(1) / room).unwrap_or(0);
            if fits { lines } else { lines + 1 + more }
        })
    });
    LINE * f64::from(lines.max().unwrap_or(1).max(1))
}

fn width(column: &Column, sheet: &Sheet, nth: usize) -> f64 {
    let fields = sheet.rows.iter().filter_map(|row| row.fields.get(nth)).map(|field| field.chars().count());
    let widest = fields.max().unwrap_or(0).max(column.name.chars().count() + 2);
    let (least, most) = match column.kind {
        Kind::Title => (20, 48),
        Kind::Party => (10, 16),
        Kind::Place => (14, 30),
        _ => (8, 32),
    };
    u32::try_from(widest.clamp(least, most)).map_or(8.0, f64::from)
}
