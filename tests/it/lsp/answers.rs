//! A day at the editor: what is asked of a model over its base, both open and unsaved, and what comes back.

use serde_json::{Value, json};

use super::client::{Client, applied, file_name};

const BASE: &str = "\
rasci: 1
id: base
context: { priority: [P1, P2] }
parties:
  customer:
    title: Example Ltd
    kind: organization
    parties: { helpdesk: { title: Helpdesk 🙂, kind: team } }
  vendor: {}
components: { sbc: { relations: { manager: vendor } } }
tasks:
  restore: { assign: [{ A: customer, R: helpdesk }] }
lints: { duplicate-letter: allow, unused-dimension: allow }
";

const MODEL: &str = "\
rasci: 1
id: model
extends: base.yaml
tasks:
  restore:
    assign:
      - { component: sbc, note: \"🙂\", I: helpdesk, S: $manager }
";

const TESTS: &str = "\
rasci-test: 1
model: model.yaml
tests: [{ name: the helpdesk restores, task: restore, expect: { R: helpdesk } }]
";

fn session() -> Client {
    let mut client = Client::session(&[("base.yaml", BASE), ("model.yaml", MODEL), ("model.test.yaml", TESTS)]);
    client.open("base.yaml", BASE);
    client.open("model.yaml", MODEL);
    client
}

fn labels(items: &Value) -> Vec<&str> {
    items["items"].as_array().unwrap().iter().map(|item| item["label"].as_str().unwrap()).collect()
}

/// Where a list of locations leads: file, line, the text there.
fn places(client: &Client, locations: &Value) -> Vec<(String, u64, String)> {
    let place = |location: &Value| {
        let file = file_name(&location["uri"]);
        let text = std::fs::read_to_string(client.path(&file)).unwrap();
        let text = client.open.get(&file).map_or(text, |(text, _)| text.clone());
        let (start, end) = (&location["range"]["start"], &location["range"]["end"]);
        let there = text[super::client::byte(&text, start)..super::client::byte(&text, end)].to_owned();
        (file, start["line"].as_u64().unwrap(), there)
    };
    locations.as_array().unwrap().iter().map(place).collect()
}

#[test]
fn mistakes_are_told_with_their_mends() {
    let mut client = session();
    client.diagnosed("model.yaml", &[]);
    client.edit("model.yaml", "I: helpdesk", "I: helpdsk");
    let found = client.diagnosed("model.yaml", &["unknown-party"]);
    assert_eq!(found[0]["message"], "unknown party `helpdsk`\nDid you mean `helpdesk`?");
    assert_eq!(found[0]["severity"], 1);
    assert!(found[0]["codeDescription"]["href"].as_str().unwrap().ends_with("docs/language.md#16-errors"));
    // The emoji before it is two units of UTF-16.
    assert_eq!(found[0]["range"]["start"], json!({ "line": 6, "character": 41 }));

    let params = json!({
        "textDocument": { "uri": client.uri("model.yaml") }, "range": found[0]["range"], "context": { "diagnostics": found },
    });
    let actions = client.ask("textDocument/codeAction", params.clone());
    assert_eq!(actions[0]["title"], "Write `helpdesk`");
    assert_eq!(actions[0]["kind"], "quickfix");
    let edits = actions[0]["edit"]["changes"][client.uri("model.yaml")].as_array().unwrap();
    assert_eq!(applied(&client.open["model.yaml"].0, edits), MODEL);

    client.edit("model.yaml", "I: helpdsk", "I: helpdesk");
    client.diagnosed("model.yaml", &[]);
    assert_eq!(client.ask("textDocument/codeAction", params), json!([]));
    assert_eq!(client.end(), 0);
}

#[test]
fn findings_of_lints_have_pages_and_related_places() {
    let mut client = session();
    client.diagnosed("model.yaml", &[]);
    client.edit("model.yaml", "I: helpdesk", "I: customer");
    let found = client.diagnosed("model.yaml", &["accountable-and-informed"]);
    assert!(found[0]["codeDescription"]["href"].as_str().unwrap().ends_with("docs/lints.md#accountable-and-informed"));
    assert_eq!(found[0]["source"], "rasci");
    client.edit("model.yaml", "I: customer", "I: helpdesk");
    client.diagnosed("model.yaml", &[]);
    assert_eq!(client.end(), 0);
}

#[test]
fn a_base_that_is_not_saved_counts_for_what_extends_it() {
    let mut client = session();
    client.diagnosed("model.yaml", &[]);
    client.edit("base.yaml", "helpdesk: { title", "service-desk: { title");
    let found = client.diagnosed("model.yaml", &["unknown-party"]);
    assert_eq!(found[0]["message"].as_str().unwrap().lines().next(), Some("unknown party `helpdesk`"));
    client.diagnosed("base.yaml", &["unknown-party"]);
    // Closed, it is again what is on the disk.
    client.tell("textDocument/didClose", json!({ "textDocument": { "uri": client.uri("base.yaml") } }));
    client.diagnosed("model.yaml", &[]);
    std::fs::remove_file(client.path("base.yaml")).unwrap();
    client.tell("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": client.uri("base.yaml"), "type": 3 }] }));
    client.diagnosed("model.yaml", &["missing-file"]);
}

