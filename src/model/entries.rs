//! The entries of a model: who, where, what, and what they cite. All names are resolved.

use jiff::civil::Date;

use super::context::Condition;
use super::id::{CitedSourceId, ComponentId, DimensionId, PartyId, RelationId, RequirementId, TaskId};
use crate::document::{Hours, PartyKind, TaskKind};
use crate::source::Span;

/// What every named entry says of itself.
#[derive(Debug, Clone)]
pub struct About {
    /// Its id.
    pub id: Box<str>,
    /// Its title.
    pub title: Option<Box<str>>,
    /// What it is.
    pub description: Option<Box<str>>,
    /// A remark.
    pub note: Option<Box<str>>,
    /// Where it is written.
    pub citations: Vec<Citation>,
    /// Other names.
    pub aliases: Vec<Box<str>>,
    /// Where the model declares it: its id.
    pub span: Span,
}

/// A place in a cited source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// The source.
    pub source: CitedSourceId,
    /// The place in it, where one is given.
    pub at: Option<Box<str>>,
}

/// A document that the model cites.
#[derive(Debug, Clone)]
pub struct CitedSource {
    /// What it says of itself.
    pub about: About,
    /// Who published it.
    pub publisher: Option<Box<str>>,
    /// Which edition.
    pub edition: Option<Box<str>>,
    /// Where it can be read.
    pub url: Option<Box<str>>,
}

/// What a party must satisfy before it acts.
#[derive(Debug, Clone)]
pub struct Requirement {
    /// What it says of itself.
    pub about: About,
    /// Why it is asked for.
    pub because: Vec<Box<str>>,
}

/// Who: an organisation, a team, a role, a person.
#[derive(Debug, Clone)]
pub struct Party {
    /// What it says of itself.
    pub about: About,
    /// What kind of party.
    pub kind: Option<PartyKind>,
    /// The party it is a part of.
    pub parent: Option<PartyId>,
    /// Its parts.
    pub parts: Vec<PartyId>,
    /// The parties in it that are declared elsewhere.
    pub members: Vec<PartyId>,
    /// The parties it is a member of.
    pub member_of: Vec<PartyId>,
    /// How to reach it.
    pub contact: Contact,
    /// How many persons it needs.
    pub staff_at_least: Option<u32>,
    /// What each person in it must satisfy.
    pub requires: Vec<RequirementId>,
    /// What this person satisfies.
    pub satisfies: Vec<RequirementId>,
    /// When this person is away.
    pub absences: Vec<Absence>,
    /// The components it may be named at, with their parts.
    pub scope: Option<Vec<ComponentId>>,
}

impl Party {
    /// The absence of this person on a day. Absences are in order of time, and no two share a day.
    #[must_use]
    pub fn absence_on(&self, day: Date) -> Option<&Absence> {
        let begun = self.absences.partition_point(|absence| absence.from <= day);
        self.absences.get(begun.checked_sub(1)?).filter(|absence| day <= absence.until)
    }
}

/// How to reach a party.
#[derive(Debug, Clone, Default)]
pub struct Contact {
    /// An e-mail address.
    pub email: Option<Box<str>>,
    /// A telephone number.
    pub phone: Option<Box<str>>,
    /// A page.
    pub url: Option<Box<str>>,
}

/// A time in which a person is away, both days included.
#[derive(Debug, Clone)]
pub struct Absence {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
    /// Who stands in.
    pub deputy: Option<PartyId>,
    /// Where it is written.
    pub span: Span,
}

/// Where: a system or a part of one.
#[derive(Debug, Clone)]
pub struct Component {
    /// What it says of itself.
    pub about: About,
    /// The component it is a part of; none for the whole system.
    pub parent: Option<ComponentId>,
    /// Its parts.
    pub parts: Vec<ComponentId>,
    /// How deep it lies; the whole system at 0.
    pub depth: u32,
    /// When it is there at all.
    pub when: Option<Box<Condition>>,
    /// The parties it names under relations.
    pub relations: Vec<Relation>,
}

/// The parties that a component, or the system, names under a relation.
#[derive(Debug, Clone)]
pub struct Relation {
    /// The relation.
    pub name: RelationId,
    /// The parties.
    pub parties: Vec<PartyId>,
    /// Where it is written.
    pub span: Span,
}

/// What: an activity, a duty, a service.
#[derive(Debug, Clone)]
pub struct Task {
    /// What it says of itself.
    pub about: About,
    /// The task it is a part of; none for all tasks.
    pub parent: Option<TaskId>,
    /// The tasks that it is made of.
    pub parts: Vec<TaskId>,
    /// How deep it lies; all tasks at 0.
    pub depth: u32,
    /// What kind of task.
    pub kind: Option<TaskKind>,
    /// When it is there at all.
    pub when: Option<Box<Condition>>,
    /// Its own time limits.
    pub within: Option<Within>,
}

impl Task {
    /// Its own time limits that have conditions.
    pub(crate) fn limits(&self) -> &[TimeLimit] {
        self.within.as_ref().map_or(&[], Within::limits)
    }
}

impl Within {
    /// The limits that have conditions; none of free text.
    pub(crate) fn limits(&self) -> &[TimeLimit] {
        match self {
            Self::Limits(limits) => limits,
            Self::Text(_) => &[],
        }
    }
}

/// The time limits of a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Within {
    /// As the author puts it.
    Text(Box<str>),
    /// Limits, each with its condition.
    Limits(Vec<TimeLimit>),
}

/// A time limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeLimit {
    /// When it holds.
    pub when: Condition,
    /// How long, as written: an ISO 8601 duration.
    pub time: Box<str>,
    /// How it is counted.
    pub hours: Hours,
}

/// A party, named or through a relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PartyRef {
    /// Named.
    Party(PartyId),
    /// `$relation`: whom the nearest component names under it.
    Relation(RelationId),
}

/// How a case travels.
#[derive(Debug, Clone)]
pub struct Flow {
    /// What it says of itself.
    pub about: About,
    /// Its steps, the first first.
    pub steps: Vec<Step>,
}

/// One step of a flow.
#[derive(Debug, Clone)]
pub struct Step {
    /// What it says of itself.
    pub about: About,
    /// The task done.
    pub task: Option<TaskId>,
    /// The component it is done at.
    pub component: ComponentId,
    /// When the step is taken.
    pub when: Condition,
    /// The steps that may follow, as places in the flow.
    pub then: Vec<usize>,
}

/// Who hands over to whom.
#[derive(Debug, Clone)]
pub struct Escalation {
    /// Its id.
    pub id: Box<str>,
    /// The parties, each handing over to the next.
    pub steps: Vec<PartyId>,
    /// Where it is declared.
    pub span: Span,
}

/// What a letter that no applying assignment mentions is taken to be.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Conventions {
    /// R is A's set where A has a party.
    pub accountable_is_responsible: bool,
    /// A is R's party where R has exactly one.
    pub responsible_is_accountable: bool,
}

/// Alternatives, each a set of values for some dimensions; empty means always.
pub type When = Vec<Vec<(DimensionId, Vec<usize>)>>;
