//! Loading, from text to a policy that can be asked, beside the bare parser's events on the same text: on one thread, as it is without the
//! feature `parallel`, and on all cores.
//!
//! Texts of about 1, 10 and 100 MB, which are the model *large* of the workload made smaller or greater, in both forms; and the shipped models. The parser is run with the options that the library runs it with, and its events are dropped. They
//! take turns, and the fastest of each counts. `cargo bench --bench load --features parallel -- 1mb` runs those whose names hold the word.
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

use std::hint::black_box;
use std::time::Instant;

use granit_parser::{Parser, options};
use rasci::Policy;

const SHIPPED: [&str; 2] = ["policies/anywherenow/operating-model-2.yaml", "policies/mydre/core-support-team.yaml"];

fn main() {
    for path in SHIPPED.into_iter().filter(|path| workload::is_asked(path)) {
        measure(path, &std::fs::read_to_string(path).expect("a shipped model"), 200, &|| Policy::load(path).expect("it loads"));
    }
    let loader = workload::loader();
    workload::texts(|name, text, rounds| {
        measure(name, text, rounds, &|| loader.parse("model.yaml", text).expect("the workload loads"));
    });
}

fn measure(name: &str, text: &str, rounds: usize, load: &(dyn Fn() -> Policy + Sync)) {
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
    let (mut parser, mut alone, mut whole) = (f64::MAX, f64::MAX, f64::MAX);
    for _ in 0..rounds {
        parser = parser.min(seconds(|| events(text)));
        alone = alone.min(one.install(|| seconds(load)));
        whole = whole.min(seconds(load));
    }
    let (megabytes, ratio, each) = (text.len() as f64 / 1e6, whole / parser, whole * 1e9 / text.len() as f64);
    let (parser, alone, whole, ratio_alone) = (parser * 1e3, alone * 1e3, whole * 1e3, alone / parser);
    println!(
        "{name}: {megabytes:.2} MB, parser {parser:.2} ms, load on one thread {alone:.2} ms, {ratio_alone:.2} times the parser, \
         on all cores {whole:.2} ms, {ratio:.2} times, {each:.0} ns for each byte"
    );
}

/// How long something takes; what comes of it is dropped after that.
fn seconds<T>(run: impl FnOnce() -> T) -> f64 {
    let start = Instant::now();
    let made = black_box(run());
    let seconds = start.elapsed().as_secs_f64();
    drop(made);
    seconds
}

fn events(text: &str) -> usize {
    let options = options! { emit_comments: false, emit_anchor_events: true, emit_unresolved_aliases: true };
    Parser::new_from_str_with_options(text, options).flatten().count()
}
