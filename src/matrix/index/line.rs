//! A line: one letter of one task at every component, in one line of the processor's cache where it has few steps.
//!
//! Components count in an order in which each stands before its parts and those follow at once, so what is said of a
//! component and its parts is one range. A line is the steps from range to range; where there are too many for one, it is a tree of lines.

use super::code::{Code, Step};
use crate::source::to_u32;

/// How many steps a line has room for.
pub(super) const STEPS: usize = 11;

/// A line tells so many components apart; of more, each block of so many has a line of its own.
const BLOCK: u32 = 1 << 15;

/// From this component on, this code holds.
pub(super) type From = (u32, Code);

/// Steps: from each key on, the next code holds.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
pub(super) struct Line {
    codes: [Code; STEPS],
    keys: [u16; STEPS - 1],
}

impl Line {
    /// The same for every component.
    pub(super) fn constant(code: Code) -> Self {
        Self { codes: [code; STEPS], keys: [u16::MAX; STEPS - 1] }
    }

    /// The line of these steps, at most as many as there is room for, the first of which begins wherever the line is read.
    fn new(steps: &[From]) -> Self {
        let mut line = Self::constant(steps.first().map_or(Code::SILENT, |(_, code)| *code));
        let places = line.keys.iter_mut().zip(line.codes.iter_mut().skip(1));
        for ((key, place), (from, code)) in places.zip(steps.iter().skip(1)) {
            *key = u16::try_from(*from).unwrap_or(u16::MAX);
            *place = *code;
        }
        line
    }

    /// What holds for a component.
    #[inline]
    pub(super) fn at(&self, component: u32) -> Code {
        self.step(component % BLOCK)
    }

    /// What holds for the block that a component lies in.
    #[inline]
    pub(super) fn at_block(&self, component: u32) -> Code {
        self.step(component / BLOCK)
    }

    #[inline]
    fn step(&self, place: u32) -> Code {
        // A block has fewer components than that, and there are fewer blocks.
        let place = u16::try_from(place).unwrap_or(u16::MAX - 1);
        let before: usize = self.keys.iter().map(|key| usize::from(*key <= place)).sum();
        self.codes.get(before).copied().unwrap_or(Code::SILENT)
    }

    fn steps(&self) -> impl Iterator<Item = From> {
        let used = self.keys.iter().take_while(|key| **key != u16::MAX).count();
        let from = std::iter::once(0).chain(self.keys.iter().map(|key| u32::from(*key)));
        from.zip(self.codes).take(used + 1)
    }
}

/// Lines, numbered.
#[derive(Debug, Default)]
pub(super) struct Lines(Vec<Line>);

impl Lines {
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn get(&self, number: usize) -> Option<&Line> {
        self.0.get(number)
    }

    /// Keeps lines, one after another.
    pub(super) fn extend(&mut self, lines: impl IntoIterator<Item = Line>) {
        self.0.extend(lines);
    }

    /// Puts another line in the place of one.
    pub(super) fn set(&mut self, number: usize, line: Line) {
        if let Some(place) = self.0.get_mut(number) {
            *place = line;
        }
    }

    /// What the line of this number says of a component.
    #[inline]
    pub(super) fn at(&self, number: u32, component: u32) -> Code {
        self.get(number as usize).map_or(Code::SILENT, |line| line.at(component))
    }

    /// What the line of this number says of the block of a component.
    #[inline]
    pub(super) fn at_block(&self, number: u32, component: u32) -> Code {
        self.get(number as usize).map_or(Code::SILENT, |line| line.at_block(component))
    }

    /// The line of steps that begin at 0, in the order of their components. Where one has no room for them, the lines below it are kept
    /// here; none where there are too many.
    pub(super) fn tree(&mut self, steps: &[From]) -> Option<Line> {
        let few_components = steps.last().is_none_or(|(from, _)| *from < BLOCK);
        if few_components {
            return self.nodes(steps.to_vec(), Step::Node);
        }
        let mut blocks: Vec<From> = Vec::new();
        let mut rest = steps;
        let mut before = Code::SILENT;
        for block in 0..=steps.last().map_or(0, |(from, _)| from / BLOCK) {
            let (here, later) = rest.split_at(rest.partition_point(|(from, _)| *from < (block + 1) * BLOCK));
            rest = later;
            let mut own: Vec<From> = here.iter().map(|(from, code)| (from % BLOCK, *code)).collect();
            if own.first().is_none_or(|(from, _)| *from > 0) {
                own.insert(0, (0, before));
            }
            before = own.last().map_or(before, |(_, code)| *code);
            let line = self.nodes(own, Step::Node)?;
            blocks.push((block, self.kept(line, Step::Node)?));
        }
        // Behind the last block that begins something, every component is like the last of it.
        blocks.push((to_u32(blocks.len()), before));
        let line = self.nodes(blocks, Step::Block)?;
        self.kept(line, Step::Block).map(Line::constant)
    }

    /// One line for these steps, over lines of their parts where there are too many.
    fn nodes(&mut self, mut steps: Vec<From>, step: fn(u32) -> Step) -> Option<Line> {
        while steps.len() > STEPS {
            let mut above = Vec::with_capacity(steps.len() / STEPS + 1);
            for part in steps.chunks(STEPS) {
                let from = part.first().map_or(0, |(from, _)| *from);
                above.push((from, self.kept(Line::new(part), step)?));
            }
            steps = above;
        }
        Some(Line::new(&steps))
    }

    fn kept(&mut self, line: Line, step: fn(u32) -> Step) -> Option<Code> {
        let code = Code::new(step(to_u32(self.0.len())));
        self.0.push(line);
        code
    }

    /// The steps of a line and of those below it between two components, the first from where the stretch begins; no more than `most`.
    pub(super) fn within(&self, line: &Line, from: u32, until: u32, most: usize) -> Vec<From> {
        let mut found = Vec::new();
        self.collect(line, Reach { base: 0, unit: 1, from: 0, until: u32::MAX }, (from, until), most, &mut found);
        found
    }

    fn collect(&self, line: &Line, reach: Reach, asked: (u32, u32), most: usize, found: &mut Vec<From>) {
        let steps: Vec<From> = line.steps().collect();
        let begin = |nth: usize| steps.get(nth).map(|(key, _)| reach.from.max(reach.base + key * reach.unit));
        for (nth, (_, code)) in steps.iter().enumerate() {
            let (from, until) = (begin(nth).unwrap_or(reach.from), begin(nth + 1).unwrap_or(reach.until));
            if found.len() >= most || until <= asked.0 || asked.1 <= from {
                continue;
            }
            let below = |number: u32, base: u32, unit: u32| {
                self.get(number as usize).map(|line| (line, Reach { base, unit, from, until }))
            };
            let below = match code.step() {
                Step::Block(number) => below(number, 0, BLOCK),
                // A block begins where its own components begin to count.
                Step::Node(number) => below(number, if reach.unit == BLOCK { from } else { reach.base }, 1),
                _ => None,
            };
            match below {
                Some((line, reach)) => self.collect(line, reach, asked, most, found),
                None => found.push((from.max(asked.0), *code)),
            }
        }
    }

    pub(super) fn finish(&mut self) {
        self.0.shrink_to_fit();
    }

    pub(super) fn bytes(&self) -> usize {
        self.0.capacity() * size_of::<Line>()
    }
}

/// For which components a line is read, and how it counts them.
#[derive(Clone, Copy)]
struct Reach {
    /// What its keys are counted from, and in which steps.
    base: u32,
    unit: u32,
    from: u32,
    until: u32,
}
