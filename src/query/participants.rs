//! `participants`: who can take part, in each letter, after the analyses of RAL and CRISTAL (Cabanillas, Resinas,
//! Ruiz-Cortés).
//!
//! A participant is a party in which no other is: a person, or a team or role that is not taken apart. It is a candidate of
//! a letter of a cell where the letter names it, or a party that it is in; on a day, an absent person's deputy is instead.

use std::collections::{BTreeSet, HashMap};

use super::gaps::GapWhy;
use super::survey::{Asked, Survey, because, look};
use crate::document::Letter;
use crate::matrix::{Because, Block, Cell, Decided, Outcome, Region};
use crate::model::{PartyId, Presence, When};
use crate::policy::Policy;

/// Who can take part in one letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Participants {
    /// The letter.
    pub letter: Letter,
    /// Potential participants: candidates of some applicable cell in some combination.
    pub potential: Vec<PartyId>,
    /// Non-participants: all others.
    pub non: Vec<PartyId>,
    /// Permanent participants: candidates wherever there is a candidate.
    pub permanent: Vec<PartyId>,
    /// Critical participants: where each is the only candidate, at the highest uniform scope.
    pub critical: Vec<Critical>,
    /// Indispensable participants: where each is the only candidate of a step that every case of a flow takes.
    pub indispensable: Vec<Indispensable>,
    /// Where there is no candidate, at the highest uniform scope: of R, anywhere; of another letter, where it is given to
    /// a relation that stands for nobody, or to parties of which none is there. Where there is none, the letter is
    /// consistent.
    pub lacking: Vec<Lacking>,
}

/// Where a participant is the only candidate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Critical {
    /// The participant.
    pub party: PartyId,
    /// Where.
    pub block: Block,
    /// When; none means always.
    pub when: When,
    /// The assignments that say so.
    pub because: Vec<Because>,
}

/// A step that cannot be taken without a participant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Indispensable {
    /// The participant.
    pub party: PartyId,
    /// The place of the flow in [`Model::flows`](crate::Model::flows).
    pub flow: usize,
    /// The place of the step in the flow.
    pub step: usize,
    /// When it is the only candidate; none means always.
    pub when: When,
}

/// Where nobody can take part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lacking {
    /// Why.
    pub why: GapWhy,
    /// Where.
    pub block: Block,
    /// When; none means always.
    pub when: When,
    /// What says so: nothing where the model is silent.
    pub because: Vec<Because>,
}

impl Participants {
    /// Basic consistency: there is a candidate wherever there has to be one.
    #[must_use]
    pub fn is_consistent(&self) -> bool {
        self.lacking.is_empty()
    }
}

