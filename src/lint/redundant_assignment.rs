//! `redundant-assignment`: an assignment without which every answer is the same.
//!
//! Tried from the last to the first, each without those already found, so that of two that say the same the first stays.

use std::collections::{HashMap, HashSet};

use super::survey::{SurveyedCase, SurveyedCell};
use super::{Find, Finding, Lint};
use crate::matrix::{Applying, Decided, Nobody, Outcome, Status};
use crate::model::{AssignmentId, PartyId};

pub(super) static LINT: Lint = Lint {
    name: "redundant-assignment",
    finds: "an assignment that takes part in an answer, and leaving it out changes none",
    why: "What follows from the rest need not be said again. Said twice, it must be changed twice, and the day it is \
          changed once the two disagree. The lint tries the assignments from the last to the first, so of two that say the \
          same the first stays. Where a repetition is there to cite another source, give that source to the assignment \
          that stays.",
    fires: &[(
        "model.yaml",
        "\
rasci: 1
id: incidents
parties: { customer: {}, helpdesk: {}, vendor: {} }
tasks:
  incident:
    assign: [{ A: customer, R: helpdesk }]
    tasks:
      log:
        title: Log the call
        assign: [{ R: helpdesk }]
      restore:
        title: Restore the service
        assign: [{ R: vendor }]
",
    )],
    mended: &[(
        "model.yaml",
        "\
rasci: 1
id: incidents
parties: { customer: {}, helpdesk: {}, vendor: {} }
tasks:
  incident:
    assign: [{ A: customer, R: helpdesk }]
    tasks:
      log:
        title: Log the call
      restore:
        title: Restore the service
        assign: [{ R: vendor }]
",
    )],
    find: Find::Cells(|survey| {
        let model = survey.model();
        let took_part: HashSet<AssignmentId> = survey.cases().flat_map(|(_, case)| survey.taking_part(case)).collect();
        let mut places: HashMap<AssignmentId, Vec<(&SurveyedCell, &SurveyedCase)>> = HashMap::new();
        for (cell, case) in survey.cases() {
            for applying in &case.applied {
                places.entry(applying.id).or_default().push((cell, case));
            }
        }
        let mut redundant: HashSet<AssignmentId> = HashSet::new();
        for (id, _) in model.assignments.iter().rev().filter(|(id, _)| took_part.contains(id)) {
            let same = |(cell, case): &(&SurveyedCell, &SurveyedCase)| {
                let stays = |one: &&Applying| one.id != id && !redundant.contains(&one.id);
                let without: Vec<Applying> = case.applied.iter().filter(stays).copied().collect();
                answer(&cell.view.decide_applied(model, &without)) == answer(&case.decided)
            };
            if places.get(&id).is_some_and(|places| places.iter().all(same)) {
                redundant.insert(id);
            }
        }
        let help = "Take it out; what it says follows from the others.";
        let found = model.assignments().filter(|(id, _)| redundant.contains(id));
        found.map(|(_, it)| Finding::at(it.span, "leaving this assignment out changes no answer".to_owned(), help)).collect()
    }),
};

/// What leaving an assignment out must not change: the status, and for each letter the set; a set that is empty on
/// purpose is another answer than silence.
fn answer(decided: &Decided) -> (Status, [(Vec<PartyId>, bool); 5]) {
    let set = |outcome: &Outcome| (outcome.parties().collect(), matches!(outcome, Outcome::Nobody(Nobody::Said, _)));
    (decided.status, decided.letters.each_ref().map(set))
}
