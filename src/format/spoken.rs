//! Suppressions, which speak of the entry that begins in their line: each stays with its entry, wherever lines come to end.

use std::collections::HashMap;

use super::lines::Lines;
use super::order::Kind;
use super::read::{Beside, Entry, Remark, Value};
use crate::source::{SourceId, Span};
use crate::yaml::{Comment, Outline};

/// Whether a comment is one that lints read.
pub(super) fn is_suppression(comment: &str) -> bool {
    comment.trim_start_matches('#').trim_start().starts_with("rasci:")
}

/// A suppression, and the entry that it speaks of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spoken {
    pub(super) comment: Comment,
    pub(super) entry: Option<Span>,
}

/// The suppressions of a text; those without cost no reading.
pub(super) fn spoken(text: &str, comments: &[Comment]) -> Vec<Spoken> {
    let of = |comment: &Comment| text.get(comment.span.start as usize..comment.span.end as usize).unwrap_or("");
    if !comments.iter().any(|comment| is_suppression(of(comment))) {
        return Vec::new();
    }
    let Some(outline) = Outline::of(text, SourceId::default()) else { return Vec::new() };
    let entries = outline.beginnings().stood_at(comments);
    let all = comments.iter().zip(entries).filter(|(comment, _)| is_suppression(of(comment)));
    all.map(|(comment, entry)| Spoken { comment: *comment, entry }).collect()
}

/// The suppressions at the ends of lines, by the entry that they speak of; on a line of its own, one moves as others do.
pub(super) fn by_entry(spoken: &[Spoken]) -> HashMap<Span, Vec<Comment>> {
    let mut all: HashMap<Span, Vec<Comment>> = HashMap::new();
    for it in spoken.iter().filter(|it| !it.comment.alone) {
        if let Some(entry) = it.entry {
            all.entry(entry).or_default().push(it.comment);
        }
    }
    all
}

impl<'t> Beside<'t> {
    /// A comment in its column.
    pub(super) fn of(comment: Comment, text: &'t str, lines: &Lines<'_>) -> Self {
        let (start, end) = (comment.span.start as usize, comment.span.end as usize);
        Self { text: text.get(start..end).unwrap_or(""), column: lines.column(start) }
    }
}

impl<'t> Entry<'t> {
    /// Takes a suppression to the line in which the entry begins: that of its first key or item, where it stood there and
    /// that stays the first.
    pub(super) fn suppress(&mut self, beside: Beside<'t>, in_first: bool) {
        if let Value::Many(many) = &mut self.value
            && let (true, true, false) = (in_first, self.key.is_none(), many.brackets)
            && stays_first(many.kind, &many.entries)
            && let Some(first) = many.entries.first_mut()
        {
            return first.suppress(beside, in_first);
        }
        let Some(other) = self.beside.replace(beside) else { return };
        let other = Remark { text: other.text, blank: false };
        match &mut self.value {
            Value::Many(many) if !many.entries.is_empty() => many.below.push(other),
            _ => self.above.push(other),
        }
    }
}

fn stays_first(kind: Kind, entries: &[Entry<'_>]) -> bool {
    let mut ranks = entries.iter().map(|entry| entry.key.as_ref().map_or(0, |key| kind.rank(&key.text)));
    ranks.next().is_some_and(|first| ranks.all(|rank| first <= rank))
}
