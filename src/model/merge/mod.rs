//! Puts the layers of a model together: bases first, later documents extending, replacing and removing.
//!
//! Names stay text here, because they are resolved once, when everything is merged. Entries keep the parent they were
//! first given. The rules are those of composition in the language.

mod rules;
mod vocabulary;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::diagnostic::{Diagnostic, Diagnostics, ErrorKind};
use crate::document::{
    Assignment, CitedSource, Component, Document, Entries, Flow, LintLevel, Name, Names, Party, Remove, Requirement, Task,
};
use crate::source::{Span, Spanned};
use crate::yaml::shortened;
use rules::Merge;
pub(super) use rules::{Dimension, Ladder};
pub(super) use vocabulary::Vocabulary;

/// An assignment with the place it stands under.
pub(in crate::model) struct Placed<'t> {
    pub(in crate::model) assignment: Assignment<'t>,
    pub(in crate::model) span: Span,
    pub(in crate::model) layer: u32,
    pub(in crate::model) home: Home<'t>,
}

/// What an assignment's place implies.
pub(in crate::model) enum Home<'t> {
    Nothing,
    Task(Name<'t>),
    Component(Name<'t>),
}

/// Everything that the layers say, merged.
pub(in crate::model) struct Draft<'t> {
    pub(in crate::model) top: Document<'t>,
    pub(in crate::model) sources: Vocabulary<'t, CitedSource<'t>>,
    pub(in crate::model) context: Vocabulary<'t, Dimension<'t>>,
    pub(in crate::model) requirements: Vocabulary<'t, Requirement<'t>>,
    pub(in crate::model) parties: Vocabulary<'t, Party<'t>>,
    pub(in crate::model) components: Vocabulary<'t, Component<'t>>,
    pub(in crate::model) tasks: Vocabulary<'t, Task<'t>>,
    pub(in crate::model) flows: Vocabulary<'t, Flow<'t>>,
    pub(in crate::model) escalation: Vocabulary<'t, Ladder<'t>>,
    pub(in crate::model) assignments: Vec<Placed<'t>>,
    pub(in crate::model) lints: Vec<(Name<'t>, LintLevel)>,
}

/// Merges the layers; none where there is not even one document.
pub(in crate::model) fn merge<'t>(layers: Vec<Document<'t>>, sink: &mut Diagnostics) -> Option<Draft<'t>> {
    let mut draft = Draft {
        top: Document::default(),
        sources: Vocabulary::new("source"),
        context: Vocabulary::new("dimension"),
        requirements: Vocabulary::new("requirement"),
        parties: Vocabulary::new("party"),
        components: Vocabulary::new("component"),
        tasks: Vocabulary::new("task"),
        flows: Vocabulary::new("flow"),
        escalation: Vocabulary::new("escalation"),
        assignments: Vec::new(),
        lints: Vec::new(),
    };
    if layers.is_empty() {
        return None;
    }
    for (layer, document) in (0..).zip(layers) {
        Adding { draft: &mut draft, layer, sink }.add(document);
    }
    Some(draft)
}

/// One document on its way into the draft.
struct Adding<'l, 't> {
    draft: &'l mut Draft<'t>,
    layer: u32,
    sink: &'l mut Diagnostics,
}

