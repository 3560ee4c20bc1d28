//! The values that every part of a document is made of: texts, names, lists of names, maps of named entries.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::diagnostic::{Diagnostic, ErrorKind};
use crate::source::{Span, Spanned};
use crate::yaml::{Decode, Decoder, NodeId, Shape, shortened};

/// A text that messages do not point at: a title, a note.
pub type Text<'t> = Cow<'t, str>;

/// A text that messages point at: an id, a reference.
pub type Name<'t> = Spanned<Cow<'t, str>>;

/// One name, or a list of them. Two are equal where their names are: what is said counts, not where.
#[derive(Debug, Clone, Default)]
pub struct Names<'t> {
    /// The names, in order.
    pub items: Vec<Name<'t>>,
    /// Where they are written, brackets included.
    pub span: Span,
}

/// A map of named entries, in order. An entry without a body (`users:`) is the default.
#[derive(Debug, Clone, PartialEq)]
pub struct Entries<'t, T>(pub Vec<(Name<'t>, T)>);

impl<T> Default for Entries<'_, T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'t, T> Entries<'t, T> {
    /// The entries, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&Name<'t>, &T)> {
        self.0.iter().map(|(name, entry)| (name, entry))
    }
}

impl PartialEq for Names<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.items == other.items
    }
}

impl<'t> Decode<'t> for Text<'t> {
    fn decode(decoder: &mut Decoder<'_, 't>, node: NodeId) -> Option<Self> {
        decoder.text(node, "text").map(|text| text.value)
    }
}

impl<'t> Decode<'t> for Name<'t> {
    fn decode(decoder: &mut Decoder<'_, 't>, node: NodeId) -> Option<Self> {
        decoder.text(node, "a name")
    }
}

impl<'t, T: Decode<'t>> Decode<'t> for Option<T> {
    fn decode(decoder: &mut Decoder<'_, 't>, node: NodeId) -> Option<Self> {
        T::decode(decoder, node).map(Some)
    }

    fn of_nothing() -> Option<Self> {
        T::of_nothing().map(Some)
    }
}

impl<'t> Decode<'t> for Names<'t> {
    fn decode(decoder: &mut Decoder<'_, 't>, node: NodeId) -> Option<Self> {
        let span = decoder.span(node);
        if decoder.is_text(node) {
            let name = Name::decode(decoder, node)?;
            let mut items = decoder.room(1);
            items.push(name);
            return Some(Self { items, span });
        }
        if !decoder.is_list(node) {
            return decoder.expected_so(node, "a name or a list of names", "Write a name, or several in brackets: `[one, two]`.");
        }
        let mut items = decoder.room(0);
        for item in decoder.list(node, "")? {
            items.extend(Name::decode(decoder, item));
        }
        // A list that is empty because its items were reported is not an empty list.
        let reported = items.is_empty() && !decoder.is_empty(node);
        Some(Self { items, span: if reported { Span { end: span.start, ..span } } else { span } })
    }

    /// Dimensions with their values, and relations, are such maps.
    fn declared() -> &'static [ErrorKind] {
        &[ErrorKind::UnknownDimension, ErrorKind::UnknownRelation]
    }
}

impl<'t, T: Decode<'t>> Decode<'t> for Vec<Spanned<T>> {
    fn decode(decoder: &mut Decoder<'_, 't>, node: NodeId) -> Option<Self> {
        let items = decoder.list(node, "a list")?;
        Some(items.filter_map(|item| Some(Spanned::new(T::decode(decoder, item)?, decoder.span(item)))).collect())
    }
}

impl<'t, T: Decode<'t> + Default> Decode<'t> for Entries<'t, T> {
    fn decode(decoder: &mut Decoder<'_, 't>, node: NodeId) -> Option<Self> {
        if !decoder.is_map(node) {
            decoder.unread(T::declared());
        }
        let mut entries = decoder.map(node, T::MAP)?;
        let mut read = Vec::new();
        while let Some((name, value)) = entries.next(decoder) {
            let nothing = if decoder.is_blank(value) { T::of_nothing() } else { None };
            // The name stays known, so that a mistake in its body is not followed by one for every use of it.
            read.push((name, nothing.or_else(|| T::decode(decoder, value)).unwrap_or_default()));
        }
        Some(Self(read))
    }

    /// Of the map of entries, what each of them declares.
    fn declared() -> &'static [ErrorKind] {
        T::declared()
    }
}

impl<'t> Decode<'t> for Spanned<u32> {
    fn decode(decoder: &mut Decoder<'_, 't>, node: NodeId) -> Option<Self> {
        match decoder.shape(node) {
            Shape::Text(text, true) if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) => {
                let span = decoder.span(node);
                let number = text.parse().ok().map(|number| Spanned::new(number, span));
                if number.is_none() {
                    decoder.report(
                        Diagnostic::error(ErrorKind::InvalidValue, span, format!("the number {} is too large", shortened(&text)))
                            .help("Write a smaller one."),
                    );
                }
                number
            }
            _ => decoder.expected(node, "a whole number"),
        }
    }
}

impl<'t> Decode<'t> for bool {
    fn decode(decoder: &mut Decoder<'_, 't>, node: NodeId) -> Option<Self> {
        match decoder.shape(node) {
            Shape::Text(text, true) if text == "true" => Some(true),
            Shape::Text(text, true) if text == "false" => Some(false),
            _ => decoder.expected(node, "`true` or `false`"),
        }
    }
}

impl Serialize for Names<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.items.as_slice() {
            [name] => name.serialize(serializer),
            names => serializer.collect_seq(names),
        }
    }
}

impl<'de> Deserialize<'de> for Names<'_> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NamesVisitor)
    }
}

/// Other readers of YAML make numbers and booleans of plain words; those that lose the text are refused.
struct NamesVisitor;

impl<'de> Visitor<'de> for NamesVisitor {
    type Value = Names<'static>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name or a list of names")
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<Self::Value, E> {
        Ok(Names { items: vec![Spanned::new(Cow::Owned(name.to_owned()), Span::default())], span: Span::default() })
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Self::Value, E> {
        self.visit_str(if value { "true" } else { "false" })
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Self::Value, E> {
        self.visit_str(&value.to_string())
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Self::Value, E> {
        self.visit_str(&value.to_string())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut names = Names::default();
        while let Some(name) = list.next_element::<String>()? {
            names.items.push(Spanned::new(Cow::Owned(name), Span::default()));
        }
        Ok(names)
    }
}

impl<T: Serialize> Serialize for Entries<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, entry) in &self.0 {
            map.serialize_entry(&name.value, entry)?;
        }
        map.end()
    }
}

impl<'de, T: Deserialize<'de> + Default> Deserialize<'de> for Entries<'_, T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct EntriesVisitor<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de> + Default> Visitor<'de> for EntriesVisitor<T> {
            type Value = Entries<'static, T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("named entries")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some((name, entry)) = map.next_entry::<String, Option<T>>()? {
                    entries.push((Spanned::new(Cow::Owned(name), Span::default()), entry.unwrap_or_default()));
                }
                Ok(Entries(entries))
            }
        }

        let entries = deserializer.deserialize_map(EntriesVisitor(PhantomData))?;
        Ok(Entries(entries.0))
    }
}
