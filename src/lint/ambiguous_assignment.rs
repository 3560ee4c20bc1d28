//! `ambiguous-assignment`: two settings that disagree, and neither stands within the other.
//!
//! The answer is still the one of rank; the author may not have meant it.

use super::ground::Ground;
use super::hits::{InCells, Needs, alone, letter_of, say, setting};
use super::look::says;
use super::memo::Memo;
use super::sets::Set;
use super::stands::{Place, Stand};
use super::{Find, Lint};
use crate::document::Letter;
use crate::matrix::{Cell, clauses};
use crate::model::{AssignmentId, ComponentId, Handle, PartyRef};

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
        // Found pair by pair instead.
        hits: |_, _, _| {},
        say: |told, message| {
            let letter = letter_of(&told.hit);
            say(message, &["two settings of ", letter, " disagree, and neither stands within the other, for"]);
        },
        help: "Say which is meant in an assignment that stands within both, or make one of the two narrower.",
        topmost: false,
        beside: alone,
        needs: Needs::Pairs,
    }),
};

/// What is worked out of a place is kept where more than so many stand there.
pub(super) const FEW: usize = 8;

/// What overrides a setting at a place: of a letter and a condition, and of a layer where it stands there itself.
pub(super) type Overriding = Memo<(Cell, Letter, u32, Option<u16>), Set>;

/// A setting of a letter at a place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setting {
    pub(super) at: Cell,
    pub(super) stand: Stand,
}

