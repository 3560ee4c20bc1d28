//! The meaning of a model, read a second time: slowly, from the documents, and without any of the crate's own reading.
//!
//! The documents are merged as the language says, then each cell is decided by nested loops over everything. Only the
//! document types are shared with the crate; where the two readings differ, one of them is wrong.

pub mod findings;
mod merging;
pub mod scope;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rasci::Letter;
use rasci::document::{Assignment, Names, Values, When};

/// A full context: for each dimension its value.
pub type Combination = BTreeMap<String, String>;

/// The layers of a model, merged.
#[derive(Debug, Default)]
pub struct Reading {
    pub context: Vec<(String, Vec<String>)>,
    pub parties: Vec<Who>,
    pub components: Vec<Place>,
    pub tasks: Vec<Place>,
    pub assignments: Vec<Said>,
    system: BTreeMap<String, Vec<String>>,
    accountable_is_responsible: bool,
    responsible_is_accountable: bool,
}

/// A party, and the parties it is directly in: as a part or as a member.
#[derive(Debug)]
pub struct Who {
    pub id: String,
    pub part_of: Option<String>,
    pub inside: BTreeSet<String>,
}

/// A task or a component.
#[derive(Debug)]
pub struct Place {
    pub id: String,
    parent: Option<String>,
    when: Option<When<'static>>,
    relations: BTreeMap<String, Vec<String>>,
}

/// An assignment with its places; none stands for everywhere.
#[derive(Debug)]
pub struct Said {
    pub written: Assignment<'static>,
    pub layer: usize,
    pub tasks: Option<Vec<String>>,
    pub components: Option<Vec<String>>,
}

/// What a cell says in one combination.
#[derive(Debug, PartialEq, Eq)]
pub struct Told {
    pub status: &'static str,
    /// The letters that have parties.
    pub held: BTreeMap<Letter, BTreeSet<String>>,
    /// The letters given to nobody on purpose.
    pub said: BTreeSet<Letter>,
    /// The letters given to a relation that stands for nobody.
    pub unresolved: BTreeSet<Letter>,
    /// The letters that a convention implies.
    pub implied: BTreeSet<Letter>,
}

/// Task before component before condition before layer.
pub type Rank = (usize, usize, Reverse<u64>, usize);

fn list(names: &Names<'_>) -> Vec<String> {
    names.items.iter().map(|name| name.value.to_string()).collect()
}

/// An id and everything above it, the nearest first; none is the root.
pub fn upwards(places: &[Place], from: Option<&str>) -> Vec<Option<String>> {
    let mut path = Vec::new();
    let mut next = from.map(str::to_owned);
    while let Some(id) = next {
        next = places.iter().find(|place| place.id == id).and_then(|place| place.parent.clone());
        path.push(Some(id));
    }
    path.push(None);
    path
}

/// Whether a combination is one that a condition names; without a condition, any is.
pub fn satisfied(when: Option<&When<'_>>, combination: &Combination) -> bool {
    when.iter().flat_map(|when| when.iter()).all(|(dimension, values)| {
        let value = &combination[dimension.value.as_ref()];
        match values {
            Values::In(names) => list(names).contains(value),
            Values::Not(names) => !list(names).contains(value),
        }
    })
}

impl Reading {
    /// Every combination, the last dimension turning fastest.
    pub fn combinations(&self) -> Vec<Combination> {
        let mut all = vec![Combination::new()];
        for (dimension, values) in &self.context {
            all = all
                .iter()
                .flat_map(|before| {
                    values.iter().map(|value| {
                        let mut combination = before.clone();
                        combination.insert(dimension.clone(), value.clone());
                        combination
                    })
                })
                .collect();
        }
        all
    }

    /// The nearest of an assignment's tasks and of its components at or above a cell, each with its depth.
    pub fn nearest(&self, said: &Said, task: &str, component: Option<&str>) -> Option<[(Option<String>, usize); 2]> {
        let nearest = |places: &[Place], from, listed: &Option<Vec<String>>| {
            let path = upwards(places, from);
            let at = path.iter().position(|place| match (listed, place) {
                (None, place) => place.is_none(),
                (Some(listed), Some(place)) => listed.contains(place),
                (Some(_), None) => false,
            });
            at.map(|at| (path[at].clone(), path.len() - 1 - at))
        };
        Some([nearest(&self.tasks, Some(task), &said.tasks)?, nearest(&self.components, component, &said.components)?])
    }

    /// Whether an assignment applies to a cell, and at which rank: that of the nearest of its places.
    pub fn rank(&self, said: &Said, task: &str, component: Option<&str>, combination: &Combination) -> Option<Rank> {
        let [(_, task), (_, component)] = self.nearest(said, task, component)?;
        let when = said.written.when.as_ref();
        let narrow = self.combinations().iter().filter(|combination| satisfied(when, combination)).count() as u64;
        satisfied(when, combination).then_some((task, component, Reverse(narrow), said.layer))
    }

