//! Cells as rows of a table: one for each case, for spreadsheets.

use jiff::civil::Date;

use crate::document::Letter;
use crate::matrix::Status;
use crate::model::{ComponentId, PartyId};
use crate::policy::Policy;
use crate::query::{CellCase, CellEntry};
use crate::words::alternatives;

/// What stands in each column.
pub const HEADER: [&str; 9] = ["task", "component", "when", "status", "R", "A", "S", "C", "I"];

/// What stands in each column on a day: who of the parties is away stands in one more.
pub const HEADER_ON_A_DAY: [&str; 10] = ["task", "component", "when", "status", "R", "A", "S", "C", "I", "absent"];

/// The rows of a cell on a day: `ann for bob` in the last field where ann stands in for bob who is away, `bob` where nobody does.
pub fn cell_rows_on(policy: &Policy, entry: &CellEntry, day: Date) -> impl Iterator<Item = [String; 10]> {
    let id = |party: PartyId| policy.model().party(party).about.id.as_ref();
    let absent = |(party, deputy): &(PartyId, Option<PartyId>)| match deputy {
        Some(deputy) => format!("{} for {}", id(*deputy), id(*party)),
        None => id(*party).to_owned(),
    };
    let absent = entry.cases.iter().map(|case| policy.absent_of(case, day).iter().map(absent).collect::<Vec<_>>().join("; "));
    let row = |(row, absent): ([String; 9], String)| {
        let mut fields = row.into_iter().chain([absent]);
        std::array::from_fn(|_| fields.next().unwrap_or_default())
    };
    cell_rows(policy, entry).zip(absent).map(row).collect::<Vec<_>>().into_iter()
}

/// The rows of a cell. A letter's parties stand in one field, a space between; `[]` where nobody holds it and the
/// model says so.
pub fn cell_rows(policy: &Policy, entry: &CellEntry) -> impl Iterator<Item = [String; 9]> {
    let model = policy.model();
    let component = match entry.cell.component {
        ComponentId::SYSTEM => String::new(),
        component => model.component(component).about.id.to_string(),
    };
    let ids = |parties: &[PartyId]| parties.iter().map(|id| model.party(*id).about.id.as_ref()).collect::<Vec<_>>().join(" ");
    let letter = |case: &CellCase, letter: Letter| {
        let held = case.letters.iter().find(|(other, _)| *other == letter).map(|(_, parties)| ids(parties));
        held.unwrap_or_else(|| if case.nobody.contains(&letter) { "[]".to_owned() } else { String::new() })
    };
    let row = |case: &CellCase| {
        let [responsible, accountable, support, consulted, informed] = Letter::ALL.map(|each| letter(case, each));
        let status: Status = case.status;
        let task = model.task(entry.cell.task).about.id.to_string();
        [
            task,
            component.clone(),
            alternatives(model, &case.when),
            status.as_str().to_owned(),
            responsible,
            accountable,
            support,
            consulted,
            informed,
        ]
    };
    entry.cases.iter().map(row).collect::<Vec<_>>().into_iter()
}
