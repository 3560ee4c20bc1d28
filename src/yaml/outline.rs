//! Where each entry of a text lies among the others, so that some can be taken out and the rest stays as it is.
//!
//! An entry is an item of a list, or a key of a map with its value. What is taken out goes with its comma or its lines
//! and with a comment at its end; comments on lines of their own stay. Where a comment would be lost otherwise, or the
//! place is written in a way that is seldom met, nothing is offered.

use std::borrow::Cow;
use std::collections::HashMap;

use super::TextLimits;
use super::comments::{Comment, comments};
use super::tree::{NodeId, Shape, Tree};
use crate::diagnostic::{Diagnostics, Edit};
use crate::source::{SourceId, Span, to_u32};

/// A text as entries that know what they lie in.
#[derive(Debug)]
pub(crate) struct Outline<'t> {
    text: &'t str,
    tree: Tree<'t>,
    /// Every entry; those of one list or map one after the other.
    entries: Vec<Entry>,
    by_place: HashMap<Span, usize>,
}

/// An item of a list, or a key of a map with its value.
#[derive(Debug, Clone, Copy)]
struct Entry {
    /// The item, or the key.
    span: Span,
    /// The item, or the value.
    node: NodeId,
    /// The list or map it lies in.
    within: NodeId,
    /// The entry that the list or map is the value of; none for that of the document itself.
    above: Option<usize>,
}

/// A key of a map with the names in its value: the value itself, or the items of a list.
#[derive(Debug)]
pub(crate) struct Key<'t> {
    pub(crate) name: Cow<'t, str>,
    pub(crate) names: Vec<(Cow<'t, str>, Span)>,
}

impl<'t> Outline<'t> {
    /// The outline of a text; none where it is no YAML.
    pub(crate) fn of(text: &'t str, source: SourceId) -> Option<Self> {
        let limits = TextLimits { nodes: usize::MAX, nesting: TextLimits::DEEPEST };
        let tree = Tree::parse(text, source, limits, &mut Diagnostics::default())?;
        let mut outline = Self { text, tree, entries: Vec::new(), by_place: HashMap::new() };
        let mut open = vec![(Tree::ROOT, None)];
        while let Some((within, above)) = open.pop() {
            let first = outline.entries.len();
            outline.enter(within, above);
            open.extend(outline.entries.iter().enumerate().skip(first).map(|(at, entry)| (entry.node, Some(at))));
        }
        // Of a list that begins with its first item, the list: it was entered first.
        for (at, entry) in outline.entries.iter().enumerate() {
            outline.by_place.entry(entry.span).or_insert(at);
        }
        Some(outline)
    }

    /// Takes in the entries of a list or map.
    fn enter(&mut self, within: NodeId, above: Option<usize>) {
        let mut children = self.tree.children(within);
        let mut entries = Vec::new();
        match self.tree.shape(within) {
            Shape::List => entries.extend(children.map(|node| (node, node))),
            Shape::Map => {
                while let (Some(key), Some(value)) = (children.next(), children.next()) {
                    entries.push((key, value));
                }
            }
            _ => return,
        }
        let entry = |(name, node)| Entry { span: self.tree.span(name), node, within, above };
        self.entries.extend(entries.into_iter().map(entry).collect::<Vec<_>>());
    }

