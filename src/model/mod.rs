//! Stage 4: what is meant. A [`Model`] is the documents merged, every name resolved to a handle, nothing left to look up.
//!
//! `merge` puts the layers together, `resolve` turns names into handles; both report every mistake and go on. Cycles are
//! found with petgraph, which shows nowhere else. Nothing here knows which assignment decides.

mod assignment;
mod assignments;
mod context;
mod entries;
mod graph;
mod id;
mod merge;
mod names;
pub(crate) mod paths;
mod presence;
mod resolve;
mod union;

pub use assignment::{Assignment, Clause, Clauses, Letters, PartyRefs};
pub(crate) use assignments::Assignments;
pub(crate) use context::{Combination, ValueSet};
pub use context::{Condition, Context, Dimension};
pub use entries::{
    About, Absence, Citation, CitedSource, Component, Contact, Conventions, Escalation, Flow, Party, PartyRef, Relation,
    Requirement, Step, Task, TimeLimit, When, Within,
};
pub use id::{AssignmentId, CitedSourceId, ComponentId, DimensionId, PartyId, RelationId, RequirementId, TaskId};
pub(crate) use id::{Handle, Table};
pub(crate) use names::{Names, unknown};
pub(crate) use presence::Presence;
pub(crate) use resolve::{MergeLimits, is_id, is_value, resolve};
pub(crate) use union::{Part, Union};

use crate::document::Level;

/// A model: four vocabularies and the assignments between them.
#[derive(Debug)]
pub struct Model {
    pub(crate) about: About,
    pub(crate) sources: Table<CitedSourceId, CitedSource>,
    pub(crate) dimensions: Table<DimensionId, Dimension>,
    pub(crate) requirements: Table<RequirementId, Requirement>,
    pub(crate) parties: Table<PartyId, Party>,
    pub(crate) relations: Table<RelationId, Box<str>>,
    pub(crate) components: Table<ComponentId, Component>,
    pub(crate) tasks: Table<TaskId, Task>,
    pub(crate) assignments: Assignments,
    pub(crate) conventions: Conventions,
    pub(crate) flows: Vec<Flow>,
    pub(crate) escalations: Vec<Escalation>,
    pub(crate) lints: Vec<(Box<str>, Level)>,
    pub(crate) names: Names,
}

impl Model {
    /// What the model says of itself.
    #[must_use]
    pub fn about(&self) -> &About {
        &self.about
    }

    /// A party.
    #[must_use]
    pub fn party(&self, id: PartyId) -> &Party {
        &self.parties[id]
    }

    /// A component.
    #[must_use]
    pub fn component(&self, id: ComponentId) -> &Component {
        &self.components[id]
    }

    /// A task.
    #[must_use]
    pub fn task(&self, id: TaskId) -> &Task {
        &self.tasks[id]
    }

    /// An assignment.
    #[must_use]
    pub fn assignment(&self, id: AssignmentId) -> Assignment<'_> {
        self.assignments.get(id)
    }

    /// A context dimension.
    #[must_use]
    pub fn dimension(&self, id: DimensionId) -> &Dimension {
        &self.dimensions[id]
    }

    /// A cited source.
    #[must_use]
    pub fn cited_source(&self, id: CitedSourceId) -> &CitedSource {
        &self.sources[id]
    }

    /// A requirement.
    #[must_use]
    pub fn requirement(&self, id: RequirementId) -> &Requirement {
        &self.requirements[id]
    }

    /// The name of a relation.
    #[must_use]
    pub fn relation(&self, id: RelationId) -> &str {
        &self.relations[id]
    }

    /// Every party, in declared order.
    pub fn parties(&self) -> impl Iterator<Item = (PartyId, &Party)> {
        self.parties.iter()
    }

    /// Every component, each before its parts; not the whole system.
    pub fn components(&self) -> impl Iterator<Item = (ComponentId, &Component)> {
        self.components.iter().skip(1)
    }

    /// Every task, each before its parts.
    pub fn tasks(&self) -> impl Iterator<Item = (TaskId, &Task)> {
        self.tasks.iter().skip(1)
    }

    /// Every assignment, in the order of the documents.
    pub fn assignments(&self) -> impl Iterator<Item = (AssignmentId, Assignment<'_>)> {
        self.assignments.iter()
    }

    /// Every context dimension, in declared order.
    pub fn dimensions(&self) -> impl Iterator<Item = (DimensionId, &Dimension)> {
        self.dimensions.iter()
    }

    /// Every cited source, in declared order.
    pub fn cited_sources(&self) -> impl Iterator<Item = (CitedSourceId, &CitedSource)> {
        self.sources.iter()
    }

    /// Every requirement, in declared order.
    pub fn requirements(&self) -> impl Iterator<Item = (RequirementId, &Requirement)> {
        self.requirements.iter()
    }

    /// The flows, in declared order.
    #[must_use]
    pub fn flows(&self) -> &[Flow] {
        &self.flows
    }

    /// The escalations, in declared order.
    #[must_use]
    pub fn escalations(&self) -> &[Escalation] {
        &self.escalations
    }

    /// The conventions.
    #[must_use]
    pub fn conventions(&self) -> Conventions {
        self.conventions
    }

    /// The levels that the model gives to lints.
    pub fn lint_levels(&self) -> impl Iterator<Item = (&str, Level)> {
        self.lints.iter().map(|(lint, level)| (lint.as_ref(), *level))
    }

    /// A task and everything above it, the nearest first, all tasks last.
    pub fn task_path(&self, task: TaskId) -> impl Iterator<Item = TaskId> {
        std::iter::successors(Some(task), |task| self.tasks[*task].parent)
    }

    /// The time limits of a task: its own, or those of the nearest task above that has some.
    #[must_use]
    pub fn within(&self, task: TaskId) -> Option<&Within> {
        self.task_path(task).find_map(|task| self.tasks[task].within.as_ref())
    }

    /// A component and everything above it, the nearest first, the whole system last.
    pub fn component_path(&self, component: ComponentId) -> impl Iterator<Item = ComponentId> {
        std::iter::successors(Some(component), |component| self.components[*component].parent)
    }
}
