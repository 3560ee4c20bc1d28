//! The index: who holds a letter of a cell in a full context, at the cost of reading one line of memory.
//!
//! Each letter of each task that has assignments of its own is a `line`: the components as ranges, each with a `code`. A code is a set of
//! parties, `rules` that ask the context, or another line, where that of a task above is not taken over whole. What adds has lines of its
//! own, since nothing overrides it. A model of few cells has a `grid` instead: every code, ready.
//!
//! The index is what `fold` says, precomputed; laws hold the two equal. It knows nothing of reasons: `fold` does.

mod additions;
mod builder;
mod code;
mod grid;
mod line;
mod masks;
mod placed;
mod ranges;
mod rules;
mod sets;
mod settings;
mod values;

use builder::{Builder, Lines};
use code::{Code, Step};
use grid::Grid;
use line::{Line, Lists};
pub use masks::FullContext;
use masks::Masks;
use ranges::{Ranges, sweep};
use rules::Rules;
use sets::Sets;
use values::Values;

use super::holders::{Holders, Parties};
use super::{Cell, Nobody};
use crate::diagnostic::{Diagnostic, Diagnostics, ErrorKind};
use crate::document::Letter;
use crate::model::{Assignment, Combination, Condition, Conventions, Handle, Model, TaskId};

/// Every letter of every cell, ready to be read.
#[derive(Debug)]
pub(crate) struct Index {
    ranges: Ranges,
    masks: Masks,
    sets: Sets,
    lists: Lists,
    rules: Rules,
    settings: Lines,
    additions: Option<Lines>,
    grid: Option<Grid>,
    places: Option<Places>,
    conventions: Conventions,
    /// Whether what settings say is the whole answer: nothing adds, every place is there always, and there are no conventions.
    settled: bool,
}

/// When tasks and components are there at all, as masks; those above them counted.
#[derive(Debug)]
struct Places {
    tasks: Vec<u32>,
    components: Vec<u32>,
}

/// A question to be asked among many.
#[derive(Debug, Clone, Copy)]
pub struct Question<'c> {
    /// The letter.
    pub letter: Letter,
    /// The cell.
    pub cell: Cell,
    /// The context.
    pub context: &'c FullContext,
}

/// How many look-ups go on at once.
const AT_ONCE: usize = 16;

impl Index {
    /// The index of a model without errors. Where it would need more than so many entries, that is one.
    pub(crate) fn compile(model: &Model, entries: usize, sink: &mut Diagnostics) -> Option<Self> {
        let index = Self::build(model, entries);
        if index.is_none() {
            sink.push(too_wide(model, entries));
        }
        index
    }

    fn build(model: &Model, room: usize) -> Option<Self> {
        let ranges = Ranges::new(model);
        let mut sets = Sets::default();
        let mut lists = Lists::default();
        let relations = values::relations(model, &ranges, &mut sets)?;
        let relation_lines = values::lines(&relations, &mut lists)?;
        let (masks, values, rules) = (Masks::new(model), Values::new(relations), Rules::default());
        let mut builder = Builder { ranges, masks, sets, values, lists, rules, room };
        let places = Places::new(model, &mut builder.masks);
        let (set, add) = (placed::placed(model, &mut builder, false)?, placed::placed(model, &mut builder, true)?);
        let settings = settings::lines(model, &mut builder, &set, relation_lines)?;
        let additions = if add.is_empty() { None } else { Some(additions::lines(model, &mut builder, &add)?) };
        let Builder { ranges, masks, sets, lists, rules, .. } = builder;
        let (conventions, settled) =
            (model.conventions(), additions.is_none() && places.is_none() && model.conventions() == Conventions::default());
        let mut index = Self { ranges, masks, sets, lists, rules, settings, additions, grid: None, places, conventions, settled };
        index.finish();
        index.grid = Grid::new(model, &index);
        Some(index)
    }

    fn finish(&mut self) {
        self.masks.finish();
        self.sets.finish();
        self.lists.finish();
        self.rules.finish();
        self.settings.lines.shrink_to_fit();
    }

    /// A combination, made ready to be asked with.
    pub(crate) fn context(&self, combination: &Combination) -> FullContext {
        self.masks.context(combination)
    }

