//! What may decide a letter in each cell: for the components of a task at once, kept while the tasks are gone through in order.

use hashbrown::HashMap;

use super::ground::Ground;
use super::look::bit;
use super::sets::Set;
use crate::document::Letter;
use crate::matrix::clauses;
use crate::model::{ComponentId, Handle, PartyId, PartyRef, TaskId};

/// What may decide a letter in a cell.
#[derive(Clone, Copy)]
pub(super) struct Deciding {
    /// The number of the nearest place, and what is left to those above it.
    place: usize,
    above: u32,
    /// Whether the letter has a party for sure.
    pub(super) full: bool,
    pub(super) related: bool,
    /// The parties, as bits; several may share one.
    pub(super) parties: u64,
}

/// What stood in a row from a component on, before a task changed it.
type Kept = (usize, Vec<u32>);

/// One letter of all cells of a task.
pub(super) struct Line {
    letter: Letter,
    /// What may decide at each component; none where it is 0.
    pub(super) row: Vec<u32>,
    pub(super) known: Vec<Deciding>,
    numbers: HashMap<(usize, u32), u32>,
    /// In how many cells each was found to decide.
    pub(super) counts: Vec<u64>,
    /// In how many cells each stands first, once all tasks were gone through.
    cells: Vec<u64>,
    path: Vec<(usize, Vec<Kept>)>,
}

impl Line {
    pub(super) fn new(ground: &Ground<'_>, letter: Letter) -> Self {
        let (tasks, components) = (ground.model().tasks.len() - 1, ground.model().components.len());
        let nothing = Deciding { place: usize::MAX, above: 0, full: false, related: false, parties: 0 };
        let (known, counts, cells) = (vec![nothing], vec![0], vec![(tasks * components) as u64]);
        Self { letter, row: vec![0; components], known, numbers: HashMap::new(), counts, cells, path: Vec::new() }
    }

    pub(super) fn add(&mut self, number: u32, count: u64) {
        self.counts.get_mut(number as usize).into_iter().for_each(|known| *known += count);
    }

    /// Comes to the next task: what its places change for the components below them.
    pub(super) fn enter(&mut self, ground: &Ground<'_>, task: TaskId) {
        while self.path.last().is_some_and(|(end, _)| *end <= task.place()) {
            for (start, kept) in self.path.pop().into_iter().flat_map(|(_, undo)| undo) {
                let now = self.row.get_mut(start..start + kept.len());
                if let Some(now) = now {
                    now.copy_from_slice(&kept);
                }
            }
        }
        let (mut undo, mut kept) = (Vec::new(), 0);
        // All tasks together are no cell.
        let tasks = (ground.tasks_below(task).len() - usize::from(task == TaskId::ALL)) as u64;
        let (letter, (numbers, places)) = (bit(self.letter), ground.stands.of_task(task));
        for (nth, place) in numbers.zip(places).filter(|(_, place)| place.sets & letter != 0) {
            let below = ground.components_below(place.component);
            if below.start >= kept {
                undo.push((below.start, self.row.get(below.clone()).unwrap_or_default().to_vec()));
                kept = below.end;
            }
            let always = place.always & letter != 0;
            let mut last: Option<(u32, u32)> = None;
            for component in below {
                let before = self.row.get(component).copied().unwrap_or(0);
                let above = if always { 0 } else { before };
                let number = match last {
                    Some((known, number)) if known == above => number,
                    _ => self.number(ground, nth, above),
                };
                self.row.get_mut(component).into_iter().for_each(|it| *it = number);
                self.cells.get_mut(before as usize).into_iter().for_each(|cells| *cells -= tasks);
                self.cells.get_mut(number as usize).into_iter().for_each(|cells| *cells += tasks);
                last = Some((above, number));
            }
        }
        self.path.push((ground.tasks_below(task).end, undo));
    }

