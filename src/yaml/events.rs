//! The one file that knows the YAML parser: its events, reduced to what a model may be written with.
//!
//! Anchors, aliases and tags come through as what they are, so that they can be refused at their place.

use std::borrow::Cow;
use std::ops::Range;

use granit_parser::{ErrorKind, Event as Granit, Parser, ScalarStyle, ScanError, Span, options};

use super::syntax::{Told, told};

/// What the parser met.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Event<'t> {
    /// A document starts.
    Document,
    /// A scalar: its text, and whether it stands without quotes.
    Scalar(Cow<'t, str>, bool),
    /// A list starts.
    List,
    /// A map starts.
    Map,
    /// The innermost list or map ends.
    End,
    /// `&name`, on the node before.
    Anchor,
    /// `*name`, in place of a node.
    Alias,
    /// `!name`, on the node that follows.
    Tag,
}

/// Why the text cannot be read further.
#[derive(Debug)]
pub(super) struct Failure {
    /// What is wrong, where, and what to write.
    pub(super) told: Told,
    /// Whether it stopped because lists or maps lie too deep.
    pub(super) too_deep: bool,
}

/// Gives every event of a text with its bytes to `take`, until the text ends, is no YAML, or `take` answers false.
///
/// Never more than `nesting` lists and maps lie within each other.
pub(super) fn read<'t>(
    text: &'t str,
    nesting: usize,
    mut take: impl FnMut(Event<'t>, Range<usize>) -> bool,
) -> Result<(), Failure> {
    let options = options! {
        emit_comments: false,
        emit_anchor_events: true,
        emit_unresolved_aliases: true,
        flow_nesting_limit: nesting,
        block_nesting_limit: nesting,
    };
    for next in Parser::new_from_str_with_options(text, options) {
        let (event, span) = next.map_err(|error| failure(&error, text))?;
        if let Some(tag) = span.tag_span()
            && !take(Event::Tag, bytes(&tag))
        {
            return Ok(());
        }
        let event = match event {
            Granit::DocumentStart(..) => Event::Document,
            // Where nothing is written, the parser says `~`, which the author did not.
            Granit::Scalar(_, ScalarStyle::Plain, ..) if bytes(&span).is_empty() => Event::Scalar(Cow::Borrowed(""), true),
            Granit::Scalar(value, style, ..) => Event::Scalar(value, style == ScalarStyle::Plain),
            Granit::SequenceStart(..) => Event::List,
            Granit::MappingStart(..) => Event::Map,
            Granit::SequenceEnd | Granit::MappingEnd => Event::End,
            Granit::Anchor(..) => Event::Anchor,
            Granit::Alias(..) | Granit::UnresolvedAlias(..) => Event::Alias,
            _ => continue,
        };
        if !take(event, bytes(&span)) {
            return Ok(());
        }
    }
    Ok(())
}

fn bytes(span: &Span) -> Range<usize> {
    span.byte_range().unwrap_or_default()
}

fn failure(error: &ScanError, text: &str) -> Failure {
    let at = error.marker().byte_offset().unwrap_or(text.len()).min(text.len());
    Failure { told: told(&error.info(), text, at), too_deep: matches!(error.kind(), ErrorKind::RecursionLimitExceeded) }
}

#[cfg(test)]
mod tests {
    //! The parser can be changed: its ancestor, read through the same few events, tells every model alike.

    use std::fs;

    use saphyr_parser::{Event as Saphyr, Parser, ScalarStyle};

    use super::{Event, read};

    fn by_granit(text: &str) -> Option<Vec<Event<'_>>> {
        let mut events = Vec::new();
        let outcome = read(text, 64, |event, _| {
            events.push(event);
            true
        });
        outcome.ok().map(|()| events)
    }

    fn by_saphyr(text: &str) -> Option<Vec<Event<'_>>> {
        let mut events = Vec::new();
        for next in Parser::new_from_str(text) {
            let (event, anchor, tag) = match next.ok()?.0 {
                Saphyr::DocumentStart(..) => (Event::Document, 0, None),
                Saphyr::Scalar(value, style, anchor, tag) => (Event::Scalar(value, style == ScalarStyle::Plain), anchor, tag),
                Saphyr::SequenceStart(anchor, tag) => (Event::List, anchor, tag),
                Saphyr::MappingStart(anchor, tag) => (Event::Map, anchor, tag),
                Saphyr::SequenceEnd | Saphyr::MappingEnd => (Event::End, 0, None),
                Saphyr::Alias(_) => (Event::Alias, 0, None),
                _ => continue,
            };
            events.extend(tag.map(|_| Event::Tag));
            events.push(event);
            events.extend((anchor > 0).then_some(Event::Anchor));
        }
        Some(events)
    }

    #[test]
    fn two_parsers_tell_every_model_alike() {
        let mut compared = 0;
        for folder in ["policies/anywherenow", "policies/mydre", "policies/broken"] {
            for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
                let Ok(text) = fs::read_to_string(entry.path()) else { continue };
                let (granit, saphyr) = (by_granit(&text), by_saphyr(&text));
                assert_eq!(granit, saphyr, "{}", entry.path().display());
                compared += usize::from(granit.is_some());
            }
        }
        assert!(compared > 50, "only {compared} models could be read");
    }
}
