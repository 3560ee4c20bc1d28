//! Slips of one character that the parser meets only later: a space, a colon, quotes or braces that are missing.

use super::decode::shortened;
use super::syntax::Told;

/// A line of a text, without its indentation.
struct Line<'t> {
    /// Where it begins, behind the indentation.
    at: usize,
    words: &'t str,
}

/// What is told of a failure of the parser at a byte, where a slip is seen that leads to it.
pub(super) fn told(parser: &str, text: &str, at: usize) -> Option<Told> {
    let here = line_of(text, at)?;
    if parser.contains("found a tab") {
        return tab_below(text, at);
    }
    if parser.contains("mapping values are not allowed") {
        return dash(&here).or_else(|| second_key(&here, at)).or_else(|| above(text, &here));
    }
    let quoted = parser.contains("did not find expected key") && here.words.contains(": [") && at > here.at;
    quoted.then(|| text_after_bracket(&here, at)).flatten()
}

fn line_of(text: &str, at: usize) -> Option<Line<'_>> {
    let start = text.get(..at)?.rfind('\n').map_or(0, |end| end + 1);
    let line = text.get(start..)?.lines().next().unwrap_or_default();
    let words = line.trim_start_matches(' ');
    Some(Line { at: start + line.len() - words.len(), words: words.trim_end() })
}

fn say(at: usize, message: &str, help: String) -> Told {
    Told { message: message.to_owned(), at, help }
}

/// `-{ A: a }`, or another dash than the one of lists.
fn dash(line: &Line<'_>) -> Option<Told> {
    let first = line.words.chars().next()?;
    let rest = line.words.get(first.len_utf8()..)?;
    match first {
        '-' if rest.starts_with(['{', '[']) => {
            Some(say(line.at, "a hyphen without a space after it", format!("Write a space: `- {}`.", shortened(rest))))
        }
        '\u{2010}'..='\u{2015}' | '\u{2212}' if rest.starts_with([' ', '{', '[']) => {
            Some(say(line.at, "a dash that begins no item", "Write a hyphen, `-`, and a space after it.".to_owned()))
        }
        _ => None,
    }
}

/// Whose value is a text, in which a colon is part of it.
const TEXTS: [&str; 4] = ["title", "note", "description", "because"];

/// `b: title: B`: the first colon has a key behind it, and a value.
fn second_key(line: &Line<'_>, at: usize) -> Option<Told> {
    let (key, rest) = line.words.split_once(": ")?;
    let inner = rest.trim_start().split_once(": ")?.0;
    let is_key = |key: &str| !key.is_empty() && key.chars().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '-');
    let is_slip = is_key(key) && is_key(inner) && !TEXTS.contains(&key);
    let whole = format!("{key}: {{ {} }}", rest.trim());
    let help = format!("Write braces: `{}`; or put a text with a colon in it into quotes.", shortened(&whole));
    is_slip.then(|| say(at, "two keys in one line", help))
}

/// The line above lacks its colon, or the space behind it.
fn above(text: &str, line: &Line<'_>) -> Option<Told> {
    let before = text.get(..line.at)?.trim_end();
    let above = line_of(text, before.len().checked_sub(1)?)?;
    let is_key = |key: &str| !key.is_empty() && key.chars().all(|it| it.is_alphanumeric() || it == '-');
    if let Some((key, value)) = above.words.split_once(':').filter(|(key, value)| is_key(key) && value.starts_with(['{', '['])) {
        let help = format!("Write `{}`.", shortened(&format!("{key}: {value}")));
        return Some(say(above.at, "a colon without a space after it", help));
    }
    let version = above.words.strip_prefix("rasci ").filter(|version| version.bytes().all(|byte| byte.is_ascii_digit()));
    let help = |version: &str| format!("Write a colon after it: `rasci: {version}`.");
    version.map(|version| say(above.at, "a line that is neither a key with a colon nor part of a text", help(version)))
}

/// `title: [draft] Restore`.
fn text_after_bracket(line: &Line<'_>, at: usize) -> Option<Told> {
    let (key, value) = line.words.split_once(": ")?;
    let in_front = value.get(..(at - line.at).checked_sub(key.len() + 2)?)?.trim_end();
    let is_text = value.starts_with('[') && in_front.ends_with(']') && !value.contains(['"', '#', '{']);
    let help = format!("Put all of the text into quotes: `{}`.", shortened(&format!("{key}: \"{value}\"")));
    is_text.then(|| say(at, "text after a closing bracket", help))
}

/// A tab that indents a line below.
fn tab_below(text: &str, at: usize) -> Option<Told> {
    let tab = at + text.get(at..)?.find("\n\t")? + 1;
    Some(say(tab, "a tab in the indentation", "Write spaces: YAML indents with them alone.".to_owned()))
}
