//! `duties` against a brute-force reading of the definition, on small random models.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write;

use proptest::prelude::*;
use rasci::query::How;
use rasci::{Cell, ComponentId, Context, Letter, Model, PartyId, Policy, Status, TaskId};

/// A task or all tasks with what is below, a component or the whole system with what is below, by their handles.
type Block = (TaskId, bool, ComponentId, bool);

/// A fact: a letter, a way, and the named party.
type Fact = (Letter, How, PartyId);

/// Whether a cell is applicable in a full context, and who is named in it.
type Seen = (bool, BTreeSet<(Letter, PartyId)>);

/// What an assignment of a random model says, as places in lists of texts.
type Said = (usize, usize, usize, usize, usize);

const TASKS: &str = "tasks:
  t1: { tasks: { t2: { when: { a: [x, y] }, tasks: { t3: {} } }, t4: {} } }
  t5: {}
";
const COMPONENTS: &str = "components:
  c1: { relations: { owner: p2 }, components: { c2: { when: { b: p } }, c3: {} } }
  c4: {}
";
const PARTIES: &str = "parties:
  p1: { parties: { p2: { parties: { p3: {} } }, p4: {} } }
  p5: { members: [p3, p4] }
";
const LETTERS: [&str; 7] = ["R", "A", "I", "R+", "I+", "A/R", "S"];
const PLACES: [&str; 6] = ["", "task: t1, ", "task: t2, ", "task: t3, ", "task: [t4, t5], ", "task: t5, "];
const SYSTEMS: [&str; 6] = ["", "component: c1, ", "component: c2, ", "component: [c3, c4], ", "component: c4, ", ""];
const WHENS: [&str; 6] =
    ["", "", "when: { a: x }, ", "when: { a: { not: y } }, ", "when: { b: q, a: [y, z] }, ", "when: { b: p }, "];
const HOLDERS: [&str; 7] = ["p1", "p2", "[p3, p5]", "p4", "$owner", "[]", "p5"];

fn model(said: &[Said], implied: bool) -> String {
    let mut text = format!(
        "rasci: 1\nid: random\ncontext: {{ a: [x, y, z], b: [p, q] }}\n{PARTIES}{COMPONENTS}{TASKS}\
         conventions: {{ accountable-is-responsible: {implied} }}\nassignments:\n"
    );
    for (letter, place, system, when, holder) in said {
        let (letter, holder) = (LETTERS[*letter], HOLDERS[*holder]);
        let holder = if letter.ends_with('+') && holder == "[]" { "p1" } else { holder };
        let _ = writeln!(text, "  - {{ {}{}{}{letter}: {holder} }}", PLACES[*place], SYSTEMS[*system], WHENS[*when]);
    }
    text
}

/// Every full context, as the values of the two dimensions.
fn worlds(policy: &Policy) -> Vec<Context> {
    let pairs = ["x", "y", "z"].into_iter().flat_map(|a| ["p", "q"].map(|b| [("a", a), ("b", b)]));
    pairs.map(|pair| policy.context(pair).unwrap()).collect()
}

fn below<I: PartialEq + Copy>(id: I, top: I, parent: impl Fn(I) -> Option<I>) -> bool {
    std::iter::successors(Some(id), |id| parent(*id)).any(|above| above == top)
}

fn cells(model: &Model, (task, task_below, component, component_below): Block) -> Vec<Cell> {
    let components: Vec<ComponentId> = std::iter::once(ComponentId::SYSTEM).chain(model.components().map(|(id, _)| id)).collect();
    let tasks = model.tasks().map(|(id, _)| id);
    let tasks = tasks.filter(|id| *id == task || task_below && below(*id, task, |id| model.task(id).parent));
    let in_component =
        |id: &ComponentId| *id == component || component_below && below(*id, component, |id| model.component(id).parent);
    let all = tasks.flat_map(|task| components.iter().filter(|id| in_component(id)).map(move |id| Cell { task, component: *id }));
    all.collect()
}

fn blocks(model: &Model) -> Vec<Block> {
    let tasks: Vec<TaskId> = std::iter::once(TaskId::ALL).chain(model.tasks().map(|(id, _)| id)).collect();
    let components = || std::iter::once(ComponentId::SYSTEM).chain(model.components().map(|(id, _)| id));
    let forms = [(false, false), (false, true), (true, false), (true, true)];
    let all = tasks.into_iter().flat_map(|task| components().map(move |component| (task, component)));
    all.flat_map(|(task, component)| forms.map(|(task_below, below)| (task, task_below, component, below))).collect()
}

fn wider(model: &Model, (task, task_below, component, component_below): Block) -> Vec<Block> {
    let task_step = if task_below { model.task(task).parent } else { Some(task) };
    let component_step = if component_below { model.component(component).parent } else { Some(component) };
    let by_task = task_step.map(|task| (task, true, component, component_below));
    let by_component = component_step.map(|component| (task, task_below, component, true));
    by_task.into_iter().chain(by_component).collect()
}

