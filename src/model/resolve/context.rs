//! Dimensions and conditions, from names to sets of values.

use hashbrown::HashMap;

use super::{MergeLimits, check_id};
use crate::diagnostic::{Diagnostic, Diagnostics, ErrorKind};
use crate::document::{Name, Values, When};
use crate::model::context::{Condition, Dimension, ValueSet, combinations};
use crate::model::id::{DimensionId, Table};
use crate::model::merge::{self, Vocabulary, unknown};
use crate::yaml::shortened;

/// The dimensions, and their names.
pub(super) struct Dimensions<'d> {
    pub(super) table: Table<DimensionId, Dimension>,
    ids: HashMap<&'d str, DimensionId>,
}

impl<'d> Dimensions<'d> {
    pub(super) fn read(
        vocabulary: &'d Vocabulary<'_, merge::Dimension<'_>>,
        limits: MergeLimits,
        sink: &mut Diagnostics,
    ) -> Self {
        let mut dimensions = Self { table: Table::default(), ids: HashMap::new() };
        for slot in &vocabulary.entries {
            dimensions.declare(&slot.name, &slot.body, limits, sink);
        }
        let first = vocabulary.entries.first().map(|slot| slot.name.span);
        if dimensions.table.len() > limits.dimensions {
            let span = vocabulary.entries.get(limits.dimensions).map(|slot| slot.name.span);
            sink.push(limit(span, format!("more than {} context dimensions", limits.dimensions)));
        } else if combinations(&dimensions.table).is_none() {
            sink.push(limit(first, "a context of more than 2^63 combinations".to_owned()));
        }
        dimensions
    }

    fn declare(&mut self, name: &'d Name<'_>, values: &merge::Dimension<'_>, limits: MergeLimits, sink: &mut Diagnostics) {
        check_id(name, sink);
        if values.0.items.is_empty() && values.0.span.end > values.0.span.start {
            let empty = Diagnostic::error(
                ErrorKind::EmptyDimension,
                values.0.span,
                format!("the dimension `{}` has no values", shortened(&name.value)),
            );
            sink.push(empty.help("Name its values: `priority: [P1, P2]`."));
        }
        for value in &values.0.items {
            check_word(
                value,
                is_value(&value.value),
                "a value: letters, digits, `.`, `_` and `-`, a letter or digit first",
                sink,
            );
        }
        if let Some(value) = values.0.items.get(limits.values) {
            sink.push(limit(Some(value.span), format!("more than {} values in one dimension", limits.values)));
        }
        let known = values.0.items.iter().take(limits.values).map(|value| value.value.as_ref().into()).collect();
        let id = self.table.push(Dimension { id: name.value.as_ref().into(), values: known, span: name.span });
        self.ids.insert(&name.value, id);
    }

    /// The condition as sets of values. What cannot be read is reported and left out.
    pub(super) fn condition(&self, when: Option<&When<'_>>, sink: &mut Diagnostics) -> Condition {
        let mut dimensions: Vec<(DimensionId, ValueSet)> = Vec::new();
        for (name, values) in when.iter().flat_map(|when| when.iter()) {
            let Some(id) = self.ids.get(name.value.as_ref()) else {
                let known = self.table.iter().map(|(_, dimension)| dimension.id.as_ref());
                let diagnostic = match name.value.as_ref() {
                    "not" => Diagnostic::error(ErrorKind::UnknownDimension, name.span, "unknown dimension `not`")
                        .help("Write `not` within the dimension: `{ priority: { not: P1 } }`."),
                    _ => unknown(ErrorKind::UnknownDimension, "dimension", name, known, sink),
                };
                sink.push(diagnostic);
                continue;
            };
            dimensions.extend(self.allowed(*id, values, sink).map(|allowed| (*id, allowed)));
        }
        let idle = |(id, allowed): &(DimensionId, ValueSet)| allowed.len() == self.table[*id].values.len();
        let named_idly = dimensions.iter().filter(|entry| idle(entry)).map(|(id, _)| *id).collect();
        dimensions.retain(|entry| !idle(entry));
        dimensions.sort_unstable_by_key(|(id, _)| *id);
        let count = |id: DimensionId| dimensions.iter().find(|(other, _)| *other == id).map(|(_, allowed)| allowed.len() as u64);
        let combinations = self
            .table
            .iter()
            .map(|(id, dimension)| count(id).unwrap_or(dimension.values.len() as u64))
            .fold(1, u64::saturating_mul);
        Condition { dimensions, idle: named_idly, combinations }
    }

    fn allowed(&self, id: DimensionId, values: &Values<'_>, sink: &mut Diagnostics) -> Option<ValueSet> {
        let dimension = &self.table[id];
        let names = values.names();
        if names.items.is_empty() {
            if names.span.end > names.span.start {
                let empty =
                    Diagnostic::error(ErrorKind::EmptyList, names.span, format!("no value of `{}` is named", dimension.id));
                sink.push(empty.help("Name at least one value, or leave the dimension out."));
            }
            return None;
        }
        let mut listed = ValueSet::default();
        let mut understood = true;
        for name in &names.items {
            if let Some(place) = dimension.values.iter().position(|value| **value == *name.value) {
                listed.insert(place);
                continue;
            }
            understood = false;
            let known: Vec<&str> = dimension.values.iter().map(AsRef::as_ref).collect();
            let unknown = Diagnostic::error(
                ErrorKind::UnknownValue,
                name.span,
                format!("`{}` has no value `{}`", dimension.id, shortened(&name.value)),
            )
            .related(dimension.span, format!("its values: {}", listed_words(&known)));
            let near = sink.suggest(&name.value, known);
            sink.push(if near.is_some() {
                unknown.did_you_mean(near)
            } else {
                unknown.help("Write one of its values, or add this one.")
            });
        }
        if !understood {
            return None;
        }
        let allowed = match values {
            Values::In(_) => listed,
            Values::Not(_) => ValueSet::first(dimension.values.len()).without(&listed),
        };
        if allowed.len() == 0 {
            let never =
                Diagnostic::error(ErrorKind::ImpossibleCondition, names.span, format!("no value of `{}` is left", dimension.id));
            sink.push(never.help("Leave at least one value, or take the entry out."));
            return None;
        }
        Some(allowed)
    }
}

/// The values of a dimension; of many the first.
fn listed_words(values: &[&str]) -> String {
    const LISTED: usize = 16;
    let shown: Vec<String> = values.iter().take(LISTED).map(|value| shortened(value)).collect();
    let more = values.len().checked_sub(LISTED + 1).map(|more| format!(" and {} more", more + 1));
    shown.join(", ") + more.as_deref().unwrap_or_default()
}

fn check_word(name: &Name<'_>, written: bool, form: &str, sink: &mut Diagnostics) {
    if !written {
        let bad = Diagnostic::error(
            ErrorKind::InvalidId,
            name.span,
            format!("`{}` is not written as {}", shortened(&name.value), form.split(':').next().unwrap_or(form)),
        );
        sink.push(bad.help(format!("Write {form}.")));
    }
}

/// Whether a text is written as a value of a dimension.
pub(crate) fn is_value(text: &str) -> bool {
    text.bytes().next().is_some_and(|byte| byte.is_ascii_alphanumeric())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'))
}

fn limit(span: Option<crate::source::Span>, message: String) -> Diagnostic {
    Diagnostic::error(ErrorKind::LimitExceeded, span, message)
        .help("Split the model, or join dimensions or values that go together.")
}
