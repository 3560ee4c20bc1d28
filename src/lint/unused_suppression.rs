//! `unused-suppression`: a comment that suppresses nothing.

use super::suppression::{Suppression, Suppressions};
use super::{Find, Finding, Lint};
use crate::diagnostic::{Edit, Mend, nearest};
use crate::document::LINTS;
use crate::source::Span;

pub(super) static LINT: Lint = Lint {
    name: "unused-suppression",
    finds: "a suppression that suppresses nothing",
    why: "A comment that suppresses what is not found says that something is wrong, on purpose, where nothing is: mostly \
          what it excused was mended, and it stayed. Worse is one that misses its finding by a slip, also in how it is \
          written: `# rasci allow` or `# rasci: alow`. Of a lint that is not shown anyway, a suppression is not judged.",
    fires: &[(
        "model.yaml",
        "\
rasci: 1
id: changes
parties: { service-owner: {}, operations: {} }
tasks:
  change:
    title: Carry out a change
    assign:
      # rasci: allow(duplicate-letter) because operations wants to be asked
      - { A: service-owner, R: operations }
",
    )],
    mended: &[(
        "model.yaml",
        "\
rasci: 1
id: changes
parties: { service-owner: {}, operations: {} }
tasks:
  change:
    title: Carry out a change
    assign:
      - { A: service-owner, R: operations }
",
    )],
    find: Find::Suppressions(found),
};

fn found(suppressions: &Suppressions) -> Vec<Finding> {
    let Suppressions { all, own, shown } = suppressions;
    let mut found = Vec::new();
    for suppression in all {
        if suppression.lints.is_empty() {
            found.push(not_written(suppression));
            continue;
        }
        for (lint, place) in &suppression.lints {
            if !LINTS.iter().any(|(known, _)| known == lint) {
                found.push(unknown(lint, *place));
            } else if suppression.entry.is_none() {
                let help = "Put it at the end of the line in which the entry begins, or on a line directly above.";
                found.push(Finding::at(suppression.span, "a suppression that stands at no entry".to_owned(), help));
            } else if suppression.span.source == *own
                && shown.contains(&lint.as_str())
                && !suppression.used.contains(&lint.as_str())
            {
                // What a document suppresses that this one extends is judged where that is checked.
                let message = format!("no finding of `{lint}` is suppressed here");
                found.push(Finding::at(*place, message, "Take the suppression out."));
            }
        }
    }
    found
}

/// A comment that was to suppress something, as far as can be seen, and does not read so.
fn not_written(suppression: &Suppression) -> Finding {
    let message = "a comment for `rasci` that is no suppression, and suppresses nothing".to_owned();
    let lints = if suppression.meant.is_empty() { "LINT".to_owned() } else { suppression.meant.join(", ") };
    let reason = suppression.because.as_deref().unwrap_or("because REASON");
    let written = format!("# rasci: allow({lints}) {reason}");
    let mut finding = Finding::at(suppression.span, message, format!("Write `{written}`."));
    // Without a lint and a reason it would be reported again.
    if !suppression.meant.is_empty() && suppression.because.is_some() {
        let edits = vec![Edit { span: suppression.span, replacement: written.clone() }];
        finding.mend = Some(Mend::possible(format!("write `{written}`"), edits));
    }
    finding
}

fn unknown(lint: &str, place: Span) -> Finding {
    let near = nearest(lint, LINTS.iter().map(|(known, _)| *known));
    let help = near.map_or_else(|| "`rasci lints` shows those there are.".to_owned(), |near| format!("Did you mean `{near}`?"));
    let mut finding = Finding::at(place, format!("there is no lint `{lint}`"), help);
    let write = |near: &str| Mend::certain(format!("write `{near}`"), vec![Edit { span: place, replacement: near.to_owned() }]);
    finding.mend = near.map(write);
    finding
}
