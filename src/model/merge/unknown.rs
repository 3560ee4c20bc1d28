//! The errors of names that nothing declares: what was probably meant, or what there is.

use crate::diagnostic::{Diagnostic, Diagnostics, ErrorKind};
use crate::document::Name;
use crate::yaml::shortened;

/// The error of a name that is not declared.
pub(in crate::model) fn unknown<'n>(
    kind: ErrorKind,
    what: &str,
    name: &Name<'_>,
    known: impl IntoIterator<Item = &'n str>,
    sink: &Diagnostics,
) -> Diagnostic {
    /// So many names are easier to list than to look up.
    const LISTED: usize = 8;
    let unknown = Diagnostic::error(kind, name.span, format!("unknown {what} `{}`", shortened(&name.value)));
    if !sink.suggests() {
        return unknown.help(format!("Write a {what} that is declared, or declare this one."));
    }
    let known: Vec<&str> = known.into_iter().collect();
    let near = sink.suggest(&name.value, known.iter().copied());
    let listed = || known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    match known.len() {
        _ if near.is_some() => unknown.did_you_mean(near),
        _ if kind == ErrorKind::UnknownLint => {
            unknown.help("Take it out, or write the name of a lint; `rasci lints` lists them.")
        }
        0 => unknown.help(format!("No {what} is declared; declare this one, or leave it out.")),
        1..=LISTED => unknown.help(format!("Write one that is declared ({}), or declare this one.", listed())),
        count => unknown.help(format!("None of the {count} declared has a name like it; declare it, or write one of them.")),
    }
}

/// The error of a name to remove that no document before declares: what this one declares is not meant.
pub(super) fn unknown_before<'n>(
    kind: ErrorKind,
    what: &str,
    name: &Name<'_>,
    known: impl IntoIterator<Item = &'n str>,
    sink: &Diagnostics,
) -> Diagnostic {
    let message = format!("no earlier document declares {what} `{}`", shortened(&name.value));
    let unknown = Diagnostic::error(kind, name.span, message);
    match sink.suggest(&name.value, known) {
        None => unknown.help(format!("Leave it out: `remove` takes away each {what} that documents under `extends` declare.")),
        near => unknown.did_you_mean(near),
    }
}
