//! Questions from one thread and from two, of a policy that may be replaced: taken once, or taken anew for each question.
//!
//! Each thread asks who holds a letter, by handle, as the bench `query` does; two threads answer twice as many where they do not get in each
//! other's way. Beside it each thread computes without asking, which shows what the second core of the machine is worth.
//! `cargo bench --bench threads --features live -- medium` runs those whose names hold the word.
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
use std::thread;
use std::time::Instant;

use rasci::query::{Holders, Question};
use rasci::{FullContext, Letter, Live, Policy};

const QUESTIONS: usize = 100_000;
/// How often a thread asks all of them in a round, so that starting it does not count.
const REPEATED: usize = 10;
const ROUNDS: usize = 9;

fn main() {
    workload::models(|name, policy, size, form| {
        measure(name, &Live::new(policy), &workload::questions(size, form, QUESTIONS));
    });
}

fn measure(name: &str, live: &Live, asked: &[workload::Question]) {
    let policy = live.policy();
    let context = |one: &workload::Question| policy.context(one.context.iter().copied()).expect("known");
    let contexts: Vec<FullContext> = asked.iter().map(|one| policy.full_context(&context(one)).expect("full")).collect();
    let question = |(one, context)| question(&policy, one, context);
    let questions: Vec<Question<'_>> = asked.iter().zip(&contexts).map(question).collect();
    println!("{name}");
    for (way, ask) in
        [("taken once", once as Asking), ("taken for each question", each as Asking), ("not asked", unasked as Asking)]
    {
        let mut times = [Vec::new(), Vec::new()];
        for _ in 0..ROUNDS {
            for (threads, times) in (1..).zip(&mut times) {
                let start = Instant::now();
                thread::scope(|scope| {
                    for _ in 0..threads {
                        scope.spawn(|| black_box((0..REPEATED).map(|_| ask(live, &questions)).sum::<u64>()));
                    }
                });
                times.push((threads * REPEATED * QUESTIONS) as f64 / start.elapsed().as_secs_f64() / 1e6);
            }
        }
        let [one, two] = times.map(|mut times| {
            times.sort_by(f64::total_cmp);
            times[ROUNDS / 2]
        });
        println!("  {way:<24} 1 thread {one:>7.1} million a second, 2 threads {two:>7.1}, {:.2} times as many", two / one);
    }
}

type Asking = fn(&Live, &[Question<'_>]) -> u64;

fn question<'c>(policy: &Policy, one: &workload::Question, context: &'c FullContext) -> Question<'c> {
    Question {
        letter: Letter::ALL.into_iter().find(|letter| letter.as_str().starts_with(one.letter)).expect("a letter"),
        cell: policy.cell(&one.task, one.component.as_deref()).expect("known"),
        context,
    }
}

fn once(live: &Live, questions: &[Question<'_>]) -> u64 {
    let policy = live.policy();
    questions.iter().map(|one| look(&policy.holders(one.letter, one.cell, one.context))).sum()
}

fn each(live: &Live, questions: &[Question<'_>]) -> u64 {
    questions.iter().map(|one| look(&live.policy().holders(one.letter, one.cell, one.context))).sum()
}

/// Work in registers for each question, for which nothing is shared.
fn unasked(_: &Live, questions: &[Question<'_>]) -> u64 {
    let mixed = |word: u64| (word ^ word >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    let work = |one: &Question<'_>| (0..8).fold(one.letter.index() as u64, |word, _| mixed(word));
    questions.iter().map(work).fold(0, u64::wrapping_add)
}

/// What a caller does with an answer: it looks at each party.
fn look(holders: &Holders<'_>) -> u64 {
    match holders {
        Holders::Held(parties) => parties.iter().map(|party| party.index() as u64 + 1).sum(),
        _ => 0,
    }
}