impl Policy {
    /// Who can take part in each of the letters asked for, who always does, and without whom it does not go.
    ///
    /// ```
    /// # use rasci::{Policy, query::Asked};
    /// let policy = Policy::parse("model.yaml", "
    /// rasci: 1
    /// id: example
    /// parties: { helpdesk: { parties: { ann: { kind: person }, bob: { kind: person } } }, zed: { kind: person } }
    /// tasks: { log: { assign: [{ R: helpdesk }] }, restore: { assign: [{ R: ann }] } }
    /// ")?;
    /// let participants = policy.participants(&Asked::default());
    /// let (responsible, ann) = (&participants[0], policy.party("ann")?);
    /// assert_eq!((&responsible.permanent[..], responsible.potential.len()), (&[ann][..], 2));
    /// assert_eq!(responsible.non, [policy.party("zed")?]);
    /// assert_eq!(responsible.critical[0].block.task, policy.task("restore")?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn participants(&self, asked: &Asked) -> Vec<Participants> {
        let survey = Survey::new(self, &asked.context);
        let crew = Crew::new(self, asked);
        asked.letters_of(&Letter::ALL).into_iter().map(|letter| self.participants_of(letter, asked, &survey, &crew)).collect()
    }

    fn participants_of(&self, letter: Letter, asked: &Asked, survey: &Survey<'_>, crew: &Crew) -> Participants {
        let candidates = |decided: &Decided| crew.candidates(decided.outcome(letter));
        let sets: Vec<BTreeSet<PartyId>> = survey.cases().map(candidates).filter(|set| !set.is_empty()).collect();
        let potential: BTreeSet<PartyId> = sets.iter().flatten().copied().collect();
        let permanent = potential.iter().copied().filter(|party| sets.iter().all(|set| set.contains(party))).collect();
        let alone: BTreeSet<PartyId> = sets.iter().filter(|set| set.len() == 1).flatten().copied().collect();
        let mut critical = Vec::new();
        for party in alone {
            let only = |decided: &Decided| candidates(decided).into_iter().eq([party]);
            for (block, when) in survey.uniform(only) {
                let of = |decided: &Decided| if only(decided) { because(decided.outcome(letter)) } else { Vec::new() };
                critical.push(Critical { party, block, because: survey.behind(block, &when, of), when });
            }
        }
        Participants {
            letter,
            non: crew.all.iter().copied().filter(|party| !potential.contains(party)).collect(),
            potential: potential.into_iter().collect(),
            permanent,
            critical,
            indispensable: self.indispensable(letter, asked, crew),
            lacking: self.lacking(letter, asked, survey),
        }
    }

    /// The certain steps of each flow at which one participant is the only candidate.
    fn indispensable(&self, letter: Letter, asked: &Asked, crew: &Crew) -> Vec<Indispensable> {
        let model = self.model();
        let mut found = Vec::new();
        for (nth, flow) in model.flows().iter().enumerate() {
            let certain = self.travel(nth, asked).map(|travel| travel.certain).unwrap_or_default();
            for step in certain {
                let Some((it, task)) = flow.steps.get(step).and_then(|it| Some((it, it.task?))) else { continue };
                let mut only: Vec<(PartyId, Region)> = Vec::new();
                for (region, decided) in look(self, Cell { task, component: it.component }, &asked.context) {
                    let candidates = crew.candidates(decided.outcome(letter));
                    let [party] = candidates.into_iter().collect::<Vec<_>>()[..] else { continue };
                    match only.iter_mut().find(|(other, _)| *other == party) {
                        Some((_, known)) => *known = known.or(&region),
                        None => only.push((party, region)),
                    }
                }
                only.sort_by_key(|(party, _)| *party);
                let at =
                    |(party, region): (PartyId, Region)| Some(Indispensable { party, flow: nth, step, when: region.when()? });
                found.extend(only.into_iter().filter_map(at));
            }
        }
        found
    }

    fn lacking(&self, letter: Letter, asked: &Asked, survey: &Survey<'_>) -> Vec<Lacking> {
        let presence = Presence::new(self.model(), asked.on);
        let reasons: &[GapWhy] = if letter == Letter::Responsible { &GapWhy::ALL } else { &[GapWhy::Unresolved, GapWhy::Absent] };
        let mut lacking = Vec::new();
        for why in reasons.iter().copied() {
            let lacks = |decided: &Decided| GapWhy::of(decided.outcome(letter), &presence) == Some(why);
            for (block, when) in survey.uniform(lacks) {
                let of = |decided: &Decided| if lacks(decided) { because(decided.outcome(letter)) } else { Vec::new() };
                lacking.push(Lacking { why, block, because: survey.behind(block, &when, of), when });
            }
        }
        lacking
    }
}

/// All participants, and those in each party who are there.
struct Crew {
    all: Vec<PartyId>,
    inside: HashMap<PartyId, BTreeSet<PartyId>>,
}

impl Crew {
    fn new(policy: &Policy, asked: &Asked) -> Self {
        let model = policy.model();
        let is_participant = |party: PartyId| {
            let it = model.party(party);
            it.parts.is_empty() && it.members.is_empty()
        };
        // On a day, a person is whoever stands in.
        let there = |party: PartyId| {
            let absence = asked.on.and_then(|day| policy.absence(party, day));
            absence.map_or(Some(party), |absence| absence.deputy)
        };
        let inside = |party: PartyId| {
            let (mut reached, mut open) = (BTreeSet::new(), vec![party]);
            while let Some(party) = open.pop() {
                if reached.insert(party) {
                    let it = model.party(party);
                    open.extend(it.parts.iter().chain(&it.members));
                }
            }
            (party, reached.into_iter().filter(|party| is_participant(*party)).filter_map(there).collect())
        };
        Self {
            all: model.parties().map(|(party, _)| party).filter(|party| is_participant(*party)).collect(),
            inside: model.parties().map(|(party, _)| inside(party)).collect(),
        }
    }

    fn candidates(&self, outcome: &Outcome) -> BTreeSet<PartyId> {
        outcome.parties().filter_map(|party| self.inside.get(&party)).flatten().copied().collect()
    }
}
