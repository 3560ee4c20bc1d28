//! Stage 0: the text of a file, and places in it.
//!
//! A [`Source`] is a name and a text; a [`Span`] is a stretch of bytes in one of them, small enough to keep with every
//! reference of a model; a [`Position`] is what people read: line and column from 1, columns in Unicode code points.
//! Nothing here knows what the text means.

mod files;

use std::sync::OnceLock;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use files::{Disk, FileError, Files, Located, Memory};

/// A text that was loaded, under the name that messages give it (for a file, its path as the caller wrote it).
#[derive(Debug)]
pub struct Source {
    name: String,
    text: String,
    line_starts: OnceLock<Vec<u32>>,
    /// The code points before each stretch of [`STRETCH`] bytes.
    code_points: OnceLock<Vec<u32>>,
}

/// Which source of a [`Sources`] a span lies in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct SourceId(pub(crate) u32);

/// A stretch of bytes in one source, end exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// The source.
    pub source: SourceId,
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

/// A value and where it is written. Two are equal where their values are: what is said counts, not where.
#[derive(Debug, Clone, Copy, Default)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it is written; the start of the first source for a value that was made, not read.
    pub span: Span,
}

/// A line and a column, both from 1, the column in Unicode code points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1, in Unicode code points.
    pub column: u32,
}

/// A span as people and other programs read it: file, start and exclusive end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place<'a> {
    /// The name of the source.
    pub file: &'a str,
    /// Where it starts.
    pub start: Position,
    /// Where it ends, exclusive.
    pub end: Position,
}

/// Every source of one load, in the order they were read.
#[derive(Debug, Default)]
pub struct Sources(Vec<Source>);

impl Source {
    /// A source of this name and text. A byte order mark at the start is not part of the text.
    #[must_use]
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let mut text = text.into();
        if text.starts_with('\u{feff}') {
            text.drain(..'\u{feff}'.len_utf8());
        }
        Self { name: name.into(), text, line_starts: OnceLock::new(), code_points: OnceLock::new() }
    }

    /// The name that messages give the source.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The line and column of a byte; of the end of the text for any byte past it.
    ///
    /// A line ends at a line feed, a carriage return, or the two together, as in YAML.
    #[must_use]
    pub fn position(&self, byte: u32) -> Position {
        let starts = self.line_starts.get_or_init(|| line_starts(&self.text));
        let line = starts.partition_point(|start| *start <= byte);
        let start = starts.get(line.saturating_sub(1)).copied().unwrap_or(0) as usize;
        let end = (byte as usize).min(self.text.len());
        let column = self.code_points_before(end).saturating_sub(self.code_points_before(start));
        Position { line: to_u32(line), column: to_u32(column + 1) }
    }

    /// The code points that start before a byte: a line may be as long as the text, so they are not counted anew.
    fn code_points_before(&self, byte: usize) -> usize {
        let counts = self.code_points.get_or_init(|| {
            let mut before = 0;
            let count = |stretch: &[u8]| {
                let here = before;
                before += starts(stretch);
                to_u32(here)
            };
            self.text.as_bytes().chunks(STRETCH).map(count).collect()
        });
        let stretch = (byte / STRETCH).min(counts.len().saturating_sub(1));
        let rest = self.text.as_bytes().get(stretch * STRETCH..byte).map_or(0, starts);
        counts.get(stretch).map_or(0, |before| *before as usize) + rest
    }
}

impl Span {
    /// The span of these bytes.
    #[must_use]
    pub fn new(source: SourceId, start: u32, end: u32) -> Self {
        Self { source, start, end }
    }
}

impl<T> Spanned<T> {
    /// A value and where it is written.
    #[must_use]
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

impl<T: Serialize> Serialize for Spanned<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Spanned<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(|value| Self { value, span: Span::default() })
    }
}

impl<T: PartialEq> PartialEq for Spanned<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for Spanned<T> {}

impl Sources {
    /// Takes in a source and gives the id that its spans carry.
    pub fn add(&mut self, source: Source) -> SourceId {
        self.0.push(source);
        SourceId(to_u32(self.0.len() - 1))
    }

    /// The source of this id.
    #[must_use]
    pub fn get(&self, id: SourceId) -> Option<&Source> {
        self.0.get(id.0 as usize)
    }

    /// Every source, in the order they were read.
    pub fn iter(&self) -> impl Iterator<Item = &Source> {
        self.0.iter()
    }

    /// Where a span stands. A span of another load stands in a file without a name.
    #[must_use]
    pub fn place(&self, span: Span) -> Place<'_> {
        let start = Position { line: 1, column: 1 };
        self.get(span.source).map_or(Place { file: "", start, end: start }, |source| Place {
            file: source.name(),
            start: source.position(span.start),
            end: source.position(span.end),
        })
    }

    /// The text that a span covers.
    #[must_use]
    pub fn text(&self, span: Span) -> &str {
        self.get(span.source).and_then(|source| source.text().get(span.start as usize..span.end as usize)).unwrap_or("")
    }
}

/// Lengths and counts fit: a document's bytes are limited far below this.
pub(crate) fn to_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// How many bytes are counted at a time.
const STRETCH: usize = 1024;

/// The code points that start in these bytes of a text.
fn starts(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count()
}

fn line_starts(text: &str) -> Vec<u32> {
    let bytes = text.as_bytes();
    let ends_line = |at: usize| match bytes.get(at) {
        Some(b'\n') => true,
        Some(b'\r') => bytes.get(at + 1) != Some(&b'\n'),
        _ => false,
    };
    std::iter::once(0).chain((0..bytes.len()).filter(|at| ends_line(*at)).map(|at| to_u32(at + 1))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, byte: u32) -> (u32, u32) {
        let position = Source::new("t", text).position(byte);
        (position.line, position.column)
    }

    #[test]
    fn columns_count_code_points() {
        assert_eq!(at("é🙂: x\n", 8), (1, 5));
    }

    #[test]
    fn every_line_break_of_yaml_ends_a_line() {
        assert_eq!(at("a\nb\r\nc\rd", 2), (2, 1));
        assert_eq!(at("a\nb\r\nc\rd", 5), (3, 1));
        assert_eq!(at("a\nb\r\nc\rd", 7), (4, 1));
    }

    #[test]
    fn columns_of_long_lines_count_code_points() {
        let text = format!("x\n{}", "é".repeat(3 * STRETCH));
        let stretch = to_u32(STRETCH);
        assert_eq!(at(&text, 2 + 2 * stretch), (2, stretch + 1));
        assert_eq!(at(&text, 2 + 6 * stretch), (2, 3 * stretch + 1));
    }

    #[test]
    fn past_the_end_is_the_end() {
        assert_eq!(at("ab", 99), (1, 3));
        assert_eq!(at("", 0), (1, 1));
    }

    #[test]
    fn a_byte_order_mark_is_no_text() {
        assert_eq!(Source::new("t", "\u{feff}rasci: 1").text(), "rasci: 1");
    }
}
