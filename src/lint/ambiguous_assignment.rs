//! `ambiguous-assignment`: two settings that disagree, and neither stands within the other.
//!
//! The answer is still the one of rank; the author may not have meant it.

use std::collections::HashSet;

use super::scope::Scope;
use super::survey::{SurveyedCase, SurveyedCell, setting};
use super::{Find, Finding, Lint};
use crate::document::Letter;
use crate::matrix::{Applying, clauses};
use crate::model::{AssignmentId, Model, PartyId};
use crate::words::{cell_words, when_words};

pub(super) static LINT: Lint = Lint {
    name: "ambiguous-assignment",
    finds: "two settings of a letter that disagree in a cell, where neither stands within the other",
    why: "The more specific setting decides, and that is easy to see where one stands within the other. Where two merely \
          cross (one names the component, the other the priority), rank decides all the same, component before condition; \
          but the two say different things, and a reader of either may not know of the other. Say outright what holds \
          where they cross.",
    fires: &[(
        "model.yaml",
        "\
rasci: 1
id: phone-system
context: { priority: [P1, P2, P3] }
parties: { customer: {}, helpdesk: {}, vendor: {}, crisis-team: {} }
components: { back-end: {} }
tasks:
  restore:
    title: Restore the service
    assign:
      - { A: customer, R: helpdesk }
      - { component: back-end, R: vendor }
      - { when: { priority: P1 }, R: crisis-team }
",
    )],
    mended: &[(
        "model.yaml",
        "\
rasci: 1
id: phone-system
context: { priority: [P1, P2, P3] }
parties: { customer: {}, helpdesk: {}, vendor: {}, crisis-team: {} }
components: { back-end: {} }
tasks:
  restore:
    title: Restore the service
    assign:
      - { A: customer, R: helpdesk }
      - { component: back-end, R: vendor }
      - { when: { priority: P1 }, R: crisis-team }
      - { component: back-end, when: { priority: P1 }, R: [vendor, crisis-team] }
",
    )],
    find: Find::Cells(|survey| {
        let model = survey.model();
        let mut told: HashSet<(Letter, AssignmentId, AssignmentId)> = HashSet::new();
        let mut found = Vec::new();
        for (cell, case) in survey.cases() {
            for letter in Letter::ALL {
                for (first, second) in conflicts(model, cell, case, letter) {
                    if !told.insert((letter, first, second)) {
                        continue;
                    }
                    let place = format!("{}{}", cell_words(model, cell.cell()), when_words(model, &case.when));
                    let message =
                        format!("two settings of {} disagree for {place}, and neither stands within the other", letter.as_str());
                    let help = "Say which is meant in an assignment that stands within both, or make one of the two narrower.";
                    found.push(
                        Finding::at(model.assignment(second).span, message, help)
                            .related(model.assignment(first).span, "the other"),
                    );
                }
            }
        }
        found
    }),
};

/// A setting of a letter: its scope, the parties it comes out as, and whether it says `[]`.
struct Setting<'m> {
    applying: Applying,
    scope: Scope<'m>,
    parties: Vec<PartyId>,
    nobody: bool,
}

/// The pairs of settings that conflict, in the order of the documents.
fn conflicts(model: &Model, cell: &SurveyedCell, case: &SurveyedCase, letter: Letter) -> Vec<(AssignmentId, AssignmentId)> {
    let sets = |applying: &&Applying| clauses(model, applying.id, letter, false).next().is_some();
    let settings: Vec<Setting<'_>> = case
        .applied
        .iter()
        .filter(sets)
        .map(|applying| Setting {
            applying: *applying,
            scope: Scope::of(model, applying),
            parties: setting(model, applying.id, letter, cell.cell().component),
            nobody: clauses(model, applying.id, letter, false).any(|clause| clause.parties.is_empty()),
        })
        .collect();
    let later = |one: &Setting<'_>, other: &Setting<'_>| {
        model.assignment(other.applying.id).layer > model.assignment(one.applying.id).layer
    };
    let overridden = |one: &&Setting<'_>| {
        settings.iter().any(|other| {
            other.scope.strictly_within(model, &one.scope) || (other.scope.same(model, &one.scope) && later(one, other))
        })
    };
    let standing: Vec<&Setting<'_>> = settings.iter().filter(|one| !overridden(one)).collect();
    let mut pairs = Vec::new();
    for (nth, one) in standing.iter().enumerate() {
        for other in standing.iter().skip(nth + 1) {
            let conflict =
                if one.scope.same(model, &other.scope) { one.nobody != other.nobody } else { one.parties != other.parties };
            if conflict {
                let (a, b) = (one.applying.id, other.applying.id);
                pairs.push((a.min(b), a.max(b)));
            }
        }
    }
    pairs
}
