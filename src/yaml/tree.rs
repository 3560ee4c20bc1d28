//! A YAML text as a flat tree: one small node for every scalar, list and map, in the order of the text.
//!
//! A node holds bytes of the text, never a copy; a scalar that is not written as it reads (escapes, folded lines) keeps
//! its text in a side pool. A list or map knows the node after its last, so the tree is walked without pointers.

use std::borrow::Cow;
use std::ops::Range;

use super::TextLimits;
use super::events::{Event, Failure, read};
use super::nodes::{Kind, Node, Nodes};
use super::syntax::underlined;
use crate::diagnostic::{Diagnostic, Diagnostics, ErrorKind};
use crate::source::{SourceId, Span, to_u32};

/// A YAML document as nodes.
#[derive(Debug)]
pub(crate) struct Tree<'t> {
    text: &'t str,
    source: SourceId,
    nodes: Nodes,
    pool: Vec<String>,
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
    /// Reads a text into a tree. What is wrong with the text goes into the sink; none where no tree came of it.
    pub(crate) fn parse(text: &'t str, source: SourceId, limits: TextLimits, sink: &mut Diagnostics) -> Option<Self> {
        let (tree, complete) = Self::parse_so_far(text, source, limits, sink);
        complete.then_some(tree)
    }

    /// Reads of a text what can be read, and tells whether that is all. What is open where it stops ends there.
    pub(crate) fn parse_so_far(text: &'t str, source: SourceId, limits: TextLimits, sink: &mut Diagnostics) -> (Self, bool) {
        let mut builder = Builder {
            tree: Self { text, source, nodes: Nodes::default(), pool: Vec::new() },
            open: Vec::new(),
            limits,
            documents: 0,
            last_end: 0,
            sink,
            complete: true,
        };
        let outcome = read(text, limits.nesting, |event, bytes| builder.take(event, bytes));
        if let Err(Failure { told, too_deep: nested }) = outcome {
            let bytes = underlined(text, told.at);
            let at = Span::new(source, to_u32(bytes.start), to_u32(bytes.end));
            builder.complete = false;
            builder.sink.push(if nested {
                too_deep(at, limits.nesting)
            } else {
                Diagnostic::error(ErrorKind::Syntax, at, told.message).help(told.help)
            });
        }
        while !builder.open.is_empty() {
            builder.end(Span::new(source, builder.last_end, builder.last_end));
        }
        let Builder { mut tree, complete, .. } = builder;
        if tree.nodes.len() == 0 {
            tree.nodes.push(Node::default());
        }
        (tree, complete)
    }

    /// The node of the whole document.
    pub(crate) const ROOT: NodeId = NodeId(0);

    pub(crate) fn span(&self, id: NodeId) -> Span {
        let node = self.node(id);
        Span::new(self.source, node.start, node.end)
    }

    pub(crate) fn shape(&self, id: NodeId) -> Shape<'t> {
        let node = self.node(id);
        let slice = |trim: usize| {
            let (start, end) = (node.start as usize + trim, (node.end as usize).saturating_sub(trim));
            Cow::Borrowed(self.text.get(start..end).unwrap_or(""))
        };
        let pooled = || Cow::Owned(self.pool.get(node.data() as usize).cloned().unwrap_or_default());
        match node.kind() {
            Kind::Nothing => Shape::Nothing,
            Kind::Plain => Shape::Text(slice(0), true),
            Kind::Quoted => Shape::Text(slice(1), false),
            Kind::PooledPlain => Shape::Text(pooled(), true),
            Kind::Pooled => Shape::Text(pooled(), false),
            Kind::List => Shape::List,
            Kind::Map => Shape::Map,
            Kind::Refused => Shape::Refused,
        }
    }

    /// The nodes directly within a list (its items) or a map (key, value, key, value).
    pub(crate) fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> + use<'_, 't> {
        let node = self.node(id);
        let end = if node.holds_nodes() { node.data() } else { 0 };
        let mut next = id.0 + 1;
        std::iter::from_fn(move || {
            (next < end).then(|| {
                let child = NodeId(next);
                let node = self.node(child);
                next = if node.holds_nodes() { node.data() } else { next + 1 };
                child
            })
        })
    }

    /// Whether a list or map is written in brackets or braces. One in lines may begin where its first entry does.
    pub(crate) fn in_brackets(&self, id: NodeId) -> bool {
        let node = self.node(id);
        let open = self.text.get(node.start as usize..).is_some_and(|text| text.starts_with(['[', '{']));
        open && self.children(id).next().is_none_or(|first| node.start < self.node(first).start)
    }

    /// Where the scalars stand, in the order of the text.
    pub(super) fn scalars(&self) -> impl Iterator<Item = Span> {
        let scalars = self.nodes.iter().filter(|node| !node.holds_nodes());
        scalars.map(|node| Span::new(self.source, node.start, node.end))
    }

    /// Forgets the nodes that stand well before this one: they have been read.
    pub(crate) fn forget_before(&mut self, id: NodeId) {
        self.nodes.forget_before(id.0 as usize);
    }

    fn node(&self, id: NodeId) -> Node {
        self.nodes.get(id.0 as usize).unwrap_or_default()
    }
}

