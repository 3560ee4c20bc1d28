//! Derivations as the page shows them: what each assignment did, what overrode it, what came near.

use std::num::NonZeroUsize;

use serde::Serialize;

use super::cells::{Alternatives, alternatives, status};
use crate::document::Letter;
use crate::matrix::Via;
use crate::model::{AssignmentId, ComponentId, Handle, Model, PartyId, TaskId};
use crate::query::{Effect, Near, NearReason, NotThere, Outranked, Step, Why, WhyCase};

/// So many of what came near are told; the page says how many more there are.
const NEAR: usize = 6;

/// A derivation in one case. What is empty the page does without: there are many.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub(super) struct Derivation {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    when: Alternatives,
    status: u8,
    /// The letter whose set it is by a convention.
    #[serde(skip_serializing_if = "Option::is_none")]
    implied: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    not_there: Vec<String>,
    /// The places of its steps among all: most are shared.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    steps: Vec<usize>,
    /// The assignment that overrides those of them that are.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<usize>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    near: Vec<Missed>,
    #[serde(skip_serializing_if = "Option::is_none")]
    more_near: Option<NonZeroUsize>,
}

/// What an assignment did in some cases.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Doing {
    assignment: AssignmentId,
    task: TaskId,
    component: ComponentId,
    does: Does,
    parties: Vec<(PartyId, Via)>,
}

/// What it does, but for the assignment that overrides it: that is one for all of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Does {
    Decides,
    Adds,
    Overridden(Outranked),
}

/// The same in the words of the page.
#[derive(Debug, Serialize)]
pub(super) struct Did {
    assignment: usize,
    /// `decides`, `adds` or `overridden`.
    effect: &'static str,
    /// In what the assignment ranks higher that overrides it.
    #[serde(skip_serializing_if = "Option::is_none")]
    because: Option<&'static str>,
    at: String,
    /// The parties it names, each with how it comes in.
    parties: Vec<(usize, Option<String>)>,
}

/// What came near, and why it did not apply.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
struct Missed {
    assignment: usize,
    reason: String,
}

/// A derivation, of which each step is kept elsewhere, at a place.
pub(super) fn derivation(why: &Why<'_>, mut place: impl FnMut(Doing) -> usize) -> Vec<Derivation> {
    why.cases.iter().map(|each| case(why.policy.model(), each, &mut place)).collect()
}

fn case(model: &Model, case: &WhyCase, mut place: impl FnMut(Doing) -> usize) -> Derivation {
    let overridden = |step: &Step| match step.effect {
        Effect::Overridden { by, .. } => Some(by.place()),
        Effect::Decides | Effect::Adds => None,
    };
    let not_there = |place: &NotThere| match place {
        NotThere::Task(id) => task(model, *id),
        NotThere::Component(id) => component(model, *id),
    };
    // What stands at a task below depends on the component, and cells of several share a derivation.
    let of_all: Vec<&Near> = case.near.iter().filter(|near| !matches!(near.reason, NearReason::Task(_))).collect();
    Derivation {
        when: alternatives(&case.when),
        status: status(case.status),
        implied: case.implied.map(Letter::as_str),
        not_there: case.not_there.iter().map(not_there).collect(),
        steps: case.steps.iter().map(|step| place(Doing::of(step))).collect(),
        by: case.steps.iter().find_map(overridden),
        near: of_all.iter().take(NEAR).map(|each| near(model, each)).collect(),
        more_near: NonZeroUsize::new(of_all.len().saturating_sub(NEAR)),
    }
}

impl Doing {
    fn of(step: &Step) -> Self {
        let does = match step.effect {
            Effect::Decides => Does::Decides,
            Effect::Adds => Does::Adds,
            Effect::Overridden { because, .. } => Does::Overridden(because),
        };
        let Step { assignment, task, component, ref parties, .. } = *step;
        Self { assignment, task, component, does, parties: parties.clone() }
    }

    /// In the words of the page.
    pub(super) fn did(&self, model: &Model) -> Did {
        let (effect, because) = match self.does {
            Does::Decides => ("decides", None),
            Does::Adds => ("adds", None),
            Does::Overridden(because) => ("overridden", Some(rank(because))),
        };
        let how = |via: Via| match via {
            Via::Named => None,
            Via::Relation(relation, None) => Some(format!("${}", model.relation(relation))),
            Via::Relation(relation, Some(at)) => Some(format!("${} of {}", model.relation(relation), component(model, at))),
            Via::Implied(letter) => Some(format!("implied by {}", letter.as_str())),
        };
        Did {
            assignment: self.assignment.place(),
            effect,
            because,
            at: format!("{}, {}", task(model, self.task), component(model, self.component)),
            parties: self.parties.iter().map(|(party, via)| (party.place(), how(*via))).collect(),
        }
    }
}

fn rank(because: Outranked) -> &'static str {
    match because {
        Outranked::Task => "whose task lies deeper",
        Outranked::Component => "whose component lies deeper",
        Outranked::Condition => "whose condition is narrower",
        Outranked::Layer => "which stands in a later document",
    }
}

fn near(model: &Model, near: &Near) -> Missed {
    let reason = match near.reason {
        NearReason::Condition => "its condition does not hold".to_owned(),
        NearReason::Component(id) => format!("it is about {}", component(model, id)),
        NearReason::Task(id) => format!("it is about {}, a task below", task(model, id)),
    };
    Missed { assignment: near.assignment.place(), reason }
}

fn task(model: &Model, id: TaskId) -> String {
    if id == TaskId::ALL { "every task".to_owned() } else { model.task(id).about.id.to_string() }
}

fn component(model: &Model, id: ComponentId) -> String {
    if id == ComponentId::SYSTEM { "the whole system".to_owned() } else { model.component(id).about.id.to_string() }
}
