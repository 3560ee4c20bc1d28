//! Who can take part and what is covered, as people read it and as programs do.

use std::fmt::Write;

use serde_json::json;

use super::json::because;
use super::{MODEL, files, run, run_in, snapshot};

/// The small model with a flow, and a helpdesk that needs three persons.
fn model() -> String {
    let flow =
        "flows: { case: { steps: [{ id: watch, task: stand-by, then: [repair, watch] }, { id: repair, task: restore }] } }\n";
    format!("{}{flow}", MODEL.replace("        title: Helpdesk\n", "        title: Helpdesk\n        staff: { at-least: 3 }\n"))
}

/// The same model when everybody is back.
fn back() -> String {
    let line =
        |line: &str| line.split_once(", absent: ").map_or_else(|| format!("{line}\n"), |(before, _)| format!("{before} }}\n"));
    model().lines().map(line).collect()
}

#[test]
fn participants_and_absences_read_well() {
    let back = back();
    let folder = files(&[("m.yaml", &model()), ("back.yaml", &back)]);
    let mut text = String::new();
    for args in [
        &["participants", "m.yaml"][..],
        &["participants", "m.yaml", "--letter", "A", "--when", "priority=P1", "--on", "2026-12-24"],
        &["absence", "m.yaml", "--from", "2026-12-01", "--until", "2027-01-01"],
        &["absence", "m.yaml", "--from", "2026-12-24", "--until", "2026-12-24", "--letter", "R"],
        &["absence", "m.yaml", "--from", "2027-12-01", "--until", "2027-12-31"],
        &["why", "m.yaml", "stand-by", "--letter", "A", "--on", "2026-12-24"],
        &["why", "m.yaml", "stand-by", "--letter", "A", "--on", "2026-12-01"],
        &["cells", "m.yaml", "--format", "csv", "--on", "2026-12-24"],
        &["diff", "m.yaml", "back.yaml"],
        &["diff", "m.yaml", "back.yaml", "--on", "2026-12-24"],
        &["diff", "m.yaml", "back.yaml", "--on", "2026-12-24", "--format", "markdown"],
    ] {
        let ran = run_in(folder.path(), args);
        assert_eq!(ran.err, "", "{args:?}");
        write!(text, "$ rasci {}\n{}exit {}\n\n", args.join(" "), ran.out, ran.code).unwrap();
    }
    snapshot("continuity", &text);
}

#[test]
fn cells_and_differences_of_a_day_have_their_shape() {
    let back = back();
    let folder = files(&[("m.yaml", &model()), ("back.yaml", &back)]);
    let cells = run_in(folder.path(), &["cells", "m.yaml", "--on", "2026-12-24"]).out;
    let stand_by = cells.lines().find(|line| line.contains("\"stand-by\"")).unwrap();
    let cell: serde_json::Value = serde_json::from_str(stand_by).unwrap();
    assert_eq!(cell["cases"][0]["absent"], json!([{ "party": "ann", "deputy": "bob" }, { "party": "cas", "deputy": null }]));
    assert!(!run_in(folder.path(), &["cells", "m.yaml"]).out.contains("\"absent\""));
    let diff = run_in(folder.path(), &["diff", "m.yaml", "back.yaml", "--on", "2026-12-24", "--format", "json"]);
    let value = diff.json();
    assert_eq!((diff.code, &value["on"], &value["changes"][0]["letter"]), (1, &json!("2026-12-24"), &json!("A")));
    assert_eq!(
        (&value["changes"][0]["old"]["parties"], &value["changes"][0]["new"]["parties"]),
        (&json!(["bob"]), &json!(["ann"]))
    );
    run_in(folder.path(), &["diff", "m.yaml", "back.yaml", "--on", "Christmas"]).refused("write year, month and day: 2026-12-24");
}

