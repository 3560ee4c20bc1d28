//! What is drawn says what the grid says: the marks of a drawing, the data of a page; and the pictures of the shipped
//! models are those that the program draws.

use std::fs;

use proptest::prelude::*;
use rasci::query::{Entry, GridAsk, Places};
use rasci::report::page::Page;
use rasci::report::palette::tone;
use rasci::report::svg;
use rasci::{ComponentId, Letter, Policy, Status};
use serde_json::Value;

use crate::cli::{run, run_in};
use crate::properties::config;
use crate::strategy::models;

/// The pictures that are shipped: the name of each, and the question it answers.
const PICTURES: &[(&str, &str)] = &[
    ("operating-model-2", "matrix policies/anywherenow/operating-model-2.yaml"),
    ("partner-implements", "matrix policies/anywherenow/partner-implements.yaml"),
    ("premium-plus", "matrix policies/anywherenow/premium-plus.yaml"),
    ("core-support-team", "matrix policies/mydre/core-support-team.yaml --every"),
    (
        "core-support-team-workspace",
        "matrix policies/mydre/core-support-team.yaml --component workspace --task support-end-users",
    ),
    ("service-levels", "matrix policies/mydre/service-levels.yaml --every"),
    ("example-engagement", "matrix policies/mydre/example-engagement.yaml --every"),
    ("operating-model-2-flow", "flow policies/anywherenow/operating-model-2.yaml"),
    ("core-support-team-flow", "flow policies/mydre/core-support-team.yaml"),
    ("operating-model-2-customer", "show policies/anywherenow/operating-model-2.yaml customer"),
];

fn page(policy: &Policy) -> String {
    let mut page = Page::new(policy, GridAsk::default());
    for task in page.tasks().to_vec() {
        page.add(task);
    }
    page.html().unwrap()
}

/// The data that a page carries.
fn data(html: &str) -> Value {
    let (_, rest) = html.split_once("id=\"data\">").unwrap();
    let json = rest.split_once("</script>").unwrap().0;
    assert!(!json.contains(['<', '>', '&']), "nothing in the data is markup");
    serde_json::from_str(json).unwrap()
}

#[test]
fn the_pictures_are_what_the_program_draws() {
    let bless = std::env::var_os("RASCI_BLESS").is_some_and(|bless| bless == "1");
    for (name, question) in PICTURES {
        let path = format!("docs/pictures/{name}.svg");
        let args: Vec<&str> = question.split(' ').chain(["--format", "svg"]).collect();
        let ran = run_in(".".as_ref(), &args);
        assert_eq!(ran.err, "");
        if bless {
            fs::write(&path, &ran.out).unwrap();
        }
        assert!(fs::read_to_string(&path).unwrap_or_default() == ran.out, "{path} differs; RASCI_BLESS=1 draws it anew");
    }
    assert_eq!(fs::read_dir("docs/pictures").unwrap().count(), PICTURES.len(), "each picture is held");
    for folder in ["policies/anywherenow", "policies/mydre"] {
        let models = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path().display().to_string());
        for model in models.filter(|path| !path.contains(".test.")) {
            assert!(PICTURES.iter().any(|(_, question)| question.contains(&model)), "there is no picture of {model}");
        }
    }
}

#[test]
fn the_letters_have_one_palette() {
    let style = fs::read_to_string("templates/page.css").unwrap();
    for letter in Letter::ALL {
        for colour in [tone(letter).light, tone(letter).dark] {
            assert!(style.contains(&format!("--{}: {colour};", letter.as_str())), "{colour} of {letter:?}");
        }
    }
}

#[test]
fn a_page_asks_nothing_of_anyone() {
    let html = page(&Policy::load("policies/mydre/core-support-team.yaml").unwrap());
    assert!(html.contains("default-src 'none'"));
    assert!(!html.contains("src=\"") && !html.contains("@import") && !html.contains("url("));
    let links: Vec<&str> = html.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert!(links.iter().all(|link| link.starts_with('#') || *link == "data:,"), "{links:?}");
}

