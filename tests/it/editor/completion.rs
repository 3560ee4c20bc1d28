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
