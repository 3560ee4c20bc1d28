//! What is told at the highest uniform scope, as lines: a heading for each kind of fact, a line for each place, and the
//! assignments that say so beneath.

use std::fmt::Write;

use jiff::civil::Date;

use super::who::because_words;
use crate::document::Letter;
use crate::matrix::Because;
use crate::model::{About, ComponentId, Model, PartyId, TaskId, When};
use crate::policy::Policy;
use crate::query::{Asked, Block, Duty, Gap, GapWhy, How, Impact, Why};
use crate::words::when_words;

/// So many assignments are shown beneath a line; the rest are counted.
const SHOWN: usize = 4;

/// "`restore` with all below, at `sbc` alone".
pub(in crate::report) fn block_words(model: &Model, block: Block) -> String {
    format!("{}, {}", task_words(model, block), component_words(model, block))
}

/// All that lies below a place without parts is nothing to speak of.
fn reach_words(below: bool, parts: usize) -> &'static str {
    match (below, parts) {
        (true, 0) => "",
        (true, _) => " with all below",
        (false, _) => " alone",
    }
}

fn task_words(model: &Model, block: Block) -> String {
    if block.task == TaskId::ALL {
        return "every task".to_owned();
    }
    let task = model.task(block.task);
    format!("`{}`{}", task.about.id, reach_words(block.task_below, task.parts.len()))
}

fn component_words(model: &Model, block: Block) -> String {
    match (block.component, block.component_below) {
        (ComponentId::SYSTEM, true) => "everywhere".to_owned(),
        (ComponentId::SYSTEM, false) => "at the whole system alone".to_owned(),
        (id, below) => {
            let component = model.component(id);
            format!("at `{}`{}", component.about.id, reach_words(below, component.parts.len()))
        }
    }
}

/// A fact told of a block: when, and the assignments that say so.
pub(super) type Entry<'a> = (Block, &'a When, &'a [Because]);

