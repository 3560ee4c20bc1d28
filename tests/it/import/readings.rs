//! What stands in rows and cells: numbers that end groups, lines that part rows, several names in one cell, marks and pictures.

use super::{imported, model, remarks, says, who_is_there};

#[test]
fn a_number_ends_the_group_that_it_does_not_start_with() {
    for text in [
        "WBS,Task,Ann,Bob\n1,Plan,,\n1.1,Build,R,A\n1.2,Test,R,A\n2,Run,A,R\n",
        "Task,Ann,Bob\n1 Plan,,\n1.1 Build,R,A\n1.2 Test,R,A\n2 Run,A,R\n",
    ] {
        let policy = model(&imported("t.csv", text));
        let parents: Vec<String> = policy
            .model()
            .tasks()
            .map(|(_, task)| task.parent.map_or_else(String::new, |parent| policy.model().task(parent).about.id.to_string()))
            .collect();
        assert_eq!(parents, ["", "plan", "plan", ""], "{text}");
    }
    // Numbers that run through the groups end none.
    let through = "No,Task,Ann,Bob\n,Plan,,\n1,Build,R,A\n,Go,,\n2,Run,A,R\n3,Stop,A,R\n";
    assert!(imported("t.csv", through).text.contains("  go:\n    title: Go\n    tasks:\n      run:"));
}

#[test]
fn ids_without_a_letter_are_numbers_as_they_stand() {
    let text = imported("t.csv", "Task ID,Task,Ann,Bob\n1.2.3,Build,R,A\n1.2.4,Run,A,R\n").text;
    assert!(text.contains("  build:\n    title: Build\n    aliases: [1.2.3]\n"), "{text}");
}

#[test]
fn steps_that_are_numbered_number_what_stands_beside_them() {
    let text = imported("t.csv", "Step,What,R,A\n1,Request,Ann,Bob\n2a,Order,Bob,Ann\n").text;
    assert!(text.contains("  order:\n    title: Order\n    aliases: [2a]\n"), "{text}");
}

#[test]
fn what_heads_rows_that_count_is_no_task() {
    let imported = imported("t.csv", "Task,Ann,Bob\nBuild,R,A\nRun,A,R\nTotals,,\nA,1,1\nR,1,1\n");
    assert_eq!((imported.report.tasks, imported.report.left.len()), (2, 3), "{}", imported.text);
}

#[test]
fn a_row_of_lines_is_no_task() {
    for line in ["---,---,---", "===,===,===", "---,,", "-,-,-", "____,,"] {
        let text = format!("Task,Ann,Bob\nBuild,R,A\n{line}\nRun,A,R\n");
        let imported = imported("t.csv", &text);
        assert_eq!((imported.report.tasks, imported.report.left.len()), (2, 0), "{text}\n{}", imported.text);
    }
}

#[test]
fn a_cell_of_a_row_for_each_letter_names_several_where_each_is_known() {
    for who in ["Ann, Bob", "Ann and Bob", "Ann/Bob", "Ann; Bob", "Ann & Bob"] {
        let text = format!("Task,Role,RACI\nBuild,\"{who}\",R\nBuild,Eve,A\nRun,Ann,R\nRun,Bob,A\n");
        assert_eq!(says("t.csv", &text, &["build", "run"]), ["build: R Ann, R Bob, A Eve", "run: R Ann, A Bob"], "{who}");
        assert!(remarks("t.csv", &text).is_empty(), "{who}");
    }
    let told = |who: &str| {
        let text = format!("Task,Role,RACI\nBuild,\"{who}\",R\nBuild,Eve,A\nRun,\"{who}\",R\nRun,Ann,A\n");
        (who_is_there("t.csv", &text), remarks("t.csv", &text))
    };
    assert_eq!(told("R&D"), ("R&D, Eve, Ann".to_owned(), Vec::new()));
    let (parties, remarks) = told("Legal, Risk and Compliance");
    assert_eq!(parties, "Legal, Risk and Compliance, Eve, Ann");
    assert!(remarks[0].contains("is taken for one party: where it is several"), "{remarks:?}");
    let (_, remarks) = told("Ann and Zoe");
    assert!(remarks[0].contains("`Ann and Zoe` is taken for one party: where it is several"), "{remarks:?}");
    let (parties, remarks) = told("Ann, Zoe");
    assert_eq!(parties, "Ann, Zoe, Eve");
    assert!(remarks[0].contains("`Ann, Zoe` is taken for 2 parties: `Ann`, `Zoe`"), "{remarks:?}");
    // Nobody tells of a name that a table of names has as it stands.
    let named = "| Code | Role |\n|---|---|\n| LRC | Legal, Risk and Compliance |\n\n| Task | Who | RACI |\n|---|---|---|\n| Build | Legal, Risk and Compliance | R |\n| Build | Eve | A |\n";
    assert_eq!(
        (who_is_there("t.md", named), super::remarks("t.md", named)),
        ("Legal, Risk and Compliance, Eve".to_owned(), Vec::new())
    );
}

#[test]
fn names_under_letters_are_known_from_the_whole_table() {
    let text = "Task,R,A\nBuild,\"Legal, Risk and Compliance\",Ann/Bob\nRun,Ann and Bob,R&D\nGo,Ann,Bob\n";
    let expected = ["build: A Ann, A Bob, R Legal, R Risk and Compliance", "run: R Ann, R Bob, A R&D"];
    assert_eq!(says("t.csv", text, &["build", "run"]), expected);
    assert_eq!(remarks("t.csv", text), ["2:7 `Risk and Compliance` is taken for one party, and what stands before it for 1"]);
}

