//! The model as text: ids given, titles kept, one assignment for each row, in the compact form.

use std::collections::{BTreeMap, BTreeSet};

use super::ids::{Ids, slug};
use super::outline::Outline;
use super::parties::{Parties, PartyNo};
use super::yaml_text::{Text, WIDE, list, map, scalar};
use crate::document::Letter;

/// What a model is made from.
pub(crate) struct Draft<'d> {
    /// The name of the file, without its folders.
    pub(crate) file: &'d str,
    pub(crate) title: Option<&'d str>,
    pub(crate) outline: &'d Outline,
    pub(crate) parties: &'d Parties,
    /// How many tasks have an A and no R.
    pub(crate) answered_only: usize,
}

/// A draft with its ids.
struct Writer<'d> {
    draft: &'d Draft<'d>,
    source: String,
    parties: Vec<String>,
    aliases: BTreeMap<PartyNo, String>,
    tasks: Vec<String>,
    numbers: BTreeMap<usize, String>,
    text: Text,
}

/// The letters of an assignment, in the order in which they are written.
const ORDER: [Letter; 5] = [Letter::Accountable, Letter::Responsible, Letter::Support, Letter::Consulted, Letter::Informed];

pub(crate) fn write(draft: &Draft<'_>) -> String {
    let stem = draft.file.rsplit_once('.').map_or(draft.file, |(stem, _)| stem);
    let id = Some(slug(stem)).filter(|id| !id.is_empty()).unwrap_or_else(|| "table".to_owned());
    let mut writer = Writer {
        draft,
        source: id.clone(),
        parties: Vec::new(),
        aliases: BTreeMap::new(),
        tasks: vec![String::new(); draft.outline.nodes.len()],
        numbers: BTreeMap::new(),
        text: Text::default(),
    };
    writer.name_parties();
    writer.name_tasks();
    writer.head(&id);
    writer.text.line(0, "");
    writer.text.line(0, "parties:");
    let mut parts: BTreeMap<Option<PartyNo>, Vec<PartyNo>> = BTreeMap::new();
    for (number, party) in draft.parties.all.iter().enumerate() {
        parts.entry(party.parent).or_default().push(number);
    }
    writer.party_list(&parts, None, 1);
    writer.text.line(0, "");
    writer.text.line(0, "tasks:");
    writer.task_list(None, 1);
    writer.text.into_string()
}

