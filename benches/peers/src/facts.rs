//! What the workload says, as plain facts that each peer stores in its own way, and the questions, as places in them.

use std::collections::BTreeMap;

use rasci::model::PartyRef;
use rasci::{ComponentId, Letter, Policy, TaskId};

use crate::workload::{self, Form, Size};

/// The facts of a model without contexts.
pub struct Facts {
    pub tasks: Tree,
    /// The first is the whole system.
    pub components: Tree,
    pub parties: Vec<String>,
    /// Each cell and letter of which something is said, once.
    pub said: Vec<Said>,
}

/// Places by number, each with its name and the place above it.
pub struct Tree {
    pub names: Vec<String>,
    above: Vec<Option<usize>>,
}

/// Who holds a letter, where that is said.
pub struct Said {
    pub task: usize,
    pub component: usize,
    pub letter: usize,
    pub parties: Vec<usize>,
}

/// Who holds this letter of this cell? Does this party?
pub struct Ask {
    pub task: usize,
    pub component: usize,
    pub letter: usize,
    pub party: usize,
}

pub const LETTERS: [&str; 5] = ["R", "A", "S", "C", "I"];

impl Tree {
    /// A place and all above it, upwards.
    pub fn path(&self, place: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(place), |place| self.above[*place])
    }
}

impl Facts {
    pub fn new(policy: &Policy) -> Self {
        let model = policy.model();
        // The first task is the one that all are part of, where nothing is said.
        let top = |task: usize| Some(task).filter(|task| *task > 0);
        let tasks = Tree {
            names: std::iter::once(String::new()).chain(model.tasks().map(|(_, task)| task.about.id.to_string())).collect(),
            above: std::iter::once(None)
                .chain(model.tasks().map(|(_, task)| task.parent.map(TaskId::index).and_then(top)))
                .collect(),
        };
        let components = Tree {
            names: std::iter::once("system".to_owned())
                .chain(model.components().map(|(_, component)| component.about.id.to_string()))
                .collect(),
            above: std::iter::once(None)
                .chain(model.components().map(|(_, component)| component.parent.map(ComponentId::index)))
                .collect(),
        };
        let parties = model.parties().map(|(_, party)| party.about.id.to_string()).collect();
        let mut said: BTreeMap<(usize, usize, usize), Vec<usize>> = BTreeMap::new();
        for (_, assignment) in model.assignments() {
            for clause in assignment.clauses.iter() {
                for letter in clause.letters.iter() {
                    for (task, component) in assignment
                        .tasks
                        .iter()
                        .flat_map(|task| assignment.components.iter().map(move |component| (task, component)))
                    {
                        let holders = said.entry((task.index(), component.index(), letter.index())).or_default();
                        holders.extend(clause.parties.iter().map(|party| match party {
                            PartyRef::Party(party) => party.index(),
                            PartyRef::Relation(_) => panic!("the plain form has no relation"),
                        }));
                    }
                }
            }
        }
        let said = said.into_iter().map(|((task, component, letter), mut parties)| {
            parties.sort_unstable();
            parties.dedup();
            Said { task, component, letter, parties }
        });
        Self { tasks, components, parties, said: said.collect() }
    }
}

/// The questions of the workload. Half of them ask of a party that holds the letter, where there is one.
pub fn asks(policy: &Policy, size: Size, count: usize) -> Vec<Ask> {
    let always = policy.full_context(&rasci::Context::default()).expect("no context");
    let questions = workload::questions(size, Form::Plain, count);
    let ask = |(nth, one): (usize, workload::Question)| {
        let cell = policy.cell(&one.task, one.component.as_deref()).expect("known");
        let letter = Letter::ALL.into_iter().find(|letter| letter.as_str().starts_with(one.letter)).expect("a letter");
        let party = match policy.holders(letter, cell, &always) {
            rasci::query::Holders::Held(parties) if nth % 2 == 0 => parties.iter().last().expect("at least one").index(),
            _ => nth % size.parties,
        };
        Ask { task: cell.task.index(), component: cell.component.index(), letter: letter.index(), party }
    };
    questions.into_iter().enumerate().map(ask).collect()
}
