//! Answers as values to serialise: the JSON interface, version 1.
//!
//! A `null` component means the whole system. `when` is a list of alternatives, each a map from dimension to allowed
//! values; the empty list means always. Party lists are in declared order.

mod cells;
mod diff;
mod duties;
mod flow;
mod gaps;
mod holds;
mod matrix;
mod participants;
mod parts;
mod show;
mod test;
mod who;
mod why;

pub use cells::Cells;
pub use diff::DiffReport;
pub use duties::DutiesReport;
pub use flow::{EscalationReport, FlowReport};
pub use gaps::{GapsReport, ImpactReport};
pub use holds::HoldsReport;
pub use matrix::Grid;
pub use participants::{AbsenceReport, ParticipantsReport};
pub use show::{Declared, Entry, Shown};
pub use test::TestReport;
pub use who::Who;
pub use why::WhyReport;

/// The version of every shape here.
pub const VERSION: u32 = 1;
