//! Mends as an author meets them: what is left of the text, and where none is offered because something would be lost.

use rasci::document::Level;

use super::{Found, found, mended};

/// The documents by name; the last one is checked.
fn owned(documents: &[(&str, &str)]) -> Vec<(String, String)> {
    documents.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

/// The finding of this name, and the text with its only mend applied; none where no mend is offered.
fn mend(documents: &[(&str, &str)], name: &str) -> Option<String> {
    let documents = owned(documents);
    let found: Found = found(&documents, &[(name.to_owned(), Level::Warn)]);
    let told = found.diagnostics.iter().find(|each| each.name == name).unwrap_or_else(|| panic!("no {name}"));
    assert!(told.mends.len() < 2, "{:?}", told.mends);
    let texts = mended(&found, &documents, told.mends.first()?);
    Some(texts.last().expect("a document").1.clone())
}

/// A model of one task, with these lines before it.
fn with_task(lines: &str) -> String {
    format!("rasci: 1\nid: m\nparties:\n  ann: {{}}\n{lines}tasks: {{ t: {{ assign: [{{ A/R: ann }}] }} }}\n")
}

/// A suppression that is no longer needed goes with its comma, its spaces or its line, and with nothing else.
#[test]
fn what_a_suppression_leaves_behind_is_well_written() {
    let eve = "  eve: {} # rasci: allow(unused-party) because she comes in May\n";
    for (line, left) in [
        ("  # rasci: allow(understaffed) because so\n", ""),
        ("  # of her\n  # rasci: allow(understaffed) because so\n  # and more\n", "  # of her\n  # and more\n"),
        ("  bob: { parties: { ann-b: {} } } # rasci: allow(understaffed) because so\n", "  bob: { parties: { ann-b: {} } }\n"),
        (
            "  bob: {} # rasci: allow(understaffed, unused-party) because so\n",
            "  bob: {} # rasci: allow(unused-party) because so\n",
        ),
        (
            "  bob: {} # rasci: allow(unused-party,  understaffed) because so\n",
            "  bob: {} # rasci: allow(unused-party) because so\n",
        ),
        (
            "  bob: {} # rasci: allow(similar-id, understaffed,unused-party) because so\n",
            "  bob: {} # rasci: allow(understaffed,unused-party) because so\n",
        ),
    ] {
        for end in ["\n", "\r\n"] {
            let text = with_task(&format!("{line}{eve}")).replace('\n', end);
            let expected = with_task(&format!("{left}{eve}")).replace('\n', end);
            assert_eq!(mend(&[("m.yaml", &text)], "unused-suppression").as_deref(), Some(&*expected), "{line}");
        }
    }
}

/// An entry on which another rests is left to the author.
#[test]
fn an_entry_that_others_rest_on_is_not_taken_out() {
    let unused = |lines: &str| mend(&[("m.yaml", &with_task(lines))], "unused-party");
    assert_eq!(unused("  eve: {}\n"), Some(with_task("")));
    assert_eq!(unused("  eve: { title: Eve } # left\n"), Some(with_task("")));
    assert_eq!(unused("  team: { parties: { eve: {} } }\n"), None);
    assert_eq!(unused("  team: { members: [ann, eve] }\n  eve: {}\n"), None);
}

/// An id is written as that of another document only where nobody else can have meant it.
#[test]
fn an_id_that_a_third_document_has_is_not_written_otherwise() {
    let base = "rasci: 1\nid: base\nparties: { helpdesk: {} }\ntasks: { t: { assign: [{ A/R: helpdesk }] } }\n";
    let site = "rasci: 1\nid: site\nextends: base.yaml\nparties: { help-desk: {} }\nassignments: [{ S: help-desk }]\n";
    let both = |base: &str, site: &str| mend(&[("base.yaml", base), ("site.yaml", site)], "similar-id");
    assert_eq!(both(base, site), Some(site.replace("help-desk", "helpdesk")));
    // Where both stand in one document, they are two.
    assert_eq!(both(base, &site.replace("help-desk: {}", "help-desk: {}, helpdesk: { title: The old one }")), None);
    assert_eq!(both(&base.replace("id: base", "id: base\nnote: not the help-desk"), site), None);
}

/// A letter that would be left without anybody says something else: nobody, or whom a wider one names.
#[test]
fn a_letter_is_not_left_without_parties() {
    let weaker = |assign: &str| {
        let text =
            format!("rasci: 1\nid: m\nparties: {{ ann: {{}}, bob: {{}} }}\ntasks: {{ t: {{ assign: [{{ {assign} }}] }} }}\n");
        mend(&[("m.yaml", &text)], "duplicate-letter").map(|left| left.split("[{ ").nth(1).unwrap().to_owned())
    };
    assert_eq!(weaker("A: ann, R: bob, C: [bob, ann]").as_deref(), Some("A: ann, R: bob, C: [ann] }] } }\n"));
    assert_eq!(weaker("A: ann, R: bob, C: bob"), None);
    assert_eq!(weaker("A: ann, R: bob, C: [bob]"), None);
    assert_eq!(weaker("A: ann, R: bob, C: bob, S: [ann, bob]").as_deref(), Some("A: ann, R: bob, C: bob, S: [ann] }] } }\n"));
}
