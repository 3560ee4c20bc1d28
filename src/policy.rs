//! Stage 6: a loaded model that can be asked. A [`Policy`] is the texts, the [`Model`] they mean and its `Matrix`.
//!
//! Loading follows the stages: texts, documents, model, matrix; each adds its diagnostics to one sink, and any error
//! means that there is no policy.

use std::path::{Path, PathBuf};

use crate::diagnostic::Diagnostics;
use crate::document::{ReadLimits, Texts, read_layers};
use crate::error::{LoadError, QueryError};
use crate::matrix::{Cell, CellView, Index, Matrix};
use crate::model::{ComponentId, Context, MergeLimits, Model, PartyId, TaskId, resolve};
use crate::parallel;
use crate::source::{Disk, Files, Memory, Place, Sources, Span};
use crate::yaml::{MOST_NODES, TextLimits};

/// A model that was loaded and can be asked. Immutable; share it freely between threads.
#[derive(Debug)]
pub struct Policy {
    sources: Sources,
    model: Model,
    matrix: Matrix,
    index: Index,
}

/// Loads policies: with other limits, or from another root.
///
/// ```
/// use rasci::Policy;
///
/// let loader = Policy::loader().limits(rasci::Limits { bytes: 1 << 20, ..rasci::Limits::default() });
/// assert!(loader.parse("model.yaml", "rasci: 1\nid: empty\n").is_ok());
/// ```
#[derive(Debug, Clone, Default)]
pub struct Loader {
    limits: Limits,
    root: Option<PathBuf>,
}

/// The matrix and the index of fewer are made sooner than another thread wakes.
const MANY_ASSIGNMENTS: usize = 1 << 12;

/// How much a load may take in. Exceeding one is an error that names it; no honest model meets the defaults.
///
/// The context of a model never has more than 2^63 combinations: that limit cannot be raised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one document; 64 MiB. Never more than 4 GiB.
    pub bytes: u64,
    /// Scalars, lists and maps of one document; 16 million. Never more than 536 million.
    pub nodes: usize,
    /// Lists and maps within each other, in the text; 64. Never more than 512.
    pub nesting: usize,
    /// Documents of one model; 256. Never more than 65,535.
    pub documents: usize,
    /// Context dimensions; 32.
    pub dimensions: usize,
    /// Values of one dimension; 256.
    pub values: usize,
    /// Levels of tasks, components or parties; 64.
    pub levels: usize,
    /// Combinations that the conditions of one cell tell apart; 65,536.
    pub told_apart: u64,
    /// What all assignments say at all their tasks and components, as the entries of the index; 16 million.
    pub entries: usize,
}

impl Default for Limits {
    fn default() -> Self {
        let ReadLimits { bytes, nodes, nesting, documents } = ReadLimits::default();
        Self {
            bytes,
            nodes,
            nesting,
            documents,
            dimensions: 32,
            values: 256,
            levels: 64,
            told_apart: 65_536,
            entries: 16_000_000,
        }
    }
}

impl Loader {
    /// With these limits.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// With this directory as the root that `extends` never leaves; otherwise that of the file that is loaded.
    #[must_use]
    pub fn root(mut self, root: impl Into<PathBuf>) -> Self {
        self.root = Some(root.into());
        self
    }

    /// Loads the model in this file, with all that it extends.
    ///
    /// # Errors
    /// Every mistake in the model, each with its place.
    pub fn load(&self, path: impl AsRef<Path>) -> Result<Policy, LoadError> {
        let path = path.as_ref();
        let disk = self.root.as_ref().map_or_else(|| Disk::beside(path), Disk::under);
        self.load_from(&disk, &path.to_string_lossy())
    }

