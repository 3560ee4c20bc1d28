//! Cedar: tasks are entities, what is said of one are its tags, and one policy tries the places upwards.
//!
//! A policy has no loop, so the walk is unrolled, and the request brings the tags to try. The question "who" in two ways: `is_authorized`
//! for each party; or the policy evaluated with the principal unknown (`tpe`, experimental), whose rest names those who are permitted.
//! `query_principal` takes longer than both.

use std::fmt::Write;
use std::str::FromStr;

use cedar_policy::{
    Authorizer, Context, Decision, Entities, Entity, EntityId, EntityTypeName, EntityUid, PartialEntities, PartialEntityUid,
    PartialRequest, PolicySet, Request, RestrictedExpression, Schema,
};

use super::{Party, Peer};
use crate::facts::{Ask, Facts, LETTERS};

/// How deep the trees of the workload are.
const TASKS: usize = 5;
const COMPONENTS: usize = 4;

type Failure = Box<dyn std::error::Error>;

/// The entities, the policy, and the parts of each request.
pub struct Shared {
    schema: Schema,
    policies: PolicySet,
    entities: Entities,
    actions: Vec<EntityUid>,
    parties: Vec<EntityUid>,
    tasks: Vec<EntityUid>,
    contexts: Vec<Context>,
}

impl Shared {
    pub fn new(facts: &Facts) -> Result<Self, Failure> {
        let (schema, _) = Schema::from_cedarschema_str(&schema_text())?;
        let policies = PolicySet::from_str(&policy_text())?;
        let uid = |kind: &str, id: &str| Ok::<_, Failure>(EntityUid::from_type_name_and_id(kind.parse()?, EntityId::new(id)));
        let parties = facts.parties.iter().map(|party| uid("Party", party)).collect::<Result<Vec<_>, _>>()?;
        let tasks = facts.tasks.names.iter().map(|task| uid("Task", task)).collect::<Result<Vec<_>, _>>()?;
        let actions = LETTERS.iter().map(|letter| uid("Action", letter)).collect::<Result<Vec<_>, _>>()?;
        let mut tags: Vec<Vec<(String, RestrictedExpression)>> = vec![Vec::new(); tasks.len()];
        for said in &facts.said {
            let parties = said.parties.iter().map(|party| RestrictedExpression::new_entity_uid(parties[*party].clone()));
            tags[said.task].push((tag(facts, said.component, said.letter), RestrictedExpression::new_set(parties)));
        }
        let mut entities: Vec<Entity> = parties.iter().cloned().map(Entity::with_uid).collect();
        for (place, tags) in tags.into_iter().enumerate() {
            let above = padded(facts.tasks.path(place), TASKS).into_iter().enumerate().skip(1);
            let above =
                above.map(|(steps, above)| (format!("up{steps}"), RestrictedExpression::new_entity_uid(tasks[above].clone())));
            entities.push(Entity::new_with_tags(tasks[place].clone(), above, [], tags)?);
        }
        let entities = Entities::from_entities(entities, Some(&schema))?;
        Ok(Self { schema, policies, entities, actions, parties, tasks, contexts: Vec::new() })
    }

    /// With these questions, ready to be asked.
    pub fn asked(mut self, facts: &Facts, asks: &[Ask]) -> Result<Self, Failure> {
        let context = |ask: &Ask| {
            let tags = padded(facts.components.path(ask.component), COMPONENTS).into_iter().enumerate();
            Context::from_pairs(tags.map(|(steps, component)| {
                (format!("tag{steps}"), RestrictedExpression::new_string(tag(facts, component, ask.letter)))
            }))
        };
        self.contexts = asks.iter().map(context).collect::<Result<Vec<_>, _>>()?;
        Ok(self)
    }

    fn is_authorized(&self, nth: usize, ask: &Ask, party: usize) -> bool {
        let (principal, action) = (self.parties[party].clone(), self.actions[ask.letter].clone());
        let request = Request::new(principal, action, self.tasks[ask.task].clone(), self.contexts[nth].clone(), None);
        let response = Authorizer::new().is_authorized(&request.expect("a request"), &self.policies, &self.entities);
        response.decision() == Decision::Allow
    }
}

