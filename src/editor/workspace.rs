//! The documents that an editor has open, those on the disk that go with them, and which make up one model.

use std::cell::{OnceCell, RefCell};
use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::SystemTime;

use super::files::{Overlay, beside, identity};
use super::outline::Outline;
use super::text::Text;

/// The documents of an editor.
///
/// ```
/// use rasci::editor::Workspace;
///
/// let mut workspace = Workspace::default();
/// let text = "rasci: 1\nid: m\nparties: { ann: {}, anna: {} }\ntasks: { work: { assign: [{ R: an";
/// workspace.open("/p/model.yaml", text);
/// let offers = workspace.complete("/p/model.yaml", text.len());
/// let labels: Vec<&str> = offers.items.iter().map(|offer| offer.label.as_str()).collect();
/// assert_eq!(labels, ["ann", "anna"]);
/// ```
#[derive(Debug, Default)]
pub struct Workspace {
    folders: Vec<PathBuf>,
    open: HashMap<String, Open>,
    /// The identities of open documents by the names they were opened with, which need not be asked of the disk.
    identities: HashMap<String, String>,
    disk: RefCell<HashMap<String, OnDisk>>,
}

/// A document that is open.
#[derive(Debug)]
struct Open {
    name: String,
    text: Rc<Text>,
    /// The line that was changed last.
    edited: Option<usize>,
    outline: OnceCell<Rc<Outline>>,
    /// The last outline, of the text before it was changed.
    before: Option<Rc<Outline>>,
    /// The last outline of a text that could be read as a whole.
    whole: Option<Rc<Outline>>,
}

/// A document as it was read from the disk.
#[derive(Debug)]
struct OnDisk {
    changed: Option<SystemTime>,
    length: u64,
    doc: Doc,
}

/// A document at this moment.
#[derive(Debug, Clone)]
pub(super) struct Doc {
    /// The path it is opened by.
    pub(super) name: String,
    /// The same for every path to it.
    pub(super) identity: String,
    pub(super) text: Rc<Text>,
    pub(super) outline: Rc<Outline>,
    /// What it was when it could be read last, where it cannot be now.
    pub(super) whole: Option<Rc<Outline>>,
}

/// There are too many files in the folders to look at all.
#[derive(Debug)]
pub(super) struct TooMany;

impl Workspace {
    /// So many files and folders are looked at for the documents that go with another.
    const VISITED: usize = 100_000;

    /// No larger file is a document of hand.
    const LARGEST: u64 = 16 << 20;

    /// With these folders, in which documents that go together are looked for.
    #[must_use]
    pub fn new(folders: Vec<PathBuf>) -> Self {
        Self { folders, ..Self::default() }
    }

    /// A document is opened, with this text, whether or not it is on the disk.
    pub fn open(&mut self, name: &str, text: &str) {
        let text = Rc::new(Text::new(text));
        let open = Open { name: name.to_owned(), text, edited: None, outline: OnceCell::new(), before: None, whole: None };
        let identity = identity(name);
        self.identities.insert(name.to_owned(), identity.clone());
        self.open.insert(identity, open);
    }

    /// Reads a document and all it extends, so that the first question about it need not wait for that.
    pub fn read(&self, name: &str) {
        if let Some(doc) = self.doc(name) {
            self.with_bases(doc);
        }
    }

    /// An open document is changed. `change` tells the line that was changed last.
    pub fn change(&mut self, name: &str, change: impl FnOnce(&mut Text) -> Option<usize>) {
        let identity = self.identity(name);
        let Some(open) = self.open.get_mut(&identity) else { return };
        if let Some(outline) = open.outline.take() {
            if outline.complete {
                open.whole = Some(Rc::clone(&outline));
            }
            open.before = Some(outline);
        }
        open.edited = change(Rc::make_mut(&mut open.text)).or(open.edited);
    }

    /// A document is closed: from now on it is what is on the disk.
    pub fn close(&mut self, name: &str) {
        if let Some(open) = self.open.remove(&self.identity(name)) {
            self.identities.remove(&open.name);
        }
    }

    /// Whether a document is open.
    #[must_use]
    pub fn is_open(&self, name: &str) -> bool {
        self.open.contains_key(&self.identity(name))
    }

