//! Every cell at once: streamed in one full context, by one thread and by two, in memory and as lines of JSON.
//!
//! A cell is a task at a component, or at the whole system, with all five letters; of each letter every party is looked at. The plain form
//! has one context; with contexts the first value of each dimension is asked for, and the lines of JSON tell all cases.
//! `cargo bench --bench cells --features parallel -- medium` runs those whose names hold the word.
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

use rasci::query::{AllHolders, Holders};
use rasci::report::json::Cells;
use rasci::{Cell, FullContext, Policy};
use rayon::iter::ParallelIterator;

/// Of the four levels of the tree of tasks.
const MOST_ALLOCATED: u64 = 32;
const ROUNDS: usize = 9;
const SECONDS: f64 = 0.2;
/// More cells than that would take minutes.
const MOST_CELLS: usize = 10_000_000;

fn main() {
    workload::models(|name, policy, _, _| measure(name, &policy));
}

fn measure(name: &str, policy: &Policy) {
    let model = policy.model();
    let first = model.dimensions().map(|(_, dimension)| (&*dimension.id, &*dimension.values[0]));
    let context = policy.full_context(&policy.context(first).expect("known")).expect("full");
    let cells = model.tasks().count() * (model.components().count() + 1);
    if cells > MOST_CELLS {
        return;
    }
    let allocated = allocation_counter::measure(|| {
        black_box(streamed(policy, &context));
    });
    assert!(allocated.count_total <= MOST_ALLOCATED, "a stream allocates the rows of a task and of those above it");
    assert_eq!(streamed(policy, &context), (cells, one_by_one(policy, &context)), "the stream gives other answers");
    let pool = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    let (one, two) = (pool(1), pool(2));
    let parallel = || policy.par_cells_in(&context).map(|(_, all)| (1, look(&all))).reduce(|| (0, 0), both);
    let lines = || policy.par_cells().map(|entry| line(policy, &entry)).sum::<usize>() as u64;
    assert_eq!(two.install(parallel), streamed(policy, &context), "two threads give other answers");

    println!("{name}: {cells} cells");
    let rows: [Row<'_>; 5] = [
        ("in memory", Box::new(|| streamed(policy, &context).1)),
        ("in memory, 1 thread", Box::new(|| one.install(parallel).1)),
        ("in memory, 2 threads", Box::new(|| two.install(parallel).1)),
        ("as JSON, 1 thread", Box::new(|| one.install(lines))),
        ("as JSON, 2 threads", Box::new(|| two.install(lines))),
    ];
    let mut times = vec![Vec::new(); rows.len()];
    let mut spent = 0.0;
    // Enough repetitions of what is short, no more than needed of what is long.
    while times[0].len() < ROUNDS || (spent < SECONDS && times[0].len() < 100 * ROUNDS) {
        for ((_, run), times) in rows.iter().zip(&mut times) {
            let start = Instant::now();
            black_box(run());
            times.push(start.elapsed().as_secs_f64());
            spent += start.elapsed().as_secs_f64();
        }
    }
    for ((row, _), times) in rows.iter().zip(&mut times) {
        times.sort_by(f64::total_cmp);
        let (median, least) = (times[times.len() / 2], times[0]);
        let millions = |seconds: f64| cells as f64 / seconds / 1e6;
        println!(
            "  {row:<22} {:>9.2} ms {:>8.2} million cells a second {:>8.2} most",
            median * 1e3,
            millions(median),
            millions(least)
        );
    }
}

type Row<'r> = (&'static str, Box<dyn Fn() -> u64 + 'r>);

fn streamed(policy: &Policy, context: &FullContext) -> (usize, u64) {
    policy.cells_in(context).map(|(_, all)| (1, look(&all))).fold((0, 0), both)
}

/// The same, asked cell by cell and letter by letter.
fn one_by_one(policy: &Policy, context: &FullContext) -> u64 {
    let components = || std::iter::once(rasci::ComponentId::SYSTEM).chain(policy.model().components().map(|(id, _)| id));
    let cells = policy.model().tasks().flat_map(|(task, _)| components().map(move |component| Cell { task, component }));
    let parties = |cell: Cell, letter: rasci::Letter| match policy.holders(letter, cell, context) {
        Holders::Held(parties) => parties.iter().map(|party| party.index() as u64 + 1).sum(),
        _ => 0,
    };
    cells.map(|cell| rasci::Letter::ALL.map(|letter| parties(cell, letter)).iter().sum::<u64>()).sum()
}

fn both((cells, seen): (usize, u64), (more, also): (usize, u64)) -> (usize, u64) {
    (cells + more, seen + also)
}

/// What a caller does with a cell: it looks at each party.
fn look(all: &AllHolders<'_>) -> u64 {
    all.parties().map(|(_, party)| party.index() as u64 + 1).sum()
}

fn line(policy: &Policy, entry: &rasci::query::CellEntry) -> usize {
    serde_json::to_vec(&Cells::new(policy, entry, None)).expect("JSON").len()
}
