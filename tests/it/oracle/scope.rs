//! The highest uniform scope, read a second time: every block, every step wider, every cell, every combination.

use std::collections::{BTreeMap, BTreeSet};

use super::{Combination, Place, upwards};

/// A task or a component, none for the root of its tree; with all below, or alone.
pub type Reach = (Option<String>, bool);

/// A block: of tasks, and of components.
pub type Block = (Reach, Reach);

/// A fact, a block of which it is told, and the numbers of the combinations of its `when`.
pub type Told<F> = (F, Block, Vec<usize>);

/// The places below which cells stand, and all the combinations.
pub struct Ground<'r> {
    pub tasks: &'r [Place],
    pub components: &'r [Place],
    pub combinations: &'r [Combination],
}

/// One step wider: alone, with all below, the parent with all below.
fn wider(places: &[Place], (place, below): &Reach) -> Option<Reach> {
    match (place, below) {
        (place, false) => Some((place.clone(), true)),
        (None, true) => None,
        (Some(id), true) => upwards(places, Some(id)).into_iter().nth(1).map(|parent| (parent, true)),
    }
}

fn reaches(places: &[Place]) -> Vec<Reach> {
    let ids = std::iter::once(None).chain(places.iter().map(|place| Some(place.id.clone())));
    ids.flat_map(|id| [(id.clone(), false), (id, true)]).collect()
}

/// Whether a place is of a reach.
fn lies_in(places: &[Place], place: Option<&str>, (top, below): &Reach) -> bool {
    place == top.as_deref() || *below && upwards(places, place).contains(top)
}

impl Ground<'_> {
    /// Whether a cell is one of a block.
    pub fn contains(&self, block: &Block, task: &str, component: Option<&str>) -> bool {
        lies_in(self.tasks, Some(task), &block.0) && lies_in(self.components, component, &block.1)
    }

    /// Every fact with every block that is told, by the definition. `look` gives the facts that are true of a cell in a
    /// combination; none where the cell is not applicable.
    pub fn uniform<F: Ord + Clone>(
        &self,
        look: impl Fn(&str, Option<&str>, &Combination) -> Option<BTreeSet<F>>,
    ) -> BTreeSet<Told<F>> {
        let components = || std::iter::once(None).chain(self.components.iter().map(|place| Some(place.id.as_str())));
        let cells = self.tasks.iter().flat_map(|task| components().map(move |component| (task.id.as_str(), component)));
        let seen: Vec<_> = cells
            .map(|(task, component)| {
                let looks: Vec<_> = self.combinations.iter().map(|combination| look(task, component, combination)).collect();
                (task, component, looks)
            })
            .collect();
        let facts: BTreeSet<F> = seen.iter().flat_map(|(_, _, looks)| looks.iter().flatten().flatten().cloned()).collect();
        let blocks: Vec<Block> = reaches(self.tasks)
            .into_iter()
            .flat_map(|tasks| reaches(self.components).into_iter().map(move |components| (tasks.clone(), components)))
            .collect();
        let inside = |block: &Block| {
            let inside = seen.iter().filter(|(task, component, _)| self.contains(block, task, *component));
            inside.collect::<Vec<_>>()
        };
        let of_blocks: Vec<_> = blocks.iter().map(|block| (block, inside(block))).collect();
        let mut told = BTreeSet::new();
        for fact in &facts {
            let mut whens: BTreeMap<&Block, Vec<usize>> = BTreeMap::new();
            for (block, inside) in &of_blocks {
                let holds = |nth: &usize| {
                    let mut applicable = inside.iter().filter_map(|(_, _, looks)| looks[*nth].as_ref()).peekable();
                    applicable.peek().is_some() && applicable.all(|facts| facts.contains(fact))
                };
                whens.insert(block, (0..self.combinations.len()).filter(holds).collect());
            }
            for block in &blocks {
                let when = &whens[block];
                let by_task = wider(self.tasks, &block.0).map(|tasks| (tasks, block.1.clone()));
                let by_component = wider(self.components, &block.1).map(|components| (block.0.clone(), components));
                let whole = |wide: Block| when.iter().all(|nth| whens[&wide].contains(nth));
                if !when.is_empty() && !by_task.into_iter().chain(by_component).any(whole) {
                    told.insert((fact.clone(), block.clone(), when.clone()));
                }
            }
        }
        told
    }
}

/// The places of two models: the new ones as they lie, and those that only the old one has where they lay.
pub fn both(old: &[Place], new: &[Place]) -> Vec<Place> {
    let only_old = old.iter().filter(|place| !new.iter().any(|other| other.id == place.id));
    let bare =
        |place: &Place| Place { id: place.id.clone(), parent: place.parent.clone(), when: None, relations: BTreeMap::new() };
    new.iter().chain(only_old).map(bare).collect()
}