#[test]
fn a_broken_document_is_completed() {
    let mut client = session();
    client.edit("model.yaml", "I: helpdesk, S: $manager }", "I: [he");
    client.diagnosed("model.yaml", &["syntax"]);
    let at = client.at("model.yaml", "I: [he", 6);
    let items = client.ask("textDocument/completion", at);
    assert_eq!(labels(&items), ["customer", "helpdesk", "vendor", "$manager"]);
    let helpdesk = &items["items"][1];
    assert_eq!(helpdesk["detail"], "Helpdesk 🙂 (team)");
    assert_eq!(
        applied(&client.open["model.yaml"].0, &[helpdesk["textEdit"].clone()]).lines().last().unwrap().split("I: ").last(),
        Some("[helpdesk")
    );

    // Half a key in the middle of a document; what stands below is still known.
    client.edit("base.yaml", "    kind: organization\n", "    ki\n");
    let at = client.at("base.yaml", "    ki\n", 6);
    let items = client.ask("textDocument/completion", at);
    assert!(labels(&items).contains(&"kind"), "{items}");
    assert!(!labels(&items).contains(&"title"), "{items}");
    let at = client.at("base.yaml", "A: customer", 4);
    let definition = client.ask("textDocument/definition", at);
    assert_eq!(places(&client, &definition), [("base.yaml".to_owned(), 4, "customer".to_owned())]);
}

#[test]
fn a_name_leads_to_its_declaration_and_its_uses() {
    let mut client = session();
    let at = client.at("model.yaml", "helpdesk", 3);
    let definition = client.ask("textDocument/definition", at.clone());
    assert_eq!(places(&client, &definition), [("base.yaml".to_owned(), 7, "helpdesk".to_owned())]);
    let mut all = at.clone();
    all["context"] = json!({ "includeDeclaration": true });
    let references = client.ask("textDocument/references", all.clone());
    let lines: Vec<(String, u64)> = places(&client, &references).into_iter().map(|(file, line, _)| (file, line)).collect();
    let expected = [("base.yaml", 7), ("base.yaml", 11), ("model.test.yaml", 2), ("model.yaml", 6)];
    assert_eq!(lines, expected.map(|(file, line)| (file.to_owned(), line)));
    all["context"] = json!({ "includeDeclaration": false });
    assert_eq!(client.ask("textDocument/references", all).as_array().unwrap().len(), 3);
    let highlights = client.ask("textDocument/documentHighlight", at);
    assert_eq!(highlights.as_array().unwrap().len(), 1);

    let base = client.at("model.yaml", "base.yaml", 2);
    let definition = client.ask("textDocument/definition", base);
    assert_eq!(file_name(&definition[0]["uri"]), "base.yaml");
    let relation = client.at("model.yaml", "$manager", 4);
    let definition = client.ask("textDocument/definition", relation);
    assert_eq!(places(&client, &definition), [("base.yaml".to_owned(), 9, "manager".to_owned())]);
}

