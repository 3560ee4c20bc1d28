//! The JSON of version 1: every key, every `null`, every order, as the interface promises them.

use serde_json::{Value, json};

use super::{MODEL, asked, run};

/// Line and column of an assignment, found by what stands in it.
fn at(text: &str) -> (usize, usize) {
    let line = MODEL.lines().position(|line| line.contains(text)).unwrap();
    (line + 1, MODEL.lines().nth(line).unwrap().find(text).unwrap() + 1)
}

/// An assignment as every answer shows it, with what differs from the defaults.
pub(super) fn because(text: &str, differs: &Value) -> Value {
    let (line, column) = at(text);
    let mut because = json!({
        "id": null, "file": "m.yaml", "line": line, "column": column, "via": null,
        "basis": "inferred", "force": "must", "towards": [], "sources": [], "note": null,
    });
    for (key, value) in differs.as_object().unwrap() {
        because[key] = value.clone();
    }
    because
}

fn held(party: &str, because: &Value) -> Value {
    json!({ "party": party, "absent": false, "deputy": null, "because": [because] })
}

fn usual() -> Value {
    because("{ id: usual", &json!({ "id": "usual", "basis": "stated", "sources": [{ "id": "contract", "at": "clause 4" }] }))
}

#[test]
fn who_has_its_shape() {
    let usual = usual();
    let (adds, none) = (because("{ when: { priority: P1 }, C+", &json!({})), because("{ when: { priority: [P2, P3]", &json!({})));
    assert_eq!(
        asked(0, &["who", "m.yaml", "restore"]),
        json!({
            "version": 1, "model": "small", "task": "restore", "component": null, "context": {}, "on": null,
            "cases": [
                {
                    "when": [{ "priority": ["P1"] }], "status": "assigned",
                    "letters": {
                        "R": [held("vendor", &usual), held("helpdesk", &usual)],
                        "A": [held("customer", &usual)],
                        "C": [held("vendor", &adds)],
                        "I": [held("users", &usual)],
                    },
                    "nobody": {},
                    "within": [{ "time": "PT2H", "hours": "working" }],
                },
                {
                    "when": [{ "priority": ["P2", "P3"] }], "status": "assigned",
                    "letters": { "R": [held("vendor", &usual), held("helpdesk", &usual)], "A": [held("customer", &usual)] },
                    "nobody": { "I": { "why": "said", "because": [none] } },
                    "within": [{ "time": "P3D", "hours": "clock" }],
                },
            ],
            "below": [{ "task": "restore", "component": "sbc" }, { "task": "restore", "component": "database" }],
        })
    );
}

#[test]
fn letters_stand_in_their_order_and_parties_as_declared() {
    let text = run(&["who", "m.yaml", "restore", "--when", "priority=P1", "--format", "json"]).out;
    let places: Vec<usize> = ["\"R\"", "\"A\"", "\"C\"", "\"I\""].iter().map(|letter| text.find(letter).unwrap()).collect();
    assert!(places.is_sorted(), "{text}");
    let keys = [
        "version",
        "model",
        "task",
        "component",
        "context",
        "on",
        "cases",
        "when",
        "status",
        "letters",
        "nobody",
        "within",
        "below",
    ];
    let places: Vec<usize> = keys.iter().map(|key| text.find(&format!("\"{key}\":")).unwrap()).collect();
    assert!(places.is_sorted(), "{text}");
}

#[test]
fn who_says_how_and_through_what() {
    let answer = asked(0, &["who", "m.yaml", "restore", "trunk", "--letter", "R", "--when", "priority=P2"]);
    let manager = because(
        "{ component: sbc, R: $manager",
        &json!({
            "via": { "relation": "manager", "at": "sbc" }, "force": "should", "towards": ["users"], "note": "By hand.",
        }),
    );
    assert_eq!(answer["component"], "trunk");
    assert_eq!(answer["context"], json!({ "priority": "P2" }));
    assert_eq!(answer["cases"][0]["when"], json!([]), "it never repeats what was asked with");
    assert_eq!(answer["cases"][0]["letters"], json!({ "R": [held("customer", &manager)] }));
    assert_eq!(answer["below"], json!([]));

    let implied = asked(0, &["who", "m.yaml", "manage", "sbc"]);
    let implied = &implied["cases"][0]["letters"];
    assert_eq!(implied["R"][0]["because"][0]["via"], json!({ "relation": "manager", "at": "sbc" }));
    assert_eq!(implied["A"][0]["because"][0]["via"], json!({ "implied": "R" }));
}

#[test]
fn who_tells_the_four_statuses_apart() {
    let status = |args: &[&str]| asked(0, &[&["who", "m.yaml"], args].concat())["cases"].clone();
    let unassigned = status(&["idle"]);
    assert_eq!(unassigned, json!([{ "when": [], "status": "unassigned", "letters": {}, "nobody": {}, "within": null }]));
    let manage = status(&["manage", "database"]);
    assert_eq!(manage[0]["when"], json!([{ "scenario": ["cloud"] }]));
    assert_eq!(manage[0]["status"], "not-applicable");
    assert_eq!((&manage[0]["letters"], &manage[0]["nobody"]), (&json!({}), &json!({})));
    assert_eq!(manage[1]["status"], "nobody");
    assert_eq!(manage[1]["nobody"]["R"]["why"], "unresolved");
    assert_eq!(manage[1]["nobody"]["R"]["because"][0]["via"], json!({ "relation": "manager", "at": null }));
    assert_eq!(manage[1]["nobody"]["A"]["why"], "said");
    assert_eq!(status(&["stand-by"])[0]["within"], "in a timely manner");
}

