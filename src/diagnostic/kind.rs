//! Every kind of error there is, with its name and what it means in one line.

impl ErrorKind {
    /// The kinds that say that a name is not declared.
    pub(super) const NAMES: &[Self] = &[
        Self::UnknownParty,
        Self::UnknownComponent,
        Self::UnknownTask,
        Self::UnknownDimension,
        Self::UnknownValue,
        Self::UnknownSource,
        Self::UnknownRequirement,
        Self::UnknownRelation,
        Self::UnknownAssignment,
        Self::UnknownStep,
    ];
}

macro_rules! kinds {
    ($($(#[doc = $doc:literal])+ $kind:ident $name:literal;)+) => {
        /// A kind of error. An error means that there is no model.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum ErrorKind {
            $($(#[doc = $doc])+ $kind,)+
        }

        impl ErrorKind {
            /// Every kind, in the order of the stages that raise them.
            pub const ALL: &[Self] = &[$(Self::$kind,)+];

            /// The kebab-case name that front ends show.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$kind => $name,)+ }
            }

            /// What it means, in one line.
            #[must_use]
            pub fn meaning(self) -> &'static str {
                match self { $(Self::$kind => concat!($($doc),+),)+ }
            }
        }
    };
}

kinds! {
    /// a file that cannot be read, or an `extends` entry that names no file
    MissingFile "missing-file";
    /// an `extends` entry that leaves the directory tree of the project
    OutsideRoot "outside-root";
    /// `extends` that comes back to where it started
    ExtendsCycle "extends-cycle";
    /// more than the loader was told to take
    LimitExceeded "limit-exceeded";
    /// bytes that are not UTF-8
    NotUtf8 "not-utf8";
    /// a text that is not YAML
    Syntax "syntax";
    /// more than one YAML document in a file
    SeveralDocuments "several-documents";
    /// an anchor or an alias: a model says everything where it stands
    Anchor "anchor";
    /// a merge key: a model says everything where it stands
    MergeKey "merge-key";
    /// a YAML tag: a scalar is text wherever text is expected
    Tag "tag";
    /// a key that is a list or a map
    NonTextKey "non-text-key";
    /// a key that is not known there
    UnknownKey "unknown-key";
    /// a key that stands twice in one map
    DuplicateKey "duplicate-key";
    /// a key that must be there and is not
    MissingKey "missing-key";
    /// a language version that this program does not know
    UnknownVersion "unknown-version";
    /// a value of the wrong form: a map where text is expected, and the like
    WrongType "wrong-type";
    /// a value of the right form that says nothing known: a word, a date, a duration
    InvalidValue "invalid-value";
    /// an id, a dimension or one of its values that is not written as they are
    InvalidId "invalid-id";
    /// an id, alias or assignment id given twice
    DuplicateId "duplicate-id";
    /// an entry that a later document declares under another parent
    MovedEntry "moved-entry";
    /// a name of an entry that a later document removed
    RemovedEntry "removed-entry";
    /// a party that is not declared
    UnknownParty "unknown-party";
    /// a component that is not declared
    UnknownComponent "unknown-component";
    /// a task that is not declared
    UnknownTask "unknown-task";
    /// a context dimension that is not declared
    UnknownDimension "unknown-dimension";
    /// a value that its context dimension does not have
    UnknownValue "unknown-value";
    /// a cited source that is not declared
    UnknownSource "unknown-source";
    /// a requirement that is not declared
    UnknownRequirement "unknown-requirement";
    /// a relation that neither a component nor the system declares
    UnknownRelation "unknown-relation";
    /// an assignment to be removed that is not there
    UnknownAssignment "unknown-assignment";
    /// a next step that its flow does not have
    UnknownStep "unknown-step";
    /// a lint that there is not
    UnknownLint "unknown-lint";
    /// a relation that names no party
    EmptyRelation "empty-relation";
    /// a context dimension without values
    EmptyDimension "empty-dimension";
    /// an empty list of tasks, components or values
    EmptyList "empty-list";
    /// a party that contains itself
    MembershipCycle "membership-cycle";
    /// an assignment that sets or adds to no letter
    NoLetter "no-letter";
    /// a letter that one assignment sets twice or adds to twice
    LetterTwice "letter-twice";
    /// a letter without a value
    LetterWithoutValue "letter-without-value";
    /// an addition of nobody
    AddsNobody "adds-nobody";
    /// a condition that no value satisfies
    ImpossibleCondition "impossible-condition";
    /// `task` under a task, `component` under a component
    ImpliedPlace "implied-place";
    /// `absent` or `satisfies` on a party that is not a person
    PersonsOnly "persons-only";
    /// two absences of a person that share a day
    OverlappingAbsence "overlapping-absence";
    /// deputies in a circle, all of them absent on one day
    AbsentCircle "absent-circle";
}
