//! `matrix`: what stands in a grid is what `who` answers, and can be taken back from every format that carries it.

mod docs;
mod drawn;
mod formats;
mod graphs;
mod laws;

use rasci::query::{GridAsk, Places};
use rasci::report::sheet::{Kind, Sheet, component_sheet, markdown, party_sheet, write_csv};
use rasci::{Letter, Policy};

/// Rows of text, the heading first, as a reader of a format gives them.
pub type Rows = Vec<Vec<String>>;

pub fn by_party(policy: &Policy, places: Places) -> Sheet {
    party_sheet(&policy.party_grid(places, GridAsk::default()))
}

pub fn by_component(policy: &Policy, letter: Letter) -> Sheet {
    component_sheet(&policy.component_grid(letter, GridAsk::default()))
}

/// The sheet as rows of text, titles without the apostrophes that keep spreadsheets from reading them as formulas.
pub fn plain(sheet: &Sheet) -> Rows {
    let heads = sheet.columns.iter().map(rasci::report::sheet::Column::heading).collect();
    std::iter::once(heads).chain(sheet.rows.iter().map(|row| row.fields.clone())).collect()
}

/// What a reader of CSV finds.
pub fn from_csv(sheet: &Sheet) -> Rows {
    let mut bytes = Vec::new();
    write_csv(sheet, &mut bytes).unwrap();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes.as_slice());
    reader.records().map(|record| record.unwrap().iter().map(without_apostrophe).collect()).collect()
}

fn without_apostrophe(field: &str) -> String {
    let formula = field.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
    field.strip_prefix('\'').filter(|_| formula).unwrap_or(field).to_owned()
}

/// What a reader of Markdown finds in the one table of the text.
pub fn from_markdown(sheet: &Sheet) -> Rows {
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
    let text = markdown(sheet);
    let mut rows: Rows = Vec::new();
    let mut open = false;
    for event in Parser::new_ext(&text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES) {
        match event {
            Event::Start(Tag::TableHead | Tag::TableRow) => rows.push(Vec::new()),
            Event::Start(Tag::TableCell) => {
                rows.last_mut().unwrap().push(String::new());
                open = true;
            }
            Event::End(TagEnd::TableCell) => open = false,
            Event::Text(text) if open => rows.last_mut().unwrap().last_mut().unwrap().push_str(&text),
            other => assert!(!open, "only text stands in a cell: {other:?} in\n{text}"),
        }
    }
    rows
}

/// The columns of this kind.
pub fn places(sheet: &Sheet, kind: Kind) -> Vec<usize> {
    sheet.columns.iter().enumerate().filter(|(_, column)| column.kind == kind).map(|(nth, _)| nth).collect()
}

/// What a reader of spreadsheets finds; an empty field where a cell has nothing in it. Every cell is text.
pub fn from_xlsx(sheet: &Sheet) -> Rows {
    use calamine::{Data, Reader, Xlsx};
    let bytes = rasci::report::sheet::xlsx(sheet).unwrap();
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap();
    let formulas = book.worksheet_formula("matrix").unwrap();
    assert!(formulas.used_cells().all(|(_, _, formula)| formula.is_empty()), "a formula");
    let range = book.worksheet_range("matrix").unwrap();
    let text = |cell: &Data| match cell {
        Data::String(text) => text.clone(),
        Data::Empty => String::new(),
        other => panic!("{other:?} is no text"),
    };
    range.rows().map(|row| row.iter().map(text).collect()).collect()
}
