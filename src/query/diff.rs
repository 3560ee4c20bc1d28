//! `diff`: how two models differ in meaning. The letters of each cell are compared, whatever is written to say them; each
//! difference is told once, at its highest uniform scope.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use super::survey::{because, look};
use crate::document::Letter;
use crate::matrix::{Because, Block, Blocks, Cell, Decided, Region, Status};
use crate::model::{Context, Model, Part, PartyId, Presence, Union, When};
use crate::policy::Policy;

/// How two models differ. Tasks, components, parties and values are those of both together: handles belong to
/// [`Diff::model`].
#[derive(Debug)]
pub struct Diff<'p> {
    /// The old model.
    pub old: &'p Policy,
    /// The new model.
    pub new: &'p Policy,
    /// The day on which they are compared, where one is given.
    pub on: Option<Date>,
    /// Every change, by place and letter.
    pub changes: Vec<Change>,
    union: Model,
}

/// Cells in which a letter was held by some parties and is held by others, or of which only the status differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The letter; none where no letter differs.
    pub letter: Option<Letter>,
    /// Where.
    pub block: Block,
    /// When; none means always.
    pub when: When,
    /// What it was.
    pub old: Side,
    /// What it is.
    pub new: Side,
}

/// What one of two models says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// What the cells say, as a whole; none where the model lacks the task, the component or the value.
    pub status: Option<Status>,
    /// The parties of the letter; on a day those who are there, and of the absent those who stand in.
    pub parties: Vec<PartyId>,
    /// The assignments that say so, of this model.
    pub because: Vec<Because>,
}

impl Diff<'_> {
    /// The vocabularies of both models: the new one's, and what only the old one has.
    #[must_use]
    pub fn model(&self) -> &Model {
        &self.union
    }
}

impl Policy {
    /// How a new model differs from this one in meaning: in the status of its cells, and in the parties of their letters.
    ///
    /// ```
    /// # use rasci::Policy;
    /// let old = Policy::parse("old.yaml", "
    /// rasci: 1
    /// id: example
    /// parties: { helpdesk: {}, vendor: {} }
    /// tasks: { incident: { assign: [{ R: helpdesk }], tasks: { log: {}, restore: {} } } }
    /// ")?;
    /// let new = Policy::parse("new.yaml", "
    /// rasci: 1
    /// id: example
    /// parties: { vendor: {}, helpdesk: {} }
    /// tasks: { incident: { tasks: { restore: {}, log: {} } } }
    /// assignments: [{ task: [incident, log], R: helpdesk }, { task: restore, R: vendor }]
    /// ")?;
    /// let diff = old.diff(&new);
    /// let [change] = &diff.changes[..] else { panic!("one change") };
    /// assert_eq!(change.block.task, diff.model().tasks().find(|(_, task)| &*task.about.id == "restore").expect("a task").0);
    /// assert_eq!((change.old.parties.len(), change.new.because.len()), (1, 1));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn diff<'p>(&'p self, new: &'p Self) -> Diff<'p> {
        self.diff_on(new, None)
    }

    /// How a new model differs from this one on a day: who is absent holds nothing, and who stands in holds it instead; a party of which
    /// nobody is there holds nothing.
    ///
    /// ```
    /// # use rasci::{Policy, jiff::civil::date};
    /// let text = "
    /// rasci: 1
    /// id: example
    /// parties: { ann: { kind: person }, bob: { kind: person } }
    /// tasks: { log: { assign: [{ R: ann }] } }
    /// ";
    /// let away = "absent: [{ from: 2026-12-21, until: 2026-12-31, deputy: bob }]";
    /// let old = Policy::parse("old.yaml", text)?;
    /// let new = Policy::parse("new.yaml", &text.replace("ann: { kind: person", &format!("ann: {{ kind: person, {away}")))?;
    /// assert!(old.diff(&new).changes.is_empty());
    /// assert!(old.diff_on(&new, Some(date(2026, 12, 20))).changes.is_empty());
    /// let diff = old.diff_on(&new, Some(date(2026, 12, 24)));
    /// assert_eq!((diff.changes[0].old.parties.as_slice(), diff.changes[0].new.parties.as_slice()), (&[old.party("ann")?][..], &[old.party("bob")?][..]));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn diff_on<'p>(&'p self, new: &'p Self, on: Option<Date>) -> Diff<'p> {
        let Union { model, old: old_part, new: new_part } = Union::new(self.model(), new.model());
        let (mut before, mut after) = (Answers::new(self, &old_part, &model, on), Answers::new(new, &new_part, &model, on));
        let mut facts: HashMap<Fact, HashMap<Cell, Region>> = HashMap::new();
        let blocks = Blocks::new(&model, |cell| {
            let (old, new) = (before.of(cell), after.of(cell));
            let mut applicable = Region::Never;
            for (of_old, was) in &old {
                for (of_new, is) in &new {
                    let region = of_old.and(of_new);
                    if region == Region::Never || !(was.applies() || is.applies()) {
                        continue;
                    }
                    applicable = applicable.or(&region);
                    for fact in differences(was, is) {
                        let known = facts.entry(fact).or_default().entry(cell).or_insert(Region::Never);
                        *known = known.or(&region);
                    }
                }
            }
            applicable
        });
        let mut changes = Vec::new();
        for (Fact { letter, old, new }, cells) in facts {
            let uniform = blocks.uniform(|cell| cells.get(&cell).cloned().unwrap_or(Region::Never));
            for (block, when) in uniform {
                let old = before.side(&old, letter, block, &when);
                let new = after.side(&new, letter, block, &when);
                changes.push(Change { letter, block, when, old, new });
            }
        }
        changes.sort_by(|one, other| one.order().cmp(&other.order()));
        Diff { old: self, new, on, changes, union: model }
    }
}

