//! The model of a grid that `rasci matrix` wrote: its tasks, components and dimensions, and for each case of a cell the
//! assignment that says it.

use std::collections::BTreeMap;

use super::dimensions::{Dimensions, components, dimensions};
use super::grid::{Alternative, At, Case, Task, Written};
use super::ids::slug;
use super::sheet::CellId;
use super::yaml_text::{Text, WIDE, list, map, scalar};
use crate::document::Letter;

/// The text of the model, and the cells that say what it cannot.
pub(crate) fn write(file: &str, title: Option<&str>, written: &Written) -> (String, Vec<CellId>) {
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let id = Some(slug(stem)).filter(|id| !id.is_empty()).unwrap_or_else(|| "grid".to_owned());
    let mut text = Text::default();
    text.comment(&format!("Imported from {file}."));
    text.line(0, "rasci: 1");
    text.line(0, &format!("id: {id}"));
    if let Some(title) = title {
        text.said(0, "title", title);
    }
    text.line(0, &format!("sources: {{ {id}: {{ title: {} }} }}", scalar(file)));
    let dimensions = dimensions(&places(written).collect::<Vec<_>>());
    if !dimensions.is_empty() {
        text.line(0, &format!("context: {}", conditions(&dimensions, true)));
    }
    text.line(0, "");
    text.line(0, if written.parties.is_empty() { "parties: {}" } else { "parties:" });
    for (party, title) in &written.parties {
        let title: Vec<(String, String)> = title.iter().map(|title| ("title".to_owned(), scalar(title))).collect();
        text.line(1, &format!("{party}: {}", map(&title)));
    }
    let components = components(written.tasks.iter());
    let there: BTreeMap<&String, Alternative> =
        components.iter().filter_map(|component| Some((component, there(component, written, &dimensions)?))).collect();
    if !components.is_empty() {
        text.line(0, "");
        text.line(0, "components:");
        for component in &components {
            let when = there.get(component).map(|when| ("when".to_owned(), conditions(when, false)));
            text.line(1, &format!("{component}: {}", map(&when.into_iter().collect::<Vec<_>>())));
        }
    }
    text.line(0, "");
    text.line(0, "tasks:");
    let writer = Writer { written, source: &id, dimensions: &dimensions, there };
    writer.tasks(None, 1, &mut text);
    let unsaid = |task: &&Task| !task.applies() && writer.exists(task).is_none();
    let unsaid = written.tasks.iter().filter(unsaid).flat_map(|task| &task.places).filter_map(|place| place.never);
    (text.into_string(), unsaid.collect())
}

/// When a component is there, where not always: some task is there never, or elsewhere when it is not here.
fn there(component: &str, written: &Written, dimensions: &Dimensions) -> Option<Alternative> {
    let is_here = |place: &&At| place.component.as_deref() == Some(component);
    let elsewhere = |task: &Task| {
        let here = task.places.iter().find(is_here)?;
        let other = task.places.iter().find(|place| place.component.is_none())?;
        Some(allowed(here.cases.iter(), dimensions) != allowed(other.cases.iter(), dimensions))
    };
    let tells =
        |task: &&Task| task.places.iter().any(|place| is_here(&place)) && (!task.applies() || elsewhere(task) == Some(true));
    written.tasks.iter().find(tells)?;
    allowed(places(written).filter(is_here).flat_map(|place| &place.cases), dimensions)
}

/// The context in which any of these cases applies, where that is not every one: for each dimension the values with which
/// one does.
fn allowed<'c>(cases: impl Iterator<Item = &'c Case>, dimensions: &Dimensions) -> Option<Alternative> {
    let (there, not): (Vec<&Case>, Vec<&Case>) = cases.partition(|case| case.applies);
    if not.is_empty() {
        return None;
    }
    let mut when = Alternative::new();
    for (dimension, all) in dimensions {
        let leaves = |case: &&Case, value: &String| {
            let fits = |alternative: &Alternative| {
                alternative.iter().all(|(other, values)| other != dimension || values.contains(value))
            };
            case.when.is_empty() || case.when.iter().any(fits)
        };
        let values: Vec<String> = all.iter().filter(|value| there.iter().any(|case| leaves(case, value))).cloned().collect();
        if values.len() < all.len() && !values.is_empty() {
            when.push((dimension.clone(), values));
        }
    }
    (!when.is_empty()).then_some(when)
}

impl Task {
    fn applies(&self) -> bool {
        self.places.iter().flat_map(|place| &place.cases).any(|case| case.applies)
    }
}

fn places(written: &Written) -> impl Iterator<Item = &At> {
    written.tasks.iter().flat_map(|task| &task.places)
}

/// A condition, or, with every list as a list, the dimensions themselves.
fn conditions(entries: &[(String, Vec<String>)], always_lists: bool) -> String {
    let values = |values: &Vec<String>| {
        let values: Vec<String> = values.iter().map(|value| scalar(value)).collect();
        if always_lists { format!("[{}]", values.join(", ")) } else { list(&values) }
    };
    map(&entries.iter().map(|(dimension, of)| (dimension.clone(), values(of))).collect::<Vec<_>>())
}

