//! A text as what is to be written: its entries, each with the comments and blank lines that belong to it.
//!
//! A comment at the end of a line belongs to the entry that ends, or whose body begins, in that line. Comments on lines
//! of their own belong to the entry below; after the last entry, to the list or map that they are indented with.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::lines::Lines;
use super::order::Kind;
use super::spoken::{Spoken, by_entry};
use crate::source::Span;
use crate::yaml::{Comment, NodeId, Shape, Tree};

/// What stands in an entry.
#[derive(Debug)]
pub(super) enum Value<'t> {
    Nothing,
    Scalar(Scalar<'t>),
    Many(Collection<'t>),
}

/// A scalar: as it is written, and what it says.
#[derive(Debug)]
pub(super) struct Scalar<'t> {
    pub(super) raw: &'t str,
    pub(super) text: Cow<'t, str>,
}

/// A list or map.
#[derive(Debug)]
pub(super) struct Collection<'t> {
    pub(super) kind: Kind,
    pub(super) map: bool,
    /// Whether it is written in brackets or braces.
    pub(super) brackets: bool,
    pub(super) entries: Vec<Entry<'t>>,
    /// The comments after the last entry.
    pub(super) below: Vec<Remark<'t>>,
}

/// An item of a list, or a key of a map with its value.
#[derive(Debug)]
pub(super) struct Entry<'t> {
    /// The comments on the lines above.
    pub(super) above: Vec<Remark<'t>>,
    /// Whether a blank line stands before it, below those comments.
    pub(super) blank: bool,
    /// The key; none of an item.
    pub(super) key: Option<Scalar<'t>>,
    pub(super) value: Value<'t>,
    /// The comment at the end of its line.
    pub(super) beside: Option<Beside<'t>>,
}

/// A comment on a line of its own.
#[derive(Debug)]
pub(super) struct Remark<'t> {
    pub(super) text: &'t str,
    /// Whether a blank line stands before it.
    pub(super) blank: bool,
}

/// A comment at the end of a line.
#[derive(Debug)]
pub(super) struct Beside<'t> {
    pub(super) text: &'t str,
    /// The column it stands in, from 0.
    pub(super) column: usize,
}

/// Reads a tree, with the comments between its nodes.
pub(super) struct Reader<'r, 't> {
    text: &'t str,
    lines: Lines<'t>,
    tree: &'r Tree<'t>,
    /// Those that are no suppressions at an end of a line.
    comments: std::iter::Peekable<std::vec::IntoIter<Comment>>,
    /// Those that are, by the entry that they speak of.
    suppressions: HashMap<Span, Vec<Comment>>,
    /// Where every comment begins.
    hashes: Vec<usize>,
}

impl<'r, 't> Reader<'r, 't> {
    pub(super) fn new(text: &'t str, tree: &'r Tree<'t>, mut comments: Vec<Comment>, spoken: &[Spoken]) -> Self {
        let hashes = comments.iter().map(|comment| comment.span.start as usize).collect();
        let suppressions = by_entry(spoken);
        let apart: HashSet<u32> = suppressions.values().flatten().map(|comment| comment.span.start).collect();
        comments.retain(|comment| !apart.contains(&comment.span.start));
        Self { text, lines: Lines::of(text), tree, hashes, comments: comments.into_iter().peekable(), suppressions }
    }

