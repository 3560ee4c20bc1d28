//! A text that is being edited: lines and columns as editors count them, and changes to parts of it.

use std::ops::Range;

use crate::source::to_u32;

/// What a column counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// Units of UTF-16: most characters one, those beyond the first 65,536 two.
    Utf16,
    /// Code points.
    Utf32,
}

/// A place between two characters: line and column, both from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Point {
    /// The line, from 0.
    pub line: u32,
    /// The column, from 0, in the units of an [`Encoding`].
    pub column: u32,
}

/// A text with its lines.
///
/// ```
/// use rasci::editor::{Encoding, Point, Text};
///
/// let mut text = Text::new("a: 🙂 x\r\nb: y\n");
/// assert_eq!(text.offset(Point { line: 0, column: 6 }, Encoding::Utf16), "a: 🙂 ".len());
/// text.replace(3..7, "z");
/// assert_eq!(text.text(), "a: z x\r\nb: y\n");
/// assert_eq!(text.point(8, Encoding::Utf16), Point { line: 1, column: 0 });
/// ```
#[derive(Debug, Clone, Default)]
pub struct Text {
    text: String,
    starts: Vec<usize>,
}

impl Text {
    /// A text. A line ends at a line feed, a carriage return, or the two together.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        let starts = line_starts(&text);
        Self { text, starts }
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The byte at a place. Past the end of a line it is that end; within a character its start.
    #[must_use]
    pub fn offset(&self, point: Point, encoding: Encoding) -> usize {
        let line = point.line as usize;
        let Some(start) = self.starts.get(line).copied() else { return self.text.len() };
        let end = self.starts.get(line + 1).copied().unwrap_or(self.text.len());
        let line = self.text.get(start..end).unwrap_or_default().trim_end_matches(['\n', '\r']);
        let mut column = 0;
        for (at, character) in line.char_indices() {
            column += width(character, encoding);
            if column > point.column as usize {
                return start + at;
            }
        }
        start + line.len()
    }

    /// The place of a byte; of the end of the text for any byte past it.
    #[must_use]
    pub fn point(&self, offset: usize, encoding: Encoding) -> Point {
        let line = self.starts.partition_point(|start| *start <= offset).saturating_sub(1);
        let start = self.starts.get(line).copied().unwrap_or(0);
        let before = self.text.get(start..offset.min(self.text.len())).unwrap_or_default();
        let column = before.chars().map(|character| width(character, encoding)).sum();
        Point { line: to_u32(line), column: to_u32(column) }
    }

    /// How many lines there are.
    pub(super) fn count(&self) -> usize {
        self.starts.len()
    }

    /// The bytes of a line, without its end.
    #[must_use]
    pub fn line(&self, line: usize) -> Range<usize> {
        let start = self.starts.get(line).copied().unwrap_or(self.text.len());
        let end = self.starts.get(line + 1).copied().unwrap_or(self.text.len());
        start..start + self.text.get(start..end).unwrap_or_default().trim_end_matches(['\n', '\r']).len()
    }

    /// The line that a byte lies in, from 0.
    #[must_use]
    pub fn line_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset).saturating_sub(1)
    }

    /// Puts a text in the place of these bytes. Bytes that are none of the text, or part a character, change nothing.
    pub fn replace(&mut self, bytes: Range<usize>, new: &str) {
        if self.text.get(bytes.clone()).is_some() {
            self.text.replace_range(bytes, new);
            self.starts = line_starts(&self.text);
        }
    }
}

fn width(character: char, encoding: Encoding) -> usize {
    match encoding {
        Encoding::Utf8 => character.len_utf8(),
        Encoding::Utf16 => character.len_utf16(),
        Encoding::Utf32 => 1,
    }
}

fn line_starts(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let ends = |at: &usize| match bytes.get(*at) {
        Some(b'\n') => true,
        Some(b'\r') => bytes.get(at + 1) != Some(&b'\n'),
        _ => false,
    };
    std::iter::once(0).chain((0..bytes.len()).filter(ends).map(|at| at + 1)).collect()
}