impl Change {
    /// By place, then by letter; no two are equal in all of it.
    fn order(&self) -> impl Ord + '_ {
        let Self { letter, block, when, old, new } = self;
        let side = |side: &Side| (side.status.map(Status::as_str), side.parties.clone());
        (block.task, block.component, *letter, block.task_below, block.component_below, when, side(old), side(new))
    }
}

/// What a cell says in some combinations: parties are those of the union. No status where the model lacks it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Said {
    status: Option<Status>,
    letters: [Vec<PartyId>; 5],
}

/// One side of a fact: the status, and the parties of the letter.
type SideFact = (Option<Status>, Vec<PartyId>);

/// "The letter was this and is that"; without a letter, "the status was this and is that".
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Fact {
    letter: Option<Letter>,
    old: SideFact,
    new: SideFact,
}

impl Said {
    fn applies(&self) -> bool {
        self.status.is_some_and(|status| status != Status::NotApplicable)
    }

    fn letter(&self, letter: Letter) -> &[PartyId] {
        self.letters.get(letter.index()).map_or(&[], Vec::as_slice)
    }
}

fn differences(was: &Said, is: &Said) -> Vec<Fact> {
    let fact = |letter: Letter| {
        let side = |said: &Said| (said.status, said.letter(letter).to_vec());
        (was.letter(letter) != is.letter(letter)).then(|| Fact { letter: Some(letter), old: side(was), new: side(is) })
    };
    let mut facts: Vec<Fact> = Letter::ALL.into_iter().filter_map(fact).collect();
    if facts.is_empty() && was.status != is.status {
        facts.push(Fact { letter: None, old: (was.status, Vec::new()), new: (is.status, Vec::new()) });
    }
    facts
}

/// What one of the two models says, in the terms of both.
struct Answers<'p> {
    policy: &'p Policy,
    part: &'p Part,
    union: &'p Model,
    on: Option<Date>,
    /// The combinations with values that the model lacks.
    unknown: Region,
    /// By the cell of the model that stands for all that are alike.
    seen: HashMap<Cell, Vec<(Region, Decided)>>,
}

impl<'p> Answers<'p> {
    fn new(policy: &'p Policy, part: &'p Part, union: &'p Model, on: Option<Date>) -> Self {
        let unknown = Region::of(union, &part.known()).not();
        Self { policy, part, union, on, unknown, seen: HashMap::new() }
    }

    /// The cell of the model that stands for all that are like one of the union; none where the model lacks it.
    fn alike(&self, cell: Cell) -> Option<Cell> {
        let cell = Cell { task: self.part.task(cell.task)?, component: self.part.component(cell.component)? };
        Some(self.policy.matrix().representative(cell))
    }

    /// What a cell says, in every combination.
    fn of(&mut self, cell: Cell) -> Vec<(Region, Said)> {
        let absent = Said { status: None, letters: Default::default() };
        let Some(alike) = self.alike(cell) else { return vec![(Region::Always, absent)] };
        let (policy, part, union, on, unknown) = (self.policy, self.part, self.union, self.on, &self.unknown);
        let known = unknown.not();
        let presence = Presence::new(policy.model(), on);
        let cases = self.seen.entry(alike).or_insert_with(|| {
            let cases = look(policy, alike, &Context::default());
            let in_union = |(region, decided): (Region, Decided)| {
                let when = region.when()?;
                let region = Region::of(union, &part.when(&when)).and(&known);
                Some((region, decided))
            };
            cases.into_iter().filter_map(in_union).collect()
        });
        let said = |(region, decided): &(Region, Decided)| {
            let parties = |letter: Letter| {
                let there = |party| match on.and_then(|day| policy.absence(party, day)) {
                    Some(absence) => absence.deputy,
                    None => presence.is_there(party).then_some(party),
                };
                let there = decided.outcome(letter).parties().filter_map(there);
                let mut parties: Vec<PartyId> = there.filter_map(|party| part.party(party)).collect();
                parties.sort_unstable();
                parties.dedup();
                parties
            };
            (region.clone(), Said { status: Some(decided.status), letters: Letter::ALL.map(parties) })
        };
        let mut all: Vec<(Region, Said)> = cases.iter().map(said).collect();
        if *unknown != Region::Never {
            all.push((unknown.clone(), absent));
        }
        all
    }

    /// One side of a change, with the assignments that say so: of a letter, or of all where only the status differs.
    fn side(&self, (status, parties): &SideFact, letter: Option<Letter>, block: Block, when: &When) -> Side {
        let region = Region::of(self.union, when);
        let alike: HashSet<Cell> = block.cells(self.union).filter_map(|cell| self.alike(cell)).collect();
        let cases = alike.iter().filter_map(|cell| self.seen.get(cell)).flatten();
        let meeting = cases.filter(|(other, _)| other.and(&region) != Region::Never);
        let letters = letter.map_or(Letter::ALL.to_vec(), |letter| vec![letter]);
        let said = |decided: &Decided| letters.iter().flat_map(|letter| because(decided.outcome(*letter))).collect::<Vec<_>>();
        let all: HashSet<Because> = meeting.flat_map(|(_, decided)| said(decided)).collect();
        let mut because: Vec<Because> = all.into_iter().collect();
        because.sort_unstable();
        Side { status: *status, parties: parties.clone(), because }
    }
}
