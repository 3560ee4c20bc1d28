//! `flow` and `escalation` as lines: each step with who acts and who comes next, then the loops and the paths.

use std::fmt::Write;

use super::blocks::{absent_words, asked_words, ids, places, titled};
use crate::document::Letter;
use crate::matrix::{Cell, Status};
use crate::model::{Flow, Model, PartyId, When};
use crate::policy::Policy;
use crate::query::{Asked, GapWhy, Handing, How, Route, Stop, StopCase, Travel};
use crate::words::{alternatives, cell_words, when_words};

/// `flow` as text: a block for each flow.
#[must_use]
pub fn flow_text(policy: &Policy, asked: &Asked, travels: &[Travel]) -> String {
    if travels.is_empty() {
        return "The model has no flows.\n".to_owned();
    }
    let flow = |travel: &Travel| Some(one(policy, policy.model().flows().get(travel.flow)?, asked, travel));
    travels.iter().filter_map(flow).collect::<Vec<_>>().join("\n")
}

fn one(policy: &Policy, flow: &Flow, asked: &Asked, travel: &Travel) -> String {
    let model = policy.model();
    let id = |nth: &usize| flow.steps.get(*nth).map_or("", |step| step.about.id.as_ref());
    let mut text = format!("{}{}\n", titled(&flow.about), asked_words(model, asked));
    for (nth, (step, stop)) in flow.steps.iter().zip(&travel.stops).enumerate() {
        let does = stop.cell.map_or("no task".to_owned(), |cell| cell_words(model, cell));
        let when = when_words(model, &vec![step.when.alternative(model)].into_iter().filter(|each| !each.is_empty()).collect());
        let _ = writeln!(text, "\n{}: {does}{when}", titled(&step.about));
        stop_lines(&mut text, policy, asked, stop);
        for handover in travel.handovers.iter().filter(|handover| handover.from == nth) {
            let next = id(&handover.to);
            let known =
                [handover.from, handover.to].iter().all(|nth| travel.stops.get(*nth).is_some_and(|stop| stop.cell.is_some()));
            if handover.cases.is_empty() && !known {
                let _ = writeln!(text, "  then `{next}`");
            }
            for case in &handover.cases {
                let to = ids(model, &case.to);
                let how = match case.handing {
                    Handing::Stays => format!("stays with {to}"),
                    Handing::Passes if case.from.is_empty() => format!("comes to {to}"),
                    Handing::Passes => format!("passes from {} to {to}", ids(model, &case.from)),
                    Handing::Lost if case.to.is_empty() => "comes to nobody".to_owned(),
                    Handing::Lost => format!("comes to {to}, who is not there"),
                };
                let _ = writeln!(text, "  then `{next}`, the case {how}{}", when_words(model, &case.when));
            }
        }
    }
    text.push('\n');
    let all = |steps: &[usize]| steps.iter().map(|nth| format!("`{}`", id(nth))).collect::<Vec<_>>().join(", ");
    for path in &travel.paths {
        let (count, plural) = (path.steps.len(), if path.steps.len() == 1 { "" } else { "s" });
        let _ = writeln!(text, "Path of {count} step{plural}{}: {}", when_words(model, &path.when), all(&path.steps));
    }
    for steps in &travel.loops {
        let _ = writeln!(text, "Goes round: {}, and {} again", all(steps), all(steps.get(..1).unwrap_or_default()));
    }
    if !travel.certain.is_empty() {
        let _ = writeln!(text, "Every case takes: {}", all(&travel.certain));
    }
    if travel.paths.is_empty() {
        text.push_str("No path comes to an end.\n");
    }
    if !travel.complete {
        text.push_str("There are more paths or loops than can be listed.\n");
    }
    text
}

fn stop_lines(text: &mut String, policy: &Policy, asked: &Asked, stop: &Stop) {
    let model = policy.model();
    if stop.cell.is_some() && stop.cases.is_empty() {
        text.push_str("  not taken\n");
    }
    for case in &stop.cases {
        let who =
            if case.acts().is_empty() { nobody_words(case).to_owned() } else { format!("{} acts", ids(model, case.acts())) };
        let who = if case.acts().len() > 1 { format!("{} act", ids(model, case.acts())) } else { who };
        let absent = absent_words(policy, case.acts(), asked.on);
        let _ = writeln!(text, "  {}{who}{absent}", before(model, &case.when));
        places(text, policy, &case.because);
        let others = case.letters.iter().filter(|(letter, _)| *letter != Letter::Responsible);
        for (letter, parties) in others {
            let _ = writeln!(text, "    {}: {}", letter.as_str(), ids(model, parties));
        }
    }
}

fn nobody_words(case: &StopCase) -> &'static str {
    match (case.status, case.nobody) {
        (Status::NotApplicable, _) => "nobody acts: the task or the component is not there",
        (_, Some(GapWhy::Nobody)) => "nobody acts, said on purpose",
        (_, Some(GapWhy::Unresolved)) => "nobody acts: the relation names nobody there",
        _ => "nobody acts: the model is silent",
    }
}

/// `when priority is P1: `, before what holds then.
fn before(model: &Model, when: &When) -> String {
    if when.is_empty() { String::new() } else { format!("when {}: ", alternatives(model, when)) }
}

/// `escalation` as text: a block for each escalation, a line for each party and what it holds.
#[must_use]
pub fn escalation_text(policy: &Policy, from: Option<PartyId>, cell: Option<Cell>, asked: &Asked, routes: &[Route]) -> String {
    let model = policy.model();
    if routes.is_empty() {
        let party = from.map(|id| format!(" from {}", ids(model, &[id]))).unwrap_or_default();
        return format!("No escalation{party}{}.\n", asked_words(model, asked));
    }
    let place = cell.map_or("anywhere".to_owned(), |cell| format!("for {}", cell_words(model, cell)));
    let block = |route: &Route| {
        let escalation = model.escalations().get(route.escalation)?;
        let mut text = format!("{}, and what each holds {place}{}\n", escalation.id, asked_words(model, asked));
        let enters = from.zip(route.enters.filter(|how| *how != How::Named));
        if let Some((party, how)) = enters {
            let first = route.rungs.first().map(|rung| ids(model, &[rung.party])).unwrap_or_default();
            let as_what = if how == How::AsMember { "as a member of" } else { "through its part" };
            let _ = writeln!(text, "{} enters {as_what} {first}", ids(model, &[party]));
        }
        text.push('\n');
        for (nth, rung) in route.rungs.iter().enumerate() {
            let absent = absent_words(policy, &[rung.party], asked.on);
            let _ = writeln!(text, "  {}. {}{absent}", nth + 1, titled(&model.party(rung.party).about));
            for case in &rung.cases {
                let letters: Vec<&str> = case.letters.iter().map(|letter| letter.as_str()).collect();
                let held = if letters.is_empty() { "holds nothing".to_owned() } else { letters.join(", ") };
                let _ = writeln!(text, "     {}{held}", before(model, &case.when));
            }
        }
        Some(text)
    };
    routes.iter().filter_map(block).collect::<Vec<_>>().join("\n")
}
