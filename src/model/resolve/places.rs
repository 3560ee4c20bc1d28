//! Parties, components and tasks: from nested names to trees of handles.

use std::collections::HashSet;

use super::{CIRCLE_SHOWN, MergeLimits, Resolver, circle_words, live, owned};
use crate::diagnostic::{Diagnostic, ErrorKind};
use crate::document::{self, Entries, Hours, Names, PartyKind};
use crate::model::entries::{About, Component, Contact, Party, Relation, Task, TimeLimit, Within};
use crate::model::graph::circles;
use crate::model::id::{ComponentId, Handle, PartyId, Table, TaskId};
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

impl Resolver<'_, '_> {
    pub(super) fn parties(&mut self, limits: MergeLimits) -> Table<PartyId, Party> {
        let draft = self.draft;
        let mut table = Table::default();
        for place in self.party_places.clone() {
            let Some(slot) = draft.parties.entries.get(place) else {
                continue;
            };
            let parent = slot.parent.and_then(|parent| self.party_places.binary_search(&parent).ok()).map(PartyId::new);
            let party = self.party(&slot.name, &slot.body, parent);
            table.push(party);
        }
        self.check_depth(&draft.parties, limits);
        self.contain(&mut table);
        self.check_absences(&table);
        table
    }

    fn party(&mut self, name: &document::Name<'_>, body: &document::Party<'_>, parent: Option<PartyId>) -> Party {
        let mut about = self.about(name, [&body.title, &body.description, &body.note], body.source.as_ref());
        about.aliases = aliases(body.aliases.as_ref());
        if body.kind != Some(PartyKind::Person) {
            let absent = body.absent.first().map(|absence| (absence.span, "absent"));
            let satisfies = body.satisfies.as_ref().map(|names| (names.span, "satisfies"));
            for (span, key) in absent.into_iter().chain(satisfies) {
                let message = format!("`{key}` on `{}`, which is not a person", shortened(&name.value));
                self.sink.push(
                    Diagnostic::error(ErrorKind::PersonsOnly, span, message)
                        .help("Move it to the persons, or write `kind: person`."),
                );
            }
        }
        let contact = body.contact.as_ref();
        let staff = body.staff.as_ref().and_then(|staff| staff.at_least);
        if let Some(none) = staff.filter(|least| least.value == 0) {
            let none = Diagnostic::error(ErrorKind::InvalidValue, none.span, "`at-least: 0` asks for nobody");
            self.sink.push(none.help("Write 1 or more, or leave `staff` out."));
        }
        let scope = body.scope.as_ref();
        if let Some(scope) = scope {
            self.check_not_empty(scope, "components");
        }
        Party {
            about,
            kind: body.kind,
            parent,
            parts: Vec::new(),
            members: self.parties.find_all(body.members.as_ref(), self.sink),
            member_of: Vec::new(),
            contact: Contact {
                email: owned(contact.and_then(|contact| contact.email.as_ref())),
                phone: owned(contact.and_then(|contact| contact.phone.as_ref())),
                url: owned(contact.and_then(|contact| contact.url.as_ref())),
            },
            staff_at_least: staff.map(|least| least.value),
            requires: self.requirements.find_all(body.requires.as_ref(), self.sink),
            satisfies: self.requirements.find_all(body.satisfies.as_ref(), self.sink),
            absences: self.absences(&body.absent),
            scope: scope.map(|scope| self.components.find_all(Some(scope), self.sink)),
        }
    }

    /// Fills in what contains what, and reports parties that contain themselves.
    fn contain(&mut self, table: &mut Table<PartyId, Party>) {
        let parts: Vec<(PartyId, PartyId)> = table.iter().filter_map(|(id, party)| Some((party.parent?, id))).collect();
        let members: Vec<(PartyId, PartyId)> =
            table.iter().flat_map(|(id, party)| party.members.iter().map(move |member| (id, *member))).collect();
        for (parent, part) in &parts {
            table.get_mut(*parent).into_iter().for_each(|party| party.parts.push(*part));
        }
        for (pool, member) in &members {
            table.get_mut(*member).into_iter().for_each(|party| party.member_of.push(*pool));
        }
        let edges: Vec<_> = parts.iter().chain(&members).map(|(container, part)| (container.place(), part.place())).collect();
        for circle in circles(table.len(), &edges) {
            self.report_circle(table, &circle);
        }
    }

    /// A circle of containment, told at the first `members` entry in it: parts alone make none.
    fn report_circle(&mut self, table: &Table<PartyId, Party>, circle: &[usize]) {
        let ids: Vec<PartyId> = circle.iter().map(|place| PartyId::new(*place)).collect();
        let next = |nth: usize| ids.get((nth + 1) % ids.len()).copied();
        let entry = |nth: usize, id: &PartyId| {
            let member = &table[next(nth)?].about.id;
            let slot = self.draft.parties.entries.get(*self.party_places.get(id.place())?)?;
            let items = &slot.body.members.as_ref()?.items;
            items.iter().find(|name| name.value == **member).map(|name| name.span)
        };
        let mut entries: Vec<Span> = ids.iter().enumerate().filter_map(|(nth, id)| entry(nth, id)).collect();
        entries.sort_unstable();
        let names = circle_words(ids.iter().map(|id| table[*id].about.id.as_ref()));
        let message = format!("a party contains itself: {names}");
        let cycle = Diagnostic::error(ErrorKind::MembershipCycle, entries.first().copied(), message);
        let cycle = entries.iter().take(CIRCLE_SHOWN).skip(1).fold(cycle, |cycle, span| cycle.related(*span, "and here"));
        self.sink.push(cycle.help("Take one of these entries out of `members`."));
    }

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
                when: body.when.as_ref().map(|when| self.dimensions.condition(Some(when), self.sink)),
                relations: self.relations(&body.relations),
            };
            let id = table.push(component);
            ids.get_mut(place).into_iter().for_each(|slot| *slot = id);
            table.get_mut(parent).into_iter().for_each(|parent| parent.parts.push(id));
        }
        self.check_depth(&draft.components, limits);
        table
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
                when: body.when.as_ref().map(|when| self.dimensions.condition(Some(when), self.sink)),
                within: body.within.as_ref().map(|within| self.within(within)),
            };
            let id = table.push(task);
            ids.get_mut(place).into_iter().for_each(|slot| *slot = id);
            table.get_mut(parent).into_iter().for_each(|parent| parent.parts.push(id));
        }
        self.check_depth(&draft.tasks, limits);
        table
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
            if !time.value.starts_with('P') || time.value.parse::<jiff::Span>().is_err() {
                let bad = Diagnostic::error(
                    ErrorKind::InvalidValue,
                    time.span,
                    format!("`{}` is not a duration", shortened(&time.value)),
                );
                self.sink.push(bad.help(
                    "Write it as in ISO 8601: `PT2H` for two hours, `P3D` for three days; other words as text after `within:`.",
                ));
            }
            read.push(TimeLimit { when, time: time.value.as_ref().into(), hours: limit.value.hours.unwrap_or(Hours::Clock) });
        }
        Within::Limits(read)
    }

    fn check_depth<T>(&mut self, vocabulary: &Vocabulary<'_, T>, limits: MergeLimits) {
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

fn aliases(names: Option<&Names<'_>>) -> Vec<Box<str>> {
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
