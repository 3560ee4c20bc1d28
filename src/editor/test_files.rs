//! What the keys of a test file take: the form of what `expectation` reads.

use crate::document::Vocabulary;
use crate::document::form::{Field, Form, Inner, Record};

/// A test file.
pub(super) const FILE: &Record = &Record {
    fields: &[
        field("rasci-test", "The version of test files; required.", || Form::Text),
        field("model", "The model, as a path from this file; required.", || Form::Text),
        field("tests", "The tests.", || Form::List(Inner::new(|_| Form::Record(TEST)))),
    ],
};

const TEST: &Record = &Record {
    fields: &[
        field("name", "What the test says, in plain words; required.", || Form::Text),
        field("task", "The task asked about.", || Form::Names(Vocabulary::Task)),
        field("component", "The component asked about; the whole system, where none is named.", component),
        field("when", "The context asked about; what is left open must answer alike.", || Form::When),
        field("holds", "Whether a party holds a letter.", || Form::Record(HOLDS)),
        field("duties", "The party of which all duties are expected.", || Form::Names(Vocabulary::Party)),
        field("expect", "The answer that is right; required.", || Form::Expected),
    ],
};

const HOLDS: &Record = &Record {
    fields: &[
        field("party", "Who is asked about; required.", || Form::Names(Vocabulary::Party)),
        field("letter", "The letter asked about; required.", || Form::Word(LETTERS)),
        field("task", "The task asked about; required.", || Form::Names(Vocabulary::Task)),
        field("component", "The component asked about; the whole system, where none is named.", component),
        field("how", "The ways of holding that count; all, where none is named.", || Form::OneOrMany(Inner::new(|_| HOW))),
    ],
};

/// A duty that is expected.
pub(super) const DUTY: &Record = &Record {
    fields: &[
        field("letter", "The letter; required.", || Form::Word(LETTERS)),
        field("task", "The task; every task, where none is named.", || Form::Names(Vocabulary::Task)),
        field("component", "The component; the whole system, where none is named.", component),
        field("task-below", "Whether all below the task is meant too; it is, where nothing is said.", || Form::Flag),
        field("component-below", "Whether all below the component is meant too; it is, where nothing is said.", || Form::Flag),
        field("when", "When; always, where nothing is said.", || Form::OneOrMany(Inner::new(|_| Form::When))),
        field("how", "In which way; named, where nothing is said.", || HOW),
        field("through", "The party it is held through.", || Form::Names(Vocabulary::Party)),
    ],
};

/// The words that may be expected instead of letters.
pub(super) const EXPECTED: &[(&str, &str)] = &[
    ("unassigned", "The model is silent."),
    ("nobody", "Nobody, said on purpose."),
    ("not-applicable", "The task or the component is not there."),
    ("held", "Of `holds`: in every combination left open."),
    ("not-held", "Of `holds`: in none."),
    ("depends", "Of `holds`: in some."),
];

const LETTERS: &[(&str, &str)] = &[
    ("R", "Responsible: does the work."),
    ("A", "Accountable: answers for it."),
    ("S", "Support: helps do it."),
    ("C", "Consulted: gives input."),
    ("I", "Informed: is told."),
];

const HOW: Form = Form::Word(&[
    ("named", "The party is named."),
    ("as-member", "A party that contains it is named."),
    ("through-part", "A party that it contains is named."),
]);

const fn field(key: &'static str, about: &'static str, form: fn() -> Form) -> Field {
    Field { key, about, form }
}

fn component() -> Form {
    Form::Names(Vocabulary::Component)
}
