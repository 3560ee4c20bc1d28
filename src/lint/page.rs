//! The page of a lint: what it finds, why that matters, a model in which it fires, and the same model mended.
//!
//! Pages are Markdown; `docs/lints.md` is all of them, one after the other. Whether the models do what the pages say
//! is for the tests to hold.

use std::fmt::Write;

use super::{Example, Lint, TABLE};
use crate::diagnostic::nearest;
use crate::document::{LINTS, Level};

/// Paragraphs are broken into lines of so many characters.
const WIDTH: usize = 100;

const INTRODUCTION: &str = "\
A lint finds something questionable in a model that loads. Each has a default level: `allow` (not shown), `warn` (shown) or \
`deny` (shown, and `rasci check` fails). A model gives a lint another level with `lints`, as in \
`lints: { unused-party: allow }`; one run does with `--deny`, `--warn` or `--allow`. Findings at one place are suppressed there, by a comment with the reason: \
`# rasci: allow(LINT) because REASON`, at the end of the line in which the entry begins (the item of a list, or the key of a map) \
or on a line of its own directly above. It speaks of that lint in that entry and all that lies in it; of several lints write \
`allow(LINT, LINT)`. Each page has a model in which the lint \
fires, and the same model mended. `rasci lints NAME` prints one page.";

impl Lint {
    /// The lint of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        TABLE.iter().copied().find(|lint| lint.name == name)
    }

    /// The lint that another name was probably meant to be.
    #[must_use]
    pub fn near(name: &str) -> Option<&'static Self> {
        nearest(name, TABLE.iter().map(|lint| lint.name)).and_then(Self::named)
    }

    /// The level it has unless a model or a caller gives it another.
    #[must_use]
    pub fn default_level(&self) -> Level {
        LINTS.iter().find(|(name, _)| *name == self.name).map_or(Level::Warn, |(_, level)| *level)
    }
}

/// The page of a lint, as Markdown.
#[must_use]
pub fn page_markdown(lint: &Lint) -> String {
    let Lint { name, finds, why, .. } = lint;
    let level = lint.default_level();
    let raise = if level == Level::Allow { format!("; `lints: {{ {name}: warn }}` raises it") } else { String::new() };
    let mut page = format!("## {name}\n\n");
    paragraph(&mut page, &format!("Finds {finds}. Level: `{}`{raise}.", level.as_str()));
    paragraph(&mut page, why);
    page.push_str("It fires here:\n\n");
    models(&mut page, lint.fires, &[]);
    page.push_str("And here it does not:\n\n");
    models(&mut page, lint.mended, lint.fires);
    page.truncate(page.trim_end().len());
    page.push('\n');
    page
}

/// The pages of all lints with a table of them in front, as Markdown.
#[must_use]
pub fn pages_markdown() -> String {
    let mut pages = "# The lints\n\n".to_owned();
    paragraph(&mut pages, INTRODUCTION);
    pages.push_str(&table_markdown(""));
    for lint in TABLE {
        let _ = write!(pages, "\n{}", page_markdown(lint));
    }
    pages
}

/// The table of all lints, each with a link to its page in this file, as Markdown.
#[must_use]
pub fn table_markdown(file: &str) -> String {
    let mut table = "| lint | default | finds |\n|---|---|---|\n".to_owned();
    for lint in TABLE {
        let Lint { name, finds, .. } = lint;
        let _ = writeln!(table, "| [`{name}`]({file}#{name}) | {} | {finds} |", lint.default_level().as_str());
    }
    table
}

/// Each document that is not as before, under its name where there are several.
fn models(page: &mut String, example: Example, before: Example) {
    for (file, text) in example.iter().filter(|document| !before.contains(document)) {
        if example.len() > 1 {
            let _ = write!(page, "`{file}`\n\n");
        }
        let _ = write!(page, "```yaml\n{text}```\n\n");
    }
}

/// Words in lines, with what stands between backticks kept together.
fn paragraph(page: &mut String, text: &str) {
    let (mut column, mut in_code) = (0, false);
    for word in text.split_inclusive(|c: char| {
        in_code ^= c == '`';
        c == ' ' && !in_code
    }) {
        let length = word.trim_end().chars().count();
        if column > 0 && column + length > WIDTH {
            page.truncate(page.trim_end().len());
            page.push('\n');
            column = 0;
        }
        page.push_str(word);
        column += word.chars().count();
    }
    page.push_str("\n\n");
}
