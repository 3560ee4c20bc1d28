//! Rules: who holds a letter where that depends on the context. The first whose condition holds decides.

use std::collections::BTreeMap;

use super::code::{Code, Step};
use super::masks::{FullContext, Masks};
use super::pool::Pool;

/// Lists of rules, each kept once: mask and code of each, then the code where none holds.
#[derive(Debug, Default)]
pub(super) struct Rules(Pool<u32>);

/// Where a mask holds, a code.
pub(super) type Rule = (u32, Code);

impl Rules {
    /// The code of these rules, and of what holds where none of them does; none where there are too many.
    pub(super) fn keep(&mut self, masks: &Masks, rules: &[Rule], otherwise: Code) -> Option<Code> {
        let (joined, otherwise) = self.joined(rules, otherwise);
        let mut kept: Vec<Rule> = Vec::with_capacity(joined.len());
        for (mask, code) in joined {
            // A rule that an earlier one always goes before decides nowhere.
            if kept.len() > MOST_COMPARED || !kept.iter().any(|(earlier, _)| masks.follows(*earlier, mask)) {
                kept.push((mask, code));
            }
        }
        let otherwise = match kept.last() {
            Some((Masks::ALWAYS, code)) => {
                let always = *code;
                kept.pop();
                always
            }
            _ => otherwise,
        };
        while kept.last().is_some_and(|(_, code)| *code == otherwise) {
            kept.pop();
        }
        if kept.is_empty() {
            return Some(otherwise);
        }
        let mut words: Vec<u32> = kept.iter().flat_map(|(mask, code)| [*mask, code.word()]).collect();
        words.push(otherwise.word());
        Code::new(Step::Rules(self.0.keep(&words)))
    }

    /// With the rules that `otherwise` points to, where those are few: one list is read faster than two.
    fn joined(&self, rules: &[Rule], otherwise: Code) -> (Vec<Rule>, Code) {
        let mut joined = rules.to_vec();
        let Step::Rules(at) = otherwise.step() else { return (joined, otherwise) };
        let (more, last) = self.list(at);
        if joined.len() + more.len() / 2 > MOST_JOINED {
            return (joined, otherwise);
        }
        joined.extend(more.chunks_exact(2).filter_map(|pair| Some((*pair.first()?, Code::from_word(*pair.get(1)?)))));
        (joined, last)
    }

    /// What the rules that begin here say in a context.
    #[inline]
    pub(super) fn at(&self, list: u32, masks: &Masks, context: &FullContext) -> Code {
        let (rules, otherwise) = self.list(list);
        let holding = rules.chunks_exact(2).find(|rule| rule.first().is_some_and(|mask| masks.holds(*mask, context)));
        holding.and_then(|rule| rule.get(1)).map_or(otherwise, |code| Code::from_word(*code))
    }

    fn list(&self, list: u32) -> (&[u32], Code) {
        let Some((otherwise, rules)) = self.0.get(list).split_last() else { return (&[], Code::SILENT) };
        (rules, Code::from_word(*otherwise))
    }

    /// Forgets what only building needs.
    pub(super) fn finish(&mut self) {
        self.0.finish();
    }

    pub(super) fn bytes(&self) -> usize {
        self.0.bytes()
    }
}

const MOST_COMPARED: usize = 64;
const MOST_JOINED: usize = 16;
const MOST_WAYS: usize = 64;

/// What several say together, as rules of which the first that holds decides: where the conditions of some hold at once, they
/// act together.
///
/// Every way in which conditions can hold together is a rule; one under which more of them hold stands earlier. In a context in which
/// just some of them hold, the first rule that holds is that of just those: one of more would need another to hold. Where there are many
/// ways, each combination that the conditions tell apart is a rule instead.
pub(super) fn together(masks: &mut Masks, items: &[Rule]) -> Vec<(u32, Vec<Code>)> {
    let mut alone: BTreeMap<u32, Vec<Code>> = BTreeMap::new();
    for (mask, code) in items {
        alone.entry(*mask).or_default().push(*code);
    }
    let conditions: Vec<u32> = alone.keys().copied().collect();
    let ways = ways(masks, &conditions).unwrap_or_else(|| masks.combinations(&conditions));
    let mut rules: Vec<(usize, u32, Vec<Code>)> = Vec::with_capacity(ways.len());
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