#[test]
fn a_drawing_says_where_and_when_it_was_asked() {
    let drawn =
        run(&["matrix", "m.yaml", "--component", "sbc", "--when", "priority=P1", "--on", "2026-12-24", "--format", "svg"]).out;
    let drawing = roxmltree::Document::parse(&drawn).unwrap();
    let texts = |class: &str| {
        drawing
            .descendants()
            .filter(|node| node.attribute("class") == Some(class))
            .filter_map(|node| node.text())
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(texts("title"), "A small model, at Session border controller when priority=P1, on 2026-12-24");
    // The lines of a head stand from the last to the first.
    let heads = texts("head");
    for word in ["ann", "(absent;", "bob", "stands", "in)", "nobody"] {
        assert!(heads.contains(word), "{word}: {heads}");
    }
}

#[test]
fn parties_are_what_a_drawing_has_across() {
    run(&["matrix", "m.yaml", "--letter", "R", "--format", "svg"]).refused("a drawing has parties across");
}

proptest! {
    #![proptest_config(config())]

    /// The page's data holds of each cell the cases of the grid, by letters and parties.
    #[test]
    fn a_page_says_what_the_grid_says(written in models()) {
        let policy = written.load();
        let data = data(&page(&policy));
        let model = policy.model();
        let components = data["components"].as_array().unwrap();
        let ids = |entries: &Value, places: &Value| -> Vec<String> {
            places.as_array().into_iter().flatten().map(|nth| entries[usize::try_from(nth.as_u64().unwrap()).unwrap()]["id"].as_str().unwrap().to_owned()).collect()
        };
        let at = |value: &Value, nth: &Value| value[usize::try_from(nth.as_u64().unwrap()).unwrap()].clone();
        for (nth, component) in components.iter().enumerate() {
            let place = if nth == 0 { ComponentId::SYSTEM } else { policy.component(component["id"].as_str().unwrap()).unwrap() };
            let grid = policy.party_grid(Places::One(place), GridAsk::default());
            for (row, task) in grid.rows.iter().zip(0..) {
                prop_assert_eq!(&data["tasks"][task]["id"], &*model.task(row.cell.task).about.id);
                let kind = at(&data["cells"]["kinds"], &data["cells"]["rows"][task][nth]);
                let cases = at(&data["cells"]["answers"], &kind[0]);
                prop_assert_eq!(cases.as_array().unwrap().len(), row.cases.len());
                for (case, told) in row.cases.iter().zip(cases.as_array().unwrap()) {
                    for (letter, said) in Letter::ALL.into_iter().zip(told[2].as_array().unwrap()) {
                        let held: Vec<String> = case.letter(letter).parties().iter().map(|party| model.party(*party).about.id.to_string()).collect();
                        prop_assert_eq!(ids(&data["parties"], said), held);
                    }
                }
            }
        }
    }

    /// A drawing is XML, with a mark for each letter that a party holds in some case.
    #[test]
    fn a_drawing_marks_what_the_grid_says(written in models(), title in "\\PC{0,40}") {
        let policy = written.load();
        for places in [Places::One(ComponentId::SYSTEM), Places::Every] {
            let grid = policy.party_grid(places, GridAsk::default());
            let text = svg::matrix(&grid);
            let drawing = roxmltree::Document::parse(&text).unwrap();
            let marks = |kinds: &'static [&'static str]| drawing.descendants().filter(move |node| {
                node.tag_name().name() != "path" && node.attribute("class").is_some_and(|class| kinds.contains(&class.split(' ').next().unwrap()))
            }).count();
            let held = |row: &rasci::query::PartyRow| -> usize {
                let holds = |party: &rasci::PartyId, letter: Letter| row.cases.iter().any(|case| case.letter(letter).parties().contains(party));
                grid.parties.iter().map(|party| Letter::ALL.into_iter().filter(|letter| holds(party, *letter)).count()).sum()
            };
            // Each letter that is held somewhere stands in the legend too, and one that is held in some cases.
            let shown = Letter::ALL.into_iter().filter(|letter| grid.rows.iter().flat_map(|row| &row.cases).any(|case| !case.letter(*letter).parties().is_empty()));
            let some = drawing.descendants().any(|node| node.attribute("class").is_some_and(|class| class.starts_with("some ")));
            prop_assert_eq!(marks(&["chip", "some"]), grid.rows.iter().map(held).sum::<usize>() + shown.count() + usize::from(some));
            // Nobody on purpose is always drawn; that nobody is named, of R and A, where the model says something of the cell.
            let nobody = |row: &rasci::query::PartyRow| Letter::ALL.into_iter().filter(|letter| row.cases.iter().any(|case| matches!(case.letter(*letter), Entry::Nobody(_)))).count();
            let nobody = grid.rows.iter().map(nobody).sum::<usize>();
            prop_assert_eq!(marks(&["none"]), nobody + usize::from(nobody > 0));
            if places == Places::One(ComponentId::SYSTEM) {
                let speaks = |row: &&rasci::query::PartyRow| row.cases.iter().any(|case| case.status != Status::Unassigned || case.letters.iter().any(|entry| *entry != Entry::Silent));
                let silent = |row: &rasci::query::PartyRow| [Letter::Responsible, Letter::Accountable].into_iter().filter(|letter| {
                    row.cases.iter().any(|case| case.status != Status::NotApplicable && *case.letter(*letter) == Entry::Silent)
                }).count();
                let gaps = grid.rows.iter().filter(speaks).map(silent).sum::<usize>();
                prop_assert_eq!(marks(&["gap"]), gaps + usize::from(gaps > 0));
            }
        }
        let quoted = serde_json::to_string(&title).unwrap();
        let model = format!("rasci: 1\nid: m\nparties: {{ a: {{ title: {quoted} }} }}\ntasks: {{ t: {{ title: {quoted}, assign: [{{ A: a }}] }} }}\n");
        if let Ok(policy) = Policy::parse("m.yaml", &model) {
            let text = svg::matrix(&policy.party_grid(Places::Every, GridAsk::default()));
            prop_assert!(roxmltree::Document::parse(&text).is_ok(), "{}", text);
        }
    }
}
