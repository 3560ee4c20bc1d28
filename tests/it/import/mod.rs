//! Tables from elsewhere: what of them is in the model, what is in the report, and what is refused.

mod besides;
mod cells;
mod command;
mod damage;
mod edges;
mod foreign;
mod forms;
mod laws;
mod legends;
mod opendocument;
mod refusals;
mod round;
mod samples;
mod shapes;
mod tables;
mod workbooks;
mod written;

use rasci::import::{Imported, Options, Refusal, import};
use rasci::model::About;
use rasci::{Letter, Policy};

/// Imports a text that must make a model.
pub(crate) fn imported(name: &str, text: &str) -> Imported {
    import(name, text.as_bytes(), &Options::default()).unwrap_or_else(|refusal| panic!("{name}: {refusal}\n{text}"))
}

/// Imports what must be refused.
pub(crate) fn refused(name: &str, bytes: &[u8]) -> Refusal {
    import(name, bytes, &Options::default()).expect_err(name)
}

/// Who holds what of a task, as `A/R Dev, I Ops`: parties in order, each with its letters in the order of the word.
pub(crate) fn held(policy: &Policy, task: &str) -> String {
    let answer = policy.who(task, None).unwrap_or_else(|error| panic!("{error}"));
    let mut parties: Vec<(String, Vec<&str>)> = Vec::new();
    for letter in Letter::ALL {
        for party in answer.cases()[0].letter(letter) {
            let title = named(&party.about);
            match parties.iter_mut().find(|(known, _)| *known == title) {
                Some((_, letters)) => letters.push(letter.as_str()),
                None => parties.push((title, vec![letter.as_str()])),
            }
        }
    }
    parties.sort();
    parties.iter().map(|(party, letters)| format!("{} {party}", letters.join("/"))).collect::<Vec<_>>().join(", ")
}

/// What an entry is called: its title, else its id.
pub(crate) fn named(about: &About) -> String {
    about.title.as_deref().unwrap_or(&about.id).to_owned()
}

/// The model of an import.
pub(crate) fn model(imported: &Imported) -> Policy {
    Policy::parse("model.yaml", &imported.text).unwrap_or_else(|error| panic!("{error}\n{}", imported.text))
}

/// What a table says of each task, as lines `task: A/R Dev, I Ops`.
pub(crate) fn says(name: &str, text: &str, tasks: &[&str]) -> Vec<String> {
    let policy = model(&imported(name, text));
    tasks.iter().map(|task| format!("{task}: {}", held(&policy, task))).collect()
}
