//! What a user would take instead, asked the same questions on the same facts: Cedar, regorus, casbin, SQLite, and a graph that is walked.
//!
//! The facts are the plain form of the workload, the questions those of the bench `query`: who holds this letter of this cell, and does
//! this party. Each peer is loaded from the facts, its answers to the first questions are compared with this library's, and then all take
//! turns. A slow one is asked fewer questions, so that each has some seconds at most. A peer is asked either with handles (numbers, nodes,
//! ready entities) or with names, which is said.
//!
//! `cargo run --release --manifest-path benches/peers/Cargo.toml --target-dir target/peers -- medium` measures the sizes named.

mod facts;
mod peers;
#[path = "../../workload/mod.rs"]
#[allow(dead_code, reason = "the workload serves other benches too")]
mod workload;

use std::collections::BTreeSet;
use std::hint::black_box;
use std::time::Instant;

use facts::{Ask, Facts};
use peers::{
    ByHandle, ByName, Casbin, CedarShared, EachParty, LookUps, OneStatement, PartiallyEvaluated, Party, Peer, Petgraph, Rego,
    SqliteShared,
};
use rasci::query::Holders;
use rasci::{Cell, Letter, Policy};
use workload::{Form, SIZES, Size};

const QUESTIONS: usize = 100_000;
const ROUNDS: usize = 9;
/// Seconds for a peer to answer one kind of question: to be compared, and in each round.
const COMPARING: f64 = 2.0;
const ROUND: f64 = 0.3;
const ALL_ROUNDS: f64 = 6.0;
/// To ask for each of more parties takes minutes, and there is a better way.
const MOST_PARTIES: usize = 1_000;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for size in SIZES {
        if workload::is_asked(size.name) {
            measure(size)?;
        }
    }
    Ok(())
}

fn measure(size: Size) -> Result<(), Box<dyn std::error::Error>> {
    let text = workload::text(size, Form::Plain);
    let start = Instant::now();
    let policy = workload::loader().parse("model.yaml", &text)?;
    let load = start.elapsed().as_secs_f64();
    let always = policy.full_context(&rasci::Context::default())?;
    let facts = Facts::new(&policy);
    let asks = facts::asks(&policy, size, QUESTIONS);
    let (petgraph, petgraph_load) = timed(|| Petgraph::new(&facts, &asks));
    let (sqlite, sqlite_load) = timed(|| SqliteShared::new(&facts));
    let sqlite = sqlite?;
    let (rego, rego_load) = timed(|| Rego::new(&facts));
    let (cedar, cedar_load) = timed(|| CedarShared::new(&facts));
    let cedar = cedar?.asked(&facts, &asks)?;
    let (partial, partial_load) = timed(|| PartiallyEvaluated::new(&cedar, &asks));
    let (casbin, casbin_load) = timed(|| Casbin::new(&facts, &asks));
    let mut lanes = vec![
        Lane::new("rasci", "handle", load, ByHandle::new(&policy, &always, &facts, &asks)),
        Lane::new("rasci", "name", load, ByName::new(&policy, &always, &facts, &asks)),
        Lane::new("petgraph, walked", "handle", petgraph_load, petgraph),
        Lane::new("SQLite, look-ups", "handle", sqlite_load, LookUps::new(&sqlite, &facts, &asks)?),
        Lane::new("SQLite, one statement", "handle", sqlite_load, OneStatement::new(&sqlite, &asks)?),
        Lane::new("regorus", "name", rego_load, rego?.asked(&facts, &asks)),
        Lane::new("Cedar, partial", "handle", cedar_load + partial_load, partial?),
        Lane::new("casbin", "name", casbin_load, casbin?),
    ];
    if size.parties < MOST_PARTIES {
        lanes.push(Lane::new("Cedar, each party", "handle", cedar_load, EachParty::new(&cedar, &asks)));
    }

    println!("{}: {} tasks, {} components, {} assignments", size.name, size.tasks, size.components, size.assignments);
    for kind in [Kind::Who, Kind::Holds] {
        report(kind, &mut lanes, &Expected { policy: &policy, facts: &facts, asks: &asks });
    }
    Ok(())
}

fn timed<T>(make: impl FnOnce() -> T) -> (T, f64) {
    let start = Instant::now();
    let made = make();
    (made, start.elapsed().as_secs_f64())
}

struct Lane<'l> {
    name: &'static str,
    asked: &'static str,
    load: f64,
    peer: Box<dyn Asked + 'l>,
}

