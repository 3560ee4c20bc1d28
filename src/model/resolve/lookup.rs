//! References to handles: each unknown name an error that says what was probably meant.

use hashbrown::{HashMap, HashSet};
use std::hash::Hash;
use std::sync::{Arc, LazyLock, OnceLock};

use super::ids::Ids;
use super::is_id;

use crate::diagnostic::{Diagnostic, Diagnostics, ErrorKind};
use crate::document::{Name, Names};
use crate::model::id::Handle;
use crate::model::merge::{Vocabulary, unknown};
use crate::source::Span;
use crate::yaml::shortened;

/// The ids and aliases of a vocabulary.
pub(super) struct Lookup<'d, I> {
    what: &'static str,
    kind: ErrorKind,
    ids: Ids<'d, I>,
    aliases: HashMap<&'d str, &'d str>,
    removed: HashMap<&'d str, Span>,
    /// What the ids would be that are not written as ids, once an unknown name may be one of them.
    miswritten: OnceLock<HashSet<String>>,
    /// Every name of the model with what it names.
    elsewhere: Option<Arc<Elsewhere<'d>>>,
}

/// What names name, once somebody asks.
pub(super) type Elsewhere<'d> =
    LazyLock<HashMap<&'d str, &'static str>, Box<dyn FnOnce() -> HashMap<&'d str, &'static str> + Send + 'd>>;

impl<'d, I: Handle> Lookup<'d, I> {
    /// Ids in the order of their handles: `order` gives, for each handle, its place in the vocabulary.
    pub(super) fn new<T>(vocabulary: &'d Vocabulary<'_, T>, kind: ErrorKind, order: impl Iterator<Item = (I, usize)>) -> Self {
        let name = |(id, place): (I, usize)| vocabulary.entries.get(place).map(|slot| (id, slot.name.value.as_ref()));
        Self {
            what: vocabulary.what,
            kind,
            ids: Ids::new(order.filter_map(name)),
            aliases: HashMap::new(),
            removed: vocabulary.removed.iter().map(|(name, span)| (name.as_ref(), *span)).collect(),
            miswritten: OnceLock::new(),
            elsewhere: None,
        }
    }

    /// Told what names name that stand elsewhere in the model.
    pub(super) fn beside(mut self, elsewhere: &Arc<Elsewhere<'d>>) -> Self {
        self.elsewhere = Some(Arc::clone(elsewhere));
        self
    }

    /// Takes in the aliases of an entry; one that is taken is an error.
    pub(super) fn alias(&mut self, owner: &'d Name<'_>, aliases: Option<&'d Names<'_>>, sink: &mut Diagnostics) {
        for alias in aliases.iter().flat_map(|names| &names.items) {
            let name = alias.value.as_ref();
            let other = if self.get(name).is_some() { Some(name) } else { self.aliases.get(name).copied() };
            match other {
                None => {
                    self.aliases.insert(name, &owner.value);
                }
                Some(other) if other == owner.value => {}
                Some(other) => {
                    let message = format!("the alias `{name}` is already a name of {} `{other}`", self.what);
                    sink.push(
                        Diagnostic::error(ErrorKind::DuplicateId, alias.span, message)
                            .help("Leave this alias out, or write another name."),
                    );
                }
            }
        }
    }

    /// The handle of a reference; none, and an error, where there is no such entry.
    pub(super) fn find(&self, name: &Name<'_>, sink: &mut Diagnostics) -> Option<I> {
        let text = name.value.as_ref();
        if let Some(id) = self.get(text) {
            return Some(id);
        }
        if self.is_miswritten(text) {
            // Where it is declared it has been reported.
            return None;
        }
        let what = self.what;
        let diagnostic = if let Some(span) = self.removed.get(text) {
            Diagnostic::error(ErrorKind::RemovedEntry, name.span, format!("{what} `{text}` was removed"))
                .related(*span, "removed here")
                .help("Take this reference out, or declare the entry again.")
        } else if let Some(owner) = self.aliases.get(text) {
            Diagnostic::error(self.kind, name.span, format!("`{text}` is an alias, and references are ids"))
                .did_you_mean(Some(owner))
        } else if let Some(help) = self.misplaced(text) {
            Diagnostic::error(self.kind, name.span, format!("unknown {what} `{}`", shortened(text))).help(help)
        } else {
            let known = if sink.suggests() { self.sorted() } else { Vec::new() };
            unknown(self.kind, what, name, known, sink)
        };
        sink.push(diagnostic);
        None
    }

