//! One integration binary: what the crate promises, held from outside.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a test fails loudly"
)]

mod cli;
mod dates;
mod duties;
mod expectation;
mod expectation_run;
mod hostile;
mod library;
mod lints;
mod load;
mod matrix;
mod mends;
mod models;
mod oracle;
mod properties;
mod schema;
mod strategy;
mod suppression;
mod tidy;
