//! Heads that are words for letters, and rows below the heads that say more of them.

use super::{refused, remarks, says, who_is_there};

#[test]
fn words_for_roles_head_names() {
    for heads in
        ["Responsible,Accountable,To be informed", "Doer (R),Boss (A),Others (I)", "Uitvoerder,Goedkeurder,Te informeren"]
    {
        let text = format!("Task,{heads}\nBuild,Ann,Bob,Carol\nRun,Bob,Ann,Dan\n");
        assert_eq!(
            says("t.csv", &text, &["build", "run"]),
            ["build: R Ann, A Bob, I Carol", "run: A Ann, R Bob, I Dan"],
            "{heads}"
        );
    }
    let nouns = "Aufgabe,Durchführung,Entscheidung,Information\nBuild,Ann,Bob,Carol\nRun,Bob,Ann,\"Dan, Ann, Bob\"\n";
    assert_eq!(says("t.csv", nouns, &["run"]), ["run: A/I Ann, R/I Bob, I Dan"]);
    // What there is to know is no party.
    let note = "Task,Responsible,Accountable,Information\nBuild,Ann,Bob,see the wiki\nRun,Bob,Ann,ask first\n";
    assert_eq!(says("t.csv", note, &["run"]), ["run: A Ann, R Bob"]);
    // Under words with a letter behind them that are parties letters stand.
    let text = "Task,Ann (R),Bob (A),Carol (I)\nBuild,R,A,I\nRun,A,R,\n";
    assert_eq!(says("t.csv", text, &["build"]), ["build: R Ann (R), A Bob (A), I Carol (I)"]);
}

#[test]
fn an_owner_is_what_no_other_head_is_and_alone_is_refused() {
    let text = "Task,Owner,Responsible,Consultant\nBuild,Ann,Bob,Carol\nRun,Bob,Ann,Dan\n";
    assert_eq!(says("t.csv", text, &["build"]), ["build: A Ann, R Bob, C Carol"]);
    assert_eq!(remarks("t.csv", text), ["1:6 `Owner` is read as accountable, which no other head is"]);
    let refusal = refused("t.csv", b"Task,Owner,Support,Consultant\nBuild,Ann,Bob,Carol\nRun,Bob,Ann,Dan\n").to_string();
    assert_eq!(
        refusal,
        "line 1, column 6: `Owner` can be read in two ways, as responsible or as accountable: write `Owner (R)` or `Owner (A)` as the head"
    );
    let lettered = "Task,Owner,Support,Informed\nBuild,R,S,I\nRun,A,R,I\n";
    assert_eq!(says("t.csv", lettered, &["run"]), ["run: I Informed, A Owner, R Support"]);
}

#[test]
fn parties_under_a_word_that_nobody_knows_are_told() {
    let text = "Task,Accountable,Zxy,Informed\nBuild,Ann,Bob,Carol\nRun,Bob,Ann,Dan\n";
    let told = remarks("t.csv", text);
    assert!(told.iter().any(|told| told.starts_with("1:18 `Zxy` is kept as a note, though parties stand below it")), "{told:?}");
}

#[test]
fn a_row_of_names_below_the_heads_turns_nothing_round() {
    for (corner, word) in [("Task", "Person"), ("Task", "Name"), ("", "Person"), ("Activity", "Role")] {
        let text = format!("{corner},Lead,Developer\n{word},Ann,Bob\nBuild,R,A\nRun,A,R\n");
        assert_eq!(says("t.csv", &text, &["build", "run"]), ["build: R Ann, A Bob", "run: A Ann, R Bob"], "{text}");
        assert_eq!(who_is_there("t.csv", &text), "Lead, Ann in Lead, Developer, Bob in Developer", "{text}");
    }
    let text = "Task,Lead,Developer\nTeam,Sales,Board\nBuild,R,A\nRun,A,R\n";
    assert_eq!(says("t.csv", text, &["build"]), ["build: A Developer, R Lead"]);
    assert_eq!(who_is_there("t.csv", text), "Sales, Lead in Sales, Board, Developer in Board");
    // Persons in rows, under two rows of heads, stay persons.
    let lying = ",Phase 1,Phase 1,Phase 2\nRole,Build it,Test it,Run it\nAnn,R,A,R\nBob,A,R,A\n";
    assert_eq!(says("t.csv", lying, &["build-it"]), ["build-it: R Ann, A Bob"]);
}

#[test]
fn short_names_in_a_second_row_of_heads_are_no_letters() {
    let text = "Task,Business,Business,IT,IT,Notes\n,CFO,CIO,Dev,Ops,\nBuild,R,A,I,C,soon\nRun,A,R,C,I,late\n";
    assert_eq!(says("t.csv", text, &["build", "run"]), ["build: R CFO, A CIO, I Dev, C Ops", "run: A CFO, R CIO, C Dev, I Ops"]);
    let codes = "Task,Lead,Board,IT\nTeam,Sales,CIO,SRC\nBuild,R,A,I\nRun,A,R,C\n";
    assert_eq!(says("t.csv", codes, &["build"]), ["build: A Board, I IT, R Lead"]);
    // So are those that read as letters, beside one that does not.
    let first = "Control,CISO,SOC,IT Ops,Legal\nPatch,A,C,R,-\nReport,A,R,S,I\n";
    assert_eq!(says("t.csv", first, &["report"]), ["report: A CISO, S IT Ops, I Legal, R SOC"]);
    // With a task before them they are what they were.
    let row = "Task,Lead,Board\nBuild,RAC,ICS\nRun,A,R\n";
    assert_eq!(says("t.csv", row, &["build"]), ["build: S/C/I Board, R/A/C Lead"]);
}
