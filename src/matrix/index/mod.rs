//! The index: who holds a letter of a cell in a full context, at the cost of reading one line of memory.
//!
//! Each task with settings of its own has a `row`: components as ranges, each with a `value`, which is mostly the parties themselves.
//! `standing` says of each task where its row is and for which components there may be anything in it, so that mostly the
//! row is read that decides, and no other. What adds has rows of its own, since nothing overrides it. A model of few cells has
//! `cells` besides: of each of them the answer.
//!
//! The index is what `fold` says, precomputed; laws hold the two equal. It knows nothing of reasons: `fold` does.

mod additions;
mod answer;
mod builder;
mod cells;
mod masks;
mod painter;
mod place;
mod placed;
mod places;
mod pool;
mod ranges;
mod row;
mod rules;
mod sets;
mod settings;
mod standing;
mod value;
mod values;

use std::hint::select_unpredictable;

use builder::Builder;
use cells::Cells;
pub use masks::FullContext;
use masks::Masks;
pub(crate) use painter::Painter;
use places::Places;
use ranges::Ranges;
use row::{Row, Rows};
use rules::Rules;
use sets::Sets;
use standing::{Nearest, Standings};
use value::Step;
pub(super) use value::{Few, Value};
use values::Values;

use super::Cell;
use super::holders::{AllHolders, Holders, Parties};
use crate::diagnostic::{Diagnostic, Diagnostics, ErrorKind};
use crate::document::Letter;
use crate::model::{Assignment, Combination, Conventions, Model, PartyId};

