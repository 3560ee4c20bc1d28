//! The shipped models: they check clean, cite every item of their sources, and answer the questions people ask.

use std::collections::BTreeSet;
use std::fs;

use rasci::diagnostic::Style;
use rasci::diagnostic::render;
use rasci::document::Basis;
use rasci::jiff::civil::date;
use rasci::matrix::{Because, Holding, Via};
use rasci::model::Citation;
use rasci::query::Asked;
use rasci::report::json::Shown;
use rasci::{How, Letter, Outcome, Policy, Status};

/// Each model with the table of its source's items, where the model itself holds what that source says.
const MODELS: [(&str, Option<&str>); 6] = [
    ("anywherenow/operating-model-2.yaml", Some("anywherenow.tsv")),
    ("anywherenow/partner-implements.yaml", None),
    ("anywherenow/premium-plus.yaml", None),
    ("mydre/core-support-team.yaml", Some("mydre.tsv")),
    ("mydre/service-levels.yaml", None),
    ("mydre/example-engagement.yaml", None),
];

fn load(model: &str) -> Policy {
    Policy::load(format!("policies/{model}")).unwrap_or_else(|error| panic!("{error}"))
}

/// The rows of a table in `tests/it`, without its header.
fn table(path: &str) -> Vec<Vec<String>> {
    let text = fs::read_to_string(format!("tests/it/{path}")).unwrap();
    let rows = text.lines().skip(1).map(|line| line.split('\t').map(str::to_owned).collect()).collect::<Vec<Vec<String>>>();
    assert!(!rows.is_empty(), "{path} is empty");
    rows
}

/// Every place that anything in the model cites.
fn cited_places(policy: &Policy) -> BTreeSet<String> {
    let model = policy.model();
    let abouts = [model.about()].into_iter().map(|about| about.citations.as_slice());
    let abouts = abouts.chain(model.parties().map(|(_, it)| it.about.citations.as_slice()));
    let abouts = abouts.chain(model.components().map(|(_, it)| it.about.citations.as_slice()));
    let abouts = abouts.chain(model.tasks().map(|(_, it)| it.about.citations.as_slice()));
    let abouts = abouts.chain(model.requirements().map(|(_, it)| it.about.citations.as_slice()));
    let abouts = abouts.chain(model.flows().iter().map(|it| it.about.citations.as_slice()));
    let abouts = abouts.chain(model.flows().iter().flat_map(|it| &it.steps).map(|it| it.about.citations.as_slice()));
    let abouts = abouts.chain(model.assignments().map(|(_, it)| it.citations));
    abouts.flatten().filter_map(|citation: &Citation| citation.at.as_deref()).map(str::to_owned).collect()
}

/// What a source leaves open shows as a gap, on purpose: exactly those of the table are found, and nothing else is.
#[test]
fn every_shipped_model_checks_clean() {
    let gaps = table("gaps.tsv");
    for (model, _) in MODELS {
        let policy = load(model);
        let (found, unwanted): (Vec<_>, Vec<_>) = policy.lint(&Vec::new()).into_iter().partition(|it| it.name == "condition-gap");
        let findings: Vec<String> = unwanted.iter().map(|each| render(each, policy.sources(), Style::Plain)).collect();
        assert!(findings.is_empty(), "{model}:\n{}", findings.join("\n"));
        let found: Vec<&str> = found.iter().map(|each| each.message.as_ref()).collect();
        let meant: Vec<&str> = gaps.iter().filter(|row| row[0] == model).map(|row| row[1].as_str()).collect();
        assert_eq!(found, meant, "{model}");
    }
}

#[test]
fn every_item_of_a_source_is_cited() {
    for (model, items) in MODELS {
        let Some(items) = items else { continue };
        let cited = cited_places(&load(model));
        let missing: Vec<String> = table(&format!("sources/{items}"))
            .into_iter()
            .map(|row| row[0].clone())
            .filter(|place| !cited.contains(place))
            .collect();
        assert!(missing.is_empty(), "{model} does not cite {missing:#?}");
    }
}

