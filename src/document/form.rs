//! What the keys of a document take, as data: for tools that look at one place of a text, which may be half written.
//!
//! It is made from the same tables of keys as the types, so that an editor offers what the decoder reads. Nothing here
//! reads a text.

use super::{Assignment, Citations, Entries, Name, Names, Text, Values, Within};
use crate::source::Spanned;

/// A set of names: what a name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Vocabulary {
    /// Parties.
    Party,
    /// Components.
    Component,
    /// Tasks.
    Task,
    /// Context dimensions.
    Dimension,
    /// The values of one dimension.
    Value,
    /// Cited sources.
    Source,
    /// Requirements.
    Requirement,
    /// Relations.
    Relation,
    /// Flows.
    Flow,
    /// The steps of one flow.
    Step,
    /// Escalations.
    Escalation,
    /// Assignments that have an id.
    Assignment,
    /// Lints. No model declares them.
    Lint,
}

/// What a value may be.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Form {
    /// Text that names nothing, or a number.
    Text,
    /// `true` or `false`.
    Flag,
    /// One of these words, each with what it means.
    Word(&'static [(&'static str, &'static str)]),
    /// A name, or a list of them.
    Names(Vocabulary),
    /// Parties, or relations after `$`.
    Holders,
    /// A map with these keys.
    Record(&'static Record),
    /// A map whose keys are names, and what each is.
    Entries(Vocabulary, Inner),
    /// A list.
    List(Inner),
    /// One, or a list of them.
    OneOrMany(Inner),
    /// A condition: dimensions with their values.
    When,
    /// The values that a condition allows.
    Allowed,
    /// Cited sources, with or without the places in them.
    Citations,
    /// An assignment; its place implies a name of this vocabulary.
    Assignment(Option<Vocabulary>),
    /// What a policy test expects.
    Expected,
}

/// A map with fixed keys.
#[derive(Debug)]
pub(crate) struct Record {
    /// The keys, in the order of the language.
    pub(crate) fields: &'static [Field],
}

/// One key of a [`Record`].
#[derive(Debug)]
pub(crate) struct Field {
    /// The key.
    pub(crate) key: &'static str,
    /// What it says, in one line.
    pub(crate) about: &'static str,
    /// What its value may be.
    pub(crate) form: fn() -> Form,
}

/// What stands within a form, found when it is asked for: a party stands in a party.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Inner {
    form: fn(Roles) -> Form,
    roles: Roles,
}

/// What the names of a key name: first those that are keys themselves, then those in the values.
pub(crate) type Roles = &'static [Vocabulary];

/// A type of value that a table of keys may hold.
pub(crate) trait Formed {
    /// What may be written.
    fn form(roles: Roles) -> Form;

    /// What a map of such values is.
    fn map(roles: Roles) -> Form
    where
        Self: Sized,
    {
        match roles {
            [keys, rest @ ..] => Form::Entries(*keys, Inner { form: Self::form, roles: rest }),
            [] => Form::Text,
        }
    }
}

impl Inner {
    /// What stands within.
    pub(crate) const fn new(form: fn(Roles) -> Form) -> Self {
        Self { form, roles: &[] }
    }

    pub(crate) fn form(self) -> Form {
        (self.form)(self.roles)
    }
}

impl Record {
    /// A key by its name.
    pub(crate) fn field(&self, key: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.key == key)
    }
}

impl Vocabulary {
    /// What one of them is called in messages.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Party => "party",
            Self::Component => "component",
            Self::Task => "task",
            Self::Dimension => "dimension",
            Self::Value => "value",
            Self::Source => "source",
            Self::Requirement => "requirement",
            Self::Relation => "relation",
            Self::Flow => "flow",
            Self::Step => "step",
            Self::Escalation => "escalation",
            Self::Assignment => "assignment",
            Self::Lint => "lint",
        }
    }
}

fn named(roles: Roles) -> Form {
    roles.first().map_or(Form::Text, |names| Form::Names(*names))
}

impl Formed for Text<'_> {
    fn form(_: Roles) -> Form {
        Form::Text
    }
}

impl Formed for Spanned<u32> {
    fn form(_: Roles) -> Form {
        Form::Text
    }
}

impl Formed for bool {
    fn form(_: Roles) -> Form {
        Form::Flag
    }
}

impl Formed for Name<'_> {
    fn form(roles: Roles) -> Form {
        named(roles)
    }
}

impl Formed for Names<'_> {
    fn form(roles: Roles) -> Form {
        named(roles)
    }
}

impl<T: Formed> Formed for Option<T> {
    fn form(roles: Roles) -> Form {
        T::form(roles)
    }

    fn map(roles: Roles) -> Form {
        T::map(roles)
    }
}

impl<T: Formed> Formed for Entries<'_, T> {
    fn form(roles: Roles) -> Form {
        T::map(roles)
    }
}

impl<T: Formed> Formed for Vec<Spanned<T>> {
    fn form(roles: Roles) -> Form {
        Form::List(Inner { form: T::form, roles })
    }
}

impl Formed for Values<'_> {
    fn form(_: Roles) -> Form {
        Form::Allowed
    }

    fn map(_: Roles) -> Form {
        Form::When
    }
}

impl Formed for Citations<'_> {
    fn form(_: Roles) -> Form {
        Form::Citations
    }
}

impl Formed for Assignment<'_> {
    fn form(roles: Roles) -> Form {
        Form::Assignment(roles.first().copied())
    }
}

impl Formed for Within<'_> {
    fn form(_: Roles) -> Form {
        Form::OneOrMany(Inner::new(super::TimeLimit::form))
    }
}
