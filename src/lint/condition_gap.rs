//! `condition-gap`: a cell that says something in one combination of the context, and nothing in one beside it.

use std::collections::HashMap;

use super::{Find, Finding, Lint};
use crate::document::Letter;
use crate::matrix::{Decided, Outcome, Status};
use crate::model::{AssignmentId, Context};
use crate::words::{alternatives, cell_words};

pub(super) static LINT: Lint = Lint {
    name: "condition-gap",
    finds: "a cell unassigned in one combination and not in another that differs in one dimension",
    why: "An answer for some hours, priorities or contracts and none for the next is mostly a value that was forgotten, or \
          that was added to the context later. Nobody finds out before the night comes. Name the value, say `[]` where \
          nobody is meant, or write `when` on the task where it does not exist then.",
    fires: &[(
        "model.yaml",
        "\
rasci: 1
id: telephone
context: { hours: [office, evening, night] }
parties: { customer: {}, helpdesk: {}, vendor: {} }
tasks:
  answer-calls:
    title: Answer the telephone
    assign:
      - { when: { hours: office }, A: customer, R: helpdesk }
      - { when: { hours: evening }, A: customer, R: vendor }
",
    )],
    mended: &[(
        "model.yaml",
        "\
rasci: 1
id: telephone
context: { hours: [office, evening, night] }
parties: { customer: {}, helpdesk: {}, vendor: {} }
tasks:
  answer-calls:
    title: Answer the telephone
    assign:
      - { when: { hours: office }, A: customer, R: helpdesk }
      - { when: { hours: [evening, night] }, A: customer, R: vendor }
",
    )],
    find: Find::Cells(|survey| {
        let (policy, model) = (survey.policy, survey.model());
        let mut grouped: HashMap<AssignmentId, usize> = HashMap::new();
        let mut found: Vec<(AssignmentId, String, usize)> = Vec::new();
        for cell in &survey.cells {
            let space = cell.view.space(model, policy.matrix(), &Context::default());
            let decided: Vec<Decided> = space.combinations().map(|combination| cell.view.decide(model, &combination)).collect();
            let silent = |decided: &Decided| decided.status == Status::Unassigned;
            let says = |decided: &Decided| matches!(decided.status, Status::Assigned | Status::Nobody);
            let mut gaps = decided.iter().enumerate().filter(|(_, decided)| silent(decided));
            let first = gaps.find_map(|(gap, _)| {
                let beside = space.beside(gap).find_map(|beside| decided.get(beside).filter(|decided| says(decided)))?;
                Some((gap, cause(beside)?))
            });
            let Some((gap, cause)) = first else { continue };
            if let Some((.., count)) = grouped.get(&cause).and_then(|at| found.get_mut(*at)) {
                *count += cell.alike;
            } else {
                let values = alternatives(model, &vec![space.values(gap)]);
                grouped.insert(cause, found.len());
                found.push((cause, format!("{} is silent when {values}", cell_words(model, cell.cell())), cell.alike));
            }
        }
        let finding = |(cause, gap, count): (AssignmentId, String, usize)| {
            let more = match count - 1 {
                0 => String::new(),
                1 => ", and one more cell has such a gap".to_owned(),
                others => format!(", and {others} more cells have such a gap"),
            };
            let help = "Say who holds it then, or `[]` if nobody does; or write `when` on the task if it does not exist then.";
            Finding::at(model.assignment(cause).span, format!("{gap}{more}"), help)
        };
        found.into_iter().map(finding).collect()
    }),
};

/// The assignment that says something in the combination beside.
fn cause(decided: &Decided) -> Option<AssignmentId> {
    let because = Letter::ALL.into_iter().zip(&decided.letters).flat_map(|(_, outcome)| match outcome {
        Outcome::Held(holdings) => {
            holdings.iter().flat_map(|holding| &holding.because).map(|because| because.assignment).collect()
        }
        Outcome::Nobody(_, because) => because.iter().map(|because| because.assignment).collect::<Vec<_>>(),
        Outcome::Silent => Vec::new(),
    });
    because.min()
}
