//! Conditions as masks over the values of a full context, so that one `and` tells whether they hold.

use hashbrown::HashMap;

use crate::model::{Combination, Condition, DimensionId, Handle, Model};

/// One value of every dimension, made ready for look-ups.
///
/// A value of the context is one bit; a mask has the bits of the values that it forbids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FullContext {
    first: u64,
    rest: Box<[u64]>,
}

/// Every condition of a model, once.
#[derive(Debug)]
pub(super) struct Masks {
    /// The first bit of each dimension, and how many values it has.
    dimensions: Vec<(usize, usize)>,
    words: usize,
    first: Vec<u64>,
    /// The other words of each mask, for contexts of more than 64 values.
    rest: Vec<u64>,
    known: HashMap<Vec<u64>, u32>,
}

impl Masks {
    /// The mask that forbids nothing.
    pub(super) const ALWAYS: u32 = 0;

    pub(super) fn new(model: &Model) -> Self {
        let mut bits = 0;
        let dimensions = model.dimensions.iter().map(|(_, dimension)| {
            let begin = bits;
            bits += dimension.values.len();
            (begin, dimension.values.len())
        });
        let dimensions = dimensions.collect();
        let words = bits.div_ceil(64).max(1);
        let mut masks = Self { dimensions, words, first: Vec::new(), rest: Vec::new(), known: HashMap::new() };
        masks.keep(vec![0; words]);
        masks
    }

    /// The number of the mask of a condition.
    pub(super) fn of(&mut self, condition: &Condition) -> u32 {
        if condition.is_always() {
            return Self::ALWAYS;
        }
        let mut mask = vec![0; self.words];
        for (dimension, allowed) in condition.dimensions() {
            let (begin, values) = self.dimension(dimension);
            (0..values).filter(|value| !allowed.contains(*value)).for_each(|value| set(&mut mask, begin + value));
        }
        self.keep(mask)
    }

    /// The mask of two conditions that both hold.
    pub(super) fn both(&mut self, one: u32, other: u32) -> u32 {
        if one == other || other == Self::ALWAYS {
            return one;
        }
        let mask: Vec<u64> = self.words(one).zip(self.words(other)).map(|(one, other)| one | other).collect();
        self.keep(mask)
    }

    /// The mask of two conditions of which either holds, where one dimension tells them apart.
    pub(super) fn either(&mut self, one: u32, other: u32) -> Option<u32> {
        let (one, other): (Vec<u64>, Vec<u64>) = (self.words(one).collect(), self.words(other).collect());
        let bit = |mask: &[u64], bit: usize| mask.get(bit / 64).is_some_and(|word| word >> (bit % 64) & 1 == 1);
        let differs = |(begin, values): &&(usize, usize)| (*begin..begin + values).any(|at| bit(&one, at) != bit(&other, at));
        let one_differs = self.dimensions.iter().filter(differs).count() == 1;
        one_differs.then(|| self.keep(one.iter().zip(&other).map(|(one, other)| one & other).collect()))
    }

    /// Whether there is a context in which a condition holds.
    pub(super) fn can_hold(&self, mask: u32) -> bool {
        let words: Vec<u64> = self.words(mask).collect();
        let forbids = |bit: usize| words.get(bit / 64).is_some_and(|word| word >> (bit % 64) & 1 == 1);
        self.dimensions.iter().all(|(begin, values)| *values == 0 || (0..*values).any(|value| !forbids(begin + value)))
    }

