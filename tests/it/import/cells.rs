//! The grammar of a cell: what is letters, what is none, what is kept and reported.

use super::{held, imported, model};

/// A table with this cell and a few others, in which it is the developer's letters of the task `build`.
fn read(cell: &str) -> (String, usize, String) {
    let quoted = format!("\"{}\"", cell.replace('"', "\"\""));
    let table = format!("Task,Dev,Lead\nBuild it,{quoted},A\nRun it,R,C\nSee it,A/R,S\nEnd it,C,R\n");
    let imported = imported("cells.csv", &table);
    let policy = model(&imported);
    let held = held(&policy, "build-it");
    let dev = held.split(", ").find_map(|one| one.strip_suffix(" Dev")).unwrap_or("").to_owned();
    (dev, imported.report.left.len(), imported.text)
}

#[test]
fn letters_in_every_dress() {
    let same = [
        ("R", "R"),
        ("r", "R"),
        (" R ", "R"),
        ("A/R", "R/A"),
        ("R / A", "R/A"),
        ("R, A", "R/A"),
        ("R,A", "R/A"),
        ("RA", "R/A"),
        ("RAC", "R/A/C"),
        ("R·A", "R/A"),
        ("A · R", "R/A"),
        ("R;A", "R/A"),
        ("R + A", "R/A"),
        ("R&A", "R/A"),
        ("R|A", "R/A"),
        ("R\nA", "R/A"),
        ("R<br>A", "R/A"),
        ("R A", "R/A"),
        ("R-A", "R/A"),
        ("R and A", "R/A"),
        ("R и A", "R/A"),
        ("R und I", "R/I"),
        ("**A**", "A"),
        ("**R/A**", "R/A"),
        ("**A**, R", "R/A"),
        ("`I`", "I"),
        ("[R]", "R"),
        ("(I)", "I"),
        ("A*", "A"),
        ("A¹", "A"),
        ("R1", "R"),
        ("C [2]", "C"),
        ("R (dispatch), I", "R/I"),
        ("C (medium/high)", "C"),
        ("Responsible", "R"),
        ("responsible", "R"),
        ("Accountable / Responsible", "R/A"),
        ("Responsable", "R"),
        ("Responsabile, Informato", "R/I"),
        ("Consulté", "C"),
        ("Soutien", "S"),
        ("Aprobador", "A"),
        ("Durchführung", "R"),
        ("Исполнитель", "R"),
        ("Консультант", "C"),
        ("Информируется", "I"),
        ("R - Responsible", "R"),
        ("R = Responsible", "R"),
        ("相談", "C"),
        ("А", "A"),
        ("С", "C"),
        ("І", "I"),
        ("Ｒ／Ａ", "R/A"),
        ("R, R", "R"),
        ("🟢 R", "R"),
        ("R ✅", "R"),
        ("R1)", "R"),
        ("führt durch", "R"),
        ("wird informiert", "I"),
        ("Aprueba", "A"),
        ("Esegue", "R"),
    ];
    let wrong: Vec<String> = same
        .iter()
        .map(|(cell, letters)| (cell, letters, read(cell)))
        .filter(|(_, letters, (read, left, _))| read != *letters || *left > 0)
        .map(|(cell, letters, (read, left, _))| format!("{cell:?}: {read:?} instead of {letters:?}, {left} reported"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_in_every_dress() {
    for cell in ["", "-", "–", "—", "−", "--", "➖", "No aplica", "N/A", "n/a", "n.a.", "None", "нет", "aucun", "なし", ".", "/"]
    {
        let (letters, left, _) = read(cell);
        assert_eq!((letters.as_str(), left), ("", 0), "{cell:?}");
    }
}

#[test]
fn what_is_no_letter_is_kept_and_reported() {
    let cells = [
        "A for medium, I for low",
        "A для high/medium-risk",
        "R (if asked)",
        "R (для low)",
        "A only in an emergency",
        "R (small) или dispatch",
        "X",
        "✓",
        "OPS",
        "B",
        "yes",
        "~~R~~",
        "~~R~~ C",
        "R → A",
        "=C2",
        "verantwortlich",
        "?",
        "R: Ann",
        "AA",
        "1",
        "air",
        "cs",
        "TBD",
    ];
    for cell in cells {
        let (letters, left, text) = read(cell);
        assert_eq!((letters.as_str(), left), ("", 1), "{cell:?}");
        assert!(text.contains(&format!("Dev: {cell}")), "{cell:?} is in no note:\n{text}");
    }
}

#[test]
fn letters_in_brackets_are_taken_and_the_brackets_told() {
    let imported = imported("t.csv", "Task,Dev,Lead\nBuild,(C),A/R\nRun,R,A\n");
    assert_eq!(held(&model(&imported), "build"), "C Dev, R/A Lead");
    let remarks: Vec<String> =
        imported.report.remarks.iter().map(|remark| format!("{}: {}", remark.place, remark.text)).collect();
    assert_eq!(remarks, ["line 2, column 7: `(C)` is in brackets, and read as if it were not"]);
    assert!(imported.text.contains("note: \"Dev: (C)\""), "{}", imported.text);
}

#[test]
fn a_part_of_a_cell_that_has_no_letter_is_reported_and_the_rest_is_taken() {
    let (letters, left, text) = read("A(C)");
    assert_eq!((letters.as_str(), left), ("A", 1));
    assert!(text.contains("Dev: A(C)"));
    let table = "Task,Dev,Lead\nBuild,R/V,A\nRun,R,A\n";
    let imported = imported("v.csv", table);
    assert_eq!(held(&model(&imported), "build"), "R Dev, A Lead");
    assert_eq!(imported.report.left[0].reason, "`V` has no counterpart among R, A, S, C and I");
    assert!(imported.report.left[0].kept);
}

#[test]
fn a_remark_and_a_footnote_are_kept_in_a_note() {
    let (_, _, text) = read("R (reviewer loop required)");
    assert!(text.contains("Dev: R (reviewer loop required)"), "{text}");
    let table = "| Task | Dev | Lead |\n|---|---|---|\n| Build | R* | A |\n\n*only by the owner of the gate\n";
    assert!(imported("f.md", table).text.contains("Dev: R* (only by the owner of the gate)"));
}

#[test]
fn a_look_alike_of_another_alphabet_is_told() {
    let table = "Task,Dev,Lead\nBuild,\u{421},A\nRun,R,\u{410}\n";
    let imported = imported("cyrillic.csv", table);
    assert_eq!(held(&model(&imported), "build"), "C Dev, A Lead");
    let remarks: Vec<String> =
        imported.report.remarks.iter().map(|remark| format!("{}: {}", remark.place, remark.text)).collect();
    assert_eq!(
        remarks,
        [
            "line 2, column 7: `С` (U+0421) is read as the Latin letter it looks like",
            "line 3, column 7: `А` (U+0410) is read as the Latin letter it looks like"
        ]
    );
}

#[test]
fn out_of_the_loop_is_nobody_on_purpose() {
    let imported = imported("cairo.csv", "Task,Dev,Lead,Law\nBuild,R,A,O\nRun,A/R,I,O\n");
    assert_eq!(imported.report.dialect, "CAIRO");
    assert!(imported.text.contains("R: dev, I: [], basis"), "{}", imported.text);
    assert!(imported.text.contains("note: \"out of the loop: Law\""));
    assert!(imported.text.contains("{ A/R: dev, I: lead, basis"), "an informed party stays: {}", imported.text);
}