    /// The number of a place above something else; a new one where the two have not met.
    fn number(&mut self, ground: &Ground<'_>, nth: usize, above: u32) -> u32 {
        if let Some(number) = self.numbers.get(&(nth, above)) {
            return *number;
        }
        let number = crate::source::to_u32(self.known.len());
        let Some(place) = ground.stands.place(nth) else { return 0 };
        let letter = bit(self.letter);
        let before = self.known.get(above as usize).copied();
        let mut deciding = Deciding {
            place: nth,
            above,
            full: place.solid & letter != 0 || place.unsure & letter == 0 && before.is_some_and(|before| before.full),
            related: before.is_some_and(|before| before.related),
            parties: before.map_or(0, |before| before.parties),
        };
        for stand in ground.stands.at(place).iter().filter(|stand| stand.sets & letter != 0) {
            for party in clauses(ground.model(), stand.id, self.letter, false).flat_map(|clause| clause.parties.iter()) {
                match party {
                    PartyRef::Party(party) => deciding.parties |= 1 << (party.place() % 64),
                    PartyRef::Relation(_) => deciding.related = true,
                }
            }
        }
        self.known.push(deciding);
        self.counts.push(0);
        self.cells.push(0);
        self.numbers.insert((nth, above), number);
        number
    }

    /// Who bears the letter, each with when, where this may decide.
    pub(super) fn bears(&self, ground: &Ground<'_>, number: u32, at: ComponentId, bears: &mut Vec<(PartyId, Set)>) {
        let mut open = ground.sets.always();
        let mut next = number as usize;
        while let Some((deciding, place)) = self.known.get(next).and_then(|it| Some((it, ground.stands.place(it.place)?))) {
            for equals in ground.stands.at(place).chunk_by(|one, other| one.rank == other.rank) {
                if open.is_never() {
                    return;
                }
                let mut decided = ground.sets.never();
                for stand in equals.iter().filter(|stand| stand.sets & bit(self.letter) != 0) {
                    let when = ground.holds(stand).and(&open);
                    if when.is_never() {
                        continue;
                    }
                    for party in clauses(ground.model(), stand.id, self.letter, false).flat_map(|clause| clause.parties.iter()) {
                        match party {
                            PartyRef::Party(party) => bears.push((party, when.clone())),
                            PartyRef::Relation(relation) => {
                                let parties = ground.related.parties(relation, at);
                                bears.extend(parties.iter().map(|party| (*party, when.clone())));
                            }
                        }
                    }
                    decided = decided.or(&when);
                }
                open = open.minus(&decided);
            }
            next = deciding.above as usize;
        }
    }

    /// In how many cells the letter has a party for sure.
    pub(super) fn sure(&self) -> u64 {
        self.known.iter().zip(&self.cells).filter(|(deciding, _)| deciding.full).map(|(_, cells)| cells).sum()
    }

    /// Adds for each party, and each relation, the cells in which something that names it may decide: it bears the letter in no
    /// others.
    pub(super) fn may_bear(&self, ground: &Ground<'_>, of_party: &mut [u64], of_relation: &mut [u64]) {
        let (mut reached, mut of_place) = (self.cells.clone(), vec![0; ground.stands.len()]);
        // What is above has the lower number.
        for (number, deciding) in self.known.iter().enumerate().skip(1).rev() {
            let cells = reached.get(number).copied().unwrap_or(0);
            reached.get_mut(deciding.above as usize).into_iter().for_each(|reached| *reached += cells);
            of_place.get_mut(deciding.place).into_iter().for_each(|reached| *reached += cells);
        }
        for (place, cells) in (0..).map_while(|nth| ground.stands.place(nth)).zip(of_place).filter(|(_, cells)| *cells > 0) {
            let stands = ground.stands.at(place).iter().filter(|stand| stand.sets & bit(self.letter) != 0);
            let clauses = stands.flat_map(|stand| clauses(ground.model(), stand.id, self.letter, false));
            for party in clauses.flat_map(|clause| clause.parties.iter()) {
                let of = match party {
                    PartyRef::Party(party) => of_party.get_mut(party.place()),
                    PartyRef::Relation(relation) => of_relation.get_mut(relation.place()),
                };
                if let Some(of) = of {
                    *of += cells;
                }
            }
        }
    }
}
