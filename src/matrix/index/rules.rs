//! Rules: who holds a letter where that depends on the context. The first whose condition holds decides.

use std::collections::BTreeMap;
use std::hint::select_unpredictable;

use super::masks::{FullContext, Masks};
use super::pool::Pool;
use super::value::Value;

/// Lists of rules, each kept once: mask and value of each, then the value where none holds.
#[derive(Debug, Default)]
pub(super) struct Rules(Pool<u64>);

/// Where a mask holds, a value.
pub(super) type Rule = (u32, Value);

impl Rules {
    /// The value of these rules, and of what holds where none of them does.
    pub(super) fn keep(&mut self, masks: &Masks, rules: &[Rule], mut otherwise: Value) -> Value {
        let mut kept: Vec<Rule> = Vec::with_capacity(rules.len());
        for (mask, value) in rules {
            // A rule that an earlier one always goes before decides nowhere.
            if kept.len() > MOST_COMPARED || !kept.iter().any(|(earlier, _)| masks.follows(*earlier, *mask)) {
                kept.push((*mask, *value));
            }
        }
        if let Some((Masks::ALWAYS, always)) = kept.last() {
            otherwise = *always;
            kept.pop();
        }
        while kept.last().is_some_and(|(_, value)| *value == otherwise) {
            kept.pop();
        }
        if kept.is_empty() {
            return otherwise;
        }
        let mut words: Vec<u64> = kept.iter().flat_map(|(mask, value)| [u64::from(*mask), value.to_word()]).collect();
        words.push(otherwise.to_word());
        Value::rules(self.0.keep(&words))
    }

    /// What the rules of this number say in a context.
    #[inline]
    pub(super) fn at(&self, number: u32, masks: &Masks, context: &FullContext) -> Value {
        let Some((otherwise, rules)) = self.0.get(number).split_last() else { return Value::SILENT };
        let holds = |mask: u64| masks.holds(u32::try_from(mask).unwrap_or_default(), context);
        let (rules, _) = rules.as_chunks();
        if rules.len() > FEW {
            let holding = rules.iter().find(|[mask, _]| holds(*mask));
            return Value::from_word(holding.map_or(*otherwise, |[_, value]| *value));
        }
        // Chosen, not branched on: which of them holds cannot be foretold.
        let choose = |chosen, [mask, value]: &[u64; 2]| select_unpredictable(holds(*mask), *value, chosen);
        Value::from_word(rules.iter().rev().fold(*otherwise, choose))
    }

    /// The rules of this number, and what holds where none of them does.
    pub(super) fn list(&self, number: u32) -> (impl Iterator<Item = Rule>, Value) {
        let (otherwise, rules) = self.0.get(number).split_last().map_or((0, &[][..]), |(last, rules)| (*last, rules));
        let rule = |rule: &[u64]| Some((u32::try_from(*rule.first()?).ok()?, Value::from_word(*rule.get(1)?)));
        (rules.chunks_exact(2).filter_map(rule), Value::from_word(otherwise))
    }

    /// Forgets what only building needs.
    pub(super) fn finish(&mut self) {
        self.0.finish();
    }

    pub(super) fn bytes(&self) -> usize {
        self.0.bytes()
    }
}

/// So many rules are read faster than it is told whether one is needed.
const FEW: usize = 6;
const MOST_COMPARED: usize = 64;
const MOST_WAYS: usize = 64;

/// What several say together, as rules of which the first that holds decides: where the conditions of some hold at once, they
/// act together.
///
/// Every way in which conditions can hold together is a rule; one under which more of them hold stands earlier. In a context in which
/// just some of them hold, the first rule that holds is that of just those: one of more would need another to hold. Where there are many
/// ways, each combination that the conditions tell apart is a rule instead.
pub(super) fn together(masks: &mut Masks, items: &[Rule]) -> Vec<(u32, Vec<Value>)> {
    let mut alone: BTreeMap<u32, Vec<Value>> = BTreeMap::new();
    for (mask, value) in items {
        alone.entry(*mask).or_default().push(*value);
    }
    let conditions: Vec<u32> = alone.keys().copied().collect();
    let ways = ways(masks, &conditions).unwrap_or_else(|| masks.combinations(&conditions));
    let mut rules: Vec<(usize, u32, Vec<Value>)> = Vec::with_capacity(ways.len());
    for way in ways {
        let holding = alone.iter().filter(|(mask, _)| masks.follows(**mask, way));
        let (count, values) = holding.fold((0, Vec::new()), |(count, mut values), (_, more)| {
            values.extend(more);
            (count + 1, values)
        });
        if count > 0 {
            rules.push((count, way, values));
        }
    }
    rules.sort_by_key(|(count, ..)| std::cmp::Reverse(*count));
    rules.into_iter().map(|(_, way, values)| (way, values)).collect()
}

/// The ways in which some of these conditions can hold together; none where there are many.
fn ways(masks: &mut Masks, conditions: &[u32]) -> Option<Vec<u32>> {
    let mut ways: Vec<u32> = Vec::new();
    for condition in conditions {
        for nth in 0..ways.len() {
            let both = ways.get(nth).map(|way| masks.both(*way, *condition));
            if let Some(both) = both.filter(|both| masks.can_hold(*both) && !ways.contains(both)) {
                ways.push(both);
            }
        }
        if !ways.contains(condition) {
            ways.push(*condition);
        }
        if ways.len() > MOST_WAYS {
            return None;
        }
    }
    Some(ways)
}
