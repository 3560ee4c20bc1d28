//! `overloaded-party`: a party that holds R or A of more than half of all there is to do.

use super::loads::Loads;
use super::{Find, Finding, Lint};
use crate::model::Party;

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
        let Some(Loads { of_party, all }) = ground.loads() else { return vec![survey.too_many("overloaded-party")] };
        let overloaded =
            model.parties().filter_map(|(id, it)| Some((it, *of_party.get(&id)?))).filter(|(_, load)| load * 2 > all);
        let finding = |(it, load): (&Party, u128)| {
            let percent = (load * 200 + all) / (all * 2);
            let message = format!("`{}` is responsible or accountable in {percent}% of all assigned cells", it.about.id);
            Finding::at(it.about.span, message, "Name its parts, or share the work with others.")
        };
        overloaded.map(finding).collect()
    }),
};