/// Every letter of every cell, ready to be read.
#[derive(Debug)]
pub(crate) struct Index {
    ranges: Ranges,
    masks: Masks,
    sets: Sets,
    rules: Rules,
    rows: Rows,
    /// What is named, and whom relations stand for.
    pairs: Vec<(Value, Value)>,
    /// Whom relations stand for, by their number.
    relations: Vec<Row>,
    settings: Standings,
    /// For each task the row of what adds.
    additions: Option<Vec<Row>>,
    places: Option<Places>,
    cells: Option<Cells>,
    conventions: Conventions,
    /// Whether what settings say is the whole answer: nothing adds, every place is there always, and there are no conventions. Or else
    /// the cells are.
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

/// So many questions are asked at once.
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
        let values = Values::new(values::relations(model, &ranges, &mut sets)?);
        let (masks, rows, rules) = (Masks::new(model), Rows::new(), Rules::default());
        let mut builder = Builder { ranges, masks, sets, values, rows, rules, room };
        let places = Places::new(model, &mut builder.masks);
        let [set, add] = placed::placed(model, &mut builder)?;
        let settings = settings::standings(model, &mut builder, &set)?;
        let additions = if add.is_empty() { None } else { Some(additions::rows(model, &mut builder, &add)?) };
        let Builder { ranges, masks, sets, rows, rules, values, .. } = builder;
        let (pairs, relations) = values.finish();
        let conventions = model.conventions();
        let settled = additions.is_none() && places.is_none() && conventions == Conventions::default();
        let mut index = Self {
            ranges,
            masks,
            sets,
            rules,
            rows,
            pairs,
            relations,
            settings,
            additions,
            places,
            cells: None,
            conventions,
            settled,
        };
        index.rows.finish();
        index.cells = Cells::new(model, &mut index);
        index.settled |= index.cells.is_some();
        index.finish();
        Some(index)
    }

    fn finish(&mut self) {
        self.masks.finish();
        self.sets.finish();
        self.rules.finish();
    }

    /// A combination, made ready to be asked with.
    pub(crate) fn context(&self, combination: &Combination) -> FullContext {
        self.masks.context(combination)
    }

    /// Who holds a letter.
    #[inline]
    pub(crate) fn letter(&self, letter: Letter, cell: Cell, context: &FullContext) -> Holders<'_> {
        let value = match &self.cells {
            Some(cells) => cells.letter(letter, cell),
            None => self.decided(letter, cell, context),
        };
        self.holders(value, letter, cell, context)
    }

    /// Who holds a letter of which the value is read.
    #[inline]
    fn holders(&self, value: Value, letter: Letter, cell: Cell, context: &FullContext) -> Holders<'_> {
        if self.settled && value == Value::SILENT {
            return Holders::Silent;
        }
        if self.settled && (value.as_few().is_some() || value.as_set().is_some()) {
            return Holders::Held(Parties::new(self, 0, [value, Value::SILENT]));
        }
        self.read_on(value, letter, cell, context)
    }

    /// Who holds each of the five letters.
    #[inline]
    pub(crate) fn letters(&self, cell: Cell, context: &FullContext) -> AllHolders<'_> {
        if let Some(cells) = &self.cells {
            let values = cells.at(cell);
            if values.iter().all(|value| value.as_few().is_some()) {
                return AllHolders::new(self, 0, values);
            }
            let values = values.map(|value| self.accepted(value, context));
            if !values.contains(&Value::ASK) {
                return AllHolders::new(self, 0, values);
            }
        }
        let spot = self.ranges.at(cell.component);
        let decided = self.settings.find_all(&self.rows, cell.task, spot, |value| self.accepted(value, context));
        let all = AllHolders::new(self, spot.component, decided);
        if self.settled && self.cells.is_none() {
            all
        } else {
            self.all_followed(all, cell, context, |letter| self.added(letter, cell, context))
        }
    }

    /// Who holds each of many letters, as many as there are places for answers.
    ///
    /// Of some first the row is found that may decide, then read, then what it says, and where it is silent the same of the one above:
    /// reads that need nothing of each other go on at once.
    #[inline]
    pub(crate) fn each<'i>(&'i self, questions: &[Question<'_>], answers: &mut [Holders<'i>]) {
        if self.cells.is_some() {
            for (question, answer) in questions.iter().zip(answers) {
                *answer = self.letter(question.letter, question.cell, question.context);
            }
            return;
        }
        for (questions, answers) in questions.chunks(AT_ONCE).zip(answers.chunks_mut(AT_ONCE)) {
            let mut nearest = [Nearest::default(); AT_ONCE];
            for (Question { letter, cell, .. }, nearest) in questions.iter().zip(&mut nearest) {
                *nearest = self.settings.nearest(cell.task, self.ranges.at(cell.component), *letter);
            }
            let mut open = AT_ONCE;
            let mut values = [Value::SILENT; AT_ONCE];
            while open > 0 {
                let places = nearest.map(|nearest| self.settings.place(&self.rows, nearest));
                open = 0;
                for (((question, nearest), place), value) in questions.iter().zip(&mut nearest).zip(places).zip(&mut values) {
                    if nearest.is_open() {
                        *value = place.find(question.letter, |value| self.accepted(value, question.context));
                        *nearest = if *value == Value::SILENT { self.settings.above(*nearest) } else { nearest.closed() };
                        open += usize::from(nearest.is_open());
                    }
                }
            }
            for ((Question { letter, cell, context }, value), answer) in questions.iter().zip(values).zip(answers) {
                *answer = self.holders(value, *letter, *cell, context);
            }
        }
    }

    /// What settings say of a letter.
    #[inline]
    fn decided(&self, letter: Letter, cell: Cell, context: &FullContext) -> Value {
        let spot = self.ranges.at(cell.component);
        self.settings.find(&self.rows, cell.task, spot, letter, |value| self.accepted(value, context))
    }

    /// What a value of a row comes to in a context; silence where it does not hold.
    #[inline]
    fn accepted(&self, value: Value, context: &FullContext) -> Value {
        let holds = self.masks.holds(value.mask(), context);
        let value = select_unpredictable(holds, value.bare(), Value::SILENT);
        if value.is_rules() { self.ruled(value, context) } else { value }
    }

    #[inline(never)]
    fn ruled(&self, value: Value, context: &FullContext) -> Value {
        let Step::Rules(number) = value.step() else { return value };
        self.rules.at(number, &self.masks, context)
    }

    /// The set of this number.
    #[inline]
    pub(super) fn set(&self, number: u32) -> &[PartyId] {
        self.sets.set(number)
    }

    /// How many bytes it takes.
    #[must_use]
    pub(crate) fn bytes(&self) -> usize {
        let rows = self.relations.capacity() + self.additions.as_ref().map_or(0, Vec::capacity);
        rows * size_of::<Row>()
            + self.places.as_ref().map_or(0, Places::bytes)
            + self.cells.as_ref().map_or(0, Cells::bytes)
            + self.settings.bytes()
            + self.rows.bytes()
            + self.ranges.bytes()
            + self.masks.bytes()
            + self.sets.bytes()
            + self.rules.bytes()
            + self.pairs.capacity() * size_of::<(Value, Value)>()
    }
}

fn too_wide(model: &Model, entries: usize) -> Diagnostic {
    let places = |assignment: &Assignment<'_>| assignment.tasks.len().saturating_mul(assignment.components.len());
    let widest = model.assignments().map(|(_, assignment)| assignment).max_by_key(|assignment| places(assignment));
    let message = format!("what assignments say at their tasks and components comes to more than {entries} entries");
    Diagnostic::error(ErrorKind::LimitExceeded, widest.map(|assignment| assignment.span), message)
        .help("Assign at the task or the component that is above those listed, so that they inherit.")
}
