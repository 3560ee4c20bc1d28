//! The rows of a table: each becomes a task with its letters, a group of tasks, or, in a table with a row for each letter,
//! one more letter of a task.

use std::collections::BTreeSet;

use super::dialect::Alphabet;
use super::footnotes;
use super::lanes::LaneRow;
use super::layout::{Column, Layout};
use super::ledger::{Fate, Ledger};
use super::parties::{Entry, Label, Parties, PartyNo};
use super::sections::{are_groups, counts, depth as depth_of, is_section};
use super::sheet::{CellId, Page};
use super::tables::{Shape, Table};
use super::words::{self, Head};
use crate::document::Letter;

/// What is needed to read rows.
pub(crate) struct Reader<'r> {
    pub(crate) page: &'r Page,
    pub(crate) alphabet: &'r Alphabet,
    /// Footnotes, by their mark.
    pub(crate) footnotes: &'r [(String, String)],
    pub(crate) ledger: &'r mut Ledger,
    pub(crate) parties: &'r mut Parties,
    /// The marks of footnotes that a cell has.
    pub(crate) used: &'r mut BTreeSet<String>,
}

/// What stands over a column of letters.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Over {
    Party(PartyNo),
    Letter(Letter),
    /// Who holds it is in the row.
    InRow,
}

