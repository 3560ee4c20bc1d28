//! Out and in: what `rasci matrix` writes of a model, imported, is the same matrix again.

use rasci::Policy;

use crate::cli::{files, run_in};

/// The matrix without what no model can declare: a task that is applicable in no context comes back silent.
fn declared(matrix: &str) -> String {
    let line = |line: &str| match line.split_once(",,not-applicable,") {
        Some((before, after)) => format!("{before},,unassigned,{after}R/A/S/C/I\r\n"),
        None => format!("{line}\r\n"),
    };
    matrix.lines().map(line).collect()
}

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
        for component in std::iter::once(None).chain(components.iter().map(Some)) {
            let at: Vec<&str> = component.map_or_else(Vec::new, |component| vec!["--component", component.as_str()]);
            let matrix = |model: &str, format: &str| {
                let ran = run_in(directory.path(), &[&["matrix", model, "--format", format], at.as_slice()].concat());
                assert_eq!(ran.code, 0, "{}", ran.err);
                ran.out
            };
            let out = matrix(path, "csv");
            for format in ["csv", "markdown"] {
                let file = if format == "csv" { "out.csv" } else { "out.md" };
                std::fs::write(directory.path().join(file), matrix(path, format)).unwrap();
                let ran = run_in(directory.path(), &["import", file, "-o", &format!("{format}.yaml")]);
                assert_eq!(ran.code, 0, "{name} at {component:?}: {}{}", ran.out, ran.err);
                let again = matrix(&format!("{format}.yaml"), "csv");
                assert_eq!(again, declared(&out), "{name} at {component:?} through {format}");
            }
            let same = run_in(directory.path(), &["diff", "csv.yaml", "markdown.yaml"]);
            assert_eq!(same.code, 0, "{name} at {component:?}: {}{}", same.out, same.err);
            tried += 1;
        }
    }
    assert!(tried > 20, "only {tried} views");
}