#[test]
fn who_says_who_is_absent_and_who_stands_in() {
    let answer = asked(0, &["who", "m.yaml", "stand-by", "--on", "2026-12-24"]);
    assert_eq!(answer["on"], "2026-12-24");
    let held = &answer["cases"][0]["letters"];
    assert_eq!((&held["A"][0]["absent"], &held["A"][0]["deputy"]), (&json!(true), &json!("bob")));
    assert_eq!((&held["S"][0]["absent"], &held["S"][0]["deputy"]), (&json!(true), &json!(null)));
    let ann = json!({ "party": "ann", "deputy": "bob" });
    assert_eq!(answer["absent"], json!([ann, { "party": "cas", "deputy": null }]));
    let of_a_party = asked(0, &["who", "m.yaml", "restore", "--on", "2026-12-23"]);
    assert_eq!(of_a_party["absent"], json!([ann]), "ann is one of the helpdesk");
    let none = asked(0, &["who", "m.yaml", "restore", "--letter", "I", "--on", "2026-12-23"]);
    assert_eq!(none["absent"], json!([]));
    assert!(asked(0, &["who", "m.yaml", "restore"]).get("absent").is_none());
    let after = asked(0, &["who", "m.yaml", "stand-by", "--on", "2027-01-05"]);
    assert_eq!(after["cases"][0]["letters"]["A"][0]["absent"], false);
}

#[test]
fn holds_has_its_shape() {
    let answer = asked(3, &["holds", "m.yaml", "vendor", "C", "restore"]);
    let when = |values: &[&str]| json!([{ "priority": values }]);
    assert_eq!(
        answer,
        json!({ "version": 1, "answer": "depends", "cases": [
            { "when": when(&["P1"]), "how": "named", "through": ["vendor"] },
            { "when": when(&["P2", "P3"]), "how": null, "through": [] },
        ] })
    );
    let member = asked(0, &["holds", "m.yaml", "ann", "R", "restore"]);
    assert_eq!(
        member,
        json!({ "version": 1, "answer": "held", "cases": [{ "when": [], "how": "as-member", "through": ["helpdesk"] }] })
    );
    let part = asked(0, &["holds", "m.yaml", "customer", "R", "restore"]);
    assert_eq!(part["cases"], json!([{ "when": [], "how": "through-part", "through": ["helpdesk"] }]));
    let no = asked(1, &["holds", "m.yaml", "users", "R", "restore"]);
    assert_eq!(no, json!({ "version": 1, "answer": "not-held", "cases": [{ "when": [], "how": null, "through": [] }] }));
}

#[test]
fn why_and_show_have_a_version_and_places() {
    let why = asked(0, &["why", "m.yaml", "restore", "sbc", "--letter", "R"]);
    let case = &why["cases"][0];
    assert_eq!((&why["version"], &why["letter"], &why["component"]), (&json!(1), &json!("R"), &json!("sbc")));
    assert_eq!((&case["when"], &case["parties"]), (&json!([]), &json!(["customer"])));
    let effects: Vec<&Value> = case["steps"].as_array().unwrap().iter().map(|step| &step["effect"]).collect();
    assert_eq!(effects, ["decides", "overridden"]);
    let (line, column) = at("{ component: sbc, R: $manager");
    assert_eq!(case["steps"][1]["by"], json!({ "file": "m.yaml", "line": line, "column": column }));
    assert_eq!(case["steps"][1]["because"], "component");
    assert_eq!(case["steps"][1]["assignment"], usual());

    let show = asked(0, &["show", "m.yaml", "Ex"]);
    let (line, column) = at("vendor: {");
    assert_eq!(
        show,
        json!({ "version": 1, "model": "small", "entries": [{
            "what": "party", "id": "vendor", "file": "m.yaml", "line": line, "column": column,
            "declared": { "title": "Example Ltd", "aliases": ["Ex"] },
        }] })
    );
}

#[test]
fn cells_are_a_line_each() {
    let ran = run(&["cells", "m.yaml"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let cells: Vec<Value> = ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(cells.len(), 4 * 4);
    assert_eq!(cells[0]["component"], Value::Null);
    assert_eq!(
        cells.iter().find(|cell| cell["task"] == "manage" && cell["component"] == "database").unwrap(),
        &json!({ "task": "manage", "component": "database", "cases": [
            { "when": [{ "scenario": ["cloud"] }], "status": "not-applicable", "letters": {}, "nobody": [] },
            { "when": [{ "scenario": ["on-premises"] }], "status": "nobody", "letters": {}, "nobody": ["R", "A"] },
        ] })
    );
}
