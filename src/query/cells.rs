//! `cells`: every task at every component, with its cases. Streams: one cell is held at a time.
//!
//! What a cell says comes from the index, combination by combination, which does not know why: laws hold it equal to what `who` derives.

use hashbrown::HashMap;
use jiff::civil::Date;

use crate::document::Letter;
use crate::matrix::{AllHolders, Cell, Holders, Nobody, Painter, Parties, Space, Status, gathered};
use crate::model::{Combination, ComponentId, Context, PartyId, TaskId, When};
use crate::policy::Policy;

/// A cell and its cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellEntry {
    /// The cell.
    pub cell: Cell,
    /// Its cases, in the order of their first combination.
    pub cases: Vec<CellCase>,
}

/// One case of a cell: when it holds, and the parties of each letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellCase {
    /// When it holds; none means always.
    pub when: When,
    /// What the cell says, as a whole.
    pub status: Status,
    /// The letters that have parties, each with those, in declared order.
    pub letters: Vec<(Letter, Vec<PartyId>)>,
    /// The letters that nobody holds: said on purpose, or through a relation that stands for nobody.
    pub nobody: Vec<Letter>,
}

impl Policy {
    /// Every cell: each task at the whole system and at every component, in their order.
    pub fn cells(&self) -> impl Iterator<Item = CellEntry> + '_ {
        self.cells_of(self.task_ids())
    }

    /// The cells of these tasks: each at the whole system and at every component, in their order.
    pub fn cells_of<'p>(&'p self, tasks: impl Iterator<Item = TaskId> + 'p) -> impl Iterator<Item = CellEntry> + 'p {
        self.entries(tasks.flat_map(|task| self.row(task)))
    }

    /// Every cell, worked out by as many threads as there are cores, in an order that is kept where they are collected.
    #[cfg(feature = "parallel")]
    #[must_use]
    pub fn par_cells(&self) -> impl rayon::iter::ParallelIterator<Item = CellEntry> + '_ {
        use rayon::iter::ParallelIterator;
        self.par_tasks().flat_map_iter(|tasks| self.cells_of(tasks))
    }

    /// One cell, with its cases over the whole context.
    #[must_use]
    pub fn cell_entry(&self, cell: Cell) -> CellEntry {
        CellEntry { cell, cases: self.summaries(cell, &Context::default(), &Letter::ALL) }
    }

    /// A task at the whole system and at every component.
    pub(super) fn row(&self, task: TaskId) -> impl Iterator<Item = Cell> + use<'_> {
        let components = std::iter::once(ComponentId::SYSTEM).chain(self.model().components().map(|(id, _)| id));
        components.map(move |component| Cell { task, component })
    }

    /// Where all conditions of the model tell few combinations apart, each cell is looked up in all of them.
    fn entries<'p>(&'p self, cells: impl Iterator<Item = Cell> + 'p) -> impl Iterator<Item = CellEntry> + 'p {
        let everywhere = self.matrix().everywhere();
        let painter = |combination: Combination| self.index().painter(self.index().context(&combination));
        let mut painters: Vec<Painter<'_>> = everywhere.into_iter().flat_map(Space::combinations).map(painter).collect();
        cells.map(move |cell| match everywhere {
            None => self.cell_entry(cell),
            Some(space) => {
                let all = painters.iter_mut().map(|painter| painter.letters(cell));
                CellEntry { cell, cases: cases(space, all, &Letter::ALL) }
            }
        })
    }

    /// Who of a case is absent on a day, named or in a party that is named, each once, with who stands in.
    ///
    /// ```
    /// # use rasci::{Policy, jiff::civil::date, matrix::Cell};
    /// let policy = Policy::parse("team.yaml", "
    /// rasci: 1
    /// id: team
    /// parties: { ann: { kind: person, absent: [{ from: 2026-12-21, until: 2026-12-31, deputy: bob }] }, bob: { kind: person } }
    /// tasks: { log: { assign: [{ R: ann, A: bob }] } }
    /// ")?;
    /// let entry = policy.cells().next().expect("a cell");
    /// let absent = policy.absent_of(&entry.cases[0], date(2026, 12, 24));
    /// assert_eq!(absent, [(policy.party("ann")?, Some(policy.party("bob")?))]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn absent_of(&self, case: &CellCase, day: Date) -> Vec<(PartyId, Option<PartyId>)> {
        let parties: Vec<PartyId> = case.letters.iter().flat_map(|(_, parties)| parties).copied().collect();
        self.absent_among(&parties, day)
    }

    pub(super) fn summaries(&self, cell: Cell, context: &Context, letters: &[Letter]) -> Vec<CellCase> {
        let space = self.view(cell).space(self.model(), self.matrix(), context);
        let all = |combination: Combination| self.all_holders(cell, &self.index().context(&combination));
        cases(&space, space.combinations().map(all), letters)
    }
}

