//! Diagnostics drawn beneath the lines they speak of, in the manner of rustc, by `annotate-snippets`.

use std::borrow::Cow;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Patch, Renderer, Snippet};

use super::{Diagnostic, Edit, Plain, Severity};
use crate::source::{Source, SourceId, Sources, Span, to_u32};

/// How to draw: with colour codes or plain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// With terminal colours.
    Coloured,
    /// Text alone.
    Plain,
}

/// A diagnostic as text of several lines, without a line break at the end.
#[must_use]
pub fn render(diagnostic: &Diagnostic, sources: &Sources, style: Style) -> String {
    let marks = diagnostic.span.into_iter().chain(diagnostic.related.iter().map(|related| related.span));
    if marks.clone().any(|mark| too_long(sources, mark.source, marks.clone())) {
        return Plain { diagnostic, sources }.to_string();
    }
    let level = if diagnostic.severity == Severity::Warn { Level::WARNING } else { Level::ERROR };
    let mut primary = level.primary_title(&diagnostic.message).id(diagnostic.name).elements(snippets(diagnostic, sources));
    let patch = diagnostic.mends.iter().find_map(|mend| patched(&mend.edits, sources));
    if let (Some(help), None) = (&diagnostic.help, &patch) {
        primary = primary.element(Level::HELP.message(&**help));
    }
    let mend = patch
        .map(|patch| Group::with_title(Level::HELP.secondary_title(diagnostic.help.as_deref().unwrap_or(""))).element(patch));
    let report: Vec<Group<'_>> = std::iter::once(primary).chain(mend).collect();
    let renderer = if style == Style::Coloured { Renderer::styled() } else { Renderer::plain() };
    renderer.decor_style(DecorStyle::Ascii).render(&report)
}

/// Whether the lines between these places are more than can be drawn well: a file that is one line of a megabyte.
fn too_long(sources: &Sources, file: SourceId, marks: impl Iterator<Item = Span>) -> bool {
    const LONGEST: usize = 1 << 20;
    let here = marks.filter(|mark| mark.source == file);
    sources.get(file).is_some_and(|source| source.text().len() > LONGEST && Window::around(source, here).text.len() > LONGEST)
}

/// The lines of the file the diagnostic speaks of first, then those of the others.
fn snippets<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Vec<Snippet<'a, Annotation<'a>>> {
    let primary = diagnostic.span.map(|span| (span, AnnotationKind::Primary, diagnostic.label.as_deref()));
    let related = diagnostic.related.iter().map(|related| (related.span, AnnotationKind::Context, Some(&*related.message)));
    let marks: Vec<_> = primary.into_iter().chain(related).collect();
    let mut files: Vec<SourceId> = Vec::new();
    for (span, ..) in &marks {
        if !files.contains(&span.source) {
            files.push(span.source);
        }
    }
    let of_file = |file: SourceId| {
        let source = sources.get(file)?;
        let here = || marks.iter().filter(move |(span, ..)| span.source == file);
        let window = Window::around(source, here().map(|(span, ..)| *span));
        let annotations = here().map(|(span, kind, label)| kind.span(window.drawn(*span)).label(*label));
        Some(window.snippet().annotations(annotations))
    };
    files.into_iter().filter_map(of_file).collect()
}

/// A word in place of another is drawn; what is taken out, the help says.
fn patched<'a>(edits: &'a [Edit], sources: &'a Sources) -> Option<Snippet<'a, Patch<'a>>> {
    let [Edit { span, replacement }] = edits else { return None };
    if replacement.is_empty() || span.start == span.end {
        return None;
    }
    let window = Window::around(sources.get(span.source)?, std::iter::once(*span));
    Some(window.snippet().patch(Patch::new(window.drawn(*span), replacement)))
}

/// The whole lines of a text that spans lie in: what is drawn costs its own length, not that of the file.
struct Window<'a> {
    source: &'a Source,
    start: usize,
    text: Cow<'a, str>,
}

impl<'a> Window<'a> {
    fn around(source: &'a Source, spans: impl Iterator<Item = Span>) -> Self {
        let (mut first, mut last) = (usize::MAX, 0);
        for span in spans {
            first = first.min(span.start as usize);
            last = last.max(span.start as usize);
        }
        let whole = source.text();
        let first = first.min(whole.len());
        let last = last.clamp(first, whole.len());
        let start = whole.get(..first).and_then(|before| before.rfind(['\n', '\r'])).map_or(0, |at| at + 1);
        let end = whole.get(last..).and_then(|after| after.find(['\n', '\r'])).map_or(whole.len(), |at| last + at);
        let text = whole.get(start..end).unwrap_or("");
        // Every line break of YAML is drawn as one, at the cost of no byte, so that spans stay right.
        let text =
            if text.contains('\r') { Cow::Owned(text.replace("\r\n", " \n").replace('\r', "\n")) } else { Cow::Borrowed(text) };
        Self { source, start, text }
    }

    fn snippet<T: Clone>(&self) -> Snippet<'a, T> {
        let line = self.source.position(to_u32(self.start)).line;
        Snippet::source(self.text.clone()).path(self.source.name()).line_start(line as usize)
    }

    /// A span of several lines is drawn as its first: the eye needs where it starts, not all of it.
    fn drawn(&self, span: Span) -> std::ops::Range<usize> {
        let start = (span.start as usize).saturating_sub(self.start).min(self.text.len());
        let end = (span.end as usize).saturating_sub(self.start).clamp(start, self.text.len());
        let first = self.text.get(start..end).and_then(|text| text.lines().next()).unwrap_or("");
        start..start + first.trim_end().len()
    }
}
