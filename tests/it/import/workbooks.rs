//! Workbooks: merged cells, groups in bold, days, several sheets; the same of xlsx and of ods.

use std::fmt::Write as _;

use rasci::import::{Imported, Options, import};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

use super::opendocument::packed;

/// A cell of the sheet: what it says, whether it is bold, and how many columns and rows it takes.
struct Cell {
    at: (u32, u16),
    text: &'static str,
    bold: bool,
    span: (u16, u32),
}

const fn cell(row: u32, column: u16, text: &'static str) -> Cell {
    Cell { at: (row, column), text, bold: false, span: (1, 1) }
}

const fn bold(row: u32, column: u16, text: &'static str) -> Cell {
    Cell { bold: true, ..cell(row, column, text) }
}

const fn wide(row: u32, column: u16, text: &'static str, span: (u16, u32)) -> Cell {
    Cell { span, ..cell(row, column, text) }
}

/// Two rows of heads, a phase over two rows, a group in bold, and a task without letters that is not.
fn cells() -> Vec<Cell> {
    vec![
        wide(1, 1, "Phase", (1, 2)),
        wide(1, 2, "Task", (1, 2)),
        wide(1, 3, "Customer", (2, 1)),
        wide(1, 5, "Vendor", (2, 1)),
        cell(2, 3, "Board"),
        cell(2, 4, "IT"),
        cell(2, 5, "PM"),
        cell(2, 6, "Dev"),
        wide(3, 1, "Build", (1, 2)),
        cell(3, 2, "Plan"),
        cell(3, 3, "A"),
        cell(3, 5, "R"),
        cell(4, 2, "Code"),
        wide(4, 3, "I", (2, 1)),
        cell(4, 5, "A"),
        cell(4, 6, "R"),
        wide(5, 1, "Run", (1, 2)),
        cell(5, 2, "Watch"),
        cell(5, 4, "A/R"),
        cell(5, 6, "C"),
        cell(6, 2, "Patch"),
        cell(6, 4, "A"),
        cell(6, 6, "R"),
    ]
}

fn grouped() -> Vec<Cell> {
    vec![
        cell(0, 0, "Task"),
        cell(0, 1, "Dev"),
        cell(0, 2, "Ops"),
        cell(1, 0, "Write"),
        cell(1, 1, "A/R"),
        bold(2, 0, "Later"),
        cell(3, 0, "Watch"),
        cell(3, 2, "A/R"),
        cell(4, 0, "Tune"),
        cell(5, 0, "Patch"),
        cell(5, 1, "C"),
        cell(5, 2, "R"),
    ]
}