/// What a cell says of the letters that are asked for.
fn summary<'p>(all: &AllHolders<'p>, asked: &[Letter]) -> Summary<'p> {
    let all = Letter::ALL.map(|letter| all.letter(letter));
    let mut letters = Letter::ALL.into_iter();
    let letters = all.map(|holders| match holders {
        _ if !letters.next().is_some_and(|letter| asked.contains(&letter)) => Summed::Silent,
        Holders::Held(parties) => Summed::Held(parties),
        Holders::Nobody(_) => Summed::Nobody,
        Holders::Silent | Holders::NotApplicable => Summed::Silent,
    });
    Summary { status: status(&all), letters }
}

/// What a cell says in one combination, as far as cases tell it apart.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Summary<'p> {
    status: Status,
    letters: [Summed<'p>; 5],
}

/// Who holds a letter, as far as cases tell it apart.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Summed<'p> {
    Held(Parties<'p>),
    Nobody,
    /// The model is silent, or the letter was not asked for.
    Silent,
}

/// What a cell says as a whole, if this is who holds its letters.
fn status(all: &[Holders<'_>; 5]) -> Status {
    let any = |is: fn(&Holders<'_>) -> bool| all.iter().any(is);
    if any(|holders| matches!(holders, Holders::NotApplicable)) {
        Status::NotApplicable
    } else if any(|holders| matches!(holders, Holders::Held(_))) {
        Status::Assigned
    } else if any(|holders| matches!(holders, Holders::Nobody(Nobody::Said))) {
        Status::Nobody
    } else {
        Status::Unassigned
    }
}

/// The cases of a cell of which the letters are read in each combination of a space.
fn cases<'p>(space: &Space, each: impl Iterator<Item = AllHolders<'p>>, asked: &[Letter]) -> Vec<CellCase> {
    // Most combinations read the same: only of what is new it has to be found out whether it says something new.
    let (mut by_read, mut by_summary) = (HashMap::new(), HashMap::new());
    let mut summaries: Vec<Summary<'p>> = Vec::new();
    let number = |all: AllHolders<'p>| {
        *by_read.entry(all.read()).or_insert_with(|| {
            let summary = summary(&all, asked);
            *by_summary.entry(summary).or_insert_with(|| {
                summaries.push(summary);
                summaries.len() - 1
            })
        })
    };
    let numbers: Vec<usize> = each.map(number).collect();
    let case = |(when, number): (_, usize)| summaries.get(number).map(|summary| case(when, summary));
    gathered(space, numbers.into_iter()).into_iter().filter_map(case).collect()
}

fn case(when: When, Summary { status, letters }: &Summary<'_>) -> CellCase {
    let all = || Letter::ALL.into_iter().zip(letters);
    let held = |(letter, summed): (_, &Summed<'_>)| match summed {
        Summed::Held(parties) => Some((letter, parties.iter().collect())),
        Summed::Nobody | Summed::Silent => None,
    };
    let nobody = all().filter(|(_, summed)| matches!(summed, Summed::Nobody)).map(|(letter, _)| letter);
    CellCase { when, status: *status, letters: all().filter_map(held).collect(), nobody: nobody.collect() }
}
