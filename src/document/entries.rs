//! The entries of the vocabularies as written: cited sources, requirements, parties, components, tasks.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor, value};
use serde::ser::{Serialize, Serializer};

use super::record::{record, words};
use super::{Assignments, Citations, Entries, Name, Names, Text, When};
use crate::source::Spanned;
use crate::yaml::{Decode, Decoder, NodeId, Shape};

record! {
    /// A document that assignments cite.
    CitedSource<'t>, "a source" {
        /// Its title.
        "title" title: Option<Text<'t>> = Text("Service contract"),
        /// What it is.
        "description" description: Option<Text<'t>> = Text("Answers calls and mails, by day."),
        /// A remark.
        "note" note: Option<Text<'t>> = Text("To be agreed on in spring."),
        /// Where that is written.
        "source" source: Option<Citations<'t>> = Id({ "contract": "clause 4" }),
        /// Who published it.
        "publisher" publisher: Option<Text<'t>> = Text("Example Ltd"),
        /// Which edition.
        "edition" edition: Option<Text<'t>> = Text("2025-04"),
        /// Where it can be read.
        "url" url: Option<Text<'t>> = Text("https://example.org/contract"),
    }
}

record! {
    /// What a party must satisfy before it acts.
    Requirement<'t>, "a requirement" {
        /// Its title.
        "title" title: Option<Text<'t>> = Text("Support agreement signed"),
        /// What it is.
        "description" description: Option<Text<'t>> = Text("Answers calls and mails, by day."),
        /// A remark.
        "note" note: Option<Text<'t>> = Text("To be agreed on in spring."),
        /// Where it is written.
        "source" source: Option<Citations<'t>> = Id({ "contract": "clause 4" }),
        /// Why it is asked for.
        "because" because: Option<Names<'t>> = Text(["ISO27001", "GDPR"]),
    }
}

record! {
    /// Who: an organisation, a team, a role, a person.
    Party<'t>, "a party" {
        /// Its title.
        "title" title: Option<Text<'t>> = Text("Helpdesk"),
        /// What it is.
        "description" description: Option<Text<'t>> = Text("Answers calls and mails, by day."),
        /// A remark.
        "note" note: Option<Text<'t>> = Text("To be agreed on in spring."),
        /// Where it is written.
        "source" source: Option<Citations<'t>> = Id({ "contract": "clause 4" }),
        /// Other names, by which questions find it too.
        "aliases" aliases: Option<Names<'t>> = Text(["Service desk"]),
        /// What kind of party.
        "kind" kind: Option<PartyKind> = Own("team"),
        /// How to reach it.
        "contact" contact: Option<Contact<'t>> = Own({ "email": "helpdesk@example.org" }),
        /// How many persons it needs.
        "staff" staff: Option<Staff> = Own({ "at-least": 2 }),
        /// What each person in it must satisfy.
        "requires" requires: Option<Names<'t>> as Requirement = Id("signed-agreement"),
        /// What this person satisfies.
        "satisfies" satisfies: Option<Names<'t>> as Requirement = Id("signed-agreement"),
        /// When this person is away.
        "absent" absent: Vec<Spanned<Absence<'t>>> = Own([{ "from": "2026-12-21", "until": "2027-01-04", "deputy": "bob" }]),
        /// The components it may be named at; everywhere, where the key is left out.
        "scope" scope: Option<Names<'t>> as Component = Id Filled(["sbc"]),
        /// Parties that are in it and are declared elsewhere.
        "members" members: Option<Names<'t>> as Party = Id(["helpdesk", "vendor-l2"]),
        /// Its parts.
        "parties" parties: Entries<'t, Party<'t>> as Party = Own({ "users": { "title": "End users" } }),
    }
}

words! {
    /// What kind of party.
    PartyKind, "a kind of party" {
        /// An organisation.
        "organization" Organization,
        /// A team.
        "team" Team,
        /// A role.
        "role" Role,
        /// A person.
        "person" Person,
    }
}

record! {
    /// How to reach a party.
    Contact<'t>, "a contact" {
        /// An e-mail address.
        "email" email: Option<Text<'t>> = Text("helpdesk@example.org"),
        /// A telephone number.
        "phone" phone: Option<Text<'t>> = Text("+31 10 000 0000"),
        /// A page.
        "url" url: Option<Text<'t>> = Text("https://example.org/helpdesk"),
    }
}

record! {
    /// How many persons a party needs.
    Staff, "a number of staff" {
        /// At least so many.
        "at-least" at_least: Option<Spanned<u32>> = Own(2),
    }
}

record! {
    /// A time in which a person is away, both days included.
    Absence<'t>, "an absence" {
        /// The first day.
        "from" from: Option<Name<'t>> = Required Day("2026-12-21"),
        /// The last day.
        "until" until: Option<Name<'t>> = Required Day("2027-01-04"),
        /// Who stands in.
        "deputy" deputy: Option<Name<'t>> as Party = Id("bob"),
    }
}

