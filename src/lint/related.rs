//! Whom each relation stands for, everywhere at once: the nearest component that names it, and where two come to the same.

use std::collections::HashMap;

use super::stands::relation_bit;
use crate::model::{ComponentId, Handle, Model, PartyId, RelationId};

/// The relations of a model, component by component.
pub(super) struct Related<'p> {
    model: &'p Model,
    /// For each relation the component from which each has it.
    nearest: Vec<Vec<Option<ComponentId>>>,
    /// The components that name each relation.
    named_at: Vec<Vec<ComponentId>>,
    /// Where each party is named, and under which relation.
    of_party: HashMap<PartyId, Vec<(ComponentId, RelationId)>>,
    /// The components in which some relation stands for nobody.
    lacking: Vec<bool>,
    /// For each relation and component, as bits: the relations that name a party of the same there.
    sharing: Vec<Vec<u32>>,
}

/// More relations than this are taken to share parties wherever both stand for somebody.
const MOST_COMPARED: usize = 32;

impl<'p> Related<'p> {
    pub(super) fn of(model: &'p Model) -> Self {
        let count = model.relations.len();
        let mut nearest: Vec<Vec<Option<ComponentId>>> = vec![Vec::with_capacity(model.components.len()); count];
        let mut named_at = vec![Vec::new(); count];
        let mut of_party: HashMap<PartyId, Vec<(ComponentId, RelationId)>> = HashMap::new();
        for (id, component) in model.components.iter() {
            for nearest in &mut nearest {
                let above = component.parent.and_then(|parent| nearest.get(parent.place()).copied().flatten());
                nearest.push(above);
            }
            for relation in &component.relations {
                let place = relation.name.place();
                let own = nearest.get_mut(place).and_then(|of| of.get_mut(id.place()));
                if let Some(own) = own {
                    *own = Some(id);
                }
                named_at.get_mut(place).into_iter().for_each(|at: &mut Vec<ComponentId>| at.push(id));
                for party in &relation.parties {
                    of_party.entry(*party).or_default().push((id, relation.name));
                }
            }
        }
        let lacking = |id: ComponentId| nearest.iter().any(|of| of.get(id.place()).copied().flatten().is_none());
        let lacking = model.components.ids().map(lacking).collect();
        let mut related = Self { model, nearest, named_at, of_party, lacking, sharing: Vec::new() };
        let relations = || (0..count).map(RelationId::new);
        let sharing = relations().map(|one| model.components.ids().map(|at| related.shared(one, at)).collect());
        related.sharing = sharing.collect();
        related
    }

    /// Whether the model has relations at all.
    pub(super) fn any(&self) -> bool {
        !self.nearest.is_empty()
    }

    /// The component from which another has a relation.
    pub(super) fn nearest(&self, relation: RelationId, at: ComponentId) -> Option<ComponentId> {
        self.nearest.get(relation.place())?.get(at.place()).copied().flatten()
    }

    /// Whom a relation stands for at a component.
    pub(super) fn parties(&self, relation: RelationId, at: ComponentId) -> &'p [PartyId] {
        let Some(nearest) = self.nearest(relation, at) else { return &[] };
        let named = self.model.component(nearest).relations.iter().find(|named| named.name == relation);
        named.map(|named| named.parties.as_slice()).unwrap_or_default()
    }

    /// The components below another that name a relation, itself among them, in order.
    pub(super) fn named_in(&self, relation: RelationId, below: &std::ops::Range<usize>) -> &[ComponentId] {
        let all = self.named_at.get(relation.place()).map(Vec::as_slice).unwrap_or_default();
        let start = all.partition_point(|component| component.place() < below.start);
        let end = all.partition_point(|component| component.place() < below.end);
        all.get(start..end).unwrap_or_default()
    }

    /// Where a party is named, and under which relation.
    pub(super) fn of_party(&self, party: PartyId) -> &[(ComponentId, RelationId)] {
        self.of_party.get(&party).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether some relation stands for nobody at a component.
    pub(super) fn lacks_some(&self, at: ComponentId) -> bool {
        self.lacking.get(at.place()).copied().unwrap_or(true)
    }

    /// The relations, as bits, that stand for a party at a component that this one stands for too.
    pub(super) fn sharing(&self, relation: RelationId, at: ComponentId) -> u32 {
        self.sharing.get(relation.place()).and_then(|of| of.get(at.place())).copied().unwrap_or(u32::MAX)
    }

    /// The bit of a relation, where no other has the same.
    pub(super) fn own_bit(&self, relation: RelationId) -> u32 {
        if self.nearest.len() > MOST_COMPARED { 0 } else { relation_bit(relation) }
    }

    fn shared(&self, one: RelationId, at: ComponentId) -> u32 {
        let own = self.parties(one, at);
        if own.is_empty() {
            return 0;
        }
        if self.nearest.len() > MOST_COMPARED {
            return u32::MAX;
        }
        let others = (0..self.nearest.len()).map(RelationId::new);
        let shares = others.filter(|other| self.parties(*other, at).iter().any(|party| own.contains(party)));
        shares.fold(0, |bits, other| bits | relation_bit(other))
    }
}
