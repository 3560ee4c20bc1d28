//! Walks a tree by the forms of its keys, and marks what stands where.

use super::outline::{Declared, Id, Mark, Named, Symbol, What};
use super::piece::Read;
use super::test_files as tests;
use crate::document::form::{Field, Form, Inner, Record};
use crate::document::{Assignment, LetterKey, Vocabulary};
use crate::yaml::{NodeId, Shape, Tree};

/// A tree that is being walked.
pub(super) struct Walk<'w> {
    tree: &'w Tree<'w>,
    text: &'w str,
    marks: Vec<Mark>,
    bases: Vec<String>,
}

/// What stands around a value: the dimension or flow it belongs to, the entry it is a part of.
#[derive(Clone, Copy, Default)]
struct Around<'a> {
    owner: Option<&'a str>,
    parent: Option<&'a str>,
    vocabulary: Option<Vocabulary>,
}

impl<'w> Walk<'w> {
    pub(super) fn new(tree: &'w Tree<'w>, text: &'w str) -> Self {
        Self { tree, text, marks: Vec::new(), bases: Vec::new() }
    }

    /// What stands in a piece: of these keys, or of the section under one of them.
    pub(super) fn piece(mut self, record: &'static Record, under: Option<&'static Field>) -> Read {
        let mut symbols = Vec::new();
        let shape = self.tree.shape(Tree::ROOT);
        let mut fits = matches!(shape, Shape::Map | Shape::Nothing);
        match under.map(|field| (field.form)()) {
            Some(Form::List(inner)) => {
                fits = shape == Shape::List;
                self.items(Tree::ROOT, |walk, item| walk.value(item, inner.form(), Around::default(), &mut symbols));
            }
            Some(form) => self.value(Tree::ROOT, form, Around::default(), &mut symbols),
            None => {
                self.record(Tree::ROOT, record, Around::default(), &mut symbols);
                self.bases(if record.field("rasci-test").is_some() { "model" } else { "extends" });
            }
        }
        self.marks.sort_by_key(|mark| (mark.start, mark.end));
        Read { marks: self.marks, bases: self.bases, symbols, fits }
    }

    fn bases(&mut self, key: &str) {
        let named = |walk: &Self, name| walk.name(name).as_deref() == Some(key);
        let values: Vec<NodeId> = self.pairs(Tree::ROOT).filter(|(name, _)| named(self, *name)).map(|(_, value)| value).collect();
        for value in values {
            self.each(value, |walk, item| {
                let Some(path) = walk.name(item) else { return };
                walk.mark(item, What::Base(path.as_str().into()));
                walk.bases.push(path);
            });
        }
    }

    fn value(&mut self, node: NodeId, form: Form, around: Around<'_>, symbols: &mut Vec<Symbol>) {
        match form {
            Form::Text => {}
            Form::Flag => self.word(node, &[("true", "Yes."), ("false", "No.")]),
            Form::Word(words) => self.word(node, words),
            Form::Names(vocabulary) => self.each(node, |walk, item| walk.reference(item, vocabulary, around)),
            Form::Holders => self.each(node, Self::holder),
            Form::Record(record) => self.record(node, record, around, symbols),
            Form::Entries(vocabulary, inner) => self.entries(node, vocabulary, inner, around, symbols),
            Form::List(inner) => self.items(node, |walk, item| walk.value(item, inner.form(), around, symbols)),
            Form::OneOrMany(inner) if self.tree.shape(node) == Shape::List => {
                self.items(node, |walk, item| walk.value(item, inner.form(), around, symbols));
            }
            Form::OneOrMany(inner) => self.value(node, inner.form(), around, symbols),
            Form::When => self.when(node),
            Form::Allowed => self.allowed(node, around),
            Form::Citations => self.citations(node),
            Form::Assignment(_) => self.assignment(node, around),
            Form::Expected => self.expected(node),
        }
    }

    fn record(&mut self, node: NodeId, record: &'static Record, around: Around<'_>, symbols: &mut Vec<Symbol>) {
        for (key, value) in self.pairs(node).collect::<Vec<_>>() {
            let Some(field) = self.name(key).and_then(|name| record.field(&name)) else { continue };
            self.mark(key, What::Word(field.about.trim()));
            match (field.key, (field.form)()) {
                ("id", Form::Names(vocabulary)) => {
                    let declared = self.declared(node, around);
                    self.declare(value, vocabulary, around, declared.clone());
                    symbols.extend(self.symbol(value, node, vocabulary, &declared));
                }
                ("aliases", _) => self.each(value, |walk, alias| walk.alias(alias, around)),
                (_, form @ Form::Entries(..)) => {
                    let mut inside = Vec::new();
                    self.value(value, form, around, &mut inside);
                    // Parts stand in the entry they are parts of; sections of a document are shown.
                    if node == Tree::ROOT && !inside.is_empty() {
                        let (key, end) = (self.tree.span(key), self.tree.span(value).end as usize);
                        let section = Symbol::section(field.key, key.start as usize..key.end as usize);
                        symbols.push(Symbol { bytes: section.bytes.start..end, children: inside, ..section });
                    } else {
                        symbols.append(&mut inside);
                    }
                }
                (_, form) => self.value(value, form, around, symbols),
            }
        }
    }

