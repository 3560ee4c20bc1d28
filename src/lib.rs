//! rasci
#![allow(missing_docs)]
pub mod diagnostic;
pub mod document;
pub mod error;
pub mod matrix;
pub mod model;
pub mod report;
pub mod source;
pub mod lint;
mod policy;
mod words;
pub mod query;
mod yaml;

pub use error::{LoadError, QueryError};
pub use jiff;
pub use policy::{Limits, Loader, Policy};
pub use document::Letter;
