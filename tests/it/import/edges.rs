//! What stands at the edges of tables: cells beyond the header, titles of several cells, cells merged downwards, numbers that
//! stand twice, tables in code that are none of Markdown's.

use rust_xlsxwriter::{Format, Workbook};

use super::workbooks::read;
use super::{held, imported, model, refused, says};

#[test]
fn cells_beyond_the_columns_of_the_header_are_kept() {
    let imported = imported("t.md", "| Task | Dev | Ops |\n|---|---|---|\n| Build | R | A | by hand |\n| Run | A | R |\n");
    assert_eq!(imported.report.filled(), 10);
    assert!(imported.text.contains("note: by hand"), "{}\n{}", imported.report, imported.text);
}

#[test]
fn an_html_table_in_a_block_of_code_is_none() {
    let table = "```html\n<table><tr><td>Task</td><td>Ann</td><td>Bob</td></tr><tr><td>Cook</td><td>R</td><td>A</td></tr></table>\n```\n\n\
                 | Task | Dev | Ops |\n|---|---|---|\n| Build | R | A |\n";
    let imported = imported("t.md", table);
    assert_eq!((imported.report.tables.len(), imported.report.parties, imported.report.filled()), (1, 2, 6));
}

#[test]
fn a_letter_that_is_merged_over_rows_is_held_for_each_of_them() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("RACI").unwrap();
    for (row, texts) in [["Task", "Dev", "Ops"], ["Build", "", "A"], ["Run", "", "C"]].into_iter().enumerate() {
        for (column, text) in texts.into_iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            sheet.write(u32::try_from(row).unwrap(), u16::try_from(column).unwrap(), text).unwrap();
        }
    }
    sheet.merge_range(1, 1, 2, 1, "R", &Format::new()).unwrap();
    let imported = read("t.xlsx", &book.save_to_buffer().unwrap());
    let policy = model(&imported);
    assert_eq!([held(&policy, "build"), held(&policy, "run")], ["R Dev, A Ops", "R Dev, C Ops"]);
    assert_eq!(imported.report.filled(), 8);
}

#[test]
fn a_number_that_stands_twice_is_no_name() {
    let text = imported("t.csv", "#,Task,Dev,Ops\n1,Build,R,A\n1,Run,A,R\n2,Ship,R,A\n").text;
    assert_eq!(text.matches("aliases:").count(), 1, "{text}");
    assert!(text.contains("aliases: [2]") && text.matches("description: Number 1").count() == 2, "{text}");
}

#[test]
fn a_title_of_several_cells_heads_no_letters_beside_names() {
    let table = "RACI,Version 1.2\n,Build,Run\nR,Dev,Ops\nA,Lead,Lead\n";
    assert_eq!(says("t.csv", table, &["build", "run"]), ["build: R Dev, A Lead", "run: A Lead, R Ops"]);
    let left: Vec<String> = imported("t.csv", table).report.left.into_iter().map(|left| left.text).collect();
    assert_eq!(left, ["RACI | Version 1.2"]);
}

#[test]
fn letters_beside_texts_under_a_title_are_a_role_where_one_stands_twice_and_else_refused() {
    let role = imported("t.csv", "Developer,\nR,Build\nA,Plan\nR,Test\n");
    assert_eq!(held(&model(&role), "test"), "R Developer");
    assert_eq!(role.report.remarks[0].text, "`Developer` is taken for the party that holds the letters below it");
    refused("t.csv", b"Deploy,\nR,Dev\nA,Lead\n");
}

#[test]
fn what_stands_in_brackets_beside_a_name_parts_none() {
    let table = "Task,R,A\nBuild,\"Dev (front, back), QA\",Lead\nRun,QA,Lead\n";
    assert_eq!(says("t.csv", table, &["build"]), ["build: R Dev (front, back), A Lead, R QA"]);
}

#[test]
fn where_a_task_stands_again_with_another_party_each_row_is_a_letter() {
    let table = "Task,Role,How\nBuild,Dev,R\nBuild,Lead,A\nRun,Ops,R\n";
    assert_eq!(says("t.csv", table, &["build", "run"]), ["build: R Dev, A Lead", "run: R Ops"]);
    let remarks: Vec<String> = imported("t.csv", table).report.remarks.into_iter().map(|remark| remark.text).collect();
    assert_eq!(remarks, ["`How` is taken for the head of the letters of those beside it"]);
    // Where each stands once, the letters are of one party beside a column of owners.
    let table = "Task,Owner,Dev,Ops\nBuild,Ann,R,A\nRun,Ann,C,A/R\n";
    assert_eq!(says("t.csv", table, &["build"]), ["build: R Dev, A Ops"]);
}

