//! The JSON Schema of the language, draft 2020-12, for editors: made from the tables of keys that also make the types.
//!
//! It describes what may be written, which is more than the serde form of the types writes. Where the language expects
//! text, a plain `1.10` or `true` is text for this crate's own reader, and a number or a boolean for every other reader
//! of YAML: the schema takes those there. Such a reader also makes nothing of an entry without a body (`users:`), so an
//! entry may be null; a text may not.
//!
//! What a schema cannot say is left to `check`: names that are not declared, keys that stand twice, and what depends on
//! another document. It is stricter in one place: a dimension without values is an error only once documents are merged.

mod assignment;
mod written;

use schemars::generate::SchemaSettings;
use schemars::{Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value};

use super::Document;
pub(crate) use written::Written;

/// What the type of a key does not say of its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Facet {
    /// Nothing: its type says it all.
    Own,
    /// The key must be there.
    Required,
    /// A list in it is not empty.
    Filled,
    /// Its texts are free.
    Text,
    /// Its texts are ids.
    Id,
    /// Its texts are ids of parties, or `$relation`s.
    Party,
    /// Its texts are values of a dimension.
    Value,
    /// Its text is a day.
    Day,
    /// Its text is a duration.
    Duration,
    /// Its number is the version of the language.
    Version,
    /// Its keys are lints.
    Lints,
    /// Its assignments stand under a task.
    UnderTask,
    /// Its assignments stand under a component.
    UnderComponent,
}

/// The JSON Schema of a document.
#[must_use]
pub fn of_document() -> Schema {
    let mut schema = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<Document<'_>>();
    schema.insert("title".to_owned(), "An operating model".into());
    schema
}

/// The schema of a record while it is put together, key by key.
pub(crate) struct Keys<'g> {
    generator: &'g mut SchemaGenerator,
    properties: Map<String, Value>,
    required: Vec<&'static str>,
}

impl<'g> Keys<'g> {
    pub(crate) fn new(generator: &'g mut SchemaGenerator) -> Self {
        Self { generator, properties: Map::new(), required: Vec::new() }
    }

    /// Takes in a key: its value as `T` is written, said by its doc comment, shown by an example.
    pub(crate) fn add<T: Written>(&mut self, key: &'static str, doc: &str, facets: &[Facet], example: Value) {
        let mut schema = T::schema(self.generator, facets);
        schema.insert("title".to_owned(), title(key).into());
        schema.insert("description".to_owned(), doc.trim().into());
        schema.insert("examples".to_owned(), Value::Array(vec![example]));
        self.properties.insert(key.to_owned(), schema.to_value());
        if facets.contains(&Facet::Required) {
            self.required.push(key);
        }
    }

    /// The schema of a map with these keys and no others.
    pub(crate) fn finish(self, about: &str) -> Schema {
        let mut schema = json_schema!({
            "description": about.trim(),
            "type": "object",
            "properties": self.properties,
            "additionalProperties": false,
        });
        if !self.required.is_empty() {
            schema.insert("required".to_owned(), self.required.into());
        }
        schema
    }
}

/// `at-least` is titled `At least`.
fn title(key: &str) -> String {
    let mut letters = key.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters.map(|letter| if letter == '-' { ' ' } else { letter })).collect()
}

/// The schema of one word out of a fixed set, each with what it means.
pub(crate) fn one_of(about: &str, words: &[(&str, &str)]) -> Schema {
    let word = |(word, meaning): &(&str, &str)| json_schema!({ "const": word, "description": meaning.trim() }).to_value();
    json_schema!({ "description": about.trim(), "oneOf": words.iter().map(word).collect::<Vec<_>>() })
}

/// A type that has a schema of its own is written as that says, by its name: a party stands in a party.
macro_rules! by_name {
    ($name:ident $(<$lt:lifetime>)?) => {
        impl $(<$lt>)? crate::document::schema::Written for $name $(<$lt>)? {
            const MAY_BE_EMPTY: bool = true;

            fn schema(
                generator: &mut schemars::SchemaGenerator,
                _: &[crate::document::schema::Facet],
            ) -> schemars::Schema {
                generator.subschema_for::<Self>()
            }
        }
    };
}

pub(crate) use by_name;
