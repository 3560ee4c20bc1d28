//! Derivations as the page shows them: what each assignment did, what overrode it, what came near.

use std::num::NonZeroUsize;

use serde::Serialize;

use super::cells::{Alternatives, alternatives, status};
use crate::document::Letter;
use crate::matrix::Via;
use crate::model::{ComponentId, Handle, Model, TaskId};
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
    #[serde(skip_serializing_if = "Vec::is_empty")]
    steps: Vec<Did>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    near: Vec<Missed>,
    #[serde(skip_serializing_if = "Option::is_none")]
    more_near: Option<NonZeroUsize>,
}

/// What an assignment did.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
struct Did {
    assignment: usize,
    /// `decides`, `adds` or `overridden`.
    effect: &'static str,
    /// The assignment that overrides it, and in what that ranks higher.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<(usize, &'static str)>,
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

pub(super) fn derivation(why: &Why<'_>) -> Vec<Derivation> {
    why.cases.iter().map(|each| case(why.policy.model(), each)).collect()
}

fn case(model: &Model, case: &WhyCase) -> Derivation {
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
        steps: case.steps.iter().map(|each| step(model, each)).collect(),
        near: of_all.iter().take(NEAR).map(|each| near(model, each)).collect(),
        more_near: NonZeroUsize::new(of_all.len().saturating_sub(NEAR)),
    }
}

fn step(model: &Model, step: &Step) -> Did {
    let (effect, by) = match step.effect {
        Effect::Decides => ("decides", None),
        Effect::Adds => ("adds", None),
        Effect::Overridden { by, because } => ("overridden", Some((by.place(), rank(because)))),
    };
    let how = |via: Via| match via {
        Via::Named => None,
        Via::Relation(relation, None) => Some(format!("${}", model.relation(relation))),
        Via::Relation(relation, Some(at)) => Some(format!("${} of {}", model.relation(relation), component(model, at))),
        Via::Implied(letter) => Some(format!("implied by {}", letter.as_str())),
    };
    Did {
        assignment: step.assignment.place(),
        effect,
        by,
        at: format!("{}, {}", task(model, step.task), component(model, step.component)),
        parties: step.parties.iter().map(|(party, via)| (party.place(), how(*via))).collect(),
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
