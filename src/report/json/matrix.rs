//! `matrix` as values: tasks across parties, and tasks across components for one letter.

use serde::Serialize;

use super::VERSION;
use super::parts::{Alternatives, Map, alternatives, component, context, party};
use super::who::nobody_word;
use crate::document::Letter;
use crate::matrix::Status;
use crate::model::{About, ComponentId, Model, PartyId, TaskId};
use crate::policy::Policy;
use crate::query::{ComponentGrid, Entry, GridAsk, GridCase, PartyGrid, Places};

/// A grid.
#[derive(Debug, Serialize)]
pub struct Grid<'p> {
    version: u32,
    model: &'p str,
    /// `parties` or `components`.
    across: &'static str,
    /// Whether the rows are of every place where an answer is another than above it.
    every: bool,
    letter: Option<&'static str>,
    task: Option<&'p str>,
    component: Option<&'p str>,
    context: Map<&'p str, &'p str>,
    on: Option<String>,
    columns: Vec<Column<'p>>,
    rows: Vec<Row<'p>>,
}

#[derive(Debug, Serialize)]
struct Column<'p> {
    id: Option<&'p str>,
    part_of: Option<&'p str>,
    title: Option<&'p str>,
}

#[derive(Debug, Serialize)]
struct Row<'p> {
    task: &'p str,
    part_of: Option<&'p str>,
    title: Option<&'p str>,
    cells: Vec<Cell<'p>>,
}

#[derive(Debug, Serialize)]
struct Cell<'p> {
    component: Option<&'p str>,
    cases: Vec<Case<'p>>,
}

#[derive(Debug, Serialize)]
struct Case<'p> {
    when: Alternatives<'p>,
    status: &'static str,
    letters: Map<&'static str, Vec<Held<'p>>>,
    nobody: Map<&'static str, &'static str>,
    silent: Vec<&'static str>,
}

#[derive(Debug, Serialize)]
struct Held<'p> {
    party: &'p str,
    absent: bool,
    deputy: Option<&'p str>,
}

impl<'p> Grid<'p> {
    /// The value of tasks across parties. A row holds the cells of one task, one for each of its places.
    #[must_use]
    pub fn of_parties(grid: &PartyGrid<'p>) -> Self {
        let model = grid.policy.model();
        let column = |id: &PartyId| {
            let it = model.party(*id);
            Column { part_of: it.parent.map(|above| party(model, above)), ..Column::new(&it.about) }
        };
        let mut rows: Vec<Row<'p>> = Vec::new();
        for row in &grid.rows {
            let cell = Cell {
                component: component(model, row.cell.component),
                cases: row.cases.iter().map(|each| case(grid.policy, &grid.ask, &Letter::ALL, each)).collect(),
            };
            let of = Row::new(model, row.cell.task, Vec::new());
            match rows.last_mut().filter(|last| last.task == of.task) {
                Some(last) => last.cells.push(cell),
                None => rows.push(Row { cells: vec![cell], ..of }),
            }
        }
        let place = match grid.places {
            Places::One(place) => component(model, place),
            Places::Every => None,
        };
        let columns = grid.parties.iter().map(column).collect();
        let every = grid.places == Places::Every;
        Self { across: "parties", every, component: place, columns, rows, ..Self::new(grid.policy, &grid.ask) }
    }

    /// The value of tasks across components. A row holds a cell for each column.
    #[must_use]
    pub fn of_components(grid: &ComponentGrid<'p>) -> Self {
        let model = grid.policy.model();
        let column = |id: &ComponentId| {
            let it = model.component(*id);
            let part_of = it.parent.and_then(|above| component(model, above));
            match component(model, *id) {
                Some(_) => Column { part_of, ..Column::new(&it.about) },
                None => Column { id: None, part_of: None, title: None },
            }
        };
        let row = |row: &crate::query::ComponentRow| {
            let cell = |(place, cases): (&ComponentId, &Vec<GridCase>)| Cell {
                component: component(model, *place),
                cases: cases.iter().map(|each| case(grid.policy, &grid.ask, &[grid.letter], each)).collect(),
            };
            Row::new(model, row.task, grid.components.iter().zip(&row.cells).map(cell).collect())
        };
        let (columns, rows) = (grid.components.iter().map(column).collect(), grid.rows.iter().map(row).collect());
        let letter = Some(grid.letter.as_str());
        Self { across: "components", letter, columns, rows, ..Self::new(grid.policy, &grid.ask) }
    }

    fn new(policy: &'p Policy, ask: &GridAsk) -> Self {
        let model = policy.model();
        Self {
            version: VERSION,
            model: &model.about().id,
            across: "",
            every: false,
            letter: None,
            task: (ask.task != TaskId::ALL).then(|| model.task(ask.task).about.id.as_ref()),
            component: None,
            context: context(model, &ask.context),
            on: ask.on.map(|day| day.to_string()),
            columns: Vec::new(),
            rows: Vec::new(),
        }
    }
}

impl<'p> Column<'p> {
    fn new(about: &'p About) -> Self {
        Self { id: Some(&about.id), part_of: None, title: about.title.as_deref() }
    }
}

impl<'p> Row<'p> {
    fn new(model: &'p Model, task: TaskId, cells: Vec<Cell<'p>>) -> Self {
        let it = model.task(task);
        let part_of = it.parent.filter(|above| *above != TaskId::ALL).map(|above| model.task(above).about.id.as_ref());
        Self { task: &it.about.id, part_of, title: it.about.title.as_deref(), cells }
    }
}

fn case<'p>(policy: &'p Policy, ask: &GridAsk, letters: &[Letter], case: &GridCase) -> Case<'p> {
    let model = policy.model();
    let held = |id: &PartyId| {
        let absence = ask.on.and_then(|day| policy.absence(*id, day));
        let deputy = absence.and_then(|absence| absence.deputy).map(|deputy| party(model, deputy));
        Held { party: party(model, *id), absent: absence.is_some(), deputy }
    };
    let (mut holders, mut nobody, mut silent) = (Vec::new(), Vec::new(), Vec::new());
    for letter in letters {
        match case.letter(*letter) {
            Entry::Held(parties) => holders.push((letter.as_str(), parties.iter().map(held).collect())),
            Entry::Nobody(why) => nobody.push((letter.as_str(), nobody_word(*why))),
            Entry::Silent if case.status == Status::NotApplicable => {}
            Entry::Silent => silent.push(letter.as_str()),
        }
    }
    let when = alternatives(model, &case.when);
    Case { when, status: case.status.as_str(), letters: Map(holders), nobody: Map(nobody), silent }
}