    /// Who holds a letter.
    #[inline]
    pub(crate) fn letter(&self, letter: Letter, cell: Cell, context: &FullContext) -> Holders<'_> {
        self.answer(self.code(letter, cell), letter, cell, context)
    }

    /// Who holds each of the five letters.
    #[inline]
    pub(crate) fn letters(&self, cell: Cell, context: &FullContext) -> [Holders<'_>; 5] {
        let component = self.ranges.at(cell.component);
        let codes = match &self.grid {
            Some(grid) => grid.cell(cell.task, component),
            None => Letter::ALL.map(|letter| self.settings.at(cell.task, letter, component)),
        };
        let mut letters = Letter::ALL.into_iter();
        codes.map(|code| self.answer(code, letters.next().unwrap_or(Letter::Informed), cell, context))
    }

    /// Who holds each of many letters, as many as there are places for answers.
    ///
    /// First the codes of some are read, then the answers made of them: reads that need nothing of each other go on at once.
    #[inline]
    pub(crate) fn each<'i>(&'i self, questions: &[Question<'_>], answers: &mut [Holders<'i>]) {
        for (questions, answers) in questions.chunks(AT_ONCE).zip(answers.chunks_mut(AT_ONCE)) {
            let mut codes = [Code::SILENT; AT_ONCE];
            for (question, code) in questions.iter().zip(&mut codes) {
                *code = self.code(question.letter, question.cell);
            }
            for ((question, code), answer) in questions.iter().zip(codes).zip(answers) {
                *answer = self.answer(code, question.letter, question.cell, question.context);
            }
        }
    }

    /// What the settings of a letter say of a cell.
    #[inline]
    fn code(&self, letter: Letter, cell: Cell) -> Code {
        let component = self.ranges.at(cell.component);
        match &self.grid {
            Some(grid) => grid.at(cell.task, component, letter),
            None => self.settings.at(cell.task, letter, component),
        }
    }

    /// Who holds a letter of which the code is read.
    #[inline]
    fn answer(&self, code: Code, letter: Letter, cell: Cell, context: &FullContext) -> Holders<'_> {
        match code.step() {
            _ if !self.settled => self.followed(code, letter, cell, context),
            Step::Held(set) => Holders::Held(Parties { decided: self.sets.set(set), added: &[] }),
            Step::Silent => Holders::Silent,
            Step::Said => Holders::Nobody(Nobody::Said),
            Step::Unresolved => Holders::Nobody(Nobody::Unresolved),
            _ => self.followed(code, letter, cell, context),
        }
    }

    /// The same, where it takes more than reading a set.
    #[inline(never)]
    fn followed(&self, code: Code, letter: Letter, cell: Cell, context: &FullContext) -> Holders<'_> {
        if self.places.as_ref().is_some_and(|places| !places.are_there(&self.masks, cell, context)) {
            return Holders::NotApplicable;
        }
        match self.explicit(code, letter, cell, context) {
            Holders::Silent => self.implied(letter, cell, context),
            holders => holders,
        }
    }

    /// Who holds a letter by what assignments say.
    #[inline]
    fn explicit(&self, code: Code, letter: Letter, cell: Cell, context: &FullContext) -> Holders<'_> {
        let component = self.ranges.at(cell.component);
        let decided = self.end(code, component, context);
        let added = match &self.additions {
            None => Step::Silent,
            Some(additions) => self.end(additions.at(cell.task, letter, component), component, context),
        };
        let held = |step: Step| if let Step::Held(set) = step { self.sets.set(set) } else { &[] };
        match (decided, added) {
            (Step::Held(_), _) | (_, Step::Held(_)) => Holders::Held(Parties { decided: held(decided), added: held(added) }),
            (Step::Said, _) => Holders::Nobody(Nobody::Said),
            (Step::Unresolved, _) | (_, Step::Unresolved) => Holders::Nobody(Nobody::Unresolved),
            _ => Holders::Silent,
        }
    }

    /// Follows a code to its end: a set, or why there is none.
    #[inline]
    fn end(&self, mut code: Code, component: u32, context: &FullContext) -> Step {
        // Lines, lists and rules point to what was made before them, so that there is an end.
        loop {
            code = match code.step() {
                Step::Line(line) => self.settings.line(line, component),
                Step::Steps(list) => self.lists.at(list, component),
                Step::Rules(list) => self.rules.at(list, &self.masks, context),
                end => return end,
            }
        }
    }

    /// What a convention takes a letter to be that nothing mentions.
    #[cold]
    fn implied(&self, letter: Letter, cell: Cell, context: &FullContext) -> Holders<'_> {
        let from = match letter {
            Letter::Responsible if self.conventions.accountable_is_responsible => Letter::Accountable,
            Letter::Accountable if self.conventions.responsible_is_accountable => Letter::Responsible,
            _ => return Holders::Silent,
        };
        match self.explicit(self.code(from, cell), from, cell, context) {
            Holders::Held(parties) if from == Letter::Accountable || parties.iter().count() == 1 => Holders::Held(parties),
            _ => Holders::Silent,
        }
    }

    /// How many bytes it takes.
    #[must_use]
    pub(crate) fn bytes(&self) -> usize {
        let lines = |lines: &Lines| lines.lines.capacity() * size_of::<Line>() + lines.base.capacity() * size_of::<u32>();
        let places = |places: &Places| (places.tasks.capacity() + places.components.capacity()) * size_of::<u32>();
        lines(&self.settings)
            + self.additions.as_ref().map_or(0, lines)
            + self.grid.as_ref().map_or(0, Grid::bytes)
            + self.places.as_ref().map_or(0, places)
            + self.ranges.bytes()
            + self.masks.bytes()
            + self.sets.bytes()
            + self.lists.bytes()
            + self.rules.bytes()
    }
}

