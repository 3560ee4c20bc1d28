//! How two models differ, as people read it, as programs do, and as git calls it.

use std::fmt::Write;
use std::path::Path;
use std::process::Command;

use serde_json::json;

use super::json::because;
use super::{MODEL, files, run_in, snapshot};

/// The small model with other people at the helpdesk's work, and a further task and value.
fn changed() -> String {
    MODEL
        .replace("R: [helpdesk, vendor], I: users", "R: vendor, I: users")
        .replace("priority: [P1, P2, P3]", "priority: [P1, P2, P3, P4]")
        .replace("  idle: {}", "  idle: { assign: [{ R: [] }] }")
        .replace("  stand-by:\n", "  call: { title: Answer calls, assign: [{ A/R: helpdesk }] }\n  stand-by:\n")
}

#[test]
fn a_difference_reads_well() {
    let folder = files(&[("m.yaml", MODEL), ("new.yaml", &changed())]);
    let mut text = String::new();
    for args in [
        &["diff", "m.yaml", "m.yaml"][..],
        &["diff", "m.yaml", "new.yaml"],
        &["diff", "m.yaml", "new.yaml", "--format", "markdown"],
        &["diff", "m.yaml", "m.yaml", "--format", "markdown"],
    ] {
        let ran = run_in(folder.path(), args);
        assert_eq!(ran.err, "", "{args:?}");
        write!(text, "$ rasci {}\n{}exit {}\n\n", args.join(" "), ran.out, ran.code).unwrap();
    }
    snapshot("diff", &text);
}

#[test]
fn of_many_reasons_the_first_are_told_and_the_rest_counted() {
    let model = |party: &str| {
        let task = |nth: u8| format!("      t{nth}: {{ assign: [{{ R: {party} }}] }}\n");
        let tasks = (0..6).map(task).collect::<Vec<_>>().concat();
        format!(
            "rasci: 1\nid: m\nparties: {{ x: {{}}, y: {{}} }}\ntasks:\n  t:\n    tasks:\n{tasks}    assign: [{{ R: {party} }}]\n"
        )
    };
    let folder = files(&[("old.yaml", &model("x")), ("new.yaml", &model("y"))]);
    let text = run_in(folder.path(), &["diff", "old.yaml", "new.yaml"]).out;
    assert_eq!(text.matches("  and 3 more\n").count(), 2, "{text}");
    assert_eq!(text.matches("old.yaml:").count(), 4, "{text}");
}

#[test]
fn a_difference_has_its_shape() {
    let new = MODEL.replace("[{ A: ann, S: cas }]", "[{ A: ann }]");
    let folder = files(&[("m.yaml", MODEL), ("new.yaml", &new)]);
    let ran = run_in(folder.path(), &["diff", "m.yaml", "new.yaml", "--format", "json"]);
    assert_eq!(ran.code, 1);
    assert_eq!(
        ran.json(),
        json!({ "version": 1, "changes": [{
            "task": "stand-by", "task_below": true, "component": null, "component_below": true, "when": [], "letter": "S",
            "old": { "status": "assigned", "parties": ["cas"], "because": [because("{ A: ann, S: cas", &json!({}))] },
            "new": { "status": "assigned", "parties": [], "because": [] },
        }] })
    );
    let gone = MODEL.replace("  idle: {}\n", "");
    let folder = files(&[("m.yaml", MODEL), ("new.yaml", &gone)]);
    let ran = run_in(folder.path(), &["diff", "m.yaml", "new.yaml", "--format", "json"]);
    let change = &ran.json()["changes"][0];
    assert_eq!(
        (&change["letter"], &change["old"]["status"], &change["new"]["status"]),
        (&json!(null), &json!("unassigned"), &json!("absent"))
    );
    let same = run_in(folder.path(), &["diff", "m.yaml", "m.yaml", "--format", "json"]);
    assert_eq!((same.code, same.json()), (0, json!({ "version": 1, "changes": [] })));
}

/// git, as it is without anybody's settings.
fn git(folder: &Path, args: &[&str]) -> (i32, String) {
    let mut command = Command::new("git");
    command.current_dir(folder).args(["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"]);
    command.args(args).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null").env("GIT_PAGER", "cat");
    let external = format!("'{}' diff", env!("CARGO_BIN_EXE_rasci"));
    let ran = command.env("GIT_EXTERNAL_DIFF", external).output().unwrap();
    let text = String::from_utf8(ran.stdout).unwrap() + &String::from_utf8(ran.stderr).unwrap();
    (ran.status.code().unwrap(), text)
}

