//! The importer measured on tables that people keep in public projects. They are no part of this repository: they are read
//! from the folder that `RASCI_MATRICES` names, or from `../shared/matrices`; without them nothing is measured, and that is
//! said. `docs/import.md` holds the table that this test makes.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use rasci::import::{Fate, Options, import};

const OPENING: &str = "<!-- measured -->\n";
const CLOSING: &str = "<!-- /measured -->";

fn folder() -> Option<PathBuf> {
    let named = std::env::var_os("RASCI_MATRICES").map(PathBuf::from);
    Some(named.unwrap_or_else(|| "../shared/matrices".into())).filter(|folder| folder.join("README.md").is_file())
}

/// The rows that the README of the folder counts in a file: of the form `108 x 8`.
fn counted(readme: &str, file: &str) -> Option<usize> {
    let line = readme.lines().find(|line| line.contains(&format!("| {file} |")))?;
    line.split('|').find_map(|field| field.trim().split_once(" x ")).and_then(|(rows, _)| rows.parse().ok())
}

#[test]
fn the_samples_are_read_as_the_page_says() {
    let Some(folder) = folder() else {
        eprintln!("SKIPPED: no folder of sample matrices; set RASCI_MATRICES to measure the importer");
        return;
    };
    let readme = fs::read_to_string(folder.join("README.md")).unwrap();
    let mut files: Vec<PathBuf> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.file_name().is_some_and(|name| name != "README.md"));
    files.sort();
    let mut measured = String::from(
        "| file | rows counted by hand | tasks | filled cells | conserved | letters understood | reported |\n|---|---|---|---|---|---|---|\n",
    );
    for path in files {
        let name = path.file_name().unwrap().to_str().unwrap();
        measure(&mut measured, name, &path, counted(&readme, name));
    }
    let page = fs::read_to_string("docs/import.md").unwrap();
    let (before, rest) = page.split_once(OPENING).expect("the page has a place for what is measured");
    let (kept, after) = rest.split_once(CLOSING).unwrap();
    if std::env::var_os("RASCI_BLESS").is_some_and(|bless| bless == "1") {
        fs::write("docs/import.md", format!("{before}{OPENING}{measured}{CLOSING}{after}")).unwrap();
        return;
    }
    assert_eq!(kept, measured, "docs/import.md differs; RASCI_BLESS=1 rewrites it");
}

fn measure(measured: &mut String, name: &str, path: &Path, counted: Option<usize>) {
    let bytes = fs::read(path).unwrap();
    let counted = counted.map_or_else(|| "-".to_owned(), |rows| rows.to_string());
    let imported = match import(name, &bytes, &Options::default()) {
        Ok(imported) => imported,
        Err(refusal) => {
            assert!(name.contains("NEG"), "{name}: {refusal}");
            writeln!(measured, "| {name} | {counted} | refused | | | | |").unwrap();
            return;
        }
    };
    assert!(!name.contains("NEG"), "{name} is no matrix");
    let report = imported.report;
    let (filled, cells) = (report.filled(), |fate: Fate| report.cells.get(&fate).copied().unwrap_or(0));
    let independent = filled_cells(name, &String::from_utf8(bytes).unwrap());
    let conserved = if filled == independent { "100 %".to_owned() } else { format!("{filled} of {independent}") };
    let letters = cells(Fate::Letters) + cells(Fate::Nothing);
    let unread = report.left.iter().filter(|left| left.kept).count();
    // In tenths of a percent, rounded down: 100 only where all are.
    let share = letters * 1000 / (letters + unread);
    let reported = cells(Fate::Reported);
    writeln!(
        measured,
        "| {name} | {counted} | {} | {filled} | {conserved} | {}.{} % | {reported} |",
        report.tasks,
        share / 10,
        share % 10
    )
    .unwrap();
    assert_eq!(filled, independent, "{name}");
}

/// The filled cells of a file, counted without the importer.
fn filled_cells(name: &str, text: &str) -> usize {
    if Path::new(name).extension().is_some_and(|extension| extension == "csv") {
        let separator = if text.lines().next().unwrap().contains(';') { b';' } else { b',' };
        let mut reader =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes());
        return reader.records().map(|record| record.unwrap().iter().filter(|field| !field.trim().is_empty()).count()).sum();
    }
    let mut filled = 0;
    let (mut in_table, mut fenced) = (false, false);
    let lines: Vec<&str> = text.lines().collect();
    for (nth, line) in lines.iter().enumerate() {
        let line = line.trim();
        fenced ^= line.starts_with("```");
        let rule = |line: &str| line.contains("--") && line.chars().all(|c| "|-: \t".contains(c));
        in_table = !fenced && line.contains('|') && (in_table || lines.get(nth + 1).is_some_and(|next| rule(next.trim())));
        if in_table && !rule(line) {
            filled += line.split('|').filter(|cell| !cell.trim().is_empty()).count();
        }
    }
    // Tables in HTML: the text of each cell without its tags.
    let cells = |tag: &str| {
        let parts = text
            .split(tag)
            .skip(1)
            .filter(|part| part.starts_with(['>', ' ']))
            .filter_map(|part| part.split_once('>'))
            .map(|(_, rest)| rest);
        parts.filter(|cell| !shown(cell.split("</t").next().unwrap()).trim().is_empty()).count()
    };
    filled + cells("<td") + cells("<th")
}

fn shown(markup: &str) -> String {
    markup
        .split('<')
        .enumerate()
        .map(|(nth, part)| if nth == 0 { part } else { part.split_once('>').map_or("", |(_, text)| text) })
        .collect()
}
