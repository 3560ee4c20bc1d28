//! One pass over the cells that lints must look at. What each lint finds is kept once for each cause, where it first shows.

use std::collections::{HashMap, HashSet};

use super::ambiguous_assignment::partner;
use super::ground::Ground;
use super::hits::{Hit, InCells, Words, apart};
use super::look::Look;
use super::sets::Set;
use super::{Find, Finding, Lint};
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::{Letter, PartyKind};
use crate::matrix::Cell;
use crate::model::{AssignmentId, Handle, Model, PartyId, TaskId};
use crate::policy::Policy;

/// So many cells are looked at, in all, before the lints give up.
const MOST_LOOKS: usize = 2_000_000;

/// So many of those for lints that also ask for what others outrank.
const MOST_OUTRANKED: usize = 1_000_000;

/// What lints look at, and what one look at each cell gave.
pub(super) struct Survey<'p> {
    pub(super) policy: &'p Policy,
    /// None where there is too much to lay it out.
    pub(super) ground: Option<Ground<'p>>,
    /// The assignments that take part in a letter of some cell.
    pub(super) took_part: Vec<bool>,
    /// The tasks in a cell of which somebody, or nobody on purpose, is named.
    pub(super) said: Vec<bool>,
    /// The parties named in a cell.
    pub(super) named: HashSet<PartyId>,
    /// Every set of parties that is responsible, or accountable, together, in a model with persons; and where first.
    pub(super) together: HashMap<(Letter, Vec<PartyId>), Cell>,
    found: HashMap<(&'static str, AssignmentId, Words), Places>,
    /// How many looks are left to say how far findings reach.
    looks: std::cell::Cell<usize>,
    /// The lints that would have to look at more cells than they may.
    too_wide: Vec<&'static str>,
    /// Why cells were not looked at, where they were not.
    too_many: Option<String>,
}

/// The cells in which a finding shows first, each with when.
type Places = Vec<(Cell, Set)>;

