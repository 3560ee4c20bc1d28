//! Dialects: which letters a table uses, and which of the five each stands for.
//!
//! A legend says it; where there is none, the letters are those of the dialect that was asked for, or of RASCI. A letter
//! without a counterpart among the five is known, and reported where it stands.

use std::collections::BTreeMap;

use super::sheet::Place;
use super::words::Duty;
use crate::document::Letter;

/// A dialect of responsibility tables.
///
/// ```
/// use rasci::import::Dialect;
///
/// assert_eq!(Dialect::named("rasic"), Some(Dialect::Rasci));
/// assert_eq!(Dialect::RaciVs.name(), "RACI-VS");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// Responsible, Accountable, Consulted, Informed.
    Raci,
    /// RACI with Support; also written RASIC.
    Rasci,
    /// RACI with Verifies and Signs off, which have no counterpart.
    RaciVs,
    /// Driver (who does it), Approver (who answers for it), Contributors (who are asked), Informed.
    Daci,
    /// RACI with Omitted: out of the loop, on purpose.
    Cairo,
}

impl Dialect {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Raci, Self::Rasci, Self::RaciVs, Self::Daci, Self::Cairo];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Raci => "RACI",
            Self::Rasci => "RASCI",
            Self::RaciVs => "RACI-VS",
            Self::Daci => "DACI",
            Self::Cairo => "CAIRO",
        }
    }

    /// The dialect of this name, in any case; RASIC is RASCI.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let name = name.to_uppercase();
        let name = if name == "RASIC" { "RASCI" } else { &name };
        Self::ALL.into_iter().find(|dialect| dialect.name() == name)
    }

    fn letters(self) -> &'static [(char, Duty)] {
        use Duty::{Foreign, Holds, Out};
        const R: (char, Duty) = ('R', Holds(Letter::Responsible));
        const A: (char, Duty) = ('A', Holds(Letter::Accountable));
        const S: (char, Duty) = ('S', Holds(Letter::Support));
        const C: (char, Duty) = ('C', Holds(Letter::Consulted));
        const I: (char, Duty) = ('I', Holds(Letter::Informed));
        match self {
            Self::Raci => &[R, A, C, I],
            Self::Rasci => &[R, A, S, C, I],
            Self::RaciVs => &[R, A, C, I, ('V', Foreign), ('S', Foreign)],
            Self::Daci => &[('D', Holds(Letter::Responsible)), A, C, I],
            Self::Cairo => &[R, A, C, I, ('O', Out)],
        }
    }
}

/// What the letters of a file stand for.
#[derive(Debug, Clone)]
pub(crate) struct Alphabet {
    /// How it is called in the report.
    pub(crate) name: String,
    signs: BTreeMap<char, Duty>,
    /// Where a legend has a word that is not known, and what its letter is taken for all the same.
    pub(crate) remarks: Vec<(Place, String)>,
}

/// What a legend says of a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meaning {
    Says(Duty),
    /// A word that is used for R by some and for A by others.
    Either,
    /// A word that is not known.
    Unknown,
}

/// A line of a legend: a letter, what it says, and where.
#[derive(Debug, Clone)]
pub(crate) struct Explained {
    pub(crate) letter: char,
    pub(crate) meaning: Meaning,
    pub(crate) word: String,
    pub(crate) place: Place,
    /// Whether it stands in a line, or a row, of such lines and nothing else.
    pub(crate) is_listed: bool,
}

/// Two readings of one letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ambiguity {
    pub(crate) letter: char,
    pub(crate) readings: [(String, Option<Place>); 2],
}

impl Default for Alphabet {
    fn default() -> Self {
        Self::any(&[])
    }
}

impl Alphabet {
    pub(crate) fn of(dialect: Dialect) -> Self {
        Self { name: dialect.name().to_owned(), signs: dialect.letters().iter().copied().collect(), remarks: Vec::new() }
    }

    /// Every letter that any dialect has, or that is explained: what it stands for is known later.
    pub(crate) fn any(explained: &[(char, Meaning)]) -> Self {
        let mut any = Self::usual();
        for letter in ['D', 'P', 'V'].into_iter().chain(explained.iter().map(|(letter, _)| *letter)) {
            any.signs.entry(letter).or_insert(Duty::Foreign);
        }
        any
    }

    /// The letters of a file without a word on what they mean: those of RASCI, and O.
    pub(crate) fn usual() -> Self {
        let mut usual = Self::of(Dialect::Rasci);
        usual.signs.insert('O', Duty::Out);
        usual
    }

    /// What a letter stands for.
    pub(crate) fn duty(&self, letter: char) -> Option<Duty> {
        self.signs.get(&letter).copied()
    }

