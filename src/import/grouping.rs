//! The groups that rows of a table are in: titles over them, columns beside them, and where each of these ends.

use super::entries::{Entry, Label};
use super::lanes::LaneRow;
use super::layout::{Column, Layout};
use super::ledger::Fate;
use super::rows::Reader;
use super::sections::{depth as depth_of, is_section, told};
use super::sheet::{CellId, Page};
use super::tables::Table;

/// A title that is over the rows that follow.
pub(super) struct Section {
    depth: usize,
    pub(super) label: Label,
    /// Its number, where those of its tasks start with that.
    number: Option<String>,
}

/// Ends the titles whose number does not start that of this row: after `1.2` in `1`, `2` is in no group.
pub(super) fn end_by_number(sections: &mut Vec<Section>, row: &LaneRow, layout: &Layout, page: &Page) {
    if let Some(own) = number_of(row, layout, page) {
        sections.retain(|section| section.number.as_ref().is_none_or(|number| is_under(own, number)));
    }
}

/// The number of a row: in its column, or at the start of its title.
fn number_of<'p>(row: &LaneRow, layout: &Layout, page: &'p Page) -> Option<&'p str> {
    let at = |wanted| layout.column(wanted).and_then(|column| row.at(column));
    leading(page.text(at(Column::Number).or_else(|| at(Column::Task))))
}

/// The number that a text starts with, without the dot behind it.
fn leading(text: &str) -> Option<&str> {
    let number = text.split_whitespace().next()?.trim_end_matches('.');
    (number.starts_with(|c: char| c.is_ascii_digit()) && number.chars().all(|c| c.is_ascii_digit() || c == '.')).then_some(number)
}

/// Whether a number is of a part of what has another: `2.1` of `2`, and of `2.0`.
fn is_under(number: &str, above: &str) -> bool {
    let above = above.strip_suffix(".0").unwrap_or(above);
    number.strip_prefix(above).is_some_and(|rest| rest.starts_with('.') && rest.len() > 1)
}

impl Reader<'_> {
    /// Whether a row is set apart: in bold, merged into one cell, with a colon at its end.
    pub(super) fn is_marked(&self, row: &LaneRow) -> bool {
        let filled = row.filled();
        let merged = row.cells.iter().flatten().count() > filled.len();
        let ruled = told(row, self.page).len() < filled.len();
        merged || ruled || filled.iter().any(|(_, id)| self.page.cell(*id).strong || self.page.text(Some(*id)).ends_with(':'))
    }

    /// A row with a title and nothing else: a group of the tasks below it; where none follow, a task without letters.
    pub(super) fn section(
        &mut self,
        row: &LaneRow,
        table: &Table,
        layout: &Layout,
        following: Option<&LaneRow>,
        sections: &mut Vec<Section>,
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
        sections.retain(|section| section.depth < depth);
        let below = following.is_some_and(|next| {
            !is_section(next, layout, self.page) || depth_of(self.page.text(next.filled().first().map(|(_, id)| *id))) > depth
        });
        let counted = leading(number.as_deref().unwrap_or(&title)).filter(|own| {
            let next = following.and_then(|next| number_of(next, layout, self.page));
            next.is_some_and(|next| is_under(next, own))
        });
        let counted = counted.map(str::to_owned);
        let label = Label { title, id: given };
        let groups = sections.iter().map(|section| section.label.clone()).collect();
        let place = self.page.cell(*title_id).place.row();
        entries.push(Entry { groups, label: label.clone(), number, row: place, is_group: true, notes, ..Entry::default() });
        if below {
            sections.push(Section { depth, label, number: counted });
        }
    }

    /// The groups that columns say, the last of each carried down over blanks.
    pub(super) fn groups(&mut self, row: &LaneRow, layout: &Layout, carried: &mut Vec<(usize, Label)>) -> Vec<Label> {
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
}
