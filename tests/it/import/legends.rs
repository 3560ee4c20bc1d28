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

#[test]
fn a_line_alone_explains_a_letter_that_no_dialect_has() {
    let markdown = "| Taak | Ann | Bob |\n|---|---|---|\n| Plan | U | A |\n| Run | A | U |\n";
    reads("t.md", &format!("{markdown}\nU = Uitvoerend\n"), AS_USUAL);
    reads("t.md", &format!("Legenda: U = Uitvoerend\n\n{markdown}"), AS_USUAL);
    let csv = "Taak,Ann,Bob\nPlan,U,A\nRun,A,U\n";
    for legend in ["U = Uitvoerend", "\nU = Uitvoerend", "\nU,Uitvoerend"] {
        reads("t.csv", &format!("{csv}{legend}\n"), AS_USUAL);
    }
    // Two such lines, apart from each other.
    reads(
        "t.md",
        &format!("U = Uitvoerend\n\n{}\nE = Eindverantwoordelijk\n", markdown.replace('A', "E").replace("Enn", "Ann")),
        AS_USUAL,
    );
}

#[test]
fn a_letter_beside_it_whose_word_nobody_knows_is_one_too() {
    let text =
        "| Task | Ann | Bob |\n|---|---|---|\n| Plan | B | U |\n| Run | U | B |\n\n- **U** – Uitvoerend\n- **B** – Backs up\n";
    assert_eq!(says("t.md", text, &["plan"]), ["plan: R Bob"]);
    assert_eq!(imported("t.md", text).report.left.len(), 2);
}

#[test]
fn a_task_that_is_one_letter_is_no_legend() {
    let text = "Task,Ann,Bob\nBuild,Responsible,Accountable\nRun,Accountable,Responsible\nU,Responsible,\n";
    assert_eq!(says("t.csv", text, &["run", "u"]), ["run: A Ann, R Bob", "u: R Ann"]);
}

#[test]
fn two_letters_of_one_meaning_are_told() {
    let text = "Taak,Ann,Bob\nPlan,U,V\nRun,V,U\n\n\"U = Uitvoerend, V = Verantwoordelijk\"\n";
    let told = super::remarks("t.csv", text);
    assert_eq!(told, ["5:1 `V` is read as responsible, as `U` is: their words say the same"]);
}

#[test]
fn words_before_that_of_a_duty_say_no_more_in_a_legend() {
    let text = "Task,Ann,Bob\nPlan,D,A\nRun,A,D\n\nD = Decides\nA = Advises\nI = Is informed\nC = Is consulted\n";
    assert_eq!(says("t.csv", text, &["plan"]), ["plan: A Ann, C Bob"]);
}

#[test]
fn a_line_that_is_no_legend_and_says_another_thing_is_told() {
    let text = "| Task | Ann | Bob |\n|---|---|---|\n| Plan | R | A |\n| Run | A | R |\n\nA = Archives\n";
    assert_eq!(says("t.md", text, &["plan"]), ["plan: R Ann, A Bob"]);
    assert_eq!(
        super::remarks("t.md", text),
        ["6:1 `A = Archives` is not heeded: `A` is read as without it; say it in a word that is known"]
    );
    assert!(super::remarks("t.md", &text.replace("Archives", "Accountable")).is_empty());
}

#[test]
fn marks_alone_are_refused_with_what_to_write() {
    let table = "| Task | Ann | Bob |\n|---|---|---|\n| Plan | ✔ | |\n| Run | | ✔ |\n| Stop | ✔ | |\n";
    let refusal = super::refused("t.md", table.as_bytes()).to_string();
    assert!(refusal.contains("line 3, column 10: `✔` says that somebody holds a letter, and not which"), "{refusal}");
    assert_eq!(says("t.md", &format!("{table}\n✔ = Responsible\n"), &["stop"]), ["stop: R Ann"]);
    super::refused("t.md", format!("{table}\n- ✔ – responsible\n").as_bytes());
}

#[test]
fn a_word_that_nobody_knows_is_named_with_what_to_write() {
    let refusal = super::refused("t.csv", b"Taak,Ann,Bob\nPlan,Z,A\nRun,A,Z\n\nZ = Zingen\n").to_string();
    assert!(
        refusal.contains("line 5, column 1: `Zingen` is no word for a letter that is known: write `Z = Responsible`"),
        "{refusal}"
    );
}
