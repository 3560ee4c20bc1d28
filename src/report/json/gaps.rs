//! `gaps` and `impact` as values.

use serde::Serialize;

use super::VERSION;
use super::parts::{Alternatives, Map, Written, all_because, alternatives, component, context, parties, party, task};
use crate::model::{Model, PartyId};
use crate::policy::Policy;
use crate::query::{Asked, Gap, Impact, Loss};

/// Where R or A has no party.
#[derive(Debug, Serialize)]
pub struct GapsReport<'p> {
    version: u32,
    model: &'p str,
    context: Map<&'p str, &'p str>,
    on: Option<String>,
    gaps: Vec<GapEntry<'p>>,
}

/// What breaks when a party leaves.
#[derive(Debug, Serialize)]
pub struct ImpactReport<'p> {
    version: u32,
    model: &'p str,
    without: &'p str,
    gone: Vec<&'p str>,
    context: Map<&'p str, &'p str>,
    on: Option<String>,
    losses: Vec<LossEntry<'p>>,
}

/// A gap, in `gaps` and in `absence`.
#[derive(Debug, Serialize)]
pub(super) struct GapEntry<'p> {
    letter: &'static str,
    why: &'static str,
    task: Option<&'p str>,
    task_below: bool,
    component: Option<&'p str>,
    component_below: bool,
    when: Alternatives<'p>,
    missing: Vec<&'p str>,
    because: Vec<Written<'p>>,
}

#[derive(Debug, Serialize)]
struct LossEntry<'p> {
    letter: &'static str,
    task: Option<&'p str>,
    task_below: bool,
    component: Option<&'p str>,
    component_below: bool,
    when: Alternatives<'p>,
    parties: Vec<&'p str>,
    because: Vec<Written<'p>>,
}

impl<'p> GapsReport<'p> {
    /// The value of the gaps that were asked for.
    #[must_use]
    pub fn new(policy: &'p Policy, asked: &Asked, gaps: &[Gap]) -> Self {
        let model = policy.model();
        Self {
            version: VERSION,
            model: &model.about().id,
            context: context(model, &asked.context),
            on: asked.on.map(|day| day.to_string()),
            gaps: gaps.iter().map(|gap| GapEntry::new(policy, model, gap)).collect(),
        }
    }
}

impl<'p> ImpactReport<'p> {
    /// The value of what breaks when a party leaves.
    #[must_use]
    pub fn new(policy: &'p Policy, without: PartyId, asked: &Asked, impact: &Impact) -> Self {
        let model = policy.model();
        Self {
            version: VERSION,
            model: &model.about().id,
            without: party(model, without),
            gone: parties(model, &impact.gone),
            context: context(model, &asked.context),
            on: asked.on.map(|day| day.to_string()),
            losses: impact.losses.iter().map(|loss| LossEntry::new(policy, model, loss)).collect(),
        }
    }
}

impl<'p> GapEntry<'p> {
    pub(super) fn new(policy: &'p Policy, model: &'p Model, gap: &Gap) -> Self {
        let Gap { letter, why, block, when, missing, because } = gap;
        Self {
            letter: letter.as_str(),
            why: why.as_str(),
            task: task(model, block.task),
            task_below: block.task_below,
            component: component(model, block.component),
            component_below: block.component_below,
            when: alternatives(model, when),
            missing: parties(model, missing),
            because: all_because(policy, because),
        }
    }
}

impl<'p> LossEntry<'p> {
    fn new(policy: &'p Policy, model: &'p Model, loss: &Loss) -> Self {
        let Loss { letter, block, when, parties: held_by, because } = loss;
        Self {
            letter: letter.as_str(),
            task: task(model, block.task),
            task_below: block.task_below,
            component: component(model, block.component),
            component_below: block.component_below,
            when: alternatives(model, when),
            parties: parties(model, held_by),
            because: all_because(policy, because),
        }
    }
}
