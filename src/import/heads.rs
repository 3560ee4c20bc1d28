//! The heads of a table: each column of letters gets the party or the letter that stands over it.

use std::collections::BTreeSet;

use super::lanes::Kind;
use super::layout::{Column, Layout};
use super::ledger::Fate;
use super::parties::PartyNo;
use super::rows::{Over, Reader};
use super::sheet::CellId;
use super::tables::{Shape, Table};
use super::words::{self, Head};

/// Whether a head says that letters stand below it.
fn says_letters(head: &str) -> bool {
    matches!(words::head(head), Some(Head::Letter | Head::Party | Head::Code))
        || words::duty(head).is_some()
        || words::folded(head).contains("raci")
        || words::folded(head).contains("rasci")
}

impl Reader<'_> {
    /// Settles the heads, and says what stands over each column of letters.
    pub(super) fn heads(&mut self, table: &Table, layout: &Layout) -> Vec<(usize, Over)> {
        let mut over = Vec::new();
        let mut known: Vec<(CellId, PartyNo)> = Vec::new();
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
                    let party = self.under_outer_heads(table, inner, column, party);
                    let party = self.of_its_own(id, party, &mut known);
                    if let Some(comment) = self.comment(id) {
                        self.parties.say(party, comment);
                    }
                    over.push((column, Over::Party(party)));
                }
                _ => {}
            }
        }
        self.taken_for(table, layout);
        for row in &table.heads {
            row.filled().into_iter().for_each(|(_, id)| self.ledger.settle(id, Fate::Head));
        }
        over
    }

    /// Says of heads whose words do not tell what they head what they are taken for.
    fn taken_for(&mut self, table: &Table, layout: &Layout) {
        let Some(head) = table.head().filter(|_| !table.is_turned) else { return };
        let told = |column: usize| words::head(self.page.text(head.at(column)));
        let mut lettered = layout.all(Column::Letters);
        let (task, letters) = (layout.column(Column::Task), lettered.next().filter(|_| lettered.next().is_none()));
        let known = task.is_none_or(|task| told(task).is_some());
        let letters_over = layout.all(Column::Letters).all(|column| head.kind(column) == Kind::Letters);
        let (column, what) = match (task, letters, &table.shape) {
            (_, _, Shape::Columns(columns)) if letters_over && columns.len() > 1 => {
                (columns.first().copied().unwrap_or_default(), "a party, as those beside it are, though all read as letters")
            }
            (Some(task), ..) if layout.is_long && !known => (task, "the head of the tasks"),
            (Some(task), _, Shape::Inverted(_)) if head.at(task).is_none() => {
                // The same rows could be parties, each with what it does.
                let first = head.filled().first().map(|(_, id)| self.page.cell(*id).place.clone());
                let what = "no head says what the rows are: they are taken for tasks, and what stands under letters for parties";
                if let Some(place) = &first {
                    self.ledger.remark(place, what);
                }
                return;
            }
            (_, _, Shape::Inverted(_)) => return,
            (_, Some(letters), _) if layout.is_long && !says_letters(self.page.text(head.at(letters))) => {
                (letters, "the head of the letters of those beside it")
            }
            (Some(task), Some(letters), _) if letters < task && head.filled().len() < 2 => {
                (letters, "the party that holds the letters below it")
            }
            (Some(_), Some(letters), _)
                if !layout.is_long && (0..head.cells.len()).any(|column| told(column) == Some(Head::Party)) =>
            {
                (letters, "the one party of the table")
            }
            _ => return,
        };
        if let Some(id) = head.at(column) {
            let cell = self.page.cell(id);
            self.ledger.remark(&cell.place, format!("`{}` is taken for {what}", cell.text));
        }
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

    /// Two columns that are called the same are two parties, unless they share one head.
    fn of_its_own(&mut self, id: CellId, party: PartyNo, known: &mut Vec<(CellId, PartyNo)>) -> PartyNo {
        let times = known.iter().filter(|(other, same)| *same == party && *other != id).count();
        known.push((id, party));
        if times == 0 {
            return party;
        }
        let cell = self.page.cell(id);
        self.ledger
            .remark(&cell.place, format!("`{}` heads more than one column, each of which is a party of its own", cell.text));
        self.parties.another(party, times)
    }

    fn without_head(&mut self, table: &Table, column: usize) {
        for id in table.rows.iter().filter_map(|row| row.at(column)) {
            self.ledger.report(self.page, id, "its column has no head", false);
        }
    }
}
