//! Cells as rows of a table: one for each case, for spreadsheets.

use crate::document::Letter;
use crate::matrix::Status;
use crate::model::{ComponentId, PartyId};
use crate::policy::Policy;
use crate::query::{CellCase, CellEntry};
use crate::words::alternatives;

/// What stands in each column.
pub const HEADER: [&str; 9] = ["task", "component", "when", "status", "R", "A", "S", "C", "I"];

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
