//! What is offered and mended in a session: at every kind of place, in documents that are broken as one types.

use serde_json::json;

use super::client::{Client, applied};

const BASE: &str = "\
rasci: 1
id: base
sources: { contract: { title: Service contract } }
context: { priority: [P1, P2] }
parties: { customer: {}, helpdesk: {} }
components: { sbc: { relations: { manager: customer } } }
tasks:
  restore: { assign: [{ A: customer, R: helpdesk }] }
  close: { assign: [{ A/R: customer }] }
";

#[test]
fn whatever_may_be_written_is_offered() {
    let mut client = Client::session(&[("base.yaml", BASE)]);
    for (nth, (text, offered)) in [
        ("extends: ", "base.yaml"),
        ("extends: base.yaml\npar", "parties"),
        ("extends: base.yaml\ntasks:\n  ", "restore"),
        ("extends: base.yaml\ntasks:\n  work:\n    ki", "kind"),
        ("extends: base.yaml\ntasks: { work: { kind: ", "duty"),
        ("extends: base.yaml\ntasks: { work: { assign: [{ R", "R+"),
        ("extends: base.yaml\ntasks: { work: { assign: [{ R: [customer, ", "helpdesk"),
        ("extends: base.yaml\ntasks: { work: { assign: [{ R: $", "$manager"),
        ("extends: base.yaml\nassignments: [{ task: ", "close"),
        ("extends: base.yaml\nassignments: [{ component: ", "sbc"),
        ("extends: base.yaml\nassignments: [{ when: { ", "priority"),
        ("extends: base.yaml\nassignments: [{ when: { priority: ", "P2"),
        ("extends: base.yaml\nassignments: [{ source: ", "contract"),
        ("extends: base.yaml\nlints: { no-", "no-accountable"),
        ("extends: base.yaml\nlints: { no-accountable: ", "warn"),
        ("# rasci: allow(", "no-accountable"),
    ]
    .into_iter()
    .enumerate()
    {
        let (name, text) = (format!("{nth}.yaml"), format!("rasci: 1\nid: m\n{text}"));
        client.open(&name, &text);
        let at = client.at(&name, "rasci: 1", text.len());
        let items = client.ask("textDocument/completion", at);
        let labels: Vec<&str> = items["items"].as_array().unwrap().iter().map(|item| item["label"].as_str().unwrap()).collect();
        assert!(labels.contains(&offered), "`{offered}` is not among {labels:?} of\n{text}");
    }
    assert_eq!(client.end(), 0);
}

#[test]
fn a_finding_of_a_lint_is_mended_by_its_quick_fix() {
    let mut client = Client::session(&[("base.yaml", BASE)]);
    let assignment = "\n      - { component: sbc, R: helpdesk }";
    let model =
        format!("rasci: 1\nid: m\nextends: base.yaml\ntasks:\n  restore:\n    assign:\n      - {{ I: helpdesk }}{assignment}\n");
    client.open("m.yaml", &model);
    let mut codes = Vec::new();
    let found = loop {
        let found = client.diagnostics("m.yaml");
        codes.extend(found.iter().map(|each| each["code"].clone()));
        if let Some(found) = found.into_iter().find(|each| each["code"] == "redundant-assignment") {
            break found;
        }
        assert!(codes.len() < 50, "{codes:?}");
    };
    let params = json!({
        "textDocument": { "uri": client.uri("m.yaml") }, "range": found["range"], "context": { "diagnostics": [found] },
    });
    let actions = client.ask("textDocument/codeAction", params);
    let action = actions.as_array().unwrap().iter().find(|action| action["title"] == "Take the assignment out").unwrap();
    assert_eq!(action["isPreferred"], true);
    let edits = action["edit"]["changes"][client.uri("m.yaml")].as_array().unwrap();
    assert_eq!(applied(&model, edits), model.replace(assignment, ""));
    assert_eq!(client.end(), 0);
}
