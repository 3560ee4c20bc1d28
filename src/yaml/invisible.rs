//! Characters that nobody sees and YAML takes for letters: spaces that are none to it, marks without a width. In a title they may be
//! meant; beside a key, in a name, or as indentation they never are, and what follows from them tells nobody why.

use std::collections::VecDeque;
use std::ops::Range;

use super::decode::Decoder;
use super::nodes::Node;
use super::{NodeId, Tree};
use crate::diagnostic::{Diagnostic, Diagnostics, Edit, ErrorKind, Mend};
use crate::source::{Span, to_u32};

/// A character that nobody sees: what it is called, and whether it looks like a space.
fn called(character: char) -> Option<(&'static str, bool)> {
    Some(match character {
        '\u{a0}' => ("a no-break space", true),
        '\u{2007}' => ("a figure space", true),
        '\u{202f}' => ("a narrow no-break space", true),
        '\u{3000}' => ("an ideographic space", true),
        '\u{1680}' | '\u{2000}'..='\u{2006}' | '\u{2008}'..='\u{200a}' | '\u{205f}' => ("a typographic space", true),
        '\u{85}' | '\u{2028}' | '\u{2029}' => ("a line break that YAML does not know", false),
        '\u{ad}' => ("a soft hyphen", false),
        '\u{200b}' => ("a zero-width space", false),
        '\u{200c}' | '\u{200d}' | '\u{2060}' => ("a zero-width mark", false),
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            ("an invisible mark of direction", false)
        }
        '\u{feff}' => ("a byte order mark", false),
        _ => return None,
    })
}

fn is_invisible(character: char) -> bool {
    called(character).is_some()
}

/// Whether some character of a text cannot be seen.
fn is_hidden_in(text: &str) -> bool {
    !text.is_ascii() && text.contains(is_invisible)
}

/// Whether the first or the last character of a text cannot be seen, or the one behind a hyphen that begins it.
pub(super) fn is_hidden_beside(text: &str) -> bool {
    !text.is_ascii() && (text.strip_prefix('-').unwrap_or(text).starts_with(is_invisible) || text.ends_with(is_invisible))
}

/// What to write for a name that is not known, where something stands in it that nobody sees.
pub(super) fn hidden_words(name: &str) -> Option<String> {
    let hidden = if name.is_ascii() { None } else { name.chars().find(|character| is_invisible(*character)) }?;
    let (what, _) = called(hidden)?;
    Some(format!("In it stands {what} (U+{:04X}), which cannot be seen: take that out.", u32::from(hidden)))
}

/// What is said of one that stands at some byte: the message, what to write, and the bytes of it and its like beside it.
pub(super) struct Found {
    pub(super) message: String,
    pub(super) help: &'static str,
    pub(super) bytes: Range<usize>,
    /// What may be written in its place without asking.
    instead: Option<String>,
}

/// The first that stands in these bytes of a text.
pub(super) fn first_in(text: &str, bytes: Range<usize>) -> Option<Found> {
    let start = bytes.start;
    let inside = text.get(bytes.clone())?;
    let (nth, character) = inside.char_indices().find(|(_, character)| is_invisible(*character))?;
    let (name, is_space) = called(character)?;
    let at = start + nth;
    let rest = text.get(at..)?;
    let end = at + rest.find(|c| !is_invisible(c)).unwrap_or(rest.len());
    let before = text.get(..at)?.rsplit('\n').next().unwrap_or_default();
    let is_edge = nth == 0 || end >= bytes.end;
    let (place, in_place) = match before.chars().next_back() {
        _ if before.chars().all(|c| c == ' ' || is_invisible(c)) => ("in the indentation", true),
        Some(':') => ("after a colon", true),
        Some('-') if before.trim_start() == "-" => ("after the hyphen of an item", true),
        _ if is_edge => ("beside a name", true),
        _ => ("in a name", false),
    };
    let spaces: String =
        rest.chars().take_while(|c| is_invisible(*c)).filter_map(called).filter(|it| it.1).map(|_| ' ').collect();
    let help = match (place, is_space) {
        ("in the indentation", true) => "Write plain spaces: YAML indents with them alone.",
        (_, true) if in_place => "Write a plain space: YAML knows no other.",
        _ => "Take it out; retype the word if it cannot be seen.",
    };
    Some(Found {
        message: format!("{name} (U+{:04X}) {place}", u32::from(character)),
        help,
        bytes: at..end,
        instead: in_place.then_some(spaces),
    })
}

