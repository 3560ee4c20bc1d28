//! `similar-id`: two ids of different documents that differ by a slip: a later document may have meant to extend an
//! entry, and declared another.

use std::collections::HashMap;

use super::{Find, Finding, Lint};
use crate::model::About;
use crate::source::Span;

/// Shorter ids differ by one letter and mean different things.
const SHORTEST: usize = 5;

pub(super) static LINT: Lint = Lint {
    name: "similar-id",
    finds: "ids of different documents that differ by one edit, or only in `-`",
    why: "A document that extends another adds to an entry by its id. One slip, and it declares a new entry beside it: the \
          model loads, and what was written for one party goes to another that nobody else names, or an assignment that \
          was to replace another stands beside it. Ids that differ in a digit, as `level-1` and `level-2`, are told apart \
          on purpose, and short ones are not looked at.",
    fires: &[
        (
            "base.yaml",
            "\
rasci: 1
id: phone-system
parties: { customer: {}, helpdesk: {}, vendor: {} }
tasks:
  log: { assign: [{ A: customer, R: helpdesk }] }
  restore: { assign: [{ A: customer, R: vendor }] }
",
        ),
        (
            "site.yaml",
            "\
rasci: 1
id: phone-system-at-our-site
extends: base.yaml
parties:
  help-desk: { contact: { email: helpdesk@example.org } }
assignments:
  - { task: restore, S: help-desk }
",
        ),
    ],
    mended: &[
        (
            "base.yaml",
            "\
rasci: 1
id: phone-system
parties: { customer: {}, helpdesk: {}, vendor: {} }
tasks:
  log: { assign: [{ A: customer, R: helpdesk }] }
  restore: { assign: [{ A: customer, R: vendor }] }
",
        ),
        (
            "site.yaml",
            "\
rasci: 1
id: phone-system-at-our-site
extends: base.yaml
parties:
  helpdesk: { contact: { email: helpdesk@example.org } }
assignments:
  - { task: restore, S: helpdesk }
",
        ),
    ],
    find: Find::Model(|survey| {
        let model = survey.model();
        let mut found = Vec::new();
        // In one document no two layers declare anything.
        if survey.policy.sources().iter().count() < 2 {
            return found;
        }
        found.extend(similar("party", model.parties().map(|(_, it)| Declared::of(&it.about))));
        found.extend(similar("component", model.components().map(|(_, it)| Declared::of(&it.about))));
        found.extend(similar("task", model.tasks().map(|(_, it)| Declared::of(&it.about))));
        found.extend(similar("dimension", model.dimensions().map(|(_, it)| Declared { id: &it.id, span: it.span })));
        found.extend(similar("requirement", model.requirements().map(|(_, it)| Declared::of(&it.about))));
        found.extend(similar("source", model.cited_sources().map(|(_, it)| Declared::of(&it.about))));
        found.extend(similar("flow", model.flows().iter().map(|it| Declared::of(&it.about))));
        found.extend(similar("escalation", model.escalations().iter().map(|it| Declared { id: &it.id, span: it.span })));
        let named = model.assignments().filter_map(|(_, it)| Some(Declared { id: it.id?, span: it.span }));
        found.extend(similar("assignment", named));
        found
    }),
};

/// An id, and where it is declared.
#[derive(Clone, Copy)]
struct Declared<'m> {
    id: &'m str,
    span: Span,
}

impl<'m> Declared<'m> {
    fn of(about: &'m About) -> Self {
        Self { id: &about.id, span: about.span }
    }
}

/// Every pair of similar ids of a vocabulary, told at the later one: entries come in the order of the layers, which is
/// not that of the texts, since the document that extends another is read first.
///
/// Two words at one edit share a word that is either of them with at most one letter left out, so those are compared.
fn similar<'m>(what: &str, entries: impl Iterator<Item = Declared<'m>>) -> Vec<Finding> {
    let mut buckets: HashMap<String, Vec<Declared<'m>>> = HashMap::new();
    let mut found = Vec::new();
    for later in entries.filter(|later| later.id.len() >= SHORTEST) {
        let mut keys = vec![later.id.replace('-', ""), later.id.to_owned()];
        keys.extend(
            (0..later.id.len())
                .filter_map(|left_out| Some(format!("{}{}", later.id.get(..left_out)?, later.id.get(left_out + 1..)?))),
        );
        keys.sort_unstable();
        keys.dedup();
        let mut told: Vec<&str> = Vec::new();
        for key in keys {
            let others = buckets.entry(key).or_default();
            for other in others.iter().filter(|other| other.span.source != later.span.source && is_slip(other.id, later.id)) {
                if !told.contains(&other.id) {
                    told.push(other.id);
                    found.push(finding(what, *other, later));
                }
            }
            others.push(later);
        }
    }
    found
}

fn finding(what: &str, first: Declared<'_>, later: Declared<'_>) -> Finding {
    let message = format!("{what} `{}` is much like `{}` of another document", later.id, first.id);
    let help = format!("Write `{}` if that is meant; else give one of them another id.", first.id);
    Finding::at(later.span, message, help).related(first.span, "the other")
}

/// One edit apart, and not of a digit; or apart only in hyphens.
fn is_slip(one: &str, other: &str) -> bool {
    if one == other {
        return false;
    }
    if one.replace('-', "") == other.replace('-', "") {
        return true;
    }
    let same = |(a, b): &(char, char)| a == b;
    let start = one.chars().zip(other.chars()).take_while(same).count();
    let rest = |word: &str| word.len() - start;
    let end = one.chars().rev().zip(other.chars().rev()).take_while(same).count().min(rest(one)).min(rest(other));
    let edited = |word: &str| word.get(start..word.len() - end).unwrap_or_default().to_owned();
    let (a, b) = (edited(one), edited(other));
    a.len() <= 1 && b.len() <= 1 && !a.contains(|c: char| c.is_ascii_digit()) && !b.contains(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::is_slip;

    #[test]
    fn a_slip_is_one_edit_or_a_hyphen() {
        assert!(is_slip("helpdesk", "helpdesc"));
        assert!(is_slip("helpdesk", "help-desk"));
        assert!(is_slip("helpdesk", "helpdeskk"));
        assert!(is_slip("aabaa", "aaba"));
        assert!(!is_slip("level-1", "level-2"), "a digit tells entries apart");
        assert!(!is_slip("helpdesk", "heldpesk"), "two letters swapped are two edits");
        assert!(!is_slip("helpdesk", "helpdesk"));
    }
}
