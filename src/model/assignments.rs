//! The assignments of a model, in columns: there may be a million, and most say little.
//!
//! Most stand at one task and one component, and say one thing of letters. What few say (an id, citations, a note, to whom it is owed)
//! stands aside; what many say alike (when, how binding, on what basis) is kept once, and so are conditions.

use hashbrown::HashMap;

use super::assignment::{Assignment, ClauseRow, Clauses, Letters, Packed};
use super::context::Condition;
use super::entries::{Citation, PartyRef};
use super::id::{AssignmentId, ComponentId, Handle, Lists, PartyId, TaskId};
use crate::document::{Basis, Force};
use crate::source::{SourceId, Span, to_u32};

/// All assignments, in the order of the documents.
#[derive(Debug, Default)]
pub(crate) struct Assignments {
    pub(super) tasks: Lists<TaskId>,
    pub(super) components: Lists<ComponentId>,
    rows: Vec<Row>,
    clauses: Vec<ClauseRow>,
    parties: Vec<Packed>,
    manners: Vec<Manner>,
    conditions: Vec<Condition>,
    asides: Vec<Aside>,
    layers: Vec<Layer>,
    known: Known,
}

/// One assignment: where its clauses end, how it holds, and where it stands.
#[derive(Debug, Clone, Copy)]
struct Row {
    clauses: u32,
    manner: u32,
    start: u32,
    end: u32,
}

/// How an assignment holds, and what is aside of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Manner {
    when: u32,
    /// One more than its place; 0 where nothing is aside.
    aside: u32,
    force: Force,
    basis: Basis,
}

/// Where the assignments of a layer begin, and its source.
#[derive(Debug, Clone, Copy)]
struct Layer {
    first: u32,
    source: SourceId,
}

/// What few assignments say.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Aside {
    pub(crate) id: Option<Box<str>>,
    pub(crate) citations: Vec<Citation>,
    pub(crate) towards: Vec<PartyId>,
    pub(crate) note: Option<Box<str>>,
}

/// The numbers of what is kept once, while assignments are added.
#[derive(Debug, Default)]
struct Known {
    conditions: HashMap<Condition, u32>,
    manners: HashMap<Manner, u32>,
    /// Those of the last one: neighbours are often alike.
    last: Option<(Manner, u32)>,
}

/// What an assignment says besides its places and clauses.
#[derive(Debug)]
pub(crate) struct Said {
    /// The number of its condition.
    pub(crate) when: u32,
    pub(crate) force: Force,
    pub(crate) basis: Basis,
    pub(crate) aside: Option<Aside>,
}

impl Assignments {
    /// With room for so many.
    pub(crate) fn with_capacity(count: usize) -> Self {
        Self {
            tasks: Lists::with_capacity(count),
            components: Lists::with_capacity(count),
            rows: Vec::with_capacity(count),
            clauses: Vec::with_capacity(count),
            ..Self::default()
        }
    }

    /// Adds a clause to the assignment that is added next.
    pub(crate) fn push_clause(&mut self, letters: Letters, adds: bool, parties: &[PartyRef]) {
        self.parties.extend(parties.iter().copied().map(Packed::new));
        self.clauses.push(ClauseRow { parties: to_u32(self.parties.len()), letters, adds });
    }

    /// Adds an assignment with the clauses added since the one before, of the same layer as that or a later one. Its tasks and components
    /// are added to their own lists.
    pub(crate) fn push(&mut self, said: Said, layer: u16, span: Span) {
        let aside = said.aside.map_or(0, |aside| {
            self.asides.push(aside);
            to_u32(self.asides.len())
        });
        let manner = self.manner(Manner { when: said.when, aside, force: said.force, basis: said.basis });
        self.layers.resize(usize::from(layer) + 1, Layer { first: to_u32(self.rows.len()), source: span.source });
        self.rows.push(Row { clauses: to_u32(self.clauses.len()), manner, start: span.start, end: span.end });
    }

    fn manner(&mut self, manner: Manner) -> u32 {
        let Self { manners, known, .. } = self;
        if let Some((_, number)) = known.last.filter(|(last, _)| *last == manner) {
            return number;
        }
        let mut add = || {
            manners.push(manner);
            to_u32(manners.len() - 1)
        };
        let number = if manner.aside > 0 { add() } else { *known.manners.entry(manner).or_insert_with(add) };
        known.last = Some((manner, number));
        number
    }

    /// The number of a condition, which is kept once.
    pub(crate) fn condition(&mut self, when: Condition) -> u32 {
        if let Some(number) = self.known.conditions.get(&when) {
            return *number;
        }
        let number = to_u32(self.conditions.len());
        self.conditions.push(when.clone());
        self.known.conditions.insert(when, number);
        number
    }

