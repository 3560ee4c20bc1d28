//! Reads values out of a tree: every mistake is reported at its place, and reading goes on.
//!
//! A type says how it is read with [`Decode`]; `None` means that the mistake has been reported, and the caller leaves
//! the value out.

use std::borrow::Cow;

use super::invisible::is_hidden_beside;
use super::keys::{Fields, Pairs};
use super::lookalikes::strange_words;
use super::nodes::Kind;
use super::{NodeId, Shape, Tree};
use crate::diagnostic::{Diagnostic, Diagnostics, ErrorKind, begun, other_word};
use crate::source::{Span, Spanned};

/// What most maps are called.
pub(super) const ENTRIES: &str = "named entries such as `name: { ... }`";

/// What maps are called whose entries are names.
pub(crate) const LISTS: &str = "named lists such as `name: [one, two]`";

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
    pub(super) tree: &'d Tree<'t>,
    pub(super) sink: &'d mut Diagnostics,
    /// Whether the items of long lists stay in the tree, which is kept, until they are asked for.
    pub(crate) leaves_standing: bool,
    /// The key whose value is read, of those that the language knows.
    pub(super) at: &'static str,
    /// Lists that are not needed any more, as room for others.
    pub(crate) spare: Vec<Vec<Spanned<Cow<'t, str>>>>,
}

impl<'d, 't> Decoder<'d, 't> {
    pub(crate) fn new(tree: &'d Tree<'t>, sink: &'d mut Diagnostics) -> Self {
        Self { tree, sink, leaves_standing: false, at: "", spare: Vec::new() }
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

    /// A text that is a name: one beside which something stands that nobody sees is reported, and is none. Within a name, such as
    /// an alias, it may be meant.
    pub(crate) fn name(&mut self, node: NodeId) -> Option<Spanned<Cow<'t, str>>> {
        let what = match self.at {
            "time" => "a duration such as `PT2H`",
            "extends" => "a path such as `base.yaml`",
            "from" | "until" => "a day such as `2026-12-24`",
            _ => "a name",
        };
        self.name_of(node, what)
    }

    /// The same, of something of which it is said what it is.
    pub(crate) fn name_of(&mut self, node: NodeId, what: &str) -> Option<Spanned<Cow<'t, str>>> {
        let name = self.text(node, what)?;
        let hidden = is_hidden_beside(&name.value) && self.reports_hidden(node, &name.value);
        (!hidden).then_some(name)
    }

    /// The items of a list.
    pub(crate) fn list(&mut self, node: NodeId, what: &str) -> Option<impl Iterator<Item = NodeId> + use<'d, 't>> {
        if self.is_list(node) { Some(self.tree.children(node)) } else { self.no_list(node, what) }
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
            return self.no_map(node, what);
        }
        Some(Pairs::new(self.tree.children(node)))
    }

    /// The entries of a map whose keys are fixed: those `known`, each with its value. Others are reported.
    pub(crate) fn fields(&mut self, node: NodeId, what: &str, known: &'static [&'static str]) -> Option<Fields<'d, 't>> {
        if !self.is_map(node) {
            return self.no_record(node, what, known);
        }
        Some(Fields { map: node, pairs: self.map(node, what)?, known, declared: |_| &[] })
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
        let joined =
            key.value.split_once(':').filter(|(first, rest)| meant.is_none() && !rest.is_empty() && known.contains(first));
        if let Some((first, rest)) = joined {
            self.sink.push(unknown.did_you_mean(Some(&format!("{first}: {rest}"))));
            return None;
        }
        let letters: String = key.value.chars().filter(|c| c.is_ascii_lowercase() || *c == '-').collect();
        let among = || known.iter().copied().find(|known| *known == letters);
        let suggested =
            || self.sink.suggest(&key.value, known.iter().copied()).or_else(among).or_else(|| begun(&key.value, known));
        let near = if meant.is_some() { None } else { suggested() };
        let other = other_word(&key.value, known);
        let inner = if self.is_map(value) { inner(known) } else { None };
        // What follows a comma in a text within braces looks like a key without a value.
        let of_a_text = key.value.contains(char::is_whitespace) || self.shape(value) == Shape::Nothing;
        let condition =
            if known.contains(&"when") && self.is_text(value) { "; what says when stands under that key" } else { "" };
        let strange = strange_words(&key.value);
        let nearest = meant.or(near).or(other);
        let is_stray = nearest.is_none() && known.contains(&"rasci") && (self.is_map(value) || self.is_blank(value));
        if is_stray {
            self.sink.stray(&key.value);
        }
        self.sink.push(match meant.or(near) {
            near if strange.is_some() => unknown.did_you_mean(near).help(strange.unwrap_or_default()),
            Some(near) => unknown.did_you_mean(Some(near)),
            None if says_letters(&key.value) && known.contains(&"title") => {
                unknown.help("Letters stand in an assignment, under a task: `assign: [{ A: customer, R: helpdesk }]`.")
            }
            None if other.is_some() => {
                unknown.help(format!("Write `{}`, if that is what is said here.", other.unwrap_or_default()))
            }
            None if inner.is_some() => {
                let (key, under) = (shortened(&key.value), inner.unwrap_or_default());
                unknown.help(format!("Write it under `{under}`, if it is one of them: `{under}: {{ {key}: ... }}`."))
            }
            None if is_stray => {
                unknown.help(format!("Indent it if it belongs to what stands above. Known here: {}.", quoted_list(known)))
            }
            None if of_a_text => unknown
                .help("Inside braces a comma ends a value: put a text in quotes, and several names in brackets: `[one, two]`."),
            None => unknown.help(format!("Known here: {}{condition}.", quoted_list(known))),
        });
        near.or(other).or(inner).and_then(|near| known.iter().copied().find(|known| *known == near))
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
        if self.reports_hidden(node, &text.value) {
            return None;
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

/// The key that the parts of an entry stand under; none of a document, whose keys say more.
fn inner(known: &[&'static str]) -> Option<&'static str> {
    known.last().copied().filter(|last| ["parties", "components", "tasks"].contains(last) && !known.contains(&"rasci"))
}

/// Whether a key is one of letters, or the word of one.
fn says_letters(key: &str) -> bool {
    const WORDS: [&str; 5] = ["responsible", "accountable", "support", "consulted", "informed"];
    let letters = key.trim_end_matches('+');
    !letters.is_empty() && letters.chars().all(|c| "RASCI/".contains(c)) || WORDS.contains(&key.to_lowercase().as_str())
}

/// Whether a plain scalar is YAML's word for nothing.
pub(super) fn is_null(word: &str) -> bool {
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

pub(super) fn quoted_list(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}
