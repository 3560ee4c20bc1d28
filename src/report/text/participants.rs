//! `participants` and `absence` as lines.

use std::fmt::Write;

use jiff::civil::Date;

use super::blocks::{Entry, asked_words, ids, lines, word};
use crate::model::PartyId;
use crate::policy::Policy;
use crate::query::{Asked, Away, GapWhy, Participants};
use crate::words::when_words;

/// `participants` as text: a block for each letter.
#[must_use]
pub fn participants_text(policy: &Policy, asked: &Asked, letters: &[Participants]) -> String {
    let model = policy.model();
    let list = |parties: &[PartyId]| if parties.is_empty() { "nobody".to_owned() } else { ids(model, parties) };
    let block = |of: &Participants| {
        let mut text = format!("{}{}\n", word(of.letter), asked_words(model, asked));
        let _ = writeln!(text, "  can be    {}", list(&of.potential));
        let _ = writeln!(text, "  never is  {}", list(&of.non));
        let _ = writeln!(text, "  always is {}", list(&of.permanent));
        for group in of.critical.chunk_by(|one, other| one.party == other.party) {
            let Some(first) = group.first() else { continue };
            let _ = writeln!(text, "\n  only {} can be for", ids(model, &[first.party]));
            let entries: Vec<Entry<'_>> = group.iter().map(|each| (each.block, &each.when, each.because.as_slice())).collect();
            text.push_str(&indented(policy, &entries));
        }
        for each in &of.indispensable {
            let Some((flow, step)) = model.flows().get(each.flow).and_then(|flow| Some((flow, flow.steps.get(each.step)?)))
            else {
                continue;
            };
            let when = when_words(model, &each.when);
            let (flow, step) = (&flow.about.id, &step.about.id);
            let party = ids(model, &[each.party]);
            let _ = writeln!(text, "\n  every case of `{flow}` takes `{step}`, where only {party} can be{when}");
        }
        for group in of.lacking.chunk_by(|one, other| one.why == other.why) {
            let Some(first) = group.first() else { continue };
            let _ = writeln!(text, "\n  nobody can be, {}, for", reason(first.why));
            let entries: Vec<Entry<'_>> = group.iter().map(|each| (each.block, &each.when, each.because.as_slice())).collect();
            text.push_str(&indented(policy, &entries));
        }
        if of.is_consistent() {
            text.push_str("\n  consistent: there is somebody wherever there has to be\n");
        }
        text
    };
    letters.iter().map(block).collect::<Vec<_>>().join("\n")
}

fn reason(why: GapWhy) -> &'static str {
    match why {
        GapWhy::Silent => "because the model is silent",
        GapWhy::Nobody => "as is said on purpose",
        GapWhy::Unresolved => "because the relation names nobody there",
        GapWhy::Absent => "because all who would be are absent",
    }
}

fn indented(policy: &Policy, entries: &[Entry<'_>]) -> String {
    let mut text = String::new();
    lines(&mut text, policy, entries);
    text.lines().fold(String::new(), |mut all, line| {
        let _ = writeln!(all, "  {line}");
        all
    })
}

/// `absence` as text: a block for each run of days on which the same persons are away.
#[must_use]
pub fn absence_text(policy: &Policy, (from, until): (Date, Date), asked: &Asked, days: &[Away]) -> String {
    let model = policy.model();
    if days.is_empty() {
        return format!("Nobody is away from {from} to {until}.\n");
    }
    let block = |away: &Away| {
        let to = if away.from == away.until { String::new() } else { format!(" to {}", away.until) };
        let mut text = format!("{}{to}{}\n", away.from, asked_words(model, asked));
        for (person, deputy) in &away.persons {
            let stands_in = deputy.map_or("nobody stands in".to_owned(), |deputy| format!("{} stands in", ids(model, &[deputy])));
            let _ = writeln!(text, "  {} is away, {stands_in}", ids(model, &[*person]));
        }
        for short in &away.short {
            let party = ids(model, &[short.party]);
            let _ = writeln!(text, "  {party} needs {} persons and has {}", short.needed, short.there);
        }
        for group in away.uncovered.chunk_by(|one, other| one.letter == other.letter) {
            let Some(gap) = group.first() else { continue };
            let _ = writeln!(text, "  nobody is {} for", gap.letter.word());
            let entries: Vec<Entry<'_>> = group.iter().map(|gap| (gap.block, &gap.when, gap.because.as_slice())).collect();
            text.push_str(&indented(policy, &entries));
        }
        if away.uncovered.is_empty() && away.short.is_empty() {
            text.push_str("  all is covered\n");
        }
        text
    };
    days.iter().map(block).collect::<Vec<_>>().join("\n")
}
