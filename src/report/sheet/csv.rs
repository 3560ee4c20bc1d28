//! A sheet as CSV (RFC 4180): every column, also where nothing stands in it, and no title.

use std::io::{self, Write};

use super::{Kind, Sheet, harmless};

/// Writes the sheet as CSV, with CR LF after each record. What a spreadsheet would take for a formula is kept from it
/// by an apostrophe.
///
/// # Errors
/// Where the writer fails.
pub fn write_csv(sheet: &Sheet, to: impl Write) -> io::Result<()> {
    let mut out = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(to);
    out.write_record(sheet.columns.iter().map(|column| harmless(&column.heading()))).map_err(io::Error::from)?;
    for row in &sheet.rows {
        let field = |(field, kind): (&String, Kind)| if kind == Kind::Title { harmless(field) } else { field.clone() };
        let kinds = sheet.columns.iter().map(|column| column.kind);
        out.write_record(row.fields.iter().zip(kinds).map(field)).map_err(io::Error::from)?;
    }
    out.flush()
}
