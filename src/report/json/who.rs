//! `who` as a value.

use jiff::civil::Date;
use serde::Serialize;

use super::VERSION;
use super::parts::{Absent, Alternatives, Map, Written, alternatives, component, context, party};
use crate::document::Letter;
use crate::matrix::{Holding, Nobody, Outcome};
use crate::model::Model;
use crate::policy::Policy;
use crate::query::{Answer, Case, Limit};

/// The answer to `who`.
#[derive(Debug, Serialize)]
pub struct Who<'p> {
    version: u32,
    model: &'p str,
    task: &'p str,
    component: Option<&'p str>,
    context: Map<&'p str, &'p str>,
    on: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    absent: Option<Vec<Absent<'p>>>,
    cases: Vec<WhoCase<'p>>,
    below: Vec<CellName<'p>>,
}

#[derive(Debug, Serialize)]
struct CellName<'p> {
    task: &'p str,
    component: Option<&'p str>,
}

#[derive(Debug, Serialize)]
struct WhoCase<'p> {
    when: Alternatives<'p>,
    status: &'static str,
    letters: Map<&'static str, Vec<Held<'p>>>,
    nobody: Map<&'static str, NobodyReport<'p>>,
    within: Option<WithinReport<'p>>,
}

#[derive(Debug, Serialize)]
struct Held<'p> {
    party: &'p str,
    absent: bool,
    deputy: Option<&'p str>,
    because: Vec<Written<'p>>,
}

/// Why nobody holds a letter.
#[derive(Debug, Serialize)]
struct NobodyReport<'p> {
    why: &'static str,
    because: Vec<Written<'p>>,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum WithinReport<'p> {
    Text(&'p str),
    Limits(Vec<TimeReport<'p>>),
}

#[derive(Debug, Serialize)]
struct TimeReport<'p> {
    /// None where the limit is taken in all of the case.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    when: Alternatives<'p>,
    time: &'p str,
    hours: &'static str,
}

impl<'p> Who<'p> {
    /// The value of an answer, on a day where one is given.
    #[must_use]
    pub fn new(answer: &Answer<'p>, on: Option<Date>) -> Self {
        let policy = answer.policy();
        let model = policy.model();
        let cell = answer.cell();
        let name = |cell: crate::matrix::Cell| CellName {
            task: &model.task(cell.task).about.id,
            component: component(model, cell.component),
        };
        Self {
            version: VERSION,
            model: &model.about().id,
            task: name(cell).task,
            component: name(cell).component,
            context: context(model, answer.context()),
            on: on.map(|day| day.to_string()),
            absent: on.map(|day| Absent::all(policy, &policy.absent_among(&answer.parties(), day))),
            cases: answer.cases().iter().map(|each| case(policy, each, answer.letters(), on)).collect(),
            below: policy.below(cell, answer.context(), answer.letters()).into_iter().map(name).collect(),
        }
    }
}

fn case<'p>(policy: &'p Policy, case: &Case<'p>, letters: &[Letter], on: Option<Date>) -> WhoCase<'p> {
    let model = policy.model();
    let held = |holding: &Holding| {
        let absence = on.and_then(|day| policy.absence(holding.party, day));
        Held {
            party: party(model, holding.party),
            absent: absence.is_some(),
            deputy: absence.and_then(|absence| absence.deputy).map(|deputy| party(model, deputy)),
            because: holding.because.iter().map(|because| Written::because(policy, *because)).collect(),
        }
    };
    let mut holders = Vec::new();
    let mut nobody = Vec::new();
    for letter in letters {
        match case.outcome(*letter) {
            Outcome::Held(holdings) => holders.push((letter.as_str(), holdings.iter().map(held).collect())),
            Outcome::Nobody(why, because) => {
                let because = because.iter().map(|because| Written::because(policy, *because)).collect();
                nobody.push((letter.as_str(), NobodyReport { why: nobody_word(*why), because }));
            }
            Outcome::Silent => {}
        }
    }
    WhoCase {
        when: alternatives(model, &case.when),
        status: case.status.as_str(),
        letters: Map(holders),
        nobody: Map(nobody),
        within: within(model, &case.within),
    }
}

pub(super) fn nobody_word(why: Nobody) -> &'static str {
    match why {
        Nobody::Said => "said",
        Nobody::Unresolved => "unresolved",
    }
}

fn within<'p>(model: &'p Model, limits: &[Limit<'p>]) -> Option<WithinReport<'p>> {
    match limits {
        [] => None,
        [Limit::Text(text), ..] => Some(WithinReport::Text(text)),
        limits => {
            let time = |limit: &Limit<'p>| match limit {
                Limit::Time { limit, when } => {
                    Some(TimeReport { when: alternatives(model, when), time: &limit.time, hours: limit.hours.as_str() })
                }
                Limit::Text(_) => None,
            };
            Some(WithinReport::Limits(limits.iter().filter_map(time).collect()))
        }
    }
}
