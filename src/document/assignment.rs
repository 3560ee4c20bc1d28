//! Assignments as written: place, condition, letters, and what is said about them.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::form::{Field, Form, Formed, Record, Vocabulary};
use super::record::words;
use super::{Citations, LetterKey, Name, Names, Text, When};
use crate::diagnostic::{Diagnostic, ErrorKind};
use crate::source::{Span, Spanned};
use crate::yaml::{Decode, Decoder, NodeId};

/// At (task, component, condition): which parties hold which letters.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Assignment<'t> {
    /// A name to refer to it.
    pub id: Option<Name<'t>>,
    /// The tasks; those of the place it stands under, else every task, where none are named.
    pub task: Option<Names<'t>>,
    /// The components; those of the place it stands under, else every component, where none are named.
    pub component: Option<Names<'t>>,
    /// When it holds.
    pub when: Option<When<'t>>,
    /// What it says of letters.
    pub clauses: Vec<Clause<'t>>,
    /// How binding it is.
    pub force: Option<Force>,
    /// Whether the source says so.
    pub basis: Option<Basis>,
    /// Where it is written.
    pub source: Option<Citations<'t>>,
    /// The parties it is owed to.
    pub towards: Option<Names<'t>>,
    /// A remark.
    pub note: Option<Text<'t>>,
    /// Whether a key of it was reported, and is left out here.
    pub misread: bool,
}

/// One key of letters and its parties: `A/R: vendor`.
#[derive(Debug, Clone, PartialEq)]
pub struct Clause<'t> {
    /// The letters, and whether it adds.
    pub key: Spanned<LetterKey>,
    /// The parties and `$relation`s; none where what is written was reported.
    pub parties: Option<Names<'t>>,
}

words! {
    /// How binding an assignment is.
    Force, "a force" {
        /// It must be so.
        "must" Must,
        /// It should be so.
        "should" Should,
        /// It may be so.
        "may" May,
    }
}

words! {
    /// Whether the source says so.
    Basis, "a basis" {
        /// The source states it.
        "stated" Stated,
        /// The author read it so.
        "inferred" Inferred,
    }
}

impl Assignment<'_> {
    /// The keys it takes, those of several letters or with a `+` aside.
    pub const KEYS: &'static [&'static str] =
        &["id", "task", "component", "when", "R", "A", "S", "C", "I", "force", "basis", "source", "towards", "note"];

    /// The keys that are no letters, each with what it says and what its value may be.
    pub(crate) const RECORD: &'static Record = &Record {
        fields: &[
            Field { key: "id", about: "A name to refer to it.", form: || Form::Names(Vocabulary::Assignment) },
            Field { key: "task", about: "The tasks; every task, where none is named.", form: || Form::Names(Vocabulary::Task) },
            Field {
                key: "component",
                about: "The components; the whole system, where none is named.",
                form: || Form::Names(Vocabulary::Component),
            },
            Field { key: "when", about: "When it holds.", form: || Form::When },
            Field { key: "force", about: "How binding it is; `must` where nothing is said.", form: || Force::form(&[]) },
            Field {
                key: "basis",
                about: "Whether the source says so; `inferred` where nothing is said.",
                form: || Basis::form(&[]),
            },
            Field { key: "source", about: "Where it is written.", form: || Form::Citations },
            Field { key: "towards", about: "The parties it is owed to.", form: || Form::Names(Vocabulary::Party) },
            Field { key: "note", about: "A remark.", form: || Form::Text },
        ],
    };
}

impl<'t> Decode<'t> for Assignment<'t> {
    fn decode(decoder: &mut Decoder<'_, 't>, node: NodeId) -> Option<Self> {
        let mut assignment = Self::default();
        assignment.read(decoder, node).then_some(assignment)
    }
}