impl Writer<'_> {
    fn name_parties(&mut self) {
        let mut ids = Ids::default();
        for party in &self.draft.parties.all {
            let within = party.parent.and_then(|parent| self.parties.get(parent)).cloned();
            self.parties.push(ids.take(party.id.as_deref().unwrap_or(&party.title), within.as_deref(), "party"));
        }
        for (number, party) in self.draft.parties.all.iter().enumerate() {
            if let Some(code) = party.code.as_ref().filter(|code| ids.name(code)) {
                self.aliases.insert(number, code.clone());
            }
        }
    }

    fn name_tasks(&mut self) {
        let mut ids = Ids::default();
        let mut open: Vec<(usize, Option<String>)> = self.draft.outline.tops.iter().rev().map(|top| (*top, None)).collect();
        let mut numbered = Vec::new();
        while let Some((number, within)) = open.pop() {
            let Some(node) = self.draft.outline.nodes.get(number) else { continue };
            let text = node.entry.label.id.as_deref().unwrap_or(&node.entry.label.title);
            let other = if node.entry.is_group { "group" } else { "task" };
            let id = ids.take(text, within.as_deref(), other);
            open.extend(node.parts.iter().rev().map(|part| (*part, Some(id.clone()))));
            if let Some(entry) = self.tasks.get_mut(number) {
                *entry = id;
            }
            numbered.extend(node.entry.number.as_ref().map(|text| (number, text.clone())));
        }
        // A number that stands once is another name of its task.
        let mut times: BTreeMap<&String, usize> = BTreeMap::new();
        for (_, text) in &numbered {
            *times.entry(text).or_default() += 1;
        }
        for (number, text) in &numbered {
            if times.get(text) == Some(&1) && !ids.has(text) {
                self.numbers.insert(*number, text.clone());
            }
        }
    }

    fn head(&mut self, id: &str) {
        let Draft { file, title, answered_only, .. } = self.draft;
        let text = &mut self.text;
        text.comment(&format!("Imported from {file}."));
        text.line(0, "rasci: 1");
        text.line(0, &format!("id: {id}"));
        if let Some(title) = title {
            text.said(0, "title", title);
        }
        text.line(0, &format!("sources: {{ {}: {{ title: {} }} }}", self.source, scalar(file)));
        if *answered_only > 0 {
            let rows = if *answered_only == 1 {
                "1 task has an A and no R".to_owned()
            } else {
                format!("{answered_only} tasks have an A and no R")
            };
            text.comment(&format!("{rows}. Where whoever answers for a task also does it, say so:"));
            text.comment("conventions: { accountable-is-responsible: true }");
        }
    }

    fn party_list(&mut self, under: &BTreeMap<Option<PartyNo>, Vec<PartyNo>>, parent: Option<PartyNo>, depth: usize) {
        for number in under.get(&parent).into_iter().flatten().copied() {
            let Some(party) = self.draft.parties.all.get(number) else { continue };
            let Some(id) = self.parties.get(number).cloned() else { continue };
            let mut keys = Vec::new();
            if party.title != id {
                keys.push(("title".to_owned(), scalar(&party.title)));
            }
            keys.extend(self.aliases.get(&number).map(|alias| ("aliases".to_owned(), format!("[{}]", scalar(alias)))));
            if !party.said.is_empty() {
                keys.push(("description".to_owned(), scalar(&party.said.join("\n"))));
            }
            let has_parts = under.contains_key(&Some(number));
            let line = format!("{id}: {}", map(&keys));
            if !has_parts && line.chars().count() + depth * 2 <= WIDE {
                self.text.line(depth, &line);
                continue;
            }
            self.text.line(depth, &format!("{id}:"));
            for (key, value) in &keys {
                self.text.line(depth + 1, &format!("{key}: {value}"));
            }
            if has_parts {
                self.text.line(depth + 1, "parties:");
                self.party_list(under, Some(number), depth + 2);
            }
        }
    }

    fn task_list(&mut self, parent: Option<usize>, depth: usize) {
        for number in self.draft.outline.parts(parent).to_vec() {
            let Some(node) = self.draft.outline.nodes.get(number) else { continue };
            let id = self.tasks.get(number).cloned().unwrap_or_default();
            self.text.line(depth, &format!("{id}:"));
            let entry = &node.entry;
            let assigned = !(entry.letters.is_empty() && entry.out.is_empty());
            self.text.said(depth + 1, "title", &entry.label.title);
            if let Some(alias) = self.numbers.get(&number) {
                self.text.line(depth + 1, &format!("aliases: [{}]", scalar(alias)));
            } else if let Some(number) = entry.number.as_ref().filter(|number| **number != entry.label.title) {
                self.text.said(depth + 1, "description", &format!("Number {number}"));
            }
            let mut notes = entry.notes.clone();
            if !assigned {
                notes.extend(entry.remarks.iter().cloned());
            }
            if !notes.is_empty() {
                self.text.said(depth + 1, "note", &notes.join("\n"));
            }
            if !entry.within.is_empty() {
                self.text.said(depth + 1, "within", &entry.within.join("; "));
            }
            if assigned {
                self.assignment(number, depth + 1);
            } else if !entry.is_group {
                self.text.line(depth + 1, &format!("source: {}", self.citation(&entry.row)));
            }
            if !node.parts.is_empty() {
                self.text.line(depth + 1, "tasks:");
                self.task_list(Some(number), depth + 2);
            }
        }
    }

    fn citation(&self, row: &str) -> String {
        format!("{{ {}: {} }}", self.source, scalar(row))
    }

    /// The one assignment of a task.
    fn assignment(&mut self, number: usize, depth: usize) {
        let Some(entry) = self.draft.outline.nodes.get(number).map(|node| &node.entry) else { return };
        let mut letters: Vec<(String, Vec<String>)> = Vec::new();
        for letter in ORDER {
            let mut met: BTreeSet<PartyNo> = BTreeSet::new();
            let holders = entry.letters.iter().filter(|(_, held)| held.contains(&letter)).map(|(party, _)| *party);
            let once = holders.filter(|party| met.insert(*party));
            let parties: Vec<String> = once.filter_map(|party| self.parties.get(party).cloned()).collect();
            match letters.last_mut() {
                _ if parties.is_empty() => {}
                Some((key, same)) if letter == Letter::Responsible && *same == parties => "A/R".clone_into(key),
                _ => letters.push((letter.as_str().to_owned(), parties)),
            }
        }
        let out: Vec<&str> =
            entry.out.iter().filter_map(|party| self.draft.parties.all.get(*party)).map(|party| party.title.as_str()).collect();
        let mut keys: Vec<(String, String)> = letters.iter().map(|(key, parties)| (key.clone(), list(parties))).collect();
        let mut remarks = entry.remarks.clone();
        if !out.is_empty() {
            if !letters.iter().any(|(key, _)| key == "I") {
                keys.push(("I".to_owned(), "[]".to_owned()));
            }
            remarks.push(format!("out of the loop: {}", out.join(", ")));
        }
        keys.push(("basis".to_owned(), "stated".to_owned()));
        keys.push(("source".to_owned(), self.citation(&entry.row)));
        if !remarks.is_empty() {
            keys.push(("note".to_owned(), scalar(&remarks.join("; "))));
        }
        let whole = format!("assign: [{}]", map(&keys));
        if whole.chars().count() + depth * 2 <= WIDE {
            return self.text.line(depth, &whole);
        }
        self.text.line(depth, "assign:");
        self.text.line(depth + 1, &format!("- {}", map(&keys)));
    }
}
