//! Names to handles: the merged documents become a [`Model`], and every mistake in them a diagnostic.

mod absences;
mod assignments;
mod context;
mod flows;
mod ids;
mod lookup;
mod parties;
mod places;

use hashbrown::HashMap;

use crate::diagnostic::{Diagnostic, Diagnostics, ErrorKind};
use crate::document::{self, Citations, LINTS, Layer, Name, Text};
use crate::source::Span;
use crate::yaml::shortened;

use super::entries::{About, Citation, CitedSource, Conventions, Requirement};
use super::id::{CitedSourceId, ComponentId, Handle, PartyId, RelationId, RequirementId, Table, TaskId};
use super::merge::{Draft, Vocabulary, merge};
use super::{Model, Names};
use context::Dimensions;
pub(crate) use context::is_value;
use lookup::{Lookup, as_id};

/// The longest id, in bytes.
const LONGEST_ID: usize = 128;

/// So many of a circle are named in its error: a longer one is no easier to break for being spelled out.
const CIRCLE_SHOWN: usize = 16;

/// How large what is meant may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct MergeLimits {
    pub(crate) dimensions: usize,
    pub(crate) values: usize,
    pub(crate) levels: usize,
}

/// The model that the layers make; none where there is no layer.
pub(crate) fn resolve(layers: Vec<Layer<'_>>, limits: MergeLimits, sink: &mut Diagnostics) -> Option<Model> {
    let mut draft = merge(layers, sink)?;
    let trees = std::mem::take(&mut draft.trees);
    let mut resolver = Resolver::new(&draft, limits, sink);
    let sources = resolver.cited_sources();
    let requirements = resolver.requirements();
    let parties = resolver.parties(limits);
    let components = resolver.components(limits);
    let tasks = resolver.tasks(limits);
    let assignments = resolver.assignments(trees);
    let flows = resolver.flows();
    let escalations = resolver.escalations();
    let lints = resolver.lints();
    let about = resolver.top();
    let conventions = draft.top.conventions.as_ref();
    let Resolver { dimensions, relations, parties: party_names, components: component_names, tasks: task_names, .. } = resolver;
    Some(Model {
        about,
        sources,
        dimensions: dimensions.table,
        requirements,
        parties,
        relations: relations.into_iter().map(Into::into).collect(),
        components,
        tasks,
        assignments,
        conventions: Conventions {
            accountable_is_responsible: conventions
                .and_then(|conventions| conventions.accountable_is_responsible)
                .unwrap_or(false),
            responsible_is_accountable: conventions
                .and_then(|conventions| conventions.responsible_is_accountable)
                .unwrap_or(false),
        },
        flows,
        escalations,
        lints,
        names: Names {
            parties: party_names.into_names(),
            components: component_names.into_names(),
            tasks: task_names.into_names(),
        },
    })
}

/// The merged documents, what their names stand for, and the sink.
struct Resolver<'d, 't> {
    draft: &'d Draft<'t>,
    sink: &'d mut Diagnostics,
    dimensions: Dimensions<'d>,
    sources: Lookup<'d, CitedSourceId>,
    requirements: Lookup<'d, RequirementId>,
    parties: Lookup<'d, PartyId>,
    party_places: Vec<usize>,
    components: Lookup<'d, ComponentId>,
    component_places: Vec<usize>,
    tasks: Lookup<'d, TaskId>,
    task_places: Vec<usize>,
    relations: Vec<&'d str>,
    relation_ids: HashMap<&'d str, RelationId>,
}

