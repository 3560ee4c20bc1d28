//! Where in a document a cursor stands: the keys and lists around it, from the text alone.
//!
//! Only the lines that the cursor lies in are looked at: those above it that are indented less, each in turn. Whatever
//! else is broken at the moment does not matter, and a long document costs no more than a short one.

use std::ops::Range;

use super::text::Text;
use crate::diagnostic::Diagnostics;
use crate::policy::Limits;
use crate::source::SourceId;
use crate::yaml::{NodeId, Shape, TextLimits, Tree};

/// Where a cursor stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// The keys and lists around it, the outermost first.
    pub(super) path: Vec<Step>,
    /// Whether a key is expected here, rather than a value.
    pub(super) key: bool,
    /// Whether nothing but a list's hyphen stands before it on its line: a value may also begin a map.
    pub(super) begins: bool,
    /// The keys, or list items, that stand beside it already.
    pub(super) beside: Vec<String>,
    /// The bytes of the word around it.
    pub(super) word: Range<usize>,
    /// Whether the word is in quotes.
    pub(super) quoted: bool,
}

/// One step from the whole document towards a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    Key(String),
    Item,
}

/// What stands for the word at the cursor: no text of a model.
const HERE: &str = "\u{10ffff}";

impl Place {
    /// Where a byte of a text lies; none within a comment or free text, or where the lines around it cannot be read.
    pub(super) fn at(text: &Text, offset: usize) -> Option<Self> {
        let word = word(text.text(), offset);
        let line = text.line(text.line_of(offset));
        let before = text.text().get(line.start..word.start)?;
        let quoted = before.ends_with(['"', '\'']);
        let before = if quoted { before.get(..before.len() - 1)? } else { before };
        if !quoted && !before.is_empty() && !before.ends_with([' ', '\t', '[', '{', ',']) {
            return None;
        }
        let begins = before.trim_start_matches([' ', '-']).is_empty();
        let around = around(text, text.line_of(offset), before);
        let end = closers(&around);
        let (path, key, mut beside) =
            find(&format!("{around}{HERE} {end}")).or_else(|| find(&format!("{around}{HERE}: {end}")))?;
        if begins {
            beside.extend(siblings(text, text.line_of(offset), before));
        }
        Some(Self { path, key, begins, beside, word, quoted })
    }
}

/// The bytes of the word that a byte lies in, touches or would begin.
pub(super) fn word(text: &str, offset: usize) -> Range<usize> {
    let part = |c: &char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '$' | '/' | '+');
    let length = |characters: &mut dyn Iterator<Item = char>| characters.take_while(part).map(char::len_utf8).sum::<usize>();
    let start = offset - text.get(..offset).map_or(0, |before| length(&mut before.chars().rev()));
    let end = offset + text.get(offset..).map_or(0, |after| length(&mut after.chars()));
    start..end
}

