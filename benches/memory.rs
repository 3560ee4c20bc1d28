//! The memory of a load: the most while it runs, and what the policy keeps, beside the text; counted at the allocator,
//! whichever thread asks it.
//!
//! The texts are those of the bench `load`. The text that the caller holds does not count, the copy that the policy keeps does.
//! `cargo bench --bench memory --features parallel -- 1mb` runs those whose names hold the word.
#![allow(
    missing_docs,
    clippy::print_stdout,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a bench prints and fails loudly"
)]
#![allow(clippy::cast_precision_loss, reason = "figures are rounded")]
#![allow(dead_code, reason = "the workload serves other benches too")]

mod workload;

use peak_alloc::PeakAlloc;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

fn main() {
    workload::texts(|name, text, _| measure(name, text));
}

fn measure(name: &str, text: &str) {
    let loader = workload::loader();
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let policy = loader.parse("model.yaml", text).expect("the workload loads");
    let bytes = |usage: usize| usage.saturating_sub(before) as f64;
    let (most, kept) = (bytes(MEMORY.peak_usage()), bytes(MEMORY.current_usage()));
    let (length, assignments) = (text.len() as f64, policy.model().assignments().count() as f64);
    let each = (kept - length) / assignments;
    let index = policy.index_bytes() as f64 / assignments;
    println!(
        "{name}: at most {:.1} times the text, kept {:.1} times; without the text {each:.0} bytes for each assignment, of them {index:.0} for the index",
        most / length,
        kept / length
    );
}
