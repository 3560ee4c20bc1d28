//! Which cells a lint must look at: a few of all there are, and every finding shows in one of them.
//!
//! What is found of a cell in a combination comes from assignments that take part in it, from the places where their
//! `$relation`s are named, and from nothing else of the letters they speak of applying there. Take the deepest task and
//! the deepest component among those. At the cell where the two meet, above the first one, all of them still take part:
//! what outranks one of them there would outrank it at every cell below, since it applies there too and ranks the same.
//! And what does not apply at a cell does not apply above it. So the finding shows where they meet.
//!
//! Most findings need one place only, since the settings that decide a letter together stand at one: they show where
//! something stands. Of the others, each kind tells which meetings it needs:
//!
//! - additions take part beside whatever says the same letter, so they meet it;
//! - a letter without a party, where others have one, needs a setting that may be nobody, `[]` or a relation: where one of
//!   those meets another assignment, unless the cell above has the same finding since something is sure to be said there;
//! - a relation comes out anew at the components that name it, also beside an addition in a task below, and at those at the
//!   top, where it is a gap to stand for nobody, which in the whole system it is not;
//! - settings under a condition leave the rest to the tasks above, if nothing at their own place does;
//! - a party that holds two letters holds them by two assignments that both name it: those are found by party.
//!
//! What disagrees without deciding is looked for elsewhere, pair by pair. A cell too many may be given, none too few.

use super::ground::Ground;
use super::hits::setting;
use super::look::{bit, says};
use super::rows::{Rows, letters_in, place_rank};
use super::stands::{Place, Stand, relation_bit};
use super::twice::Twice;
use crate::document::{Letter, PartyKind};
use crate::matrix::Cell;
use crate::model::{ComponentId, Handle, PartyId, RelationId, TaskId};

/// What to look for in a cell.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Asked {
    /// What one place, or a meeting of some, may bring about.
    pub(super) places: bool,
    /// The letters of which a party may hold two.
    pub(super) twice: u8,
}

/// Something that stands at the task that is looked at; or at all tasks, where the task is at the top.
#[derive(Clone, Copy)]
pub(super) struct Own<'g> {
    pub(super) at: Cell,
    pub(super) place: &'g Place,
    pub(super) stands: &'g [Stand],
    pub(super) rank: u32,
}

/// The cells to look at in each task, in order.
pub(super) struct Sweep<'g, 'p> {
    ground: &'g Ground<'p>,
    rows: Rows,
    pub(super) twice: Twice<'g, 'p>,
    /// The first task at the top that says nothing: such tasks are alike.
    first_plain: Option<TaskId>,
    /// What the task above has for sure, component by component; kept for each task on the path.
    solid: Vec<Vec<u8>>,
    /// Whether each component at which a relation is named needs a look.
    every_name: bool,
    /// The relations, as bits, that documents name which extend others: what they say may be outranked.
    later_relations: u32,
    /// Whether nobody in one letter may be nobody in another, by a convention.
    nobody_spreads: bool,
}

impl<'g, 'p> Sweep<'g, 'p> {
    pub(super) fn new(ground: &'g Ground<'p>) -> Self {
        let model = ground.model();
        let conventions = model.conventions();
        let tied = bit(Letter::Responsible) | bit(Letter::Accountable);
        let convention = conventions.accountable_is_responsible || conventions.responsible_is_accountable;
        let persons = model.parties().any(|(_, it)| it.kind == Some(PartyKind::Person));
        let first = ground.stands.all().iter().map(|stand| stand.layer).min();
        let later = ground.stands.all().iter().filter(|stand| Some(stand.layer) != first);
        Self {
            ground,
            later_relations: later.fold(0, |bits, stand| bits | stand.relations),
            rows: Rows::new(model.components.len()),
            twice: Twice::new(ground),
            first_plain: model.task(TaskId::ALL).parts.iter().copied().find(|task| is_plain(ground, *task)),
            solid: Vec::new(),
            every_name: persons || !ground.limits.is_empty() || !ground.one_layer,
            nobody_spreads: convention && ground.stands.all().iter().any(|stand| stand.unsure & tied != 0),
        }
    }