/// A line for each block, and beneath it the assignments that say so. Components that differ in nothing else share one.
pub(super) fn lines(text: &mut String, policy: &Policy, entries: &[Entry<'_>]) {
    let model = policy.model();
    let mut shared: Vec<(Entry<'_>, Vec<String>)> = Vec::new();
    for entry in entries {
        let components = component_words(model, entry.0);
        let alike = |((block, when, because), _): &&mut (Entry<'_>, Vec<String>)| {
            (block.task, block.task_below, *when, *because) == (entry.0.task, entry.0.task_below, entry.1, entry.2)
        };
        match shared.iter_mut().find(alike) {
            Some((_, others)) => others.push(components),
            None => shared.push((*entry, vec![components])),
        }
    }
    for ((block, when, because), components) in shared {
        let comma = if when.is_empty() { "" } else { "," };
        let _ = writeln!(text, "  {}, {}{comma}{}", task_words(model, block), components.join(", "), when_words(model, when));
        places(text, policy, because);
    }
}

/// The assignments that say so, each on its line.
pub(super) fn places(text: &mut String, policy: &Policy, because: &[Because]) {
    for each in because.iter().take(SHOWN) {
        let _ = writeln!(text, "    {}", because_words(policy, *each));
    }
    if because.len() > SHOWN {
        let _ = writeln!(text, "    and {} more", because.len() - SHOWN);
    }
}

/// `Helpdesk (helpdesk)`.
pub(super) fn titled(about: &About) -> String {
    about.title.as_ref().map_or_else(|| about.id.to_string(), |title| format!("{title} ({})", about.id))
}

/// `` `ann`, `bob` ``.
pub(super) fn ids(model: &Model, parties: &[PartyId]) -> String {
    parties.iter().map(|id| format!("`{}`", model.party(*id).about.id)).collect::<Vec<_>>().join(", ")
}

/// ` (`ann` is absent, `bob` stands in)`: who of these parties, and of the persons in them, is absent on a day.
pub(super) fn absent_words(policy: &Policy, parties: &[PartyId], on: Option<Date>) -> String {
    let words = on.map(|day| stand_in_words(policy, &policy.absent_among(parties, day))).unwrap_or_default();
    if words.is_empty() { String::new() } else { format!(" ({words})") }
}

/// `` `ann` is absent, `bob` stands in``, of each.
pub(super) fn stand_in_words(policy: &Policy, absent: &[(PartyId, Option<PartyId>)]) -> String {
    let word = |(id, deputy): &(PartyId, Option<PartyId>)| {
        let model = policy.model();
        let stands_in = deputy.map_or("nobody".to_owned(), |deputy| ids(model, &[deputy]));
        format!("{} is absent, {stands_in} stands in", ids(model, &[*id]))
    };
    absent.iter().map(word).collect::<Vec<_>>().join("; ")
}

/// ` when priority is P1 on 2026-12-24`: what a question was asked with.
pub(super) fn asked_words(model: &Model, asked: &Asked) -> String {
    let fixed: Vec<_> = asked.context.iter().map(|(dimension, value)| (dimension, vec![value])).collect();
    let when = if fixed.is_empty() { When::new() } else { vec![fixed] };
    let day = asked.on.map(|day| format!(" on {day}")).unwrap_or_default();
    format!("{}{day}", when_words(model, &when))
}

/// `why` as text; on a day also who of the answer is absent, and who stands in.
#[must_use]
pub fn why_text(why: &Why<'_>, on: Option<Date>) -> String {
    let absent = on.map(|day| day_words(why.policy, day, &why.policy.absent_among(&why.parties(), day)));
    format!("{why}\n{}", absent.unwrap_or_default())
}

/// A line that says who is absent on a day, and who stands in; none where nobody is.
pub(super) fn day_words(policy: &Policy, day: Date, absent: &[(PartyId, Option<PartyId>)]) -> String {
    if absent.is_empty() { String::new() } else { format!("\nOn {day} {}.\n", stand_in_words(policy, absent)) }
}

/// `duties` as text: for each letter and way the places, each with the assignments that put the party there.
#[must_use]
pub fn duties_text(policy: &Policy, party: PartyId, asked: &Asked, duties: &[Duty]) -> String {
    let model = policy.model();
    let mut text = format!("{}{}\n", titled(&model.party(party).about), asked_words(model, asked));
    if let Some(absence) = asked.on.and_then(|day| policy.absence(party, day)) {
        let deputy = absence.deputy.map_or("nobody stands in".to_owned(), |id| format!("{} stands in", ids(model, &[id])));
        let _ = writeln!(text, "\nIs absent and holds nothing; {deputy}.");
    } else if duties.is_empty() {
        let _ = writeln!(text, "\nHolds nothing of what was asked for.");
    }
    let why = policy.why_duties(party, duties, &asked.context);
    let entries: Vec<(&Duty, Entry<'_>)> =
        duties.iter().zip(&why).map(|(duty, because)| (duty, (duty.block, &duty.when, because.as_slice()))).collect();
    let alike = |(one, _): &(&Duty, Entry<'_>), (other, _): &(&Duty, Entry<'_>)| {
        (one.letter, one.how, one.through) == (other.letter, other.how, other.through)
    };
    for group in entries.chunk_by(alike) {
        let Some((duty, _)) = group.first() else { continue };
        let through = duty.through.map(|id| ids(model, &[id])).unwrap_or_default();
        let way = match (duty.how, duty.through) {
            (How::Named, None) => String::new(),
            (How::Named, Some(_)) => format!(", standing in for {through}"),
            (How::AsMember, _) => format!(", as a member of {through}"),
            (How::ThroughPart, _) => format!(", through its part {through}"),
        };
        let _ = writeln!(text, "\n{}{way}", word(duty.letter));
        lines(&mut text, policy, &group.iter().map(|(_, entry)| *entry).collect::<Vec<_>>());
    }
    text
}

/// `gaps` as text: for each letter and reason the places, each with the assignments that say so.
#[must_use]
pub fn gaps_text(policy: &Policy, asked: &Asked, gaps: &[Gap]) -> String {
    let model = policy.model();
    let mut text = String::new();
    if gaps.is_empty() {
        let _ = writeln!(text, "No gaps{}: what was asked for has a party wherever it applies.", asked_words(model, asked));
    }
    for (nth, group) in gaps.chunk_by(|one, other| (one.letter, one.why) == (other.letter, other.why)).enumerate() {
        let Some(gap) = group.first() else { continue };
        let reason = match gap.why {
            GapWhy::Silent => "the model is silent",
            GapWhy::Nobody => "said on purpose",
            GapWhy::Unresolved => "the relation names nobody there",
            GapWhy::Absent => "all who would be are absent",
        };
        let space = if nth == 0 { "" } else { "\n" };
        let _ = writeln!(text, "{space}Nobody is {}{}: {reason}", gap.letter.word(), asked_words(model, asked));
        let entries: Vec<Entry<'_>> = group.iter().map(|gap| (gap.block, &gap.when, gap.because.as_slice())).collect();
        lines(&mut text, policy, &entries);
    }
    text
}

/// `impact` as text: who leaves, then for each letter the places that have nobody any more.
#[must_use]
pub fn impact_text(policy: &Policy, party: PartyId, asked: &Asked, impact: &Impact) -> String {
    let model = policy.model();
    let along: Vec<PartyId> = impact.gone.iter().copied().filter(|gone| *gone != party).collect();
    let with = if along.is_empty() { String::new() } else { format!(", and with it {}", ids(model, &along)) };
    let mut text = format!("Without {}{with}{}\n", titled(&model.party(party).about), asked_words(model, asked));
    if impact.losses.is_empty() {
        text.push_str("\nNothing loses the last party that is responsible or accountable.\n");
    }
    for group in impact.losses.chunk_by(|one, other| one.letter == other.letter) {
        let Some(loss) = group.first() else { continue };
        let _ = writeln!(text, "\nNobody is {} any more for", loss.letter.word());
        let entries: Vec<Entry<'_>> = group.iter().map(|loss| (loss.block, &loss.when, loss.because.as_slice())).collect();
        lines(&mut text, policy, &entries);
    }
    text
}

/// The letter's word at the beginning of a line.
pub(super) fn word(letter: Letter) -> String {
    let word = letter.word();
    let mut rest = word.chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}
