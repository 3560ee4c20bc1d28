//! Where documents come from: nothing leads out of the root, hangs, goes round for ever or is read twice.
#![cfg(unix)]

use std::cell::RefCell;
use std::fmt::Write;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

use rasci::source::{FileError, Files, Located, Memory};
use rasci::{Limits, Policy};
use tempfile::TempDir;

use super::{bounded, model, places};

/// A directory `root` with these files, beside a directory `outside` with a model in it.
fn project(files: &[(&str, &str)]) -> TempDir {
    let directory = tempfile::tempdir().unwrap();
    for (name, text) in [("outside/base.yaml", "rasci: 1\nid: base\nparties: {a: {}}\n")]
        .into_iter()
        .chain(files.iter().map(|(name, text)| (*name, *text)))
    {
        let path =
            if name.starts_with("outside") { directory.path().join(name) } else { directory.path().join("root").join(name) };
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    directory
}

/// What is wrong with `root/m.yaml`.
fn wrong(directory: &TempDir) -> Vec<String> {
    let path = directory.path().join("root/m.yaml");
    bounded(move || Policy::load(path).map_or_else(|error| places(&error), |_| Vec::new()))
}

fn extending(path: &str) -> String {
    model(&format!("extends: \"{path}\"\n"))
}

#[test]
fn no_path_leads_out_of_the_root() {
    let absolute = |directory: &TempDir| directory.path().join("outside/base.yaml").to_str().unwrap().to_owned();
    for path in
        ["../outside/base.yaml", "sub/../../outside/base.yaml", "./../root/../outside/base.yaml", "../nowhere.yaml", "..", "/"]
    {
        let directory = project(&[("m.yaml", &extending(path)), ("sub/other.yaml", "")]);
        let found = wrong(&directory);
        assert!(found.len() == 1 && found[0].starts_with("3:10-") && found[0].ends_with(" outside-root"), "{path}: {found:?}");
    }
    let directory = project(&[]);
    let path = absolute(&directory);
    fs::create_dir_all(directory.path().join("root")).unwrap();
    fs::write(directory.path().join("root/m.yaml"), extending(&path)).unwrap();
    assert_eq!(wrong(&directory), [format!("3:10-{} outside-root", 12 + path.len())]);
    // The caller may name a wider root; a base inside is then read, and what it extends is read from where it stands.
    let root = directory.path().to_owned();
    let policy = Policy::loader().root(&root).load(root.join("root/m.yaml")).unwrap();
    assert!(policy.party("a").is_ok());
}

#[test]
fn no_symbolic_link_leads_out_of_the_root() {
    let file = project(&[("m.yaml", &extending("link.yaml"))]);
    symlink(file.path().join("outside/base.yaml"), file.path().join("root/link.yaml")).unwrap();
    assert_eq!(wrong(&file), ["3:10-21 outside-root"]);

    let through = project(&[("m.yaml", &extending("link/base.yaml"))]);
    symlink(through.path().join("outside"), through.path().join("root/link")).unwrap();
    assert_eq!(wrong(&through), ["3:10-26 outside-root"]);

    let twice = project(&[("m.yaml", &extending("one.yaml"))]);
    symlink("two.yaml", twice.path().join("root/one.yaml")).unwrap();
    symlink("../outside/base.yaml", twice.path().join("root/two.yaml")).unwrap();
    assert_eq!(wrong(&twice), ["3:10-20 outside-root"]);

    let round = project(&[("m.yaml", &extending("one.yaml"))]);
    symlink("two.yaml", round.path().join("root/one.yaml")).unwrap();
    symlink("one.yaml", round.path().join("root/two.yaml")).unwrap();
    assert_eq!(wrong(&round), ["3:10-20 missing-file"]);

    let dangling = project(&[("m.yaml", &extending("one.yaml"))]);
    symlink("nowhere.yaml", dangling.path().join("root/one.yaml")).unwrap();
    assert_eq!(wrong(&dangling), ["3:10-20 missing-file"]);

    let inside = project(&[("m.yaml", &extending("link.yaml")), ("base.yaml", "rasci: 1\nid: b\n")]);
    symlink("base.yaml", inside.path().join("root/link.yaml")).unwrap();
    assert!(wrong(&inside).is_empty());
}

#[test]
fn only_files_are_read() {
    let directory = project(&[("m.yaml", &extending("sub")), ("sub/other.yaml", "")]);
    assert_eq!(wrong(&directory), ["3:10-15 missing-file"]);

    let pipe = project(&[("m.yaml", &extending("pipe.yaml"))]);
    assert!(Command::new("mkfifo").arg(pipe.path().join("root/pipe.yaml")).status().unwrap().success());
    assert_eq!(wrong(&pipe), ["3:10-21 missing-file"]);
    let itself = pipe.path().join("root/pipe.yaml");
    assert_eq!(bounded(move || places(&Policy::load(itself).unwrap_err())), ["missing-file"]);

    let device = bounded(|| places(&Policy::load("/dev/zero").unwrap_err()));
    assert_eq!(device, ["missing-file"]);
    for path in ["", " ", "no\\0where.yaml"] {
        let directory = project(&[("m.yaml", &extending(path))]);
        let found = wrong(&directory);
        assert!(found.len() == 1 && found[0].ends_with(" missing-file"), "{path:?}: {found:?}");
    }
    let longest = project(&[("m.yaml", &extending(&"x".repeat(100_000)))]);
    assert_eq!(wrong(&longest), ["3:10-100012 missing-file"]);
}

#[test]
fn no_document_extends_itself_under_any_name() {
    for path in ["m.yaml", "./m.yaml", "sub/../m.yaml", "../root/m.yaml", "link.yaml"] {
        let directory = project(&[("m.yaml", &extending(path)), ("sub/other.yaml", "")]);
        symlink("m.yaml", directory.path().join("root/link.yaml")).unwrap();
        assert_eq!(wrong(&directory), [format!("3:10-{} extends-cycle", 12 + path.len())]);
    }
    let round: Vec<(String, String)> =
        (0..100).map(|nth| (format!("{nth}.yaml"), extending(&format!("{}.yaml", (nth + 1) % 100)))).collect();
    let files: Memory = round.into_iter().collect();
    let error = Policy::loader().load_from(&files, "0.yaml").unwrap_err();
    assert_eq!(places(&error), ["3:10-18 extends-cycle"]);
    assert!(error.to_string().starts_with("99.yaml:3:10: "), "{error}");
}

/// A chain of documents, each extending the next; party `last` stands in the last.
fn chain(length: usize) -> Memory<'static> {
    let link = |nth: usize| {
        let rest = if nth + 1 < length { format!("extends: {}.yaml\n", nth + 1) } else { "parties: {last: {}}\n".to_owned() };
        (format!("{nth}.yaml"), model(&rest))
    };
    (0..length).map(link).collect()
}

