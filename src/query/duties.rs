//! `duties`: what a party holds, at the highest uniform scope.
//!
//! Each fact is that a party is named in a letter: the party asked about, one that contains it, or one that it contains.
//! One list of blocks for each letter, way of holding and named party.

use super::holds::{How, related};
use super::survey::{Asked, Survey};
use crate::document::Letter;
use crate::matrix::{Because, Block, Decided, Holding};
use crate::model::{Context, PartyId, When};
use crate::policy::Policy;

/// A letter that a party holds in a block.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Duty {
    /// The letter.
    pub letter: Letter,
    /// In which way it is held.
    pub how: How,
    /// The named party that it is held through; none where the party itself is named. On a day, a person who stands in
    /// for one that is absent holds through that one.
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
        self.duties_asked(party, &How::ALL, None, &Asked::default())
    }

    /// What a party holds in these ways, in these letters, in a context and on a day; of what is owed `towards` a party,
    /// only that.
    ///
    /// ```
    /// # use rasci::{How, Policy, query::Asked};
    /// let policy = Policy::parse("model.yaml", "
    /// rasci: 1
    /// id: example
    /// parties: { helpdesk: {}, users: {} }
    /// tasks: { restore: { assign: [{ R: helpdesk, towards: users }] }, report: { assign: [{ R: helpdesk }] } }
    /// ")?;
    /// let (helpdesk, users) = (policy.party("helpdesk")?, policy.party("users")?);
    /// let owed = policy.duties_asked(helpdesk, &[How::Named], Some(users), &Asked::default());
    /// assert_eq!(owed.len(), 1);
    /// assert_eq!(owed[0].block.task, policy.task("restore")?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn duties_asked(&self, party: PartyId, ways: &[How], towards: Option<PartyId>, asked: &Asked) -> Vec<Duty> {
        let survey = Survey::new(self, &asked.context);
        let owed = |holding: &Holding| {
            let towards_it = |because: &Because| {
                towards.is_none_or(|towards| self.model().assignment(because.assignment).towards.contains(&towards))
            };
            holding.because.iter().any(towards_it)
        };
        let mut found = Vec::new();
        for (how, named) in related(self.model(), party, asked.on).into_iter().filter(|(how, _)| ways.contains(how)) {
            for letter in asked.letters_of(&Letter::ALL) {
                let holds = |decided: &Decided| {
                    decided.outcome(letter).holdings().iter().any(|holding| holding.party == named && owed(holding))
                };
                let through = (named != party).then_some(named);
                let uniform = survey.uniform(holds);
                found.extend(uniform.into_iter().map(|(block, when)| Duty { letter, how, through, block, when }));
            }
        }
        found.sort_by_key(|duty| (duty.letter, duty.how, duty.through));
        found
    }

    /// Why a party holds what it holds: for each of these duties, which were asked for in a context, the assignments that put
    /// the named party there.
    ///
    /// ```
    /// # use rasci::Policy;
    /// let policy = Policy::load("policies/anywherenow/operating-model-2.yaml")?;
    /// let party = policy.party("l1-support")?;
    /// let duties = policy.duties(party);
    /// assert!(policy.why_duties(party, &duties, &rasci::Context::default()).iter().all(|because| !because.is_empty()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn why_duties(&self, party: PartyId, duties: &[Duty], context: &Context) -> Vec<Vec<Because>> {
        let survey = Survey::new(self, context);
        let why = |duty: &Duty| {
            let named = duty.through.unwrap_or(party);
            survey.behind(duty.block, &duty.when, |decided| {
                let holdings = decided.outcome(duty.letter).holdings().iter();
                holdings.filter(|holding| holding.party == named).flat_map(|holding| holding.because.clone()).collect()
            })
        };
        duties.iter().map(why).collect()
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
