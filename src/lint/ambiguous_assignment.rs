//! `ambiguous-assignment`: two settings that disagree, and neither stands within the other.
//!
//! The answer is still the one of rank; the author may not have meant it.

use super::ground::Ground;
use super::hits::{InCells, Needs, Words, alone, setting};
use super::look::says;
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
        say: |_, _, hit| match hit.words {
            Words::Letter(letter) => {
                format!("two settings of {} disagree, and neither stands within the other, for", letter.as_str())
            }
            _ => String::new(),
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
        let whens = pair.each_ref().map(|setting| self.when(setting.stand.id));
        let [own, others] = &whens;
        let when = own.and(others).and(&self.there(cell));
        let same_scope = one.at == other.at && own == others;
        let differ = if same_scope {
            let [one, other] = pair.each_ref().map(|setting| self.says_nobody(setting, letter));
            one != other
        } else {
            let [one, other] = pair.each_ref().map(|it| setting(self.model(), it.stand.id, letter, cell.component));
            one != other
        };
        if when.is_never() || !differ || pair.iter().any(|setting| !self.is_nearest(setting, cell)) {
            return self.sets.never();
        }
        pair.iter().fold(when, |when, setting| self.standing(setting, letter, cell, when))
    }

    /// When an assignment's setting of a letter disagrees in a cell with one of an earlier assignment.
    pub(super) fn disagrees(&self, cause: AssignmentId, letter: Letter, cell: Cell) -> Set {
        let sets = |at: Cell, place: &Place| {
            let stands = self.stands.at(place).iter().filter(|stand| says(stand.sets, letter));
            stands.map(|stand| Setting { at, stand: *stand }).collect::<Vec<_>>()
        };
        let all: Vec<Setting> = self.places_above(cell).flat_map(|(at, place)| sets(at, place)).collect();
        let mut found = self.sets.never();
        let Some(own) = all.iter().find(|setting| setting.stand.id == cause) else { return found };
        let standing = self.standing(own, letter, cell, self.when(cause).and(&self.there(cell)));
        for other in all.iter().filter(|other| other.stand.id < cause) {
            if standing.within(&found) {
                break;
            }
            if self.when(other.stand.id).meets(&standing) {
                found = found.or(&self.disagree(&[*own, *other], letter, cell));
            }
        }
        found
    }

    /// Where two settings may come out otherwise: at a component where they meet, or else at those below at which a relation
    /// is named, or is a gap.
    pub(super) fn differing(&self, pair: &[Setting; 2], letter: Letter, meet: ComponentId) -> Vec<ComponentId> {
        let written = |it: &Setting| {
            let clauses = clauses(self.model(), it.stand.id, letter, false);
            clauses.flat_map(|clause| clause.parties.iter()).collect::<Vec<_>>()
        };
        let [one, other] = pair.each_ref().map(written);
        let relation = |party: &PartyRef| matches!(party, PartyRef::Relation(_));
        let comes_out = |it: &Setting| setting(self.model(), it.stand.id, letter, meet);
        let [own, others] = [&one, &other].map(|parties| parties.iter().any(relation));
        let mut components = vec![meet];
        if one != other && (own || others) && comes_out(&pair[0]) == comes_out(&pair[1]) {
            let tells = |at: &ComponentId| {
                let component = self.model().component(*at);
                component.depth == 1 || !component.relations.is_empty()
            };
            components.extend(self.components_below(meet).skip(1).map(ComponentId::new).filter(tells));
        }
        components
    }

    /// Without the combinations in which a setting is overridden in a cell by what stands within it, place or condition.
    fn standing(&self, setting: &Setting, letter: Letter, cell: Cell, mut when: Set) -> Set {
        let own = self.when(setting.stand.id);
        let model = self.model();
        let inside = |depths: (u32, u32)| {
            let (task, component) = (model.task(setting.at.task).depth, model.component(setting.at.component).depth);
            depths.0 >= task && depths.1 >= component
        };
        for (at, place) in self.places_above(cell) {
            if !says(place.sets, letter) || !inside((model.task(at.task).depth, model.component(at.component).depth)) {
                continue;
            }
            for other in self.stands.at(place).iter().filter(|other| says(other.sets, letter)) {
                let narrower = self.whens.get(other.id.place()).is_some_and(|others| {
                    let within = setting.stand.always || others.within(&own);
                    within && (at != setting.at || *others != own || other.rank.1 > setting.stand.rank.1)
                });
                if narrower {
                    when = when.minus(&self.when(other.id));
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
        clauses(self.model(), setting.stand.id, letter, false).any(|clause| clause.parties.is_empty())
    }

    /// Whether a place is the nearest to a cell of all at which the assignment stands: it counts there only.
    fn is_nearest(&self, setting: &Setting, cell: Cell) -> bool {
        let (model, assignment) = (self.model(), self.model().assignment(setting.stand.id));
        let task = || model.task_path(cell.task).find(|task| assignment.tasks.binary_search(task).is_ok());
        let component =
            || model.component_path(cell.component).find(|component| assignment.components.binary_search(component).is_ok());
        (assignment.tasks.len() == 1 || task() == Some(setting.at.task))
            && (assignment.components.len() == 1 || component() == Some(setting.at.component))
    }
}
