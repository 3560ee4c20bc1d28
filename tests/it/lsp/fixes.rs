//! Quick fixes as an editor asks for them: which are offered where, which of them it may apply unasked, and in what form.

use serde_json::{Value, json};

use super::client::{Client, applied};

/// Two tasks alike, for one of which a name is misspelt, and a party that nobody needs.
const MODEL: &str = "\
rasci: 1
id: m
parties: { ann: {}, bob: {}, eve: {} }
tasks:
  work: { assign: [{ A: ann, R: bob }] }
  rest: { assign: [{ A: ann, R: bob }] }
";

/// The quick fixes for a range, with what else the client says of the kinds it wants.
fn fixes(client: &mut Client, range: &Value, context: &Value) -> Vec<Value> {
    let params = json!({ "textDocument": { "uri": client.uri("m.yaml") }, "range": range, "context": context });
    client.ask("textDocument/codeAction", params).as_array().unwrap().clone()
}

fn titles(fixes: &[Value]) -> Vec<&str> {
    fixes.iter().map(|fix| fix["title"].as_str().unwrap()).collect()
}

fn any() -> Value {
    json!({ "diagnostics": [] })
}

#[test]
fn a_fix_is_offered_where_its_finding_stands_and_nowhere_else() {
    let mut client = Client::session(&[]);
    client.open("m.yaml", &MODEL.replace("work: { assign: [{ A: ann", "work: { assign: [{ A: anm"));
    let found = client.diagnosed("m.yaml", &["unknown-party"]);
    let range = |line: u32, from: u32, to: u32| json!({ "start": { "line": line, "character": from }, "end": { "line": line, "character": to } });
    assert_eq!(found[0]["range"], range(4, 24, 27));
    for (place, expected) in [
        (range(4, 24, 27), vec!["Write `ann`"]),
        (range(4, 0, 40), vec!["Write `ann`"]),
        (range(4, 27, 27), vec!["Write `ann`"]),
        (range(4, 28, 40), vec![]),
        (range(5, 0, 40), vec![]),
        (range(0, 0, 8), vec![]),
    ] {
        let offered = fixes(&mut client, &place, &any());
        assert_eq!(titles(&offered), expected, "{place}");
        assert!(offered.iter().all(|fix| fix["diagnostics"] == json!([found[0]])), "{offered:?}");
    }
    // An editor that asks for one kind of change gets no other.
    for (only, count) in [("quickfix", 1), ("refactor", 0), ("source.organizeImports", 0)] {
        let context = json!({ "diagnostics": found, "only": [only] });
        assert_eq!(fixes(&mut client, &found[0]["range"], &context).len(), count, "{only}");
    }
    assert_eq!(client.end(), 0);
}

/// An editor may apply unasked what is preferred: never what the author has to choose.
#[test]
fn a_mend_that_the_author_must_choose_is_not_preferred() {
    let mut client = Client::session(&[]);
    client.open("m.yaml", MODEL);
    let mut found = client.diagnostics("m.yaml");
    while found.is_empty() {
        found = client.diagnostics("m.yaml");
    }
    let unused = found.iter().find(|each| each["code"] == "unused-party").unwrap();
    let offered = fixes(&mut client, &unused["range"], &any());
    assert_eq!(titles(&offered), ["Take `eve` out"]);
    assert_eq!(offered[0]["isPreferred"], false);
    assert_eq!(client.end(), 0);
}

/// Between a keystroke and the next check a fix is either offered for the text as it is, or not at all.
#[test]
fn a_fix_of_a_text_that_has_changed_since_is_not_offered() {
    let mut client = Client::session(&[]);
    client.open("m.yaml", &MODEL.replace("rest: { assign: [{ A: ann", "rest: { assign: [{ A: anm"));
    let found = client.diagnosed("m.yaml", &["unknown-party"]);
    client.edit("m.yaml", "tasks:\n", "tasks: # of all\n  # and more\n");
    for fix in fixes(&mut client, &found[0]["range"], &any()) {
        let edits = fix["edit"]["changes"][client.uri("m.yaml")].as_array().unwrap();
        assert!(applied(&client.open["m.yaml"].0, edits).contains("rest: { assign: [{ A: ann, R: bob }] }"), "{fix}");
    }
    let again = client.diagnosed("m.yaml", &["unknown-party"]);
    assert_eq!(fixes(&mut client, &again[0]["range"], &any()).len(), 1);
    assert_eq!(client.end(), 0);
}

/// An editor that knows versions is told for which one the change is, so that it refuses one that comes too late.
#[test]
fn an_editor_that_knows_versions_gets_the_change_of_one() {
    let mut client = Client::start(&[]);
    client.initialize(json!({ "workspace": { "workspaceEdit": { "documentChanges": true } } }));
    client.open("m.yaml", &MODEL.replace("A: ann, R: bob }] }\n  rest", "A: ann, R: bbo }] }\n  rest"));
    client.diagnosed("m.yaml", &["unknown-party"]);
    client.edit("m.yaml", "id: m\n", "id: m\ntitle: Work\n");
    let found = client.diagnosed("m.yaml", &["unknown-party"]);
    let offered = fixes(&mut client, &found[0]["range"], &any());
    assert_eq!(offered[0]["edit"].get("changes"), None);
    let change = &offered[0]["edit"]["documentChanges"][0];
    assert_eq!(change["textDocument"], json!({ "uri": client.uri("m.yaml"), "version": 2 }));
    let edits = change["edits"].as_array().unwrap();
    assert_eq!(applied(&client.open["m.yaml"].0, edits), MODEL.replace("id: m\n", "id: m\ntitle: Work\n"));
    assert_eq!(client.end(), 0);
}