impl<'t> Assignment<'t> {
    /// Reads another assignment in place of this one, in the room that it took; false where what stands there is none, which is
    /// reported.
    pub(crate) fn read(&mut self, decoder: &mut Decoder<'_, 't>, node: NodeId) -> bool {
        self.make_room(decoder);
        let Some(mut entries) = decoder.map(node, "an assignment such as `{ A: vendor, R: helpdesk }`") else { return false };
        let assignment = self;
        while let Some((key, value)) = entries.next(decoder) {
            match key.value.as_ref() {
                "id" => assignment.id = Decode::decode(decoder, value),
                "task" => assignment.task = Some(places(decoder, value)),
                "component" => assignment.component = Some(places(decoder, value)),
                "when" => assignment.when = Decode::decode(decoder, value),
                "force" => assignment.force = Decode::decode(decoder, value),
                "basis" => assignment.basis = Decode::decode(decoder, value),
                "source" => assignment.source = Decode::decode(decoder, value),
                "towards" => assignment.towards = Decode::decode(decoder, value),
                "note" => assignment.note = Decode::decode(decoder, value),
                letters => {
                    if let Some(letters) = LetterKey::parse(letters) {
                        let key = Spanned::new(letters, key.span);
                        let parties = parties(decoder, &key, value);
                        assignment.clauses.push(Clause { key, parties });
                    } else {
                        assignment.misread = true;
                        decoder.unknown_key(&key, value, Self::KEYS, LetterKey::meant(letters).as_deref());
                    }
                }
            }
        }
        true
    }

    /// Says nothing any more, and leaves its lists to the decoder as room for others.
    fn make_room(&mut self, decoder: &mut Decoder<'_, 't>) {
        let Self { id, task, component, when, clauses, force, basis, source, towards, note, misread } = self;
        (*id, *when, *force, *basis, *source, *note, *misread) = (None, None, None, None, None, None, false);
        let named = [task.take(), component.take(), towards.take()];
        for mut names in clauses.drain(..).map(|clause| clause.parties).chain(named).flatten() {
            names.items.clear();
            decoder.spare.push(names.items);
        }
    }
}

/// The named places. Where what is written was reported, none, without a span: it does not become "every place".
fn places<'t>(decoder: &mut Decoder<'_, 't>, node: NodeId) -> Names<'t> {
    Names::decode(decoder, node).unwrap_or_default()
}

fn parties<'t>(decoder: &mut Decoder<'_, 't>, key: &Spanned<LetterKey>, value: NodeId) -> Option<Names<'t>> {
    if decoder.is_nothing(value) {
        let missing = Diagnostic::error(ErrorKind::LetterWithoutValue, key.span, format!("`{}` has no value", key.value));
        let help = decoder.behind_hash(value);
        let help =
            help.unwrap_or_else(|| "Write a party, a list of parties, `$relation`, or `[]` for nobody on purpose.".to_owned());
        decoder.report(missing.help(help));
        return None;
    }
    Names::decode(decoder, value)
}

impl Serialize for Assignment<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        fn entry<S: SerializeMap, T: Serialize>(map: &mut S, key: &str, value: Option<&T>) -> Result<(), S::Error> {
            value.map_or(Ok(()), |value| map.serialize_entry(key, value))
        }
        let mut map = serializer.serialize_map(None)?;
        entry(&mut map, "id", self.id.as_ref())?;
        entry(&mut map, "task", self.task.as_ref())?;
        entry(&mut map, "component", self.component.as_ref())?;
        entry(&mut map, "when", self.when.as_ref())?;
        for Clause { key, parties } in &self.clauses {
            entry(&mut map, &key.value.to_string(), parties.as_ref())?;
        }
        entry(&mut map, "force", self.force.as_ref())?;
        entry(&mut map, "basis", self.basis.as_ref())?;
        entry(&mut map, "source", self.source.as_ref())?;
        entry(&mut map, "towards", self.towards.as_ref())?;
        entry(&mut map, "note", self.note.as_ref())?;
        map.end()
    }
}

impl<'de> Deserialize<'de> for Assignment<'_> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(AssignmentVisitor)
    }
}

struct AssignmentVisitor;

impl<'de> Visitor<'de> for AssignmentVisitor {
    type Value = Assignment<'static>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an assignment")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut assignment = Assignment::default();
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "id" => assignment.id = Some(map.next_value()?),
                "task" => assignment.task = Some(map.next_value()?),
                "component" => assignment.component = Some(map.next_value()?),
                "when" => assignment.when = Some(map.next_value()?),
                "force" => assignment.force = Some(map.next_value()?),
                "basis" => assignment.basis = Some(map.next_value()?),
                "source" => assignment.source = Some(map.next_value()?),
                "towards" => assignment.towards = Some(map.next_value()?),
                "note" => assignment.note = Some(map.next_value()?),
                letters => {
                    let key = LetterKey::parse(letters).ok_or_else(|| A::Error::unknown_field(letters, Assignment::KEYS))?;
                    let key = Spanned::new(key, Span::default());
                    assignment.clauses.push(Clause { key, parties: Some(map.next_value()?) });
                }
            }
        }
        Ok(assignment)
    }
}
