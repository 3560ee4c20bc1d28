//! Stage 7: the questions. Each is a method of [`Policy`](crate::Policy), takes handles, and answers with a value.
//!
//! `who` asks for the letters of a cell, `why` for their derivation, `holds` whether a party holds a letter and how,
//! `duties` what a party holds, `cells` for everything at once. Nothing here prints.

mod below;
mod cells;
mod derive;
mod duties;
mod holders;
mod holds;
mod who;
mod why;

pub use crate::matrix::Block;
pub use crate::matrix::{Holders, Parties, Question};
pub(crate) use crate::matrix::{both, tidy};
pub use cells::{CellCase, CellEntry};
pub use duties::Duty;
pub use holds::{HeldCase, Holds, How, StandIn, Verdict};
pub use who::{Answer, Case, Limit};
pub(crate) use why::meets;
pub use why::{Effect, Near, NearReason, NotThere, Outranked, Step, Why, WhyCase};
