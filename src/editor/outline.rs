//! What stands where in one document: every name, key and word with its bytes, what it extends, and its entries as a
//! tree. Of a document that is broken, what can be read of it.

use std::ops::Range;

use super::text::Text;
use super::walk::Walk;
use crate::diagnostic::Diagnostics;
use crate::document::Vocabulary;
use crate::policy::Limits;
use crate::source::SourceId;
use crate::yaml::{TextLimits, Tree};

/// What stands where in one document.
#[derive(Debug, Default)]
pub struct Outline {
    pub(super) marks: Vec<Mark>,
    /// The documents it extends, or the model it tests, as written.
    pub(super) bases: Vec<String>,
    pub(super) symbols: Vec<Symbol>,
    /// Whether it holds policy tests.
    pub(super) tests: bool,
    /// Whether all of the text could be read.
    pub(super) complete: bool,
}

/// Something that stands in a text.
#[derive(Debug)]
pub(super) struct Mark {
    /// Its bytes; of a name without quotes and without `$`.
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) what: What,
}

#[derive(Debug)]
pub(super) enum What {
    /// A name.
    Name(Box<Named>),
    /// A key of the language, or one of its words, with what it means.
    Word(&'static str),
    /// A key of letters.
    Letters,
    /// Another name of an entry.
    Alias(Box<Named>),
    /// The path of another document.
    Base(Box<str>),
}

/// A name in a text.
#[derive(Debug)]
pub(super) struct Named {
    pub(super) symbol: Id,
    /// What its document declares of it, where this is its declaration.
    pub(super) declares: Option<Declared>,
    /// Whether its bytes are the name as it is: not where it is written with escapes.
    pub(super) literal: bool,
}

/// What a name stands for: in which vocabulary, and of which dimension or flow.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Id {
    /// The vocabulary.
    pub vocabulary: Vocabulary,
    /// The dimension of a value, the flow of a step.
    pub owner: Option<Box<str>>,
    /// The name.
    pub name: Box<str>,
}

/// What a declaration says, as far as an editor shows it.
#[derive(Debug, Clone, Default)]
pub(super) struct Declared {
    pub(super) title: Option<Box<str>>,
    pub(super) kind: Option<Box<str>>,
    pub(super) about: Option<Box<str>>,
    /// The entry that it is a part of.
    pub(super) parent: Option<Box<str>>,
}

/// A section or an entry of a document, with what stands in it.
#[derive(Debug, Clone)]
pub struct Symbol {
    /// Its name.
    pub name: String,
    /// Its title.
    pub detail: Option<String>,
    /// What it is; none for a section.
    pub vocabulary: Option<Vocabulary>,
    /// All its bytes.
    pub bytes: Range<usize>,
    /// The bytes of its name.
    pub selection: Range<usize>,
    /// What stands in it.
    pub children: Vec<Symbol>,
}

impl Outline {
    /// So many lines are taken out, one after the other, to read the rest of a broken document.
    const MENDS: usize = 4;

    /// What stands where in a text. Of a broken one the line that is being edited is left out, then those on which
    /// reading fails; where that does not help, what stands before the break.
    #[must_use]
    pub fn of(text: &Text, edited: Option<usize>) -> Self {
        let (outline, failed) = Self::so_far(text.text());
        let Some(mut failed) = failed else { return outline };
        let mut mended = text.text().to_owned();
        let mut blank = edited;
        for _ in 0..Self::MENDS {
            let line = blank.take().unwrap_or_else(|| text.line_of(failed));
            let line = (0..=line)
                .rev()
                .map(|line| text.line(line))
                .find(|line| mended.get(line.clone()).is_some_and(|line| !line.trim().is_empty()));
            let Some(line) = line else { break };
            let spaces = " ".repeat(line.len());
            mended.replace_range(line, &spaces);
            let (rest, next) = Self::so_far(&mended);
            match next {
                None => return Self { complete: false, ..rest },
                Some(next) => failed = next,
            }
        }
        outline
    }

    /// What can be read of a text, and the byte at which that ends.
    fn so_far(text: &str) -> (Self, Option<usize>) {
        let Limits { nodes, nesting, .. } = Limits::default();
        let mut sink = Diagnostics::default();
        let (tree, complete) = Tree::parse_so_far(text, SourceId::default(), TextLimits { nodes, nesting }, &mut sink);
        let outline = Walk::new(&tree, text).outline(complete);
        let stop = || sink.into_sorted().iter().filter_map(|diagnostic| diagnostic.span).map(|span| span.start as usize).max();
        let failed = (!complete).then(|| stop().unwrap_or(text.len()));
        (outline, failed)
    }

    /// What stands at a byte: what begins or ends there, or lies around it.
    pub(super) fn at(&self, offset: usize) -> Option<&Mark> {
        let after = self.marks.partition_point(|mark| (mark.start as usize) <= offset);
        let mark = self.marks.get(after.checked_sub(1)?)?;
        (offset <= mark.end as usize).then_some(mark)
    }

    /// Every name in it, with its bytes.
    pub(super) fn names(&self) -> impl Iterator<Item = (Range<usize>, &Named)> {
        self.marks.iter().filter_map(|mark| match &mark.what {
            What::Name(named) => Some((mark.bytes(), named.as_ref())),
            _ => None,
        })
    }

    /// The sections and entries of the document.
    #[must_use]
    pub fn symbols(&self) -> &[Symbol] {
        &self.symbols
    }

    /// Whether all of the text could be read.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.complete
    }
}

impl Mark {
    pub(super) fn bytes(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}