    /// The whole document, as the value of an entry that has no key.
    pub(super) fn document(mut self) -> Entry<'t> {
        let root = Tree::ROOT;
        let keys: Vec<NodeId> = self.tree.children(root).step_by(2).collect();
        let names = keys.iter().filter_map(|key| match self.tree.shape(*key) {
            Shape::Text(text, _) => Some(text),
            _ => None,
        });
        let names: Vec<Cow<'t, str>> = names.collect();
        let kind = Kind::of_root(names.iter().map(AsRef::as_ref));
        // The comments before the first key are that key's.
        let mut entry = Entry { above: Vec::new(), blank: false, key: None, value: Value::Nothing, beside: None };
        self.value(&mut entry, root, kind, None);
        let rest = self.remarks_until(usize::MAX);
        match &mut entry.value {
            Value::Many(many) => many.below.extend(rest),
            _ => entry.above.extend(rest),
        }
        entry
    }

    /// Reads the value of an entry, and the comments that belong to both. `next` is where the text goes on after it.
    fn value(&mut self, entry: &mut Entry<'t>, node: NodeId, kind: Kind, next: Option<usize>) {
        let Span { start, end, .. } = self.tree.span(node);
        let (start, end) = (start as usize, end as usize);
        let written = self.text.get(start..end).unwrap_or("");
        let brackets = self.tree.in_brackets(node);
        match self.tree.shape(node) {
            Shape::Text(text, plain) => {
                self.before_value(entry, start);
                let header = if plain { None } else { self.header_before(start) };
                let raw = header.and_then(|header| self.text.get(header..end)).unwrap_or(written);
                entry.value = Value::Scalar(Scalar { raw, text });
                if header.is_none() {
                    self.beside_end(entry, end, next);
                }
            }
            shape @ (Shape::List | Shape::Map) if brackets => {
                self.before_value(entry, start);
                let line = self.lines.end(start);
                let first = self.tree.children(node).next().map_or(end, |child| self.tree.span(child).start as usize);
                self.beside(entry, |comment| comment < line && comment < first);
                let mut many = self.entries(node, kind, shape == Shape::Map, Some(end));
                many.below.extend(self.remarks_until(end));
                let beside = entry.beside.take();
                self.beside_end(entry, end, next);
                // Of a comment behind each bracket, the second goes to the end.
                if let Some(beside) = beside {
                    let second = entry.beside.replace(beside);
                    many.below.extend(second.map(|second| Remark { text: second.text, blank: false }));
                }
                // What is empty has no lines to put a comment between.
                if many.entries.is_empty() {
                    entry.above.append(&mut many.below);
                }
                entry.value = Value::Many(many);
            }
            shape @ (Shape::List | Shape::Map) => {
                if entry.key.is_some() {
                    self.beside(entry, |comment| comment < start);
                }
                let column = self.lines.column(start);
                let mut many = self.entries(node, kind, shape == Shape::Map, next);
                let outer = next.map_or(0, |next| self.lines.column(next) + 1);
                many.below.extend(self.remarks_below(column.max(outer), next));
                entry.value = Value::Many(many);
            }
            Shape::Nothing | Shape::Refused => self.beside_end(entry, start.max(end), next),
        }
    }

    /// Where a node begins: a text in lines at its `|` or `>`, which may have a dash of its own.
    fn begins(&self, node: NodeId) -> usize {
        let start = self.tree.span(node).start as usize;
        let in_lines = || self.header_before(start).filter(|_| matches!(self.tree.shape(node), Shape::Text(_, false)));
        in_lines().unwrap_or(start)
    }

    /// Where an item begins: at its dash, where it has one, which comments may part it from.
    fn dash_before(&self, start: usize) -> usize {
        let mut before = self.text.get(..start).unwrap_or("").trim_end();
        while let Some(line) = before.get(self.lines.start(before.len())..)
            && let comment = line.trim_start_matches([' ', '-'])
            && comment.starts_with('#')
        {
            before = before.strip_suffix(comment).unwrap_or("").trim_end();
        }
        before.strip_suffix('-').map_or(start, str::len)
    }

    /// Where the `|` or `>` stands that a text in lines begins with, where it does: its node begins below.
    fn header_before(&self, start: usize) -> Option<usize> {
        let before = self.text.get(..start)?;
        let above = before.trim_end();
        // It stands in a line above, and its text begins a line.
        if !self.lines.lead(start).is_empty() {
            return None;
        }
        let line_start = self.lines.start(above.len());
        let is_header = |rest: &str| {
            let rest = rest.trim_start_matches(['+', '-']).trim_start_matches(|c: char| c.is_ascii_digit());
            let rest = rest.trim_start_matches(['+', '-']);
            rest.contains(['\n', '\r'])
                && (rest.trim().is_empty() || rest.trim_start().starts_with('#') && rest.starts_with([' ', '\t']))
        };
        let line = before.get(line_start..)?;
        let comment = self.hashes.get(self.hashes.partition_point(|hash| *hash < line_start)).copied().unwrap_or(start);
        let begins = |(at, _): &(usize, &str)| line_start + at < comment && line.get(at + 1..).is_some_and(is_header);
        line.match_indices(['|', '>']).find(begins).map(|(at, _)| line_start + at)
    }

    fn entries(&mut self, node: NodeId, kind: Kind, map: bool, next: Option<usize>) -> Collection<'t> {
        let tree = self.tree;
        let children: Vec<NodeId> = tree.children(node).collect();
        let pairs = children.chunks(if map { 2 } else { 1 }).filter_map(|pair| Some((*pair.first()?, *pair.last()?)));
        let brackets = tree.in_brackets(node);
        let mut many = Collection { kind, map, brackets, entries: Vec::new(), below: Vec::new() };
        let start = |node: NodeId| tree.span(node).start as usize;
        let begins = |node: NodeId| if map || brackets { start(node) } else { self.dash_before(self.begins(node)) };
        let starts: Vec<usize> = pairs.clone().map(|(name, _)| begins(name)).collect();
        for (nth, ((name, value), begin)) in pairs.zip(starts.iter().copied()).enumerate() {
            let lead = self.lines.lead(begin);
            let first_in_line = lead.is_empty() || !map && lead == "-";
            let mut blank = first_in_line && self.lines.is_blank_above(begin);
            let behind_dash = self.comments.peek().is_some_and(|comment| comment.span.start as usize > begin);
            let mut above = self.remarks_until(start(name));
            // Comments behind a dash come to stand above it, and the blank line above them.
            if let Some(first) = above.first_mut().filter(|_| behind_dash) {
                first.blank = std::mem::take(&mut blank);
            }
            let key = map.then(|| match tree.shape(name) {
                Shape::Text(text, _) => Scalar { raw: self.slice(tree.span(name)), text },
                _ => Scalar { raw: "", text: Cow::Borrowed("") },
            });
            let of_value = key.as_ref().map_or_else(|| kind.of_item(), |key| kind.of_key(&key.text));
            let mut entry = Entry { above, blank, key, value: Value::Nothing, beside: None };
            let whole = Span { end: tree.span(value).end.max(tree.span(name).end), ..tree.span(name) };
            let suppressions = self.suppressions.remove(&whole).unwrap_or_default();
            self.value(&mut entry, value, of_value, starts.get(nth + 1).copied().or(next));
            for comment in suppressions {
                entry.suppress(Beside::of(comment, self.text, &self.lines), comment.span.start > whole.start);
            }
            many.entries.push(entry);
        }
        many
    }

    /// The comments between a key and its value: at the end of the key's line, or else above the entry.
    fn before_value(&mut self, entry: &mut Entry<'t>, start: usize) {
        if entry.key.is_none() {
            return;
        }
        self.beside(entry, |comment| comment < start);
        entry.above.extend(self.remarks_until(start));
    }

    /// Takes a comment that does not stand alone, where it is within bounds, to the end of the entry's line.
    fn beside(&mut self, entry: &mut Entry<'t>, within: impl Fn(usize) -> bool) {
        let Some(comment) = self.comments.next_if(|it| !it.alone && within(it.span.start as usize)) else { return };
        let beside = Beside::of(comment, self.text, &self.lines);
        if let Some(other) = entry.beside.replace(beside) {
            entry.above.push(Remark { text: other.text, blank: false });
        }
    }

    /// Takes the comment behind the end of a value, in the same line and before the text goes on.
    fn beside_end(&mut self, entry: &mut Entry<'t>, end: usize, next: Option<usize>) {
        let line = self.lines.end(end);
        let until = next.map_or(line, |next| line.min(next));
        self.beside(entry, |comment| comment < until);
    }

    /// Every comment before a byte.
    fn remarks_until(&mut self, end: usize) -> Vec<Remark<'t>> {
        let mut remarks = Vec::new();
        while let Some(comment) = self.comments.next_if(|comment| (comment.span.start as usize) < end) {
            remarks.push(self.remark(comment));
        }
        remarks
    }

    /// The comments before a byte that stand in this column or further right, up to the first that does not.
    fn remarks_below(&mut self, column: usize, end: Option<usize>) -> Vec<Remark<'t>> {
        let mut remarks = Vec::new();
        while let Some(comment) = self.comments.peek().copied() {
            let start = comment.span.start as usize;
            if !comment.alone || end.is_some_and(|end| start >= end) || self.lines.column(start) < column {
                break;
            }
            self.comments.next();
            remarks.push(self.remark(comment));
        }
        remarks
    }

    fn remark(&self, comment: Comment) -> Remark<'t> {
        let blank = comment.alone && self.lines.is_blank_above(comment.span.start as usize);
        Remark { text: self.slice(comment.span).trim_end(), blank }
    }

    fn slice(&self, span: Span) -> &'t str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or("")
    }
}
