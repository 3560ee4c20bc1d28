//! One line a diagnostic, without the text drawn: for logs, and where the feature `render` is off.

use std::fmt;

use super::{Diagnostic, Severity};
use crate::source::Sources;

/// Shows a diagnostic as `file:line:column: error[name]: message`, its help on a line of its own.
#[derive(Debug)]
pub struct Plain<'a> {
    /// What to show.
    pub diagnostic: &'a Diagnostic,
    /// The texts its places lie in.
    pub sources: &'a Sources,
}

impl fmt::Display for Plain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Diagnostic { name, severity, message, span, help, .. } = self.diagnostic;
        if let Some(span) = span {
            let place = self.sources.place(*span);
            write!(f, "{}:{}:{}: ", place.file, place.start.line, place.start.column)?;
        }
        write!(f, "{severity}[{name}]: {message}")?;
        help.as_ref().map_or(Ok(()), |help| write!(f, "\n  help: {help}"))
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Severity::Error => "error",
            Severity::Deny => "deny",
            Severity::Warn => "warning",
        })
    }
}