/// Puts events together into a tree, without recursion.
struct Builder<'b, 't> {
    tree: Tree<'t>,
    open: Vec<usize>,
    limits: TextLimits,
    documents: usize,
    last_end: u32,
    sink: &'b mut Diagnostics,
    complete: bool,
}

impl<'t> Builder<'_, 't> {
    /// Takes in an event; false where reading on makes no sense.
    fn take(&mut self, event: Event<'t>, bytes: Range<usize>) -> bool {
        let span = Span::new(self.tree.source, to_u32(bytes.start), to_u32(bytes.end));
        match event {
            Event::Document => return self.document(span),
            Event::Scalar(value, plain) => self.scalar(value, plain, span),
            Event::List if !self.start(Kind::List, span) => return false,
            Event::Map if !self.start(Kind::Map, span) => return false,
            Event::List | Event::Map => {}
            Event::End => self.end(span),
            Event::Anchor => self.refuse(
                ErrorKind::Anchor,
                span,
                "an anchor",
                "Write the value where it belongs; a model says everything where it stands.",
            ),
            Event::Tag => {
                self.refuse(ErrorKind::Tag, span, "a tag", "Leave the tag out; a scalar is text wherever text is expected.");
            }
            Event::Alias => {
                self.refuse(
                    ErrorKind::Anchor,
                    span,
                    "an alias",
                    "Write the value out here; a model says everything where it stands.",
                );
                self.push(span, 0, Kind::Refused);
            }
        }
        if self.tree.nodes.len() <= self.limits.nodes {
            return true;
        }
        let limit = self.limits.nodes;
        self.stop(
            Diagnostic::error(
                ErrorKind::LimitExceeded,
                span,
                format!("more than {limit} scalars, lists and maps in one document"),
            )
            .help("Split the model into documents that extend each other, or have the caller raise the limit."),
        )
    }

    fn document(&mut self, span: Span) -> bool {
        self.documents += 1;
        if self.documents == 1 {
            return true;
        }
        self.stop(
            Diagnostic::error(ErrorKind::SeveralDocuments, span, "a second YAML document in one file")
                .help("Put it into a file of its own, and name that file under `extends` if the two belong together."),
        )
    }

    fn start(&mut self, kind: Kind, span: Span) -> bool {
        self.open.push(self.tree.nodes.len());
        self.push(span, 0, kind);
        if self.open.len() <= self.limits.nesting {
            return true;
        }
        self.stop(too_deep(span, self.limits.nesting))
    }

    fn end(&mut self, span: Span) {
        let after = to_u32(self.tree.nodes.len());
        if let Some(node) = self.open.pop().and_then(|open| self.tree.nodes.get_mut(open)) {
            // In block style nothing is written at the end: where the last child ends, the list or map does.
            self.last_end = if span.end > span.start { span.end } else { self.last_end.max(node.end) };
            node.end = self.last_end;
            node.set_data(after);
        }
    }

    fn scalar(&mut self, value: Cow<'t, str>, plain: bool, span: Span) {
        let bytes = self.tree.text.get(span.start as usize..span.end as usize).unwrap_or("");
        let inner = bytes.get(1..bytes.len().saturating_sub(1)).unwrap_or("");
        let (data, kind) = match value {
            _ if plain && bytes.is_empty() => (0, Kind::Nothing),
            value if plain && value == bytes => (0, Kind::Plain),
            value if !plain && bytes.len() >= 2 && bytes.starts_with(['"', '\'']) && value == inner => (0, Kind::Quoted),
            value => {
                self.tree.pool.push(value.into_owned());
                (to_u32(self.tree.pool.len() - 1), if plain { Kind::PooledPlain } else { Kind::Pooled })
            }
        };
        self.push(span, data, kind);
    }

    fn push(&mut self, span: Span, data: u32, kind: Kind) {
        self.last_end = span.end;
        self.tree.nodes.push(Node::new(span.start, span.end, kind, data));
    }

    fn refuse(&mut self, kind: ErrorKind, span: Span, what: &str, help: &str) {
        self.sink.push(Diagnostic::error(kind, span, format!("{what} in a model")).help(help));
    }

    fn stop(&mut self, diagnostic: Diagnostic) -> bool {
        self.sink.push(diagnostic);
        self.complete = false;
        false
    }
}

fn too_deep(at: Span, limit: usize) -> Diagnostic {
    Diagnostic::error(ErrorKind::LimitExceeded, at, format!("lists and maps nested deeper than {limit} levels"))
        .help("Write it flatter, or have the caller raise the limit.")
}
