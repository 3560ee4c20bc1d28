//! The parties of a file: one for each name, whichever way it is written, with its code, its parent and what is said of it.

use std::collections::BTreeMap;

use super::codes::Named;
use super::ledger::{Fate, Ledger};
use super::words::folded;

/// A party by its number, in the order of the file.
pub(crate) type PartyNo = usize;

/// A party as it will be declared.
#[derive(Debug, Default, Clone)]
pub(crate) struct Party {
    pub(crate) title: String,
    /// The short form by which the tables name it.
    pub(crate) code: Option<String>,
    /// The id that the file gives it.
    pub(crate) id: Option<String>,
    pub(crate) parent: Option<PartyNo>,
    pub(crate) said: Vec<String>,
}

/// All parties.
#[derive(Debug, Default)]
pub(crate) struct Parties {
    pub(crate) all: Vec<Party>,
    by_name: BTreeMap<String, PartyNo>,
    names: BTreeMap<String, Named>,
}

impl Parties {
    pub(crate) fn named_by(names: BTreeMap<String, Named>) -> Self {
        Self { names, ..Self::default() }
    }

    /// The party of this name or code, met for the first time or again.
    pub(crate) fn of(&mut self, text: &str, ledger: &mut Ledger) -> PartyNo {
        let text = text.replace('\n', " ");
        let key = key(&text);
        if let Some(known) = self.by_name.get(&key) {
            return *known;
        }
        let Some(named) = self.names.get(&key) else { return self.add(key, Party { title: text, ..Party::default() }) };
        named.cells.iter().for_each(|cell| ledger.settle(*cell, Fate::Party));
        let (name, is_id) = (named.name.clone(), named.is_id);
        let full = self::key(&name);
        let known = self.by_name.get(&full).copied();
        let number = known.unwrap_or_else(|| self.add(full, Party { title: name, ..Party::default() }));
        if let Some(party) = self.all.get_mut(number) {
            if is_id {
                party.id.get_or_insert(text)
            } else {
                party.code.get_or_insert(text)
            };
        }
        self.by_name.insert(key, number);
        number
    }

    fn add(&mut self, key: String, party: Party) -> PartyNo {
        self.all.push(party);
        self.by_name.insert(key, self.all.len() - 1);
        self.all.len() - 1
    }

    /// The party of this name or code, if there is one.
    pub(crate) fn known(&self, text: &str) -> Option<PartyNo> {
        self.by_name.get(&key(text)).copied()
    }

    /// Whether a text is a code that a table of names explains, or a party.
    pub(crate) fn is_name(&self, text: &str) -> bool {
        let key = key(text);
        self.by_name.contains_key(&key) || self.names.contains_key(&key)
    }

    /// The party of a name within another: the one that is named so, unless that is within a third. `Lead` of one team is not
    /// `Lead` of another.
    pub(crate) fn within(&mut self, named: PartyNo, parent: PartyNo) -> PartyNo {
        let elsewhere = self.all.get(named).and_then(|party| party.parent).is_some_and(|other| other != parent);
        let titles = self.all.get(named).zip(self.all.get(parent)).map(|(own, around)| (own.title.clone(), around.title.clone()));
        let Some((own, around)) = titles.filter(|_| elsewhere) else {
            self.put_into(named, parent);
            return named;
        };
        let key = format!("{parent}/{}", key(&own));
        if let Some(known) = self.by_name.get(&key) {
            return *known;
        }
        let id = Some(format!("{around} {own}"));
        self.add(key, Party { title: own, id, parent: Some(parent), ..Party::default() })
    }

    /// Another party of the name of this one, the so manieth.
    pub(crate) fn another(&mut self, number: PartyNo, times: usize) -> PartyNo {
        let key = format!("{number}#{times}");
        if let Some(known) = self.by_name.get(&key) {
            return *known;
        }
        let same = self.all.get(number).map(|party| (party.title.clone(), party.parent)).unwrap_or_default();
        self.add(key, Party { title: same.0, parent: same.1, ..Party::default() })
    }

    /// Puts a party into another, where it is in none and not around it.
    fn put_into(&mut self, child: PartyNo, parent: PartyNo) {
        let mut above = Some(parent);
        while let Some(number) = above {
            if number == child {
                return;
            }
            above = self.all.get(number).and_then(|party| party.parent);
        }
        if let Some(party) = self.all.get_mut(child) {
            party.parent.get_or_insert(parent);
        }
    }

    /// Keeps what a table of names says of a party.
    pub(crate) fn say(&mut self, number: PartyNo, text: String) {
        if let Some(party) = self.all.get_mut(number)
            && !party.said.contains(&text)
        {
            party.said.push(text);
        }
    }

    pub(crate) fn give_id(&mut self, number: PartyNo, id: &str) {
        if let Some(party) = self.all.get_mut(number) {
            party.id.get_or_insert_with(|| id.to_owned());
        }
    }
}

/// A name as it is compared; a text of signs alone for itself.
pub(crate) fn key(text: &str) -> String {
    let folded = folded(text);
    if folded.is_empty() { text.trim().to_lowercase() } else { folded }
}
