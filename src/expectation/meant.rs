//! What a test file means in its model: every name a handle. Unknown names are reported, all of them.

use super::written::{self, Expect};
use crate::diagnostic::{Diagnostic, Diagnostics, ErrorKind};
use crate::document::{Letter, Name, Names, Values, When as WrittenWhen};
use crate::error::QueryError;
use crate::matrix::{Cell, Status};
use crate::model::{ComponentId, Context, DimensionId, Handle, Model, PartyId, TaskId, When};
use crate::query::{Block, Duty, How, Verdict, tidy};
use crate::source::Span;

/// A test that can be run.
pub(super) struct Test {
    pub(super) name: String,
    pub(super) span: Span,
    pub(super) question: Question,
}

/// What a test asks, and what is expected.
pub(super) enum Question {
    Letters { cell: Cell, scope: Scope, expect: Vec<(Letter, Vec<PartyId>)> },
    Status { cell: Cell, scope: Scope, expect: Status },
    Holds { party: PartyId, letter: Letter, cell: Cell, scope: Scope, ways: Vec<How>, expect: Verdict },
    Duties { party: PartyId, expect: Vec<Expected> },
}

/// The combinations that a test asks about: those of a context that satisfy a condition.
#[derive(Debug, Clone)]
pub(super) struct Scope {
    /// The dimensions for which one value is asked about.
    pub(super) context: Context,
    /// Those for which several are; none means all.
    pub(super) among: When,
}

/// An expected duty. Without `through` it stands for every party that it is held through.
pub(super) struct Expected {
    pub(super) duty: Duty,
    pub(super) any_through: bool,
}

/// Finds the names of a test file in its model.
pub(super) struct Lookup<'m, 's> {
    pub(super) model: &'m Model,
    pub(super) sink: &'s mut Diagnostics,
}

