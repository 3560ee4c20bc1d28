//! `flow` and `escalation` as values.

use serde::Serialize;

use super::VERSION;
use super::parts::{Alternatives, Map, Written, all_because, alternatives, component, context, parties, party, task};
use crate::document::Letter;
use crate::model::{Flow, Model, PartyId};
use crate::policy::Policy;
use crate::query::{Asked, GapWhy, Handing, How, Route, Stop, StopCase, Travel};

/// How cases travel through flows.
#[derive(Debug, Serialize)]
pub struct FlowReport<'p> {
    version: u32,
    model: &'p str,
    context: Map<&'p str, &'p str>,
    on: Option<String>,
    flows: Vec<FlowEntry<'p>>,
}

#[derive(Debug, Serialize)]
struct FlowEntry<'p> {
    flow: &'p str,
    title: Option<&'p str>,
    steps: Vec<StepEntry<'p>>,
    handovers: Vec<HandoverEntry<'p>>,
    loops: Vec<Vec<&'p str>>,
    paths: Vec<PathEntry<'p>>,
    certain: Vec<&'p str>,
    complete: bool,
}

#[derive(Debug, Serialize)]
struct StepEntry<'p> {
    step: &'p str,
    title: Option<&'p str>,
    task: Option<&'p str>,
    component: Option<&'p str>,
    then: Vec<&'p str>,
    cases: Vec<StepCase<'p>>,
}

#[derive(Debug, Serialize)]
struct StepCase<'p> {
    when: Alternatives<'p>,
    status: &'static str,
    letters: Map<&'static str, Vec<&'p str>>,
    nobody: Option<&'static str>,
    because: Vec<Written<'p>>,
}

#[derive(Debug, Serialize)]
struct HandoverEntry<'p> {
    from: &'p str,
    to: &'p str,
    cases: Vec<HandoverCase<'p>>,
}

#[derive(Debug, Serialize)]
struct HandoverCase<'p> {
    when: Alternatives<'p>,
    from: Vec<&'p str>,
    to: Vec<&'p str>,
    handing: &'static str,
}

#[derive(Debug, Serialize)]
struct PathEntry<'p> {
    steps: Vec<&'p str>,
    length: usize,
    when: Alternatives<'p>,
}

/// Who hands over to whom when a case escalates.
#[derive(Debug, Serialize)]
pub struct EscalationReport<'p> {
    version: u32,
    model: &'p str,
    from: Option<&'p str>,
    task: Option<&'p str>,
    component: Option<&'p str>,
    context: Map<&'p str, &'p str>,
    on: Option<String>,
    escalations: Vec<RouteEntry<'p>>,
}

#[derive(Debug, Serialize)]
struct RouteEntry<'p> {
    escalation: &'p str,
    enters: Option<&'static str>,
    parties: Vec<RungEntry<'p>>,
}

#[derive(Debug, Serialize)]
struct RungEntry<'p> {
    party: &'p str,
    cases: Vec<RungCase<'p>>,
}

#[derive(Debug, Serialize)]
struct RungCase<'p> {
    when: Alternatives<'p>,
    letters: Vec<&'static str>,
}

impl<'p> FlowReport<'p> {
    /// The value of how cases travel.
    #[must_use]
    pub fn new(policy: &'p Policy, asked: &Asked, travels: &[Travel]) -> Self {
        let model = policy.model();
        let flow = |travel: &Travel| Some(entry(policy, model.flows().get(travel.flow)?, travel));
        Self {
            version: VERSION,
            model: &model.about().id,
            context: context(model, &asked.context),
            on: asked.on.map(|day| day.to_string()),
            flows: travels.iter().filter_map(flow).collect(),
        }
    }
}

impl<'p> EscalationReport<'p> {
    /// The value of the escalations from a party on, at a cell.
    #[must_use]
    pub fn new(
        policy: &'p Policy,
        from: Option<PartyId>,
        cell: Option<crate::matrix::Cell>,
        asked: &Asked,
        routes: &[Route],
    ) -> Self {
        let model = policy.model();
        let entry = |route: &Route| {
            let rungs = route.rungs.iter().map(|rung| RungEntry {
                party: party(model, rung.party),
                cases: rung
                    .cases
                    .iter()
                    .map(|case| RungCase {
                        when: alternatives(model, &case.when),
                        letters: case.letters.iter().copied().map(Letter::as_str).collect(),
                    })
                    .collect(),
            });
            let escalation = model.escalations().get(route.escalation)?;
            Some(RouteEntry { escalation: &escalation.id, enters: route.enters.map(How::as_str), parties: rungs.collect() })
        };
        Self {
            version: VERSION,
            model: &model.about().id,
            from: from.map(|id| party(model, id)),
            task: cell.and_then(|cell| task(model, cell.task)),
            component: cell.and_then(|cell| component(model, cell.component)),
            context: context(model, &asked.context),
            on: asked.on.map(|day| day.to_string()),
            escalations: routes.iter().filter_map(entry).collect(),
        }
    }
}

fn entry<'p>(policy: &'p Policy, flow: &'p Flow, travel: &Travel) -> FlowEntry<'p> {
    let model = policy.model();
    let id = |nth: &usize| flow.steps.get(*nth).map_or("", |step| step.about.id.as_ref());
    let ids = |steps: &[usize]| steps.iter().map(id).collect::<Vec<_>>();
    let steps = flow.steps.iter().zip(&travel.stops).map(|(step, stop): (_, &Stop)| StepEntry {
        step: &step.about.id,
        title: step.about.title.as_deref(),
        task: step.task.and_then(|id| task(model, id)),
        component: component(model, step.component),
        then: ids(&step.then),
        cases: stop.cases.iter().map(|case| step_case(policy, model, case)).collect(),
    });
    let handovers = travel.handovers.iter().map(|handover| HandoverEntry {
        from: id(&handover.from),
        to: id(&handover.to),
        cases: handover
            .cases
            .iter()
            .map(|case| HandoverCase {
                when: alternatives(model, &case.when),
                from: parties(model, &case.from),
                to: parties(model, &case.to),
                handing: Handing::as_str(case.handing),
            })
            .collect(),
    });
    let paths = travel.paths.iter().map(|path| PathEntry {
        steps: ids(&path.steps),
        length: path.steps.len(),
        when: alternatives(model, &path.when),
    });
    FlowEntry {
        flow: &flow.about.id,
        title: flow.about.title.as_deref(),
        steps: steps.collect(),
        handovers: handovers.collect(),
        loops: travel.loops.iter().map(|steps| ids(steps)).collect(),
        paths: paths.collect(),
        certain: ids(&travel.certain),
        complete: travel.complete,
    }
}

fn step_case<'p>(policy: &'p Policy, model: &'p Model, case: &StopCase) -> StepCase<'p> {
    StepCase {
        when: alternatives(model, &case.when),
        status: case.status.as_str(),
        letters: Map(case.letters.iter().map(|(letter, held)| (letter.as_str(), parties(model, held))).collect()),
        nobody: case.nobody.map(GapWhy::as_str),
        because: all_because(policy, &case.because),
    }
}
