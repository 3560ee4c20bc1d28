//! How long all lints take, beside the load of the same model: they are to take less than three times as long. What they take
//! on one thread, and what it costs to add the changes that would mend what was found, is told beside that.
//!
//! `cargo bench --bench lints --features parallel` runs every size in both forms; `-- medium plain` behind it those whose
//! names hold all the words. Without the feature there is one thread.
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
use std::hint::black_box;
use std::time::Instant;

use rasci::document::{LINTS, Level};
use workload::{FORMS, Form, SIZES};

/// A model is loaded and all lints run so often, in turns; told is the median of each.
const ROUNDS: usize = 3;

fn main() {
    let head = ("model", "MB", "load s", "alone s", "lint s", "ratio", "mend s", "findings", "peak MB");
    let (model, megabytes, load, alone, lint, ratio, mend, findings, peak) = head;
    println!("{model:<16} {megabytes:>6} {load:>10} {alone:>10} {lint:>10} {ratio:>6} {mend:>10} {findings:>9} {peak:>8}");
    for size in SIZES {
        for form in FORMS {
            let name = format!("{} {}", size.name, if form == Form::Plain { "plain" } else { "contexts" });
            if workload::is_asked(&name) {
                let text = workload::text(size, form);
                measure(&name, &text);
            }
        }
    }
}

fn measure(name: &str, text: &str) {
    let levels = LINTS.iter().map(|(lint, _)| ((*lint).to_owned(), Level::Warn)).collect();
    let parsed = || workload::loader().parse("model.yaml", text).expect("the workload loads");
    let (mut loads, mut lints) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let (policy, seconds) = timed(parsed);
        loads.push(seconds);
        lints.push(timed(|| policy.findings(&levels)).1);
    }
    let (load, lint) = (median(loads), median(lints));
    let policy = parsed();
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
    let (found, alone) = timed(|| one.install(|| policy.findings(&levels)));
    let (found, mend) = timed(|| found.with_mends(&policy).shown);
    let (megabytes, ratio, count) = (text.len() as f64 / 1e6, lint / load, found.len());
    println!(
        "{name:<16} {megabytes:>6.1} {load:>10.6} {alone:>10.6} {lint:>10.6} {ratio:>6.2} {mend:>10.6} {count:>9} {:>8}",
        peak()
    );
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for each in &found {
        *counts.entry(each.name).or_default() += 1;
    }
    for (lint, count) in counts {
        println!("    {count:>9} {lint}");
    }
}

/// What is made, and in how many seconds.
fn timed<T>(make: impl FnOnce() -> T) -> (T, f64) {
    let begun = Instant::now();
    let result = black_box(make());
    (result, begun.elapsed().as_secs_f64())
}

fn median(mut seconds: Vec<f64>) -> f64 {
    seconds.sort_by(f64::total_cmp);
    seconds[seconds.len() / 2]
}

/// The most memory this process ever held, where the system says so.
fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes: Option<f64> = line.and_then(|line| line.trim().split(' ').next()?.parse().ok());
    kilobytes.map_or_else(|| "?".to_owned(), |kilobytes| format!("{:.0}", kilobytes / 1e3))
}
