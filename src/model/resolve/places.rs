//! Components and tasks: from nested names to trees of handles.

use std::sync::{Arc, LazyLock};

use hashbrown::{HashMap, HashSet};

use super::lookup::Elsewhere;
use super::{MergeLimits, Resolver, live};
use crate::diagnostic::{Diagnostic, ErrorKind};
use crate::document::{self, Entries, Hours, Names};
use crate::model::entries::{About, Component, Relation, Task, TimeLimit, Within};
use crate::model::id::{ComponentId, Table, TaskId};
use crate::model::merge::{Draft, Vocabulary};
use crate::source::Span;
use crate::yaml::shortened;

/// The places of a tree's entries, each before those below it, siblings in declared order.
pub(super) fn before_parts<T>(vocabulary: &Vocabulary<'_, T>) -> Vec<usize> {
    let mut parts: Vec<Vec<usize>> = vec![Vec::new(); vocabulary.entries.len()];
    let mut open: Vec<usize> = Vec::new();
    for place in live(vocabulary) {
        let parent = vocabulary.entries.get(place).and_then(|slot| slot.parent);
        match parent.and_then(|parent| parts.get_mut(parent)) {
            Some(siblings) => siblings.push(place),
            None => open.push(place),
        }
    }
    open.reverse();
    let mut order = Vec::new();
    while let Some(place) = open.pop() {
        order.push(place);
        open.extend(parts.get(place).into_iter().flatten().rev());
    }
    order
}

/// Every relation that a component or the system declares, in order.
pub(super) fn relations<'d>(draft: &'d Draft<'_>) -> Vec<&'d str> {
    let of_components = draft.components.entries.iter().filter(|slot| slot.live).flat_map(|slot| slot.body.relations.iter());
    let mut seen = HashSet::new();
    let all = draft.top.relations.iter().chain(of_components).map(|(name, _)| name.value.as_ref());
    all.filter(|name| seen.insert(*name)).collect()
}

/// What every name of the model names, for names that stand in the wrong place: gathered once there is one.
pub(super) fn elsewhere<'d>(draft: &'d Draft<'_>, relations: &[&'d str]) -> Arc<Elsewhere<'d>> {
    let relations = relations.to_vec();
    Arc::new(LazyLock::new(Box::new(move || vocabularies(draft, &relations))))
}

fn vocabularies<'d>(draft: &'d Draft<'_>, relations: &[&'d str]) -> HashMap<&'d str, &'static str> {
    fn names<'d, T>(vocabulary: &'d Vocabulary<'_, T>) -> impl Iterator<Item = (&'d str, &'static str)> {
        let live = vocabulary.entries.iter().filter(|slot| slot.live);
        live.map(|slot| (slot.name.value.as_ref(), vocabulary.what))
    }
    let relations = relations.iter().map(|name| (*name, "relation"));
    let places = names(&draft.tasks).chain(names(&draft.components)).chain(names(&draft.parties));
    relations.chain(names(&draft.context)).chain(places).collect()
}

impl Resolver<'_, '_> {
    pub(super) fn components(&mut self, limits: MergeLimits) -> Table<ComponentId, Component> {
        let draft = self.draft;
        let mut table = Table::default();
        let relations = self.relations(&draft.top.relations);
        table.push(Component {
            about: root("the whole system"),
            parent: None,
            parts: Vec::new(),
            depth: 0,
            when: None,
            relations,
        });
        let mut ids = vec![ComponentId::SYSTEM; draft.components.entries.len()];
        for place in self.component_places.clone() {
            let Some(slot) = draft.components.entries.get(place) else {
                continue;
            };
            let body = &slot.body;
            let mut about = self.about(&slot.name, [&body.title, &body.description, &body.note], body.source.as_ref());
            about.aliases = aliases(body.aliases.as_ref());
            let parent = slot.parent.and_then(|parent| ids.get(parent).copied()).unwrap_or(ComponentId::SYSTEM);
            let component = Component {
                about,
                parent: Some(parent),
                parts: Vec::new(),
                depth: table[parent].depth + 1,
                when: body.when.as_ref().map(|when| Box::new(self.dimensions.condition(Some(when), self.sink))),
                relations: self.relations(&body.relations),
            };
            let id = table.push(component);
            ids.get_mut(place).into_iter().for_each(|slot| *slot = id);
            table.get_mut(parent).into_iter().for_each(|parent| parent.parts.push(id));
        }
        self.check_depth(&draft.components, limits);
        table.finished()
    }

    fn relations(&mut self, relations: &Entries<'_, Names<'_>>) -> Vec<Relation> {
        let mut list = Vec::new();
        for (name, parties) in relations.iter() {
            self.check_id(name);
            if parties.items.is_empty() && parties.span.end > parties.span.start {
                let empty = Diagnostic::error(
                    ErrorKind::EmptyRelation,
                    parties.span,
                    format!("the relation `{}` names nobody", shortened(&name.value)),
                );
                self.sink.push(empty.help("Name at least one party, or leave the relation out."));
            }
            let relation = self.relation_ids.get(name.value.as_ref()).copied();
            list.extend(relation.map(|relation| Relation {
                name: relation,
                parties: self.parties.find_all(Some(parties), self.sink),
                span: name.span,
            }));
        }
        list
    }

