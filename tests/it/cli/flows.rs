//! How cases travel, as people read it and as programs do.

use serde_json::json;

use super::json::because;
use super::{MODEL, files, run_in, snapshot};
use std::fmt::Write;

/// The small model with a flow that goes round and one step that nobody does, and an escalation.
fn model() -> String {
    format!(
        "{MODEL}
flows:
  case:
    title: From call to closure
    steps:
      - {{ id: call, title: Somebody calls, task: stand-by, then: repair }}
      - {{ id: repair, task: restore, component: sbc, then: [close, call] }}
      - {{ id: bill, task: manage, component: database, when: {{ scenario: on-premises }} }}
      - {{ id: close, task: restore, when: {{ priority: [P1, P2] }}, then: bill }}
      - {{ id: wait }}
escalation:
  support: [ann, helpdesk, vendor, users]
"
    )
}

#[test]
fn flows_and_escalations_read_well() {
    let folder = files(&[("m.yaml", &model()), ("none.yaml", "rasci: 1\nid: none\nparties: { a: {} }\n")]);
    let mut text = String::new();
    for args in [
        &["flow", "m.yaml"][..],
        &["flow", "m.yaml", "case", "--when", "priority=P3", "--letter", "I", "--on", "2026-12-24"],
        &["escalation", "m.yaml"],
        &["escalation", "m.yaml", "--from", "bob", "--task", "restore", "--component", "sbc"],
        &["escalation", "m.yaml", "--from", "customer", "--task", "stand-by", "--on", "2026-12-24"],
        &["flow", "none.yaml"],
        &["escalation", "none.yaml", "--from", "a"],
    ] {
        let ran = run_in(folder.path(), args);
        assert_eq!(ran.err, "", "{args:?}");
        write!(text, "$ rasci {}\n{}exit {}\n\n", args.join(" "), ran.out, ran.code).unwrap();
    }
    snapshot("flows", &text);
}

#[test]
fn flow_has_its_shape() {
    let folder = files(&[("m.yaml", &model())]);
    let flow = run_in(folder.path(), &["flow", "m.yaml", "case", "--when", "priority=P1", "--format", "json"]).json();
    assert_eq!((&flow["version"], &flow["context"], &flow["on"]), (&json!(1), &json!({ "priority": "P1" }), &json!(null)));
    let case = &flow["flows"][0];
    assert_eq!((&case["flow"], &case["title"]), (&json!("case"), &json!("From call to closure")));
    let manager = because(
        "{ component: sbc, R: $manager",
        &json!({ "via": { "relation": "manager", "at": "sbc" }, "force": "should", "towards": ["users"], "note": "By hand." }),
    );
    assert_eq!(
        case["steps"][1],
        json!({
            "step": "repair", "title": null, "task": "restore", "component": "sbc", "then": ["close", "call"],
            "cases": [{ "when": [], "status": "assigned", "letters": { "R": ["customer"] }, "nobody": null, "because": [manager] }],
        })
    );
    assert_eq!(
        case["handovers"][1],
        json!({ "from": "repair", "to": "close", "cases": [
            { "when": [], "from": ["customer"], "to": ["vendor", "helpdesk"], "handing": "passes" },
        ] })
    );
    assert_eq!((&case["loops"], &case["complete"]), (&json!([["call", "repair"]]), &json!(true)));
    assert_eq!(case["certain"], json!(["call", "repair", "close"]), "`bill` is taken on-premises only");
    assert_eq!(
        case["paths"],
        json!([{ "steps": ["call", "repair", "close", "bill"], "length": 4, "when": [{ "scenario": ["on-premises"] }] }])
    );
    run_in(folder.path(), &["flow", "m.yaml", "csae"]).refused("unknown flow `csae`; did you mean `case`?");
}

#[test]
fn escalation_has_its_shape() {
    let folder = files(&[("m.yaml", &model())]);
    let args = ["escalation", "m.yaml", "--from", "bob", "--task", "restore", "--format", "json"];
    let up = run_in(folder.path(), &args).json();
    let always = |letters: &[&str]| json!([{ "when": [], "letters": letters }]);
    assert_eq!(
        up,
        json!({
            "version": 1, "model": "small", "from": "bob", "task": "restore", "component": null, "context": {}, "on": null,
            "escalations": [{ "escalation": "support", "enters": "as-member", "parties": [
                { "party": "helpdesk", "cases": always(&["R", "A"]) },
                { "party": "vendor", "cases": [
                    { "when": [{ "priority": ["P1"] }], "letters": ["R", "C"] },
                    { "when": [{ "priority": ["P2", "P3"] }], "letters": ["R"] },
                ] },
                { "party": "users", "cases": [
                    { "when": [{ "priority": ["P1"] }], "letters": ["A", "I"] },
                    { "when": [{ "priority": ["P2", "P3"] }], "letters": ["A"] },
                ] },
            ] }],
        })
    );
    run_in(folder.path(), &["escalation", "m.yaml", "--component", "sbc"]).refused("--task");
}
