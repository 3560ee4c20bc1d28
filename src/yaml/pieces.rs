//! A large text cut where entries begin, so that all cores read it.
//!
//! A model is a map of few keys, some of which hold very many entries. It is cut before lines that begin one of these keys and, within
//! a key, before lines that begin an item or an entry as deep as its first. Whether such a line is what it seems (and not a line of a text
//! in quotes, or of a block of text) shows when the pieces are read: see `joined`.

use std::ops::Range;

/// Shorter texts are read at once: sooner than a thread wakes.
const LEAST: usize = 1 << 14;

/// Pieces of more bytes only take room until they are joined.
const MOST_OF_PIECE: usize = 1 << 16;
const LEAST_OF_PIECE: usize = 1 << 11;

/// For each thread so many pieces, where they are not too small or large: some are read sooner than others.
const FOR_EACH_THREAD: usize = 4;

/// A stretch of whole lines, and the indent of the line after it: what is read ends there, as it does where the text is read at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) bytes: Range<usize>,
    pub(super) begins: Begins,
}

/// What a piece begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Begins {
    /// A key of the whole document.
    Key,
    /// An item or entry of what stands under a key: here the first of them begins, and here the first of this piece.
    Entry { first: usize, own: usize },
}

/// The pieces of a text for so many threads, which is asked of a large one only; none where they are not worth it, or where it is not told
/// from the lines alone where they begin.
pub(super) fn pieces(text: &str, threads: impl FnOnce() -> usize) -> Option<Vec<Piece>> {
    if text.len() < LEAST {
        return None;
    }
    let threads = threads();
    if threads < 2 {
        return None;
    }
    cut(text, (text.len() / (threads * FOR_EACH_THREAD)).clamp(LEAST_OF_PIECE, MOST_OF_PIECE))
}

/// The pieces, each cut where it has so many bytes or soon after; none where there is only one.
fn cut(text: &str, size: usize) -> Option<Vec<Piece>> {
    // A carriage return alone ends a line too; nobody writes that.
    if text.split('\r').skip(1).any(|line| !line.starts_with('\n')) {
        return None;
    }
    let mut pieces = vec![Piece { bytes: 0..text.len(), begins: Begins::Key }];
    let mut section = Section::default();
    let mut end = 0;
    for line in text.split_inclusive('\n') {
        let start = end;
        end += line.len();
        let Some(begins) = section.next(line, start)? else { continue };
        // Entries of one key do not stand in one piece with another key.
        let must = |last: &Piece| begins == Begins::Key && last.begins != Begins::Key;
        if let Some(last) = pieces.last_mut().filter(|last| start - last.bytes.start >= size || must(last)) {
            last.bytes.end = if let Begins::Entry { own, .. } = begins { own } else { start };
            pieces.push(Piece { bytes: start..text.len(), begins });
        }
    }
    (pieces.len() > 1).then_some(pieces)
}

/// What stands under a key of the document, as far as its lines have been met.
#[derive(Default)]
struct Section {
    /// Whether nothing is met yet of what stands under a key.
    open: bool,
    /// Where the first item or entry begins, how deep, and whether it is an item.
    first: Option<(usize, usize, bool)>,
}

impl Section {
    /// What begins with a line, if that can be cut off; none where nothing can be cut from here on.
    #[expect(clippy::option_option, reason = "what cannot be told ends the cutting, what begins nothing does not")]
    fn next(&mut self, line: &str, start: usize) -> Option<Option<Begins>> {
        let depth = line.bytes().take_while(|byte| *byte == b' ').count();
        let rest = line.get(depth..).unwrap_or_default();
        let Some(byte) = rest.bytes().next().filter(|byte| !matches!(byte, b'\r' | b'\n' | b'#')) else {
            return Some(None);
        };
        let item = rest.starts_with("- ");
        if depth == 0 && !item {
            return match byte {
                _ if is_word(byte) => {
                    // What stands beside the key is no list or map in lines.
                    let value = line.split_once(':').map(|(_, value)| value.trim_start());
                    *self = Self { open: value.is_some_and(|value| value.is_empty() || value.starts_with('#')), first: None };
                    Some(Some(Begins::Key))
                }
                // Of brackets and braces that end there.
                b']' | b'}' => Some(None),
                // The mark of another document, or what no model begins a line with.
                _ => None,
            };
        }
        match self.first {
            None => {
                self.first = (self.open && (item || is_word(byte))).then_some((start + depth, depth, item));
                self.open = false;
                Some(None)
            }
            Some((first, own, items)) if own == depth && (item || is_word(byte)) && item == items => {
                Some(Some(Begins::Entry { first, own: start + depth }))
            }
            Some(_) => Some(None),
        }
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit()
}

#[cfg(test)]
mod tests {
    //! A tree that is joined of pieces is that of the text read at once.

    use std::fs;

    use proptest::prelude::*;

    use super::cut;
    use crate::diagnostic::Diagnostics;
    use crate::source::SourceId;
    use crate::yaml::join::joined;
    use crate::yaml::{TextLimits, Tree};

