//! `show` as a value: all that is declared of an entry. The same value is what people read, put in lines.

use serde::Serialize;

use super::VERSION;
use super::parts::{Cited, Map, alternatives, cited, component, party};
use crate::document::Hours;
use crate::error::QueryError;
use crate::model::{About, Condition, Model, Within, unknown};
use crate::policy::Policy;

/// Every entry of a name: a party, a component, a task, a requirement, a cited source may share one.
#[derive(Debug, Serialize)]
pub struct Shown<'p> {
    version: u32,
    model: &'p str,
    entries: Vec<Entry<'p>>,
}

/// One entry: what it is, where it is declared, and everything that is declared of it.
#[derive(Debug, Serialize)]
pub struct Entry<'p> {
    /// `party`, `component`, `task`, `requirement` or `source`.
    pub what: &'static str,
    /// Its id.
    pub id: &'p str,
    /// The file it is declared in.
    pub file: &'p str,
    /// The line of its id.
    pub line: u32,
    /// The column of its id.
    pub column: u32,
    /// What is declared of it, by key; what is not declared is left out.
    pub declared: Declared<'p>,
}

/// Keys and values, in the order of the language.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub struct Declared<'p>(Map<&'static str, Value<'p>>);

/// The value of a key.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Value<'p> {
    Text(&'p str),
    Number(u32),
    List(Vec<&'p str>),
    Cited(Vec<Cited<'p>>),
    Map(Map<&'p str, Value<'p>>),
    Values(Vec<Value<'p>>),
    Owned(String),
}

impl<'p> Shown<'p> {
    /// Everything declared under this id or alias.
    ///
    /// # Errors
    /// Where nothing is; the error names the nearest.
    pub fn find(policy: &'p Policy, name: &str) -> Result<Self, QueryError> {
        let model = policy.model();
        let same = |about: &About| *about.id == *name || about.aliases.iter().any(|alias| **alias == *name);
        let entry = |what, about: &'p About, declared: Vec<(&'static str, Value<'p>)>| {
            let place = policy.place(about.span);
            let mut all = about_of(model, about);
            all.extend(declared);
            Entry {
                what,
                id: &about.id,
                file: place.file,
                line: place.start.line,
                column: place.start.column,
                declared: Declared(Map(all)),
            }
        };
        let mut entries = Vec::new();
        for (_, it) in model.parties().filter(|(_, it)| same(&it.about)) {
            entries.push(entry("party", &it.about, party_of(model, it)));
        }
        for (_, it) in model.components().filter(|(_, it)| same(&it.about)) {
            entries.push(entry("component", &it.about, component_of(model, it)));
        }
        for (_, it) in model.tasks().filter(|(_, it)| same(&it.about)) {
            entries.push(entry("task", &it.about, task_of(model, it)));
        }
        for (_, it) in model.requirements().filter(|(_, it)| same(&it.about)) {
            let because = it.because.iter().map(AsRef::as_ref).collect();
            entries.push(entry("requirement", &it.about, list("because", because)));
        }
        for (_, it) in model.cited_sources().filter(|(_, it)| same(&it.about)) {
            let keys = [
                text("publisher", it.publisher.as_deref()),
                text("edition", it.edition.as_deref()),
                text("url", it.url.as_deref()),
            ];
            entries.push(entry("source", &it.about, keys.into_iter().flatten().collect()));
        }
        if entries.is_empty() {
            return Err(unknown("entry", name, model.about_all().map(|about| about.id.as_ref())));
        }
        Ok(Self { version: VERSION, model: &model.about().id, entries })
    }

    /// The entries.
    #[must_use]
    pub fn entries(&self) -> &[Entry<'p>] {
        &self.entries
    }
}

impl Declared<'_> {
    /// Each key with its value in words.
    pub fn lines(&self) -> impl Iterator<Item = (&'static str, String)> + '_ {
        self.0.0.iter().map(|(key, value)| (*key, value.words()))
    }
}

impl Value<'_> {
    fn words(&self) -> String {
        let pair = |(key, value): &(&str, Value<'_>)| format!("{key} {}", value.words());
        match self {
            Self::Text(text) => text.trim_end().to_owned(),
            Self::Owned(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::List(list) => list.join(", "),
            Self::Cited(cited) => cited.iter().map(Cited::words).collect::<Vec<_>>().join("; "),
            Self::Map(map) => map.0.iter().map(pair).collect::<Vec<_>>().join(", "),
            Self::Values(values) => values.iter().map(Value::words).collect::<Vec<_>>().join("; "),
        }
    }
}

fn text<'p>(key: &'static str, value: Option<&'p str>) -> Option<(&'static str, Value<'p>)> {
    value.map(|value| (key, Value::Text(value)))
}

fn list<'p>(key: &'static str, values: Vec<&'p str>) -> Vec<(&'static str, Value<'p>)> {
    if values.is_empty() { Vec::new() } else { vec![(key, Value::List(values))] }
}

fn about_of<'p>(model: &'p Model, about: &'p About) -> Vec<(&'static str, Value<'p>)> {
    let mut keys: Vec<_> = [text("title", about.title.as_deref()), text("description", about.description.as_deref())]
        .into_iter()
        .flatten()
        .collect();
    keys.extend(list("aliases", about.aliases.iter().map(AsRef::as_ref).collect()));
    keys.extend(text("note", about.note.as_deref()));
    if !about.citations.is_empty() {
        keys.push(("source", Value::Cited(cited(model, &about.citations))));
    }
    keys
}

