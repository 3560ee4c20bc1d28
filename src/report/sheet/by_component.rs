//! Tasks across components as a sheet: who holds one letter where.

use super::words::{NOBODY, NOT_APPLICABLE, SILENT, TaskWords, UNRESOLVED, asked, model_title, party_words, plain_when};
use super::{Column, Kind, Row, Sheet};
use crate::matrix::{Nobody, Status};
use crate::model::ComponentId;
use crate::query::{ComponentGrid, Entry, GridCase};

/// A [`ComponentGrid`] as a sheet. The parties of a cell stand in one field, a space between; its cases are parted by
/// `; `, each after its `when` and a colon.
#[must_use]
pub fn component_sheet(grid: &ComponentGrid<'_>) -> Sheet {
    let model = grid.policy.model();
    let words = [(Kind::Task, "task"), (Kind::PartOf, "part-of"), (Kind::Title, "title")];
    let place = |component: &ComponentId| {
        let about = &model.component(*component).about;
        if *component == ComponentId::SYSTEM {
            return Column::word(Kind::Place, "(whole system)");
        }
        let title = about.title.as_ref().map(|title| title.trim().to_owned());
        Column { kind: Kind::Place, name: about.id.to_string(), title }
    };
    let columns = words.into_iter().map(|(kind, word)| Column::word(kind, word)).chain(grid.components.iter().map(place));
    let row = |row: &crate::query::ComponentRow| {
        let task = TaskWords::new(model, row.task, grid.ask.task);
        let cells = row.cells.iter().map(|cases| cell(grid, cases));
        Row { depth: task.depth, goes_on: false, fields: task.fields.iter().cloned().chain(cells).collect() }
    };
    let letter = grid.letter;
    let title = format!(
        "{}: {} ({}) by task and component{}",
        model_title(model),
        letter.word(),
        letter.as_str(),
        asked(model, &grid.ask)
    );
    Sheet { title, columns: columns.collect(), rows: grid.rows.iter().map(row).collect() }
}

fn cell(grid: &ComponentGrid<'_>, cases: &[GridCase]) -> String {
    let case = |case: &GridCase| {
        let when = plain_when(grid.policy.model(), &case.when);
        let answer = answer(grid, case);
        if when.is_empty() { answer } else { format!("{when}: {answer}") }
    };
    cases.iter().map(case).collect::<Vec<_>>().join("; ")
}

fn answer(grid: &ComponentGrid<'_>, case: &GridCase) -> String {
    if case.status == Status::NotApplicable {
        return NOT_APPLICABLE.to_owned();
    }
    match case.letter(grid.letter) {
        Entry::Held(parties) => {
            let words = parties.iter().map(|party| party_words(grid.policy, *party, grid.ask.on));
            words.collect::<Vec<_>>().join(if grid.ask.on.is_some() { ", " } else { " " })
        }
        Entry::Nobody(Nobody::Said) => NOBODY.to_owned(),
        Entry::Nobody(Nobody::Unresolved) => UNRESOLVED.to_owned(),
        Entry::Silent => SILENT.to_owned(),
    }
}
