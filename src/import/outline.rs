//! The tasks of all tables as one tree: groups and phases above the tasks in them, in the order of the file.

use std::collections::{BTreeMap, BTreeSet};

use super::entries::{Entry, Label};
use crate::document::Letter;

/// A task of the tree, and where its sub-tasks are.
#[derive(Debug, Default)]
pub(crate) struct Node {
    pub(crate) entry: Entry,
    pub(crate) parts: Vec<usize>,
}

/// The tree.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    pub(crate) nodes: Vec<Node>,
    pub(crate) tops: Vec<usize>,
    /// Where the group of this name is, under each task.
    groups: BTreeMap<(Option<usize>, Label), usize>,
}

impl Outline {
    /// How many times a party holds each letter.
    pub(crate) fn letters(&self) -> BTreeMap<Letter, usize> {
        let mut letters: BTreeSet<(usize, usize, Letter)> = BTreeSet::new();
        for (nth, entry) in self.tasks().enumerate() {
            for (party, held) in &entry.letters {
                letters.extend(held.iter().map(|letter| (nth, *party, *letter)));
            }
        }
        let mut times: BTreeMap<Letter, usize> = BTreeMap::new();
        for (_, _, letter) in letters {
            *times.entry(letter).or_default() += 1;
        }
        times
    }

    /// Takes in the tasks of a table, under a group of this name where one is given.
    pub(crate) fn add(&mut self, group: Option<&str>, entries: Vec<Entry>) {
        let outer = group.map(|title| Label { title: title.to_owned(), id: None });
        for mut entry in entries {
            let mut parent = None;
            for label in outer.iter().cloned().chain(std::mem::take(&mut entry.groups)) {
                parent = Some(self.group(parent, label, &entry.row));
            }
            if entry.is_group {
                let group = self.group(parent, entry.label.clone(), &entry.row);
                if let Some(node) = self.nodes.get_mut(group) {
                    node.entry.number = entry.number;
                    node.entry.notes.extend(entry.notes);
                }
            } else {
                self.push(parent, entry);
            }
        }
    }

    /// The group of this name, made where it is not there yet.
    fn group(&mut self, parent: Option<usize>, label: Label, row: &str) -> usize {
        if let Some(known) = self.groups.get(&(parent, label.clone())) {
            return *known;
        }
        let made = self.push(parent, Entry { label: label.clone(), row: row.to_owned(), is_group: true, ..Entry::default() });
        self.groups.insert((parent, label), made);
        made
    }

    fn push(&mut self, parent: Option<usize>, entry: Entry) -> usize {
        let number = self.nodes.len();
        self.nodes.push(Node { entry, parts: Vec::new() });
        match parent.and_then(|parent| self.nodes.get_mut(parent)) {
            Some(node) => node.parts.push(number),
            None => self.tops.push(number),
        }
        number
    }

    pub(crate) fn parts(&self, parent: Option<usize>) -> &[usize] {
        parent.map_or(&self.tops, |parent| self.nodes.get(parent).map_or(&self.tops, |node| &node.parts))
    }

    /// The tasks that are no mere groups.
    pub(crate) fn tasks(&self) -> impl Iterator<Item = &Entry> {
        self.nodes.iter().map(|node| &node.entry).filter(|entry| !entry.is_group)
    }
}
