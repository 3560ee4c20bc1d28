//! A model written anew in another way, with the same answers, has no difference: by what it inherits, and by the files it
//! is in. That another order makes none is with the other laws of `diff`.

use proptest::prelude::*;
use rasci::document::{Assignments, Component, Entries, Names, Task};
use rasci::source::Memory;
use rasci::{Letter, Policy};
use serde_json::{Map, Value, json};

use super::config;
use crate::oracle::{Reading, upwards};
use crate::strategy::documents::names;
use crate::strategy::{Written, models};

/// What stood under tasks and under components.
#[derive(Default)]
struct Taken {
    tasks: Vec<(String, Assignments<'static>)>,
    components: Vec<(String, Assignments<'static>)>,
}

impl Taken {
    fn of_tasks(&mut self, entries: &mut Entries<'static, Task<'static>>) {
        for (id, task) in &mut entries.0 {
            self.tasks.push((id.value.to_string(), std::mem::take(&mut task.assign)));
            self.of_tasks(&mut task.tasks);
        }
    }

    fn of_components(&mut self, entries: &mut Entries<'static, Component<'static>>) {
        for (id, component) in &mut entries.0 {
            self.components.push((id.value.to_string(), std::mem::take(&mut component.assign)));
            self.of_components(&mut component.components);
        }
    }
}

fn loaded(texts: Vec<(String, String)>, top: &str) -> Policy {
    Policy::loader().load_from(&texts.into_iter().collect::<Memory>(), top).unwrap_or_else(|error| panic!("{error}"))
}

/// Nothing inherited: every cell says in every combination what it says, letter by letter. None where a cell is silent and
/// one above it is not, which no assignment can say.
fn spelled_out(written: &Written) -> Option<Policy> {
    let reading = Reading::of(&written.documents);
    let components = || std::iter::once(None).chain(reading.components.iter().map(|place| Some(place.id.as_str())));
    let mut assignments = Vec::new();
    for combination in reading.combinations() {
        for task in &reading.tasks {
            for component in components() {
                let told = reading.cell(&task.id, component, &combination);
                if told.status == "not-applicable" {
                    continue;
                }
                if told.status == "unassigned" {
                    let speaks = |task: &Option<String>, component: &Option<String>| {
                        task.as_ref().is_some_and(|task| {
                            ["assigned", "nobody"].contains(&reading.cell(task, component.as_deref(), &combination).status)
                        })
                    };
                    let above = upwards(&reading.components, component);
                    if upwards(&reading.tasks, Some(&task.id)).iter().any(|task| above.iter().any(|place| speaks(task, place))) {
                        return None;
                    }
                    continue;
                }
                let mut said: Map<String, Value> = Map::new();
                said.insert("task".to_owned(), json!(task.id));
                said.extend(component.map(|component| ("component".to_owned(), json!(component))));
                said.extend((!combination.is_empty()).then(|| ("when".to_owned(), json!(combination))));
                let held = |letter: Letter| told.held.get(&letter).cloned().unwrap_or_default();
                said.extend(Letter::ALL.map(|letter| (letter.as_str().to_owned(), json!(held(letter)))));
                assignments.push(Value::Object(said));
            }
        }
    }
    let mut bare = written.clone();
    for (_, document) in &mut bare.documents {
        let mut taken = Taken::default();
        taken.of_tasks(&mut document.tasks);
        taken.of_components(&mut document.components);
        document.assignments = Assignments::default();
        document.conventions = None;
        document.remove.iter_mut().for_each(|remove| remove.assignments = None);
    }
    let flat = json!({ "rasci": 1, "id": "flat", "extends": "model.yaml", "assignments": assignments }).to_string();
    Some(loaded(bare.texts().into_iter().chain([("flat.yaml".to_owned(), flat)]).collect(), "flat.yaml"))
}

/// Every document as two: what there is, and who does it.
fn in_more_files(written: &Written) -> Policy {
    let second = |name: &str| format!("more-{name}");
    let mut texts = Vec::new();
    let mut first = written.clone();
    for (name, document) in &mut first.documents {
        let mut taken = Taken::default();
        taken.of_tasks(&mut document.tasks);
        taken.of_components(&mut document.components);
        let under = |entries: &[(String, Assignments<'static>)]| -> Value {
            entries.iter().map(|(id, assign)| (id.clone(), json!({ "assign": assign }))).collect::<Map<_, _>>().into()
        };
        let extends: Option<Names<'static>> =
            document.extends.as_ref().map(|extends| names(extends.items.iter().map(|name| second(&name.value))));
        document.extends = extends;
        let assignments = std::mem::take(&mut document.assignments);
        let more = json!({
            "rasci": 1, "id": "more", "extends": name, "tasks": under(&taken.tasks), "components": under(&taken.components), "assignments": assignments,
        });
        texts.push((second(name), more.to_string()));
    }
    loaded(first.texts().into_iter().chain(texts).collect(), "more-model.yaml")
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn another_inheritance_is_no_difference(written in models()) {
        let flat = spelled_out(&written);
        prop_assume!(flat.is_some());
        let (before, after) = (written.load(), flat.unwrap());
        for diff in [before.diff(&after), after.diff(&before)] {
            prop_assert!(diff.changes.is_empty(), "{}", rasci::report::text::diff_text(&diff));
        }
    }

    #[test]
    fn other_files_are_no_difference(written in models()) {
        let (before, after) = (written.load(), in_more_files(&written));
        for diff in [before.diff(&after), after.diff(&before)] {
            prop_assert!(diff.changes.is_empty(), "{}", rasci::report::text::diff_text(&diff));
        }
    }
}
