//! Puts the layers of a model together: bases first, later documents extending, replacing and removing.
//!
//! Names stay text here, because they are resolved once, when everything is merged. Entries keep the parent they were
//! first given. The rules are those of composition in the language.

mod placed;
mod rules;
mod unknown;
mod vocabulary;

use std::borrow::Cow;
use std::collections::HashSet;

use hashbrown::HashMap;

use crate::diagnostic::{Diagnostic, Diagnostics, ErrorKind};
use crate::document::{
    Assignments, CitedSource, Component, Document, Entries, Flow, Layer, LintLevel, Name, Names, Party, Remove, Requirement,
    Standing, Task,
};
use crate::parallel;
use crate::source::{Span, to_u32};
use crate::yaml::{Tree, shortened};
pub(super) use placed::{Block, Home, Placed};
use placed::{Gone, Written};
use rules::Merge;
pub(super) use rules::{Dimension, Ladder};
pub(in crate::model) use unknown::unknown;
use unknown::unknown_before;
pub(super) use vocabulary::Vocabulary;

/// Of so many assignments one thread looks for ids.
const IDS_AT_ONCE: usize = 1 << 12;

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
    /// The tree of each layer, in which most assignments still stand.
    pub(in crate::model) trees: Vec<Tree<'t>>,
    pub(in crate::model) lints: Vec<(Name<'t>, LintLevel)>,
}

/// Merges the layers; none where there is not even one document.
pub(in crate::model) fn merge<'t>(layers: Vec<Layer<'t>>, sink: &mut Diagnostics) -> Option<Draft<'t>> {
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
        trees: Vec::new(),
        lints: Vec::new(),
    };
    if layers.is_empty() {
        return None;
    }
    for (layer, Layer { document, tree }) in (0..).zip(layers) {
        draft.trees.push(tree);
        Adding { draft: &mut draft, layer, sink }.add(document);
    }
    draft.parties.finish();
    draft.components.finish();
    draft.tasks.finish();
    Some(draft)
}

/// One document on its way into the draft.
struct Adding<'l, 't> {
    draft: &'l mut Draft<'t>,
    layer: u16,
    sink: &'l mut Diagnostics,
}

