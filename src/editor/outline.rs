//! What stands where in one document: every name, key and word with its bytes, what it extends, and its entries as a
//! tree. It is made of pieces, so that after a change only those are read again that changed.

use std::cell::OnceCell;
use std::ops::Range;
use std::rc::Rc;

use super::piece::{Kind, Piece};
use super::pieces::{Cut, cut, is_test, record};
use super::text::Text;
use crate::document::Vocabulary;
use crate::document::form::Form;

/// What stands where in one document.
#[derive(Debug, Default)]
pub struct Outline {
    /// Its pieces, each with the byte where it starts.
    pieces: Vec<(usize, Rc<Piece>)>,
    /// Whether its pieces can be read alone.
    divided: bool,
    /// The documents it extends, or the model it tests, as written.
    pub(super) bases: Vec<String>,
    /// Whether it holds policy tests.
    pub(super) tests: bool,
    /// Whether all of the text could be read.
    pub(super) complete: bool,
    symbols: OnceCell<Vec<Symbol>>,
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
    /// What stands where in a text. `edited` is the line that was changed last, `before` what stood there before the
    /// change. Of a broken text, what can be read of it.
    pub(super) fn of(text: &Text, edited: Option<usize>, before: Option<&Self>) -> Self {
        let kind = Kind { tests: is_test(text.text()), under: None };
        let divided = before.is_none_or(|before| before.divided);
        let of_pieces = || Self::of_pieces(text, kind, edited, before);
        let first = if divided { Some(of_pieces()) } else { None };
        match first {
            Some(outline) if outline.complete || before.is_some() => outline,
            first => match Piece::whole(text.text(), kind) {
                Some(whole) => Self::of_read(vec![(0, Rc::new(whole))], kind.tests, false),
                None => Self { divided, ..first.unwrap_or_else(of_pieces) },
            },
        }
    }

    fn of_pieces(text: &Text, kind: Kind, edited: Option<usize>, before: Option<&Self>) -> Self {
        let cuts = cut(text, record(kind.tests));
        let old = before.map(|before| before.pieces.as_slice()).unwrap_or_default();
        let content = |cut: &Cut| text.text().get(cut.bytes.clone());
        let same = |cut: &Cut, (_, piece): &(usize, Rc<Piece>)| piece.is(content(cut), Kind { under: cut.under, ..kind });
        let front = cuts.iter().zip(old).take_while(|(cut, old)| same(cut, old)).count();
        let (changed, gone) = (cuts.get(front..).unwrap_or_default(), old.get(front..).unwrap_or_default());
        let back = changed.iter().rev().zip(gone.iter().rev()).take_while(|(cut, old)| same(cut, old)).count();
        let kept = |nth: usize| {
            let after = cuts.len() - nth;
            let old = if nth < front { old.get(nth) } else { old.get(old.len().checked_sub(after)?).filter(|_| after <= back) };
            old.map(|(_, piece)| Rc::clone(piece))
        };
        let edited = edited.map(|line| text.line(line).start);
        let read = |(nth, cut): (usize, &Cut)| {
            let kind = Kind { under: cut.under, ..kind };
            let edited = edited.filter(|edited| cut.bytes.contains(edited)).map(|edited| edited - cut.bytes.start);
            let piece = kept(nth).unwrap_or_else(|| Rc::new(Piece::of(content(cut).unwrap_or_default(), kind, edited)));
            (cut.bytes.start, piece)
        };
        Self::of_read(cuts.iter().enumerate().map(read).collect(), kind.tests, true)
    }

    fn of_read(pieces: Vec<(usize, Rc<Piece>)>, tests: bool, divided: bool) -> Self {
        let bases = pieces.iter().flat_map(|(_, piece)| piece.read.bases.iter().cloned()).collect();
        let complete = pieces.iter().all(|(_, piece)| piece.complete);
        Self { pieces, divided, bases, tests, complete, symbols: OnceCell::new() }
    }

    /// What stands at a byte, with its bytes: what begins or ends there, or lies around it.
    pub(super) fn at(&self, offset: usize) -> Option<(Range<usize>, &What)> {
        let (start, piece) = self.pieces.get(self.pieces.partition_point(|(start, _)| *start <= offset).checked_sub(1)?)?;
        let after = piece.read.marks.partition_point(|mark| (mark.start as usize) <= offset - start);
        let mark = piece.read.marks.get(after.checked_sub(1)?)?;
        (offset - start <= mark.end as usize).then(|| (mark.bytes(*start), &mark.what))
    }

    /// Everything that stands in it, with its bytes.
    pub(super) fn marks(&self) -> impl Iterator<Item = (Range<usize>, &What)> {
        self.pieces.iter().flat_map(|(start, piece)| piece.read.marks.iter().map(|mark| (mark.bytes(*start), &mark.what)))
    }

    /// Every name in it, with its bytes.
    pub(super) fn names(&self) -> impl Iterator<Item = (Range<usize>, &Named)> {
        self.marks().filter_map(|(bytes, what)| match what {
            What::Name(named) => Some((bytes, named.as_ref())),
            _ => None,
        })
    }

    /// The sections and entries of the document.
    #[must_use]
    pub fn symbols(&self) -> &[Symbol] {
        self.symbols.get_or_init(|| {
            let mut all: Vec<Symbol> = Vec::new();
            let mut key = None;
            for (start, piece) in &self.pieces {
                let symbols = piece.read.symbols.iter().map(|symbol| symbol.moved(*start));
                match piece.kind.under {
                    Some(field) if matches!((field.form)(), Form::Entries(..)) => {
                        let symbols: Vec<Symbol> = symbols.collect();
                        let Some(end) = symbols.last().map(|last| last.bytes.end) else { continue };
                        all.extend(key.take().map(|key| Symbol::section(field.key, key)));
                        if let Some(section) = all.last_mut() {
                            section.bytes.end = end;
                            section.children.extend(symbols);
                        }
                    }
                    Some(_) => all.extend(symbols),
                    None => {
                        key = piece.read.marks.last().map(|mark| mark.bytes(*start));
                        all.extend(symbols);
                    }
                }
            }
            all
        })
    }

    /// Whether all of the text could be read.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.complete
    }
}

impl Mark {
    fn bytes(&self, start: usize) -> Range<usize> {
        start + self.start as usize..start + self.end as usize
    }
}

impl Symbol {
    /// A section, whose key stands at these bytes.
    pub(super) fn section(key: &str, bytes: Range<usize>) -> Self {
        Self {
            name: key.to_owned(),
            detail: None,
            vocabulary: None,
            bytes: bytes.clone(),
            selection: bytes,
            children: Vec::new(),
        }
    }

    /// The same, in a piece that starts at this byte.
    fn moved(&self, start: usize) -> Self {
        let moved = |bytes: &Range<usize>| start + bytes.start..start + bytes.end;
        Self {
            name: self.name.clone(),
            detail: self.detail.clone(),
            vocabulary: self.vocabulary,
            bytes: moved(&self.bytes),
            selection: moved(&self.selection),
            children: self.children.iter().map(|child| child.moved(start)).collect(),
        }
    }
}