impl Ground<'_> {
    /// When two settings of a letter disagree in a cell that both apply to.
    pub(super) fn disagree(&self, pair: &[Setting; 2], letter: Letter, cell: Cell) -> Set {
        let [one, other] = pair;
        let differ = || {
            if self.is_same_scope(pair) {
                self.says_nobody(one, letter) != self.says_nobody(other, letter)
            } else {
                self.differ(pair, letter, cell.component)
            }
        };
        let when = self.meet(pair, cell);
        if when.is_never() || !differ() { self.sets.never() } else { self.both_stand(pair, letter, cell, when) }
    }

    /// When both of two settings apply to a cell, and neither stands within the other.
    fn meet(&self, pair: &[Setting; 2], cell: Cell) -> Set {
        let [one, other] = pair;
        let within = |one: &Setting, other: &Setting| {
            self.is_below(one.at, other.at) && self.holds(&one.stand).within(self.holds(&other.stand))
        };
        let when = self.holds(&one.stand).and(self.holds(&other.stand));
        if when.is_never() || (within(one, other) || within(other, one)) && !self.is_same_scope(pair) {
            return self.sets.never();
        }
        let when = when.and(&self.there(cell));
        if pair.iter().all(|setting| self.is_nearest(setting, cell)) { when } else { self.sets.never() }
    }

    /// Those of some combinations in which neither of two settings is overridden in a cell.
    fn both_stand(&self, pair: &[Setting; 2], letter: Letter, cell: Cell, when: Set) -> Set {
        pair.iter().fold(when, |when, setting| self.standing(setting, letter, cell, when))
    }

    /// Whether two settings have the same scope: they act together, as long as both name somebody or neither does.
    fn is_same_scope(&self, [one, other]: &[Setting; 2]) -> bool {
        one.at == other.at && self.holds(&one.stand) == self.holds(&other.stand)
    }

    /// Whether two settings of a letter come out as different sets at a component.
    fn differ(&self, pair: &[Setting; 2], letter: Letter, component: ComponentId) -> bool {
        let [one, other] = pair;
        if pair.iter().any(|setting| says(setting.stand.unsure, letter)) {
            let comes_out = |it: &Setting| setting(self, it.stand.id, letter, component);
            return comes_out(one) != comes_out(other);
        }
        // Of parties that are all named outright, as those of most are, none is missing in the other.
        let lacks = |one, other| self.named_by(one, letter).any(|party| self.named_by(other, letter).all(|it| it != party));
        lacks(one, other) || lacks(other, one)
    }

    /// Whom a setting names, as written.
    fn named_by(&self, setting: &Setting, letter: Letter) -> impl Iterator<Item = PartyRef> {
        clauses(self.model(), setting.stand.id, letter, false).flat_map(|clause| clause.parties.iter())
    }

    /// When an assignment's setting of a letter disagrees in a cell with one of an earlier assignment.
    pub(super) fn disagrees(&self, cause: AssignmentId, letter: Letter, cell: Cell) -> Set {
        let sets = |(at, place)| {
            let stands = self.stands.at(place).iter().filter(|stand| says(stand.sets, letter));
            stands.map(move |stand| Setting { at, stand: *stand })
        };
        let all: Vec<Setting> = self.places_above(cell).flat_map(sets).collect();
        let mut found = self.sets.never();
        let Some(own) = all.iter().find(|setting| setting.stand.id == cause) else { return found };
        let standing = self.standing(own, letter, cell, self.when(cause).and(&self.there(cell)));
        for other in all.iter().filter(|other| other.stand.id < cause) {
            if standing.within(&found) {
                break;
            }
            if self.holds(&other.stand).meets(&standing) {
                found = found.or(&self.disagree(&[*own, *other], letter, cell));
            }
        }
        found
    }

    /// Where two settings that come out alike at the cell where they meet may come out otherwise: at the components below at
    /// which a relation is named, or is a gap. Where one of them is overridden at the cell, it is so in all below.
    pub(super) fn differing_below(&self, pair: &[Setting; 2], letter: Letter, meet: Cell) -> Vec<ComponentId> {
        let [one, other] = pair;
        let may_change =
            pair.iter().any(|it| says(it.stand.unsure, letter)) && !self.named_by(one, letter).eq(self.named_by(other, letter));
        let both_stand = || !self.both_stand(pair, letter, meet, self.meet(pair, meet)).is_never();
        if !may_change || self.is_same_scope(pair) || self.differ(pair, letter, meet.component) || !both_stand() {
            return Vec::new();
        }
        let tells = |at: &ComponentId| {
            let component = self.model().component(*at);
            component.depth == 1 || !component.relations.is_empty()
        };
        self.components_below(meet.component).skip(1).map(ComponentId::new).filter(tells).collect()
    }

    /// Without the combinations in which a setting is overridden in a cell by what stands within it, place or condition.
    fn standing(&self, setting: &Setting, letter: Letter, cell: Cell, mut when: Set) -> Set {
        for (at, place) in self.places_between(cell, setting.at, letter) {
            if when.is_never() {
                break;
            }
            when = when.minus(&self.overriding(setting, letter, at, place));
        }
        when
    }

    /// Whether a setting at a place is in some combination not overridden by others there.
    pub(super) fn stands_at_place(&self, setting: &Setting, letter: Letter, place: &Place) -> bool {
        !self.holds(&setting.stand).within(&self.overriding(setting, letter, setting.at, place))
    }

    /// When something at a place, within the scope of a setting, overrides it there. Where much stands that is worked out once for
    /// all settings of a condition.
    fn overriding(&self, setting: &Setting, letter: Letter, at: Cell, place: &Place) -> Set {
        let (own, same) = (self.holds(&setting.stand), at == setting.at);
        let stands = self.stands.at(place);
        let work_out = || {
            let within = |other: &&Stand| {
                let others = self.holds(other);
                let apart = !same || others != own || other.layer > setting.stand.layer;
                says(other.sets, letter) && apart && others.within(own)
            };
            stands.iter().filter(within).fold(self.sets.never(), |all, other| all.or(self.holds(other)))
        };
        if stands.len() <= FEW {
            return work_out();
        }
        let layer = if same { Some(setting.stand.layer) } else { None };
        self.overriding.get((at, letter, setting.stand.when, layer), work_out)
    }

    /// Whether a setting says `[]`.
    fn says_nobody(&self, setting: &Setting, letter: Letter) -> bool {
        says(setting.stand.unsure, letter)
            && clauses(self.model(), setting.stand.id, letter, false).any(|clause| clause.parties.is_empty())
    }

    /// Whether a place is the nearest to a cell of all at which the assignment stands: it counts there only.
    fn is_nearest(&self, setting: &Setting, cell: Cell) -> bool {
        if setting.stand.alone {
            return true;
        }
        let (model, assignment) = (self.model(), self.model().assignment(setting.stand.id));
        let task = model.task_path(cell.task).find(|task| assignment.tasks.binary_search(task).is_ok());
        let component = self.component_path(cell.component).find(|it| assignment.components.binary_search(it).is_ok());
        task == Some(setting.at.task) && component == Some(setting.at.component)
    }
}