    /// Comes to the next task; gives what stands there. Tasks are to be given in order.
    pub(super) fn enter(&mut self, task: TaskId) -> Vec<Own<'g>> {
        let left = self.rows.leave(task);
        self.solid.truncate(self.solid.len().saturating_sub(left));
        self.twice.leave(left);
        if self.ground.related.any() {
            self.solid.push(self.rows.solid_row());
        }
        self.rows.enter(self.ground, task);
        self.twice.enter(task);
        self.own(task)
    }

    /// The cells to look at in the task that was come to, in order. Parties are known that were found to be named.
    pub(super) fn cells(&self, task: TaskId, own: &[Own<'g>], is_known: impl Fn(PartyId) -> bool) -> Vec<(ComponentId, Asked)> {
        let mut cells: Vec<(ComponentId, Asked)> = Vec::new();
        for own in own {
            let mut add = |component: usize| cells.push((ComponentId::new(component), Asked { places: true, twice: 0 }));
            add(own.at.component.place());
            self.meetings(own, task, &mut add);
            self.names(own, &is_known, &mut add);
        }
        self.twice.meetings(own, &self.rows, &mut |component, twice| cells.push((component, Asked { places: false, twice })));
        cells.sort_unstable_by_key(|(component, _)| *component);
        cells.dedup_by(|(component, asked), (known, all)| {
            let same = component == known;
            if same {
                all.places |= asked.places;
                all.twice |= asked.twice;
            }
            same
        });
        cells
    }

    /// What stands at a task, by component; in tasks at the top what stands at all tasks, once in those alike.
    fn own(&self, task: TaskId) -> Vec<Own<'g>> {
        let (ground, model) = (self.ground, self.ground.model());
        let own = |task: TaskId| {
            ground.places_of(task).iter().map(move |place| Own {
                at: Cell { task, component: place.component },
                place,
                stands: ground.stands.at(place),
                rank: place_rank(ground.depths(Cell { task, component: place.component })),
            })
        };
        let mut all: Vec<Own<'g>> = own(task).collect();
        let top = model.task(task).parent == Some(TaskId::ALL);
        let alike = top && self.first_plain.is_some_and(|first| first < task) && is_plain(ground, task);
        if top && !alike {
            all.extend(own(TaskId::ALL));
            all.sort_by_key(|own| (own.at.component, own.rank));
        }
        all
    }

    /// The components below an assignment's own at which it meets what stands at a task above, or beside it.
    fn meetings(&self, own: &Own<'_>, task: TaskId, add: &mut dyn FnMut(usize)) {
        let (ground, rows, place) = (self.ground, &self.rows, own.place);
        let at = own.at.component.place();
        // Where nothing decides at its own place whatever the context, what stands at exactly a component below may.
        let falls = if own.at.task == task {
            let open = |letter: &Letter| !ground.sets_always(task, *letter) && rows.rank(letter.index(), at) == 0;
            Letter::ALL.into_iter().filter(open).fold(0, |bits, letter| bits | bit(letter)) & place.conditional
        } else {
            0
        };
        let related = ground.related.any();
        if falls == 0 && !related && !ground.any_additions && !self.nobody_spreads {
            return;
        }
        let above = self.solid.last().filter(|_| ground.model().task(task).parent != Some(TaskId::ALL));
        for component in ground.components_below(own.at.component).skip(1) {
            let (exact, adds) = (rows.exact(component), rows.exact_adds(component));
            if exact | adds == 0 {
                continue;
            }
            let added = place.adds & (exact | adds) != 0 || place.sets & adds != 0;
            let unresolved = || {
                let id = ComponentId::new(component);
                let parent = ground.model().component(id).parent.map_or(0, Handle::place);
                let sure = || above.and_then(|above| above.get(component)).is_some_and(|above| *above != 0);
                ground.related.lacks_some(id)
                    && rows.any_relations(component) != 0
                    && (rows.solid(component) == 0 || rows.solid(parent) == 0 || !sure())
            };
            if added || exact & falls != 0 || self.nobody_spreads || related && unresolved() {
                add(component);
            }
        }
    }

    /// The components below an assignment's own at which a relation of it comes out anew.
    fn names(&self, own: &Own<'_>, is_known: &impl Fn(PartyId) -> bool, add: &mut dyn FnMut(usize)) {
        let (ground, rows, model) = (self.ground, &self.rows, self.ground.model());
        let below = ground.components_below(own.at.component);
        // What it outranks may come out anew too, and then say something else than it does; so may what it adds to.
        let outranked = if own.place.sets == 0 { 0 } else { self.later_relations };
        let beside = (0..model.relations.len()).map(RelationId::new).filter(|_| outranked != 0 || own.place.adds != 0);
        for relation in beside {
            let bit = relation_bit(relation);
            let added_to = |at: usize| letters_in(own.place.adds).any(|letter| rows.relations(letter, at) & bit != 0);
            let named = ground.related.named_in(relation, &below).iter().map(|id| id.place());
            named.filter(|at| outranked & bit != 0 || added_to(*at)).for_each(&mut *add);
        }
        if own.place.relations == 0 {
            return;
        }
        let letters = own.place.sets | own.place.adds;
        let alive = |relation: RelationId, component: usize| {
            letters_in(letters).any(|letter| rows.relations(letter, component) & relation_bit(relation) != 0)
        };
        if own.at.component == ComponentId::SYSTEM {
            let top = model.component(ComponentId::SYSTEM).parts.iter().map(|part| part.place());
            top.filter(|part| rows.any_relations(*part) & own.place.relations != 0).for_each(&mut *add);
        }
        let stands = own.stands.iter().filter(|stand| says(stand.sets | stand.adds, Letter::Accountable));
        let clauses = stands.flat_map(|stand| model.assignments.clauses(stand.id).iter());
        let clauses = clauses.filter(|clause| clause.letters.contains(Letter::Accountable));
        let several = clauses.map(|clause| clause.parties.iter().count()).sum::<usize>() > 1;
        let accountable = |relation: RelationId, component: usize| {
            says(letters, Letter::Accountable)
                && rows.relations(Letter::Accountable.index(), component) & relation_bit(relation) != 0
        };
        for relation in (0..model.relations.len()).map(RelationId::new) {
            if own.place.relations & relation_bit(relation) == 0 {
                continue;
            }
            for id in ground.related.named_in(relation, &below).iter().filter(|id| alive(relation, id.place())) {
                let parent = model.component(*id).parent.map_or(0, Handle::place);
                let parties = ground.related.parties(relation, *id);
                // Where one party takes the place of one that differs from all others, as many are accountable as above; where
                // several are above, by each assignment itself, that is told there.
                let named = || own.stands.iter().filter(|stand| stand.relations & relation_bit(relation) != 0);
                let several_above =
                    |stand: &Stand| setting(ground, stand.id, Letter::Accountable, ComponentId::new(parent)).len() > 1;
                let as_above = || {
                    parties.len() == 1 && self.twice.only_by(relation, Letter::Accountable, ComponentId::new(parent))
                        || named().filter(|stand| says(stand.sets, Letter::Accountable)).all(several_above)
                };
                if self.every_name
                    || ground.any_additions
                    || (several || parties.len() > 1) && accountable(relation, id.place()) && !as_above()
                    || rows.solid(id.place()) == 0
                    || rows.solid(parent) == 0
                    || parties.iter().any(|party| !is_known(*party))
                {
                    add(id.place());
                }
            }
        }
    }
}

/// Whether a task at the top is there whatever the context, and nothing stands at it.
fn is_plain(ground: &Ground<'_>, task: TaskId) -> bool {
    ground.places_of(task).is_empty() && ground.model().task(task).when.is_none()
}
