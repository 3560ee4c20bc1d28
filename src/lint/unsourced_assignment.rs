//! `unsourced-assignment`: an assignment that does not say where it is written.

use super::{Finding, Lint};

pub(super) static LINT: Lint = Lint {
    name: "unsourced-assignment",
    finds: "an assignment without a source",
    find: |survey| {
        let bare = survey.model().assignments().filter(|(_, it)| it.citations.is_empty());
        let help = "Write `source: { SOURCE: \"the place in it\" }`.";
        bare.map(|(_, it)| Finding::at(it.span, "this assignment has no source".to_owned(), help)).collect()
    },
};
