//! The thread that checks documents: always the newest texts, so that nobody waits for a check of older ones.

use std::collections::HashMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use crossbeam_channel::Sender;
use rasci::diagnostic::{Diagnostic, Severity};
use rasci::editor::{Overlay, Text};
use rasci::report::text::difference_text;
use rasci::source::{Sources, Span};
use rasci::{LoadError, Policy, expectation};

/// So long nothing must change before a check begins.
const PAUSE: Duration = Duration::from_millis(15);

/// What is to be checked: the open texts, and the documents among them.
pub(super) struct Job {
    /// Which texts these are: a later job has newer ones.
    pub(super) number: u64,
    pub(super) files: Overlay,
    /// The name of each document that is checked, with the directory that its `extends` stay in.
    pub(super) documents: Vec<(String, PathBuf)>,
}

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

/// The newest job that nobody has taken on.
#[derive(Default)]
pub(super) struct Jobs {
    next: Mutex<Next>,
    changed: Condvar,
}

#[derive(Default)]
struct Next {
    job: Option<Job>,
    ended: bool,
}

impl Jobs {
    /// Puts a job in the place of one that nobody has taken on.
    pub(super) fn put(&self, job: Job) {
        self.lock().job = Some(job);
        self.changed.notify_one();
    }

    /// Ends the thread once it is done with what it does.
    pub(super) fn end(&self) {
        self.lock().ended = true;
        self.changed.notify_one();
    }

    fn take(&self) -> Option<Job> {
        let mut next = self.lock();
        let mut taken = None;
        while !next.ended {
            // Changes come in pairs (a bracket and the one that closes it), and quickly: the last of them counts.
            let newer = next.job.take();
            if newer.is_none() && taken.is_some() {
                return taken;
            }
            taken = newer;
            next = if taken.is_some() {
                self.changed.wait_timeout(next, PAUSE).unwrap_or_else(PoisonError::into_inner).0
            } else {
                self.changed.wait(next).unwrap_or_else(PoisonError::into_inner)
            };
        }
        None
    }

    /// Whether a newer job waits.
    fn is_stale(&self) -> bool {
        let next = self.lock();
        next.ended || next.job.is_some()
    }

    fn lock(&self) -> MutexGuard<'_, Next> {
        self.next.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Starts the thread.
pub(super) fn start(jobs: Arc<Jobs>, results: Sender<Checked>) -> thread::JoinHandle<()> {
    thread::spawn(move || {
        while let Some(job) = jobs.take() {
            for (document, root) in &job.documents {
                let files = job.files.under(root);
                let tell = |outcome| {
                    let checked = Checked { number: job.number, document: document.clone(), outcome };
                    results.send(checked).is_ok()
                };
                if jobs.is_stale() || !check(document, &files, &tell, &|| jobs.is_stale()) {
                    break;
                }
            }
        }
    })
}

/// Checks a document; false where the rest need not be checked.
fn check(document: &str, files: &Overlay, tell: &dyn Fn(Outcome) -> bool, stale: &dyn Fn() -> bool) -> bool {
    if is_test(document) {
        return tell(Outcome::Found(tests(document, files)));
    }
    match Policy::loader().load_from(files, document) {
        Err(error) => tell(Outcome::Found(of_error(&error, document))),
        Ok(policy) => {
            let policy = Arc::new(policy);
            if !tell(Outcome::Loaded(Arc::clone(&policy))) || stale() {
                return false;
            }
            let found = policy.lint(&Vec::new());
            tell(Outcome::Found(all(&found, policy.sources(), document)))
        }
    }
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
        related: diagnostic.related.iter().map(|related| (spot(Some(related.span)), related.message.clone())).collect(),
        mends: diagnostic
            .mends
            .iter()
            .map(|mend| {
                let edits = mend.edits.iter().map(|edit| (spot(Some(edit.span)), edit.replacement.clone()));
                Mend { title: mend.title.clone(), edits: edits.collect(), certain: mend.certain }
            })
            .collect(),
    };
    diagnostics.iter().map(found).collect()
}

fn bytes(span: Span) -> Range<usize> {
    span.start as usize..span.end as usize
}
