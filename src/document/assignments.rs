//! Lists of assignments: read at once, or left where they stand in the tree and read one by one, so that a model with very
//! many never holds them all as written.

use std::ops::{Deref, DerefMut};

use serde::{Deserialize, Serialize};

use super::form::{Form, Formed, Roles};
use super::{Assignment, Name};
use crate::diagnostic::Diagnostics;
use crate::source::{Span, Spanned};
use crate::yaml::{Decode, Decoder, NodeId, Tree};

/// The assignments of a list, in order: a vector of them in a [`Document`](super::Document) that was read for itself.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Assignments<'t> {
    read: Vec<Spanned<Assignment<'t>>>,
    /// Those that are still to be read from the tree of the document.
    #[serde(skip)]
    pub(crate) standing: Vec<NodeId>,
}

impl<'t> Decode<'t> for Assignments<'t> {
    fn decode(decoder: &mut Decoder<'_, 't>, node: NodeId) -> Option<Self> {
        if decoder.leaves_standing {
            return decoder.list(node, "a list").map(|standing| Self { standing: standing.collect(), read: Vec::new() });
        }
        Vec::decode(decoder, node).map(Self::from)
    }
}

impl<'t> Deref for Assignments<'t> {
    type Target = Vec<Spanned<Assignment<'t>>>;

    fn deref(&self) -> &Self::Target {
        &self.read
    }
}

impl DerefMut for Assignments<'_> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.read
    }
}

impl<'t> From<Vec<Spanned<Assignment<'t>>>> for Assignments<'t> {
    fn from(read: Vec<Spanned<Assignment<'t>>>) -> Self {
        Self { read, standing: Vec::new() }
    }
}

impl Formed for Assignments<'_> {
    fn form(roles: Roles) -> Form {
        Vec::<Spanned<Assignment<'_>>>::form(roles)
    }
}

/// Lists that are not needed any more.
pub(crate) type Spare<'t> = Vec<Vec<Name<'t>>>;

/// An assignment that stands in a tree.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Standing(pub(crate) NodeId);

impl Standing {
    /// Where it stands.
    pub(crate) fn span(self, tree: &Tree<'_>) -> Span {
        tree.span(self.0)
    }

    /// The assignment; none where what stands there is none, which is reported like every mistake in it.
    pub(crate) fn read<'t>(self, tree: &Tree<'t>, sink: &mut Diagnostics) -> Option<Assignment<'t>> {
        Assignment::decode(&mut Decoder::new(tree, sink), self.0)
    }

    /// Reads the assignment in place of another, in the room of what is not needed any more; false where what stands there is none.
    pub(crate) fn read_over<'t>(
        self,
        other: &mut Assignment<'t>,
        tree: &Tree<'t>,
        sink: &mut Diagnostics,
        spare: &mut Spare<'t>,
    ) -> bool {
        let mut decoder = Decoder::new(tree, sink);
        std::mem::swap(&mut decoder.spare, spare);
        let read = other.read(&mut decoder, self.0);
        *spare = decoder.spare;
        read
    }

    /// The id of the assignment, where it has one. Nothing is reported yet.
    pub(crate) fn id<'t>(self, tree: &Tree<'t>) -> Option<Name<'t>> {
        let mut unsaid = Diagnostics::default();
        let mut decoder = Decoder::new(tree, &mut unsaid);
        let id = decoder.find(self.0, "id")?;
        Decode::decode(&mut decoder, id)
    }
}
