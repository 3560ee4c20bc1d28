//! One integration binary: what the crate promises, held from outside.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a test fails loudly"
)]

mod duties;
mod expectation;
mod expectation_run;
mod load;
mod models;
mod tidy;
