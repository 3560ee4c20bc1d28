//! Where something is written: `source: contract`, or `source: { contract: "clause 4" }`.

use std::borrow::Cow;
use std::fmt;

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::{Name, Names, Text};
use crate::source::{Span, Spanned};
use crate::yaml::{Decode, Decoder, NodeId};

/// The cited sources, each with the place in it where one is given.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Citations<'t>(pub Vec<(Name<'t>, Option<Text<'t>>)>);

impl<'t> Decode<'t> for Citations<'t> {
    fn decode(decoder: &mut Decoder<'_, 't>, node: NodeId) -> Option<Self> {
        if decoder.is_map(node) {
            let mut entries = decoder.map(node, "")?;
            let mut read = Vec::new();
            while let Some((source, at)) = entries.next(decoder) {
                read.extend(Text::decode(decoder, at).map(|at| (source, Some(at))));
            }
            return Some(Self(read));
        }
        if decoder.is_text(node) || decoder.is_list(node) {
            return Names::decode(decoder, node).map(|names| Self(names.items.into_iter().map(|name| (name, None)).collect()));
        }
        decoder.expected(node, "the id of a source, or a map of source id to place in it")
    }
}

impl Serialize for Citations<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.as_slice() {
            [(source, None)] => source.serialize(serializer),
            all if all.iter().all(|(_, at)| at.is_none()) => serializer.collect_seq(all.iter().map(|(source, _)| source)),
            all => {
                let mut map = serializer.serialize_map(Some(all.len()))?;
                for (source, at) in all {
                    map.serialize_entry(&source.value, at.as_deref().unwrap_or_default())?;
                }
                map.end()
            }
        }
    }
}

impl<'de> Deserialize<'de> for Citations<'_> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(CitationsVisitor)
    }
}

struct CitationsVisitor;

fn made(name: String) -> Name<'static> {
    Spanned::new(Cow::Owned(name), Span::default())
}

impl<'de> Visitor<'de> for CitationsVisitor {
    type Value = Citations<'static>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the id of a source, or a map of source id to place in it")
    }

    fn visit_str<E: de::Error>(self, source: &str) -> Result<Self::Value, E> {
        Ok(Citations(vec![(made(source.to_owned()), None)]))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut citations = Citations::default();
        while let Some(source) = list.next_element::<String>()? {
            citations.0.push((made(source), None));
        }
        Ok(citations)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut citations = Citations::default();
        while let Some((source, at)) = map.next_entry::<String, String>()? {
            citations.0.push((made(source), Some(Cow::Owned(at))));
        }
        Ok(citations)
    }
}
