//! The forms of tables: which way round, which columns, groups, several tables, legends and names.

use super::{held, imported, model, says};
use rasci::import::{Form, Options, import};

#[test]
fn letters_under_parties() {
    let table = "| Task | Dev | Ops |\n|---|---|---|\n| Build | A/R | |\n| Run | C | **A**, R |\n";
    assert_eq!(says("t.md", table, &["build", "run"]), ["build: R/A Dev", "run: C Dev, R/A Ops"]);
}

#[test]
fn names_under_letters() {
    let table = "Activity,Responsible,Accountable,Consulted,Informed,Notes\n\
                 Intake,<security engineer (R)>,<owner (A)>,risk owner; legal,–,first\n\
                 Review,\"legal, risk owner\",owner,,security engineer,\n";
    assert_eq!(
        says("t.csv", table, &["intake", "review"]),
        [
            "intake: C legal, A owner, C risk owner, R security engineer",
            "review: R legal, A owner, R risk owner, I security engineer"
        ]
    );
    let imported = imported("t.csv", table);
    assert_eq!(imported.report.tables[0].form, Form::Inverted);
    assert!(imported.text.contains("note: first"));
}

#[test]
fn two_names_beside_a_slash_are_two_only_where_both_are_known() {
    let table = "Task,R,A\nBuild,Dev/Ops,Lead\nRun,Dev,Lead\nPatch,Ops,UX/UI designer\nPlan,Dev and Ops,Lead\n";
    assert_eq!(
        says("t.csv", table, &["build", "patch", "plan"]),
        ["build: R Dev/Ops, A Lead", "patch: R Ops, A UX/UI designer", "plan: R Dev, A Lead, R Ops"]
    );
}

#[test]
fn a_row_for_each_letter() {
    let table = "group,task_id,task,role_id,role,raci\nBuild,b-1-code,Write the code,dev,Developer,R\n\
                 Build,b-1-code,Write the code,lead,Team lead,A\nRun,r-1-run,Run the service,dev,Developer,A\nRun,r-1-run,Run the service,dev,Developer,R\n";
    assert_eq!(says("t.csv", table, &["b-1-code", "r-1-run"]), ["b-1-code: R Developer, A Team lead", "r-1-run: R/A Developer"]);
    let imported = imported("t.csv", table);
    assert_eq!((imported.report.tables[0].form, imported.report.tasks), (Form::Long, 2));
    assert!(imported.text.contains("  build:\n    title: Build\n    tasks:\n"), "{}", imported.text);
    assert!(imported.text.contains("lead: { title: Team lead }"));
}

#[test]
fn parties_beside_and_tasks_over_letters() {
    let table = "Role,Define the scope,Build the system\nSponsor,A,I\nManager,R,A\nDeveloper,C,R\n";
    let imported = imported("t.csv", table);
    assert_eq!(imported.report.tables[0].form, Form::Transposed);
    assert_eq!(held(&model(&imported), "define-the-scope"), "C Developer, R Manager, A Sponsor");
}

#[test]
fn groups_phases_and_numbers() {
    let table = "#,Phase,Task,Dev,Ops\n1,Build,Write,A/R,I\n2,,Test,R,A\n3,Run,Watch,I,A/R\n";
    let text = imported("t.csv", table).text;
    assert!(
        text.contains("build:\n    title: Build\n    tasks:\n      write:\n        title: Write\n        aliases: [1]\n"),
        "{text}"
    );
    assert!(text.contains("run:\n    title: Run\n    tasks:\n      watch:"), "{text}");
    let short = "| Task | Dev | Ops |\n|---|---|---|\n| **Build** |\n| Write | A/R | I |\n| **Run** |\n| Watch | I | A/R |\n";
    let text = imported("t.md", short).text;
    assert!(text.contains("  build:\n    title: Build\n    tasks:\n      write:"), "{text}");
    assert!(text.contains("  run:\n    title: Run\n    tasks:\n      watch:"), "{text}");
}

