//! `flow`: who acts at each step of a flow, who hands over to whom, where it goes round, and the paths through it.

use jiff::civil::Date;

use super::gaps::GapWhy;
use super::survey::{Asked, because};
use crate::document::Letter;
use crate::error::QueryError;
use crate::matrix::{Because, Cell, CellView, Decided, Region, Status, cases};
use crate::model::{Combination, Condition, Context, Flow, Model, PartyId, Presence, Step, When, paths, unknown};
use crate::policy::Policy;

/// How a case travels through a flow. Steps are places in the flow's list of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Travel {
    /// The place of the flow in [`Model::flows`].
    pub flow: usize,
    /// Who acts at each step.
    pub stops: Vec<Stop>,
    /// Each step and each that may follow it.
    pub handovers: Vec<Handover>,
    /// Each path round that passes no step twice, from its first step on.
    pub loops: Vec<Vec<usize>>,
    /// Each path from the first step to a last one that passes no step twice, the shortest first.
    pub paths: Vec<FlowPath>,
    /// The steps that every case takes: they lie on every path, and are taken whatever is left open.
    pub certain: Vec<usize>,
    /// Whether these are all loops and paths; there may be more than anybody can list.
    pub complete: bool,
}

/// Who acts at a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stop {
    /// The cell of the step; none of a step without a task.
    pub cell: Option<Cell>,
    /// The cases in which the step is taken; none of a step without a task.
    pub cases: Vec<StopCase>,
}

/// One case of a step.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct StopCase {
    /// When it holds; none means always.
    pub when: When,
    /// What the cell of the step says.
    pub status: Status,
    /// The letters that have parties, each with those. Who is responsible acts.
    pub letters: Vec<(Letter, Vec<PartyId>)>,
    /// Why nobody acts, where that is so.
    pub nobody: Option<GapWhy>,
    /// Why those act who do, or why nobody does.
    pub because: Vec<Because>,
}

/// A step and one that may follow it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handover {
    /// The step before.
    pub from: usize,
    /// The step after.
    pub to: usize,
    /// The cases in which both are taken; none where one of them has no task.
    pub cases: Vec<HandoverCase>,
}

/// One case of a handover.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct HandoverCase {
    /// When it holds; none means always.
    pub when: When,
    /// Who acts before.
    pub from: Vec<PartyId>,
    /// Who acts after.
    pub to: Vec<PartyId>,
    /// What becomes of the case.
    pub handing: Handing,
}

/// What becomes of a case from one step to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Handing {
    /// It stays with parties that acted before.
    Stays,
    /// A party comes in that did not act before.
    Passes,
    /// It comes to a step at which nobody acts.
    Lost,
}

/// A path through a flow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlowPath {
    /// Its steps.
    pub steps: Vec<usize>,
    /// When all of them are taken; none means always.
    pub when: When,
}

impl Handing {
    /// The word that front ends show.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Stays => "stays",
            Self::Passes => "passes",
            Self::Lost => "lost",
        }
    }
}

impl StopCase {
    /// The parties that act: who is responsible.
    #[must_use]
    pub fn acts(&self) -> &[PartyId] {
        self.letters.iter().find(|(letter, _)| *letter == Letter::Responsible).map_or(&[], |(_, parties)| parties)
    }
}

