//! What `rasci check` writes for other programs, in full but for JSON: workflow commands for GitHub, SARIF for code scanning.

use serde_json::{Value, json};

use super::{Ran, files, run_in};

const MODEL: &str = "\
rasci: 1
id: formats
context: { scenario: [cloud, on-site] }
parties:
  customer: { title: \"Café 📞\", kind: firm }
  helpdesk: {}
tasks:
  restore:
    assign:
      - { note: \"100%, sure\", A: customer, R: helpdsk }
      - { when: { scenario: clowd }, C+: customer }
";

const WARNING: &str = "\
rasci: 1
id: warning
lints: { no-accountable: warn }
parties: { helpdesk: {} }
tasks: { restore: { assign: [{ R: helpdesk }] } }
";

/// `rasci check --format FORMAT` of a file that needs escapes, in a folder of its own.
fn check(format: &str, text: &str) -> Ran {
    let folder = files(&[("my models/a,b.yaml", text)]);
    run_in(folder.path(), &["check", "--format", format, "./my models/a,b.yaml"])
}

#[test]
fn github_shows_each_finding_at_its_line() {
    let ran = check("github", MODEL);
    let expected = "\
::error file=./my models/a%2Cb.yaml,line=5,col=38,endLine=5,endColumn=42,title=invalid-value::`firm` is not a kind of party%0AWrite one of `organization`, `team`, `role`, `person`.
::error file=./my models/a%2Cb.yaml,line=10,col=47,endLine=10,endColumn=54,title=unknown-party::unknown party `helpdsk`%0ADid you mean `helpdesk`?
::error file=./my models/a%2Cb.yaml,line=11,col=29,endLine=11,endColumn=34,title=unknown-value::`scenario` has no value `clowd`%0ADid you mean `cloud`?%0A./my models/a,b.yaml:3:12: its values: cloud, on-site
";
    assert_eq!((ran.out.as_str(), ran.err.as_str(), ran.code), (expected, "", 1));
}

#[test]
fn github_tells_warnings_from_errors() {
    let ran = check("github", WARNING);
    assert!(ran.out.starts_with("::warning file=./my models/a%2Cb.yaml,line=5,"), "{}", ran.out);
    assert_eq!(ran.code, 0);
}

#[test]
fn what_several_models_extend_is_told_once() {
    let model = |id: &str| format!("rasci: 1\nid: {id}\nextends: base.yaml\n");
    let base = "rasci: 1\nid: base\nparties: { ann: { knd: person } }\n";
    let folder = files(&[("a.yaml", &model("a")), ("b.yaml", &model("b")), ("base.yaml", base)]);
    let github = run_in(folder.path(), &["check", "--format", "github", "."]);
    assert_eq!(github.out.lines().count(), 1, "{}", github.out);
    let log = run_in(folder.path(), &["check", "--format", "sarif", "."]).json();
    assert_eq!(log["runs"][0]["results"].as_array().unwrap().len(), 1);
}

fn sarif(text: &str) -> Value {
    check("sarif", text).json()
}

#[test]
fn sarif_has_places_related_places_and_changes() {
    let log = sarif(MODEL);
    let run = &log["runs"][0];
    assert_eq!((&log["version"], &run["columnKind"]), (&json!("2.1.0"), &json!("unicodeCodePoints")));
    let file = json!({ "uri": "my%20models/a%2Cb.yaml" });
    let region = json!({ "startLine": 11, "startColumn": 29, "endLine": 11, "endColumn": 34 });
    let values = json!({ "startLine": 3, "startColumn": 12, "endLine": 3, "endColumn": 20 });
    let mut result = run["results"][2].clone();
    let rule = usize::try_from(result["ruleIndex"].take().as_u64().unwrap()).unwrap();
    assert_eq!(run["tool"]["driver"]["rules"][rule]["id"], "unknown-value");
    let expected = json!({
        "ruleId": "unknown-value",
        "ruleIndex": null,
        "level": "error",
        "message": { "text": "`scenario` has no value `clowd`. Did you mean `cloud`?" },
        "locations": [{ "physicalLocation": { "artifactLocation": file, "region": region } }],
        "relatedLocations": [{
            "id": 1,
            "physicalLocation": { "artifactLocation": file, "region": values },
            "message": { "text": "its values: cloud, on-site" },
        }],
        "fixes": [{
            "description": { "text": "write `cloud`" },
            "artifactChanges": [{
                "artifactLocation": file,
                "replacements": [{ "deletedRegion": region, "insertedContent": { "text": "cloud" } }],
            }],
        }],
        "suppressions": [],
    });
    assert_eq!(result, expected);
}

#[test]
fn sarif_holds_what_is_suppressed_with_the_reason() {
    let comment = "# rasci: allow(no-accountable) because the board decides in May";
    let log = sarif(&format!("{} {comment}\n", WARNING.trim_end()));
    let results = log["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.len(), 1);
    assert_eq!(results[0]["ruleId"], "no-accountable");
    let suppression = &results[0]["suppressions"][0];
    assert_eq!((&suppression["kind"], &suppression["justification"]), (&json!("inSource"), &json!("the board decides in May")));
    let region = &suppression["location"]["physicalLocation"]["region"];
    assert_eq!(region, &json!({ "startLine": 5, "startColumn": 51, "endLine": 5, "endColumn": 51 + comment.len() }));
    // Of a document that several models extend, once.
    let folder = files(&[
        ("base.yaml", &format!("{} {comment}\n", WARNING.trim_end())),
        ("a.yaml", "rasci: 1\nid: a\nextends: base.yaml\n"),
        ("b.yaml", "rasci: 1\nid: b\nextends: base.yaml\n"),
    ]);
    let log = run_in(folder.path(), &["check", "--format", "sarif", "."]).json();
    assert_eq!(log["runs"][0]["results"].as_array().unwrap().len(), 1);
    // Elsewhere what is suppressed is not told, and nothing fails.
    let ran = check("github", &format!("{} {comment}\n", WARNING.trim_end()));
    assert_eq!((ran.out.as_str(), ran.code), ("", 0));
}

#[test]
fn sarif_names_every_error_and_every_lint() {
    let log = sarif(WARNING);
    let rules: Vec<&str> =
        log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap().iter().map(|rule| rule["id"].as_str().unwrap()).collect();
    let errors = rasci::ErrorKind::ALL.iter().map(|kind| kind.name());
    let known: Vec<&str> = errors.chain(rasci::lint::TABLE.iter().map(|lint| lint.name)).collect();
    assert_eq!(rules, known);
    assert_eq!(log["runs"][0]["results"][0]["level"], "warning");
}