    /// The handle of an id.
    #[inline]
    pub(super) fn get(&self, name: &str) -> Option<I> {
        self.ids.get(name)
    }

    /// The handles of a list of references, each once.
    pub(super) fn find_all(&self, names: Option<&Names<'_>>, sink: &mut Diagnostics) -> Vec<I>
    where
        I: Eq + Hash,
    {
        let names = names.map_or(&[][..], |names| &names.items);
        let mut found = Vec::new();
        once(names.iter().filter_map(|name| self.find(name, sink)), &mut found);
        found
    }

    /// Every id and alias with its handle, for questions.
    pub(super) fn into_names(self) -> HashMap<Box<str>, I> {
        let aliases = self.aliases.iter().filter_map(|(alias, owner)| Some((*alias, self.get(owner)?)));
        self.ids.iter().chain(aliases).map(|(name, id)| (name.into(), id)).collect()
    }

    /// What a name means that is none of this vocabulary, where that can be told.
    fn misplaced(&self, text: &str) -> Option<String> {
        let what = self.what;
        if text.is_empty() {
            return Some(format!("Nothing stands between the quotes; write a {what}."));
        }
        let parts: Vec<&str> = text.split([',', '&']).flat_map(|part| part.split(" and ")).map(str::trim).collect();
        if parts.len() > 1 && parts.iter().all(|part| self.get(part).is_some()) {
            return Some(format!("Write a list: `[{}]`.", parts.join(", ")));
        }
        match *self.elsewhere.as_ref()?.get(text)? {
            other if other == what => None,
            "relation" if what == "party" => Some(format!("`{text}` is a relation; in an assignment write `${text}`.")),
            other => Some(format!("`{text}` is a {other}; write a {what} here.")),
        }
    }

    /// Whether this is the id that a declared one is to be written as.
    fn is_miswritten(&self, text: &str) -> bool {
        self.miswritten().contains(text)
    }

    fn miswritten(&self) -> &HashSet<String> {
        let ids = || self.ids.iter().map(|(id, _)| id).filter(|id| !is_id(id)).filter_map(as_id).collect();
        self.miswritten.get_or_init(ids)
    }

    /// The ids in order, those that are not written as one as they will be.
    fn sorted(&self) -> Vec<&str> {
        let mut known: Vec<&str> = self.ids.iter().map(|(id, _)| id).filter(|id| is_id(id)).collect();
        known.extend(self.miswritten().iter().map(String::as_str));
        known.sort_unstable();
        known.dedup();
        known
    }
}

/// A text as the id that it would be if it were written as one: `Second line` as `second-line`.
pub(super) fn as_id(text: &str) -> Option<String> {
    let small = text.to_lowercase();
    let words = small.split(|c: char| !c.is_ascii_lowercase() && !c.is_ascii_digit()).filter(|word| !word.is_empty());
    let id = words.collect::<Vec<_>>().join("-");
    (text.is_ascii() && is_id(&id)).then_some(id)
}

/// Each value where it first stands, in the place of what is in a list: of few by looking through them.
pub(super) fn once<T: Copy + Eq + Hash>(values: impl Iterator<Item = T>, once: &mut Vec<T>) {
    const FEW: usize = 16;
    once.clear();
    let mut seen = None;
    for value in values {
        let new = if once.len() < FEW {
            !once.contains(&value)
        } else {
            seen.get_or_insert_with(|| once.iter().copied().collect::<HashSet<T>>()).insert(value)
        };
        if new {
            once.push(value);
        }
    }
}
