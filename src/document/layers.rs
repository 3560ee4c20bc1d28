//! Reads a document and all it extends: bases first, in order, depth first, each file once. Each is one layer.

use std::collections::HashSet;
use std::sync::OnceLock;

use super::{Document, Name};
use crate::diagnostic::{Diagnostic, Diagnostics, ErrorKind};
use crate::source::{FileError, Files, Located, Source, SourceId, Sources, Span, to_u32};
use crate::yaml::{TextLimits, Tree, shortened};

/// How much may be read. Each is an error that names it where it is exceeded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadLimits {
    /// Bytes of one document.
    pub bytes: u64,
    /// Scalars, lists and maps of one document.
    pub nodes: usize,
    /// Lists and maps within each other.
    pub nesting: usize,
    /// Documents of one model.
    pub documents: usize,
}

impl Default for ReadLimits {
    fn default() -> Self {
        let TextLimits { nodes, nesting } = TextLimits::default();
        Self { bytes: 64 << 20, nodes, nesting, documents: 256 }
    }
}

impl ReadLimits {
    pub(super) fn of_text(&self) -> TextLimits {
        TextLimits { nodes: self.nodes, nesting: self.nesting }
    }
}

/// The texts of one load. They stay where they are, so that documents can borrow from them while more are read.
pub(crate) struct Texts(Vec<OnceLock<Source>>);

impl Texts {
    pub(crate) fn new(limits: &ReadLimits) -> Self {
        Self(std::iter::repeat_with(OnceLock::new).take(limits.documents).collect())
    }

    fn add(&self, source: Source) -> Option<(SourceId, &Source)> {
        let (at, slot) = self.0.iter().enumerate().find(|(_, slot)| slot.get().is_none())?;
        Some((SourceId(to_u32(at)), slot.get_or_init(|| source)))
    }

    pub(crate) fn into_sources(self) -> Sources {
        let mut sources = Sources::default();
        for source in self.0.into_iter().filter_map(OnceLock::into_inner) {
            sources.add(source);
        }
        sources
    }
}

/// A document of a model, and the tree in which its assignments still stand.
pub(crate) struct Layer<'t> {
    pub(crate) document: Document<'t>,
    pub(crate) tree: Tree<'t>,
}

/// Reads the document at `path` and every one it extends, the extended first.
pub(crate) fn read_layers<'t>(
    texts: &'t Texts,
    files: &dyn Files,
    path: &str,
    limits: &ReadLimits,
    sink: &mut Diagnostics,
) -> Vec<Layer<'t>> {
    let mut reader = Reader { texts, files, limits, sink, open: Vec::new(), seen: HashSet::new(), layers: Vec::new() };
    match files.locate(None, path) {
        Ok(file) => reader.read_all(&file),
        Err(error) => reader.unreadable(&error, path, None),
    }
    reader.layers
}

struct Reader<'r, 't> {
    texts: &'t Texts,
    files: &'r dyn Files,
    limits: &'r ReadLimits,
    sink: &'r mut Diagnostics,
    /// The documents that are being read, each extending the next.
    open: Vec<Open<'t>>,
    /// The identities of those met.
    seen: HashSet<String>,
    layers: Vec<Layer<'t>>,
}

/// A document whose bases are being read.
struct Open<'t> {
    file: Located,
    layer: Layer<'t>,
    /// How many of its bases have been met.
    met: usize,
}

