//! Legends laid out in cells, beside a table, of few entries, with words that nobody knows: they say what letters mean, and are
//! neither tasks nor parties.

use super::{imported, model, named, says};

const TABLE: &str = "Task,Ann,Bob\nPlan,R,A\nRun,A,R\n";
const AS_USUAL: [&str; 2] = ["plan: R Ann, A Bob", "run: A Ann, R Bob"];
const TURNED: [&str; 2] = ["plan: A Ann, R Bob", "run: R Ann, A Bob"];

/// That a file says this of two tasks, has two parties and nothing that was left.
fn reads(name: &str, text: &str, expected: [&str; 2]) {
    assert_eq!(says(name, text, &["plan", "run"]), expected, "{text}");
    let imported = imported(name, text);
    let parties: Vec<String> = model(&imported).model().parties().map(|(_, party)| named(&party.about)).collect();
    assert_eq!((parties.join(", ").as_str(), imported.report.tasks), ("Ann, Bob", 2), "{text}");
    assert!(imported.report.left.is_empty(), "{text}\n{}", imported.report);
}

#[test]
fn a_legend_in_the_cells_of_a_row_is_one_above_and_below_the_table() {
    for sign in [" = ", " - ", ": "] {
        let cells = ["R", "A", "C", "I"].into_iter().zip(["Responsible", "Accountable", "Consulted", "Informed"]);
        let cells: Vec<String> = cells.map(|(letter, word)| format!("{letter}{sign}{word}")).collect();
        let row = format!("{}\n", cells.join(","));
        for text in [format!("{TABLE}{row}"), format!("{TABLE}\n{row}"), format!("{row}{TABLE}"), format!("{row}\n{TABLE}")] {
            reads("t.csv", &text, AS_USUAL);
            reads("t.csv", &text.replace(',', ";"), AS_USUAL);
        }
        let markdown =
            format!("| Task | Ann | Bob |\n|---|---|---|\n| Plan | R | A |\n| Run | A | R |\n| {} |\n", cells.join(" | "));
        reads("t.md", &markdown, AS_USUAL);
        reads("t.csv", &format!("Task,R,A\nPlan,Ann,Bob\nRun,Bob,Ann\n{row}"), AS_USUAL);
    }
}

#[test]
fn heads_that_are_letters_with_their_words_are_no_legend() {
    for corner in ["Task", ""] {
        reads("t.csv", &format!("{corner},R = Responsible,A = Accountable\nPlan,Ann,Bob\nRun,Bob,Ann\n"), AS_USUAL);
    }
}

#[test]
fn a_legend_beside_the_table_is_one() {
    reads("t.csv", "Task,Ann,Bob,,R,Responsible\nPlan,R,A,,A,Accountable\nRun,A,R,,C,Consulted\n", AS_USUAL);
    reads("t.csv", "Task,Ann,Bob,,Legend,\nPlan,R,A,,R,Responsible\nRun,A,R,,A,Accountable\n,,,,I,Informed\n", AS_USUAL);
    reads("t.csv", "Task,Ann,Bob,,R = Responsible\nPlan,R,A,,A = Accountable\nRun,A,R,,I = Informed\n", AS_USUAL);
}

#[test]
fn a_legend_of_two_entries_is_obeyed() {
    let markdown = "| Task | Ann | Bob |\n|---|---|---|\n| Plan | R | A |\n| Run | A | R |\n";
    reads("t.md", &format!("R = Accountable, A = Responsible\n\n{markdown}"), TURNED);
    reads("t.md", &format!("{markdown}\nLegend: R = Accountable; A = Responsible\n"), TURNED);
    reads("t.csv", &format!("{TABLE}\"R = Accountable, A = Responsible\"\n"), TURNED);
    reads("t.csv", &format!("{TABLE}\nR = Accountable,A = Responsible\n"), TURNED);
}

#[test]
fn a_word_of_a_short_legend_that_nobody_knows_is_told() {
    for legend in ["R = Responsible, A = Accountable, I = Implements", "R = Responsible, A = Answers, I = Implements"] {
        let text = format!("{TABLE}Sell,R/A,I\n\n\"{legend}\"\n");
        assert_eq!(says("t.csv", &text, &["sell"]), ["sell: R/A Ann, I Bob"]);
        let remarks: Vec<String> = imported("t.csv", &text).report.remarks.into_iter().map(|remark| remark.text).collect();
        assert_eq!(remarks.len(), legend.matches("Implements").count() + legend.matches("Answers").count(), "{remarks:?}");
        assert!(
            remarks.contains(&"`I` is read as informed; the word for it, `Implements`, is not known".to_owned()),
            "{remarks:?}"
        );
    }
}
