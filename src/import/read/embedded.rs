//! What Markdown would make something else of: HTML tables between its own, and tables with empty lines between their rows.

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

/// The text with the empty lines between the rows of a table taken out, byte for byte: where an empty line parts a row of
/// bars from its rule, the whole table is written so.
pub(super) fn without_gaps(text: &str) -> String {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let is_row = |line: &&str| line.trim_start().starts_with('|');
    let is_rule =
        |line: &&str| is_row(line) && line.contains("--") && line.trim().chars().all(|c| matches!(c, '|' | '-' | ':' | ' '));
    let is_empty = |line: &&str| line.trim().is_empty();
    let mut joined = String::with_capacity(text.len());
    // Whether the rows belong to a table that is written so.
    let (mut loose, mut at) = (false, 0);
    while let Some(line) = lines.get(at) {
        joined.push_str(line);
        at += 1;
        if !is_row(line) {
            loose &= is_empty(line);
            continue;
        }
        let gap = lines.get(at..).unwrap_or_default().iter().take_while(|line| is_empty(line)).count();
        let next = |nth: usize| lines.get(at + gap + nth);
        // A row over another rule heads the next table.
        let heads = next(1).is_some_and(is_rule) || (next(1).is_some_and(is_empty) && next(2).is_some_and(is_rule));
        loose = next(0).is_some_and(|next| is_rule(next) || (loose && is_row(next) && !heads));
        if loose && gap > 0 {
            let before = joined.trim_end_matches(['\r', '\n']).len();
            let blanks =
                joined.len() - before + lines.get(at..at + gap).unwrap_or_default().iter().map(|line| line.len()).sum::<usize>();
            joined.truncate(before);
            joined.extend(std::iter::repeat_n(' ', blanks - 1));
            joined.push('\n');
            at += gap;
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::without_gaps;

    #[test]
    fn gaps_in_a_table_are_taken_out_and_nothing_moves() {
        let text = "a\n\n| x | y\n\n|---|---\n\n| 1 | 2 |\n\n\n| 3 | 4 |\n\nb\n\n| t |\n|---|\n| 5 |\n\n| u |\n|---|\n";
        let joined = without_gaps(text);
        assert_eq!(joined.len(), text.len());
        assert!(joined.starts_with("a\n\n| x | y \n|---|--- \n| 1 | 2 |  \n| 3 | 4 |\n\nb\n"), "{joined}");
        assert!(joined.ends_with("| 5 |\n\n| u |\n|---|\n"));
    }
}