    /// Adds others, which follow these.
    pub(crate) fn append(&mut self, other: Self) {
        let (first, clauses, parties, asides) =
            (to_u32(self.len()), to_u32(self.clauses.len()), to_u32(self.parties.len()), to_u32(self.asides.len()));
        let conditions: Vec<u32> = other.conditions.into_iter().map(|when| self.condition(when)).collect();
        let number = |manner: Manner| Manner {
            when: conditions.get(manner.when as usize).copied().unwrap_or_default(),
            aside: if manner.aside > 0 { manner.aside + asides } else { 0 },
            ..manner
        };
        let manners: Vec<u32> = other.manners.into_iter().map(|manner| self.manner(number(manner))).collect();
        let layers = other.layers.into_iter().skip(self.layers.len());
        self.layers.extend(layers.map(|layer| Layer { first: layer.first + first, ..layer }));
        self.rows.extend(other.rows.into_iter().map(|row| Row {
            clauses: row.clauses + clauses,
            manner: manners.get(row.manner as usize).copied().unwrap_or_default(),
            ..row
        }));
        self.clauses.extend(other.clauses.into_iter().map(|clause| ClauseRow { parties: clause.parties + parties, ..clause }));
        self.parties.extend(other.parties);
        self.asides.extend(other.asides);
        self.tasks.append(other.tasks);
        self.components.append(other.components);
    }

    /// Forgets what only adding needs.
    pub(crate) fn finish(&mut self) {
        self.known = Known::default();
        self.tasks.finish();
        self.components.finish();
        self.rows.shrink_to_fit();
        self.clauses.shrink_to_fit();
        self.parties.shrink_to_fit();
        self.manners.shrink_to_fit();
        self.asides.shrink_to_fit();
    }

    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// An assignment.
    pub(crate) fn get(&self, id: AssignmentId) -> Assignment<'_> {
        let manner = self.manner_of(id);
        let aside = manner.aside.checked_sub(1).and_then(|place| self.asides.get(place as usize));
        Assignment {
            id: aside.and_then(|aside| aside.id.as_deref()),
            tasks: self.tasks.get(id.place()),
            components: self.components.get(id.place()),
            when: self.when(id),
            clauses: self.clauses(id),
            force: manner.force,
            basis: manner.basis,
            citations: aside.map_or(&[], |aside| &aside.citations),
            towards: aside.map_or(&[], |aside| &aside.towards),
            note: aside.and_then(|aside| aside.note.as_deref()),
            layer: to_u32(self.layer(id)),
            span: self.span(id),
        }
    }

    /// When an assignment holds, without the rest of it.
    #[expect(clippy::indexing_slicing, reason = "a manner is made with its condition")]
    pub(crate) fn when(&self, id: AssignmentId) -> &Condition {
        &self.conditions[self.manner_of(id).when as usize]
    }

    /// Where an assignment stands, without the rest of it.
    pub(crate) fn span(&self, id: AssignmentId) -> Span {
        let row = self.row(id);
        let source = self.layers.get(self.layer(id)).map_or(SourceId::default(), |layer| layer.source);
        Span::new(source, row.start, row.end)
    }

    /// Which layer an assignment is of.
    fn layer(&self, id: AssignmentId) -> usize {
        self.layers.partition_point(|layer| layer.first as usize <= id.place()).saturating_sub(1)
    }

    /// What an assignment says of letters, without the rest of it.
    pub(crate) fn clauses(&self, id: AssignmentId) -> Clauses<'_> {
        let from = id.place().checked_sub(1).and_then(|before| self.rows.get(before)).map_or(0, |before| before.clauses);
        let until = self.row(id).clauses;
        let last = from.checked_sub(1).and_then(|last| self.clauses.get(last as usize));
        let before = last.map_or(0, |last| last.parties);
        let parties = self.parties.get(before as usize..).unwrap_or_default();
        let rows = self.clauses.get(from as usize..until as usize).unwrap_or_default();
        Clauses { rows, parties, before }
    }

    #[expect(
        clippy::indexing_slicing,
        reason = "a handle is made by the model it is asked of; one of another policy is the caller's mistake"
    )]
    fn row(&self, id: AssignmentId) -> &Row {
        &self.rows[id.place()]
    }

    #[expect(clippy::indexing_slicing, reason = "a row is made with its manner")]
    fn manner_of(&self, id: AssignmentId) -> &Manner {
        &self.manners[self.row(id).manner as usize]
    }

    /// Every assignment, in the order of the documents.
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = (AssignmentId, Assignment<'_>)> + ExactSizeIterator {
        (0..self.rows.len()).map(AssignmentId::new).map(|id| (id, self.get(id)))
    }

    /// Where each assignment stands: its tasks and components, without the rest of it.
    pub(crate) fn places(&self) -> impl Iterator<Item = (AssignmentId, &[TaskId], &[ComponentId])> {
        (0..self.rows.len()).map(|place| (AssignmentId::new(place), self.tasks.get(place), self.components.get(place)))
    }

    /// Every condition that an assignment has, each once.
    pub(crate) fn conditions(&self) -> &[Condition] {
        &self.conditions
    }
}
