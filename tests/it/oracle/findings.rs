//! What lints find, read a second time: by a look at every cell in every combination, one after the other.
//!
//! A finding is a lint and a few words that tell it from others of that lint.

mod causes;
mod declared;
mod look;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rasci::Letter;

use super::{Combination, Rank, Reading, Said, Told, satisfied, upwards};

/// A lint, and what tells a finding from others of it.
pub type Finding = (&'static str, String);

/// A task and a component in a combination.
pub type At = (String, Option<String>, usize);

/// What is found, and where.
#[derive(Debug, Default)]
pub struct Findings {
    pub found: BTreeSet<Finding>,
    /// Where the findings of cells hold.
    pub holds: BTreeMap<Finding, BTreeSet<At>>,
    /// Of lints that tell topmost cells only, the assignment at fault wherever something is wrong.
    topmost: BTreeMap<&'static str, BTreeMap<At, String>>,
}

/// An assignment that applies to a cell.
#[derive(Clone)]
struct Applies<'r> {
    nth: usize,
    said: &'r Said,
    id: &'r str,
    rank: Rank,
    task: Option<String>,
    component: Option<String>,
}

/// A cell in one combination, with what applies and what that says.
struct Look<'r> {
    cell: (&'r str, Option<&'r str>),
    combination: usize,
    applying: Vec<Applies<'r>>,
    told: Told,
}

/// The stronger letter before the weaker one it contains.
const TWICE: [(&str, [Letter; 2]); 7] = [
    ("accountable-and-informed", [Letter::Accountable, Letter::Informed]),
    ("duplicate-letter", [Letter::Responsible, Letter::Support]),
    ("duplicate-letter", [Letter::Responsible, Letter::Consulted]),
    ("duplicate-letter", [Letter::Responsible, Letter::Informed]),
    ("duplicate-letter", [Letter::Support, Letter::Consulted]),
    ("duplicate-letter", [Letter::Support, Letter::Informed]),
    ("duplicate-letter", [Letter::Consulted, Letter::Informed]),
];

/// A cell in every combination in which it is applicable.
fn looks_at<'r>(
    reading: &'r Reading,
    cell: (&'r str, Option<&'r str>),
    combinations: &[Combination],
    whens: &[BTreeSet<usize>],
) -> Vec<Look<'r>> {
    let applies = |nth: usize, said: &'r Said| {
        let [(task, deep), (component, low)] = reading.nearest(said, cell.0, cell.1)?;
        let rank = (deep, low, Reverse(whens[nth].len() as u64), said.layer);
        Some(Applies { nth, said, id: &said.written.id.as_ref()?.value, rank, task, component })
    };
    let all: Vec<_> = reading.assignments.iter().enumerate().filter_map(|(nth, said)| applies(nth, said)).collect();
    let look = |combination: usize| {
        let applying: Vec<_> = all.iter().filter(|one| whens[one.nth].contains(&combination)).cloned().collect();
        let told = reading.told(cell.1, &applying.iter().map(|one| (one.rank, one.said)).collect::<Vec<_>>());
        Look { cell, combination, applying, told }
    };
    let there = |nth: &usize| reading.is_there(cell.0, cell.1, &combinations[*nth]);
    (0..combinations.len()).filter(there).map(look).collect()
}

impl Findings {
    /// Everything that these lints find in a model whose assignments all have ids.
    pub fn of(reading: &Reading) -> Self {
        let combinations = reading.combinations();
        let when = |said: &Said| -> BTreeSet<usize> {
            let holds = |nth: &usize| satisfied(said.written.when.as_ref(), &combinations[*nth]);
            (0..combinations.len()).filter(holds).collect()
        };
        let whens: Vec<BTreeSet<usize>> = reading.assignments.iter().map(when).collect();
        let mut findings = Self::default();
        let mut looks = Vec::new();
        let components = || std::iter::once(None).chain(reading.components.iter().map(|place| Some(place.id.as_str())));
        for cell in reading.tasks.iter().flat_map(|task| components().map(|component| (task.id.as_str(), component))) {
            let of_cell = looks_at(reading, cell, &combinations, &whens);
            findings.gap(&of_cell, &combinations);
            looks.extend(of_cell);
        }
        for look in &looks {
            findings.parties(reading, look);
            for letter in Letter::ALL {
                findings.settings(reading, look, letter, &whens);
                findings.relations(reading, look, letter);
                findings.fallthrough(reading, look, letter, &whens);
            }
        }
        findings.attribute(reading);
        findings.loads(reading, &looks);
        findings.assignments(reading, &looks);
        findings.tasks(reading, &looks);
        findings
    }

    fn add(&mut self, lint: &'static str, look: &Look<'_>, words: String) {
        self.holds.entry((lint, words.clone())).or_default().insert(look.at());
        self.found.insert((lint, words));
    }

