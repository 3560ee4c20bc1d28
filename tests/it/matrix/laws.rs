//! The laws of grids, on models out of thin air: read back from CSV, a grid says of every cell in every combination
//! what the fold of the language says.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use rasci::query::{GridAsk, Places};
use rasci::{ComponentId, Letter};

use super::{Rows, by_component, by_party, from_csv};
use crate::oracle::{Combination, Reading};
use crate::properties::{config, context};
use crate::strategy::models;

/// What a letter of a cell says, as the four answers.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Said {
    Held(BTreeSet<String>),
    Nobody,
    Unresolved,
    Silent,
    NotApplicable,
}

/// What the second reading of the language says of a cell.
fn told(reading: &Reading, task: &str, component: Option<&str>, combination: &Combination) -> (String, BTreeMap<Letter, Said>) {
    let told = reading.cell(task, component, combination);
    let said = |letter: Letter| match told.held.get(&letter) {
        _ if told.status == "not-applicable" => Said::NotApplicable,
        Some(parties) => Said::Held(parties.clone()),
        None if told.said.contains(&letter) => Said::Nobody,
        None if told.unresolved.contains(&letter) => Said::Unresolved,
        None => Said::Silent,
    };
    (told.status.to_owned(), Letter::ALL.into_iter().map(|letter| (letter, said(letter))).collect())
}

/// Whether `priority=P1,P2 scenario=cloud or priority=P3` holds in a combination.
fn holds(when: &str, combination: &Combination) -> bool {
    let value = |pair: &str| {
        let (dimension, values) = pair.split_once('=').unwrap();
        values.split(',').any(|value| combination[dimension] == value)
    };
    when.is_empty() || when.split(" or ").any(|alternative| alternative.split(' ').all(value))
}

fn letters(field: &str) -> Vec<Letter> {
    field.split('/').filter(|letter| !letter.is_empty()).map(|letter| Letter::parse(letter).unwrap()).collect()
}

/// The rows of one task at one place, by heading.
fn rows_of<'r>(rows: &'r Rows, task: &str, component: &str) -> Vec<BTreeMap<&'r str, &'r str>> {
    let of = |row: &'r Vec<String>| rows[0].iter().map(String::as_str).zip(row.iter().map(String::as_str)).collect();
    let all = rows[1..].iter().map(of);
    all.filter(|row: &BTreeMap<&str, &str>| row["task"] == task && row["component"] == component).collect()
}

/// What the rows of a cell say in a combination.
fn read(rows: &[BTreeMap<&str, &str>], combination: &Combination) -> (String, BTreeMap<Letter, Said>) {
    let holding: Vec<_> = rows.iter().filter(|row| holds(row["when"], combination)).collect();
    let [row] = holding[..] else { panic!("{} rows hold in {combination:?}", holding.len()) };
    let mut said = BTreeMap::new();
    let mut held: BTreeMap<Letter, BTreeSet<String>> = BTreeMap::new();
    let words = ["task", "part-of", "title", "component", "when", "status", "nobody", "unresolved", "silent"];
    for (head, field) in row.iter().filter(|(head, _)| !words.contains(*head)) {
        let id = head.rsplit_once('(').map_or(*head, |(_, id)| id.trim_end_matches(')'));
        for letter in letters(field) {
            held.entry(letter).or_default().insert(id.to_owned());
        }
    }
    said.extend(held.into_iter().map(|(letter, parties)| (letter, Said::Held(parties))));
    let empty = [("nobody", Said::Nobody), ("unresolved", Said::Unresolved), ("silent", Said::Silent)];
    for (head, answer) in empty {
        for letter in letters(row[head]) {
            assert_eq!(said.insert(letter, answer.clone()), None, "a letter has one answer");
        }
    }
    if row["status"] == "not-applicable" {
        said = Letter::ALL.into_iter().map(|letter| (letter, Said::NotApplicable)).collect();
    }
    (row["status"].to_owned(), said)
}

/// What a field of tasks across components says in a combination.
fn read_cell(field: &str, combination: &Combination) -> Said {
    let case = |case: &str| case.split_once(": ").map_or((String::new(), case.to_owned()), |(a, b)| (a.to_owned(), b.to_owned()));
    let cases: Vec<(String, String)> = field.split("; ").map(case).collect();
    let holding: Vec<&String> = cases.iter().filter(|(when, _)| holds(when, combination)).map(|(_, answer)| answer).collect();
    let [answer] = holding[..] else { panic!("{} cases of {field} hold in {combination:?}", holding.len()) };
    match answer.as_str() {
        "[]" => Said::Nobody,
        "[?]" => Said::Unresolved,
        "-" => Said::Silent,
        "n/a" => Said::NotApplicable,
        parties => Said::Held(parties.split(' ').map(str::to_owned).collect()),
    }
}

proptest! {
    #![proptest_config(config())]

    /// One component at a time, and every component at once: both say what a second reading of the language says, the latter from the nearest
    /// component above that is listed.
    #[test]
    fn tasks_across_parties_say_what_the_language_says(written in models()) {
        let (policy, reading) = (written.load(), Reading::of(&written.documents));
        let model = policy.model();
        let every = from_csv(&by_party(&policy, Places::Every));
        let id = |component: ComponentId| if component == ComponentId::SYSTEM { "" } else { &model.component(component).about.id };
        for component in std::iter::once(ComponentId::SYSTEM).chain(model.components().map(|(component, _)| component)) {
            let one = from_csv(&by_party(&policy, Places::One(component)));
            for (_, task) in model.tasks() {
                let task = &task.about.id;
                let named = Some(id(component)).filter(|name| !name.is_empty());
                let here = rows_of(&one, task, id(component));
                let mut listed = model.component_path(component).map(|above| rows_of(&every, task, id(above)));
                let listed = listed.find(|rows| !rows.is_empty()).expect("the whole system is listed");
                for combination in &reading.combinations() {
                    let expected = told(&reading, task, named, combination);
                    prop_assert_eq!(&read(&here, combination), &expected);
                    prop_assert_eq!(&read(&listed, combination), &expected);
                }
            }
        }
    }

    #[test]
    fn tasks_across_components_say_what_the_language_says(written in models(), letter in 0..5usize) {
        let (policy, reading) = (written.load(), Reading::of(&written.documents));
        let letter = Letter::ALL[letter];
        let rows = from_csv(&by_component(&policy, letter));
        for row in &rows[1..] {
            for (head, field) in rows[0].iter().zip(row).skip(3) {
                let id = head.rsplit_once('(').map_or(head.as_str(), |(_, id)| id.trim_end_matches(')'));
                let component = (id != "whole system").then_some(id);
                for combination in &reading.combinations() {
                    let (_, said) = told(&reading, &row[0], component, combination);
                    prop_assert_eq!(&read_cell(field, combination), &said[&letter]);
                }
            }
        }
    }

    /// Asked in a context, a grid has the one case that is left, without a condition.
    #[test]
    fn a_full_context_leaves_one_case(written in models()) {
        let (policy, reading) = (written.load(), Reading::of(&written.documents));
        for combination in reading.combinations().iter().take(3) {
            let ask = GridAsk { context: context(&policy, combination), ..GridAsk::default() };
            let grid = policy.party_grid(Places::Every, ask);
            prop_assert!(grid.rows.iter().all(|row| row.cases.len() == 1 && row.cases[0].when.is_empty()));
        }
    }
}