impl<'t> Adding<'_, 't> {
    fn add(&mut self, mut document: Document<'t>) {
        if let Some(remove) = document.remove.take() {
            self.remove(&remove);
        }
        let before = self.draft.assignments.len();
        self.declare(std::mem::take(&mut document.sources), |draft| &mut draft.sources);
        self.declare(wrapped(&mut document.context, Dimension), |draft| &mut draft.context);
        self.declare(std::mem::take(&mut document.requirements), |draft| &mut draft.requirements);
        self.declare(std::mem::take(&mut document.flows), |draft| &mut draft.flows);
        self.declare(wrapped(&mut document.escalation, Ladder), |draft| &mut draft.escalation);
        self.parties(std::mem::take(&mut document.parties), None);
        self.components(std::mem::take(&mut document.components), None);
        self.tasks(std::mem::take(&mut document.tasks), None);
        self.assignments(std::mem::take(&mut document.assignments), || Home::Nothing);
        if let Some(added) = self.draft.assignments.get_mut(before..) {
            added.sort_by_key(|placed| placed.span.start);
        }
        self.replace_assignments(before);
        let lints = std::mem::take(&mut document.lints.0);
        let named: HashSet<&str> = lints.iter().map(|(lint, _)| lint.value.as_ref()).collect();
        self.draft.lints.retain(|(other, _)| !named.contains(other.value.as_ref()));
        self.draft.lints.extend(lints);
        self.draft.top.merge(document);
    }

    fn remove(&mut self, remove: &Remove<'t>) {
        // Everything named is of what came before: an assignment may also go with its task.
        for name in remove.assignments.iter().flat_map(|names| &names.items) {
            let found = self
                .draft
                .assignments
                .iter()
                .position(|placed| placed.assignment.id.as_ref().is_some_and(|id| id.value == name.value));
            if let Some(found) = found {
                self.draft.assignments.remove(found);
            } else {
                let known =
                    self.draft.assignments.iter().filter_map(|placed| placed.assignment.id.as_ref()).map(|id| id.value.as_ref());
                self.sink.push(unknown(ErrorKind::UnknownAssignment, "assignment", name, known, self.sink));
            }
        }
        let tasks = removal(&mut self.draft.tasks, remove.tasks.as_ref(), ErrorKind::UnknownTask, self.sink);
        let components = removal(&mut self.draft.components, remove.components.as_ref(), ErrorKind::UnknownComponent, self.sink);
        removal(&mut self.draft.parties, remove.parties.as_ref(), ErrorKind::UnknownParty, self.sink);
        if !tasks.is_empty() || !components.is_empty() {
            self.draft.assignments.retain_mut(|placed| placed.survives(&tasks, &components));
        }
    }

    fn declare<T: Merge>(
        &mut self,
        entries: Entries<'t, T>,
        vocabulary: impl for<'v> Fn(&'v mut Draft<'t>) -> &'v mut Vocabulary<'t, T>,
    ) {
        for (name, body) in entries.0 {
            vocabulary(self.draft).declare(name, None, body, self.layer, self.sink);
        }
    }

    fn parties(&mut self, parties: Entries<'t, Party<'t>>, parent: Option<usize>) {
        for (name, mut party) in parties.0 {
            let parts = std::mem::take(&mut party.parties);
            let place = self.draft.parties.declare(name, parent, party, self.layer, self.sink);
            self.parties(parts, Some(place));
        }
    }

    fn components(&mut self, components: Entries<'t, Component<'t>>, parent: Option<usize>) {
        for (name, mut component) in components.0 {
            let parts = std::mem::take(&mut component.components);
            self.assignments(std::mem::take(&mut component.assign), || Home::Component(name.clone()));
            let place = self.draft.components.declare(name, parent, component, self.layer, self.sink);
            self.components(parts, Some(place));
        }
    }

    fn tasks(&mut self, tasks: Entries<'t, Task<'t>>, parent: Option<usize>) {
        for (name, mut task) in tasks.0 {
            let parts = std::mem::take(&mut task.tasks);
            self.assignments(std::mem::take(&mut task.assign), || Home::Task(name.clone()));
            let place = self.draft.tasks.declare(name, parent, task, self.layer, self.sink);
            self.tasks(parts, Some(place));
        }
    }

    fn assignments(&mut self, assignments: Vec<Spanned<Assignment<'t>>>, home: impl Fn() -> Home<'t>) {
        let layer = self.layer;
        let placed =
            assignments.into_iter().map(|Spanned { value, span }| Placed { assignment: value, span, layer, home: home() });
        self.draft.assignments.extend(placed);
    }

    /// An assignment with the id of an earlier layer's replaces it; the same id twice in one document is an error.
    fn replace_assignments(&mut self, before: usize) {
        let mut own: HashMap<Cow<'t, str>, Span> = HashMap::new();
        for id in self.draft.assignments.iter().skip(before).filter_map(|placed| placed.assignment.id.as_ref()) {
            if let Some(first) = own.get(&id.value) {
                let twice = Diagnostic::error(
                    ErrorKind::DuplicateId,
                    id.span,
                    format!("the assignment id `{}` is given twice", shortened(&id.value)),
                );
                self.sink.push(twice.related(*first, "first here").help("Give one of them another id."));
            } else {
                own.insert(id.value.clone(), id.span);
            }
        }
        if own.is_empty() || before == 0 {
            return;
        }
        let mut place = 0;
        self.draft.assignments.retain(|placed| {
            place += 1;
            place > before || placed.assignment.id.as_ref().is_none_or(|id| !own.contains_key(&id.value))
        });
    }
}

