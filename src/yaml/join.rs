//! Pieces of a text, read by all cores and joined to the tree that the whole text is.
//!
//! A piece that reads without a mistake leaves nothing open: no quotes, brackets or block of text. So the line after it begins what it seems to,
//! if what it should go on with is a map or list in lines whose entries stand as deep. Wherever that is not so, and of every text that has a
//! mistake or what a model is not written with, there is no joined tree, and the text is read at once: it alone decides.

use super::nodes::{Kind, Nodes};
use super::pieces::{Begins, Piece};
use super::{TextLimits, Tree};
use crate::diagnostic::Diagnostics;
use crate::parallel;
use crate::source::{SourceId, to_u32};

/// For each thread so many pieces are read before they are joined, so that what is not joined yet takes little room.
const FOR_EACH_THREAD: usize = 8;

/// The joined tree; none where the text must be read at once.
pub(super) fn joined<'t>(text: &'t str, pieces: &[Piece], source: SourceId, limits: TextLimits) -> Option<Tree<'t>> {
    let mut joined = Joined { tree: Tree { text, source, nodes: Nodes::default(), pool: Vec::new() }, open: None, end: 0 };
    let read = |piece: &Piece| {
        let mut sink = Diagnostics::default();
        // What stands under a key lies in the map of the document too.
        let inside = usize::from(piece.begins != Begins::Key);
        let limits = TextLimits { nesting: limits.nesting.checked_sub(inside)?, ..limits };
        let (tree, complete) = Tree::parse_stretch(text, piece.bytes.clone(), source, limits, &mut sink);
        (complete && sink.is_empty()).then_some(tree)
    };
    for some in pieces.chunks(FOR_EACH_THREAD * parallel::threads()) {
        for (piece, tree) in some.iter().zip(parallel::each(some, read)) {
            joined.add(piece, &tree?)?;
        }
    }
    joined.close();
    Some(joined.tree).filter(|tree| tree.nodes.len() <= limits.nodes)
}

/// What is joined so far.
struct Joined<'t> {
    tree: Tree<'t>,
    /// Of the last key what stands under it, which may go on.
    open: Option<usize>,
    /// Where what is written ends.
    end: u32,
}

impl<'t> Joined<'t> {
    /// Joins the next piece; none where it is not what it seems.
    fn add(&mut self, piece: &Piece, tree: &Tree<'t>) -> Option<()> {
        let (root, before) = (tree.nodes.get(0)?, self.tree.nodes.len());
        match piece.begins {
            Begins::Key => {
                let begins_line =
                    tree.text.get(..root.start as usize).is_some_and(|above| above.is_empty() || above.ends_with('\n'));
                if root.kind() != Kind::Map || !begins_line {
                    return None;
                }
                self.close();
                let value = tree.children(Tree::ROOT).last()?.place();
                self.open = Some(if before == 0 { value } else { before + value - 1 });
            }
            Begins::Entry { first, own } => {
                let open = self.tree.nodes.get(self.open?)?;
                if (open.kind(), open.start, root.start) != (root.kind(), to_u32(first), to_u32(own)) || !open.holds_nodes() {
                    return None;
                }
            }
        }
        // Where a block of text is empty, the parser says that it is elsewhere at the end of what it reads.
        if tree.ends_in_empty_block() {
            return None;
        }
        // But for the first, what holds the nodes of a piece is there already.
        let skipped = usize::from(before > 0);
        let (nodes, pooled) = (to_u32(before - skipped), to_u32(self.tree.pool.len()));
        tree.nodes.iter().skip(skipped).for_each(|node| self.tree.nodes.push(node.moved(nodes, pooled)));
        self.tree.pool.extend(tree.pool.iter().cloned());
        self.end = root.end;
        Some(())
    }

    /// Ends what stands under the last key, and the document with it.
    fn close(&mut self) {
        let after = to_u32(self.tree.nodes.len());
        for place in [self.open, Some(0)].into_iter().flatten() {
            if let Some(node) = self.tree.nodes.get_mut(place).filter(|node| node.holds_nodes()) {
                node.end = self.end;
                node.set_data(after);
            }
        }
    }
}
