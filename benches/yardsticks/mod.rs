//! What a look-up is measured against: a grid with every answer ready, a hash map that is walked up the trees, a chain of reads, and
//! names in two maps.

use std::collections::HashMap;

use rasci::query::{Holders, Question};
use rasci::{Cell, ComponentId, FullContext, Letter, PartyId, Policy, TaskId};

/// A table of so many bytes, read from place to place; each place is known only when the one before is read.
pub fn chain(bytes: usize, reads: usize) -> impl FnMut() -> u64 {
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
        for _ in 0..reads {
            place = table[place as usize];
        }
        u64::from(place)
    }
}

/// The names of tasks and components in a map each, with a number.
pub struct Names {
    tasks: HashMap<String, u32, foldhash::fast::FixedState>,
    components: HashMap<String, u32, foldhash::fast::FixedState>,
}

impl Names {
    pub fn new(policy: &Policy) -> Self {
        let tasks = policy.model().tasks().map(|(id, task)| (task.about.id.to_string(), place(id.index())));
        let components = policy.model().components().map(|(id, component)| (component.about.id.to_string(), place(id.index())));
        Self { tasks: tasks.collect(), components: components.collect() }
    }

    pub fn look_up(&self, names: &[(&str, Option<&str>)]) -> u64 {
        let one = |(task, component): &(&str, Option<&str>)| {
            u64::from(self.tasks[*task]) + component.map_or(0, |component| u64::from(self.components[component]))
        };
        names.iter().map(one).sum()
    }
}

/// Every answer ready: one read for a cell, one for its set.
pub struct Grid {
    components: usize,
    /// For each task, component and letter where its set begins; 0 is the empty one.
    cells: Vec<[u32; 5]>,
    /// The same of all five with up to four parties in place of each set.
    packed: Vec<[u64; 5]>,
    /// Lengths, each followed by so many parties.
    sets: Vec<u32>,
}

/// Where a set has more parties, or of too great a number, this and where it begins.
const APART: u64 = 1 << 63;
/// The places of four parties, each counted from one.
const PLACES: [u32; 4] = [0, 15, 30, 45];
const PARTY: u64 = (1 << 15) - 1;

impl Grid {
    pub fn new(policy: &Policy, context: &FullContext) -> Self {
        let components = policy.model().components().count() + 1;
        let mut grid = Self { components, cells: Vec::new(), packed: Vec::new(), sets: vec![0] };
        let mut known: HashMap<Vec<u32>, u32> = HashMap::from([(Vec::new(), 0)]);
        grid.cells.resize(components, [0; 5]);
        for (task, _) in policy.model().tasks() {
            let places = std::iter::once(ComponentId::SYSTEM).chain(policy.model().components().map(|(component, _)| component));
            for component in places {
                let holders = policy.all_holders(Cell { task, component }, context);
                let cell = Letter::ALL.map(|letter| {
                    let parties: Vec<u32> = match holders.letter(letter) {
                        Holders::Held(parties) => parties.iter().map(number).collect(),
                        _ => Vec::new(),
                    };
                    keep(&mut grid.sets, &mut known, parties)
                });
                grid.cells.push(cell);
            }
        }
        grid.packed = grid.cells.iter().map(|cell| cell.map(|set| grid.packed(set))).collect();
        grid
    }

    fn packed(&self, set: u32) -> u64 {
        let begin = set as usize;
        let parties = &self.sets[begin + 1..=begin + self.sets[begin] as usize];
        let fits = parties.len() <= PLACES.len() && parties.iter().all(|party| u64::from(*party) < PARTY);
        let pack = |word: u64, (party, place): (&u32, u32)| word | (u64::from(*party) + 1) << place;
        if fits { parties.iter().zip(PLACES).fold(0, pack) } else { APART | u64::from(set) }
    }

    pub fn who(&self, questions: &[Question<'_>]) -> u64 {
        questions.iter().map(|one| self.one(one.letter, one.cell)).sum()
    }

    /// Every party of all five letters of each cell, as often as the letter counts.
    pub fn whole(&self, questions: &[Question<'_>]) -> u64 {
        let letter = |word: u64| {
            if word & APART == 0 {
                PLACES.iter().map(|place| word >> place & PARTY).sum()
            } else {
                sum(&self.sets, u32::try_from(word & !APART).expect("fits"))
            }
        };
        let cell = |one: &Question<'_>| self.packed[one.cell.task.index() * self.components + one.cell.component.index()];
        let each = |cell: [u64; 5]| (1..).zip(cell).map(|(times, word)| times * letter(word)).sum::<u64>();
        questions.iter().map(|one| each(cell(one))).sum()
    }

    pub fn who_by_name(&self, policy: &Policy, names: &[(&str, Option<&str>)], questions: &[Question<'_>]) -> u64 {
        let cell = |(task, component): &(&str, Option<&str>)| policy.cell(task, *component).expect("known");
        names.iter().zip(questions).map(|(names, one)| self.one(one.letter, cell(names))).sum()
    }

    fn one(&self, letter: Letter, cell: Cell) -> u64 {
        sum(&self.sets, self.cells[cell.task.index() * self.components + cell.component.index()][letter.index()])
    }
}

/// What is set where, and walked: from the task upwards, at each from the component upwards.
pub struct Walk {
    at: HashMap<(u32, u32, u8), u32, foldhash::fast::FixedState>,
    sets: Vec<u32>,
    tasks: Vec<u32>,
    components: Vec<u32>,
}

const ROOT: u32 = u32::MAX;

impl Walk {
    /// Of a model whose assignments have no condition, add nothing and name no relation.
    pub fn new(policy: &Policy) -> Self {
        let model = policy.model();
        let mut named: HashMap<(u32, u32, u8), Vec<u32>> = HashMap::new();
        for (_, assignment) in model.assignments() {
            for clause in assignment.clauses.iter() {
                for letter in clause.letters.iter() {
                    for (task, component) in assignment
                        .tasks
                        .iter()
                        .flat_map(|task| assignment.components.iter().map(move |component| (task, component)))
                    {
                        let key = (place(task.index()), place(component.index()), u8::try_from(letter.index()).expect("fits"));
                        let parties = clause.parties.iter().map(|party| match party {
                            rasci::model::PartyRef::Party(party) => number(party),
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

    pub fn who(&self, questions: &[Question<'_>]) -> u64 {
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
