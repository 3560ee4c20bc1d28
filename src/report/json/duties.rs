//! `duties` as a value.

use jiff::civil::Date;
use serde::Serialize;

use super::VERSION;
use super::parts::{Alternatives, alternatives, component, party, task};
use crate::model::{Model, PartyId};
use crate::policy::Policy;
use crate::query::{Duty, How, StandIn};

/// What a party holds.
#[derive(Debug, Serialize)]
pub struct DutiesReport<'p> {
    version: u32,
    party: &'p str,
    /// Only where a day was asked about, and so are the next two.
    #[serde(skip_serializing_if = "Option::is_none")]
    on: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    absent: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    deputy: Option<Deputy<'p>>,
    duties: Vec<DutyEntry<'p>>,
}

/// Who stands in, where somebody does.
#[derive(Debug, Serialize)]
#[serde(transparent)]
struct Deputy<'p>(Option<&'p str>);

/// A duty, in `duties` and in `test`.
#[derive(Debug, Serialize)]
pub(super) struct DutyEntry<'p> {
    letter: &'static str,
    task: Option<&'p str>,
    task_below: bool,
    component: Option<&'p str>,
    component_below: bool,
    when: Alternatives<'p>,
    how: &'static str,
    through: Option<&'p str>,
}

impl<'p> DutiesReport<'p> {
    /// The value of what a party holds, on a day where one was asked about.
    #[must_use]
    pub fn new(policy: &'p Policy, id: PartyId, on: Option<Date>, duties: &[Duty]) -> Self {
        let model = policy.model();
        let absence = on.map(|day| policy.absence(id, day));
        let deputy = |absence: StandIn| absence.deputy.map(|deputy| party(model, deputy));
        Self {
            version: VERSION,
            party: party(model, id),
            on: on.map(|day| day.to_string()),
            absent: absence.map(|absence| absence.is_some()),
            deputy: absence.map(|absence| Deputy(absence.and_then(deputy))),
            duties: duties.iter().map(|duty| DutyEntry::new(model, duty)).collect(),
        }
    }
}

impl<'p> DutyEntry<'p> {
    pub(super) fn new(model: &'p Model, duty: &Duty) -> Self {
        let Duty { letter, how, through, block, when } = duty;
        Self {
            letter: letter.as_str(),
            task: task(model, block.task),
            task_below: block.task_below,
            component: component(model, block.component),
            component_below: block.component_below,
            when: alternatives(model, when),
            how: How::as_str(*how),
            through: through.map(|id| party(model, id)),
        }
    }
}
