//! A line: one letter of one task at every component, in one line of the processor's cache where it has few steps.
//!
//! Components count in an order in which each stands before its parts and those follow at once, so what is said of a
//! component and its parts is one range. A line is the steps from range to range; where there are too many for it, they stand in a list
//! of their own and the line points there.

use super::code::{Code, Step};

/// How many steps a line has room for.
pub(super) const STEPS: usize = 11;

/// A component that no line can name: its steps stand in a list.
pub(super) const FAR: u32 = u16::MAX as u32;

/// The steps of a letter of a task. From each key on, the next code holds.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
pub(super) struct Line {
    codes: [Code; STEPS],
    keys: [u16; STEPS - 1],
}

/// From this component on, this code holds.
pub(super) type From = (u32, Code);

impl Line {
    /// The same for every component.
    pub(super) fn constant(code: Code) -> Self {
        Self { codes: [code; STEPS], keys: [u16::MAX; STEPS - 1] }
    }

    /// The line of these steps, the first of which begins at 0; none where they do not fit.
    pub(super) fn new(steps: &[From]) -> Option<Self> {
        let ((_, first), rest) = steps.split_first()?;
        if rest.len() >= STEPS || rest.iter().any(|(from, _)| *from >= FAR) {
            return None;
        }
        // Behind its last key a line says what its last step says, however far a component lies.
        let mut line = Self::constant(rest.last().map_or(*first, |(_, last)| *last));
        if let Some(place) = line.codes.first_mut() {
            *place = *first;
        }
        let places = line.keys.iter_mut().zip(line.codes.iter_mut().skip(1));
        for ((key, place), (from, code)) in places.zip(rest) {
            *key = u16::try_from(*from).unwrap_or(u16::MAX);
            *place = *code;
        }
        Some(line)
    }

    /// What holds for a component.
    #[inline]
    pub(super) fn at(&self, component: u32) -> Code {
        let component = u16::try_from(component).unwrap_or(u16::MAX);
        let before: usize = self.keys.iter().map(|key| usize::from(*key <= component)).sum();
        self.codes.get(before).copied().unwrap_or(Code::SILENT)
    }

    /// The step in which a component lies, by its number.
    fn step(&self, nth: usize) -> Option<From> {
        let from = nth
            .checked_sub(1)
            .map_or(Some(0), |key| self.keys.get(key).filter(|key| **key != u16::MAX).map(|key| u32::from(*key)))?;
        Some((from, *self.codes.get(nth)?))
    }

    /// Where its steps stand, if not in it.
    fn list(&self) -> Option<u32> {
        match self.codes.first()?.step() {
            Step::Steps(at) => Some(at),
            _ => None,
        }
    }
}

/// Lists of steps, one after another: how many, then where each begins, then their codes.
#[derive(Debug, Default)]
pub(super) struct Lists(Vec<u32>);

impl Lists {
    /// Keeps a list, and says where.
    pub(super) fn push(&mut self, steps: &[From]) -> Option<Code> {
        let at = u32::try_from(self.0.len()).ok()?;
        self.0.push(u32::try_from(steps.len()).ok()?);
        self.0.extend(steps.iter().map(|(from, _)| *from));
        self.0.extend(steps.iter().map(|(_, code)| code.word()));
        Code::new(Step::Steps(at))
    }

    /// What holds for a component in the list that begins here.
    pub(super) fn at(&self, list: u32, component: u32) -> Code {
        let (from, codes) = self.list(list);
        let before = from.partition_point(|from| *from <= component);
        before.checked_sub(1).and_then(|nth| codes.get(nth)).map_or(Code::SILENT, |code| Code::from_word(*code))
    }

    /// The steps of a line between two components, the first from where the stretch begins.
    pub(super) fn within(&self, line: &Line, from: u32, until: u32) -> impl Iterator<Item = From> {
        let list = line.list().map(|list| self.list(list));
        let line = *line;
        let step = move |nth: usize| match list {
            Some((begin, codes)) => Some((*begin.get(nth)?, Code::from_word(*codes.get(nth)?))),
            None => line.step(nth),
        };
        let first = match list {
            Some((begin, _)) => begin.partition_point(|begin| *begin <= from).saturating_sub(1),
            None => (1..STEPS).take_while(|nth| line.step(*nth).is_some_and(|(begin, _)| begin <= from)).count(),
        };
        let steps = (first..).map_while(step).take_while(move |(begin, _)| *begin < until);
        steps.map(move |(begin, code)| (begin.max(from), code))
    }

    fn list(&self, list: u32) -> (&[u32], &[u32]) {
        let rest = self.0.get(list as usize..).unwrap_or_default();
        let Some((count, rest)) = rest.split_first() else { return (&[], &[]) };
        let count = *count as usize;
        rest.split_at_checked(count).map_or((&[], &[]), |(from, codes)| (from, codes.get(..count).unwrap_or_default()))
    }

    pub(super) fn finish(&mut self) {
        self.0.shrink_to_fit();
    }

    pub(super) fn bytes(&self) -> usize {
        self.0.capacity() * size_of::<u32>()
    }
}