fn wrapped<'t, T>(entries: &mut Entries<'t, Names<'t>>, wrap: impl Fn(Names<'t>) -> T) -> Entries<'t, T> {
    Entries(std::mem::take(&mut entries.0).into_iter().map(|(name, names)| (name, wrap(names))).collect())
}

fn removal<'t, T: Merge>(
    vocabulary: &mut Vocabulary<'t, T>,
    names: Option<&Names<'t>>,
    kind: ErrorKind,
    sink: &mut Diagnostics,
) -> Vec<Cow<'t, str>> {
    let mut gone = Vec::new();
    for name in names.iter().flat_map(|names| &names.items) {
        match vocabulary.remove(name) {
            Some(names) => gone.extend(names),
            // Removed a moment ago with what it lies below: twice said, once done.
            None if gone.contains(&name.value) => {}
            None => sink.push(unknown(kind, vocabulary.what, name, vocabulary.names(), sink)),
        }
    }
    gone
}

/// The error of a name that is not declared.
pub(in crate::model) fn unknown<'n>(
    kind: ErrorKind,
    what: &str,
    name: &Name<'_>,
    known: impl IntoIterator<Item = &'n str>,
    sink: &Diagnostics,
) -> Diagnostic {
    /// So many names are easier to list than to look up.
    const LISTED: usize = 8;
    let unknown = Diagnostic::error(kind, name.span, format!("unknown {what} `{}`", shortened(&name.value)));
    if !sink.suggests() {
        return unknown.help(format!("Write a {what} that is declared, or declare this one."));
    }
    let known: Vec<&str> = known.into_iter().collect();
    let near = sink.suggest(&name.value, known.iter().copied());
    let listed = || known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    match known.len() {
        _ if near.is_some() => unknown.did_you_mean(near),
        0 => unknown.help(format!("No {what} is declared; declare this one, or leave it out.")),
        1..=LISTED => unknown.help(format!("Write one that is declared ({}), or declare this one.", listed())),
        count => unknown.help(format!("None of the {count} declared has a name like it; declare it, or write one of them.")),
    }
}

impl<'t> Placed<'t> {
    /// Drops removed places; false where none is left.
    fn survives(&mut self, tasks: &[Cow<'t, str>], components: &[Cow<'t, str>]) -> bool {
        fn keep<'t>(names: &mut Option<Names<'t>>, gone: &[Cow<'t, str>]) -> bool {
            let Some(names) = names else { return true };
            let had = !names.items.is_empty();
            names.items.retain(|name| !gone.contains(&name.value));
            !had || !names.items.is_empty()
        }
        let home = match &self.home {
            Home::Nothing => true,
            Home::Task(task) => !tasks.contains(&task.value),
            Home::Component(component) => !components.contains(&component.value),
        };
        home && keep(&mut self.assignment.task, tasks) && keep(&mut self.assignment.component, components)
    }
}
