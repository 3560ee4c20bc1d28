//! Assignments while a model is put together: where each stands, and what of it later documents took away.

use std::borrow::Cow;

use crate::diagnostic::Diagnostics;
use crate::document::{Assignment, Name, Names, Spare, Standing};
use crate::source::Span;
use crate::yaml::{NodeId, Tree};

/// An assignment with the place it stands under.
pub(in crate::model) struct Placed<'t> {
    pub(super) written: Written<'t>,
    /// The layer that says it, and with that the tree it stands in.
    pub(in crate::model) layer: u16,
    pub(in crate::model) home: Home,
}

/// What an assignment's place implies, as a place in the vocabulary.
#[derive(Debug, Clone, Copy)]
pub(in crate::model) enum Home {
    Nothing,
    Task(u32),
    Component(u32),
}

/// An assignment as far as it has been read.
pub(super) enum Written<'t> {
    Standing(Standing),
    /// Read before its time, because something was taken from it: what is left of it.
    Read(Box<(Assignment<'t>, Span)>),
}

/// The names of places that a document removes.
pub(super) struct Gone<'g, 't> {
    pub(super) tasks: &'g [Cow<'t, str>],
    pub(super) components: &'g [Cow<'t, str>],
}

impl<'t> Placed<'t> {
    /// Where it stands.
    pub(in crate::model) fn span(&self, trees: &[Tree<'t>]) -> Span {
        match &self.written {
            Written::Standing(standing) => self.tree(trees).map_or(Span::default(), |tree| standing.span(tree)),
            Written::Read(read) => read.1,
        }
    }

    /// The node it stands at, where it has not been read yet.
    pub(in crate::model) fn node(&self) -> Option<NodeId> {
        match &self.written {
            Written::Standing(Standing(node)) => Some(*node),
            Written::Read(_) => None,
        }
    }

    /// Reads the assignment in place of another; false where what stands there is none.
    fn read_over(&self, other: &mut Assignment<'t>, trees: &[Tree<'t>], sink: &mut Diagnostics, spare: &mut Spare<'t>) -> bool {
        match &self.written {
            Written::Standing(standing) => self.tree(trees).is_some_and(|tree| standing.read_over(other, tree, sink, spare)),
            Written::Read(read) => {
                other.clone_from(&read.0);
                true
            }
        }
    }

    /// The assignment as written; none where what stands there is none. Its mistakes are reported when it is first read.
    pub(in crate::model) fn read<'p>(&'p self, trees: &[Tree<'t>], sink: &mut Diagnostics) -> Option<Cow<'p, Assignment<'t>>> {
        match &self.written {
            Written::Standing(standing) => standing.read(self.tree(trees)?, sink).map(Cow::Owned),
            Written::Read(read) => Some(Cow::Borrowed(&read.0)),
        }
    }

    /// Its id.
    pub(super) fn id(&self, trees: &[Tree<'t>]) -> Option<Name<'t>> {
        match &self.written {
            Written::Standing(standing) => standing.id(self.tree(trees)?),
            Written::Read(read) => read.0.id.clone(),
        }
    }

    /// Drops removed places; false where none is left.
    pub(super) fn survives(&mut self, gone: &Gone<'_, 't>, trees: &[Tree<'t>], sink: &mut Diagnostics) -> bool {
        let mut unsaid = Diagnostics::default();
        if !self.read(trees, &mut unsaid).is_some_and(|assignment| gone.takes_from(&assignment)) {
            return true;
        }
        let span = self.span(trees);
        let Some(mut assignment) = self.read(trees, sink).map(Cow::into_owned) else { return true };
        let left = keep(&mut assignment.task, gone.tasks) && keep(&mut assignment.component, gone.components);
        self.written = Written::Read(Box::new((assignment, span)));
        left
    }

    fn tree<'r>(&self, trees: &'r [Tree<'t>]) -> Option<&'r Tree<'t>> {
        trees.get(usize::from(self.layer))
    }
}

/// Some assignments as written, with their places; those read next take the room of these.
#[derive(Default)]
pub(in crate::model) struct Block<'p, 't> {
    read: Vec<(&'p Placed<'t>, Span)>,
    written: Vec<Assignment<'t>>,
    spare: Spare<'t>,
}

impl<'p, 't> Block<'p, 't> {
    /// Reads other assignments in place of these.
    pub(in crate::model) fn read(&mut self, all: &'p [Placed<'t>], trees: &[Tree<'t>], sink: &mut Diagnostics) {
        self.written.resize_with(self.written.len().max(all.len()), Assignment::default);
        self.read.clear();
        for placed in all {
            let Some(written) = self.written.get_mut(self.read.len()) else { return };
            if placed.read_over(written, trees, sink, &mut self.spare) {
                self.read.push((placed, placed.span(trees)));
            }
        }
    }

    /// The assignments: where each is, what is written, and where that stands.
    pub(in crate::model) fn iter(&self) -> impl Iterator<Item = (&'p Placed<'t>, &Assignment<'t>, Span)> {
        self.read.iter().zip(&self.written).map(|((placed, span), written)| (*placed, written, *span))
    }
}

impl<'t> Gone<'_, 't> {
    fn takes_from(&self, assignment: &Assignment<'t>) -> bool {
        let named = |names: &Option<Names<'t>>, gone: &[Cow<'t, str>]| {
            names.iter().flat_map(|names| &names.items).any(|name| gone.contains(&name.value))
        };
        named(&assignment.task, self.tasks) || named(&assignment.component, self.components)
    }
}

fn keep<'t>(names: &mut Option<Names<'t>>, gone: &[Cow<'t, str>]) -> bool {
    let Some(names) = names else { return true };
    let had = !names.items.is_empty();
    names.items.retain(|name| !gone.contains(&name.value));
    !had || !names.items.is_empty()
}
