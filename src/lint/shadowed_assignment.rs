//! `shadowed-assignment`: an assignment that no answer depends on.

use std::collections::HashSet;

use super::{Finding, Lint};

pub(super) static LINT: Lint = Lint {
    name: "shadowed-assignment",
    finds: "an assignment that takes part in no letter of any cell",
    find: |survey| {
        let model = survey.model();
        let took_part: HashSet<_> = survey.cases().flat_map(|(_, case)| survey.taking_part(case)).collect();
        let shadowed = model.assignments().filter(|(id, _)| !took_part.contains(id));
        let help = "Take it out, or make it more specific than those that decide where it stands; `rasci why` shows them.";
        let message = "takes part in no answer: others decide wherever it stands";
        shadowed.map(|(_, it)| Finding::at(it.span, format!("this assignment {message}"), help)).collect()
    },
};
