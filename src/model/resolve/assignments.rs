//! Assignments: places, conditions and letters, from names to handles.

use super::lookup::once;
use super::{Resolver, check_id, check_not_empty, is_id, owned, read_citations};
use crate::diagnostic::{Diagnostic, Diagnostics, ErrorKind};
use crate::document::{self, Basis, Force, Letter, Name, Names};
use crate::model::assignments::{Aside, Assignments, Said};
use crate::model::entries::PartyRef;
use crate::model::id::{ComponentId, TaskId};
use crate::model::merge::{Block, Home, Placed, unknown};
use crate::parallel;
use crate::source::Span;
use crate::yaml::{Tree, shortened};

/// So many assignments are read, then resolved.
const AT_ONCE: usize = 64;

/// So many one thread takes, where there are others to take some.
const OF_PART: usize = 4 * AT_ONCE;

/// So many times that each thread takes before what is read is put together, and forgotten of the trees.
const TIMES: usize = 4;

impl<'t> Resolver<'_, 't> {
    /// The assignments, each read from its tree; of the trees what has been read is forgotten.
    pub(super) fn assignments(&mut self, mut trees: Vec<Tree<'t>>) -> Assignments {
        let all = &self.draft.assignments;
        // Grown as they come: at the beginning the trees take the most room.
        let mut made = Assignments::default();
        let mut sink = std::mem::take(self.sink);
        for some in all.chunks(OF_PART * TIMES * parallel::threads()) {
            let parts = if sink.is_empty() { self.in_parts(some, &trees) } else { None };
            match parts {
                Some(parts) => parts.into_iter().for_each(|part| made.append(part)),
                None => Reader { names: self, sink: &mut sink }.read(some, &trees, &mut made),
            }
            for placed in some {
                if let (Some(tree), Some(node)) = (trees.get_mut(usize::from(placed.layer)), placed.node()) {
                    tree.forget_before(node);
                }
            }
        }
        *self.sink = sink;
        made.finish();
        made
    }

    /// Some assignments, read by all threads; none where one of them has a mistake, since what is said of it depends on those before it.
    fn in_parts(&self, some: &[Placed<'t>], trees: &[Tree<'t>]) -> Option<Vec<Assignments>> {
        if some.len() <= OF_PART || parallel::threads() < 2 {
            return None;
        }
        let parts: Vec<&[Placed<'t>]> = some.chunks(OF_PART).collect();
        let read = |part: &&[Placed<'t>]| {
            let (mut sink, mut made) = (Diagnostics::without_near_names(), Assignments::with_capacity(part.len()));
            Reader { names: self, sink: &mut sink }.read(part, trees, &mut made);
            sink.is_empty().then_some(made)
        };
        parallel::each(&parts, read).into_iter().collect()
    }
}

/// Assignments that are being read, and the sink for their mistakes.
struct Reader<'r, 'd, 't> {
    names: &'r Resolver<'d, 't>,
    sink: &'r mut Diagnostics,
}

impl<'t> Reader<'_, '_, 't> {
    fn read(&mut self, all: &[Placed<'t>], trees: &[Tree<'t>], made: &mut Assignments) {
        // Used again and again.
        let (mut block, mut tasks, mut components, mut parties) = (Block::default(), Vec::new(), Vec::new(), Vec::new());
        for some in all.chunks(AT_ONCE) {
            block.read(some, trees, self.sink);
            // One kind of name after the other: look-ups that need nothing of each other go on at once.
            for (placed, written, _) in block.iter() {
                self.tasks_of(placed, written, &mut tasks);
                tasks.sort_unstable();
                made.tasks.push(&tasks);
            }
            for (placed, written, _) in block.iter() {
                self.components_of(placed, written, &mut components);
                components.sort_unstable();
                made.components.push(&components);
            }
            for (placed, written, span) in block.iter() {
                self.clauses(written, span, &mut parties, made);
                let said = self.said(written, made);
                made.push(said, placed.layer, span);
            }
        }
    }

    /// What an assignment says besides its places and clauses.
    fn said(&mut self, written: &document::Assignment<'_>, made: &mut Assignments) -> Said {
        if let Some(id) = &written.id {
            check_id(id, self.sink);
        }
        let document::Assignment { id, source, towards, note, .. } = written;
        let aside = id.is_some() || source.is_some() || towards.is_some() || note.is_some();
        Said {
            when: made.condition(self.names.dimensions.condition(written.when.as_ref(), self.sink)),
            force: written.force.unwrap_or(Force::Must),
            basis: written.basis.unwrap_or(Basis::Inferred),
            aside: aside.then(|| Aside {
                id: id.as_ref().map(|id| id.value.as_ref().into()),
                citations: read_citations(&self.names.sources, source.as_ref(), self.sink),
                towards: self.names.parties.find_all(towards.as_ref(), self.sink),
                note: owned(note.as_ref()),
            }),
        }
    }

