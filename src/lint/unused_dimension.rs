//! `unused-dimension`: a context dimension on which nothing depends.

use std::collections::HashSet;

use super::{Finding, Lint};
use crate::model::{Condition, DimensionId};

pub(super) static LINT: Lint = Lint {
    name: "unused-dimension",
    finds: "a dimension that no condition names",
    find: |survey| {
        let model = survey.model();
        let limits = model.tasks().flat_map(|(_, it)| it.limits());
        let conditions = model.assignments().map(|(_, it)| &it.when);
        let conditions = conditions.chain(model.tasks().filter_map(|(_, it)| it.when.as_ref()));
        let conditions = conditions.chain(model.components().filter_map(|(_, it)| it.when.as_ref()));
        let conditions = conditions.chain(limits.map(|limit| &limit.when));
        let conditions = conditions.chain(model.flows().iter().flat_map(|flow| &flow.steps).map(|step| &step.when));
        let named: HashSet<DimensionId> = conditions.flat_map(Condition::names).collect();
        let found = model.dimensions().filter(|(id, _)| !named.contains(id));
        let help = "Name it in a condition, or take it out of `context`.";
        found.map(|(_, it)| Finding::at(it.span, format!("no condition names dimension `{}`", it.id), help)).collect()
    },
};
