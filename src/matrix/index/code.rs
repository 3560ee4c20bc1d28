//! A code: in four bytes who holds a letter, or where to read on.

/// Who holds a letter, or where that is decided: a kind in the upper three bits, a number below.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Code(u32);

/// A code, taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// The set of this number holds the letter.
    Held(u32),
    /// Nobody, said on purpose.
    Said,
    /// Nobody: what decides is a relation that stands for nobody.
    Unresolved,
    /// Nothing mentions the letter.
    Silent,
    /// Look the component up in the line of this number, which is another's.
    Line(u32),
    /// Look the component up in the line of this number, which is a part of this one.
    Node(u32),
    /// Look the component's block up in the line of this number, which is a part of this one.
    Block(u32),
    /// Ask the context with the rules that begin here.
    Rules(u32),
    /// What is named, and whom a relation stands for: the pair of this number.
    Both(u32),
}

const BITS: u32 = 29;
const NUMBER: u32 = (1 << BITS) - 1;
const HELD: u32 = 0;
const NONE: u32 = 1;
const LINE: u32 = 2;
const NODE: u32 = 3;
const BLOCK: u32 = 4;
const RULES: u32 = 5;
const BOTH: u32 = 6;

impl Code {
    pub(super) const SILENT: Self = Self(NONE << BITS);
    pub(super) const SAID: Self = Self(NONE << BITS | 1);
    pub(super) const UNRESOLVED: Self = Self(NONE << BITS | 2);

    /// The code of a step; none where its number is too great.
    pub(super) fn new(step: Step) -> Option<Self> {
        let (kind, number) = match step {
            Step::Held(number) => (HELD, number),
            Step::Silent => return Some(Self::SILENT),
            Step::Said => return Some(Self::SAID),
            Step::Unresolved => return Some(Self::UNRESOLVED),
            Step::Line(number) => (LINE, number),
            Step::Node(number) => (NODE, number),
            Step::Block(number) => (BLOCK, number),
            Step::Rules(number) => (RULES, number),
            Step::Both(number) => (BOTH, number),
        };
        (number <= NUMBER).then_some(Self(kind << BITS | number))
    }

    /// A code that stood among other numbers.
    pub(super) fn from_word(word: u32) -> Self {
        Self(word)
    }

    pub(super) fn word(self) -> u32 {
        self.0
    }

    #[inline]
    pub(super) fn step(self) -> Step {
        let number = self.0 & NUMBER;
        match self.0 >> BITS {
            HELD => Step::Held(number),
            LINE => Step::Line(number),
            NODE => Step::Node(number),
            BLOCK => Step::Block(number),
            RULES => Step::Rules(number),
            BOTH => Step::Both(number),
            _ if self == Self::SAID => Step::Said,
            _ if self == Self::UNRESOLVED => Step::Unresolved,
            _ => Step::Silent,
        }
    }
}
