//! The JSON Schema of the language: it names every key there is, says what each means, and shows how it is written.

use std::collections::BTreeSet;

use rasci::document::{
    Absence, Assignment, CitedSource, Component, Contact, Conventions, Document, Flow, LINTS, Party, Remove, Requirement, Staff,
    Step, Task, TimeLimit, schema,
};
use serde_json::Value;

/// Every record of a document, by its name in the schema, with its keys.
const RECORDS: [(&str, &[&str]); 15] = [
    ("Document", Document::KEYS),
    ("CitedSource", CitedSource::KEYS),
    ("Requirement", Requirement::KEYS),
    ("Party", Party::KEYS),
    ("Contact", Contact::KEYS),
    ("Staff", Staff::KEYS),
    ("Absence", Absence::KEYS),
    ("Component", Component::KEYS),
    ("Task", Task::KEYS),
    ("TimeLimit", TimeLimit::KEYS),
    ("Assignment", Assignment::KEYS),
    ("Flow", Flow::KEYS),
    ("Step", Step::KEYS),
    ("Conventions", Conventions::KEYS),
    ("Remove", Remove::KEYS),
];

fn written() -> Value {
    serde_json::to_value(schema::of_document()).unwrap()
}

fn record<'s>(schema: &'s Value, name: &str) -> &'s Value {
    if name == "Document" { schema } else { &schema["$defs"][name] }
}

#[test]
fn the_schema_names_every_key() {
    let schema = written();
    for (name, keys) in RECORDS {
        let record = record(&schema, name);
        let properties: BTreeSet<&str> = record["properties"].as_object().expect(name).keys().map(String::as_str).collect();
        // An assignment also offers the letters that add.
        let own: BTreeSet<&str> = properties.into_iter().filter(|key| !key.ends_with('+')).collect();
        assert_eq!(own, keys.iter().copied().collect(), "{name}");
        assert_eq!(record["additionalProperties"], false, "{name}");
    }
}

#[test]
fn no_record_is_left_out_here() {
    let schema = written();
    let defined = schema["$defs"].as_object().unwrap().iter().filter(|(_, schema)| schema["properties"].is_object());
    let defined: BTreeSet<&str> = defined.map(|(name, _)| name.as_str()).chain(["Document"]).collect();
    assert_eq!(defined, RECORDS.iter().map(|(name, _)| *name).collect());
}

#[test]
fn every_key_has_a_title_a_description_and_an_example() {
    let schema = written();
    for (name, _) in RECORDS {
        for (key, property) in record(&schema, name)["properties"].as_object().unwrap() {
            for said in ["title", "description", "examples"] {
                let empty = property[said].as_str().map_or(property[said].as_array().is_none_or(Vec::is_empty), str::is_empty);
                assert!(!empty, "{name}.{key} has no {said}");
            }
        }
    }
}

#[test]
fn the_schema_names_every_lint_with_its_level() {
    let schema = written();
    let lints = schema["properties"]["lints"]["properties"].as_object().unwrap();
    assert_eq!(lints.len(), LINTS.len());
    for (name, level) in LINTS {
        assert_eq!(lints[*name]["default"], level.as_str(), "{name}");
    }
}

#[test]
fn the_schema_is_of_the_draft_it_says() {
    assert_eq!(written()["$schema"], "https://json-schema.org/draft/2020-12/schema");
}
