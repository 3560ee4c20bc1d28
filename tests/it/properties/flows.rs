//! Flows and escalations, step by step and combination by combination, against the second reading.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::Index;
use rasci::Letter;
use rasci::document::{Entries, Flow, Step, Values};
use rasci::query::{Asked, GapWhy, Handing};
use rasci::source::{Span, Spanned};

use super::continuity::{DAYS, aways, day, is_there, with_aways};
use super::{alternatives, config, party_id, places};
use crate::oracle::{Combination, Reading, satisfied};
use crate::strategy::documents::{name, names};
use crate::strategy::{Written, models};

/// Task and component, when, what follows.
type StepPlan = (Index, Option<(Index, Index)>, Vec<Index>);

fn step() -> impl Strategy<Value = StepPlan> {
    let index = any::<Index>;
    (index(), proptest::option::weighted(0.3, (index(), index())), proptest::collection::vec(index(), 0..3))
}

/// The model with this flow, and an escalation of all its parties.
fn with_flow(written: &Written, plan: &[StepPlan]) -> Written {
    let reading = Reading::of(&written.documents);
    let mut written = written.clone();
    let ids: Vec<String> = (0..plan.len()).map(|nth| format!("s{nth}")).collect();
    let step = |(nth, (place, when, then)): (usize, &StepPlan)| {
        let places = places(&reading);
        let (task, component) = place.get(&places);
        let dimensions: Vec<_> = reading.context.iter().filter(|(_, values)| !values.is_empty()).collect();
        let when = when.filter(|_| !dimensions.is_empty()).map(|(dimension, value)| {
            let (dimension, values) = dimension.get(&dimensions);
            Entries(vec![(name(dimension), Values::In(names([value.get(values)])))])
        });
        let then: BTreeSet<&String> = then.iter().map(|next| next.get(&ids)).collect();
        let step = Step {
            id: Some(name(&ids[nth])),
            task: Some(name(task)),
            component: component.map(name),
            when,
            then: (!then.is_empty()).then(|| names(then)),
            ..Step::default()
        };
        Spanned::new(step, Span::default())
    };
    let steps = plan.iter().enumerate().map(step).collect();
    let parties: Vec<String> = reading.parties.iter().map(|who| who.id.clone()).collect();
    let top = written.top();
    top.flows = Entries(vec![(name("flow"), Flow { steps, ..Flow::default() })]);
    top.escalation = Entries(vec![(name("up"), names(&parties))]);
    written
}

fn acts(reading: &Reading, step: &Step<'_>, combination: &Combination) -> BTreeSet<String> {
    let component = step.component.as_ref().map(|name| name.value.as_ref());
    let told = reading.cell(&step.task.as_ref().unwrap().value, component, combination);
    told.held.get(&Letter::Responsible).cloned().unwrap_or_default()
}

