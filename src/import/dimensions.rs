//! The dimensions of a grid, their values and its components, in the order in which they were declared, as far as the rows
//! tell it.
//!
//! A condition names its dimensions and values in declared order, and the cases of a cell stand in the order of their
//! first combination. What nothing orders stands as it is met.

use super::grid::{Alternative, At, Task};

/// Dimensions, each with its values.
pub(crate) type Dimensions = Vec<(String, Vec<String>)>;

/// Names as they are met, and which stands before which.
#[derive(Debug, Default)]
struct Met {
    names: Vec<String>,
    before: Vec<(String, String)>,
}

impl Met {
    /// Takes in names that stand in order.
    fn row<'n>(&mut self, names: impl Iterator<Item = &'n String>) {
        let mut last: Option<&String> = None;
        for name in names {
            if !self.names.contains(name) {
                self.names.push(name.clone());
            }
            if let Some(last) = last.filter(|last| *last != name) {
                let pair = (last.clone(), name.clone());
                if !self.before.contains(&pair) {
                    self.before.push(pair);
                }
            }
            last = Some(name);
        }
    }

    /// All names: each time the first that nothing left stands before.
    fn ordered(mut self) -> Vec<String> {
        let mut ordered = Vec::new();
        while !self.names.is_empty() {
            let waits = |name: &String| {
                self.before.iter().any(|(first, second)| second == name && first != name && self.names.contains(first))
            };
            let next = self.names.iter().position(|name| !waits(name)).unwrap_or(0);
            ordered.push(self.names.remove(next));
        }
        ordered
    }
}

/// The components of a grid, in the order in which each task names those where it has a row.
pub(crate) fn components<'w>(tasks: impl Iterator<Item = &'w Task>) -> Vec<String> {
    let mut met = Met::default();
    for task in tasks {
        met.row(task.places.iter().filter_map(|place| place.component.as_ref()));
    }
    met.ordered()
}

/// The first values of two conditions that follow each other, where this is the dimension in which they part.
fn parting<'w>(first: &'w Alternative, second: &'w Alternative, dimension: &str) -> Option<[&'w String; 2]> {
    let ((of, one), (other, two)) = first.iter().zip(second).find(|(one, two)| one != two)?;
    (of == dimension && other == dimension).then_some([one.first()?, two.first()?])
}

pub(crate) fn dimensions(places: &[&At]) -> Dimensions {
    let mut dimensions = Met::default();
    let alternatives = || places.iter().flat_map(|place| &place.cases).flat_map(|case| &case.when);
    for alternative in alternatives() {
        dimensions.row(alternative.iter().map(|(dimension, _)| dimension));
    }
    let values = |dimension: &String| {
        let mut values = Met::default();
        for (_, of) in alternatives().flatten().filter(|(of, _)| of == dimension) {
            values.row(of.iter());
        }
        for place in places {
            let firsts: Vec<&Alternative> = place.cases.iter().filter_map(|case| case.when.first()).collect();
            let within = place.cases.iter().flat_map(|case| case.when.windows(2));
            let pairs = within.filter_map(|pair| Some((pair.first()?, pair.get(1)?)));
            let cases = firsts.windows(2).filter_map(|pair| Some((*pair.first()?, *pair.get(1)?)));
            for (first, second) in pairs.chain(cases) {
                values.row(parting(first, second, dimension).into_iter().flatten());
            }
        }
        values.ordered()
    };
    dimensions.ordered().into_iter().map(|dimension| (dimension.clone(), values(&dimension))).collect()
}