fn xlsx(cells: &[Cell]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("RACI").unwrap();
    for Cell { at: (row, column), text, bold, span: (wide, high) } in cells {
        let format = if *bold { Format::new().set_bold() } else { Format::new() };
        if (*wide, *high) == (1, 1) {
            sheet.write_with_format(*row, *column, *text, &format).unwrap();
        } else {
            sheet.merge_range(*row, *column, row + high - 1, column + wide - 1, text, &format).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

/// The same as office programs write it: covered cells beside a merged one, bold by the name of a style.
fn ods(cells: &[Cell]) -> Vec<u8> {
    let covers = |row: u32, column: u16| {
        cells.iter().find(|cell| {
            let ((top, left), (wide, high)) = (cell.at, cell.span);
            (top..top + high).contains(&row) && (left..left + wide).contains(&column)
        })
    };
    let (last, width) =
        (cells.iter().map(|cell| cell.at.0).max().unwrap(), cells.iter().map(|cell| cell.at.1).max().unwrap() + 2);
    let mut rows = String::new();
    for row in 0..=last {
        rows.push_str("<table:table-row>");
        for column in 0..width {
            match covers(row, column) {
                Some(cell) if cell.at == (row, column) => {
                    let style = if cell.bold { " table:style-name=\"ce2\"" } else { " table:style-name=\"ce1\"" };
                    let ((wide, high), text) = (cell.span, cell.text);
                    let span = format!("table:number-columns-spanned=\"{wide}\" table:number-rows-spanned=\"{high}\"");
                    write!(
                        rows,
                        "<table:table-cell{style} office:value-type=\"string\" {span}><text:p>{text}</text:p></table:table-cell>"
                    )
                    .unwrap();
                }
                Some(_) => rows.push_str("<table:covered-table-cell/>"),
                None => rows.push_str("<table:table-cell table:number-columns-repeated=\"1\"/>"),
            }
        }
        rows.push_str("</table:table-row>");
    }
    packed(&[("RACI", rows)])
}

pub(crate) fn read(name: &str, bytes: &[u8]) -> Imported {
    import(name, bytes, &Options::default()).unwrap_or_else(|refusal| panic!("{name}: {refusal}"))
}

#[test]
fn merged_cells_stand_in_every_place_that_they_cover() {
    for (name, bytes) in [("t.xlsx", xlsx(&cells())), ("t.ods", ods(&cells()))] {
        let imported = read(name, &bytes);
        let policy = super::model(&imported);
        let held = |task: &str| super::held(&policy, task);
        assert_eq!(held("plan"), "A Board, R PM", "{name}");
        assert_eq!(held("code"), "I Board, R Dev, I IT, A PM", "{name}");
        assert_eq!((held("watch").as_str(), held("patch").as_str()), ("C Dev, R/A IT", "R Dev, A IT"), "{name}");
        let text = &imported.text;
        assert!(
            text.contains("  customer:\n    title: Customer\n    parties:\n      board: { title: Board }\n"),
            "{name}: {text}"
        );
        assert!(
            text.contains("  build:\n    title: Build\n    tasks:\n      plan:") && text.contains("      code:"),
            "{name}: {text}"
        );
        assert!(
            text.contains("  run:\n    title: Run\n    tasks:\n      watch:") && text.contains("      patch:"),
            "{name}: {text}"
        );
        assert_eq!((imported.report.filled(), imported.report.left.len()), (cells().len(), 0), "{name}: {}", imported.report);
        assert_eq!(imported.report.tables[0].place.to_string(), "RACI!B2", "{name}");
    }
}

#[test]
fn a_row_in_bold_is_a_group_and_another_without_letters_a_task() {
    for (name, bytes) in [("t.xlsx", xlsx(&grouped())), ("t.ods", ods(&grouped()))] {
        let imported = read(name, &bytes);
        assert_eq!((imported.report.tasks, imported.report.tables[0].groups), (4, 1), "{name}: {}", imported.text);
        assert!(imported.text.contains("  later:\n    title: Later\n    tasks:\n      watch:"), "{name}: {}", imported.text);
        assert!(imported.text.contains("      tune:\n        title: Tune\n"), "{name}: {}", imported.text);
    }
}

#[test]
fn days_are_dates_and_every_sheet_is_read() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Build").unwrap();
    for (column, head) in ["Task", "Dev", "Lead", "Deadline"].into_iter().enumerate() {
        sheet.write(0, u16::try_from(column).unwrap(), head).unwrap();
    }
    let (day, time) = (Format::new().set_num_format("yyyy-mm-dd"), Format::new().set_num_format("yyyy-mm-dd hh:mm"));
    for (row, (task, at, format)) in
        [("Write", (2024, 5, 1, 0, 0), &day), ("Test", (2024, 5, 2, 17, 30), &time)].into_iter().enumerate()
    {
        let row = u32::try_from(row).unwrap() + 1;
        sheet.write(row, 0, task).unwrap().write(row, 1, "R").unwrap().write(row, 2, "A").unwrap();
        let (year, month, date, hour, minute) = at;
        let at = ExcelDateTime::from_ymd(year, month, date).unwrap().and_hms(hour, minute, 0).unwrap();
        sheet.write_with_format(row, 3, &at, format).unwrap();
    }
    let second = book.add_worksheet().set_name("Run").unwrap();
    for (row, texts) in [["Task", "Ops"], ["Watch", "A/R"], ["Patch", "R"]].into_iter().enumerate() {
        for (column, text) in texts.into_iter().enumerate() {
            second.write(u32::try_from(row).unwrap(), u16::try_from(column).unwrap(), text).unwrap();
        }
    }
    let imported = read("t.xlsx", &book.save_to_buffer().unwrap());
    assert!(imported.text.contains("within: 2024-05-01\n"), "{}", imported.text);
    assert!(imported.text.contains("within: \"2024-05-02 17:30\"\n"), "{}", imported.text);
    let tables: Vec<(String, Option<&str>)> =
        imported.report.tables.iter().map(|table| (table.place.to_string(), table.title.as_deref())).collect();
    assert_eq!(tables, [("Build!A1".to_owned(), Some("Build")), ("Run!A1".to_owned(), Some("Run"))]);
}

#[test]
fn what_is_struck_through_is_no_letter() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, texts) in (0_u32..).zip([["Task", "Dev", "Ops"], ["Build", "R", "A"], ["Run", "A", "R"], ["End", "R", "A/R"]]) {
        for (column, text) in (0_u16..).zip(texts) {
            let format = if (row, column) == (3, 1) { Format::new().set_font_strikethrough() } else { Format::new() };
            sheet.write_with_format(row, column, text, &format).unwrap();
        }
    }
    let imported = read("t.xlsx", &book.save_to_buffer().unwrap());
    assert_eq!(super::held(&super::model(&imported), "end"), "R/A Ops");
    let left: Vec<String> = imported.report.left.iter().map(|left| format!("{}: {}", left.place, left.text)).collect();
    assert_eq!(left, ["Sheet1!B4: ~~R~~"]);
    assert!(imported.text.contains("Dev: ~~R~~"), "{}", imported.text);
}
