//! The house rules that a compiler does not hold: stages import downwards only, files are short and open with what
//! they are, the example in the README is the program's own output.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The modules of the library in stage order; a module uses those of earlier rows only, or of its own.
const STAGES: [&[&str]; 11] = [
    &["source", "parallel"],
    &["diagnostic", "error"],
    &["yaml"],
    &["document"],
    &["model", "format"],
    &["matrix"],
    &["policy", "words"],
    &["query", "lint", "live"],
    &["expectation"],
    &["report", "import"],
    &["editor"],
];

/// Longer is a place to look; shorter than the least is for `mod.rs` and tables.
const LONGEST: usize = 300;

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn stage(module: &str) -> Option<usize> {
    STAGES.iter().position(|modules| modules.contains(&module))
}

/// The module of the library that a file belongs to: the first part of its path under `src`.
fn module(file: &Path) -> String {
    let first = file.strip_prefix("src").unwrap().iter().next().unwrap().to_str().unwrap();
    first.trim_end_matches(".rs").to_owned()
}

/// The modules that a file names after `crate::`, in code.
fn used(text: &str) -> Vec<String> {
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let names = code
        .split("crate::")
        .skip(1)
        .map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap().to_owned());
    names.filter(|name| stage(name).is_some()).collect()
}

#[test]
fn stages_import_downwards_only() {
    let mut wrong = Vec::new();
    let mut seen = 0;
    for file in sources(Path::new("src")) {
        let module = module(&file);
        let Some(own) = stage(&module) else {
            assert!(module == "lib" || module == "bin", "{} belongs to no stage", file.display());
            continue;
        };
        for name in used(&fs::read_to_string(&file).unwrap()) {
            seen += 1;
            let other = stage(&name).unwrap();
            let beside = other == own && name != module && !STAGES[own].contains(&"policy") && !STAGES[own].contains(&"error");
            if other > own || beside {
                wrong.push(format!("{} uses `{name}`", file.display()));
            }
        }
    }
    assert!(seen > 50, "the test reads too few imports to mean anything: {seen}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_are_short_and_open_with_what_they_are() {
    let mut wrong = Vec::new();
    for file in sources(Path::new("src")).into_iter().chain(sources(Path::new("tests"))) {
        let text = fs::read_to_string(&file).unwrap();
        let lines = text.lines().count();
        if lines > LONGEST {
            wrong.push(format!("{} has {lines} lines", file.display()));
        }
        if !text.starts_with("//!") && !text.starts_with("#![doc") {
            wrong.push(format!("{} does not open with what it is", file.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_example_of_the_language_page_is_what_it_says() {
    let page = fs::read_to_string("docs/language.md").unwrap();
    let (mut good, mut bad) = (0, 0);
    for block in page.split("\n```yaml").skip(1) {
        let (info, rest) = block.split_once('\n').unwrap();
        let text = rest.split("\n```").next().unwrap();
        let outcome = rasci::Policy::parse("example.yaml", text);
        match info.trim() {
            "" => {
                good += 1;
                assert!(outcome.is_ok(), "{text}\n{}", outcome.unwrap_err());
            }
            info if info.starts_with("error=") => {
                bad += 1;
                let error = outcome.expect_err(text);
                assert_eq!(error.diagnostics()[0].name, &info["error=".len()..], "{text}\n{error}");
            }
            info => assert_eq!(info, "fragment"),
        }
    }
    assert!(good >= 10 && bad >= 1, "{good} good and {bad} bad examples are too few");
}

#[test]
fn the_language_page_names_every_error() {
    let page = fs::read_to_string("docs/language.md").unwrap();
    let missing: Vec<&str> =
        rasci::ErrorKind::ALL.iter().map(|kind| kind.name()).filter(|name| !page.contains(&format!("`{name}`"))).collect();
    assert!(missing.is_empty(), "not on the page: {missing:?}");
}

/// The text between two marks of the README.
fn readme_block(opening: &str) -> String {
    let readme = fs::read_to_string("README.md").unwrap();
    let (_, rest) = readme.split_once(opening).unwrap();
    rest.split("```").next().unwrap().to_owned()
}

#[test]
fn the_readme_shows_what_the_program_prints() {
    let who = Command::new(env!("CARGO_BIN_EXE_rasci"))
        .args(["who", "policies/anywherenow/operating-model-2.yaml", "submit-case", "sbc"])
        .output()
        .unwrap();
    assert_eq!(readme_block("prints the answer:\n\n```text\n"), String::from_utf8(who.stdout).unwrap());

    let test = tempfile::tempdir().unwrap();
    fs::write(test.path().join("model.yaml"), readme_block("## Write a model\n\n```yaml\n")).unwrap();
    fs::write(test.path().join("model.test.yaml"), readme_block("must stay open:\n\n```yaml\n")).unwrap();
    let tested = Command::new(env!("CARGO_BIN_EXE_rasci")).args(["test", "."]).current_dir(test.path()).output().unwrap();
    assert_eq!(readme_block("why that came out:\n\n```text\n"), String::from_utf8(tested.stdout).unwrap());

    let folder = tempfile::tempdir().unwrap();
    let model = readme_block("## Write a model\n\n```yaml\n");
    assert!(rasci::Policy::parse("model.yaml", &model).is_ok());
    fs::write(folder.path().join("model.yaml"), model.replace("R: helpdesk", "R: helpdsk")).unwrap();
    let check =
        Command::new(env!("CARGO_BIN_EXE_rasci")).args(["check", "model.yaml"]).current_dir(folder.path()).output().unwrap();
    assert_eq!(
        readme_block("all mistakes at\nonce:\n\n```text\n").trim_end(),
        String::from_utf8(check.stderr).unwrap().trim_end()
    );
}
