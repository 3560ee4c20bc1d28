//! What was read, written down: keys in their order, one way to indent, braces where they fit.
//!
//! What stands in brackets or braces stays so where it fits in a line, or in a few where it is a list of names or a map
//! of simple values; else, and where a comment stands in it, it is written in lines. What is in lines stays in lines.

use super::brackets::{bracketed, ordered};
use super::read::{Beside, Collection, Entry, Remark, Value};
use super::scalar::{self, Written};
use super::spoken::is_suppression;

/// Each level of lines is indented by so many spaces.
const STEP: usize = 2;

/// A text while it is written.
#[derive(Default)]
pub(super) struct Printer {
    text: String,
    /// Whether the last line is the end of a text that keeps its blank lines.
    kept: bool,
}

impl Printer {
    /// The text of a document.
    pub(super) fn document(mut self, mut root: Entry<'_>) -> String {
        if let Value::Many(many) = &mut root.value
            && let Some(first) = many.entries.first_mut()
        {
            // What stands above a blank line at the start speaks of the whole document.
            let last_blank = first.above.iter().rposition(|remark| remark.blank).unwrap_or(0);
            let heading = if first.blank { first.above.len() } else { last_blank };
            let rest = first.above.split_off(heading);
            let heading = std::mem::replace(&mut first.above, rest);
            if !heading.is_empty() {
                self.remarks(&heading, 0, true);
                self.text.push('\n');
            }
            first.blank = false;
            if let Some(remark) = first.above.first_mut() {
                remark.blank = false;
            }
        }
        if let (Value::Many(many), Some(beside)) = (&mut root.value, &root.beside) {
            many.below.push(Remark { text: beside.text, blank: false });
        }
        self.remarks(&root.above, 0, true);
        match &root.value {
            Value::Many(many) if !many.entries.is_empty() => self.lines(many, 0),
            Value::Nothing if root.beside.is_none() => {}
            value => self.value_of(value, root.beside.as_ref(), 0, 0),
        }
        self.text
    }

    /// The entries of a list or map, each beginning a line with this indentation; the first where the last line ends.
    fn lines(&mut self, many: &Collection<'_>, indent: usize) {
        let first = many.entries.first();
        let open = !self.text.is_empty() && !self.text.ends_with('\n');
        for (nth, entry) in ordered(many).into_iter().enumerate() {
            let was_first = first.is_some_and(|first| std::ptr::eq(first, entry));
            let blank = |blank: bool| blank && (nth > 0 || was_first && !open && !self.text.is_empty());
            let (above, before) = (blank(entry.above.first().is_some_and(|remark| remark.blank)), blank(entry.blank));
            if nth > 0 || !open {
                if above {
                    self.blank();
                }
                self.remarks(&entry.above, indent, true);
                if before || entry.blank && !entry.above.is_empty() {
                    self.blank();
                }
                for comment in hoisted(entry, indent) {
                    self.remark(comment, indent);
                }
                self.indent(indent);
            }
            self.entry(entry, indent);
        }
        if let Some(first) = many.below.first() {
            if first.blank {
                self.blank();
            }
            self.remarks(&many.below, indent, true);
        }
    }

    fn entry(&mut self, entry: &Entry<'_>, indent: usize) {
        match &entry.key {
            Some(key) => {
                self.text.push_str(&scalar::key(key));
                self.text.push(':');
            }
            None => self.text.push('-'),
        }
        self.value(entry, indent);
    }

    /// The value of an entry, behind its key or dash.
    fn value(&mut self, entry: &Entry<'_>, indent: usize) {
        let beside = entry.beside.as_ref();
        match &entry.value {
            Value::Many(many) => {
                let start = self.column() + 1;
                if let Some(texts) = bracketed(many, start, indent + 2 * STEP) {
                    self.text.push(' ');
                    self.text.push_str(&texts.join("\n"));
                    return self.end(beside.filter(|it| texts.len() == 1 || !is_suppression(it.text)));
                }
                if entry.key.is_none() {
                    self.text.push(' ');
                    return self.lines(many, indent + STEP);
                }
                self.end(beside);
                self.lines(many, indent + STEP);
            }
            value => self.value_of(value, beside, indent, 1),
        }
    }

    /// A scalar or nothing, after some spaces.
    fn value_of(&mut self, value: &Value<'_>, beside: Option<&Beside<'_>>, indent: usize, spaces: usize) {
        let Value::Scalar(scalar) = value else { return self.end(beside) };
        self.text.push_str(&" ".repeat(spaces));
        match Written::of(scalar) {
            Written::Line(line) => {
                self.text.push_str(&line);
                self.end(beside);
            }
            Written::Lines(lines) => {
                for (nth, line) in lines.iter().enumerate() {
                    if nth > 0 {
                        self.text.push('\n');
                        if !line.is_empty() {
                            self.indent(indent + STEP);
                        }
                    }
                    self.text.push_str(line);
                }
                self.end(beside);
            }
            Written::Block(header, lines) => {
                self.text.push_str(&header);
                self.end(beside);
                for line in &lines {
                    if !line.is_empty() {
                        self.indent(indent + STEP);
                    }
                    self.text.push_str(line);
                    self.text.push('\n');
                }
                self.kept = header.contains('+');
            }
        }
    }

    /// The end of a line, with a comment in the column it was in, or behind what stands there.
    fn end(&mut self, beside: Option<&Beside<'_>>) {
        if let Some(Beside { text, column }) = beside {
            let gap = column.saturating_sub(self.column()).max(1);
            self.text.push_str(&" ".repeat(gap));
            self.text.push_str(text.trim_end());
        }
        self.text.push('\n');
        self.kept = false;
    }

    /// Comments on lines of their own; the first without the blank line before it.
    fn remarks(&mut self, remarks: &[Remark<'_>], indent: usize, first: bool) {
        for (nth, remark) in remarks.iter().enumerate() {
            if remark.blank && (nth > 0 || !first) {
                self.blank();
            }
            self.remark(remark.text, indent);
        }
    }

    fn remark(&mut self, text: &str, indent: usize) {
        self.indent(indent);
        self.text.push_str(text.trim_end());
        self.text.push('\n');
        self.kept = false;
    }

    /// A blank line, where there is none.
    fn blank(&mut self) {
        if !self.kept && !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    fn indent(&mut self, spaces: usize) {
        self.text.push_str(&" ".repeat(spaces));
    }

    fn column(&self) -> usize {
        self.text.rsplit('\n').next().map_or(0, |line| line.chars().count())
    }
}

/// The comments that come to stand above an entry: those of an item in lines that have no line of their own behind its dash,
/// and a suppression of what is filled over several lines, since it is not read at the end of the last.
fn hoisted<'t>(entry: &Entry<'t>, indent: usize) -> Vec<&'t str> {
    let Value::Many(many) = &entry.value else { return Vec::new() };
    let suppression = entry.beside.as_ref().map(|beside| beside.text).filter(|text| is_suppression(text));
    if entry.key.is_some() && suppression.is_none() {
        return Vec::new();
    }
    let column = indent + entry.key.as_ref().map_or(1, |key| scalar::key(key).chars().count() + 1) + 1;
    match bracketed(many, column, indent + 2 * STEP) {
        Some(lines) if lines.len() > 1 => return suppression.into_iter().collect(),
        None if entry.key.is_none() => {}
        _ => return Vec::new(),
    }
    let mut comments: Vec<&str> = entry.beside.iter().map(|beside| beside.text).collect();
    if let Some(first) = ordered(many).first() {
        comments.extend(first.above.iter().map(|remark| remark.text));
        comments.extend(hoisted(first, indent + STEP));
    }
    comments
}
