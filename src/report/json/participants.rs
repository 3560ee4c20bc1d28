//! `participants` and `absence` as values.

use jiff::civil::Date;
use serde::Serialize;

use super::VERSION;
use super::gaps::GapEntry;
use super::parts::{Alternatives, Map, Written, all_because, alternatives, component, context, parties, party, task};
use crate::matrix::{Because, Block};
use crate::model::{Model, When};
use crate::policy::Policy;
use crate::query::{Asked, Away, Critical, Indispensable, Lacking, Participants, Short};

/// Who can take part, letter by letter.
#[derive(Debug, Serialize)]
pub struct ParticipantsReport<'p> {
    version: u32,
    model: &'p str,
    context: Map<&'p str, &'p str>,
    on: Option<String>,
    letters: Vec<LetterEntry<'p>>,
}

#[derive(Debug, Serialize)]
struct LetterEntry<'p> {
    letter: &'static str,
    potential: Vec<&'p str>,
    non: Vec<&'p str>,
    permanent: Vec<&'p str>,
    critical: Vec<CriticalEntry<'p>>,
    indispensable: Vec<IndispensableEntry<'p>>,
    consistent: bool,
    lacking: Vec<LackingEntry<'p>>,
}

#[derive(Debug, Serialize)]
struct CriticalEntry<'p> {
    party: &'p str,
    task: Option<&'p str>,
    task_below: bool,
    component: Option<&'p str>,
    component_below: bool,
    when: Alternatives<'p>,
    because: Vec<Written<'p>>,
}

#[derive(Debug, Serialize)]
struct LackingEntry<'p> {
    why: &'static str,
    task: Option<&'p str>,
    task_below: bool,
    component: Option<&'p str>,
    component_below: bool,
    when: Alternatives<'p>,
    because: Vec<Written<'p>>,
}

#[derive(Debug, Serialize)]
struct IndispensableEntry<'p> {
    party: &'p str,
    flow: &'p str,
    step: &'p str,
    when: Alternatives<'p>,
}

/// Who is away, and what nobody covers.
#[derive(Debug, Serialize)]
pub struct AbsenceReport<'p> {
    version: u32,
    model: &'p str,
    context: Map<&'p str, &'p str>,
    from: String,
    until: String,
    days: Vec<DaysEntry<'p>>,
}

#[derive(Debug, Serialize)]
struct DaysEntry<'p> {
    from: String,
    until: String,
    away: Vec<PersonEntry<'p>>,
    uncovered: Vec<GapEntry<'p>>,
    short: Vec<ShortEntry<'p>>,
}

#[derive(Debug, Serialize)]
struct PersonEntry<'p> {
    party: &'p str,
    deputy: Option<&'p str>,
}

#[derive(Debug, Serialize)]
struct ShortEntry<'p> {
    party: &'p str,
    there: usize,
    needed: usize,
}

impl<'p> ParticipantsReport<'p> {
    /// The value of who can take part.
    #[must_use]
    pub fn new(policy: &'p Policy, asked: &Asked, letters: &[Participants]) -> Self {
        let model = policy.model();
        Self {
            version: VERSION,
            model: &model.about().id,
            context: context(model, &asked.context),
            on: asked.on.map(|day| day.to_string()),
            letters: letters.iter().map(|letter| LetterEntry::new(policy, model, letter)).collect(),
        }
    }
}

impl<'p> LetterEntry<'p> {
    fn new(policy: &'p Policy, model: &'p Model, of: &Participants) -> Self {
        let indispensable = |each: &Indispensable| {
            let flow = model.flows().get(each.flow)?;
            Some(IndispensableEntry {
                party: party(model, each.party),
                flow: &flow.about.id,
                step: &flow.steps.get(each.step)?.about.id,
                when: alternatives(model, &each.when),
            })
        };
        Self {
            letter: of.letter.as_str(),
            potential: parties(model, &of.potential),
            non: parties(model, &of.non),
            permanent: parties(model, &of.permanent),
            critical: of.critical.iter().map(|each| critical(policy, each)).collect(),
            indispensable: of.indispensable.iter().filter_map(indispensable).collect(),
            consistent: of.is_consistent(),
            lacking: of.lacking.iter().map(|each| lacking(policy, each)).collect(),
        }
    }
}

/// The keys that every block has.
type Keys<'p> = (Option<&'p str>, Option<&'p str>, Alternatives<'p>, Vec<Written<'p>>);

fn keys<'p>(policy: &'p Policy, block: Block, when: &When, because: &[Because]) -> Keys<'p> {
    let model = policy.model();
    let (task, component) = (task(model, block.task), component(model, block.component));
    (task, component, alternatives(model, when), all_because(policy, because))
}

fn critical<'p>(policy: &'p Policy, Critical { party: id, block, when, because }: &Critical) -> CriticalEntry<'p> {
    let (task, component, when, because) = keys(policy, *block, when, because);
    let (task_below, component_below) = (block.task_below, block.component_below);
    CriticalEntry { party: party(policy.model(), *id), task, task_below, component, component_below, when, because }
}

fn lacking<'p>(policy: &'p Policy, Lacking { why, block, when, because }: &Lacking) -> LackingEntry<'p> {
    let (task, component, when, because) = keys(policy, *block, when, because);
    let (task_below, component_below) = (block.task_below, block.component_below);
    LackingEntry { why: why.as_str(), task, task_below, component, component_below, when, because }
}

impl<'p> AbsenceReport<'p> {
    /// The value of who is away from one day to another.
    #[must_use]
    pub fn new(policy: &'p Policy, (from, until): (Date, Date), asked: &Asked, days: &[Away]) -> Self {
        let model = policy.model();
        let entry = |away: &Away| DaysEntry {
            from: away.from.to_string(),
            until: away.until.to_string(),
            away: away
                .persons
                .iter()
                .map(|(id, deputy)| PersonEntry { party: party(model, *id), deputy: deputy.map(|id| party(model, id)) })
                .collect(),
            uncovered: away.uncovered.iter().map(|gap| GapEntry::new(policy, model, gap)).collect(),
            short: away
                .short
                .iter()
                .map(|Short { party: id, there, needed }| ShortEntry { party: party(model, *id), there: *there, needed: *needed })
                .collect(),
        };
        Self {
            version: VERSION,
            model: &model.about().id,
            context: context(model, &asked.context),
            from: from.to_string(),
            until: until.to_string(),
            days: days.iter().map(entry).collect(),
        }
    }
}