    /// Loads a model that extends nothing from a text in memory; `name` is what messages call it.
    ///
    /// # Errors
    /// Every mistake in the model, each with its place.
    pub fn parse(&self, name: &str, text: &str) -> Result<Policy, LoadError> {
        self.load_from(&[(name, text)].into_iter().collect::<Memory<'_>>(), name)
    }

    /// Loads the model of this name from a caller's own files.
    ///
    /// # Errors
    /// Every mistake in the model, each with its place.
    pub fn load_from(&self, files: &dyn Files, path: &str) -> Result<Policy, LoadError> {
        let Limits { bytes, nodes, nesting, documents, dimensions, values, levels, told_apart, entries } = self.limits;
        let (bytes, nesting) = (bytes.min(u64::from(u32::MAX)), nesting.min(TextLimits::DEEPEST));
        let (nodes, documents) = (nodes.min(MOST_NODES), documents.min(usize::from(u16::MAX)));
        let read_limits = ReadLimits { bytes, nodes, nesting, documents };
        let texts = Texts::new(&read_limits);
        let mut sink = Diagnostics::default();
        let layers = read_layers(&texts, files, path, &read_limits, &mut sink);
        let model = resolve(layers, MergeLimits { dimensions, values, levels }, &mut sink);
        let compiled = model.map(|model| (compile(&model, told_apart, entries, &mut sink), model));
        let sources = texts.into_sources();
        match compiled {
            Some(((matrix, Some(index)), model)) if !sink.has_errors() => Ok(Policy { sources, model, matrix, index }),
            _ => Err(LoadError::new(sources, sink)),
        }
    }
}

/// A model compiled, and its index where there is no error.
///
/// The matrix is made also where there are errors, so that its own come in the same run.
fn compile(model: &Model, told_apart: u64, entries: usize, sink: &mut Diagnostics) -> (Matrix, Option<Index>) {
    if model.assignments.len() < MANY_ASSIGNMENTS || sink.has_errors() {
        let matrix = Matrix::compile(model, told_apart, sink);
        let index = if sink.has_errors() { None } else { Index::compile(model, entries, sink) };
        return (matrix, index);
    }
    let mut too_many = Diagnostics::default();
    let (matrix, index) =
        parallel::both(|| Matrix::compile(model, told_apart, sink), || Index::compile(model, entries, &mut too_many));
    if !sink.has_errors() {
        sink.append(too_many);
    }
    (matrix, index)
}

impl Policy {
    /// Loads the model in this file, with all that it extends.
    ///
    /// ```
    /// use rasci::{Letter, Policy};
    ///
    /// let policy = Policy::load("policies/anywherenow/operating-model-2.yaml")?;
    /// let answer = policy.who("submit-case", "sbc")?;
    /// assert_eq!(answer.cases().len(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// Every mistake in the model, each with its place.
    pub fn load(path: impl AsRef<Path>) -> Result<Self, LoadError> {
        Self::loader().load(path)
    }

    /// Loads a model from a text in memory.
    ///
    /// # Errors
    /// Every mistake in the model, each with its place.
    pub fn parse(name: &str, text: &str) -> Result<Self, LoadError> {
        Self::loader().parse(name, text)
    }

    /// A loader, to set limits and root.
    #[must_use]
    pub fn loader() -> Loader {
        Loader::default()
    }

    /// What is meant.
    #[must_use]
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// The texts it was loaded from.
    #[must_use]
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// Where a span of this policy stands.
    #[must_use]
    pub fn place(&self, span: Span) -> Place<'_> {
        self.sources.place(span)
    }

    /// The party of this id or alias.
    ///
    /// # Errors
    /// Where there is none; the error names the nearest.
    pub fn party(&self, name: &str) -> Result<PartyId, QueryError> {
        self.model.find_party(name)
    }

    /// The component of this id or alias.
    ///
    /// # Errors
    /// Where there is none; the error names the nearest.
    pub fn component(&self, name: &str) -> Result<ComponentId, QueryError> {
        self.model.find_component(name)
    }

    /// The task of this id or alias.
    ///
    /// # Errors
    /// Where there is none; the error names the nearest.
    pub fn task(&self, name: &str) -> Result<TaskId, QueryError> {
        self.model.find_task(name)
    }

    /// The context of these dimensions and values; dimensions that are not named stay open.
    ///
    /// # Errors
    /// Where a dimension or a value is unknown, or a dimension is given two values.
    pub fn context<'n>(&self, values: impl IntoIterator<Item = (&'n str, &'n str)>) -> Result<Context, QueryError> {
        self.model.find_context(values)
    }

    /// The cell of a task at a component; at the whole system without one.
    ///
    /// # Errors
    /// Where the task or the component is unknown.
    pub fn cell<'n>(&self, task: &str, component: impl Into<Option<&'n str>>) -> Result<Cell, QueryError> {
        let component = component.into().map_or(Ok(ComponentId::SYSTEM), |component| self.component(component))?;
        Ok(Cell { task: self.task(task)?, component })
    }

    /// How many bytes the index takes that answers by handle.
    #[must_use]
    pub fn index_bytes(&self) -> usize {
        self.index.bytes()
    }

    #[inline]
    pub(crate) fn index(&self) -> &Index {
        &self.index
    }

    pub(crate) fn matrix(&self) -> &Matrix {
        &self.matrix
    }

    pub(crate) fn view(&self, cell: Cell) -> CellView {
        CellView::new(&self.model, &self.matrix, cell)
    }
}
