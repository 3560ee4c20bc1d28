//! Invented tables of the shapes and formats that people keep, in `tests/it/tables`: for each the report and the model, kept
//! as a snapshot in `tests/it/snapshots/import`, and the rules that hold for all.

use std::fs;
use std::path::PathBuf;

use rasci::import::{Imported, Options, import};

use super::model;
use crate::cli::snapshot;

const FOLDER: &str = "tests/it/tables";

fn tables() -> Vec<PathBuf> {
    let mut tables: Vec<PathBuf> = fs::read_dir(FOLDER).unwrap().map(|entry| entry.unwrap().path()).collect();
    tables.sort();
    assert!(tables.len() > 60, "only {} tables", tables.len());
    tables
}

fn read(path: &PathBuf) -> (String, Imported) {
    let name = path.file_name().unwrap().to_str().unwrap().to_owned();
    let imported = import(&name, &fs::read(path).unwrap(), &Options::default());
    let imported = imported.unwrap_or_else(|refusal| panic!("{name}: {refusal}"));
    (name, imported)
}

#[test]
fn each_table_becomes_the_model_and_the_report_that_are_kept() {
    for (name, imported) in tables().iter().map(read) {
        snapshot(&format!("import/{}", name.replace('.', "-")), &format!("{}\n{}", imported.report, imported.text));
    }
}

#[test]
fn what_is_said_of_a_table_is_all_that_its_model_holds() {
    for (name, imported) in tables().iter().map(read) {
        let policy = model(&imported);
        let held: usize =
            policy.cells().map(|entry| entry.cases[0].letters.iter().map(|(_, parties)| parties.len()).sum::<usize>()).sum();
        assert_eq!(held, imported.report.letters.values().sum::<usize>(), "{name}");
        let left: usize = imported.report.left.iter().map(|left| left.cells).sum();
        let reported = imported.report.cells.get(&rasci::import::Fate::Reported).copied().unwrap_or(0);
        assert_eq!(left, reported, "{name}");
    }
}