    pub(super) fn tasks(&mut self, limits: MergeLimits) -> Table<TaskId, Task> {
        let draft = self.draft;
        let mut table = Table::default();
        table.push(Task {
            about: root("all tasks"),
            parent: None,
            parts: Vec::new(),
            depth: 0,
            kind: None,
            when: None,
            within: None,
        });
        let mut ids = vec![TaskId::ALL; draft.tasks.entries.len()];
        for place in self.task_places.clone() {
            let Some(slot) = draft.tasks.entries.get(place) else {
                continue;
            };
            let body = &slot.body;
            let mut about = self.about(&slot.name, [&body.title, &body.description, &body.note], body.source.as_ref());
            about.aliases = aliases(body.aliases.as_ref());
            let parent = slot.parent.and_then(|parent| ids.get(parent).copied()).unwrap_or(TaskId::ALL);
            let task = Task {
                about,
                parent: Some(parent),
                parts: Vec::new(),
                depth: table[parent].depth + 1,
                kind: body.kind,
                when: body.when.as_ref().map(|when| Box::new(self.dimensions.condition(Some(when), self.sink))),
                within: body.within.as_ref().map(|within| self.within(within)),
            };
            let id = table.push(task);
            ids.get_mut(place).into_iter().for_each(|slot| *slot = id);
            table.get_mut(parent).into_iter().for_each(|parent| parent.parts.push(id));
        }
        self.check_depth(&draft.tasks, limits);
        table.finished()
    }

    fn within(&mut self, within: &document::Within<'_>) -> Within {
        let limits = match within {
            document::Within::Text(text) => return Within::Text(text.as_ref().into()),
            document::Within::Limits(limits) => limits,
        };
        let mut read = Vec::new();
        for limit in limits {
            let when = self.dimensions.condition(limit.value.when.as_ref(), self.sink);
            let Some(time) = &limit.value.time else {
                continue;
            };
            if !is_duration(&time.value) {
                let bad = Diagnostic::error(
                    ErrorKind::InvalidValue,
                    time.span,
                    format!("`{}` is not a duration", shortened(&time.value)),
                );
                let meant = duration_in_words(&time.value);
                self.sink.push(match meant {
                    Some(_) => bad.did_you_mean(meant.as_deref()),
                    None => bad.help(
                        "Write it as in ISO 8601: `PT2H` for two hours, `P3D` for three days; other words as text after `within:`.",
                    ),
                });
            }
            read.push(TimeLimit { when, time: time.value.as_ref().into(), hours: limit.value.hours.unwrap_or(Hours::Clock) });
        }
        Within::Limits(read)
    }

    pub(super) fn check_depth<T>(&mut self, vocabulary: &Vocabulary<'_, T>, limits: MergeLimits) {
        let mut depths = vec![0usize; vocabulary.entries.len()];
        for (place, slot) in vocabulary.entries.iter().enumerate() {
            let depth = slot.parent.and_then(|parent| depths.get(parent)).map_or(1, |depth| depth + 1);
            depths.get_mut(place).into_iter().for_each(|slot| *slot = depth);
            if depth == limits.levels + 1 && slot.live {
                let message = format!("more than {} levels of {}", limits.levels, plural(vocabulary.what));
                self.sink.push(
                    Diagnostic::error(ErrorKind::LimitExceeded, slot.name.span, message)
                        .help("Make the tree flatter, or have the caller raise the limit."),
                );
            }
        }
    }
}

fn plural(what: &str) -> String {
    what.strip_suffix('y').map_or_else(|| format!("{what}s"), |stem| format!("{stem}ies"))
}

pub(super) fn aliases(names: Option<&Names<'_>>) -> Vec<Box<str>> {
    names.iter().flat_map(|names| &names.items).map(|alias| alias.value.as_ref().into()).collect()
}

fn root(title: &str) -> About {
    About {
        id: "".into(),
        title: Some(title.into()),
        description: None,
        note: None,
        citations: Vec::new(),
        aliases: Vec::new(),
        span: Span::default(),
    }
}

/// Whether a text is an ISO 8601 duration of more than nothing; the library would also read looser forms.
fn is_duration(text: &str) -> bool {
    let written = text.starts_with('P') && !text.contains(|c: char| c.is_ascii_lowercase() || c.is_whitespace());
    written && text.parse::<jiff::Span>().is_ok_and(jiff::Span::is_positive)
}

/// The duration that is meant by `4 hours`, `2d` or `P8H`.
fn duration_in_words(text: &str) -> Option<String> {
    let text = text.strip_prefix('P').unwrap_or(text).to_lowercase();
    let digits = text.find(|c: char| !c.is_ascii_digit())?;
    let (count, unit) = text.split_at(digits);
    let meant = match unit.trim() {
        "min" | "mins" | "minute" | "minutes" => format!("PT{count}M"),
        "h" | "hr" | "hrs" | "hour" | "hours" => format!("PT{count}H"),
        "d" | "day" | "days" => format!("P{count}D"),
        "w" | "week" | "weeks" => format!("P{count}W"),
        _ => return None,
    };
    is_duration(&meant).then_some(meant)
}
