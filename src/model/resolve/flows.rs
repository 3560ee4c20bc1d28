//! Flows and escalation, from names to handles.

use super::Resolver;
use crate::diagnostic::{Diagnostic, ErrorKind};
use crate::document::{self, Name};
use crate::model::entries::{Escalation, Flow, Step};
use crate::model::id::ComponentId;
use crate::model::merge::unknown;
use crate::source::{Span, Spanned};
use crate::yaml::shortened;

impl Resolver<'_, '_> {
    pub(super) fn flows(&mut self) -> Vec<Flow> {
        let draft = self.draft;
        let mut flows = Vec::new();
        for slot in &draft.flows.entries {
            let body = &slot.body;
            let about = self.about(&slot.name, [&body.title, &body.description, &body.note], body.source.as_ref());
            let ids: Vec<&str> =
                body.steps.iter().map(|step| step.value.id.as_ref().map_or("", |id| id.value.as_ref())).collect();
            let steps = (0..).zip(&body.steps).map(|(nth, step)| self.step(nth, step, &body.steps, &ids)).collect();
            flows.push(Flow { about, steps });
        }
        flows
    }

    fn step(
        &mut self,
        nth: usize,
        step: &Spanned<document::Step<'_>>,
        steps: &[Spanned<document::Step<'_>>],
        ids: &[&str],
    ) -> Step {
        let body = &step.value;
        let nameless = Name::new("".into(), Span { end: step.span.start, ..step.span });
        let name = body.id.as_ref().unwrap_or(&nameless);
        match &body.id {
            None => {
                let first = Diagnostic::error(ErrorKind::MissingKey, step.span, "the key `id` is missing");
                self.sink.push(first.help("Write `id: log`: the name by which `then` refers to the step."));
            }
            Some(id) => {
                self.check_id(id);
                if let Some(first) =
                    steps.iter().take(nth).filter_map(|step| step.value.id.as_ref()).find(|other| other.value == id.value)
                {
                    let twice = Diagnostic::error(
                        ErrorKind::DuplicateId,
                        id.span,
                        format!("the step id `{}` is given twice", shortened(&id.value)),
                    );
                    self.sink.push(twice.related(first.span, "first here").help("Give one of them another id."));
                }
            }
        }
        let mut then = Vec::new();
        for next in body.then.iter().flat_map(|names| &names.items) {
            if let Some(place) = ids.iter().position(|id| *id == next.value && !id.is_empty()) {
                then.push(place);
            } else {
                let diagnostic = unknown(ErrorKind::UnknownStep, "step", next, ids.iter().copied(), self.sink);
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
            self.check_not_empty(&slot.body.0, "parties");
            let id = slot.name.value.as_ref().into();
            list.push(Escalation { id, steps: self.parties.find_all(Some(&slot.body.0), self.sink), span: slot.name.span });
        }
        list
    }
}