struct Writer<'w> {
    written: &'w Written,
    source: &'w str,
    dimensions: &'w Dimensions,
    /// When a component is there, where not always.
    there: BTreeMap<&'w String, Alternative>,
}

impl Writer<'_> {
    fn tasks(&self, parent: Option<&Task>, depth: usize, text: &mut Text) {
        let known = |id: &String| self.written.tasks.iter().any(|task| task.id == *id);
        let above = |task: &Task| task.part_of.clone().filter(known);
        for task in self.written.tasks.iter().filter(|task| above(task).as_ref() == parent.map(|parent| &parent.id)) {
            text.line(depth, &format!("{}:", task.id));
            if !task.title.is_empty() {
                text.said(depth + 1, "title", &task.title);
            }
            let exists = self.exists(task);
            if let Some(when) =
                exists.as_ref().filter(|when| parent.and_then(|parent| self.exists(parent)).as_ref() != Some(*when))
            {
                text.line(depth + 1, &format!("when: {}", conditions(when, false)));
            }
            // What a task says as the one above it, it says by being a part of it.
            let same = parent.is_some_and(|parent| alike(&parent.places, &task.places));
            let lines: Vec<String> = if same { Vec::new() } else { self.assignments(task, exists.as_ref()) };
            match lines.as_slice() {
                [] => {}
                [one] if one.chars().count() + depth * 2 + 12 <= WIDE => text.line(depth + 1, &format!("assign: [{one}]")),
                lines => {
                    text.line(depth + 1, "assign:");
                    for line in lines {
                        text.line(depth + 2, &format!("- {line}"));
                    }
                }
            }
            if self.written.tasks.iter().any(|other| other.part_of.as_ref() == Some(&task.id)) {
                text.line(depth + 1, "tasks:");
                self.tasks(Some(task), depth + 2, text);
            }
        }
    }

    /// When a task is there, where not always. Where it never is at a component, it is when the component is not.
    fn exists(&self, task: &Task) -> Option<Alternative> {
        let mut places = task.places.iter().map(|place| place.component.as_ref().and_then(|component| self.there.get(component)));
        if !task.applies() {
            let (dimension, values) = places.next()??.first()?;
            let (_, all) = self.dimensions.iter().find(|(other, _)| other == dimension)?;
            return Some(vec![(dimension.clone(), all.iter().filter(|value| !values.contains(value)).cloned().collect())]);
        }
        let when = allowed(task.places.iter().flat_map(|place| &place.cases), self.dimensions)?;
        // What the component says already, the task need not say.
        (!places.all(|there| there == Some(&when))).then_some(when)
    }

    fn assignments(&self, task: &Task, exists: Option<&Alternative>) -> Vec<String> {
        let mut lines = Vec::new();
        for place in &task.places {
            let applying: Vec<&Case> = place.cases.iter().filter(|case| case.applies).collect();
            for case in applying.iter().filter(|case| !(case.letters.is_empty() && case.nobody.is_empty())) {
                let always = vec![Alternative::new()];
                // One case in all that the task's own condition leaves needs no condition.
                let only = applying.len() == 1 && exists.is_some();
                let alternatives = if only || case.when.is_empty() { &always } else { &case.when };
                lines.extend(alternatives.iter().map(|when| self.assignment(place, when, case)));
            }
        }
        lines
    }

    fn assignment(&self, place: &At, when: &Alternative, case: &Case) -> String {
        let mut keys: Vec<(String, String)> = Vec::new();
        keys.extend(place.component.iter().map(|component| ("component".to_owned(), component.clone())));
        if !when.is_empty() {
            keys.push(("when".to_owned(), conditions(when, false)));
        }
        let order = [Letter::Accountable, Letter::Responsible, Letter::Support, Letter::Consulted, Letter::Informed];
        for letter in order {
            let parties = case.letters.iter().find(|(of, _)| *of == letter).map(|(_, parties)| parties.as_slice());
            let ids = |parties: &[usize]| {
                let ids = parties.iter().filter_map(|party| self.written.parties.get(*party)).map(|(id, _)| id.clone());
                list(&ids.collect::<Vec<_>>())
            };
            let held = parties.map(ids).or_else(|| case.nobody.contains(&letter).then(|| "[]".to_owned()));
            match (keys.last_mut(), held) {
                (Some((key, same)), Some(held)) if letter == Letter::Responsible && key == "A" && *same == held => {
                    "A/R".clone_into(key);
                }
                (_, Some(held)) => keys.push((letter.as_str().to_owned(), held)),
                (_, None) => {}
            }
        }
        keys.push(("basis".to_owned(), "stated".to_owned()));
        keys.push(("source".to_owned(), format!("{{ {}: {} }}", self.source, scalar(&place.row))));
        map(&keys)
    }
}

/// Whether two tasks say the same at each place, in each case.
fn alike(above: &[At], below: &[At]) -> bool {
    above.len() == below.len()
        && above.iter().zip(below).all(|(above, below)| above.component == below.component && above.cases == below.cases)
}
