//! How long all lints take, beside the load of the same model: they are to take less than three times as long.
//!
//! `cargo bench --bench lints` runs every size in both forms; `cargo bench --bench lints -- medium plain` those whose
//! names hold all the words.
#![allow(
    missing_docs,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    clippy::expect_used,
    reason = "a bench prints and fails loudly"
)]
#![allow(dead_code, reason = "the workload serves other benches too")]

mod workload;

use std::collections::BTreeMap;
use std::time::Instant;

use rasci::document::{LINTS, Level};
use rasci::{Loader, Policy};
use workload::{FORMS, Form, SIZES};

fn main() {
    let asked: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    println!("{:<16} {:>8} {:>8} {:>8} {:>6} {:>9} {:>9}", "model", "MB", "load s", "lint s", "ratio", "findings", "peak MB");
    for size in SIZES {
        for form in FORMS {
            let name = format!("{} {}", size.name, if form == Form::Plain { "plain" } else { "contexts" });
            if asked.iter().all(|word| name.contains(word)) {
                let text = workload::text(size, form);
                measure(&name, &text);
            }
        }
    }
}

fn measure(name: &str, text: &str) {
    // The text of the large model is longer than a document may be by default.
    let loader: Loader = Policy::loader().limits(rasci::Limits { bytes: 1 << 30, ..rasci::Limits::default() });
    let start = Instant::now();
    let policy = loader.parse("model.yaml", text).expect("the workload loads");
    let load = start.elapsed().as_secs_f64();
    let levels = LINTS.iter().map(|(lint, _)| ((*lint).to_owned(), Level::Warn)).collect();
    let start = Instant::now();
    let found = policy.lint(&levels);
    let lint = start.elapsed().as_secs_f64();
    let megabytes = text.len() as f64 / 1e6;
    println!("{name:<16} {megabytes:>8.1} {load:>8.3} {lint:>8.3} {:>6.2} {:>9} {:>9}", lint / load, found.len(), peak());
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for each in &found {
        *counts.entry(each.name).or_default() += 1;
    }
    for (lint, count) in counts {
        println!("    {count:>9} {lint}");
    }
}

/// The most memory this process ever held, where the system says so.
fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes: Option<f64> = line.and_then(|line| line.trim().split(' ').next()?.parse().ok());
    kilobytes.map_or_else(|| "?".to_owned(), |kilobytes| format!("{:.0}", kilobytes / 1e3))
}