impl Policy {
    /// How a case travels through the flow at this place among [`Model::flows`]; none where there is no such place. Of
    /// the letters asked for only those are answered with; who acts is always told.
    ///
    /// ```
    /// # use rasci::{Policy, query::{Asked, Handing}};
    /// let policy = Policy::parse("model.yaml", "
    /// rasci: 1
    /// id: example
    /// parties: { helpdesk: {}, vendor: {} }
    /// tasks: { log: { assign: [{ R: helpdesk }] }, restore: { assign: [{ R: vendor }] } }
    /// flows: { case: { steps: [{ id: first, task: log, then: second }, { id: second, task: restore, then: first }] } }
    /// ")?;
    /// let travel = policy.travel(0, &Asked::default()).expect("a flow");
    /// assert_eq!(travel.handovers[0].cases[0].handing, Handing::Passes);
    /// assert_eq!(travel.loops, [[0, 1]]);
    /// assert!(travel.paths.is_empty(), "it never ends");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn travel(&self, flow: usize, asked: &Asked) -> Option<Travel> {
        let model = self.model();
        let it = model.flows().get(flow)?;
        let next: Vec<&[usize]> = it.steps.iter().map(|step| step.then.as_slice()).collect();
        let (loops, every_loop) = paths::loops(&next);
        let (paths, every_path) = paths::paths(&next, 0);
        let path = |steps: Vec<usize>| {
            let taken = steps.iter().filter_map(|nth| it.steps.get(*nth));
            let region = taken.fold(Region::Always, |all, step| all.and(&taken_when(model, step, &asked.context)));
            region.when().map(|when| FlowPath { steps, when })
        };
        let always = |nth: usize| it.steps.get(nth).is_some_and(|step| taken_when(model, step, &asked.context) == Region::Always);
        let handovers = it.steps.iter().enumerate().flat_map(|(from, step)| step.then.iter().map(move |to| (from, *to)));
        Some(Travel {
            flow,
            stops: it.steps.iter().map(|step| self.stop(step, asked)).collect(),
            handovers: handovers.map(|(from, to)| self.handover(it, from, to, asked)).collect(),
            loops,
            paths: paths.into_iter().filter_map(path).collect(),
            certain: paths::on_every_path(&next).into_iter().filter(|nth| always(*nth)).collect(),
            complete: every_loop && every_path,
        })
    }

    /// The place of the flow of this id in [`Model::flows`].
    ///
    /// # Errors
    /// Where there is none; the error names the nearest.
    pub fn flow(&self, id: &str) -> Result<usize, QueryError> {
        let flows = self.model().flows();
        let place = flows.iter().position(|flow| *flow.about.id == *id);
        place.ok_or_else(|| unknown("flow", id, flows.iter().map(|flow| flow.about.id.as_ref())))
    }

    fn stop(&self, step: &Step, asked: &Asked) -> Stop {
        let Some((cell, view)) = self.step_view(step) else { return Stop { cell: None, cases: Vec::new() } };
        let model = self.model();
        let presence = Presence::new(model, asked.on);
        let conditions = view.conditions(model).chain(std::iter::once(&step.when));
        let space = self.matrix().space(model, &asked.context, conditions);
        let found = cases(&space, |combination| {
            step.when.holds(combination).then(|| {
                let decided = view.decide(model, combination);
                let acting = decided.outcome(Letter::Responsible);
                let letters =
                    Letter::ALL.into_iter().filter(|letter| *letter == Letter::Responsible || asked.letters.contains(letter));
                let held = letters.map(|letter| (letter, decided.outcome(letter).parties().collect::<Vec<_>>()));
                let held: Vec<_> = held.filter(|(_, parties)| !parties.is_empty()).collect();
                (decided.status, held, GapWhy::of(acting, &presence), because(acting))
            })
        });
        let case = |(when, found): (When, Option<_>)| {
            found.map(|(status, letters, nobody, because)| StopCase { when, status, letters, nobody, because })
        };
        Stop { cell: Some(cell), cases: found.into_iter().filter_map(case).collect() }
    }

    fn handover(&self, flow: &Flow, from: usize, to: usize, asked: &Asked) -> Handover {
        let none = Handover { from, to, cases: Vec::new() };
        let (Some(before), Some(after)) = (flow.steps.get(from), flow.steps.get(to)) else { return none };
        let (Some((_, first)), Some((_, second))) = (self.step_view(before), self.step_view(after)) else { return none };
        let model = self.model();
        let conditions = first.conditions(model).chain(second.conditions(model)).chain([&before.when, &after.when]);
        let space = self.matrix().space(model, &asked.context, conditions);
        let acting = |view: &CellView, combination: &Combination| -> Vec<PartyId> {
            let decided: Decided = view.decide(model, combination);
            decided.outcome(Letter::Responsible).parties().collect()
        };
        let found = cases(&space, |combination| {
            let both = before.when.holds(combination) && after.when.holds(combination);
            both.then(|| (acting(&first, combination), acting(&second, combination)))
        });
        let taken = found.into_iter().filter_map(|(when, found)| Some((when, found?)));
        let case = |(when, (from, to)): (When, (Vec<PartyId>, Vec<PartyId>))| HandoverCase {
            when,
            handing: handing(model, asked.on, &from, &to),
            from,
            to,
        };
        Handover { from, to, cases: taken.map(case).collect() }
    }

    fn step_view(&self, step: &Step) -> Option<(Cell, CellView)> {
        let cell = Cell { task: step.task?, component: step.component };
        Some((cell, self.view(cell)))
    }
}

fn handing(model: &Model, on: Option<Date>, from: &[PartyId], to: &[PartyId]) -> Handing {
    if to.is_empty() || Presence::new(model, on).lacks_all(to.iter().copied()) {
        Handing::Lost
    } else if to.iter().all(|party| from.contains(party)) {
        Handing::Stays
    } else {
        Handing::Passes
    }
}

/// The combinations of a context in which a step is taken. What is asked with is not said again.
fn taken_when(model: &Model, step: &Step, context: &Context) -> Region {
    let alternative = Condition::alternative(&step.when, model);
    let asked = |(dimension, values): &(_, Vec<usize>)| context.value(*dimension).map(|value| values.contains(&value));
    if alternative.iter().any(|each| asked(each) == Some(false)) {
        return Region::Never;
    }
    let open: Vec<_> = alternative.into_iter().filter(|each| asked(each).is_none()).collect();
    if open.is_empty() { Region::Always } else { Region::of(model, &vec![open]) }
}
