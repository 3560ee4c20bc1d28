//! Cuts a text into the pieces that are read alone: its sections, and the entries of those that are written in lines.
//!
//! A cut looks at the beginnings of lines only. A text that is written otherwise, so that its pieces mean nothing alone,
//! is not lost: its pieces cannot be read, and it is read as a whole.

use std::ops::Range;

use super::test_files as tests;
use super::text::Text;
use crate::document::Document;
use crate::document::form::{Field, Form, Record};

/// A stretch of a text that is read alone.
#[derive(Debug, Clone)]
pub(super) struct Cut {
    pub(super) bytes: Range<usize>,
    /// The section whose entries it holds; none for what stands furthest left.
    pub(super) under: Option<&'static Field>,
}

/// Whether a text is that of policy tests.
pub(super) fn is_test(text: &str) -> bool {
    let braces = text.trim_start().starts_with('{');
    text.lines().any(|line| {
        let line = if braces { line.trim_start_matches(['{', ' ', ',', '\t']) } else { line };
        line.trim_start_matches(['"', '\'']).starts_with("rasci-test")
    })
}

/// What the keys of a document take.
pub(super) fn record(tests: bool) -> &'static Record {
    if tests { tests::FILE } else { Document::RECORD }
}

/// The pieces of a text, which follow each other without a gap.
pub(super) fn cut(text: &Text, record: &'static Record) -> Vec<Cut> {
    let mut cuts = vec![Cut { bytes: 0..text.text().len(), under: None }];
    let mut section: Option<Section> = None;
    for line in 0..text.count() {
        let bytes = text.line(line);
        let Some(content) = text.text().get(bytes.clone()) else { continue };
        let rest = content.trim_start_matches(' ');
        if rest.trim_start().is_empty() || rest.starts_with('#') {
            continue;
        }
        let indent = content.len() - rest.len();
        let under = section.as_mut().and_then(|section| section.holds(indent, rest).then_some(section.field));
        if under.is_none() {
            if indent > 0 || !begins_key(rest) {
                continue;
            }
            section = opened(rest, record);
        }
        if let Some(last) = cuts.last_mut() {
            last.bytes.end = bytes.start;
        }
        cuts.push(Cut { bytes: bytes.start..text.text().len(), under });
    }
    cuts.retain(|cut| !cut.bytes.is_empty());
    cuts
}

/// A section that is written in lines, each entry of which is a piece.
struct Section {
    field: &'static Field,
    list: bool,
    /// How far to the right its entries stand, once there is one; nothing where it is written otherwise.
    indent: Option<usize>,
    refused: bool,
}

impl Section {
    /// Whether an entry of it begins with this line.
    fn holds(&mut self, indent: usize, rest: &str) -> bool {
        let item = rest.starts_with("- ") || rest == "-";
        if self.refused || self.indent.is_some_and(|of_entries| of_entries != indent) || !self.list && indent == 0 {
            return false;
        }
        let entry = if self.list { item } else { !item && begins_key(rest) };
        if self.indent.is_none() && indent > 0 && !entry {
            self.refused = true;
        }
        if entry {
            self.indent = Some(indent);
        }
        entry
    }
}

/// Whether a line begins with what may be a key.
fn begins_key(rest: &str) -> bool {
    !rest.starts_with(['-', '{', '}', '[', ']', '|', '>', '&', '*', '!', '?', ',', '\t'])
}

/// The section that a line opens, where its entries stand in the lines below.
fn opened(line: &str, record: &'static Record) -> Option<Section> {
    let (key, value) = line.split_once(':')?;
    let value = value.trim_start();
    if !value.is_empty() && !value.starts_with('#') {
        return None;
    }
    let field = record.field(key.trim_matches(['"', '\'']))?;
    let list = match (field.form)() {
        Form::Entries(..) => false,
        Form::List(_) => true,
        _ => return None,
    };
    Some(Section { field, list, indent: None, refused: false })
}
