//! The answer of every cell, ready to be read, for a model that has few of them.

use hashbrown::HashMap;

use super::masks::Masks;
use super::row::Row;
use super::rules::Rule;
use super::standing::Standing;
use super::value::{Step, Value};
use super::{Cell, Holders, Index};
use crate::document::Letter;
use crate::matrix::Nobody;
use crate::model::{ComponentId, Handle, Model, PartyId, TaskId};
use crate::source::to_u32;

/// The five letters of each cell, task by task; tasks that are alike share theirs.
#[derive(Debug)]
pub(super) struct Cells {
    /// For each task where its cells begin.
    begins: Vec<u32>,
    cells: Vec<[Value; 5]>,
}

/// That is worth its memory and the time to make it where there are at most so many cells.
const MOST: usize = 1 << 12;
/// And of more than so many only where there are at most so many for each assignment.
const FEW: usize = 1 << 9;
const EACH: usize = 4;

/// More combinations than that are asked for, not made ready.
const MOST_COMBINATIONS: usize = 64;

/// What is said of a letter: the first rule that holds decides, else the last value.
type Said = (Vec<Rule>, Value);

/// What settings and additions say of a letter, and of the letter that a convention takes it from.
type Both = [Said; 2];

/// What decides a value: also when the cell is there, and which component it is, where whom a relation stands for depends on it.
type Deciding = (Both, Option<(Letter, Both)>, u32, Option<ComponentId>);

/// What is ready of a cell.
#[derive(Clone, Copy)]
struct Ready {
    there: u32,
    /// Of each letter the value, and whether whom a relation stands for in it depends on the component.
    letters: [(Value, bool); 5],
}

/// What is known: most cells are alike.
#[derive(Default)]
struct Known {
    values: HashMap<Deciding, Value>,
    /// The combinations that conditions tell apart.
    combinations: HashMap<Vec<u32>, Vec<u32>>,
}

impl Cells {
    /// The cells of a model, if they are worth it.
    pub(super) fn new(model: &Model, index: &mut Index) -> Option<Self> {
        let mut alike: HashMap<(Standing, Row, u32), u32> = HashMap::new();
        let mut tasks: Vec<TaskId> = Vec::new();
        let components = to_u32(model.components.len());
        let most = MOST.min(FEW.max(model.assignments.len().saturating_mul(EACH)));
        let mut begins = Vec::with_capacity(model.tasks.len());
        for task in model.tasks.ids() {
            let there = index.places.as_ref().map_or(Masks::ALWAYS, |places| places.task(task));
            let begin = *alike.entry((index.settings.of(task), index.addition(task), there)).or_insert_with(|| {
                tasks.push(task);
                to_u32(tasks.len() - 1) * components
            });
            begins.push(begin);
            if tasks.len() * model.components.len() > most {
                return None;
            }
        }
        let mut cells = vec![[Value::SILENT; 5]; tasks.len() * model.components.len()];
        let mut order: Vec<ComponentId> = model.components.ids().collect();
        order.sort_unstable_by_key(|component| index.ranges.at(*component).component);
        let mut known = Known::default();
        for (task, row) in tasks.into_iter().zip(cells.chunks_mut(model.components.len().max(1))) {
            let changes = index.changes(task);
            let mut before = None;
            for (component, changed) in order.iter().zip(changes) {
                let ready = index.ready(Cell { task, component: *component }, changed, before, &mut known);
                row.get_mut(component.place()).into_iter().for_each(|cell| *cell = ready.letters.map(|(value, _)| value));
                before = Some(ready);
            }
        }
        Some(Self { begins, cells })
    }

    #[inline]
    pub(super) fn at(&self, cell: Cell) -> [Value; 5] {
        let begin = self.begins.get(cell.task.place()).map_or(0, |begin| *begin as usize);
        self.cells.get(begin + cell.component.place()).copied().unwrap_or_default()
    }

    #[inline]
    pub(super) fn letter(&self, letter: Letter, cell: Cell) -> Value {
        self.at(cell).get(letter.index()).copied().unwrap_or_default()
    }

    pub(super) fn bytes(&self) -> usize {
        self.begins.capacity() * size_of::<u32>() + self.cells.capacity() * size_of::<[Value; 5]>()
    }
}

impl Index {
    /// At each component, in the order of ranges, a bit for each letter of which other entries hold there than at the one before.
    fn changes(&self, task: TaskId) -> Vec<u8> {
        let components = self.ranges.len();
        let mut changes = vec![0; components as usize];
        for row in self.settings.upwards(task).map(Standing::row).chain([self.addition(task)]) {
            self.rows.each_block(row, components, |from, place| {
                for (letter, first, last, _) in place.each() {
                    for at in [from + first, from + last + 1] {
                        changes.get_mut(at).into_iter().for_each(|letters| *letters |= 1 << letter);
                    }
                }
            });
        }
        changes
    }

