//! Keys of maps: the entries one by one, a key that stands twice or can be none reported.

use std::borrow::Cow;

use hashbrown::HashMap;

use super::decode::{Decoder, shortened};
use super::tree::Children;
use super::{NodeId, Shape, Tree};
use crate::diagnostic::{Diagnostic, Diagnostics, ErrorKind};
use crate::source::{Span, Spanned};

/// The entries of a map whose keys are the author's, one by one: those that are left, and the keys met so far.
pub(crate) struct Pairs<'d, 't> {
    all: Children<'d, 't>,
    left: Children<'d, 't>,
    met: usize,
    /// The marks of the keys met: a key whose mark is not among them stands here first.
    marks: u64,
    /// Where the keys met first stand, by their text: where they are many.
    table: Option<HashMap<Cow<'t, str>, Span>>,
}

impl<'d, 't> Pairs<'d, 't> {
    pub(super) fn new(children: Children<'d, 't>) -> Self {
        Self { left: children.clone(), all: children, met: 0, marks: 0, table: None }
    }

    /// The next entry: key and value. A key that is none is reported, and left out.
    pub(crate) fn next(&mut self, decoder: &mut Decoder<'d, 't>) -> Option<(Spanned<Cow<'t, str>>, NodeId)> {
        while let (Some(key), Some(value)) = (self.left.next(), self.left.next()) {
            let span = decoder.span(key);
            let name = match decoder.shape(key) {
                Shape::Text(name, true) if name == MERGE => {
                    decoder.report(
                        Diagnostic::error(ErrorKind::MergeKey, span, "a merge key in a model")
                            .help("Write the keys out here; a model says everything where it stands."),
                    );
                    continue;
                }
                Shape::Text(name, _) => name,
                Shape::Nothing => Cow::Borrowed(""),
                Shape::List | Shape::Map => {
                    decoder.report(non_text_key(span));
                    continue;
                }
                Shape::Refused => continue,
            };
            let Some(first) = self.first(decoder, key, &name) else { return Some((Spanned::new(name, span), value)) };
            let twice = Diagnostic::error(
                ErrorKind::DuplicateKey,
                span,
                format!("the key `{}` stands twice in this map", shortened(&name)),
            )
            .help("Take one of them out, join what they say, or write another name for one.");
            decoder.report(twice.related(first, "first here"));
        }
        None
    }

    /// All entries that are left.
    pub(crate) fn all(mut self, decoder: &mut Decoder<'d, 't>) -> Vec<(Spanned<Cow<'t, str>>, NodeId)> {
        std::iter::from_fn(|| self.next(decoder)).collect()
    }

    /// Where a key stands first, if that is before here: few are looked through, of many there is a table.
    fn first(&mut self, decoder: &Decoder<'d, 't>, key: NodeId, name: &str) -> Option<Span> {
        const FEW: usize = 16;
        self.met += 1;
        let (mark, marks) = (mark(name), self.marks);
        self.marks |= mark;
        if self.met <= FEW && marks & mark == 0 {
            return None;
        }
        let mut before = self.all.clone().step_by(2).take_while(|other| *other != key);
        if self.met <= FEW {
            return before.find(|other| decoder.is_key(*other, name)).map(|other| decoder.span(other));
        }
        let table = self.table.get_or_insert_with(|| {
            let mut table = HashMap::new();
            for other in before {
                let Some(name) = decoder.key(other) else { continue };
                table.entry(name).or_insert_with(|| decoder.span(other));
            }
            table
        });
        let first = table.get(name).copied();
        if first.is_none() {
            table.extend(decoder.key(key).map(|name| (name, decoder.span(key))));
        }
        first
    }
}

/// The entries of a map whose keys are fixed, one by one: each known key with its value.
pub(crate) struct Fields<'d, 't> {
    pub(super) pairs: Pairs<'d, 't>,
    pub(super) known: &'static [&'static str],
    /// The errors that may only come of the value of a key not being read.
    pub(super) declared: fn(&str) -> &'static [ErrorKind],
}

impl<'d, 't> Fields<'d, 't> {
    /// The next entry. A key that is not known is reported, and left out.
    pub(crate) fn next(&mut self, decoder: &mut Decoder<'d, 't>) -> Option<(&'static str, NodeId)> {
        while let Some((key, value)) = self.pairs.next(decoder) {
            match self.known.iter().find(|known| **known == key.value) {
                Some(known) => return Some((*known, value)),
                None => {
                    if let Some(meant) = decoder.unknown_key(&key, value, self.known, None) {
                        decoder.unread((self.declared)(meant));
                    }
                }
            }
        }
        None
    }

