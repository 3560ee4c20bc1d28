//! `rasci check --fix`: applies the mends of what is found, until nothing more applies.
//!
//! A mend is applied where it is certain and the only certain one, where it changes a file that was given to check, and
//! where every checked model that is made of that file asks for it: what is redundant in a base may not be in a variant.
//! All models are checked again with it; it is kept only where no model is worse for it.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use rasci::diagnostic::{Diagnostic, Edit, applied};
use rasci::lint::{Levels, Suppressed};
use rasci::source::{Disk, FileError, Files, Located, SourceId, Sources};
use rasci::{LoadError, Policy};

use crate::output::Failure;

/// So often the mends of all models are looked for; what a mend uncovers may have one too.
const ROUNDS: usize = 32;

/// So often, in all, models are checked with mends on trial.
const TRIALS: usize = 256;

const MARK: &str = "\u{feff}";

/// The models to check, and the texts that were changed and are not yet written.
pub(crate) struct Project {
    paths: Vec<PathBuf>,
    root: Option<PathBuf>,
    levels: Levels,
    changed: BTreeMap<String, String>,
}

/// A model that was checked: its findings, or its errors.
pub(crate) struct Checked {
    pub(crate) loaded: Result<Policy, LoadError>,
    pub(crate) found: Vec<Diagnostic>,
    pub(crate) suppressed: Vec<Suppressed>,
    /// For each name that the model gives a file, what is the same for every way to reach it.
    identities: HashMap<String, String>,
}

/// A mend that may be applied: in one file, known by its identity.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Offer {
    identity: String,
    edits: Vec<Edit>,
    title: String,
    name: &'static str,
    at: String,
}

/// The files of a model as they are now: those that were changed, and the rest from the disk.
struct Overlay<'p> {
    disk: Disk,
    changed: &'p BTreeMap<String, String>,
    identities: RefCell<HashMap<String, String>>,
}

impl Files for Overlay<'_> {
    fn locate(&self, from: Option<&str>, path: &str) -> Result<Located, FileError> {
        let file = self.disk.locate(from, path)?;
        self.identities.borrow_mut().insert(file.name.clone(), file.identity.clone());
        Ok(file)
    }

    fn read(&self, file: &Located, limit: u64) -> Result<Vec<u8>, FileError> {
        self.changed.get(&file.identity).map_or_else(|| self.disk.read(file, limit), |text| Ok(text.clone().into_bytes()))
    }
}

impl Checked {
    pub(crate) fn sources(&self) -> &Sources {
        self.loaded.as_ref().map_or_else(LoadError::sources, Policy::sources)
    }

    fn identity(&self, name: &str) -> &str {
        self.identities.get(name).map_or("", String::as_str)
    }

    /// The files that the model is made of.
    fn files(&self) -> BTreeSet<&str> {
        self.sources().iter().map(|source| self.identity(source.name())).collect()
    }

    fn offers(&self) -> BTreeSet<Offer> {
        self.found.iter().filter_map(|diagnostic| self.offer(diagnostic)).collect()
    }

    fn offer(&self, diagnostic: &Diagnostic) -> Option<Offer> {
        let mut certain = diagnostic.mends.iter().filter(|mend| mend.certain);
        let (mend, None) = (certain.next()?, certain.next()) else { return None };
        let file = mend.edits.first()?.span.source;
        if mend.edits.iter().any(|edit| edit.span.source != file) {
            return None;
        }
        let place = self.sources().place(diagnostic.span.filter(|span| span.source == file)?);
        let mut edits = mend.edits.clone();
        // The same file may be another source of another model.
        for edit in &mut edits {
            edit.span.source = SourceId::default();
        }
        Some(Offer {
            identity: self.identity(place.file).to_owned(),
            edits,
            title: mend.title.clone(),
            name: diagnostic.name,
            at: format!("{}:{}:{}", place.file, place.start.line, place.start.column),
        })
    }

    /// How many findings there are of each name.
    fn counts(&self) -> BTreeMap<&'static str, usize> {
        let mut counts = BTreeMap::new();
        self.found.iter().for_each(|each| *counts.entry(each.name).or_insert(0) += 1);
        counts
    }

    /// Whether a mend made the model worse. A model that did not load may show errors of names, which it hid, however many;
    /// no others.
    fn worse_than(&self, before: &Self) -> bool {
        let (old, new) = (before.counts(), self.counts());
        let more = |name: &&'static str| new.get(*name) > old.get(*name);
        match (&before.loaded, &self.loaded) {
            (Ok(_), Err(_)) => true,
            (Ok(_), Ok(_)) => new.keys().any(more),
            (Err(_), Ok(_)) => false,
            // Where keys are unknown under one that is mended, another was meant.
            (Err(_), Err(_)) => {
                let hidden = |name: &str| name.starts_with("unknown-") && name != "unknown-key";
                new.keys().filter(|name| more(name)).any(|name| !hidden(name))
            }
        }
    }
}

impl Project {
    pub(crate) fn new(paths: Vec<PathBuf>, root: Option<PathBuf>, levels: Levels) -> Self {
        Self { paths, root, levels, changed: BTreeMap::new() }
    }

    /// Checks every model.
    pub(crate) fn check(&self) -> Vec<Checked> {
        self.paths.iter().map(|path| self.check_one(path, &self.changed)).collect()
    }

