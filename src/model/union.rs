//! The vocabularies of two models as one: what a comparison of the two speaks of. Entries are the same where their ids are.
//!
//! The trees are those of the new model; what only the old one has hangs where it hung. Nothing here knows assignments.

use std::collections::HashMap;

use super::context::Dimension;
use super::id::{ComponentId, DimensionId, Handle, PartyId, Table, TaskId};
use super::names::Names;
use super::{About, Assignments, Component, Conventions, Model, Party, Task, When};

/// Two models as one, without anything assigned.
#[derive(Debug)]
pub(crate) struct Union {
    pub(crate) model: Model,
    pub(crate) old: Part,
    pub(crate) new: Part,
}

/// How one of the two models lies in the union.
#[derive(Debug)]
pub(crate) struct Part {
    tasks: Vec<Option<TaskId>>,
    components: Vec<Option<ComponentId>>,
    parties: Vec<PartyId>,
    /// For each dimension of the part the one of the union, and the place of each value in it.
    dimensions: Vec<(DimensionId, Vec<usize>)>,
}

impl Union {
    pub(crate) fn new(old: &Model, new: &Model) -> Self {
        let tasks = joined(
            &old.tasks.iter().map(|(_, it)| (&*it.about.id, it.parent.map(Handle::place))).collect::<Vec<_>>(),
            &new.tasks.iter().map(|(_, it)| (&*it.about.id, it.parent.map(Handle::place))).collect::<Vec<_>>(),
        );
        let components = joined(
            &old.components.iter().map(|(_, it)| (&*it.about.id, it.parent.map(Handle::place))).collect::<Vec<_>>(),
            &new.components.iter().map(|(_, it)| (&*it.about.id, it.parent.map(Handle::place))).collect::<Vec<_>>(),
        );
        let mut model = empty(new);
        for (nth, node) in tasks.iter().enumerate() {
            let Some(it) = node.pick(&old.tasks, &new.tasks) else { continue };
            let (parent, parts, depth) = (node.parent.map(TaskId::new), parts(&tasks, nth), node.depth);
            model.tasks.push(Task { about: bare(&it.about), parent, parts, depth, kind: it.kind, when: None, within: None });
        }
        for (nth, node) in components.iter().enumerate() {
            let Some(it) = node.pick(&old.components, &new.components) else { continue };
            let (parent, parts, depth) = (node.parent.map(ComponentId::new), parts(&components, nth), node.depth);
            model.components.push(Component { about: bare(&it.about), parent, parts, depth, when: None, relations: Vec::new() });
        }
        let mut parties = HashMap::new();
        for (_, it) in new.parties.iter().chain(old.parties.iter()) {
            if !parties.contains_key(&*it.about.id) {
                parties.insert(it.about.id.clone(), model.parties.push(alone(it)));
            }
        }
        for (_, it) in new.dimensions.iter().chain(old.dimensions.iter()) {
            let known = model.dimensions.iter().find(|(_, known)| known.id == it.id).map(|(id, _)| id);
            match known.and_then(|id| model.dimensions.get_mut(id)) {
                Some(known) => {
                    let more = it.values.iter().filter(|value| !known.values.contains(value)).cloned().collect::<Vec<_>>();
                    known.values.extend(more);
                }
                None => drop(model.dimensions.push(it.clone())),
            }
        }
        let part = |of: &Model, pick: fn(&Node) -> Option<usize>| Part {
            tasks: tasks.iter().map(|node| pick(node).map(TaskId::new)).collect(),
            components: components.iter().map(|node| pick(node).map(ComponentId::new)).collect(),
            parties: of.parties.iter().filter_map(|(_, it)| parties.get(&*it.about.id).copied()).collect(),
            dimensions: of.dimensions.iter().filter_map(|(_, it)| placed(&model, it)).collect(),
        };
        let (old, new) = (part(old, |node| node.old), part(new, |node| node.new));
        Self { model, old, new }
    }
}

impl Part {
    /// The same task in this model; none where it lacks it.
    pub(crate) fn task(&self, task: TaskId) -> Option<TaskId> {
        self.tasks.get(task.place()).copied().flatten()
    }

    /// The same component in this model; none where it lacks it.
    pub(crate) fn component(&self, component: ComponentId) -> Option<ComponentId> {
        self.components.get(component.place()).copied().flatten()
    }

