//! A vocabulary while it is put together: entries by name, the order they were declared in, and what was removed.

use std::borrow::Cow;

use hashbrown::HashMap;

use super::rules::Merge;
use crate::diagnostic::{Diagnostic, Diagnostics, ErrorKind};
use crate::document::Name;
use crate::source::Span;
use crate::yaml::shortened;

/// A vocabulary while it is put together.
pub(in crate::model) struct Vocabulary<'t, T> {
    /// What its entries are called in messages.
    pub(in crate::model) what: &'static str,
    pub(in crate::model) entries: Vec<Slot<'t, T>>,
    index: HashMap<Cow<'t, str>, usize>,
    /// Names that were removed and not declared again, with the entry that did it.
    pub(in crate::model) removed: HashMap<Cow<'t, str>, Span>,
}

/// An entry of a vocabulary.
pub(in crate::model) struct Slot<'t, T> {
    pub(in crate::model) name: Name<'t>,
    pub(in crate::model) parent: Option<usize>,
    pub(in crate::model) body: T,
    /// The last layer that said something of it.
    layer: u16,
    pub(in crate::model) live: bool,
}

impl<'t, T: Merge> Vocabulary<'t, T> {
    pub(super) fn new(what: &'static str) -> Self {
        Self { what, entries: Vec::new(), index: HashMap::new(), removed: HashMap::new() }
    }

    /// Takes in an entry of a document; gives its place.
    pub(super) fn declare(
        &mut self,
        name: Name<'t>,
        parent: Option<usize>,
        body: T,
        layer: u16,
        sink: &mut Diagnostics,
    ) -> usize {
        let Some(&place) = self.index.get(&name.value) else {
            self.removed.remove(&name.value);
            self.index.insert(name.value.clone(), self.entries.len());
            self.entries.push(Slot { name, parent, body, layer, live: true });
            return self.entries.len() - 1;
        };
        let what = self.what;
        let parent_name = |entries: &[Slot<'t, T>], parent: Option<usize>| {
            parent.and_then(|at| entries.get(at)).map(|slot| slot.name.value.clone())
        };
        let at = parent_name(&self.entries, self.entries.get(place).and_then(|slot| slot.parent));
        if let Some(slot) = self.entries.get_mut(place) {
            if slot.layer == layer {
                let twice = Diagnostic::error(
                    ErrorKind::DuplicateId,
                    name.span,
                    format!("{what} `{}` is declared twice", shortened(&name.value)),
                );
                sink.push(twice.related(slot.name.span, "first here").help("Give one of them another id, or join the two."));
            } else if parent.is_some() && parent != slot.parent {
                let at = at.map_or("at top level".to_owned(), |at| format!("under `{at}`"));
                let moved = Diagnostic::error(
                    ErrorKind::MovedEntry,
                    name.span,
                    format!("{what} `{}` is declared {at} by an earlier document", shortened(&name.value)),
                );
                sink.push(
                    moved
                        .related(slot.name.span, "first here")
                        .help("Name it at top level, or under the same parent, to extend it."),
                );
            }
            slot.layer = layer;
            slot.body.merge(body);
        }
        place
    }

    /// Takes out an entry and all below it, and gives their names.
    pub(super) fn remove(&mut self, name: &Name<'t>) -> Option<Vec<Cow<'t, str>>> {
        let place = *self.index.get(&name.value)?;
        let mut gone = vec![place];
        let mut next = 0;
        while let Some(parent) = gone.get(next).copied() {
            gone.extend(
                self.entries.iter().enumerate().filter(|(_, slot)| slot.live && slot.parent == Some(parent)).map(|(at, _)| at),
            );
            next += 1;
        }
        let mut names = Vec::new();
        for place in gone {
            if let Some(slot) = self.entries.get_mut(place) {
                slot.live = false;
                self.index.remove(&slot.name.value);
                self.removed.insert(slot.name.value.clone(), name.span);
                names.push(slot.name.value.clone());
            }
        }
        Some(names)
    }

    /// Gives back the room for more entries, and what finds one of the same name.
    pub(super) fn finish(&mut self) {
        self.index = HashMap::new();
        self.entries.shrink_to_fit();
    }

    /// Whether the entry at a place was removed.
    pub(super) fn is_gone(&self, place: u32) -> bool {
        self.entries.get(place as usize).is_some_and(|slot| !slot.live)
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().filter(|slot| slot.live).map(|slot| slot.name.value.as_ref())
    }
}
