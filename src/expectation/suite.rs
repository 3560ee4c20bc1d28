//! One test file: read, its names found in its model, run. The results are values; words come later.

use crate::diagnostic::{Diagnostic, Diagnostics, ErrorKind};
use crate::document::Letter;
use crate::error::LoadError;
use crate::matrix::{Cell, Status};
use crate::model::{AssignmentId, Context, PartyId, When};
use crate::policy::{Limits, Policy};
use crate::query::{Duty, Verdict, Why};
use crate::source::{FileError, Files, Place, Source, SourceId, Sources, Span, to_u32};
use crate::yaml::{Decoder, TextLimits, Tree};

use super::meant::Lookup;
use super::run::Run;
use super::written::TestFile;

/// A test file that was run.
#[derive(Debug)]
pub struct Suite {
    pub(super) policy: Policy,
    sources: Sources,
    model: String,
    results: Vec<TestResult>,
    pub(super) covered: Vec<AssignmentId>,
}

/// What came of one test. It passed where nothing differs.
#[derive(Debug)]
pub struct TestResult {
    /// What the test says, in plain words.
    pub name: String,
    /// Where its name stands in the test file.
    pub span: Span,
    /// What differs from what is expected.
    pub differences: Vec<Difference>,
}

/// What is expected beside what is answered, for a letter of a cell, or for its status.
#[derive(Debug, Clone)]
pub struct Difference {
    /// The cell; of a duty, one in which it differs.
    pub cell: Cell,
    /// The letter; none where a status was expected.
    pub letter: Option<Letter>,
    /// What was asked with.
    pub context: Context,
    /// Of the rest, when the two differ; none means always.
    pub when: When,
    /// What is expected; none for a duty that is not.
    pub expected: Option<Side>,
    /// What is answered; none for a duty that is not held.
    pub actual: Option<Side>,
}

/// One side of a difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Side {
    /// These parties hold the letter; nobody does where there is none.
    Parties(Vec<PartyId>),
    /// The status of the cell.
    Status(Status),
    /// Whether the party holds the letter.
    Holds(PartyId, Verdict),
    /// The party holds the letter so far.
    Duty(PartyId, Duty),
}

impl Suite {
    /// Runs the test file of this name; the errors of the file, and of its model, where it cannot be run.
    pub(super) fn run(files: &dyn Files, path: &str, root: Option<&std::path::Path>) -> Result<Self, Vec<LoadError>> {
        let mut sink = Diagnostics::default();
        let mut sources = Sources::default();
        let Some(file) = read(files, path, &mut sources, &mut sink) else {
            return Err(vec![LoadError::new(sources, sink)]);
        };
        let mut errors = Vec::new();
        let mut tests = Vec::new();
        let mut loaded = None;
        if let Some(written) = written(&sources, &mut sink) {
            let model = written.model.as_ref().and_then(|model| {
                let found = files.locate(Some(&file), &model.value);
                found.map_err(|error| sink.push(unreadable(&error, &model.value, Some(model.span)))).ok()
            });
            let reader = root.map_or_else(Policy::loader, |root| Policy::loader().root(root));
            match model.map(|model| (reader.load_from(files, &model.name), model.name)) {
                Some((Ok(policy), name)) => {
                    tests = Lookup { model: policy.model(), sink: &mut sink }.tests(&written.tests);
                    loaded = Some((policy, name));
                }
                Some((Err(error), _)) => errors.push(error),
                None => {}
            }
        }
        if sink.has_errors() {
            errors.insert(0, LoadError::new(sources, sink));
            return Err(errors);
        }
        let Some((policy, model)) = loaded else { return Err(errors) };
        let mut run = Run::new(&policy);
        let results = tests.iter().map(|test| run.test(test)).collect();
        let covered = run.into_covered();
        Ok(Self { policy, sources, model, results, covered })
    }

    /// The model that was tested.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Where a span of the test file stands.
    #[must_use]
    pub fn place(&self, span: Span) -> Place<'_> {
        self.sources.place(span)
    }

    /// The file of the tests.
    #[must_use]
    pub fn file(&self) -> &str {
        self.sources.iter().next().map_or("", Source::name)
    }

    /// The file of the model.
    #[must_use]
    pub fn model(&self) -> &str {
        &self.model
    }

    /// Every test, in the order of the file.
    #[must_use]
    pub fn results(&self) -> &[TestResult] {
        &self.results
    }

    /// Why the answer that differs came out: the derivation of the letter, or of every letter of which the cell says
    /// something.
    #[must_use]
    pub fn why(&self, difference: &Difference) -> Vec<Why<'_>> {
        let letters = difference.letter.map_or(Letter::ALL.to_vec(), |letter| vec![letter]);
        let derive = |letter| {
            let mut why = self.policy.derive(difference.cell, letter, &difference.context);
            why.keep(&difference.when);
            why
        };
        let mut whys: Vec<Why<'_>> = letters.into_iter().map(derive).collect();
        if difference.letter.is_none() {
            let says = |why: &Why<'_>| why.cases.iter().any(|case| !case.steps.is_empty());
            let silent = !whys.iter().any(says);
            // Where the cell says nothing, what came near for the first letter tells enough.
            whys.retain(|why| if silent { why.letter == Letter::Responsible } else { says(why) });
        }
        whys
    }
}

impl TestResult {
    /// Whether nothing differs from what is expected.
    #[must_use]
    pub fn passed(&self) -> bool {
        self.differences.is_empty()
    }
}

/// Reads a test file into the sources; its name.
fn read(files: &dyn Files, path: &str, sources: &mut Sources, sink: &mut Diagnostics) -> Option<String> {
    let limit = Limits::default().bytes;
    let read = files.locate(None, path).and_then(|file| Ok((files.read(&file, limit)?, file.name)));
    let (bytes, name) = read.map_err(|error| sink.push(unreadable(&error, path, None))).ok()?;
    if bytes.len() as u64 > limit {
        let large = format!("a document of more than {limit} bytes");
        sink.push(Diagnostic::error(ErrorKind::LimitExceeded, None, large).help("Split the tests into several files."));
        return None;
    }
    let text = String::from_utf8_lossy(&bytes);
    let valid = std::str::from_utf8(&bytes);
    let id = sources.add(Source::new(&name, text));
    if let Err(error) = valid {
        let at = to_u32(error.valid_up_to());
        let replaced = to_u32(char::REPLACEMENT_CHARACTER.len_utf8());
        let bad = Diagnostic::error(ErrorKind::NotUtf8, Span::new(id, at, at + replaced), "a byte that is not UTF-8");
        sink.push(bad.help("Save the file as UTF-8."));
        return None;
    }
    Some(name)
}

fn written<'t>(sources: &'t Sources, sink: &mut Diagnostics) -> Option<TestFile<'t>> {
    let source = sources.iter().next()?;
    let Limits { nodes, nesting, .. } = Limits::default();
    let tree = Tree::parse(source.text(), SourceId(0), TextLimits { nodes, nesting }, sink)?;
    TestFile::read(&mut Decoder::new(&tree, sink), Tree::ROOT)
}

pub(super) fn unreadable(error: &FileError, path: &str, span: Option<Span>) -> Diagnostic {
    match error {
        FileError::OutsideRoot => {
            Diagnostic::error(ErrorKind::OutsideRoot, span, format!("`{path}` lies outside of the project"))
                .help("Keep tests beside their model, or name a directory above both with `--root`.")
        }
        FileError::Unreadable(reason) => Diagnostic::error(ErrorKind::MissingFile, span, reason.as_str())
            .help("Check the path; `model` is read from the directory of the test file."),
    }
}
