//! The threads that check documents: always the newest texts, so that nobody waits for a check of older ones.
//!
//! Some load models and tell what is wrong with them; another runs lints and policy tests, which take longer. So a mistake
//! is told as soon as the text can be read, whatever is being looked for, or loaded of an older text, meanwhile.

use std::collections::HashMap;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::Sender;
use rasci::diagnostic::{Diagnostic, Severity};
use rasci::editor::{Overlay, Text};
use rasci::report::text::difference_text;
use rasci::source::{Sources, Span};
use rasci::{LoadError, Policy, expectation};

use super::jobs::{Jobs, Slow, Work};

/// What took long before waits so long for typing to pause, at most: meanwhile it would slow down what is waited for.
const LONGEST_PAUSE: Duration = Duration::from_millis(300);

/// So many threads load models: the newest text need not wait until the load of the text before is through.
const LOADING: usize = 2;

/// So many findings of a document are told; no hand mends more at once, and sending them takes time from answers.
const TOLD: usize = 1_000;

/// What came of checking one document.
pub(super) struct Checked {
    pub(super) number: u64,
    pub(super) document: String,
    pub(super) outcome: Outcome,
}

pub(super) enum Outcome {
    /// There is a model; its findings follow.
    Loaded(Arc<Policy>),
    /// All that is wrong.
    Found(Vec<Found>),
}

/// Something that is wrong, with its places in bytes.
pub(super) struct Found {
    pub(super) name: String,
    pub(super) severity: Severity,
    pub(super) message: String,
    pub(super) place: Spot,
    pub(super) related: Vec<(Spot, String)>,
    pub(super) mends: Vec<Mend>,
}

/// A way to mend it.
pub(super) struct Mend {
    pub(super) title: String,
    pub(super) edits: Vec<(Spot, String)>,
    pub(super) certain: bool,
}

/// Bytes of a text, which is kept to count lines in.
#[derive(Clone)]
pub(super) struct Spot {
    pub(super) file: String,
    pub(super) text: Arc<Text>,
    pub(super) bytes: Range<usize>,
}

/// Starts the threads.
pub(super) fn start(jobs: &Arc<Jobs>, results: Sender<Checked>) {
    for _ in 0..LOADING {
        let (loading, told) = (Arc::clone(jobs), results.clone());
        thread::spawn(move || load_all(&loading, &told));
    }
    let looking = Arc::clone(jobs);
    thread::spawn(move || {
        let _end = End(Arc::clone(&looking));
        let (mut known, mut took) = (0, Duration::ZERO);
        while let Some(Slow { number, document, work }) = looking.take_slow(known, took.min(LONGEST_PAUSE)) {
            let start = Instant::now();
            let found = match work {
                Work::Lints(policy) => all(&policy.lint(&Vec::new()), policy.sources(), &document),
                Work::Tests(files) => tests(&document, &files),
            };
            (known, took) = (number, start.elapsed());
            if results.send(Checked { number, document, outcome: Outcome::Found(found) }).is_err() {
                return;
            }
        }
    });
}

/// Loads the newest texts, again and again.
fn load_all(jobs: &Arc<Jobs>, results: &Sender<Checked>) {
    let _end = End(Arc::clone(jobs));
    while let Some(job) = jobs.take() {
        for (document, root) in job.documents {
            if jobs.is_stale(job.number) {
                break;
            }
            let slow = |work| Slow { number: job.number, document: document.clone(), work };
            match load(&document, job.files.under(root)) {
                Loading::Tests(files) => jobs.give(slow(Work::Tests(files))),
                Loading::Done(outcome) => {
                    let policy = if let Outcome::Loaded(policy) = &outcome { Some(Arc::clone(policy)) } else { None };
                    if results.send(Checked { number: job.number, document: document.clone(), outcome }).is_err() {
                        return;
                    }
                    if let Some(policy) = policy {
                        jobs.give(slow(Work::Lints(policy)));
                    }
                }
            }
        }
    }
}

/// With one of the threads the others end too, so that it is told that nothing is checked any more.
struct End(Arc<Jobs>);

impl Drop for End {
    fn drop(&mut self) {
        self.0.end();
    }
}