    fn add_topmost(&mut self, lint: &'static str, look: &Look<'_>, cause: String) {
        self.topmost.entry(lint).or_default().insert(look.at(), cause);
    }

    /// Letters that have nobody, too many, or one party twice.
    fn parties(&mut self, reading: &Reading, look: &Look<'_>) {
        let Look { cell, told, .. } = look;
        let held = |letter| told.held.get(&letter).cloned().unwrap_or_default();
        let later =
            |one: &Applies<'_>, other: &Applies<'_>| if one.nth > other.nth { one.id.to_owned() } else { other.id.to_owned() };
        for (lint, [one, other]) in TWICE {
            for (first, party, written) in look.givers(reading, one) {
                for (second, _, too) in look.givers(reading, other).iter().filter(|(_, same, _)| *same == party) {
                    // The same relation twice is one thing to say, whoever it stands for.
                    let who = if *too == written { &written } else { &party };
                    let cause = later(&first, second);
                    self.add(lint, look, format!("`{who}` is both {} and {} {cause}", one.word(), other.word()));
                }
            }
        }
        let accountable = look.givers(reading, Letter::Accountable);
        for (nth, (one, party, _)) in accountable.iter().enumerate() {
            for (other, ..) in accountable[..nth].iter().filter(|(_, other, _)| other != party) {
                self.add("many-accountable", look, later(one, other));
            }
        }
        for (lint, letter) in [("no-responsible", Letter::Responsible), ("no-accountable", Letter::Accountable)] {
            let open = cell.1.is_none() && told.unresolved.contains(&letter) && !look.deciding(letter).is_empty();
            if told.status == "assigned" && held(letter).is_empty() && !told.said.contains(&letter) && !open {
                self.add_topmost(lint, look, look.lacking(reading, letter));
            }
        }
    }

