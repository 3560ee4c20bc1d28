//! Every assigned cell of a policy in every case, looked at once; cells that are alike are looked at together.

use std::collections::HashMap;

use super::Finding;
use crate::document::Letter;
use crate::matrix::{Cell, CellView, Decided, Nobody, Outcome, Status, Via, cases};
use crate::model::{AssignmentId, ComponentId, Context, Handle, TaskId, When};
use crate::policy::Policy;
use crate::words::{cell_words, when_words};

/// What a lint looks at.
pub(super) struct Survey<'p> {
    pub(super) policy: &'p Policy,
    assigned: Vec<AssignedCase>,
}

/// A case in which a cell, and those alike, are assigned.
pub(super) struct AssignedCase {
    /// The first of the cells that are alike.
    pub(super) cell: Cell,
    /// How many cells are alike.
    count: usize,
    pub(super) when: When,
    decided: Decided,
}

impl AssignedCase {
    pub(super) fn outcome(&self, letter: Letter) -> &Outcome {
        let [responsible, accountable, support, consulted, informed] = &self.decided.letters;
        match letter {
            Letter::Responsible => responsible,
            Letter::Accountable => accountable,
            Letter::Support => support,
            Letter::Consulted => consulted,
            Letter::Informed => informed,
        }
    }

    /// Whether a letter that should have a party has none by mistake: not where it was given to `[]`, nor in a
    /// whole-system cell where an unresolved `$relation` decides it, which stands for somebody at a component.
    pub(super) fn lacks(&self, letter: Letter) -> bool {
        match self.outcome(letter) {
            Outcome::Held(_) | Outcome::Nobody(Nobody::Said, _) => false,
            Outcome::Nobody(Nobody::Unresolved, _) => self.cell.component != ComponentId::SYSTEM,
            Outcome::Silent => true,
        }
    }

    /// The assignments that give the cell a letter, those of the letter first where it has any.
    pub(super) fn causes(&self, letter: Letter) -> impl Iterator<Item = AssignmentId> + '_ {
        let all = Letter::ALL.into_iter().filter(move |other| *other != letter);
        std::iter::once(letter)
            .chain(all)
            .flat_map(|letter| match self.outcome(letter) {
                Outcome::Held(holdings) => holdings.iter().flat_map(|holding| &holding.because).copied().collect(),
                Outcome::Nobody(_, because) => because.clone(),
                Outcome::Silent => Vec::new(),
            })
            .filter(|because| !matches!(because.via, Via::Implied(_)))
            .map(|because| because.assignment)
    }
}

impl<'p> Survey<'p> {
    pub(super) fn new(policy: &'p Policy) -> Self {
        let mut assigned = Vec::new();
        let mut tasks: Vec<(TaskId, TaskId, usize)> = Vec::new();
        let mut components: Vec<(ComponentId, ComponentId, usize)> = vec![(ComponentId::SYSTEM, ComponentId::SYSTEM, 1)];
        let alike = |cell: Cell| policy.matrix().representative(cell);
        let mut known: HashMap<TaskId, usize> = HashMap::new();
        for (task, _) in policy.model().tasks() {
            let class = alike(Cell { task, component: ComponentId::SYSTEM }).task;
            let at = *known.entry(class).or_insert(tasks.len());
            match tasks.get_mut(at) {
                Some((.., count)) => *count += 1,
                None => tasks.push((class, task, 1)),
            }
        }
        // The whole system is told apart from components that are like it: what stands for nobody there may be right.
        let mut known: HashMap<ComponentId, usize> = HashMap::new();
        for (component, _) in policy.model().components() {
            let class = alike(Cell { task: TaskId::ALL, component }).component;
            let at = *known.entry(class).or_insert(components.len());
            match components.get_mut(at) {
                Some((.., count)) => *count += 1,
                None => components.push((class, component, 1)),
            }
        }
        let open = Context::default();
        for (_, task, of_tasks) in &tasks {
            for (_, component, of_components) in &components {
                let cell = Cell { task: *task, component: *component };
                let view = CellView { cell, applying: policy.view(cell).applying };
                let space = view.space(policy.model(), policy.matrix(), &open);
                let found = cases(&space, |combination| view.decide(policy.model(), combination)).into_iter();
                let found = found.filter(|(_, decided)| decided.status == Status::Assigned);
                assigned.extend(found.map(|(when, decided)| AssignedCase {
                    cell,
                    count: of_tasks * of_components,
                    when,
                    decided,
                }));
            }
        }
        Self { policy, assigned }
    }

    /// One finding for each assignment that `cause` names, told at its first cell, with the number of the others.
    pub(super) fn findings(
        &self,
        cause: impl Fn(&AssignedCase) -> Option<AssignmentId>,
        message: impl Fn(&AssignedCase, &str) -> String,
        help: &str,
    ) -> Vec<Finding> {
        let mut grouped: Vec<(AssignmentId, Vec<&AssignedCase>)> = Vec::new();
        let mut known: HashMap<AssignmentId, usize> = HashMap::new();
        for case in &self.assigned {
            let Some(cause) = cause(case) else { continue };
            let at = *known.entry(cause).or_insert(grouped.len());
            match grouped.get_mut(at) {
                Some((_, cases)) => cases.push(case),
                None => grouped.push((cause, vec![case])),
            }
        }
        let tell = |(cause, cases): (AssignmentId, Vec<&AssignedCase>)| {
            let first = cases.first()?;
            let mut cells: Vec<(Cell, usize)> = cases.iter().map(|case| (case.cell, case.count)).collect();
            cells.sort_by_key(|(cell, _)| (cell.task.place(), cell.component.place()));
            cells.dedup();
            let others = cells.iter().map(|(_, count)| count).sum::<usize>().saturating_sub(1);
            let model = self.policy.model();
            let place = format!("{}{}", cell_words(model, first.cell), when_words(model, &first.when));
            let more = match others {
                0 => String::new(),
                1 => ", and in one more cell".to_owned(),
                others => format!(", and in {others} more cells"),
            };
            let span = model.assignment(cause).span;
            Some(Finding { span, message: message(first, &format!("{place}{more}")), help: help.to_owned() })
        };
        grouped.into_iter().filter_map(tell).collect()
    }
}