impl<'p> Survey<'p> {
    /// Looks at the cells of a policy for these lints.
    pub(super) fn new(policy: &'p Policy, lints: &[&'static Lint]) -> Self {
        let model = policy.model();
        let (ground, too_many) = match Ground::new(policy) {
            Ok(ground) => (Some(ground), None),
            Err(pairs) => (None, Some(format!("the assignments stand at {pairs} pairs of a task and a component"))),
        };
        let mut survey = Self {
            policy,
            ground: None,
            took_part: vec![false; model.assignments.len()],
            said: vec![false; model.tasks.len()],
            named: HashSet::new(),
            together: HashMap::new(),
            found: HashMap::new(),
            looks: std::cell::Cell::new(super::reach::MOST_LOOKS),
            too_wide: Vec::new(),
            too_many,
        };
        if let Some(ground) = &ground {
            survey.look(ground, lints);
        }
        survey.ground = ground;
        survey
    }

    fn look(&mut self, ground: &Ground<'_>, lints: &[&'static Lint]) {
        let in_cells: Vec<(&'static str, &InCells)> = (lints.iter())
            .filter_map(|lint| match &lint.find {
                Find::Cells(in_cells) => Some((lint.name, in_cells)),
                Find::Model(_) | Find::Survey(_) | Find::Suppressions(_) => None,
            })
            .collect();
        let persons = ground.model().parties().any(|(_, it)| it.kind == Some(PartyKind::Person));
        for outranked in [false, true] {
            let lints: Vec<_> = in_cells.iter().filter(|(_, lint)| lint.outranked == outranked).collect();
            if outranked && lints.is_empty() {
                continue;
            }
            let most = if outranked { MOST_OUTRANKED } else { MOST_LOOKS };
            // Counting costs little beside looking.
            let mut count = 0;
            ground.sweep(outranked, |_| {
                count += 1;
                count < most
            });
            if count >= most {
                let message = format!("more than {most} cells differ from those above them");
                if outranked {
                    self.too_wide.extend(lints.iter().map(|(name, _)| *name));
                } else {
                    self.too_many = Some(message);
                }
                continue;
            }
            let mut hits = Vec::new();
            ground.sweep(outranked, |cell| {
                let mut look = ground.look(cell);
                look.new_only = true;
                for (name, lint) in &lints {
                    (lint.hits)(ground, &look, &mut hits);
                    for hit in hits.drain(..) {
                        let when = if lint.topmost { ground.not_above(lint, cell, hit.when) } else { hit.when };
                        if !when.is_never() {
                            let known = self.found.entry((name, hit.cause, hit.words)).or_default();
                            // What shows below where it showed before adds nothing.
                            if !known.iter().any(|(above, before)| ground.is_below(cell, *above) && when.within(before)) {
                                known.push((cell, when));
                            }
                        }
                    }
                }
                if !outranked {
                    self.take_down(&look, persons);
                }
                true
            });
        }
    }

    fn take_down(&mut self, look: &Look, persons: bool) {
        if !look.assigned.is_never() || !look.nobody.is_never() {
            self.said.get_mut(look.cell.task.place()).into_iter().for_each(|said| *said = true);
        }
        for (letter, taking) in look.letters() {
            for (part, _) in taking.parts().filter(|(part, _)| look.asks(part.at)) {
                self.took_part.get_mut(part.id.place()).into_iter().for_each(|took_part| *took_part = true);
            }
            let new = taking.named.iter().filter(|named| look.asks(named.at));
            self.named.extend(new.map(|named| named.party));
            let any_new = || taking.named.iter().any(|named| look.asks(named.at));
            if persons && any_new() && matches!(letter, Letter::Responsible | Letter::Accountable) {
                for (parties, _) in apart(&taking.parties(), &taking.held) {
                    self.together.entry((letter, parties)).or_insert(look.cell);
                }
            }
        }
    }

    /// That cells were not looked at, where they are too many: a check that was not made does not pass.
    pub(super) fn unlooked_at(&self) -> Option<Diagnostic> {
        let message = format!("{}: too many for the lints that look at cells", self.too_many.as_ref()?);
        let help = "Check the parts of the model by themselves; of all of it, the lints that look at cells are left out.";
        Some(Diagnostic::finding("too-many-cells", Severity::Deny, self.model().about().span, message).help(help))
    }

    /// That one lint was left out.
    pub(super) fn too_many(&self, lint: &str) -> Finding {
        let message = format!("`{lint}` would have to look at too many cells, and is left out");
        Finding::at(self.model().about().span, message, "Check the parts of the model by themselves.").leaving_out()
    }

    pub(super) fn model(&self) -> &'p Model {
        self.policy.model()
    }

    /// The findings of a lint: one for each cause and what tells its findings apart, told at the highest scope.
    pub(super) fn findings(&self, name: &'static str, lint: &InCells) -> Vec<Finding> {
        let Some(ground) = &self.ground else { return Vec::new() };
        if self.too_wide.contains(&name) {
            return vec![self.too_many(name)];
        }
        let of_lint = self.found.iter().filter(|((of, ..), _)| *of == name);
        let mut found: Vec<(AssignmentId, Words, &Places)> =
            of_lint.map(|((_, cause, words), places)| (*cause, *words, places)).collect();
        found.sort_unstable_by_key(|(cause, words, _)| (*cause, *words));
        let finding = |(cause, words, places): (AssignmentId, Words, &Places)| {
            let (cell, when) = places.first()?.clone();
            let hit = Hit { cause, words, when };
            let said = (lint.say)(ground, &ground.look(cell), &hit);
            let reach = ground.reach(lint, &hit, places, &self.looks);
            let finding = Finding::at(self.model().assignment(cause).span, format!("{said} {reach}"), lint.help);
            let other = match words {
                Words::Letter(letter) if lint.outranked => partner(ground, cell, letter, &hit),
                _ => None,
            };
            let related = other.map(|other| self.model().assignment(other).span);
            Some(related.into_iter().fold(finding, |finding, span| finding.related(span, "the other")))
        };
        found.into_iter().filter_map(finding).collect()
    }
}

impl Ground<'_> {
    /// A cell's combinations without those in which the cell of the task above, or of the component above, has the same.
    fn not_above(&self, lint: &InCells, cell: Cell, when: Set) -> Set {
        let model = self.model();
        let task = model.task(cell.task).parent.filter(|task| *task != TaskId::ALL).map(|task| Cell { task, ..cell });
        let component = model.component(cell.component).parent.map(|component| Cell { component, ..cell });
        let mut hits = Vec::new();
        for above in task.into_iter().chain(component) {
            (lint.hits)(self, &self.look(above), &mut hits);
        }
        hits.iter().fold(when, |when, hit| when.minus(&hit.when))
    }
}
