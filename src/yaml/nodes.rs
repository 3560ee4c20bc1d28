//! The nodes of a tree: twelve bytes each, in chunks, so that a long list of them never moves and is forgotten piece by piece.

/// A node: bytes of the text, what it is, and one number.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Node {
    pub(super) start: u32,
    pub(super) end: u32,
    /// The kind in the lowest bits, the number above.
    kind_and_data: u32,
}

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// No value: nothing is written.
    Nothing,
    /// A scalar without quotes whose text is its bytes.
    Plain,
    /// A scalar in quotes whose text is its bytes without them.
    Quoted,
    /// A scalar without quotes whose text is in the pool.
    PooledPlain,
    /// A quoted or block scalar whose text is in the pool.
    Pooled,
    List,
    Map,
    /// An alias: it has been reported, and stands for nothing.
    Refused,
}

impl Kind {
    /// Whether it is a scalar of which something is written.
    pub(super) fn is_text(self) -> bool {
        matches!(self, Self::Plain | Self::Quoted | Self::PooledPlain | Self::Pooled)
    }
}

const KINDS: [Kind; 8] =
    [Kind::Nothing, Kind::Plain, Kind::Quoted, Kind::PooledPlain, Kind::Pooled, Kind::List, Kind::Map, Kind::Refused];
const KIND_BITS: u32 = 3;

/// So many nodes can be told apart.
pub(crate) const MOST_NODES: usize = (1 << (u32::BITS - KIND_BITS)) - 1;

impl Node {
    pub(super) fn new(start: u32, end: u32, kind: Kind, data: u32) -> Self {
        Self { start, end, kind_and_data: data << KIND_BITS | kind as u32 }
    }

    pub(super) fn kind(self) -> Kind {
        KINDS.get((self.kind_and_data & ((1 << KIND_BITS) - 1)) as usize).copied().unwrap_or(Kind::Nothing)
    }

    /// Of a list or map: the node after its last. Of a pooled scalar: its place in the pool.
    pub(super) fn data(self) -> u32 {
        self.kind_and_data >> KIND_BITS
    }

    pub(super) fn set_data(&mut self, data: u32) {
        self.kind_and_data = data << KIND_BITS | self.kind() as u32;
    }

    /// The same behind so many more nodes and pooled scalars.
    pub(super) fn moved(self, nodes: u32, pooled: u32) -> Self {
        let more = match self.kind() {
            Kind::List | Kind::Map => nodes,
            Kind::PooledPlain | Kind::Pooled => pooled,
            _ => 0,
        };
        Self::new(self.start, self.end, self.kind(), self.data() + more)
    }

    /// Whether it is a list or a map.
    pub(super) fn holds_nodes(self) -> bool {
        matches!(self.kind(), Kind::List | Kind::Map)
    }
}

const CHUNK_BITS: u32 = 14;
const CHUNK: usize = 1 << CHUNK_BITS;

/// Nodes in the order of the text.
#[derive(Debug, Default)]
pub(super) struct Nodes {
    chunks: Vec<Vec<Node>>,
    length: usize,
    /// So many chunks are forgotten.
    forgotten: usize,
}

impl Nodes {
    pub(super) fn len(&self) -> usize {
        self.length
    }

    #[inline]
    pub(super) fn push(&mut self, node: Node) {
        match self.chunks.last_mut() {
            Some(chunk) if chunk.len() < CHUNK => chunk.push(node),
            _ => self.begin(node),
        }
        self.length += 1;
    }

    /// Begins a chunk. A small text has one, which grows with it.
    #[cold]
    fn begin(&mut self, node: Node) {
        let mut chunk = if self.chunks.is_empty() { Vec::new() } else { Vec::with_capacity(CHUNK) };
        chunk.push(node);
        self.chunks.push(chunk);
    }

    #[inline]
    pub(super) fn get(&self, place: usize) -> Option<Node> {
        self.chunks.get(place >> CHUNK_BITS)?.get(place & (CHUNK - 1)).copied()
    }

    pub(super) fn get_mut(&mut self, place: usize) -> Option<&mut Node> {
        self.chunks.get_mut(place >> CHUNK_BITS)?.get_mut(place & (CHUNK - 1))
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = Node> {
        self.chunks.iter().flatten().copied()
    }

    /// Forgets the chunks that end before a place.
    pub(super) fn forget_before(&mut self, place: usize) {
        let until = place >> CHUNK_BITS;
        for chunk in self.chunks.iter_mut().take(until).skip(self.forgotten) {
            *chunk = Vec::new();
        }
        self.forgotten = self.forgotten.max(until);
    }
}