#[test]
fn every_citation_names_an_item_of_the_source() {
    for (model, items) in MODELS {
        let Some(items) = items else { continue };
        let items: BTreeSet<String> = table(&format!("sources/{items}")).into_iter().map(|row| row[0].clone()).collect();
        let strange: Vec<String> = cited_places(&load(model)).into_iter().filter(|place| !items.contains(place)).collect();
        assert!(strange.is_empty(), "{model} cites what the table does not have: {strange:#?}");
    }
}

#[test]
fn stated_letters_cite_a_source() {
    for (model, _) in MODELS {
        let policy = load(model);
        let bare = policy.model().assignments().filter(|(_, it)| it.basis == Basis::Stated && it.citations.is_empty());
        let places: Vec<u32> = bare.map(|(_, it)| policy.place(it.span).start.line).collect();
        assert!(places.is_empty(), "{model} states without a source, in lines {places:?}");
    }
}

/// Nobody of the Core holds anything at a Tenant that takes no part, on any day; nobody of that Tenant does elsewhere.
#[test]
fn a_core_support_team_never_reaches_another_tenant() {
    let policy = load("mydre/example-engagement.yaml");
    let model = policy.model();
    let [outside, core, own] =
        ["outside-organization", "core-organization", "own-organization"].map(|id| policy.component(id).unwrap());
    let lies_in = |component, top| model.component_path(component).any(|above| above == top);
    let days = [None, Some(date(2026, 7, 20)), Some(date(2026, 7, 28)), Some(date(2026, 8, 3))];
    let mut asked = 0;
    for (task, component) in model.tasks().flat_map(|(task, _)| model.components().map(move |(component, _)| (task, component))) {
        let of_core = lies_in(component, core) || lies_in(component, own);
        let strangers: &[&str] = match (lies_in(component, outside), of_core) {
            (true, _) => &["core-support-team", "support-team", "partner-support-team", "noor", "nils", "sara", "sven"],
            (_, true) => &["outside-support-team", "elif"],
            _ => continue,
        };
        for party in strangers.iter().map(|id| policy.party(id).unwrap()) {
            for (letter, day) in Letter::ALL.into_iter().flat_map(|letter| days.map(|day| (letter, day))) {
                let cell = rasci::Cell { task, component };
                let holds = policy.holding(party, letter, cell, &rasci::Context::default(), day, &[How::Named, How::AsMember]);
                assert_eq!(holds.verdict(), rasci::Verdict::NotHeld, "{}", model.party(party).about.id);
                asked += 1;
            }
        }
    }
    assert!(asked > 1_000, "{asked} questions are too few to mean anything");
}

/// The planned absences of the example are covered, whoever stands in.
#[test]
fn the_planned_absences_of_the_example_are_covered() {
    let policy = load("mydre/example-engagement.yaml");
    let days = policy.away(date(2026, 1, 1), date(2026, 12, 31), &Asked::default());
    assert_eq!(days.len(), 3, "one alone, both, the other alone");
    assert!(days.iter().all(|away| away.uncovered.is_empty() && away.short.is_empty()));
    assert!(days.iter().flat_map(|away| &away.persons).all(|(_, deputy)| deputy.is_some()));
}

#[test]
fn nobody_is_consulted_in_anywherenow() {
    for (model, _) in MODELS.iter().filter(|(model, _)| model.starts_with("anywherenow")) {
        let policy = load(model);
        let consulted = policy
            .model()
            .assignments()
            .flat_map(|(_, it)| it.clauses.iter())
            .any(|clause| clause.letters.contains(Letter::Consulted));
        assert!(!consulted, "no source of {model} names anyone to be consulted");
    }
}

/// A question as the tables ask it, in the words of the command line.
struct Question<'q> {
    words: Vec<&'q str>,
    context: Vec<(&'q str, &'q str)>,
    letter: Option<Letter>,
}

