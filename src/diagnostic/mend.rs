//! Changes that mend what a diagnostic speaks of, as data: what to call them, and which bytes become which text.

use crate::source::Span;

/// One way to mend what a diagnostic speaks of. Where there are several, the author chooses.
///
/// ```
/// use rasci::diagnostic::applied;
/// use rasci::Policy;
///
/// let text = "rasci: 1\nid: a\nparties: { customer: {} }\ntasks: { t: { assign: [{ A/R: custmer }] } }\n";
/// let error = Policy::parse("model.yaml", text).unwrap_err();
/// let mend = &error.diagnostics()[0].mends[0];
/// assert_eq!(mend.title, "write `customer`");
/// let mended = applied(text, &mend.edits).expect("edits of this text");
/// assert!(Policy::parse("model.yaml", &mended).is_ok());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mend {
    /// What it does, as a fragment: "write `customer`".
    pub title: String,
    /// The changes, which belong together and do not overlap.
    pub edits: Vec<Edit>,
    /// Whether it may be applied unasked: it is what the author meant as far as can be seen, or changes no answer.
    pub certain: bool,
}

/// A change to a text: these bytes replaced by that text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Edit {
    /// The bytes to replace.
    pub span: Span,
    /// What to put there.
    pub replacement: String,
}

impl Mend {
    /// A mend that may be applied unasked.
    #[must_use]
    pub fn certain(title: impl Into<String>, edits: Vec<Edit>) -> Self {
        Self { title: title.into(), edits, certain: true }
    }

    /// A mend that the author has to choose.
    #[must_use]
    pub fn possible(title: impl Into<String>, edits: Vec<Edit>) -> Self {
        Self { title: title.into(), edits, certain: false }
    }
}

/// A text with edits applied to it; the same edit given twice counts once. None where two overlap, or one lies outside
/// of the text.
#[must_use]
pub fn applied(text: &str, edits: &[Edit]) -> Option<String> {
    let mut edits: Vec<&Edit> = edits.iter().collect();
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    edits.dedup();
    let mut changed = String::with_capacity(text.len());
    let mut at = 0;
    for Edit { span, replacement } in edits {
        let (start, end) = (span.start as usize, span.end as usize);
        changed.push_str(text.get(at..start)?);
        changed.push_str(replacement);
        text.get(start..end)?;
        at = end;
    }
    changed.push_str(text.get(at..)?);
    Some(changed)
}

#[cfg(test)]
mod tests {
    use super::{Edit, applied};
    use crate::source::{SourceId, Span};

    fn edit(start: u32, end: u32, replacement: &str) -> Edit {
        Edit { span: Span::new(SourceId(0), start, end), replacement: replacement.to_owned() }
    }

    #[test]
    fn edits_are_applied_in_the_order_of_the_text() {
        assert_eq!(applied("abcdef", &[edit(4, 5, ""), edit(0, 2, "é"), edit(2, 2, "-")]).as_deref(), Some("é-cdf"));
        assert_eq!(applied("ab", &[edit(0, 1, "x"), edit(0, 1, "x")]).as_deref(), Some("xb"));
        assert_eq!(applied("ab", &[]).as_deref(), Some("ab"));
    }

    #[test]
    fn edits_that_overlap_or_lie_outside_are_refused() {
        assert_eq!(applied("abcdef", &[edit(0, 3, ""), edit(2, 4, "")]), None);
        assert_eq!(applied("ab", &[edit(1, 3, "")]), None);
        assert_eq!(applied("é", &[edit(1, 2, "")]), None);
        assert_eq!(applied("ab", &[edit(1, 0, "")]), None);
    }
}
