//! Flows and escalation, from names to handles.

use std::collections::HashMap;

use super::{Resolver, check_not_empty};
use crate::diagnostic::{Diagnostic, ErrorKind};
use crate::document::{self, Name};
use crate::model::entries::{Escalation, Flow, Step};
use crate::model::id::ComponentId;
use crate::model::merge::unknown;
use crate::source::{Span, Spanned};

impl Resolver<'_, '_> {
    pub(super) fn flows(&mut self) -> Vec<Flow> {
        let draft = self.draft;
        let mut flows = Vec::new();
        for slot in &draft.flows.entries {
            let body = &slot.body;
            let about = self.about(&slot.name, [&body.title, &body.description, &body.note], body.source.as_ref());
            let mut ids: HashMap<&str, usize> = HashMap::new();
            for (nth, id) in body.steps.iter().enumerate().filter_map(|(nth, step)| Some((nth, step.value.id.as_ref()?))) {
                self.check_id(id);
                ids.entry(&id.value).or_insert(nth);
            }
            let steps = body.steps.iter().map(|step| self.step(step, &ids)).collect();
            flows.push(Flow { about, steps });
        }
        flows
    }

    fn step(&mut self, step: &Spanned<document::Step<'_>>, ids: &HashMap<&str, usize>) -> Step {
        let body = &step.value;
        let nameless = Name::new("".into(), Span { end: step.span.start, ..step.span });
        let name = body.id.as_ref().unwrap_or(&nameless);
        if body.id.is_none() {
            let missing = Diagnostic::error(ErrorKind::MissingKey, step.span, "the key `id` is missing");
            self.sink.push(missing.help("Write `id: log`: the name by which `then` refers to the step."));
        }
        let mut then = Vec::new();
        for next in body.then.iter().flat_map(|names| &names.items) {
            if let Some(place) = ids.get(next.value.as_ref()) {
                then.push(*place);
            } else {
                let mut known: Vec<(usize, &str)> = ids.iter().map(|(id, nth)| (*nth, *id)).collect();
                known.sort_unstable();
                let diagnostic = unknown(ErrorKind::UnknownStep, "step", next, known.into_iter().map(|(_, id)| id), self.sink);
                self.sink.push(diagnostic);
            }
        }
        Step {
            about: self.described(name, [&body.title, &body.description, &body.note], body.source.as_ref()),
            task: body.task.as_ref().and_then(|task| self.tasks.find(task, self.sink)),
            component: body
                .component
                .as_ref()
                .and_then(|component| self.components.find(component, self.sink))
                .unwrap_or(ComponentId::SYSTEM),
            when: self.dimensions.condition(body.when.as_ref(), self.sink),
            then,
        }
    }

    pub(super) fn escalations(&mut self) -> Vec<Escalation> {
        let draft = self.draft;
        let mut list = Vec::new();
        for slot in &draft.escalation.entries {
            self.check_id(&slot.name);
            check_not_empty(&slot.body.0, "parties", self.sink);
            let id = slot.name.value.as_ref().into();
            list.push(Escalation { id, steps: self.parties.find_all(Some(&slot.body.0), self.sink), span: slot.name.span });
        }
        list
    }
}
