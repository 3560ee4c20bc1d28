//! `duties`: what a party holds, at the highest uniform scope.
//!
//! Each fact is that a party is named in a letter: the party asked about, one that contains it, or one that it contains.
//! One list of blocks for each letter, way of holding and named party.

use std::collections::HashMap;

use super::holds::{How, related};
use crate::document::Letter;
use crate::matrix::{Block, Blocks, Cell, Outcome, Region, Status, cases};
use crate::model::{Context, PartyId, When};
use crate::policy::Policy;

/// A letter that a party holds in a block.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Duty {
    /// The letter.
    pub letter: Letter,
    /// In which way it is held.
    pub how: How,
    /// The named party that it is held through; none where the party itself is named.
    pub through: Option<PartyId>,
    /// Where.
    pub block: Block,
    /// When; none means always.
    pub when: When,
}

impl Policy {
    /// Everything that a party holds, in every way, at the highest uniform scope: by letter, way, named party and place.
    ///
    /// ```
    /// # use rasci::Policy;
    /// let policy = Policy::parse("model.yaml", "
    /// rasci: 1
    /// id: example
    /// parties: { helpdesk: {} }
    /// components: { sbc: {} }
    /// tasks: { incident: { assign: [{ A/R: helpdesk }], tasks: { log: {}, restore: {} } }, report: {} }
    /// ")?;
    /// let duties = policy.duties(policy.party("helpdesk")?);
    /// // Responsible and accountable for incidents with all below, everywhere: two entries.
    /// assert_eq!(duties.len(), 2);
    /// assert!(duties.iter().all(|duty| duty.block.task_below && duty.when.is_empty()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn duties(&self, party: PartyId) -> Vec<Duty> {
        let mut found = Vec::new();
        let mut survey = Survey { policy: self, known: HashMap::new() };
        let blocks = Blocks::new(self.model(), |cell| survey.of(cell).applicable.clone());
        for (how, named) in related(self.model(), party) {
            for letter in Letter::ALL {
                if !survey.names(letter, named) {
                    continue;
                }
                let uniform = blocks.uniform(|cell| survey.of(cell).named(letter, named));
                let through = (how != How::Named).then_some(named);
                found.extend(uniform.into_iter().map(|(block, when)| Duty { letter, how, through, block, when }));
            }
        }
        found.sort_by_key(|duty| (duty.letter, duty.how, duty.through));
        found
    }
}

/// When each cell is applicable and who is named in it. Cells that are alike are looked at once.
struct Survey<'p> {
    policy: &'p Policy,
    known: HashMap<Cell, Seen>,
}

/// When a cell is applicable, and when each party is named in each letter of it.
struct Seen {
    applicable: Region,
    named: HashMap<(Letter, PartyId), Region>,
}

impl Survey<'_> {
    fn of(&mut self, cell: Cell) -> &Seen {
        let policy = self.policy;
        self.known.entry(policy.matrix().representative(cell)).or_insert_with(|| Seen::new(policy, cell))
    }

    /// Whether the party is named in the letter of any cell looked at.
    fn names(&self, letter: Letter, party: PartyId) -> bool {
        self.known.values().any(|seen| seen.named.contains_key(&(letter, party)))
    }
}

impl Seen {
    fn new(policy: &Policy, cell: Cell) -> Self {
        let model = policy.model();
        let view = policy.view(cell);
        let space = view.space(model, policy.matrix(), &Context::default());
        let found = cases(&space, |combination| {
            let decided = view.decide(model, combination);
            let named = Letter::ALL.into_iter().zip(&decided.letters);
            let named = named.flat_map(|(letter, outcome)| Outcome::parties(outcome).map(move |party| (letter, party)));
            (decided.status != Status::NotApplicable, named.collect::<Vec<_>>())
        });
        let mut seen = Self { applicable: Region::Never, named: HashMap::new() };
        for (when, (applicable, named)) in found {
            let region = Region::of(model, &when);
            if applicable {
                seen.applicable = seen.applicable.or(&region);
            }
            for each in named {
                let known = seen.named.entry(each).or_insert(Region::Never);
                *known = known.or(&region);
            }
        }
        seen
    }

    fn named(&self, letter: Letter, party: PartyId) -> Region {
        self.named.get(&(letter, party)).cloned().unwrap_or(Region::Never)
    }
}

#[cfg(test)]
mod tests {
    use crate::matrix::Region;
    use crate::policy::Policy;

    #[test]
    fn a_set_is_what_its_when_says() {
        let text = "rasci: 1\nid: m\ncontext: { a: [x, y, z], b: [p, q] }\n";
        let policy = Policy::parse("model.yaml", text).map_err(|error| error.to_string());
        let model = policy.as_ref().map(Policy::model);
        let check = model.map(|model| {
            let ids: Vec<_> = model.dimensions().map(|(id, _)| id).collect();
            let [a, b] = ids[..] else { return false };
            let when = vec![vec![(a, vec![0, 2]), (b, vec![1])], vec![(a, vec![1])]];
            let region = Region::of(model, &when);
            let all = vec![vec![(b, vec![0, 1])]];
            region.when() == Some(when)
                && region.not().not() == region
                && region.or(&region.not()) == Region::Always
                && region.and(&region.not()).when().is_none()
                && region.within(&Region::Always)
                && !Region::Always.within(&region)
                && Region::of(model, &all) == Region::Always
        });
        assert_eq!(check, Ok(true));
    }
}
