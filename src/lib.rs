#![doc = include_str!("../README.md")]
//!
//! # The stages
//!
//! Data flows downwards, and a file uses only what stands above it:
//!
//! | stage | module | what it makes |
//! |---|---|---|
//! | 0 | [`source`], `parallel` | texts, and places in them; work on several threads |
//! | 1 | [`diagnostic`], [`error`] | what is wrong, as data and as text |
//! | 2 | `yaml` | a tree of nodes, each with its place |
//! | 3 | [`document`] | what is written: one file, names still text |
//! | 4 | [`model`], [`mod@format`] | what is meant: documents merged, names resolved; a document in the one way it is formatted |
//! | 5 | [`matrix`] | the semantics: what a cell says in a context |
//! | 6 | [`policy`], `words` | a model that can be asked |
//! | 7 | [`query`], [`lint`], `live` | answers, judgements, a policy that is replaced while it is asked |
//! | 8 | [`expectation`] | policy tests: what answers must be |
//! | 9 | [`report`] | answers as values to serialise and lines to read |
//! | 9 | `import` | tables from elsewhere as models; feature `import` |
//! | 10 | [`editor`] | what an editor asks of documents while they are written |

mod parallel;
pub mod source;

pub mod diagnostic;
pub mod error;

mod yaml;

pub mod document;

pub mod format;
pub mod model;

pub mod matrix;

pub mod policy;
mod words;

pub mod lint;
#[cfg(feature = "live")]
mod live;
pub mod query;

pub mod expectation;

pub mod report;

#[cfg(feature = "import")]
pub mod import;

pub mod editor;

pub use diagnostic::{Diagnostic, ErrorKind, Severity};
pub use document::{Document, Letter};
pub use error::{LoadError, QueryError};
/// Dates are those of this library.
pub use jiff;
#[cfg(feature = "live")]
pub use live::Live;
pub use matrix::{Cell, FullContext, Outcome, Status};
pub use model::{AssignmentId, ComponentId, Context, Model, PartyId, TaskId};
pub use policy::{Limits, Loader, Policy};
pub use query::{Answer, Case, Holds, How, Verdict, Why};
pub use source::{Files, Position, Source, Span};
