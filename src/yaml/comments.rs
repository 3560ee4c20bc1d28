//! The comments of a text: what begins with `#` outside of every scalar.
//!
//! The parser is not asked for them, so that loading stays as fast as without; a tree knows where its scalars are, and
//! between them only comments hold a `#` after a space.

use super::tree::Tree;
use crate::source::{Span, to_u32};

/// A comment, from its `#` to the end of the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Comment {
    pub(crate) span: Span,
    /// Whether nothing else stands on its line.
    pub(crate) alone: bool,
}

/// Every comment of a text, in its order.
pub(crate) fn comments(text: &str, tree: &Tree<'_>) -> Vec<Comment> {
    let source = tree.span(Tree::ROOT).source;
    let mut found = Vec::new();
    let mut gap = 0;
    for scalar in tree.scalars() {
        let (start, end) = (scalar.start as usize, scalar.end as usize);
        let inner = text.get(start..end).unwrap_or("");
        between(text, gap, start, source, &mut found);
        // A block scalar may have a comment behind its `|` or `>`.
        if inner.starts_with(['|', '>']) {
            let header = inner.find(['\n', '\r']).map_or(end, |length| start + length);
            between(text, start, header, source, &mut found);
        }
        gap = gap.max(end);
    }
    between(text, gap, text.len(), source, &mut found);
    found
}

/// The comments in a stretch without scalars.
fn between(text: &str, from: usize, until: usize, source: crate::source::SourceId, found: &mut Vec<Comment>) {
    let mut at = from;
    while let Some(length) = text.get(at..until).and_then(|gap| gap.find('#')) {
        let start = at + length;
        let before = text.get(..start).unwrap_or("");
        let end = text.get(start..).and_then(|rest| rest.find(['\n', '\r'])).map_or(text.len(), |length| start + length);
        if before.is_empty() || before.ends_with([' ', '\t', '\n', '\r']) {
            let line = before.rsplit(['\n', '\r']).next().unwrap_or("");
            found.push(Comment { span: Span::new(source, to_u32(start), to_u32(end)), alone: line.trim().is_empty() });
            at = end;
        } else {
            at = start + 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use granit_parser::{Event, Parser};

    use super::comments;
    use crate::diagnostic::Diagnostics;
    use crate::source::SourceId;
    use crate::yaml::{TextLimits, Tree};

    /// The comments as the parser tells them, and as they are read here.
    fn twice(text: &str) -> Option<(Vec<&str>, Vec<&str>)> {
        let mut told = Vec::new();
        for next in Parser::new_from_str(text) {
            let (event, span) = next.ok()?;
            if matches!(event, Event::Comment(..)) {
                told.extend(span.slice(text));
            }
        }
        let limits = TextLimits { nodes: usize::MAX, nesting: 64 };
        let tree = Tree::parse(text, SourceId::default(), limits, &mut Diagnostics::default())?;
        let read = comments(text, &tree);
        Some((told, read.iter().filter_map(|it| text.get(it.span.start as usize..it.span.end as usize)).collect()))
    }

    #[test]
    fn comments_are_those_that_the_parser_tells() {
        let mut compared = 0;
        for folder in ["policies/anywherenow", "policies/mydre", "policies/broken"] {
            for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
                let Ok(text) = std::fs::read_to_string(entry.path()) else { continue };
                let Some((told, read)) = twice(&text) else { continue };
                assert_eq!(told, read, "{}", entry.path().display());
                compared += told.len();
            }
        }
        assert!(compared > 100, "only {compared} comments were read");
    }

    #[test]
    fn what_looks_like_a_comment_is_read_as_the_parser_reads_it() {
        for text in [
            "# a\n\n  # b\na: 1 # c\nb: x#no\nc: 'no # no' # d\nd: \"no # no\"\n# e",
            "a: | # header\n  text # no\n  # no\n\n# yes\nb: >-\n  # no\n",
            "a: [ # one\n  b, # two\n  # three\n  'c#d', e#f ] # four\n",
            "a: one\n  two\n# yes\nb: # nothing\nc:\n  # above\n  - d # at\n  # below\n",
            "- # of nothing\n- {} # é\n-\n  # in\n  a: b\n",
            "\r\n# a\r\nb: c # d\r\n",
            "\"a # no\": b\n? c # key\n: d # value\n",
        ] {
            let (told, read) = twice(text).unwrap_or_default();
            assert!(!told.is_empty(), "{text}");
            assert_eq!(told, read, "{text}");
        }
    }
}