#[test]
fn participants_have_their_shape() {
    let folder = files(&[("m.yaml", &model())]);
    let args = ["participants", "m.yaml", "--letter", "A", "--on", "2026-12-22", "--when", "scenario=cloud", "--format", "json"];
    let value = run_in(folder.path(), &args).json();
    assert_eq!((&value["version"], &value["model"], &value["on"]), (&json!(1), &json!("small"), &json!("2026-12-22")));
    assert_eq!(value["context"], json!({ "scenario": "cloud" }));
    let letter = &value["letters"][0];
    assert_eq!((&letter["letter"], &letter["potential"]), (&json!("A"), &json!(["bob", "cas", "users"])));
    assert_eq!((&letter["non"], &letter["permanent"]), (&json!(["vendor", "ann"]), &json!(["bob"])), "bob stands in for ann");
    let line = |because: serde_json::Value| json!(because["line"].as_u64().unwrap() + 1);
    let critical = &letter["critical"][0];
    assert_eq!(
        (&critical["party"], &critical["task"], &critical["task_below"]),
        (&json!("bob"), &json!("stand-by"), &json!(true))
    );
    assert_eq!(critical["because"][0]["line"], line(because("{ A: ann, S: cas", &json!({}))));
    assert_eq!(letter["indispensable"], json!([{ "party": "bob", "flow": "case", "step": "watch", "when": [] }]));
    assert_eq!((&letter["consistent"], &letter["lacking"]), (&json!(true), &json!([])));
    let responsible = run(&["participants", "m.yaml", "--letter", "R", "--format", "json"]).json();
    let lacking = &responsible["letters"][0]["lacking"];
    assert_eq!(
        lacking.as_array().unwrap().iter().map(|each| &each["why"]).collect::<Vec<_>>(),
        ["silent", "silent", "unresolved", "unresolved"]
    );
    run(&["participants", "m.yaml", "--letter", "X"]).refused("write one of R, A, S, C, I");
}

#[test]
fn why_on_a_day_says_who_is_absent() {
    let why = |day: &str| run(&["why", "m.yaml", "stand-by", "--letter", "S", "--on", day, "--format", "json"]).json();
    let away = why("2026-12-24");
    assert_eq!((&away["on"], &away["absent"]), (&json!("2026-12-24"), &json!([{ "party": "cas", "deputy": null }])));
    assert_eq!(why("2026-12-25")["absent"], json!([]));
}

#[test]
fn absence_has_its_shape() {
    let folder = files(&[("m.yaml", &model())]);
    let args = ["absence", "m.yaml", "--from", "2026-12-23", "--until", "2026-12-25", "--format", "json"];
    let ran = run_in(folder.path(), &args);
    assert_eq!(ran.code, 1);
    let value = ran.json();
    assert_eq!((&value["from"], &value["until"]), (&json!("2026-12-23"), &json!("2026-12-25")));
    let ann = json!({ "party": "ann", "deputy": "bob" });
    assert_eq!(
        value["days"],
        json!([
            { "from": "2026-12-23", "until": "2026-12-23", "away": [ann], "uncovered": [], "short": [] },
            {
                "from": "2026-12-24", "until": "2026-12-24", "away": [ann, { "party": "cas", "deputy": null }],
                "uncovered": [], "short": [{ "party": "helpdesk", "there": 2, "needed": 3 }],
            },
            { "from": "2026-12-25", "until": "2026-12-25", "away": [ann], "uncovered": [], "short": [] },
        ])
    );
    let never = model().replace("at-least: 3", "at-least: 4");
    let folder = files(&[("m.yaml", &never)]);
    assert_eq!(run_in(folder.path(), &args).json()["days"][1]["short"], json!([]), "all together are not enough either");
    let alone = model().replace(", deputy: bob", "");
    let folder = files(&[("m.yaml", &alone)]);
    let args = ["absence", "m.yaml", "--from", "2027-01-04", "--until", "2027-01-09", "--format", "json"];
    let value = run_in(folder.path(), &args).json();
    let uncovered = &value["days"][0]["uncovered"][0];
    assert_eq!(
        (&uncovered["why"], &uncovered["letter"], &uncovered["task"]),
        (&json!("absent"), &json!("A"), &json!("stand-by"))
    );
    assert_eq!((&uncovered["missing"], &value["days"][0]["until"]), (&json!(["ann"]), &json!("2027-01-04")));
    // Bob, who would stand in, is away himself on one of the days.
    let both =
        model().replace("bob: { kind: person }", "bob: { kind: person, absent: [{ from: 2027-01-04, until: 2027-01-04 }] }");
    let folder = files(&[("m.yaml", &both)]);
    let args = ["absence", "m.yaml", "--from", "2027-01-03", "--until", "2027-01-04", "--letter", "A", "--format", "json"];
    let days = &run_in(folder.path(), &args).json()["days"];
    assert_eq!((&days[0]["uncovered"], &days[1]["uncovered"][0]["missing"]), (&json!([]), &json!(["ann"])));
    run(&["absence", "m.yaml", "--from", "2027-01-04", "--until", "2027-01-03"]).refused("`--until` is before `--from`");
    run(&["absence", "m.yaml", "--from", "2027-01-04"]).refused("--until");
    assert_eq!(run(&["absence", "m.yaml", "--from", "2030-01-01", "--until", "2030-12-31"]).code, 0);
}
