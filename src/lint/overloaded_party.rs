//! `overloaded-party`: a party that holds R or A of more than half of all there is to do.

use std::collections::HashMap;

use super::{Find, Finding, Lint};
use crate::document::Letter;
use crate::matrix::Status;
use crate::model::{DimensionId, Model, Party, PartyId, When};

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
    find: Find::Cells(|survey| {
        let model = survey.model();
        let mut loads: HashMap<PartyId, u128> = HashMap::new();
        let mut all = 0;
        for (cell, case) in survey.cases().filter(|(_, case)| case.status() == Status::Assigned) {
            let weight = combinations(model, &case.when) * cell.alike as u128;
            all += weight;
            let mut named: Vec<PartyId> =
                [Letter::Responsible, Letter::Accountable].iter().flat_map(|letter| case.outcome(*letter).parties()).collect();
            named.sort_unstable();
            named.dedup();
            for party in named {
                *loads.entry(party).or_default() += weight;
            }
        }
        let overloaded = model.parties().filter_map(|(id, it)| Some((it, *loads.get(&id)?))).filter(|(_, load)| load * 2 > all);
        let finding = |(it, load): (&Party, u128)| {
            let percent = (load * 200 + all) / (all * 2);
            let message = format!("`{}` is responsible or accountable in {percent}% of all assigned cells", it.about.id);
            Finding::at(it.about.span, message, "Name its parts, or share the work with others.")
        };
        overloaded.map(finding).collect()
    }),
};

/// The number of combinations in which a case holds: its alternatives are disjoint. All of them are fewer than 2^63, so
/// that no sum over the cells of a model comes near the end of a `u128`.
fn combinations(model: &Model, when: &When) -> u128 {
    let of_alternative = |alternative: &[(DimensionId, Vec<usize>)]| {
        let allowed = |id: DimensionId| alternative.iter().find(|(named, _)| *named == id).map(|(_, values)| values.len());
        model.dimensions().map(|(id, it)| allowed(id).unwrap_or(it.values.len()) as u128).product::<u128>()
    };
    if when.is_empty() { of_alternative(&[]) } else { when.iter().map(|alternative| of_alternative(alternative)).sum() }
}