/// The lines that a place lies in, and what stands before it on its own.
fn around(text: &Text, line: usize, before: &str) -> String {
    let mut lines: Vec<usize> = Vec::new();
    let (mut indent, mut item) = (indent(before), before.trim_start().starts_with('-'));
    for above in (0..line).rev() {
        let Some(content) = text.text().get(text.line(above)) else { continue };
        let start = content.trim_start();
        if start.is_empty() || start.starts_with('#') {
            continue;
        }
        let (its_indent, its_item) = (self::indent(content), start.starts_with("- ") || start == "-");
        // A list may stand as far to the left as the key that it belongs to.
        if its_indent < indent || its_indent == indent && item && !its_item {
            lines.push(above);
            (indent, item) = (its_indent, its_item);
            if indent == 0 && !item {
                break;
            }
        }
    }
    lines.reverse();
    let mut around = String::new();
    for above in lines {
        let content = text.text().get(text.line(above)).unwrap_or_default();
        if !closers(content).is_empty() {
            // What is open in brackets goes on to the cursor, whatever the indentation.
            let from = text.line(above).start;
            let to = text.line(line).start;
            around.push_str(text.text().get(from..to).unwrap_or_default());
            break;
        }
        around.push_str(content);
        around.push('\n');
    }
    around.push_str(before);
    around
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

/// What would close the brackets and braces that are open at the end of a text, the innermost first.
fn closers(text: &str) -> String {
    let mut open: Vec<char> = Vec::new();
    let (mut quote, mut comment, mut last) = (None, false, '\n');
    for character in text.chars() {
        let begins = matches!(last, ' ' | '\t' | '\n' | '\r' | '[' | '{' | ',' | ':');
        match (quote, character) {
            (_, '\n' | '\r') => comment = false,
            _ if comment => {}
            (Some(closing), character) => quote = (closing != character).then_some(closing),
            (None, '#') if last.is_whitespace() => comment = true,
            (None, '"' | '\'') if begins => quote = Some(character),
            (None, '[') if begins => open.push(']'),
            (None, '{') if begins => open.push('}'),
            (None, ']' | '}') => drop(open.pop()),
            _ => {}
        }
        last = character;
    }
    open.into_iter().rev().collect()
}

/// Where the word stands in the tree of these lines: the path, whether as a key, and what stands beside it.
fn find(lines: &str) -> Option<(Vec<Step>, bool, Vec<String>)> {
    let Limits { nodes, nesting, .. } = Limits::default();
    let (tree, _) = Tree::parse_so_far(lines, SourceId::default(), TextLimits { nodes, nesting }, &mut Diagnostics::default());
    let mut path = Vec::new();
    let mut node = Tree::ROOT;
    loop {
        match tree.shape(node) {
            Shape::Text(text, _) => return (text == HERE).then_some((path, false, Vec::new())),
            Shape::List => {
                let items: Vec<NodeId> = tree.children(node).collect();
                node = *items.last()?;
                path.push(Step::Item);
                if is_here(&tree, node) {
                    return Some((path, false, texts(&tree, items.into_iter())));
                }
            }
            Shape::Map => {
                let children: Vec<NodeId> = tree.children(node).collect();
                let keys = children.iter().copied().step_by(2);
                let (last, value) = match children.as_slice() {
                    [.., key, value] if children.len().is_multiple_of(2) => (*key, Some(*value)),
                    [.., key] => (*key, None),
                    [] => return None,
                };
                if is_here(&tree, last) {
                    return Some((path, true, texts(&tree, keys)));
                }
                path.push(Step::Key(text(&tree, last)?));
                node = value?;
            }
            Shape::Nothing | Shape::Refused => return None,
        }
    }
}

fn is_here(tree: &Tree<'_>, node: NodeId) -> bool {
    matches!(tree.shape(node), Shape::Text(text, _) if text == HERE)
}

fn text(tree: &Tree<'_>, node: NodeId) -> Option<String> {
    match tree.shape(node) {
        Shape::Text(text, _) => Some(text.into_owned()),
        _ => None,
    }
}

fn texts(tree: &Tree<'_>, nodes: impl Iterator<Item = NodeId>) -> Vec<String> {
    nodes.filter_map(|node| text(tree, node)).filter(|text| text != HERE).collect()
}

/// The keys that stand on lines of their own beside this one: as far to the right, with nothing further left between.
fn siblings(text: &Text, line: usize, before: &str) -> Vec<String> {
    let column = before.len();
    let key = |content: &str, at: usize| {
        let rest = content.get(at..)?;
        let (key, _) = rest.split_once(':')?;
        (!key.is_empty() && !key.contains([' ', '"', '\'', '#', '{', '['])).then(|| key.to_owned())
    };
    // `- ` before a key counts as indentation: the keys after it are beside the first.
    let width = |content: &str| content.len() - content.trim_start_matches([' ', '-']).len();
    let mut found = Vec::new();
    let mut look = |line: usize, up: bool| -> bool {
        let content = text.text().get(text.line(line)).unwrap_or_default();
        if content.trim().is_empty() || content.trim_start().starts_with('#') || indent(content) > column {
            return true;
        }
        let begins_item = content.trim_start().starts_with('-') && width(content) == column;
        if indent(content) < column && !(begins_item && up) {
            return false;
        }
        found.extend(key(content, column));
        !begins_item
    };
    // The item that this line begins has nothing above it.
    if !before.trim_start().starts_with('-') {
        let _ = (0..line).rev().take_while(|above| look(*above, true)).count();
    }
    let last = text.line_of(text.text().len());
    let _ = (line + 1..=last).take_while(|below| look(*below, false)).count();
    found
}