/// The facts that a party's duties speak of.
fn facts(model: &Model, party: PartyId) -> Vec<(How, PartyId)> {
    fn reach(from: PartyId, next: &dyn Fn(PartyId) -> Vec<PartyId>, found: &mut BTreeSet<PartyId>) {
        for party in next(from) {
            found.insert(party);
            reach(party, next, found);
        }
    }
    let (mut above, mut inside) = (BTreeSet::new(), BTreeSet::new());
    reach(party, &|id| model.party(id).parent.iter().chain(&model.party(id).member_of).copied().collect(), &mut above);
    reach(party, &|id| model.party(id).parts.iter().chain(&model.party(id).members).copied().collect(), &mut inside);
    let above = above.into_iter().map(|id| (How::AsMember, id));
    let inside = inside.into_iter().map(|id| (How::ThroughPart, id));
    std::iter::once((How::Named, party)).chain(above).chain(inside).collect()
}

/// The answer by the definition: for each fact, each block that is told and the numbers of the worlds of its `when`.
fn expected(policy: &Policy, party: PartyId) -> BTreeSet<(Fact, Block, Vec<usize>)> {
    let model = policy.model();
    let worlds = worlds(policy);
    let mut answers: HashMap<(Cell, usize), Seen> = HashMap::new();
    for cell in cells(model, (TaskId::ALL, true, ComponentId::SYSTEM, true)) {
        for (nth, world) in worlds.iter().enumerate() {
            let answer = policy.answer(cell, world);
            let [case] = answer.cases() else { panic!("one case in a full context") };
            let named = Letter::ALL.into_iter().flat_map(|letter| case.outcome(letter).parties().map(move |id| (letter, id)));
            answers.insert((cell, nth), (case.status != Status::NotApplicable, named.collect()));
        }
    }
    let when = |block: Block, fact: (Letter, PartyId)| -> Vec<usize> {
        let cells = cells(model, block);
        let holds = |nth: &usize| {
            let applicable: Vec<_> = cells.iter().map(|cell| &answers[&(*cell, *nth)]).filter(|answer| answer.0).collect();
            !applicable.is_empty() && applicable.iter().all(|answer| answer.1.contains(&fact))
        };
        (0..worlds.len()).filter(holds).collect()
    };
    let mut told = BTreeSet::new();
    for (how, named) in facts(model, party) {
        for letter in Letter::ALL {
            for block in blocks(model) {
                let here = when(block, (letter, named));
                let has_whole = |wide: Block| {
                    let there = when(wide, (letter, named));
                    here.iter().all(|world| there.contains(world))
                };
                if !here.is_empty() && !wider(model, block).into_iter().any(has_whole) {
                    told.insert(((letter, how, named), block, here));
                }
            }
        }
    }
    told
}

fn answered(policy: &Policy, party: PartyId) -> BTreeSet<(Fact, Block, Vec<usize>)> {
    let worlds = worlds(policy);
    let told = policy.duties(party).into_iter().map(|duty| {
        let holds = |world: &Context| {
            duty.when.is_empty()
                || duty
                    .when
                    .iter()
                    .any(|alternative| alternative.iter().all(|(id, values)| values.contains(&world.value(*id).unwrap())))
        };
        let when = (0..worlds.len()).filter(|nth| holds(&worlds[*nth])).collect();
        let block = (duty.block.task, duty.block.task_below, duty.block.component, duty.block.component_below);
        ((duty.letter, duty.how, duty.through.unwrap_or(party)), block, when)
    });
    told.collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn duties_are_what_the_definition_says(
        said in prop::collection::vec((0..7usize, 0..6usize, 0..6usize, 0..6usize, 0..7usize), 1..8),
        implied in any::<bool>(),
        party in 0..5usize,
    ) {
        let text = model(&said, implied);
        let policy = Policy::parse("model.yaml", &text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        let party = policy.party(["p1", "p2", "p3", "p4", "p5"][party]).unwrap();
        prop_assert_eq!(answered(&policy, party), expected(&policy, party), "{}", text);
    }
}

#[test]
fn of_equal_blocks_the_widest_stands() {
    let text = "rasci: 1\nid: m\nparties: { p: {} }\ncomponents: { c: {}, d: {} }\n\
                tasks: { t: { assign: [{ component: c, R: p }] }, u: {} }\n";
    let policy = Policy::parse("model.yaml", text).unwrap();
    let duties = policy.duties(policy.party("p").unwrap());
    let [duty] = &duties[..] else { panic!("{duties:?}") };
    assert!(duty.block.task_below && duty.block.component_below);
    let alone = rasci::query::Block { task_below: false, component_below: false, ..duty.block };
    assert_eq!(alone.widest(policy.model()), duty.block);
}
