//! `gaps`: where nobody is responsible, or nobody accountable, and why; `impact`: where that would be so without a party.

use std::collections::HashSet;

use super::survey::{Asked, Survey, because};
use crate::document::Letter;
use crate::matrix::{Because, Block, Decided, Nobody, Outcome};
use crate::model::{PartyId, Presence, When};
use crate::policy::Policy;

/// Without one of these letters a task is not done, or nobody answers for it.
const NEEDED: [Letter; 2] = [Letter::Responsible, Letter::Accountable];

/// Applicable cells in which R or A has no party, at the highest uniform scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// R or A.
    pub letter: Letter,
    /// Why nobody holds it.
    pub why: GapWhy,
    /// Where.
    pub block: Block,
    /// When; none means always.
    pub when: When,
    /// The parties that hold the letter and are not there on the day asked about; none without a day.
    pub missing: Vec<PartyId>,
    /// What says so: nothing where the model is silent.
    pub because: Vec<Because>,
}

/// Why R or A has no party.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GapWhy {
    /// The model is silent.
    Silent,
    /// Nobody holds it, said on purpose: `[]`.
    Nobody,
    /// The `$relation` that decides stands for nobody.
    Unresolved,
    /// Those who hold it are not there on the day asked about.
    Absent,
}

impl GapWhy {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Silent, Self::Nobody, Self::Unresolved, Self::Absent];

    /// The word that front ends show.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Silent => "silent",
            Self::Nobody => "nobody",
            Self::Unresolved => "unresolved",
            Self::Absent => "absent",
        }
    }

    pub(super) fn of(outcome: &Outcome, presence: &Presence<'_>) -> Option<Self> {
        match outcome {
            Outcome::Silent => Some(Self::Silent),
            Outcome::Nobody(Nobody::Said, _) => Some(Self::Nobody),
            Outcome::Nobody(Nobody::Unresolved, _) => Some(Self::Unresolved),
            Outcome::Held(_) => presence.lacks_all(outcome.parties()).then_some(Self::Absent),
        }
    }
}

/// What breaks when a party leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Impact {
    /// Who leaves: the party and all its parts, in declared order. Members stay, they are declared elsewhere.
    pub gone: Vec<PartyId>,
    /// Where no party of R, or of A, is there any more, at the highest uniform scope.
    pub losses: Vec<Loss>,
}

/// Cells whose R, or A, is lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loss {
    /// R or A.
    pub letter: Letter,
    /// Where.
    pub block: Block,
    /// When; none means always.
    pub when: When,
    /// Who holds the letter there, as named.
    pub parties: Vec<PartyId>,
    /// The assignments that say so.
    pub because: Vec<Because>,
}

impl Policy {
    /// Every gap: applicable cells in which R or A has no party, at the highest uniform scope, by letter, reason and place.
    /// On a day also where none of those who hold the letter is there.
    ///
    /// ```
    /// # use rasci::{Letter, Policy, query::{Asked, GapWhy}};
    /// let policy = Policy::parse("model.yaml", "
    /// rasci: 1
    /// id: example
    /// parties: { helpdesk: {} }
    /// tasks: { restore: { assign: [{ R: helpdesk }], tasks: { log: {} } }, report: { assign: [{ A/R: [] }] } }
    /// ")?;
    /// let gaps = policy.gaps(&Asked { letters: vec![Letter::Accountable], ..Asked::default() });
    /// let [silent, nobody] = &gaps[..] else { panic!("two gaps") };
    /// assert_eq!((silent.why, silent.block.task), (GapWhy::Silent, policy.task("restore")?));
    /// assert_eq!((nobody.why, nobody.because.len()), (GapWhy::Nobody, 1));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn gaps(&self, asked: &Asked) -> Vec<Gap> {
        self.gaps_in(&Survey::new(self, &asked.context), asked, &GapWhy::ALL)
    }

    /// The gaps of these reasons in what was seen.
    pub(super) fn gaps_in(&self, survey: &Survey<'_>, asked: &Asked, reasons: &[GapWhy]) -> Vec<Gap> {
        let presence = Presence::new(self.model(), asked.on);
        let mut gaps = Vec::new();
        for letter in asked.letters_of(&NEEDED) {
            for why in reasons.iter().copied() {
                let is_gap = |decided: &Decided| GapWhy::of(decided.outcome(letter), &presence) == Some(why);
                for (block, when) in survey.uniform(is_gap) {
                    let of_gap = |decided: &Decided| is_gap(decided).then(|| decided.outcome(letter).clone());
                    let missing =
                        survey.behind(block, &when, |decided| of_gap(decided).map_or(Vec::new(), |it| it.parties().collect()));
                    let because = survey.behind(block, &when, |decided| of_gap(decided).map_or(Vec::new(), |it| because(&it)));
                    gaps.push(Gap { letter, why, block, when, missing, because });
                }
            }
        }
        gaps
    }

    /// What breaks when a party leaves, and all its parts with it: the cells where a party of R, or of A, is there before,
    /// and none is after; on a day, of those who are there on it.
    ///
    /// ```
    /// # use rasci::{Letter, Policy, query::Asked};
    /// let policy = Policy::parse("model.yaml", "
    /// rasci: 1
    /// id: example
    /// parties: { helpdesk: { parties: { ann: { kind: person } } }, vendor: {} }
    /// tasks: { restore: { assign: [{ A: vendor, R: [helpdesk, vendor] }] }, report: { assign: [{ A: vendor, R: helpdesk }] } }
    /// ")?;
    /// let impact = policy.impact(policy.party("ann")?, &Asked::default());
    /// let [loss] = &impact.losses[..] else { panic!("one loss") };
    /// assert_eq!((loss.letter, loss.block.task), (Letter::Responsible, policy.task("report")?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn impact(&self, party: PartyId, asked: &Asked) -> Impact {
        let gone = self.with_parts(party);
        let survey = Survey::new(self, &asked.context);
        let before = Presence::new(self.model(), asked.on);
        let after = before.clone().after(gone.iter().copied().collect::<HashSet<_>>());
        let mut losses = Vec::new();
        for letter in asked.letters_of(&NEEDED) {
            let lost = |decided: &Decided| {
                let parties = || decided.outcome(letter).parties();
                after.lacks_all(parties()) && !before.lacks_all(parties())
            };
            for (block, when) in survey.uniform(lost) {
                let of_loss = |decided: &Decided| lost(decided).then(|| decided.outcome(letter).clone());
                let parties =
                    survey.behind(block, &when, |decided| of_loss(decided).map_or(Vec::new(), |it| it.parties().collect()));
                let because = survey.behind(block, &when, |decided| of_loss(decided).map_or(Vec::new(), |it| because(&it)));
                losses.push(Loss { letter, block, when, parties, because });
            }
        }
        Impact { gone, losses }
    }

    /// A party and all its parts, in declared order.
    fn with_parts(&self, party: PartyId) -> Vec<PartyId> {
        let mut all = vec![party];
        let mut next = 0;
        while let Some(party) = all.get(next) {
            next += 1;
            all.extend(self.model().party(*party).parts.clone());
        }
        all.sort_unstable();
        all
    }
}