#[test]
fn a_text_over_all_columns_at_the_end_is_no_task() {
    let row = |cells: &str| format!("<tr>{cells}</tr>");
    let table = [
        row("<td>Task</td><td>Dev</td><td>Ops</td>"),
        row("<td>Build</td><td>R</td><td>A</td>"),
        row("<td>Run</td><td>C</td><td>A</td>"),
        row("<td colspan=3>Last changed in May</td>"),
    ];
    let imported = imported("t.html", &format!("<table>{}</table>", table.concat()));
    assert_eq!((imported.report.tasks, imported.report.left[0].text.as_str()), (2, "Last changed in May"));
    assert!(!imported.text.contains("May"), "{}", imported.text);
}

#[test]
fn letters_with_words_under_letters_are_no_names() {
    refused("t.csv", b"Review,A,C,R\nRelease,R (soon),A if asked,C (late)\nAudit,A (at first),R if asked,C (late)\n");
}

#[test]
fn a_group_of_one_name_stands_once_in_each_table() {
    let table = |title: &str, task: &str| {
        format!(
            "## {title}\n\n| Phase | Task | Dev | Ops |\n|---|---|---|---|\n| Begin | {task} | R | A |\n| | Test {task} | R | A |\n| End | Ship {task} | A | R |\n\n"
        )
    };
    let text = imported("t.md", &(table("One", "this") + &table("Two", "that"))).text;
    assert_eq!((text.matches("title: Begin").count(), text.matches("title: End").count()), (2, 2), "{text}");
}

/// What a file says of its parties, its tasks and what was left, in a line each.
fn told(name: &str, text: &str) -> String {
    let imported = imported(name, text);
    let policy = model(&imported);
    let parties: Vec<String> = policy.model().parties().map(|(_, party)| super::named(&party.about)).collect();
    let left: Vec<String> = imported.report.left.iter().map(|left| left.text.clone()).collect();
    format!("{}; left: {}", parties.join(", "), left.join(", "))
}

#[test]
fn a_row_of_texts_among_letters_is_a_task_with_texts() {
    let texts = ["external,Vendor", "see wiki,see wiki", "pending,pending", "x,x", "1,2", "✓,✓", "2024-01-02,soon"];
    for texts in texts {
        let row = format!("Run,{texts}\n");
        let among = format!("Task,Ann,Bob\nPlan,R,A\n{row}End,R,A\nFin,A,R\n");
        let first = format!("Task,Ann,Bob\n{row}Plan,R,A\nEnd,R,A\nFin,A,R\n");
        for table in [among, first] {
            let tasks = says("t.csv", &table, &["plan", "run", "end", "fin"]);
            assert_eq!(tasks, ["plan: R Ann, A Bob", "run: ", "end: R Ann, A Bob", "fin: A Ann, R Bob"], "{table}");
            assert_eq!(told("t.csv", &table), format!("Ann, Bob; left: {}", texts.replace(',', ", ")), "{table}");
            assert!(imported("t.csv", &table).text.contains(&format!("Ann: {}", texts.split(',').next().unwrap())));
        }
    }
}

#[test]
fn a_row_that_begins_as_heads_do_or_stands_apart_heads_other_parties() {
    for head in [
        "Task,Cid,Dora",
        "Activity,Cid,Dora",
        "Process step,Cid,Dora",
        ",Cid,Dora",
        "**Later**,**Cid**,**Dora**",
        "\nLater,Cid,Dora",
    ] {
        let table = format!("Task,Ann,Bob\nPlan,R,A\nRun,R,A\n{head}\nEnd,R,A\nFin,A,R\n");
        assert_eq!(says("t.csv", &table, &["run", "end"]), ["run: R Ann, A Bob", "end: R Cid, A Dora"], "{table}");
    }
}

#[test]
fn who_is_not_known_yet_under_a_letter_is_no_party() {
    let table = "| Task | R | A |\n|---|---|---|\n| Plan | Ann | TBD |\n| Run | ? | Bob |\n| End | n/a | - |\n| Go | nobody | Ann, tbd |\n| Fin | Bob | Ann |\n";
    assert_eq!(told("t.md", table), "Ann, Bob; left: TBD, ?, nobody, Ann, tbd");
    assert_eq!(says("t.md", table, &["plan", "run", "end", "go"]), ["plan: R Ann", "run: A Bob", "end: ", "go: A Ann"]);
    let text = imported("t.md", table).text;
    for note in ["A: TBD", "R: ?", "R: nobody; A: Ann, tbd"] {
        assert!(text.contains(note), "{note} is in no note:\n{text}");
    }
}
