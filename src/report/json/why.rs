//! `why` as a value.

use jiff::civil::Date;
use serde::Serialize;

use super::VERSION;
use super::parts::{Absent, Alternatives, How, Written, alternatives, component, how, party};
use super::who::nobody_word;
use crate::document::Letter;
use crate::matrix::Outcome;
use crate::query::{Effect, Near, NearReason, NotThere, Outranked, Step, Why, WhyCase};

/// The derivation of a letter.
///
/// `steps` hold every assignment that applied, in rank order. A step's `effect` is `decides`, `adds` or `overridden`; an
/// overridden one says by the assignment at which place (`by`) and in what that ranks higher (`because`: `task`,
/// `component`, `condition`, `layer`). `near` holds what did not apply, and why: its `condition` does not hold, it
/// stands at another `component`, or at a `task` below.
#[derive(Debug, Serialize)]
pub struct WhyReport<'p> {
    version: u32,
    model: &'p str,
    task: &'p str,
    component: Option<&'p str>,
    letter: &'static str,
    /// Only where a day was asked about, and so is the next.
    #[serde(skip_serializing_if = "Option::is_none")]
    on: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    absent: Option<Vec<Absent<'p>>>,
    cases: Vec<Case<'p>>,
}

#[derive(Debug, Serialize)]
struct Case<'p> {
    when: Alternatives<'p>,
    status: &'static str,
    parties: Vec<&'p str>,
    nobody: Option<&'static str>,
    implied: Option<&'static str>,
    not_there: Vec<PlaceReport<'p>>,
    steps: Vec<StepReport<'p>>,
    near: Vec<NearReport<'p>>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "lowercase")]
enum PlaceReport<'p> {
    Task(&'p str),
    Component(&'p str),
}

#[derive(Debug, Serialize)]
struct StepReport<'p> {
    effect: &'static str,
    by: Option<Place<'p>>,
    because: Option<&'static str>,
    task: Option<&'p str>,
    component: Option<&'p str>,
    parties: Vec<Named<'p>>,
    assignment: Written<'p>,
}

#[derive(Debug, Serialize)]
struct Place<'p> {
    file: &'p str,
    line: u32,
    column: u32,
}

#[derive(Debug, Serialize)]
struct Named<'p> {
    party: &'p str,
    via: Option<How<'p>>,
}

#[derive(Debug, Serialize)]
struct NearReport<'p> {
    reason: &'static str,
    at: Option<&'p str>,
    assignment: Written<'p>,
}

impl<'p> WhyReport<'p> {
    /// The value of a derivation.
    #[must_use]
    pub fn new(why: &Why<'p>) -> Self {
        let model = why.policy.model();
        Self {
            version: VERSION,
            model: &model.about().id,
            task: &model.task(why.cell.task).about.id,
            component: component(model, why.cell.component),
            letter: why.letter.as_str(),
            on: None,
            absent: None,
            cases: why.cases.iter().map(|each| case(why, each)).collect(),
        }
    }

    /// The same on a day: who of the answer is absent then, named or in a party of it, and who stands in.
    #[must_use]
    pub fn on(mut self, why: &'p Why<'_>, day: Date) -> Self {
        self.on = Some(day.to_string());
        self.absent = Some(Absent::all(why.policy, &why.policy.absent_among(&why.parties(), day)));
        self
    }
}

fn case<'p>(why: &Why<'p>, case: &WhyCase) -> Case<'p> {
    let model = why.policy.model();
    Case {
        when: alternatives(model, &case.when),
        status: case.status.as_str(),
        parties: case.outcome.parties().map(|id| party(model, id)).collect(),
        nobody: match case.outcome {
            Outcome::Nobody(nobody, _) => Some(nobody_word(nobody)),
            Outcome::Held(_) | Outcome::Silent => None,
        },
        implied: case.implied.map(Letter::as_str),
        not_there: case
            .not_there
            .iter()
            .map(|place| match place {
                NotThere::Task(id) => PlaceReport::Task(&model.task(*id).about.id),
                NotThere::Component(id) => PlaceReport::Component(&model.component(*id).about.id),
            })
            .collect(),
        steps: case.steps.iter().map(|each| step(why, each)).collect(),
        near: case.near.iter().map(|each| near(why, each)).collect(),
    }
}

fn step<'p>(why: &Why<'p>, step: &Step) -> StepReport<'p> {
    let policy = why.policy;
    let model = policy.model();
    let (effect, by, because) = match step.effect {
        Effect::Decides => ("decides", None, None),
        Effect::Adds => ("adds", None, None),
        Effect::Overridden { by, because } => {
            let place = policy.place(model.assignment(by).span);
            (
                "overridden",
                Some(Place { file: place.file, line: place.start.line, column: place.start.column }),
                Some(rank_word(because)),
            )
        }
    };
    let task = &model.task(step.task).about.id;
    StepReport {
        effect,
        by,
        because,
        task: (!task.is_empty()).then_some(task),
        component: component(model, step.component),
        parties: step.parties.iter().map(|(id, via)| Named { party: party(model, *id), via: how(model, *via) }).collect(),
        assignment: Written::new(policy, model.assignment(step.assignment), None),
    }
}

fn rank_word(outranked: Outranked) -> &'static str {
    match outranked {
        Outranked::Task => "task",
        Outranked::Component => "component",
        Outranked::Condition => "condition",
        Outranked::Layer => "layer",
    }
}

fn near<'p>(why: &Why<'p>, near: &Near) -> NearReport<'p> {
    let model = why.policy.model();
    let (reason, at) = match near.reason {
        NearReason::Condition => ("condition", None),
        NearReason::Component(id) => ("component", component(model, id)),
        NearReason::Task(id) => ("task", Some(model.task(id).about.id.as_ref())),
    };
    NearReport { reason, at, assignment: Written::new(why.policy, model.assignment(near.assignment), None) }
}
