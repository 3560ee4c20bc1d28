//! From a plan to documents, in the order in which they are layers.

mod later;

use std::collections::BTreeMap;

use proptest::sample::Index;
use rasci::document::{
    Assignment, Basis, Citations, CitedSource, Clause, Component, Conventions, Document, Entries, Force, LetterKey, Names, Party,
    Task, TimeLimit, Values, When, Within,
};
use rasci::source::{Span, Spanned};

use super::documents::{name, names};
use super::{AssignmentPlan, HomePlan, IdPlan, PlacePlan, Plan, RefPlan, Shape, WhenPlan, WithinPlan, Written};

/// Values that other readers of YAML would take for numbers and truth are among them.
const DIMENSIONS: [(&str, [&str; 3]); 3] =
    [("priority", ["P1", "P2", "P3"]), ("edition", ["1.10", "1.1", "010"]), ("cloud", ["no", "yes", "true"])];
const RELATIONS: [&str; 2] = ["manager", "operator"];

/// What is declared so far, as a later document may name it.
#[derive(Default)]
struct Declared {
    dimensions: Vec<(usize, Vec<String>)>,
    parties: Vec<String>,
    relations: Vec<String>,
    /// Each with the place it lies below.
    components: Vec<(String, Option<String>)>,
    tasks: Vec<(String, Option<String>)>,
    /// Assignments with an id, and their places.
    named: Vec<Named>,
    /// Ids of tasks that were removed, free to be declared again.
    free: Vec<String>,
    count: usize,
}

struct Named {
    id: String,
    tasks: Option<Vec<String>>,
    components: Option<Vec<String>>,
}

/// The assignments of one document, by the place they stand under.
#[derive(Default)]
struct Homes {
    top: Vec<Spanned<Assignment<'static>>>,
    tasks: BTreeMap<String, Vec<Spanned<Assignment<'static>>>>,
    components: BTreeMap<String, Vec<Spanned<Assignment<'static>>>>,
    ids: Vec<String>,
}

/// The documents of a plan, and one more assignment at the top level of the last where it is given.
pub(super) fn build(plan: &Plan, more: Option<&AssignmentPlan>) -> Written {
    let mut declared = Declared::default();
    let base = declared.base(plan);
    let bases: &[(&str, &[&str])] = match plan.shape {
        Shape::One => &[],
        Shape::Extended => &[("model.yaml", &["base.yaml"])],
        Shape::Chain => &[("x.yaml", &["base.yaml"]), ("model.yaml", &["x.yaml"])],
        Shape::Diamond => &[("x.yaml", &["base.yaml"]), ("z.yaml", &["base.yaml"]), ("model.yaml", &["x.yaml", "z.yaml"])],
    };
    let mut documents = vec![(if bases.is_empty() { "model.yaml" } else { "base.yaml" }.to_owned(), base)];
    for ((name, extends), layer) in bases.iter().zip(&plan.layers) {
        let mut document = declared.layer(layer);
        document.extends = Some(names(*extends));
        documents.push(((*name).to_owned(), document));
    }
    let mut homes = Homes::default();
    if let Some(more) = more {
        declared.assign(more, &mut homes);
    }
    let mut written = Written { documents };
    written.top().assignments.append(&mut homes.top);
    written
}

fn pick<T>(index: Index, list: &[T]) -> Option<&T> {
    (!list.is_empty()).then(|| index.get(list))
}

/// The parents of a tree's entries: each an earlier one, or none.
fn parents<'p>(plans: impl Iterator<Item = Option<&'p Index>>) -> Vec<Option<usize>> {
    plans.enumerate().map(|(place, part_of)| part_of.filter(|_| place > 0).map(|index| index.index(place))).collect()
}

fn tree<T>(
    parents: &[Option<usize>],
    below: Option<usize>,
    ids: &[String],
    make: &mut dyn FnMut(usize) -> T,
    parts: fn(&mut T) -> &mut Entries<'static, T>,
) -> Entries<'static, T> {
    let mut entries = Vec::new();
    for place in (0..parents.len()).filter(|place| parents[*place] == below) {
        let mut entry = make(place);
        *parts(&mut entry) = tree(parents, Some(place), ids, make, parts);
        entries.push((name(&ids[place]), entry));
    }
    Entries(entries)
}

fn numbered(prefix: &str, count: usize) -> Vec<String> {
    (0..count).map(|nth| format!("{prefix}{nth}")).collect()
}

fn with_parents(ids: &[String], parents: &[Option<usize>]) -> Vec<(String, Option<String>)> {
    ids.iter().cloned().zip(parents.iter().map(|parent| parent.map(|at| ids[at].clone()))).collect()
}

