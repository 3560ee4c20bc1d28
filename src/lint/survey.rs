//! One pass over the cells that lints must look at. What each lint finds is kept once for each cause, where it first shows.

use hashbrown::HashMap;
use hashbrown::hash_map::Entry;

use super::crossing::{Crossing, Crossings};
use super::ground::Ground;
use super::hits::{Hit, InCells, Needs, Told, Words, apart};
use super::look::{ALL_LETTERS, Look};
use super::sets::Set;
use super::sweep::Sweep;
use super::twice::Twice;
use super::{Find, Finding, Lint};
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::{Letter, PartyKind};
use crate::matrix::{Cell, clauses};
use crate::model::{AssignmentId, Handle, Model, PartyId, PartyRef, TaskId};
use crate::policy::Policy;

/// So many cells are looked at, in all, before the lints give up.
const MOST_LOOKS: usize = 10_000_000;

/// Of a finding that shows first in more cells than this no more are told.
const MOST_PLACES: usize = 64;

/// So many places beyond the first of each finding are kept in all; of findings after that no more than the first is told.
const MOST_FURTHER_PLACES: usize = 200_000;

/// So many bytes are made ready for a message; one in a hundred is longer.
const LONGEST_MESSAGE: usize = 128;

/// Where more cells than this lie at the places of a finding and below, they are not counted.
pub(super) const MOST_COUNTED: usize = 2_000;

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
    named: Vec<bool>,
    /// The assignments without which some party would hold nothing where it does, whatever else were left out.
    pub(super) needed: Vec<bool>,
    /// Every set of parties that is responsible, or accountable, together, in a model with persons; and where first.
    pub(super) together: HashMap<(Letter, Vec<PartyId>), Cell>,
    found: HashMap<&'static str, HashMap<(AssignmentId, Words), Shown>>,
    /// How many places beyond the first are still kept.
    further_places: usize,
    /// How many looks are left to say how far findings reach.
    looks: std::cell::Cell<usize>,
    /// Why cells were not looked at, where they were not.
    too_many: Option<String>,
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
            named: vec![false; model.parties.len()],
            needed: vec![false; model.assignments.len()],
            together: HashMap::new(),
            found: HashMap::new(),
            further_places: MOST_FURTHER_PLACES,
            looks: std::cell::Cell::new(super::reach::MOST_LOOKS),
            too_many,
        };
        if let Some(ground) = &ground {
            survey.look(ground, lints);
        }
        survey.ground = ground;
        survey
    }

    fn look(&mut self, ground: &Ground<'_>, lints: &[&'static Lint]) {
        let of = |needs: &[Needs]| -> Vec<(&'static str, &'static InCells)> {
            let in_cells = lints.iter().filter_map(|lint| match &lint.find {
                Find::Cells(in_cells) => Some((lint.name, in_cells)),
                Find::Model(_) | Find::Survey(_) | Find::Suppressions(_) => None,
            });
            in_cells.filter(|(_, lint)| needs.contains(&lint.needs)).collect()
        };
        let (by_place, by_party, by_pair) =
            (of(&[Needs::Places, Needs::PlacesOfTask]), of(&[Needs::Parties]), of(&[Needs::Pairs]));
        let persons = ground.model().parties().any(|(_, it)| it.kind == Some(PartyKind::Person));
        let (mut sweep, mut crossings) = (Sweep::new(ground), Crossings::new(ground));
        let mut looks = 0;
        for task in ground.model().tasks.ids() {
            let own = sweep.enter(task);
            crossings.leave(task);
            if task != TaskId::ALL {
                let cells = sweep.cells(task, &own, |party| self.is_named(party));
                looks += cells.len();
                if looks > MOST_LOOKS {
                    self.too_many = Some(format!("more than {MOST_LOOKS} cells differ from those above them"));
                    return;
                }
                for (component, asked) in cells {
                    let cell = Cell { task, component };
                    let letters = if asked.places { ALL_LETTERS } else { asked.twice };
                    let mut look = ground.look_at(cell, letters);
                    look.new_only = true;
                    if asked.places {
                        self.hits(ground, &look, &by_place);
                        self.take_down(&look, persons, &sweep.twice);
                    }
                    if asked.twice != 0 {
                        self.hits(ground, &look, &by_party);
                    }
                }
                for (name, _) in &by_pair {
                    crossings.find(task, &own, &mut |crossing| self.crossing(ground, name, crossing));
                }
            }
            crossings.enter(task);
        }
    }

    fn hits(&mut self, ground: &Ground<'_>, look: &Look<'_>, lints: &[(&'static str, &InCells)]) {
        let mut hits = Vec::new();
        for (name, lint) in lints {
            (lint.hits)(ground, look, &mut hits);
            for hit in hits.drain(..) {
                let when = if lint.topmost { ground.not_above(lint, look.cell, hit.when) } else { hit.when };
                if !when.is_never() {
                    self.keep(ground, name, Hit { when, ..hit }, look.cell, None);
                }
            }
        }
    }

    /// Keeps a pair that disagrees; gives whether its cause is asked for on.
    fn crossing(&mut self, ground: &Ground<'_>, name: &'static str, crossing: Crossing) -> bool {
        let Crossing { cause, other, letter, cell, when } = crossing;
        self.keep(ground, name, Hit { cause, words: Words::Letter(letter), when }, cell, Some(other))
    }

    /// Keeps where a finding shows; gives whether it is to be told of further places.
    fn keep(&mut self, ground: &Ground<'_>, name: &'static str, hit: Hit, cell: Cell, other: Option<AssignmentId>) -> bool {
        let of_lint = self.found.entry(name).or_default();
        let shown = match of_lint.entry((hit.cause, hit.words)) {
            Entry::Vacant(entry) => entry.insert(Shown::first(ground, cell, hit.when, other, self.further_places)),
            Entry::Occupied(entry) => {
                let shown = entry.into_mut();
                shown.add(ground, cell, hit.when, &mut self.further_places);
                shown
            }
        };
        !shown.vast
    }

    /// Whether a party is named in some cell.
    pub(super) fn is_named(&self, party: PartyId) -> bool {
        self.named.get(party.place()).copied().unwrap_or(true)
    }

    fn take_down(&mut self, look: &Look<'_>, persons: bool, twice: &Twice<'_, '_>) {
        if !look.assigned.is_never() || !look.nobody.is_never() {
            self.said.get_mut(look.cell.task.place()).into_iter().for_each(|said| *said = true);
        }
        for (letter, taking) in look.letters() {
            for (part, adds) in taking.parts().filter(|(part, _)| look.asks(part.at)) {
                let component = look.cell.component;
                mark(&mut self.took_part, part.id.place());
                for party in clauses(self.policy.model(), part.id, letter, adds).flat_map(|clause| clause.parties.iter()) {
                    match party {
                        PartyRef::Party(party) => {
                            mark(&mut self.named, party.place());
                            if let Some(needed) = self.needed.get_mut(part.id.place()).filter(|needed| !**needed) {
                                *needed = twice.only(part.id, party, letter, component);
                            }
                        }
                        PartyRef::Relation(relation) => {
                            for party in look.ground.related.parties(relation, component) {
                                mark(&mut self.named, party.place());
                            }
                        }
                    }
                }
            }
            if persons && matches!(letter, Letter::Responsible | Letter::Accountable) && look.asks_of(letter) {
                for (parties, _) in apart(&look.parties(letter), &taking.held) {
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
        let (Some(ground), Some(of_lint)) = (&self.ground, self.found.get(name)) else { return Vec::new() };
        let mut found: Vec<((AssignmentId, Words), &Shown)> = of_lint.iter().map(|(key, shown)| (*key, shown)).collect();
        found.sort_unstable_by_key(|(key, _)| *key);
        let finding = |((cause, words), shown): ((AssignmentId, Words), &Shown)| {
            let reach = ground.reach(lint, &Hit { cause, words, when: shown.first.1.clone() }, shown, &self.looks);
            let (cell, when) = reach.first.clone();
            let told = Told::new(ground, cell, Hit { cause, words, when });
            let mut message = String::with_capacity(LONGEST_MESSAGE);
            (lint.say)(&told, &mut message);
            message.push(' ');
            ground.say_reach(&reach, &mut message);
            let finding = Finding::at(self.model().assignments.span(cause), message, lint.help);
            let beside = shown.other.map(|other| (other, "the other")).or_else(|| (lint.beside)(&told));
            match beside {
                Some((other, does)) => finding.related(self.model().assignments.span(other), does),
                None => finding,
            }
        };
        found.into_iter().map(finding).collect()
    }
}

impl Ground<'_> {
    /// A cell's combinations without those in which the cell of the task above, or of the component above, has the same.
    pub(super) fn not_above(&self, lint: &InCells, cell: Cell, when: Set) -> Set {
        let task = self.task_above(cell.task).filter(|task| *task != TaskId::ALL).map(|task| Cell { task, ..cell });
        let component = self.component_above(cell.component).map(|component| Cell { component, ..cell });
        let mut hits = Vec::new();
        for above in task.into_iter().chain(component) {
            (lint.hits)(self, &self.look(above), &mut hits);
        }
        hits.iter().fold(when, |when, hit| when.minus(&hit.when))
    }
}

fn mark(marks: &mut [bool], place: usize) {
    marks.get_mut(place).into_iter().for_each(|mark| *mark = true);
}

/// Where a finding shows first: the highest cells, each with when.
#[derive(Debug)]
pub(super) struct Shown {
    pub(super) first: (Cell, Set),
    pub(super) others: Vec<(Cell, Set)>,
    /// How many cells lie at these places and below.
    size: usize,
    /// Whether there are, or may be, more than are kept.
    pub(super) vast: bool,
    /// Of two that disagree, the other.
    other: Option<AssignmentId>,
}

impl Shown {
    fn first(ground: &Ground<'_>, cell: Cell, when: Set, other: Option<AssignmentId>, further: usize) -> Self {
        let size = ground.size_below(cell);
        Self { first: (cell, when), others: Vec::new(), size, vast: size > MOST_COUNTED || further == 0, other }
    }

    fn add(&mut self, ground: &Ground<'_>, cell: Cell, when: Set, further: &mut usize) {
        // What shows below where it showed before adds nothing.
        if self.vast || self.places().any(|(above, before)| ground.is_below(cell, *above) && when.within(before)) {
            return;
        }
        self.size = self.size.saturating_add(ground.size_below(cell));
        *further = further.saturating_sub(1);
        self.others.push((cell, when));
        self.vast = self.others.len() + 1 >= MOST_PLACES || self.size > MOST_COUNTED || *further == 0;
    }

    pub(super) fn places(&self) -> impl Iterator<Item = &(Cell, Set)> {
        std::iter::once(&self.first).chain(&self.others)
    }
}
