//! The cells of a page: answers, derivations and their steps, each kept once however many cells share it.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use serde::Serialize;

use super::why::{Derivation, Did, Doing, derivation};
use crate::document::Letter;
use crate::matrix::{Cell, CellView, Nobody, Status};
use crate::model::{AssignmentId, ComponentId, Handle, TaskId, When};
use crate::parallel;
use crate::policy::Policy;
use crate::query::{Entry, GridAsk, GridCase, Why};

/// Alternatives, each pairs of a dimension and its values, by their places.
pub(super) type Alternatives = Vec<Vec<(usize, Vec<usize>)>>;

/// The cells added so far.
#[derive(Debug)]
pub(super) struct Cells<'p> {
    policy: &'p Policy,
    ask: GridAsk,
    pub(super) components: Vec<ComponentId>,
    /// The kinds of cells that are alike by construction.
    known: HashMap<Alike, usize>,
    answers: Interned<Vec<Case>>,
    derivations: Interned<Vec<Derivation>>,
    steps: Interned<Doing>,
    kinds: Interned<(usize, [usize; 5])>,
    rows: Vec<Vec<usize>>,
}

/// What the script reads: for each task and component a kind, for each kind an answer and the derivation of each letter, of
/// which each step is a place among all.
#[derive(Debug, Serialize)]
pub(super) struct Kept {
    answers: Vec<Vec<Case>>,
    derivations: Vec<Vec<Derivation>>,
    steps: Vec<Did>,
    kinds: Vec<(usize, [usize; 5])>,
    rows: Vec<Vec<usize>>,
}

/// When, status, and the five letters.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
struct Case(Alternatives, u8, Vec<Said>);

/// The parties of a letter by their places; 0 for silence, 1 for nobody on purpose, 2 for nobody through a relation.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(untagged)]
enum Said {
    Parties(Vec<usize>),
    None(u8),
}

/// What makes cells alike: the same assignments apply, and the same places above name relations and have conditions.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Alike {
    task: TaskId,
    applying: Vec<(AssignmentId, TaskId, ComponentId)>,
    named: ComponentId,
}

impl Alike {
    fn of(policy: &Policy, view: &CellView) -> Self {
        let model = policy.model();
        let own = |id: &ComponentId| {
            let it = model.component(*id);
            it.when.is_some() || !it.relations.is_empty()
        };
        let applying = view.applying.iter();
        Self {
            task: policy.matrix().representative(view.cell).task,
            applying: applying.map(|applying| (applying.id, applying.task, applying.component)).collect(),
            named: model.component_path(view.cell.component).find(own).unwrap_or(ComponentId::SYSTEM),
        }
    }
}

/// Values, each kept once.
#[derive(Debug)]
struct Interned<T> {
    places: HashMap<T, usize>,
    all: Vec<T>,
}

impl<T: Clone + Eq + Hash> Interned<T> {
    fn new() -> Self {
        Self { places: HashMap::new(), all: Vec::new() }
    }

    fn place(&mut self, value: T) -> usize {
        if let Some(place) = self.places.get(&value) {
            return *place;
        }
        self.places.insert(value.clone(), self.all.len());
        self.all.push(value);
        self.all.len() - 1
    }
}

impl<'p> Cells<'p> {
    pub(super) fn new(policy: &'p Policy, ask: &GridAsk) -> Self {
        Self {
            policy,
            ask: ask.clone(),
            components: crate::query::components_below(policy.model(), ComponentId::SYSTEM),
            known: HashMap::new(),
            answers: Interned::new(),
            derivations: Interned::new(),
            steps: Interned::new(),
            kinds: Interned::new(),
            rows: Vec::new(),
        }
    }

    pub(super) fn add(&mut self, task: TaskId) {
        let policy = self.policy;
        let views = parallel::each_long(&self.components, |component| {
            let view = policy.view(Cell { task, component: *component });
            (Alike::of(policy, &view), view)
        });
        let mut met: HashSet<&Alike> = HashSet::new();
        let unknown = views.iter().filter(|(alike, _)| !self.known.contains_key(alike) && met.insert(alike));
        let unknown: Vec<&(Alike, CellView)> = unknown.collect();
        let derived = parallel::each_long(&unknown, |(_, view)| {
            let cases = policy.grid_cases(view.cell, &self.ask.context, &Letter::ALL);
            (cases, policy.derive_letters(view, Letter::ALL, &self.ask.context))
        });
        for ((alike, _), (cases, whys)) in unknown.into_iter().zip(derived) {
            let kind = self.kind(&cases, &whys);
            self.known.insert(alike.clone(), kind);
        }
        self.rows.push(views.iter().filter_map(|(alike, _)| self.known.get(alike)).copied().collect());
    }

    fn kind(&mut self, cases: &[GridCase], whys: &[Why<'_>; 5]) -> usize {
        let answer = self.answers.place(cases.iter().map(case).collect());
        let Self { derivations, steps, .. } = self;
        let derivations = whys.each_ref().map(|why| derivations.place(derivation(why, |step| steps.place(step))));
        self.kinds.place((answer, derivations))
    }

    pub(super) fn keep(self) -> Kept {
        let model = self.policy.model();
        Kept {
            answers: self.answers.all,
            derivations: self.derivations.all,
            steps: self.steps.all.iter().map(|step| step.did(model)).collect(),
            kinds: self.kinds.all,
            rows: self.rows,
        }
    }
}

pub(super) fn alternatives(when: &When) -> Alternatives {
    let pair = |(dimension, values): &(crate::model::DimensionId, Vec<usize>)| (dimension.place(), values.clone());
    when.iter().map(|alternative| alternative.iter().map(pair).collect()).collect()
}

fn case(case: &GridCase) -> Case {
    let said = |entry: &Entry| match entry {
        Entry::Held(parties) => Said::Parties(parties.iter().map(|party| party.place()).collect()),
        Entry::Silent => Said::None(0),
        Entry::Nobody(Nobody::Said) => Said::None(1),
        Entry::Nobody(Nobody::Unresolved) => Said::None(2),
    };
    Case(alternatives(&case.when), status(case.status), case.letters.iter().map(said).collect())
}

pub(super) fn status(status: Status) -> u8 {
    match status {
        Status::Assigned => 0,
        Status::Nobody => 1,
        Status::Unassigned => 2,
        Status::NotApplicable => 3,
    }
}
