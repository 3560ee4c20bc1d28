//! A piece of a document, read alone: its names, keys and words with their bytes. Of a broken one, what can be read.

use std::ops::Range;

use super::outline::{Mark, Symbol};
use super::pieces::record;
use super::text::Text;
use super::walk::Walk;
use crate::diagnostic::Diagnostics;
use crate::document::form::Field;
use crate::policy::Limits;
use crate::source::SourceId;
use crate::yaml::{TextLimits, Tree};

/// A stretch of a document with what stands in it; bytes count from its start.
#[derive(Debug)]
pub(super) struct Piece {
    pub(super) text: Box<str>,
    /// What it was read as.
    pub(super) kind: Kind,
    /// Whether all of it could be read.
    pub(super) complete: bool,
    pub(super) read: Read,
}

/// What a piece is read as.
#[derive(Debug, Clone, Copy)]
pub(super) struct Kind {
    /// Whether its document holds policy tests.
    pub(super) tests: bool,
    /// The section whose entries it holds.
    pub(super) under: Option<&'static Field>,
}

/// What stands in a piece.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub(super) marks: Vec<Mark>,
    /// The documents it extends, or the model it tests, as written.
    pub(super) bases: Vec<String>,
    pub(super) symbols: Vec<Symbol>,
    /// Whether it holds what pieces of its kind hold.
    pub(super) fits: bool,
}

impl Piece {
    /// So many lines are taken out, one after the other, to read the rest of a broken piece.
    const MENDS: usize = 4;

    /// What stands in a text. Of a broken one the line that is being edited is left out, then those on which reading
    /// fails; where that does not help, what stands before the break.
    pub(super) fn of(text: &str, kind: Kind, edited: Option<usize>) -> Self {
        let (read, failed) = read(text, kind);
        let Some(failed) = failed else {
            return Self { text: text.into(), kind, complete: read.fits, read };
        };
        let read = Self::mended(text, kind, edited, failed).unwrap_or(read);
        Self { text: text.into(), kind, complete: false, read }
    }

    /// The same, of a text that can be read.
    pub(super) fn whole(text: &str, kind: Kind) -> Option<Self> {
        let (read, failed) = read(text, kind);
        (failed.is_none() && read.fits).then(|| Self { text: text.into(), kind, complete: true, read })
    }

    /// What stands in a broken text without some of its lines.
    fn mended(text: &str, kind: Kind, edited: Option<usize>, mut failed: usize) -> Option<Read> {
        let lines = Text::new(text);
        let mut mended = text.to_owned();
        let mut blank = edited.map(|edited| lines.line_of(edited));
        for _ in 0..Self::MENDS {
            let line = blank.take().unwrap_or_else(|| lines.line_of(failed));
            let written = |line: &Range<usize>| mended.get(line.clone()).is_some_and(|line| !line.trim().is_empty());
            let line = (0..=line).rev().map(|line| lines.line(line)).find(written)?;
            mended.replace_range(line.clone(), &" ".repeat(line.len()));
            match read(&mended, kind) {
                (read, None) => return Some(read),
                (_, Some(next)) => failed = next,
            }
        }
        None
    }

    /// Whether it is this text, read as this.
    pub(super) fn is(&self, text: Option<&str>, kind: Kind) -> bool {
        let key = |kind: Kind| (kind.tests, kind.under.map(|field| field.key));
        key(self.kind) == key(kind) && text == Some(&*self.text)
    }
}

/// What can be read of a text, and the byte at which that ends.
fn read(text: &str, kind: Kind) -> (Read, Option<usize>) {
    let Limits { nodes, nesting, .. } = Limits::default();
    let mut sink = Diagnostics::default();
    let (tree, complete) = Tree::parse_so_far(text, SourceId::default(), TextLimits { nodes, nesting }, &mut sink);
    let read = Walk::new(&tree, text).piece(record(kind.tests), kind.under);
    let stop = || sink.into_sorted().iter().filter_map(|diagnostic| diagnostic.span).map(|span| span.start as usize).max();
    let failed = (!complete).then(|| stop().unwrap_or(text.len()));
    (read, failed)
}
