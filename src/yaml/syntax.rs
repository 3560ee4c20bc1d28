//! What is said of a text that is no YAML: what the parser met, in words that say what to write.

use std::ops::Range;

use super::decode::shortened;
use super::slips;

/// What is wrong, the byte it is shown at, and what to write.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) message: String,
    pub(super) at: usize,
    pub(super) help: String,
}

/// What is told of a line that stands beside the items of a list and is none.
const ITEM_EXPECTED: (&str, &str) =
    ("an item of the list was expected here", "Begin the line with `- `, or indent it as far as the key that it belongs to.");

/// What the parser says, the words that stand for it, and what to write.
const WORDS: [(&str, &str, &str); 14] = [
    (
        "did not find expected key",
        "a key was expected here; the indentation or a comma is amiss",
        "Indent it as far as the keys that it stands beside: indentation says what belongs to what.",
    ),
    ("did not find expected '-' indicator", ITEM_EXPECTED.0, ITEM_EXPECTED.1),
    ("tabs disallowed", "a tab in the indentation", "Write spaces: YAML indents with them alone."),
    ("cannot start with a tab", "a tab in the indentation", "Write spaces: YAML indents with them alone."),
    ("misplaced bracket", "a bracket that closes nothing", "Take it out, or write the bracket that it closes."),
    (
        "unknown escape character",
        "a backslash in double quotes that stands for nothing",
        "Write `\\\\` for a backslash, or put the text into single quotes.",
    ),
    (
        "trailing content after double-quoted",
        "text after the closing quote",
        "Put all of the text into the quotes; a quote in it is written `\\\"`.",
    ),
    (
        "trailing content after single-quoted",
        "text after the closing quote",
        "Put all of the text into the quotes; an apostrophe in it is written twice: `'it''s'`.",
    ),
    (
        "while scanning a block scalar",
        "text beside the `|` or `>` that begins a text of several lines",
        "Begin the text on the next line, or put a text that begins with this character into quotes.",
    ),
    (
        "block sequence entries are not allowed",
        "a list that begins on the line of its key",
        "Begin the list on the next line, or write it in brackets: `[one, two]`.",
    ),
    ("only valid inside a block", "a hyphen before an item in brackets", "Leave it out: in brackets, commas part the items."),
    ("comments must be separated", "a `#` right behind other text", "Write a space before the `#` if a comment is meant."),
    ("<document start>", "a line above the document that begins with `%`", "Take it out: a model is a plain YAML document."),
    (
        "indentation in flow construct",
        "a line in brackets that is not indented",
        "Indent it further than the key that the brackets belong to.",
    ),
];

/// What is told of a failure of the parser at a byte of a text.
pub(super) fn told(parser: &str, text: &str, at: usize) -> Told {
    let say = |message: &str, help: String| Told { message: message.to_owned(), at, help };
    let here = text.get(at..).unwrap_or_default();
    let line = here.lines().next().unwrap_or_default();
    let before = text.get(..at).and_then(|before| before.rsplit('\n').next()).unwrap_or_default();
    if let Some((open, close)) = brackets(parser) {
        let right = if open == '[' { ']' } else { '}' };
        if let Some(close) = close {
            return say(&format!("`{open}` is closed by `{close}`"), format!("Write `{right}` where it ends, before `{close}`."));
        }
        let comment = line.match_indices(" #").find(|(at, _)| open_quote(line, *at).is_none());
        let is_hidden = comment.and_then(|(at, _)| line.get(at..)).is_some_and(|comment| comment.contains(right));
        let why = if is_hidden { "; the one in its line is part of a comment, which begins with `#`" } else { "" };
        return say(&format!("`{open}` is never closed"), format!("Write `{right}` where it ends{why}."));
    }
    let begins_text = ["unexpected character", "scanning an anchor or alias", "mapping keys are not allowed"];
    if let Some(first) = here.chars().next().filter(|_| begins_text.iter().any(|words| parser.contains(words))) {
        return match first {
            '@' | '`' | '%' | '&' | '*' | '?' => {
                let first = if first == '`' { "a backtick".to_owned() } else { format!("`{first}`") };
                let text = line.split(" #").next().unwrap_or(line).trim_end().replace('"', "\\\"");
                let whole = if shortened(&text) == text { format!(": `\"{text}\"`") } else { String::new() };
                say(&format!("a text cannot begin with {first}"), format!("Put the text into quotes{whole}."))
            }
            _ => {
                let at = at + line.find(|c: char| c.is_control() && c != '\t').unwrap_or(0);
                Told { at, ..say("a character that no text may hold", "Take it out; most editors can show it.".to_owned()) }
            }
        };
    }
    if parser.contains("multiline quoted") {
        let open = open_quote(text, at);
        let message = "a text in quotes that does not end, or goes on without indentation";
        let help = "Write the closing quote, or indent the lines that the text goes on in.";
        return Told { at: open.unwrap_or(at), ..say(message, help.to_owned()) };
    }
    let between = parser.contains("expected ',' or");
    let block = parser.contains("mapping values are not allowed");
    if let Some(told) = slips::told(parser, text, at) {
        return told;
    }
    if let Some(above) = without_colon(text, at).filter(|_| block) {
        let help = format!("Write a colon after it: `{}:`.", shortened(text.get(above.clone()).unwrap_or_default()));
        return Told { at: above.start, ..say("a line that is neither a key with a colon nor part of a text", help) };
    }
    if block || between && here.starts_with(':') && before.contains(": ") {
        if let Some((_, key)) = before.rsplit_once(": ").and_then(|(_, value)| value.trim().rsplit_once(' ')).filter(|_| !block) {
            let help = format!("Write a comma before `{key}` if that is a key; else put the whole text into quotes.");
            return say("a colon where no key can stand", help);
        }
        let help = "Put a text with a colon in it into quotes: `title: \"Team: by night\"`.";
        return say("a colon where no key can stand", help.to_owned());
    }
    if between {
        let help = "Write a comma between two entries, and the closing bracket after the last.";
        return say("a comma or a closing bracket was expected here, or above", help.to_owned());
    }
    if parser.contains("implicit flow mapping") && here.starts_with(',') {
        return say("a comma with nothing before it", "Take the comma out.".to_owned());
    }
    if parser.contains("simple key expect") {
        if line.starts_with(['{', '[']) && above(text, at).starts_with("- ") {
            return say(ITEM_EXPECTED.0, ITEM_EXPECTED.1.to_owned());
        }
        return key_without_colon(line, at);
    }
    if parser.contains("did not find expected '-' indicator") && here.starts_with("- ") {
        return say("an item that is indented further than those above it", "Indent it as far as they are.".to_owned());
    }
    let at = if parser.contains("unknown escape") { unknown_escape(here).map_or(at, |further| at + further) } else { at };
    match WORDS.iter().find(|(theirs, ..)| parser.contains(theirs)) {
        Some((_, message, help)) => Told { at, ..say(message, (*help).to_owned()) },
        None => say(parser, "The text stops being YAML here; what stands just before it is often the cause.".to_owned()),
    }
}