#[test]
fn maps_of_parties_are_read_as_what_stands_over_them_says() {
    let maps = "  Developer: { Build: R, Run: A }\n  Operations: { Build: A, Run: R }\n";
    let expected = ["build: R Developer, A Operations", "run: A Developer, R Operations"];
    assert_eq!(says("t.yaml", &format!("roles:\n{maps}"), &["build", "run"]), expected);
    let json = "{\"Ann\": {\"Build\": \"R\", \"Run\": \"A\"}, \"Bob\": {\"Build\": \"A\", \"Run\": \"R\"}}";
    assert!(remarks("t.json", json)[0].starts_with("1:2 nothing says whether this key and those beside it are tasks or parties"));
    let tasks = "tasks:\n  Build: { Ann: R, Bob: A }\n  Run: { Ann: A, Bob: R }\n";
    assert_eq!((says("t.yaml", tasks, &["build"])[0].as_str(), remarks("t.yaml", tasks).len()), ("build: R Ann, A Bob", 0));
}

#[test]
fn a_mark_behind_the_first_of_two_letters_is_a_footnote() {
    let text = "Task,Ann,Bob\nBuild,R*/A,I\nRun,\"R†, A¹\",I\n\n* only in winter\n† at night\n¹ on call\n";
    let imported = imported("t.csv", text);
    assert!(imported.text.contains("note: \"Ann: R*/A (only in winter)\""), "{}", imported.text);
    assert!(imported.text.contains("(at night; on call)"), "{}", imported.text);
    assert!(imported.report.left.is_empty(), "{}", imported.report);
    // Stars around a letter are bold.
    assert!(!super::imported("t.csv", "Task,Ann,Bob\nBuild,**R**/A,I\nRun,A/**R**,I\n").text.contains("note"));
}

#[test]
fn a_picture_says_what_stands_for_it() {
    let cell = |inner: &str| format!("<td>{inner}</td>");
    let row = |task: &str, a: &str, b: &str| format!("<tr>{}{}{}</tr>", cell(task), cell(a), cell(b));
    let (r, tick) = ("<img src='r.png' alt='R'>", "<img alt='(a smile)'>");
    let html =
        format!("<table>{}{}{}</table>", row("Task", "Ann", "Bob"), row(&format!("Build{tick}"), r, "A"), row("Run", "A", r));
    assert_eq!(says("t.html", &html, &["build", "run"]), ["build: R Ann, A Bob", "run: A Ann, R Bob"]);
    // Beside a text it is an ornament.
    assert_eq!(says("t.html", &html.replace("(a smile)", "A"), &["build"]), ["build: R Ann, A Bob"]);
}

#[test]
fn signs_that_a_legend_explains_are_letters() {
    let table = "| Task | Ann | Bob |\n|---|---|---|\n| Build | ● | ○ |\n| Run | ○/▲ | ● |\n";
    let legend = "● = Responsible, ○ = Informed, ▲ = Accountable";
    for text in [format!("{table}\n{legend}\n"), format!("Legend: {legend}\n\n{table}")] {
        assert_eq!(says("t.md", &text, &["build", "run"]), ["build: R Ann, I Bob", "run: A/I Ann, R Bob"], "{text}");
        assert_eq!(remarks("t.md", &text).len(), 3, "{text}");
    }
}

#[test]
fn words_for_colours_are_letters_where_they_fill_cells() {
    let text = "Task,Ann,Bob\nBuild,green,yellow\nRun,yellow,green\n\ngreen = Responsible\nyellow = Informed\n";
    assert_eq!(says("t.csv", text, &["build"]), ["build: R Ann, I Bob"]);
    assert!(imported("t.csv", text).report.left.is_empty());
    // Of the name of a team such a line says who that is.
    let team = "Task,R,A\nBuild,SUP,CON\nRun,CON,SUP\n\nSUP = Support\nCON = Consulting\n";
    assert_eq!(says("t.csv", team, &["build"]), ["build: A CON, R SUP"]);
}

#[test]
fn what_is_bold_over_a_list_is_its_task() {
    let text = "**Build**\n\n- R: Ann\n- A: Bob\n\n**Run:**\n\n- R: Bob\n- A: Ann\n";
    assert_eq!(says("t.md", text, &["build", "run"]), ["build: R Ann, A Bob", "run: A Ann, R Bob"]);
}

#[test]
fn numbers_behind_one_letter_are_codes() {
    let text = "Task,Sprint,Ann,Bob\nBuild,S1,R,A\nRun,S2,A,R\nGo,S1,A,R\n";
    assert_eq!(says("t.csv", text, &["go"]), ["go: A Ann, R Bob"]);
    assert!(imported("t.csv", text).text.contains("note: \"Sprint: S1\""));
    let told = "1:6 `Sprint` is kept as a note: what stands below it is read as codes, and not as letters";
    assert_eq!(remarks("t.csv", text), [told]);
    // Where all letters have one, it is of the letters.
    assert_eq!(says("t.csv", "Task,Ann,Bob\nBuild,R1,A1\nRun,R2,A2\nGo,R1,A2\n", &["go"]), ["go: R Ann, A Bob"]);
}

#[test]
fn a_first_row_without_a_task_is_told() {
    let text = "Task,Project lead,Dev lead\n,RA,CS\nRun,A,R\nBuild,A,R\n";
    assert_eq!(remarks("t.csv", text), ["2:2 the row names no task, and is a task of its own"]);
}
