//! Which entry a comment stands at: the one that begins in its line, or in the line directly below it and its like.

use std::cmp::Reverse;
use std::ops::Range;

use super::comments::Comment;
use super::outline::Outline;
use crate::source::{Span, to_u32};

/// Where the entries of a text begin, in order: found once, however many comments there are.
pub(crate) struct Beginnings<'t> {
    text: &'t str,
    /// Each place where an entry begins, with all of the entry. An item in lines begins at its dash too.
    all: Vec<(u32, Span)>,
}

impl<'t> Outline<'t> {
    /// Where the entries begin.
    pub(crate) fn beginnings(&self) -> Beginnings<'t> {
        let text = self.text();
        let begins = |entry: Span| [Some(entry.start), dash(text, entry)].into_iter().flatten().map(move |at| (at, entry));
        let mut all: Vec<(u32, Span)> = self.wholes().flat_map(begins).collect();
        all.sort_unstable_by_key(|(at, _)| *at);
        Beginnings { text, all }
    }
}

impl Beginnings<'_> {
    /// The entry that each of all comments stands at, all of it.
    pub(crate) fn stood_at(&self, comments: &[Comment]) -> Vec<Option<Span>> {
        lines_of(self.text, comments).into_iter().map(|line| self.first_in(line?)).collect()
    }

    /// The first entry that begins within these bytes, and of those that begin there the widest.
    fn first_in(&self, bytes: Range<u32>) -> Option<Span> {
        let first = self.all.partition_point(|(at, _)| *at < bytes.start);
        let inside = self.all.iter().skip(first).take_while(|(at, _)| *at < bytes.end);
        inside.map(|(_, entry)| *entry).min_by_key(|entry| (entry.start, Reverse(entry.end)))
    }
}

/// Where the dash stands before an item that begins a later line, whatever parts the two.
fn dash(text: &str, item: Span) -> Option<u32> {
    let mut before = text.get(..item.start as usize)?.trim_end_matches(' ');
    if !before.ends_with(['\n', '\r']) {
        return None;
    }
    loop {
        before = before.trim_end();
        let line = before.rsplit(['\n', '\r']).next()?;
        let comment = line.trim_start_matches([' ', '-']);
        if !comment.starts_with('#') {
            let dash = before.strip_suffix('-')?;
            return dash.ends_with([' ', '\n', '\r', '-']).then(|| to_u32(dash.len()));
        }
        before = before.strip_suffix(comment)?;
    }
}

/// The bytes of the line whose entry each comment speaks of: its own, or the first below that is no comment.
fn lines_of(text: &str, comments: &[Comment]) -> Vec<Option<Range<u32>>> {
    let mut lines: Vec<Option<Range<u32>>> = vec![None; comments.len()];
    let mut below: Option<(Comment, Option<Range<u32>>)> = None;
    for (comment, line) in comments.iter().zip(&mut lines).rev() {
        *line = line_of(text, comment).map(|own| match &below {
            // A comment in the line below speaks of the same as this one.
            Some((other, line)) if comment.alone && other.alone && own.contains(&other.span.start) => line.clone().unwrap_or(own),
            _ => own,
        });
        below = Some((*comment, line.clone()));
    }
    lines
}

/// The line of a comment that stands beside something, the line below one that stands alone.
fn line_of(text: &str, comment: &Comment) -> Option<Range<u32>> {
    let end = comment.span.end as usize;
    let (start, end) = if comment.alone {
        let start = end + if text.get(end..)?.starts_with("\r\n") { 2 } else { 1 };
        (start, text.get(start..)?.find(['\n', '\r']).map_or(text.len(), |length| start + length))
    } else {
        let before = text.get(..comment.span.start as usize)?;
        (before.rfind(['\n', '\r']).map_or(0, |at| at + 1), end)
    };
    Some(to_u32(start)..to_u32(end))
}