/// The brackets that the parser speaks of: which opens, and which closes it wrongly.
fn brackets(parser: &str) -> Option<(char, Option<char>)> {
    let mut quoted = parser.split('\'').skip(1).step_by(2).filter_map(|bracket| bracket.chars().next());
    if parser.starts_with("mismatched bracket") {
        Some((quoted.next()?, Some(quoted.next()?)))
    } else if parser.starts_with("unclosed bracket") {
        Some((quoted.next()?, None))
    } else {
        None
    }
}

fn key_without_colon(line: &str, at: usize) -> Told {
    let line = line.trim_end();
    if ["<<<<<<<", "=======", ">>>>>>>"].iter().any(|mark| line.starts_with(mark)) {
        let help = "Choose between the two versions, and take the marks out.".to_owned();
        return Told { message: "a mark of a merge that was not finished".to_owned(), at, help };
    }
    let close = line.split_once(':').filter(|(key, value)| !value.is_empty() && !key.contains(' '));
    let (message, help) = if let Some((key, value)) = close {
        ("a colon without a space after it", format!("Write `{}: {}`.", shortened(key), shortened(value)))
    } else {
        let help = "Write a colon after the key, and its value after a space: `title: Helpdesk`.";
        ("a line that is neither a key with a colon nor part of a text", help.to_owned())
    };
    Told { message: message.to_owned(), at, help }
}

/// The line above that of a byte, without its indentation.
fn above(text: &str, at: usize) -> &str {
    text.get(..at).and_then(|before| before.trim_end().lines().next_back()).unwrap_or_default().trim_start()
}

/// The line above a key that is read as one text with it, since it lacks its colon.
fn without_colon(text: &str, at: usize) -> Option<Range<usize>> {
    let key = text.get(..at)?.rfind('\n')? + 1;
    let above = text.get(..key)?.trim_end();
    let line = above.rfind('\n').map_or(0, |end| end + 1);
    let word = above.get(line..)?.trim_start();
    let is_key = !text.get(key..at)?.contains(": ")
        && word.contains(char::is_alphanumeric)
        && word.chars().all(|it| it.is_alphanumeric() || it == '-');
    is_key.then_some(above.len() - word.len()..above.len())
}

/// Where in a text in double quotes the first backslash stands that means nothing.
fn unknown_escape(quoted: &str) -> Option<usize> {
    let mut characters = quoted.char_indices();
    while let Some((at, character)) = characters.next() {
        if character == '\\' && !characters.next().is_some_and(|(_, next)| "0abtnvfre \"/\\N_LPxuU\t\n".contains(next)) {
            return Some(at);
        }
    }
    None
}

/// Where the quote stands that opens a text which does not end before this byte.
fn open_quote(text: &str, at: usize) -> Option<usize> {
    let above = text.get(..at)?.trim_end();
    let start = above.rfind('\n').map_or(0, |end| end + 1);
    let line = above.get(start..)?;
    let mut open: Option<(usize, char)> = None;
    let mut last = ' ';
    for (nth, character) in line.char_indices() {
        match (open, character) {
            (None, '"' | '\'') if matches!(last, ' ' | '[' | '{' | ',') => open = Some((nth, character)),
            (Some((_, quote)), character) if quote == character => open = None,
            _ => {}
        }
        last = character;
    }
    open.map(|(nth, _)| start + nth)
}

/// The bytes that are underlined: the character at a byte, or nothing at the end of a line.
pub(super) fn underlined(text: &str, at: usize) -> Range<usize> {
    let first = text.get(at..).and_then(|rest| rest.chars().next()).filter(|first| *first != '\n');
    at..first.map_or(at, |first| at + first.len_utf8())
}
