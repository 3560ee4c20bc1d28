//! What clauses name, each kept once, and the sets of parties that it stands for at a component.

use super::code::{Code, Step};
use super::line::{From, Line, Lines};
use super::pool::Pool;
use super::sets::Sets;
use crate::model::{Handle, Model, PartyId, PartyRef, PartyRefs};
use crate::source::to_u32;

/// The values of a model, and the lines of its relations.
///
/// A value is what one or several clauses name together: the places of parties, then those of relations with [`RELATION`], then
/// [`SAID`] where a clause among them says nobody on purpose.
#[derive(Debug)]
pub(super) struct Values {
    list: Pool<u32>,
    relations: Vec<Vec<From>>,
    /// Used again and again.
    named: Vec<u32>,
    parties: Vec<PartyId>,
}

const RELATION: u32 = 1 << 31;
const SAID: u32 = u32::MAX;

impl Values {
    pub(super) fn new(relations: Vec<Vec<From>>) -> Self {
        Self { list: Pool::default(), relations, named: Vec::new(), parties: Vec::new() }
    }

    /// The number of what a clause names.
    pub(super) fn of(&mut self, named: PartyRefs<'_>) -> u32 {
        self.named.clear();
        self.named.extend(named.iter().map(|party| match party {
            PartyRef::Party(party) => to_u32(party.place()),
            PartyRef::Relation(relation) => to_u32(relation.place()) | RELATION,
        }));
        if named.is_empty() {
            self.named.push(SAID);
        }
        self.keep()
    }

    /// The number of what several name together.
    pub(super) fn union(&mut self, numbers: &[u32]) -> u32 {
        if let [one] = numbers {
            return *one;
        }
        self.named.clear();
        for number in numbers {
            self.named.extend_from_slice(self.list.get(*number));
        }
        self.keep()
    }

    fn keep(&mut self) -> u32 {
        self.named.sort_unstable();
        self.named.dedup();
        self.list.keep(&self.named)
    }

    /// Where, between two components, a value may begin to stand for other parties; a relation alone has a line for that.
    pub(super) fn cuts(&self, number: u32, from: u32, until: u32) -> impl Iterator<Item = u32> {
        let value = Value::of(self.list.get(number));
        let relations = if value.one_relation().is_some() { &[] } else { value.relations };
        let steps = relations.iter().filter_map(|relation| self.steps(*relation)).flatten();
        steps.map(|(begin, _)| *begin).filter(move |begin| from < *begin && *begin < until)
    }

    /// What a value stands for at a component; none where there are too many sets.
    pub(super) fn code(&mut self, sets: &mut Sets, number: u32, component: u32) -> Option<Code> {
        let value = Value::of(self.list.get(number));
        if let Some(relation) = value.one_relation() {
            return Code::new(Step::Line(relation & !RELATION));
        }
        self.parties.clear();
        self.parties.extend(value.parties.iter().map(|party| PartyId::new(*party as usize)));
        for relation in value.relations {
            let steps = self.steps(*relation)?;
            let nth = steps.partition_point(|(begin, _)| *begin <= component).checked_sub(1)?;
            if let Step::Held(set) = steps.get(nth)?.1.step() {
                self.parties.extend_from_slice(sets.set(set));
            }
        }
        if !value.relations.is_empty() {
            self.parties.sort_unstable();
            self.parties.dedup();
        }
        match (self.parties.is_empty(), value.said, value.relations.is_empty()) {
            (false, ..) => sets.keep(&self.parties),
            (true, true, _) => Some(Code::SAID),
            (true, false, false) => Some(Code::UNRESOLVED),
            (true, false, true) => Some(Code::SILENT),
        }
    }

    fn steps(&self, relation: u32) -> Option<&Vec<From>> {
        self.relations.get((relation & !RELATION) as usize)
    }
}

/// A value, taken apart.
struct Value<'v> {
    parties: &'v [u32],
    relations: &'v [u32],
    said: bool,
}

impl<'v> Value<'v> {
    fn of(words: &'v [u32]) -> Self {
        let said = words.last() == Some(&SAID);
        let words = words.get(..words.len() - usize::from(said)).unwrap_or_default();
        let (parties, relations) = words.split_at(words.partition_point(|word| *word < RELATION));
        Self { parties, relations, said }
    }

    /// The relation, where it is one and nothing else.
    fn one_relation(&self) -> Option<u32> {
        match self.relations {
            [relation] if self.parties.is_empty() && !self.said => Some(*relation),
            _ => None,
        }
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