    /// What an assignment says of letters.
    fn clauses(&mut self, written: &document::Assignment<'_>, span: Span, parties: &mut Vec<PartyRef>, made: &mut Assignments) {
        self.check_letters(written, span);
        for clause in &written.clauses {
            let Some(names) = &clause.parties else { continue };
            let document::LetterKey { letters, adds } = &clause.key.value;
            self.parties_of(clause, names, parties);
            made.push_clause(letters.iter().copied().collect(), *adds, parties);
        }
    }

    /// The tasks of an assignment, in the place of what is in a list.
    fn tasks_of(&mut self, placed: &Placed<'_>, written: &document::Assignment<'_>, tasks: &mut Vec<TaskId>) {
        tasks.clear();
        if let Home::Task(home) = placed.home {
            if let Some(home) = self.names.draft.tasks.entries.get(home as usize).map(|slot| &slot.name) {
                self.check_not_implied(written.task.as_ref(), "task", home);
                tasks.extend(self.names.tasks.find(home, self.sink));
            }
        } else if let Some(named) = &written.task {
            check_not_empty(named, "tasks", self.sink);
            once(named.items.iter().filter_map(|name| self.names.tasks.find(name, self.sink)), tasks);
        } else {
            tasks.push(TaskId::ALL);
        }
    }

    /// The components of an assignment, in the place of what is in a list.
    fn components_of(&mut self, placed: &Placed<'_>, written: &document::Assignment<'_>, components: &mut Vec<ComponentId>) {
        components.clear();
        if let Home::Component(home) = placed.home {
            if let Some(home) = self.names.draft.components.entries.get(home as usize).map(|slot| &slot.name) {
                self.check_not_implied(written.component.as_ref(), "component", home);
                components.extend(self.names.components.find(home, self.sink));
            }
        } else if let Some(named) = &written.component {
            check_not_empty(named, "components", self.sink);
            once(named.items.iter().filter_map(|name| self.names.components.find(name, self.sink)), components);
        } else {
            components.push(ComponentId::SYSTEM);
        }
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
        if let [document::Clause { key, .. }] = written.clauses.as_slice()
            && key.value.letters.len() == 1
        {
            return;
        }
        let mut seen = [[None; Letter::ALL.len()]; 2];
        for document::Clause { key, .. } in &written.clauses {
            let mut told = false;
            for letter in key.value.letters.iter() {
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

    /// The parties and relations of a clause, in the place of what is in a list.
    fn parties_of(&mut self, clause: &document::Clause<'_>, names: &Names<'_>, parties: &mut Vec<PartyRef>) {
        if clause.key.value.adds && names.items.is_empty() && names.span.end > names.span.start {
            let nobody = Diagnostic::error(ErrorKind::AddsNobody, names.span, format!("`{}` adds nobody", clause.key.value));
            self.sink.push(nobody.help("Name the parties to add, or leave the `+` out to say that nobody holds it."));
        }
        once(names.items.iter().filter_map(|name| self.party_ref(name)), parties);
    }

    fn party_ref(&mut self, name: &Name<'_>) -> Option<PartyRef> {
        const NOBODY: [&str; 6] = ["nobody", "none", "no one", "n/a", "-", ""];
        let Some(relation) = name.value.strip_prefix('$') else {
            if let Some(party) = self.names.parties.get(&name.value) {
                return Some(PartyRef::Party(party));
            }
            if NOBODY.contains(&name.value.to_lowercase().as_str()) {
                let nobody = Diagnostic::error(ErrorKind::UnknownParty, name.span, format!("unknown party `{}`", name.value));
                self.sink.push(nobody.help("Write `[]` where nobody holds the letter on purpose."));
                return None;
            }
            return self.names.parties.find(name, self.sink).map(PartyRef::Party);
        };
        if let Some(id) = self.names.relation_ids.get(relation) {
            return Some(PartyRef::Relation(*id));
        }
        if !is_id(relation) {
            let bad =
                Diagnostic::error(ErrorKind::InvalidId, name.span, format!("`{}` names no relation", shortened(&name.value)));
            self.sink.push(bad.help("Write the name of a relation after `$`: `$manager`."));
            return None;
        }
        let known: Vec<String> = if self.sink.suggests() {
            self.names.relations.iter().map(|known| format!("${known}")).collect()
        } else {
            Vec::new()
        };
        let unknown = unknown(ErrorKind::UnknownRelation, "relation", name, known.iter().map(String::as_str), self.sink);
        self.sink.push(unknown);
        None
    }
}
