//! What building an index needs besides the model: everything that is kept once.

use super::code::Code;
use super::line::{From, Line, Lines};
use super::masks::Masks;
use super::ranges::Ranges;
use super::rules::{Rule, Rules, together};
use super::sets::Sets;
use super::values::Values;

/// What is kept once while lines are made.
pub(super) struct Builder {
    pub(super) ranges: Ranges,
    pub(super) masks: Masks,
    pub(super) sets: Sets,
    pub(super) values: Values,
    pub(super) lines: Lines,
    pub(super) rules: Rules,
    /// For how many more entries there is room: places, steps and rules.
    pub(super) room: usize,
}

impl Builder {
    /// Takes room for some entries; none where there is not enough.
    pub(super) fn take(&mut self, entries: usize) -> Option<()> {
        self.room = self.room.checked_sub(entries)?;
        Some(())
    }

    /// The code of rules, over what holds where none of them does.
    pub(super) fn code(&mut self, rules: &[Rule], otherwise: Code) -> Option<Code> {
        match rules {
            [] => Some(otherwise),
            [(Masks::ALWAYS, code)] => Some(*code),
            rules => {
                self.take(rules.len())?;
                self.rules.keep(&self.masks, rules, otherwise)
            }
        }
    }

    /// What several clauses that act together name, as rules.
    pub(super) fn together(&mut self, items: &[Rule]) -> Option<Vec<Rule>> {
        let Self { masks, values, sets, lines, .. } = self;
        let ways = together(masks, items).into_iter();
        ways.map(|(mask, codes)| Some((mask, values.union(sets, lines, &codes)?))).collect()
    }

    /// The line of these steps.
    pub(super) fn line(&mut self, mut steps: Vec<From>) -> Option<Line> {
        steps.dedup_by_key(|(_, code)| *code);
        self.take(steps.len())?;
        self.lines.tree(&steps)
    }
}
