//! What can be asked, by whichever means: each peer as those who use it would write it.

mod casbin;
mod cedar;
mod petgraph;
mod rasci;
mod rego;
mod sqlite;

pub use self::casbin::Casbin;
pub use self::cedar::{EachParty, PartiallyEvaluated, Shared as CedarShared};
pub use self::petgraph::Petgraph;
pub use self::rasci::{ByHandle, ByName};
pub use self::rego::Rego;
pub use self::sqlite::{LookUps, OneStatement, Shared as SqliteShared};

/// A party of an answer, as the peer gives it.
#[derive(Clone, Copy)]
pub enum Party<'a> {
    Number(usize),
    Name(&'a str),
}

/// Something that answers the questions, by their numbers.
pub trait Peer {
    /// Who holds the letter: each party is shown.
    fn who(&mut self, nth: usize, see: impl FnMut(Party<'_>));

    /// Whether the party of the question holds it.
    fn holds(&mut self, nth: usize) -> bool;
}
