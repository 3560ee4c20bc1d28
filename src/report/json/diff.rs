//! `diff` as a value.

use serde::Serialize;

use super::VERSION;
use super::parts::{Alternatives, Written, all_because, alternatives, component, parties, task};
use crate::document::Letter;
use crate::matrix::Status;
use crate::model::Model;
use crate::policy::Policy;
use crate::query::{Change, Diff, Side};

/// How two models differ.
#[derive(Debug, Serialize)]
pub struct DiffReport<'p> {
    version: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    on: Option<String>,
    changes: Vec<Entry<'p>>,
}

#[derive(Debug, Serialize)]
struct Entry<'p> {
    task: Option<&'p str>,
    task_below: bool,
    component: Option<&'p str>,
    component_below: bool,
    when: Alternatives<'p>,
    letter: Option<&'static str>,
    old: SideEntry<'p>,
    new: SideEntry<'p>,
}

#[derive(Debug, Serialize)]
struct SideEntry<'p> {
    status: &'static str,
    parties: Vec<&'p str>,
    because: Vec<Written<'p>>,
}

impl<'p> DiffReport<'p> {
    /// The value of a difference.
    #[must_use]
    pub fn new(diff: &'p Diff<'_>) -> Self {
        Self {
            version: VERSION,
            on: diff.on.map(|day| day.to_string()),
            changes: diff.changes.iter().map(|change| entry(diff, change)).collect(),
        }
    }
}

fn entry<'p>(diff: &'p Diff<'_>, change: &Change) -> Entry<'p> {
    let model = diff.model();
    let Change { letter, block, when, old, new } = change;
    Entry {
        task: task(model, block.task),
        task_below: block.task_below,
        component: component(model, block.component),
        component_below: block.component_below,
        when: alternatives(model, when),
        letter: letter.map(Letter::as_str),
        old: side(diff.old, model, old),
        new: side(diff.new, model, new),
    }
}

fn side<'p>(policy: &'p Policy, model: &'p Model, side: &Side) -> SideEntry<'p> {
    SideEntry {
        status: side.status.map_or("absent", Status::as_str),
        parties: parties(model, &side.parties),
        because: all_because(policy, &side.because),
    }
}
