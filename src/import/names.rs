//! The names in a cell under a letter: a list parted by commas, semicolons or lines, in which brackets stay whole.

use super::letters::{self, Reading};
use super::words;
use crate::document::Letter;

/// Splits a cell into names. `known` says whether a text is a name for itself: only then `A/B`, `A & B`, `A and B` are two.
pub(crate) fn split(text: &str, letter: Letter, known: &dyn Fn(&str) -> bool) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for part in listed(text) {
        let name = bare(&part, letter);
        let pieces: Vec<String> = joined(&name).into_iter().map(|piece| bare(&piece, letter)).collect();
        let pieces = if pieces.len() > 1 && pieces.iter().all(|piece| known(piece)) { pieces } else { vec![name] };
        for piece in pieces {
            if !piece.is_empty() && !words::is_nothing(&piece) && !names.contains(&piece) {
                names.push(piece);
            }
        }
    }
    names
}

/// The parts of a list, brackets whole.
fn listed(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut depth = 0_u32;
    for c in text.chars() {
        match c {
            '(' | '[' | '（' => depth += 1,
            ')' | ']' | '）' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && matches!(c, ',' | ';' | '\n' | '、' | '，' | '；' | '•' | '|') {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(c);
        }
    }
    parts.iter().map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

/// The parts of a name that may be two.
fn joined(name: &str) -> Vec<String> {
    let marked = ["/", " + ", "&", " and ", " und ", " et ", " y ", " e ", " и "]
        .iter()
        .fold(name.to_owned(), |name, mark| name.replace(mark, "\n"));
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