const BASE: &str =
    "rasci: 1\nid: base\nparties: { helpdesk: {}, vendor: {} }\ntasks: { restore: { assign: [{ A/R: helpdesk }] } }\n";
const TOP: &str = "rasci: 1\nid: top\nextends: ../base.yaml\ntasks: { report: { assign: [{ A/R: vendor }] } }\n";

#[test]
fn a_revision_is_read_with_all_that_it_extends() {
    let folder = files(&[("models/base.yaml", BASE), ("models/one/top.yaml", TOP)]);
    let path = folder.path();
    git(path, &["init"]);
    git(path, &["add", "."]);
    assert_eq!(git(path, &["commit", "-m", "first"]).0, 0);
    std::fs::write(path.join("models/base.yaml"), BASE.replace("A/R: helpdesk", "A: helpdesk, R: vendor")).unwrap();

    let diff = |args: &[&str]| run_in(path, &[&["diff", "--root", "models"], args].concat());
    let ran = diff(&["git:HEAD:models/one/top.yaml", "models/one/top.yaml"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(
        ran.out.starts_with("Responsible for `restore`, everywhere\n  - `helpdesk`\n      git:HEAD:models/base.yaml:4:"),
        "{}",
        ran.out
    );
    assert_eq!(diff(&["git:HEAD:models/one/top.yaml", "git:main:./models/one/top.yaml"]).code, 0);

    let outside = run_in(path, &["diff", "git:HEAD:models/one/top.yaml", "models/one/top.yaml"]);
    outside.refused("lies outside of the project");
    diff(&["git:HEAD:models/one/pot.yaml", "models/one/top.yaml"]).refused("cannot read `git:HEAD:models/one/pot.yaml`: ");
    diff(&["git:nowhere:models/one/top.yaml", "models/one/top.yaml"]).refused("cannot read `git:nowhere:");
    diff(&["git:--help:models/one/top.yaml", "models/one/top.yaml"]).refused("there is no such revision");
    diff(&["git:HEAD", "models/one/top.yaml"]).refused("`git:HEAD` is not of the form git:REVISION:PATH");
    diff(&["git:HEAD:models", "models/one/top.yaml"]).refused("cannot read `git:HEAD:models`: ");
    diff(&["models/one/top.yaml"]).refused("OLD");
    diff(&["a", "b", "c"]).refused("write two models, OLD and NEW");
}

#[test]
fn git_calls_it_for_its_own_diff() {
    let folder = files(&[("base.yaml", BASE), ("top.yaml", &TOP.replace("../", ""))]);
    let path = folder.path();
    git(path, &["init"]);
    git(path, &["add", "."]);
    assert_eq!(git(path, &["commit", "-m", "first"]).0, 0);
    std::fs::write(path.join("top.yaml"), TOP.replace("../", "").replace("A/R: vendor", "A: vendor, R: helpdesk")).unwrap();
    let expected = "top.yaml\n\nResponsible for `report`, everywhere\n  - `vendor`\n      top.yaml:4:29\n  + `helpdesk`\n      top.yaml:4:29\n";
    assert_eq!(git(path, &["diff"]), (0, expected.to_owned()));
    git(path, &["add", "."]);
    assert_eq!(git(path, &["diff", "--cached"]), (0, expected.to_owned()), "both sides lie in files of git's own");
    let tool = format!("'{}' diff", env!("CARGO_BIN_EXE_rasci"));
    let (_, said) = git(path, &["difftool", "--no-prompt", "--cached", "--extcmd", &tool, "--", "base.yaml"]);
    assert_eq!(said, "", "nothing differs in the base");
    std::fs::write(path.join("new.yaml"), BASE).unwrap();
    git(path, &["add", "."]);
    let (code, said) = git(path, &["diff", "--cached", "--", "new.yaml"]);
    assert_eq!(code, 0, "{said}");
    assert!(
        said.starts_with("new.yaml\n\nResponsible for every task, everywhere\n  - not in the model\n  + `helpdesk`\n"),
        "{said}"
    );
    git(path, &["commit", "-m", "second"]);
    git(path, &["mv", "new.yaml", "renamed.yaml"]);
    let (code, said) = git(path, &["diff", "--cached", "-M"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("No difference"), "{said}");
}
