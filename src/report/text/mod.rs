//! Answers as lines to read, without colour: front ends add that.

mod blocks;
mod diff;
mod fit;
mod flow;
mod participants;
mod test;
mod who;
mod why;

pub use blocks::{duties_text, gaps_text, impact_text, why_text};
pub use diff::{diff_markdown, diff_text};
pub use fit::fitted;
pub use flow::{escalation_text, flow_text};
pub use participants::{absence_text, participants_text};
pub(super) use test::Failure;
pub use test::{difference_text, test_text};
pub use who::{holds_text, show_text, who_text};
