//! What lints find in what a model declares: read a second time from the words of its documents, party by party, person
//! by person, day by day.

use std::collections::BTreeSet;

use rasci::Letter;
use rasci::jiff::civil::Date;

use super::{Applies, Findings, Look, looks_at};
use crate::oracle::{Reading, Said, satisfied, upwards};
use crate::strategy::dressing::{Declared, Taken};

/// A second reader of what is declared.
struct Reader<'r> {
    reading: &'r Reading,
    declared: &'r Declared,
    looks: Vec<Look<'r>>,
    found: BTreeSet<(&'static str, String)>,
}

impl Findings {
    /// Everything that the lints of what is declared find.
    pub fn of_declared(reading: &Reading, declared: &Declared) -> BTreeSet<(&'static str, String)> {
        let combinations = reading.combinations();
        let holds = |said: &Said, nth: &usize| satisfied(said.written.when.as_ref(), &combinations[*nth]);
        let when = |said: &Said| (0..combinations.len()).filter(|nth| holds(said, nth)).collect();
        let whens: Vec<BTreeSet<usize>> = reading.assignments.iter().map(when).collect();
        let components = || std::iter::once(None).chain(reading.components.iter().map(|place| Some(place.id.as_str())));
        let cells = reading.tasks.iter().flat_map(|task| components().map(|component| (task.id.as_str(), component)));
        let looks = cells.flat_map(|cell| looks_at(reading, cell, &combinations, &whens)).collect();
        let mut reader = Reader { reading, declared, looks, found: BTreeSet::new() };
        reader.people();
        reader.presence();
        reader.limits();
        reader.uses();
        reader.flow();
        reader.found
    }
}