    /// Told what may come of it if the value of a key is not read, where only its name is misspelt.
    pub(crate) fn declaring(self, declared: fn(&str) -> &'static [ErrorKind]) -> Self {
        Self { declared, ..self }
    }

    /// All entries that are left.
    pub(crate) fn all(mut self, decoder: &mut Decoder<'d, 't>) -> Vec<(&'static str, NodeId)> {
        std::iter::from_fn(|| self.next(decoder)).collect()
    }
}

/// One bit for a key: equal keys have equal ones, and a few different keys mostly do not.
fn mark(key: &str) -> u64 {
    let bytes = key.as_bytes();
    let ends = bytes.first().zip(bytes.last()).map_or(0, |(first, last)| usize::from(*first) + 3 * usize::from(*last));
    1 << ((ends + 7 * bytes.len()) % 64)
}

/// The key that merges one map into another, where it stands without quotes.
const MERGE: &str = "<<";

impl<'t> Decoder<'_, 't> {
    /// The text of a key; none where it is no key.
    fn key(&self, node: NodeId) -> Option<Cow<'t, str>> {
        match self.shape(node) {
            Shape::Text(name, plain) => (!plain || name != MERGE).then_some(name),
            Shape::Nothing => Some(Cow::Borrowed("")),
            Shape::List | Shape::Map | Shape::Refused => None,
        }
    }

    /// Whether a node is the key of this text.
    fn is_key(&self, node: NodeId, name: &str) -> bool {
        if name.is_empty() || name == MERGE { self.key(node).is_some_and(|key| key == name) } else { self.reads(node, name) }
    }
}

/// The error of a key that is a list or a map.
fn non_text_key(span: Span) -> Diagnostic {
    Diagnostic::error(ErrorKind::NonTextKey, span, "a key that is a list or a map").help("Write a plain word before the colon.")
}

impl Tree<'_> {
    /// Reports every key that is a list or a map.
    pub(crate) fn refuse_keys(&self, sink: &mut Diagnostics) {
        let mut open = vec![Self::ROOT];
        while let Some(node) = open.pop() {
            let map = self.shape(node) == Shape::Map;
            for (nth, child) in self.children(node).enumerate() {
                let many = matches!(self.shape(child), Shape::List | Shape::Map);
                if many && map && nth % 2 == 0 {
                    sink.push(non_text_key(self.span(child)));
                } else if many {
                    open.push(child);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceId;
    use crate::yaml::TextLimits;

    /// The keys of a map in lines, and the bytes at which the refused ones stand, with where they stand first.
    fn read(text: &str) -> (Vec<String>, Vec<(u32, Option<u32>)>) {
        let mut sink = Diagnostics::default();
        let limits = TextLimits { nodes: usize::MAX, nesting: 64 };
        let tree = Tree::parse(text, SourceId::default(), limits, &mut sink);
        let keys = tree.as_ref().and_then(|tree| {
            let mut decoder = Decoder::new(tree, &mut sink);
            let entries = decoder.map(Tree::ROOT, "a map")?.all(&mut decoder);
            Some(entries.into_iter().map(|(key, _)| key.value.into_owned()).collect())
        });
        let told = sink.into_sorted().into_iter();
        let places = told.map(|it| (it.span.unwrap_or_default().start, it.related.first().map(|first| first.span.start)));
        (keys.unwrap_or_default(), places.collect())
    }

    #[test]
    fn a_key_that_stands_twice_is_told_with_its_first_place_among_few_and_among_many() {
        let line = |nth: usize| format!("k{nth:02}: 1\n");
        for count in [1, 15, 16, 17, 40] {
            let own: String = (0..count).map(line).collect();
            let again = [0, count / 2, count - 1];
            let text = own.clone() + &again.map(line).concat();
            let width = line(0).len();
            let places = [0, 1, 2].map(|nth| {
                let (at, first) = (own.len() + nth * width, again.map(|key| key * width));
                (u32::try_from(at).unwrap_or(0), u32::try_from(first.get(nth).copied().unwrap_or(0)).ok())
            });
            let (keys, told) = read(&text);
            assert_eq!(keys.len(), count);
            assert_eq!(told, places, "{count}");
        }
    }

    #[test]
    fn no_key_is_that_of_nothing_and_a_merge_key_in_quotes_is_a_key() {
        assert_eq!(read(": 1\n\"\": 2\na: 3\n"), (vec![String::new(), "a".to_owned()], vec![(4, Some(0))]));
        assert_eq!(read("<<: 1\n\"<<\": 2\n'<<': 3\n"), (vec!["<<".to_owned()], vec![(0, None), (14, Some(6))]));
    }
}
