//! Models out of thin air, as documents: first a plan of numbers, then the documents that the numbers choose.
//!
//! Strategies are boxed where they would otherwise lie within each other on the stack. A plan shrinks as numbers do (fewer entries, earlier choices, nothing where something may be left out), and whatever
//! it says makes a valid model: the builder picks from what is there, and knows what was removed.

pub mod apart;
mod build;
pub mod documents;
pub mod dressing;
pub mod mutations;

use std::fmt;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, subsequence};
use rasci::document::Document;
use rasci::source::Memory;
use rasci::{Letter, LoadError, Policy};

/// The documents of a model, in the order in which they are layers; the last is `model.yaml`.
#[derive(Clone)]
pub struct Written {
    pub documents: Vec<(String, Document<'static>)>,
}

impl Written {
    pub fn texts(&self) -> Vec<(String, String)> {
        let text = |document| serde_yaml::to_string(document).expect("a document is written");
        self.documents.iter().map(|(name, document)| (name.clone(), text(document))).collect()
    }

    pub fn try_load(&self) -> Result<Policy, LoadError> {
        Policy::loader().load_from(&self.texts().into_iter().collect::<Memory>(), "model.yaml")
    }

    pub fn load(&self) -> Policy {
        self.try_load().unwrap_or_else(|error| panic!("{error}\n{self:?}"))
    }

    /// The document that is loaded, which extends all others.
    pub fn top(&mut self) -> &mut Document<'static> {
        &mut self.documents.last_mut().expect("at least one document").1
    }
}

/// A failing model is shown as its texts.
impl fmt::Debug for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.texts().iter().try_for_each(|(name, text)| write!(f, "\n# {name}\n{text}"))
    }
}

#[derive(Debug, Clone)]
struct Plan {
    /// How many values each dimension has; none with 0.
    sizes: [usize; 3],
    relations: usize,
    of_system: Option<Index>,
    parties: Vec<PartyPlan>,
    components: Vec<PlacePlan>,
    tasks: Vec<PlacePlan>,
    conventions: (Option<bool>, Option<bool>),
    assignments: Vec<AssignmentPlan>,
    shape: Shape,
    layers: [LayerPlan; 3],
}

#[derive(Debug, Clone, Copy)]
enum Shape {
    One,
    Extended,
    Chain,
    Diamond,
}

#[derive(Debug, Clone)]
struct PartyPlan {
    part_of: Option<Index>,
    member_of: Option<Index>,
}

#[derive(Debug, Clone)]
struct PlacePlan {
    part_of: Option<Index>,
    when: Option<WhenPlan>,
    /// Of components: which relation names whom.
    relation: Option<(Index, Vec<Index>)>,
    /// Of tasks: a time limit, as words or as times.
    within: Option<WithinPlan>,
}

#[derive(Debug, Clone)]
enum WithinPlan {
    Words,
    Times(WhenPlan),
}

#[derive(Debug, Clone, Copy)]
enum Below {
    Nothing,
    Task(Index),
}

/// For each dimension the values, as bits, and whether they stand alone, in a list, or behind `not`.
type WhenPlan = [Option<(u8, u8)>; 3];

#[derive(Debug, Clone)]
struct AssignmentPlan {
    tasks: Vec<Index>,
    components: Vec<Index>,
    home: HomePlan,
    when: Option<WhenPlan>,
    clauses: Vec<ClausePlan>,
    id: IdPlan,
    /// Force, basis, source, towards, note: said or not.
    extras: [Option<Index>; 5],
}

#[derive(Debug, Clone, Copy)]
enum HomePlan {
    Top,
    Task,
    Component,
}

#[derive(Debug, Clone, Copy)]
enum IdPlan {
    None,
    Fresh,
    /// That of an earlier document's assignment, which it replaces.
    Earlier(Index),
}

#[derive(Debug, Clone)]
struct ClausePlan {
    letters: Vec<Letter>,
    adds: bool,
    parties: Vec<RefPlan>,
}

#[derive(Debug, Clone, Copy)]
enum RefPlan {
    Party(Index),
    Relation(Index),
}

/// What a later document says.
#[derive(Debug, Clone)]
struct LayerPlan {
    assignments: Vec<AssignmentPlan>,
    remove_assignment: Option<Index>,
    remove_task: Option<Index>,
    remove_component: Option<Index>,
    /// A further value of a dimension.
    value: Option<Index>,
    /// A component names a party under a relation.
    relation: Option<(Index, Index, Index)>,
    /// A further task, at top level or below another.
    task: Option<Below>,
    /// A task's condition, said anew.
    when: Option<(Index, WhenPlan)>,
    convention: Option<bool>,
}

fn index() -> impl Strategy<Value = Index> + Clone {
    any::<Index>()
}

fn when() -> impl Strategy<Value = WhenPlan> + Clone {
    proptest::array::uniform3(option::weighted(0.5, (1..8u8, 0..3u8)))
}

