//! `who`, `holds` and `show` as lines.

use std::fmt::Write;

use jiff::civil::Date;
use unicode_width::UnicodeWidthStr;

use super::blocks::day_words;
use crate::document::{Basis, Hours, Letter};
use crate::matrix::{Because, Nobody, Outcome, Status, Via};
use crate::model::{About, ComponentId, Model, PartyId};
use crate::policy::Policy;
use crate::query::{Answer, Case, Holds, How, Limit, StandIn, Verdict};
use crate::report::json::Shown;
use crate::words::{alternatives, cell_words};

/// `who` as text: a block for each case, a line for each party, with the place that says so.
#[must_use]
pub fn who_text(answer: &Answer<'_>, on: Option<Date>) -> String {
    let policy = answer.policy();
    let model = policy.model();
    let mut text = format!("{}\n", title(model, answer));
    for case in answer.cases() {
        text.push('\n');
        if !case.when.is_empty() {
            let _ = writeln!(text, "When {}:", alternatives(model, &case.when));
        }
        rows(&mut text, &lines(policy, case, answer.letters(), on));
        for limit in &case.within {
            let _ = writeln!(text, "  time limit: {}", limit_words(model, limit));
        }
    }
    // Who is named is told beside the name; here, who is absent of the parties that are named.
    if let Some(day) = on {
        let named: Vec<PartyId> = answer.parties();
        let absent = policy.absent_among(&named, day).into_iter().filter(|(person, _)| !named.contains(person));
        text.push_str(&day_words(policy, day, &absent.collect::<Vec<_>>()));
    }
    let below = policy.below(answer.cell(), answer.context(), answer.letters());
    if !below.is_empty() {
        const SHOWN: usize = 6;
        let named: Vec<String> = below.iter().take(SHOWN).map(|cell| cell_words(model, *cell)).collect();
        let more = below.len().checked_sub(SHOWN + 1).map(|more| format!(", and {} more", more + 1)).unwrap_or_default();
        let _ = writeln!(text, "\nAnswers differ below: {}{more}.", named.join(", "));
    }
    text
}

/// `Submit a case (submit-case) at Session border controller (sbc)`.
fn title(model: &Model, answer: &Answer<'_>) -> String {
    let named =
        |about: &About| about.title.as_ref().map_or_else(|| about.id.to_string(), |title| format!("{title} ({})", about.id));
    let cell = answer.cell();
    let task = named(&model.task(cell.task).about);
    let place = match cell.component {
        ComponentId::SYSTEM => "the whole system".to_owned(),
        component => named(&model.component(component).about),
    };
    let values = answer.context().iter().filter_map(|(dimension, value)| {
        let dimension = model.dimension(dimension);
        Some(format!("{} is {}", dimension.id, dimension.values.get(value)?))
    });
    let values: Vec<String> = values.collect();
    let when = if values.is_empty() { String::new() } else { format!(" when {}", values.join(" and ")) };
    format!("{task} at {place}{when}")
}

/// A line: letter, id, title, how sure, and the places that say so.
struct Row {
    letter: String,
    who: String,
    title: String,
    basis: &'static str,
    places: Vec<String>,
}

/// A line that says something without naming a party.
fn remark(letters: &str, words: &str) -> Row {
    Row { letter: letters.to_owned(), who: words.to_owned(), title: String::new(), basis: "", places: Vec::new() }
}

fn lines(policy: &Policy, case: &Case<'_>, letters: &[Letter], on: Option<Date>) -> Vec<Row> {
    let model = policy.model();
    let mut lines: Vec<Row> = Vec::new();
    let mut silent = Vec::new();
    for letter in letters {
        let row = |who: &str, title: String, because: &[Because]| row(policy, *letter, who, title, because);
        match case.outcome(*letter) {
            Outcome::Held(holdings) => lines.extend(holdings.iter().map(|holding| {
                let about = &model.party(holding.party).about;
                let title = about.title.as_deref().unwrap_or_default();
                row(&about.id, format!("{title}{}", absence_words(policy, holding.party, on)), &holding.because)
            })),
            Outcome::Nobody(Nobody::Said, because) => {
                lines.push(row("nobody", "said on purpose".to_owned(), because));
            }
            Outcome::Nobody(Nobody::Unresolved, because) => {
                lines.push(row("no one", "the relation names nobody here".to_owned(), because));
            }
            Outcome::Silent => silent.push(letter.as_str()),
        }
    }
    match case.status {
        Status::NotApplicable => lines.push(remark("", "not applicable: the task or the component is not there")),
        Status::Unassigned if letters.len() == Letter::ALL.len() => lines.push(remark("", "unassigned: the model is silent")),
        Status::Nobody if letters.len() == Letter::ALL.len() => lines.push(remark("", "nobody: the model says so on purpose")),
        _ if !silent.is_empty() => lines.push(remark(&silent.join(", "), "the model is silent")),
        _ => {}
    }
    lines
}

fn absence_words(policy: &Policy, party: PartyId, on: Option<Date>) -> String {
    match on.and_then(|day| policy.absence(party, day)) {
        None => String::new(),
        Some(StandIn { deputy: None }) => " (absent, nobody stands in)".to_owned(),
        Some(StandIn { deputy: Some(deputy) }) => format!(" (absent, `{}` stands in)", policy.model().party(deputy).about.id),
    }
}

