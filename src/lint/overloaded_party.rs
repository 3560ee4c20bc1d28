//! `overloaded-party`: a party that holds R or A of more than half of all there is to do.

use std::collections::{BTreeMap, HashMap};

use super::sets::Set;
use super::{Find, Finding, Lint};
use crate::document::Letter;
use crate::model::{DimensionId, Model, Party, PartyId, When};

/// So many different cells are weighed.
const MOST_CELLS: usize = 1_000_000;

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
    find: Find::Survey(|survey| {
        let (Some(ground), model) = (&survey.ground, survey.model()) else { return Vec::new() };
        let Some(classes) = ground.classes(MOST_CELLS) else { return vec![survey.too_many("overloaded-party")] };
        let mut loads: HashMap<PartyId, u128> = HashMap::new();
        let mut all = 0;
        let mut known: Vec<(Set, u128)> = Vec::new();
        let mut weight = |set: &Set| {
            if let Some((_, weight)) = known.iter().find(|(other, _)| other == set) {
                return *weight;
            }
            let weight = if set.is_never() { 0 } else { combinations(model, &ground.sets.when(set)) };
            known.push((set.clone(), weight));
            weight
        };
        for (cell, alike) in classes {
            let look = ground.look(cell);
            all += weight(&look.assigned) * alike as u128;
            let letters = [Letter::Responsible, Letter::Accountable];
            let mut bears: BTreeMap<PartyId, Set> = BTreeMap::new();
            for (party, when) in letters.into_iter().flat_map(|letter| look.letter(letter).parties()) {
                let known = bears.entry(party).or_insert_with(|| ground.sets.never());
                *known = known.or(&when);
            }
            for (party, when) in bears {
                *loads.entry(party).or_default() += weight(&when) * alike as u128;
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
