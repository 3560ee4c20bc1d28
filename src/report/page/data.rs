//! The data of a page: the vocabularies, the cells, duties and findings, as the script reads them.

use serde::Serialize;

use super::cells::{Alternatives, Cells, Kept, alternatives};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{About, Assignment, ComponentId, Handle, Model, PartyId, TaskId};
use crate::policy::Policy;
use crate::query::{Duty, GridAsk};
use crate::report::sheet::absent_note;

/// Duties are told where parties, tasks and components are no more than this, multiplied: each looks at every cell.
const DUTIES: usize = 200_000;

/// Everything that the script knows.
#[derive(Debug, Serialize)]
pub(super) struct Data<'p> {
    dimensions: Vec<Dimension<'p>>,
    /// The values asked with, by the places of dimension and value.
    context: Vec<(usize, usize)>,
    parties: Vec<Entry<'p>>,
    components: Vec<Entry<'p>>,
    tasks: Vec<Entry<'p>>,
    assignments: Vec<Written<'p>>,
    cells: Kept,
    /// None where there are too many to tell.
    duties: Option<Vec<Vec<Held>>>,
    findings: Vec<Found<'p>>,
}

#[derive(Debug, Serialize)]
struct Dimension<'p> {
    id: &'p str,
    values: Vec<&'p str>,
}

/// A party, a component or a task; `above` is its place among those listed.
#[derive(Debug, Serialize)]
struct Entry<'p> {
    id: &'p str,
    title: Option<&'p str>,
    above: Option<usize>,
    /// What else is to be said of it.
    note: Option<String>,
}

#[derive(Debug, Serialize)]
struct Written<'p> {
    id: Option<&'p str>,
    place: String,
    basis: &'static str,
    force: &'static str,
    sources: Vec<String>,
    note: Option<&'p str>,
}

#[derive(Debug, Serialize)]
struct Held {
    letter: usize,
    how: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    through: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    task: Option<usize>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    task_below: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    component: Option<usize>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    component_below: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    when: Alternatives,
}

#[derive(Debug, Serialize)]
struct Found<'p> {
    name: &'p str,
    severity: &'static str,
    message: &'p str,
    help: Option<&'p str>,
    place: Option<String>,
}

impl<'p> Data<'p> {
    pub(super) fn new(policy: &'p Policy, ask: &GridAsk, tasks: &[TaskId], cells: Cells<'p>, findings: &'p [Diagnostic]) -> Self {
        let model = policy.model();
        let dimension = |dimension: &'p crate::model::Dimension| Dimension {
            id: &dimension.id,
            values: dimension.values.iter().map(AsRef::as_ref).collect(),
        };
        let place_of = |task: TaskId| tasks.iter().position(|other| *other == task);
        let components = cells.components.clone();
        let task = |id: &TaskId| {
            let it = model.task(*id);
            entry(&it.about, it.parent.and_then(place_of))
        };
        let component = |id: &ComponentId| {
            let it = model.component(*id);
            let above = it.parent.and_then(|above| components.iter().position(|other| *other == above));
            Entry {
                title: (*id != ComponentId::SYSTEM).then_some(it.about.title.as_deref()).flatten(),
                ..entry(&it.about, above)
            }
        };
        let few = model.parties().count() * tasks.len() * components.len() <= DUTIES;
        Self {
            dimensions: model.dimensions().map(|(_, it)| dimension(it)).collect(),
            context: ask.context.iter().map(|(dimension, value)| (dimension.place(), value)).collect(),
            parties: model.parties().map(|(id, _)| party(policy, ask, id)).collect(),
            tasks: tasks.iter().map(task).collect(),
            components: components.iter().map(component).collect(),
            assignments: model.assignments().map(|(_, it)| written(policy, it)).collect(),
            duties: few.then(|| model.parties().map(|(id, _)| duties(policy, id, tasks, &components)).collect()),
            findings: findings.iter().map(|each| found(policy, each)).collect(),
            cells: cells.keep(),
        }
    }
}

fn entry(about: &About, above: Option<usize>) -> Entry<'_> {
    Entry { id: &about.id, title: about.title.as_deref(), above, note: None }
}

/// A party; on a day, with who stands in for it.
fn party<'p>(policy: &'p Policy, ask: &GridAsk, id: PartyId) -> Entry<'p> {
    let model = policy.model();
    let it = model.party(id);
    Entry { note: absent_note(policy, id, ask.on), ..entry(&it.about, it.parent.map(Handle::place)) }
}

fn written<'p>(policy: &'p Policy, it: Assignment<'p>) -> Written<'p> {
    let model: &Model = policy.model();
    let source = |citation: &crate::model::Citation| {
        let about = &model.cited_source(citation.source).about;
        let title = about.title.as_deref().unwrap_or(&about.id);
        citation.at.as_ref().map_or_else(|| title.to_owned(), |at| format!("{title}, {at}"))
    };
    let place = policy.place(it.span);
    Written {
        id: it.id,
        place: format!("{}:{}:{}", place.file, place.start.line, place.start.column),
        basis: it.basis.as_str(),
        force: it.force.as_str(),
        sources: it.citations.iter().map(source).collect(),
        note: it.note,
    }
}

/// What a party holds, as far as the page shows the tasks.
fn duties(policy: &Policy, id: PartyId, tasks: &[TaskId], components: &[ComponentId]) -> Vec<Held> {
    let held = |duty: Duty| {
        let block = duty.block;
        let task = tasks.iter().position(|task| *task == block.task);
        let shown = task.is_some() || block.task == TaskId::ALL;
        shown.then(|| Held {
            letter: duty.letter.index(),
            how: duty.how.as_str(),
            through: duty.through.map(Handle::place),
            task,
            task_below: block.task_below,
            component: components.iter().position(|component| *component == block.component),
            component_below: block.component_below,
            when: alternatives(&duty.when),
        })
    };
    policy.duties(id).into_iter().filter_map(held).collect()
}

fn found<'p>(policy: &'p Policy, finding: &'p Diagnostic) -> Found<'p> {
    let place = |span| {
        let place = policy.place(span);
        format!("{}:{}:{}", place.file, place.start.line, place.start.column)
    };
    Found {
        name: finding.name,
        severity: match finding.severity {
            Severity::Error | Severity::Deny => "deny",
            Severity::Warn => "warn",
        },
        message: &finding.message,
        help: finding.help.as_deref(),
        place: finding.span.map(place),
    }
}
