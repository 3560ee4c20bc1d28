//! The marks of letters, and the notes that say when a mark holds.

use std::fmt::Write;

use crate::document::Letter;
use crate::model::{Model, When};
use crate::query::tidy;
use crate::words::alternatives;

/// What a mark says of its letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A party holds it.
    Held,
    /// Nobody does, and the model says so.
    Nobody,
    /// The model is silent, where somebody ought to be named.
    Silent,
}

/// A mark: a letter, and the note on when it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) letter: Letter,
    pub(super) kind: Kind,
    pub(super) note: Option<usize>,
}

/// When something holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    Never,
    Always,
    /// As the note of this number says.
    Noted(usize),
}

/// How wide and high a mark is.
pub(super) const SIDE: f64 = 21.0;

/// The conditions that marks hold under, each once.
#[derive(Debug, Default)]
pub(super) struct Notes {
    pub(super) all: Vec<String>,
}

impl Notes {
    /// When one of these conditions holds: the empty one always does, and of none none.
    pub(super) fn of<'c>(&mut self, model: &Model, whens: impl Iterator<Item = &'c When>) -> Holds {
        let whens: Vec<&When> = whens.collect();
        if whens.is_empty() {
            return Holds::Never;
        }
        let together: When = whens.iter().copied().flatten().cloned().collect();
        let when = tidy(model, &together).filter(|when| !when.is_empty() && whens.iter().all(|each| !each.is_empty()));
        when.map_or(Holds::Always, |when| Holds::Noted(self.number(model, &when)))
    }

    fn number(&mut self, model: &Model, when: &When) -> usize {
        let words = format!("when {}", alternatives(model, when));
        let known = self.all.iter().position(|note| *note == words);
        known.unwrap_or_else(|| {
            self.all.push(words);
            self.all.len() - 1
        })
    }
}

impl Mark {
    /// How wide it is with its note.
    pub(super) fn width(&self) -> f64 {
        SIDE + 2.0 + self.note.map_or(0.0, |note| if note < 9 { 7.0 } else { 13.0 })
    }

    /// Draws it, from its left edge, with its middle at this height.
    pub(super) fn draw(&self, out: &mut String, x: f64, middle: f64) {
        let letter = self.letter.as_str();
        let (top, centre) = (middle - SIDE / 2.0, x + SIDE / 2.0);
        let _ = match self.kind {
            Kind::Held if self.note.is_some() => {
                let inner = SIDE - 2.0;
                writeln!(
                    out,
                    r#"<rect class="some {letter}" x="{:.1}" y="{:.1}" width="{inner}" height="{inner}" rx="4"/>"#,
                    x + 1.0,
                    top + 1.0
                )
            }
            Kind::Held => {
                writeln!(out, r#"<rect class="chip {letter}" x="{x:.1}" y="{top:.1}" width="{SIDE}" height="{SIDE}" rx="4"/>"#)
            }
            Kind::Nobody => {
                let (reach, radius) = (SIDE / 2.0 - 1.0, SIDE / 2.0 - 2.0);
                writeln!(
                    out,
                    r#"<circle class="none {letter}" cx="{centre:.1}" cy="{middle:.1}" r="{radius}"/><path class="none {letter}" d="M{:.1} {:.1}L{:.1} {:.1}"/>"#,
                    centre - reach,
                    middle + reach,
                    centre + reach,
                    middle - reach
                )
            }
            Kind::Silent => {
                let inner = SIDE - 2.0;
                writeln!(
                    out,
                    r#"<rect class="gap" x="{:.1}" y="{:.1}" width="{inner}" height="{inner}" rx="4"/>"#,
                    x + 1.0,
                    top + 1.0
                )
            }
        };
        let class = match self.kind {
            Kind::Held if self.note.is_none() => "on".to_owned(),
            Kind::Silent => "silent".to_owned(),
            Kind::Held | Kind::Nobody => format!("mark t{letter}"),
        };
        super::text::line(out, &class, centre, middle + 4.5, letter);
        if let Some(note) = self.note {
            super::text::line(out, "number", x + SIDE + 1.5, middle - 4.0, &(note + 1).to_string());
        }
    }
}
