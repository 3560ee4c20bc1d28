//! `outranked-override`: a later document sets a letter, and earlier, narrower settings still decide.

use super::hits::{Hit, InCells, Needs, Words, apart, deciding, join, letter_of, say, setting};
use super::look::Part;
use super::scope::Scope;
use super::sets::Set;
use super::{Find, Lint};
use crate::model::PartyId;

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
    find: Find::Cells(InCells {
        hits: |ground, look, hits| {
            let model = ground.model();
            let component = look.cell.component;
            if ground.one_layer {
                return;
            }
            for (letter, taking) in look.letters() {
                let layer = |id| model.assignment(id).layer;
                let Some(first) = taking.settings.iter().map(|part| layer(part.id)).min() else { continue };
                let all = ground.settings(look.cell, letter);
                for later in all.iter().filter(|later| layer(later.id) > first) {
                    let narrower = |part: &&Part| {
                        layer(part.id) < layer(later.id)
                            && Scope::of(model, part).strictly_within(model, &Scope::of(model, later))
                    };
                    let (earlier, others): (Vec<&Part>, Vec<&Part>) = taking.settings.iter().partition(narrower);
                    let meets = |parts: &[&Part], when: &Set| parts.iter().any(|part| part.when.meets(when));
                    let mut when = earlier.iter().fold(ground.sets.never(), |all, part| all.or(&part.when)).and(&later.when);
                    if meets(&others, &when) {
                        when = others.iter().fold(when, |when, part| when.minus(&part.when));
                    }
                    // The sets that come out differ from combination to combination where those that decide do.
                    let own = setting(ground, later.id, letter, component);
                    let mut decided: Vec<(PartyId, Set)> = Vec::new();
                    for part in &earlier {
                        let parties = setting(ground, part.id, letter, component);
                        decided.extend(parties.into_iter().map(|party| (party, part.when.clone())));
                    }
                    decided.sort_by_key(|(party, _)| *party);
                    let same = apart(&decided, &when).into_iter().filter(|(parties, _)| {
                        let mut parties = parties.clone();
                        parties.dedup();
                        parties == own
                    });
                    let when = same.fold(when.clone(), |when, (_, same)| when.minus(&same));
                    if !when.is_never() {
                        hits.push(Hit { cause: later.id, words: Words::Letter(letter), when });
                    }
                }
            }
            join(hits);
        },
        say: |told, message| {
            let letter = letter_of(&told.hit);
            say(message, &["narrower settings of ", letter, " in an earlier document still decide for"]);
        },
        help: "Name the task and component of those settings, or remove them by their ids, if this one was to replace them.",
        topmost: false,
        beside: |told| Some((deciding(told, |_| true)?, "still decides")),
        needs: Needs::Places,
    }),
};
