//! Reads values out of a tree: every mistake is reported at its place, and reading goes on.
//!
//! A type says how it is read with [`Decode`]; `None` means that the mistake has been reported, and the caller leaves
//! the value out.

use std::borrow::Cow;

use super::keys::{Seen, non_text_key};
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
}

impl<'d, 't> Decoder<'d, 't> {
    pub(crate) fn new(tree: &'d Tree<'t>, sink: &'d mut Diagnostics) -> Self {
        Self { tree, sink, leaves_standing: false }
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

    /// Whether nothing is written, in one of YAML's ways.
    pub(crate) fn is_nothing(&self, node: NodeId) -> bool {
        match self.shape(node) {
            Shape::Nothing => true,
            Shape::Text(word, plain) => plain && is_null(&word),
            _ => false,
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

    fn expected_so<T>(&mut self, node: NodeId, what: &str, help: &str) -> Option<T> {
        let (found, help) = match self.shape(node) {
            Shape::Refused => return None,
            Shape::Nothing => ("nothing".to_owned(), help.to_owned()),
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

    /// The text of a scalar. A plain `null`, `~`, or nothing at all is no text.
    pub(crate) fn text(&mut self, node: NodeId, what: &str) -> Option<Spanned<Cow<'t, str>>> {
        match self.shape(node) {
            Shape::Text(text, plain) if !(plain && is_null(&text)) => Some(Spanned::new(text, self.span(node))),
            _ => self.expected(node, what),
        }
    }

    /// The items of a list.
    pub(crate) fn list(&mut self, node: NodeId, what: &str) -> Option<impl Iterator<Item = NodeId> + use<'d, 't>> {
        match self.shape(node) {
            Shape::List => Some(self.tree.children(node)),
            Shape::Map => self.expected_so(node, what, "Write `- ` before it, or brackets around it: a list may have one item."),
            _ => self.expected(node, what),
        }
    }

    /// The value of a key, looked for without reading the rest.
    pub(crate) fn find(&self, map: NodeId, key: &str) -> Option<NodeId> {
        let mut children = self.tree.children(map);
        while let (Some(name), Some(value)) = (children.next(), children.next()) {
            if matches!(self.shape(name), Shape::Text(name, _) if name == key) {
                return Some(value);
            }
        }
        None
    }

    /// The entries of a map whose keys are the author's: key and value. A key that stands twice is reported.
    pub(crate) fn map(&mut self, node: NodeId, what: &str) -> Option<Vec<(Spanned<Cow<'t, str>>, NodeId)>> {
        if self.shape(node) != Shape::Map {
            let mut items = self.tree.children(node).map(|item| self.shape(item));
            return match items.next() {
                Some(Shape::Text(name, _)) if what == ENTRIES => {
                    let name = shortened(&name);
                    self.expected_so(node, what, &format!("Write each as a key, with what is said of it: `{name}: ...`."))
                }
                _ => self.expected(node, what),
            };
        }
        let mut children = self.tree.children(node);
        let mut entries: Vec<(Spanned<Cow<'t, str>>, NodeId)> = Vec::with_capacity(USUAL_KEYS);
        let mut seen = Seen::default();
        while let (Some(key), Some(value)) = (children.next(), children.next()) {
            let span = self.span(key);
            let name = match self.tree.shape(key) {
                Shape::Text(name, plain) if plain && name == "<<" => {
                    self.sink.push(
                        Diagnostic::error(ErrorKind::MergeKey, span, "a merge key in a model")
                            .help("Write the keys out here; a model says everything where it stands."),
                    );
                    continue;
                }
                Shape::Text(name, _) => name,
                Shape::Nothing => Cow::Borrowed(""),
                Shape::List | Shape::Map => {
                    self.sink.push(non_text_key(span));
                    continue;
                }
                Shape::Refused => continue,
            };
            if let Some(first) = seen.first(&name, &entries) {
                let twice = Diagnostic::error(
                    ErrorKind::DuplicateKey,
                    span,
                    format!("the key `{}` stands twice in this map", shortened(&name)),
                )
                .help("Join the two, or give one of them another name.");
                self.sink.push(twice.related(first, "first here"));
            } else {
                entries.push((Spanned::new(name, span), value));
            }
        }
        Some(entries)
    }

    /// The entries of a map whose keys are fixed: those `known`, each with its value. Others are reported.
    pub(crate) fn fields(&mut self, node: NodeId, what: &str, known: &[&'static str]) -> Option<Vec<(&'static str, NodeId)>> {
        if self.shape(node) != Shape::Map {
            return self.expected_so(
                node,
                what,
                &format!(
                    "Write {what} here as a map: `{{ {}: ... }}`.",
                    known.iter().find(|key| **key != "when").copied().unwrap_or("key")
                ),
            );
        }
        let entries = self.map(node, what)?;
        let mut fields = Vec::with_capacity(entries.len());
        for (key, value) in entries {
            match known.iter().find(|known| **known == key.value) {
                Some(known) => fields.push((*known, value)),
                None => self.unknown_key(&key, value, known, None),
            }
        }
        Some(fields)
    }

    /// Reports a key that is not known here, and what was meant where that is known.
    pub(crate) fn unknown_key(
        &mut self,
        key: &Spanned<Cow<'t, str>>,
        value: NodeId,
        known: &[&'static str],
        meant: Option<&str>,
    ) {
        let near = meant.or_else(|| self.sink.suggest(&key.value, known.iter().copied())).or_else(|| begun(&key.value, known));
        let unknown = Diagnostic::error(ErrorKind::UnknownKey, key.span, format!("unknown key `{}`", shortened(&key.value)));
        // What follows a comma in a text within braces looks like a key without a value.
        let of_a_text = key.value.contains(char::is_whitespace) || self.shape(value) == Shape::Nothing;
        self.sink.push(match near {
            Some(_) => unknown.did_you_mean(near),
            None if of_a_text => {
                unknown.help("If this belongs to a text, put the whole text in quotes: inside braces a comma ends it.")
            }
            None => unknown.help(format!("Known here: {}.", quoted_list(known))),
        });
    }

    /// Reports a key that must be there, at the start of the map that lacks it.
    pub(crate) fn missing_key(&mut self, map: NodeId, key: &str, help: &str) {
        let start = self.tree.children(map).next().map_or(self.span(map), |first| {
            let (map, first) = (self.span(map), self.span(first));
            Span::new(map.source, map.start.min(first.start), first.end)
        });
        self.sink.push(Diagnostic::error(ErrorKind::MissingKey, start, format!("the key `{key}` is missing")).help(help));
    }

    /// One word out of a fixed set.
    pub(crate) fn word<T: Copy>(&mut self, node: NodeId, what: &str, words: &[(&'static str, T)]) -> Option<Spanned<T>> {
        let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        if !matches!(self.shape(node), Shape::Text(..)) {
            return self.expected_so(node, what, &format!("Write one of {}.", quoted_list(&known)));
        }
        let text = self.text(node, what)?;
        if let Some((_, value)) = words.iter().find(|(word, _)| *word == text.value) {
            return Some(Spanned::new(*value, text.span));
        }
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

/// Most maps have no more keys.
const USUAL_KEYS: usize = 8;

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