    /// Whether a cell is applicable.
    pub fn is_there(&self, task: &str, component: Option<&str>, combination: &Combination) -> bool {
        let there = |places: &[Place], from| {
            let path: Vec<String> = upwards(places, from).into_iter().flatten().collect();
            places.iter().filter(|place| path.contains(&place.id)).all(|place| satisfied(place.when.as_ref(), combination))
        };
        there(&self.tasks, Some(task)) && there(&self.components, component)
    }

    /// What a cell says.
    pub fn cell(&self, task: &str, component: Option<&str>, combination: &Combination) -> Told {
        if !self.is_there(task, component, combination) {
            return Told::nothing("not-applicable");
        }
        let applying: Vec<(Rank, &Said)> =
            self.assignments.iter().filter_map(|said| Some((self.rank(said, task, component, combination)?, said))).collect();
        self.told(component, &applying)
    }

    /// What an applicable cell of a component says where these assignments apply.
    pub fn told(&self, component: Option<&str>, applying: &[(Rank, &Said)]) -> Told {
        let mut told = Told::nothing("unassigned");
        let mut mentioned = BTreeSet::new();
        for letter in Letter::ALL {
            let settings: Vec<_> = applying.iter().filter_map(|(rank, said)| Some((*rank, said.sets(letter, false)?))).collect();
            let highest = settings.iter().map(|(rank, _)| *rank).max();
            let deciding: Vec<_> =
                settings.into_iter().filter(|(rank, _)| Some(*rank) == highest).map(|(_, refs)| refs).collect();
            let adding: Vec<_> = applying.iter().filter_map(|(_, said)| said.sets(letter, true)).collect();
            if deciding.is_empty() && adding.is_empty() {
                continue;
            }
            mentioned.insert(letter);
            let parties: BTreeSet<String> =
                deciding.iter().chain(&adding).flatten().flat_map(|party| self.stands_for(party, component)).collect();
            if !parties.is_empty() {
                told.held.insert(letter, parties);
            } else if deciding.iter().any(Vec::is_empty) {
                told.said.insert(letter);
            } else {
                told.unresolved.insert(letter);
            }
        }
        let (responsible, accountable) = (told.held.get(&Letter::Responsible), told.held.get(&Letter::Accountable));
        let implied = match (responsible, accountable) {
            (_, Some(parties)) if self.accountable_is_responsible && !mentioned.contains(&Letter::Responsible) => {
                Some((Letter::Responsible, parties.clone()))
            }
            (Some(parties), _)
                if self.responsible_is_accountable && parties.len() == 1 && !mentioned.contains(&Letter::Accountable) =>
            {
                Some((Letter::Accountable, parties.clone()))
            }
            _ => None,
        };
        told.implied.extend(implied.iter().map(|(letter, _)| *letter));
        told.held.extend(implied);
        told.status = match (told.held.is_empty(), told.said.is_empty()) {
            (false, _) => "assigned",
            (true, false) => "nobody",
            (true, true) => "unassigned",
        };
        told
    }

    /// Whom a reference means at a component.
    pub fn stands_for(&self, party: &str, component: Option<&str>) -> Vec<String> {
        let Some(relation) = party.strip_prefix('$') else { return vec![party.to_owned()] };
        let path = upwards(&self.components, component);
        let named = path
            .iter()
            .flatten()
            .find_map(|id| self.components.iter().find(|place| place.id == *id).and_then(|place| place.relations.get(relation)));
        named.or(self.system.get(relation)).cloned().unwrap_or_default()
    }

    /// Everything that a party is in, at any depth, without itself.
    pub fn containers(&self, party: &str) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let mut open = vec![party.to_owned()];
        while let Some(id) = open.pop() {
            let inside = self.parties.iter().filter(|who| who.id == id).flat_map(|who| who.inside.iter().cloned());
            open.extend(inside.filter(|container| found.insert(container.clone())));
        }
        found
    }
}

impl Told {
    fn nothing(status: &'static str) -> Self {
        let (held, said, unresolved, implied) = Default::default();
        Self { status, held, said, unresolved, implied }
    }
}

impl Said {
    /// The references that it sets or adds for a letter; none where it says nothing of the letter.
    pub fn sets(&self, letter: Letter, adds: bool) -> Option<Vec<String>> {
        let clause =
            |clause: &&rasci::document::Clause<'_>| clause.key.value.adds == adds && clause.key.value.letters.contains(&letter);
        self.written.clauses.iter().find(clause).map(|clause| clause.parties.as_ref().map_or_else(Vec::new, list))
    }

    fn is_one_of(&self, ids: &[String]) -> bool {
        self.written.id.as_ref().is_some_and(|id| ids.iter().any(|other| *other == id.value))
    }
}
