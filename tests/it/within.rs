//! Which time limit `who` tells of a task, and when: of those that hold the narrowest, so that no two are told of one combination.

use rasci::document::Hours;
use rasci::model::{Context, Model, TaskId, When, Within};
use rasci::query::Limit;
use rasci::report::text::who_text;
use rasci::{Policy, Status};

/// A case depends on the scenario, one on both; the limits on the priority, on both, on neither.
const MODEL: &str = "
rasci: 1
id: m
context: { priority: [P1, P2, P3], scenario: [cloud, site] }
parties: { a: {}, b: {} }
components: { c: {}, d: { when: { scenario: cloud } } }
tasks:
  plain:
    assign: [{ A/R: a }]
    within: [{ time: P3D, hours: working }, { when: { priority: P1 }, time: PT2H }]
  apart:
    assign: [{ A/R: a }, { when: { scenario: cloud }, I: b }, { when: { priority: [P1, P2] }, component: c, I: b }]
    within: [{ when: { priority: P1, scenario: site }, time: PT1H }, { time: P3D }, { when: { priority: P1 }, time: PT2H }]
    tasks: { below: { assign: [{ when: { priority: P3 }, S: b }] } }
  meeting:
    assign: [{ A/R: a }, { when: { priority: P1, scenario: cloud }, I: b }, { when: { priority: P2, scenario: site }, I: b }]
    within: [{ when: { priority: [P1, P2] }, time: PT5H }, { when: { priority: P1 }, time: PT2H }]
  some:
    assign: [{ A/R: a }, { when: { scenario: site }, I: b }]
    within: { when: { priority: P1, scenario: cloud }, time: PT2H }
  twice:
    assign: [{ A/R: a }]
    within: [{ time: PT2H }, { when: { priority: P3 }, time: PT2H }, { when: { priority: P2 }, time: PT2H, hours: working }]
";

/// The lines that tell of cases and of limits.
fn told(task: &str, component: Option<&str>, context: &[(&str, &str)]) -> Vec<String> {
    let policy = Policy::parse("m.yaml", MODEL).unwrap();
    let cell = policy.cell(task, component).unwrap();
    let text = who_text(&policy.answer(cell, &policy.context(context.iter().copied()).unwrap()), None);
    let lines = text.lines().filter(|line| line.starts_with("When") || line.contains("time limit"));
    lines.map(|line| line.trim().to_owned()).collect()
}

#[test]
fn a_wide_limit_is_told_for_what_the_narrower_leave_to_it() {
    let wide = "time limit: P3D, in working hours, when priority is P2 or P3";
    assert_eq!(told("plain", None, &[]), [wide, "time limit: PT2H, when priority is P1"]);
    assert_eq!(told("plain", None, &[("priority", "P1")]), ["time limit: PT2H"]);
    assert_eq!(told("plain", None, &[("priority", "P3")]), ["time limit: P3D, in working hours"]);
    let hours = ["time limit: PT2H, when priority is P1 or P3", "time limit: PT2H, in working hours, when priority is P2"];
    assert_eq!(told("twice", None, &[]), hours);
}

#[test]
fn what_the_case_says_already_is_not_said_again() {
    let otherwise = "time limit: P3D, when priority is P2 or P3";
    assert_eq!(
        told("apart", None, &[]),
        [
            "When scenario is cloud:",
            otherwise,
            "time limit: PT2H, when priority is P1",
            "When scenario is site:",
            "time limit: PT1H, when priority is P1",
            otherwise,
        ]
    );
    assert_eq!(
        told("some", None, &[]),
        ["When scenario is cloud:", "time limit: PT2H, when priority is P1", "When scenario is site:"]
    );
    assert_eq!(
        told("meeting", None, &[]),
        [
            "When priority is P1 and scenario is cloud:",
            "time limit: PT2H",
            "When priority is P1 and scenario is site; or when priority is P2 and scenario is cloud; or when priority is P3:",
            "time limit: PT5H, when priority is P2 and scenario is cloud",
            "time limit: PT2H, when priority is P1 and scenario is site",
            "When priority is P2 and scenario is site:",
            "time limit: PT5H",
        ]
    );
}

/// Whether a combination is one of the alternatives.
fn holds(when: &When, combination: &Context) -> bool {
    let one = |alternative: &Vec<(_, Vec<usize>)>| {
        alternative.iter().all(|(dimension, values)| values.contains(&combination.value(*dimension).unwrap()))
    };
    when.is_empty() || when.iter().any(one)
}

/// The narrowest limit that holds, found slowly: as the language says it, from what is declared.
fn narrowest(model: &Model, task: TaskId, combination: &Context) -> Option<(String, bool)> {
    let Some(Within::Limits(limits)) = model.within(task) else { return None };
    let all = limits.iter().filter(|limit| {
        let alternative = limit.when.alternative(model);
        alternative.is_empty() || holds(&vec![alternative], combination)
    });
    let taken = all.min_by_key(|limit| limit.when.combinations())?;
    Some((taken.time.to_string(), taken.hours == Hours::Working))
}

#[test]
fn in_each_combination_one_limit_is_told_and_it_is_the_narrowest() {
    let policy = Policy::parse("m.yaml", MODEL).unwrap();
    let model = policy.model();
    let mut seen = 0;
    let tasks = ["plain", "apart", "below", "meeting", "some", "twice"];
    let cells = tasks.into_iter().flat_map(|task| [None, Some("c"), Some("d")].map(|component| (task, component)));
    let asked = [vec![], vec![("priority", "P1")], vec![("scenario", "site")]];
    for ((task, component), asked) in cells.flat_map(|cell| asked.clone().map(|asked| (cell, asked))) {
        let cell = policy.cell(task, component).unwrap();
        let answer = policy.answer(cell, &policy.context(asked).unwrap());
        let pairs = ["P1", "P2", "P3"].into_iter().flat_map(|priority| ["cloud", "site"].map(|scenario| (priority, scenario)));
        let full = pairs.map(|(priority, scenario)| policy.context([("priority", priority), ("scenario", scenario)]).unwrap());
        let agrees = |full: &Context| answer.context().iter().all(|(dimension, value)| full.value(dimension) == Some(value));
        for full in full.filter(agrees) {
            let case = answer.cases().iter().find(|case| holds(&case.when, &full)).expect("a case");
            let limits = case.within.iter().filter_map(|limit| match limit {
                Limit::Time { limit, when } if holds(when, &full) => {
                    Some((limit.time.to_string(), limit.hours == Hours::Working))
                }
                _ => None,
            });
            let expected = narrowest(model, cell.task, &full).filter(|_| case.status != Status::NotApplicable);
            assert_eq!(limits.collect::<Vec<_>>(), expected.into_iter().collect::<Vec<_>>(), "{task} {component:?} {full:?}");
            seen += 1;
        }
    }
    assert_eq!(seen, 18 * 11);
}