impl Reader<'_> {
    /// Reads a table to the end.
    pub(crate) fn table(&mut self, table: &Table, layout: &Layout) -> Vec<Entry> {
        let over = self.heads(table, layout);
        let mut entries: Vec<Entry> = Vec::new();
        let mut carried: Vec<(usize, Label)> = Vec::new();
        let mut sections: Vec<(usize, Label)> = Vec::new();
        let sections_are: Vec<&LaneRow> = table.rows.iter().filter(|row| is_section(row, layout)).collect();
        // Where most groups are set apart, a row that is not is a task without letters.
        let mostly_marked = sections_are.iter().filter(|row| self.is_marked(row)).count() * 2 > sections_are.len();
        let grouped = are_groups(table, layout) && !mostly_marked;
        for (nth, row) in table.rows.iter().enumerate() {
            if counts(row, layout, self.page) {
                let cells: Vec<CellId> = row.filled().into_iter().map(|(_, id)| id).collect();
                self.ledger.report_all(self.page, &cells, "a row of numbers under parties counts letters, and is no task");
                continue;
            }
            if is_section(row, layout) && (grouped || self.is_marked(row)) {
                let following = table.rows.get(nth + 1);
                self.section(row, layout, following, &mut sections, &mut entries);
                continue;
            }
            let mut groups = sections.iter().map(|(_, label)| label.clone()).collect::<Vec<_>>();
            groups.extend(self.groups(row, layout, &mut carried));
            let entry = self.row(row, layout, &over, groups, table);
            if layout.is_long {
                let same = |known: &&mut Entry| known.groups == entry.groups && known.label == entry.label;
                if let Some(known) = entries.iter_mut().find(same) {
                    known.join(entry);
                    continue;
                }
            }
            entries.push(entry);
        }
        entries
    }

    /// Settles the heads, and says what stands over each column of letters.
    fn heads(&mut self, table: &Table, layout: &Layout) -> Vec<(usize, Over)> {
        let mut over = Vec::new();
        let inner = table.heads.len().saturating_sub(1);
        for (column, is) in layout.columns.iter().enumerate() {
            let Some(id) = table.head().and_then(|head| head.at(column)) else {
                if *is == Column::Letters {
                    self.without_head(table, column);
                }
                continue;
            };
            match (&table.shape, is) {
                (Shape::Inverted(columns), Column::Letters) => {
                    let letter = columns.iter().find(|(of, _)| *of == column).map(|(_, letter)| Over::Letter(*letter));
                    over.extend(letter.map(|letter| (column, letter)));
                }
                (Shape::Columns(_), Column::Letters) if layout.is_long => over.push((column, Over::InRow)),
                (Shape::Columns(_), Column::Letters) => {
                    let party = self.parties.of(self.page.text(Some(id)), self.ledger);
                    self.ledger.settle(id, Fate::Party);
                    over.push((column, Over::Party(self.under_outer_heads(table, inner, column, party))));
                }
                _ => {}
            }
        }
        for row in &table.heads {
            row.filled().into_iter().for_each(|(_, id)| self.ledger.settle(id, Fate::Head));
        }
        over
    }

    /// The party of a head as a part of those whose names stand over it, unless one word stands over all.
    fn under_outer_heads(&mut self, table: &Table, inner: usize, column: usize, party: PartyNo) -> PartyNo {
        let Shape::Columns(columns) = &table.shape else { return party };
        let mut around: Option<PartyNo> = None;
        for row in table.heads.get(..inner).unwrap_or_default() {
            let merged = row.cells.iter().flatten().count() > row.filled().len();
            let at = |column: usize| {
                let upto = columns.iter().rev().filter(|other| **other <= column);
                if merged { row.at(column) } else { upto.copied().find_map(|other| row.at(other)) }
            };
            let distinct: BTreeSet<Option<CellId>> = columns.iter().map(|column| at(*column)).collect();
            let own = table.head().and_then(|head| head.at(column));
            let Some(id) = at(column).filter(|id| distinct.len() > 1 && Some(*id) != own) else { continue };
            let named = self.parties.of(self.page.text(Some(id)), self.ledger);
            self.ledger.settle(id, Fate::Party);
            around = Some(around.map_or(named, |around| self.parties.within(named, around)));
        }
        around.map_or(party, |around| self.parties.within(party, around))
    }

    fn without_head(&mut self, table: &Table, column: usize) {
        for id in table.rows.iter().filter_map(|row| row.at(column)) {
            self.ledger.report(self.page, id, "its column has no head", false);
        }
    }

    /// Whether a row is set apart: in bold, merged into one cell, with a colon at its end.
    fn is_marked(&self, row: &LaneRow) -> bool {
        let filled = row.filled();
        let merged = row.cells.iter().flatten().count() > filled.len();
        merged || filled.iter().any(|(_, id)| self.page.cell(*id).strong || self.page.text(Some(*id)).ends_with(':'))
    }

    /// A row with a title and nothing else: a group of the tasks below it; where none follow, a task without letters.
    fn section(
        &mut self,
        row: &LaneRow,
        layout: &Layout,
        following: Option<&LaneRow>,
        sections: &mut Vec<(usize, Label)>,
        entries: &mut Vec<Entry>,
    ) {
        let filled = row.filled();
        let number = filled.iter().find(|(column, _)| filled.len() > 1 && layout.columns.get(*column) == Some(&Column::Number));
        let Some((_, id)) = filled.iter().find(|(column, _)| number.is_none_or(|(other, _)| other != column)) else { return };
        for (_, id) in &filled {
            self.ledger.settle(*id, Fate::Task);
        }
        let title = self.page.text(Some(*id)).replace('\n', " ");
        let number = number.map(|(_, id)| self.page.text(Some(*id)).to_owned());
        let depth = depth_of(number.as_deref().unwrap_or(&title));
        sections.retain(|(other, _)| *other < depth);
        let below = following.is_some_and(|next| {
            !is_section(next, layout) || depth_of(self.page.text(next.filled().first().map(|(_, id)| *id))) > depth
        });
        let label = Label { title, id: None };
        let groups = sections.iter().map(|(_, label)| label.clone()).collect();
        let place = self.page.cell(*id).place.row();
        entries.push(Entry { groups, label: label.clone(), number, row: place, is_group: true, ..Entry::default() });
        if below {
            sections.push((depth, label));
        }
    }

    /// The groups that columns say, the last of each carried down over blanks.
    fn groups(&mut self, row: &LaneRow, layout: &Layout, carried: &mut Vec<(usize, Label)>) -> Vec<Label> {
        let ids: Vec<String> =
            layout.all(Column::GroupId).filter_map(|column| row.at(column)).map(|id| self.taken(id, Fate::Task)).collect();
        for column in layout.all(Column::Group) {
            let Some(id) = row.at(column) else { continue };
            let label = Label { title: self.taken(id, Fate::Task).replace('\n', " "), id: ids.first().cloned() };
            // A group of an outer column ends those of the inner ones.
            carried.retain(|(other, _)| *other < column);
            carried.push((column, label));
        }
        carried.iter().map(|(_, label)| label.clone()).collect()
    }

    fn taken(&mut self, id: CellId, fate: Fate) -> String {
        self.ledger.settle(id, fate);
        self.page.text(Some(id)).to_owned()
    }

    fn row(&mut self, row: &LaneRow, layout: &Layout, over: &[(usize, Over)], groups: Vec<Label>, table: &Table) -> Entry {
        let mut entry = Entry { groups, ..Entry::default() };
        let filled = row.filled();
        entry.row = filled.first().map_or_else(String::new, |(_, id)| self.page.cell(*id).place.row());
        let first = |wanted: Column| layout.column(wanted).and_then(|column| row.at(column));
        entry.label.id = first(Column::TaskId).map(|id| self.taken(id, Fate::Task));
        entry.number = first(Column::Number).map(|id| self.taken(id, Fate::Task));
        let title = first(Column::Task).map(|id| self.taken(id, Fate::Task).replace('\n', " "));
        // A row that names only a group says what holds for all of it.
        let named_by_group = title.is_none() && layout.all(Column::Group).any(|column| row.at(column).is_some());
        let title = if named_by_group { entry.groups.pop().map(|group| group.title) } else { title };
        let party = first(Column::Party).map(|id| {
            let number = self.parties.of(self.page.text(Some(id)), self.ledger);
            self.ledger.settle(id, Fate::Party);
            if let Some(given) = first(Column::PartyId) {
                self.ledger.settle(given, Fate::Party);
                self.parties.give_id(number, self.page.text(Some(given)));
            }
            number
        });
        for (column, over) in over {
            let Some(id) = row.at(*column) else { continue };
            match (over, party) {
                (Over::Party(party), _) => self.letters(id, *party, &mut entry),
                (Over::InRow, Some(party)) => self.letters(id, party, &mut entry),
                (Over::Letter(letter), _) => self.names(id, *letter, &mut entry),
                (Over::InRow, None) => self.ledger.report(self.page, id, "its row names no party", false),
            }
        }
        for (column, is) in layout.columns.iter().enumerate() {
            let Some(id) = row.at(column).filter(|id| !self.ledger.is_settled(*id)) else { continue };
            if words::is_nothing(self.page.text(Some(id))) {
                self.ledger.settle(id, Fate::Nothing);
                continue;
            }
            match is {
                Column::Within => entry.within.push(self.taken(id, Fate::Within).replace('\n', "; ")),
                Column::Note | Column::PartyId | Column::GroupId | Column::Number => {
                    let head = self.page.text(table.head().and_then(|head| head.at(column))).replace('\n', " ");
                    let text = self.taken(id, Fate::Note);
                    let plain = head.is_empty() || words::head(&head) == Some(Head::Note);
                    entry.notes.push(if plain { text } else { format!("{head}: {text}") });
                }
                _ => {}
            }
        }
        for (_, id) in filled {
            self.ledger.report(self.page, id, "no head stands over it", false);
        }
        let numbered = entry.number.clone();
        let title = title.or(numbered).unwrap_or_else(|| entry.row.clone());
        let (title, footnote) = footnotes::taken_off(&title, self.footnotes).map_or((&*title, None), |(t, note)| (t, Some(note)));
        title.clone_into(&mut entry.label.title);
        if let Some((mark, note)) = footnote {
            self.used.insert(mark.clone());
            entry.notes.push(note.clone());
        }
        entry
    }
}

impl Entry {
    /// Takes in what another row says of the same task.
    fn join(&mut self, other: Self) {
        self.letters.extend(other.letters);
        self.out.extend(other.out);
        let add = |list: &mut Vec<String>, texts: Vec<String>| {
            for text in texts {
                if !list.contains(&text) {
                    list.push(text);
                }
            }
        };
        add(&mut self.notes, other.notes);
        add(&mut self.within, other.within);
        self.remarks.extend(other.remarks);
    }
}
