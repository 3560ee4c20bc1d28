//! `ambiguous-assignment`: two settings that disagree, and neither stands within the other.
//!
//! The answer is still the one of rank; the author may not have meant it.

use super::ground::Ground;
use super::look::Look;
use super::scope::Scope;
use super::sets::Set;
use super::survey::{Hit, InCells, Words, setting};
use super::{Find, Lint};
use crate::document::Letter;
use crate::matrix::clauses;
use crate::model::{AssignmentId, PartyId};

pub(super) static LINT: Lint = Lint {
    name: "ambiguous-assignment",
    finds: "two settings of a letter that disagree in a cell, where neither stands within the other",
    why: "The more specific setting decides, and that is easy to see where one stands within the other. Where two merely \
          cross (one names the component, the other the priority), rank decides all the same, component before condition; \
          but the two say different things, and a reader of either may not know of the other. Say outright what holds \
          where they cross.",
    fires: &[(
        "model.yaml",
        "\
rasci: 1
id: phone-system
context: { priority: [P1, P2, P3] }
parties: { customer: {}, helpdesk: {}, vendor: {}, crisis-team: {} }
components: { back-end: {} }
tasks:
  restore:
    title: Restore the service
    assign:
      - { A: customer, R: helpdesk }
      - { component: back-end, R: vendor }
      - { when: { priority: P1 }, R: crisis-team }
",
    )],
    mended: &[(
        "model.yaml",
        "\
rasci: 1
id: phone-system
context: { priority: [P1, P2, P3] }
parties: { customer: {}, helpdesk: {}, vendor: {}, crisis-team: {} }
components: { back-end: {} }
tasks:
  restore:
    title: Restore the service
    assign:
      - { A: customer, R: helpdesk }
      - { component: back-end, R: vendor }
      - { when: { priority: P1 }, R: crisis-team }
      - { component: back-end, when: { priority: P1 }, R: [vendor, crisis-team] }
",
    )],
    find: Find::Cells(InCells {
        hits: |ground, look, hits| {
            for letter in Letter::ALL {
                conflicts(ground, look, letter, hits);
            }
        },
        say: |_, _, hit| match hit.words {
            Words::Against(letter, _) => {
                format!("two settings of {} disagree, and neither stands within the other, for", letter.as_str())
            }
            _ => String::new(),
        },
        help: "Say which is meant in an assignment that stands within both, or make one of the two narrower.",
        topmost: false,
        outranked: true,
    }),
};

/// A setting of a letter: its scope, when nothing overrides it, the parties it comes out as, and whether it says `[]`.
struct Setting<'m> {
    id: AssignmentId,
    scope: Scope<'m>,
    layer: u32,
    standing: Set,
    parties: Vec<PartyId>,
    nobody: bool,
}

/// The pairs of settings that conflict, told at the later one.
fn conflicts(ground: &Ground<'_>, look: &Look, letter: Letter, hits: &mut Vec<Hit>) {
    let model = ground.model();
    let all = ground.settings(look.cell, letter);
    let mut settings: Vec<Setting<'_>> = (all.into_iter())
        .map(|part| Setting {
            id: part.id,
            scope: Scope::of(model, &part),
            layer: model.assignment(part.id).layer,
            parties: setting(model, part.id, letter, look.cell.component),
            nobody: clauses(model, part.id, letter, false).any(|clause| clause.parties.is_empty()),
            standing: part.when,
        })
        .collect();
    let whens: Vec<Set> = settings.iter().map(|one| one.standing.clone()).collect();
    let overrides = |other: &Setting<'_>, one: &Setting<'_>| {
        other.scope.strictly_within(model, &one.scope) || (other.layer > one.layer && other.scope.same(model, &one.scope))
    };
    let standing: Vec<Set> = (settings.iter())
        .map(|one| {
            let over = settings.iter().zip(&whens).filter(|(other, when)| when.meets(&one.standing) && overrides(other, one));
            over.fold(one.standing.clone(), |standing, (_, when)| standing.minus(when))
        })
        .collect();
    settings.iter_mut().zip(standing).for_each(|(one, standing)| one.standing = standing);
    settings.retain(|one| !one.standing.is_never());
    for (nth, one) in settings.iter().enumerate() {
        for other in settings.iter().skip(nth + 1) {
            let when = one.standing.and(&other.standing);
            let conflict = || {
                if one.scope.same(model, &other.scope) { one.nobody != other.nobody } else { one.parties != other.parties }
            };
            if !when.is_never() && conflict() {
                let (first, second) = (one.id.min(other.id), one.id.max(other.id));
                hits.push(Hit { cause: second, words: Words::Against(letter, first), when });
            }
        }
    }
}
