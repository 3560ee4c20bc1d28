//! A grid of `rasci matrix` as a model and a report.

use std::collections::{BTreeMap, BTreeSet};

use super::ledger::{Fate, Ledger};
use super::report::{Form, Report, TableRead};
use super::sheet::{Page, Place};
use super::{Imported, Refusal, grid, regrid};
use crate::document::Letter;

/// The model of a grid, where the page is one.
pub(super) fn regrid(file: &str, page: &Page) -> Option<Result<Imported, Refusal>> {
    let mut ledger = Ledger::of(page);
    let written = match grid::read(page, &mut ledger)? {
        Ok(written) => written,
        Err(refusal) => return Some(Err(refusal)),
    };
    let (text, unsaid) = regrid::write(file, page.title.as_deref(), &written);
    for cell in &unsaid {
        ledger.report(page, *cell, "a task that is applicable in no context cannot be declared", false);
    }
    let place = page.cells().first().map_or(Place { sheet: None, line: 1, column: 1 }, |cell| cell.place.clone());
    let places = written.tasks.iter().flat_map(|task| &task.places).filter_map(|place| place.component.as_ref());
    if places.collect::<BTreeSet<&String>>().len() > 1 {
        // Below another component, one that a task does not name says what that one does.
        ledger.remark(
            &place,
            "a grid does not say which component is in which: where a task does not name one, it is as at the whole system",
        );
    }
    for cell in written.tasks.iter().flat_map(|task| &task.places).filter_map(|place| place.never) {
        ledger.settle(cell, Fate::Letters);
    }
    let (fates, left, remarks) = ledger.close(page);
    let mut cells: BTreeMap<Fate, usize> = BTreeMap::new();
    for fate in fates {
        *cells.entry(fate).or_default() += 1;
    }
    let mut letters: BTreeMap<Letter, usize> = BTreeMap::new();
    let cases = || written.tasks.iter().flat_map(|task| &task.places).flat_map(|place| &place.cases);
    for (letter, parties) in cases().flat_map(|case| &case.letters) {
        *letters.entry(*letter).or_default() += parties.len();
    }
    let (rows, parties) = (cases().count(), written.parties.len());
    let table = TableRead { place, title: page.title.clone(), form: Form::Grid, rows, groups: 0, parties };
    let report = Report {
        file: file.to_owned(),
        dialect: "RASCI".to_owned(),
        tables: vec![table],
        tasks: written.tasks.len(),
        parties,
        letters,
        cells,
        answered_only: 0,
        left,
        remarks,
    };
    Some(Ok(Imported { text, report }))
}
