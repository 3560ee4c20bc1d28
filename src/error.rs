//! Stage 1: the two errors of the library. Loading fails with every diagnostic; asking fails with an unknown name.

use std::fmt;

use crate::diagnostic::{Diagnostic, Diagnostics, Plain};
use crate::source::Sources;

/// Why there is no model: every diagnostic of the load, and the texts their places lie in.
#[derive(Debug)]
pub struct LoadError {
    sources: Sources,
    diagnostics: Vec<Diagnostic>,
    unsaid: usize,
}

impl LoadError {
    pub(crate) fn new(sources: Sources, diagnostics: Diagnostics) -> Self {
        let unsaid = diagnostics.unsaid();
        Self { sources, diagnostics: diagnostics.into_sorted(), unsaid }
    }

    /// What is wrong, by file and place. At least one is an error.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// How many more there were than are kept.
    #[must_use]
    pub fn unsaid(&self) -> usize {
        self.unsaid
    }

    /// The texts that were read.
    #[must_use]
    pub fn sources(&self) -> &Sources {
        &self.sources
    }
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (nth, diagnostic) in self.diagnostics.iter().enumerate() {
            let line_break = if nth == 0 { "" } else { "\n" };
            write!(f, "{line_break}{}", Plain { diagnostic, sources: &self.sources })?;
        }
        if self.unsaid > 0 {
            write!(f, "\nand {} more", self.unsaid)?;
        }
        Ok(())
    }
}

impl std::error::Error for LoadError {}

/// A question that cannot be asked of this model.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum QueryError {
    /// It names something that the model does not have.
    #[error("{}{}", self.what_is_wrong(), hint(.near.as_deref(), .known))]
    Unknown {
        /// What was looked for: `party`, `task`, `component`, `dimension`, `value`, `entry`.
        what: &'static str,
        /// The name that was asked with.
        name: String,
        /// The known name nearest to it, if one is near.
        near: Option<String>,
        /// Every known name, where they are few.
        known: Vec<String>,
    },
    /// It leaves a dimension open where each needs a value.
    #[error("{}", self.what_is_wrong())]
    Open {
        /// The dimension.
        dimension: String,
    },
    /// It gives one dimension two values.
    #[error("{}", self.what_is_wrong())]
    TwoValues {
        /// The dimension.
        dimension: String,
    },
}

impl QueryError {
    /// What is wrong, without a suggestion.
    #[must_use]
    pub fn what_is_wrong(&self) -> String {
        match self {
            Self::Unknown { what, name, .. } => format!("unknown {what} `{name}`"),
            Self::Open { dimension } => format!("the dimension `{dimension}` is given no value"),
            Self::TwoValues { dimension } => format!("the dimension `{dimension}` is given two values"),
        }
    }

    /// The known name nearest to an unknown one, if one is near.
    #[must_use]
    pub fn near(&self) -> Option<&str> {
        match self {
            Self::Unknown { near, .. } => near.as_deref(),
            Self::Open { .. } | Self::TwoValues { .. } => None,
        }
    }
}

fn hint(near: Option<&str>, known: &[String]) -> String {
    match (near, known) {
        (Some(near), _) => format!("; did you mean `{near}`?"),
        (None, []) => String::new(),
        (None, known) => format!("; known are {}", known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")),
    }
}