    /// The keys of the map at this place, each with the names in its value.
    pub(crate) fn keys(&self, map: Span) -> Vec<Key<'t>> {
        let Some(map) = self.by_place.get(&map).and_then(|at| self.entries.get(*at)) else { return Vec::new() };
        let text = |node| match self.tree.shape(node) {
            Shape::Text(text, _) => Some((text, self.tree.span(node))),
            _ => None,
        };
        let mut children = self.tree.children(map.node);
        let mut keys = Vec::new();
        while let (Some(key), Some(value)) = (children.next(), children.next()) {
            let Some((name, _)) = text(key) else { continue };
            let names = if self.tree.shape(value) == Shape::List {
                self.tree.children(value).filter_map(text).collect()
            } else {
                text(value).into_iter().collect()
            };
            keys.push(Key { name, names });
        }
        keys
    }

    /// Where a name stands, as a key or as a value; not in the texts that describe an entry.
    pub(crate) fn named(&self, name: &str) -> Vec<Span> {
        const TEXTS: [&str; 6] = ["title", "description", "note", "publisher", "edition", "url"];
        let is = |node| matches!(self.tree.shape(node), Shape::Text(text, _) if text == name);
        let mut places = Vec::new();
        for entry in &self.entries {
            let key = self.slice(entry.span.start, entry.span.end).unwrap_or("");
            let in_map = self.tree.shape(entry.within) == Shape::Map;
            if in_map && key == name {
                places.push(entry.span);
            }
            if is(entry.node) && !(in_map && TEXTS.contains(&key)) {
                places.push(self.tree.span(entry.node));
            }
        }
        places
    }

    /// Whether a map has this key.
    pub(crate) fn has_key(&self, key: &str) -> bool {
        let is = |entry: &Entry| self.slice(entry.span.start, entry.span.end) == Some(key);
        self.entries.iter().any(|entry| self.tree.shape(entry.within) == Shape::Map && is(entry))
    }

    /// The comments of the text.
    pub(crate) fn comments(&self) -> Vec<Comment> {
        comments(self.text, &self.tree)
    }

    /// Every entry, all of it.
    pub(super) fn wholes(&self) -> impl Iterator<Item = Span> {
        self.entries.iter().map(|entry| Span { end: self.end(entry), ..entry.span })
    }

    pub(super) fn text(&self) -> &'t str {
        self.text
    }

    /// The edits that take out entries, given the places of their items or keys.
    pub(crate) fn take_out(&self, places: &[Span]) -> Option<Vec<Edit>> {
        let entries: Option<Vec<usize>> = places.iter().map(|place| self.by_place.get(place).copied()).collect();
        self.without(&entries?)
    }

    /// The places of all items and keys.
    #[cfg(test)]
    pub(super) fn places(&self) -> impl Iterator<Item = Span> {
        self.entries.iter().map(|entry| entry.span)
    }

    fn without(&self, gone: &[usize]) -> Option<Vec<Edit>> {
        gone.iter().map(|at| self.edit_without(*at, gone)).collect()
    }

    fn edit_without(&self, at: usize, gone: &[usize]) -> Option<Edit> {
        let entry = self.entries.get(at)?;
        let siblings = |at: &usize| self.entries.get(*at).is_some_and(|other| other.within == entry.within);
        let stays = |at: &usize| !gone.contains(at);
        let before = at.checked_sub(1).filter(siblings);
        let next = Some(at + 1).filter(siblings);
        let stays_after = (at + 1..self.entries.len()).take_while(siblings).any(|at| stays(&at));
        let stays_before = (0..at).rev().take_while(siblings).any(|at| stays(&at));
        if !stays_after && !stays_before {
            return self.emptied(entry);
        }
        if self.tree.in_brackets(entry.within) {
            let next = next.filter(|_| stays_after).and_then(|next| self.entries.get(next));
            let before = before.and_then(|before| self.entries.get(before));
            return self.between_commas(entry, before, next);
        }
        self.lines(entry, next.and_then(|next| self.entries.get(next)))
    }

    /// The last entry goes: its list or map goes with it, and a map of which nothing is left says so.
    fn emptied(&self, entry: &Entry) -> Option<Edit> {
        let at = entry.above?;
        let above = self.entries.get(at)?;
        if self.tree.shape(above.within) != Shape::Map {
            return None;
        }
        let alone = self.tree.children(above.within).count() == 2;
        if !alone {
            return self.edit_without(at, &[at]);
        }
        let whole = self.tree.span(above.within);
        let plain = || self.slice(whole.start, whole.end).is_some_and(|text| !text.contains('#'));
        if self.tree.in_brackets(above.within) {
            return plain().then(|| self.edit(whole.start, whole.end, "{}"));
        }
        // In lines: `{}` after the key that the map is the value of.
        let owner = self.entries.get(above.above?)?;
        let gap = self.slice(owner.span.end, whole.start)?;
        let of_key = self.tree.shape(owner.within) == Shape::Map && gap.trim() == ":";
        (of_key && plain()).then(|| self.edit(owner.span.end, whole.end, ": {}"))
    }

    /// In brackets: up to the next entry that stays, or else from the end of the one before.
    fn between_commas(&self, entry: &Entry, before: Option<&Entry>, next: Option<&Entry>) -> Option<Edit> {
        let (start, end, gap) = match (next, before) {
            (Some(next), _) => (entry.span.start, next.span.start, self.slice(self.end(entry), next.span.start)?),
            (None, Some(before)) => (self.end(before), self.end(entry), self.slice(self.end(before), entry.span.start)?),
            (None, None) => return None,
        };
        (!gap.contains('#')).then(|| self.edit(start, end, ""))
    }

    /// In lines: those of the entry, with a comment at the end of the last.
    fn lines(&self, entry: &Entry, next: Option<&Entry>) -> Option<Edit> {
        let list = self.tree.shape(entry.within) == Shape::List;
        let before = self.text.get(..entry.span.start as usize)?;
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let lead = before.get(start..)?.trim();
        if list && lead == "-" || !list && lead.is_empty() {
            let end = self.end(entry) as usize;
            let ended = self.text.get(..end)?.ends_with('\n');
            let rest = self.text.get(end..)?;
            let end = if ended { end } else { rest.find('\n').map_or(self.text.len(), |at| end + at + 1) };
            return Some(self.edit(to_u32(start), to_u32(end), ""));
        }
        // The first key after a dash: the next one takes its place.
        let next = next.filter(|_| !list && lead == "-")?;
        let gap = self.slice(self.end(entry), next.span.start)?;
        (!gap.contains('#')).then(|| self.edit(entry.span.start, next.span.start, ""))
    }

    fn end(&self, entry: &Entry) -> u32 {
        self.tree.span(entry.node).end.max(entry.span.end)
    }

    fn slice(&self, start: u32, end: u32) -> Option<&'t str> {
        self.text.get(start as usize..end as usize)
    }

    fn edit(&self, start: u32, end: u32, replacement: &str) -> Edit {
        let source = self.tree.span(Tree::ROOT).source;
        Edit { span: Span::new(source, start, end), replacement: replacement.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::Outline;
    use crate::diagnostic::applied;
    use crate::source::{SourceId, Span, to_u32};

    /// The text without the entries that begin with these words.
    fn without(text: &str, words: &[&str]) -> Option<String> {
        let outline = Outline::of(text, SourceId::default())?;
        let place = |word: &&str| {
            let at = to_u32(text.find(*word)?);
            // A map without braces starts where its first key does.
            outline.entries.iter().map(|entry| entry.span).filter(|span| span.start == at).min()
        };
        let places: Option<Vec<Span>> = words.iter().map(place).collect();
        applied(text, &outline.take_out(&places?)?)
    }

    #[test]
    fn in_brackets_an_entry_goes_with_its_comma() {
        assert_eq!(without("a: [one, two, three]\n", &["one"]).as_deref(), Some("a: [two, three]\n"));
        assert_eq!(without("a: [one, two, three]\n", &["three"]).as_deref(), Some("a: [one, two]\n"));
        assert_eq!(without("a: [one, two, three]\n", &["two", "three"]).as_deref(), Some("a: [one]\n"));
        assert_eq!(without("a: [one, two, three]\n", &["one", "three"]).as_deref(), Some("a: [two]\n"));
        assert_eq!(without("a: { b: 1, c: { d: 2 } }\n", &["b"]).as_deref(), Some("a: { c: { d: 2 } }\n"));
        assert_eq!(without("a: { b: 1, c: { d: 2 } }\n", &["c"]).as_deref(), Some("a: { b: 1 }\n"));
        assert_eq!(without("a: [\n  one, # first\n  two,\n]\n", &["one"]), None);
    }

    #[test]
    fn in_lines_an_entry_goes_with_its_lines() {
        let text = "a:\n  # of one\n  - { one: 1 } # said\n  - two: 2\n    more: 3\nb: 1\n";
        assert_eq!(without(text, &["{ one"]).as_deref(), Some("a:\n  # of one\n  - two: 2\n    more: 3\nb: 1\n"));
        assert_eq!(without(text, &["more"]).as_deref(), Some("a:\n  # of one\n  - { one: 1 } # said\n  - two: 2\nb: 1\n"));
        assert_eq!(without(text, &["two"]).as_deref(), Some("a:\n  # of one\n  - { one: 1 } # said\n  - more: 3\nb: 1\n"));
        assert_eq!(without("a: |\n  text\n  more\nb: 1\n", &["a"]).as_deref(), Some("b: 1\n"));
        assert_eq!(without("b:\n- { one: 1 }\n- [two]\n- 3\n", &["{ one"]).as_deref(), Some("b:\n- [two]\n- 3\n"));
        assert_eq!(without("b: 1\na: 2", &["a"]).as_deref(), Some("b: 1\n"));
    }

    #[test]
    fn what_is_empty_without_it_goes_too() {
        assert_eq!(without("t: { x: 1, assign: [{ R: a }] }\n", &["{ R"]).as_deref(), Some("t: { x: 1 }\n"));
        assert_eq!(without("t: { assign: [{ R: a }] }\n", &["{ R"]).as_deref(), Some("t: {}\n"));
        assert_eq!(without("t:\n  assign:\n    - { R: a }\nu: {}\n", &["{ R"]).as_deref(), Some("t: {}\nu: {}\n"));
        assert_eq!(without("t:\n  x: 1\n  assign:\n    - { R: a }\nu: {}\n", &["{ R"]).as_deref(), Some("t:\n  x: 1\nu: {}\n"));
        assert_eq!(without("t:\n  # why\n  assign: [{ R: a }]\nu: {}\n", &["{ R"]), None);
        assert_eq!(without("- [one]\n", &["one"]), None);
    }
}
