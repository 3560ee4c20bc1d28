//! Two laws over random tables: what is written is read back to the same letters, in every form and format; and of any
//! table, however senseless, every filled cell has one fate.

use std::collections::BTreeMap;

use proptest::prelude::*;
use rasci::import::{Fate, Imported, Options, Refusal, import};
use rasci::query::CellCase;
use rasci::{Letter, PartyId, Policy};

use super::tables::{Layout, layouts, matrix, phase, style};
use super::written::{formats, written, written_all, written_below};
use super::{model, named};

/// For (title of a task, title of a party): the letters held, said by the model.
fn read(policy: &Policy) -> BTreeMap<(String, String), String> {
    let mut read: BTreeMap<(String, String), String> = BTreeMap::new();
    let model = policy.model();
    for entry in policy.cells() {
        let task = named(&model.task(entry.cell.task).about);
        for (letter, party) in held(&entry.cases[0]) {
            read.entry((task.clone(), named(&model.party(party).about))).or_default().push_str(letter.as_str());
        }
    }
    read
}

/// The same, for (title of the topmost task above it, title of a task, title of a party).
fn read_in_parts(policy: &Policy) -> BTreeMap<(String, String, String), String> {
    let mut read: BTreeMap<(String, String, String), String> = BTreeMap::new();
    let model = policy.model();
    for entry in policy.cells() {
        // All tasks stand above the topmost.
        let path: Vec<_> = model.task_path(entry.cell.task).collect();
        let top = path[path.len() - 2];
        let (part, task) = (named(&model.task(top).about), named(&model.task(entry.cell.task).about));
        for (letter, party) in held(&entry.cases[0]) {
            let key = (part.clone(), task.clone(), named(&model.party(party).about));
            read.entry(key).or_default().push_str(letter.as_str());
        }
    }
    read
}

/// The title of the task above the one of this title.
fn above(policy: &Policy, title: &str) -> Option<String> {
    let model = policy.model();
    let (_, task) = model.tasks().find(|(_, task)| named(&task.about) == title)?;
    task.parent.map(|parent| named(&model.task(parent).about))
}

fn held(case: &CellCase) -> impl Iterator<Item = (Letter, PartyId)> + '_ {
    case.letters.iter().flat_map(|(letter, parties)| parties.iter().map(|party| (*letter, *party)))
}

/// What stands over tables.
const LINES: [&str; 3] = ["Who does what in the project", "As of 2024-05-01", "Not for those outside"];

proptest! {
    #[test]
    fn every_table_is_read_back(
        matrix in matrix(), layout in layouts(), format in formats(), style in style(), lines in 0..LINES.len(), parted in any::<bool>(),
    ) {
        let rows = matrix.rows(layout, &style);
        // Where nothing else can be a title, lines of text stand over the table, with an empty row after them or none.
        let titles: &[&str] = if format.has_titles() { &[] } else { &LINES[..lines] };
        let over = titles.iter().map(|line| vec![(*line).to_owned()]);
        let over: Vec<Vec<String>> = over.chain((parted && !titles.is_empty()).then(|| vec![String::new()])).collect();
        let rows: Vec<Vec<String>> = over.into_iter().chain(rows).collect();
        let (name, bytes) = written(&rows, format, &style);
        let imported = import(name, &bytes, &Options::default());
        let imported = imported.map_err(|refusal| TestCaseError::fail(format!("{refusal}\n{}", String::from_utf8_lossy(&bytes))))?;
        let mut expected = BTreeMap::new();
        for ((task, party), letters) in &matrix.letters {
            let said: String = ['R', 'A', 'S', 'C', 'I'].iter().filter(|letter| letters.contains(letter)).collect();
            if !said.is_empty() {
                expected.insert((matrix.tasks[*task].clone(), matrix.parties[*party].clone()), said);
            }
        }
        prop_assert_eq!(read(&model(&imported)), expected, "{}\n{}", String::from_utf8_lossy(&bytes), imported.text);
        let left = imported.report.left.iter().filter(|left| !titles.contains(&left.text.as_str()));
        prop_assert_eq!(left.count(), 0, "{}\n{}", String::from_utf8_lossy(&bytes), imported.report);
        if matches!(layout, Layout::Phases | Layout::LongPhases) {
            let policy = model(&imported);
            for (nth, task) in matrix.tasks.iter().enumerate() {
                prop_assert_eq!(above(&policy, task), Some(phase(nth).to_owned()), "{}", imported.text);
            }
        }
        prop_assert_eq!(imported.report.filled(), rows.iter().flatten().filter(|cell| !cell.trim().is_empty()).count());
    }

    #[test]
    fn several_tables_in_a_file_are_read_back(
        one in matrix(), two in matrix(), layout in layouts(), format in formats(), style in style(), together in any::<bool>(),
    ) {
        let tables = [("Part one", one.rows(layout, &style)), ("Part two", two.rows(layout, &style))];
        let (name, bytes) = if together { written_below(&tables, format, &style) } else { written_all(&tables, format, &style) };
        let imported = import(name, &bytes, &Options::default());
        let imported = imported.map_err(|refusal| TestCaseError::fail(format!("{refusal}\n{}", String::from_utf8_lossy(&bytes))))?;
        let policy = model(&imported);
        let mut expected = BTreeMap::new();
        for (part, matrix) in [("Part one", &one), ("Part two", &two)] {
            for ((task, party), letters) in &matrix.letters {
                let said: String = ['R', 'A', 'S', 'C', 'I'].iter().filter(|letter| letters.contains(letter)).collect();
                if !said.is_empty() {
                    expected.insert((part.to_owned(), matrix.tasks[*task].clone(), matrix.parties[*party].clone()), said);
                }
            }
        }
        prop_assert_eq!(read_in_parts(&policy), expected, "{}\n{}", String::from_utf8_lossy(&bytes), imported.text);
        prop_assert!(imported.report.left.is_empty(), "{}", imported.report);
    }

    #[test]
    fn rows_that_name_no_task_are_refused_or_told(
        matrix in matrix(), marks in any::<bool>(), names in any::<bool>(), format in formats(), style in style(),
    ) {
        let layout = if marks { Layout::Marks } else { Layout::Long };
        let mut rows = matrix.rows(layout, &style);
        // Where the tasks stood, the names of those who are in the roles stand, or nothing.
        for (nth, row) in rows.iter_mut().enumerate() {
            let name = if nth == 0 { "Name".to_owned() } else { format!("Person {nth}") };
            row.splice(0..1, names.then_some(name));
        }
        let (name, bytes) = written(&rows, format, &style);
        match import(name, &bytes, &Options::default()) {
            Err(refusal) => prop_assert!(matches!(refusal, Refusal::NoMatrix { .. }), "{}", refusal),
            Ok(imported) => {
                let told = imported.report.remarks.iter().any(|remark| remark.text.starts_with("the rows name no task"));
                let named = imported.text.contains("title: Person") || imported.text.contains("title: line ");
                prop_assert!(told && !named, "{}\n{}\n{}", String::from_utf8_lossy(&bytes), imported.report, imported.text);
            }
        }
    }

    #[test]
    fn of_any_table_every_cell_has_one_fate(rows in junk(), format in formats(), style in style()) {
        let (name, bytes) = written(&rows, format, &style);
        if let Ok(imported) = import(name, &bytes, &Options::default()) {
            conserved(&imported, &rows)?;
        }
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400), text in "[|\\-<>a-zRACI,;\"{}\\[\\]:\n/ ]{0,300}") {
        for name in ["t.csv", "t.md", "t.html", "t.json", "t.yaml", "t"] {
            let _ = import(name, &bytes, &Options::default());
            let _ = import(name, text.as_bytes(), &Options::default());
            let _ = import(name, format!("| Task | Dev |\n|---|---|\n| Do | R |\n{text}").as_bytes(), &Options::default());
            let _ = import(name, format!("<table><tr><td>Task<td>Dev<tr><td>Do<td>R{text}").as_bytes(), &Options::default());
        }
    }
}

