//! Names to handles: what a question is asked with. Aliases are names too.

use hashbrown::HashMap;

use super::id::{ComponentId, DimensionId, PartyId, TaskId};
use super::{About, Context, Model};
use crate::diagnostic::nearest;
use crate::error::QueryError;

/// The names of each vocabulary that questions are asked about.
#[derive(Debug, Default)]
pub(crate) struct Names {
    pub(super) parties: HashMap<Box<str>, PartyId>,
    pub(super) components: HashMap<Box<str>, ComponentId>,
    pub(super) tasks: HashMap<Box<str>, TaskId>,
}

impl Model {
    /// The party of this id or alias.
    ///
    /// # Errors
    /// Where there is none.
    pub fn find_party(&self, name: &str) -> Result<PartyId, QueryError> {
        find(&self.names.parties, "party", name)
    }

    /// The component of this id or alias.
    ///
    /// # Errors
    /// Where there is none.
    pub fn find_component(&self, name: &str) -> Result<ComponentId, QueryError> {
        find(&self.names.components, "component", name)
    }

    /// The task of this id or alias.
    ///
    /// # Errors
    /// Where there is none.
    pub fn find_task(&self, name: &str) -> Result<TaskId, QueryError> {
        find(&self.names.tasks, "task", name)
    }

    /// The context of these dimensions and values; what is not named is left open.
    ///
    /// # Errors
    /// Where a dimension or a value of it is not declared, or a dimension is given two values.
    pub fn find_context<'n>(&self, values: impl IntoIterator<Item = (&'n str, &'n str)>) -> Result<Context, QueryError> {
        let mut context = Context::default();
        for (name, value) in values {
            let (id, dimension) = self.find_dimension(name)?;
            let place = dimension.values.iter().position(|known| **known == *value);
            let place = place.ok_or_else(|| unknown("value", value, dimension.values.iter().map(AsRef::as_ref)))?;
            if context.value(id).is_some_and(|other| other != place) {
                return Err(QueryError::TwoValues { dimension: name.to_owned() });
            }
            context.set(id, place);
        }
        Ok(context)
    }

    /// What every party, component, task, requirement and cited source says of itself.
    pub(crate) fn about_all(&self) -> impl Iterator<Item = &About> {
        let parties = self.parties().map(|(_, party)| &party.about);
        let components = self.components().map(|(_, component)| &component.about);
        let tasks = self.tasks().map(|(_, task)| &task.about);
        let requirements = self.requirements().map(|(_, requirement)| &requirement.about);
        let sources = self.cited_sources().map(|(_, source)| &source.about);
        parties.chain(components).chain(tasks).chain(requirements).chain(sources)
    }

    fn find_dimension(&self, name: &str) -> Result<(DimensionId, &super::Dimension), QueryError> {
        let found = self.dimensions.iter().find(|(_, dimension)| *dimension.id == *name);
        found.ok_or_else(|| unknown("dimension", name, self.dimensions.iter().map(|(_, dimension)| dimension.id.as_ref())))
    }
}

fn find<I: Copy>(names: &HashMap<Box<str>, I>, what: &'static str, name: &str) -> Result<I, QueryError> {
    names.get(name).copied().ok_or_else(|| {
        let mut known: Vec<&str> = names.keys().map(AsRef::as_ref).collect();
        known.sort_unstable();
        unknown(what, name, known)
    })
}

/// The error of a name that a question is asked with, and that the model does not have.
pub(crate) fn unknown<'n>(what: &'static str, name: &str, known: impl IntoIterator<Item = &'n str>) -> QueryError {
    /// So many names are easier to list than to look up.
    const LISTED: usize = 8;
    let known: Vec<&str> = known.into_iter().collect();
    let near = nearest(name, known.iter().copied()).map(str::to_owned);
    let listed = if known.len() <= LISTED { known } else { Vec::new() };
    QueryError::Unknown { what, name: name.to_owned(), near, known: listed.into_iter().map(str::to_owned).collect() }
}
