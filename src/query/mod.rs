//! Stage 7: the questions. Each is a method of [`Policy`](crate::Policy), takes handles, and answers with a value.
//!
//! `who` asks for the letters of a cell, `why` for their derivation, `holds` whether a party holds a letter and how,
//! `duties` what a party holds, `gaps` where nobody holds R or A, `impact` where nobody would without a party, `travel` how
//! a case goes through a flow, `routes` how it goes up an escalation, `diff` how two models differ,
//! `participants` who can take part, `away` what nobody covers while somebody is away, `cells` for everything at
//! once, `matrix` for everything as a grid. Nothing here prints.

mod absence;
mod below;
mod cells;
mod derive;
mod diff;
mod duties;
mod escalation;
mod flow;
mod gaps;
mod grid;
mod holders;
mod holds;
mod limits;
mod participants;
mod stream;
mod survey;
mod who;
mod why;

pub use crate::matrix::{AllHolders, Block, Holders, Parties, Question};
pub(crate) use crate::matrix::{both, tidy};
pub use absence::{Away, Short};
pub use cells::{CellCase, CellEntry};
pub use diff::{Change, Diff, Side};
pub use duties::Duty;
pub use escalation::{Route, Rung, RungCase};
pub use flow::{FlowPath, Handing, Handover, HandoverCase, Stop, StopCase, Travel};
pub use gaps::{Gap, GapWhy, Impact, Loss};
pub use grid::{ComponentGrid, ComponentRow, Entry, GridAsk, GridCase, PartyGrid, PartyRow, Places};
#[cfg(feature = "page")]
pub(crate) use grid::{components_below, tasks_below};
pub use holds::{HeldCase, Holds, How, StandIn, Verdict};
pub use limits::Limit;
pub use participants::{Critical, Indispensable, Lacking, Participants};
pub use survey::Asked;
pub use who::{Answer, Case};
pub(crate) use why::meets;
pub use why::{Effect, Near, NearReason, NotThere, Outranked, Step, Why, WhyCase};
