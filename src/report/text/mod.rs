//! Answers as lines to read, without colour: front ends add that.

mod who;
mod why;

pub use who::{holds_text, show_text, who_text};
