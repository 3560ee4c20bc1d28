//! What is told at the highest uniform scope, as people read it and as programs do.

use serde_json::{Value, json};

use super::answers::dialogue;
use super::json::because;
use super::{asked, run, snapshot};

#[test]
fn duties_gaps_and_impact_read_well() {
    snapshot(
        "scopes",
        &dialogue(&[
            &["duties", "m.yaml", "helpdesk"],
            &["duties", "m.yaml", "bob", "--on", "2026-12-24", "--how", "named", "--when", "priority=P1"],
            &["duties", "m.yaml", "ann", "--on", "2026-12-24"],
            &["duties", "m.yaml", "cas", "--letter", "A", "--how", "named"],
            &["gaps", "m.yaml"],
            &["gaps", "m.yaml", "--letter", "A", "--when", "scenario=cloud"],
            &["impact", "m.yaml", "--without", "customer"],
            &["impact", "m.yaml", "--without", "ann"],
            &["impact", "m.yaml", "--without", "users", "--when", "priority=P1"],
        ]),
    );
}

#[test]
fn duties_have_their_shape() {
    let duty = |differs: &Value| {
        let mut duty = json!({
            "letter": "R", "task": "restore", "task_below": true, "component": "sbc", "component_below": true,
            "when": [], "how": "named", "through": null,
        });
        differs.as_object().unwrap().iter().for_each(|(key, value)| duty[key] = value.clone());
        duty
    };
    assert_eq!(
        asked(0, &["duties", "m.yaml", "customer", "--how", "named", "--letter", "R"]),
        json!({ "version": 1, "party": "customer", "duties": [
            duty(&json!({ "component": "sbc" })),
            duty(&json!({ "task": "manage", "component": "sbc" })),
        ] })
    );
    let users = asked(0, &["duties", "m.yaml", "customer", "--towards", "users"]);
    assert_eq!(users["duties"], json!([duty(&json!({}))]));
    let day = asked(0, &["duties", "m.yaml", "bob", "--on", "2026-12-24", "--how", "named"]);
    assert_eq!((&day["on"], &day["absent"], &day["deputy"]), (&json!("2026-12-24"), &json!(false), &json!(null)));
    let stands_in = duty(&json!({ "letter": "A", "task": "stand-by", "component": null, "through": "ann" }));
    assert_eq!(day["duties"], json!([stands_in]));
    let absent = asked(0, &["duties", "m.yaml", "ann", "--on", "2026-12-24"]);
    assert_eq!((&absent["absent"], &absent["deputy"], &absent["duties"]), (&json!(true), &json!("bob"), &json!([])));
}

#[test]
fn gaps_have_their_shape() {
    let gaps = asked(0, &["gaps", "m.yaml", "--letter", "A", "--when", "scenario=on-premises"]);
    assert_eq!(
        (&gaps["model"], &gaps["context"], &gaps["on"]),
        (&json!("small"), &json!({ "scenario": "on-premises" }), &json!(null))
    );
    let nobody = gaps["gaps"].as_array().unwrap().iter().find(|gap| gap["why"] == "nobody").unwrap();
    assert_eq!(
        *nobody,
        json!({
            "letter": "A", "why": "nobody", "task": "manage", "task_below": true, "component": "database", "component_below": true,
            "when": [], "missing": [], "because": [because("{ component: database, A: []", &json!({}))],
        })
    );
    let away = asked(0, &["gaps", "m.yaml", "--on", "2026-12-24"]);
    assert!(away["gaps"].as_array().unwrap().iter().all(|gap| gap["why"] != "absent"), "a deputy stands in");
    let both_away = "tasks: { t: { assign: [{ A: x, R: y }] } }\nrasci: 1\nid: m\nparties: { x: {}, y: { kind: person, absent: [{ from: 2026-12-24, until: 2026-12-24 }] } }\n";
    let folder = super::files(&[("m.yaml", both_away)]);
    let away = super::run_in(folder.path(), &["gaps", "m.yaml", "--on", "2026-12-24", "--format", "json"]).json();
    assert_eq!((&away["gaps"][0]["why"], &away["gaps"][0]["missing"]), (&json!("absent"), &json!(["y"])));
    assert_eq!(away["gaps"].as_array().unwrap().len(), 1);
    let none = super::run_in(folder.path(), &["gaps", "m.yaml"]);
    assert_eq!(none.out, "No gaps: what was asked for has a party wherever it applies.\n");
    run(&["gaps", "m.yaml", "--letter", "S"]).refused("write R or A");
}

#[test]
fn impact_has_its_shape() {
    let impact = asked(0, &["impact", "m.yaml", "--without", "ann", "--letter", "A"]);
    assert_eq!(
        impact,
        json!({
            "version": 1, "model": "small", "without": "ann", "gone": ["ann"], "context": {}, "on": null,
            "losses": [{
                "letter": "A", "task": "stand-by", "task_below": true, "component": null, "component_below": true, "when": [],
                "parties": ["ann"], "because": [because("{ A: ann, S: cas", &json!({}))],
            }],
        })
    );
    let all = asked(0, &["impact", "m.yaml", "--without", "customer"]);
    assert_eq!(all["gone"], json!(["customer", "helpdesk", "ann", "bob", "cas", "users"]));
    let on_leave = asked(0, &["impact", "m.yaml", "--without", "bob", "--on", "2026-12-24", "--letter", "A"]);
    assert_eq!(on_leave["losses"][0]["parties"], json!(["ann"]), "bob stands in for ann, who is away");
    run(&["impact", "m.yaml", "--without", "bbo"]).refused("did you mean `bob`?");
    run(&["impact", "m.yaml"]).refused("--without");
}
