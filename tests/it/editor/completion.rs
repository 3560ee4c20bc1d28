//! What is offered where: keys, names, letters and words, in block and in braces, also where the text is broken.

use rasci::editor::Workspace;

use super::marked;

/// What is offered at the mark, under a document that extends the base.
fn offered(model: &str) -> Vec<String> {
    let (workspace, offset) = marked(&format!("rasci: 1\nid: m\nextends: base.yaml\n{model}"));
    labels(&workspace, offset)
}

fn labels(workspace: &Workspace, offset: usize) -> Vec<String> {
    workspace.complete("/p/model.yaml", offset).items.into_iter().map(|offer| offer.label).collect()
}

#[test]
fn names_are_offered_where_they_are_allowed() {
    const PARTIES: &str = "customer helpdesk vendor";
    let table = [
        ("tasks: { x: { assign: [{ R: | }] } }", "customer helpdesk vendor $operator $manager"),
        ("tasks: { x: { assign: [{ R: [vendor, |", "customer helpdesk $operator $manager"),
        ("tasks: { x: { assign: [{ A/R+: $ma|", "customer helpdesk vendor $operator $manager"),
        ("tasks:\n  x:\n    assign:\n      - R: |\n", "customer helpdesk vendor $operator $manager"),
        (
            "tasks:\n  x:\n    assign:\n      - R:\n          - vendor\n          - |\n",
            "customer helpdesk vendor $operator $manager",
        ),
        ("tasks: { x: { assign: [{ R: \"v|", "customer helpdesk vendor $operator $manager"),
        ("tasks: { x: { assign: [{ towards: |", PARTIES),
        ("assignments:\n- task: |\n", "restore"),
        ("assignments:\n- { component: [|] }\n", "sbc"),
        ("assignments:\n- { when: { priority: | } }\n", "P1 P2"),
        ("assignments:\n- { when: { scenario: [cloud, | ] } }\n", "site"),
        ("assignments:\n- { when: { scenario: { not: |", "cloud site"),
        ("assignments:\n- { source: |", "contract"),
        ("assignments:\n- source: { | }", "contract"),
        ("assignments: [{ force: | }]", "must should may"),
        ("assignments: [{ basis: | }]", "stated inferred"),
        ("parties:\n  x:\n    kind: |\n", "organization team role person"),
        ("parties: { x: { members: [|] } }", "customer helpdesk vendor x"),
        ("parties: { x: { requires: |", "agreement"),
        ("parties: { x: { scope: [|", "sbc"),
        ("parties: { x: { absent: [{ deputy: | }] } }", "customer helpdesk vendor x"),
        ("components: { x: { relations: { manager: |", PARTIES),
        ("relations:\n  manager: |\n", PARTIES),
        ("escalation: { all: [vendor, |", "customer helpdesk"),
        ("tasks: { x: { within: { hours: |", "clock working"),
        ("tasks: { x: { within: [{ time: P3D, hours: |", "clock working"),
        ("flows: { case: { steps: [{ id: more, then: | }] } }", "log close more"),
        ("flows: { case: { steps: [{ id: more, task: |", "restore"),
        ("conventions: { accountable-is-responsible: |", "true false"),
        ("lints: { no-accountable: |", "allow warn deny"),
        ("remove: { parties: |", PARTIES),
        ("remove: { tasks: [|", "restore"),
        ("title: |", ""),
        ("tasks: { x: { title: some |", ""),
        ("parties: { x: { note: |", ""),
        ("# parties: { x: { kind: |", ""),
        ("description: >\n  some |\n", ""),
        ("assignments: [{ id: | }]", ""),
    ];
    for (model, expected) in table {
        let expected: Vec<&str> = expected.split_whitespace().collect();
        assert_eq!(offered(model), expected, "{model}");
    }
}

#[test]
fn keys_are_offered_where_they_are_allowed() {
    const STEP: &str = "title description note source component when then";
    let table = [
        ("parties:\n  x:\n    staff:\n      |\n", "at-least"),
        ("parties: { x: { contact: { | } } }", "email phone url"),
        ("parties: { x: { contact: { email: a, | } } }", "phone url"),
        ("parties:\n  x:\n    contact:\n      email: a\n      |\n", "phone url"),
        ("parties:\n  x:\n    contact:\n      |\n      email: a\n", "phone url"),
        ("parties: { x: { absent: [{ | }] } }", "from until deputy"),
        ("parties:\n  x:\n    absent:\n      - |\n", "from until deputy"),
        ("parties:\n  x:\n    absent:\n      - from: 2026-01-01\n        |\n", "until deputy"),
        ("flows:\n  f:\n    steps:\n      - id: a\n        task: restore\n        |\n", STEP),
        ("tasks: { x: { within: [{ | }] } }", "when time hours"),
        ("tasks: { x: { when: { | } } }", "priority scenario"),
        ("tasks:\n  x:\n    when:\n      |\n", "priority scenario"),
        ("tasks: { x: { when: { priority: { | } } } }", "not"),
        ("tasks:\n  x:\n    source:\n      |\n", "contract"),
        ("tasks:\n  |\n", "restore"),
        ("conventions: { | }", "accountable-is-responsible responsible-is-accountable"),
        ("remove:\n  tasks: []\n  |\n", "components parties assignments"),
        ("context: { | }", "priority scenario"),
        (
            "parties: { x: { kind: team, \"|\" } }",
            "title description note source aliases contact staff requires satisfies absent scope members parties",
        ),
    ];
    for (model, expected) in table {
        let expected: Vec<&str> = expected.split_whitespace().collect();
        assert_eq!(offered(model), expected, "{model}");
    }
}