fn place() -> BoxedStrategy<PlacePlan> {
    let relation = option::weighted(0.4, (index(), vec(index(), 1..=2)));
    let within = option::weighted(0.2, prop_oneof![Just(WithinPlan::Words), when().prop_map(WithinPlan::Times)]);
    (option::weighted(0.65, index()), option::weighted(0.12, when()), relation, within)
        .prop_map(|(part_of, when, relation, within)| PlacePlan { part_of, when, relation, within })
        .boxed()
}

fn clause() -> BoxedStrategy<ClausePlan> {
    let party = prop_oneof![4 => index().prop_map(RefPlan::Party), 1 => index().prop_map(RefPlan::Relation)];
    // Nobody at all, said now and then, and mostly someone.
    let parties = prop_oneof![1 => Just(Vec::new()), 7 => vec(party, 1..=3)];
    (subsequence(Letter::ALL.to_vec(), 1..=2), prop::bool::weighted(0.25), parties)
        .prop_map(|(letters, adds, parties)| ClausePlan { letters, adds, parties })
        .boxed()
}

fn assignment() -> BoxedStrategy<AssignmentPlan> {
    let home = prop_oneof![2 => Just(HomePlan::Top), 3 => Just(HomePlan::Task), 1 => Just(HomePlan::Component)];
    let id = prop_oneof![4 => Just(IdPlan::None), 3 => Just(IdPlan::Fresh), 3 => index().prop_map(IdPlan::Earlier)];
    let tasks = prop_oneof![1 => Just(Vec::new()), 5 => vec(index(), 1..=2)];
    let components = prop_oneof![1 => Just(Vec::new()), 1 => vec(index(), 1..=2)];
    let extras = proptest::array::uniform5(option::weighted(0.2, index()));
    (tasks, components, home, option::weighted(0.4, when()), vec(clause(), 1..=3), id, extras)
        .prop_map(|(tasks, components, home, when, clauses, id, extras)| AssignmentPlan {
            tasks,
            components,
            home,
            when,
            clauses,
            id,
            extras,
        })
        .boxed()
}

fn layer() -> BoxedStrategy<LayerPlan> {
    let removals = (option::weighted(0.3, index()), option::weighted(0.2, index()), option::weighted(0.1, index()));
    let relation = option::weighted(0.3, (index(), index(), index()));
    let changes = (
        option::weighted(0.3, index()),
        relation,
        option::weighted(0.3, prop_oneof![Just(Below::Nothing), index().prop_map(Below::Task)]),
    );
    let rest = (option::weighted(0.15, (index(), when())), option::weighted(0.2, any::<bool>()));
    (vec(assignment(), 1..=3), removals, changes, rest)
        .prop_map(
            |(assignments, (remove_assignment, remove_task, remove_component), (value, relation, task), (when, convention))| {
                LayerPlan {
                    assignments,
                    remove_assignment,
                    remove_task,
                    remove_component,
                    value,
                    relation,
                    task,
                    when,
                    convention,
                }
            },
        )
        .boxed()
}

/// A valid model of one to four documents.
pub fn models() -> impl Strategy<Value = Written> + Clone {
    plans().prop_map(|plan| build::build(&plan, None))
}

/// A valid model, and the same with a further assignment, the last of `model.yaml`'s own.
pub fn one_more() -> impl Strategy<Value = (Written, Written)> + Clone {
    (plans(), assignment()).prop_map(|(plan, more)| {
        let more = AssignmentPlan { home: HomePlan::Top, id: IdPlan::None, ..more };
        (build::build(&plan, None), build::build(&plan, Some(&more)))
    })
}

fn plans() -> BoxedStrategy<Plan> {
    let shape =
        prop_oneof![4 => Just(Shape::One), 2 => Just(Shape::Extended), 1 => Just(Shape::Chain), 2 => Just(Shape::Diamond)];
    let size = prop_oneof![2 => Just(0usize), 1 => Just(1usize), 3 => 2..=3usize];
    let party = (option::weighted(0.6, index()), option::weighted(0.25, index()))
        .prop_map(|(part_of, member_of)| PartyPlan { part_of, member_of });
    let context = (proptest::array::uniform3(size), 0..=2usize, option::weighted(0.3, index()));
    let places = (vec(party, 2..=6), vec(place(), 1..=5), vec(place(), 1..=6));
    let convention = || option::weighted(0.4, any::<bool>());
    let said = ((convention(), convention()), vec(assignment(), 1..=10));
    (context, places, said, shape, proptest::array::uniform3(layer()))
        .prop_map(|((sizes, relations, of_system), (parties, components, tasks), (conventions, assignments), shape, layers)| {
            Plan { sizes, relations, of_system, parties, components, tasks, conventions, assignments, shape, layers }
        })
        .boxed()
}
