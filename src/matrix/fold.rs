//! Who holds which letter of a cell in one combination of the context: section 3 of the language, read aloud.

use super::{Applying, CellView};
use crate::document::Letter;
use crate::model::{AssignmentId, Clause, Combination, ComponentId, Model, PartyId, PartyRef, RelationId};

/// What a cell says, as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// Some letter has a party.
    Assigned,
    /// No letter has one, and for some that was said on purpose.
    Nobody,
    /// The model is silent.
    Unassigned,
    /// The task or the component is not there.
    NotApplicable,
}

impl Status {
    /// The word that front ends show.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Assigned => "assigned",
            Self::Nobody => "nobody",
            Self::Unassigned => "unassigned",
            Self::NotApplicable => "not-applicable",
        }
    }
}

/// Who holds a letter.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// These parties, in declared order.
    Held(Vec<Holding>),
    /// Nobody, and the model says so, or names a relation that stands for nobody.
    Nobody(Nobody, Vec<Because>),
    /// The model is silent.
    Silent,
}

/// Why nobody holds a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Nobody {
    /// It was said on purpose: `[]`.
    Said,
    /// The deciding `$relation` stands for nobody here.
    Unresolved,
}

/// A party that holds a letter, and why.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Holding {
    /// The party, as named.
    pub party: PartyId,
    /// The assignments that put it there, in rank order.
    pub because: Vec<Because>,
}

/// An assignment, and how a party came in through it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Because {
    /// The assignment.
    pub assignment: AssignmentId,
    /// How.
    pub via: Via,
}

/// How a party came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Via {
    /// It is named.
    Named,
    /// A component, or the whole system, names it under a relation; none where no place does.
    Relation(RelationId, Option<ComponentId>),
    /// A convention takes it over from another letter.
    Implied(Letter),
}

impl Outcome {
    /// The parties that hold the letter.
    pub fn parties(&self) -> impl Iterator<Item = PartyId> {
        self.holdings().iter().map(|holding| holding.party)
    }

    /// The parties that hold the letter, each with why.
    #[must_use]
    pub fn holdings(&self) -> &[Holding] {
        match self {
            Self::Held(holdings) => holdings,
            Self::Nobody(..) | Self::Silent => &[],
        }
    }
}

/// The status of a cell and its five letters.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Decided {
    pub(crate) status: Status,
    pub(crate) letters: [Outcome; 5],
}

impl Decided {
    pub(crate) fn not_applicable() -> Self {
        Self { status: Status::NotApplicable, letters: std::array::from_fn(|_| Outcome::Silent) }
    }
}

impl CellView {
    /// The assignments that apply in a combination, the highest rank first; none where the cell is not applicable.
    pub(crate) fn applied(&self, model: &Model, combination: &Combination) -> Option<Vec<Applying>> {
        let there = self.place_conditions(model).all(|condition| condition.holds(combination));
        let applies = |applying: &&Applying| model.assignments.when(applying.id).holds(combination);
        there.then(|| self.applying.iter().filter(applies).copied().collect())
    }

    /// Decides every letter in a combination.
    pub(crate) fn decide(&self, model: &Model, combination: &Combination) -> Decided {
        match self.applied(model, combination) {
            Some(applied) => self.decide_applied(model, &applied),
            None => Decided::not_applicable(),
        }
    }

    /// Decides every letter where these assignments apply.
    pub(crate) fn decide_applied(&self, model: &Model, applied: &[Applying]) -> Decided {
        let explicit = Letter::ALL.map(|letter| self.letter(model, letter, applied));
        let mut letters = explicit.clone();
        let [responsible, accountable, ..] = &explicit;
        let conventions = model.conventions();
        if conventions.accountable_is_responsible && !mentioned(model, Letter::Responsible, applied) {
            imply(&mut letters, Letter::Responsible, Letter::Accountable, accountable);
        }
        let one = responsible.holdings().len() == 1;
        if conventions.responsible_is_accountable && one && !mentioned(model, Letter::Accountable, applied) {
            imply(&mut letters, Letter::Accountable, Letter::Responsible, responsible);
        }
        let status = if letters.iter().any(|letter| !letter.holdings().is_empty()) {
            Status::Assigned
        } else if letters.iter().any(|letter| matches!(letter, Outcome::Nobody(Nobody::Said, _))) {
            Status::Nobody
        } else {
            Status::Unassigned
        };
        Decided { status, letters }
    }

