//! Text in a drawing: escaped, and in lines that fit by an estimate, for the font is that of whoever looks.

use std::fmt::Write;

/// So much wider a text is where it is bold.
pub(in crate::report) const BOLD: f64 = 1.15;

/// How wide a text is at a size, on average over the fonts that people have: a little more than it is.
pub(in crate::report) fn width(text: &str, size: f64) -> f64 {
    let one = |character: char| match character {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | '(' | ')' => 0.34,
        'm' | 'w' | 'M' | 'W' | '@' => 0.9,
        ' ' => 0.33,
        'A'..='Z' | '0'..='9' => 0.67,
        character if character.is_ascii() => 0.56,
        character if u32::from(character) < 0x1100 => 0.6,
        _ => 1.05,
    };
    text.chars().map(one).sum::<f64>() * size
}

/// The words of a text in lines of this width at most; a word that is longer is broken.
pub(in crate::report) fn lines(text: &str, size: f64, most: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let joined = lines.last().map(|last| format!("{last} {word}")).filter(|line| width(line, size) <= most);
        match joined {
            Some(joined) => drop(lines.pop().map(|_| lines.push(joined))),
            None => lines.extend(broken(word, size, most)),
        }
    }
    if lines.is_empty() { vec![String::new()] } else { lines }
}

/// A word in pieces that fit, after a hyphen where there is one.
fn broken(word: &str, size: f64, most: f64) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for part in word.split_inclusive('-') {
        let fits = |piece: &String| width(&format!("{piece}{part}"), size) <= most;
        match pieces.last_mut().filter(|piece| fits(piece)) {
            Some(piece) => piece.push_str(part),
            None => {
                for character in part.chars() {
                    let full = pieces.last().is_none_or(|piece| width(&format!("{piece}{character}"), size) > most);
                    if full || (pieces.last().is_some_and(|piece| piece.ends_with('-')) && part.starts_with(character)) {
                        pieces.push(String::new());
                    }
                    pieces.last_mut().into_iter().for_each(|piece| piece.push(character));
                }
            }
        }
    }
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

/// Text that is only text in XML; characters that XML cannot hold are replaced.
pub(in crate::report) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '"' => escaped.push_str("&quot;"),
            '\n' | '\t' | '\r' => escaped.push(' '),
            character if character.is_control() || matches!(character, '\u{fffe}' | '\u{ffff}') => escaped.push('\u{fffd}'),
            character => escaped.push(character),
        }
    }
    escaped
}

/// Writes a line of text.
pub(in crate::report) fn line(out: &mut String, class: &str, x: f64, y: f64, text: &str) {
    let _ = writeln!(out, r#"<text class="{class}" x="{x:.1}" y="{y:.1}">{}</text>"#, escaped(text));
}
