//! Where texts come from: the disk, memory, or whatever a caller has.
//!
//! A path in a document is read from that document's directory, and never leaves the root: not by `..`, not through a
//! symbolic link.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

/// A place that documents are read from.
pub trait Files {
    /// Finds the file that `path` means, written in the file named `from`; in none for the first.
    ///
    /// # Errors
    /// Where there is no such file, or it lies outside of the root.
    fn locate(&self, from: Option<&str>, path: &str) -> Result<Located, FileError>;

    /// Reads a file, at most `limit` bytes and one more.
    ///
    /// # Errors
    /// Where it cannot be read.
    fn read(&self, file: &Located, limit: u64) -> Result<Vec<u8>, FileError>;
}

/// A file that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located {
    /// The name that messages give it.
    pub name: String,
    /// The same for every way to reach it.
    pub identity: String,
}

/// Why a file cannot be had.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// There is none, or it cannot be read; the reason in words.
    #[error("{0}")]
    Unreadable(String),
    /// It lies outside of the root.
    #[error("the path leaves the project")]
    OutsideRoot,
}

/// Files on the disk, all within one directory tree.
#[derive(Debug, Clone)]
pub struct Disk {
    root: PathBuf,
}

/// Files in memory, by name.
#[derive(Debug, Clone, Default)]
pub struct Memory<'t>(BTreeMap<String, Cow<'t, str>>);

impl Disk {
    /// Files under this directory.
    #[must_use]
    pub fn under(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// Files under the directory of this file.
    #[must_use]
    pub fn beside(file: &Path) -> Self {
        let directory = file.parent().filter(|parent| !parent.as_os_str().is_empty());
        Self::under(directory.unwrap_or(Path::new(".")))
    }
}

impl Files for Disk {
    fn locate(&self, from: Option<&str>, path: &str) -> Result<Located, FileError> {
        let name = from.map_or_else(|| PathBuf::from(path), |from| plain(&Path::new(from).with_file_name("").join(path)));
        let root = self.root.canonicalize().map_err(|error| unreadable(&self.root, &error))?;
        let real = match name.canonicalize() {
            Ok(real) => real,
            Err(error) if stays_within(&root, &name) => return Err(unreadable(&name, &error)),
            Err(_) => return Err(FileError::OutsideRoot),
        };
        // The first file is the caller's choice, also where it is a link; what it extends is not.
        if from.is_some() && !real.starts_with(&root) {
            return Err(FileError::OutsideRoot);
        }
        Ok(Located { name: name.to_string_lossy().into_owned(), identity: real.to_string_lossy().into_owned() })
    }

    fn read(&self, file: &Located, limit: u64) -> Result<Vec<u8>, FileError> {
        let path = Path::new(&file.name);
        let fail = |error| unreadable(path, &error);
        let metadata = fs::metadata(path).map_err(fail)?;
        // A pipe or a device may never end, or never begin.
        if !metadata.is_file() {
            return Err(FileError::Unreadable(format!("`{}` is not a file", file.name)));
        }
        let limit = limit.saturating_add(1);
        // The text is kept, so it takes no more room than it needs.
        let mut bytes = Vec::with_capacity(usize::try_from(metadata.len().min(limit)).unwrap_or(0));
        fs::File::open(path).map_err(fail)?.take(limit).read_to_end(&mut bytes).map_err(fail)?;
        Ok(bytes)
    }
}

impl<'t, N: Into<String>, T: Into<Cow<'t, str>>> FromIterator<(N, T)> for Memory<'t> {
    fn from_iter<I: IntoIterator<Item = (N, T)>>(files: I) -> Self {
        Self(files.into_iter().map(|(name, text)| (name.into(), text.into())).collect())
    }
}

impl Files for Memory<'_> {
    fn locate(&self, from: Option<&str>, path: &str) -> Result<Located, FileError> {
        let joined = from.map_or_else(|| PathBuf::from(path), |from| Path::new(from).with_file_name("").join(path));
        let name = plain(&joined);
        if name.is_absolute() && from.is_some() || name.starts_with("..") {
            return Err(FileError::OutsideRoot);
        }
        let name = name.to_string_lossy().into_owned();
        if self.0.contains_key(&name) {
            Ok(Located { identity: name.clone(), name })
        } else {
            Err(FileError::Unreadable(format!("there is no `{}`", shown(Path::new(&name)))))
        }
    }

    fn read(&self, file: &Located, limit: u64) -> Result<Vec<u8>, FileError> {
        let text = self.0.get(&file.name).map_or("", Cow::as_ref);
        let length = usize::try_from(limit).unwrap_or(usize::MAX).saturating_add(1).min(text.len());
        Ok(text.as_bytes().get(..length).unwrap_or_default().to_vec())
    }
}

/// A path without `.` and, where a directory stands before it, without `..`.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(plain.components().next_back(), Some(Component::Normal(_))) => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}

/// Whether a file that is not there would lie under the root: the nearest directory that is there tells.
fn stays_within(root: &Path, name: &Path) -> bool {
    let here = std::env::current_dir().unwrap_or_default();
    let name = plain(&here.join(name));
    let there = name.ancestors().skip(1).find_map(|ancestor| ancestor.canonicalize().ok());
    there.is_some_and(|directory| directory.starts_with(root))
}

fn unreadable(path: &Path, error: &std::io::Error) -> FileError {
    let reason = match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
        kind => kind.to_string(),
    };
    FileError::Unreadable(format!("cannot read `{}`: {reason}", shown(path)))
}

/// A path as messages show it: a hostile one may be longer than any that can be read.
fn shown(path: &Path) -> String {
    const LONGEST: usize = 1024;
    path.to_string_lossy().chars().take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_read_from_the_file_it_stands_in() {
        let files: Memory<'_> = [("a/model.yaml", ""), ("base.yaml", "")].into_iter().collect();
        assert_eq!(files.locate(Some("a/model.yaml"), "../base.yaml").map(|found| found.name), Ok("base.yaml".to_owned()));
        assert_eq!(files.locate(Some("a/model.yaml"), "../../base.yaml"), Err(FileError::OutsideRoot));
        assert_eq!(files.locate(Some("a/model.yaml"), "/etc/hosts"), Err(FileError::OutsideRoot));
    }
}