#[test]
fn an_assignment_offers_letters_and_what_its_place_does_not_imply() {
    let under_task = offered("tasks: { x: { assign: [{ | }] } }");
    assert_eq!(under_task[..4], ["R", "R+", "A", "A+"]);
    assert!(!under_task.contains(&"task".to_owned()) && under_task.contains(&"component".to_owned()));
    let under_component = offered("components:\n  x:\n    assign:\n      - |\n");
    assert!(under_component.contains(&"task".to_owned()) && !under_component.contains(&"component".to_owned()));
    assert_eq!(offered("assignments: [{ A: vendor, | }]").len(), under_task.len());
    assert_eq!(offered("lints: { | }").len(), rasci::document::LINTS.len());
    assert_eq!(offered("lints:\n  |\n").len(), rasci::document::LINTS.len());
    // Letters that are joined by a slash are one key.
    let joined = "A/R A/R+ A/S A/S+ A/C A/C+ A/I A/I+";
    assert_eq!(offered("assignments:\n  - A/|\n").join(" "), joined);
    assert_eq!(offered("tasks: { x: { assign: [{ A/R|: vendor }] } }").join(" "), joined);
    assert_eq!(offered("tasks: { x: { assign: [{ A/S/| }] } }").join(" "), "A/S/R A/S/R+ A/S/C A/S/C+ A/S/I A/S/I+");
    let top = offered("|\ntasks: {}\n");
    assert!(top.contains(&"parties".to_owned()) && !top.contains(&"tasks".to_owned()), "{top:?}");
}

#[test]
fn a_suppression_is_offered_in_a_comment_that_speaks_to_the_program() {
    let lints = rasci::document::LINTS.len();
    for (comment, count) in [
        ("# rasci: allow(no-|", lints),
        ("tasks: {} # rasci: allow(|", lints),
        ("# rasci: allow(no-responsible, |) because so", lints),
        ("# rasci: allow(no-responsible) because |", 0),
        ("# rasci: |", 1),
        ("tasks: {} # rasci: al|", 1),
        ("# rasci:|", 1),
        ("# as rasci allows: |", 0),
        ("rasci: |", 0),
    ] {
        assert_eq!(offered(&format!("{comment}\n")).len(), count, "{comment}");
    }
    assert_eq!(offered("# rasci: |\n"), ["allow"]);
}

#[test]
fn what_is_put_in_fits_what_stands_there() {
    let table = [
        ("parties:\n  x:\n    ki|\n", "kind", "kind: "),
        ("parties:\n  x:\n    ki|: team\n", "kind", "kind"),
        ("par|\n", "parties", "parties:"),
        ("parties: { x: { par| } }", "parties", "parties: "),
        ("parties: { x: { kind: te| } }", "team", "team"),
        ("tasks: { x: { assign: [{ R: $m| }] } }", "$manager", "$manager"),
        ("tasks: { x: { assign: [{ A/| }] } }", "A/R", "A/R: "),
        ("parties: {} # rasci: a|", "allow", "allow("),
        // Whatever stands around the place.
        ("parties:\r\n  x:\r\n    ki|\r\n    title: x\r\n", "kind", "kind: "),
        ("parties:\n  x: { title: \"🙂\", ki| }\n", "kind", "kind: "),
        ("tasks: {\n  x: {\n    ki|\n  }\n}\n", "kind", "kind: "),
        ("tasks: {x: {kind: duty,wi|", "within", "within: "),
        ("parties:\n  x:\n    kind:\tte|\n", "team", "team"),
        ("parties:\n  x:\n    ki| : team\n", "kind", "kind"),
    ];
    for (model, label, insert) in table {
        let (workspace, offset) = marked(&format!("rasci: 1\nid: m\nextends: base.yaml\n{model}"));
        let offers = workspace.complete("/p/model.yaml", offset);
        let offer = offers.items.iter().find(|offer| offer.label == label).unwrap_or_else(|| panic!("{model}"));
        assert_eq!(offer.insert, insert, "{model}");
        assert!(offers.bytes.contains(&(offset - 1)), "{model}");
    }
}

