//! Who holds a letter, by handle and by name, beside three yardsticks: a grid with every answer ready, a hash map that is walked up the
//! trees, and a chain of reads each of which needs the one before, in a table as large as the index.
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

use std::collections::HashMap;
use std::hint::black_box;
use std::time::Instant;

use rasci::query::{Holders, Question};
use rasci::{Cell, ComponentId, FullContext, Letter, PartyId, Policy, TaskId};
use workload::{FORMS, Form, SIZES, Size};

const QUESTIONS: usize = 100_000;
const ROUNDS: usize = 9;
/// A grid of the large model would take 4 GB.
const MOST_CELLS: usize = 10_000_000;

fn main() {
    let asked: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    for size in SIZES {
        for form in FORMS {
            let name = format!("{} {}", size.name, if form == Form::Plain { "plain" } else { "contexts" });
            if asked.iter().all(|word| name.contains(word)) {
                measure(&name, size, form);
            }
        }
    }
}

fn measure(name: &str, size: Size, form: Form) {
    let text = workload::text(size, form);
    let loader = Policy::loader().limits(rasci::Limits { bytes: 1 << 30, ..rasci::Limits::default() });
    let start = Instant::now();
    let policy = loader.parse("model.yaml", &text).expect("the workload loads");
    let load = start.elapsed().as_secs_f64();
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

    println!("{name}: loaded in {load:.3} s, index {:.1} MB", policy.index_bytes() as f64 / 1e6);
    let allocated = allocation_counter::measure(|| {
        black_box(who(&policy, &questions));
    });
    assert_eq!(allocated.count_total, 0, "a query allocates nothing");

    let mut rows: Vec<Row<'_>> = vec![
        Row::new("who", Box::new(|| who(&policy, &questions))),
        Row::new("who, many at once", Box::new(many(&policy, &questions))),
        Row::new("holds (named)", Box::new(|| held(&policy, &questions, &parties))),
        Row::new("the whole cell", Box::new(|| whole(&policy, &questions))),
        Row::new("names looked up", Box::new(|| named(&policy, &names))),
        Row::new("who, by name", Box::new(|| who_by_name(&policy, &names, &questions))),
        Row::new("chain of reads", Box::new(chain(policy.index_bytes()))),
    ];
    if form == Form::Plain {
        let (walk, questions) = (Walk::new(&policy), &questions);
        assert_eq!(walk.who(questions), who(&policy, questions), "the hash map gives other answers");
        rows.push(Row::new("hash map, walked", Box::new(move || walk.who(questions))));
        if size.tasks * size.components < MOST_CELLS {
            let grid = Grid::new(&policy, &contexts[0]);
            assert_eq!(grid.who(questions), who(&policy, questions), "the grid gives other answers");
            rows.push(Row::new("grid", Box::new(move || grid.who(questions))));
        }
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
        println!("  {:<20} {:>8.1} ns {:>8.1} least {:>6.2} of who", row.name, median, row.times[0], median / base);
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
    questions.iter().map(|one| policy.all_holders(one.cell, one.context).iter().map(look).sum::<u64>()).sum()
}

fn named(policy: &Policy, names: &[(&str, Option<&str>)]) -> u64 {
    names.iter().map(|(task, component)| policy.cell(task, *component).expect("known").task.index() as u64).sum()
}

