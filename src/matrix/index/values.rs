//! What clauses name, each kept once, and the sets of parties that it stands for at a component.

use std::collections::HashMap;

use super::code::{Code, Step};
use super::line::{From, Line, Lines};
use super::sets::Sets;
use crate::model::{Handle, Model, PartyId, PartyRef, RelationId};

/// What one or several clauses name together.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
struct Value {
    parties: Vec<PartyId>,
    relations: Vec<RelationId>,
    /// A clause among them says nobody on purpose.
    said: bool,
}

/// The values of a model, and the lines of its relations.
#[derive(Debug)]
pub(super) struct Values {
    list: Vec<Value>,
    known: HashMap<Value, u32>,
    relations: Vec<Vec<From>>,
}

impl Values {
    pub(super) fn new(relations: Vec<Vec<From>>) -> Self {
        Self { list: Vec::new(), known: HashMap::new(), relations }
    }

    /// The number of what a clause names.
    pub(super) fn of(&mut self, named: &[PartyRef]) -> u32 {
        let mut value = Value { said: named.is_empty(), ..Value::default() };
        for party in named {
            match party {
                PartyRef::Party(party) => value.parties.push(*party),
                PartyRef::Relation(relation) => value.relations.push(*relation),
            }
        }
        self.keep(value)
    }

    /// The number of what several name together.
    pub(super) fn union(&mut self, numbers: &[u32]) -> u32 {
        if let [one] = numbers {
            return *one;
        }
        let mut union = Value::default();
        for value in numbers.iter().filter_map(|number| self.list.get(*number as usize)) {
            union.parties.extend(&value.parties);
            union.relations.extend(&value.relations);
            union.said |= value.said;
        }
        self.keep(union)
    }

    fn keep(&mut self, mut value: Value) -> u32 {
        value.parties.sort_unstable();
        value.parties.dedup();
        value.relations.sort_unstable();
        value.relations.dedup();
        if let Some(number) = self.known.get(&value) {
            return *number;
        }
        let number = u32::try_from(self.list.len()).unwrap_or(u32::MAX);
        self.list.push(value.clone());
        self.known.insert(value, number);
        number
    }

    /// Where, between two components, a value may begin to stand for other parties; a relation alone has a line for that.
    pub(super) fn cuts(&self, number: u32, from: u32, until: u32) -> impl Iterator<Item = u32> {
        let value = self.list.get(number as usize).filter(|value| !value.is_relation());
        let relations = value.into_iter().flat_map(|value| &value.relations);
        let steps = relations.filter_map(|relation| self.relations.get(relation.place())).flatten();
        steps.map(|(begin, _)| *begin).filter(move |begin| from < *begin && *begin < until)
    }

    /// What a value stands for at a component; none where there are too many sets.
    pub(super) fn code(&self, sets: &mut Sets, number: u32, component: u32) -> Option<Code> {
        let value = self.list.get(number as usize)?;
        match value.relations.as_slice() {
            [relation] if value.is_relation() => return Code::new(Step::Line(u32::try_from(relation.place()).ok()?)),
            [] => return set(sets, &value.parties, value.said),
            _ => {}
        }
        let mut parties = value.parties.clone();
        for relation in &value.relations {
            let steps = self.relations.get(relation.place())?;
            let nth = steps.partition_point(|(begin, _)| *begin <= component).checked_sub(1)?;
            if let Step::Held(set) = steps.get(nth)?.1.step() {
                parties.extend_from_slice(sets.set(set));
            }
        }
        parties.sort_unstable();
        parties.dedup();
        set(sets, &parties, value.said).map(|code| if code == Code::SILENT { Code::UNRESOLVED } else { code })
    }
}

impl Value {
    /// Whether it is a relation and nothing else.
    fn is_relation(&self) -> bool {
        self.parties.is_empty() && self.relations.len() == 1 && !self.said
    }
}

fn set(sets: &mut Sets, parties: &[PartyId], said: bool) -> Option<Code> {
    match (parties.is_empty(), said) {
        (false, _) => sets.keep(parties),
        (true, true) => Some(Code::SAID),
        (true, false) => Some(Code::SILENT),
    }
}

/// For each relation whom it stands for at each component: the nearest place upwards that names it decides.
pub(super) fn relations(model: &Model, ranges: &super::Ranges, sets: &mut Sets) -> Option<Vec<Vec<From>>> {
    let mut named: Vec<Vec<(u32, u32, Code)>> = vec![Vec::new(); model.relations.len()];
    for (id, component) in model.components.iter() {
        for relation in &component.relations {
            let mut parties = relation.parties.clone();
            parties.sort_unstable();
            parties.dedup();
            let (from, until) = ranges.of(id);
            named.get_mut(relation.name.place())?.push((from, until, sets.keep(&parties)?));
        }
    }
    let line = |mut named: Vec<(u32, u32, Code)>| {
        named.sort_unstable_by_key(|(from, ..)| *from);
        let mut steps = Vec::new();
        super::sweep(
            &named,
            |(from, until, _)| (*from, *until),
            ranges.len(),
            |from, _, within| {
                steps.push((from, within.last().map_or(Code::UNRESOLVED, |(_, _, code)| *code)));
            },
        );
        steps
    };
    Some(named.into_iter().map(line).collect())
}

/// Makes the first lines: that of each relation, whose number is the relation's. None where there are too many.
pub(super) fn lines(relations: &[Vec<From>]) -> Option<Lines> {
    let mut lines = Lines::default();
    lines.extend(relations.iter().map(|_| Line::constant(Code::UNRESOLVED)));
    for (number, steps) in relations.iter().enumerate() {
        let line = lines.tree(steps)?;
        lines.set(number, line);
    }
    Some(lines)
}