#[test]
fn a_row_without_letters_in_a_table_with_blanks_is_a_task() {
    let table = "| | Dev | Ops |\n|---|---|---|\n| Write | R | |\n| Tune (not supported) | | |\n| Watch | | R |\n";
    let imported = imported("t.md", table);
    assert_eq!(imported.report.tasks, 3);
    assert!(imported.text.contains("  tune-not-supported:\n    title: Tune (not supported)\n    source:"), "{}", imported.text);
}

#[test]
fn several_tables_with_parties_of_their_own() {
    let table = "# All\n## Build\n\n| Task | Dev | Lead |\n|---|---|---|\n| Review | R | A |\n\n## Run\n\n| Task | Ops | Dev |\n|---|---|---|\n| Review | A/R | I |\n";
    let imported = imported("t.md", table);
    let policy = model(&imported);
    assert_eq!(held(&policy, "review"), "R Dev, A Lead");
    assert_eq!(held(&policy, "run-review"), "I Dev, R/A Ops");
    assert!(imported.text.contains("title: All\n"));
    assert_eq!(imported.report.parties, 3);
}

#[test]
fn two_tables_side_by_side() {
    let table = "Task,PM,Dev,,Task,Ops,Sec\nPlan,A/R,C,,Patch,A/R,C\nBuild,A,R,,Audit,I,A/R\n";
    assert_eq!(
        says("t.csv", table, &["plan", "build", "patch", "audit"]),
        ["plan: R/A PM, C Dev", "build: A PM, R Dev", "patch: R/A Ops, C Sec", "audit: I Ops, R/A Sec"]
            .map(|line| {
                let (task, held) = line.split_once(": ").unwrap();
                let mut held: Vec<&str> = held.split(", ").collect();
                held.sort_by_key(|one| one.split_once(' ').unwrap().1.to_owned());
                format!("{task}: {}", held.join(", "))
            })
            .to_vec()
    );
}

#[test]
fn merged_cells_and_heads_over_heads() {
    let table = "<table><tr><th rowspan=2>Task</th><th colspan=2>Customer</th><th>Vendor</th></tr><tr><th>Board</th><th>IT</th><th>PM</th></tr>\
                 <tr><td colspan=4>Phase one</td></tr><tr><td>Roll out<td>A<td>C<td>R<tr><td>Train<td>I<td colspan=2>A/R</table>";
    let imported = imported("t.html", table);
    let policy = model(&imported);
    assert_eq!(held(&policy, "roll-out"), "A Board, C IT, R PM");
    assert_eq!(held(&policy, "train"), "I Board, R/A IT, R/A PM");
    assert!(
        imported.text.contains("  customer:\n    title: Customer\n    parties:\n      board: { title: Board }"),
        "{}",
        imported.text
    );
    assert!(imported.text.contains("  phase-one:\n    title: Phase one\n    tasks:"), "{}", imported.text);
}

#[test]
fn names_of_parties_are_joined_and_what_is_said_of_them() {
    let table = "| Code | Role | Area |\n|---|---|---|\n| PM | Project manager | All of it |\n| TL | Tech lead | Code |\n\n\
                 | Task | PM | TL |\n|---|---|---|\n| Plan | A/R | C |\n| Build | A | R |\n";
    let imported = imported("t.md", table);
    let line = "  project-manager: { title: Project manager, aliases: [PM], description: \"Area: All of it\" }\n";
    assert!(imported.text.contains(line), "{}", imported.text);
    assert!(imported.report.left.is_empty(), "{}", imported.report);
    assert!(model(&imported).party("PM").is_ok());
}

#[test]
fn limits_and_notes() {
    let table = "Task;Dev;Ops;SLA;Remarks;Tool\nBuild;A/R;I;5 days;by hand;make\nRun;I;A/R;-;;\n";
    let text = imported("t.csv", table).text;
    assert!(text.contains("    note: |-\n      by hand\n      Tool: make\n    within: 5 days\n"), "{text}");
}

