//! Every cell at once: streams say what single questions say, whatever the number of threads, to the byte.

use std::process::Command;

use rasci::query::CellEntry;
use rasci::report::json::Cells;
use rasci::{Cell, ComponentId, Letter, Policy};
use rayon::iter::ParallelIterator;

use crate::workload::{self, Form, Size};

/// Enough tasks for several threads, and cells that conditions divide.
const MODEL: Size = Size { name: "small", tasks: 60, components: 5, parties: 20, assignments: 300 };

fn models() -> impl Iterator<Item = Policy> {
    let shipped = ["policies/anywherenow/operating-model-2.yaml", "policies/mydre/core-support-team.yaml"];
    let seeded = workload::FORMS.map(|form| Policy::parse("model.yaml", &workload::text(MODEL, form)).unwrap());
    shipped.into_iter().map(|path| Policy::load(path).unwrap()).chain(seeded)
}

fn line(policy: &Policy, entry: &CellEntry) -> Vec<u8> {
    let mut line = serde_json::to_vec(&Cells::new(policy, entry, None)).unwrap();
    line.push(b'\n');
    line
}

#[test]
fn a_stream_says_what_each_question_says() {
    for policy in models() {
        let first = policy.model().dimensions().map(|(_, dimension)| (&*dimension.id, &*dimension.values[0]));
        let context = policy.full_context(&policy.context(first).unwrap()).unwrap();
        let components = || std::iter::once(ComponentId::SYSTEM).chain(policy.model().components().map(|(id, _)| id));
        let cells = policy.model().tasks().flat_map(|(task, _)| components().map(move |component| Cell { task, component }));
        let mut stream = policy.cells_in(&context);
        for cell in cells {
            let each = Letter::ALL.map(|letter| (letter, policy.holders(letter, cell, &context)));
            let (streamed, all) = stream.next().unwrap();
            assert_eq!((streamed, all.iter().collect::<Vec<_>>()), (cell, each.to_vec()));
        }
        assert_eq!(stream.next(), None);
        let parallel: Vec<_> = policy.par_cells_in(&context).collect();
        assert!(policy.cells_in(&context).eq(parallel));
    }
}

#[test]
fn a_cell_of_the_stream_is_the_cell_alone() {
    for policy in models() {
        for entry in policy.cells() {
            assert_eq!(entry, policy.cell_entry(entry.cell));
        }
        let by_task = policy.model().tasks().flat_map(|(task, _)| policy.cells_of(std::iter::once(task)));
        assert!(policy.cells().eq(by_task));
    }
}

#[test]
fn any_number_of_threads_gives_equal_bytes() {
    let folder = tempfile::tempdir().unwrap();
    for form in [Form::Plain, Form::Contexts] {
        let text = workload::text(MODEL, form);
        let path = folder.path().join("model.yaml");
        std::fs::write(&path, &text).unwrap();
        let policy = Policy::load(&path).unwrap();
        let expected: Vec<u8> = policy.cells().flat_map(|entry| line(&policy, &entry)).collect();
        let lines: Vec<Vec<u8>> = policy.par_cells().map(|entry| line(&policy, &entry)).collect();
        assert!(lines.concat() == expected, "the library, with all cores");
        let csv: Vec<Vec<u8>> = ["1", "2", "7"].map(|threads| cells(&path, threads, "csv")).into();
        assert!(csv.windows(2).all(|two| two[0] == two[1]) && csv[0].len() > 10_000);
        for threads in ["1", "2", "7"] {
            assert!(cells(&path, threads, "ndjson") == expected, "the command, with {threads} threads");
        }
    }
}

fn cells(path: &std::path::Path, threads: &str, format: &str) -> Vec<u8> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rasci"));
    let ran = command.arg("cells").arg(path).args(["--format", format]).env("RAYON_NUM_THREADS", threads).output().unwrap();
    assert!(ran.status.success());
    ran.stdout
}