    /// Whether a text was joined of pieces of this size; then the tree is the same, and nothing is wrong with it.
    fn is_joined(text: &str, size: usize) -> bool {
        let limits = TextLimits { nesting: 16, ..TextLimits::default() };
        let Some(joined) = cut(text, size).and_then(|pieces| joined(text, &pieces, SourceId::default(), limits)) else {
            return false;
        };
        let mut sink = Diagnostics::default();
        let whole = Tree::parse_so_far(text, SourceId::default(), limits, &mut sink);
        assert!(whole.1 && sink.is_empty(), "{text}");
        assert_eq!(format!("{:?}", (&joined.nodes, &joined.pool)), format!("{:?}", (&whole.0.nodes, &whole.0.pool)), "{text}");
        true
    }

    #[test]
    fn shipped_models_are_joined() {
        for path in ["policies/anywherenow/operating-model-2.yaml", "policies/mydre/core-support-team.yaml"] {
            let text = fs::read_to_string(path).unwrap_or_default();
            assert!(is_joined(&text, 1) && is_joined(&text, 1 << 12), "{path}");
        }
    }

    #[test]
    fn what_is_not_what_it_seems_is_read_at_once() {
        let deep = format!("a:\n  - b\n  - {}{}\n", "[".repeat(15), "]".repeat(15));
        let texts = [
            "a: 1\n...\nb: 2\n",
            "a: 1\r...\nb: 2\n",
            "  a: 1\nb: 2\n",
            " {a: 1}\nb: 2\n",
            "a:\n  b\n  c\n",
            "a: &b 1\nb: 2\n",
            "a: 'b\nc: d'\n",
            "a:\n  b: |\n  c: 1\n",
            &deep,
        ];
        for text in texts {
            assert!(!is_joined(text, 1), "{text}");
        }
        assert!(is_joined(&deep.replacen('[', "", 1).replacen(']', "", 1), 1), "as deep as may be");
    }

    /// What stands in an item or under a key: in lines, and often what looks like more entries and is none.
    fn values() -> impl Strategy<Value = &'static str> {
        prop::sample::select(vec![
            "",
            " a",
            " a # b",
            " 'a'",
            " \"a\\n\"",
            " [a, b]",
            " {a: b}",
            " {a: b,\n  c: d}",
            " [a,\n  b\n  ]",
            "\n  a: b\n  c:",
            "\n  - a\n  - b",
            " |\n  a\n  - b\n",
            " |+\n  a\n\n",
            " >-\n  a\n\n  b: c",
            " |",
            " |+\n\n",
            " |2\n    a\n",
            " \"a\n  - b\"",
            " 'a\n\n  b: c'",
            " a\n  b",
            " a\n  - b",
            "\n  # a\n  b: c",
            "\n\n  b: c\n",
            "\r\n  b: c",
            " é",
            "   ",
            "\n  a:\n    - b\n    - c: d\n      e:\n",
            " # a",
            " |\n  # a\n # b",
        ])
    }

    /// What seldom stands where an entry could, and mostly is a mistake there.
    fn others() -> impl Strategy<Value = &'static str> {
        prop::sample::select(vec![
            "---",
            "...",
            "%YAML 1.2",
            "? a",
            ": b",
            "]",
            "}",
            "\"",
            "'",
            "a",
            "-",
            "- a",
            "a: b",
            "A: 1",
            "\"a\": 1",
            "- &a b",
            "- *a",
            "a: !b c",
            "# a",
            "",
            " ",
            "\ta: 1",
            "a: 1\rb: 2",
            "{a: b}: c",
            "[a]",
            "a: \"b\nc: d",
            "e\"",
            "a: [",
            "- - a",
        ])
    }

    fn sections() -> impl Strategy<Value = String> {
        let name = prop::sample::select(vec!["a", "b-1", "2", "c d"]);
        let entry = (name.clone(), values(), prop::option::weighted(0.04, others()));
        let under = (any::<bool>(), 0..4_usize, prop::collection::vec(entry, 1..6));
        (name, prop_oneof![values().prop_map(Ok), under.prop_map(Err)]).prop_map(|(name, under)| match under {
            Ok(value) => format!("{name}:{value}\n"),
            Err((items, depth, entries)) => {
                let depth = if items { depth } else { depth.max(1) };
                let all = entries.iter().flat_map(|(key, value, other)| {
                    let own = if items { format!("-{}", value.trim_start_matches('\n')) } else { format!("{key}:{value}") };
                    own.lines().chain(*other).map(|line| format!("{}{line}\n", " ".repeat(depth))).collect::<Vec<_>>()
                });
                format!("{name}:\n{}", all.collect::<String>())
            }
        })
    }

    fn texts() -> impl Strategy<Value = String> {
        let other = others().prop_map(|line| format!("{line}\n"));
        prop::collection::vec(prop_oneof![20 => sections(), 1 => other], 1..6).prop_map(|all| all.concat())
    }

    proptest! {
        #[test]
        fn what_is_joined_is_what_is_read_at_once(text in texts(), size in 1..40_usize) {
            is_joined(&text, size);
        }
    }
}
