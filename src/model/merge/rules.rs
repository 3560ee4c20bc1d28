//! How what a later document says of an entry joins what earlier ones said: a scalar replaces, maps merge by key, lists
//! of ids, aliases, absences and `because` unite, `scope`, `within`, `when`, `then` and an escalation are replaced.

use hashbrown::{HashMap, HashSet};
use std::borrow::Cow;

use crate::document::{
    Citations, CitedSource, Component, Contact, Conventions, Document, Entries, Flow, Name, Names, Party, Requirement, Staff,
    Step, Task,
};
use crate::source::Spanned;

/// What a later document says of an entry joins what earlier ones said.
pub(in crate::model) trait Merge {
    fn merge(&mut self, later: Self);
}

/// The values of a context dimension.
pub(in crate::model) struct Dimension<'t>(pub(in crate::model) Names<'t>);

/// The parties of an escalation.
pub(in crate::model) struct Ladder<'t>(pub(in crate::model) Names<'t>);

fn replace<T>(old: &mut Option<T>, later: Option<T>) {
    if later.is_some() {
        *old = later;
    }
}

fn unite<'t>(old: &mut Option<Names<'t>>, later: Option<Names<'t>>) {
    match (old, later) {
        (Some(old), Some(later)) => {
            add_new(&mut old.items, later.items);
        }
        (old @ None, later) => *old = later,
        (Some(_), None) => {}
    }
}

/// Adds the names that are not there yet.
fn add_new<'t>(old: &mut Vec<Name<'t>>, later: Vec<Name<'t>>) {
    let mut known: HashSet<Cow<'t, str>> = old.iter().map(|name| name.value.clone()).collect();
    old.extend(later.into_iter().filter(|name| known.insert(name.value.clone())));
}

fn join<T: Merge>(old: &mut Option<T>, later: Option<T>) {
    match (old, later) {
        (Some(old), Some(later)) => old.merge(later),
        (old @ None, later) => *old = later,
        (Some(_), None) => {}
    }
}

fn by_key<'t, T>(old: &mut Entries<'t, T>, later: Entries<'t, T>) {
    let places: HashMap<Cow<'t, str>, usize> =
        old.0.iter().enumerate().map(|(place, (name, _))| (name.value.clone(), place)).collect();
    for (name, value) in later.0 {
        match places.get(&name.value).and_then(|place| old.0.get_mut(*place)) {
            Some(entry) => *entry = (name, value),
            None => old.0.push((name, value)),
        }
    }
}

impl Merge for Citations<'_> {
    fn merge(&mut self, later: Self) {
        for (source, at) in later.0 {
            match self.0.iter_mut().find(|(other, _)| other.value == source.value) {
                Some(entry) => *entry = (source, at),
                None => self.0.push((source, at)),
            }
        }
    }
}

/// `title`, `description`, `note` and `source` merge alike everywhere.
macro_rules! merge_about {
    ($old:expr, $later:expr) => {
        replace(&mut $old.title, $later.title);
        replace(&mut $old.description, $later.description);
        replace(&mut $old.note, $later.note);
        join(&mut $old.source, $later.source);
    };
}

impl Merge for CitedSource<'_> {
    fn merge(&mut self, later: Self) {
        merge_about!(self, later);
        replace(&mut self.publisher, later.publisher);
        replace(&mut self.edition, later.edition);
        replace(&mut self.url, later.url);
    }
}

impl Merge for Requirement<'_> {
    fn merge(&mut self, later: Self) {
        merge_about!(self, later);
        unite(&mut self.because, later.because);
    }
}

impl Merge for Party<'_> {
    fn merge(&mut self, later: Self) {
        merge_about!(self, later);
        unite(&mut self.aliases, later.aliases);
        replace(&mut self.kind, later.kind);
        join(&mut self.contact, later.contact);
        join(&mut self.staff, later.staff);
        unite(&mut self.requires, later.requires);
        unite(&mut self.satisfies, later.satisfies);
        unite(&mut self.members, later.members);
        replace(&mut self.scope, later.scope);
        for absence in later.absent {
            if !self.absent.contains(&absence) {
                self.absent.push(absence);
            }
        }
    }
}

impl Merge for Contact<'_> {
    fn merge(&mut self, later: Self) {
        replace(&mut self.email, later.email);
        replace(&mut self.phone, later.phone);
        replace(&mut self.url, later.url);
    }
}

impl Merge for Staff {
    fn merge(&mut self, later: Self) {
        replace(&mut self.at_least, later.at_least);
    }
}

impl Merge for Component<'_> {
    fn merge(&mut self, later: Self) {
        merge_about!(self, later);
        unite(&mut self.aliases, later.aliases);
        replace(&mut self.when, later.when);
        by_key(&mut self.relations, later.relations);
    }
}

impl Merge for Task<'_> {
    fn merge(&mut self, later: Self) {
        merge_about!(self, later);
        unite(&mut self.aliases, later.aliases);
        replace(&mut self.kind, later.kind);
        replace(&mut self.when, later.when);
        replace(&mut self.within, later.within);
    }
}

impl Merge for Flow<'_> {
    fn merge(&mut self, later: Self) {
        merge_about!(self, later);
        for step in later.steps {
            let same = |other: &&mut Spanned<Step<'_>>| {
                step.value.id.is_some() && other.value.id == step.value.id && other.span.source != step.span.source
            };
            match self.steps.iter_mut().find(same) {
                Some(other) => other.value.merge(step.value),
                None => self.steps.push(step),
            }
        }
    }
}

impl Merge for Step<'_> {
    fn merge(&mut self, later: Self) {
        merge_about!(self, later);
        replace(&mut self.task, later.task);
        replace(&mut self.component, later.component);
        replace(&mut self.when, later.when);
        replace(&mut self.then, later.then);
    }
}

impl Merge for Conventions {
    fn merge(&mut self, later: Self) {
        replace(&mut self.accountable_is_responsible, later.accountable_is_responsible);
        replace(&mut self.responsible_is_accountable, later.responsible_is_accountable);
    }
}

/// The values of a dimension unite.
impl Merge for Dimension<'_> {
    fn merge(&mut self, later: Self) {
        add_new(&mut self.0.items, later.0.items);
    }
}

/// The parties of an escalation are replaced.
impl Merge for Ladder<'_> {
    fn merge(&mut self, later: Self) {
        *self = later;
    }
}

impl Merge for Document<'_> {
    fn merge(&mut self, later: Self) {
        merge_about!(self, later);
        replace(&mut self.id, later.id);
        join(&mut self.conventions, later.conventions);
        by_key(&mut self.relations, later.relations);
    }
}
