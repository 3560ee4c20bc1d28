//! Documents of every form there is, whether or not they make a model: what they say is to survive being written.

use std::borrow::Cow;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use rasci::document::{
    Absence, Citations, CitedSource, Component, Contact, Document, Entries, Flow, Hours, LINTS, Level, LintLevel, Name, Names,
    Party, PartyKind, Requirement, Staff, Step, Task, TaskKind, Text, TimeLimit, Values, When, Within,
};
use rasci::source::{Span, Spanned};

use super::models;

/// A name that was made, not read.
pub fn name(text: &str) -> Name<'static> {
    Spanned::new(Cow::Owned(text.to_owned()), Span::default())
}

/// A list of names that was made, not read.
pub fn names<S: AsRef<str>>(list: impl IntoIterator<Item = S>) -> Names<'static> {
    Names { items: list.into_iter().map(|text| name(text.as_ref())).collect(), span: Span::default() }
}

/// Words that YAML may take for something else, and texts that have to be quoted, folded or escaped.
const ODD: [&str; 30] = [
    "no",
    "on",
    "true",
    "True",
    "null",
    "~",
    "Null",
    "",
    "1",
    "010",
    "0x1F",
    "1.10",
    "1e3",
    ".inf",
    "2025-04",
    "12:30:00",
    " led",
    "trailed ",
    "a: b",
    "a # b",
    "- a",
    "'",
    "\"",
    "{",
    "a\nb\n",
    "\n a\n\n  b",
    "\ttab",
    "é🙂",
    "<<",
    "%a",
];

/// Any text that YAML can say at all.
fn text() -> impl Strategy<Value = String> + Clone {
    prop_oneof![
        3 => "[a-z]{1,8}( [a-z]{1,8}){0,3}",
        3 => proptest::sample::select(&ODD[..]).prop_map(str::to_owned),
        // Writers of YAML 1.1 take these two for line breaks, which they are not in YAML 1.2.
        2 => "\\PC{0,20}".prop_map(|text| text.replace(['\u{2028}', '\u{2029}'], " ")),
        1 => "[ \\n\\t\"'\\\\:#a]{0,12}",
        1 => "([a-z]{1,12} ){10,30}",
    ]
}

fn said() -> impl Strategy<Value = Option<Text<'static>>> + Clone {
    option::weighted(0.3, text().prop_map(Cow::Owned))
}

fn some_names() -> impl Strategy<Value = Option<Names<'static>>> + Clone {
    option::weighted(0.3, vec(text(), 0..=3).prop_map(names))
}

fn one_name() -> impl Strategy<Value = Option<Name<'static>>> + Clone {
    option::weighted(0.5, text().prop_map(|text| name(&text)))
}

/// Entries of distinct names: a key that stands twice is an error.
fn entries<T: std::fmt::Debug + Clone>(
    entry: impl Strategy<Value = T> + Clone,
) -> impl Strategy<Value = Entries<'static, T>> + Clone {
    vec((text(), entry), 0..=3).prop_map(|mut list| {
        list.sort_by(|(a, _), (b, _)| a.cmp(b));
        list.dedup_by(|(a, _), (b, _)| a == b);
        // A plain `<<` is refused as a merge key, and `null` and nothing are one key to other readers.
        list.retain(|(name, _)| !["<<", "~", "null", "Null", ""].contains(&name.as_str()));
        Entries(list.into_iter().map(|(text, entry)| (name(&text), entry)).collect())
    })
}

fn citations() -> impl Strategy<Value = Option<Citations<'static>>> + Clone {
    let listed = vec(text(), 0..=2).prop_map(|list| Citations(list.iter().map(|source| (name(source), None)).collect()));
    let placed = entries(text()).prop_filter("a map", |map| !map.0.is_empty());
    let placed = placed.prop_map(|map| Citations(map.0.into_iter().map(|(source, at)| (source, Some(Cow::Owned(at)))).collect()));
    option::weighted(0.3, prop_oneof![listed, placed])
}

fn when() -> impl Strategy<Value = Option<When<'static>>> + Clone {
    let values = (any::<bool>(), vec(text(), 0..=2).prop_map(names))
        .prop_map(|(not, names)| if not { Values::Not(names) } else { Values::In(names) });
    option::weighted(0.3, entries(values))
}

fn number() -> impl Strategy<Value = Option<Spanned<u32>>> + Clone {
    option::of(any::<u32>().prop_map(|number| Spanned::new(number, Span::default())))
}

type AboutPlan = (Option<Text<'static>>, Option<Text<'static>>, Option<Text<'static>>, Option<Citations<'static>>);

fn about() -> impl Strategy<Value = AboutPlan> + Clone {
    (said(), said(), said(), citations())
}

fn sources() -> impl Strategy<Value = Entries<'static, CitedSource<'static>>> + Clone {
    entries((about(), said(), said(), said()).prop_map(|((title, description, note, source), publisher, edition, url)| {
        CitedSource { title, description, note, source, publisher, edition, url }
    }))
}

