//! `outranked-override`: a later document sets a letter, and earlier, narrower settings still decide.

use super::scope::Scope;
use super::survey::setting;
use super::{Find, Lint};
use crate::document::Letter;
use crate::matrix::{Applying, TakingPart, clauses};

pub(super) static LINT: Lint = Lint {
    name: "outranked-override",
    finds: "a setting of a later document where narrower settings of earlier ones decide, and say something else",
    why: "A document that extends another mostly means what it says to replace what it found. But task, component and \
          condition rank before the layer, so a narrower setting of the earlier document still decides, and the later \
          author, who may not know that it is there, gets another answer than the one just written.",
    fires: &[
        (
            "base.yaml",
            "\
rasci: 1
id: phone-system
parties: { customer: {}, helpdesk: {}, vendor: {} }
components: { back-end: {} }
tasks:
  restore:
    assign:
      - { A: customer, R: helpdesk }
      - { id: restore-back-end, component: back-end, R: vendor }
",
        ),
        (
            "in-house.yaml",
            "\
rasci: 1
id: phone-system-in-house
extends: base.yaml
parties: { operations: {} }
assignments:
  - { task: restore, R: operations }
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
components: { back-end: {} }
tasks:
  restore:
    assign:
      - { A: customer, R: helpdesk }
      - { id: restore-back-end, component: back-end, R: vendor }
",
        ),
        (
            "in-house.yaml",
            "\
rasci: 1
id: phone-system-in-house
extends: base.yaml
parties: { operations: {} }
assignments:
  - { task: restore, R: operations }
  - { id: restore-back-end, task: restore, component: back-end, S: vendor }
",
        ),
    ],
    find: Find::Cells(|survey| {
        let model = survey.model();
        survey.findings(
            |cell, case| {
                let mut hits = Vec::new();
                for letter in Letter::ALL {
                    let component = cell.cell().component;
                    let deciding = TakingPart::new(model, letter, &case.applied).deciding;
                    let mut decided: Vec<_> = deciding.iter().flat_map(|one| setting(model, one.id, letter, component)).collect();
                    decided.sort_unstable();
                    decided.dedup();
                    let outranked = |later: &&Applying| {
                        let scope = Scope::of(model, later);
                        let layer = model.assignment(later.id).layer;
                        clauses(model, later.id, letter, false).next().is_some()
                            && !deciding.is_empty()
                            && deciding.iter().all(|one| {
                                model.assignment(one.id).layer < layer && Scope::of(model, one).strictly_within(model, &scope)
                            })
                            && setting(model, later.id, letter, component) != decided
                    };
                    let letter = letter.as_str();
                    hits.extend(case.applied.iter().filter(outranked).map(|later| {
                        (later.id, format!("narrower settings of {letter} in an earlier document still decide for"))
                    }));
                }
                hits
            },
            "Name the task and component of those settings, or remove them by their ids, if this one was to replace them.",
        )
    }),
};
