//! Loading, from text to a policy that can be asked, beside the bare parser's events on the same text.
//!
//! Texts of about 1, 10 and 100 MB, which are the model *large* of the workload made smaller or greater, in both forms; and the shipped models. The parser is run with the options that the library runs it with, and its events are dropped. The two
//! take turns, and the fastest of each counts. `cargo bench --bench load -- 1mb` runs those whose names hold the word.
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

fn measure(name: &str, text: &str, rounds: usize, load: &dyn Fn() -> Policy) {
    let (mut parser, mut whole) = (f64::MAX, f64::MAX);
    for _ in 0..rounds {
        let start = Instant::now();
        black_box(events(text));
        parser = parser.min(start.elapsed().as_secs_f64());
        let start = Instant::now();
        let policy = black_box(load());
        whole = whole.min(start.elapsed().as_secs_f64());
        drop(policy);
    }
    let (megabytes, ratio) = (text.len() as f64 / 1e6, whole / parser);
    let (parser, whole, each) = (parser * 1e3, whole * 1e3, whole * 1e9 / text.len() as f64);
    println!(
        "{name}: {megabytes:.2} MB, parser {parser:.2} ms, load {whole:.2} ms, {ratio:.2} times the parser, {each:.0} ns for each byte"
    );
}

fn events(text: &str) -> usize {
    let options = options! { emit_comments: false, emit_anchor_events: true, emit_unresolved_aliases: true };
    Parser::new_from_str_with_options(text, options).flatten().count()
}
