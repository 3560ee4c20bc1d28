//! The memory of a load: the most while it runs, and what the policy keeps, beside the text; counted at the allocator.
//!
//! The texts are those of the bench `load`. The text that the caller holds does not count, the copy that the policy keeps does.
//! `cargo bench --bench memory -- 1mb` runs those whose names hold the word.
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

fn main() {
    workload::texts(|name, text, _| measure(name, text));
}

fn measure(name: &str, text: &str) {
    let loader = workload::loader();
    let mut policy = None;
    let memory = allocation_counter::measure(|| policy = loader.parse("model.yaml", text).ok());
    let policy = policy.expect("the workload loads");
    let (length, assignments) = (text.len() as f64, policy.model().assignments().count() as f64);
    let (most, kept) = (memory.bytes_max as f64 / length, memory.bytes_current as f64 / length);
    let each = (memory.bytes_current as f64 - length) / assignments;
    let index = policy.index_bytes() as f64 / assignments;
    println!(
        "{name}: at most {most:.1} times the text, kept {kept:.1} times; without the text {each:.0} bytes for each assignment, of them {index:.0} for the index"
    );
}
