//! From values to who holds a letter: relations, additions, conventions, and places that are not there.

use super::row::Row;
use super::value::{Few, Step, Value};
use super::{FullContext, Index};
use crate::document::Letter;
use crate::matrix::each::List;
use crate::matrix::holders::{AllHolders, Holders, Parties};
use crate::matrix::{Cell, Nobody};
use crate::model::{Handle, TaskId};

impl Index {
    /// Who holds a letter of which the value is read, where it takes more than that.
    #[inline(never)]
    pub(super) fn read_on(&self, value: Value, letter: Letter, cell: Cell, context: &FullContext) -> Holders<'_> {
        if self.cells.is_none() {
            return if self.settled {
                self.said(self.ranges.at(cell.component).component, [value, Value::SILENT])
            } else {
                self.followed(value, letter, cell, context)
            };
        }
        let value = self.accepted(value, context);
        match value.as_few() {
            Some(few) if !few.is_empty() => Holders::Held(Parties::new(self, 0, [value, Value::SILENT])),
            _ if value == Value::ASK => self.followed(self.decided(letter, cell, context), letter, cell, context),
            _ => self.said(0, [value, Value::SILENT]),
        }
    }

    /// Who holds a letter of which it is known what settings say.
    fn followed(&self, decided: Value, letter: Letter, cell: Cell, context: &FullContext) -> Holders<'_> {
        if self.places.as_ref().is_some_and(|places| !places.are_there(&self.masks, cell, context)) {
            return Holders::NotApplicable;
        }
        let component = self.ranges.at(cell.component).component;
        let explicit = |letter: Letter, decided: Value| self.said(component, [decided, self.added(letter, cell, context)]);
        match (explicit(letter, decided), self.implied_from(letter)) {
            (Holders::Silent, Some(from)) => Self::implied(from, explicit(from, self.decided(from, cell, context))),
            (holders, _) => holders,
        }
    }

    /// The same of all letters, with what adds to each.
    // Apart, since the answers of most models are settled without it.
    #[inline(never)]
    pub(super) fn all_followed<'i>(
        &'i self,
        mut all: AllHolders<'i>,
        cell: Cell,
        context: &FullContext,
        added: impl FnMut(Letter) -> Value,
    ) -> AllHolders<'i> {
        if self.places.as_ref().is_some_and(|places| !places.are_there(&self.masks, cell, context)) {
            return AllHolders::new(self, 0, [Value::NOT_THERE; 5]);
        }
        all.add(added);
        let explicit = all;
        for letter in Letter::ALL {
            let from = self.implied_from(letter).filter(|_| explicit.letter(letter) == Holders::Silent);
            if let Some(from) = from.filter(|from| Self::implied(*from, explicit.letter(*from)) != Holders::Silent) {
                all.take_over(letter, from);
            }
        }
        all
    }

    /// What adds to a letter.
    #[inline]
    pub(super) fn added(&self, letter: Letter, cell: Cell, context: &FullContext) -> Value {
        let place = self.rows.place(self.addition(cell.task), self.ranges.at(cell.component).component);
        place.find(letter, |value| self.accepted(value, context))
    }

    /// The row of what adds at a task.
    #[inline]
    pub(super) fn addition(&self, task: TaskId) -> Row {
        self.additions.as_ref().and_then(|rows| rows.get(task.place())).copied().unwrap_or_default()
    }

    /// Who holds a letter by what settings and additions say.
    pub(in crate::matrix) fn said(&self, component: u32, both: [Value; 2]) -> Holders<'_> {
        let all = self.ends(component, both);
        if all.contains(&Value::NOT_THERE) {
            return Holders::NotApplicable;
        }
        if all.iter().any(|value| matches!(value.step(), Step::Few(_) | Step::Set(_))) {
            return Holders::Held(Parties::new(self, component, both));
        }
        if all.contains(&Value::SAID) {
            return Holders::Nobody(Nobody::Said);
        }
        if all.contains(&Value::UNRESOLVED) { Holders::Nobody(Nobody::Unresolved) } else { Holders::Silent }
    }

    /// The parties of what settings and additions say.
    pub(in crate::matrix) fn lists(&self, component: u32, both: [Value; 2]) -> [List<'_>; 4] {
        self.ends(component, both).map(|value| match value.step() {
            Step::Few(few) => List::Few(few),
            Step::Set(set) => List::Set(self.sets.set(set)),
            _ => List::Few(Few::NONE),
        })
    }

    /// A value that names relations with whom they stand for at a component, where one value can say that.
    pub(super) fn resolved(&self, component: u32, value: Value) -> Value {
        match self.ends(component, [value, Value::SILENT]) {
            [one, Value::SILENT | Value::UNRESOLVED, ..] => one,
            _ => Value::few(Parties::new(self, component, [value, Value::SILENT]).iter()).unwrap_or(value),
        }
    }

    /// What two values come to at a component: of each what is named, and whom relations stand for.
    fn ends(&self, component: u32, [decided, added]: [Value; 2]) -> [Value; 4] {
        let through = |value: Value| match value.step() {
            Step::Relations(number) => {
                let row = self.relations.get(number as usize).copied().unwrap_or_default();
                self.rows.place(row, component).find(Letter::Responsible, |value| value)
            }
            _ => Value::SILENT,
        };
        let ends = |value: Value| match value.step() {
            Step::Relations(_) => [through(value), Value::SILENT],
            Step::Both(pair) => self.pairs.get(pair as usize).map_or([value; 2], |(named, other)| [*named, through(*other)]),
            _ => [value, Value::SILENT],
        };
        let ([decided, through], [added, added_through]) = (ends(decided), ends(added));
        [decided, through, added, added_through]
    }

    /// From which letter a convention takes this one, where nothing mentions it.
    pub(super) fn implied_from(&self, letter: Letter) -> Option<Letter> {
        match letter {
            Letter::Responsible if self.conventions.accountable_is_responsible => Some(Letter::Accountable),
            Letter::Accountable if self.conventions.responsible_is_accountable => Some(Letter::Responsible),
            _ => None,
        }
    }

    /// What a convention makes of who holds the letter that it takes over.
    pub(super) fn implied(from: Letter, holders: Holders<'_>) -> Holders<'_> {
        match holders {
            Holders::Held(parties) if from == Letter::Accountable || parties.iter().count() == 1 => holders,
            _ => Holders::Silent,
        }
    }
}