    /// A party of this model, in the union.
    pub(crate) fn party(&self, party: PartyId) -> Option<PartyId> {
        self.parties.get(party.place()).copied()
    }

    /// A condition of this model, in the union.
    pub(crate) fn when(&self, when: &When) -> When {
        let entry = |(dimension, values): &(DimensionId, Vec<usize>)| {
            let (id, places) = self.dimensions.get(dimension.place())?;
            Some((*id, values.iter().filter_map(|value| places.get(*value).copied()).collect()))
        };
        when.iter().map(|alternative| alternative.iter().filter_map(entry).collect()).collect()
    }

    /// The combinations of the union whose values this model has.
    pub(crate) fn known(&self) -> When {
        vec![self.dimensions.clone()]
    }
}

/// A place of two trees joined, each before its parts.
struct Node {
    old: Option<usize>,
    new: Option<usize>,
    parent: Option<usize>,
    depth: u32,
}

impl Node {
    fn pick<'t, I: Handle, T>(&self, old: &'t Table<I, T>, new: &'t Table<I, T>) -> Option<&'t T> {
        let of = |table: &'t Table<I, T>, place: Option<usize>| place.map(|place| &table[I::new(place)]);
        of(new, self.new).or_else(|| of(old, self.old))
    }
}

/// Two trees joined by id; both begin with their root.
fn joined(old: &[(&str, Option<usize>)], new: &[(&str, Option<usize>)]) -> Vec<Node> {
    let in_new: HashMap<&str, usize> = new.iter().enumerate().map(|(nth, (id, _))| (*id, nth)).collect();
    let in_old: HashMap<&str, usize> = old.iter().enumerate().map(|(nth, (id, _))| (*id, nth)).collect();
    let mut parts: HashMap<&str, Vec<&str>> = HashMap::new();
    let only_old = old.iter().filter(|(id, _)| !in_new.contains_key(id)).map(|entry| (old, entry));
    for (tree, (id, parent)) in new.iter().map(|entry| (new, entry)).chain(only_old) {
        if let Some((parent, _)) = parent.and_then(|parent| tree.get(parent)) {
            parts.entry(parent).or_default().push(id);
        }
    }
    let mut nodes = Vec::new();
    // The root has the empty id in both.
    let mut open = vec![("", None, 0)];
    while let Some((id, parent, depth)) = open.pop() {
        let place = nodes.len();
        nodes.push(Node { old: in_old.get(id).copied(), new: in_new.get(id).copied(), parent, depth });
        let below = parts.get(id).into_iter().flatten().rev().map(|part| (*part, Some(place), depth + 1));
        open.extend(below);
    }
    nodes
}

fn parts<I: Handle>(nodes: &[Node], place: usize) -> Vec<I> {
    let below = nodes.iter().enumerate().skip(place + 1).filter(|(_, node)| node.parent == Some(place));
    below.map(|(nth, _)| I::new(nth)).collect()
}

/// A dimension in the union, and the place of each of its values there.
fn placed(union: &Model, dimension: &Dimension) -> Option<(DimensionId, Vec<usize>)> {
    let (id, known) = union.dimensions.iter().find(|(_, known)| known.id == dimension.id)?;
    let places = dimension.values.iter().filter_map(|value| known.values.iter().position(|known| known == value));
    Some((id, places.collect()))
}

/// What an entry says of itself, without what it cites: sources are not joined.
fn bare(about: &About) -> About {
    About { citations: Vec::new(), ..about.clone() }
}

/// A party without what it is part of, and what is in it.
fn alone(party: &Party) -> Party {
    Party {
        about: bare(&party.about),
        kind: party.kind,
        parent: None,
        parts: Vec::new(),
        members: Vec::new(),
        member_of: Vec::new(),
        contact: party.contact.clone(),
        staff_at_least: None,
        requires: Vec::new(),
        satisfies: Vec::new(),
        absences: Vec::new(),
        scope: None,
    }
}

fn empty(new: &Model) -> Model {
    Model {
        about: bare(&new.about),
        sources: Table::default(),
        dimensions: Table::default(),
        requirements: Table::default(),
        parties: Table::default(),
        relations: Table::default(),
        components: Table::default(),
        tasks: Table::default(),
        assignments: Assignments::default(),
        conventions: Conventions::default(),
        flows: Vec::new(),
        escalations: Vec::new(),
        lints: Vec::new(),
        names: Names::default(),
    }
}
