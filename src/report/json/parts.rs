//! What the shapes share: maps in order, conditions, and why a party came in.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::matrix::{Because, Via};
use crate::model::{Assignment, Citation, ComponentId, Context, DimensionId, Model, PartyId, TaskId, When};
use crate::policy::Policy;

/// A map whose entries stand in the order given.
#[derive(Debug)]
pub(super) struct Map<K, V>(pub(super) Vec<(K, V)>);

impl<K: Serialize, V: Serialize> Serialize for Map<K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, value) in &self.0 {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

/// Alternatives, each a map from dimension to allowed values.
pub(super) type Alternatives<'p> = Vec<Map<&'p str, Vec<&'p str>>>;

pub(super) fn alternatives<'p>(model: &'p Model, when: &When) -> Alternatives<'p> {
    let values = |dimension, values: &[usize]| {
        let declared = &model.dimension(dimension).values;
        values.iter().filter_map(|value| declared.get(*value)).map(AsRef::as_ref).collect()
    };
    let alternative = |entry: &Vec<(_, Vec<usize>)>| {
        Map(entry
            .iter()
            .map(|(dimension, allowed)| (model.dimension(*dimension).id.as_ref(), values(*dimension, allowed)))
            .collect())
    };
    when.iter().map(alternative).collect()
}

pub(super) fn context<'p>(model: &'p Model, context: &Context) -> Map<&'p str, &'p str> {
    let value = |(dimension, value): (DimensionId, usize)| {
        let dimension = model.dimension(dimension);
        dimension.values.get(value).map(|value| (dimension.id.as_ref(), value.as_ref()))
    };
    Map(context.iter().filter_map(value).collect())
}

pub(super) fn component(model: &Model, id: ComponentId) -> Option<&str> {
    (id != ComponentId::SYSTEM).then(|| model.component(id).about.id.as_ref())
}

pub(super) fn task(model: &Model, id: TaskId) -> Option<&str> {
    (id != TaskId::ALL).then(|| model.task(id).about.id.as_ref())
}

pub(super) fn party(model: &Model, id: PartyId) -> &str {
    &model.party(id).about.id
}

pub(super) fn parties<'p>(model: &'p Model, ids: &[PartyId]) -> Vec<&'p str> {
    ids.iter().map(|id| party(model, *id)).collect()
}

pub(super) fn all_because<'p>(policy: &'p Policy, because: &[Because]) -> Vec<Written<'p>> {
    because.iter().map(|because| Written::because(policy, *because)).collect()
}

/// An assignment, as every shape shows it.
#[derive(Debug, Serialize)]
pub(super) struct Written<'p> {
    id: Option<&'p str>,
    file: &'p str,
    line: u32,
    column: u32,
    via: Option<How<'p>>,
    basis: &'static str,
    force: &'static str,
    towards: Vec<&'p str>,
    sources: Vec<Cited<'p>>,
    note: Option<&'p str>,
}

/// A place in a cited source.
#[derive(Debug, Serialize)]
pub(super) struct Cited<'p> {
    id: &'p str,
    at: Option<&'p str>,
}

impl Cited<'_> {
    /// `contract, clause 4`.
    pub(super) fn words(&self) -> String {
        self.at.map_or_else(|| self.id.to_owned(), |at| format!("{}, {at}", self.id))
    }
}

/// How a party came in, where it is not named.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum How<'p> {
    /// Through a relation, which is declared at a component; none for the whole system.
    Relation { relation: &'p str, at: Option<&'p str> },
    /// By a convention, from another letter.
    Implied { implied: &'static str },
}

impl<'p> Written<'p> {
    pub(super) fn new(policy: &'p Policy, assignment: Assignment<'p>, via: Option<How<'p>>) -> Self {
        let model = policy.model();
        let place = policy.place(assignment.span);
        Self {
            id: assignment.id,
            file: place.file,
            line: place.start.line,
            column: place.start.column,
            via,
            basis: assignment.basis.as_str(),
            force: assignment.force.as_str(),
            towards: assignment.towards.iter().map(|id| party(model, *id)).collect(),
            sources: cited(model, assignment.citations),
            note: assignment.note,
        }
    }

    pub(super) fn because(policy: &'p Policy, because: Because) -> Self {
        Self::new(policy, policy.model().assignment(because.assignment), how(policy.model(), because.via))
    }
}

pub(super) fn how(model: &Model, via: Via) -> Option<How<'_>> {
    match via {
        Via::Named => None,
        Via::Relation(relation, at) => {
            Some(How::Relation { relation: model.relation(relation), at: at.and_then(|at| component(model, at)) })
        }
        Via::Implied(letter) => Some(How::Implied { implied: letter.as_str() }),
    }
}

pub(super) fn cited<'p>(model: &'p Model, citations: &'p [Citation]) -> Vec<Cited<'p>> {
    citations
        .iter()
        .map(|citation| Cited { id: &model.cited_source(citation.source).about.id, at: citation.at.as_deref() })
        .collect()
}

/// Who of an answer is absent on a day, and who stands in.
#[derive(Debug, Serialize)]
pub(super) struct Absent<'p> {
    party: &'p str,
    deputy: Option<&'p str>,
}

impl<'p> Absent<'p> {
    pub(super) fn all(policy: &'p Policy, absent: &[(PartyId, Option<PartyId>)]) -> Vec<Self> {
        let id = |id: PartyId| party(policy.model(), id);
        absent.iter().map(|(person, deputy)| Self { party: id(*person), deputy: deputy.map(id) }).collect()
    }
}
