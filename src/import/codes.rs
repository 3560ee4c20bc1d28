//! Short forms of names, and the names they stand for: a code beside a name in a table, or in a line of text. Whether a
//! code is a party's is for the matrix to say.

use super::lanes::LaneRow;
use super::sheet::{CellId, Page};
use super::words::{self, Head};

/// The name that a code stands for.
#[derive(Debug, Clone)]
pub(crate) struct Named {
    pub(crate) name: String,
    /// The two cells, where it is in a table.
    pub(crate) cells: Vec<CellId>,
    /// Whether the file calls the code an id.
    pub(crate) is_id: bool,
}

/// Codes beside names in the rows of a table, in this order or the other.
pub(crate) fn in_rows(rows: &[LaneRow], page: &Page) -> Vec<(String, Named)> {
    let pairs: Vec<(CellId, CellId)> = rows.iter().filter_map(pair).collect();
    let Some((first, rest)) = pairs.split_first() else { return Vec::new() };
    let text = |id: CellId| page.text(Some(id));
    let told = |id: CellId| words::head(text(id));
    // What the heads call so is a code and a name, whatever they look like.
    let is_id = words::is_id_head(text(first.0)) && told(first.0) != Some(Head::Code);
    let headed = (is_id || told(first.0) == Some(Head::Code)) && told(first.1) == Some(Head::Party);
    // Beside a column that is called one of codes, what each means is its name.
    let coded = |id: CellId| told(id) == Some(Head::Code);
    let described = |id: CellId, code: CellId| told(id) == Some(Head::Note) && !coded(code);
    let count = |of: fn(&(CellId, CellId)) -> CellId| pairs.iter().filter(|pair| is_code(text(of(pair)))).count();
    // A column of codes is mostly codes: a short name beside what it does is none.
    let mostly = |codes: usize| codes * 2 >= rest.len().max(1);
    let (before, after) = (mostly(count(|pair| pair.0)), mostly(count(|pair| pair.1)));
    let mut found = Vec::new();
    for pair in if headed { rest } else { &pairs } {
        let (a, b) = (text(pair.0), text(pair.1));
        let shorter = |code: &str, name: &str| is_code(code) && code.chars().count() < name.chars().count();
        let (code, name) = if headed || (before && !described(first.1, first.0) && shorter(a, b)) {
            (a, b)
        } else if after && !described(first.0, first.1) && shorter(b, a) {
            (b, a)
        } else {
            continue;
        };
        let cells = vec![pair.0, pair.1];
        found.push((code.to_owned(), Named { name: name.replace('\n', " "), cells, is_id: headed && is_id }));
    }
    found
}

/// The first two cells of a row.
fn pair(row: &LaneRow) -> Option<(CellId, CellId)> {
    match row.filled().as_slice() {
        [(_, first), (_, second), ..] => Some((*first, *second)),
        _ => None,
    }
}

/// Whether a text can be the short form of a name: a few letters, most of them capitals.
fn is_code(text: &str) -> bool {
    let text = text.trim();
    let capitals = text.chars().filter(|c| c.is_uppercase() || c.is_numeric()).count();
    let length = text.chars().count();
    (2..=8).contains(&length) && !text.contains(char::is_whitespace) && capitals * 2 >= length && capitals > 0
}

/// Names with their codes in a line: `Project Sponsor (PS)`, `PS (Project Sponsor)`, `PS: Project Sponsor`.
pub(crate) fn in_line(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (start, _) in text.match_indices('(') {
        let Some(inner) = text.get(start + 1..).and_then(|rest| rest.split(')').next()) else { continue };
        let before = text.get(..start).unwrap_or("");
        let name = before.rsplit(['.', ',', ';', ':', '*', '•', '|', ')']).next().unwrap_or(before).trim();
        if is_code(inner) && is_name(name) && name.chars().any(char::is_uppercase) {
            found.push((inner.trim().to_owned(), name.to_owned()));
        } else if is_code(name) && is_name(inner) {
            found.push((name.to_owned(), inner.trim().to_owned()));
        }
    }
    found.extend(explained(text));
    // Several in one line, perhaps after a word for all: `Roles: PS = Project Sponsor, PM = Project Manager`.
    let listed = text.split_once(':').map_or(text, |(_, rest)| rest);
    let parts: Vec<(String, String)> = listed.split([',', ';', '|', '·']).filter_map(explained).collect();
    if parts.len() > 1 {
        found.extend(parts);
    }
    found
}

/// A code, a sign and its name: `PS: Project Sponsor, who pays`.
fn explained(text: &str) -> Option<(String, String)> {
    let (code, name) = text.split_once([':', '=', '–', '—']).or_else(|| text.split_once(" - "))?;
    let code = code.trim().trim_matches(['*', '`', '-', '•', ' ']);
    let name = name.split([',', ';', '(', '–', '—']).next()?.split(". ").next()?.trim();
    // The dot of a sentence goes, that of an initial stays.
    let initial = name.trim_end_matches('.').ends_with(char::is_uppercase);
    let name = if initial { name } else { name.trim_end_matches('.') };
    (is_code(code) && is_name(name)).then(|| (code.to_owned(), name.to_owned()))
}

fn is_name(text: &str) -> bool {
    (1..=5).contains(&text.split_whitespace().count()) && !text.contains('@') && !text.contains("//")
}