record! {
    /// Where: a system or a part of one.
    Component<'t>, "a component" {
        /// Its title.
        "title" title: Option<Text<'t>> = Text("Session border controller"),
        /// What it is.
        "description" description: Option<Text<'t>> = Text("Answers calls and mails, by day."),
        /// A remark.
        "note" note: Option<Text<'t>> = Text("To be agreed on in spring."),
        /// Where it is written.
        "source" source: Option<Citations<'t>> = Id({ "contract": "clause 4" }),
        /// Other names, by which questions find it too.
        "aliases" aliases: Option<Names<'t>> = Text(["SBC"]),
        /// When it is there at all.
        "when" when: Option<When<'t>> = Value Filled({ "scenario": "on-premises" }),
        /// Named parties, inherited by its parts.
        "relations" relations: Entries<'t, Names<'t>> as Relation Party = Id Filled({ "manager": "vendor" }),
        /// Assignments at it: the component is implied.
        "assign" assign: Assignments<'t> as Component = UnderComponent([{ "A": "vendor", "R": "vendor-l2" }]),
        /// Its parts.
        "components" components: Entries<'t, Component<'t>> as Component = Own({ "sip-trunk": { "title": "SIP trunk" } }),
    }
}

record! {
    /// What: an activity, a duty, a service.
    Task<'t>, "a task" {
        /// Its title.
        "title" title: Option<Text<'t>> = Text("Restore the service"),
        /// What it is.
        "description" description: Option<Text<'t>> = Text("Answers calls and mails, by day."),
        /// A remark.
        "note" note: Option<Text<'t>> = Text("To be agreed on in spring."),
        /// Where it is written.
        "source" source: Option<Citations<'t>> = Id({ "contract": "clause 4" }),
        /// Other names, by which questions find it too.
        "aliases" aliases: Option<Names<'t>> = Text(["Recovery"]),
        /// What kind of task.
        "kind" kind: Option<TaskKind> = Own("action"),
        /// When it is there at all.
        "when" when: Option<When<'t>> = Value Filled({ "scenario": { "not": "cloud" } }),
        /// Its time limits: one, a list of them, or text.
        "within" within: Option<Within<'t>> = Own([{ "time": "P3D", "hours": "working" }]),
        /// Assignments of it: the task is implied.
        "assign" assign: Assignments<'t> as Task = UnderTask([{ "A": "customer", "R": "helpdesk" }]),
        /// The tasks that it is made of.
        "tasks" tasks: Entries<'t, Task<'t>> as Task = Own({ "inform-users": {} }),
    }
}

words! {
    /// What kind of task: a label.
    TaskKind, "a kind of task" {
        /// Something done.
        "action" Action,
        /// Something kept up.
        "duty" Duty,
        /// Having the people.
        "staffing" Staffing,
        /// Something a party is given.
        "entitlement" Entitlement,
        /// How it is done.
        "quality" Quality,
    }
}

words! {
    /// How time is counted.
    Hours, "a way to count hours" {
        /// Every hour.
        "clock" Clock,
        /// Working hours; a day is a working day.
        "working" Working,
    }
}

record! {
    /// A time limit.
    TimeLimit<'t>, "a time limit" {
        /// When it holds.
        "when" when: Option<When<'t>> = Value Filled({ "priority": ["P1", "P2"] }),
        /// How long, as an ISO 8601 duration.
        "time" time: Option<Name<'t>> = Required Duration("PT2H"),
        /// How it is counted.
        "hours" hours: Option<Hours> = Own("working"),
    }
}

/// The time limits of a task: free text, or limits with conditions.
#[derive(Debug, Clone, PartialEq)]
pub enum Within<'t> {
    /// As the author puts it: "in a timely manner".
    Text(Text<'t>),
    /// Limits.
    Limits(Vec<Spanned<TimeLimit<'t>>>),
}

impl<'t> Decode<'t> for Within<'t> {
    fn decode(decoder: &mut Decoder<'_, 't>, node: NodeId) -> Option<Self> {
        let limit = |decoder: &mut Decoder<'_, 't>, node| {
            if decoder.is_map(node) && decoder.find(node, "time").is_none() {
                decoder.missing_key(node, "time", "Write `time: PT2H`: a duration as in ISO 8601.");
            }
            Some(Spanned::new(TimeLimit::decode(decoder, node)?, decoder.span(node)))
        };
        match decoder.shape(node) {
            Shape::Text(..) => Text::decode(decoder, node).map(Self::Text),
            Shape::Map => limit(decoder, node).map(|one| Self::Limits(vec![one])),
            Shape::List => {
                let items = decoder.list(node, "")?;
                Some(Self::Limits(items.into_iter().filter_map(|item| limit(decoder, item)).collect()))
            }
            _ => decoder.expected(node, "a time limit, a list of them, or text"),
        }
    }
}

impl Serialize for Within<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => text.serialize(serializer),
            Self::Limits(limits) => limits.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Within<'_> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(WithinVisitor)
    }
}

struct WithinVisitor;

impl<'de> Visitor<'de> for WithinVisitor {
    type Value = Within<'static>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a time limit, a list of them, or text")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Within::Text(text.to_owned().into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Self::Value, A::Error> {
        Vec::deserialize(value::SeqAccessDeserializer::new(list)).map(Within::Limits)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        Spanned::deserialize(value::MapAccessDeserializer::new(map)).map(|one| Within::Limits(vec![one]))
    }
}
