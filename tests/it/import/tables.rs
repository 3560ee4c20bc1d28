//! Random responsibility tables, and the same table laid out in every form.

use std::collections::BTreeMap;

use proptest::prelude::*;

/// Who holds what of which task: for (task, party) letters in the order of the word.
#[derive(Debug, Clone)]
pub(crate) struct Matrix {
    pub(crate) tasks: Vec<String>,
    pub(crate) parties: Vec<String>,
    pub(crate) letters: BTreeMap<(usize, usize), Vec<char>>,
}

/// How a table is laid out.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Layout {
    Columns,
    Inverted,
    Long,
    Transposed,
    /// Phases in a first column, blank where they go on.
    Phases,
    /// The same, with a row for each letter.
    LongPhases,
    /// Two rows of heads: of sides, and of the parties on each.
    Sides,
    /// Letters beside names, tasks over them.
    Lying,
    /// A person in each row, and marks under letters.
    Marks,
}

/// How letters of one cell stand together, and what stands for none.
#[derive(Debug, Clone)]
pub(crate) struct Style {
    pub(crate) between: &'static str,
    pub(crate) none: &'static str,
    pub(crate) bold: bool,
}

const VERBS: [&str; 8] = ["Approve", "Inform", "Consult on", "Support", "Écrire", "Прочитать", "Deploy", "Plan"];
const THINGS: [&str; 8] =
    ["budget", "users", "legal terms", "the desk", "le rapport", "отчёт", "release 2.0", "scope, time & cost"];
const WHO: [&str; 10] =
    ["Dev", "Ops team", "Product owner", "Support desk", "QA", "CS", "Équipe", "Заказчик", "End users", "Consultants"];

/// What who leads a task holds of it: also where nobody does it.
const LEADS: [&str; 6] = ["RA", "R", "A", "AS", "AC", "AI"];

pub(crate) fn matrix() -> impl Strategy<Value = Matrix> {
    let tasks = proptest::sample::subsequence((0..64).collect::<Vec<usize>>(), 2..7);
    let parties = proptest::sample::subsequence(WHO.to_vec(), 2..6).prop_shuffle();
    (tasks, parties).prop_flat_map(|(tasks, parties)| {
        let cells = proptest::collection::vec(
            proptest::sample::subsequence(vec!['R', 'A', 'S', 'C', 'I'], 0..3),
            tasks.len() * parties.len(),
        );
        let leads = proptest::collection::vec(proptest::sample::select(LEADS.to_vec()), tasks.len());
        (Just(tasks), Just(parties), cells, leads).prop_map(|(tasks, parties, cells, leads)| {
            let mut letters = BTreeMap::new();
            for (nth, held) in cells.into_iter().enumerate() {
                letters.insert((nth / parties.len(), nth % parties.len()), held);
            }
            // Every task has someone who leads it, the first someone who does it, every party a letter: else the table does not
            // say what it is.
            for (task, lead) in leads.iter().enumerate() {
                let lead = if task == 0 { "RA" } else { lead };
                letters.insert((task, task % parties.len()), lead.chars().collect());
            }
            for party in 0..parties.len() {
                let held = letters.entry((0, party)).or_default();
                if held.is_empty() {
                    held.push('I');
                }
            }
            let title = |nth: usize| format!("{} {}", VERBS[nth / 8], THINGS[nth % 8]);
            Matrix {
                tasks: tasks.into_iter().map(title).collect(),
                parties: parties.into_iter().map(str::to_owned).collect(),
                letters,
            }
        })
    })
}

pub(crate) fn style() -> impl Strategy<Value = Style> {
    let between = prop_oneof![Just("/"), Just(", "), Just(""), Just(" · "), Just("; "), Just(" & "), Just(" "), Just(" + ")];
    let none = prop_oneof![Just(""), Just("-"), Just("—"), Just("N/A")];
    (between, none, any::<bool>()).prop_map(|(between, none, bold)| Style { between, none, bold })
}

pub(crate) fn layouts() -> impl Strategy<Value = Layout> {
    use Layout::{Columns, Inverted, Long, LongPhases, Lying, Marks, Phases, Sides, Transposed};
    proptest::sample::select(vec![Columns, Inverted, Long, Transposed, Phases, LongPhases, Sides, Lying, Marks])
}

const PHASES: [&str; 4] = ["Begin", "Go on", "Come to an end", "Look back"];
const SIDES: [&str; 3] = ["Customer side", "Supplier side", "Third side"];

