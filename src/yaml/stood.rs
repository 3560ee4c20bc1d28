//! Which entry a comment stands at: the one that begins in its line, or in the line directly below it and its like.

use std::cmp::Reverse;
use std::ops::Range;

use super::comments::Comment;
use super::outline::Outline;
use crate::source::{Span, to_u32};

impl Outline<'_> {
    /// The entry that a comment stands at, all of it; `below` are the comments after it.
    pub(crate) fn stood_at(&self, comment: &Comment, below: &[Comment]) -> Option<Span> {
        self.beginning_in(line_of(self.text(), comment, below)?)
    }

    /// The first entry that begins within these bytes, and of those that begin there the widest. An item in lines begins
    /// at its dash, whatever parts that from the rest.
    fn beginning_in(&self, bytes: Range<u32>) -> Option<Span> {
        let begins = |entry: &Span| bytes.contains(&entry.start) || self.dash(*entry).is_some_and(|at| bytes.contains(&at));
        self.wholes().filter(begins).min_by_key(|span| (span.start, Reverse(span.end)))
    }

    /// Where the dash stands before an item that begins a later line.
    fn dash(&self, item: Span) -> Option<u32> {
        let mut before = self.text().get(..item.start as usize)?.trim_end_matches(' ');
        if !before.ends_with(['\n', '\r']) {
            return None;
        }
        loop {
            before = before.trim_end();
            let line = before.rsplit(['\n', '\r']).next()?;
            let comment = line.trim_start_matches([' ', '-']);
            if comment.is_empty() || !comment.starts_with('#') {
                let dash = before.strip_suffix('-')?;
                return dash.ends_with([' ', '\n', '\r', '-']).then(|| to_u32(dash.len()));
            }
            before = before.strip_suffix(comment)?;
        }
    }
}

/// The bytes of the line whose entry a comment speaks of: its own, or the first below that is no comment.
fn line_of(text: &str, comment: &Comment, below: &[Comment]) -> Option<Range<u32>> {
    let start_of = |at: u32| text.get(..at as usize).map(|before| before.rfind(['\n', '\r']).map_or(0, |at| at + 1));
    let end_of = |at: usize| text.get(at..).map(|rest| rest.find(['\n', '\r']).map_or(text.len(), |length| at + length));
    let (mut start, mut end) = (start_of(comment.span.start)?, comment.span.end as usize);
    let mut below = below.iter();
    while comment.alone && text.get(start..end)?.trim_start().starts_with('#') {
        start = end + if text.get(end..)?.starts_with("\r\n") { 2 } else { 1 };
        end = end_of(start)?;
        let beside = below.next().is_some_and(|next| next.alone && (start..=end).contains(&(next.span.start as usize)));
        if !beside {
            break;
        }
    }
    Some(to_u32(start)..to_u32(end))
}