impl Declared {
    fn base(&mut self, plan: &Plan) -> Document<'static> {
        let sizes = plan.sizes.iter().enumerate().filter(|(_, size)| **size > 0);
        self.dimensions =
            sizes.map(|(at, size)| (at, DIMENSIONS[at].1[..*size].iter().map(ToString::to_string).collect())).collect();
        self.relations = RELATIONS[..plan.relations].iter().map(ToString::to_string).collect();
        self.parties = numbered("p", plan.parties.len());
        let (components, tasks) = (numbered("c", plan.components.len()), numbered("t", plan.tasks.len()));
        let component_parents = parents(plan.components.iter().map(|plan| plan.part_of.as_ref()));
        let task_parents = parents(plan.tasks.iter().map(|plan| plan.part_of.as_ref()));
        self.components = with_parents(&components, &component_parents);
        self.tasks = with_parents(&tasks, &task_parents);
        let mut homes = Homes::default();
        plan.assignments.iter().for_each(|plan| self.assign(plan, &mut homes));

        let party_parents = parents(plan.parties.iter().map(|plan| plan.part_of.as_ref()));
        // A member is declared after its pool and after what it is a part of, so nothing contains itself.
        let pools = parents(plan.parties.iter().map(|plan| plan.member_of.as_ref()));
        let mut party = |place| {
            let members: Vec<&str> = (0..pools.len())
                .filter(|member| pools[*member] == Some(place))
                .map(|member| self.parties[member].as_str())
                .collect();
            Party { members: (!members.is_empty()).then(|| names(members)), ..Party::default() }
        };
        let parties = tree(&party_parents, None, &self.parties, &mut party, |party| &mut party.parties);
        let mut component = |place: usize| Component {
            when: plan.components[place].when.as_ref().and_then(|when| self.when(when)),
            relations: self.relations_of(place, &plan.components[place]),
            assign: homes.components.remove(&components[place]).unwrap_or_default().into(),
            ..Component::default()
        };
        let components = tree(&component_parents, None, &components, &mut component, |component| &mut component.components);
        let mut task = |place: usize| Task {
            when: plan.tasks[place].when.as_ref().and_then(|when| self.when(when)),
            within: plan.tasks[place].within.as_ref().map(|within| self.within(within)),
            assign: homes.tasks.remove(&tasks[place]).unwrap_or_default().into(),
            ..Task::default()
        };
        let tasks = tree(&task_parents, None, &tasks, &mut task, |task| &mut task.tasks);
        let of_system = plan.of_system.as_ref().filter(|_| !self.relations.is_empty());
        let conventions =
            Conventions { accountable_is_responsible: plan.conventions.0, responsible_is_accountable: plan.conventions.1 };
        Document {
            version: Some(Spanned::new(1, Span::default())),
            id: Some(name("base")),
            sources: Entries(vec![(name("contract"), CitedSource::default())]),
            context: Entries(self.dimensions.iter().map(|(at, values)| (name(DIMENSIONS[*at].0), names(values))).collect()),
            parties,
            relations: Entries(
                of_system.iter().map(|of| (name(of.get::<String>(&self.relations)), names([&self.parties[0]]))).collect(),
            ),
            components,
            tasks,
            assignments: homes.top.into(),
            conventions: (conventions != Conventions::default()).then_some(conventions),
            ..Document::default()
        }
    }

    /// The first component declares every relation, so that `$relation` is known and yet resolves only below it.
    fn relations_of(&self, place: usize, plan: &PlacePlan) -> Entries<'static, Names<'static>> {
        let mut relations: BTreeMap<&str, Names<'static>> = BTreeMap::new();
        if place == 0 {
            relations.extend(self.relations.iter().map(|relation| (relation.as_str(), names([&self.parties[1]]))));
        }
        if let Some((which, parties)) = &plan.relation {
            let parties = self.parties_at(parties);
            relations.extend(pick(*which, &self.relations).map(|relation| (relation.as_str(), names(parties))));
        }
        Entries(relations.into_iter().map(|(relation, parties)| (name(relation), parties)).collect())
    }

    fn parties_at(&self, indices: &[Index]) -> Vec<&str> {
        let mut parties: Vec<&str> = indices.iter().map(|index| index.get(&self.parties).as_str()).collect();
        parties.dedup();
        parties
    }

    fn when(&self, plan: &WhenPlan) -> Option<When<'static>> {
        let mut entries = Vec::new();
        for (at, values) in &self.dimensions {
            let Some((bits, form)) = plan[*at] else { continue };
            let mut picked: Vec<&String> =
                values.iter().enumerate().filter(|(nth, _)| bits >> nth & 1 == 1).map(|(_, value)| value).collect();
            if picked.is_empty() || form == 0 {
                picked = vec![picked.first().copied().unwrap_or(&values[0])];
            }
            let all = picked.len() == values.len();
            let values = if form == 2 && !all { Values::Not(names(picked)) } else { Values::In(names(picked)) };
            entries.push((name(DIMENSIONS[*at].0), values));
        }
        (!entries.is_empty()).then_some(Entries(entries))
    }

    fn within(&self, plan: &WithinPlan) -> Within<'static> {
        let WithinPlan::Times(when) = plan else { return Within::Text("in a timely manner".into()) };
        let limit = |when, time| Spanned::new(TimeLimit { when, time: Some(name(time)), hours: None }, Span::default());
        Within::Limits(vec![limit(self.when(when), "PT2H"), limit(None, "P3D")])
    }

    /// Puts an assignment where its plan wants it, as far as there is such a place.
    fn assign(&mut self, plan: &AssignmentPlan, homes: &mut Homes) {
        fn places(indices: &[Index], declared: &[(String, Option<String>)]) -> Option<Vec<String>> {
            let mut ids: Vec<String> = indices.iter().map(|index| index.get(declared).0.clone()).collect();
            ids.dedup();
            (!ids.is_empty()).then_some(ids)
        }
        let (mut tasks, mut components) = (places(&plan.tasks, &self.tasks), places(&plan.components, &self.components));
        let home = match (plan.home, &mut tasks, &mut components) {
            (HomePlan::Task, Some(tasks), _) => {
                tasks.truncate(1);
                homes.tasks.entry(tasks[0].clone()).or_default()
            }
            (HomePlan::Component, _, Some(components)) => {
                components.truncate(1);
                homes.components.entry(components[0].clone()).or_default()
            }
            _ => &mut homes.top,
        };
        let under_task = matches!(plan.home, HomePlan::Task) && tasks.is_some();
        let under_component = matches!(plan.home, HomePlan::Component) && components.is_some();
        let id = match &plan.id {
            IdPlan::None => None,
            IdPlan::Earlier(index) => {
                pick(*index, &self.named).map(|named| named.id.clone()).filter(|id| !homes.ids.contains(id))
            }
            IdPlan::Fresh => {
                self.count += 1;
                Some(format!("a{}", self.count))
            }
        };
        let [force, basis, source, towards, note] = &plan.extras;
        home.push(Spanned::new(
            Assignment {
                id: id.as_deref().map(name),
                task: tasks.as_ref().filter(|_| !under_task).map(names),
                component: components.as_ref().filter(|_| !under_component).map(names),
                when: plan.when.as_ref().and_then(|when| self.when(when)),
                clauses: self.clauses(plan),
                force: force.as_ref().map(|at| *at.get(&[Force::Must, Force::Should, Force::May])),
                basis: basis.as_ref().map(|at| *at.get(&[Basis::Stated, Basis::Inferred])),
                source: source
                    .as_ref()
                    .map(|at| Citations(vec![(name("contract"), at.get(&[None, Some("clause 4")]).map(Into::into))])),
                towards: towards.as_ref().map(|at| names([at.get(&self.parties)])),
                note: note.as_ref().map(|_| "a remark: with a colon".into()),
                misread: false,
            },
            Span::default(),
        ));
        if let Some(id) = id {
            homes.ids.push(id.clone());
            self.named.retain(|named| named.id != id);
            self.named.push(Named { id, tasks, components });
        }
    }

    /// Each letter is set and added to at most once; an assignment says something of at least one.
    fn clauses(&self, plan: &AssignmentPlan) -> Vec<Clause<'static>> {
        let mut taken = Vec::new();
        let mut clauses = Vec::new();
        for clause in &plan.clauses {
            let mut letters = clause.letters.clone();
            letters.retain(|letter| !taken.contains(&(*letter, clause.adds)));
            letters.reverse();
            taken.extend(letters.iter().map(|letter| (*letter, clause.adds)));
            let mut parties: Vec<String> = Vec::new();
            for party in &clause.parties {
                let party = match party {
                    RefPlan::Relation(index) => pick(*index, &self.relations).map(|relation| format!("${relation}")),
                    RefPlan::Party(index) => Some(index.get(&self.parties).clone()),
                };
                parties.extend(party.filter(|party| !parties.contains(party)));
            }
            // A reference to a relation where there is none, and an addition of nobody, become the first party.
            if parties.is_empty() && (clause.adds || !clause.parties.is_empty()) {
                parties.push(self.parties[0].clone());
            }
            if !letters.is_empty() {
                let key = Spanned::new(LetterKey { letters: letters.into(), adds: clause.adds }, Span::default());
                clauses.push(Clause { key, parties: Some(names(parties)) });
            }
        }
        clauses
    }
}
