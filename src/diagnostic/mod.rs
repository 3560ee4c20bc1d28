//! Stage 1: how the program speaks of what is wrong.
//!
//! A [`Diagnostic`] is data: a name, a severity, a message, the place it speaks of, related places, and help that says
//! what to write. Every stage adds to one sink, [`Diagnostics`], and goes on. Front ends choose the form: text with the
//! line drawn (`render`, feature `render`), one plain line each ([`Plain`]), one workflow command each ([`Annotation`]),
//! or values to serialise ([`json`], [`sarif`]).
//!
//! Style: a message is a lower-case fragment without a full stop, names in backticks; help is a sentence of its own.

mod github;
pub mod json;
mod kind;
mod mend;
mod plain;
#[cfg(feature = "render")]
mod render;
pub mod sarif;
mod suggest;
mod uri;

pub use github::Annotation;
pub use kind::ErrorKind;
pub use mend::{Edit, Mend, applied};
pub use plain::Plain;
#[cfg(feature = "render")]
pub use render::{Style, render};
pub(crate) use suggest::{begun, nearest};

use std::borrow::Cow;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::source::Span;

/// How grave a diagnostic is. An error means that there is no model; the others are findings of lints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// There is no model.
    Error,
    /// A finding that fails a check.
    Deny,
    /// A finding that does not.
    Warn,
}

/// One thing to say about a text: what, where, and how to mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The kebab-case name of the error or lint.
    pub name: &'static str,
    /// How grave it is.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// The place it speaks of; none where a file could not be read at all.
    pub span: Option<Span>,
    /// A word on the place itself, drawn under it.
    pub label: Option<String>,
    /// Other places that explain it.
    pub related: Vec<Related>,
    /// What to write instead, as a sentence.
    pub help: Option<Cow<'static, str>>,
    /// The changes that would mend it, where any are known: each for itself.
    pub mends: Vec<Mend>,
}

/// Another place that explains a diagnostic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// The place.
    pub span: Span,
    /// What stands there.
    pub message: Cow<'static, str>,
}

impl Diagnostic {
    /// An error of this kind at this place.
    #[must_use]
    pub fn error(kind: ErrorKind, span: impl Into<Option<Span>>, message: impl Into<String>) -> Self {
        Self::new(kind.name(), Severity::Error, span.into(), message.into())
    }

    /// A finding of a lint at this place.
    #[must_use]
    pub fn finding(lint: &'static str, severity: Severity, span: Span, message: impl Into<String>) -> Self {
        Self::new(lint, severity, Some(span), message.into())
    }

    fn new(name: &'static str, severity: Severity, span: Option<Span>, message: String) -> Self {
        Self { name, severity, message, span, label: None, related: Vec::new(), help: None, mends: Vec::new() }
    }

    /// With a word on the place itself.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// With help: a sentence that says what to write.
    #[must_use]
    pub fn help(mut self, help: impl Into<Cow<'static, str>>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// With another place that explains it.
    #[must_use]
    pub fn related(mut self, span: Span, message: impl Into<Cow<'static, str>>) -> Self {
        self.related.push(Related { span, message: message.into() });
        self
    }

    /// With a way to mend it.
    #[must_use]
    pub fn mend(mut self, mend: Mend) -> Self {
        self.mends.push(mend);
        self
    }

    /// With help and the change that carries it out, where a near name is known: "did you mean `customer`?".
    #[must_use]
    pub fn did_you_mean(mut self, near: Option<&str>) -> Self {
        if let Some(near) = near {
            self.help = Some(format!("Did you mean `{near}`?").into());
            let write = |span| Mend::certain(format!("write `{near}`"), vec![Edit { span, replacement: near.to_owned() }]);
            self.mends.extend(self.span.map(write));
        }
        self
    }
}

/// The one sink that every stage adds to.
#[derive(Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    unsaid: usize,
    /// How many names have been compared to find near ones.
    compared: AtomicUsize,
    /// The errors that may only come of a part of the model that could not be read.
    unread: Vec<ErrorKind>,
}

impl Diagnostics {
    /// So many are kept; further ones are counted. A text with more has one mistake, made over and over.
    pub const KEPT: usize = 10_000;

    /// Looking for near names costs time with every name there is, so it stops after so many errors.
    const SUGGESTING: usize = 200;

    /// And after so many names compared.
    const COMPARING: usize = 1_000_000;

    /// A sink that looks for no near names: for whoever asks only whether anything is wrong.
    pub(crate) fn without_near_names() -> Self {
        Self { compared: Self::COMPARING.into(), ..Self::default() }
    }

    /// A part of the model could not be read, which has been reported: what that may have brought about, as a name that seems
    /// unknown and may be declared there, is not reported as well.
    pub(crate) fn unread(&mut self, kinds: &[ErrorKind]) {
        self.unread.extend(kinds);
    }

    /// A document could not be read, which has been reported.
    pub(crate) fn unread_document(&mut self) {
        self.unread(ErrorKind::NAMES);
    }

    /// Takes in a diagnostic.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        if self.unread.iter().any(|kind| kind.name() == diagnostic.name) {
            return;
        }
        if self.list.len() < Self::KEPT {
            self.list.push(diagnostic);
        } else {
            self.unsaid += 1;
        }
    }

    /// Takes in what another took in.
    pub(crate) fn append(&mut self, other: Self) {
        other.list.into_iter().for_each(|diagnostic| self.push(diagnostic));
    }

    /// Whether an error is among them.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// Whether nothing was taken in.
    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty() && self.unread.is_empty()
    }

    /// How many there were beyond [`Diagnostics::KEPT`].
    #[must_use]
    pub fn unsaid(&self) -> usize {
        self.unsaid
    }

    /// Every diagnostic kept, in the order of the files and of the places in them.
    #[must_use]
    pub fn into_sorted(mut self) -> Vec<Diagnostic> {
        self.list.sort_by(|a, b| (a.span, a.name, &a.message).cmp(&(b.span, b.name, &b.message)));
        self.list.dedup();
        self.list
    }

    /// Whether errors still come with near names.
    pub(crate) fn suggests(&self) -> bool {
        self.list.len() < Self::SUGGESTING && self.compared.load(Ordering::Relaxed) < Self::COMPARING
    }

    /// The known name nearest to a mistaken one, if one is near.
    pub(crate) fn suggest<'n>(&self, name: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
        if !self.suggests() {
            return None;
        }
        nearest(name, known.into_iter().inspect(|_| _ = self.compared.fetch_add(1, Ordering::Relaxed)))
    }
}
