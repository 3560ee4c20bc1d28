//! Files as an editor has them: texts that are open and perhaps not saved, before those on the disk.

use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use crate::source::{Disk, FileError, Files, Located};

/// The texts that are open, over the files on the disk.
///
/// ```
/// use rasci::editor::Overlay;
/// use rasci::Policy;
///
/// let files = Overlay::new([("/p/base.yaml", "rasci: 1\nid: base\nparties: { ann: {} }\n"),
///     ("/p/model.yaml", "rasci: 1\nid: model\nextends: base.yaml\ntasks: { work: { assign: [{ A/R: ann }] } }\n")], "/p");
/// assert!(Policy::loader().load_from(&files, "/p/model.yaml").is_ok());
/// ```
#[derive(Debug, Clone)]
pub struct Overlay {
    texts: HashMap<String, Arc<str>>,
    root: PathBuf,
}

impl Overlay {
    /// These texts, each under its path, over the files in the directory tree of `root`.
    #[must_use]
    pub fn new<N: AsRef<str>, T: AsRef<str>>(texts: impl IntoIterator<Item = (N, T)>, root: impl Into<PathBuf>) -> Self {
        let texts = texts.into_iter().map(|(name, text)| (identity(name.as_ref()), Arc::from(text.as_ref()))).collect();
        Self { texts, root: root.into() }
    }

    /// The text of this path, where it is open.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.texts.get(&identity(name)).map(AsRef::as_ref)
    }

    /// The same texts, under another root.
    #[must_use]
    pub fn under(&self, root: impl Into<PathBuf>) -> Self {
        Self { texts: self.texts.clone(), root: root.into() }
    }
}

impl Files for Overlay {
    fn locate(&self, from: Option<&str>, path: &str) -> Result<Located, FileError> {
        let name = match from {
            Some(from) if !Path::new(from).is_absolute() => {
                let reason = format!("`{path}` cannot be found from a document that was never saved");
                return Err(FileError::Unreadable(reason));
            }
            Some(from) => beside(from, path),
            None => path.to_owned(),
        };
        let identity = identity(&name);
        if !self.texts.contains_key(&identity) {
            return Disk::under(&self.root).locate(from, path);
        }
        if from.is_some() && !Path::new(&identity).starts_with(self::identity(&self.root.to_string_lossy())) {
            return Err(FileError::OutsideRoot);
        }
        Ok(Located { name, identity })
    }

    fn read(&self, file: &Located, limit: u64) -> Result<Vec<u8>, FileError> {
        let Some(text) = self.texts.get(&file.identity) else { return Disk::under(&self.root).read(file, limit) };
        let length = usize::try_from(limit).unwrap_or(usize::MAX).saturating_add(1).min(text.len());
        Ok(text.as_bytes().get(..length).unwrap_or_default().to_vec())
    }
}

/// The path that `path` means, written in the file `from`: without `.`, and without `..` where a directory stands before.
pub(super) fn beside(from: &str, path: &str) -> String {
    let mut plain = PathBuf::new();
    for part in Path::new(from).with_file_name("").join(path).components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(plain.components().next_back(), Some(Component::Normal(_))) => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain.to_string_lossy().into_owned()
}

/// The same for every path to a file, also to one that is not on the disk.
pub(super) fn identity(name: &str) -> String {
    let path = Path::new(name);
    if !path.is_absolute() {
        return name.to_owned();
    }
    let real = path.ancestors().find_map(|above| Some((above, above.canonicalize().ok()?)));
    let real = real.and_then(|(above, real)| Some(real.join(path.strip_prefix(above).ok()?)));
    let real = real.unwrap_or_else(|| path.to_path_buf());
    // Joining nothing would leave a separator at the end.
    real.components().collect::<PathBuf>().to_string_lossy().into_owned()
}
