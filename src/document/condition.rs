//! Conditions as written: `when: { priority: [P1, P2], scenario: { not: cloud } }`.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor, value};
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::{Entries, Name, Names};
use crate::source::{Span, Spanned};
use crate::yaml::{Decode, Decoder, NodeId};

/// A condition: for each dimension the values with which it holds. All must hold.
pub type When<'t> = Entries<'t, Values<'t>>;

/// The values of one dimension that a condition allows.
#[derive(Debug, Clone, PartialEq)]
pub enum Values<'t> {
    /// These.
    In(Names<'t>),
    /// All but these.
    Not(Names<'t>),
}

impl<'t> Values<'t> {
    /// The values named.
    #[must_use]
    pub fn names(&self) -> &Names<'t> {
        match self {
            Self::In(names) | Self::Not(names) => names,
        }
    }
}

/// A dimension whose value was reported: without a span, so that nothing is said of it again.
impl Default for Values<'_> {
    fn default() -> Self {
        Self::In(Names::default())
    }
}

impl<'t> Decode<'t> for Values<'t> {
    const MAP: &'static str = "a condition such as `{ priority: P1 }`";

    fn decode(decoder: &mut Decoder<'_, 't>, node: NodeId) -> Option<Self> {
        if !decoder.is_map(node) {
            if decoder.is_text(node) || decoder.is_list(node) {
                return Names::decode(decoder, node).map(Self::In);
            }
            return decoder.expected(node, "a value, a list of values, or `{ not: ... }`");
        }
        if decoder.is_empty(node) {
            decoder.missing_key(node, "not", "Write `{ not: VALUE }`, or the values without braces.");
        }
        let mut fields = decoder.fields(node, "", &["not"])?;
        let (_, names) = fields.next(decoder)?;
        while fields.next(decoder).is_some() {}
        let span = decoder.span(node);
        Names::decode(decoder, names).map(|names| Self::Not(if names.items.is_empty() { names } else { Names { span, ..names } }))
    }
}

impl Serialize for Values<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::In(names) => names.serialize(serializer),
            Self::Not(names) => {
                let mut map = serializer.serialize_map(Some(1))?;
                map.serialize_entry("not", names)?;
                map.end()
            }
        }
    }
}

impl<'de> Deserialize<'de> for Values<'_> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValuesVisitor)
    }
}

struct ValuesVisitor;

impl<'de> Visitor<'de> for ValuesVisitor {
    type Value = Values<'static>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value, a list of values, or `{ not: ... }`")
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Self::Value, E> {
        let name: Name<'static> = Spanned::new(value.to_owned().into(), Span::default());
        Ok(Values::In(Names { items: vec![name], span: Span::default() }))
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Self::Value, E> {
        self.visit_str(if value { "true" } else { "false" })
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Self::Value, E> {
        self.visit_str(&value.to_string())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Self::Value, A::Error> {
        Names::deserialize(value::SeqAccessDeserializer::new(list)).map(Values::In)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        match map.next_entry::<String, Names<'static>>()? {
            Some((key, names)) if key == "not" => Ok(Values::Not(names)),
            _ => Err(de::Error::custom("expected the key `not`")),
        }
    }
}
