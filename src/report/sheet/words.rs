//! The plain forms of fields: conditions as the command line takes them, sets of parties, the tree of tasks.

use jiff::civil::Date;

use crate::model::{ComponentId, Model, PartyId, TaskId, When};
use crate::policy::Policy;
use crate::query::GridAsk;

/// Nobody, and the model says so.
pub(super) const NOBODY: &str = "[]";
/// A relation that stands for nobody.
pub(super) const UNRESOLVED: &str = "[?]";
/// The model is silent.
pub(super) const SILENT: &str = "-";
/// The task or the component is not there.
pub(super) const NOT_APPLICABLE: &str = "n/a";

/// `priority=P1,P2 scenario=cloud or priority=P3`: values of a dimension, all dimensions of an alternative, alternatives.
pub(in crate::report) fn plain_when(model: &Model, when: &When) -> String {
    let values = |(dimension, values): &(_, Vec<usize>)| {
        let dimension = model.dimension(*dimension);
        let values: Vec<&str> = values.iter().filter_map(|value| dimension.values.get(*value)).map(AsRef::as_ref).collect();
        format!("{}={}", dimension.id, values.join(","))
    };
    let alternative = |alternative: &Vec<_>| alternative.iter().map(values).collect::<Vec<_>>().join(" ");
    when.iter().map(alternative).collect::<Vec<_>>().join(" or ")
}

/// ` when priority=P1, on 2026-12-24`: what a grid was asked with, for its title.
pub(in crate::report) fn asked(model: &Model, ask: &GridAsk) -> String {
    let values = |(dimension, value)| {
        let dimension = model.dimension(dimension);
        Some(format!("{}={}", dimension.id, dimension.values.get::<usize>(value)?))
    };
    let values: Vec<String> = ask.context.iter().filter_map(values).collect();
    let when = if values.is_empty() { String::new() } else { format!(" when {}", values.join(" ")) };
    let on = ask.on.map(|day| format!(", on {day}")).unwrap_or_default();
    format!("{when}{on}")
}

pub(in crate::report) fn model_title(model: &Model) -> &str {
    model.about().title.as_ref().unwrap_or(&model.about().id)
}

/// The id, and where the person is absent on the day, who stands in.
pub(super) fn party_words(policy: &Policy, party: PartyId, on: Option<Date>) -> String {
    let id = |party: PartyId| policy.model().party(party).about.id.as_ref();
    match on.and_then(|day| policy.absence(party, day)) {
        None => id(party).to_owned(),
        Some(absence) => match absence.deputy {
            Some(deputy) => format!("{} for {}", id(deputy), id(party)),
            None => format!("{} absent", id(party)),
        },
    }
}

/// The id, the id of the task above, the title and the depth beneath the task asked about.
pub(super) struct TaskWords {
    pub(super) depth: usize,
    pub(super) fields: [String; 3],
}

impl TaskWords {
    pub(super) fn new(model: &Model, task: TaskId, below: TaskId) -> Self {
        let it = model.task(task);
        let above = |id: TaskId| if id == TaskId::ALL || task == below { "" } else { &model.task(id).about.id };
        let part_of = it.parent.map(above).unwrap_or_default();
        let title = it.about.title.as_deref().unwrap_or_default();
        let top = if below == TaskId::ALL { 1 } else { model.task(below).depth };
        Self {
            depth: it.depth.saturating_sub(top) as usize,
            fields: [it.about.id.to_string(), part_of.to_owned(), title.trim().to_owned()],
        }
    }
}

/// The id; nothing for the whole system.
pub(in crate::report) fn component_id(model: &Model, component: ComponentId) -> &str {
    if component == ComponentId::SYSTEM { "" } else { &model.component(component).about.id }
}

/// Of a party that is absent on a day, who stands in.
pub(in crate::report) fn absent_note(policy: &Policy, party: PartyId, on: Option<Date>) -> Option<String> {
    Some(match policy.absence(party, on?)?.deputy {
        Some(deputy) => format!("absent; {} stands in", policy.model().party(deputy).about.id),
        None => "absent; nobody stands in".to_owned(),
    })
}
