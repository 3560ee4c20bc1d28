//! Reads values out of a tree: every mistake is reported at its place, and reading goes on.
//!
//! A type says how it is read with [`Decode`]; `None` means that the mistake has been reported, and the caller leaves
//! the value out.

use std::borrow::Cow;

use super::keys::{Fields, Pairs};
use super::nodes::Kind;
use super::{NodeId, Shape, Tree};
use crate::diagnostic::{Diagnostic, Diagnostics, ErrorKind, begun};
use crate::source::{Span, Spanned};

/// What most maps are called.
const ENTRIES: &str = "named entries such as `name: { ... }`";

/// A value that can be read from a node.
pub(crate) trait Decode<'t>: Sized {
    /// The value; `None` where what stands there has been reported.
    fn decode(decoder: &mut Decoder<'_, 't>, node: NodeId) -> Option<Self>;

    /// What a map of such values is called.
    const MAP: &'static str = ENTRIES;

    /// The errors of names that such a map declares: not known where it cannot be read.
    fn declared() -> &'static [ErrorKind] {
        &[]
    }

    /// The value of an entry after whose name nothing is written, where that says something.
    fn of_nothing() -> Option<Self> {
        None
    }
}

/// A tree that is being read, and the sink for its mistakes.
pub(crate) struct Decoder<'d, 't> {
    tree: &'d Tree<'t>,
    sink: &'d mut Diagnostics,
    /// Whether the items of long lists stay in the tree, which is kept, until they are asked for.
    pub(crate) leaves_standing: bool,
    /// Lists that are not needed any more, as room for others.
    pub(crate) spare: Vec<Vec<Spanned<Cow<'t, str>>>>,
}

impl<'d, 't> Decoder<'d, 't> {
    pub(crate) fn new(tree: &'d Tree<'t>, sink: &'d mut Diagnostics) -> Self {
        Self { tree, sink, leaves_standing: false, spare: Vec::new() }
    }

