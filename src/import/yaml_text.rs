//! YAML text as a person would keep it: an indented line for each key, and what is short in braces on one line.

use std::fmt::Write as _;

/// Text that grows line by line.
#[derive(Debug, Default)]
pub(crate) struct Text {
    text: String,
}

/// Lines longer than this are broken where they can be.
pub(crate) const WIDE: usize = 120;

impl Text {
    pub(crate) fn into_string(self) -> String {
        self.text
    }

    pub(crate) fn comment(&mut self, text: &str) {
        let _ = writeln!(self.text, "# {}", text.replace(['\n', '\r'], " "));
    }

    /// A key whose entries follow, or a whole line.
    pub(crate) fn line(&mut self, depth: usize, line: &str) {
        let _ = writeln!(self.text, "{:indent$}{line}", "", indent = depth * 2);
    }

    /// A key with a text: on its line, or, where it has several, in a block below.
    pub(crate) fn said(&mut self, depth: usize, key: &str, text: &str) {
        if !text.contains('\n') {
            return self.line(depth, &format!("{key}: {}", scalar(text)));
        }
        self.line(depth, &format!("{key}: |-"));
        for line in text.lines() {
            self.line(depth + 1, line);
        }
    }
}

/// A map in braces.
pub(crate) fn map(entries: &[(String, String)]) -> String {
    let entries: Vec<String> = entries.iter().map(|(key, value)| format!("{key}: {value}")).collect();
    if entries.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", entries.join(", ")) }
}

/// A list of ids or of names: one stands alone.
pub(crate) fn list(items: &[String]) -> String {
    match items {
        [one] => one.clone(),
        items => format!("[{}]", items.join(", ")),
    }
}

/// A text as a scalar that reads as itself, also within braces: plain where it can be, else in quotes.
pub(crate) fn scalar(text: &str) -> String {
    let plain = |c: char| {
        c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | '(' | ')' | '/' | '+' | ';' | '\'' | '’' | '–' | '—')
    };
    let starts = text.chars().next().is_some_and(char::is_alphanumeric);
    let ends = text.chars().next_back().is_some_and(|c| c != ' ');
    let word = matches!(text.to_lowercase().as_str(), "null" | "true" | "false" | "~");
    if starts && ends && !word && !text.contains("  ") && text.chars().all(plain) {
        return text.to_owned();
    }
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\u{feff}' | '\u{2028}' | '\u{2029}' | '\u{fffe}' | '\u{ffff}' => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(c));
            }
            c if c.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
