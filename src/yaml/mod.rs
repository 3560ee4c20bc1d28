//! Stage 2: the only code that knows YAML.
//!
//! Text becomes events (`events`, the adapter of the parser), events become a flat tree in which every node keeps its
//! bytes ([`Tree`]), and a [`Decoder`] reads values out of the tree, reporting every mistake and going on. What is not
//! for a model (anchors, aliases, merge keys, tags, several documents) is refused here. Nothing here knows the keys of
//! the language.

mod decode;
mod events;
mod tree;

pub(crate) use decode::{Decode, Decoder, shortened};
pub(crate) use tree::{NodeId, Shape, Tree};

/// How large a text may be before it is refused. The defaults are what no honest model meets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TextLimits {
    pub(crate) nodes: usize,
    pub(crate) nesting: usize,
}
