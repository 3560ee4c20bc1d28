//! What is counted, not timed: the instructions of loading a model and of asking it, by function, for `.ci/counts.py`.
//!
//! `counts MODEL` loads a shipped model, or *medium* of the workload, and asks it ten thousand questions. Each part is a function that is never
//! inlined, so that valgrind can count it alone.
#![allow(missing_docs, clippy::expect_used, clippy::indexing_slicing, reason = "a bench fails loudly")]
#![allow(dead_code, reason = "the workload serves other benches too")]

mod workload;

use std::hint::black_box;

use rasci::query::Holders;
use rasci::{Cell, FullContext, Letter, Policy};
use workload::{Form, SIZES};

fn main() {
    let Some(asked) = std::env::args().skip(1).find(|word| !word.starts_with('-')) else { return };
    let text = match asked.as_str() {
        "medium-plain" => workload::text(SIZES[1], Form::Plain),
        "medium-contexts" => workload::text(SIZES[1], Form::Contexts),
        path => std::fs::read_to_string(path).expect("a model"),
    };
    let policy = counted_load(&text);
    let model = policy.model();
    let (tasks, components): (Vec<_>, Vec<_>) =
        (model.tasks().map(|(id, _)| id).collect(), model.components().map(|(id, _)| id).collect());
    let first = model.dimensions().map(|(_, dimension)| (&*dimension.id, &*dimension.values[0]));
    let context = policy.full_context(&policy.context(first).expect("known")).expect("full");
    let cells: Vec<Cell> = (0..2_000)
        .map(|nth: usize| Cell { task: tasks[nth * 7 % tasks.len()], component: components[nth * 13 % components.len()] })
        .collect();
    black_box(counted_queries(&policy, &cells, &context));
}

#[inline(never)]
fn counted_load(text: &str) -> Policy {
    Policy::parse("model.yaml", text).expect("it loads")
}

#[inline(never)]
fn counted_queries(policy: &Policy, cells: &[Cell], context: &FullContext) -> usize {
    let held = |cell: &Cell| {
        Letter::ALL.into_iter().filter(|letter| matches!(policy.holders(*letter, *cell, context), Holders::Held(_))).count()
    };
    cells.iter().map(held).sum()
}