impl Lines {
    #[inline]
    fn at(&self, task: TaskId, letter: Letter, component: u32) -> Code {
        let base = self.base.get(task.place()).map_or(0, |base| *base as usize);
        self.lines.get(base + letter.index()).map_or(Code::SILENT, |line| line.at(component))
    }

    /// What the line of this number says of a component.
    #[inline]
    fn line(&self, number: u32, component: u32) -> Code {
        self.lines.get(number as usize).map_or(Code::SILENT, |line| line.at(component))
    }
}

impl Places {
    /// None where every task and component is there always.
    fn new(model: &Model, masks: &mut Masks) -> Option<Self> {
        let tasks = model.tasks.iter().map(|(_, task)| (task.parent.map(Handle::place), task.when.as_ref()));
        let tasks = downwards(masks, tasks);
        let components =
            model.components.iter().map(|(_, component)| (component.parent.map(Handle::place), component.when.as_ref()));
        let components = downwards(masks, components);
        let always = tasks.iter().chain(&components).all(|mask| *mask == Masks::ALWAYS);
        (!always).then_some(Self { tasks, components })
    }

    fn are_there(&self, masks: &Masks, cell: Cell, context: &FullContext) -> bool {
        let there = |places: &[u32], place: usize| places.get(place).is_none_or(|mask| masks.holds(*mask, context));
        there(&self.tasks, cell.task.place()) && there(&self.components, cell.component.place())
    }
}

/// For each place its mask and those of the places above it together; a parent stands before its parts.
fn downwards<'m>(masks: &mut Masks, places: impl Iterator<Item = (Option<usize>, Option<&'m Condition>)>) -> Vec<u32> {
    let mut all: Vec<u32> = Vec::new();
    for (parent, when) in places {
        let above = parent.and_then(|parent| all.get(parent).copied()).unwrap_or(Masks::ALWAYS);
        let own = when.map_or(Masks::ALWAYS, |when| masks.of(when));
        all.push(masks.both(above, own));
    }
    all
}

fn too_wide(model: &Model, entries: usize) -> Diagnostic {
    let places = |assignment: &Assignment| assignment.tasks.len().saturating_mul(assignment.components.len());
    let widest = model.assignments().map(|(_, assignment)| assignment).max_by_key(|assignment| places(assignment));
    let message = format!("what assignments say at their tasks and components comes to more than {entries} entries");
    Diagnostic::error(ErrorKind::LimitExceeded, widest.map(|assignment| assignment.span), message)
        .help("Assign at the task or the component that is above those listed, so that they inherit.")
}
