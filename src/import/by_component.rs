//! A grid that `rasci matrix --letter` wrote: tasks across components, in each cell who holds the one letter. In Markdown its
//! title says which letter; elsewhere nothing does.

use std::collections::{BTreeMap, BTreeSet};

use super::Refusal;
use super::dimensions::in_order;
use super::grid::{At, Case, Task, Written, alternatives, bad_cell, plain};
use super::ledger::{Fate, Ledger};
use super::sheet::{CellId, Grid, Page};
use crate::document::Letter;

/// The column that stands for no component.
const WHOLE: &str = "(whole system)";
/// What stands behind the letter in the title.
const SAYS: &str = ") by task and component";
/// Why a grid without a title is not read.
const UNSAID: &str = "a grid of `rasci matrix --letter` without its title, which alone says the letter (write it with `--format markdown`, or without `--letter`)";

/// What the cells of a row say.
enum Column {
    Task,
    PartOf,
    Title,
    Place(Option<String>),
}

/// The grid of a page, where it is one, and the title of its model; what its cells became is in the ledger.
pub(crate) fn read(page: &Page, ledger: &mut Ledger) -> Option<Result<(Written, Option<String>), Refusal>> {
    let [Grid { rows, title }] = page.grids.as_slice() else { return None };
    let (head, rows) =
        rows.iter().position(|row| row.iter().any(Option::is_some)).and_then(|at| rows.get(at..)?.split_first())?;
    let columns: Vec<Column> = head.iter().map(|id| column(&told(*id, page))).collect::<Option<_>>()?;
    let is_place = |column: &Column| matches!(column, Column::Place(None));
    let (Some(Column::Task), 1) = (columns.first(), columns.iter().filter(|column| is_place(column)).count()) else {
        return None;
    };
    let over = title.as_deref().or(page.title.as_deref()).unwrap_or_default();
    let Some((named, letter)) = said(over) else { return Some(Err(Refusal::Format { kind: UNSAID.to_owned() })) };
    head.iter().flatten().for_each(|id| ledger.settle(*id, Fate::Head));
    let named_places = head.iter().map(|id| told(*id, page)).zip(&columns).filter_map(|(head, column)| match column {
        Column::Place(Some(id)) => Some((id.clone(), head.strip_suffix(&format!(" ({id})"))?.to_owned())),
        _ => None,
    });
    let titles: BTreeMap<String, String> = named_places.collect();
    let (mut tasks, mut met) = (Vec::new(), Parties::default());
    for row in rows.iter().filter(|row| row.iter().any(Option::is_some)) {
        let mut task = Task { id: String::new(), part_of: None, title: String::new(), places: Vec::new() };
        for (id, column) in row.iter().zip(&columns).filter_map(|(id, column)| Some(((*id)?, column))) {
            let text = told(Some(id), page);
            match column {
                Column::Task => task.id = text,
                Column::PartOf => task.part_of = Some(text),
                Column::Title => task.title = text,
                Column::Place(component) => {
                    let Some(cases) = cases(&text, letter, &mut met) else { return Some(Err(bad_cell(page, id))) };
                    task.places.push(At { component: component.clone(), row: page.cell(id).place.row(), cases, never: None });
                    ledger.settle(id, Fate::Letters);
                    continue;
                }
            }
            ledger.settle(id, Fate::Task);
        }
        // What a component says as the whole system does, it need not say: it is there all the same.
        let whole = task.places.iter().find(|place| place.component.is_none()).map(|place| place.cases.clone());
        for place in task.places.iter_mut().filter(|place| place.component.is_some()) {
            if Some(&place.cases) == whole.as_ref() && place.cases.iter().all(|case| case.applies) {
                place.cases.clear();
            }
        }
        tasks.push(task);
    }
    let order = in_order(met.lists.iter().map(Vec::as_slice));
    let holders = tasks.iter_mut().flat_map(|task| &mut task.places).flat_map(|place| &mut place.cases);
    for party in holders.flat_map(|case| &mut case.letters).flat_map(|(_, parties)| parties) {
        let id = met.ids.get(*party);
        *party = order.iter().position(|other| Some(other) == id).unwrap_or_default();
    }
    let parties = order.into_iter().map(|id| (id, None)).collect();
    Some(Ok((Written { parties, tasks, titles }, Some(named.to_owned()).filter(|named| !named.is_empty()))))
}

/// The parties as they are met, and the lists in which they stand.
#[derive(Default)]
struct Parties {
    ids: Vec<String>,
    numbers: BTreeMap<String, usize>,
    lists: BTreeSet<Vec<String>>,
}

impl Parties {
    fn number(&mut self, id: &str) -> usize {
        if let Some(known) = self.numbers.get(id) {
            return *known;
        }
        self.ids.push(id.to_owned());
        self.numbers.insert(id.to_owned(), self.ids.len() - 1);
        self.ids.len() - 1
    }
}

fn told(id: Option<CellId>, page: &Page) -> String {
    if page.is_delimited { plain(page.text(id)) } else { page.text(id).to_owned() }
}

/// What stands under this head; nothing where the grid would have no such head.
fn column(head: &str) -> Option<Column> {
    Some(match head {
        "task" => Column::Task,
        "part-of" => Column::PartOf,
        "title" => Column::Title,
        WHOLE => Column::Place(None),
        "" | "status" | "component" | "when" => return None,
        place => {
            let id = place.strip_suffix(')').and_then(|rest| rest.rsplit_once(" (")).map_or(place, |(_, id)| id);
            Column::Place(Some(id.to_owned()))
        }
    })
}

/// The title of the model and the letter, as the title of the grid says them: `Desk: responsible (R) by task and component`.
fn said(title: &str) -> Option<(&str, Letter)> {
    let (before, _) = title.rsplit_once(SAYS)?;
    let (before, letter) = before.rsplit_once('(')?;
    let letter = Letter::parse(letter)?;
    Some((before.trim_end().strip_suffix(letter.word())?.trim_end().trim_end_matches(':'), letter))
}

/// The cases of `priority=P1: dev ops; priority=P2: -`.
fn cases(text: &str, letter: Letter, met: &mut Parties) -> Option<Vec<Case>> {
    let mut case = |text: &str| {
        let (when, answer) = text.split_once(": ").map_or((None, text), |(when, answer)| (Some(when), answer));
        let when = when.map_or(Some(Vec::new()), alternatives)?;
        let mut case = Case { when, applies: answer != "n/a", letters: Vec::new(), nobody: Vec::new() };
        match answer {
            "-" | "n/a" => {}
            "[]" | "[?]" => case.nobody.push(letter),
            parties => {
                let parties: Vec<String> = parties.split(' ').map(str::to_owned).collect();
                // With `--on` a cell says who stands in for whom.
                if parties.iter().any(|party| matches!(party.as_str(), "for" | "absent" | "") || party.ends_with(',')) {
                    return None;
                }
                case.letters.push((letter, parties.iter().map(|party| met.number(party)).collect()));
                met.lists.insert(parties);
            }
        }
        Some(case)
    };
    text.split("; ").map(&mut case).collect()
}
