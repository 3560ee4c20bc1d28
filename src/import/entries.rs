//! A task as it is read from one row or, in a table with a row for each letter, from several.

use std::collections::BTreeMap;

use super::parties::PartyNo;
use crate::document::Letter;

/// A task, or a group of them, as it was read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Entry {
    /// The groups it is in, from the outermost.
    pub(crate) groups: Vec<Label>,
    pub(crate) label: Label,
    pub(crate) number: Option<String>,
    pub(crate) notes: Vec<String>,
    pub(crate) within: Vec<String>,
    pub(crate) letters: Vec<(PartyNo, Vec<Letter>)>,
    pub(crate) out: Vec<PartyNo>,
    /// What its cells say beside letters.
    pub(crate) remarks: Vec<String>,
    /// Where rows of several parties make it: what each row says beside its letter, and of whom.
    pub(crate) said: Vec<(String, Said)>,
    /// The row it stands in, as a citation gives it.
    pub(crate) row: String,
    /// A group without letters of its own.
    pub(crate) is_group: bool,
}

/// What something is called.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Label {
    pub(crate) title: String,
    pub(crate) id: Option<String>,
}

/// What a row says beside its letter.
#[derive(Debug, Clone, Default)]
pub(crate) struct Said {
    notes: Vec<String>,
    within: Vec<String>,
}

impl Entry {
    /// Takes in that a party holds a letter.
    pub(crate) fn hold(&mut self, party: PartyNo, letter: Letter) {
        match self.letters.iter_mut().find(|(known, _)| *known == party) {
            Some((_, letters)) if !letters.contains(&letter) => letters.push(letter),
            Some(_) => {}
            None => self.letters.push((party, vec![letter])),
        }
    }

    /// Keeps in mind of whom the row speaks.
    pub(crate) fn said_by(&mut self, party: &str) {
        let (notes, within) = (std::mem::take(&mut self.notes), std::mem::take(&mut self.within));
        self.said.push((party.to_owned(), Said { notes, within }));
    }

    /// Takes in what another row says of the same task.
    pub(crate) fn join(&mut self, other: Self) {
        self.letters.extend(other.letters);
        self.out.extend(other.out);
        self.remarks.extend(other.remarks);
        self.said.extend(other.said);
        for note in other.notes {
            if !self.notes.contains(&note) {
                self.notes.push(note);
            }
        }
    }

    /// What all rows say is said of the task, what only some say of their parties.
    pub(crate) fn say_who(&mut self) {
        let said = std::mem::take(&mut self.said);
        self.notes.extend(by_party(&said, |said| &said.notes));
        self.within.extend(by_party(&said, |said| &said.within));
    }
}

fn by_party(said: &[(String, Said)], texts: fn(&Said) -> &Vec<String>) -> Vec<String> {
    // For each text, in order, the number of rows that say it, and of whom those speak.
    let mut distinct: Vec<(&String, usize, Vec<&str>)> = Vec::new();
    let mut known: BTreeMap<&String, usize> = BTreeMap::new();
    for (party, said) in said {
        let again = |nth: usize, text: &String| texts(said).iter().take(nth).any(|other| other == text);
        for (_, text) in texts(said).iter().enumerate().filter(|(nth, text)| !again(*nth, text)) {
            let nth = *known.entry(text).or_insert(distinct.len());
            match distinct.get_mut(nth) {
                Some((_, rows, parties)) => {
                    *rows += 1;
                    parties.push(party);
                }
                None => distinct.push((text, 1, vec![party])),
            }
        }
    }
    let line = |(text, rows, mut parties): (&String, usize, Vec<&str>)| {
        if rows == said.len() {
            return text.clone();
        }
        parties.dedup();
        format!("{}: {text}", parties.join(", "))
    };
    distinct.into_iter().map(line).collect()
}
