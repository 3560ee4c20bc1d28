//! A policy is replaced under load: a million questions over ten thousand replacements, every answer from exactly one version.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

use rasci::query::Holders;
use rasci::{Context, Letter, Live, PartyId, Policy};

const VERSIONS: usize = 50;
const REPLACEMENTS: usize = 10_000;
const QUESTIONS: usize = 1_000_000;
const READERS: usize = 4;

/// A version whose number is its parties' place, in every letter of its one task.
fn version(number: usize) -> Policy {
    let parties = (0..VERSIONS).map(|nth| format!("p{nth}: {{}}")).collect::<Vec<_>>().join(", ");
    let text = format!(
        "rasci: 1\nid: v{number}\nparties: {{ {parties} }}\ntasks: {{ t: {{ assign: [{{ R/A: p{number}, I: p{number} }}] }} }}\n"
    );
    Policy::parse("model.yaml", &text).unwrap()
}

/// The versions that the letters of the task come from.
fn ask(policy: &Policy) -> Vec<usize> {
    let cell = policy.cell("t", None).unwrap();
    let always = policy.full_context(&Context::default()).unwrap();
    [Letter::Responsible, Letter::Accountable, Letter::Informed]
        .into_iter()
        .flat_map(|letter| match policy.holders(letter, cell, &always) {
            Holders::Held(parties) => parties.iter().map(PartyId::index).collect::<Vec<_>>(),
            other => panic!("{other:?}"),
        })
        .collect()
}

#[test]
fn every_answer_is_of_one_version() {
    let versions: Vec<Arc<Policy>> = (0..VERSIONS).map(|number| Arc::new(version(number))).collect();
    let live = Live::new(Arc::clone(&versions[0]));
    let (replaced, asked, met) = (AtomicBool::new(false), AtomicUsize::new(0), AtomicUsize::new(0));
    thread::scope(|scope| {
        for _ in 0..READERS {
            scope.spawn(|| {
                let mut last = usize::MAX;
                while asked.fetch_add(1, Ordering::Relaxed) < QUESTIONS || !replaced.load(Ordering::Relaxed) {
                    let policy = live.policy();
                    let own: usize = policy.model().about().id[1..].parse().unwrap();
                    assert_eq!(ask(&policy), [own; 3]);
                    met.fetch_add(usize::from(own != last), Ordering::Relaxed);
                    last = own;
                }
            });
        }
        for number in 1..=REPLACEMENTS {
            let before = live.replace(Arc::clone(&versions[number % VERSIONS]));
            assert!(Arc::ptr_eq(&before, &versions[(number - 1) % VERSIONS]));
            // Spread over the questions, as far as they have come.
            while asked.load(Ordering::Relaxed) < number * (QUESTIONS / REPLACEMENTS) {
                thread::yield_now();
            }
        }
        replaced.store(true, Ordering::Relaxed);
    });
    assert!(met.into_inner() > 2 * READERS, "readers met many versions");
    assert!(Arc::ptr_eq(&live.policy(), &versions[REPLACEMENTS % VERSIONS]));
}
