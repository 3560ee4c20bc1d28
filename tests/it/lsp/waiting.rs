//! What an author waits for: a mistake is told at once, whatever else is looked for; of very much that is found, enough
//! is told.

use std::fs::{self, File};
use std::time::{Duration, Instant};

use serde_json::json;

use super::client::Client;
use crate::workload::{self, Form, Size};

#[test]
fn a_mistake_is_told_while_the_lints_of_the_text_before_still_run() {
    let size = Size { name: "many", tasks: 400, components: 30, parties: 40, assignments: 2_000 };
    let mut text = workload::text(size, Form::Plain);
    text.push_str(" - { task: t0, S: p1 } # here\n");
    let mut client = Client::session(&[]);
    let start = Instant::now();
    client.open("model.yaml", &text);
    assert!(client.diagnostics("model.yaml").len() > 500);
    let all = start.elapsed();
    // The same again; by now the model is loaded, and its lints run.
    client.edit("model.yaml", "S: p1 } # here", "S: p2 } # here");
    std::thread::sleep(all / 3);
    let start = Instant::now();
    client.edit("model.yaml", "S: p2 } # here", "S: nobody } # here");
    client.diagnosed("model.yaml", &["unknown-party"]);
    let told = start.elapsed();
    assert!(told < all / 2 + Duration::from_millis(20), "told after {told:?}; all that is found takes {all:?}");
}

#[test]
fn of_very_much_that_is_found_the_gravest_is_told_and_the_rest_counted() {
    let parties = (0..1_100).map(|nth| format!("  p{nth}: {{}}\n")).collect::<Vec<_>>().concat();
    let text = format!("rasci: 1\nid: m\nparties:\n  ann: {{}}\n{parties}tasks:\n  work: {{ assign: [{{ R: ann }}] }}\n");
    let mut client = Client::session(&[]);
    client.open("model.yaml", &text);
    let found = client.diagnostics("model.yaml");
    assert_eq!(found.len(), 1_001);
    assert!(found.iter().any(|one| one["code"] == "no-accountable"), "it stands last in the text, and fails the check");
    let more: Vec<&str> =
        found.iter().filter(|one| one["code"] == "more-findings").filter_map(|one| one["message"].as_str()).collect();
    assert_eq!(more, ["101 more findings are not shown here; `rasci check` tells all"]);
}

/// The disk does not show that the base is another since: what is known of it was read before the first question.
#[test]
fn a_document_is_read_with_all_it_extends_when_it_is_opened() {
    let base = |party: &str| format!("rasci: 1\nid: base\nparties: {{ {party}: {{}} }}\n");
    let mut client = Client::session(&[("base.yaml", &base("ann"))]);
    client.open("m.yaml", "rasci: 1\nid: m\nextends: base.yaml\nrelations: { owner: ");
    // Messages are taken in order, and this one asks about no document.
    client.refused("rasci/nothing", json!({}));
    let path = client.path("base.yaml");
    let changed = fs::metadata(&path).unwrap().modified().unwrap();
    fs::write(&path, base("bob")).unwrap();
    File::options().write(true).open(&path).unwrap().set_modified(changed).unwrap();
    let place = client.at("m.yaml", "owner: ", 7);
    let offers = client.ask("textDocument/completion", place);
    let labels: Vec<&str> = offers["items"].as_array().unwrap().iter().filter_map(|item| item["label"].as_str()).collect();
    assert_eq!(labels, ["ann"]);
    assert_eq!(client.end(), 0);
}