    fn entries(&mut self, node: NodeId, vocabulary: Vocabulary, inner: Inner, around: Around<'_>, symbols: &mut Vec<Symbol>) {
        for (key, value) in self.pairs(node).collect::<Vec<_>>() {
            let Some(name) = self.name(key) else { continue };
            if vocabulary == Vocabulary::Lint {
                self.refer(key, vocabulary, None, 0);
                self.value(value, inner.form(), around, symbols);
                continue;
            }
            let declared = self.declared(value, around);
            self.declare(key, vocabulary, Around::default(), declared.clone());
            let owns = matches!(vocabulary, Vocabulary::Dimension | Vocabulary::Flow);
            let inside = Around { owner: owns.then_some(&name), parent: Some(&name), vocabulary: Some(vocabulary) };
            let mut children = Vec::new();
            match inner.form() {
                Form::Names(Vocabulary::Value) => self.each(value, |walk, item| {
                    walk.declare(item, Vocabulary::Value, inside, Declared::default());
                }),
                form => self.value(value, form, inside, &mut children),
            }
            let symbol = self.symbol(key, value, vocabulary, &declared);
            symbols.extend(symbol.map(|symbol| Symbol { children, ..symbol }));
        }
    }

    fn when(&mut self, node: NodeId) {
        for (key, value) in self.pairs(node).collect::<Vec<_>>() {
            self.refer(key, Vocabulary::Dimension, None, 0);
            let name = self.name(key);
            self.allowed(value, Around { owner: name.as_deref(), ..Around::default() });
        }
    }

    fn allowed(&mut self, node: NodeId, around: Around<'_>) {
        if self.tree.shape(node) != Shape::Map {
            return self.each(node, |walk, item| walk.reference(item, Vocabulary::Value, around));
        }
        for (key, value) in self.pairs(node).collect::<Vec<_>>() {
            self.mark(key, What::Word("All values but these."));
            self.each(value, |walk, item| walk.reference(item, Vocabulary::Value, around));
        }
    }

    fn citations(&mut self, node: NodeId) {
        if self.tree.shape(node) != Shape::Map {
            return self.each(node, |walk, item| walk.refer(item, Vocabulary::Source, None, 0));
        }
        for (key, _) in self.pairs(node).collect::<Vec<_>>() {
            self.refer(key, Vocabulary::Source, None, 0);
        }
    }

    fn assignment(&mut self, node: NodeId, around: Around<'_>) {
        for (key, value) in self.pairs(node).collect::<Vec<_>>() {
            let Some(name) = self.name(key) else { continue };
            if let Some(field) = Assignment::RECORD.field(&name) {
                self.mark(key, What::Word(field.about));
                match (field.form)() {
                    Form::Names(Vocabulary::Assignment) => {
                        self.declare(value, Vocabulary::Assignment, Around::default(), Declared::default());
                    }
                    form => self.value(value, form, around, &mut Vec::new()),
                }
            } else if LetterKey::parse(&name).is_some() {
                self.mark(key, What::Letters);
                self.each(value, Self::holder);
            }
        }
    }

    /// A status, letters with parties, or a list of duties.
    fn expected(&mut self, node: NodeId) {
        match self.tree.shape(node) {
            Shape::Map => {
                for (key, value) in self.pairs(node).collect::<Vec<_>>() {
                    self.mark(key, What::Letters);
                    self.each(value, |walk, item| walk.refer(item, Vocabulary::Party, None, 0));
                }
            }
            Shape::List => self.items(node, |walk, item| walk.record(item, tests::DUTY, Around::default(), &mut Vec::new())),
            _ => self.word(node, tests::EXPECTED),
        }
    }

    fn holder(&mut self, node: NodeId) {
        let relation = self.name(node).is_some_and(|name| name.starts_with('$'));
        self.refer(node, if relation { Vocabulary::Relation } else { Vocabulary::Party }, None, usize::from(relation));
    }

    fn reference(&mut self, node: NodeId, vocabulary: Vocabulary, around: Around<'_>) {
        let owned = matches!(vocabulary, Vocabulary::Value | Vocabulary::Step);
        self.refer(node, vocabulary, around.owner.filter(|_| owned), 0);
    }

