//! casbin: the two trees are roles, what is nearest stands first and the effect is the first that matches; asked with names.
//!
//! Below the parties of a cell stands a row that denies everybody else, so that what is said further up does not count. It has no question
//! "who": the cheapest is to walk up the trees and have the rows of each cell filtered; to enforce for every party takes far longer.

use std::cmp::Reverse;

use casbin::{CoreApi, DefaultModel, Enforcer, MgmtApi, NullAdapter};

use super::{Party, Peer};
use crate::facts::{Ask, Facts, LETTERS, Tree};

const MODEL: &str = r#"
[request_definition]
r = sub, act, task, comp

[policy_definition]
p = sub, act, task, comp, eft

[role_definition]
g = _, _
g2 = _, _

[policy_effect]
e = priority(p.eft) || deny

[matchers]
m = r.act == p.act && (p.sub == "*" || r.sub == p.sub) && g(r.task, p.task) && g2(r.comp, p.comp)
"#;

pub struct Casbin<'f> {
    enforcer: Enforcer,
    facts: &'f Facts,
    asks: &'f [Ask],
}

impl<'f> Casbin<'f> {
    pub fn new(facts: &'f Facts, asks: &'f [Ask]) -> Result<Self, Box<dyn std::error::Error>> {
        let enforcer = tokio::runtime::Builder::new_current_thread().build()?.block_on(async {
            let mut enforcer = Enforcer::new(DefaultModel::from_str(MODEL).await?, NullAdapter).await?;
            enforcer.add_named_grouping_policies("g", above(&facts.tasks)).await?;
            enforcer.add_named_grouping_policies("g2", above(&facts.components)).await?;
            enforcer.add_policies(rows(facts)).await?;
            Ok::<_, casbin::Error>(enforcer)
        })?;
        Ok(Self { enforcer, facts, asks })
    }
}

fn above(tree: &Tree) -> Vec<Vec<String>> {
    let pair = |place: usize| Some(vec![tree.names[place].clone(), tree.names[tree.path(place).nth(1)?].clone()]);
    (0..tree.names.len()).filter_map(pair).collect()
}

/// The deepest task first, then the deepest component.
fn rows(facts: &Facts) -> Vec<Vec<String>> {
    let mut said: Vec<_> = facts.said.iter().collect();
    let depth = |tree: &Tree, place| Reverse(tree.path(place).count());
    said.sort_by_cached_key(|said| (depth(&facts.tasks, said.task), depth(&facts.components, said.component)));
    let mut rows = Vec::new();
    for said in said {
        let mut row = |party: &str, effect: &str| {
            let cell = [LETTERS[said.letter], &facts.tasks.names[said.task], &facts.components.names[said.component]];
            rows.push([&[party][..], &cell, &[effect]].concat().into_iter().map(str::to_owned).collect());
        };
        said.parties.iter().for_each(|party| row(&facts.parties[*party], "allow"));
        row("*", "deny");
    }
    rows
}

impl Peer for Casbin<'_> {
    fn who(&mut self, nth: usize, mut see: impl FnMut(Party<'_>)) {
        let Ask { task, component, letter, .. } = &self.asks[nth];
        for task in self.facts.tasks.path(*task) {
            for component in self.facts.components.path(*component) {
                let cell = [LETTERS[*letter], &self.facts.tasks.names[task], &self.facts.components.names[component]];
                let rows = self.enforcer.get_filtered_policy(1, cell.map(str::to_owned).to_vec());
                let allowed = rows.iter().filter(|row| row.last().is_some_and(|effect| effect == "allow"));
                allowed.filter_map(|row| row.first()).for_each(|party| see(Party::Name(party)));
                if !rows.is_empty() {
                    return;
                }
            }
        }
    }

    fn holds(&mut self, nth: usize) -> bool {
        let Ask { task, component, letter, party } = &self.asks[nth];
        let Facts { tasks, components, parties, .. } = self.facts;
        let asked = (&*parties[*party], LETTERS[*letter], &*tasks.names[*task], &*components.names[*component]);
        self.enforcer.enforce(asked).expect("it answers")
    }
}
