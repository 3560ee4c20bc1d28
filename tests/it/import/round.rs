//! Out and in: what `rasci matrix` writes of a model, imported, is the same matrix again.

use std::fs;
use std::process::Command;

use rasci::ComponentId;
use rasci::Policy;
use rasci::query::{GridAsk, Places};
use rasci::report::sheet::{Sheet, markdown, party_sheet, write_csv, xlsx};

use super::model;
use crate::cli::{files, run_in};

const MODELS: [&str; 5] = [
    "anywherenow/operating-model-2",
    "anywherenow/partner-implements",
    "anywherenow/premium-plus",
    "mydre/core-support-team",
    "mydre/service-levels",
];

#[test]
fn every_shipped_model_goes_out_and_in_from_each_component() {
    let directory = files(&[]);
    let here = std::env::current_dir().unwrap();
    let mut tried = 0;
    for name in MODELS {
        let path = here.join("policies").join(name).with_extension("yaml");
        let path = path.to_str().unwrap();
        let policy = Policy::load(path).unwrap();
        let components: Vec<String> = policy.model().components().map(|(_, component)| component.about.id.to_string()).collect();
        let mut views: Vec<Vec<&str>> = components.iter().map(|component| vec!["--component", component.as_str()]).collect();
        views.push(Vec::new());
        // From everywhere at once only where no component below another one says what that one does not.
        views.extend(name.starts_with("anywherenow").then(|| vec!["--every"]));
        for view in views {
            let matrix = |model: &str, format: &str| {
                let output = Command::new(env!("CARGO_BIN_EXE_rasci"))
                    .current_dir(directory.path())
                    .args(["matrix", model, "--format", format])
                    .args(&view)
                    .output()
                    .unwrap();
                assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
                output.stdout
            };
            let out = matrix(path, "csv");
            for (format, file) in [("csv", "out.csv"), ("markdown", "out.md"), ("xlsx", "out.xlsx")] {
                fs::write(directory.path().join(file), matrix(path, format)).unwrap();
                let ran = run_in(directory.path(), &["import", file, "-o", &format!("{format}.yaml"), "--force", "--strict"]);
                assert_eq!(ran.code, 0, "{name} {view:?}: {}{}", ran.out, ran.err);
                let again = matrix(&format!("{format}.yaml"), "csv");
                assert_eq!(text(&again), text(&out), "{name} {view:?} through {format}");
            }
            for format in ["markdown", "xlsx"] {
                let same = run_in(directory.path(), &["diff", "csv.yaml", &format!("{format}.yaml")]);
                assert_eq!(same.code, 0, "{name} {view:?}: {}{}", same.out, same.err);
            }
            tried += 1;
        }
    }
    assert!(tried > 25, "only {tried} views");
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

/// Models in which something stands in a column of their grid, or nothing, in every combination.
fn models() -> impl Iterator<Item = (String, bool)> {
    (0_u32..128).map(|nth| {
        let [part_of, title, component, when, nobody, silent, tabled] = [0, 1, 2, 3, 4, 5, 6].map(|bit| nth & (1 << bit) != 0);
        let has = |it: bool, text: &'static str| if it { text } else { "" };
        let others = if silent { "" } else { ", S: [helpdesk], C: helpdesk, I: customer" };
        let below = has(part_of, "\n    tasks:\n      call: { assign: [{ A: helpdesk, I: customer }] }");
        let text = format!(
            "rasci: 1\nid: m\n{}parties: {{ customer: {{}}, helpdesk: {} }}\n{}tasks:\n  restore:{}\n    assign:\n      - {{ A: {}, R: {}{others} }}{}{}{below}\n",
            has(when, "context: { priority: [P1, P2] }\n"),
            if tabled { "{ title: '=Help desk' }" } else { "{}" },
            has(component, "components: { portal: {} }\n"),
            has(title, "\n    title: '-Restore'"),
            if when { "customer" } else { "helpdesk" },
            if nobody { "[]" } else { "helpdesk" },
            has(when, "\n      - { when: { priority: P1 }, C: customer }"),
            has(component, "\n      - { component: portal, I: helpdesk }"),
        );
        (text, component)
    })
}

fn csv(sheet: &Sheet) -> String {
    let mut bytes = Vec::new();
    write_csv(sheet, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

#[test]
fn a_grid_is_read_back_whichever_columns_are_left_out() {
    for (text, component) in models() {
        let places = || if component { Places::Every } else { Places::One(ComponentId::SYSTEM) };
        let sheet = |policy: &Policy| party_sheet(&policy.party_grid(places(), GridAsk::default()));
        let out = sheet(&Policy::parse("m.yaml", &text).unwrap_or_else(|error| panic!("{error}\n{text}")));
        let written = [("m.csv", csv(&out).into_bytes()), ("m.md", markdown(&out).into_bytes()), ("m.xlsx", xlsx(&out).unwrap())];
        for (name, bytes) in written {
            let imported = rasci::import::import(name, &bytes, &rasci::import::Options::default());
            let imported = imported.unwrap_or_else(|refusal| panic!("{name}: {refusal}\n{text}\n{}", markdown(&out)));
            assert_eq!(csv(&sheet(&model(&imported))), csv(&out), "{name}\n{text}\n{}\n{}", markdown(&out), imported.text);
            assert!(imported.report.left.is_empty(), "{name}\n{}", imported.report);
        }
    }
}

#[test]
fn an_apostrophe_is_taken_away_where_one_was_put() {
    let text = "rasci: 1\nid: m\nparties: { a: { title: '-dash' }, b: { title: \"'=cmd\" } }\ntasks:\n  t: { title: \"''@x\", assign: [{ A: a, I: a, R: b }] }\n";
    let policy = Policy::parse("m.yaml", text).unwrap();
    let out = party_sheet(&policy.party_grid(Places::One(ComponentId::SYSTEM), GridAsk::default()));
    for (name, bytes) in
        [("m.csv", csv(&out).into_bytes()), ("m.md", markdown(&out).into_bytes()), ("m.xlsx", xlsx(&out).unwrap())]
    {
        let imported = rasci::import::import(name, &bytes, &rasci::import::Options::default()).unwrap();
        let titles: Vec<String> = model(&imported).model().parties().map(|(_, party)| super::named(&party.about)).collect();
        assert_eq!(titles, ["-dash", "'=cmd"], "{name}\n{}", imported.text);
        assert_eq!(model(&imported).who("t", None).unwrap().cases().len(), 1);
        assert!(imported.text.contains("title: \"''@x\""), "{name}\n{}", imported.text);
        // A and I of one party stay two letters.
        assert!(imported.text.contains("A: a, R: b, I: a"), "{name}\n{}", imported.text);
    }
}

#[test]
fn a_table_kept_by_hand_with_such_heads_is_none_of_ours() {
    let kept = super::says("t.csv", "task,status,Ann,Bob\nBuild,done,R,A\nRun,open,A,R\n", &["build", "run"]);
    assert_eq!(kept, ["build: R Ann, A Bob", "run: A Ann, R Bob"]);
}
