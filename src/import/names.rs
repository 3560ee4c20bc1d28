//! The names in a cell: under a letter a list parted by commas, semicolons or lines, in which brackets stay whole; in a table with
//! a row for each letter one name, or several that are known.

use std::collections::BTreeSet;

use super::layout::{Column, Layout};
use super::letters::{self, Reading};
use super::parties::key;
use super::sheet::Page;
use super::tables::{Shape, Table};
use super::words;
use crate::document::Letter;

/// Splits a cell into names. `declared` says whether a text is a name for itself, which then stays whole; `known` also of those
/// that stand alone elsewhere: only where each part is one, `A/B`, `A & B`, `A and B` are two.
pub(crate) fn split(text: &str, letter: Letter, declared: &dyn Fn(&str) -> bool, known: &dyn Fn(&str) -> bool) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let parts = if declared(text) { vec![text.to_owned()] } else { listed(text, &SIGNS) };
    for part in parts {
        let name = bare(&part, letter);
        let pieces: Vec<String> = joined(&name).into_iter().map(|piece| bare(&piece, letter)).collect();
        let is_one = declared(&name) || pieces.len() < 2 || !pieces.iter().all(|piece| known(piece));
        for piece in if is_one { vec![name] } else { pieces } {
            if !piece.is_empty() && !words::is_nothing(&piece) && !names.contains(&piece) {
                names.push(piece);
            }
        }
    }
    names
}

/// The names in a cell that says who holds the letter of its row, and what is to be told of it. Such a cell is one name, but for
/// parts that are known to be names: a comma can be in a name.
pub(crate) fn in_row(text: &str, declared: &dyn Fn(&str) -> bool, known: &dyn Fn(&str) -> bool) -> (Vec<String>, Option<String>) {
    let mut names: Vec<String> = Vec::new();
    let mut remark = None;
    let parts = if declared(text) { vec![text.to_owned()] } else { listed(text, &PARTING) };
    for part in parts {
        let (by_comma, by_sign) = (listed(&part, &COMMAS), joined(&part));
        let count = by_comma.iter().filter(|piece| known(piece)).count();
        let pieces = if declared(&part) {
            vec![part]
        } else if by_comma.len() > 1 && count > 0 {
            if count < by_comma.len() {
                let several: Vec<String> = by_comma.iter().map(|piece| format!("`{piece}`")).collect();
                remark = Some(format!("`{part}` is taken for {} parties: {}", several.len(), several.join(", ")));
            }
            by_comma.into_iter().flat_map(|piece| parted(piece, known)).collect()
        } else if by_sign.len() > 1 && by_sign.iter().all(|piece| known(piece)) {
            by_sign
        } else {
            if by_comma.len() > 1 || (by_sign.len() > 1 && by_sign.iter().any(|piece| known(piece))) {
                remark =
                    Some(format!("`{part}` is taken for one party: where it is several, give each a row, or part them by `;`"));
            }
            vec![part]
        };
        names.extend(pieces);
    }
    let mut once: Vec<String> = Vec::new();
    for name in names {
        if !once.contains(&name) {
            once.push(name);
        }
    }
    (once, remark)
}

fn parted(name: String, known: &dyn Fn(&str) -> bool) -> Vec<String> {
    let pieces = joined(&name);
    if pieces.len() > 1 && !known(&name) && pieces.iter().all(|piece| known(piece)) { pieces } else { vec![name] }
}

/// Whether a name is two with a word between them, which are not known: the end of a list, or the whole of a name.
pub(crate) fn is_joined(name: &str, known: &dyn Fn(&str) -> bool) -> bool {
    let is_word = |mark: &&&str| mark.starts_with(' ') && **mark != " + ";
    !known(name) && JOINING.iter().filter(is_word).any(|mark| name.contains(mark))
}

/// The names that stand alone in the cells where a table says who, as they are compared.
pub(crate) fn names_alone(table: &Table, layout: &Layout, page: &Page) -> BTreeSet<String> {
    let inverted = matches!(table.shape, Shape::Inverted(_)) && !layout.is_long;
    let columns: Vec<usize> = if inverted { layout.all(Column::Letters).collect() } else { layout.all(Column::Party).collect() };
    let cells = table.rows.iter().flat_map(|row| columns.iter().filter_map(|column| row.at(*column)));
    let texts = cells.map(|id| page.text(Some(id)));
    // Under a letter each part of a list is a name, in a row the whole of a cell.
    let names = texts.flat_map(|text| if inverted { listed(text, &SIGNS) } else { listed(text, &PARTING) });
    names.map(|name| key(&name)).filter(|name| !name.is_empty()).collect()
}

/// What parts the names of a list.
const SIGNS: [char; 8] = [',', ';', '\n', '、', '，', '；', '•', '|'];
const COMMAS: [char; 3] = [',', '、', '，'];
/// What stands in no name.
const PARTING: [char; 5] = [';', '\n', '；', '•', '|'];

/// What can stand in a name, and between two.
const JOINING: [&str; 10] = ["/", " + ", "&", " and ", " und ", " et ", " y ", " e ", " en ", " и "];

/// The parts of a list of names.
pub(crate) fn pieces(text: &str) -> Vec<String> {
    listed(text, &SIGNS)
}

/// The parts of a list, brackets whole.
fn listed(text: &str, signs: &[char]) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut depth = 0_u32;
    for c in text.chars() {
        match c {
            '(' | '[' | '（' => depth += 1,
            ')' | ']' | '）' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && signs.contains(&c) {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(c);
        }
    }
    parts.iter().map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

/// The parts of a name that may be two.
fn joined(name: &str) -> Vec<String> {
    let marked = JOINING.iter().fold(name.to_owned(), |name, mark| name.replace(mark, "\n"));
    marked.lines().map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

/// A name without marks around it, and without the letter that its column says already: `<security engineer (R)>`.
fn bare(name: &str, letter: Letter) -> String {
    let name = name.trim().trim_matches(['*', '_', '`', '<', '>', '"', '.']).trim();
    let name = name.strip_prefix("- ").unwrap_or(name);
    let alphabet = super::dialect::Alphabet::usual();
    let without = name.rsplit_once('(').and_then(|(before, rest)| {
        let inner = rest.strip_suffix(')')?;
        let Reading::Letters(held) = letters::read(inner, &alphabet) else { return None };
        (held.letters == [letter] && !before.trim().is_empty()).then(|| before.trim())
    });
    without.unwrap_or(name).to_owned()
}
