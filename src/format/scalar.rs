//! How a scalar is written: the same text, in quotes only where it had some and needs them.

use std::fmt::Write;

use super::read::Scalar;

/// Words that some readers of YAML take for something else than text.
const WORDS: [&str; 10] = ["null", "true", "false", "yes", "no", "on", "off", "y", "n", "nan"];

/// A scalar, ready to be written.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Written {
    /// In one line.
    Line(String),
    /// In several, of which the first follows the key.
    Lines(Vec<String>),
    /// Behind `|` or `>`: the header, and the lines below it without indentation.
    Block(String, Vec<String>),
}

impl Written {
    pub(super) fn of(scalar: &Scalar<'_>) -> Self {
        let Scalar { raw, text } = scalar;
        if raw.starts_with(['|', '>']) {
            return block(raw, text);
        }
        if raw.contains(['\n', '\r']) {
            let quoted = raw.starts_with(['"', '\'']);
            let line = |line: &str| (if quoted { line.trim_start() } else { line.trim() }).to_owned();
            let mut lines: Vec<String> = lines(raw).into_iter().map(line).collect();
            if let Some(first) = lines.first_mut().filter(|_| !quoted) {
                first.truncate(first.trim_end().len());
            }
            return Self::Lines(lines);
        }
        Self::Line(match raw.as_bytes().first() {
            Some(b'"' | b'\'') if is_word(text) => text.to_string(),
            Some(b'\'') if !text.contains(['"', '\\']) && !text.contains(char::is_control) => format!("\"{text}\""),
            _ => (*raw).to_owned(),
        })
    }
}

/// A key: always in one line.
pub(super) fn key(scalar: &Scalar<'_>) -> String {
    // A key behind `|` begins below it: its bytes are neither its text nor in quotes.
    let as_it_reads = scalar.raw == scalar.text && !scalar.raw.is_empty();
    let as_written = as_it_reads || scalar.raw.starts_with(['"', '\'']) && scalar.raw.ends_with(['"', '\'']);
    if let (true, Written::Line(line)) = (as_written, Written::of(scalar)) {
        return line;
    }
    let mut line = "\"".to_owned();
    for c in scalar.text.chars() {
        match c {
            '"' | '\\' => line.extend(['\\', c]),
            '\n' => line.push_str("\\n"),
            c if c.is_ascii_graphic() || c == ' ' || c.is_alphanumeric() => line.push(c),
            c => {
                let _ = write!(line, "\\U{:08X}", u32::from(c));
            }
        }
    }
    line.push('"');
    line
}

/// Whether a text is written as ids and relations are, and reads the same without quotes for every reader of YAML.
pub(super) fn is_word(text: &str) -> bool {
    let inner = text.strip_prefix('$').unwrap_or(text);
    inner.starts_with(|first: char| first.is_ascii_lowercase())
        && inner.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        && !WORDS.contains(&text)
}

/// A text behind `|` or `>`.
fn block(raw: &str, text: &str) -> Written {
    let mut raw_lines = lines(raw).into_iter();
    let head = raw_lines.next().unwrap_or("").split([' ', '\t', '#']).next().unwrap_or("");
    let kept = head.contains('+');
    let mut content: Vec<String> = if head.starts_with('|') {
        text.strip_suffix('\n').unwrap_or(text).split('\n').map(str::to_owned).collect()
    } else {
        let folded: Vec<&str> = raw_lines.collect();
        let spaces = |line: &str| line.len() - line.trim_start_matches(' ').len();
        let first = |lines: &[&str]| lines.iter().find(|line| !line.trim().is_empty()).map_or(0, |line| spaces(line));
        let indentation = first(&folded).saturating_sub(first(&lines(text)));
        folded.iter().map(|line| line.get(indentation..).unwrap_or("").to_owned()).collect()
    };
    while content.last().is_some_and(String::is_empty) {
        content.pop();
    }
    if kept {
        let breaks = text.len() - text.trim_end_matches('\n').len();
        content.extend(std::iter::repeat_n(String::new(), if content.is_empty() { breaks } else { breaks.saturating_sub(1) }));
    }
    // Where the first line starts with a space, the indentation has to be said.
    let leading = content.iter().take_while(|line| line.trim().is_empty()).count();
    let said = content.iter().take(leading + 1).any(|line| line.starts_with([' ', '\t']));
    let mut header: String = head.chars().filter(|c| !c.is_ascii_digit()).collect();
    if said {
        header.insert(1, '2');
    }
    Written::Block(header, content)
}

/// Lines, whatever ends them.
fn lines(text: &str) -> Vec<&str> {
    text.split('\n').flat_map(|line| line.strip_suffix('\r').unwrap_or(line).split('\r')).collect()
}

#[cfg(test)]
mod tests {
    use super::is_word;

    #[test]
    fn a_word_needs_no_quotes() {
        for word in ["customer", "vendor-l2", "$manager", "on-premises"] {
            assert!(is_word(word), "{word}");
        }
        for text in ["", "no", "null", "Purpose", "2025-04", "1.10", "two words", "a: b", "é", "-", "$", "a,b", ".inf", "+1"] {
            assert!(!is_word(text), "{text}");
        }
    }
}
