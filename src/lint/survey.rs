//! One pass over the cells that lints must look at. What each lint finds is kept once for each cause, where it first shows.

use std::collections::{HashMap, HashSet};

use super::ground::Ground;
use super::look::Look;
use super::sets::Set;
use super::{Find, Finding, Lint};
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::{Letter, PartyKind};
use crate::matrix::{Cell, clauses, stands_for};
use crate::model::{AssignmentId, ComponentId, Handle, Model, PartyId, RelationId, TaskId};
use crate::policy::Policy;

/// So many cells are looked at, in all, before the lints give up.
const MOST_LOOKS: usize = 40_000_000;

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
    found: HashMap<(&'static str, AssignmentId, Words), Vec<(Cell, Set)>>,
    /// The lints that would have to look at more cells than they may.
    too_wide: Vec<&'static str>,
    /// Why cells were not looked at, where they were not.
    too_many: Option<String>,
}

/// What a lint looks for in a cell, and how it says that.
#[derive(Debug)]
pub(super) struct InCells {
    pub(super) hits: fn(&Ground<'_>, &Look, &mut Vec<Hit>),
    /// What stands before the place.
    pub(super) say: fn(&Ground<'_>, &Look, &Hit) -> String,
    pub(super) help: &'static str,
    /// Whether it tells a cell only where neither the cell of the task above nor that of the component above has it too,
    /// whatever the cause; else each cause tells its own cells.
    pub(super) topmost: bool,
    /// Whether it also asks for settings that do not take part, since others outrank them.
    pub(super) outranked: bool,
}

/// What a lint finds in a cell: the assignment that causes it, what tells it from others of that assignment, and when.
#[derive(Debug, Clone)]
pub(super) struct Hit {
    pub(super) cause: AssignmentId,
    pub(super) words: Words,
    pub(super) when: Set,
}

/// What tells the findings of a lint at one assignment apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Words {
    Nothing,
    Letter(Letter),
    Both(PartyId, Letter, Letter),
    Party(PartyId),
    Relation(RelationId),
    Against(Letter, AssignmentId),
}

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
                Find::Model(_) | Find::Survey(_) => None,
            })
            .collect();
        let persons = ground.model().parties().any(|(_, it)| it.kind == Some(PartyKind::Person));
        for outranked in [false, true] {
            let lints: Vec<_> = in_cells.iter().filter(|(_, lint)| lint.outranked == outranked).collect();
            if outranked && lints.is_empty() {
                continue;
            }
            let most = if outranked { MOST_OUTRANKED } else { MOST_LOOKS };
            let mut hits = Vec::new();
            let mut looks = 0;
            ground.sweep(outranked, |cell| {
                let look = ground.look(cell);
                for (name, lint) in &lints {
                    (lint.hits)(ground, &look, &mut hits);
                    for hit in hits.drain(..) {
                        let when = if lint.topmost { ground.not_above(lint, cell, hit.when) } else { hit.when };
                        if !when.is_never() {
                            self.found.entry((name, hit.cause, hit.words)).or_default().push((cell, when));
                        }
                    }
                }
                if !outranked {
                    self.take_down(&look, persons);
                }
                looks += 1;
                looks < most
            });
            if looks >= most {
                let message = format!("more than {most} cells differ from those above them");
                if outranked {
                    self.too_wide.extend(lints.iter().map(|(name, _)| *name));
                } else {
                    self.too_many = Some(message);
                }
            }
        }
    }

    fn take_down(&mut self, look: &Look, persons: bool) {
        if !look.assigned.is_never() || !look.nobody.is_never() {
            self.said.get_mut(look.cell.task.place()).into_iter().for_each(|said| *said = true);
        }
        for (letter, taking) in look.letters() {
            for (part, _) in taking.parts() {
                self.took_part.get_mut(part.id.place()).into_iter().for_each(|took_part| *took_part = true);
            }
            self.named.extend(taking.named.iter().map(|named| named.party));
            if persons && matches!(letter, Letter::Responsible | Letter::Accountable) {
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
        Finding::at(self.model().about().span, message, "Check the parts of the model by themselves.").as_too_many()
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
        let mut found: Vec<(AssignmentId, Words, &Vec<(Cell, Set)>)> =
            of_lint.map(|((_, cause, words), places)| (*cause, *words, places)).collect();
        found.sort_unstable_by_key(|(cause, words, _)| (*cause, *words));
        let finding = |(cause, words, places): (AssignmentId, Words, &Vec<(Cell, Set)>)| {
            let (cell, when) = places.first()?.clone();
            let hit = Hit { cause, words, when };
            let said = (lint.say)(ground, &ground.look(cell), &hit);
            let reach = ground.reach(lint, &hit, places);
            let finding = Finding::at(self.model().assignment(cause).span, format!("{said} {reach}"), lint.help);
            Some(match words {
                Words::Against(_, other) => finding.related(self.model().assignment(other).span, "the other"),
                _ => finding,
            })
        };
        found.into_iter().filter_map(finding).collect()
    }
}

/// The sets of parties that hold something together within some combinations, each with when.
pub(super) fn apart(parties: &[(PartyId, Set)], within: &Set) -> Vec<(Vec<PartyId>, Set)> {
    let mut sets: Vec<(Vec<PartyId>, Set)> = vec![(Vec::new(), within.clone())];
    for (party, when) in parties {
        let mut next = Vec::with_capacity(sets.len() + 1);
        for (mut together, of) in sets {
            let (inside, outside) = (of.and(when), of.minus(when));
            if !outside.is_never() {
                next.push((together.clone(), outside));
            }
            if !inside.is_never() {
                together.push(*party);
                next.push((together, inside));
            }
        }
        sets = next;
    }
    sets.retain(|(_, when)| !when.is_never());
    sets
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

/// `customer` and `vendor`.
pub(super) fn names(model: &Model, parties: impl Iterator<Item = PartyId>) -> String {
    parties.map(|party| format!("`{}`", model.party(party).about.id)).collect::<Vec<_>>().join(" and ")
}

/// Adds a hit, to one of the same cause and words where there is one.
pub(super) fn merge(hits: &mut Vec<Hit>, hit: Hit) {
    match hits.iter_mut().find(|other| other.cause == hit.cause && other.words == hit.words) {
        Some(other) => other.when = other.when.or(&hit.when),
        None => hits.push(hit),
    }
}

/// The parties that hold both letters, told at the assignment that comes last of each two that give them.
pub(super) fn both(look: &Look, one: Letter, other: Letter, hits: &mut Vec<Hit>) {
    for first in &look.letter(one).named {
        for second in look.letter(other).named.iter().filter(|second| second.party == first.party) {
            let when = first.when.and(&second.when);
            if !when.is_never() {
                merge(hits, Hit { cause: first.id.max(second.id), words: Words::Both(first.party, one, other), when });
            }
        }
    }
}

pub(super) fn say_both(ground: &Ground<'_>, _: &Look, hit: &Hit) -> String {
    match hit.words {
        Words::Both(party, one, other) => {
            format!("`{}` is both {} and {} for", ground.model().party(party).about.id, one.word(), other.word())
        }
        _ => String::new(),
    }
}

/// The set that an assignment gives a letter, as it comes out at a component.
pub(super) fn setting(model: &Model, assignment: AssignmentId, letter: Letter, component: ComponentId) -> Vec<PartyId> {
    let parties = clauses(model, assignment, letter, false).flat_map(|clause| &clause.parties);
    let mut set: Vec<PartyId> = parties.flat_map(|party| stands_for(model, *party, component).0).collect();
    set.sort_unstable();
    set.dedup();
    set
}
