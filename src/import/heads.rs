//! The heads of a table: each column of letters gets the party or the letter that stands over it.

use std::collections::BTreeSet;

use super::lanes::Kind;
use super::layout::{Column, Layout};
use super::ledger::Fate;
use super::parties::PartyNo;
use super::rows::{Over, Reader};
use super::sheet::{CellId, Page};
use super::tables::{Shape, Table};
use super::words::{self, Head};

/// Whether a head says that letters stand below it.
fn says_letters(head: &str) -> bool {
    matches!(words::head(head), Some(Head::Letter | Head::Party | Head::Code))
        || words::duty(head).is_some()
        || words::folded(head).contains("raci")
        || words::folded(head).contains("rasci")
}

/// The head over this column where the row of heads below it says the team of each: `Team | Sales | Operations`.
fn outer_of_teams(table: &Table, column: usize, page: &Page) -> Option<CellId> {
    let [.., outer, inner] = table.heads.as_slice() else { return None };
    let (first, corner) = inner.filled().first().copied()?;
    let is_corner = first < column && words::is_team_head(page.text(Some(corner)));
    outer.at(column).filter(|_| is_corner && outer.at(first) != Some(corner))
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
                    let letter = columns.iter().find(|(of, _)| *of == column).map(|(_, letter)| *letter);
                    if let Some(letter) = letter.filter(|_| words::is_lead(self.page.text(Some(id)))) {
                        let cell = self.page.cell(id);
                        let text = format!("`{}` is read as {}, which no other head is", cell.text, letter.word());
                        self.ledger.remark(&cell.place, text);
                    }
                    over.extend(letter.map(|letter| (column, Over::Letter(letter))));
                }
                (Shape::Columns(_), Column::Letters) if layout.is_long => over.push((column, Over::InRow)),
                (Shape::Columns(_), Column::Letters) => {
                    let team = outer_of_teams(table, column, self.page);
                    let party = if let Some(outer) = team {
                        self.in_team(id, outer)
                    } else {
                        let party = self.parties.of(self.page.text(Some(id)), self.ledger);
                        self.ledger.settle(id, Fate::Party);
                        self.under_outer_heads(table, inner, column, party)
                    };
                    let id = team.unwrap_or(id);
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

    /// The party over the team that it is in: below the heads a row says which.
    fn in_team(&mut self, team: CellId, named: CellId) -> PartyNo {
        let [around, party] = [team, named].map(|id| {
            self.ledger.settle(id, Fate::Party);
            self.parties.of(self.page.text(Some(id)), self.ledger)
        });
        self.parties.within(party, around)
    }

    /// Says of columns that are kept in notes what they could have been: parties whose letters nothing says, letters under a word
    /// that is no party's.
    pub(super) fn kept_as_notes(&mut self, table: &Table, layout: &Layout) {
        let Some(head) = table.head().filter(|_| !table.is_turned) else { return };
        for column in layout.all(Column::Note) {
            let Some(id) = head.at(column).filter(|id| words::head(self.page.text(Some(*id))).is_none()) else { continue };
            let cells = || table.rows.iter().filter(|row| row.at(column).is_some());
            let told = |text: &str| words::is_nothing(text) || self.parties.is_name(text);
            let (all, named) = (cells().count(), cells().filter(|row| told(self.page.text(row.at(column)))).count());
            let lettered = cells().filter(|row| row.kind(column) == Kind::Letters).count();
            let cell = self.page.cell(id);
            let said = match table.shape {
                Shape::Inverted(_) if all > 0 && named * 2 >= all => format!(
                    "`{0}` is kept as a note, though parties stand below it: write the letter behind it, as in `{0} (I)`, to have them hold it",
                    cell.text
                ),
                Shape::Columns(_) if all > 0 && lettered == all => {
                    format!("`{}` is kept as a note: what stands below it is read as codes, and not as letters", cell.text)
                }
                _ => continue,
            };
            self.ledger.remark(&cell.place, said);
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