    /// Marks a reference; `skip` bytes stand before the name.
    fn refer(&mut self, node: NodeId, vocabulary: Vocabulary, owner: Option<&str>, skip: usize) {
        self.named(node, vocabulary, owner, skip, None);
    }

    fn declare(&mut self, node: NodeId, vocabulary: Vocabulary, around: Around<'_>, declared: Declared) {
        self.named(node, vocabulary, around.owner, 0, Some(declared));
    }

    fn alias(&mut self, node: NodeId, around: Around<'_>) {
        let (Some(name), Some(vocabulary)) = (self.name(node), around.vocabulary) else { return };
        let symbol = Id { vocabulary, owner: None, name: name.into() };
        self.mark(node, What::Alias(Box::new(Named { symbol, declares: None, literal: false })));
    }

    fn named(&mut self, node: NodeId, vocabulary: Vocabulary, owner: Option<&str>, skip: usize, declares: Option<Declared>) {
        let Some(name) = self.name(node) else { return };
        let Some(name) = name.get(skip..) else { return };
        let symbol = Id { vocabulary, owner: owner.map(Into::into), name: name.into() };
        let span = self.tree.span(node);
        let quote = usize::from(self.text.get(span.start as usize..).is_some_and(|text| text.starts_with(['"', '\''])));
        let (start, end) = (span.start as usize + quote + skip, (span.end as usize).saturating_sub(quote));
        let literal = self.text.get(start..end) == Some(name);
        self.mark(node, What::Name(Box::new(Named { symbol, declares, literal })));
        if let Some(mark) = self.marks.last_mut().filter(|_| literal) {
            (mark.start, mark.end) = (crate::source::to_u32(start), crate::source::to_u32(end));
        }
    }

    fn word(&mut self, node: NodeId, words: &'static [(&'static str, &'static str)]) {
        let name = self.name(node);
        if let Some((_, about)) = words.iter().find(|(word, _)| name.as_deref() == Some(*word)) {
            self.mark(node, What::Word(about.trim()));
        }
    }

    fn mark(&mut self, node: NodeId, what: What) {
        let span = self.tree.span(node);
        self.marks.push(Mark { start: span.start, end: span.end, what });
    }

    fn symbol(&self, key: NodeId, body: NodeId, vocabulary: Vocabulary, declared: &Declared) -> Option<Symbol> {
        let (name, key, body) = (self.name(key)?, self.tree.span(key), self.tree.span(body));
        let selection = key.start as usize..key.end as usize;
        let start = if body.end > body.start { key.start.min(body.start) } else { key.start };
        let bytes = start as usize..key.end.max(body.end) as usize;
        let detail = declared.title.as_deref().map(str::to_owned);
        Some(Symbol { name, detail, vocabulary: Some(vocabulary), bytes, selection, children: Vec::new() })
    }

    /// What the body of an entry says of it.
    fn declared(&self, body: NodeId, around: Around<'_>) -> Declared {
        let text = |key: &str| {
            let value = self.pairs(body).find(|(name, _)| self.name(*name).as_deref() == Some(key)).map(|(_, value)| value);
            value.and_then(|value| self.name(value)).map(Into::into)
        };
        let parent = around.parent.map(Into::into);
        match self.tree.shape(body) {
            Shape::Map => Declared { title: text("title"), kind: text("kind"), about: text("description"), parent },
            // Values, parties: what the name stands for.
            Shape::List => {
                let items: Vec<String> = self.tree.children(body).filter_map(|item| self.name(item)).collect();
                Declared { title: Some(items.join(", ").into()), ..Declared::default() }
            }
            Shape::Text(text, _) => Declared { title: Some(text.as_ref().into()), ..Declared::default() },
            _ => Declared { parent, ..Declared::default() },
        }
    }

    fn each(&mut self, node: NodeId, mut take: impl FnMut(&mut Self, NodeId)) {
        if self.tree.shape(node) == Shape::List { self.items(node, take) } else { take(self, node) }
    }

    fn items(&mut self, node: NodeId, mut take: impl FnMut(&mut Self, NodeId)) {
        if self.tree.shape(node) == Shape::List {
            self.tree.children(node).for_each(|item| take(self, item));
        }
    }

    /// The entries of a map: key and value.
    fn pairs(&self, node: NodeId) -> impl Iterator<Item = (NodeId, NodeId)> + use<'w> {
        let tree = self.tree;
        let mut children = (tree.shape(node) == Shape::Map).then(|| tree.children(node)).into_iter().flatten();
        std::iter::from_fn(move || Some((children.next()?, children.next()?)))
    }

    fn name(&self, node: NodeId) -> Option<String> {
        match self.tree.shape(node) {
            Shape::Text(text, _) => Some(text.into_owned()),
            _ => None,
        }
    }
}
