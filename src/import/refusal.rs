//! Why nothing was imported.

use std::collections::BTreeSet;
use std::fmt;

use super::ledger::Remark;
use super::sheet::Place;

/// Why there is no model: nothing is written then.
///
/// ```
/// use rasci::import::{Options, Refusal, import};
///
/// let refused = import("shopping.csv", b"What,How many\nApples,3\n", &Options::default());
/// assert!(matches!(refused, Err(Refusal::NoMatrix { .. })));
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum Refusal {
    /// More than a limit allows.
    TooLarge {
        /// More of what.
        what: String,
    },
    /// The file is of a format that is not read.
    Format {
        /// What it is.
        kind: String,
    },
    /// The file is a model already.
    Model {
        /// Its name.
        name: String,
    },
    /// There is no responsibility matrix in the file.
    NoMatrix {
        /// How many tables of another kind there are.
        tables: usize,
        /// The letters that stand beside those of a dialect, and are explained nowhere.
        unknown: BTreeSet<char>,
        /// What looks like a matrix, and what it lacks.
        unread: Vec<Remark>,
    },
    /// The legend, or the lack of one, leaves two readings of a letter.
    Ambiguous {
        /// The letter.
        letter: char,
        /// What it can mean, and where that is written.
        readings: [(String, Option<Place>); 2],
    },
    /// What was read makes no model: the errors it would have.
    Unloadable(Box<crate::LoadError>),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge { what } => write!(f, "the file is too large: {what}"),
            Self::Format { kind } => {
                write!(f, "the file is {kind}: a table is read from CSV, xlsx, ods, Markdown, HTML, JSON or YAML")
            }
            Self::Model { name } => write!(f, "`{name}` is a model already, and needs no import"),
            Self::NoMatrix { tables: 0, .. } => f.write_str("there is no table in the file"),
            Self::NoMatrix { tables, unknown, unread } => {
                let tables = if *tables == 1 {
                    "the table in the file is no".to_owned()
                } else {
                    format!("of the {tables} tables in the file none is a")
                };
                write!(f, "{tables} responsibility matrix: letters under parties, or names under letters")?;
                let unknown: Vec<String> = unknown.iter().map(|letter| format!("`{letter}`")).collect();
                match unknown.as_slice() {
                    [] => {}
                    [one] => write!(f, "; if {one} is a letter of it, say in a legend what it means")?,
                    several => write!(f, "; if {} are letters of it, say in a legend what they mean", several.join(", "))?,
                }
                // The first says enough.
                unread.first().map_or(Ok(()), |Remark { place, text }| write!(f, "; {place}: {text}"))
            }
            Self::Ambiguous { letter, readings: [first, second] } => {
                let reading = |(word, place): &(String, Option<Place>)| match place {
                    Some(place) => format!("`{word}` ({place})"),
                    None => format!("`{word}`"),
                };
                write!(
                    f,
                    "`{letter}` can be read in two ways, as {} or as {}: say in a legend what it means, or name the dialect with `--dialect`",
                    reading(first),
                    reading(second)
                )
            }
            Self::Unloadable(error) => write!(f, "what was read makes no model: {error}"),
        }
    }
}

impl std::error::Error for Refusal {}
