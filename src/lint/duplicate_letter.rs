//! `duplicate-letter`: a party that holds a weaker letter beside a stronger one.

use super::hits::{InCells, Needs, beside_both, both, say_both};
use super::{Find, Lint};
use crate::document::Letter;

/// The stronger letter says what the weaker one would.
pub(super) const PAIRS: [(Letter, Letter); 6] = [
    (Letter::Responsible, Letter::Support),
    (Letter::Responsible, Letter::Consulted),
    (Letter::Responsible, Letter::Informed),
    (Letter::Support, Letter::Consulted),
    (Letter::Support, Letter::Informed),
    (Letter::Consulted, Letter::Informed),
];

pub(super) static LINT: Lint = Lint {
    name: "duplicate-letter",
    finds: "a party named in both of R and S, R and C, R and I, S and C, S and I, or C and I of one cell",
    why: "Each of R, S, C and I says how far a party is drawn into the work, and the stronger one contains what the weaker \
          says: who does the work need not be asked about it. \"Where more than one participation type is shown, this \
          generally implies that participation has not yet been fully resolved\", says Wikipedia's article on \
          responsibility assignment matrices. A and R together are common, and not reported.",
    fires: &[(
        "model.yaml",
        "\
rasci: 1
id: changes
parties:
  service-owner: { kind: role }
  operations: { kind: team }
  security: { title: Security officers, kind: team }
tasks:
  change:
    title: Carry out a change
    assign:
      - { A: service-owner, R: operations, C: [operations, security] }
",
    )],
    mended: &[(
        "model.yaml",
        "\
rasci: 1
id: changes
parties:
  service-owner: { kind: role }
  operations: { kind: team }
  security: { title: Security officers, kind: team }
tasks:
  change:
    title: Carry out a change
    assign:
      - { A: service-owner, R: operations, C: security }
",
    )],
    find: Find::Cells(InCells {
        hits: |_, look, hits| PAIRS.iter().for_each(|(stronger, weaker)| both(look, *stronger, *weaker, hits)),
        say: say_both,
        help: "Leave the party in the letter that says more, and take it out of the other.",
        topmost: false,
        beside: beside_both,
        needs: Needs::Parties,
    }),
};
