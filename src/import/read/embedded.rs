//! HTML tables inside Markdown: where they stand, apart from what Markdown would make of them.

use std::ops::Range;

/// The text with its HTML tables blanked out, byte for byte, and where they stand, from the last to the first. A table
/// with empty lines in it is one table, whatever Markdown makes of it; in a code block it is none.
pub(super) fn without_html_tables(text: &str) -> (String, Vec<Range<usize>>) {
    let lower = text.to_ascii_lowercase();
    let fenced = fences(text);
    let mut tables: Vec<Range<usize>> = Vec::new();
    let mut from = 0;
    while let Some(start) = lower.get(from..).and_then(|rest| rest.find("<table")).map(|at| at + from) {
        let mut end = start;
        let mut open = 0;
        // To the end of the outermost table.
        loop {
            let rest = lower.get(end..).unwrap_or("");
            match (rest.find("<table"), rest.find("</table")) {
                (Some(inner), Some(close)) if inner < close => (open, end) = (open + 1, end + inner + "<table".len()),
                (_, Some(close)) => (open, end) = (open - 1, end + close + "</table".len()),
                _ => end = text.len(),
            }
            if open == 0 || end == text.len() {
                break;
            }
        }
        end = lower.get(end..).and_then(|rest| rest.find('>')).map_or(end, |at| end + at + 1);
        if !fenced.iter().any(|fence| fence.contains(&start)) {
            tables.push(start..end);
        }
        from = end;
    }
    let mut blanked = text.to_owned().into_bytes();
    for byte in tables.iter().flat_map(Clone::clone) {
        if let Some(byte) = blanked.get_mut(byte).filter(|byte| !matches!(byte, b'\n' | b'\r')) {
            *byte = b' ';
        }
    }
    tables.reverse();
    (String::from_utf8(blanked).unwrap_or_default(), tables)
}

/// Where code blocks between fences stand.
fn fences(text: &str) -> Vec<Range<usize>> {
    let mut fences = Vec::new();
    let mut open: Option<(usize, &str)> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = line.trim_start();
        let mark = if start.starts_with("```") { "```" } else { "~~~" };
        match open {
            Some((from, opened)) if start.starts_with(opened) => {
                fences.push(from..at + line.len());
                open = None;
            }
            None if start.starts_with(mark) => open = Some((at, mark)),
            _ => {}
        }
        at += line.len();
    }
    fences.extend(open.map(|(from, _)| from..text.len()));
    fences
}
