//! The assignments of a model, in columns: there may be a million, and most say little.
//!
//! A row holds where its part of each column ends; it begins where that of the row before does. What few assignments say (an id,
//! citations, a note, to whom it is owed) stands aside, and so do conditions, each kept once.

use hashbrown::HashMap;

use super::assignment::{Assignment, ClauseRow, Clauses, Letters, Packed};
use super::context::Condition;
use super::entries::{Citation, PartyRef};
use super::id::{AssignmentId, ComponentId, Handle, PartyId, TaskId};
use crate::document::{Basis, Force};
use crate::source::{SourceId, Span, to_u32};

/// All assignments, in the order of the documents.
#[derive(Debug, Default)]
pub(crate) struct Assignments {
    rows: Vec<Row>,
    tasks: Vec<TaskId>,
    components: Vec<ComponentId>,
    clauses: Vec<ClauseRow>,
    parties: Vec<Packed>,
    conditions: Vec<Condition>,
    asides: Vec<Aside>,
    /// The source of each layer.
    sources: Vec<SourceId>,
    /// The numbers of conditions, while assignments are added.
    known: HashMap<Condition, u32>,
}

/// One assignment: where its parts end, its condition, and what is aside of it.
#[derive(Debug, Clone, Copy)]
struct Row {
    tasks: u32,
    components: u32,
    clauses: u32,
    when: u32,
    /// One more than its place; 0 where nothing is aside.
    aside: u32,
    start: u32,
    end: u32,
    layer: u16,
    force: Force,
    basis: Basis,
}

/// What few assignments say.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Aside {
    pub(crate) id: Option<Box<str>>,
    pub(crate) citations: Vec<Citation>,
    pub(crate) towards: Vec<PartyId>,
    pub(crate) note: Option<Box<str>>,
}

/// An assignment to be added.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) tasks: Vec<TaskId>,
    pub(crate) components: Vec<ComponentId>,
    pub(crate) when: Condition,
    pub(crate) clauses: Vec<(Letters, bool, Vec<PartyRef>)>,
    pub(crate) force: Force,
    pub(crate) basis: Basis,
    pub(crate) aside: Aside,
    pub(crate) layer: u16,
    pub(crate) span: Span,
}

impl Assignments {
    /// With room for so many.
    pub(crate) fn with_capacity(count: usize) -> Self {
        Self {
            rows: Vec::with_capacity(count),
            tasks: Vec::with_capacity(count),
            components: Vec::with_capacity(count),
            clauses: Vec::with_capacity(count),
            ..Self::default()
        }
    }

    /// Adds an assignment, of the same layer as the one before or a later one.
    pub(crate) fn push(&mut self, entry: Entry) {
        self.tasks.extend(entry.tasks);
        self.components.extend(entry.components);
        for (letters, adds, parties) in entry.clauses {
            self.parties.extend(parties.into_iter().map(Packed::new));
            self.clauses.push(ClauseRow { parties: to_u32(self.parties.len()), letters, adds });
        }
        let aside = if entry.aside == Aside::default() {
            0
        } else {
            self.asides.push(entry.aside);
            to_u32(self.asides.len())
        };
        let when = self.condition(entry.when);
        self.sources.resize(usize::from(entry.layer) + 1, entry.span.source);
        self.rows.push(Row {
            tasks: to_u32(self.tasks.len()),
            components: to_u32(self.components.len()),
            clauses: to_u32(self.clauses.len()),
            when,
            aside,
            start: entry.span.start,
            end: entry.span.end,
            layer: entry.layer,
            force: entry.force,
            basis: entry.basis,
        });
    }

    fn condition(&mut self, when: Condition) -> u32 {
        if let Some(number) = self.known.get(&when) {
            return *number;
        }
        let number = to_u32(self.conditions.len());
        self.conditions.push(when.clone());
        self.known.insert(when, number);
        number
    }

    /// Forgets what only adding needs.
    pub(crate) fn finish(&mut self) {
        self.known = HashMap::new();
        self.rows.shrink_to_fit();
        self.tasks.shrink_to_fit();
        self.components.shrink_to_fit();
        self.clauses.shrink_to_fit();
        self.parties.shrink_to_fit();
        self.asides.shrink_to_fit();
    }

    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// An assignment.
    pub(crate) fn get(&self, id: AssignmentId) -> Assignment<'_> {
        let (row, before) = (self.row(id), self.before(id));
        let aside = row.aside.checked_sub(1).and_then(|place| self.asides.get(place as usize));
        Assignment {
            id: aside.and_then(|aside| aside.id.as_deref()),
            tasks: part(&self.tasks, before.tasks, row.tasks),
            components: part(&self.components, before.components, row.components),
            when: self.when(id),
            clauses: self.clauses(id),
            force: row.force,
            basis: row.basis,
            citations: aside.map_or(&[], |aside| &aside.citations),
            towards: aside.map_or(&[], |aside| &aside.towards),
            note: aside.and_then(|aside| aside.note.as_deref()),
            layer: u32::from(row.layer),
            span: Span::new(self.sources.get(usize::from(row.layer)).copied().unwrap_or_default(), row.start, row.end),
        }
    }

    /// When an assignment holds, without the rest of it.
    #[expect(clippy::indexing_slicing, reason = "a row is made with its condition")]
    pub(crate) fn when(&self, id: AssignmentId) -> &Condition {
        &self.conditions[self.row(id).when as usize]
    }

    /// What an assignment says of letters, without the rest of it.
    pub(crate) fn clauses(&self, id: AssignmentId) -> Clauses<'_> {
        let (from, until) = (self.before(id).clauses, self.row(id).clauses);
        let last = from.checked_sub(1).and_then(|last| self.clauses.get(last as usize));
        let before = last.map_or(0, |last| last.parties);
        let parties = self.parties.get(before as usize..).unwrap_or_default();
        Clauses { rows: part(&self.clauses, from, until), parties, before }
    }

    #[expect(
        clippy::indexing_slicing,
        reason = "a handle is made by the model it is asked of; one of another policy is the caller's mistake"
    )]
    fn row(&self, id: AssignmentId) -> &Row {
        &self.rows[id.place()]
    }

    /// The row whose parts end where those of an assignment begin.
    fn before(&self, id: AssignmentId) -> &Row {
        const NONE: &Row = &Row {
            tasks: 0,
            components: 0,
            clauses: 0,
            when: 0,
            aside: 0,
            start: 0,
            end: 0,
            layer: 0,
            force: Force::Must,
            basis: Basis::Inferred,
        };
        id.place().checked_sub(1).and_then(|before| self.rows.get(before)).unwrap_or(NONE)
    }

    /// Every assignment, in the order of the documents.
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = (AssignmentId, Assignment<'_>)> + ExactSizeIterator {
        (0..self.rows.len()).map(AssignmentId::new).map(|id| (id, self.get(id)))
    }

    /// Every condition that an assignment has, each once.
    pub(crate) fn conditions(&self) -> &[Condition] {
        &self.conditions
    }
}

/// A part of a column.
fn part<T>(column: &[T], from: u32, until: u32) -> &[T] {
    column.get(from as usize..until as usize).unwrap_or_default()
}