impl<'d, 't> Resolver<'d, 't> {
    fn new(draft: &'d Draft<'t>, limits: MergeLimits, sink: &'d mut Diagnostics) -> Self {
        let party_places = live(&draft.parties);
        let component_places = places::before_parts(&draft.components);
        let task_places = places::before_parts(&draft.tasks);
        let relations = places::relations(draft);
        let elsewhere = places::elsewhere(draft, &relations);
        let parties = Lookup::new(&draft.parties, ErrorKind::UnknownParty, numbered(&party_places, 0));
        let components = Lookup::new(&draft.components, ErrorKind::UnknownComponent, numbered(&component_places, 1));
        let tasks = Lookup::new(&draft.tasks, ErrorKind::UnknownTask, numbered(&task_places, 1));
        let (mut parties, mut components, mut tasks) =
            (parties.beside(&elsewhere), components.beside(&elsewhere), tasks.beside(&elsewhere));
        for slot in draft.parties.entries.iter().filter(|slot| slot.live) {
            parties.alias(&slot.name, slot.body.aliases.as_ref(), sink);
        }
        for slot in draft.components.entries.iter().filter(|slot| slot.live) {
            components.alias(&slot.name, slot.body.aliases.as_ref(), sink);
        }
        for slot in draft.tasks.entries.iter().filter(|slot| slot.live) {
            tasks.alias(&slot.name, slot.body.aliases.as_ref(), sink);
        }
        let sources = Lookup::new(&draft.sources, ErrorKind::UnknownSource, numbered(&live(&draft.sources), 0));
        let requirements =
            Lookup::new(&draft.requirements, ErrorKind::UnknownRequirement, numbered(&live(&draft.requirements), 0));
        let dimensions = Dimensions::read(&draft.context, limits, sink);
        let relation_ids = relations.iter().enumerate().map(|(nth, name)| (*name, RelationId::new(nth))).collect();
        Self {
            draft,
            sink,
            dimensions,
            sources,
            requirements,
            parties,
            party_places,
            components,
            component_places,
            tasks,
            task_places,
            relations,
            relation_ids,
        }
    }

    fn cited_sources(&mut self) -> Table<CitedSourceId, CitedSource> {
        let draft = self.draft;
        let entries = draft.sources.entries.iter().filter(|slot| slot.live);
        entries
            .map(|slot| {
                let body = &slot.body;
                CitedSource {
                    about: self.about(&slot.name, [&body.title, &body.description, &body.note], body.source.as_ref()),
                    publisher: owned(body.publisher.as_ref()),
                    edition: owned(body.edition.as_ref()),
                    url: owned(body.url.as_ref()),
                }
            })
            .collect()
    }

    fn requirements(&mut self) -> Table<RequirementId, Requirement> {
        let draft = self.draft;
        let entries = draft.requirements.entries.iter().filter(|slot| slot.live);
        entries
            .map(|slot| {
                let body = &slot.body;
                Requirement {
                    about: self.about(&slot.name, [&body.title, &body.description, &body.note], body.source.as_ref()),
                    because: body
                        .because
                        .iter()
                        .flat_map(|names| &names.items)
                        .map(|reason| reason.value.as_ref().into())
                        .collect(),
                }
            })
            .collect()
    }

    fn lints(&mut self) -> Vec<(Box<str>, crate::document::Level)> {
        let mut levels = Vec::new();
        for (name, level) in &self.draft.lints {
            if LINTS.iter().any(|(lint, _)| *lint == name.value) {
                levels.extend(level.map(|level| (name.value.as_ref().into(), level)));
            } else {
                let unknown =
                    super::merge::unknown(ErrorKind::UnknownLint, "lint", name, LINTS.iter().map(|(lint, _)| *lint), self.sink);
                self.sink.push(unknown);
            }
        }
        levels
    }

    /// What the model says of itself.
    fn top(&mut self) -> About {
        let top = &self.draft.top;
        let nameless = Name::new("".into(), Span::default());
        let name = top.id.as_ref().unwrap_or(&nameless);
        if top.id.is_some() {
            self.check_id(name);
        }
        self.described(name, [&top.title, &top.description, &top.note], top.source.as_ref())
    }

