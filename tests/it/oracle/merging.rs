//! The first half of the second reading: the layers of a model become one, as the language says of composition.

use std::collections::{BTreeMap, BTreeSet};

use rasci::document::{Assignment, Component, Document, Entries, Names, Party, Task};

use super::{Place, Reading, Said, Who, list};

impl Reading {
    /// Merges the model in `model.yaml` and all it extends.
    pub fn of(documents: &[(String, Document<'static>)]) -> Self {
        let mut order = Vec::new();
        visit(documents, "model.yaml", &mut order);
        let mut reading = Self::default();
        for (layer, document) in order.into_iter().enumerate() {
            reading.add(document, layer);
        }
        reading
    }

    fn add(&mut self, document: &Document<'static>, layer: usize) {
        if let Some(remove) = &document.remove {
            let gone = remove.assignments.as_ref().map_or_else(Vec::new, list);
            self.assignments.retain(|said| !said.is_one_of(&gone));
            let gone = take_out(&mut self.tasks, remove.tasks.as_ref());
            self.drop_places(|said| &mut said.tasks, &gone);
            let gone = take_out(&mut self.components, remove.components.as_ref());
            self.drop_places(|said| &mut said.components, &gone);
        }
        for (name, values) in document.context.iter() {
            match self.context.iter_mut().find(|(known, _)| *known == name.value) {
                Some((_, known)) => unite(known, list(values)),
                None => self.context.push((name.value.to_string(), list(values))),
            }
        }
        for (name, parties) in document.relations.iter() {
            self.system.insert(name.value.to_string(), list(parties));
        }
        if let Some(conventions) = &document.conventions {
            self.accountable_is_responsible = conventions.accountable_is_responsible.unwrap_or(self.accountable_is_responsible);
            self.responsible_is_accountable = conventions.responsible_is_accountable.unwrap_or(self.responsible_is_accountable);
        }
        let mut own = Vec::new();
        self.parties(&document.parties, None);
        self.components(&document.components, None, &mut own);
        self.tasks(&document.tasks, None, &mut own);
        own.extend(document.assignments.iter().map(|written| said(&written.value, None, None)));
        let ids: Vec<String> = own.iter().filter_map(|said| said.written.id.as_ref()).map(|id| id.value.to_string()).collect();
        self.assignments.retain(|said| !said.is_one_of(&ids));
        self.assignments.extend(own.into_iter().map(|said| Said { layer, ..said }));
    }

    /// An assignment whose last task or component went goes too.
    fn drop_places(&mut self, places: impl Fn(&mut Said) -> &mut Option<Vec<String>>, gone: &[String]) {
        self.assignments.retain_mut(|said| {
            let Some(places) = places(said) else { return true };
            places.retain(|place| !gone.contains(place));
            !places.is_empty()
        });
    }

    fn parties(&mut self, parties: &Entries<'static, Party<'static>>, parent: Option<&str>) {
        for (name, party) in parties.iter() {
            let who = self.who(&name.value);
            who.inside.extend(parent.map(str::to_owned));
            who.part_of = parent.map(str::to_owned).or(who.part_of.take());
            for member in party.members.iter().flat_map(list) {
                self.who(&member).inside.insert(name.value.to_string());
            }
            self.parties(&party.parties, Some(&name.value));
        }
    }

    fn who(&mut self, id: &str) -> &mut Who {
        let place = self.parties.iter().position(|who| who.id == id).unwrap_or_else(|| {
            self.parties.push(Who { id: id.to_owned(), part_of: None, inside: BTreeSet::new() });
            self.parties.len() - 1
        });
        &mut self.parties[place]
    }

    fn components(&mut self, components: &Entries<'static, Component<'static>>, parent: Option<&str>, own: &mut Vec<Said>) {
        for (name, component) in components.iter() {
            let place = declared(&mut self.components, &name.value, parent);
            place.when = component.when.clone().or(place.when.take());
            place.relations.extend(component.relations.iter().map(|(name, parties)| (name.value.to_string(), list(parties))));
            own.extend(component.assign.iter().map(|written| said(&written.value, None, Some(&name.value))));
            self.components(&component.components, Some(&name.value), own);
        }
    }

    fn tasks(&mut self, tasks: &Entries<'static, Task<'static>>, parent: Option<&str>, own: &mut Vec<Said>) {
        for (name, task) in tasks.iter() {
            let place = declared(&mut self.tasks, &name.value, parent);
            place.when = task.when.clone().or(place.when.take());
            own.extend(task.assign.iter().map(|written| said(&written.value, Some(&name.value), None)));
            self.tasks(&task.tasks, Some(&name.value), own);
        }
    }
}

/// Bases first, in order, depth first, each document once.
fn visit<'d>(documents: &'d [(String, Document<'static>)], name: &str, order: &mut Vec<&'d Document<'static>>) {
    let (_, document) = documents.iter().find(|(known, _)| known == name).expect("a document extends documents there are");
    for base in document.extends.iter().flat_map(list) {
        visit(documents, &base, order);
    }
    if !order.iter().any(|known| std::ptr::eq(*known, document)) {
        order.push(document);
    }
}

fn unite(known: &mut Vec<String>, later: Vec<String>) {
    for value in later {
        if !known.contains(&value) {
            known.push(value);
        }
    }
}

fn declared<'p>(places: &'p mut Vec<Place>, id: &str, parent: Option<&str>) -> &'p mut Place {
    let at = places.iter().position(|place| place.id == id).unwrap_or_else(|| {
        let parent = parent.map(str::to_owned);
        places.push(Place { id: id.to_owned(), parent, when: None, relations: BTreeMap::new() });
        places.len() - 1
    });
    &mut places[at]
}

/// Takes out places, and all that lies below them; gives their ids.
fn take_out(places: &mut Vec<Place>, names: Option<&Names<'_>>) -> Vec<String> {
    let mut gone = names.map_or_else(Vec::new, list);
    let mut next = 0;
    while let Some(id) = gone.get(next).cloned() {
        gone.extend(places.iter().filter(|place| place.parent.as_ref() == Some(&id)).map(|place| place.id.clone()));
        next += 1;
    }
    places.retain(|place| !gone.contains(&place.id));
    gone
}

fn said(written: &Assignment<'static>, task: Option<&str>, component: Option<&str>) -> Said {
    let places = |implied: Option<&str>, named: &Option<Names<'_>>| match implied {
        Some(id) => Some(vec![id.to_owned()]),
        None => named.as_ref().map(list),
    };
    Said {
        layer: 0,
        tasks: places(task, &written.task),
        components: places(component, &written.component),
        written: written.clone(),
    }
}
