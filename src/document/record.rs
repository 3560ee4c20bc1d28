//! How the types of this stage are declared: a table of keys makes the type, its decoder and its serde form at once, so
//! that the three cannot differ.

/// Declares a struct of a document by its keys, each with the field that holds it.
///
/// Every field has a default: a key that is missing, or whose value was reported, is the default.
macro_rules! record {
    ($(#[$meta:meta])* $name:ident $(<$lt:lifetime>)?, $what:literal { $($(#[$doc:meta])* $key:literal $field:ident: $type:ty,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct $name $(<$lt>)? {
            $(
                $(#[$doc])*
                #[serde(rename = $key, skip_serializing_if = "crate::document::record::is_default")]
                pub $field: $type,
            )+
        }

        impl $(<$lt>)? $name $(<$lt>)? {
            /// The keys it takes.
            pub const KEYS: &'static [&'static str] = &[$($key),+];
        }

        impl<'t> crate::yaml::Decode<'t> for $name $(<$lt>)? {
            fn decode(decoder: &mut crate::yaml::Decoder<'_, 't>, node: crate::yaml::NodeId) -> Option<Self> {
                let mut record = Self::default();
                for (known, value) in decoder.fields(node, $what, Self::KEYS)? {
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
        }
    };
}

/// Declares an enum of words, as the author writes them.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident, $what:literal { $($(#[$doc:meta])* $word:literal $variant:ident,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[$doc])* #[serde(rename = $word)] $variant,)+
        }

        impl $name {
            /// The word the author writes.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }

        impl<'t> crate::yaml::Decode<'t> for $name {
            fn decode(decoder: &mut crate::yaml::Decoder<'_, 't>, node: crate::yaml::NodeId) -> Option<Self> {
                decoder.word(node, $what, &[$(($word, Self::$variant)),+]).map(|word| word.value)
            }
        }
    };
}

pub(super) use {record, words};

/// Keys that say nothing are not written.
pub(crate) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
