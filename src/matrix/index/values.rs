//! What clauses name, as values: parties, nobody on purpose, whom relations stand for, or a pair of two of these.

use hashbrown::HashMap;

use super::ranges::{Ranges, sweep};
use super::row::{Entry, Five, Row, Rows};
use super::sets::Sets;
use super::value::{Step, Value};
use crate::model::{Handle, Model, PartyId, PartyRef, PartyRefs, RelationId};

/// From this component on, this value.
pub(super) type From = (u32, Value);

/// What is kept once of what clauses name.
#[derive(Debug)]
pub(super) struct Values {
    /// What is named, and whom relations stand for.
    pairs: Vec<(Value, Value)>,
    known: HashMap<(Value, Value), Value>,
    /// For each relation whom it stands for from which component on.
    relations: Vec<Vec<From>>,
    /// Relations that clauses name, alone or together, with their number.
    numbers: HashMap<Vec<RelationId>, u32>,
    /// The relations of each number, and the row of whom they stand for.
    groups: Vec<Vec<RelationId>>,
    rows: Vec<Row>,
    /// Used again and again.
    parties: Vec<PartyId>,
    named: Vec<RelationId>,
}

impl Values {
    pub(super) fn new(relations: Vec<Vec<From>>) -> Self {
        Self {
            pairs: Vec::new(),
            known: HashMap::new(),
            relations,
            numbers: HashMap::new(),
            groups: Vec::new(),
            rows: Vec::new(),
            parties: Vec::new(),
            named: Vec::new(),
        }
    }

    /// What a clause names; none where there is more than can be told apart.
    pub(super) fn of(&mut self, sets: &mut Sets, rows: &mut Rows, ranges: &Ranges, named: PartyRefs<'_>) -> Option<Value> {
        self.parties.clear();
        self.named.clear();
        for party in named.iter() {
            match party {
                PartyRef::Party(party) => self.parties.push(party),
                PartyRef::Relation(relation) => self.named.push(relation),
            }
        }
        self.keep(sets, rows, ranges, named.is_empty())
    }

    /// What several clauses name together.
    pub(super) fn union(&mut self, sets: &mut Sets, rows: &mut Rows, ranges: &Ranges, values: &[Value]) -> Option<Value> {
        if let [one] = values {
            return Some(*one);
        }
        self.parties.clear();
        self.named.clear();
        let mut said = false;
        let pair =
            |value: &Value| if let Step::Both(pair) = value.step() { self.pairs.get(pair as usize).copied() } else { None };
        let all =
            values.iter().flat_map(|value| pair(value).map_or([*value, Value::SILENT], |(named, through)| [named, through]));
        for value in all {
            match value.step() {
                Step::Few(_) | Step::Set(_) => self.parties.extend(sets.parties(value)),
                Step::Relations(number) => self.named.extend(self.groups.get(number as usize).into_iter().flatten()),
                Step::Silent => {}
                _ => said = true,
            }
        }
        self.keep(sets, rows, ranges, said)
    }

    fn keep(&mut self, sets: &mut Sets, rows: &mut Rows, ranges: &Ranges, said: bool) -> Option<Value> {
        self.parties.sort_unstable();
        self.parties.dedup();
        self.named.sort_unstable();
        self.named.dedup();
        let named = if self.parties.is_empty() { said.then_some(Value::SAID) } else { Some(sets.keep(&self.parties)) };
        if self.named.is_empty() {
            return Some(named.unwrap_or(Value::SILENT));
        }
        let through = match self.numbers.get(&self.named) {
            Some(number) => Value::relations(*number),
            None => self.join(sets, rows, ranges)?,
        };
        let Some(named) = named else { return Some(through) };
        if let Some(value) = self.known.get(&(named, through)) {
            return Some(*value);
        }
        let value = Value::both(u32::try_from(self.pairs.len()).ok()?);
        self.pairs.push((named, through));
        self.known.insert((named, through), value);
        Some(value)
    }

    /// The value of all relations named, of which it makes the row.
    fn join(&mut self, sets: &mut Sets, rows: &mut Rows, ranges: &Ranges) -> Option<Value> {
        let of: Vec<&Vec<From>> = self.named.iter().filter_map(|relation| self.relations.get(relation.place())).collect();
        let mut begins: Vec<u32> = of.iter().flat_map(|steps| steps.iter().map(|(begin, _)| *begin)).collect();
        begins.sort_unstable();
        begins.dedup();
        let mut steps: Vec<From> = Vec::with_capacity(begins.len());
        for begin in begins {
            let values = of.iter().filter_map(|steps| {
                let nth = steps.partition_point(|(from, _)| *from <= begin).checked_sub(1)?;
                steps.get(nth).map(|(_, value)| *value)
            });
            let mut parties: Vec<PartyId> = values.flat_map(|value| sets.parties(value)).collect();
            parties.sort_unstable();
            parties.dedup();
            steps.push((begin, if parties.is_empty() { Value::UNRESOLVED } else { sets.keep(&parties) }));
        }
        let mut five = Five::default();
        if let Some(entries) = five.first_mut() {
            *entries = entries_of(steps, ranges.len());
        }
        let number = u32::try_from(self.rows.len()).ok()?;
        self.rows.push(rows.keep(&five, ranges.len())?);
        self.groups.push(self.named.clone());
        self.numbers.insert(self.named.clone(), number);
        Some(Value::relations(number))
    }

    /// The pairs, and the row of each number of relations, which is what look-ups need.
    pub(super) fn finish(mut self) -> (Vec<(Value, Value)>, Vec<Row>) {
        self.pairs.shrink_to_fit();
        self.rows.shrink_to_fit();
        (self.pairs, self.rows)
    }
}

/// Steps as entries, each up to where the next begins.
pub(super) fn entries_of(mut steps: Vec<From>, end: u32) -> Vec<Entry> {
    steps.dedup_by_key(|(_, value)| *value);
    let ends: Vec<u32> = steps.iter().skip(1).map(|(from, _)| *from).chain([end]).collect();
    steps.into_iter().zip(ends).map(|((from, value), until)| Entry { from, until, value }).collect()
}

/// For each relation whom it stands for at each component: the nearest place upwards that names it decides.
pub(super) fn relations(model: &Model, ranges: &Ranges, sets: &mut Sets) -> Option<Vec<Vec<From>>> {
    let mut named: Vec<Vec<(u32, u32, Value)>> = vec![Vec::new(); model.relations.len()];
    for (id, component) in model.components.iter() {
        for relation in &component.relations {
            let mut parties = relation.parties.clone();
            parties.sort_unstable();
            parties.dedup();
            let (from, until) = ranges.of(id);
            named.get_mut(relation.name.place())?.push((from, until, sets.keep(&parties)));
        }
    }
    let steps = |mut named: Vec<(u32, u32, Value)>| {
        named.sort_unstable_by_key(|(from, ..)| *from);
        let mut steps = Vec::new();
        let range = |(from, until, _): &(u32, u32, Value)| (*from, *until);
        sweep(&named, range, ranges.len(), |from, _, within| {
            steps.push((from, within.last().map_or(Value::UNRESOLVED, |(_, _, value)| *value)));
        });
        steps
    };
    Some(named.into_iter().map(steps).collect())
}
