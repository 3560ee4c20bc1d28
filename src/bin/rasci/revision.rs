//! Models that are not on the disk as they are named: those of a revision of git, and a text that stands in for a file.

use std::fs;
use std::io::Read;
use std::path::{Component, Path, PathBuf};
use std::process::{Command, Stdio};

use rasci::source::{Disk, FileError, Files, Located};

/// The files of a revision, within one directory of it. Paths are those of the repository; `./` begins one that is meant
/// from here.
pub(crate) struct Revision {
    revision: String,
    root: PathBuf,
}

impl Revision {
    /// The files beside this one, or under a root.
    pub(crate) fn new(revision: &str, path: &str, root: Option<&Path>) -> Self {
        let beside = || Path::new(path).parent().unwrap_or(Path::new("")).to_owned();
        let root = root.map_or_else(beside, Path::to_owned);
        Self { revision: revision.to_owned(), root: plain(&root) }
    }

    fn prefix(&self) -> String {
        format!("git:{}:", self.revision)
    }
}

impl Files for Revision {
    fn locate(&self, from: Option<&str>, path: &str) -> Result<Located, FileError> {
        let prefix = self.prefix();
        let found = match from.and_then(|from| from.strip_prefix(&prefix)) {
            None => PathBuf::from(path),
            Some(from) => {
                let joined = plain(&Path::new(from).with_file_name("").join(path));
                if Path::new(path).is_absolute() || !joined.starts_with(&self.root) || joined.starts_with("..") {
                    return Err(FileError::OutsideRoot);
                }
                // What begins here goes on from here.
                if from.starts_with("./") { Path::new(".").join(joined) } else { joined }
            }
        };
        let name = format!("{prefix}{}", found.to_string_lossy());
        Ok(Located { identity: format!("{prefix}{}", plain(&found).to_string_lossy()), name })
    }

    fn read(&self, file: &Located, limit: u64) -> Result<Vec<u8>, FileError> {
        let unreadable = |reason: &str| FileError::Unreadable(format!("cannot read `{}`: {reason}", file.name));
        // It would be an option, not a revision.
        if self.revision.starts_with('-') {
            return Err(unreadable("there is no such revision"));
        }
        let object = file.name.strip_prefix("git:").unwrap_or(&file.name);
        let mut command = Command::new("git");
        command.args(["cat-file", "blob", object]).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut git = command.spawn().map_err(|error| unreadable(&format!("git cannot be run: {}", error.kind())))?;
        let mut bytes = Vec::new();
        if let Some(out) = git.stdout.take() {
            out.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| unreadable(&error.kind().to_string()))?;
        }
        let too_long = bytes.len() as u64 > limit;
        let ended = git.wait_with_output().map_err(|error| unreadable(&error.kind().to_string()))?;
        if ended.status.success() || too_long {
            return Ok(bytes);
        }
        let said = String::from_utf8_lossy(&ended.stderr);
        let reason = said.lines().next().unwrap_or("git gives no reason");
        Err(unreadable(reason.strip_prefix("fatal: ").unwrap_or(reason)))
    }
}

/// A text from one file that means another: what it extends is found from there.
pub(crate) struct InPlace {
    path: String,
    file: PathBuf,
    disk: Disk,
}

impl InPlace {
    pub(crate) fn new(path: &str, file: &str, root: Option<&Path>) -> Self {
        let disk = root.map_or_else(|| Disk::beside(Path::new(path)), Disk::under);
        Self { path: path.to_owned(), file: PathBuf::from(file), disk }
    }
}

impl Files for InPlace {
    fn locate(&self, from: Option<&str>, path: &str) -> Result<Located, FileError> {
        match from {
            None => Ok(Located { name: self.path.clone(), identity: self.path.clone() }),
            Some(_) => self.disk.locate(from, path),
        }
    }

    fn read(&self, file: &Located, limit: u64) -> Result<Vec<u8>, FileError> {
        if file.identity != self.path {
            return self.disk.read(file, limit);
        }
        let unreadable =
            |error: std::io::Error| FileError::Unreadable(format!("cannot read `{}`: {}", self.file.display(), error.kind()));
        let mut bytes = Vec::new();
        let text = fs::File::open(&self.file).map_err(unreadable)?;
        text.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(unreadable)?;
        Ok(bytes)
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
