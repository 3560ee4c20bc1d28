//! Suppressions at the place: `# rasci: allow(LINT) because REASON`, at the end of the line in which an entry begins, or
//! on a line of its own directly above.
//!
//! An entry is an item of a list, or a key of a map with its value; of several that begin in one line it is the first,
//! with all that lies in it. Texts without such a comment cost one search.

use crate::diagnostic::{Diagnostic, nearest};
use crate::document::LINTS;
use crate::policy::Policy;
use crate::source::{Source, SourceId, Span, to_u32};
use crate::yaml::{Comment, Outline};

/// Whom every such comment speaks to, after its `#`; a colon follows.
const NAME: &str = "rasci";

/// What a reason begins with.
const REASON: &str = "because";

/// The suppressions in the texts of a policy.
#[derive(Debug)]
pub(super) struct Suppressions {
    pub(super) all: Vec<Suppression>,
    /// The document that was loaded; it extends the others.
    pub(super) own: SourceId,
    /// The lints whose findings are shown.
    pub(super) shown: Vec<&'static str>,
}

/// A comment that suppresses findings, or was meant to.
#[derive(Debug)]
pub(super) struct Suppression {
    /// The comment.
    pub(super) span: Span,
    /// The entry it stands at.
    pub(super) entry: Option<Span>,
    /// The lints it names, each with its place; none where it is not written as a suppression is.
    pub(super) lints: Vec<(String, Span)>,
    /// Where it is not, or its reason is not: the lints it was probably meant for, and its reason with the word that begins it.
    pub(super) meant: Vec<&'static str>,
    pub(super) because: Option<String>,
    /// Why the findings are no fault.
    pub(super) reason: Option<String>,
    /// The lints of which it suppressed a finding.
    pub(super) used: Vec<&'static str>,
}

/// A finding that a comment in the model suppresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppressed {
    /// What was found.
    pub finding: Diagnostic,
    /// The comment that suppresses it.
    pub comment: Span,
    /// The reason it gives.
    pub reason: Option<String>,
}

impl Suppressions {
    /// Reads the suppressions of every text of a policy.
    pub(super) fn of(policy: &Policy, shown: Vec<&'static str>) -> Self {
        let texts = policy.sources().iter().enumerate();
        let all = texts.flat_map(|(nth, source)| in_text(source, SourceId(to_u32(nth)))).collect();
        Self { all, own: policy.model().about().span.source, shown }
    }

    /// Gives back a finding that no comment suppresses; of one that is, takes down which does.
    pub(super) fn shown(&mut self, finding: Diagnostic, suppressed: &mut Vec<Suppressed>) -> Option<Diagnostic> {
        let Some(by) = self.all.iter_mut().find(|it| it.covers(&finding)) else { return Some(finding) };
        by.used.push(finding.name);
        suppressed.push(Suppressed { finding, comment: by.span, reason: by.reason.clone() });
        None
    }
}

impl Suppression {
    fn covers(&self, finding: &Diagnostic) -> bool {
        let (Some(entry), Some(place)) = (self.entry, finding.span) else { return false };
        let inside = entry.source == place.source && entry.start <= place.start && place.start < entry.end;
        inside && self.lints.iter().any(|(lint, _)| lint == finding.name)
    }
}

fn in_text(source: &Source, id: SourceId) -> Vec<Suppression> {
    let text = source.text();
    let begins = |(at, _): &(usize, &str)| !text.get(..*at).is_some_and(|before| before.ends_with('#'));
    let mut spoken = text.match_indices('#').filter(begins).filter_map(|(at, _)| text.get(at..)?.lines().next());
    if !spoken.any(|line| said_to_us(line).is_some()) {
        return Vec::new();
    }
    let Some(outline) = Outline::of(text, id) else { return Vec::new() };
    let comments = outline.comments();
    let entries = outline.beginnings().stood_at(&comments);
    let read = |(comment, entry): (&Comment, Option<Span>)| {
        let (rest, is_marked) = said_to_us(comment_text(text, comment))?;
        let (lints, reason) = if is_marked { written(rest, comment.span) } else { (Vec::new(), None) };
        let (meant, because) = if reason.is_none() { meant(rest) } else { (Vec::new(), None) };
        Some(Suppression { span: comment.span, entry, lints, meant, because, reason, used: Vec::new() })
    };
    comments.iter().zip(entries).filter_map(read).collect()
}

/// What a comment says to this program, and whether it is marked as it must be: by `rasci:`. Marked otherwise (`rasci allow`,
/// `RASCI: allow`), it is said to it only where it reads as a suppression: most comments of that kind speak of the program.
fn said_to_us(comment: &str) -> Option<(&str, bool)> {
    let comment = comment.trim_start_matches('#').trim_start();
    let (name, rest) = comment.split_at_checked(NAME.len())?;
    if let Some(rest) = rest.strip_prefix(':').filter(|_| name == NAME) {
        let rest = rest.trim_start();
        // `# rasci: 1` is a line of a model that somebody put into a comment.
        return rest.starts_with(char::is_alphabetic).then_some((rest, true));
    }
    let is_apart = !rest.starts_with(char::is_alphanumeric);
    let rest = rest.trim_start_matches(|between: char| !between.is_alphanumeric());
    let word = rest.split(|character: char| !character.is_alphabetic()).next()?;
    let is_meant = name.eq_ignore_ascii_case(NAME) && is_apart && is_allow(word);
    is_meant.then_some((rest, false))
}

/// `allow`, or that with one slip; `allows` is another word.
fn is_allow(word: &str) -> bool {
    const ALLOW: &str = "allow";
    let word = word.to_lowercase();
    word != "allows" && word.len().abs_diff(ALLOW.len()) <= 1 && strsim::osa_distance(&word, ALLOW) <= 1
}

/// The lints that something which was to be a suppression names, those misspelt as what is near; and its reason with the word
/// that begins it.
fn meant(rest: &str) -> (Vec<&'static str>, Option<String>) {
    let (named, reason) = rest.split_at(rest.find(REASON).unwrap_or(rest.len()));
    let all = || LINTS.iter().map(|(lint, _)| *lint);
    let known = |word: &str| all().find(|lint| *lint == word).or_else(|| nearest(word, all()));
    let words = named.split(|character: char| !character.is_alphanumeric() && character != '-');
    let says_why = reason.trim_start_matches(REASON).contains(char::is_alphanumeric);
    (words.skip(1).filter_map(known).collect(), says_why.then(|| reason.trim_end().to_owned()))
}

fn comment_text<'t>(text: &'t str, comment: &Comment) -> &'t str {
    text.get(comment.span.start as usize..comment.span.end as usize).unwrap_or("")
}

/// The lints and the reason of what follows the mark: `allow(LINT, LINT) because REASON`. `rest` ends where `comment`
/// does.
fn written(rest: &str, comment: Span) -> (Vec<(String, Span)>, Option<String>) {
    let inside = rest.strip_prefix("allow(").and_then(|rest| rest.split_once(')'));
    let Some((names, after)) = inside else { return (Vec::new(), None) };
    let reason = after.trim().strip_prefix(REASON).map(str::trim).filter(|reason| !reason.is_empty());
    let mut at = comment.end - to_u32(rest.len()) + to_u32("allow(".len());
    let place = |name: &str| {
        let start = at + to_u32(name.len() - name.trim_start().len());
        at += to_u32(name.len() + 1);
        let name = name.trim();
        (name.to_owned(), Span { start, end: start + to_u32(name.len()), ..comment })
    };
    (names.split(',').map(place).filter(|(name, _)| !name.is_empty()).collect(), reason.map(str::to_owned))
}