impl<'t> Adding<'_, 't> {
    fn add(&mut self, mut document: Document<'t>) {
        if let Some(remove) = document.remove.take() {
            self.remove(&remove);
        }
        for (_, values) in document.context.iter() {
            self.once("value", values.items.iter());
        }
        for (_, flow) in document.flows.iter() {
            self.once("step id", flow.steps.iter().filter_map(|step| step.value.id.as_ref()));
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
        self.assignments(std::mem::take(&mut document.assignments), Home::Nothing);
        let Draft { assignments, trees, .. } = &mut *self.draft;
        let start = |placed: &Placed<'t>| placed.span(trees).start;
        if let Some(added) = assignments.get_mut(before..).filter(|added| !added.is_sorted_by_key(start)) {
            added.sort_by_cached_key(start);
        }
        self.replace_assignments(before);
        let lints = std::mem::take(&mut document.lints.0);
        self.draft.lints.retain(|(other, _)| !lints.iter().any(|(lint, _)| lint.value == other.value));
        self.draft.lints.extend(lints);
        self.draft.top.merge(document);
    }

    /// Reports names that one document gives twice where they must differ.
    fn once<'n>(&mut self, what: &str, names: impl Iterator<Item = &'n Name<'t>>)
    where
        't: 'n,
    {
        let mut first: HashMap<&str, Span> = HashMap::new();
        for name in names {
            if let Some(first) = first.get(name.value.as_ref()) {
                let twice = Diagnostic::error(
                    ErrorKind::DuplicateId,
                    name.span,
                    format!("the {what} `{}` is given twice", shortened(&name.value)),
                );
                self.sink.push(
                    twice
                        .related(*first, "first here")
                        .help(format!("Write another {what} in one of the two places, or take one out.")),
                );
            } else {
                first.insert(&name.value, name.span);
            }
        }
    }

    fn remove(&mut self, remove: &Remove<'t>) {
        // Everything named is of what came before: an assignment may also go with its task. What goes is read all the same,
        // so that what is wrong with it is said.
        let mut gone: HashSet<&str> = HashSet::new();
        for name in remove.assignments.iter().flat_map(|names| &names.items) {
            let Draft { assignments, trees, .. } = &mut *self.draft;
            let found = assignments.iter().position(|placed| placed.id(trees).is_some_and(|id| id.value == name.value));
            if let Some(found) = found {
                assignments.remove(found).read(trees, self.sink);
                gone.insert(&name.value);
            } else if !gone.contains(&*name.value) {
                // What was removed a moment ago is twice said and once done.
                let known: Vec<Cow<'t, str>> = assignments.iter().filter_map(|placed| Some(placed.id(trees)?.value)).collect();
                let known = known.iter().map(AsRef::as_ref);
                self.sink.push(unknown_before(ErrorKind::UnknownAssignment, "assignment", name, known, self.sink));
            }
        }
        let tasks = removal(&mut self.draft.tasks, remove.tasks.as_ref(), ErrorKind::UnknownTask, self.sink);
        let components = removal(&mut self.draft.components, remove.components.as_ref(), ErrorKind::UnknownComponent, self.sink);
        removal(&mut self.draft.parties, remove.parties.as_ref(), ErrorKind::UnknownParty, self.sink);
        if !tasks.is_empty() || !components.is_empty() {
            let Draft { assignments, trees, tasks: all_tasks, components: all_components, .. } = &mut *self.draft;
            let gone = Gone { tasks: &tasks, components: &components };
            assignments.retain_mut(|placed| {
                let with_its_place = match placed.home {
                    Home::Nothing => false,
                    Home::Task(task) => all_tasks.is_gone(task),
                    Home::Component(component) => all_components.is_gone(component),
                };
                if with_its_place {
                    placed.read(trees, self.sink);
                }
                !with_its_place && placed.survives(&gone, trees, self.sink)
            });
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
            let assignments = std::mem::take(&mut component.assign);
            let place = self.draft.components.declare(name, parent, component, self.layer, self.sink);
            self.assignments(assignments, Home::Component(to_u32(place)));
            self.components(parts, Some(place));
        }
    }

    fn tasks(&mut self, tasks: Entries<'t, Task<'t>>, parent: Option<usize>) {
        for (name, mut task) in tasks.0 {
            let parts = std::mem::take(&mut task.tasks);
            let assignments = std::mem::take(&mut task.assign);
            let place = self.draft.tasks.declare(name, parent, task, self.layer, self.sink);
            self.assignments(assignments, Home::Task(to_u32(place)));
            self.tasks(parts, Some(place));
        }
    }

    fn assignments(&mut self, assignments: Assignments<'t>, home: Home) {
        let layer = self.layer;
        let standing =
            assignments.standing.into_iter().map(|node| Placed { written: Written::Standing(Standing(node)), layer, home });
        self.draft.assignments.extend(standing);
    }

    /// An assignment with the id of an earlier layer's replaces it; the same id twice in one document is an error.
    fn replace_assignments(&mut self, before: usize) {
        let Draft { assignments, trees, .. } = &mut *self.draft;
        let mut own: HashMap<Cow<'t, str>, Span> = HashMap::new();
        let added: Vec<&[Placed<'t>]> = assignments.get(before..).unwrap_or_default().chunks(IDS_AT_ONCE).collect();
        let ids = parallel::each(&added, |some| some.iter().filter_map(|placed| placed.id(trees)).collect::<Vec<Name<'t>>>());
        for id in ids.into_iter().flatten() {
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
        assignments.retain(|placed| {
            place += 1;
            let stays = place > before || placed.id(trees).is_none_or(|id| !own.contains_key(&id.value));
            if !stays {
                placed.read(trees, self.sink);
            }
            stays
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
            None => sink.push(unknown_before(kind, vocabulary.what, name, vocabulary.names(), sink)),
        }
    }
    gone
}
