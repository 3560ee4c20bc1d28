//! Loading, from text to a policy that can be asked, beside the bare parser's events on the same text; and the most memory it takes.
//!
//! Texts of about 1, 10 and 100 MB, which are the model *large* of the workload with everything in it divided by 100, by 10 and by nothing, in both
//! forms; and the shipped models. The parser is run as the library runs it, and its events are counted and dropped. The two take turns; memory is
//! measured in a turn of its own. `cargo bench --bench load -- 1mb` runs those whose names hold the word.
#![allow(
    missing_docs,
    clippy::print_stdout,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    reason = "a bench prints and fails loudly"
)]
#![allow(dead_code, reason = "the workload serves other benches too")]

mod workload;

use std::hint::black_box;
use std::time::Instant;

use granit_parser::{Parser, options};
use rasci::{Limits, Policy};
use workload::{FORMS, Form, Size};

fn main() {
    let asked: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    for (name, part, rounds) in [("1mb", 100, 7), ("10mb", 10, 3), ("100mb", 1, 1)] {
        let size = Size {
            name: "large",
            tasks: 100_000 / part,
            components: 2_000 / part,
            parties: 10_000 / part,
            assignments: 1_000_000 / part,
        };
        for form in FORMS {
            let name = format!("{name} {}", if form == Form::Plain { "plain" } else { "contexts" });
            if asked.iter().all(|word| name.contains(word)) {
                measure(&name, &workload::text(size, form), rounds);
            }
        }
    }
}

fn measure(name: &str, text: &str, rounds: usize) {
    let loader = Policy::loader().limits(Limits { bytes: 1 << 30, entries: 1 << 30, ..Limits::default() });
    let (mut parser, mut load) = (f64::MAX, f64::MAX);
    for _ in 0..rounds {
        let start = Instant::now();
        black_box(events(text));
        parser = parser.min(start.elapsed().as_secs_f64());
        let start = Instant::now();
        let policy = loader.parse("model.yaml", text).expect("the workload loads");
        load = load.min(start.elapsed().as_secs_f64());
        drop(policy);
    }
    let mut kept = None;
    let memory = allocation_counter::measure(|| kept = loader.parse("model.yaml", text).ok());
    let assignments = kept.as_ref().map_or(0, |policy| policy.model().assignments().count());
    let megabytes = text.len() as f64 / 1e6;
    println!(
        "{name}: {megabytes:.1} MB, parser {:.3} s, load {:.3} s ({:.2} times); peak {:.1} times the text, kept {:.1} times, {:.0} bytes for each assignment without the text; index {:.0}",
        parser,
        load,
        load / parser,
        memory.bytes_max as f64 / text.len() as f64,
        memory.bytes_current as f64 / text.len() as f64,
        (memory.bytes_current as f64 - text.len() as f64) / assignments as f64,
        kept.map_or(0.0, |policy| policy.index_bytes() as f64) / assignments as f64,
    );
}

fn events(text: &str) -> usize {
    let options = options! { emit_comments: false, emit_anchor_events: true, emit_unresolved_aliases: true };
    Parser::new_from_str_with_options(text, options).flatten().count()
}
