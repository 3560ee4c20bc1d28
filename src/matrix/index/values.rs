//! What clauses name, each kept once, and the sets of parties that it stands for at a component.

use super::code::{Code, Step};
use super::line::{From, Line, Lines};
use super::pool::Pool;
use super::sets::Sets;
use crate::model::{Handle, Model, PartyId, PartyRef, PartyRefs};
use crate::source::to_u32;

/// What clauses name, as values: a value is the word of a code where that is the same at every component, else [`MIXED`] and a number.
#[derive(Debug)]
pub(super) struct Values {
    /// Of each mixed value the places of its parties, those of its relations with [`RELATION`], and [`SAID`] where a clause says
    /// nobody on purpose.
    mixed: Pool<u32>,
    relations: Vec<Vec<From>>,
    /// Used again and again.
    named: Vec<u32>,
    parties: Vec<PartyId>,
}

/// No code has this kind.
const MIXED: u32 = 0b111 << 29;
const RELATION: u32 = 1 << 31;
const SAID: u32 = u32::MAX;

impl Values {
    pub(super) fn new(relations: Vec<Vec<From>>) -> Self {
        Self { mixed: Pool::default(), relations, named: Vec::new(), parties: Vec::new() }
    }

    /// What a clause names; none where there are too many sets.
    pub(super) fn of(&mut self, sets: &mut Sets, named: PartyRefs<'_>) -> Option<u32> {
        self.named.clear();
        self.named.extend(named.iter().map(|party| match party {
            PartyRef::Party(party) => to_u32(party.place()),
            PartyRef::Relation(relation) => to_u32(relation.place()) | RELATION,
        }));
        if named.is_empty() {
            self.named.push(SAID);
        }
        self.keep(sets)
    }

    /// What several values name together.
    pub(super) fn union(&mut self, sets: &mut Sets, values: &[u32]) -> Option<u32> {
        if let [one] = values {
            return Some(*one);
        }
        let mut named = std::mem::take(&mut self.named);
        named.clear();
        for value in values {
            match self.listed(*value) {
                Ok(list) => named.extend_from_slice(list),
                Err(Step::Held(set)) => named.extend(sets.set(set).iter().map(|party| to_u32(party.place()))),
                Err(Step::Line(relation)) => named.push(relation | RELATION),
                Err(_) => named.push(SAID),
            }
        }
        self.named = named;
        self.keep(sets)
    }

    fn keep(&mut self, sets: &mut Sets) -> Option<u32> {
        self.named.sort_unstable();
        self.named.dedup();
        let Named { parties, relations, said } = Named::of(&self.named);
        let code = match (parties, relations, said) {
            ([], [], _) => Code::SAID,
            ([], [relation], false) => Code::new(Step::Line(*relation & !RELATION))?,
            (parties, [], _) => {
                self.parties.clear();
                self.parties.extend(parties.iter().map(|party| PartyId::new(*party as usize)));
                sets.keep(&self.parties)?
            }
            _ => return Some(MIXED | self.mixed.keep(&self.named)),
        };
        Some(code.word())
    }

    /// Where, between two components, a value may begin to stand for other parties; a relation alone has a line for that.
    pub(super) fn cuts(&self, value: u32, from: u32, until: u32) -> impl Iterator<Item = u32> {
        let relations = self.listed(value).map_or(&[][..], |list| Named::of(list).relations);
        let steps = relations.iter().filter_map(|relation| self.steps(*relation)).flatten();
        steps.map(|(begin, _)| *begin).filter(move |begin| from < *begin && *begin < until)
    }

    /// What a value stands for at a component; none where there are too many sets.
    pub(super) fn code(&mut self, sets: &mut Sets, value: u32, component: u32) -> Option<Code> {
        if value & MIXED != MIXED {
            return Some(Code::from_word(value));
        }
        let Named { parties, relations, said } = Named::of(self.mixed.get(value & !MIXED));
        self.parties.clear();
        self.parties.extend(parties.iter().map(|party| PartyId::new(*party as usize)));
        for relation in relations {
            let steps = self.relations.get((relation & !RELATION) as usize)?;
            let nth = steps.partition_point(|(begin, _)| *begin <= component).checked_sub(1)?;
            if let Step::Held(set) = steps.get(nth)?.1.step() {
                self.parties.extend_from_slice(sets.set(set));
            }
        }
        self.parties.sort_unstable();
        self.parties.dedup();
        match (self.parties.is_empty(), said) {
            (false, _) => sets.keep(&self.parties),
            (true, true) => Some(Code::SAID),
            (true, false) => Some(Code::UNRESOLVED),
        }
    }

    /// The list of a mixed value, or what any other is.
    fn listed(&self, value: u32) -> Result<&[u32], Step> {
        if value & MIXED == MIXED { Ok(self.mixed.get(value & !MIXED)) } else { Err(Code::from_word(value).step()) }
    }

    fn steps(&self, relation: u32) -> Option<&Vec<From>> {
        self.relations.get((relation & !RELATION) as usize)
    }
}

/// What is named, in order, taken apart.
struct Named<'v> {
    parties: &'v [u32],
    relations: &'v [u32],
    said: bool,
}

impl<'v> Named<'v> {
    fn of(words: &'v [u32]) -> Self {
        let said = words.last() == Some(&SAID);
        let words = words.get(..words.len() - usize::from(said)).unwrap_or_default();
        let (parties, relations) = words.split_at(words.partition_point(|word| *word < RELATION));
        Self { parties, relations, said }
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
