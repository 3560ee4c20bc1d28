//! Tasks across parties as a sheet: a row for each case of each task at a place.

use std::collections::HashMap;

use super::words::{TaskWords, asked, component_id, model_title, plain_when};
use super::{Column, Kind, Row, Sheet};
use crate::document::Letter;
use crate::matrix::{Nobody, Status};
use crate::model::{ComponentId, Model, PartyId};
use crate::query::{Entry, GridCase, PartyGrid, Places};

/// A [`PartyGrid`] as a sheet.
#[must_use]
pub fn party_sheet(grid: &PartyGrid<'_>) -> Sheet {
    let model = grid.policy.model();
    let words = [
        (Kind::Task, "task"),
        (Kind::PartOf, "part-of"),
        (Kind::Title, "title"),
        (Kind::Component, "component"),
        (Kind::When, "when"),
        (Kind::Status, "status"),
    ];
    let after = [(Kind::Nobody, "nobody"), (Kind::Unresolved, "unresolved"), (Kind::Silent, "silent")];
    let word = |(kind, word): (Kind, &str)| Column::word(kind, word);
    let party = |party: &PartyId| {
        let about = &model.party(*party).about;
        let title = about.title.as_ref().map(|title| title.trim().to_owned());
        Column { kind: Kind::Party, name: about.id.to_string(), title }
    };
    let before = words.into_iter().map(word);
    let columns = before.chain(grid.parties.iter().map(party)).chain(after.into_iter().map(word)).collect();
    let place = match grid.places {
        Places::One(ComponentId::SYSTEM) => "the whole system".to_owned(),
        Places::One(component) => component_id(model, component).to_owned(),
        Places::Every => "every component".to_owned(),
    };
    let title = format!("{}: tasks and parties at {place}{}", model_title(model), asked(model, &grid.ask));
    Sheet { title, columns, rows: rows(grid) }
}

fn rows(grid: &PartyGrid<'_>) -> Vec<Row> {
    let model = grid.policy.model();
    let stand_ins = StandIns::new(grid);
    let mut rows = Vec::new();
    for row in &grid.rows {
        let task = TaskWords::new(model, row.cell.task, grid.ask.task);
        for (nth, case) in row.cases.iter().enumerate() {
            let mut fields: Vec<String> = task.fields.to_vec();
            fields.push(component_id(model, row.cell.component).to_owned());
            fields.push(plain_when(model, &case.when));
            fields.push(case.status.as_str().to_owned());
            fields.extend(grid.parties.iter().map(|party| stand_ins.letters(model, case, *party)));
            fields.push(letters(case, |entry| *entry == Entry::Nobody(Nobody::Said)));
            fields.push(letters(case, |entry| *entry == Entry::Nobody(Nobody::Unresolved)));
            let there = case.status != Status::NotApplicable;
            fields.push(letters(case, |entry| there && *entry == Entry::Silent));
            rows.push(Row { depth: task.depth, goes_on: nth > 0, fields });
        }
    }
    rows
}

/// The letters of a case that are like this: `R/A`.
fn letters(case: &GridCase, like: impl Fn(&Entry) -> bool) -> String {
    let alike = Letter::ALL.into_iter().filter(|letter| like(case.letter(*letter)));
    alike.map(Letter::as_str).collect::<Vec<_>>().join("/")
}

/// Who is absent on the day of the grid, and who stands in for whom.
struct StandIns {
    absent: Vec<PartyId>,
    for_whom: HashMap<PartyId, Vec<PartyId>>,
}

impl StandIns {
    fn new(grid: &PartyGrid<'_>) -> Self {
        let mut found = Self { absent: Vec::new(), for_whom: HashMap::new() };
        for party in &grid.parties {
            if let Some(absence) = grid.ask.on.and_then(|day| grid.policy.absence(*party, day)) {
                found.absent.push(*party);
                absence.deputy.into_iter().for_each(|deputy| found.for_whom.entry(deputy).or_default().push(*party));
            }
        }
        found
    }

    /// `R/A`; `R absent` of who is away, `R for ann` of who stands in.
    fn letters(&self, model: &Model, case: &GridCase, party: PartyId) -> String {
        let held = |party: PartyId| case.held_by(party).map(Letter::as_str).collect::<Vec<_>>().join("/");
        let own = held(party);
        let away = if self.absent.contains(&party) && !own.is_empty() { " absent" } else { "" };
        let mut words = vec![format!("{own}{away}")];
        for other in self.for_whom.get(&party).into_iter().flatten() {
            let letters = held(*other);
            if !letters.is_empty() {
                words.push(format!("{letters} for {}", model.party(*other).about.id));
            }
        }
        words.retain(|word| !word.is_empty());
        words.join(", ")
    }
}
