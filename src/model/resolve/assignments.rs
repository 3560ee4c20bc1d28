//! Assignments: places, conditions and letters, from names to handles.

use super::lookup::once;
use super::{Resolver, is_id, owned};
use crate::diagnostic::{Diagnostic, ErrorKind};
use crate::document::{self, Basis, Force, Letter, Name, Names};
use crate::model::assignment::Letters;
use crate::model::assignments::{Aside, Assignments, Entry};
use crate::model::entries::PartyRef;
use crate::model::id::{ComponentId, TaskId};
use crate::model::merge::{Home, Placed, unknown};
use crate::source::Span;
use crate::yaml::{Tree, shortened};

impl<'t> Resolver<'_, 't> {
    /// The assignments, each read from its tree; of the trees what has been read is forgotten.
    pub(super) fn assignments(&mut self, mut trees: Vec<Tree<'t>>) -> Assignments {
        let draft = self.draft;
        let mut made = Assignments::with_capacity(draft.assignments.len());
        for placed in &draft.assignments {
            let written = placed.read(&trees, self.sink);
            if let Some(written) = written {
                made.push(self.assignment(placed, &written, placed.span(&trees)));
            }
            if let (Some(tree), Some(node)) = (trees.get_mut(usize::from(placed.layer)), placed.node()) {
                tree.forget_before(node);
            }
        }
        made.finish();
        made
    }

    fn assignment(&mut self, placed: &Placed<'_>, written: &document::Assignment<'_>, span: Span) -> Entry {
        if let Some(id) = &written.id {
            self.check_id(id);
        }
        self.check_letters(written, span);
        let (mut tasks, mut components) = (self.tasks_of(placed, written), self.components_of(placed, written));
        tasks.sort_unstable();
        components.sort_unstable();
        Entry {
            tasks,
            components,
            when: self.dimensions.condition(written.when.as_ref(), self.sink),
            clauses: written.clauses.iter().filter_map(|clause| self.clause(clause)).collect(),
            force: written.force.unwrap_or(Force::Must),
            basis: written.basis.unwrap_or(Basis::Inferred),
            aside: Aside {
                id: written.id.as_ref().map(|id| id.value.as_ref().into()),
                citations: self.citations(written.source.as_ref()),
                towards: self.parties.find_all(written.towards.as_ref(), self.sink),
                note: owned(written.note.as_ref()),
            },
            layer: placed.layer,
            span,
        }
    }

    fn tasks_of(&mut self, placed: &Placed<'_>, written: &document::Assignment<'_>) -> Vec<TaskId> {
        if let Home::Task(home) = placed.home {
            let home = self.draft.tasks.entries.get(home as usize).map(|slot| &slot.name);
            return home.map_or_else(Vec::new, |home| {
                self.check_not_implied(written.task.as_ref(), "task", home);
                self.tasks.find(home, self.sink).into_iter().collect()
            });
        }
        let Some(named) = &written.task else { return vec![TaskId::ALL] };
        self.check_not_empty(named, "tasks");
        self.tasks.find_all(Some(named), self.sink)
    }

    fn components_of(&mut self, placed: &Placed<'_>, written: &document::Assignment<'_>) -> Vec<ComponentId> {
        if let Home::Component(home) = placed.home {
            let home = self.draft.components.entries.get(home as usize).map(|slot| &slot.name);
            return home.map_or_else(Vec::new, |home| {
                self.check_not_implied(written.component.as_ref(), "component", home);
                self.components.find(home, self.sink).into_iter().collect()
            });
        }
        let Some(named) = &written.component else { return vec![ComponentId::SYSTEM] };
        self.check_not_empty(named, "components");
        self.components.find_all(Some(named), self.sink)
    }

    fn check_not_implied(&mut self, named: Option<&Names<'_>>, key: &str, home: &Name<'_>) {
        if let Some(named) = named.filter(|named| named.span.end > named.span.start) {
            let implied = Diagnostic::error(
                ErrorKind::ImpliedPlace,
                named.span,
                format!("`{key}` in an assignment that stands under {key} `{}`", home.value),
            );
            self.sink
                .push(implied.help(format!("Leave `{key}` out here, or move the assignment to the top-level `assignments`.")));
        }
    }

    /// At least one letter, and each set at most once and added to at most once.
    fn check_letters(&mut self, written: &document::Assignment<'_>, span: Span) {
        if written.clauses.is_empty() && !written.misread {
            let none = Diagnostic::error(ErrorKind::NoLetter, span, "an assignment without a letter");
            self.sink.push(none.help("Say who holds one of `R`, `A`, `S`, `C`, `I`: `R: helpdesk`."));
        }
        let mut seen = [[None; Letter::ALL.len()]; 2];
        for document::Clause { key, .. } in &written.clauses {
            let mut told = false;
            for letter in &key.value.letters {
                let [setting, adding] = &mut seen;
                let first = if key.value.adds { adding } else { setting }.get_mut(letter.index());
                let Some(first) = first else { continue };
                match *first {
                    None => *first = Some(key.span),
                    Some(_) if told => {}
                    Some(first) => {
                        told = true;
                        let how = if key.value.adds { "added to" } else { "set" };
                        let twice = Diagnostic::error(
                            ErrorKind::LetterTwice,
                            key.span,
                            format!("`{}` is {how} twice in one assignment", letter.as_str()),
                        );
                        self.sink.push(if first == key.span {
                            twice.help("Write the letter once.")
                        } else {
                            twice.related(first, "first here").help("Join the parties in one list.")
                        });
                    }
                }
            }
        }
    }

    fn clause(&mut self, clause: &document::Clause<'_>) -> Option<(Letters, bool, Vec<PartyRef>)> {
        let names = clause.parties.as_ref()?;
        let document::LetterKey { letters, adds } = &clause.key.value;
        if *adds && names.items.is_empty() && names.span.end > names.span.start {
            let nobody = Diagnostic::error(ErrorKind::AddsNobody, names.span, format!("`{}` adds nobody", clause.key.value));
            self.sink.push(nobody.help("Name the parties to add, or leave the `+` out to say that nobody holds it."));
        }
        let parties = once(names.items.iter().filter_map(|name| self.party_ref(name)));
        Some((letters.iter().copied().collect(), *adds, parties))
    }

    fn party_ref(&mut self, name: &Name<'_>) -> Option<PartyRef> {
        const NOBODY: [&str; 6] = ["nobody", "none", "no one", "n/a", "-", ""];
        let Some(relation) = name.value.strip_prefix('$') else {
            if !self.parties.knows(&name.value) && NOBODY.contains(&name.value.to_lowercase().as_str()) {
                let nobody = Diagnostic::error(ErrorKind::UnknownParty, name.span, format!("unknown party `{}`", name.value));
                self.sink.push(nobody.help("Write `[]` where nobody holds the letter on purpose."));
                return None;
            }
            return self.parties.find(name, self.sink).map(PartyRef::Party);
        };
        if let Some(id) = self.relation_ids.get(relation) {
            return Some(PartyRef::Relation(*id));
        }
        if !is_id(relation) {
            let bad =
                Diagnostic::error(ErrorKind::InvalidId, name.span, format!("`{}` names no relation", shortened(&name.value)));
            self.sink.push(bad.help("Write the name of a relation after `$`: `$manager`."));
            return None;
        }
        let known: Vec<String> =
            if self.sink.suggests() { self.relations.iter().map(|known| format!("${known}")).collect() } else { Vec::new() };
        let unknown = unknown(ErrorKind::UnknownRelation, "relation", name, known.iter().map(String::as_str), self.sink);
        self.sink.push(unknown);
        None
    }
}