impl Found {
    fn diagnostic(self, text: &Tree<'_>) -> Diagnostic {
        let span = Span::new(text.source, to_u32(self.bytes.start), to_u32(self.bytes.end));
        let told = Diagnostic::error(ErrorKind::Syntax, span, self.message).help(self.help);
        match self.instead {
            None => told,
            Some(replacement) => {
                let title = if replacement.is_empty() { "take it out" } else { "write plain spaces" };
                told.mend(Mend::certain(title, vec![Edit { span, replacement }]))
            }
        }
    }
}

impl Tree<'_> {
    /// Reports every key in which one stands, and whether there is any: then the text is not what its author sees, and its
    /// parts are not where they seem to be.
    pub(crate) fn refuse_invisible_keys(&self, sink: &mut Diagnostics) -> bool {
        if !is_hidden_in(self.text) {
            return false;
        }
        let mut found = false;
        // In the order of the text, level by level: of very many the first are told.
        let mut open = VecDeque::from([Self::ROOT]);
        while let Some(node) = open.pop_front() {
            let is_map = self.kind(node) == super::nodes::Kind::Map;
            for (nth, child) in self.children(node).enumerate() {
                let told = if is_map && nth % 2 == 0 { self.hidden_in(child) } else { None };
                found |= told.is_some();
                if let Some(told) = told {
                    sink.push(told);
                }
                if self.holds_nodes(child) {
                    open.push_back(child);
                }
            }
        }
        found
    }

    /// What is told of the first that stands in a scalar in one line, of which it is part as it is written.
    pub(super) fn hidden_in(&self, id: NodeId) -> Option<Diagnostic> {
        let Node { start, end, .. } = self.node(id);
        let bytes = start as usize..end as usize;
        let is_line = !self.holds_nodes(id) && self.text.get(bytes.clone()).is_some_and(|text| !text.contains('\n'));
        first_in(self.text, bytes).filter(|_| is_line).map(|found| found.diagnostic(self))
    }
}

impl Decoder<'_, '_> {
    /// Reports that one stands in a name, or at the ends of a text, where it does.
    pub(crate) fn reports_hidden(&mut self, node: NodeId, text: &str) -> bool {
        let told = if is_hidden_in(text) { self.tree.hidden_in(node) } else { None };
        told.map(|told| self.report(told)).is_some()
    }
}

/// What is told of a text that is no YAML, where one stands beside what parts its entries in the line where reading stopped or in
/// the one above.
pub(super) fn at_stop(text: &str, stop: usize) -> Option<Found> {
    if !is_hidden_in(text) {
        return None;
    }
    let line_at = |at: usize| -> Option<Range<usize>> {
        let start = text.get(..at)?.rfind('\n').map_or(0, |end| end + 1);
        Some(start..start + text.get(start..)?.lines().next().unwrap_or_default().len())
    };
    let here = line_at(stop)?;
    if text.get(stop..)?.starts_with(is_invisible) {
        return first_in(text, stop..here.end);
    }
    let above = text.get(..here.start)?.trim_end_matches(['\n', '\r', ' ']);
    let above = above.chars().next_back().and_then(|last| line_at(above.len() - last.len_utf8()));
    above.into_iter().chain([here]).find_map(|line| {
        let words = text.get(line.clone())?;
        let (nth, _) = words.char_indices().find(|(nth, c)| is_invisible(*c) && parts_entries(words, *nth))?;
        first_in(text, line.start + nth..line.end)
    })
}

/// Whether the character at a byte of a line stands beside what parts entries: at the beginning, behind a key and its colon, behind
/// the hyphen of an item, or beside a bracket or a comma. Not in quotes, nor in a comment.
fn parts_entries(line: &str, at: usize) -> bool {
    let before = line.get(..at).unwrap_or_default();
    let after = line.get(at..).unwrap_or_default().trim_start_matches(is_invisible);
    let entry = before.rsplit(['{', '[', ',']).next().unwrap_or(before).trim_start_matches([' ', '-']);
    let is_word = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || "-/+".contains(c));
    let by_colon = entry.strip_suffix(':').is_some_and(is_word) || after.starts_with(':') && is_word(entry);
    let begins = matches!(before.trim_matches(|c| c == ' ' || is_invisible(c)), "" | "-");
    let beside = before.ends_with(['{', '[', ',', '}', ']']) || after.starts_with(['}', ']', ',']);
    (by_colon || begins || beside) && !before.contains(['"', '\'', '#'])
}