    /// What an entry says of itself; its id is checked.
    fn about(&mut self, name: &Name<'_>, words: [&Option<Text<'_>>; 3], source: Option<&Citations<'_>>) -> About {
        self.check_id(name);
        self.described(name, words, source)
    }

    fn described(
        &mut self,
        name: &Name<'_>,
        [title, description, note]: [&Option<Text<'_>>; 3],
        source: Option<&Citations<'_>>,
    ) -> About {
        About {
            id: name.value.as_ref().into(),
            title: owned(title.as_ref()),
            description: owned(description.as_ref()),
            note: owned(note.as_ref()),
            citations: read_citations(&self.sources, source, self.sink),
            aliases: Vec::new(),
            span: name.span,
        }
    }

    fn check_id(&mut self, name: &Name<'_>) {
        check_id(name, self.sink);
    }
}

fn read_citations(
    sources: &Lookup<'_, CitedSourceId>,
    citations: Option<&Citations<'_>>,
    sink: &mut Diagnostics,
) -> Vec<Citation> {
    let all = citations.iter().flat_map(|citations| &citations.0);
    all.filter_map(|(source, at)| Some(Citation { source: sources.find(source, sink)?, at: owned(at.as_ref()) })).collect()
}

fn check_not_empty(names: &document::Names<'_>, what: &str, sink: &mut Diagnostics) {
    if names.items.is_empty() && names.span.end > names.span.start {
        let empty = Diagnostic::error(ErrorKind::EmptyList, names.span, format!("an empty list of {what}"));
        sink.push(empty.help("Name at least one, or leave the key out."));
    }
}

/// The places of a vocabulary's entries that were not removed.
fn live<T>(vocabulary: &Vocabulary<'_, T>) -> Vec<usize> {
    vocabulary.entries.iter().enumerate().filter(|(_, slot)| slot.live).map(|(place, _)| place).collect()
}

/// "`a` -> `b` -> `a`"; of a long circle its beginning.
fn circle_words<'n>(mut names: impl ExactSizeIterator<Item = &'n str>) -> String {
    let more = names.len().saturating_sub(CIRCLE_SHOWN);
    let mut shown: Vec<String> = names.by_ref().take(CIRCLE_SHOWN).map(|name| format!("`{name}`")).collect();
    let first = shown.first().cloned();
    if more > 0 {
        shown.push(format!("{more} more"));
    }
    shown.extend(first);
    shown.join(" -> ")
}

/// Handles for places, from `first` on.
fn numbered<I: Handle>(places: &[usize], first: usize) -> impl Iterator<Item = (I, usize)> {
    places.iter().enumerate().map(move |(nth, place)| (I::new(first + nth), *place))
}

fn owned(text: Option<&Text<'_>>) -> Option<Box<str>> {
    text.map(|text| text.as_ref().into())
}

/// Whether a text is written as an id: small letters, digits and hyphens, a letter or digit first.
pub(crate) fn is_id(text: &str) -> bool {
    let first = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    text.bytes().next().is_some_and(first) && text.bytes().all(|byte| first(byte) || byte == b'-')
}

fn check_id(name: &Name<'_>, sink: &mut Diagnostics) {
    let text = name.value.as_ref();
    if text.len() > LONGEST_ID {
        let long = Diagnostic::error(ErrorKind::InvalidId, name.span, format!("an id of more than {LONGEST_ID} bytes"));
        sink.push(long.help("Write a shorter one, and the long form as its `title`."));
    } else if !is_id(text) {
        let bad = Diagnostic::error(ErrorKind::InvalidId, name.span, format!("`{}` is not written as an id", shortened(text)));
        let form = "small letters, digits and hyphens, a letter or digit first";
        sink.push(match as_id(text) {
            Some(id) => Diagnostic { help: Some(format!("Write `{id}`: {form}.").into()), ..bad.did_you_mean(Some(&id)) },
            None => bad.help(format!("Write {form}: `back-end`, `l2`.")),
        });
    }
}