    /// A mask for each combination that these conditions tell apart.
    pub(super) fn combinations(&mut self, conditions: &[u32]) -> Vec<u32> {
        let conditions: Vec<Vec<u64>> = conditions.iter().map(|mask| self.words(*mask).collect()).collect();
        let forbids = |mask: &[u64], bit: usize| mask.get(bit / 64).is_some_and(|word| word >> (bit % 64) & 1 == 1);
        let alike = |one: usize, other: usize| conditions.iter().all(|mask| forbids(mask, one) == forbids(mask, other));
        let mut all: Vec<Vec<u64>> = vec![vec![0; self.words]];
        for (begin, values) in &self.dimensions {
            let bits = *begin..*begin + *values;
            // Of values that the same conditions forbid, the first stands for all.
            let mut firsts: Vec<usize> = Vec::new();
            for bit in bits.clone() {
                if !firsts.iter().any(|first| alike(*first, bit)) {
                    firsts.push(bit);
                }
            }
            if firsts.len() < 2 {
                continue;
            }
            let others = |first: &usize| {
                let mut others = vec![0; self.words];
                bits.clone().filter(|bit| !alike(*first, *bit)).for_each(|bit| set(&mut others, bit));
                others
            };
            let others: Vec<Vec<u64>> = firsts.iter().map(others).collect();
            let both = |(one, other): (&u64, &u64)| one | other;
            let divided =
                all.iter().flat_map(|mask| others.iter().map(move |others| mask.iter().zip(others).map(both).collect()));
            all = divided.collect();
        }
        all.into_iter().map(|mask| self.keep(mask)).collect()
    }

    /// Whether one condition holds wherever the other does.
    pub(super) fn follows(&self, one: u32, other: u32) -> bool {
        self.words(one).zip(self.words(other)).all(|(one, other)| one & !other == 0)
    }

    /// Whether a condition holds in a context.
    #[inline]
    pub(super) fn holds(&self, mask: u32, context: &FullContext) -> bool {
        let at = mask as usize;
        let holds = self.first.get(at).copied().unwrap_or(u64::MAX) & context.first == 0;
        if self.rest.is_empty() { holds } else { holds && self.rest_holds(at, context) }
    }

    #[cold]
    fn rest_holds(&self, at: usize, context: &FullContext) -> bool {
        self.others(at).iter().zip(&context.rest).all(|(mask, bits)| mask & bits == 0)
    }

    /// A combination, made ready.
    pub(super) fn context(&self, combination: &Combination) -> FullContext {
        let mut bits = vec![0; self.words];
        for (place, (begin, _)) in self.dimensions.iter().enumerate() {
            set(&mut bits, begin + combination.value(DimensionId::new(place)));
        }
        let first = bits.first().copied().unwrap_or(0);
        FullContext { first, rest: bits.into_iter().skip(1).collect() }
    }

    fn dimension(&self, dimension: DimensionId) -> (usize, usize) {
        self.dimensions.get(dimension.place()).copied().unwrap_or_default()
    }

    fn keep(&mut self, mask: Vec<u64>) -> u32 {
        if let Some(known) = self.known.get(&mask) {
            return *known;
        }
        // There are no more masks than conditions of a text whose length fits.
        let number = u32::try_from(self.first.len()).unwrap_or(u32::MAX);
        self.first.push(mask.first().copied().unwrap_or(0));
        self.rest.extend(mask.iter().skip(1));
        self.known.insert(mask, number);
        number
    }

    fn words(&self, mask: u32) -> impl Iterator<Item = u64> {
        let at = mask as usize;
        self.first.get(at).into_iter().chain(self.others(at)).copied()
    }

    fn others(&self, at: usize) -> &[u64] {
        let others = self.words - 1;
        self.rest.get(at * others..(at + 1) * others).unwrap_or_default()
    }

    /// Forgets what only building needs.
    pub(super) fn finish(&mut self) {
        self.known = HashMap::new();
        self.first.shrink_to_fit();
        self.rest.shrink_to_fit();
    }

    pub(super) fn bytes(&self) -> usize {
        (self.first.capacity() + self.rest.capacity()) * size_of::<u64>()
    }
}

fn set(bits: &mut [u64], bit: usize) {
    bits.get_mut(bit / 64).into_iter().for_each(|word| *word |= 1 << (bit % 64));
}