    fn letter(&self, model: &Model, letter: Letter, applied: &[Applying]) -> Outcome {
        let TakingPart { deciding, adding } = TakingPart::new(model, letter, applied);
        let mut holdings: Vec<Holding> = Vec::new();
        let mut said = Vec::new();
        let mut unresolved = Vec::new();
        let taking_part = deciding.iter().map(|applying| (applying, false)).chain(adding.iter().map(|applying| (applying, true)));
        for (applying, adds) in taking_part {
            for clause in clauses(model, applying.id, letter, adds) {
                if clause.parties.is_empty() {
                    said.push(Because { assignment: applying.id, via: Via::Named });
                }
                for party in clause.parties.iter() {
                    let (parties, via) = stands_for(model, party, self.cell.component);
                    let because = Because { assignment: applying.id, via };
                    if parties.is_empty() {
                        unresolved.push(because);
                    }
                    for party in parties {
                        hold(&mut holdings, party, because);
                    }
                }
            }
        }
        holdings.sort_by_key(|holding| holding.party);
        match (holdings.is_empty(), said.is_empty(), unresolved.is_empty()) {
            (false, ..) => Outcome::Held(holdings),
            (true, false, _) => Outcome::Nobody(Nobody::Said, said),
            (true, true, false) => Outcome::Nobody(Nobody::Unresolved, unresolved),
            (true, true, true) => Outcome::Silent,
        }
    }
}

/// What decides a letter: the settings of the highest rank together, and everything that adds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TakingPart {
    pub(crate) deciding: Vec<Applying>,
    pub(crate) adding: Vec<Applying>,
}

impl TakingPart {
    /// Of the assignments that apply, the highest rank first, those that take part in a letter.
    pub(crate) fn new(model: &Model, letter: Letter, applied: &[Applying]) -> Self {
        let says = |adds| move |applying: &&Applying| clauses(model, applying.id, letter, adds).next().is_some();
        let mut settings = applied.iter().filter(says(false)).peekable();
        let highest = settings.peek().map(|applying| applying.rank());
        let deciding = settings.take_while(|applying| Some(applying.rank()) == highest).copied().collect();
        Self { deciding, adding: applied.iter().filter(says(true)).copied().collect() }
    }
}

fn mentioned(model: &Model, letter: Letter, applied: &[Applying]) -> bool {
    let mut clauses = applied.iter().flat_map(|applying| model.assignments.clauses(applying.id).iter());
    clauses.any(|clause| clause.letters.contains(letter))
}

/// What an assignment says of a letter, setting or adding.
pub(crate) fn clauses(model: &Model, assignment: AssignmentId, letter: Letter, adds: bool) -> impl Iterator<Item = Clause<'_>> {
    model.assignments.clauses(assignment).iter().filter(move |clause| clause.adds == adds && clause.letters.contains(letter))
}

/// The parties that a reference stands for at a component.
pub(crate) fn stands_for(model: &Model, party: PartyRef, component: ComponentId) -> (Vec<PartyId>, Via) {
    let relation = match party {
        PartyRef::Party(party) => return (vec![party], Via::Named),
        PartyRef::Relation(relation) => relation,
    };
    let nearest = model.component_path(component).find_map(|place| {
        let named = model.components[place].relations.iter().find(|named| named.name == relation)?;
        Some((named.parties.clone(), place))
    });
    nearest
        .map_or((Vec::new(), Via::Relation(relation, None)), |(parties, place)| (parties, Via::Relation(relation, Some(place))))
}

fn hold(holdings: &mut Vec<Holding>, party: PartyId, because: Because) {
    match holdings.iter_mut().find(|holding| holding.party == party) {
        Some(holding) if holding.because.contains(&because) => {}
        Some(holding) => holding.because.push(because),
        None => holdings.push(Holding { party, because: vec![because] }),
    }
}

/// A convention: the letter is the other letter's set, where that has a party.
fn imply(letters: &mut [Outcome; 5], letter: Letter, from: Letter, outcome: &Outcome) {
    if outcome.holdings().is_empty() {
        return;
    }
    let implied = |because: &Because| Because { assignment: because.assignment, via: Via::Implied(from) };
    let holding = |holding: &Holding| {
        let mut because: Vec<Because> = holding.because.iter().map(implied).collect();
        because.dedup();
        Holding { party: holding.party, because }
    };
    if let Some(slot) = letters.get_mut(letter.index()) {
        *slot = Outcome::Held(outcome.holdings().iter().map(holding).collect());
    }
}
