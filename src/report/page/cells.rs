//! The cells of a page: answers and derivations, each kept once however many cells share it.

use std::collections::HashMap;

use serde::Serialize;

use super::why::{Derivation, derivation};
use crate::document::Letter;
use crate::matrix::{Cell, Nobody, Status};
use crate::model::{AssignmentId, ComponentId, Handle, TaskId, When};
use crate::policy::Policy;
use crate::query::{Entry, GridAsk, GridCase};

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
    kinds: Interned<(usize, Vec<usize>)>,
    rows: Vec<Vec<usize>>,
}

/// What the script reads: for each task and component a kind, for each kind an answer and the derivation of each letter.
#[derive(Debug, Serialize)]
pub(super) struct Kept {
    answers: Vec<Vec<Case>>,
    derivations: Vec<Vec<Derivation>>,
    kinds: Vec<(usize, Vec<usize>)>,
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
#[derive(Debug, PartialEq, Eq, Hash)]
struct Alike {
    task: TaskId,
    applying: Vec<(AssignmentId, TaskId, ComponentId)>,
    named: ComponentId,
}

impl Alike {
    fn of(policy: &Policy, cell: Cell) -> Self {
        let model = policy.model();
        let own = |id: &ComponentId| {
            let it = model.component(*id);
            it.when.is_some() || !it.relations.is_empty()
        };
        let applying = policy.view(cell).applying;
        Self {
            task: policy.matrix().representative(cell).task,
            applying: applying.into_iter().map(|applying| (applying.id, applying.task, applying.component)).collect(),
            named: model.component_path(cell.component).find(own).unwrap_or(ComponentId::SYSTEM),
        }
    }
}

/// Values, each kept once.
#[derive(Debug)]
struct Interned<T> {
    places: HashMap<T, usize>,
    all: Vec<T>,
}

impl<T: Clone + Eq + std::hash::Hash> Interned<T> {
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
            kinds: Interned::new(),
            rows: Vec::new(),
        }
    }

    pub(super) fn add(&mut self, task: TaskId) {
        let components = self.components.clone();
        let row = components.into_iter().map(|component| self.kind(Cell { task, component })).collect();
        self.rows.push(row);
    }

    fn kind(&mut self, cell: Cell) -> usize {
        let alike = Alike::of(self.policy, cell);
        if let Some(kind) = self.known.get(&alike) {
            return *kind;
        }
        let cases = self.policy.grid_cases(cell, &self.ask.context, &Letter::ALL);
        let answer = self.answers.place(cases.iter().map(case).collect());
        let mut whys = Vec::new();
        for letter in Letter::ALL {
            let derived = derivation(&self.policy.derive(cell, letter, &self.ask.context));
            whys.push(self.derivations.place(derived));
        }
        let kind = self.kinds.place((answer, whys));
        self.known.insert(alike, kind);
        kind
    }

    pub(super) fn keep(self) -> Kept {
        Kept { answers: self.answers.all, derivations: self.derivations.all, kinds: self.kinds.all, rows: self.rows }
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
