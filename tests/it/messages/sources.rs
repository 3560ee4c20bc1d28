//! The messages that stand in the source: the texts given to the functions that make and help errors.

use std::fs;
use std::path::Path;

/// What takes a message.
const MAKERS: [&str; 11] = [
    "Diagnostic::error(",
    ".missing(",
    ".expected_so(",
    ".help(",
    ".label(",
    ".related(",
    "Err(format!(",
    ".ok_or(",
    "Failure::Usage(",
    "#[error(",
    "say(",
];

/// Messages that no test can bring up, and why.
pub(super) const UNSEEN: [(&str, &str); 8] = [
    ("cannot write", "the disk is full, or not the author's"),
    ("is not formatted", "only a mistake of the formatter"),
    ("cannot be written otherwise", "only a mistake of the formatter"),
    ("The text stops being YAML here", "what the parser says that nobody has met"),
    ("a line in brackets that is not indented", "the parser reads it, for now"),
    ("that is declared, or declare this one", "only after thousands of unknown names"),
    ("Split the tests into several files", "only of a test file of 64 MiB"),
    ("the path leaves the project", "said in other words where it is met"),
];

/// The longest part of each message that is always the same, with its file.
pub(super) fn messages(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(messages(&path));
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let text = text.split("#[cfg(test)]").next().unwrap();
        let code: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        let code = code.join("\n");
        for maker in MAKERS {
            for (at, _) in code.match_indices(maker) {
                let literals = literals(&code[at + maker.len()..]);
                found.extend(literals.iter().filter_map(|text| constant(text)).map(|text| (path.display().to_string(), text)));
            }
        }
    }
    found
}

/// The texts in quotes up to the bracket that closes the call.
fn literals(code: &str) -> Vec<String> {
    let (mut found, mut depth, mut open, mut escaped) = (Vec::new(), 1, None::<String>, false);
    for character in code.chars() {
        match (&mut open, character) {
            (Some(text), character) if escaped => {
                text.push(character);
                escaped = false;
            }
            (Some(_), '\\') => escaped = true,
            (Some(_), '"') => found.extend(open.take()),
            (Some(text), character) => text.push(character),
            (None, '"') => open = Some(String::new()),
            (None, '(') => depth += 1,
            (None, ')') if depth == 1 => break,
            (None, ')') => depth -= 1,
            _ => {}
        }
    }
    found
}

/// The longest part of a message between what is filled in; none where that is no words.
fn constant(message: &str) -> Option<String> {
    const SHORTEST: usize = 8;
    let whole = message.replace("{{", "\u{1}").replace("}}", "\u{2}");
    let parts =
        whole.split('{').enumerate().map(|(nth, part)| if nth == 0 { part } else { part.split_once('}').map_or("", |it| it.1) });
    let longest = parts.max_by_key(|part| part.len())?;
    let longest = in_one_line(&longest.replace('\u{1}', "{").replace('\u{2}', "}"));
    (longest.len() >= SHORTEST && longest.contains(' ')).then_some(longest)
}

/// A text with every stretch of white space as one space.
pub(super) fn in_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
