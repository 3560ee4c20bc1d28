//! What clauses name, as codes: a set of parties, nobody on purpose, the line of a relation, or a pair of two of these.

use hashbrown::HashMap;

use super::code::{Code, Step};
use super::line::{From, Line, Lines};
use super::sets::Sets;
use crate::model::{Handle, Model, PartyId, PartyRef, PartyRefs, RelationId};

/// What is kept once of what clauses name.
#[derive(Debug)]
pub(super) struct Values {
    /// What is named, and a line of relations.
    pairs: Vec<(Code, Code)>,
    known: HashMap<(Code, Code), Code>,
    /// For each relation whom it stands for from which component on.
    relations: Vec<Vec<From>>,
    /// Relations that clauses name together, with the number of their line.
    together: HashMap<Vec<RelationId>, u32>,
    /// The relations of each line that is one of relations.
    of_line: HashMap<u32, Vec<RelationId>>,
    /// Used again and again.
    parties: Vec<PartyId>,
    named: Vec<RelationId>,
}

impl Values {
    /// With the first lines, which are those of the relations, each by its own number.
    pub(super) fn new(relations: Vec<Vec<From>>) -> Self {
        let alone = |place: usize| vec![RelationId::new(place)];
        let numbers = || (0..relations.len()).zip(0u32..);
        let together = numbers().map(|(place, number)| (alone(place), number)).collect();
        let of_line = numbers().map(|(place, number)| (number, alone(place))).collect();
        let (pairs, known) = (Vec::new(), HashMap::new());
        Self { pairs, known, relations, together, of_line, parties: Vec::new(), named: Vec::new() }
    }

    /// What a clause names; none where there is more than can be told apart.
    pub(super) fn of(&mut self, sets: &mut Sets, lines: &mut Lines, named: PartyRefs<'_>) -> Option<Code> {
        self.parties.clear();
        self.named.clear();
        for party in named.iter() {
            match party {
                PartyRef::Party(party) => self.parties.push(party),
                PartyRef::Relation(relation) => self.named.push(relation),
            }
        }
        self.keep(sets, lines, named.is_empty())
    }

    /// What several clauses name together.
    pub(super) fn union(&mut self, sets: &mut Sets, lines: &mut Lines, codes: &[Code]) -> Option<Code> {
        if let [one] = codes {
            return Some(*one);
        }
        self.parties.clear();
        self.named.clear();
        let mut said = false;
        let pair = |code: &Code| if let Step::Both(pair) = code.step() { self.pairs.get(pair as usize).copied() } else { None };
        let all = codes.iter().flat_map(|code| pair(code).map_or([*code, *code], |(named, through)| [named, through]));
        for code in all {
            match code.step() {
                Step::Held(set) => self.parties.extend_from_slice(sets.set(set)),
                Step::Line(line) => self.named.extend(self.of_line.get(&line).into_iter().flatten()),
                _ => said = true,
            }
        }
        self.keep(sets, lines, said)
    }

    fn keep(&mut self, sets: &mut Sets, lines: &mut Lines, said: bool) -> Option<Code> {
        self.parties.sort_unstable();
        self.parties.dedup();
        self.named.sort_unstable();
        self.named.dedup();
        let named = if self.parties.is_empty() { said.then_some(Code::SAID) } else { Some(sets.keep(&self.parties)?) };
        if self.named.is_empty() {
            return Some(named.unwrap_or(Code::SILENT));
        }
        let line = match self.together.get(&self.named) {
            Some(line) => *line,
            None => self.join(sets, lines)?,
        };
        let through = Code::new(Step::Line(line))?;
        let Some(named) = named else { return Some(through) };
        if let Some(code) = self.known.get(&(named, through)) {
            return Some(*code);
        }
        let code = Code::new(Step::Both(u32::try_from(self.pairs.len()).ok()?))?;
        self.pairs.push((named, through));
        self.known.insert((named, through), code);
        Some(code)
    }

    /// The number of the line of all relations named, which it makes.
    fn join(&mut self, sets: &mut Sets, lines: &mut Lines) -> Option<u32> {
        let of: Vec<&Vec<From>> = self.named.iter().filter_map(|relation| self.relations.get(relation.place())).collect();
        let mut begins: Vec<u32> = of.iter().flat_map(|steps| steps.iter().map(|(begin, _)| *begin)).collect();
        begins.sort_unstable();
        begins.dedup();
        let mut steps: Vec<From> = Vec::with_capacity(begins.len());
        for begin in begins {
            let codes = of.iter().filter_map(|steps| {
                let nth = steps.partition_point(|(from, _)| *from <= begin).checked_sub(1)?;
                steps.get(nth).map(|(_, code)| code.step())
            });
            let held = codes.filter_map(|step| if let Step::Held(set) = step { Some(sets.set(set)) } else { None });
            let mut parties: Vec<PartyId> = held.flatten().copied().collect();
            parties.sort_unstable();
            parties.dedup();
            steps.push((begin, if parties.is_empty() { Code::UNRESOLVED } else { sets.keep(&parties)? }));
        }
        steps.dedup_by_key(|(_, code)| *code);
        let line = lines.tree(&steps)?;
        let number = u32::try_from(lines.len()).ok()?;
        lines.extend([line]);
        self.together.insert(self.named.clone(), number);
        self.of_line.insert(number, self.named.clone());
        Some(number)
    }

    /// The pairs, which is what look-ups need.
    pub(super) fn into_pairs(mut self) -> Vec<(Code, Code)> {
        self.pairs.shrink_to_fit();
        self.pairs
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
