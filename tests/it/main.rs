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
mod edges;
mod editor;
mod expectation;
mod expectation_run;
mod format;
mod holders;
mod hostile;
mod import;
mod library;
mod lints;
mod live;
mod load;
mod lsp;
mod matrix;
mod mends;
mod messages;
mod models;
mod oracle;
mod properties;
mod schema;
mod strategy;
mod stream;
mod suppression;
mod threads;
mod tidy;
mod within;

/// The workload of the benches, which the look-ups are held to as well.
#[path = "../../benches/workload/mod.rs"]
#[allow(dead_code, missing_docs, reason = "the benches use more of it")]
mod workload;