proptest! {
    #![proptest_config(config())]

    /// In each combination in which a step is taken those act who are responsible, and a case is handed over as they are;
    /// on a day it is lost where none of them is there.
    #[test]
    fn a_case_travels_as_its_steps_say(
        written in models(), plan in proptest::collection::vec(step(), 1..6), away in aways(), on in proptest::option::of(0..DAYS),
    ) {
        let (written, aways) = with_aways(&written, &away);
        let written = with_flow(&written, &plan);
        let (policy, reading) = (written.load(), Reading::of(&written.documents));
        let steps: Vec<&Step<'_>> = written.documents.last().unwrap().1.flows.0[0].1.steps.iter().map(|step| &step.value).collect();
        let travel = policy.travel(0, &Asked { on: on.map(day), ..Asked::default() }).unwrap();
        let lost = |parties: &BTreeSet<String>| !parties.iter().any(|party| is_there(&reading, &aways, party, on, &BTreeSet::new()));
        let ids = |parties: &[rasci::PartyId]| parties.iter().map(|id| party_id(&policy, *id)).collect::<BTreeSet<_>>();
        for combination in reading.combinations() {
            let taken = |nth: usize| satisfied(steps[nth].when.as_ref(), &combination);
            for (nth, stop) in travel.stops.iter().enumerate() {
                let of: Vec<_> = stop.cases.iter().filter(|case| alternatives(&policy, &case.when, &combination) > 0).collect();
                prop_assert_eq!(of.len(), usize::from(taken(nth)));
                for case in of {
                    prop_assert_eq!(ids(case.acts()), acts(&reading, steps[nth], &combination));
                    prop_assert_eq!(case.nobody.is_some(), lost(&ids(case.acts())));
                    prop_assert_eq!(case.nobody == Some(GapWhy::Absent), case.nobody.is_some() && !case.acts().is_empty());
                }
            }
            for handover in &travel.handovers {
                let of: Vec<_> = handover.cases.iter().filter(|case| alternatives(&policy, &case.when, &combination) > 0).collect();
                prop_assert_eq!(of.len(), usize::from(taken(handover.from) && taken(handover.to)));
                for case in of {
                    let (from, to) = (acts(&reading, steps[handover.from], &combination), acts(&reading, steps[handover.to], &combination));
                    let handing = if lost(&to) { Handing::Lost } else if to.is_subset(&from) { Handing::Stays } else { Handing::Passes };
                    prop_assert_eq!((ids(&case.from), ids(&case.to), case.handing), (from, to, handing));
                }
            }
            for path in travel.paths.iter().filter(|path| alternatives(&policy, &path.when, &combination) > 0) {
                prop_assert!(path.steps.iter().all(|nth| taken(*nth)));
            }
        }
    }

    /// Paths and loops are what steps taken at will find: each from its first step to its end, none missing.
    #[test]
    fn paths_and_loops_are_all_there_are(plan in proptest::collection::vec(proptest::collection::vec(0..5usize, 0..4), 5)) {
        let steps: Vec<String> = plan.iter().enumerate().map(|(nth, then)| {
            let then: BTreeSet<String> = then.iter().map(|next| format!("s{next}")).collect();
            format!("      - {{ id: s{nth}, task: t{} }}\n", if then.is_empty() { String::new() } else { format!(", then: [{}]", then.into_iter().collect::<Vec<_>>().join(", ")) })
        }).collect();
        let text = format!("rasci: 1\nid: m\ntasks: {{ t: {{}} }}\nflows:\n  f:\n    steps:\n{}", steps.concat());
        let policy = rasci::Policy::parse("m.yaml", &text).unwrap();
        let travel = policy.travel(0, &Asked::default()).unwrap();
        let next: Vec<BTreeSet<usize>> = plan.iter().map(|then| then.iter().copied().collect()).collect();
        // Every list of different steps, each of which may follow the one before.
        let mut open: Vec<Vec<usize>> = (0..5).map(|step| vec![step]).collect();
        let (mut paths, mut loops) = (BTreeSet::new(), BTreeSet::new());
        while let Some(list) = open.pop() {
            let last = list[list.len() - 1];
            if list[0] == 0 && next[last].is_empty() {
                paths.insert(list.clone());
            }
            if next[last].contains(&list[0]) && list.iter().min() == Some(&list[0]) {
                loops.insert(list.clone());
            }
            open.extend(next[last].iter().filter(|step| !list.contains(step)).map(|step| [&list[..], &[*step]].concat()));
        }
        prop_assert!(travel.complete);
        prop_assert!(travel.paths.is_sorted_by_key(|path| path.steps.len()));
        let on_all: Vec<usize> = (0..5).filter(|step| !paths.is_empty() && paths.iter().all(|path| path.contains(step))).collect();
        prop_assert_eq!(travel.paths.iter().map(|path| path.steps.clone()).collect::<BTreeSet<_>>(), paths);
        prop_assert_eq!(&travel.certain, &on_all);
        prop_assert_eq!(travel.loops.len(), loops.len());
        prop_assert_eq!(travel.loops.into_iter().collect::<BTreeSet<_>>(), loops);
    }

    /// In each combination a party of an escalation holds, of a cell or anywhere, what the second reading says, in any way.
    #[test]
    fn an_escalation_says_what_each_holds(written in models(), from in any::<Index>(), at in proptest::option::of(any::<Index>())) {
        let written = with_flow(&written, &[]);
        let (policy, reading) = (written.load(), Reading::of(&written.documents));
        let (places, from) = (places(&reading), &from.get(&reading.parties).id);
        let at = at.map(|at| *at.get(&places));
        let cell = at.map(|(task, component)| policy.cell(task, component).unwrap());
        let routes = policy.routes(Some(policy.party(from).unwrap()), cell, &Asked::default());
        prop_assert_eq!(party_id(&policy, routes[0].rungs[0].party), from.clone(), "it is a party of the escalation itself");
        let cells = at.map_or(places, |at| vec![at]);
        for combination in reading.combinations() {
            let told: Vec<_> = cells.iter().map(|(task, component)| reading.cell(task, *component, &combination)).collect();
            for rung in &routes[0].rungs {
                let id = party_id(&policy, rung.party);
                let related = |named: &String| {
                    *named == id || reading.containers(&id).contains(named) || reading.containers(named).contains(&id)
                };
                let holds = |letter: &Letter| told.iter().filter_map(|told| told.held.get(letter)).flatten().any(related);
                let expected: Vec<Letter> = Letter::ALL.into_iter().filter(holds).collect();
                let (_, case) = super::case_of(&policy, &rung.cases, |case| &case.when, &combination);
                prop_assert_eq!(&case.letters, &expected, "{}", id);
            }
        }
    }
}
