//! A sheet as a table of the terminal: tasks indented as their tree is, the cases of a task beneath it.

use super::words::NOT_APPLICABLE;
use super::{Column, Kind, Row, Sheet};
use crate::report::table::{self, Table};

/// Ids in headings break after a hyphen where they are longer than this.
const HEAD: usize = 10;
/// Conditions wrap at this width.
const WHEN: usize = 30;

/// The sheet as a table for a terminal of this width. Titles stand in it where everything fits beside them.
#[must_use]
pub fn terminal_table(sheet: &Sheet, width: Option<usize>) -> Table {
    let sheet = if one_component(sheet) { sheet.clone().without(Kind::Component) } else { sheet.clone() };
    let sheet = beneath(&sheet).without(Kind::PartOf).without(Kind::When).without(Kind::Silent).without_empty_columns();
    let whole = laid_out(&sheet);
    if whole.fits(width) { whole } else { laid_out(&sheet.without(Kind::Title)) }
}

/// Whether all rows are of one component, which the title of the sheet names.
fn one_component(sheet: &Sheet) -> bool {
    let place = sheet.columns.iter().position(|column| column.kind == Kind::Component);
    let mut components = sheet.rows.iter().filter_map(|row| row.fields.get(place?));
    let first = components.next();
    components.all(|component| Some(component) == first)
}

/// Each task with several cases takes a row, and each of its cases one beneath it.
fn beneath(sheet: &Sheet) -> Sheet {
    let place = |kind| sheet.columns.iter().position(|column| column.kind == kind);
    let (Some(task), Some(when)) = (place(Kind::Task), place(Kind::When)) else { return indented(sheet.clone()) };
    let mut rows = Vec::new();
    for row in &sheet.rows {
        let condition = row.fields.get(when).cloned().unwrap_or_default();
        let headed = condition.is_empty();
        if !headed && !row.goes_on {
            let names = |kind| matches!(kind, Kind::Task | Kind::Title | Kind::Component);
            let field = |(column, field): (&Column, &String)| if names(column.kind) { field.clone() } else { String::new() };
            rows.push(Row { fields: sheet.columns.iter().zip(&row.fields).map(field).collect(), ..row.clone() });
        }
        let mut row = row.clone();
        if !headed {
            let names = |kind| matches!(kind, Kind::Title | Kind::Component);
            let columns = sheet.columns.iter().zip(&mut row.fields);
            columns.filter(|(column, _)| names(column.kind)).for_each(|(_, field)| field.clear());
            let lines = condition.replace(" or ", "\nor ");
            row.fields.get_mut(task).into_iter().for_each(|field| field.clone_from(&lines));
            row.goes_on = true;
        }
        rows.push(row);
    }
    indented(Sheet { rows, ..sheet.clone() })
}

/// Tasks as deep as they lie, their cases deeper; what is assigned does not say so.
fn indented(mut sheet: Sheet) -> Sheet {
    let kinds: Vec<Kind> = sheet.columns.iter().map(|column| column.kind).collect();
    for row in &mut sheet.rows {
        let indent = "  ".repeat(row.depth + usize::from(row.goes_on) * 2);
        for (field, kind) in row.fields.iter_mut().zip(&kinds) {
            match kind {
                Kind::Task => *field = field.lines().map(|line| wrapped(line, &indent)).collect::<Vec<_>>().join("\n"),
                Kind::Status if field == "assigned" => field.clear(),
                Kind::Status if field == "not-applicable" => NOT_APPLICABLE.clone_into(field),
                Kind::Place => *field = field.replace("; ", "\n"),
                _ => {}
            }
        }
    }
    sheet
}

/// The words of a line, each line of them indented.
fn wrapped(line: &str, indent: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for word in line.split(' ') {
        match lines.last_mut().filter(|last| last.len() + 1 + word.len() <= WHEN) {
            Some(last) => last.extend([" ", word]),
            None => lines.push(word.to_owned()),
        }
    }
    lines.iter().map(|line| format!("{indent}{line}")).collect::<Vec<_>>().join("\n")
}

fn laid_out(sheet: &Sheet) -> Table {
    let column = |column: &Column| match column.kind {
        Kind::Task | Kind::Component => table::Column::key(&column.name),
        Kind::Title => table::Column::text(&column.name, 36),
        Kind::Party => table::Column::mark(&heading(&column.name)),
        Kind::Place => table::Column::text(&heading(&column.name), 30),
        _ => table::Column::text(&column.name, 24),
    };
    Table { columns: sheet.columns.iter().map(column).collect(), rows: sheet.rows.iter().map(|row| row.fields.clone()).collect() }
}

/// `l2-l3-` above `support`: an id in lines of a few parts each.
fn heading(id: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for part in id.split_inclusive(['-', ' ']) {
        match lines.last_mut().filter(|last| last.len() + part.len() <= HEAD) {
            Some(last) => last.push_str(part),
            None => lines.push(part.to_owned()),
        }
    }
    lines.iter().map(|line| line.trim_end()).collect::<Vec<_>>().join("\n")
}