impl<'t> Reader<'_, 't> {
    /// Reads a file and its bases, without recursion: the caller says how long a chain may be.
    fn read_all(&mut self, file: &Located) {
        self.read(file, None);
        while let Some(open) = self.open.last_mut() {
            let base = open.layer.document.extends.as_ref().and_then(|bases| bases.items.get(open.met)).cloned();
            open.met = open.met.saturating_add(1);
            match base {
                Some(base) => {
                    let from = open.file.name.clone();
                    self.extend(&from, &base);
                }
                None => self.layers.extend(self.open.pop().map(|open| open.layer)),
            }
        }
    }

    fn read(&mut self, file: &Located, entry: Option<Span>) {
        self.seen.insert(file.identity.clone());
        let bytes = match self.files.read(file, self.limits.bytes) {
            Ok(bytes) => bytes,
            Err(error) => return self.unreadable(&error, &file.name, entry),
        };
        let length = bytes.len() as u64;
        let (text, error) = match String::from_utf8(bytes) {
            Ok(text) => (text, None),
            Err(error) => (String::from_utf8_lossy(error.as_bytes()).into_owned(), Some(error)),
        };
        let source = Source::new(&file.name, text);
        let Some((id, source)) = self.texts.add(source) else {
            let limit = self.limits.documents;
            let many = Diagnostic::error(ErrorKind::LimitExceeded, entry, format!("more than {limit} documents in one model"));
            self.fail(many.help("Join some of them, or have the caller raise the limit."));
            // Each further base would say the same.
            return self.open.iter_mut().for_each(|open| open.met = usize::MAX);
        };
        if length > self.limits.bytes {
            let limit = self.limits.bytes;
            let start = Span::new(id, 0, 0);
            let large = Diagnostic::error(ErrorKind::LimitExceeded, start, format!("a document of more than {limit} bytes"));
            return self
                .fail(large.help("Split the model into documents that extend each other, or have the caller raise the limit."));
        }
        if let Some(error) = error {
            // A byte order mark is valid, and no part of the source.
            let mark = if error.as_bytes().starts_with("\u{feff}".as_bytes()) { "\u{feff}".len() } else { 0 };
            let at = to_u32(error.utf8_error().valid_up_to() - mark);
            let replaced = to_u32(char::REPLACEMENT_CHARACTER.len_utf8());
            let bad = Diagnostic::error(ErrorKind::NotUtf8, Span::new(id, at, at + replaced), "a byte that is not UTF-8");
            return self.fail(bad.help("Save the file as UTF-8."));
        }
        let tree = Tree::parse(source.text(), id, self.limits.of_text(), self.sink);
        let layer = tree.and_then(|tree| Some(Layer { document: Document::read_around(&tree, self.sink)?, tree }));
        let Some(layer) = layer else {
            return self.sink.unread_document();
        };
        self.open.push(Open { file: file.clone(), layer, met: 0 });
    }

    fn extend(&mut self, from: &str, base: &Name<'t>) {
        let found = match self.files.locate(Some(from), &base.value) {
            Ok(found) => found,
            Err(error) => return self.unreadable(&error, &base.value, Some(base.span)),
        };
        if let Some(start) = self.open.iter().position(|open| open.file.identity == found.identity) {
            let files = self.open.iter().skip(start).map(|open| &open.file);
            let names = files.chain(std::iter::once(&found)).map(|file| format!("`{}`", file.name));
            let circle = names.collect::<Vec<_>>().join(" -> ");
            let cycle =
                Diagnostic::error(ErrorKind::ExtendsCycle, base.span, format!("`{}` extends itself: {circle}", found.name));
            return self.fail(cycle.help("Take one of these `extends` out."));
        }
        if !self.seen.contains(&found.identity) {
            self.read(&found, Some(base.span));
        }
    }

    fn unreadable(&mut self, error: &FileError, path: &str, entry: Option<Span>) {
        let from =
            if entry.is_some() { "Check the path: it is read from the directory of this file." } else { "Check the path." };
        self.fail(match error {
            FileError::OutsideRoot => Diagnostic::error(
                ErrorKind::OutsideRoot,
                entry,
                format!("`{}` lies outside of the project", shortened(path)),
            )
            .help("Keep the documents of a model in one directory tree, or name a directory above all of them with `--root`."),
            FileError::Unreadable(reason) => Diagnostic::error(ErrorKind::MissingFile, entry, reason.as_str()).help(from),
        });
    }

    /// Reports that a document is not read: what it declares is missing from the model.
    fn fail(&mut self, diagnostic: Diagnostic) {
        self.sink.push(diagnostic);
        self.sink.unread_document();
    }
}
