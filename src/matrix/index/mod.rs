//! The index: who holds a letter of a cell in a full context, at the cost of reading one line of memory.
//!
//! Each letter of each task that has assignments of its own is a `line`: the components as ranges, each with a `code`. A code is a set of
//! parties, `rules` that ask the context, or another line, where that of a task above is not taken over whole. What adds has lines of its
//! own, since nothing overrides it. A model of few cells has `dense` codes besides: that of every cell.
//!
//! The index is what `fold` says, precomputed; laws hold the two equal. It knows nothing of reasons: `fold` does.

mod additions;
mod builder;
mod code;
mod dense;
mod line;
mod masks;
mod placed;
mod places;
mod pool;
mod ranges;
mod rules;
mod sets;
mod settings;
mod values;

use builder::Builder;
use code::{Code, Step};
use dense::Dense;
use line::Lines;
pub use masks::FullContext;
use masks::Masks;
use places::Places;
use ranges::{Ranges, sweep};
use rules::Rules;
use sets::Sets;
use values::Values;

use super::holders::{Holders, Parties};
use super::{Cell, Nobody};
use crate::diagnostic::{Diagnostic, Diagnostics, ErrorKind};
use crate::document::Letter;
use crate::model::{Assignment, Combination, Conventions, Handle, Model, TaskId};
use crate::source::to_u32;