impl<'q> Question<'q> {
    fn new(ask: &'q str) -> Self {
        let mut question = Self { words: Vec::new(), context: Vec::new(), letter: None };
        let mut words = ask.split(' ');
        while let Some(word) = words.next() {
            match word {
                "--when" => question.context.push(words.next().unwrap().split_once('=').unwrap()),
                "--letter" => question.letter = Letter::parse(words.next().unwrap()),
                word => question.words.push(word),
            }
        }
        question
    }

    /// The answer in one word, the parties in declared order, or the value of a key; whether all that it rests on is stated.
    fn answer(&self, policy: &Policy, expect: &str) -> (String, bool) {
        let context = policy.context(self.context.iter().copied()).unwrap();
        match self.words[..] {
            ["show", name, key] => {
                let shown = Shown::find(policy, name).unwrap();
                let declared: Vec<_> = shown.entries().iter().flat_map(|entry| entry.declared.lines()).collect();
                let values: Vec<&str> = declared.iter().filter(|(each, _)| *each == key).map(|(_, it)| it.as_str()).collect();
                let [value] = values[..] else { panic!("{} values of {key}", values.len()) };
                let part = ["note", "description"].contains(&key) && value.contains(expect);
                let cited = declared.iter().any(|(each, _)| *each == "source");
                ((if part { expect } else { value }).to_owned(), cited)
            }
            ["holds", party, letter, task, ref component @ ..] => {
                let (party, letter) = (policy.party(party).unwrap(), Letter::parse(letter).unwrap());
                let cell = policy.cell(task, component.first().copied()).unwrap();
                let holds = policy.holding(party, letter, cell, &context, None, &How::ALL);
                let through: BTreeSet<_> = holds.cases.iter().flat_map(|case| &case.through).copied().collect();
                // Where the party holds nothing, the answer rests on what names the others.
                let named = |holding: &Holding| through.is_empty() || through.contains(&holding.party);
                let answer = policy.answer_letters(cell, &context, &[letter]);
                let holdings = answer.cases().iter().flat_map(|case| case.outcome(letter).holdings());
                (holds.verdict().as_str().to_owned(), all_stated(policy, holdings.filter(|it| named(it))))
            }
            ["who", task, ref component @ ..] => {
                let letter = self.letter.expect("a letter");
                let answer = policy.answer_letters(policy.cell(task, component.first().copied()).unwrap(), &context, &[letter]);
                let [case] = answer.cases() else { panic!("{} cases", answer.cases().len()) };
                let ids: Vec<&str> = case.letter(letter).map(|party| party.about.id.as_ref()).collect();
                let word = match (case.outcome(letter), case.status) {
                    (Outcome::Held(_), _) => ids.join(" "),
                    (Outcome::Nobody(..), _) => "nobody".to_owned(),
                    (Outcome::Silent, Status::Assigned) => "silent".to_owned(),
                    (Outcome::Silent, status) => status.as_str().to_owned(),
                };
                (word, all_stated(policy, case.outcome(letter).holdings()))
            }
            _ => panic!("not a question: {:?}", self.words),
        }
    }
}

/// Whether there are assignments behind these, and every one of them states it; what a convention implies is not stated.
fn all_stated<'h>(policy: &Policy, holdings: impl IntoIterator<Item = &'h Holding>) -> bool {
    let stated = |because: &Because| {
        let basis = policy.model().assignment(because.assignment).basis;
        basis == Basis::Stated && !matches!(because.via, Via::Implied(_))
    };
    let mut because = holdings.into_iter().flat_map(|holding| &holding.because).peekable();
    because.peek().is_some() && because.all(stated)
}

#[test]
fn the_questions_people_ask_are_answered() {
    let mut wrong = Vec::new();
    for questions in ["questions/anywherenow.tsv", "questions/mydre.tsv"] {
        for row in table(questions) {
            let [number, model, ask, expect, status] = row.as_slice() else { panic!("{row:?}") };
            let (answer, stated) = Question::new(ask).answer(&load(model), expect);
            if answer != *expect || (status == "ST" && !stated) {
                wrong.push(format!("{questions} {number}: {ask}: expected {expect} ({status}), got {answer}, stated {stated}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
