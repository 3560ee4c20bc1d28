//! What is said of an offer, and what is offered where the text around it is written in unusual ways.

use rasci::editor::Offer;

use super::marked;

/// What is offered at the mark, under a document that extends the base.
fn offers(model: &str) -> Vec<Offer> {
    let (workspace, offset) = marked(&format!("rasci: 1\nid: m\nextends: base.yaml\n{model}"));
    workspace.complete("/p/model.yaml", offset).items
}

#[track_caller]
fn offered(model: &str, expected: &str) {
    let labels: Vec<String> = offers(model).into_iter().map(|offer| offer.label).collect();
    assert_eq!(labels.join(" "), expected, "{model}");
}

/// The offer of this label: what is put in, its detail and what it means.
#[track_caller]
fn offer(model: &str, label: &str) -> (String, Option<String>, Option<String>) {
    let offer = offers(model).into_iter().find(|offer| offer.label == label).unwrap_or_else(|| panic!("`{label}` of {model}"));
    (offer.insert, offer.detail, offer.about)
}

#[test]
fn a_name_is_offered_with_what_is_said_of_it() {
    let parties = "parties:\n  ann: { title: Ann, kind: person, description: Helps. }\n  bob: { kind: person }\n  eve: { title: Eve }\n  \
                   vendor: { title: The vendor, kind: organization, description: Repairs. }\n";
    let model = format!("{parties}assignments: [{{ R: | }}]\n");
    let detail = |label: &str| offer(&model, label).1.unwrap();
    assert_eq!(["ann", "bob", "eve"].map(detail), ["Ann (person)", "person", "Eve"]);
    assert_eq!(offer(&model, "ann").2.as_deref(), Some("Helps."));
    // The base only declares it.
    assert_eq!(offer("assignments: [{ R: | }]\n", "vendor").1.as_deref(), Some("party"));
    let vendor = ("vendor".to_owned(), Some("The vendor (organization)".to_owned()), Some("Repairs.".to_owned()));
    assert_eq!(offer(&model, "vendor"), vendor);
}

#[test]
fn a_key_and_a_lint_are_offered_with_what_they_mean() {
    let (insert, _, about) = offer("parties: { x: { sat| } }", "satisfies");
    assert_eq!((insert.as_str(), about.is_some_and(|about| about.ends_with('.'))), ("satisfies: ", true));
    let (insert, detail, about) = offer("lints: { unu| }", "unused-party");
    assert_eq!((insert.as_str(), detail.as_deref()), ("unused-party: ", Some("warn")));
    let finds = rasci::lint::Lint::named("unused-party").unwrap().finds;
    assert_eq!(about, Some(format!("Finds {finds}.")));
}

#[test]
fn what_follows_a_key_fits_how_its_value_is_written() {
    for (model, label, insert) in [
        ("tasks:\n  x:\n    ass|\n", "assign", "assign:"),
        ("tasks:\n  res|\n", "restore", "restore:"),
        ("tasks: { res| }\n", "restore", "restore: "),
        ("parties: { x: { \"ki|\" } }", "kind", "kind"),
        ("tasks: { x: { assign: [{ R+| }] } }", "R+", "R+: "),
    ] {
        assert_eq!(offer(model, label).0, insert, "{model}");
    }
}

#[test]
fn what_is_declared_here_is_no_offer() {
    offered("assignments: [{ id: first, R: vendor }, { id: | }]", "");
    offered("context: { priority: [|] }", "");
    // Of the entries of other documents, that can be extended here, those are offered that are not here already.
    offered("tasks:\n  own: { tasks: { part: {} } }\n  |\n", "restore");
    offered("tasks:\n  restore: {}\n  |\n", "");
}

#[test]
fn more_places_take_names() {
    offered("assignments: [{ source: [|] }]", "contract");
    offered("assignments: [{ Q/| }]", "R R+ A A+ S S+ C C+ I I+ id task component when force basis source towards note");
    offered("assignments:\n- A: vendor\n  when: { | }", "priority scenario");
}

#[test]
fn keys_that_stand_beside_it_already_are_not_offered_again() {
    let contact = |lines: &str| format!("parties:\n  x:\n    contact:\n{lines}");
    offered(&contact("      email: a\n\n      |\n"), "phone url");
    offered(&contact("      email: a\n# not yet\n      |\n"), "phone url");
    offered(&contact("      email: a\n      |\n\n      url: b\n"), "phone");
    let absent =
        |lines: &str| format!("parties:\n  x:\n    absent:\n      - from: 2026-01-01\n        until: 2026-01-02\n{lines}");
    // Those of other items stand beside nothing.
    offered(&absent("      - deputy: x\n        |\n"), "from until");
    offered(&absent("      - |\n"), "from until deputy");
    offered(&absent("        |\n      - deputy: x\n"), "deputy");
}

#[test]
fn keys_are_offered_whatever_stands_above() {
    const CONTACT: &str = "email phone url";
    for model in [
        // Comments hide what stands in them.
        "parties:\n  x:\n    contact:\n# a remark\n      |\n",
        "parties: { x: { # [not yet\n    contact: { |",
        "parties: { x: { # all\n    title: x, contact: { |",
        // Brackets in texts are none, nor is an apostrophe a quote.
        "parties: { x: { title: \"a [b\", contact: { |",
        "parties: { x: { title: Ann's, contact: { |",
        "parties: { x: { aliases: [a, b], contact: { |",
        // What was opened in brackets is closed again, whatever the indentation.
        "parties: { x: { absent: [{\n          from: 2026-01-01 }],\n    contact: { |",
        "parties: { x: { absent: [{\n          from: 2026-01-01 }], contact: {\n  |",
    ] {
        offered(model, CONTACT);
    }
    // Nor does what is broken in between matter, where a bracket in the line of the item is closed, or none.
    for item in ["title: \"a [b\"", "title: a # [b", "aliases: [b]"] {
        offered(&format!("parties:\n  x:\n    absent:\n      - {item}\n        note: [c\n        |\n"), "from until deputy");
    }
    let first = |model: &str| offers(model).into_iter().next().map(|offer| offer.label);
    assert_eq!(first("assignments:\n-\n  |\n").as_deref(), Some("R"));
    assert_eq!(first("assignments:\n- A: vendor\n  |\n").as_deref(), Some("R"));
}
