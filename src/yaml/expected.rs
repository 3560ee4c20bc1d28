//! What is said where something else stands than is expected, or nothing: what was found, and how what is expected is written.

use super::decode::{Decoder, ENTRIES, LISTS, is_null, shortened};
use super::nodes::Kind;
use super::{NodeId, Shape, Tree};
use crate::diagnostic::{Diagnostic, ErrorKind};
use crate::source::Span;

/// What stands in place of a party where its kind is meant.
const KINDS: [&str; 4] = ["organization", "team", "role", "person"];

impl Decoder<'_, '_> {
    /// Reports that something else was expected here; always `None`.
    pub(crate) fn expected<T>(&mut self, node: NodeId, what: &str) -> Option<T> {
        self.expected_so(node, what, &format!("Write {what} here."))
    }

    /// The same, with what to write.
    pub(crate) fn expected_so<T>(&mut self, node: NodeId, what: &str, help: &str) -> Option<T> {
        let (found, help) = match self.shape(node) {
            Shape::Refused => return None,
            Shape::Text(text, _) if self.reports_hidden(node, &text) => return None,
            Shape::Nothing => ("nothing".to_owned(), self.behind_hash(node).unwrap_or_else(|| help.to_owned())),
            Shape::Text(word, true) if is_null(&word) => {
                let is_needed = matches!(self.at, "id" | "time" | "from" | "until" | "extends") || what.starts_with("the path");
                let help = match what {
                    "text" | "a name" => format!("Write `\"{word}\"` in quotes if the word is meant; else leave it out."),
                    _ if is_needed => help.to_owned(),
                    _ => format!("{help} Leave the key out if there is nothing to say."),
                };
                (format!("`{word}`"), help)
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

    /// Reports that a list was expected here.
    pub(super) fn no_list<T>(&mut self, node: NodeId, what: &str) -> Option<T> {
        let mut children = self.tree.children(node);
        let named = children.next().zip(children.next()).filter(|(_, value)| self.is_map(*value));
        let name = named.and_then(|(name, _)| self.tree.scalar(name)).map(|(name, _)| shortened(&name));
        let help = match (self.tree.kind(node), name) {
            (Kind::Map, Some(name)) => format!("Write each as an item: `- ` in place of `{name}:`, and what follows behind it."),
            (Kind::Map, None) => "Write `- ` before it, or brackets around it: a list may have one item.".to_owned(),
            _ => format!("Write {what}: `- ` before each item, or brackets around them all."),
        };
        self.expected_so(node, what, &help)
    }

    /// Reports that entries under names were expected here.
    pub(super) fn no_map<T>(&mut self, node: NodeId, what: &str) -> Option<T> {
        let first = self.tree.children(node).next().unwrap_or(node);
        match self.shape(first) {
            Shape::Text(name, plain) if what == ENTRIES && !(plain && is_null(&name)) => {
                let name = shortened(&name);
                let said = if self.at == "lints" { "allow" } else { "..." };
                self.expected_so(node, what, &format!("Write each as a key, with what is said of it: `{name}: {said}`."))
            }
            Shape::Text(name, plain) if what == LISTS && !(plain && is_null(&name)) => {
                let list = if self.is_list(node) { "[...]".to_owned() } else { shortened(&name) };
                self.expected_so(node, what, &format!("Write a name and a colon before it: `name: {list}`."))
            }
            Shape::Map if what == ENTRIES && self.is_list(node) => {
                let id = ["id", "name"].iter().find_map(|key| self.tree.scalar(self.find(first, key)?));
                let key = self.tree.children(first).next().and_then(|key| self.tree.scalar(key));
                let help = match (id, key) {
                    (Some((id, _)), _) => format!("Write each under its id, not in a list: `{}: {{ ... }}`.", shortened(&id)),
                    (None, Some((key, _))) => {
                        format!("Leave out what makes it a list, the hyphens or the brackets, before `{}:`.", shortened(&key))
                    }
                    (None, None) => format!("Write {what} here."),
                };
                self.expected_so(node, what, &help)
            }
            _ if what.starts_with("a condition") && self.is_list(node) => {
                let help = "All of a condition holds together: write an assignment for each, or several values: `{ priority: [P1, P2] }`.";
                self.expected_so(node, what, help)
            }
            _ => self.expected(node, what),
        }
    }

    /// Reports that a name, or several, were expected here.
    pub(crate) fn no_names<T>(&mut self, node: NodeId) -> Option<T> {
        match self.at {
            "extends" => {
                self.expected_so(node, "a path or a list of paths", "Write a path, or several in brackets: `[a.yaml, b.yaml]`.")
            }
            _ => self.expected_so(node, "a name or a list of names", "Write a name, or several in brackets: `[one, two]`."),
        }
    }

    /// Reports that a map with some of these keys was expected here.
    pub(super) fn no_record<T>(&mut self, node: NodeId, what: &str, known: &'static [&'static str]) -> Option<T> {
        let first = known.iter().copied().find(|key| *key != "when").unwrap_or("key");
        if first.starts_with("rasci") {
            return self.expected_so(node, what, &format!("Begin the file with the line `{first}: 1`."));
        }
        let is_time = |text: &str| text.starts_with('P') || text.starts_with(|c: char| c.is_ascii_digit());
        let (key, value) = match self.shape(node) {
            Shape::Text(text, _) if known.contains(&"time") && is_time(&text) => ("time", shortened(&text)),
            Shape::Text(text, _) if first == "email" && text.contains('@') => ("email", shortened(&text)),
            _ if first == "accountable-is-responsible" => (first, "true".to_owned()),
            Shape::List if known.contains(&"assign") => ("assign", "[...]".to_owned()),
            Shape::List if known.contains(&"steps") => ("steps", "[...]".to_owned()),
            Shape::List if known.contains(&"members") => ("members", "[...]".to_owned()),
            Shape::Text(text, _) if known.contains(&"members") && KINDS.contains(&&*text) => ("kind", text.into_owned()),
            Shape::Text(text, _) if first == "from" => (first, format!("{0}, until: {0}", shortened(&text))),
            Shape::Text(text, _) if known.len() == 1 || ["id", "title"].contains(&first) => (first, shortened(&text)),
            _ => (first, "...".to_owned()),
        };
        self.expected_so(node, what, &format!("Write {what} here as a map: `{{ {key}: {value} }}`."))
    }

    /// The known word nearest to a mistaken one, if one is near.
    pub(crate) fn nearest<'n>(&self, word: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
        self.sink.suggest(word, known)
    }

    /// Reports that nothing is said of an entry by a word for nothing, where that is said by writing nothing.
    pub(crate) fn expected_nothing(&mut self, node: NodeId, name: &str) {
        let Some((word, _)) = self.tree.scalar(node) else { return };
        let message = format!("`{word}` says nothing of `{}`", shortened(name));
        let help = "Write nothing behind the colon, or `{}`, if there is nothing to say but the name.";
        self.report(Diagnostic::error(ErrorKind::WrongType, self.span(node), message).help(help));
    }

    /// Reports a key that must be there, at the start of the map that lacks it.
    pub(crate) fn missing_key(&mut self, map: NodeId, key: &str, help: &str) {
        self.missing(map, format!("the key `{key}` is missing"), help);
    }

    /// A key of a map is misspelt, or its value cannot be read, and that is reported: that it is missing follows from it.
    pub(crate) fn told_of(&mut self, map: NodeId, key: &'static str) {
        self.sink.told_of(self.beginning(map), key);
        // A step whose id cannot be read may be the one that another names.
        if key == "id" && map != Tree::ROOT {
            self.unread(&[ErrorKind::UnknownStep]);
        }
    }

    /// A map as far as its first key, wherever the parser lets it begin.
    fn beginning(&self, map: NodeId) -> Span {
        self.tree.children(map).next().map_or(self.span(map), |first| {
            let (map, first) = (self.span(map), self.span(first));
            Span::new(map.source, map.start.min(first.start), first.end)
        })
    }

    /// Reports of a map that it lacks what makes it what is expected here.
    pub(crate) fn missing(&mut self, map: NodeId, message: impl Into<String>, help: &str) {
        self.sink.push(Diagnostic::error(ErrorKind::MissingKey, self.beginning(map), message).help(help.to_owned()));
    }
}
