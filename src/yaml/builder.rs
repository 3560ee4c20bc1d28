//! Events put together into a tree, without recursion; what a model is not written with is refused.

use std::borrow::Cow;
use std::ops::Range;

use super::events::{Event, Failure, read};
use super::join::joined;
use super::nodes::{Kind, Node, Nodes};
use super::pieces::pieces;
use super::syntax::underlined;
use super::{TextLimits, Tree};
use crate::diagnostic::{Diagnostic, Diagnostics, ErrorKind};
use crate::parallel;
use crate::source::{SourceId, Span, to_u32};

impl<'t> Tree<'t> {
    /// Reads a text into a tree. What is wrong with the text goes into the sink; none where no tree came of it.
    pub(crate) fn parse(text: &'t str, source: SourceId, limits: TextLimits, sink: &mut Diagnostics) -> Option<Self> {
        let pieces = pieces(text, parallel::threads);
        if let Some(tree) = pieces.and_then(|pieces| joined(text, &pieces, source, limits)) {
            return Some(tree);
        }
        let (tree, complete) = Self::parse_so_far(text, source, limits, sink);
        complete.then_some(tree)
    }

    /// Reads of a text what can be read, and tells whether that is all. What is open where it stops ends there.
    pub(crate) fn parse_so_far(text: &'t str, source: SourceId, limits: TextLimits, sink: &mut Diagnostics) -> (Self, bool) {
        Self::parse_stretch(text, 0..text.len(), source, limits, sink)
    }

    /// The same of a stretch of a text.
    pub(super) fn parse_stretch(
        text: &'t str,
        stretch: Range<usize>,
        source: SourceId,
        limits: TextLimits,
        sink: &mut Diagnostics,
    ) -> (Self, bool) {
        let begin = stretch.start;
        let mut builder = Builder {
            tree: Self { text, source, nodes: Nodes::default(), pool: Vec::new() },
            open: Vec::new(),
            limits,
            documents: 0,
            last_end: 0,
            sink,
            complete: true,
        };
        let read_of = text.get(stretch).unwrap_or_default();
        let outcome = read(read_of, limits.nesting, |event, bytes| builder.take(event, begin + bytes.start..begin + bytes.end));
        if let Err(Failure { told, too_deep: nested }) = outcome {
            let bytes = underlined(text, begin + told.at);
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
                self.refuse(
                    ErrorKind::Tag,
                    span,
                    "a tag",
                    "Leave the tag out: what is written is text wherever text is expected.",
                );
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
            Diagnostic::error(ErrorKind::LimitExceeded, span, format!("more than {limit} texts, lists and maps in one document"))
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
        if plain && span.start == span.end {
            return self.push(span, 0, Kind::Nothing);
        }
        let bytes = self.tree.text.get(span.start as usize..span.end as usize).unwrap_or("");
        // What the parser does not change it gives as a part of the text: then the same place is the same text.
        let same = |written: &str| match &value {
            Cow::Borrowed(value) if std::ptr::eq(*value, written) => true,
            value => *value == written,
        };
        let inner = || bytes.get(1..bytes.len().saturating_sub(1)).unwrap_or("");
        let (data, kind) = if plain && same(bytes) {
            (0, Kind::Plain)
        } else if !plain && bytes.len() >= 2 && bytes.starts_with(['"', '\'']) && same(inner()) {
            (0, Kind::Quoted)
        } else {
            self.tree.pool.push(value.into_owned());
            (to_u32(self.tree.pool.len() - 1), if plain { Kind::PooledPlain } else { Kind::Pooled })
        };
        self.push(span, data, kind);
    }

    fn push(&mut self, span: Span, data: u32, kind: Kind) {
        self.last_end = span.end;
        self.tree.nodes.push(Node::new(span.start, span.end, kind, data));
    }

    fn refuse(&mut self, kind: ErrorKind, span: Span, what: &str, help: &str) {
        self.sink.push(Diagnostic::error(kind, span, format!("{what} in a model")).help(help.to_owned()));
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
