//! Stage 7: the questions. Each is a method of [`Policy`](crate::Policy), takes handles, and answers with a value.
//!
//! `who` asks for the letters of a cell, `why` for their derivation, `holds` whether a party holds a letter and how,
//! `cells` for everything at once. Nothing here prints.

mod below;
mod cells;
mod holds;
mod who;
mod why;

pub use cells::{CellCase, CellEntry};
pub use holds::{HeldCase, Holds, How, StandIn, Verdict};
pub use who::{Answer, Case, Limit};
pub use why::{Effect, Near, NearReason, NotThere, Outranked, Step, Why, WhyCase};