impl Reader<'_> {
    fn add(&mut self, lint: &'static str, words: impl Into<String>) {
        self.found.insert((lint, words.into()));
    }

    /// The persons in a party; itself, where it is one.
    fn persons(&self, party: &str) -> BTreeSet<&String> {
        let is_in = |person: &&String| *person == party || self.reading.containers(person).contains(party);
        self.declared.persons.iter().filter(is_in).collect()
    }

    fn parties(&self) -> Vec<String> {
        self.reading.parties.iter().map(|who| who.id.clone()).collect()
    }

    /// Too few persons, and persons that lack what is required.
    fn people(&mut self) {
        for (party, least) in &self.declared.staff {
            let count = self.persons(party).len();
            if count > 0 && count < *least as usize {
                self.add("understaffed", party);
            }
        }
        for person in &self.declared.persons {
            let mut parties = self.reading.containers(person);
            parties.insert(person.clone());
            let required: BTreeSet<&String> =
                parties.iter().filter_map(|party| self.declared.requires.get(party)).flatten().collect();
            let satisfied = self.declared.satisfies.get(person);
            for lacking in required.into_iter().filter(|required| !satisfied.is_some_and(|all| all.contains(*required))) {
                self.add("unmet-requirement", format!("{person} {lacking}"));
            }
        }
    }

    /// Whether a party is there where this says so of persons.
    fn is_there(&self, party: &str, person: &dyn Fn(&str) -> bool) -> bool {
        if self.declared.persons.contains(party) {
            return person(party);
        }
        let mut inside = self.reading.parties.iter().filter(|who| who.inside.contains(party)).peekable();
        inside.peek().is_none() || inside.any(|who| self.is_there(&who.id, person))
    }

    /// Whether a person is there on a day, or a deputy who is.
    fn on_day(&self, person: &str, day: Date) -> bool {
        match self.declared.away.get(person).filter(|(from, until, _)| (*from..=*until).contains(&day)) {
            None => true,
            Some((_, _, deputy)) => deputy.as_ref().is_some_and(|deputy| self.on_day(deputy, day)),
        }
    }

    /// Whether R, or A, of some cell has parties, and none of them is there.
    fn is_lost(&self, person: &dyn Fn(&str) -> bool) -> bool {
        let held = |look: &Look<'_>, letter| look.told.held.get(&letter).cloned().unwrap_or_default();
        let lost = |parties: BTreeSet<String>| !parties.is_empty() && !parties.iter().any(|party| self.is_there(party, person));
        let letters = [Letter::Responsible, Letter::Accountable];
        self.looks.iter().any(|look| letters.into_iter().any(|letter| lost(held(look, letter))))
    }

    /// Persons without whom nobody is there, and days on which too few are.
    fn presence(&mut self) {
        for gone in &self.declared.persons {
            if self.is_lost(&|person| person != gone) {
                self.add("single-point", gone);
            }
        }
        let days: BTreeSet<Date> = self.declared.away.values().map(|(from, ..)| *from).collect();
        for day in days {
            if self.is_lost(&|person| self.on_day(person, day)) {
                self.add("uncovered-absence", day.to_string());
            }
            for (party, least) in &self.declared.staff {
                let persons = self.persons(party);
                let here = persons.iter().filter(|person| self.on_day(person, day)).count();
                if persons.len() >= *least as usize && here < *least as usize {
                    self.add("uncovered-absence", format!("{day} {party}"));
                }
            }
        }
    }

    /// The components that a party is limited to; none where it is not.
    fn limit(&self, party: &str) -> Option<BTreeSet<String>> {
        if let Some(scope) = self.declared.scopes.get(party) {
            return Some(scope.clone());
        }
        let inside: Vec<&str> =
            self.reading.parties.iter().filter(|who| who.inside.contains(party)).map(|who| who.id.as_str()).collect();
        let limits: Option<Vec<BTreeSet<String>>> = inside.iter().map(|part| self.limit(part)).collect();
        limits.filter(|limits| !limits.is_empty()).map(|limits| limits.into_iter().flatten().collect())
    }

    /// Parties named outside their limit, and escalations to those that hold nothing.
    fn limits(&mut self) {
        let mut outside = BTreeSet::new();
        let mut named = BTreeSet::new();
        for look in &self.looks {
            let above: BTreeSet<String> = upwards(&self.reading.components, look.cell.1).into_iter().flatten().collect();
            for letter in Letter::ALL {
                named.extend(look.told.held.get(&letter).into_iter().flatten().cloned());
                for (one, party, _) in look.givers(self.reading, letter) {
                    let Applies { id, .. } = one;
                    if self.limit(&party).is_some_and(|limit| limit.is_disjoint(&above)) {
                        outside.insert(format!("{party} {id}"));
                    }
                }
            }
        }
        for words in outside {
            self.add("out-of-scope", words);
        }
        let near = |one: &str, other: &String| one == other || self.reading.containers(one).contains(other);
        let holds = |party: &String| named.iter().any(|named| near(named, party) || near(party, named));
        let gaps: Vec<String> = self.declared.escalation.iter().filter(|party| !holds(party)).cloned().collect();
        for party in gaps {
            self.add("escalation-gap", format!("support {party}"));
        }
    }

    /// What nothing names, and ids that are much alike.
    fn uses(&mut self) {
        let (reading, declared) = (self.reading, self.declared);
        let mut named: BTreeSet<String> = declared.escalation.iter().cloned().collect();
        named.extend(declared.away.values().filter_map(|(_, _, deputy)| deputy.clone()));
        named.extend(reading.system.values().flatten().cloned());
        named.extend(reading.components.iter().flat_map(|place| place.relations.values()).flatten().cloned());
        for said in &reading.assignments {
            let clauses = said.written.clauses.iter().flat_map(|clause| clause.parties.iter().flat_map(super::super::list));
            named.extend(clauses.chain(said.written.towards.iter().flat_map(super::super::list)));
            if said.written.source.as_ref().is_none_or(|source| source.0.is_empty()) {
                self.add("unsourced-assignment", said.written.id.as_ref().unwrap().value.to_string());
            }
        }
        let contains = |one: &str, other: &str| one == other || reading.containers(other).contains(one);
        let unused = |party: &str| !named.iter().any(|named| contains(named, party) || contains(party, named));
        let inside = |party: &str| reading.parties.iter().find(|who| who.id == party).map(|who| who.inside.clone());
        for party in self.parties() {
            if unused(&party) && !inside(&party).unwrap_or_default().iter().any(|whole| unused(whole)) {
                self.add("unused-party", party);
            }
        }
        let mut placed: BTreeSet<String> = declared.scopes.values().flatten().cloned().collect();
        placed.extend(declared.steps.iter().filter_map(|step| step.component.clone()));
        placed.extend(reading.assignments.iter().filter_map(|said| said.components.clone()).flatten());
        let above = |id: &str| upwards(&reading.components, Some(id)).into_iter().flatten().collect::<Vec<_>>();
        let is_named =
            |id: &str| placed.iter().any(|placed| above(placed).iter().any(|up| up == id) || above(id).contains(placed));
        let unused = |id: &str| reading.components.iter().any(|it| it.id == id && it.relations.is_empty()) && !is_named(id);
        for place in &reading.components {
            if unused(&place.id) && !above(&place.id)[1..].first().is_some_and(|parent| unused(parent)) {
                self.add("unused-component", &place.id);
            }
        }
        let conditions = reading.assignments.iter().filter_map(|said| said.written.when.as_ref());
        let of_places = reading.tasks.iter().chain(&reading.components).filter_map(|place| place.when.as_ref());
        let mut used: BTreeSet<String> = conditions
            .chain(of_places)
            .flat_map(rasci::document::Entries::iter)
            .map(|(name, _)| name.value.to_string())
            .collect();
        if declared.steps.iter().any(|step| step.when.is_some()) {
            used.extend(reading.context.first().map(|(dimension, _)| dimension.clone()));
        }
        for (dimension, _) in reading.context.iter().filter(|(dimension, _)| !used.contains(dimension)) {
            self.found.insert(("unused-dimension", dimension.clone()));
        }
        for (nth, (one, layer)) in declared.alike.iter().enumerate() {
            for (other, later) in &declared.alike[nth + 1..] {
                if layer != later && one.len() > 4 && other.len() > 4 && are_alike(one, other) {
                    let (first, last) = if layer < later { (one, other) } else { (other, one) };
                    self.found.insert(("similar-id", format!("{last} {first}")));
                }
            }
        }
    }

    /// Steps that nobody does, that nothing leads to, and that lead nowhere.
    fn flow(&mut self) {
        let steps = &self.declared.steps;
        let combinations = self.reading.combinations();
        for step in steps {
            let taken = |nth: usize| {
                let value = self.reading.context.first().map(|(dimension, _)| &combinations[nth][dimension]);
                step.when.as_ref().is_none_or(|when| Some(when) == value)
            };
            let cell = step.task.as_deref().map(|task| (task, step.component.as_deref()));
            let of_cell = self.looks.iter().filter(|look| Some(look.cell) == cell && taken(look.combination));
            if of_cell.into_iter().any(|look| !look.told.held.contains_key(&Letter::Responsible)) {
                self.found.insert(("flow-without-responsible", format!("{} case", step.id)));
            }
            if !reached(steps, &steps[0]).iter().any(|known| known.id == step.id) {
                self.found.insert(("unreachable-step", format!("case {}", step.id)));
            } else if reached(steps, step).iter().all(|after| !after.then.is_empty()) {
                self.found.insert(("endless-flow", format!("case {}", step.id)));
            }
        }
    }
}

/// A step and all that follow it.
fn reached<'s>(steps: &'s [Taken], from: &'s Taken) -> Vec<&'s Taken> {
    let mut all = vec![from];
    let is_new = |all: &[&Taken], step: &Taken| {
        all.iter().all(|known| known.id != step.id) && all.iter().any(|known| known.then.contains(&step.id))
    };
    while let Some(next) = steps.iter().find(|step| is_new(&all, step)) {
        all.push(next);
    }
    all
}

/// One letter put in, taken out or replaced, and no digit; or apart only in hyphens.
fn are_alike(one: &str, other: &str) -> bool {
    let letters = || ('a'..='z').chain(['-']);
    let mut edits = BTreeSet::from([one.replace('-', "")]);
    for at in 0..=one.len() {
        let (before, after) = one.split_at(at);
        edits.extend(letters().map(|letter| format!("{before}{letter}{after}")));
        if let Some(first) = after.chars().next().filter(|first| !first.is_ascii_digit()) {
            edits.insert(format!("{before}{}", &after[first.len_utf8()..]));
            edits.extend(letters().map(|letter| format!("{before}{letter}{}", &after[first.len_utf8()..])));
        }
    }
    edits.contains(other) || one.replace('-', "") == other.replace('-', "")
}
