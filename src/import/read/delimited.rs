//! Text with separators: CSV, TSV and their kin. The separator is the one that cuts most rows into as many fields.

use csv::{ReaderBuilder, StringRecord};

use super::super::sheet::{Grid, Lines, Page, Row};
use super::Refusal;

const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// So many rows are looked at to find the separator.
const LOOKED_AT: usize = 200;

pub(super) fn read(text: &str) -> Result<Page, Refusal> {
    let mut page = Page::default();
    read_into(&mut page, text, 0)?;
    Ok(page)
}

/// Reads rows into a page, as one grid; so many lines stand above them.
pub(super) fn read_into(page: &mut Page, text: &str, above: u32) -> Result<(), Refusal> {
    let (separator, text_start) = declared(text).unwrap_or_else(|| (found(text), 0));
    let lines = Lines::new(text);
    let mut grid = Grid::default();
    let mut reader = reader(separator, text.get(text_start..).unwrap_or(""));
    let mut record = StringRecord::new();
    let mut last_line = 0;
    loop {
        let from = text_start + usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(_) => return Err(Refusal::Format { kind: "no text in rows and fields".to_owned() }),
        }
        // The reader leaps over empty lines: they part tables from each other.
        let skipped = text.get(from..).map_or(0, |rest| rest.len() - rest.trim_start_matches(['\r', '\n']).len());
        let start = from + skipped;
        let line = lines.place(start).line;
        if last_line > 0 && line > last_line + 1 {
            grid.rows.push(Row::new());
        }
        let until = text_start + usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        last_line = lines.place(until.saturating_sub(1).max(start)).line;
        page.reserve(record.len())?;
        let raw = text.get(start..until).unwrap_or("");
        if is_rule(raw) {
            continue;
        }
        let starts = field_starts(raw, separator);
        let row = record.iter().enumerate().map(|(nth, field)| {
            let mut place = lines.place(start + starts.get(nth).copied().unwrap_or(0));
            place.line += above;
            page.fill(&unmarked(field), is_marked(field), place)
        });
        let row: Row = row.collect();
        grid.rows.push(row);
    }
    page.grids.push(grid);
    page.is_delimited = true;
    Ok(())
}

fn reader(separator: u8, text: &str) -> csv::Reader<&[u8]> {
    ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes())
}

/// The separator that the first line declares, as Excel writes it (`sep=;`), and where the rows start.
fn declared(text: &str) -> Option<(u8, usize)> {
    let line = text.lines().next()?;
    let separator = line.strip_prefix("sep=")?.bytes().next()?;
    Some((separator, text.find('\n')? + 1))
}

/// The separator for which the most rows have the most usual number of fields; of equals the one with more fields.
fn found(text: &str) -> u8 {
    let score = |separator: u8| {
        let mut lengths: Vec<usize> =
            reader(separator, text).records().take(LOOKED_AT).filter_map(Result::ok).map(|record| record.len()).collect();
        lengths.sort_unstable();
        let usual = lengths.chunk_by(|a, b| a == b).filter(|run| run.first().is_some_and(|length| *length > 1));
        let (rows, fields) = usual.map(|run| (run.len(), run.first().copied().unwrap_or(0))).max().unwrap_or((0, 0));
        // Few fields that come out equal by chance lose to many.
        (rows * fields.min(4), fields)
    };
    SEPARATORS.into_iter().rev().max_by_key(|separator| score(*separator)).unwrap_or(b',')
}

/// Whether a line only draws one: `+-----+----+`, `|---|---|`.
fn is_rule(raw: &str) -> bool {
    let line = raw.trim();
    line.contains("---") && line.chars().all(|c| matches!(c, '-' | '+' | '|' | '=' | ':' | ' '))
}

/// Where each field of a record starts in its text.
fn field_starts(raw: &str, separator: u8) -> Vec<usize> {
    let mut starts = vec![0];
    let (mut quoted, mut at_start) = (false, true);
    for (at, byte) in raw.bytes().enumerate() {
        match byte {
            b'"' if at_start || quoted => quoted = !quoted,
            // A quote doubled within quotes closes and opens again.
            b'"' if raw.as_bytes().get(at.wrapping_sub(1)) == Some(&b'"') => quoted = true,
            _ if byte == separator && !quoted => {
                starts.push(at + 1);
                at_start = true;
                continue;
            }
            _ => {}
        }
        at_start = false;
    }
    starts
}

/// Whether a field is set in bold by Markdown marks around it.
fn is_marked(field: &str) -> bool {
    let field = field.trim();
    field.len() > 4 && ["**", "__"].iter().any(|mark| field.starts_with(mark) && field.ends_with(mark))
}

fn unmarked(field: &str) -> String {
    let lines = field.replace("<br>", "\n").replace("<br/>", "\n").replace("<br />", "\n");
    if is_marked(field) { lines.trim().trim_matches(['*', '_']).to_owned() } else { lines }
}
