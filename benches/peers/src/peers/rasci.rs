//! This library: by handle, and by the names of task and component.

use rasci::query::Holders;
use rasci::{Cell, FullContext, Letter, PartyId, Policy};

use super::{Party, Peer};
use crate::facts::{Ask, Facts};

/// Asked with what was looked up before.
pub struct ByHandle<'p> {
    policy: &'p Policy,
    always: &'p FullContext,
    asks: Vec<(Letter, Cell, PartyId)>,
}

/// Asked with names.
pub struct ByName<'p> {
    policy: &'p Policy,
    always: &'p FullContext,
    asks: Vec<(Letter, &'p str, Option<&'p str>, &'p str)>,
}

impl<'p> ByHandle<'p> {
    pub fn new(policy: &'p Policy, always: &'p FullContext, facts: &Facts, asks: &[Ask]) -> Self {
        let ask = |ask: &Ask| {
            let (task, component, party) = names(facts, ask);
            (Letter::ALL[ask.letter], policy.cell(task, component).expect("known"), policy.party(party).expect("known"))
        };
        Self { policy, always, asks: asks.iter().map(ask).collect() }
    }
}

impl<'p> ByName<'p> {
    pub fn new(policy: &'p Policy, always: &'p FullContext, facts: &'p Facts, asks: &[Ask]) -> Self {
        let ask = |ask: &Ask| {
            let (task, component, party) = names(facts, ask);
            (Letter::ALL[ask.letter], task, component, party)
        };
        Self { policy, always, asks: asks.iter().map(ask).collect() }
    }
}

fn names<'f>(facts: &'f Facts, ask: &Ask) -> (&'f str, Option<&'f str>, &'f str) {
    let component = Some(&*facts.components.names[ask.component]).filter(|_| ask.component > 0);
    (&facts.tasks.names[ask.task], component, &facts.parties[ask.party])
}

impl Peer for ByHandle<'_> {
    fn who(&mut self, nth: usize, see: impl FnMut(Party<'_>)) {
        let (letter, cell, _) = self.asks[nth];
        show(&self.policy.holders(letter, cell, self.always), see);
    }

    fn holds(&mut self, nth: usize) -> bool {
        let (letter, cell, party) = self.asks[nth];
        self.policy.is_named(party, letter, cell, self.always)
    }
}

impl Peer for ByName<'_> {
    fn who(&mut self, nth: usize, see: impl FnMut(Party<'_>)) {
        let (letter, task, component, _) = self.asks[nth];
        show(&self.policy.holders(letter, self.policy.cell(task, component).expect("known"), self.always), see);
    }

    fn holds(&mut self, nth: usize) -> bool {
        let (letter, task, component, party) = self.asks[nth];
        let party = self.policy.party(party).expect("known");
        self.policy.is_named(party, letter, self.policy.cell(task, component).expect("known"), self.always)
    }
}

fn show(holders: &Holders<'_>, mut see: impl FnMut(Party<'_>)) {
    if let Holders::Held(parties) = holders {
        parties.iter().for_each(|party| see(Party::Number(party.index())));
    }
}