fn party_of<'p>(model: &'p Model, it: &'p crate::model::Party) -> Vec<(&'static str, Value<'p>)> {
    let ids = |list: &[crate::model::PartyId]| list.iter().map(|id| party(model, *id)).collect::<Vec<_>>();
    let requirements =
        |list: &[crate::model::RequirementId]| list.iter().map(|id| model.requirement(*id).about.id.as_ref()).collect::<Vec<_>>();
    let contact = [("email", &it.contact.email), ("phone", &it.contact.phone), ("url", &it.contact.url)];
    let contact: Vec<_> = contact.into_iter().filter_map(|(key, value)| Some((key, Value::Text(value.as_deref()?)))).collect();
    let mut keys: Vec<_> = text("kind", it.kind.map(crate::document::PartyKind::as_str)).into_iter().collect();
    keys.extend(text("part-of", it.parent.map(|id| party(model, id))));
    keys.extend(list("parties", ids(&it.parts)));
    keys.extend(list("members", ids(&it.members)));
    keys.extend(list("member-of", ids(&it.member_of)));
    if !contact.is_empty() {
        keys.push(("contact", Value::Map(Map(contact))));
    }
    if let Some(least) = it.staff_at_least {
        keys.push(("staff", Value::Map(Map(vec![("at-least", Value::Number(least))]))));
    }
    keys.extend(list("requires", requirements(&it.requires)));
    keys.extend(list("satisfies", requirements(&it.satisfies)));
    if !it.absences.is_empty() {
        let absence = |absence: &crate::model::Absence| {
            let mut keys =
                vec![("from", Value::Owned(absence.from.to_string())), ("until", Value::Owned(absence.until.to_string()))];
            keys.extend(absence.deputy.map(|deputy| ("deputy", Value::Text(party(model, deputy)))));
            Value::Map(Map(keys))
        };
        keys.push(("absent", Value::Values(it.absences.iter().map(absence).collect())));
    }
    if let Some(scope) = &it.scope {
        keys.push(("scope", Value::List(scope.iter().filter_map(|id| component(model, *id)).collect())));
    }
    keys
}

fn component_of<'p>(model: &'p Model, it: &'p crate::model::Component) -> Vec<(&'static str, Value<'p>)> {
    let mut keys: Vec<_> = text("part-of", it.parent.and_then(|id| component(model, id))).into_iter().collect();
    keys.extend(list("components", it.parts.iter().filter_map(|id| component(model, *id)).collect()));
    keys.extend(when(model, it.when.as_deref()).map(|when| ("when", when)));
    if !it.relations.is_empty() {
        let relation = |relation: &crate::model::Relation| {
            (model.relation(relation.name), Value::List(relation.parties.iter().map(|id| party(model, *id)).collect()))
        };
        keys.push(("relations", Value::Map(Map(it.relations.iter().map(relation).collect()))));
    }
    keys
}

fn task_of<'p>(model: &'p Model, it: &'p crate::model::Task) -> Vec<(&'static str, Value<'p>)> {
    let id = |id: crate::model::TaskId| model.task(id).about.id.as_ref();
    let mut keys: Vec<_> = text("kind", it.kind.map(crate::document::TaskKind::as_str)).into_iter().collect();
    keys.extend(text("part-of", it.parent.map(id).filter(|id| !id.is_empty())));
    keys.extend(list("tasks", it.parts.iter().map(|part| id(*part)).collect()));
    keys.extend(when(model, it.when.as_deref()).map(|when| ("when", when)));
    keys.extend(it.within.as_ref().map(|within| ("within", limits(model, within))));
    keys
}

fn limits<'p>(model: &'p Model, within: &'p Within) -> Value<'p> {
    let limits = match within {
        Within::Text(text) => return Value::Text(text),
        Within::Limits(limits) => limits,
    };
    let limit = |limit: &'p crate::model::TimeLimit| {
        let mut keys = vec![("time", Value::Text(&limit.time))];
        if limit.hours == Hours::Working {
            keys.push(("hours", Value::Text(limit.hours.as_str())));
        }
        keys.extend(when(model, Some(&limit.when)).map(|when| ("when", when)));
        Value::Map(Map(keys))
    };
    Value::Values(limits.iter().map(limit).collect())
}

fn when<'p>(model: &'p Model, condition: Option<&Condition>) -> Option<Value<'p>> {
    let condition = condition.filter(|condition| !condition.is_always())?;
    let alternative = alternatives(model, &vec![condition.alternative(model)]).pop()?;
    Some(Value::Map(Map(alternative.0.into_iter().map(|(dimension, values)| (dimension, Value::List(values))).collect())))
}