#[test]
fn paths_of_models_are_offered_where_one_is_named() {
    let model = "rasci: 1\nid: m\n";
    let folder = crate::cli::files(&[
        ("base.yaml", model),
        ("variants/one.yaml", ""),
        ("variants/my own.yaml", model),
        ("base.test.yaml", "rasci-test: 1\n"),
        ("compose.yaml", "services: {}\n"),
        (".hidden/base.yaml", model),
        ("target/base.yaml", model),
    ]);
    let folder = folder.path().canonicalize().unwrap();
    let offered = |file: &str, text: &str| {
        let name = folder.join(file).to_string_lossy().into_owned();
        let mut workspace = Workspace::default();
        workspace.open(&name, &text.replacen('|', "", 1));
        let unsaved = folder.join("unsaved.yaml").to_string_lossy().into_owned();
        workspace.open(&unsaved, model);
        let offers = workspace.complete(&name, text.find('|').unwrap());
        offers.items.into_iter().map(|offer| offer.insert).collect::<Vec<_>>()
    };
    let all = ["base.yaml", "unsaved.yaml", "\"variants/my own.yaml\""];
    assert_eq!(offered("model.yaml", "rasci: 1\nextends: |\n"), all);
    assert_eq!(offered("model.yaml", "rasci: 1\nextends: [unsaved.yaml, |"), ["base.yaml", all[2]]);
    assert_eq!(
        offered("model.yaml", "rasci: 1\nextends:\n  - base.yaml\n  - \"|\"\n"),
        ["base.yaml", "unsaved.yaml", "variants/my own.yaml"]
    );
    assert_eq!(
        offered("variants/one.yaml", "rasci: 1\nextends: ../b|\n"),
        ["../base.yaml", "../unsaved.yaml", "\"../variants/my own.yaml\""]
    );
    assert_eq!(offered("variants/one.yaml", "rasci: 1\nextends: |\n"), ["\"my own.yaml\""]);
    assert_eq!(offered("new.test.yaml", "rasci-test: 1\nmodel: |\n"), all);
    for no_path in ["title: |", "extends: { | }", "extends: { base: |"] {
        assert_eq!(offered("model.yaml", &format!("rasci: 1\n{no_path}\n")), [""; 0], "{no_path}");
    }
}

#[test]
fn a_test_file_is_completed_from_its_model() {
    let (mut workspace, _) = marked("rasci: 1\nid: m\nextends: base.yaml\nparties: { users: {} }\n|");
    let table = [
        ("task: |", "restore"),
        ("component: |", "sbc"),
        ("when: { priority: |", "P1 P2"),
        ("expect: { R: |", "customer helpdesk vendor users"),
        ("expect: { R: [users, |", "customer helpdesk vendor"),
        ("holds: { party: |", "customer helpdesk vendor users"),
        ("holds: { letter: |", "R A S C I"),
        ("holds: { how: [|", "named as-member through-part"),
        ("holds: { how: |", "named as-member through-part"),
        ("expect: { |", "R A S C I"),
        ("duties: |", "customer helpdesk vendor users"),
        ("expect: [{ through: |", "customer helpdesk vendor users"),
        ("expect: |", "unassigned nobody not-applicable held not-held depends"),
    ];
    for (test, expected) in table {
        let text = format!("rasci-test: 1\nmodel: model.yaml\ntests:\n  - name: a test\n    {test}");
        let offset = text.find('|').unwrap();
        workspace.open("/p/model.test.yaml", &text.replacen('|', "", 1));
        let offers = workspace.complete("/p/model.test.yaml", offset);
        let labels: Vec<String> = offers.items.into_iter().map(|offer| offer.label).collect();
        assert_eq!(labels.join(" "), expected, "{test}");
    }
}

#[test]
fn names_that_were_known_last_are_offered_while_the_text_is_broken() {
    let mut workspace = Workspace::default();
    let text = "rasci: 1\nid: m\nparties: { ann: {} }\ntasks:\n  work: { assign: [{ R: ann }] }\n";
    workspace.open("/p/model.yaml", text);
    assert!(workspace.outline("/p/model.yaml").is_some_and(|outline| outline.is_complete()));
    // A brace taken out above breaks everything below; and then one types there.
    workspace.change("/p/model.yaml", |text| {
        text.replace(24..25, "[[\"");
        None
    });
    assert!(workspace.outline("/p/model.yaml").is_some_and(|outline| !outline.is_complete()));
    let text = workspace.text("/p/model.yaml").unwrap();
    assert_eq!(labels(&workspace, text.text().find("R: ").unwrap() + 3), ["ann"]);
}
