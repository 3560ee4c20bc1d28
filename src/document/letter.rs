//! The five letters, and the keys that name them: `R`, `A/R`, `I+`.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// What a party is for a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Letter {
    /// Does the work.
    #[serde(rename = "R")]
    Responsible,
    /// Answers for it.
    #[serde(rename = "A")]
    Accountable,
    /// Helps do it.
    #[serde(rename = "S")]
    Support,
    /// Gives input, and hears back.
    #[serde(rename = "C")]
    Consulted,
    /// Is told.
    #[serde(rename = "I")]
    Informed,
}

impl Letter {
    /// The five, in the order of the word.
    pub const ALL: [Self; 5] = [Self::Responsible, Self::Accountable, Self::Support, Self::Consulted, Self::Informed];

    /// The letter as authors write it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Responsible => "R",
            Self::Accountable => "A",
            Self::Support => "S",
            Self::Consulted => "C",
            Self::Informed => "I",
        }
    }

    /// The word it stands for.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Responsible => "responsible",
            Self::Accountable => "accountable",
            Self::Support => "support",
            Self::Consulted => "consulted",
            Self::Informed => "informed",
        }
    }

    /// The letter of this text: `R`, or its word in any case.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|letter| letter.as_str() == text || letter.word().eq_ignore_ascii_case(text))
    }

    /// Its place among the five.
    #[must_use]
    pub fn index(self) -> usize {
        self as usize
    }
}

/// A key of letters as written: `A/R+` adds to A and to R.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterKey {
    /// The letters, in the order written.
    pub letters: Cow<'static, [Letter]>,
    /// Whether the key adds to what is set elsewhere, instead of setting.
    pub adds: bool,
}

impl LetterKey {
    /// Reads a key; `None` where it is no key of letters.
    #[must_use]
    pub fn parse(key: &str) -> Option<Self> {
        let (letters, adds) = key.strip_suffix('+').map_or((key, false), |letters| (letters, true));
        let letter = |part: &str| Letter::ALL.iter().find(|letter| letter.as_str() == part);
        // Most keys are of one letter.
        let letters = match letter(letters) {
            Some(one) => Cow::Borrowed(std::slice::from_ref(one)),
            None => letters.split('/').map(|part| letter(part).copied()).collect::<Option<_>>()?,
        };
        Some(Self { letters, adds })
    }

    /// The key that was probably meant: a word for its letter, `a / r` or `AR` for `A/R`, `+I` for `I+`.
    pub(crate) fn meant(key: &str) -> Option<String> {
        if let Some(letter) = Letter::parse(key) {
            return Some(letter.as_str().to_owned());
        }
        // A letter and its party without the space between them.
        if let Some((first, party)) = key.split_once(':').filter(|(first, _)| Self::parse(first).is_some()) {
            return Some(format!("{first}: {party}"));
        }
        let capitals: String = key.to_uppercase().split_whitespace().collect();
        let letters = capitals.trim_matches('+');
        let plus = if capitals.contains('+') { "+" } else { "" };
        let joined = letters.chars().map(String::from).collect::<Vec<_>>().join("/");
        let keys = [format!("{letters}{plus}"), format!("{joined}{plus}")];
        keys.into_iter().find(|meant| Self::parse(meant).is_some())
    }
}

impl std::fmt::Display for LetterKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let letters: Vec<&str> = self.letters.iter().map(|letter| letter.as_str()).collect();
        write!(f, "{}{}", letters.join("/"), if self.adds { "+" } else { "" })
    }
}