    /// The documents that are open, by the names they were opened with.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = self.open.values().map(|open| open.name.clone()).collect();
        names.sort();
        names
    }

    /// Whether a document is another, extends it, or tests a model that does.
    #[must_use]
    pub fn depends_on(&self, name: &str, other: &str) -> bool {
        let other = self.identity(other);
        let mut seen: HashSet<String> = HashSet::new();
        let mut open = vec![name.to_owned()];
        while let Some(name) = open.pop() {
            let identity = self.identity(&name);
            // What the other extends need not be known, nor the other be read, which has perhaps just changed.
            if identity == other {
                return true;
            }
            if seen.insert(identity)
                && let Some(doc) = self.doc(&name).filter(|doc| Path::new(&doc.name).is_absolute())
            {
                open.extend(doc.outline.bases.iter().map(|base| beside(&doc.name, base)));
            }
        }
        false
    }

    /// The name that an open document was opened with, for another path to it.
    #[must_use]
    pub fn name_of(&self, path: &str) -> Option<&str> {
        self.open.get(&self.identity(path)).map(|open| open.name.as_str())
    }

    /// The text of a document, open or on the disk.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<Rc<Text>> {
        // Of one that is open, without looking at what stands in it.
        let open = self.open.get(&self.identity(name)).map(|open| Rc::clone(&open.text));
        open.or_else(|| self.doc(name).map(|doc| doc.text))
    }

    /// The sections and entries of a document, as a tree.
    #[must_use]
    pub fn outline(&self, name: &str) -> Option<Rc<Outline>> {
        self.doc(name).map(|doc| doc.outline)
    }

    /// The texts that are open, over the files in the directory tree of `root`.
    #[must_use]
    pub fn files(&self, root: impl Into<PathBuf>) -> Overlay {
        Overlay::new(self.open.values().map(|open| (open.name.as_str(), open.text.text())), root)
    }

    fn identity(&self, name: &str) -> String {
        self.identities.get(name).cloned().unwrap_or_else(|| identity(name))
    }

    /// A document, open or on the disk.
    pub(super) fn doc(&self, name: &str) -> Option<Doc> {
        let identity = self.identity(name);
        let Some(open) = self.open.get(&identity) else { return self.on_disk(name, identity) };
        let outline = open.outline.get_or_init(|| Rc::new(Outline::of(&open.text, open.edited, open.before.as_deref())));
        Some(Doc {
            name: open.name.clone(),
            identity,
            text: Rc::clone(&open.text),
            whole: open.whole.clone().filter(|_| !outline.complete),
            outline: Rc::clone(outline),
        })
    }

    fn on_disk(&self, name: &str, identity: String) -> Option<Doc> {
        let about = fs::metadata(&identity).ok().filter(|about| about.is_file() && about.len() <= Self::LARGEST)?;
        let (changed, length) = (about.modified().ok(), about.len());
        if let Some(known) = self.disk.borrow().get(&identity)
            && (known.changed, known.length) == (changed, length)
        {
            return Some(known.doc.clone());
        }
        let text = fs::read(&identity).ok()?;
        let text = String::from_utf8_lossy(&text);
        let text = Rc::new(Text::new(text.trim_start_matches('\u{feff}')));
        let outline = Rc::new(Outline::of(&text, None, None));
        let doc = Doc { name: name.to_owned(), identity: identity.clone(), text, outline, whole: None };
        self.disk.borrow_mut().insert(identity, OnDisk { changed, length, doc: doc.clone() });
        Some(doc)
    }

    /// A document and all it extends, itself first; of policy tests also the model.
    pub(super) fn with_bases(&self, doc: Doc) -> Vec<Doc> {
        let mut seen: HashSet<String> = HashSet::new();
        let mut all: Vec<Doc> = Vec::new();
        let mut open = vec![doc];
        while let Some(doc) = open.pop() {
            if !seen.insert(doc.identity.clone()) {
                continue;
            }
            let bases = doc.outline.bases.iter().rev().filter_map(|base| self.base(&doc, base));
            open.extend(bases.collect::<Vec<_>>());
            all.push(doc);
        }
        all
    }

    /// The document that another means by a path.
    pub(super) fn base(&self, doc: &Doc, base: &str) -> Option<Doc> {
        Path::new(&doc.name).is_absolute().then(|| self.doc(&beside(&doc.name, base))).flatten()
    }

    /// Every document there is: those open, and those in the folders; beside `doc` where there are no folders.
    pub(super) fn everything(&self, doc: &Doc) -> Result<Vec<Doc>, TooMany> {
        let mut all: Vec<Doc> = self.open.values().filter_map(|open| self.doc(&open.name)).collect();
        let mut folders = self.folders.clone();
        let beside = Path::new(&doc.name).parent().filter(|_| Path::new(&doc.name).is_absolute());
        folders
            .extend(beside.filter(|beside| !self.folders.iter().any(|folder| beside.starts_with(folder))).map(Path::to_path_buf));
        let mut visited = 0;
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
                visited += 1;
                if visited > Self::VISITED {
                    return Err(TooMany);
                }
                let (path, kind) = (entry.path(), entry.file_type());
                let hidden = entry.file_name().to_string_lossy().starts_with('.');
                match kind {
                    Ok(kind) if kind.is_dir() && !hidden && !is_made(&path) => folders.push(path),
                    Ok(kind) if kind.is_file() && is_yaml(&path) => all.extend(self.of_ours(&path)),
                    _ => {}
                }
            }
        }
        all.sort_by(|a, b| a.identity.cmp(&b.identity));
        all.dedup_by(|a, b| a.identity == b.identity);
        Ok(all)
    }

    /// A file that is a model or policy tests.
    fn of_ours(&self, path: &Path) -> Option<Doc> {
        self.doc(&path.to_string_lossy()).filter(|doc| doc.text.text().contains("rasci"))
    }
}

pub(super) fn is_yaml(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml")
}

/// Folders of what programs made.
pub(super) fn is_made(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == "target" || name == "node_modules")
}
