//! The JSON Schema of an assignment: beside fixed keys it takes every key of letters, `R`, `A/R`, `I+`.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

use super::{Facet, Keys, Written, by_name, title};
use crate::document::{Assignment, Basis, Citations, Force, Letter, Name, Names, Text, When};

/// Keys of letters that set, and keys that add.
const SETS: &str = "^[RASCI](/[RASCI])*$";
const ADDS: &str = r"^[RASCI](/[RASCI])*\+$";

impl JsonSchema for Assignment<'_> {
    fn schema_name() -> Cow<'static, str> {
        "Assignment".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let set = Names::schema(generator, &[Facet::Party]);
        let added = Names::schema(generator, &[Facet::Party, Facet::Filled]);
        let about = |key| Assignment::RECORD.field(key).map_or("", |field| field.about);
        let mut keys = Keys::new(generator);
        keys.add::<Name<'_>>("id", about("id"), &[Facet::Id], json!("keep-posted"));
        keys.add::<Names<'_>>("task", about("task"), IDS, json!(["restore"]));
        keys.add::<Names<'_>>("component", about("component"), IDS, json!("sbc"));
        keys.add::<When<'_>>("when", about("when"), &[Facet::Value, Facet::Filled], json!({ "priority": "P1" }));
        keys.add::<Force>("force", about("force"), &[Facet::Own], json!("should"));
        keys.add::<Basis>("basis", about("basis"), &[Facet::Own], json!("stated"));
        keys.add::<Citations<'_>>("source", about("source"), &[Facet::Id], json!({ "contract": "clause 4" }));
        keys.add::<Names<'_>>("towards", about("towards"), &[Facet::Id], json!("customer"));
        keys.add::<Text<'_>>("note", about("note"), &[Facet::Text], json!("To be agreed on in spring."));
        let mut schema = keys.finish("At a task, a component and a condition: which parties hold which letters.");
        // At least one key is none of these: a key of letters.
        let others: Vec<&str> = Assignment::KEYS.iter().copied().filter(|key| Letter::parse(key).is_none()).collect();
        schema.insert("not".to_owned(), json!({ "propertyNames": { "enum": others } }));
        schema.insert("patternProperties".to_owned(), json!({ SETS: set, ADDS: added }));
        if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
            letters(properties, &set, &added);
        }
        schema
    }
}

by_name!(Assignment<'t>);

const IDS: &[Facet] = &[Facet::Id, Facet::Filled];

/// The keys of one letter, for editors to offer. They say what their pattern says: some editors look at one of the two.
fn letters(properties: &mut Map<String, Value>, set: &Schema, added: &Schema) {
    for letter in Letter::ALL {
        let (key, word) = (letter.as_str(), letter.word());
        let sets = format!("Who holds {key}, {word}: a party, a list, `$relation`, or `[]` for nobody on purpose.");
        let adds = format!("Who holds {key}, {word}, beside those that are set elsewhere.");
        let mut offer = |key: String, schema: &Schema, title: String, description: String, examples: Value| {
            let mut schema = schema.clone();
            schema.insert("title".to_owned(), title.into());
            schema.insert("description".to_owned(), description.into());
            schema.insert("examples".to_owned(), examples);
            properties.insert(key, schema.to_value());
        };
        offer(key.to_owned(), set, title(word), sets, json!(["helpdesk", ["helpdesk", "vendor-l2"], "$manager", []]));
        offer(format!("{key}+"), added, format!("{}, added", title(word)), adds, json!(["helpdesk"]));
    }
}
