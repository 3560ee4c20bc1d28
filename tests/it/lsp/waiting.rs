//! What an author waits for: a mistake is told at once, whatever else is looked for; of very much that is found, enough
//! is told.

use std::time::{Duration, Instant};

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
