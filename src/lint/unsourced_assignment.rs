//! `unsourced-assignment`: an assignment that does not say where it is written.

use super::{Find, Finding, Lint};

pub(super) static LINT: Lint = Lint {
    name: "unsourced-assignment",
    finds: "an assignment without a source",
    why: "Where is that written? An assignment without a source cannot say, and in a dispute it is only what the author of \
          the model thought. Raise this lint in a model that stands for contracts: `lints: { unsourced-assignment: deny \
          }`.",
    fires: &[(
        "model.yaml",
        "\
rasci: 1
id: service-contract
sources:
  contract: { title: Service contract, publisher: Example Ltd }
parties: { customer: {}, vendor: {} }
tasks:
  restore:
    title: Restore the service
    assign: [{ A: customer, R: vendor }]
",
    )],
    mended: &[(
        "model.yaml",
        "\
rasci: 1
id: service-contract
sources:
  contract: { title: Service contract, publisher: Example Ltd }
parties: { customer: {}, vendor: {} }
tasks:
  restore:
    title: Restore the service
    assign: [{ A: customer, R: vendor, source: { contract: clause 4 } }]
",
    )],
    find: Find::Model(|survey| {
        let bare = survey.model().assignments().filter(|(_, it)| it.citations.is_empty());
        let help = "Write `source: { SOURCE: \"the place in it\" }`.";
        bare.map(|(_, it)| Finding::at(it.span, "this assignment has no source".to_owned(), help)).collect()
    }),
};