#[test]
fn a_word_is_explained() {
    let mut client = session();
    client.diagnosed("model.yaml", &[]);
    let at = client.at("model.yaml", "helpdesk", 3);
    let hover = client.ask("textDocument/hover", at);
    let text = hover["contents"]["value"].as_str().unwrap();
    let expected = "**party** `helpdesk`: Helpdesk 🙂 (team)\n\nPart of `customer`.\n\nDeclared at base.yaml:8.\n\nHolds:\n\n- **R** of every task, everywhere\n- **A** of every task, everywhere, as a member of `customer`\n- **I** of every task at `sbc`";
    assert_eq!(text, expected);
    let key = client.at("model.yaml", "component", 3);
    let hover = client.ask("textDocument/hover", key);
    assert_eq!(hover["contents"]["value"], "`component`: The components; the whole system, where none is named.");
    let letter = client.at("model.yaml", "S: $", 0);
    let hover = client.ask("textDocument/hover", letter);
    assert!(hover["contents"]["value"].as_str().unwrap().starts_with("**S**, support: helps do it."));
    let free = client.at("model.yaml", "🙂", 0);
    assert_eq!(client.ask("textDocument/hover", free), Value::Null);
}

#[test]
fn an_id_is_renamed_everywhere_or_not_at_all() {
    let mut client = session();
    let at = client.at("model.yaml", "helpdesk", 3);
    let range = client.ask("textDocument/prepareRename", at.clone());
    assert_eq!(range["placeholder"], "helpdesk");
    let mut renaming = at.clone();
    renaming["newName"] = json!("service-desk");
    let edit = client.ask("textDocument/rename", renaming.clone());
    let changes = edit["changes"].as_object().unwrap();
    assert_eq!(changes.len(), 3);
    for (name, text) in [("base.yaml", BASE), ("model.yaml", MODEL), ("model.test.yaml", TESTS)] {
        let edits = changes[&client.uri(name)].as_array().unwrap();
        let word = text.replace("the helpdesk restores", "the HELP restores");
        let expected = word.replace("helpdesk", "service-desk").replace("the HELP restores", "the helpdesk restores");
        assert_eq!(applied(text, edits), expected);
    }
    for (new, why) in [("vendor", "already"), ("Help desk", "is not written as an id"), ("", "is not written as an id")] {
        renaming["newName"] = json!(new);
        let (code, message) = client.refused("textDocument/rename", renaming.clone());
        assert_eq!(code, -32803);
        assert!(message.contains(why), "{message}");
    }
    for (mark, why) in [("component", "a word of the language"), ("🙂", "no id stands here"), ("base.yaml", "a path is no id")]
    {
        let at = client.at("model.yaml", mark, 0);
        let (_, message) = client.refused("textDocument/prepareRename", at);
        assert!(message.contains(why), "{message}");
    }
    client.edit("base.yaml", "  vendor: {}", "  vendor: {");
    renaming["newName"] = json!("service-desk");
    let (_, message) = client.refused("textDocument/rename", renaming);
    assert!(message.contains("cannot be read at the moment"), "{message}");
}

#[test]
fn a_document_is_shown_as_a_tree() {
    let mut client = session();
    let document = json!({ "textDocument": { "uri": client.uri("base.yaml") } });
    let symbols = client.ask("textDocument/documentSymbol", document);
    let names = |symbols: &Value| -> Vec<String> {
        symbols.as_array().unwrap().iter().map(|symbol| symbol["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names(&symbols), ["context", "parties", "components", "tasks"]);
    assert_eq!(names(&symbols[1]["children"]), ["customer", "vendor"]);
    assert_eq!(names(&symbols[1]["children"][0]["children"]), ["helpdesk"]);
    assert_eq!(symbols[1]["children"][0]["detail"], "Example Ltd");
}

#[test]
fn policy_tests_that_fail_are_told_in_their_file() {
    let mut client = session();
    client.open("model.test.yaml", TESTS);
    client.diagnosed("model.test.yaml", &[]);
    client.edit("base.yaml", "R: helpdesk", "R: vendor");
    // The test file is as it was; what it tests is not.
    let found = client.diagnosed("model.test.yaml", &["failed-test"]);
    assert_eq!(found[0]["message"], "R of `restore`\n  expected  `helpdesk`\n  actual    `vendor`");
    client.edit("model.test.yaml", "R: helpdesk", "R: helpdsk");
    client.diagnosed("model.test.yaml", &["unknown-party"]);
    client.edit("model.test.yaml", "R: helpdsk", "R: vendor");
    client.diagnosed("model.test.yaml", &[]);
    assert_eq!(client.end(), 0);
}
