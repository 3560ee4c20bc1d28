//! What may be written for each type of value: texts by what they mean, names one or many, maps of entries.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value};

use super::Facet;
use crate::document::{
    Assignment, Assignments, Citations, Entries, LINTS, Level, Name, Names, Text, TimeLimit, VERSION, Values, Within,
};
use crate::source::Spanned;

/// A type of value whose schema depends on the key it stands at.
pub(crate) trait Written {
    /// What may be written, given what the key says of it.
    fn schema(generator: &mut SchemaGenerator, facets: &[Facet]) -> Schema;

    /// Whether an entry of such a body may be its name alone.
    const MAY_BE_EMPTY: bool = false;
}

/// Kinds of text, each a schema with a name; the description that editors show is that of the key.
macro_rules! texts {
    ($($(#[doc = $doc:literal])+ $name:ident { $($body:tt)+ })+) => {$(
        $(#[doc = $doc])+
        struct $name;

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "$comment": concat!($($doc),+).trim(), $($body)+ })
            }
        }
    )+};
}

texts! {
    /// Text.
    FreeText { "type": ["string", "number", "boolean"] }
    /// An id: lower-case letters, digits and hyphens, a letter or digit first.
    Id { "type": ["string", "number", "boolean"], "pattern": "^[a-z0-9][a-z0-9-]*$", "maxLength": 128 }
    /// The id of a party, or `$` and the name of a relation.
    PartyOrRelation { "type": ["string", "number", "boolean"], "pattern": "^\\$?[a-z0-9][a-z0-9-]*$", "maxLength": 129 }
    /// A value of a context dimension: letters, digits, `.`, `_` and `-`, a letter or digit first.
    DimensionValue { "type": ["string", "number", "boolean"], "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]*$" }
    /// A day: year, month and day.
    Day { "type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" }
    /// An ISO 8601 duration: `PT2H` is two hours, `P3D` three days.
    Duration { "type": "string", "pattern": "^P([0-9]+[YMWD])*(T([0-9]+([.,][0-9]+)?[HMS])+)?$" }
}

fn text(generator: &mut SchemaGenerator, facets: &[Facet]) -> Schema {
    for facet in facets {
        return match facet {
            Facet::Id => generator.subschema_for::<Id>(),
            Facet::Party => generator.subschema_for::<PartyOrRelation>(),
            Facet::Value => generator.subschema_for::<DimensionValue>(),
            Facet::Day => generator.subschema_for::<Day>(),
            Facet::Duration => generator.subschema_for::<Duration>(),
            _ => continue,
        };
    }
    generator.subschema_for::<FreeText>()
}

impl Written for Text<'_> {
    fn schema(generator: &mut SchemaGenerator, facets: &[Facet]) -> Schema {
        text(generator, facets)
    }
}

impl Written for Name<'_> {
    fn schema(generator: &mut SchemaGenerator, facets: &[Facet]) -> Schema {
        text(generator, facets)
    }
}

impl Written for Names<'_> {
    fn schema(generator: &mut SchemaGenerator, facets: &[Facet]) -> Schema {
        let one = text(generator, facets);
        let mut many = json_schema!({ "items": one });
        if facets.contains(&Facet::Filled) {
            many.insert("minItems".to_owned(), 1.into());
        }
        // Not "one or many": editors then tell a mistake by what was meant.
        json_schema!({ "if": { "type": "array" }, "then": many, "else": one })
    }
}

impl Written for Values<'_> {
    fn schema(generator: &mut SchemaGenerator, facets: &[Facet]) -> Schema {
        let named = Names::schema(generator, facets);
        json_schema!({ "anyOf": [
            named,
            { "type": "object", "properties": { "not": named }, "required": ["not"], "additionalProperties": false },
        ] })
    }
}

impl Written for Citations<'_> {
    fn schema(generator: &mut SchemaGenerator, facets: &[Facet]) -> Schema {
        let (source, place) = (text(generator, facets), generator.subschema_for::<FreeText>());
        json_schema!({ "anyOf": [
            source,
            { "type": "array", "items": source },
            { "type": "object", "propertyNames": source, "additionalProperties": place },
        ] })
    }
}

impl<T: Written> Written for Entries<'_, T> {
    fn schema(generator: &mut SchemaGenerator, facets: &[Facet]) -> Schema {
        // Not "one of both": a mistake deep in an entry is then told where it is.
        let body = T::schema(generator, facets);
        let entry = if T::MAY_BE_EMPTY { json_schema!({ "if": { "type": "null" }, "else": body }) } else { body };
        if facets.contains(&Facet::Lints) {
            let lints: Map<String, Value> =
                LINTS.iter().map(|(name, level)| ((*name).to_owned(), lint(&entry, *level))).collect();
            return json_schema!({ "type": "object", "properties": lints, "additionalProperties": false });
        }
        json_schema!({ "type": "object", "propertyNames": generator.subschema_for::<Id>(), "additionalProperties": entry })
    }
}

fn lint(entry: &Schema, level: Level) -> Value {
    let mut entry = entry.clone();
    entry.insert("default".to_owned(), level.as_str().into());
    entry.to_value()
}

/// A key that may be left out is not written as null.
impl<T: Written> Written for Option<T> {
    fn schema(generator: &mut SchemaGenerator, facets: &[Facet]) -> Schema {
        T::schema(generator, facets)
    }
}

impl Written for Assignments<'_> {
    fn schema(generator: &mut SchemaGenerator, facets: &[Facet]) -> Schema {
        Vec::<Spanned<Assignment<'_>>>::schema(generator, facets)
    }
}

impl<T: Written> Written for Vec<Spanned<T>> {
    fn schema(generator: &mut SchemaGenerator, facets: &[Facet]) -> Schema {
        let item = T::schema(generator, facets);
        let implied = facets.iter().find_map(|facet| match facet {
            Facet::UnderTask => Some("task"),
            Facet::UnderComponent => Some("component"),
            _ => None,
        });
        match implied {
            Some(key) => json_schema!({ "type": "array", "items": { "allOf": [item, { "not": { "required": [key] } }] } }),
            None => json_schema!({ "type": "array", "items": item }),
        }
    }
}

impl Written for Within<'_> {
    fn schema(generator: &mut SchemaGenerator, _: &[Facet]) -> Schema {
        let (text, limit) = (generator.subschema_for::<FreeText>(), generator.subschema_for::<TimeLimit<'_>>());
        json_schema!({ "if": { "type": "array" }, "then": { "items": limit }, "else": { "anyOf": [text, limit] } })
    }
}

impl Written for Spanned<u32> {
    fn schema(_: &mut SchemaGenerator, facets: &[Facet]) -> Schema {
        if facets.contains(&Facet::Version) {
            return json_schema!({ "const": VERSION });
        }
        json_schema!({ "type": "integer", "minimum": 1, "maximum": u32::MAX })
    }
}

impl Written for bool {
    fn schema(_: &mut SchemaGenerator, _: &[Facet]) -> Schema {
        json_schema!({ "type": "boolean" })
    }
}
