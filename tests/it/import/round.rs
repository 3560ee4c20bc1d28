//! Out and in: what `rasci matrix` writes of a model, imported, is the same matrix again.

use std::fs;
use std::process::Command;

use rasci::Policy;

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
