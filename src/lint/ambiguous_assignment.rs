//! `ambiguous-assignment`: two settings that disagree, and neither stands within the other.
//!
//! The answer is still the one of rank; the author may not have meant it.

use super::ground::Ground;
use super::hits::{Hit, InCells, Words, join, setting};
use super::look::{Look, Part};
use super::scope::Scope;
use super::sets::Set;
use super::{Find, Lint};
use crate::document::Letter;
use crate::matrix::{Cell, clauses};
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
            Words::Letter(letter) => {
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
    part: Part,
    scope: Scope<'m>,
    standing: Set,
    parties: Vec<PartyId>,
    nobody: bool,
}

/// The settings that conflict with an earlier one, each told once.
fn conflicts(ground: &Ground<'_>, look: &Look, letter: Letter, hits: &mut Vec<Hit>) {
    let settings = standing(ground, look.cell, letter);
    for one in &settings {
        let mut when = ground.sets.never();
        for other in settings.iter().filter(|other| other.part.id < one.part.id) {
            if one.standing.within(&when) {
                break;
            }
            if (look.asks(one.part.at) || look.asks(other.part.at)) && conflict(ground, one, other) {
                when = when.or(&one.standing.and(&other.standing));
            }
        }
        hits.push(Hit { cause: one.part.id, words: Words::Letter(letter), when });
    }
    join(hits);
}

/// The first setting that conflicts with the one that a finding is told at.
pub(super) fn partner(ground: &Ground<'_>, cell: Cell, letter: Letter, hit: &Hit) -> Option<AssignmentId> {
    let settings = standing(ground, cell, letter);
    let one = settings.iter().find(|one| one.part.id == hit.cause)?;
    let others = settings.iter().filter(|other| other.part.id < hit.cause && other.standing.meets(&one.standing));
    others.filter(|other| conflict(ground, one, other)).map(|other| other.part.id).min()
}

fn conflict(ground: &Ground<'_>, one: &Setting<'_>, other: &Setting<'_>) -> bool {
    if one.scope.same(ground.model(), &other.scope) { one.nobody != other.nobody } else { one.parties != other.parties }
}

/// The settings of a letter that nothing overrides in some combination.
///
/// A setting that always holds is overridden by whatever stands strictly inside its place, so those are taken off place
/// by place; of settings with conditions each is held against each.
fn standing<'m>(ground: &Ground<'m>, cell: Cell, letter: Letter) -> Vec<Setting<'m>> {
    let model = ground.model();
    let all = ground.settings(cell, letter);
    let depths = |at: Cell| (model.task(at.task).depth, model.component(at.component).depth);
    let mut places: Vec<(Cell, Set)> = Vec::new();
    for part in &all {
        match places.iter_mut().find(|(at, _)| *at == part.at) {
            Some((_, when)) => *when = when.or(&part.when),
            None => places.push((part.at, part.when.clone())),
        }
    }
    let inside = |at: Cell| {
        let (task, component) = depths(at);
        let inner = places.iter().filter(|(other, _)| *other != at && depths(*other).0 >= task && depths(*other).1 >= component);
        inner.fold(ground.sets.never(), |all, (_, when)| all.or(when))
    };
    let open: Vec<(Cell, Set)> = places.iter().map(|(at, _)| (*at, inside(*at))).collect();
    let is_always = |part: &Part| model.assignment(part.id).when.is_always();
    let layer = |part: &Part| model.assignment(part.id).layer;
    let overrides = |other: &Part, one: &Part| {
        let (inner, outer) = (Scope::of(model, other), Scope::of(model, one));
        inner.strictly_within(model, &outer) || (layer(other) > layer(one) && inner.same(model, &outer))
    };
    let mut settings = Vec::new();
    for part in &all {
        let mut standing = part.when.clone();
        if is_always(part)
            && let Some((_, inside)) = open.iter().find(|(at, _)| *at == part.at)
        {
            standing = standing.minus(inside);
        }
        // What is left to hold against it: of one that always holds, those of its own place.
        let others = all.iter().filter(|other| if is_always(part) { other.at == part.at } else { !is_always(other) });
        for other in others {
            if standing.is_never() {
                break;
            }
            if other.when.meets(&standing) && overrides(other, part) {
                standing = standing.minus(&other.when);
            }
        }
        if !standing.is_never() {
            let nobody = clauses(model, part.id, letter, false).any(|clause| clause.parties.is_empty());
            let parties = setting(model, part.id, letter, cell.component);
            settings.push(Setting { part: part.clone(), scope: Scope::of(model, part), standing, parties, nobody });
        }
    }
    settings
}
