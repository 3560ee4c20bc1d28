//! Models that tell more than 64 combinations of the context apart: more than a word has bits, which is where sets of
//! combinations are kept in another way.

use proptest::prelude::*;
use rasci::Letter;
use rasci::document::{Assignment, Clause, Entries, LetterKey, Task, Values};
use rasci::source::{Span, Spanned};

use super::documents::{name, names};
use super::{Written, models};

/// Dimensions with values of which each is told from all others: 80 combinations.
const CONTEXT: [(&str, [&str; 5]); 3] = [
    ("priority", ["P1", "P2", "P3", "P4", "P5"]),
    ("edition", ["1.10", "1.1", "010", "2", ""]),
    ("cloud", ["no", "yes", "true", "on", ""]),
];

/// A model with a further task, at which each value of the context is named by itself.
pub fn many_combinations() -> impl Strategy<Value = Written> + Clone {
    models().prop_map(|mut written| {
        let base = &mut written.documents[0].1;
        let party = base.parties.0[0].0.value.to_string();
        let mut assign = Vec::new();
        for (dimension, values) in CONTEXT {
            if !base.context.0.iter().any(|(known, _)| known.value == dimension) {
                base.context.0.push((name(dimension), names(Vec::<&str>::new())));
            }
            let (_, declared) = base.context.0.iter_mut().find(|(known, _)| known.value == dimension).unwrap();
            let missing = values.iter().filter(|value| !value.is_empty() && declared.items.iter().all(|it| it.value != **value));
            let missing: Vec<_> = missing.map(|value| name(value)).collect();
            declared.items.extend(missing);
            for value in values.iter().skip(1).filter(|value| !value.is_empty()) {
                let key = Spanned::new(LetterKey { letters: vec![Letter::Support].into(), adds: false }, Span::default());
                let assignment = Assignment {
                    when: Some(Entries(vec![(name(dimension), Values::In(names([value])))])),
                    clauses: vec![Clause { key, parties: Some(names([&party])) }],
                    ..Assignment::default()
                };
                assign.push(Spanned::new(assignment, Span::default()));
            }
        }
        base.tasks.0.push((name("apart"), Task { assign: assign.into(), ..Task::default() }));
        written
    })
}
