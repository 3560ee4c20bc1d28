//! What stands at each component above a task, kept while the tasks are gone through in order.

use crate::model::{ComponentId, Handle};

/// The places above the task that has been come to at which something of a kind stands, component by component.
pub(super) struct Columns {
    /// For each letter and component the nearest place at exactly the component; one more than its number.
    top: [Vec<u32>; 5],
    /// For each place and letter the next such place above.
    above: Vec<[u32; 5]>,
}

impl Columns {
    pub(super) fn new(components: usize, places: usize) -> Self {
        Self { top: std::array::from_fn(|_| vec![0; components]), above: vec![[0; 5]; places] }
    }

    pub(super) fn top(&self, letter: usize, component: ComponentId) -> u32 {
        self.top.get(letter).and_then(|row| row.get(component.place())).copied().unwrap_or(0)
    }

    /// The number of a place and what stands above it.
    pub(super) fn next(&self, letter: usize, place: u32) -> Option<(usize, u32)> {
        let nth = (place as usize).checked_sub(1)?;
        Some((nth, self.above.get(nth).and_then(|above| above.get(letter)).copied().unwrap_or(0)))
    }

    pub(super) fn put(&mut self, letter: usize, component: ComponentId, nth: usize) {
        let before = self.top(letter, component);
        let above = self.above.get_mut(nth).and_then(|above| above.get_mut(letter));
        if let Some(above) = above {
            *above = before;
        }
        self.set(letter, component, crate::source::to_u32(nth + 1));
    }

    pub(super) fn take(&mut self, letter: usize, component: ComponentId, nth: usize) {
        let above = self.above.get(nth).and_then(|above| above.get(letter)).copied().unwrap_or(0);
        self.set(letter, component, above);
    }

    fn set(&mut self, letter: usize, component: ComponentId, place: u32) {
        let top = self.top.get_mut(letter).and_then(|row| row.get_mut(component.place()));
        if let Some(top) = top {
            *top = place;
        }
    }
}

/// Components, a bit for each.
pub(super) struct Marks(pub(super) Vec<u64>);

impl Marks {
    pub(super) fn new(components: usize) -> Self {
        Self(vec![0; components.div_ceil(64)])
    }

    pub(super) fn set(&mut self, component: usize, mark: bool) {
        let bit = 1 << (component % 64);
        let word = self.0.get_mut(component / 64).into_iter();
        word.for_each(|word| *word = if mark { *word | bit } else { *word & !bit });
    }
}
