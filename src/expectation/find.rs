//! Where tests are: the files given, and every `*.test.yaml` in the directories given.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The test files at a path: itself, or those of the directory and all below it, by name.
pub(super) fn test_files(path: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    if fs::metadata(path)?.is_dir() {
        walk(path, &mut found)?;
    } else {
        found.push(path.to_owned());
    }
    Ok(found)
}

/// Symbolic links to directories are not followed: they may lead in a circle.
fn walk(directory: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    let mut entries = fs::read_dir(directory)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            walk(&path, found)?;
        } else if is_test(&path) {
            // What lies here is called by its name alone, as `extends` and `model` call it.
            found.push(path.strip_prefix(".").unwrap_or(&path).to_owned());
        }
    }
    Ok(())
}

fn is_test(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    name.ends_with(".test.yaml") || name.ends_with(".test.yml")
}
