//! What building an index needs besides the model: everything that is kept once.

use super::masks::Masks;
use super::ranges::Ranges;
use super::row::{Five, Row, Rows};
use super::rules::{Rule, Rules, together};
use super::sets::Sets;
use super::value::Value;
use super::values::Values;
use crate::model::PartyRefs;

/// What is kept once while rows are made.
pub(super) struct Builder {
    pub(super) ranges: Ranges,
    pub(super) masks: Masks,
    pub(super) sets: Sets,
    pub(super) values: Values,
    pub(super) rows: Rows,
    pub(super) rules: Rules,
    /// For how many more entries there is room: places, ranges and rules.
    pub(super) room: usize,
}

impl Builder {
    /// Takes room for some entries; none where there is not enough.
    pub(super) fn take(&mut self, entries: usize) -> Option<()> {
        self.room = self.room.checked_sub(entries)?;
        Some(())
    }

    /// The value of rules, over what holds where none of them does.
    pub(super) fn value(&mut self, rules: &[Rule], otherwise: Value) -> Option<Value> {
        match rules {
            [] => Some(otherwise),
            [(Masks::ALWAYS, value)] => Some(*value),
            rules => {
                self.take(rules.len())?;
                Some(self.rules.keep(&self.masks, rules, otherwise))
            }
        }
    }

    /// What a clause names.
    pub(super) fn named(&mut self, parties: PartyRefs<'_>) -> Option<Value> {
        let Self { values, sets, rows, ranges, .. } = self;
        values.of(sets, rows, ranges, parties)
    }

    /// What several clauses that act together name, as rules.
    pub(super) fn together(&mut self, items: &[Rule]) -> Option<Vec<Rule>> {
        let Self { masks, values, sets, rows, ranges, .. } = self;
        let ways = together(masks, items).into_iter();
        ways.map(|(mask, named)| Some((mask, values.union(sets, rows, ranges, &named)?))).collect()
    }

    /// The row of these entries.
    pub(super) fn row(&mut self, five: &Five) -> Option<Row> {
        self.take(five.iter().map(Vec::len).sum())?;
        self.rows.keep(five, self.ranges.len())
    }
}