    /// An empty list, with room for so many at least where others are likely.
    pub(crate) fn room(&mut self, names: usize) -> Vec<Spanned<Cow<'t, str>>> {
        self.spare.pop().unwrap_or_else(|| Vec::with_capacity(names))
    }

    pub(crate) fn span(&self, node: NodeId) -> Span {
        self.tree.span(node)
    }

    pub(crate) fn shape(&self, node: NodeId) -> Shape<'t> {
        self.tree.shape(node)
    }

    pub(crate) fn report(&mut self, diagnostic: Diagnostic) {
        self.sink.push(diagnostic);
    }

    /// A map cannot be read that declares names of these kinds.
    pub(crate) fn unread(&mut self, kinds: &[ErrorKind]) {
        self.sink.unread(kinds);
    }

    pub(crate) fn is_map(&self, node: NodeId) -> bool {
        self.tree.kind(node) == Kind::Map
    }

    pub(crate) fn is_list(&self, node: NodeId) -> bool {
        self.tree.kind(node) == Kind::List
    }

    pub(crate) fn is_text(&self, node: NodeId) -> bool {
        self.tree.kind(node).is_text()
    }

    /// Whether nothing at all is written.
    pub(crate) fn is_blank(&self, node: NodeId) -> bool {
        self.tree.kind(node) == Kind::Nothing
    }

    /// Whether a node is a scalar of this text.
    pub(super) fn reads(&self, node: NodeId, text: &str) -> bool {
        self.tree.reads(node, text)
    }

    /// Whether nothing is written, in one of YAML's ways.
    pub(crate) fn is_nothing(&self, node: NodeId) -> bool {
        match self.tree.scalar(node) {
            Some((word, plain)) => plain && is_null(&word),
            None => self.is_blank(node),
        }
    }

    /// Whether a list or map holds nothing.
    pub(crate) fn is_empty(&self, node: NodeId) -> bool {
        self.tree.children(node).next().is_none()
    }

    /// Reports that something else was expected here; always `None`.
    pub(crate) fn expected<T>(&mut self, node: NodeId, what: &str) -> Option<T> {
        self.expected_so(node, what, &format!("Write {what} here."))
    }

    /// The same, with what to write.
    pub(crate) fn expected_so<T>(&mut self, node: NodeId, what: &str, help: &str) -> Option<T> {
        let (found, help) = match self.shape(node) {
            Shape::Refused => return None,
            Shape::Nothing => ("nothing".to_owned(), self.behind_hash(node).unwrap_or_else(|| help.to_owned())),
            Shape::Text(word, true) if is_null(&word) => {
                (format!("`{word}`"), format!("Write `\"{word}\"` in quotes if the word is meant; else leave it out."))
            }
            Shape::Text(text, _) => (format!("the text `{}`", shortened(&text)), help.to_owned()),
            Shape::List => ("a list".to_owned(), help.to_owned()),
            Shape::Map => ("a map".to_owned(), help.to_owned()),
        };
        self.sink
            .push(Diagnostic::error(ErrorKind::WrongType, self.span(node), format!("expected {what}, found {found}")).help(help));
        None
    }

    /// What to write where a value is a comment because it begins with `#`.
    pub(crate) fn behind_hash(&self, node: NodeId) -> Option<String> {
        let comment = self.tree.comment_behind(node)?;
        let meant = comment.strip_prefix('#')?.starts_with(|first: char| !matches!(first, ' ' | '\t' | '#'));
        meant.then(|| format!("Put it into quotes, `\"{}\"`: what begins with `#` is a comment.", shortened(comment)))
    }

    /// The text of a scalar. A plain `null`, `~`, or nothing at all is no text.
    pub(crate) fn text(&mut self, node: NodeId, what: &str) -> Option<Spanned<Cow<'t, str>>> {
        match self.tree.scalar(node) {
            Some((text, plain)) if !(plain && is_null(&text)) => Some(Spanned::new(text, self.span(node))),
            None if what == "text" && matches!(self.shape(node), Shape::List | Shape::Map) => {
                self.expected_so(node, what, "Write one text, in quotes if it begins with a bracket or a brace.")
            }
            _ => self.expected(node, what),
        }
    }

    /// The items of a list.
    pub(crate) fn list(&mut self, node: NodeId, what: &str) -> Option<impl Iterator<Item = NodeId> + use<'d, 't>> {
        match self.tree.kind(node) {
            Kind::List => Some(self.tree.children(node)),
            Kind::Map => self.expected_so(node, what, "Write `- ` before it, or brackets around it: a list may have one item."),
            _ => self.expected_so(node, what, &format!("Write {what}: `- ` before each item, or brackets around them all.")),
        }
    }

    /// The value of a key, looked for without reading the rest.
    pub(crate) fn find(&self, map: NodeId, key: &str) -> Option<NodeId> {
        let mut children = self.tree.children(map);
        while let (Some(name), Some(value)) = (children.next(), children.next()) {
            if self.reads(name, key) {
                return Some(value);
            }
        }
        None
    }

    /// The entries of a map whose keys are the author's: key and value. A key that stands twice is reported.
    pub(crate) fn map(&mut self, node: NodeId, what: &str) -> Option<Pairs<'d, 't>> {
        if !self.is_map(node) {
            let first = self.tree.children(node).next().unwrap_or(node);
            return match self.shape(first) {
                Shape::Text(name, plain) if what == ENTRIES && !(plain && is_null(&name)) => {
                    let name = shortened(&name);
                    self.expected_so(node, what, &format!("Write each as a key, with what is said of it: `{name}: ...`."))
                }
                _ => self.expected(node, what),
            };
        }
        Some(Pairs::new(self.tree.children(node)))
    }

    /// The entries of a map whose keys are fixed: those `known`, each with its value. Others are reported.
    pub(crate) fn fields(&mut self, node: NodeId, what: &str, known: &'static [&'static str]) -> Option<Fields<'d, 't>> {
        if !self.is_map(node) {
            let (key, value) = match self.shape(node) {
                Shape::List if known.contains(&"assign") => ("assign", "[...]".to_owned()),
                Shape::Text(text, _) if known.len() == 1 => (known.first().copied().unwrap_or("key"), shortened(&text)),
                _ => (known.iter().find(|key| **key != "when").copied().unwrap_or("key"), "...".to_owned()),
            };
            return self.expected_so(node, what, &format!("Write {what} here as a map: `{{ {key}: {value} }}`."));
        }
        Some(Fields { pairs: self.map(node, what)?, known, declared: |_| &[] })
    }

    /// Reports a key that is not known here, and gives what was meant where that is one of the known.
    pub(crate) fn unknown_key(
        &mut self,
        key: &Spanned<Cow<'t, str>>,
        value: NodeId,
        known: &[&'static str],
        meant: Option<&str>,
    ) -> Option<&'static str> {
        let unknown = Diagnostic::error(ErrorKind::UnknownKey, key.span, format!("unknown key `{}`", shortened(&key.value)));
        let word = key.value.trim_start();
        if word != key.value.trim_start_matches(' ') && known.contains(&word) {
            let indent: String = key.value.chars().take_while(|space| space.is_whitespace()).map(|_| ' ').collect();
            let unknown = unknown.did_you_mean(Some(&format!("{indent}{word}")));
            self.sink.push(unknown.help(format!("Write plain spaces before `{word}`: those that stand there are others.")));
            return None;
        }
        let joined = key.value.split_once(':').filter(|(first, _)| meant.is_none() && known.contains(first));
        if let Some((first, rest)) = joined {
            self.sink.push(unknown.did_you_mean(Some(&format!("{first}: {rest}"))));
            return None;
        }
        let suggested = || self.sink.suggest(&key.value, known.iter().copied()).or_else(|| begun(&key.value, known));
        let near = if meant.is_some() { None } else { suggested() };
        // What follows a comma in a text within braces looks like a key without a value.
        let of_a_text = key.value.contains(char::is_whitespace) || self.shape(value) == Shape::Nothing;
        let condition =
            if known.contains(&"when") && self.is_text(value) { "; what says when stands under that key" } else { "" };
        self.sink.push(match meant.or(near) {
            Some(near) => unknown.did_you_mean(Some(near)),
            None if of_a_text => unknown
                .help("Inside braces a comma ends a value: put a text in quotes, and several names in brackets: `[one, two]`."),
            None => unknown.help(format!("Known here: {}{condition}.", quoted_list(known))),
        });
        near.and_then(|near| known.iter().copied().find(|known| *known == near))
    }

    /// Reports a key that must be there, at the start of the map that lacks it.
    pub(crate) fn missing_key(&mut self, map: NodeId, key: &str, help: &str) {
        self.missing(map, format!("the key `{key}` is missing"), help);
    }

    /// Reports of a map that it lacks what makes it what is expected here.
    pub(crate) fn missing(&mut self, map: NodeId, message: impl Into<String>, help: &str) {
        let start = self.tree.children(map).next().map_or(self.span(map), |first| {
            let (map, first) = (self.span(map), self.span(first));
            Span::new(map.source, map.start.min(first.start), first.end)
        });
        self.sink.push(Diagnostic::error(ErrorKind::MissingKey, start, message).help(help.to_owned()));
    }

    /// One word out of a fixed set.
    pub(crate) fn word<T: Copy>(&mut self, node: NodeId, what: &str, words: &[(&'static str, T)]) -> Option<Spanned<T>> {
        let known = || -> Vec<&str> { words.iter().map(|(word, _)| *word).collect() };
        if !self.is_text(node) {
            return self.expected_so(node, what, &format!("Write one of {}.", quoted_list(&known())));
        }
        let text = self.text(node, what)?;
        if let Some((_, value)) = words.iter().find(|(word, _)| *word == text.value) {
            return Some(Spanned::new(*value, text.span));
        }
        let known = known();
        let near = self.sink.suggest(&text.value, known.iter().copied());
        let unknown =
            Diagnostic::error(ErrorKind::InvalidValue, text.span, format!("`{}` is not {what}", shortened(&text.value)));
        self.sink.push(match near {
            Some(_) => unknown.did_you_mean(near),
            None => unknown.help(format!("Write one of {}.", quoted_list(&known))),
        });
        None
    }
}

/// Whether a plain scalar is YAML's word for nothing.
fn is_null(word: &str) -> bool {
    matches!(word, "~" | "null" | "Null" | "NULL")
}

/// A text short enough for a message.
pub(crate) fn shortened(text: &str) -> String {
    const LONGEST: usize = 60;
    let line = text.lines().next().unwrap_or("");
    if line.len() == text.len() && line.chars().count() <= LONGEST {
        return line.to_owned();
    }
    line.chars().take(LONGEST).chain(std::iter::once('…')).collect()
}

fn quoted_list(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}