fn row(policy: &Policy, letter: Letter, who: &str, title: String, because: &[Because]) -> Row {
    let implied = because.iter().any(|because| matches!(because.via, Via::Implied(_)));
    let basis = because.iter().map(|because| policy.model().assignment(because.assignment).basis);
    Row {
        letter: letter.as_str().to_owned(),
        who: who.to_owned(),
        title,
        basis: if implied { "implied" } else { basis.min().map(Basis::as_str).unwrap_or_default() },
        places: because.iter().map(|because| because_words(policy, *because)).collect(),
    }
}

/// `model.yaml:12:9, through $manager at sbc; contract, clause 4`.
pub(super) fn because_words(policy: &Policy, because: Because) -> String {
    let model = policy.model();
    let assignment = model.assignment(because.assignment);
    let via = match because.via {
        Via::Named => String::new(),
        Via::Relation(relation, at) => {
            let at = at
                .filter(|at| *at != ComponentId::SYSTEM)
                .map(|at| format!(" of {}", model.component(at).about.id))
                .unwrap_or_default();
            format!(", through ${}{at}", model.relation(relation))
        }
        Via::Implied(letter) => format!(", implied by {}", letter.as_str()),
    };
    format!("{}{via}{}", place_words(policy, &assignment), citation_words(model, &assignment))
}

pub(super) fn place_words(policy: &Policy, assignment: &crate::model::Assignment<'_>) -> String {
    let place = policy.place(assignment.span);
    format!("{}:{}:{}", place.file, place.start.line, place.start.column)
}

/// `; contract, clause 4`, for each source cited.
pub(super) fn citation_words(model: &Model, assignment: &crate::model::Assignment<'_>) -> String {
    let cited = assignment.citations.iter().map(|citation| {
        let about = &model.cited_source(citation.source).about;
        let at = citation.at.as_ref().map(|at| format!(", {at}")).unwrap_or_default();
        format!("; {}{at}", about.title.as_deref().unwrap_or(&about.id))
    });
    cited.collect()
}

fn rows(text: &mut String, rows: &[Row]) {
    let width = |column: fn(&Row) -> &str| {
        let placed = rows.iter().filter(|row| !row.places.is_empty());
        placed.map(|row| column(row).width()).max().unwrap_or(0)
    };
    let (letters, ids, titles) = (width(|row| &row.letter).max(1), width(|row| &row.who), width(|row| &row.title));
    let bases = width(|row| row.basis);
    for Row { letter, who, title, basis, places } in rows {
        let fields = [(letter.as_str(), letters), (who, ids), (title, titles), (basis, bases)];
        let who = fields.map(|(field, width)| ["  ", &padded(field, width)].concat()).concat();
        let mut places = places.iter();
        let _ = writeln!(text, "{}", format!("{who}  {}", places.next().map_or("", String::as_str)).trim_end());
        for place in places {
            let _ = writeln!(text, "{}  {place}", padded("", who.width()));
        }
    }
}

/// A field with space behind it, up to a width counted in columns of the terminal.
fn padded(field: &str, width: usize) -> String {
    format!("{field}{}", " ".repeat(width.saturating_sub(field.width())))
}

fn limit_words(model: &Model, limit: &Limit<'_>) -> String {
    let (limit, when) = match limit {
        Limit::Text(text) => return (*text).to_owned(),
        Limit::Time { limit, when } => (limit, when),
    };
    let hours = if limit.hours == Hours::Working { ", in working hours" } else { "" };
    let when = if when.is_empty() { String::new() } else { format!(", when {}", alternatives(model, when)) };
    format!("{}{hours}{when}", limit.time)
}

/// `holds` as text: the answer first, then each case.
#[must_use]
pub fn holds_text(policy: &Policy, party: PartyId, holds: &Holds) -> String {
    let model = policy.model();
    let mut text = match holds.verdict() {
        Verdict::Held => "yes\n",
        Verdict::NotHeld => "no\n",
        Verdict::Depends => "it depends\n",
    }
    .to_owned();
    for case in &holds.cases {
        let through: Vec<String> = case.through.iter().map(|id| format!("`{}`", model.party(*id).about.id)).collect();
        let how = match case.how {
            None => "no".to_owned(),
            Some(How::Named) if !case.through.contains(&party) => format!("yes, standing in for {}", through.join(", ")),
            Some(How::Named) => "yes, named".to_owned(),
            Some(How::AsMember) => format!("yes, as a member of {}", through.join(", ")),
            Some(How::ThroughPart) => format!("yes, through its part {}", through.join(", ")),
        };
        if case.when.is_empty() {
            if case.how.is_some() {
                let _ = writeln!(text, "  {how}");
            }
        } else {
            let _ = writeln!(text, "  {how}: when {}", alternatives(model, &case.when));
        }
    }
    text
}

/// `show` as text: a block for each entry, a line for each key.
#[must_use]
pub fn show_text(shown: &Shown<'_>) -> String {
    let block = |entry: &crate::report::json::Entry<'_>| {
        let mut text = format!("{} {}  {}:{}:{}\n", entry.what, entry.id, entry.file, entry.line, entry.column);
        let width = entry.declared.lines().map(|(key, _)| key.len()).max().unwrap_or(0);
        for (key, value) in entry.declared.lines() {
            let mut lines = value.lines();
            let _ = writeln!(text, "  {key:width$}  {}", lines.next().unwrap_or_default());
            lines.for_each(|line| {
                let _ = writeln!(text, "  {:width$}  {line}", "");
            });
        }
        text
    };
    shown.entries().iter().map(block).collect::<Vec<_>>().join("\n")
}
