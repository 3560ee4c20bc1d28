//! A YAML text as a flat tree: one small node for every scalar, list and map, in the order of the text.
//!
//! A node holds bytes of the text, never a copy; a scalar that is not written as it reads (escapes, folded lines) keeps
//! its text in a side pool. A list or map knows the node after its last, so the tree is walked without pointers.

use std::borrow::Cow;

use super::nodes::{Kind, Node, Nodes};
use crate::source::{SourceId, Span};

/// A YAML document as nodes.
#[derive(Debug)]
pub(crate) struct Tree<'t> {
    pub(super) text: &'t str,
    pub(super) source: SourceId,
    pub(super) nodes: Nodes,
    pub(super) pool: Vec<String>,
}

/// A node of a [`Tree`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct NodeId(u32);

/// What a node is, as far as a decoder asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Shape<'t> {
    /// Nothing is written.
    Nothing,
    /// A scalar, and whether it stands without quotes.
    Text(Cow<'t, str>, bool),
    List,
    Map,
    /// Something that has been reported.
    Refused,
}

impl<'t> Tree<'t> {
    /// The node of the whole document.
    pub(crate) const ROOT: NodeId = NodeId(0);

    pub(crate) fn span(&self, id: NodeId) -> Span {
        let node = self.node(id);
        Span::new(self.source, node.start, node.end)
    }

    pub(crate) fn shape(&self, id: NodeId) -> Shape<'t> {
        match self.kind(id) {
            Kind::Nothing => Shape::Nothing,
            Kind::List => Shape::List,
            Kind::Map => Shape::Map,
            Kind::Refused => Shape::Refused,
            _ => self.scalar(id).map_or(Shape::Nothing, |(text, plain)| Shape::Text(text, plain)),
        }
    }

    /// What a node is, without its text.
    #[inline]
    pub(super) fn kind(&self, id: NodeId) -> Kind {
        self.node(id).kind()
    }

    /// The text of a scalar, and whether it stands without quotes; none of anything else.
    #[inline]
    pub(super) fn scalar(&self, id: NodeId) -> Option<(Cow<'t, str>, bool)> {
        let node = self.node(id);
        match node.kind() {
            Kind::Plain | Kind::Quoted => Some((Cow::Borrowed(self.written(node)), node.kind() == Kind::Plain)),
            Kind::PooledPlain | Kind::Pooled => {
                Some((Cow::Owned(self.pooled(node).to_owned()), node.kind() == Kind::PooledPlain))
            }
            _ => None,
        }
    }

    /// Whether a node is a scalar of this text.
    #[inline]
    pub(super) fn reads(&self, id: NodeId, text: &str) -> bool {
        let node = self.node(id);
        match node.kind() {
            Kind::Plain => (node.end - node.start) as usize == text.len() && self.written(node) == text,
            Kind::Quoted => self.written(node) == text,
            Kind::PooledPlain | Kind::Pooled => self.pooled(node) == text,
            _ => false,
        }
    }

    /// The text of a scalar that is written as it reads.
    #[inline]
    fn written(&self, node: Node) -> &'t str {
        let trim = usize::from(node.kind() == Kind::Quoted);
        self.text.get(node.start as usize + trim..(node.end as usize).saturating_sub(trim)).unwrap_or("")
    }

    fn pooled(&self, node: Node) -> &str {
        self.pool.get(node.data() as usize).map_or("", String::as_str)
    }

    /// The nodes directly within a list (its items) or a map (key, value, key, value).
    pub(crate) fn children(&self, id: NodeId) -> Children<'_, 't> {
        let node = self.node(id);
        Children { tree: self, next: id.0 + 1, end: if node.holds_nodes() { node.data() } else { 0 } }
    }

    /// Whether a list or map is written in brackets or braces. One in lines may begin where its first entry does.
    pub(crate) fn in_brackets(&self, id: NodeId) -> bool {
        let node = self.node(id);
        let open = self.text.get(node.start as usize..).is_some_and(|text| text.starts_with(['[', '{']));
        open && self.children(id).next().is_none_or(|first| node.start < self.node(first).start)
    }

    /// The comment in the line of a node that is empty.
    pub(super) fn comment_behind(&self, id: NodeId) -> Option<&'t str> {
        let rest = self.text.get(self.node(id).end as usize..)?.lines().next()?;
        let comment = rest.trim_start_matches([':', '-', ' ', '\t']);
        comment.starts_with('#').then(|| comment.split([',', ']', '}']).next().unwrap_or(comment).trim_end())
    }

    /// Whether the last node is a block of text, or the like, in which nothing stands.
    pub(super) fn ends_in_empty_block(&self) -> bool {
        let last = self.nodes.len().checked_sub(1).and_then(|last| self.nodes.get(last)).unwrap_or_default();
        matches!(last.kind(), Kind::Pooled | Kind::PooledPlain) && self.pooled(last).trim().is_empty()
    }

    /// Where the scalars stand, in the order of the text.
    pub(super) fn scalars(&self) -> impl Iterator<Item = Span> {
        let scalars = self.nodes.iter().filter(|node| !node.holds_nodes());
        scalars.map(|node| Span::new(self.source, node.start, node.end))
    }

    /// Forgets the nodes that stand well before this one: they have been read.
    pub(crate) fn forget_before(&mut self, id: NodeId) {
        self.nodes.forget_before(id.place());
    }

    #[inline]
    fn node(&self, id: NodeId) -> Node {
        self.nodes.get(id.place()).unwrap_or_default()
    }
}

impl NodeId {
    /// Where the node stands among all.
    pub(super) fn place(self) -> usize {
        self.0 as usize
    }
}

/// The nodes directly within a list or map.
#[derive(Debug, Clone)]
pub(crate) struct Children<'r, 't> {
    tree: &'r Tree<'t>,
    next: u32,
    end: u32,
}

impl Iterator for Children<'_, '_> {
    type Item = NodeId;

    #[inline]
    fn next(&mut self) -> Option<NodeId> {
        let child = (self.next < self.end).then_some(NodeId(self.next))?;
        let node = self.tree.node(child);
        self.next = if node.holds_nodes() { node.data() } else { self.next + 1 };
        Some(child)
    }
}
