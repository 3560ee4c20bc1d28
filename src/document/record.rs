//! How the types of this stage are declared: a table of keys makes the type, its decoder, its serde form, its JSON
//! Schema and what editors are told of it at once, so that the five cannot differ.

use crate::diagnostic::ErrorKind;

/// Declares a struct of a document by its keys, each with the field that holds it.
///
/// Every field has a default: a key that is missing, or whose value was reported, is the default. After `as` stands what
/// its names name; after `=` what the type does not say of the value, as `Facet`s of the JSON Schema, and an example.
macro_rules! record {
    ($(#[doc = $about:literal])+ $name:ident $(<$lt:lifetime>)?, $what:literal { $(
        $(#[doc = $doc:literal])+ $key:literal $field:ident: $type:ty $(as $($names:ident)+)? = $($facet:ident)+ ($($example:tt)+),
    )+ }) => {
        $(#[doc = $about])+
        #[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct $name $(<$lt>)? {
            $(
                $(#[doc = $doc])+
                #[serde(rename = $key, skip_serializing_if = "crate::document::record::is_default")]
                pub $field: $type,
            )+
        }

        impl $(<$lt>)? $name $(<$lt>)? {
            /// The keys it takes.
            pub const KEYS: &'static [&'static str] = &[$($key),+];
        }

        impl $(<$lt>)? $name $(<$lt>)? {
            /// The keys it takes, each with what it says and what its value may be.
            pub(crate) const RECORD: &'static crate::document::form::Record = &crate::document::form::Record {
                fields: &[$(crate::document::form::Field {
                    key: $key,
                    about: concat!($($doc),+),
                    form: || <$type as crate::document::form::Formed>::form(
                        &[$($(crate::document::form::Vocabulary::$names),+)?],
                    ),
                }),+],
            };
        }

        impl $(<$lt>)? crate::document::form::Formed for $name $(<$lt>)? {
            fn form(_: crate::document::form::Roles) -> crate::document::form::Form {
                crate::document::form::Form::Record(Self::RECORD)
            }
        }

        impl<'t> crate::yaml::Decode<'t> for $name $(<$lt>)? {
            fn decode(decoder: &mut crate::yaml::Decoder<'_, 't>, node: crate::yaml::NodeId) -> Option<Self> {
                let mut record = Self::default();
                let declared = |key: &str| -> &'static [crate::diagnostic::ErrorKind] {
                    match key {
                        $($key => <$type as crate::yaml::Decode>::declared(),)+
                        _ => &[],
                    }
                };
                let mut fields = decoder.fields(node, $what, Self::KEYS)?.declaring(declared);
                while let Some((known, value)) = fields.next(decoder) {
                    match known {
                        $($key => if let Some(value) = crate::yaml::Decode::decode(decoder, value) { record.$field = value },)+
                        _ => {}
                    }
                }
                Some(record)
            }

            fn of_nothing() -> Option<Self> {
                Some(Self::default())
            }

            fn declared() -> &'static [crate::diagnostic::ErrorKind] {
                crate::document::record::declared($what)
            }
        }

        #[cfg(feature = "schema")]
        impl $(<$lt>)? schemars::JsonSchema for $name $(<$lt>)? {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                use crate::document::schema::{Facet, Keys};
                let mut keys = Keys::new(generator);
                $(keys.add::<$type>($key, concat!($($doc),+), &[$(Facet::$facet),+], serde_json::json!($($example)+));)+
                keys.finish(concat!($($about),+))
            }
        }

        #[cfg(feature = "schema")]
        crate::document::schema::by_name!($name $(<$lt>)?);
    };
}

/// Declares an enum of words, as the author writes them.
macro_rules! words {
    ($(#[doc = $about:literal])+ $name:ident, $what:literal { $($(#[doc = $doc:literal])+ $word:literal $variant:ident,)+ }) => {
        $(#[doc = $about])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[doc = $doc])+ #[serde(rename = $word)] $variant,)+
        }

        impl $name {
            /// The word the author writes.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }

        impl crate::document::form::Formed for $name {
            fn form(_: crate::document::form::Roles) -> crate::document::form::Form {
                crate::document::form::Form::Word(&[$(($word, concat!($($doc),+))),+])
            }
        }

        impl<'t> crate::yaml::Decode<'t> for $name {
            fn decode(decoder: &mut crate::yaml::Decoder<'_, 't>, node: crate::yaml::NodeId) -> Option<Self> {
                let word = decoder.word(node, $what, &[$(($word, Self::$variant)),+]);
                if word.is_none() {
                    decoder.unread(crate::document::record::declared($what));
                }
                word.map(|word| word.value)
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                crate::document::schema::one_of(concat!($($about),+), &[$(($word, concat!($($doc),+))),+])
            }
        }

        #[cfg(feature = "schema")]
        crate::document::schema::by_name!($name);
    };
}

pub(super) use {record, words};

/// Keys that say nothing are not written.
pub(crate) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// The errors that may only come of such a thing not being read: of the names that a map of such entries declares; of what
/// stands on persons alone, where a kind may have meant a person.
pub(super) fn declared(what: &str) -> &'static [ErrorKind] {
    match what {
        "a source" => &[ErrorKind::UnknownSource],
        "a requirement" => &[ErrorKind::UnknownRequirement],
        "a party" => &[ErrorKind::UnknownParty],
        "a kind of party" => &[ErrorKind::PersonsOnly],
        "a component" => &[ErrorKind::UnknownComponent, ErrorKind::UnknownRelation],
        "a task" => &[ErrorKind::UnknownTask],
        _ => &[],
    }
}