fn who_by_name(policy: &Policy, names: &[(&str, Option<&str>)], questions: &[Question<'_>]) -> u64 {
    let ask = |((task, component), one): (&(&str, Option<&str>), &Question<'_>)| {
        look(&policy.holders(one.letter, policy.cell(task, *component).expect("known"), one.context))
    };
    names.iter().zip(questions).map(ask).sum()
}

/// A table of so many bytes, read from place to place; each place is known only when the one before is read.
fn chain(bytes: usize) -> impl FnMut() -> u64 {
    let count = (bytes / size_of::<u32>()).max(2);
    let mut order: Vec<u32> = (0..u32::try_from(count).expect("fits")).collect();
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    for nth in (1..count).rev() {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        order.swap(nth, usize::try_from((random >> 33) % (nth as u64 + 1)).expect("fits"));
    }
    let mut table = vec![0_u32; count];
    for (nth, place) in order.iter().enumerate() {
        table[*place as usize] = order[(nth + 1) % count];
    }
    move || {
        let mut place = 0;
        for _ in 0..QUESTIONS {
            place = table[place as usize];
        }
        u64::from(place)
    }
}

/// Every answer ready: one read for a cell, one for its set.
struct Grid {
    components: usize,
    /// For each task, component and letter where its set begins; 0 is the empty one.
    cells: Vec<[u32; 5]>,
    /// Lengths, each followed by so many parties.
    sets: Vec<u32>,
}

impl Grid {
    fn new(policy: &Policy, context: &FullContext) -> Self {
        let components = policy.model().components().count() + 1;
        let mut grid = Self { components, cells: Vec::new(), sets: vec![0] };
        let mut known: HashMap<Vec<u32>, u32> = HashMap::from([(Vec::new(), 0)]);
        grid.cells.resize(components, [0; 5]);
        for (task, _) in policy.model().tasks() {
            let places = std::iter::once(ComponentId::SYSTEM).chain(policy.model().components().map(|(component, _)| component));
            for component in places {
                let cell = policy.all_holders(Cell { task, component }, context).map(|holders| {
                    let parties: Vec<u32> = match holders {
                        Holders::Held(parties) => parties.iter().map(number).collect(),
                        _ => Vec::new(),
                    };
                    keep(&mut grid.sets, &mut known, parties)
                });
                grid.cells.push(cell);
            }
        }
        grid
    }

    fn who(&self, questions: &[Question<'_>]) -> u64 {
        let ask = |one: &Question<'_>| {
            let place = one.cell.task.index() * self.components + one.cell.component.index();
            sum(&self.sets, self.cells[place][one.letter.index()])
        };
        questions.iter().map(ask).sum()
    }
}

/// What is set where, and walked: from the task upwards, at each from the component upwards.
struct Walk {
    at: HashMap<(u32, u32, u8), u32, foldhash::fast::FixedState>,
    sets: Vec<u32>,
    tasks: Vec<u32>,
    components: Vec<u32>,
}

const ROOT: u32 = u32::MAX;

impl Walk {
    /// Of a model whose assignments have no condition, add nothing and name no relation.
    fn new(policy: &Policy) -> Self {
        let model = policy.model();
        let mut named: HashMap<(u32, u32, u8), Vec<u32>> = HashMap::new();
        for (_, assignment) in model.assignments() {
            for clause in &assignment.clauses {
                for letter in &clause.letters {
                    for (task, component) in assignment
                        .tasks
                        .iter()
                        .flat_map(|task| assignment.components.iter().map(move |component| (task, component)))
                    {
                        let key = (place(task.index()), place(component.index()), u8::try_from(letter.index()).expect("fits"));
                        let parties = clause.parties.iter().map(|party| match party {
                            rasci::model::PartyRef::Party(party) => number(*party),
                            rasci::model::PartyRef::Relation(_) => panic!("the plain form has no relation"),
                        });
                        named.entry(key).or_default().extend(parties);
                    }
                }
            }
        }
        let (mut sets, mut known) = (vec![0], HashMap::new());
        let mut at = HashMap::with_capacity_and_hasher(named.len(), foldhash::fast::FixedState::default());
        for (key, mut parties) in named {
            parties.sort_unstable();
            parties.dedup();
            at.insert(key, keep(&mut sets, &mut known, parties));
        }
        let above = |parent: Option<usize>| parent.map_or(ROOT, place);
        let tasks = std::iter::once(ROOT).chain(model.tasks().map(|(_, task)| above(task.parent.map(TaskId::index)))).collect();
        let components = std::iter::once(ROOT)
            .chain(model.components().map(|(_, component)| above(component.parent.map(ComponentId::index))))
            .collect();
        Self { at, sets, tasks, components }
    }

    fn who(&self, questions: &[Question<'_>]) -> u64 {
        questions.iter().map(|one| self.one(one)).sum()
    }

    fn one(&self, one: &Question<'_>) -> u64 {
        let letter = u8::try_from(one.letter.index()).expect("fits");
        let mut task = place(one.cell.task.index());
        while task != ROOT {
            let mut component = place(one.cell.component.index());
            while component != ROOT {
                if let Some(set) = self.at.get(&(task, component, letter)) {
                    return sum(&self.sets, *set);
                }
                component = self.components[component as usize];
            }
            task = self.tasks[task as usize];
        }
        0
    }
}

fn place(index: usize) -> u32 {
    u32::try_from(index).expect("fits")
}

fn number(party: PartyId) -> u32 {
    place(party.index())
}

/// Where a set begins that is kept once.
fn keep(sets: &mut Vec<u32>, known: &mut HashMap<Vec<u32>, u32>, parties: Vec<u32>) -> u32 {
    if let Some(begin) = known.get(&parties) {
        return *begin;
    }
    let begin = place(sets.len());
    sets.push(place(parties.len()));
    sets.extend(&parties);
    known.insert(parties, begin);
    begin
}

fn sum(sets: &[u32], begin: u32) -> u64 {
    let begin = begin as usize;
    let count = sets[begin] as usize;
    sets[begin + 1..begin + 1 + count].iter().map(|party| u64::from(*party) + 1).sum()
}
