//! One workflow command a diagnostic, which GitHub Actions shows at the line it speaks of.
//!
//! `::error file=..,line=..,col=..,endLine=..,endColumn=..,title=..::message`. Columns count code points, ends are
//! exclusive, as everywhere in this crate.

use std::fmt;

use super::{Diagnostic, Severity};
use crate::source::Sources;

/// Shows a diagnostic as a workflow command, on one line without a line break at the end.
#[derive(Debug)]
pub struct Annotation<'a> {
    /// What to show.
    pub diagnostic: &'a Diagnostic,
    /// The texts its places lie in.
    pub sources: &'a Sources,
}

impl fmt::Display for Annotation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Diagnostic { name, severity, span, .. } = self.diagnostic;
        f.write_str(if *severity == Severity::Warn { "::warning " } else { "::error " })?;
        if let Some(span) = span {
            let place = self.sources.place(*span);
            write!(f, "file={},line={},col={},", property(place.file), place.start.line, place.start.column)?;
            write!(f, "endLine={},endColumn={},", place.end.line, place.end.column)?;
        }
        write!(f, "title={}::{}", property(name), data(&self.message()))
    }
}

impl Annotation<'_> {
    /// The message, its help, and the related places: an annotation shows nothing else.
    fn message(&self) -> String {
        let mut lines = vec![self.diagnostic.message.clone()];
        lines.extend(self.diagnostic.help.as_deref().map(str::to_owned));
        lines.extend(self.diagnostic.related.iter().map(|related| {
            let place = self.sources.place(related.span);
            format!("{}:{}:{}: {}", place.file, place.start.line, place.start.column, related.message)
        }));
        lines.join("\n")
    }
}

/// What would end the command or begin an escape, escaped.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The same in a property, which a colon or a comma would end too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::Annotation;
    use crate::diagnostic::{Diagnostic, ErrorKind};
    use crate::source::{Source, SourceId, Sources, Span};

    #[test]
    fn what_would_end_a_command_is_escaped() {
        let mut sources = Sources::default();
        sources.add(Source::new("a,b: 100%.yaml", "rasci: 1\r\nid: x\r\n"));
        let span = Span::new(SourceId(0), 4, 12);
        let diagnostic = Diagnostic::error(ErrorKind::UnknownKey, span, "100% of\r\nit: a, b").help("Write\nless.");
        let shown = Annotation { diagnostic: &diagnostic, sources: &sources }.to_string();
        assert_eq!(
            shown,
            "::error file=a%2Cb%3A 100%25.yaml,line=1,col=5,endLine=2,endColumn=3,title=unknown-key::\
             100%25 of%0D%0Ait: a, b%0AWrite%0Aless."
        );
    }
}