    /// The final value of each letter of a cell: that of the component before, unless another entry tells them apart.
    fn ready(&mut self, cell: Cell, changed: u8, before: Option<Ready>, known: &mut Known) -> Ready {
        let there = self.places.as_ref().map(|places| (places.task(cell.task), places.component(cell.component)));
        let there = there.map_or(Masks::ALWAYS, |(task, component)| self.masks.both(task, component));
        let before = before.filter(|before| before.there == there);
        let letters = Letter::ALL.map(|letter| {
            let implied = self.implied_from(letter);
            let differs = [Some(letter), implied].into_iter().flatten().any(|letter| changed >> letter.index() & 1 == 1);
            let alike = before.filter(|_| !differs).and_then(|before| before.letters.get(letter.index()).copied());
            if let Some((value, false)) = alike {
                return (value, false);
            }
            let said = |letter: Letter| [self.settings_of(letter, cell), self.additions_of(letter, cell)];
            let (own, implied) = (said(letter), implied.map(|from| (from, said(from))));
            let through = own.iter().chain(implied.iter().flat_map(|(_, said)| said)).any(names_relations);
            let deciding = (own, implied, there, through.then_some(cell.component));
            if let Some(value) = known.values.get(&deciding) {
                return (*value, through);
            }
            let value = self.final_rules(cell, &deciding, &mut known.combinations);
            known.values.insert(deciding, value);
            (value, through)
        });
        Ready { there, letters }
    }

    /// The final value of what decides it.
    fn final_rules(&mut self, cell: Cell, (own, implied, there, _): &Deciding, known: &mut HashMap<Vec<u32>, Vec<u32>>) -> Value {
        let implied = implied.as_ref().map(|(from, said)| (*from, said));
        let rules = own.iter().chain(implied.iter().flat_map(|(_, from)| from.iter())).flat_map(|(rules, _)| rules);
        let mut conditions: Vec<u32> = rules.map(|(mask, _)| *mask).chain([*there]).collect();
        conditions.sort_unstable();
        conditions.dedup();
        if conditions == [Masks::ALWAYS] {
            return self.final_value(cell, own, implied, Masks::ALWAYS);
        }
        let combinations = known.entry(conditions).or_insert_with_key(|conditions| self.masks.combinations(conditions));
        if combinations.len() > MOST_COMBINATIONS {
            return Value::ASK;
        }
        let value = |mask: u32| {
            let is_there = self.masks.follows(*there, mask);
            (mask, if is_there { self.final_value(cell, own, implied, mask) } else { Value::NOT_THERE })
        };
        let rules = combinations.iter().copied().map(value).collect();
        self.told_apart(rules)
    }

    /// What settings say of a letter, whatever the context.
    fn settings_of(&self, letter: Letter, cell: Cell) -> Said {
        let mut rules = Vec::new();
        let spot = self.ranges.at(cell.component);
        let last = self.settings.find(&self.rows, cell.task, spot, letter, |value| self.note(&mut rules, value));
        (rules, last)
    }

    /// What additions say of a letter, whatever the context.
    fn additions_of(&self, letter: Letter, cell: Cell) -> Said {
        let mut rules = Vec::new();
        let place = self.rows.place(self.addition(cell.task), self.ranges.at(cell.component).component);
        let last = place.find(letter, |value| self.note(&mut rules, value));
        (rules, last)
    }

    /// Takes down what depends on the context; what does not is the end.
    fn note(&self, rules: &mut Vec<Rule>, value: Value) -> Value {
        if let Step::Rules(number) = value.step() {
            let (more, otherwise) = self.rules.list(number);
            rules.extend(more);
            return otherwise;
        }
        if value.mask() == Masks::ALWAYS {
            return value;
        }
        rules.push((value.mask(), value.bare()));
        Value::SILENT
    }

    /// What a letter comes to where a mask holds that decides every rule.
    fn final_value(&mut self, cell: Cell, own: &Both, implied: Option<(Letter, &Both)>, mask: u32) -> Value {
        let component = self.ranges.at(cell.component).component;
        let value = |(rules, last): &Said| {
            let holding = rules.iter().find(|(condition, _)| self.masks.follows(*condition, mask));
            holding.map_or(*last, |(_, value)| *value)
        };
        let holders = |said: &Both| self.said(component, said.each_ref().map(value));
        let holders = match (holders(own), implied) {
            (Holders::Silent, Some((from, said))) => Self::implied(from, holders(said)),
            (holders, _) => holders,
        };
        match holders {
            Holders::Held(parties) => {
                let parties: Vec<PartyId> = parties.iter().collect();
                self.sets.keep(&parties)
            }
            Holders::Nobody(Nobody::Said) => Value::SAID,
            Holders::Nobody(Nobody::Unresolved) => Value::UNRESOLVED,
            Holders::Silent => Value::SILENT,
            Holders::NotApplicable => Value::NOT_THERE,
        }
    }

    /// The value of rules of which always just one holds.
    fn told_apart(&mut self, mut rules: Vec<Rule>) -> Value {
        let mut counts: HashMap<Value, usize> = HashMap::new();
        for (_, value) in &rules {
            *counts.entry(*value).or_default() += 1;
        }
        let Some(otherwise) = counts.into_iter().map(|(value, count)| (count, value)).max().map(|(_, value)| value) else {
            return Value::SILENT;
        };
        rules.retain(|(_, value)| *value != otherwise);
        rules.sort_by_key(|(_, value)| *value);
        // Two that say the same, and that one condition tells apart from the others, are one.
        let mut joined: Vec<Rule> = Vec::with_capacity(rules.len());
        while let Some((mask, value)) = rules.pop() {
            let other = rules.iter().position(|(other, same)| *same == value && self.masks.either(mask, *other).is_some());
            match other.map(|other| rules.swap_remove(other)) {
                Some((other, _)) => rules.extend(self.masks.either(mask, other).map(|mask| (mask, value))),
                None => joined.push((mask, value)),
            }
        }
        self.rules.keep(&self.masks, &joined, otherwise)
    }
}

/// Whether whom it stands for depends on the component.
fn names_relations((rules, last): &Said) -> bool {
    rules.iter().map(|(_, value)| value).chain([last]).any(|value| value.names_relations())
}
