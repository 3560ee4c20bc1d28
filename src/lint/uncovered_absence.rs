//! `uncovered-absence`: a day on which too few are there.
//!
//! What is lost on a day is lost on one on which an absence begins, so only those days need a look.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::persons::{Presence, persons};
use super::single_point::{first_lost, there};
use super::survey::Survey;
use super::{Find, Finding, Lint};
use crate::source::Span;
use crate::words::cell_words;

pub(super) static LINT: Lint = Lint {
    name: "uncovered-absence",
    finds: "a day on which a party has fewer persons than it needs, or no party of R, or of A, of a cell is there",
    why: "Work is given to teams and done by people, who have holidays. On a day on which nobody of the responsible or the \
          accountable party is there, or fewer persons than the party promises, the matrix is right and the telephone \
          rings all the same. A deputy who is there closes the gap.",
    fires: &[(
        "model.yaml",
        "\
rasci: 1
id: christmas
parties:
  customer: {}
  helpdesk:
    staff: { at-least: 2 }
    parties:
      ann: { kind: person, absent: [{ from: 2026-12-21, until: 2027-01-04 }] }
      bob: { kind: person }
  vendor: { parties: { cas: { kind: person } } }
tasks:
  answer-calls: { assign: [{ A: customer, R: helpdesk, S: vendor }] }
",
    )],
    mended: &[(
        "model.yaml",
        "\
rasci: 1
id: christmas
parties:
  customer: {}
  helpdesk:
    staff: { at-least: 2 }
    parties:
      ann: { kind: person, absent: [{ from: 2026-12-21, until: 2027-01-04, deputy: cas }] }
      bob: { kind: person }
  vendor: { parties: { cas: { kind: person } } }
tasks:
  answer-calls: { assign: [{ A: customer, R: helpdesk, S: vendor }] }
",
    )],
    find: Find::Survey(|survey| {
        let absences = survey.model().parties().flat_map(|(_, it)| &it.absences);
        let days: BTreeSet<(Date, Span)> = absences.map(|absence| (absence.from, absence.span)).collect();
        let mut found = Vec::new();
        let mut last = None;
        for (day, absence) in days {
            // Absences that begin on one day are one question, told at the first of them.
            if last.replace(day) != Some(day) {
                found.extend(short_of_staff(survey, day, absence));
                found.extend(uncovered(survey, day, absence));
            }
        }
        found
    }),
};

fn short_of_staff(survey: &Survey<'_>, day: Date, absence: Span) -> Vec<Finding> {
    let model = survey.model();
    let presence = Presence::on(model, day);
    let mut found = Vec::new();
    for (id, it) in model.parties() {
        let Some(least) = it.staff_at_least.map(|least| least as usize) else { continue };
        let here = there(survey, id, &presence);
        if here < least && persons(model, id).len() >= least {
            let message = format!("on {day} `{}` needs {least} persons and has {here}", it.about.id);
            found.push(Finding::at(absence, message, "Name a deputy, or move the absence.").related(it.about.span, "the party"));
        }
    }
    found
}

fn uncovered(survey: &Survey<'_>, day: Date, absence: Span) -> Option<Finding> {
    let presence = Presence::on(survey.model(), day);
    let (cell, letter) = first_lost(survey, &presence)?;
    let message = format!("on {day} nobody who is {} for {} is there", letter.word(), cell_words(survey.model(), cell));
    Some(Finding::at(absence, message, "Name a deputy who is there, or move the absence."))
}
