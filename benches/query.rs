//! Who holds a letter, by handle and by name, beside four yardsticks: a grid with every answer ready, a hash map that is walked up the
//! trees, a chain of reads each of which needs the one before, in a table as large as the index, and the names in two hash maps.
//!
//! All are asked the same 100,000 questions, in turns, and must give the same answers before they are timed. The yardsticks know no
//! context: they stand beside the plain form. `cargo bench --bench query` runs every size in both forms; `cargo bench --bench query -- medium` those
//! whose names hold the word.
#![allow(
    missing_docs,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::expect_used,
    clippy::panic,
    clippy::cast_precision_loss,
    reason = "a bench prints and fails loudly"
)]
#![allow(dead_code, reason = "the workload serves other benches too")]

mod workload;
mod yardsticks;

use std::hint::black_box;
use std::time::Instant;

use rasci::query::{Holders, Question};
use rasci::{FullContext, Letter, PartyId, Policy};
use workload::{Form, Size};
use yardsticks::{Grid, Names, Walk, chain};

const QUESTIONS: usize = 100_000;
const ROUNDS: usize = 9;
/// A grid of the large model would take 4 GB.
const MOST_CELLS: usize = 10_000_000;

fn main() {
    workload::models(|name, policy, size, form| measure(name, &policy, size, form));
}

fn measure(name: &str, policy: &Policy, size: Size, form: Form) {
    let asked = workload::questions(size, form, QUESTIONS);
    let contexts: Vec<FullContext> = asked
        .iter()
        .map(|one| policy.full_context(&policy.context(one.context.iter().copied()).expect("known")).expect("full"))
        .collect();
    let questions: Vec<Question<'_>> = asked
        .iter()
        .zip(&contexts)
        .map(|(one, context)| Question {
            letter: Letter::ALL.into_iter().find(|letter| letter.as_str().starts_with(one.letter)).expect("a letter"),
            cell: policy.cell(&one.task, one.component.as_deref()).expect("known"),
            context,
        })
        .collect();
    let names: Vec<(&str, Option<&str>)> = asked.iter().map(|one| (one.task.as_str(), one.component.as_deref())).collect();
    // A party that is named, half the time.
    let parties: Vec<PartyId> = questions
        .iter()
        .enumerate()
        .map(|(nth, one)| match policy.holders(one.letter, one.cell, one.context) {
            Holders::Held(parties) if nth % 2 == 0 => parties.iter().last().expect("at least one"),
            _ => policy.model().parties().nth(nth % size.parties).expect("a party").0,
        })
        .collect();

    println!("{name}: index {:.1} MB", policy.index_bytes() as f64 / 1e6);
    let allocated = allocation_counter::measure(|| {
        black_box(who(policy, &questions));
    });
    assert_eq!(allocated.count_total, 0, "a query allocates nothing");

    let maps = Names::new(policy);
    assert_eq!(maps.look_up(&names), named(policy, &names), "the hash maps give other names");
    let each: u64 = questions.iter().map(|one| each_letter(policy, one)).sum();
    assert_eq!(whole(policy, &questions), each, "a whole cell is not its letters");
    let fits = form == Form::Plain && size.tasks * size.components < MOST_CELLS;
    let grid = fits.then(|| Grid::new(policy, &contexts[0]));
    let mut rows: Vec<Row<'_>> = vec![
        Row::new("who", Box::new(|| who(policy, &questions))),
        Row::new("who, many at once", Box::new(many(policy, &questions))),
        Row::new("holds (named)", Box::new(|| held(policy, &questions, &parties))),
        Row::new("the whole cell", Box::new(|| whole(policy, &questions))),
        Row::new("the whole cell, one letter", Box::new(|| one_of_whole(policy, &questions))),
        Row::new("names looked up", Box::new(|| named(policy, &names))),
        Row::new("names in hash maps", Box::new(|| maps.look_up(&names))),
        Row::new("who, by name", Box::new(|| who_by_name(policy, &names, &questions))),
        Row::new("chain of reads", Box::new(chain(policy.index_bytes(), QUESTIONS))),
    ];
    if form == Form::Plain {
        let (walk, questions) = (Walk::new(policy), &questions);
        assert_eq!(walk.who(questions), who(policy, questions), "the hash map gives other answers");
        rows.push(Row::new("hash map, walked", Box::new(move || walk.who(questions))));
    }
    if let Some(grid) = &grid {
        assert_eq!(grid.who(&questions), who(policy, &questions), "the grid gives other answers");
        rows.push(Row::new("grid", Box::new(|| grid.who(&questions))));
        assert_eq!(grid.whole(&questions), each, "the grid gives other cells");
        rows.push(Row::new("grid, the whole cell", Box::new(|| grid.whole(&questions))));
        rows.push(Row::new("names, then the grid", Box::new(|| grid.who_by_name(policy, &names, &questions))));
    }
    for _ in 0..ROUNDS {
        for row in &mut rows {
            let start = Instant::now();
            black_box((row.run)());
            row.times.push(start.elapsed().as_secs_f64() * 1e9 / QUESTIONS as f64);
        }
    }
    let base = rows[0].median();
    for row in &mut rows {
        let median = row.median();
        println!("  {:<26} {:>8.1} ns {:>8.1} least {:>6.2} of who", row.name, median, row.times[0], median / base);
    }
}