/// What comes of looking at a document at first.
enum Loading {
    /// It holds policy tests, which are run later.
    Tests(Overlay),
    /// It is a model, or is none.
    Done(Outcome),
}

fn load(document: &str, files: Overlay) -> Loading {
    if is_test(document) {
        return Loading::Tests(files);
    }
    Loading::Done(match Policy::loader().load_from(&files, document) {
        Err(error) => Outcome::Found(of_error(&error, document)),
        Ok(policy) => Outcome::Loaded(Arc::new(policy)),
    })
}

/// Whether a name is that of policy tests.
pub(super) fn is_test(name: &str) -> bool {
    let path = Path::new(name);
    path.file_stem().is_some_and(|stem| Path::new(stem).extension().is_some_and(|extension| extension == "test"))
}

/// What is wrong with policy tests: what cannot be run, or else what fails.
fn tests(document: &str, files: &Overlay) -> Vec<Found> {
    let report = match expectation::run_from(files, &[document]) {
        Ok(report) => report,
        Err(unrunnable) => return unrunnable.errors().iter().flat_map(|error| of_error(error, document)).collect(),
    };
    let text = Arc::new(Text::new(files.text(document).unwrap_or_default()));
    let failed = |suite: &expectation::Suite, result: &expectation::TestResult| {
        let differences = result.differences.iter().map(|difference| difference_text(suite, difference));
        Found {
            name: "failed-test".to_owned(),
            severity: Severity::Error,
            message: differences.collect::<Vec<_>>().join("\n"),
            place: Spot { file: document.to_owned(), text: Arc::clone(&text), bytes: bytes(result.span) },
            related: Vec::new(),
            mends: Vec::new(),
        }
    };
    let failures = |suite: &expectation::Suite| -> Vec<Found> {
        suite.results().iter().filter(|result| !result.passed()).map(|result| failed(suite, result)).collect()
    };
    report.suites().iter().flat_map(failures).collect()
}

fn of_error(error: &LoadError, document: &str) -> Vec<Found> {
    all(error.diagnostics(), error.sources(), document)
}

fn all(diagnostics: &[Diagnostic], sources: &Sources, document: &str) -> Vec<Found> {
    let texts: HashMap<&str, Arc<Text>> =
        sources.iter().map(|source| (source.name(), Arc::new(Text::new(source.text())))).collect();
    let spot = |span: Option<Span>| {
        // What could not be read at all is told of at the start of the document that asked for it.
        let file = span.map_or(document, |span| sources.place(span).file);
        let text = texts.get(file).cloned().unwrap_or_default();
        Spot { file: file.to_owned(), text, bytes: span.map_or(0..0, bytes) }
    };
    let found = |diagnostic: &Diagnostic| Found {
        name: diagnostic.name.to_owned(),
        severity: diagnostic.severity,
        message: match &diagnostic.help {
            Some(help) => format!("{}\n{help}", diagnostic.message),
            None => diagnostic.message.clone(),
        },
        place: spot(diagnostic.span),
        related: diagnostic
            .related
            .iter()
            .map(|related| (spot(Some(related.span)), related.message.clone().into_owned()))
            .collect(),
        mends: diagnostic
            .mends
            .iter()
            .map(|mend| {
                let edits = mend.edits.iter().map(|edit| (spot(Some(edit.span)), edit.replacement.clone()));
                Mend { title: mend.title.clone(), edits: edits.collect(), certain: mend.certain }
            })
            .collect(),
    };
    let mut heavy: Vec<&Diagnostic> = diagnostics.iter().collect();
    heavy.sort_by_key(|diagnostic| diagnostics.len() > TOLD && diagnostic.severity == Severity::Warn);
    let mut told: Vec<Found> = heavy.into_iter().take(TOLD).map(found).collect();
    if let Some(more) = diagnostics.len().checked_sub(TOLD).filter(|more| *more > 0) {
        let message = format!("{more} more findings are not shown here; `rasci check` tells all");
        let (name, place) = ("more-findings".to_owned(), spot(None));
        told.push(Found { name, severity: Severity::Warn, message, place, related: Vec::new(), mends: Vec::new() });
    }
    told
}

fn bytes(span: Span) -> Range<usize> {
    span.start as usize..span.end as usize
}
