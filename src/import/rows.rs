//! The rows of a table: each becomes a task, a group of tasks, or, with a row for each letter, one more letter of a task.

use std::collections::{BTreeMap, BTreeSet};

use super::dialect::Alphabet;
use super::entries::{Entry, Label};
use super::footnotes;
use super::lanes::LaneRow;
use super::layout::{Column, Layout};
use super::ledger::{Fate, Ledger};
use super::letters::{self, Reading};
use super::parties::{Parties, PartyNo};
use super::sections::{are_groups, counts, depth as depth_of, is_section, numbers_those_below, told, upto_letters};
use super::sheet::{CellId, Page};
use super::signs::is_mark;
use super::tables::{Shape, Table};
use super::words::{self, Head};
use crate::document::Letter;

/// Why a formula is not taken over.
pub(super) const UNCOUNTED: &str = "the file holds no value of this formula, which a spreadsheet program saves with it";

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
    /// What rows that name no task speak of.
    pub(crate) titled: Option<String>,
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
        // Of a table with a row for each letter: where the task of these groups and this name is.
        let mut known: BTreeMap<(Vec<Label>, Label), usize> = BTreeMap::new();
        let mut carried: Vec<(usize, Label)> = Vec::new();
        let mut sections: Vec<(usize, Label)> = Vec::new();
        let sections_are: Vec<&LaneRow> = table.rows.iter().filter(|row| is_section(row, layout, self.page)).collect();
        // Where most groups are set apart, a row that is not is a task without letters.
        let mostly_marked = sections_are.iter().filter(|row| self.is_marked(row)).count() * 2 > sections_are.len();
        let lettered = upto_letters(table, layout);
        let grouped = are_groups(table, layout, self.page) && !mostly_marked;
        for (nth, row) in table.rows.iter().enumerate() {
            // With letters below, it is a task for which somebody wrote numbers.
            if nth >= lettered && counts(row, layout, self.page) {
                let cells: Vec<CellId> = row.filled().into_iter().map(|(_, id)| id).collect();
                self.ledger.report_all(self.page, &cells, "a row of numbers under parties counts letters, and is no task");
                continue;
            }
            let following = table.rows.get(nth + 1);
            let is_group = is_section(row, layout, self.page) && (grouped || self.is_marked(row));
            if is_group || numbers_those_below(row, following, layout, self.page) {
                self.section(row, table, layout, following, &mut sections, &mut entries);
                continue;
            }
            self.reads_as_heads(row, layout);
            let mut groups = sections.iter().map(|(_, label)| label.clone()).collect::<Vec<_>>();
            groups.extend(self.groups(row, layout, &mut carried));
            self.stands_again(table.rows.get(nth.wrapping_sub(1)), row, layout);
            let entry = self.row(row, layout, &over, groups, table);
            if let Some(above) = entries.last_mut().filter(|above| !above.is_group && self.goes_on(row, layout, above, table)) {
                above.join(entry);
                continue;
            }
            if layout.is_long {
                let nth = *known.entry((entry.groups.clone(), entry.label.clone())).or_insert(entries.len());
                if let Some(known) = entries.get_mut(nth) {
                    known.join(entry);
                    continue;
                }
            }
            entries.push(entry);
        }
        entries.iter_mut().for_each(Entry::say_who);
        entries
    }

    /// Says of a row that is taken for a task that all it says could stand over a table too.
    fn reads_as_heads(&mut self, row: &LaneRow, layout: &Layout) {
        let text = |column: usize| self.page.text(row.at(column));
        let Some(id) = layout.column(Column::Task).and_then(|task| row.at(task)).filter(|_| !layout.is_long) else { return };
        let named = |column: usize| !text(column).is_empty() && words::is_name(text(column));
        if words::is_head_word(self.page.text(Some(id))) && layout.all(Column::Letters).all(named) {
            let cell = self.page.cell(id);
            self.ledger.remark(&cell.place, format!("the row of `{}` reads as heads too, and is taken for a task", cell.text));
        }
    }

    /// Whether a row names no task, and has more of those who hold the letters of the one above it. Where it has letters, they
    /// are of a task that is called by its row, which is said.
    fn goes_on(&mut self, row: &LaneRow, layout: &Layout, above: &Entry, table: &Table) -> bool {
        let columns = [Column::Task, Column::Number, Column::TaskId, Column::Group];
        let named = columns.into_iter().flat_map(|column| layout.all(column)).any(|column| row.at(column).is_some());
        let Some((_, id)) = row.filled().first().copied().filter(|_| !named && layout.column(Column::Task).is_some()) else {
            return false;
        };
        // With a row for each letter a task stands once, and is blank where it goes on.
        if layout.is_long {
            return true;
        }
        let goes_on = matches!(table.shape, Shape::Inverted(_)) && !table.is_turned;
        let place = self.page.cell(id).place.clone();
        let what = if goes_on { format!("goes on with `{}`", above.label.title) } else { "is a task of its own".to_owned() };
        self.ledger.remark(&place, format!("the row names no task, and {what}"));
        goes_on
    }

    /// Says of a task whose cell is merged over several rows that each is a task of this name.
    fn stands_again(&mut self, above: Option<&LaneRow>, row: &LaneRow, layout: &Layout) {
        let task = layout.column(Column::Task).filter(|_| !layout.is_long);
        let again = task.and_then(|task| row.at(task).filter(|id| above.is_some_and(|above| above.at(task) == Some(*id))));
        if let Some(id) = again {
            let cell = self.page.cell(id);
            self.ledger.remark(
                &cell.place,
                format!("`{}` stands over several rows, each of which is a task", cell.text.replace('\n', " ")),
            );
        }
    }

    /// Whether a row is set apart: in bold, merged into one cell, with a colon at its end.
    fn is_marked(&self, row: &LaneRow) -> bool {
        let filled = row.filled();
        let merged = row.cells.iter().flatten().count() > filled.len();
        let ruled = told(row, self.page).len() < filled.len();
        merged || ruled || filled.iter().any(|(_, id)| self.page.cell(*id).strong || self.page.text(Some(*id)).ends_with(':'))
    }

    /// A row with a title and nothing else: a group of the tasks below it; where none follow, a task without letters.
    fn section(
        &mut self,
        row: &LaneRow,
        table: &Table,
        layout: &Layout,
        following: Option<&LaneRow>,
        sections: &mut Vec<(usize, Label)>,
        entries: &mut Vec<Entry>,
    ) {
        let filled = told(row, self.page);
        let is = |column: &usize, wanted: Column| layout.columns.get(*column) == Some(&wanted);
        let number = filled.iter().find(|(column, _)| filled.len() > 1 && is(column, Column::Number));
        let titled = |(column, _): &&(usize, CellId)| number.is_none_or(|(other, _)| other != column);
        let named = filled.iter().filter(titled).find(|(column, _)| is(column, Column::Task));
        let Some((_, title_id)) = named.or_else(|| filled.iter().find(titled)) else { return };
        let mut notes = Vec::new();
        for (column, id) in row.filled() {
            if !filled.contains(&(column, id)) {
                self.ledger.settle(id, Fate::Nothing);
            } else if id == *title_id || number.is_some_and(|(other, _)| *other == column) || is(&column, Column::TaskId) {
                self.ledger.settle(id, Fate::Task);
            } else {
                notes.extend(self.note(id, column, table));
            }
            notes.extend(self.comment(id));
        }
        let title = self.page.text(Some(*title_id)).replace('\n', " ");
        let given = filled.iter().find(|(column, id)| is(column, Column::TaskId) && id != title_id);
        let given = given.map(|(_, id)| self.page.text(Some(*id)).to_owned());
        let number = number.map(|(_, id)| self.page.text(Some(*id)).to_owned());
        let depth = depth_of(number.as_deref().unwrap_or(&title));
        sections.retain(|(other, _)| *other < depth);
        let below = following.is_some_and(|next| {
            !is_section(next, layout, self.page) || depth_of(self.page.text(next.filled().first().map(|(_, id)| *id))) > depth
        });
        let label = Label { title, id: given };
        let groups = sections.iter().map(|(_, label)| label.clone()).collect();
        let place = self.page.cell(*title_id).place.row();
        entries.push(Entry { groups, label: label.clone(), number, row: place, is_group: true, notes, ..Entry::default() });
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

    /// What a cell of notes says, under its head.
    fn note(&mut self, id: CellId, column: usize, table: &Table) -> Option<String> {
        let head = self.page.text(table.head().and_then(|head| head.at(column))).replace('\n', " ");
        if self.page.text(Some(id)).starts_with('=') {
            self.ledger.report(self.page, id, UNCOUNTED, false);
            return None;
        }
        // Without a head nobody can say whose letters they are.
        if head.is_empty() && matches!(letters::read(self.page.text(Some(id)), self.alphabet), Reading::Letters(_)) {
            self.ledger.report(self.page, id, "it reads as letters, and no head says whose", true);
        }
        let text = self.taken(id, Fate::Note);
        let plain = head.is_empty() || words::head(&head) == Some(Head::Note);
        Some(if plain { text } else { format!("{head}: {text}") })
    }

    /// What is said in comments on a cell, once.
    pub(super) fn comment(&mut self, id: CellId) -> Option<String> {
        let comments: Vec<CellId> = self.page.comments(id).filter(|comment| !self.ledger.is_settled(*comment)).collect();
        for comment in &comments {
            self.ledger.settle(*comment, Fate::Note);
        }
        let said: Vec<&str> = comments.iter().map(|comment| self.page.text(Some(*comment))).collect();
        (!said.is_empty()).then(|| said.join("\n"))
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
                (Over::Letter(letter), _) if is_mark(self.page.text(Some(id))) => self.mark(id, *letter, party, &mut entry),
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
                    entry.notes.extend(self.note(id, column, table));
                }
                _ => {}
            }
        }
        for (column, id) in filled {
            self.ledger.report(self.page, id, "no head stands over it", false);
            let head = self.page.text(table.head().and_then(|head| head.at(column)));
            let of = if over.iter().any(|(other, _)| *other == column) { format!("{head}: ") } else { String::new() };
            entry.notes.extend(self.comment(id).map(|comment| format!("{of}{comment}")));
        }
        if let Some(party) = party.filter(|_| layout.is_long) {
            entry.said_by(self.parties.all.get(party).map_or("", |party| &party.title));
        }
        let numbered = entry.number.clone();
        let named = title.or(numbered).or_else(|| entry.label.id.clone()).or_else(|| self.titled.clone());
        let title = named.unwrap_or_else(|| entry.row.clone());
        let (title, footnote) = footnotes::taken_off(&title, self.footnotes).map_or((&*title, None), |(t, note)| (t, Some(note)));
        title.clone_into(&mut entry.label.title);
        if let Some((mark, note)) = footnote {
            self.used.insert(mark.clone());
            entry.notes.push(note.clone());
        }
        entry
    }
}