#[test]
fn a_chain_of_documents_ends_at_its_limit() {
    let loader = Policy::loader();
    let load = |length: usize| loader.load_from(&chain(length), "0.yaml");
    assert!(load(256).unwrap().party("last").is_ok());
    for length in [257, 300] {
        let error = load(length).unwrap_err();
        assert_eq!(places(&error), ["3:10-18 limit-exceeded"]);
        assert!(error.to_string().starts_with("255.yaml:3:10: "), "{error}");
    }
    let raised = loader.limits(Limits { documents: 3_000, ..Limits::default() });
    let policy = bounded(move || raised.load_from(&chain(3_000), "0.yaml").unwrap());
    assert!(policy.party("last").is_ok());
}

#[test]
fn too_many_bases_are_one_error() {
    let mut wide = String::from("extends:\n");
    for nth in 0..2_000 {
        writeln!(wide, "  - b{nth}.yaml").unwrap();
    }
    let bases = (0..2_000).map(|nth| (format!("b{nth}.yaml"), model("")));
    let files: Memory = bases.chain([("m.yaml".to_owned(), model(&wide))]).collect();
    let error = bounded(move || Policy::loader().load_from(&files, "m.yaml").unwrap_err());
    assert_eq!(places(&error), ["259:5-14 limit-exceeded"]);
}

/// Files that write down what is read.
struct Counted {
    files: Memory<'static>,
    read: RefCell<Vec<String>>,
}

impl Files for Counted {
    fn locate(&self, from: Option<&str>, path: &str) -> Result<Located, FileError> {
        self.files.locate(from, path)
    }

    fn read(&self, file: &Located, limit: u64) -> Result<Vec<u8>, FileError> {
        self.read.borrow_mut().push(file.name.clone());
        self.files.read(file, limit)
    }
}

#[test]
fn a_base_of_many_is_read_once() {
    // Each level extends the next twice over: without care, 2^40 readings.
    let both = |level: usize| {
        let next = level + 1;
        model(&format!("extends: [l{next}.yaml, r{next}.yaml]\n"))
    };
    let mut all: Vec<(String, String)> = vec![("m.yaml".to_owned(), both(0))];
    for level in 1..40 {
        all.extend(["l", "r"].map(|side| (format!("{side}{level}.yaml"), both(level))));
    }
    all.extend(["l", "r"].map(|side| (format!("{side}40.yaml"), model("extends: sub/../base.yaml\n"))));
    all.push(("base.yaml".to_owned(), model("parties: {a: {}}\nassignments: [{id: one, R: a}]\n")));
    let files = Counted { files: all.into_iter().collect(), read: RefCell::default() };
    let policy = Policy::loader().load_from(&files, "m.yaml").unwrap();
    assert_eq!(policy.model().assignments().count(), 1);
    let mut read = files.read.into_inner();
    assert_eq!(read.len(), 82);
    read.sort();
    read.dedup();
    assert_eq!(read.len(), 82);
}

#[test]
fn memory_has_a_root_too() {
    for (path, name) in [("../m.yaml", "outside-root"), ("/m.yaml", "outside-root"), ("sub/m.yaml", "missing-file")] {
        let files: Memory = [("dir/m.yaml", extending(path))].into_iter().collect();
        let found = places(&Policy::loader().load_from(&files, "dir/m.yaml").unwrap_err());
        // One directory up is the root itself, where there is no such file.
        let name = if path == "../m.yaml" { "missing-file" } else { name };
        assert_eq!(found, [format!("3:10-{} {name}", 12 + path.len())]);
    }
    let files: Memory = [("m.yaml", extending("../m.yaml"))].into_iter().collect();
    assert_eq!(places(&Policy::loader().load_from(&files, "m.yaml").unwrap_err()), ["3:10-21 outside-root"]);
    assert!(!Path::new("m.yaml").exists(), "nothing here is read from the disk");
}
