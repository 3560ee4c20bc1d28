//! The protocol itself: how a session begins and ends, positions, cancelled and unknown requests, documents of any kind.

use serde_json::{Value, json};

use super::client::Client;

const MODEL: &str = "rasci: 1\nid: m\nparties: { ann: {} }\ntasks:\n  work: { assign: [{ A/R: ann }] }\n";

#[test]
fn exit_codes_are_those_of_the_protocol() {
    assert_eq!(Client::session(&[]).end(), 0);
    let mut client = Client::session(&[]);
    client.tell("exit", Value::Null);
    assert_eq!(client.exit_code(), 1);
    let mut client = Client::start(&[]);
    client.tell("exit", Value::Null);
    assert_eq!(client.exit_code(), 1);
    assert_eq!(Client::session(&[]).exit_code(), 1);
}

#[test]
fn nothing_is_answered_before_the_beginning_or_after_the_end() {
    let mut client = Client::start(&[]);
    assert_eq!(client.refused("textDocument/hover", json!({})).0, -32002);
    let result = client.initialize(json!({}));
    assert_eq!(result["serverInfo"]["name"], "rasci");
    assert_eq!(result["capabilities"]["positionEncoding"], "utf-16");
    client.ask("shutdown", Value::Null);
    assert_eq!(client.refused("textDocument/hover", json!({})).0, -32600);
    client.tell("exit", Value::Null);
    assert_eq!(client.exit_code(), 0);
}

#[test]
fn what_is_not_known_is_refused_and_the_session_goes_on() {
    let mut client = Client::session(&[]);
    assert_eq!(client.refused("textDocument/typeDefinition", json!({})).0, -32601);
    assert_eq!(client.refused("textDocument/hover", json!({ "position": "here" })).0, -32602);
    client.tell("$/unheardOf", json!({ "anything": [1] }));
    client.tell("textDocument/didChange", json!({ "nonsense": true }));
    client.tell("textDocument/didOpen", json!([]));
    let nowhere = json!({ "textDocument": { "uri": client.uri("nowhere.yaml") }, "position": { "line": 9, "character": 9 } });
    assert_eq!(client.ask("textDocument/hover", nowhere.clone()), Value::Null);
    assert_eq!(client.ask("textDocument/completion", nowhere)["items"], json!([]));
    assert_eq!(client.end(), 0);
}

#[test]
fn a_request_that_is_taken_back_is_answered_so() {
    let mut client = Client::session(&[("m.yaml", MODEL)]);
    client.open("m.yaml", &MODEL.repeat(200));
    // Taken back before it is sent: as when both wait for the same slow answer before them.
    client.tell("$/cancelRequest", json!({ "id": 2 }));
    let id = client.request("textDocument/documentSymbol", json!({ "textDocument": { "uri": client.uri("m.yaml") } }));
    assert_eq!(id, 2);
    assert_eq!(client.response(id)["error"]["code"], -32800);
    client.ask("textDocument/documentSymbol", json!({ "textDocument": { "uri": client.uri("m.yaml") } }));
}

#[test]
fn positions_count_what_the_client_asks_for() {
    let mut client = Client::start(&[]);
    let result = client.initialize(json!({ "general": { "positionEncodings": ["utf-16", "utf-8"] } }));
    assert_eq!(result["capabilities"]["positionEncoding"], "utf-8");
    client.open("m.yaml", "rasci: 1\r\nid: m\r\ntasks: { work: { title: é🙂, kind: actoin } }\r\n");
    let found = client.diagnosed("m.yaml", &["invalid-value"]);
    assert_eq!(found[0]["range"], json!({ "start": { "line": 2, "character": 38 }, "end": { "line": 2, "character": 44 } }));
}

#[test]
fn a_document_that_was_never_saved_is_a_document() {
    let mut client = Client::session(&[]);
    let uri = "untitled:Untitled-1";
    let document = json!({ "uri": uri, "languageId": "yaml", "version": 1, "text": MODEL.replace("A/R: ann", "A/R: a") });
    client.tell("textDocument/didOpen", json!({ "textDocument": document }));
    let at = json!({ "textDocument": { "uri": uri }, "position": { "line": 4, "character": 27 } });
    assert_eq!(client.ask("textDocument/completion", at)["items"][0]["label"], "ann");
    assert_eq!(client.end(), 0);
}

#[test]
fn documents_of_others_are_left_alone() {
    let mut client = Client::session(&[]);
    client.open("compose.yaml", "services:\n  web: { image: nginx }\n");
    client.open("m.yaml", MODEL);
    client.diagnosed("m.yaml", &[]);
    assert_eq!(client.end(), 0);
}

#[test]
fn whole_texts_may_be_sent_instead_of_ranges() {
    let mut client = Client::session(&[]);
    client.open("m.yaml", "");
    let changes = json!([{ "text": "rasci: 1\nid: m\n" }, { "text": MODEL.replace("ann }", "anna }") }]);
    let document = json!({ "uri": client.uri("m.yaml"), "version": 2 });
    client.tell("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
    client.open.get_mut("m.yaml").unwrap().1 = 2;
    client.diagnosed("m.yaml", &["unknown-party"]);
    // A change of a document that is not open, and one beyond its end.
    let beyond = json!([{ "range": { "start": { "line": 99, "character": 0 }, "end": { "line": 99, "character": 9 } }, "text": "# end\n" }]);
    for name in ["m.yaml", "other.yaml"] {
        let document = json!({ "uri": client.uri(name), "version": 3 });
        client.tell("textDocument/didChange", json!({ "textDocument": document, "contentChanges": beyond }));
    }
    client.open.get_mut("m.yaml").unwrap().1 = 3;
    client.diagnosed("m.yaml", &["unknown-party"]);
    assert_eq!(client.end(), 0);
}
