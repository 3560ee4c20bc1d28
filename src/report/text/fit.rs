//! Lines that fit into a terminal: broken between words, and going on beneath where their last column began.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Narrower than this no terminal is taken to be.
const NARROWEST: usize = 20;
/// What begins no line of a script without spaces.
const NOT_FIRST: &str = "、。，．：；！？）］｝〉》」』】〕ーゝ々ぁぃぅぇぉっゃゅょァィゥェォッャュョ";
/// What ends none.
const NOT_LAST: &str = "（［｛〈《「『【〔";

/// The same text in lines no wider than a terminal of this width, counted in its columns; as it is without a width.
///
/// A line goes on beneath its last column, where there is room for that; else a little further in than it began. Only a
/// word that is wider than the terminal is broken; scripts without spaces are broken between characters.
///
/// ```
/// use rasci::report::text::fitted;
///
/// let text = "  title  Restore the service at night\n  note   復旧作業は必ず二名で行う\n";
/// let lines = "  title  Restore the service\n         at night\n  note   復旧作業は必ず二名で\n         行う\n";
/// assert_eq!(fitted(text, Some(30)), lines);
/// assert_eq!(fitted(text, None), text);
/// ```
#[must_use]
pub fn fitted(text: &str, width: Option<usize>) -> String {
    let Some(width) = width.map(|width| width.max(NARROWEST)) else { return text.to_owned() };
    let fit = |line: &str| if line.width() <= width { line.to_owned() } else { broken(line, width) };
    text.split('\n').map(fit).collect::<Vec<_>>().join("\n")
}

fn broken(line: &str, width: usize) -> String {
    let begins = line.len() - line.trim_start().len();
    let indent = " ".repeat(further_in(line, begins, width));
    let (first, rest) = line.split_at(begins);
    let mut lines = vec![first.to_owned()];
    for word in words(rest) {
        let used = |lines: &[String]| lines.last().map_or(0, |last| last.width());
        if used(&lines) + word.trim_end().width() > width && lines.last().is_some_and(|last| !last.trim().is_empty()) {
            lines.push(indent.clone());
        }
        // A word that no line can hold is broken where this one ends. What fits is never: signs that are joined to one are
        // narrower together than each by itself.
        let fits = used(&lines) + word.trim_end().width() <= width;
        for character in word.chars() {
            if !fits && character != ' ' && used(&lines) + character.width().unwrap_or(0) > width {
                lines.push(indent.clone());
            }
            lines.last_mut().into_iter().for_each(|last| last.push(character));
        }
    }
    lines.iter().map(|line| line.trim_end()).collect::<Vec<_>>().join("\n")
}

/// How far in a line goes on: beneath its last column that leaves two thirds of the terminal, and each word in one piece.
fn further_in(line: &str, begins: usize, width: usize) -> usize {
    let widest = words(line.trim_start()).iter().map(|word| word.trim_end().width()).max().unwrap_or(0);
    let columns = line.match_indices("  ").map(|(at, _)| at + 2).filter(|at| *at > begins);
    let columns = columns.filter_map(|at| line.get(at..)).map(|rest| line.width() - rest.trim_start().width());
    let columns = columns.filter(|at| *at <= width / 3 && at + widest <= width);
    let number = |word: &&str| word.strip_suffix('.').is_some_and(|number| number.parse::<usize>().is_ok());
    let mark = line.split_whitespace().next().filter(|word| matches!(*word, "-" | "+") || number(word));
    columns.last().unwrap_or(begins + mark.map_or(2, |mark| mark.len() + 1)).min(width / 2)
}

/// The words of a line, each with the space behind it; wide characters stand for themselves.
fn words(line: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = line;
    let characters = line.char_indices().zip(line.chars().skip(1));
    let mut from = 0;
    for ((at, one), next) in characters {
        let wide = |character: char| character.width() == Some(2) && !is_skin(character);
        let between = (wide(one) || wide(next)) && next.width() != Some(0) && !is_skin(next) && one != JOINER;
        let allowed = !NOT_FIRST.contains(next) && !NOT_LAST.contains(one);
        if next != ' ' && (one == ' ' || (between && allowed)) {
            let (word, behind) = rest.split_at_checked(at + one.len_utf8() - from).unwrap_or((rest, ""));
            words.push(word);
            (rest, from) = (behind, at + one.len_utf8());
        }
    }
    words.push(rest);
    words
}

/// Joins the parts of an emoji.
const JOINER: char = '\u{200d}';

/// The colour of the skin of the emoji before it.
fn is_skin(character: char) -> bool {
    matches!(character, '\u{1f3fb}'..='\u{1f3ff}')
}
