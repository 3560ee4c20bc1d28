//! `endless-flow`: a step of a flow from which no case comes to an end.

use super::steps::reached_from;
use super::{Finding, Lint};

pub(super) static LINT: Lint = Lint {
    name: "endless-flow",
    finds: "a reachable flow step from which no last step can be reached",
    find: |survey| {
        let mut found = Vec::new();
        for flow in survey.model().flows() {
            let last = |nth: &usize| flow.steps.get(*nth).is_some_and(|step| step.then.is_empty());
            for nth in reached_from(flow, 0).into_iter().filter(|nth| !reached_from(flow, *nth).iter().any(last)) {
                let Some(step) = flow.steps.get(nth) else { continue };
                let message = format!("flow `{}` has no end after step `{}`", flow.about.id, step.about.id);
                found.push(Finding::at(step.about.span, message, "Lead it to a step without `then`."));
            }
        }
        found
    },
};
