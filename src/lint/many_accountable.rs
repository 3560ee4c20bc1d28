//! `many-accountable`: work that several answer for, so that in the end nobody does.

use super::hits::{Hit, InCells, Needs, Words, apart, join, names, say};
use super::{Find, Lint};
use crate::document::Letter;

pub(super) static LINT: Lint = Lint {
    name: "many-accountable",
    finds: "an assigned cell with two or more parties in A",
    why: "What several answer for, each may leave to the others. \"There must be only one accountable specified for each \
          task or deliverable\", says Wikipedia's article on responsibility assignment matrices; in ITIL v3 only one A \
          stands in a row. Often two assignments of the same scope act together where one was meant to be narrower.",
    fires: &[(
        "model.yaml",
        "\
rasci: 1
id: phone-system
parties: { customer: {}, helpdesk: {}, vendor: {} }
components:
  back-end: { title: Back-end run by the vendor }
tasks:
  restore:
    title: Restore the service
    assign:
      - { A: customer, R: helpdesk }
      - { A: vendor }
      - { component: back-end, R: vendor }
",
    )],
    mended: &[(
        "model.yaml",
        "\
rasci: 1
id: phone-system
parties: { customer: {}, helpdesk: {}, vendor: {} }
components:
  back-end: { title: Back-end run by the vendor }
tasks:
  restore:
    title: Restore the service
    assign:
      - { A: customer, R: helpdesk }
      - { component: back-end, A/R: vendor }
",
    )],
    find: Find::Cells(InCells {
        hits: |ground, look, hits| {
            if !look.asks_of(Letter::Accountable) {
                return;
            }
            let named = look.named(Letter::Accountable);
            for one in named {
                let mut when = ground.sets.never();
                for other in named.iter().filter(|other| other.id <= one.id && other.party != one.party) {
                    if one.when.within(&when) {
                        break;
                    }
                    if look.asks(one.at) || look.asks(other.at) {
                        when = when.or(&other.when.and(&one.when));
                    }
                }
                hits.push(Hit { cause: one.id, words: OF_A, when });
            }
            join(hits);
        },
        say: |told, message| {
            let parties = told.look().parties(Letter::Accountable);
            let together = apart(&parties, &told.hit.when).into_iter().map(|(parties, _)| parties).max_by_key(Vec::len);
            say(message, &[&names(told.ground.model(), &together.unwrap_or_default()), " are accountable for"]);
        },
        help: "Choose the one that answers for it; the others may be `R`, `S` or `C`.",
        topmost: false,
        beside: |told| {
            let (look, hit) = (told.look(), &told.hit);
            let named = || look.named(Letter::Accountable).iter();
            let own = |party| named().any(|named| named.id == hit.cause && named.party == party);
            let others = named().filter(|named| named.id < hit.cause && named.when.meets(&hit.when) && !own(named.party));
            others.map(|named| named.id).min().map(|id| (id, "says that another is"))
        },
        needs: Needs::Places,
    }),
};

const OF_A: Words = Words::Letter(Letter::Accountable);
