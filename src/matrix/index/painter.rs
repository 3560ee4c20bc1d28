//! Whole rows of answers: of a task at every component, for whoever asks for all of them.
//!
//! What stands at the topmost task is painted first, over the components that it holds for, and what stands at each task below it over
//! that: so what is seen in the end is what a look-up finds. Tasks that follow each other share what is painted of those above them.

use super::row::Row;
use super::standing::Standing;
use super::value::Value;
use super::{FullContext, Index};
use crate::matrix::Cell;
use crate::matrix::holders::AllHolders;
use crate::model::TaskId;
use crate::source::to_u32;

/// The five letters at each component, by its place in the ranges.
type Painting = Vec<[Value; 5]>;

/// Answers cell after cell; fastest where the cells of a task follow each other, and tasks those above them.
#[derive(Debug)]
pub(crate) struct Painter<'i> {
    index: &'i Index,
    context: FullContext,
    /// The task whose row is painted.
    task: Option<TaskId>,
    /// What stands at the task and above it, the topmost first; each painting holds those above it. What is behind them is kept for its room.
    layers: Vec<(Standing, Painting)>,
    depth: usize,
    /// What adds at the task.
    added: (Row, Painting),
    chain: Vec<Standing>,
}

impl Index {
    /// What answers one cell after another in a context.
    pub(crate) fn painter(&self, context: FullContext) -> Painter<'_> {
        let added = (Row::default(), vec![[Value::SILENT; 5]; self.ranges.len() as usize]);
        Painter { index: self, context, task: None, layers: Vec::new(), depth: 0, added, chain: Vec::new() }
    }
}

impl<'i> Painter<'i> {
    /// Who holds each of the five letters.
    #[inline]
    pub(crate) fn letters(&mut self, cell: Cell) -> AllHolders<'i> {
        if self.task != Some(cell.task) {
            self.paint(cell.task);
        }
        if !self.index.settled || self.index.cells.is_some() {
            return self.followed(cell);
        }
        let component = self.index.ranges.at(cell.component).component;
        AllHolders::new(self.index, component, self.decided(component))
    }

    /// What settings say.
    #[inline]
    fn decided(&self, component: u32) -> [Value; 5] {
        self.layers.get(self.depth.wrapping_sub(1)).map(|(_, painting)| at(painting, component)).unwrap_or_default()
    }

    /// The same where that is not all, or ready.
    // Apart, so that the others are little more than a read.
    #[inline(never)]
    fn followed(&self, cell: Cell) -> AllHolders<'i> {
        if self.index.cells.is_some() {
            return self.index.letters(cell, &self.context);
        }
        let component = self.index.ranges.at(cell.component).component;
        let all = AllHolders::new(self.index, component, self.decided(component));
        let added = at(&self.added.1, component);
        self.index.all_followed(all, cell, &self.context, |letter| added.get(letter.index()).copied().unwrap_or_default())
    }

    #[inline(never)]
    fn paint(&mut self, task: TaskId) {
        self.task = Some(task);
        if self.index.cells.is_some() {
            return;
        }
        self.chain.clear();
        self.chain.extend(self.index.settings.upwards(task));
        self.chain.reverse();
        self.depth = self.layers.iter().take(self.depth).zip(&self.chain).take_while(|((known, _), own)| known == *own).count();
        while let Some(own) = self.chain.get(self.depth).copied() {
            if self.depth == self.layers.len() {
                self.layers.push((own, Painting::new()));
            }
            let (above, rest) = self.layers.split_at_mut(self.depth);
            let Some((standing, painting)) = rest.first_mut() else { return };
            *standing = own;
            match above.last() {
                Some((_, above)) => painting.clone_from(above),
                None => clear(painting, self.index.ranges.len()),
            }
            self.index.paint_row(own.row(), &self.context, painting);
            self.depth += 1;
        }
        let row = self.index.addition(task);
        if self.added.0 != row {
            clear(&mut self.added.1, self.index.ranges.len());
            self.index.paint_row(row, &self.context, &mut self.added.1);
            self.added.0 = row;
        }
    }
}

#[inline]
fn at(painting: &Painting, component: u32) -> [Value; 5] {
    painting.get(component as usize).copied().unwrap_or_default()
}

fn clear(painting: &mut Painting, components: u32) {
    painting.clear();
    painting.resize(components as usize, [Value::SILENT; 5]);
}

impl Index {
    /// Paints what a row says in a context over what stands above it.
    fn paint_row(&self, row: Row, context: &FullContext, painting: &mut Painting) {
        self.rows.each_block(row, self.ranges.len(), |from, place| {
            for (letter, first, last, value) in place.each() {
                let value = self.accepted(value, context);
                let cells = painting.get_mut(from + first..=from + last).filter(|_| value != Value::SILENT);
                let own = cells.into_iter().flatten().filter_map(|cell| cell.get_mut(letter));
                if value.names_relations() {
                    own.zip(to_u32(from + first)..).for_each(|(own, component)| *own = self.resolved(component, value));
                } else {
                    own.for_each(|own| *own = value);
                }
            }
        });
    }
}
