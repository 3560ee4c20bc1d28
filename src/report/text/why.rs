//! `why` as lines: the answer, then every assignment in rank order with what it did, then what came near.

use std::fmt;

use super::who::{citation_words, place_words};
use crate::document::Letter;
use crate::matrix::{Nobody, Outcome, Status};
use crate::model::{ComponentId, Model, PartyRef};
use crate::query::{Effect, Near, NearReason, NotThere, Outranked, Step, Why, WhyCase};
use crate::words::{alternatives, cell_words};

/// How many assignments that came near are shown; the rest are counted.
const NEAR: usize = 8;

impl fmt::Display for Why<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let model = self.policy.model();
        let whole = if self.cell.component == ComponentId::SYSTEM { " at the whole system" } else { "" };
        write!(f, "{} {}{whole}", opening(self.letter), cell_words(model, self.cell))?;
        for case in &self.cases {
            write!(f, "\n\n")?;
            if !case.when.is_empty() {
                write!(f, "When {}: ", alternatives(model, &case.when))?;
            }
            write!(f, "{}", outcome(model, case))?;
            for place in &case.not_there {
                write!(f, "\n  {}", self.not_there(*place))?;
            }
            for (nth, step) in case.steps.iter().enumerate() {
                write!(f, "\n  {}. {}", nth + 1, self.step(step, case))?;
            }
            // Where the cell is not there, nothing comes near to applying.
            if case.status == Status::NotApplicable {
                continue;
            }
            if !case.near.is_empty() {
                write!(f, "\n  Near, but not applying:")?;
            } else if case.steps.is_empty() && case.not_there.is_empty() {
                write!(f, "\n  No assignment of this task, or of one above or below, speaks of {}.", self.letter.as_str())?;
            }
            for near in case.near.iter().take(NEAR) {
                write!(f, "\n  -  {}", self.near(near))?;
            }
            if case.near.len() > NEAR {
                write!(f, "\n  -  and {} more", case.near.len() - NEAR)?;
            }
        }
        Ok(())
    }
}

fn outcome(model: &Model, case: &WhyCase) -> String {
    let parties: Vec<String> = case.outcome.parties().map(|id| format!("`{}`", model.party(id).about.id)).collect();
    match (&case.outcome, case.status) {
        (_, Status::NotApplicable) => "not applicable: the task or the component is not there.".to_owned(),
        (Outcome::Held(_), _) => match case.implied {
            Some(letter) => format!("{}, implied by {}.", parties.join(", "), letter.as_str()),
            None => format!("{}.", parties.join(", ")),
        },
        (Outcome::Nobody(Nobody::Said, _), _) => "nobody, said on purpose.".to_owned(),
        (Outcome::Nobody(Nobody::Unresolved, _), _) => "nobody: the relation names no one here.".to_owned(),
        (Outcome::Silent, _) => match case.implied {
            Some(Letter::Accountable) => "the model is silent, and A, which would imply it, has no party.".to_owned(),
            Some(_) => "the model is silent, and R, which would imply it, has not exactly one party.".to_owned(),
            None => "the model is silent.".to_owned(),
        },
    }
}

impl Why<'_> {
    fn step(&self, step: &Step, case: &WhyCase) -> String {
        let model = self.policy.model();
        let assignment = model.assignment(step.assignment);
        let letter = case.implied.unwrap_or(self.letter);
        let adds = step.effect == Effect::Adds;
        let said = assignment.clauses.iter().filter(|clause| clause.adds == adds && clause.letters.contains(letter));
        let refs: Vec<String> = said.flat_map(|clause| clause.parties.iter()).map(|party| reference(model, party)).collect();
        let refs = if refs.is_empty() { "[]".to_owned() } else { refs.join(", ") };
        let plus = if adds { "+" } else { "" };
        let effect = match step.effect {
            Effect::Decides => "decides".to_owned(),
            Effect::Adds => "adds".to_owned(),
            Effect::Overridden { by, because } => {
                let nth = case.steps.iter().position(|other| other.assignment == by && other.effect == Effect::Decides);
                let by = nth.map_or("another".to_owned(), |nth| (nth + 1).to_string());
                format!("overridden by {by}, {}", outranked(because))
            }
        };
        let place = place(model, step);
        let condition = assignment.when.alternative(model);
        let when = if condition.is_empty() { String::new() } else { format!(" when {}", alternatives(model, &vec![condition])) };
        format!("{effect}: {}{plus}: {refs} at {place}{when}\n     {}", letter.as_str(), self.written(&assignment))
    }

    /// The condition of a place that is not there, and where it is declared.
    fn not_there(&self, place: NotThere) -> String {
        let model = self.policy.model();
        let (what, about, when) = match place {
            NotThere::Task(id) => ("task", &model.task(id).about, &model.task(id).when),
            NotThere::Component(id) => ("component", &model.component(id).about, &model.component(id).when),
        };
        let when = when.as_ref().map(|when| alternatives(model, &vec![when.alternative(model)])).unwrap_or_default();
        let at = self.policy.place(about.span);
        format!("{what} `{}` is there only when {when}\n     {}:{}:{}", about.id, at.file, at.start.line, at.start.column)
    }

    fn near(&self, near: &Near) -> String {
        let model = self.policy.model();
        let assignment = model.assignment(near.assignment);
        let reason = match near.reason {
            NearReason::Condition => {
                format!("holds only when {}", alternatives(model, &vec![assignment.when.alternative(model)]))
            }
            NearReason::Component(id) => {
                format!("is about component `{}`", model.component(id).about.id)
            }
            NearReason::Task(id) => format!("is about task `{}`, below", model.task(id).about.id),
        };
        format!("{reason}\n     {}", self.written(&assignment))
    }

    /// Where it stands, how sure and how binding it is, and what it cites.
    fn written(&self, assignment: &crate::model::Assignment<'_>) -> String {
        let model = self.policy.model();
        let note = assignment.note.as_ref().map(|note| format!("\n     note: {}", note.trim_end())).unwrap_or_default();
        let (basis, force) = (assignment.basis.as_str(), assignment.force.as_str());
        format!("{}; {basis}, {force}{}{note}", place_words(self.policy, assignment), citation_words(model, assignment))
    }
}

fn reference(model: &Model, party: PartyRef) -> String {
    match party {
        PartyRef::Party(id) => model.party(id).about.id.to_string(),
        PartyRef::Relation(relation) => format!("${}", model.relation(relation)),
    }
}

fn place(model: &Model, step: &Step) -> String {
    let task = &model.task(step.task).about.id;
    let task = if task.is_empty() { "every task".to_owned() } else { format!("`{task}`") };
    match step.component {
        ComponentId::SYSTEM => format!("{task}, everywhere"),
        id => format!("{task}, `{}`", model.component(id).about.id),
    }
}

fn outranked(because: Outranked) -> &'static str {
    match because {
        Outranked::Task => "whose task lies deeper",
        Outranked::Component => "whose component lies deeper",
        Outranked::Condition => "whose condition is narrower",
        Outranked::Layer => "which stands in a later document",
    }
}

/// The words before what is asked about.
fn opening(letter: Letter) -> &'static str {
    match letter {
        Letter::Responsible => "Responsible for",
        Letter::Accountable => "Accountable for",
        Letter::Support => "Support for",
        Letter::Consulted => "Consulted on",
        Letter::Informed => "Informed of",
    }
}