/// That every cell is counted once, that what is kept is in the model, and that what is no letter is not one.
fn conserved(imported: &Imported, rows: &[Vec<String>]) -> Result<(), TestCaseError> {
    let report = &imported.report;
    let filled: Vec<&String> = rows.iter().flatten().filter(|cell| !cell.trim().is_empty()).collect();
    prop_assert_eq!(report.filled(), filled.len(), "{}\n{:?}", report, rows);
    let reported: usize = report.left.iter().map(|left| left.cells).sum();
    prop_assert_eq!(reported, report.cells.get(&Fate::Reported).copied().unwrap_or(0));
    let flat = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let model_text = flat(&imported.text);
    for left in report.left.iter().filter(|left| left.kept) {
        prop_assert!(model_text.contains(&flat(&left.text)), "`{}` is not kept\n{}", left.text, imported.text);
    }
    // What the words of the table say is in the model or in the report.
    let left: String = report.left.iter().map(|left| left.text.as_str()).collect::<Vec<_>>().join("\n");
    let (left, heads) = (
        flat(&left),
        report.cells.get(&Fate::Head).copied().unwrap_or(0) + report.cells.get(&Fate::Legend).copied().unwrap_or(0),
    );
    let letters =
        |cell: &str| cell.chars().count() <= 4 || ["Responsible", "Accountable", "Informed", "R = Responsible"].contains(&cell);
    let lost = filled.iter().filter(|cell| !letters(cell) && !model_text.contains(&flat(cell)) && !left.contains(&flat(cell)));
    prop_assert!(lost.clone().count() <= heads, "{:?}\n{}\n{}", lost.collect::<Vec<_>>(), report, imported.text);
    let held: usize = report.letters.values().sum();
    let said: usize = model(imported).cells().map(|entry| self::held(&entry.cases[0]).count()).sum();
    prop_assert_eq!(held, said, "{}", imported.text);
    Ok(())
}

/// Cells of tables, well formed and not, in rows of any length.
fn junk() -> impl Strategy<Value = Vec<Vec<String>>> {
    let cell = prop_oneof![
        4 => "[RASCI]",
        2 => "[RASCI]/[RASCI]",
        3 => Just(String::new()),
        1 => prop_oneof![Just("-"), Just("N/A"), Just("X"), Just("R (maybe)"), Just("A if asked"), Just("V"), Just("O"), Just("1.2")].prop_map(str::to_owned),
        3 => prop_oneof![
            Just("Task"), Just("Role"), Just("Phase"), Just("Responsible"), Just("Accountable"), Just("Informed"), Just("Notes"), Just("RACI"),
            Just("Build the thing"), Just("Run the thing"), Just("Developer"), Just("Team, lead"), Just("R = Responsible"), Just("* a footnote"),
        ].prop_map(str::to_owned),
        1 => "[a-zA-Zа-я ]{1,12}",
    ];
    let row = (1_usize..6).prop_flat_map(move |width| proptest::collection::vec(cell.clone(), width));
    // As wide as each other, so that every format can hold them.
    proptest::collection::vec(row, 1..9).prop_map(|mut rows| {
        let width = rows.iter().map(Vec::len).max().unwrap_or(0);
        for row in &mut rows {
            row.resize(width, String::new());
        }
        rows
    })
}
