//! What a later document says: removals first, then values, assignments, relations, conditions and a further task.

use std::collections::BTreeMap;

use proptest::sample::Index;
use rasci::document::{Component, Conventions, Document, Entries, Remove, Task};
use rasci::source::{Span, Spanned};

use super::super::documents::{name, names};
use super::super::{Below, LayerPlan};
use super::{DIMENSIONS, Declared, Homes, pick};

impl Declared {
    pub(super) fn layer(&mut self, plan: &LayerPlan) -> Document<'static> {
        let remove = self.remove(plan);
        let mut context = Vec::new();
        if let Some(index) = plan.value.filter(|_| !self.dimensions.is_empty()) {
            let (at, values) = index.get_mut(&mut self.dimensions);
            values.push(format!("v{}", values.len()));
            context.push((name(DIMENSIONS[*at].0), names(values.last())));
        }
        let mut homes = Homes::default();
        plan.assignments.iter().for_each(|plan| self.assign(plan, &mut homes));
        let mut tasks: BTreeMap<String, Task<'static>> = BTreeMap::new();
        for (id, assign) in std::mem::take(&mut homes.tasks) {
            tasks.insert(id, Task { assign: assign.into(), ..Task::default() });
        }
        if let Some((index, when)) = &plan.when {
            tasks.entry(index.get(&self.tasks).0.clone()).or_default().when = self.when(when);
        }
        if let Some(below) = plan.task {
            self.count += 1;
            let id = self.free.pop().unwrap_or_else(|| format!("n{}", self.count));
            let parent = match below {
                Below::Nothing => None,
                Below::Task(index) => Some(index.get(&self.tasks).0.clone()),
            };
            match &parent {
                Some(parent) => tasks.entry(parent.clone()).or_default().tasks.0.push((name(&id), Task::default())),
                None => drop(tasks.insert(id.clone(), Task::default())),
            }
            self.tasks.push((id, parent));
        }
        let mut components: BTreeMap<String, Component<'static>> = BTreeMap::new();
        for (id, assign) in std::mem::take(&mut homes.components) {
            components.insert(id, Component { assign: assign.into(), ..Component::default() });
        }
        if let Some((at, which, party)) = &plan.relation {
            let relations = pick(*which, &self.relations).map(|relation| (name(relation), names([party.get(&self.parties)])));
            components.entry(at.get(&self.components).0.clone()).or_default().relations =
                Entries(relations.into_iter().collect());
        }
        self.count += 1;
        Document {
            version: Some(Spanned::new(1, Span::default())),
            id: Some(name(&format!("layer{}", self.count))),
            remove,
            context: Entries(context),
            components: Entries(components.into_iter().map(|(id, component)| (name(&id), component)).collect()),
            tasks: Entries(tasks.into_iter().map(|(id, task)| (name(&id), task)).collect()),
            assignments: homes.top.into(),
            conventions: plan
                .convention
                .map(|implies| Conventions { responsible_is_accountable: Some(implies), ..Conventions::default() }),
            ..Document::default()
        }
    }

    /// Never the first task or component: some always stay.
    fn remove(&mut self, plan: &LayerPlan) -> Option<Remove<'static>> {
        fn below(declared: &mut Vec<(String, Option<String>)>, index: Index) -> Option<Vec<String>> {
            let mut gone = vec![pick(index, declared.get(1..)?)?.0.clone()];
            let mut next = 0;
            while let Some(id) = gone.get(next).cloned() {
                gone.extend(declared.iter().filter(|(_, parent)| parent.as_ref() == Some(&id)).map(|(id, _)| id.clone()));
                next += 1;
            }
            declared.retain(|(id, _)| !gone.contains(id));
            Some(gone)
        }
        fn survives(places: &mut Option<Vec<String>>, gone: Option<&Vec<String>>) -> bool {
            let (Some(places), Some(gone)) = (places, gone) else { return true };
            places.retain(|place| !gone.contains(place));
            !places.is_empty()
        }
        let assignment = plan.remove_assignment.and_then(|index| pick(index, &self.named)).map(|named| named.id.clone());
        self.named.retain(|named| Some(&named.id) != assignment.as_ref());
        let tasks = plan.remove_task.and_then(|index| below(&mut self.tasks, index));
        let components = plan.remove_component.and_then(|index| below(&mut self.components, index));
        self.named.retain_mut(|named| {
            survives(&mut named.tasks, tasks.as_ref()) && survives(&mut named.components, components.as_ref())
        });
        self.free.extend(tasks.iter().flatten().cloned());
        let remove = Remove {
            tasks: tasks.map(|gone| names([&gone[0]])),
            components: components.map(|gone| names([&gone[0]])),
            parties: None,
            assignments: assignment.map(|id| names([&id])),
        };
        (remove != Remove::default()).then_some(remove)
    }
}
