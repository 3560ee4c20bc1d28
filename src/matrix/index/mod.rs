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

use super::{Cell, Nobody};
use crate::document::Letter;
use crate::model::{Combination, Condition, Conventions, Handle, Model, PartyId, TaskId};

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
}

/// When tasks and components are there at all, as masks; those above them counted.
#[derive(Debug)]
struct Places {
    tasks: Vec<u32>,
    components: Vec<u32>,
}

/// How many look-ups go on at once.
const AT_ONCE: usize = 16;

/// Who holds a letter of a cell in a full context.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found<'i> {
    /// The parties that settings give it to, and those that additions do; each in declared order, not both empty.
    Held(&'i [PartyId], &'i [PartyId]),
    /// Nobody, and why.
    Nobody(Nobody),
    /// The model is silent.
    Silent,
    /// The task or the component is not there.
    NotApplicable,
}

impl Index {
    /// The index of a model; none for one whose few words stand at too many places to list.
    pub(crate) fn build(model: &Model) -> Option<Self> {
        let ranges = Ranges::new(model);
        let mut masks = Masks::new(model);
        let mut sets = Sets::new(model.parties.ids());
        let mut lists = Lists::default();
        let relations = values::relations(model, &ranges, &mut sets)?;
        let relation_lines = values::lines(&relations, &mut lists)?;
        let mut values = Values::new(relations);
        let set = placed::placed(model, &ranges, &mut masks, &mut values, false)?;
        let add = placed::placed(model, &ranges, &mut masks, &mut values, true)?;
        let places = Places::new(model, &mut masks);
        let mut builder = Builder { ranges, masks, sets, values, lists, rules: Rules::default() };
        let settings = settings::lines(model, &mut builder, &set, relation_lines)?;
        let additions = if add.is_empty() { None } else { Some(additions::lines(model, &mut builder, &add)?) };
        let Builder { ranges, masks, sets, lists, rules, .. } = builder;
        let conventions = model.conventions();
        let mut index = Self { ranges, masks, sets, lists, rules, settings, additions, grid: None, places, conventions };
        index.finish();
        index.grid = Grid::new(model, &index);
        Some(index)
    }

    fn finish(&mut self) {
        self.masks.finish();
        self.sets.finish();
        self.rules.finish();
        self.settings.lines.shrink_to_fit();
    }

    /// A combination, made ready to be asked with.
    pub(crate) fn context(&self, combination: Combination) -> FullContext {
        self.masks.context(combination)
    }

    /// Who holds a letter.
    #[inline]
    pub(crate) fn letter(&self, letter: Letter, cell: Cell, context: &FullContext) -> Found<'_> {
        self.letter_from(self.code(letter, cell), letter, cell, context)
    }

    /// Who holds a letter of which the code is read.
    #[inline]
    fn letter_from(&self, code: Code, letter: Letter, cell: Cell, context: &FullContext) -> Found<'_> {
        if !self.is_there(cell, context) {
            return Found::NotApplicable;
        }
        match self.explicit(code, letter, cell, context) {
            Found::Silent => self.implied(letter, cell, context),
            found => found,
        }
    }

    /// Who holds each of the five letters.
    #[inline]
    pub(crate) fn letters(&self, cell: Cell, context: &FullContext) -> [Found<'_>; 5] {
        let codes = Letter::ALL.map(|letter| (letter, self.code(letter, cell)));
        codes.map(|(letter, code)| self.letter_from(code, letter, cell, context))
    }

    /// Who holds each of many letters, said with their numbers.
    ///
    /// First the lines of some are read, then the answers made of them: reads that wait for none of each other go on at once.
    pub(crate) fn each<'i, 'c>(
        &'i self,
        questions: impl Iterator<Item = (Letter, Cell, &'c FullContext)>,
        mut answer: impl FnMut(usize, Found<'i>),
    ) {
        let mut questions = questions.enumerate().fuse();
        loop {
            let mut read: [Option<(usize, Letter, Cell, &FullContext, Code)>; AT_ONCE] = [None; AT_ONCE];
            for place in &mut read {
                *place =
                    questions.next().map(|(nth, (letter, cell, context))| (nth, letter, cell, context, self.code(letter, cell)));
            }
            for (nth, letter, cell, context, code) in read.iter().flatten() {
                answer(*nth, self.letter_from(*code, *letter, *cell, context));
            }
            if read.last().is_none_or(Option::is_none) {
                return;
            }
        }
    }

    #[inline]
    fn is_there(&self, cell: Cell, context: &FullContext) -> bool {
        self.places.as_ref().is_none_or(|places| places.are_there(&self.masks, cell, context))
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

    /// Who holds a letter by what assignments say.
    #[inline]
    fn explicit(&self, code: Code, letter: Letter, cell: Cell, context: &FullContext) -> Found<'_> {
        let component = self.ranges.at(cell.component);
        let decided = self.decided(code, component, context);
        match &self.additions {
            None => self.found(decided, Step::Silent),
            Some(additions) => self.found(decided, self.decided(additions.at(cell.task, letter, component), component, context)),
        }
    }

    /// Follows a code to the end: a set, or why there is none.
    #[inline]
    fn decided(&self, mut code: Code, component: u32, context: &FullContext) -> Step {
        // Every line, list and rule points to earlier ones only.
        loop {
            code = match code.step() {
                Step::Line(line) => self.settings.lines.get(line as usize).map_or(Code::SILENT, |line| line.at(component)),
                Step::Steps(list) => self.lists.at(list, component),
                Step::Rules(list) => self.rules.at(list, &self.masks, context),
                end => return end,
            }
        }
    }

    #[inline]
    fn found(&self, decided: Step, added: Step) -> Found<'_> {
        match (decided, added) {
            (Step::Held(set), Step::Held(more)) => Found::Held(self.sets.set(set), self.sets.set(more)),
            (Step::Held(set), _) => Found::Held(self.sets.set(set), &[]),
            (_, Step::Held(set)) => Found::Held(&[], self.sets.set(set)),
            (Step::Said, _) => Found::Nobody(Nobody::Said),
            (Step::Unresolved, _) | (_, Step::Unresolved) => Found::Nobody(Nobody::Unresolved),
            _ => Found::Silent,
        }
    }

    /// What a convention takes a letter to be that nothing mentions.
    fn implied(&self, letter: Letter, cell: Cell, context: &FullContext) -> Found<'_> {
        let from = match letter {
            Letter::Responsible if self.conventions.accountable_is_responsible => Letter::Accountable,
            Letter::Accountable if self.conventions.responsible_is_accountable => Letter::Responsible,
            _ => return Found::Silent,
        };
        match self.explicit(self.code(from, cell), from, cell, context) {
            held @ Found::Held(..) if from == Letter::Accountable => held,
            held @ (Found::Held([_], []) | Found::Held([], [_])) => held,
            held @ Found::Held([one], [other]) if one == other => held,
            _ => Found::Silent,
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
