//! `accountable-and-informed`: who answers for the work is only told of it.

use super::hits::{InCells, Needs, beside_both, both, say_both};
use super::{Find, Lint};
use crate::document::Letter;

pub(super) static LINT: Lint = Lint {
    name: "accountable-and-informed",
    finds: "a party named in A and I of one cell",
    why: "To be informed is to be told, by \"just one-way communication\" (Wikipedia's article on responsibility assignment \
          matrices). Who answers for the work has a say in it and has to know of it anyway: the I is either superfluous, \
          or the A is not meant. The same article recommends at most one of the letters for each party and task, except A \
          with R.",
    fires: &[(
        "model.yaml",
        "\
rasci: 1
id: releases
parties:
  service-owner: { kind: role }
  operations: { kind: team }
  users: { title: End users, kind: role }
tasks:
  release:
    title: Bring a release into service
    assign:
      - { A: service-owner, R: operations, I: [service-owner, users] }
",
    )],
    mended: &[(
        "model.yaml",
        "\
rasci: 1
id: releases
parties:
  service-owner: { kind: role }
  operations: { kind: team }
  users: { title: End users, kind: role }
tasks:
  release:
    title: Bring a release into service
    assign:
      - { A: service-owner, R: operations, I: users }
",
    )],
    find: Find::Cells(InCells {
        hits: |_, look, hits| both(look, Letter::Accountable, Letter::Informed, hits),
        say: say_both,
        help: "Who answers for the work knows of it: take the party out of `I`, or out of `A`.",
        topmost: false,
        beside: beside_both,
        needs: Needs::Parties,
    }),
};