/// Every letter of every cell, ready to be read.
#[derive(Debug)]
pub(crate) struct Index {
    ranges: Ranges,
    masks: Masks,
    sets: Sets,
    lines: Lines,
    rules: Rules,
    /// What is named, and the line of a relation.
    pairs: Vec<(Code, Code)>,
    /// For each task where the five lines of its settings begin.
    settings: Vec<u32>,
    /// The same of its additions.
    additions: Option<Vec<u32>>,
    dense: Option<Dense>,
    places: Option<Places>,
    conventions: Conventions,
    /// Whether what settings say is the whole answer: nothing adds, every place is there always, and there are no conventions.
    settled: bool,
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

/// How often most of them must read on.
const READS_ON: usize = 3;

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
        let relations = values::relations(model, &ranges, &mut sets)?;
        let lines = values::lines(&relations)?;
        let (masks, values, rules) = (Masks::new(model), Values::new(relations), Rules::default());
        let mut builder = Builder { ranges, masks, sets, values, lines, rules, room };
        let places = Places::new(model, &mut builder.masks);
        let (set, add) = (placed::placed(model, &mut builder, false)?, placed::placed(model, &mut builder, true)?);
        let settings = settings::lines(model, &mut builder, &set)?;
        let additions = if add.is_empty() { None } else { Some(additions::lines(model, &mut builder, &add)?) };
        let Builder { ranges, masks, sets, lines, rules, values, .. } = builder;
        let pairs = values.into_pairs();
        let (conventions, settled) =
            (model.conventions(), additions.is_none() && places.is_none() && model.conventions() == Conventions::default());
        let mut index =
            Self { ranges, masks, sets, lines, rules, pairs, settings, additions, dense: None, places, conventions, settled };
        index.finish();
        index.dense = Dense::new(model, &index);
        Some(index)
    }

    fn finish(&mut self) {
        self.masks.finish();
        self.sets.finish();
        self.lines.finish();
        self.rules.finish();
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
        let codes = match &self.dense {
            Some(dense) => dense.cell(cell.task, component),
            None => Letter::ALL.map(|letter| self.line(&self.settings, cell.task, letter, component)),
        };
        let mut letters = Letter::ALL.into_iter();
        codes.map(|code| self.answer(code, letters.next().unwrap_or(Letter::Informed), cell, context))
    }

    /// Who holds each of many letters, as many as there are places for answers.
    ///
    /// Of some the codes are read, then those that they point to, then the answers made of them: reads that need nothing of each other
    /// go on at once.
    #[inline]
    pub(crate) fn each<'i>(&'i self, questions: &[Question<'_>], answers: &mut [Holders<'i>]) {
        for (questions, answers) in questions.chunks(AT_ONCE).zip(answers.chunks_mut(AT_ONCE)) {
            let mut codes = [Code::SILENT; AT_ONCE];
            for (question, code) in questions.iter().zip(&mut codes) {
                *code = self.code(question.letter, question.cell);
            }
            for _ in 0..READS_ON {
                for (question, code) in questions.iter().zip(&mut codes) {
                    *code = self.read_on(*code, self.ranges.at(question.cell.component));
                }
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
        match &self.dense {
            Some(dense) => dense.at(cell.task, component, letter),
            None => self.line(&self.settings, cell.task, letter, component),
        }
    }

    /// Who holds a letter of which the code is read.
    #[inline]
    fn answer(&self, code: Code, letter: Letter, cell: Cell, context: &FullContext) -> Holders<'_> {
        match code.step() {
            _ if !self.settled => self.followed(code, letter, cell, context),
            Step::Held(set) => Holders::Held(Parties::new([self.sets.set(set), &[], &[], &[]])),
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
        let [decided, through] = self.ends(code, component, context);
        let [added, added_through] = self.additions.as_ref().map_or([Step::Silent; 2], |additions| {
            self.ends(self.line(additions, cell.task, letter, component), component, context)
        });
        let all = [decided, through, added, added_through];
        if all.iter().any(|step| matches!(step, Step::Held(_))) {
            return Holders::Held(Parties::new(
                all.map(|step| if let Step::Held(set) = step { self.sets.set(set) } else { &[] }),
            ));
        }
        if all.contains(&Step::Said) {
            return Holders::Nobody(Nobody::Said);
        }
        if all.contains(&Step::Unresolved) { Holders::Nobody(Nobody::Unresolved) } else { Holders::Silent }
    }

    /// What a code comes to: what is named, and what a relation adds to that.
    #[inline]
    fn ends(&self, code: Code, component: u32, context: &FullContext) -> [Step; 2] {
        match self.end(code, component, context) {
            Step::Both(pair) => {
                let (named, through) = self.pairs.get(pair as usize).copied().unwrap_or((Code::SILENT, Code::SILENT));
                [named.step(), self.end(through, component, context)]
            }
            end => [end, Step::Silent],
        }
    }

    /// Follows a code to its end: a set, a pair, or why there is none.
    #[inline]
    fn end(&self, mut code: Code, component: u32, context: &FullContext) -> Step {
        // Lines and rules point to what was made before them, so that there is an end.
        loop {
            code = match code.step() {
                Step::Rules(list) => self.rules.at(list, &self.masks, context),
                Step::Line(_) | Step::Node(_) | Step::Block(_) => self.read_on(code, component),
                end => return end,
            }
        }
    }

    /// The code in the line that a code points to; the code itself where it points to none.
    #[inline]
    fn read_on(&self, code: Code, component: u32) -> Code {
        match code.step() {
            Step::Line(line) | Step::Node(line) => self.lines.at(line, component),
            Step::Block(line) => self.lines.at_block(line, component),
            _ => code,
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
        let bases = self.settings.capacity() + self.additions.as_ref().map_or(0, Vec::capacity);
        let places = |places: &Places| places.tasks.capacity() + places.components.capacity();
        (bases + self.places.as_ref().map_or(0, places)) * size_of::<u32>()
            + self.dense.as_ref().map_or(0, Dense::bytes)
            + self.lines.bytes()
            + self.ranges.bytes()
            + self.masks.bytes()
            + self.sets.bytes()
            + self.rules.bytes()
            + self.pairs.capacity() * size_of::<(Code, Code)>()
    }

    /// What the line of a letter of a task says of a component.
    #[inline]
    fn line(&self, bases: &[u32], task: TaskId, letter: Letter, component: u32) -> Code {
        let base = bases.get(task.place()).copied().unwrap_or(0);
        self.lines.at(base + to_u32(letter.index()), component)
    }
}

fn too_wide(model: &Model, entries: usize) -> Diagnostic {
    let places = |assignment: &Assignment<'_>| assignment.tasks.len().saturating_mul(assignment.components.len());
    let widest = model.assignments().map(|(_, assignment)| assignment).max_by_key(|assignment| places(assignment));
    let message = format!("what assignments say at their tasks and components comes to more than {entries} entries");
    Diagnostic::error(ErrorKind::LimitExceeded, widest.map(|assignment| assignment.span), message)
        .help("Assign at the task or the component that is above those listed, so that they inherit.")
}
