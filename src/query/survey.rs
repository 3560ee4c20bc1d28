//! Facts about all cells of a model, told at their highest uniform scope, each with what stands behind it.
//!
//! Cells that are alike are looked at once. Nothing here knows what the facts are.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use crate::document::Letter;
use crate::matrix::{Because, Block, Blocks, Cell, Decided, Outcome, Region, Status};
use crate::model::{Context, When};
use crate::parallel;
use crate::policy::Policy;

/// What a question about all cells is narrowed to; by default to nothing.
///
/// ```
/// # use rasci::{Letter, Policy, query::Asked};
/// let policy = Policy::load("policies/anywherenow/operating-model-2.yaml")?;
/// let p1 = Asked { context: policy.context([("priority", "P1")])?, letters: vec![Letter::Accountable], ..Asked::default() };
/// assert!(policy.gaps(&p1).iter().all(|gap| gap.letter == Letter::Accountable));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Asked {
    /// The values that are asked with; what is not named stays open.
    pub context: Context,
    /// The day; without one nobody is absent.
    pub on: Option<Date>,
    /// The letters.
    pub letters: Vec<Letter>,
}

impl Default for Asked {
    fn default() -> Self {
        Self { context: Context::default(), on: None, letters: Letter::ALL.to_vec() }
    }
}

impl Asked {
    /// The letters of these that are asked for, in their order.
    pub(super) fn letters_of(&self, all: &[Letter]) -> Vec<Letter> {
        all.iter().copied().filter(|letter| self.letters.contains(letter)).collect()
    }
}

/// Every cell of a model in every combination that a context leaves open.
pub(super) struct Survey<'p> {
    policy: &'p Policy,
    blocks: Blocks<'p>,
    /// By the cell that stands for all that are alike.
    seen: HashMap<Cell, Vec<(Region, Decided)>>,
}

impl<'p> Survey<'p> {
    pub(super) fn new(policy: &'p Policy, context: &Context) -> Self {
        let mut known: HashSet<Cell> = HashSet::new();
        let cells = policy.task_ids().flat_map(|task| policy.row(task)).map(|cell| policy.matrix().representative(cell));
        let alike: Vec<Cell> = cells.filter(|cell| known.insert(*cell)).collect();
        let looked_at = parallel::each_long(&alike, |cell| look(policy, *cell, context));
        let seen: HashMap<Cell, Vec<(Region, Decided)>> = alike.into_iter().zip(looked_at).collect();
        let there = |cases: &Vec<(Region, Decided)>| {
            let there = cases.iter().filter(|(_, decided)| decided.status != Status::NotApplicable);
            there.fold(Region::Never, |all, (region, _)| all.or(region))
        };
        let applicable: HashMap<Cell, Region> = seen.iter().map(|(cell, cases)| (*cell, there(cases))).collect();
        let of_cell = |cell| applicable.get(&policy.matrix().representative(cell)).cloned().unwrap_or(Region::Never);
        let blocks = Blocks::new(policy.model(), of_cell);
        Self { policy, blocks, seen }
    }

    /// Every block of which a fact is true in a combination in which no next wider block has it whole; and when.
    pub(super) fn uniform(&self, fact: impl Fn(&Decided) -> bool) -> Vec<(Block, When)> {
        let region = |cases: &Vec<(Region, Decided)>| {
            let of_fact = cases.iter().filter(|(_, decided)| decided.status != Status::NotApplicable && fact(decided));
            of_fact.fold(Region::Never, |all, (region, _)| all.or(region))
        };
        let regions: HashMap<Cell, Region> = self.seen.iter().map(|(cell, cases)| (*cell, region(cases))).collect();
        if regions.values().all(|region| *region == Region::Never) {
            return Vec::new();
        }
        let of_cell = |cell| regions.get(&self.policy.matrix().representative(cell)).cloned().unwrap_or(Region::Never);
        self.blocks.uniform(of_cell)
    }

    /// What was seen in every case, in no order.
    pub(super) fn cases(&self) -> impl Iterator<Item = &Decided> {
        self.seen.values().flatten().map(|(_, decided)| decided)
    }

    /// Everything that was seen, in no order.
    pub(super) fn into_cases(self) -> impl Iterator<Item = (Region, Decided)> {
        self.seen.into_values().flatten()
    }

    /// What stands behind a fact of a block: everything that is picked from its cells, once each, in the model's order.
    pub(super) fn behind<T: Ord + std::hash::Hash>(
        &self,
        block: Block,
        when: &When,
        pick: impl Fn(&Decided) -> Vec<T>,
    ) -> Vec<T> {
        let model = self.policy.model();
        let region = Region::of(model, when);
        let alike: HashSet<Cell> = block.cells(model).map(|cell| self.policy.matrix().representative(cell)).collect();
        let cases = alike.iter().filter_map(|cell| self.seen.get(cell)).flatten();
        let meeting = cases.filter(|(other, _)| other.and(&region) != Region::Never);
        let picked: HashSet<T> = meeting.flat_map(|(_, decided)| pick(decided)).collect();
        let mut picked: Vec<T> = picked.into_iter().collect();
        picked.sort_unstable();
        picked
    }
}

/// What a cell says, in every combination that a context leaves open.
pub(super) fn look(policy: &Policy, cell: Cell, context: &Context) -> Vec<(Region, Decided)> {
    let model = policy.model();
    let view = policy.view(cell);
    let space = view.space(model, policy.matrix(), context);
    view.decisions(model, &space, |decided| decided)
        .into_iter()
        .map(|(when, decided)| (Region::of(model, &when), decided))
        .collect()
}

impl Decided {
    pub(super) fn outcome(&self, letter: Letter) -> &Outcome {
        self.letters.get(letter.index()).unwrap_or(&Outcome::Silent)
    }
}

/// The assignments that an outcome comes from, and how, once each.
pub(super) fn because(outcome: &Outcome) -> Vec<Because> {
    let mut all: Vec<Because> = Vec::new();
    let of_parties = outcome.holdings().iter().flat_map(|holding| &holding.because);
    let of_nobody = match outcome {
        Outcome::Nobody(_, because) => because.as_slice(),
        Outcome::Held(_) | Outcome::Silent => &[],
    };
    for each in of_parties.chain(of_nobody) {
        if !all.contains(each) {
            all.push(*each);
        }
    }
    all
}