    /// Settings that are outranked, or disagree, and additions to nobody.
    fn settings(&mut self, reading: &Reading, look: &Look<'_>, letter: Letter, whens: &[BTreeSet<usize>]) {
        let (cell, deciding) = (look.cell, look.deciding(letter));
        let set = |one: &Applies<'_>| -> BTreeSet<String> {
            let parties = one.said.sets(letter, false).into_iter().flatten();
            parties.flat_map(|party| reading.stands_for(&party, cell.1)).collect()
        };
        let nobody = |one: &Applies<'_>| one.said.sets(letter, false) == Some(Vec::new());
        let within = |one: &Applies<'_>, other: &Applies<'_>| {
            upwards(&reading.tasks, one.task.as_deref()).contains(&other.task)
                && upwards(&reading.components, one.component.as_deref()).contains(&other.component)
                && whens[one.nth].is_subset(&whens[other.nth])
        };
        let strictly = |one: &Applies<'_>, other: &Applies<'_>| within(one, other) && !within(other, one);
        let same = |one: &Applies<'_>, other: &Applies<'_>| within(one, other) && within(other, one);
        let outranked = |one: &&Applies<'_>| deciding.iter().any(|highest| one.rank < highest.rank);
        for one in look.saying(letter, true).filter(outranked).filter(|_| deciding.iter().all(|one| nobody(one))) {
            self.add("addition-to-nobody", look, format!("{letter:?} {}", one.id));
        }
        let settings: Vec<&Applies<'_>> = look.saying(letter, false).collect();
        let decided: BTreeSet<String> = deciding.iter().flat_map(|one| set(one)).collect();
        for later in settings.iter().filter(|one| set(one) != decided) {
            if deciding.iter().all(|one| one.said.layer < later.said.layer && strictly(one, later)) {
                self.add("outranked-override", look, format!("{letter:?} {}", later.id));
            }
        }
        let overrides = |other: &Applies<'_>, one: &Applies<'_>| {
            strictly(other, one) || (same(other, one) && other.said.layer > one.said.layer)
        };
        let standing: Vec<_> = settings.iter().filter(|one| !settings.iter().any(|other| overrides(other, one))).collect();
        for (nth, one) in standing.iter().enumerate() {
            for other in &standing[nth + 1..] {
                if same(one, other) && nobody(one) != nobody(other) || !same(one, other) && set(one) != set(other) {
                    self.add(
                        "ambiguous-assignment",
                        look,
                        format!("{letter:?} {}", if one.nth > other.nth { one.id } else { other.id }),
                    );
                }
            }
        }
    }

    /// Relations that stand for nobody at a component.
    fn relations(&mut self, reading: &Reading, look: &Look<'_>, letter: Letter) {
        let deciding = look.deciding(letter).into_iter().map(|one| (one, false));
        for (one, adds) in deciding.chain(look.saying(letter, true).map(|one| (one, true))).filter(|_| look.cell.1.is_some()) {
            for party in one.said.sets(letter, adds).into_iter().flatten() {
                if reading.stands_for(&party, look.cell.1).is_empty() {
                    self.add("unresolved-relation", look, format!("{party} {}", one.id));
                }
            }
        }
    }

    /// Settings at a task that all carry a condition, of which none holds, and a setting of a task above.
    fn fallthrough(&mut self, reading: &Reading, look: &Look<'_>, letter: Letter, whens: &[BTreeSet<usize>]) {
        let (task, component) = look.cell;
        let at_task = |said: &Said| said.tasks.as_ref().is_some_and(|tasks| tasks.iter().any(|one| one == task));
        let own: Vec<(usize, &Said)> = reading
            .assignments
            .iter()
            .enumerate()
            .filter(|(_, said)| at_task(said) && said.sets(letter, false).is_some())
            .collect();
        let depth = |said| reading.nearest(said, task, component).map(|[_, (_, depth)]| depth);
        let near: Vec<usize> = own.iter().filter(|(_, said)| depth(said).is_some()).map(|(nth, _)| *nth).collect();
        // A condition that names every value of a dimension is none.
        let all = reading.combinations().len();
        let conditional = own.iter().all(|(nth, _)| whens[*nth].len() < all);
        let none = near.iter().all(|nth| !whens[*nth].contains(&look.combination));
        if conditional && !near.is_empty() && none && !look.deciding(letter).is_empty() {
            // Told at the one that would have decided: of the nearest component the narrowest, and of those the last document's.
            let first = own.iter().filter_map(|(nth, said)| Some((*nth, *said, depth(said)?)));
            let rank =
                |(nth, said, depth): &(usize, &Said, usize)| (*depth, Reverse(whens[*nth].len()), said.layer, Reverse(*nth));
            let (_, said, _) = first.max_by_key(rank).unwrap();
            self.add("conditional-fallthrough", look, format!("{letter:?} {}", said.written.id.as_ref().unwrap().value));
        }
    }

    /// Parties in R or A of more than half of what is assigned.
    fn loads(&mut self, reading: &Reading, looks: &[Look<'_>]) {
        let assigned: Vec<&Told> = looks.iter().map(|look| &look.told).filter(|told| told.status == "assigned").collect();
        for who in &reading.parties {
            let held = |told: &Told, letter| told.held.get(&letter).is_some_and(|parties| parties.contains(&who.id));
            let bears = |told: &&&Told| held(told, Letter::Responsible) || held(told, Letter::Accountable);
            if assigned.iter().filter(bears).count() * 2 > assigned.len() {
                self.found.insert(("overloaded-party", who.id.clone()));
            }
        }
    }

    /// Assignments without which nothing changes, or that take no part.
    fn assignments(&mut self, reading: &Reading, looks: &[Look<'_>]) {
        let taking_part: BTreeSet<usize> = looks
            .iter()
            .flat_map(|look| {
                let of = |letter| look.deciding(letter).into_iter().chain(look.saying(letter, true)).map(|one| one.nth);
                Letter::ALL.into_iter().flat_map(of).collect::<Vec<_>>()
            })
            .collect();
        let mut gone = BTreeSet::new();
        for (nth, said) in reading.assignments.iter().enumerate().rev() {
            let id = said.written.id.as_ref().unwrap().value.to_string();
            if !taking_part.contains(&nth) {
                self.found.insert(("shadowed-assignment", id));
                continue;
            }
            let same = |look: &Look<'_>| {
                let stays = look.applying.iter().filter(|one| one.nth != nth && !gone.contains(&one.nth));
                let without = reading.told(look.cell.1, &stays.map(|one| (one.rank, one.said)).collect::<Vec<_>>());
                (without.status, &without.held, &without.said) == (look.told.status, &look.told.held, &look.told.said)
            };
            if looks.iter().filter(|look| look.applying.iter().any(|one| one.nth == nth)).all(same) {
                gone.insert(nth);
                self.found.insert(("redundant-assignment", id));
            }
        }
    }

    /// The topmost tasks of which nothing is said.
    fn tasks(&mut self, reading: &Reading, looks: &[Look<'_>]) {
        let said: BTreeSet<&str> = looks.iter().filter(|look| look.told.status != "unassigned").map(|look| look.cell.0).collect();
        let above = |task: &str| upwards(&reading.tasks, Some(task)).into_iter().flatten().collect::<Vec<_>>();
        let silent = |id: &str| !said.iter().any(|said| above(said).iter().any(|task| task == id));
        for task in reading.tasks.iter().filter(|task| silent(&task.id) && above(&task.id)[1..].iter().all(|id| !silent(id))) {
            self.found.insert(("unassigned-task", task.id.clone()));
        }
    }
}