/// The phase of a task, by its number.
pub(crate) fn phase(task: usize) -> &'static str {
    PHASES[task / 2]
}

impl Matrix {
    /// The table as rows of texts.
    pub(crate) fn rows(&self, layout: Layout, style: &Style) -> Vec<Vec<String>> {
        let held = |task: usize, party: usize| &self.letters[&(task, party)];
        let cell = |task: usize, party: usize| {
            let letters: Vec<String> = held(task, party).iter().map(char::to_string).collect();
            if letters.is_empty() { style.none.to_owned() } else { letters.join(style.between) }
        };
        let row = |first: &str, rest: Vec<String>| std::iter::once(first.to_owned()).chain(rest).collect::<Vec<String>>();
        let (tasks, parties) = (0..self.tasks.len(), 0..self.parties.len());
        match layout {
            Layout::Columns => std::iter::once(row("Activity", self.parties.clone()))
                .chain(tasks.map(|task| row(&self.tasks[task], parties.clone().map(|party| cell(task, party)).collect())))
                .collect(),
            Layout::Transposed => std::iter::once(row("Role", self.tasks.clone()))
                .chain(parties.map(|party| row(&self.parties[party], tasks.clone().map(|task| cell(task, party)).collect())))
                .collect(),
            Layout::Inverted => {
                let heads = ["Responsible", "Accountable", "Support", "Consulted", "Informed"].map(str::to_owned).to_vec();
                let names = |task: usize, letter: char| {
                    let names: Vec<&str> = parties
                        .clone()
                        .filter(|party| held(task, *party).contains(&letter))
                        .map(|party| self.parties[party].as_str())
                        .collect();
                    if names.is_empty() { style.none.to_owned() } else { names.join(", ") }
                };
                let letters = |task: usize| ['R', 'A', 'S', 'C', 'I'].map(|letter| names(task, letter)).to_vec();
                std::iter::once(row("Task", heads)).chain(tasks.map(|task| row(&self.tasks[task], letters(task)))).collect()
            }
            Layout::Phases => std::iter::once(row("Phase", row("Activity", self.parties.clone())))
                .chain(tasks.map(|task| {
                    let phase = if task % 2 == 0 { phase(task) } else { "" };
                    row(phase, row(&self.tasks[task], parties.clone().map(|party| cell(task, party)).collect()))
                }))
                .collect(),
            Layout::LongPhases => {
                let mut rows = vec![["Phase", "Task", "Role", "RACI"].map(str::to_owned).to_vec()];
                for task in tasks {
                    for party in parties.clone().filter(|party| !held(task, *party).is_empty()) {
                        let texts = [phase(task), &self.tasks[task], &self.parties[party], &cell(task, party)];
                        rows.push(texts.map(str::to_owned).to_vec());
                    }
                }
                rows
            }
            Layout::Sides if self.parties.len() > 2 => {
                let over = |party: usize| if party.is_multiple_of(2) { SIDES[party / 2].to_owned() } else { String::new() };
                let mut rows = vec![row("", parties.clone().map(over).collect())];
                rows.extend(self.rows(Layout::Columns, style));
                rows
            }
            Layout::Sides => self.rows(Layout::Columns, style),
            Layout::Lying => {
                let upright = self.rows(Layout::Inverted, style);
                let column = |nth: usize| upright.iter().map(|row| row[nth].clone()).collect::<Vec<String>>();
                (0..6)
                    .map(column)
                    .map(|mut row| {
                        if row[0] == "Task" {
                            row[0].clear();
                        }
                        row
                    })
                    .collect()
            }
            Layout::Marks => {
                let mut rows = vec![["Task", "Person", "R", "A", "S", "C", "I"].map(str::to_owned).to_vec()];
                for task in tasks {
                    for party in parties.clone().filter(|party| !held(task, *party).is_empty()) {
                        let marks = ['R', 'A', 'S', 'C', 'I'].map(|letter| {
                            if held(task, party).contains(&letter) { "x".to_owned() } else { style.none.to_owned() }
                        });
                        rows.push(row(&self.tasks[task], row(&self.parties[party], marks.to_vec())));
                    }
                }
                rows
            }
            Layout::Long => {
                let mut rows = vec![["Task", "Role", "RACI"].map(str::to_owned).to_vec()];
                for task in tasks {
                    for party in parties.clone().filter(|party| !held(task, *party).is_empty()) {
                        rows.push(vec![self.tasks[task].clone(), self.parties[party].clone(), cell(task, party)]);
                    }
                }
                rows
            }
        }
    }
}
