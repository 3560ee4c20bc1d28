//! `ambiguous-assignment`: two settings that disagree, and neither stands within the other.
//!
//! The answer is still the one of rank; the author may not have meant it.

use super::ground::Ground;
use super::hits::{InCells, Needs, alone, letter_of, say, setting};
use super::look::says;
use super::sets::Set;
use super::stands::Stand;
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
        let [own, others] = pair.each_ref().map(|setting| self.holds(&setting.stand));
        let when = own.and(others).and(&self.there(cell));
        if when.is_never() || pair.iter().any(|setting| !self.is_nearest(setting, cell)) {
            return self.sets.never();
        }
        let differ = if one.at == other.at && own == others {
            self.says_nobody(one, letter) != self.says_nobody(other, letter)
        } else {
            self.differ(pair, letter, cell.component)
        };
        if !differ {
            return self.sets.never();
        }
        pair.iter().fold(when, |when, setting| self.standing(setting, letter, cell, when))
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

    /// Where two settings that come out alike at the component where they meet may come out otherwise: at those below at which a
    /// relation is named, or is a gap.
    pub(super) fn differing_below(&self, pair: &[Setting; 2], letter: Letter, meet: ComponentId) -> Vec<ComponentId> {
        let [one, other] = pair;
        let may_change =
            pair.iter().any(|it| says(it.stand.unsure, letter)) && !self.named_by(one, letter).eq(self.named_by(other, letter));
        if !may_change || self.differ(pair, letter, meet) {
            return Vec::new();
        }
        let tells = |at: &ComponentId| {
            let component = self.model().component(*at);
            component.depth == 1 || !component.relations.is_empty()
        };
        self.components_below(meet).skip(1).map(ComponentId::new).filter(tells).collect()
    }

    /// Without the combinations in which a setting is overridden in a cell by what stands within it, place or condition.
    fn standing(&self, setting: &Setting, letter: Letter, cell: Cell, mut when: Set) -> Set {
        let own = self.holds(&setting.stand);
        for (at, place) in self.places_between(cell, setting.at, letter) {
            for other in self.stands.at(place).iter().filter(|other| says(other.sets, letter)) {
                let others = self.holds(other);
                let within = setting.stand.always || others.within(own);
                if within && (at != setting.at || others != own || other.layer > setting.stand.layer) {
                    when = when.minus(others);
                }
            }
            if when.is_never() {
                break;
            }
        }
        when
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
