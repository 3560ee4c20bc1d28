//! The meaning of a model, read a second time: slowly, from the documents, and without any of the crate's own reading.
//!
//! The documents are merged as the language says, then each cell is decided by nested loops over everything. Only the
//! document types are shared with the crate; where the two readings differ, one of them is wrong.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rasci::Letter;
use rasci::document::{Assignment, Component, Document, Entries, Names, Party, Task, Values, When};

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

fn unite(known: &mut Vec<String>, later: Vec<String>) {
    for value in later {
        if !known.contains(&value) {
            known.push(value);
        }
    }
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

impl Reading {
    /// Merges the model in `model.yaml` and all it extends.
    pub fn of(documents: &[(String, Document<'static>)]) -> Self {
        let mut order = Vec::new();
        visit(documents, "model.yaml", &mut order);
        let mut reading = Self::default();
        for (layer, document) in order.into_iter().enumerate() {
            reading.add(document, layer);
        }
        reading
    }

    fn add(&mut self, document: &Document<'static>, layer: usize) {
        if let Some(remove) = &document.remove {
            let gone = remove.assignments.as_ref().map_or_else(Vec::new, list);
            self.assignments.retain(|said| !said.is_one_of(&gone));
            let gone = take_out(&mut self.tasks, remove.tasks.as_ref());
            self.drop_places(|said| &mut said.tasks, &gone);
            let gone = take_out(&mut self.components, remove.components.as_ref());
            self.drop_places(|said| &mut said.components, &gone);
        }
        for (name, values) in document.context.iter() {
            match self.context.iter_mut().find(|(known, _)| *known == name.value) {
                Some((_, known)) => unite(known, list(values)),
                None => self.context.push((name.value.to_string(), list(values))),
            }
        }
        for (name, parties) in document.relations.iter() {
            self.system.insert(name.value.to_string(), list(parties));
        }
        if let Some(conventions) = &document.conventions {
            self.accountable_is_responsible = conventions.accountable_is_responsible.unwrap_or(self.accountable_is_responsible);
            self.responsible_is_accountable = conventions.responsible_is_accountable.unwrap_or(self.responsible_is_accountable);
        }
        let mut own = Vec::new();
        self.parties(&document.parties, None);
        self.components(&document.components, None, &mut own);
        self.tasks(&document.tasks, None, &mut own);
        own.extend(document.assignments.iter().map(|written| said(&written.value, None, None)));
        let ids: Vec<String> = own.iter().filter_map(|said| said.written.id.as_ref()).map(|id| id.value.to_string()).collect();
        self.assignments.retain(|said| !said.is_one_of(&ids));
        self.assignments.extend(own.into_iter().map(|said| Said { layer, ..said }));
    }

    /// An assignment whose last task or component went goes too.
    fn drop_places(&mut self, places: impl Fn(&mut Said) -> &mut Option<Vec<String>>, gone: &[String]) {
        self.assignments.retain_mut(|said| {
            let Some(places) = places(said) else { return true };
            places.retain(|place| !gone.contains(place));
            !places.is_empty()
        });
    }

    fn parties(&mut self, parties: &Entries<'static, Party<'static>>, parent: Option<&str>) {
        for (name, party) in parties.iter() {
            self.who(&name.value).inside.extend(parent.map(str::to_owned));
            for member in party.members.iter().flat_map(list) {
                self.who(&member).inside.insert(name.value.to_string());
            }
            self.parties(&party.parties, Some(&name.value));
        }
    }

    fn who(&mut self, id: &str) -> &mut Who {
        let place = self.parties.iter().position(|who| who.id == id).unwrap_or_else(|| {
            self.parties.push(Who { id: id.to_owned(), inside: BTreeSet::new() });
            self.parties.len() - 1
        });
        &mut self.parties[place]
    }

    fn components(&mut self, components: &Entries<'static, Component<'static>>, parent: Option<&str>, own: &mut Vec<Said>) {
        for (name, component) in components.iter() {
            let place = declared(&mut self.components, &name.value, parent);
            place.when = component.when.clone().or(place.when.take());
            place.relations.extend(component.relations.iter().map(|(name, parties)| (name.value.to_string(), list(parties))));
            own.extend(component.assign.iter().map(|written| said(&written.value, None, Some(&name.value))));
            self.components(&component.components, Some(&name.value), own);
        }
    }

    fn tasks(&mut self, tasks: &Entries<'static, Task<'static>>, parent: Option<&str>, own: &mut Vec<Said>) {
        for (name, task) in tasks.iter() {
            let place = declared(&mut self.tasks, &name.value, parent);
            place.when = task.when.clone().or(place.when.take());
            own.extend(task.assign.iter().map(|written| said(&written.value, Some(&name.value), None)));
            self.tasks(&task.tasks, Some(&name.value), own);
        }
    }

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

    pub fn satisfied(&self, when: Option<&When<'_>>, combination: &Combination) -> bool {
        when.iter().flat_map(|when| when.iter()).all(|(dimension, values)| {
            let value = &combination[dimension.value.as_ref()];
            match values {
                Values::In(names) => list(names).contains(value),
                Values::Not(names) => !list(names).contains(value),
            }
        })
    }

    /// Whether an assignment applies to a cell, and at which rank: that of the nearest of its places.
    pub fn rank(&self, said: &Said, task: &str, component: Option<&str>, combination: &Combination) -> Option<Rank> {
        let depth = |places: &[Place], from, listed: &Option<Vec<String>>| {
            let path = upwards(places, from);
            let at = path.iter().position(|place| match (listed, place) {
                (None, place) => place.is_none(),
                (Some(listed), Some(place)) => listed.contains(place),
                (Some(_), None) => false,
            });
            at.map(|at| path.len() - 1 - at)
        };
        let task = depth(&self.tasks, Some(task), &said.tasks)?;
        let component = depth(&self.components, component, &said.components)?;
        let when = said.written.when.as_ref();
        let narrow = self.combinations().iter().filter(|combination| self.satisfied(when, combination)).count() as u64;
        self.satisfied(when, combination).then_some((task, component, Reverse(narrow), said.layer))
    }

    /// What a cell says.
    pub fn cell(&self, task: &str, component: Option<&str>, combination: &Combination) -> Told {
        let mut told = Told {
            status: "not-applicable",
            held: BTreeMap::new(),
            said: BTreeSet::new(),
            unresolved: BTreeSet::new(),
            implied: BTreeSet::new(),
        };
        let there = |places: &[Place], from| {
            let path: Vec<String> = upwards(places, from).into_iter().flatten().collect();
            places.iter().filter(|place| path.contains(&place.id)).all(|place| self.satisfied(place.when.as_ref(), combination))
        };
        if !there(&self.tasks, Some(task)) || !there(&self.components, component) {
            return told;
        }
        let applying: Vec<(Rank, &Said)> =
            self.assignments.iter().filter_map(|said| Some((self.rank(said, task, component, combination)?, said))).collect();
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

/// Bases first, in order, depth first, each document once.
fn visit<'d>(documents: &'d [(String, Document<'static>)], name: &str, order: &mut Vec<&'d Document<'static>>) {
    let (_, document) = documents.iter().find(|(known, _)| known == name).expect("a document extends documents there are");
    for base in document.extends.iter().flat_map(list) {
        visit(documents, &base, order);
    }
    if !order.iter().any(|known| std::ptr::eq(*known, document)) {
        order.push(document);
    }
}

fn declared<'p>(places: &'p mut Vec<Place>, id: &str, parent: Option<&str>) -> &'p mut Place {
    let at = places.iter().position(|place| place.id == id).unwrap_or_else(|| {
        let parent = parent.map(str::to_owned);
        places.push(Place { id: id.to_owned(), parent, when: None, relations: BTreeMap::new() });
        places.len() - 1
    });
    &mut places[at]
}

/// Takes out places, and all that lies below them; gives their ids.
fn take_out(places: &mut Vec<Place>, names: Option<&Names<'_>>) -> Vec<String> {
    let mut gone = names.map_or_else(Vec::new, list);
    let mut next = 0;
    while let Some(id) = gone.get(next).cloned() {
        gone.extend(places.iter().filter(|place| place.parent.as_ref() == Some(&id)).map(|place| place.id.clone()));
        next += 1;
    }
    places.retain(|place| !gone.contains(&place.id));
    gone
}

fn said(written: &Assignment<'static>, task: Option<&str>, component: Option<&str>) -> Said {
    let places = |implied: Option<&str>, named: &Option<Names<'_>>| match implied {
        Some(id) => Some(vec![id.to_owned()]),
        None => named.as_ref().map(list),
    };
    Said {
        layer: 0,
        tasks: places(task, &written.task),
        components: places(component, &written.component),
        written: written.clone(),
    }
}
