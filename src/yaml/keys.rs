//! Keys of maps: which were met, and which can be none.

use std::borrow::Cow;

use hashbrown::HashMap;

use super::{NodeId, Shape, Tree};
use crate::diagnostic::{Diagnostic, Diagnostics, ErrorKind};
use crate::source::{Span, Spanned};

/// The keys of a map met so far: of few the entries are looked through, of many there is a table.
#[derive(Default)]
pub(super) struct Seen<'t>(HashMap<Cow<'t, str>, Span>);

impl<'t> Seen<'t> {
    /// Where a key stood first.
    pub(super) fn first(&mut self, name: &str, entries: &[(Spanned<Cow<'t, str>>, NodeId)]) -> Option<Span> {
        const FEW: usize = 16;
        if entries.len() <= FEW {
            return entries.iter().find(|(key, _)| key.value == name).map(|(key, _)| key.span);
        }
        let Self(table) = self;
        table.extend(entries.iter().skip(table.len()).map(|(key, _)| (key.value.clone(), key.span)));
        table.get(name).copied()
    }
}

/// The error of a key that is a list or a map.
pub(super) fn non_text_key(span: Span) -> Diagnostic {
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
