//! Tables in code blocks of Markdown: with bars, drawn, or with separators.

use std::ops::Range;

use pulldown_cmark::CodeBlockKind;

/// What is told of a table that was read from a block of code.
pub(super) const READ: &str = "the table stands in a block of code, and is read as if it did not";

/// Whether a block can be a table: what is said to be of a language is a program.
pub(super) fn can_be_table(kind: &CodeBlockKind<'_>) -> bool {
    match kind {
        CodeBlockKind::Indented => true,
        CodeBlockKind::Fenced(info) => {
            let word = info.split([' ', ',']).next().unwrap_or("").to_lowercase();
            matches!(
                word.as_str(),
                "" | "text" | "txt" | "plain" | "plaintext" | "csv" | "tsv" | "md" | "markdown" | "table" | "raci"
            )
        }
    }
}

/// The rows of a block, with its fences as empty lines; none where it has no rows with separators.
pub(super) fn table(text: &str, block: &Range<usize>) -> Option<String> {
    let start = text.get(..block.start)?.rfind('\n').map_or(0, |at| at + 1);
    let is_fence = |line: &str| ["```", "~~~"].iter().any(|mark| line.trim_start().starts_with(mark));
    let lines = text.get(start..block.end)?.split_inclusive('\n');
    let table: String = lines.map(|line| if is_fence(line) { "\n" } else { line }).collect();
    let rows = || table.lines().filter(|line| line.contains(char::is_alphanumeric));
    let has = |separator: char| rows().filter(|row| row.contains(separator)).count() * 3 >= rows().count() * 2;
    let parted = [',', ';', '\t', '|'].into_iter().any(has);
    (rows().count() > 2 && parted).then_some(table)
}