#[test]
fn a_legend_says_what_the_letters_mean() {
    let table = "D = Driver, A = Approver, C = Contributor, I = Informed\n\n| Task | Dev | Lead |\n|---|---|---|\n| Build | D | A |\n| Run | C, I | D |\n";
    assert_eq!(says("t.md", table, &["build", "run"]), ["build: R Dev, A Lead", "run: C/I Dev, R Lead"]);
    assert_eq!(imported("t.md", table).report.dialect, "DACI");
    let options = Options { dialect: rasci::import::Dialect::named("raci-vs"), ..Options::default() };
    let vs = import("t.csv", b"Task,Dev,QA\nBuild,R,V\nShip,A,S\n", &options).unwrap();
    assert_eq!(vs.report.left.iter().map(|left| left.text.as_str()).collect::<Vec<_>>(), ["V", "S"]);
}

#[test]
fn tasks_that_start_as_a_legend_does_are_tasks() {
    let table = "Activity,CS,End users\nApprove users,A/R,I\nApprove release 2.0,I,A/R\nInform the desk,A/R,R\n";
    assert_eq!(
        says("t.csv", table, &["approve-users", "inform-the-desk"]),
        ["approve-users: R/A CS, I End users", "inform-the-desk: R/A CS, R End users"]
    );
}

#[test]
fn plain_shapes_of_json_and_yaml() {
    let shapes = [
        ("a.json", r#"[{"task": "Build", "Dev": "R", "Lead": "A"}, {"task": "Run", "Dev": "I", "Lead": "A/R"}]"#),
        (
            "b.json",
            r#"[{"task": "Build", "responsible": ["Dev"], "accountable": "Lead"}, {"task": "Run", "responsible": "Lead", "accountable": "Lead"}]"#,
        ),
        ("c.json", r#"{"Build": {"Dev": "R", "Lead": "A"}, "Run": {"Lead": "A/R"}}"#),
        ("d.json", r#"{"Build": {"R": ["Dev"], "A": ["Lead"]}, "Run": {"R": ["Lead"], "A": ["Lead"]}}"#),
        (
            "e.json",
            r#"{"rows": [{"task": "Build", "role": "Dev", "raci": "R"}, {"task": "Build", "role": "Lead", "raci": "A"}]}"#,
        ),
        ("f.yaml", "tasks:\n  - { name: Build, raci: { Dev: R, Lead: A } }\n  - { name: Run, raci: { Lead: A/R } }\n"),
        ("g.yaml", "Build: { Dev: R, Lead: A }\nRun: { Dev: I, Lead: [A, R] }\n"),
        ("h.json", "[\n\t[\"Task\", \"Dev\", \"Lead\"],\n\t[\"Build\", \"R\", \"A\"],\n\t[\"Run\", \"I\", \"A/R\"]\n]"),
    ];
    for (name, text) in shapes {
        assert_eq!(says(name, text, &["build"]), ["build: R Dev, A Lead"], "{name}");
    }
}

#[test]
fn parties_called_as_letters_are_no_heads_under_letters() {
    let heads = "Task,Responsible,Accountable,Informed";
    let table = format!("{heads}\nAnswer calls,Support,Approvals,Ann\nGrant,Approvals,Support,Ann\nEnd,Ann,Support,\n");
    assert_eq!(
        says("t.csv", &table, &["answer-calls", "grant", "end"]),
        ["answer-calls: I Ann, A Approvals, R Support", "grant: I Ann, R Approvals, A Support", "end: R Ann, A Support"]
    );
    // The words of the heads are no parties, and neither are others beside a word for tasks.
    for anew in ["Phase 2,Responsible,Accountable,Informed", "Activity,Does it,Approver,Informed"] {
        let table = format!("{heads}\nGrant,Ann,Bob,Cid\n{anew}\nEnd,Bob,Ann,Cid\n");
        assert_eq!(says("t.csv", &table, &["grant"]), ["grant: R Ann, A Bob, I Cid"], "{anew}");
        assert!(!imported("t.csv", &table).text.contains("Informed"), "{anew}");
    }
}
