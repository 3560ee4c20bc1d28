//! Stage 2: the only code that knows YAML.
//!
//! Text becomes events (`events`, the adapter of the parser), events become a flat tree in which every node keeps its
//! bytes ([`Tree`]), and a [`Decoder`] reads values out of the tree, reporting every mistake and going on. What is not
//! for a model (anchors, aliases, merge keys, tags, several documents) is refused here. An [`Outline`] says how an entry
//! is taken out of a text. Nothing here knows the keys of the language.

mod builder;
mod comments;
mod decode;
mod events;
mod join;
mod keys;
mod line;
mod nodes;
mod outline;
mod pieces;
mod slips;
mod stood;
mod syntax;
mod tree;

pub(crate) use comments::{Comment, comments};
pub(crate) use decode::{Decode, Decoder, shortened};
pub(crate) use line::line_without;
pub(crate) use nodes::MOST_NODES;
pub(crate) use outline::Outline;
pub(crate) use tree::{NodeId, Shape, Tree};

/// How large a text may be before it is refused. The defaults are what no honest model meets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TextLimits {
    pub(crate) nodes: usize,
    pub(crate) nesting: usize,
}

impl Default for TextLimits {
    fn default() -> Self {
        Self { nodes: 16_000_000, nesting: 64 }
    }
}

impl TextLimits {
    /// What is nested is read by functions that call themselves: deeper, and the stack of a thread would not do.
    pub(crate) const DEEPEST: usize = 512;
}
