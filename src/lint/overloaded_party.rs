//! `overloaded-party`: a party that holds R or A of more than half of all there is to do.

use std::collections::HashMap;

use super::{Finding, Lint};
use crate::document::Letter;
use crate::matrix::Status;
use crate::model::{Model, PartyId, When};

pub(super) static LINT: Lint = Lint {
    name: "overloaded-party",
    finds: "a party named in R or A of more than half of the assigned cells",
    why: "Many R or A in one column of a responsibility matrix ask whether one party can do, or answer for, so much; and \
          whether it holds up everything else when it cannot. Half is a coarse measure, and a small organisation passes it \
          easily, so this lint is allowed unless a model raises it. Cells count as often as they are assigned: one that is \
          so in half of all combinations, by half.",
    fires: &[(
        "model.yaml",
        "\
rasci: 1
id: software
parties: { development: {}, testers: {}, operations: {} }
tasks:
  build: { assign: [{ A/R: development }] }
  test: { assign: [{ A/R: development, S: testers }] }
  run: { assign: [{ A/R: operations }] }
",
    )],
    mended: &[(
        "model.yaml",
        "\
rasci: 1
id: software
parties: { development: {}, testers: {}, operations: {} }
tasks:
  build: { assign: [{ A/R: development }] }
  test: { assign: [{ A/R: testers, S: development }] }
  run: { assign: [{ A/R: operations }] }
",
    )],
    find: |survey| {
        let model = survey.model();
        let mut loads: HashMap<PartyId, f64> = HashMap::new();
        let mut all = 0.0;
        for (cell, case) in survey.cases().filter(|(_, case)| case.status() == Status::Assigned) {
            let weight = share(model, &case.when) * f64::from(u32::try_from(cell.alike).unwrap_or(u32::MAX));
            all += weight;
            let mut named: Vec<PartyId> =
                [Letter::Responsible, Letter::Accountable].iter().flat_map(|letter| case.outcome(*letter).parties()).collect();
            named.sort_unstable();
            named.dedup();
            for party in named {
                *loads.entry(party).or_default() += weight;
            }
        }
        let overloaded =
            model.parties().filter_map(|(id, it)| loads.get(&id).filter(|load| **load > all / 2.0).map(|load| (it, *load)));
        let finding = |(it, load): (&crate::model::Party, f64)| {
            let percent = (load / all * 100.0).round();
            let message = format!("`{}` is responsible or accountable in {percent}% of all assigned cells", it.about.id);
            Finding::at(it.about.span, message, "Name its parts, or share the work with others.")
        };
        overloaded.map(finding).collect()
    },
};

/// The share of all combinations in which a case holds: its alternatives are disjoint.
fn share(model: &Model, when: &When) -> f64 {
    let part = |count: usize, of: usize| {
        f64::from(u32::try_from(count).unwrap_or(u32::MAX)) / f64::from(u32::try_from(of.max(1)).unwrap_or(u32::MAX))
    };
    let alternative = |values: &Vec<(_, Vec<usize>)>| {
        values.iter().map(|(id, values)| part(values.len(), model.dimension(*id).values.len())).product::<f64>()
    };
    if when.is_empty() { 1.0 } else { when.iter().map(alternative).sum() }
}