fn requirements() -> impl Strategy<Value = Entries<'static, Requirement<'static>>> + Clone {
    entries((about(), some_names()).prop_map(|((title, description, note, source), because)| Requirement {
        title,
        description,
        note,
        source,
        because,
    }))
}

fn parties() -> BoxedStrategy<Entries<'static, Party<'static>>> {
    use PartyKind::{Organization, Person, Role, Team};
    let kind = option::of(proptest::sample::select(&[Organization, Team, Role, Person][..]));
    let contact = option::weighted(0.3, (said(), said(), said()).prop_map(|(email, phone, url)| Contact { email, phone, url }));
    let staff = option::weighted(0.3, number().prop_map(|at_least| Staff { at_least }));
    let absence = (one_name(), one_name(), one_name())
        .prop_map(|(from, until, deputy)| Spanned::new(Absence { from, until, deputy }, Span::default()));
    let lists = (some_names(), some_names(), some_names(), some_names(), some_names());
    let flat = (about(), kind, contact, staff, vec(absence, 0..=2), lists).prop_map(
        |((title, description, note, source), kind, contact, staff, absent, (aliases, requires, satisfies, scope, members))| {
            let parties = Entries::default();
            Party {
                title,
                description,
                note,
                source,
                aliases,
                kind,
                contact,
                staff,
                requires,
                satisfies,
                absent,
                scope,
                members,
                parties,
            }
        },
    );
    entries((flat.clone(), entries(flat)).prop_map(|(party, parties)| Party { parties, ..party })).boxed()
}

fn flows() -> BoxedStrategy<Entries<'static, Flow<'static>>> {
    let step = (about(), one_name(), one_name(), one_name(), when(), some_names()).prop_map(
        |((title, description, note, source), id, task, component, when, then)| {
            Spanned::new(Step { id, title, description, note, source, task, component, when, then }, Span::default())
        },
    );
    entries((about(), vec(step, 0..=3)).prop_map(|((title, description, note, source), steps)| Flow {
        title,
        description,
        note,
        source,
        steps,
    }))
    .boxed()
}

/// What every task, and every component, says besides its assignments.
fn dressing() -> impl Strategy<Value = (AboutPlan, Option<Names<'static>>, Option<TaskKind>, Option<Within<'static>>)> + Clone {
    use TaskKind::{Action, Duty, Entitlement, Quality, Staffing};
    let kind = option::of(proptest::sample::select(&[Action, Duty, Staffing, Entitlement, Quality][..]));
    let hours = option::of(proptest::sample::select(&[Hours::Clock, Hours::Working][..]));
    let time = text().prop_map(|text| Some(name(&text)));
    let limit =
        (when(), time, hours).prop_map(|(when, time, hours)| Spanned::new(TimeLimit { when, time, hours }, Span::default()));
    let within = prop_oneof![text().prop_map(|text| Within::Text(Cow::Owned(text))), vec(limit, 0..=2).prop_map(Within::Limits)];
    (about(), some_names(), kind, option::weighted(0.4, within))
}

/// A document that says something of everything. Its names need not be declared.
pub fn documents() -> impl Strategy<Value = Document<'static>> + Clone {
    let model = models().prop_map(|written| written.documents[0].1.clone());
    let levels =
        vec((proptest::sample::select(LINTS), proptest::sample::select(&[Level::Allow, Level::Warn, Level::Deny][..])), 0..=2);
    let lints = levels.prop_map(|mut list| -> Entries<'static, LintLevel> {
        list.sort_by_key(|((lint, _), _)| *lint);
        list.dedup_by_key(|((lint, _), _)| *lint);
        Entries(list.into_iter().map(|((lint, _), level)| (name(lint), Some(level))).collect())
    });
    let escalation = entries(vec(text(), 0..=3).prop_map(names));
    let who = (sources(), requirements(), parties(), flows());
    (model, about(), dressing(), dressing(), who, escalation, lints).prop_map(
        |(
            document,
            (title, description, note, source),
            task,
            component,
            (sources, requirements, parties, flows),
            escalation,
            lints,
        )| {
            let mut document =
                Document { title, description, note, source, sources, requirements, flows, escalation, lints, ..document };
            document.parties.0.extend(parties.0.into_iter().filter(|(name, _)| !name.value.starts_with('p')));
            if let Some((_, body)) = document.tasks.0.first_mut() {
                let ((title, description, note, source), aliases, kind, within) = task;
                *body = Task { title, description, note, source, aliases, kind, within, ..body.clone() };
            }
            if let Some((_, body)) = document.components.0.first_mut() {
                let ((title, description, note, source), aliases, ..) = component;
                *body = Component { title, description, note, source, aliases, ..body.clone() };
            }
            document
        },
    )
}