struct Row<'r> {
    name: &'static str,
    run: Box<dyn FnMut() -> u64 + 'r>,
    times: Vec<f64>,
}

impl<'r> Row<'r> {
    fn new(name: &'static str, run: Box<dyn FnMut() -> u64 + 'r>) -> Self {
        Self { name, run, times: Vec::new() }
    }

    fn median(&mut self) -> f64 {
        self.times.sort_by(f64::total_cmp);
        self.times[self.times.len() / 2]
    }
}

/// What a caller does with an answer: it looks at each party.
fn look(holders: &Holders<'_>) -> u64 {
    match holders {
        Holders::Held(parties) => parties.iter().map(|party| party.index() as u64 + 1).sum(),
        _ => 0,
    }
}

fn who(policy: &Policy, questions: &[Question<'_>]) -> u64 {
    questions.iter().map(|one| look(&policy.holders(one.letter, one.cell, one.context))).sum()
}

fn many<'q>(policy: &'q Policy, questions: &'q [Question<'q>]) -> impl FnMut() -> u64 + 'q {
    let mut answers: Vec<Holders<'q>> = vec![Holders::Silent; 1_000];
    move || {
        let mut sum = 0;
        for some in questions.chunks(answers.len()) {
            policy.holders_of(some, &mut answers);
            sum += answers.iter().take(some.len()).map(look).sum::<u64>();
        }
        sum
    }
}

fn held(policy: &Policy, questions: &[Question<'_>], parties: &[PartyId]) -> u64 {
    let held = |(one, party): (&Question<'_>, &PartyId)| u64::from(policy.is_named(*party, one.letter, one.cell, one.context));
    questions.iter().zip(parties).map(held).sum()
}

fn whole(policy: &Policy, questions: &[Question<'_>]) -> u64 {
    let one = |(letter, party): (Letter, PartyId)| (letter.index() as u64 + 1) * (party.index() as u64 + 1);
    questions.iter().map(|question| policy.all_holders(question.cell, question.context).parties().map(one).sum::<u64>()).sum()
}

/// All letters found, and one looked at.
fn one_of_whole(policy: &Policy, questions: &[Question<'_>]) -> u64 {
    let one = |one: &Question<'_>| look(&black_box(policy.all_holders(one.cell, one.context)).letter(one.letter));
    questions.iter().map(one).sum()
}

/// The same, asked letter by letter.
fn each_letter(policy: &Policy, one: &Question<'_>) -> u64 {
    let letter = |letter: Letter| (letter.index() as u64 + 1) * look(&policy.holders(letter, one.cell, one.context));
    Letter::ALL.into_iter().map(letter).sum()
}

fn named(policy: &Policy, names: &[(&str, Option<&str>)]) -> u64 {
    let one = |(task, component): &(&str, Option<&str>)| {
        let cell = policy.cell(task, *component).expect("known");
        (cell.task.index() + cell.component.index()) as u64
    };
    names.iter().map(one).sum()
}

fn who_by_name(policy: &Policy, names: &[(&str, Option<&str>)], questions: &[Question<'_>]) -> u64 {
    let ask = |((task, component), one): (&(&str, Option<&str>), &Question<'_>)| {
        look(&policy.holders(one.letter, policy.cell(task, *component).expect("known"), one.context))
    };
    names.iter().zip(questions).map(ask).sum()
}