impl Lookup<'_, '_> {
    /// The tests whose names are all known.
    pub(super) fn tests(&mut self, tests: &[written::Test<'_>]) -> Vec<Test> {
        tests.iter().filter_map(|test| self.test(test)).collect()
    }

    fn test(&mut self, test: &written::Test<'_>) -> Option<Test> {
        let question = match &test.question {
            written::Question::Cell { task, component, when, expect } => {
                let cell = self.cell(task, component.as_ref());
                let scope = self.scope(when);
                match expect {
                    Expect::Letters(letters) => {
                        let letters: Vec<_> =
                            letters.iter().map(|(letter, names)| Some((*letter, self.parties(names)?))).collect();
                        let expect = letters.into_iter().collect::<Option<_>>();
                        Question::Letters { cell: cell?, scope: scope?, expect: expect? }
                    }
                    Expect::Status(expect) => Question::Status { cell: cell?, scope: scope?, expect: *expect },
                }
            }
            written::Question::Holds { asked, when, expect } => {
                let party = self.party(&asked.party);
                let cell = self.cell(&asked.task, asked.component.as_ref());
                let scope = self.scope(when);
                let ways = How::ALL.into_iter().filter(|how| asked.how.is_empty() || asked.how.contains(how)).collect();
                Question::Holds { party: party?, letter: asked.letter, cell: cell?, scope: scope?, ways, expect: *expect }
            }
            written::Question::Duties { party, expect } => {
                let party = self.party(party);
                let expect: Vec<Option<Expected>> = expect.iter().map(|duty| self.duty(duty)).collect();
                Question::Duties { party: party?, expect: expect.into_iter().collect::<Option<_>>()? }
            }
        };
        Some(Test { name: test.name.value.to_string(), span: test.name.span, question })
    }

    /// The parties of a list, each once, in declared order.
    fn parties(&mut self, names: &Names<'_>) -> Option<Vec<PartyId>> {
        let found: Vec<Option<PartyId>> = names.items.iter().map(|name| self.party(name)).collect();
        let mut parties = found.into_iter().collect::<Option<Vec<_>>>()?;
        parties.sort_unstable();
        parties.dedup();
        Some(parties)
    }

    fn duty(&mut self, duty: &written::Duty<'_>) -> Option<Expected> {
        let task = duty.task.as_ref().map_or(Some(TaskId::ALL), |task| self.task(task));
        let component = duty.component.as_ref().map_or(Some(ComponentId::SYSTEM), |component| self.component(component));
        let through = duty.through.as_ref().map(|party| self.party(party));
        let when: Vec<_> = duty.when.iter().map(|alternative| self.when(alternative)).collect();
        let block =
            Block { task: task?, component: component?, task_below: duty.task_below, component_below: duty.component_below };
        let when = when.into_iter().collect::<Option<When>>()?;
        // An alternative that allows everything is all there is to say.
        let when = if when.iter().any(Vec::is_empty) { When::new() } else { tidy(self.model, &when)? };
        let through = match through {
            Some(party) => Some(party?),
            None => None,
        };
        let duty = Duty { letter: duty.letter, how: duty.how, through, block: block.widest(self.model), when };
        Some(Expected { any_through: through.is_none(), duty })
    }

    /// The combinations that a condition asks about.
    fn scope(&mut self, when: &WrittenWhen<'_>) -> Option<Scope> {
        let mut scope = Scope { context: Context::default(), among: When::new() };
        let mut several = Vec::new();
        for (dimension, values) in self.when(when)? {
            match values[..] {
                [value] => scope.context.set(dimension, value),
                _ => several.push((dimension, values)),
            }
        }
        scope.among.extend(Some(several).filter(|several| !several.is_empty()));
        Some(scope)
    }

    /// The values that a condition allows, for each dimension of which it does not allow all, in declared order.
    fn when(&mut self, when: &WrittenWhen<'_>) -> Option<Vec<(DimensionId, Vec<usize>)>> {
        let found: Vec<_> = when.iter().map(|(name, values)| self.values(name, values)).collect();
        let mut found = found.into_iter().collect::<Option<Vec<_>>>()?;
        found.retain(|(dimension, values)| values.len() < self.model.dimension(*dimension).values.len());
        found.sort_by_key(|(dimension, _)| dimension.place());
        Some(found)
    }

    fn values(&mut self, name: &Name<'_>, values: &Values<'_>) -> Option<(DimensionId, Vec<usize>)> {
        let found = self.model.dimensions().find(|(_, dimension)| *dimension.id == *name.value);
        let Some((id, dimension)) = found else {
            let known = self.model.dimensions().map(|(_, dimension)| dimension.id.as_ref());
            return self.unknown(&crate::model::unknown("dimension", &name.value, known), name.span);
        };
        let names = values.names();
        let mut listed = Vec::new();
        for value in &names.items {
            if let Some(place) = dimension.values.iter().position(|known| **known == *value.value) {
                listed.push(place);
            } else {
                let known = dimension.values.iter().map(AsRef::as_ref);
                self.unknown::<()>(&crate::model::unknown("value", &value.value, known), value.span);
            }
        }
        if listed.len() < names.items.len() {
            return None;
        }
        let negated = matches!(values, Values::Not(_));
        let allowed: Vec<usize> = (0..dimension.values.len()).filter(|value| listed.contains(value) != negated).collect();
        if allowed.is_empty() {
            let message = format!("no value of `{}` is left", dimension.id);
            let never = Diagnostic::error(ErrorKind::ImpossibleCondition, names.span, message);
            self.sink.push(never.help("Leave at least one value, or take the entry out."));
            return None;
        }
        Some((id, allowed))
    }

    fn cell(&mut self, task: &Name<'_>, component: Option<&Name<'_>>) -> Option<Cell> {
        let task = self.task(task);
        let component = component.map_or(Some(ComponentId::SYSTEM), |component| self.component(component));
        Some(Cell { task: task?, component: component? })
    }

    fn party(&mut self, name: &Name<'_>) -> Option<PartyId> {
        let found = self.model.find_party(&name.value);
        self.known(found, name)
    }

    fn component(&mut self, name: &Name<'_>) -> Option<ComponentId> {
        let found = self.model.find_component(&name.value);
        self.known(found, name)
    }

    fn task(&mut self, name: &Name<'_>) -> Option<TaskId> {
        let found = self.model.find_task(&name.value);
        self.known(found, name)
    }

    fn known<I>(&mut self, found: Result<I, QueryError>, name: &Name<'_>) -> Option<I> {
        found.map_or_else(|error| self.unknown(&error, name.span), Some)
    }

    fn unknown<T>(&mut self, error: &QueryError, span: Span) -> Option<T> {
        let kind = match error {
            QueryError::Unknown { what: "party", .. } => ErrorKind::UnknownParty,
            QueryError::Unknown { what: "component", .. } => ErrorKind::UnknownComponent,
            QueryError::Unknown { what: "task", .. } => ErrorKind::UnknownTask,
            QueryError::Unknown { what: "dimension", .. } => ErrorKind::UnknownDimension,
            QueryError::Unknown { .. } | QueryError::Open { .. } | QueryError::TwoValues { .. } => ErrorKind::UnknownValue,
        };
        let diagnostic = Diagnostic::error(kind, span, error.what_is_wrong());
        self.sink.push(match error.near() {
            Some(near) => diagnostic.did_you_mean(Some(near)),
            None => diagnostic.help("Write one that the model declares."),
        });
        None
    }
}