    fn check_one(&self, path: &Path, changed: &BTreeMap<String, String>) -> Checked {
        let disk = self.root.as_ref().map_or_else(|| Disk::beside(path), Disk::under);
        let overlay = Overlay { disk, changed, identities: RefCell::default() };
        let loaded = Policy::loader().load_from(&overlay, &path.to_string_lossy());
        let identities = overlay.identities.into_inner();
        match loaded {
            Ok(policy) => {
                let findings = policy.findings(&self.levels).with_mends(&policy);
                Checked { found: findings.shown, suppressed: findings.suppressed, loaded: Ok(policy), identities }
            }
            Err(error) => {
                let found = error.diagnostics().to_vec();
                Checked { found, suppressed: Vec::new(), loaded: Err(error), identities }
            }
        }
    }

    /// Applies what mends there are and writes the files; a line for each.
    pub(crate) fn fix(&mut self) -> Result<Vec<String>, Failure> {
        let mut told = Vec::new();
        let mut trials = TRIALS;
        for _ in 0..ROUNDS {
            let checked = self.check();
            let kept = Trial { project: self, checked: &checked, kept: Vec::new(), trials: &mut trials }.of_all();
            if kept.is_empty() {
                break;
            }
            let Some(changed) = self.with(&checked, &kept) else { break };
            self.changed = changed;
            told.extend(kept.iter().map(|offer| format!("mended {}: {} ({})", offer.at, offer.title, offer.name)));
        }
        for (identity, text) in &self.changed {
            fs::write(identity, text).map_err(|error| Failure::Usage(format!("cannot write `{identity}`: {error}")))?;
        }
        Ok(told)
    }

    /// The changed texts, with these mends applied; none where they do not go together.
    fn with(&self, checked: &[Checked], offers: &[Offer]) -> Option<BTreeMap<String, String>> {
        let mut changed = self.changed.clone();
        let files: BTreeSet<&str> = offers.iter().map(|offer| offer.identity.as_str()).collect();
        for file in files {
            let sources = checked.iter().flat_map(|model| model.sources().iter().map(move |source| (model, source)));
            let (_, source) = sources.into_iter().find(|(model, source)| model.identity(source.name()) == file)?;
            let of_file = offers.iter().filter(|offer| offer.identity == file);
            let edits: Vec<Edit> = of_file.flat_map(|offer| offer.edits.iter().cloned()).collect();
            // A byte order mark is no part of a text, and stays.
            let marked = match self.changed.get(file) {
                Some(text) => text.starts_with(MARK),
                None => fs::read(file).ok()?.starts_with(MARK.as_bytes()),
            };
            let mark = if marked { MARK } else { "" };
            changed.insert(file.to_owned(), format!("{mark}{}", applied(source.text(), &edits)?));
        }
        Some(changed)
    }

    /// Whether no model is worse off with these texts.
    fn bears(&self, before: &[Checked], changed: &BTreeMap<String, String>, files: &BTreeSet<&str>) -> bool {
        let touched = self.paths.iter().zip(before).filter(|(_, model)| !model.files().is_disjoint(files));
        touched.into_iter().all(|(path, model)| !self.check_one(path, changed).worse_than(model))
    }
}

/// The mends of one round on trial.
struct Trial<'t> {
    project: &'t Project,
    checked: &'t [Checked],
    kept: Vec<Offer>,
    trials: &'t mut usize,
}

impl Trial<'_> {
    fn of_all(mut self) -> Vec<Offer> {
        let given: HashSet<&str> =
            (self.project.paths.iter().zip(self.checked)).map(|(path, model)| model.identity(&path.to_string_lossy())).collect();
        let offers: Vec<BTreeSet<Offer>> = self.checked.iter().map(Checked::offers).collect();
        let asked_by_all = |offer: &&Offer| {
            let mut made_of_it = self.checked.iter().zip(&offers).filter(|(model, _)| model.files().contains(&*offer.identity));
            made_of_it
                .all(|(_, offers)| offers.iter().any(|other| other.identity == offer.identity && other.edits == offer.edits))
        };
        let mut all: Vec<Offer> = Vec::new();
        for offer in offers.iter().flatten().filter(|offer| given.contains(&*offer.identity)).filter(asked_by_all) {
            let same = |other: &Offer| other.identity == offer.identity && other.edits == offer.edits;
            if !all.iter().any(same) {
                all.push(offer.clone());
            }
        }
        self.take(&all);
        self.kept
    }

    /// Keeps those of these that make no model worse: all at once, or else in halves.
    fn take(&mut self, offers: &[Offer]) {
        if offers.is_empty() || *self.trials == 0 {
            return;
        }
        *self.trials -= 1;
        let together: Vec<Offer> = self.kept.iter().chain(offers).cloned().collect();
        let files: BTreeSet<&str> = offers.iter().map(|offer| offer.identity.as_str()).collect();
        let changed = self.project.with(self.checked, &together);
        if changed.is_some_and(|changed| self.project.bears(self.checked, &changed, &files)) {
            self.kept = together;
        } else if offers.len() > 1 {
            let (some, others) = offers.split_at(offers.len() / 2);
            self.take(some);
            self.take(others);
        }
    }
}