fn tag(facts: &Facts, component: usize, letter: usize) -> String {
    format!("{}/{}", facts.components.names[component], LETTERS[letter])
}

/// A path upwards, its last place again where it is shorter: trying a place twice changes nothing.
fn padded(path: impl Iterator<Item = usize>, length: usize) -> Vec<usize> {
    let mut path: Vec<usize> = path.collect();
    path.resize(length, path[path.len() - 1]);
    path
}

fn schema_text() -> String {
    let above: Vec<String> = (1..TASKS).map(|steps| format!("up{steps}: Task")).collect();
    let tags: Vec<String> = (0..COMPONENTS).map(|steps| format!("tag{steps}: String")).collect();
    format!(
        "entity Party; entity Task = {{ {} }} tags Set<Party>;\n\
         action {} appliesTo {{ principal: Party, resource: Task, context: {{ {} }} }};",
        above.join(", "),
        LETTERS.join(", "),
        tags.join(", ")
    )
}

fn policy_text() -> String {
    let mut text = "permit (principal, action, resource) when {\n".to_owned();
    for task in std::iter::once("resource".to_owned()).chain((1..TASKS).map(|steps| format!("resource.up{steps}"))) {
        for steps in 0..COMPONENTS {
            let tag = format!("context.tag{steps}");
            let _ = writeln!(text, "  if {task}.hasTag({tag}) then {task}.getTag({tag}).contains(principal) else");
        }
    }
    text + "  false\n};"
}

/// Each party is asked.
pub struct EachParty<'f> {
    shared: &'f Shared,
    asks: &'f [Ask],
}

impl<'f> EachParty<'f> {
    pub fn new(shared: &'f Shared, asks: &'f [Ask]) -> Self {
        Self { shared, asks }
    }
}

impl Peer for EachParty<'_> {
    fn who(&mut self, nth: usize, mut see: impl FnMut(Party<'_>)) {
        for party in 0..self.shared.parties.len() {
            if self.shared.is_authorized(nth, &self.asks[nth], party) {
                see(Party::Number(party));
            }
        }
    }

    fn holds(&mut self, nth: usize) -> bool {
        let ask = &self.asks[nth];
        self.shared.is_authorized(nth, ask, ask.party)
    }
}

/// The policy is evaluated as far as it can be without the principal.
pub struct PartiallyEvaluated<'f> {
    shared: &'f Shared,
    entities: PartialEntities,
    party: EntityTypeName,
    asks: &'f [Ask],
}

impl<'f> PartiallyEvaluated<'f> {
    pub fn new(shared: &'f Shared, asks: &'f [Ask]) -> Result<Self, Failure> {
        let entities = PartialEntities::from_concrete(shared.entities.clone(), &shared.schema)?;
        Ok(Self { shared, entities, party: "Party".parse()?, asks })
    }
}

impl Peer for PartiallyEvaluated<'_> {
    fn who(&mut self, nth: usize, mut see: impl FnMut(Party<'_>)) {
        let (shared, ask) = (self.shared, &self.asks[nth]);
        let request = PartialRequest::new(
            PartialEntityUid::new(self.party.clone(), None),
            shared.actions[ask.letter].clone(),
            PartialEntityUid::from_concrete(shared.tasks[ask.task].clone()),
            Some(shared.contexts[nth].clone()),
            &shared.schema,
        );
        let request = request.expect("a request");
        let response = shared.policies.tpe(&request, &self.entities, &shared.schema).expect("it answers");
        for rest in response.residual_policies() {
            let named = rest.entity_literals();
            named
                .iter()
                .filter(|entity| *entity.type_name() == self.party)
                .for_each(|party| see(Party::Name(party.id().unescaped())));
        }
    }

    /// Of a known party there is nothing left to leave open.
    fn holds(&mut self, nth: usize) -> bool {
        let ask = &self.asks[nth];
        self.shared.is_authorized(nth, ask, ask.party)
    }
}