impl<'l> Lane<'l> {
    fn new(name: &'static str, asked: &'static str, load: f64, peer: impl Peer + 'l) -> Self {
        Self { name, asked, load, peer: Box::new(peer) }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Who,
    Holds,
}

/// A peer, asked of many questions in a row.
trait Asked {
    /// The parties that it shows; of whether one holds a letter, that party or none.
    fn shown(&mut self, kind: Kind, nth: usize, expected: &Expected<'_>) -> BTreeSet<String>;

    /// Answers so many, and looks at each answer.
    fn run(&mut self, kind: Kind, count: usize) -> usize;
}

impl<P: Peer> Asked for P {
    fn shown(&mut self, kind: Kind, nth: usize, expected: &Expected<'_>) -> BTreeSet<String> {
        let parties = &expected.facts.parties;
        let mut shown = BTreeSet::new();
        match kind {
            Kind::Who => self.who(nth, |party| {
                shown.insert(match party {
                    Party::Number(party) => parties[party].clone(),
                    Party::Name(party) => party.to_owned(),
                });
            }),
            Kind::Holds if self.holds(nth) => shown.extend([parties[expected.asks[nth].party].clone()]),
            Kind::Holds => {}
        }
        shown
    }

    fn run(&mut self, kind: Kind, count: usize) -> usize {
        let mut seen = 0;
        for nth in 0..count {
            match kind {
                Kind::Who => self.who(nth, |party| {
                    seen += match party {
                        Party::Number(party) => party,
                        Party::Name(party) => party.len(),
                    }
                }),
                Kind::Holds => seen += usize::from(self.holds(nth)),
            }
        }
        seen
    }
}

/// What every peer must answer.
struct Expected<'e> {
    policy: &'e Policy,
    facts: &'e Facts,
    asks: &'e [Ask],
}

impl Expected<'_> {
    fn answer(&self, kind: Kind, nth: usize) -> BTreeSet<String> {
        let ask = &self.asks[nth];
        let always = self.policy.full_context(&rasci::Context::default()).expect("no context");
        let component = Some(&*self.facts.components.names[ask.component]).filter(|_| ask.component > 0);
        let cell: Cell = self.policy.cell(&self.facts.tasks.names[ask.task], component).expect("known");
        let Holders::Held(parties) = self.policy.holders(Letter::ALL[ask.letter], cell, &always) else { return BTreeSet::new() };
        let asked_of = |party: &usize| kind == Kind::Who || *party == ask.party;
        let parties = parties.iter().map(rasci::PartyId::index).filter(asked_of);
        parties.map(|party| self.facts.parties[party].clone()).collect()
    }
}

/// What was measured of a peer.
struct Measured {
    compared: usize,
    count: usize,
    rounds: usize,
    times: Vec<f64>,
}

impl Measured {
    /// Compares the answers, and finds out how many questions there is time for.
    fn new(kind: Kind, lane: &mut Lane<'_>, expected: &Expected<'_>) -> Self {
        let start = Instant::now();
        let mut compared = 0;
        while compared < QUESTIONS && (compared == 0 || start.elapsed().as_secs_f64() < COMPARING) {
            let shown = lane.peer.shown(kind, compared, expected);
            assert_eq!(shown, expected.answer(kind, compared), "{} answers question {compared} otherwise", lane.name);
            compared += 1;
        }
        // Once more, without the comparison.
        let some = compared.min(1_000);
        let start = Instant::now();
        black_box(lane.peer.run(kind, some));
        let each = start.elapsed().as_secs_f64() / some as f64;
        let count = ((ROUND / each) as usize).clamp(1, QUESTIONS);
        let rounds = ((ALL_ROUNDS / (each * count as f64)) as usize).clamp(1, ROUNDS);
        Self { compared, count, rounds, times: Vec::new() }
    }

    fn median(&mut self) -> f64 {
        self.times.sort_by(f64::total_cmp);
        self.times[self.times.len() / 2]
    }
}

fn report(kind: Kind, lanes: &mut [Lane<'_>], expected: &Expected<'_>) {
    let mut measured: Vec<Measured> = lanes.iter_mut().map(|lane| Measured::new(kind, lane, expected)).collect();
    for round in 0..ROUNDS {
        for (lane, measured) in lanes.iter_mut().zip(&mut measured).filter(|(_, measured)| round < measured.rounds) {
            let start = Instant::now();
            black_box(lane.peer.run(kind, measured.count));
            measured.times.push(start.elapsed().as_secs_f64() * 1e9 / measured.count as f64);
        }
    }
    let (by_handle, by_name) = (measured[0].median(), measured[1].median());
    for (lane, measured) in lanes.iter().zip(&mut measured) {
        let (kind, median) = (if kind == Kind::Who { "who  " } else { "holds" }, measured.median());
        println!(
            "  {kind}  {:<22} by {:<6}  loaded {:>10.3} ms  {:>6} equal  {:>6} asked  {median:>14.1} ns  {:>11.1} of rasci by handle  {:>11.1} by name",
            lane.name,
            lane.asked,
            lane.load * 1e3,
            measured.compared,
            measured.count,
            median / by_handle,
            median / by_name,
        );
    }
}