    /// The alphabet that a legend explains. Letters that it leaves out keep their usual meaning.
    pub(crate) fn explained(legend: &[Explained]) -> Result<Self, Ambiguity> {
        let mut signs: BTreeMap<char, (Duty, &Explained)> = BTreeMap::new();
        for line in legend {
            let Meaning::Says(duty) = line.meaning else { continue };
            match signs.get(&line.letter) {
                Some((known, first)) if *known != duty => {
                    let reading = |line: &Explained| (line.word.clone(), Some(line.place.clone()));
                    return Err(Ambiguity { letter: line.letter, readings: [reading(first), reading(line)] });
                }
                Some(_) => {}
                None => {
                    signs.insert(line.letter, (duty, line));
                }
            }
        }
        let mut remarks = Vec::new();
        for line in legend.iter().filter(|line| line.meaning == Meaning::Either) {
            if signs.contains_key(&line.letter) {
                continue;
            }
            let taken = |letter| signs.values().any(|(duty, _)| *duty == Duty::Holds(letter));
            let left: Vec<Letter> =
                [Letter::Responsible, Letter::Accountable].into_iter().filter(|letter| !taken(*letter)).collect();
            let usual = Self::usual().duty(line.letter);
            let duty = match (left.as_slice(), usual) {
                (_, Some(Duty::Holds(letter))) if left.contains(&letter) => Duty::Holds(letter),
                ([one], _) => Duty::Holds(*one),
                _ => {
                    let reading = |letter: Letter| (format!("{} ({})", line.word, letter.word()), Some(line.place.clone()));
                    let readings = [reading(Letter::Responsible), reading(Letter::Accountable)];
                    return Err(Ambiguity { letter: line.letter, readings });
                }
            };
            if let Duty::Holds(letter) = duty
                && usual != Some(duty)
            {
                let text = format!(
                    "`{}` is read as {}; the word for it, `{}`, is said of R by some and of A by others",
                    line.letter,
                    letter.word(),
                    line.word
                );
                remarks.push((line.place.clone(), text));
            }
            signs.insert(line.letter, (duty, line));
        }
        // A word that is not known leaves a letter its usual meaning, unless another letter has that.
        for line in legend.iter().filter(|line| line.meaning == Meaning::Unknown) {
            if signs.contains_key(&line.letter) {
                continue;
            }
            let usual = Self::usual().duty(line.letter).filter(|usual| !signs.values().any(|(duty, _)| duty == usual));
            if let Some(Duty::Holds(letter)) = usual {
                let text =
                    format!("`{}` is read as {}; the word for it, `{}`, is not known", line.letter, letter.word(), line.word);
                remarks.push((line.place.clone(), text));
            }
            signs.insert(line.letter, (usual.unwrap_or(Duty::Foreign), line));
        }
        let signs: BTreeMap<char, Duty> = signs.into_iter().map(|(letter, (duty, _))| (letter, duty)).collect();
        let name = Self::name_of(&signs);
        let mut alphabet = Self { name, signs, remarks };
        for (letter, duty) in Self::usual().signs {
            alphabet.signs.entry(letter).or_insert(duty);
        }
        Ok(alphabet)
    }

    /// The dialect whose letters these are; else the letters themselves.
    fn name_of(signs: &BTreeMap<char, Duty>) -> String {
        let own = |dialect: &Dialect| {
            let letters = dialect.letters();
            letters.len() == signs.len() && letters.iter().all(|(letter, duty)| signs.get(letter) == Some(duty))
        };
        // A part of the usual letters is the dialect of all of them.
        let usual = Dialect::Rasci.letters();
        let part = signs.iter().all(|(sign, duty)| usual.contains(&(*sign, *duty)));
        let part = part.then_some(if signs.contains_key(&'S') { &Dialect::Rasci } else { &Dialect::Raci });
        Dialect::ALL
            .iter()
            .find(|dialect| own(dialect))
            .or(part)
            .map_or_else(|| signs.iter().map(Self::told).collect::<Vec<_>>().join(", "), |found| found.name().to_owned())
    }

    /// A letter, and the one of the five that it is, where that is another.
    fn told((sign, duty): (&char, &Duty)) -> String {
        match duty {
            Duty::Holds(letter) if !letter.as_str().starts_with(*sign) => format!("{sign} (= {})", letter.as_str()),
            _ => sign.to_string(),
        }
    }

    /// The alphabet of letters that nothing explains: DACI where D stands for R; with V it is not known whether S helps or
    /// signs off, with P whether R and A are those of RACI.
    pub(crate) fn unexplained(used: &[char]) -> Result<Self, Ambiguity> {
        let has = |letter: char| used.contains(&letter);
        if has('P') && !has('C') {
            let (other, letter) = if has('D') { ("Recommend, as in RAPID", 'R') } else { ("Review required, as in PARIS", 'R') };
            return Err(Ambiguity { letter, readings: [("Responsible".to_owned(), None), (other.to_owned(), None)] });
        }
        if has('V') && has('S') {
            let readings = [("Support".to_owned(), None), ("Signs off".to_owned(), None)];
            return Err(Ambiguity { letter: 'S', readings });
        }
        if has('V') {
            return Ok(Self::of(Dialect::RaciVs));
        }
        if has('D') && !has('R') {
            return Ok(Self::of(Dialect::Daci));
        }
        let mut usual = Self::usual();
        usual.name = if has('O') {
            Dialect::Cairo.name().to_owned()
        } else if has('S') {
            Dialect::Rasci.name().to_owned()
        } else {
            Dialect::Raci.name().to_owned()
        };
        Ok(usual)
    }
}
