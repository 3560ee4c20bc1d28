//! The command line as a user calls it: what it answers, where it says what is wrong, and its exit codes.
//!
//! What people read is kept in `tests/it/snapshots` and compared byte for byte; `RASCI_BLESS=1` rewrites it.

mod answers;
mod check;
mod continuity;
mod diff;
mod exits;
mod fix;
mod flows;
mod fmt;
mod formats;
mod help;
mod json;
mod questions;
mod scopes;
mod terminal;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

/// The model that most of these tests ask, as `m.yaml`.
pub(crate) const MODEL: &str = include_str!("model.yaml");

/// What the command did.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}{}", self.out, self.err))
    }

    /// That the question could not be asked: nothing on standard output, this on standard error.
    pub(crate) fn refused(&self, said: &str) {
        assert_eq!((self.code, self.out.as_str()), (2, ""), "{}", self.err);
        assert!(self.err.contains(said), "{said}: {}", self.err);
    }
}

/// Runs the command in this directory.
pub(crate) fn run_in(directory: &Path, args: &[&str]) -> Ran {
    ran(Command::new(env!("CARGO_BIN_EXE_rasci")).current_dir(directory).args(args).env_remove("COLUMNS"))
}

/// Runs the command in this directory, for a terminal of this many columns.
pub(crate) fn run_wide(directory: &Path, args: &[&str], columns: usize) -> Ran {
    ran(Command::new(env!("CARGO_BIN_EXE_rasci")).current_dir(directory).args(args).env("COLUMNS", columns.to_string()))
}

fn ran(command: &mut Command) -> Ran {
    let Output { status, stdout, stderr } = command.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE").output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ran { code: status.code().expect("an exit code"), out: text(stdout), err: text(stderr) }
}

/// A directory with these files.
pub(crate) fn files(files: &[(&str, &str)]) -> TempDir {
    let directory = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = directory.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    directory
}

/// Runs the command beside [`MODEL`].
pub(crate) fn run(args: &[&str]) -> Ran {
    run_in(files(&[("m.yaml", MODEL)]).path(), args)
}

/// The answer of a question as JSON, with this exit code.
pub(crate) fn asked(code: i32, args: &[&str]) -> Value {
    let ran = run(&[args, &["--format", "json"]].concat());
    assert_eq!(ran.code, code, "{}", ran.err);
    assert_eq!(ran.err, "");
    ran.json()
}

/// Compares a text with the snapshot of this name, byte for byte.
pub(crate) fn snapshot(name: &str, text: &str) {
    let path = Path::new("tests/it/snapshots").join(name).with_extension("txt");
    if std::env::var_os("RASCI_BLESS").is_some_and(|bless| bless == "1") {
        fs::write(&path, text).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == text, "{} differs; RASCI_BLESS=1 rewrites it. It would be:\n{text}", path.display());
    assert!(!text.contains('\u{1b}'), "no colour where nobody sees it");
}
