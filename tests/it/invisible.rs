//! Characters that nobody sees: each told once, by name, at its line and column, with what to write; in a text they may be meant.

use rasci::Policy;
use rasci::diagnostic::applied;
use rasci::document::Document;
use rasci::source::Source;

const SPACES: [(char, &str); 4] = [
    ('\u{a0}', "a no-break space (U+00A0)"),
    ('\u{2007}', "a figure space (U+2007)"),
    ('\u{202f}', "a narrow no-break space (U+202F)"),
    ('\u{3000}', "an ideographic space (U+3000)"),
];

const MARKS: [(char, &str); 5] = [
    ('\u{200b}', "a zero-width space (U+200B)"),
    ('\u{feff}', "a byte order mark (U+FEFF)"),
    ('\u{ad}', "a soft hyphen (U+00AD)"),
    ('\u{200e}', "an invisible mark of direction (U+200E)"),
    ('\u{2028}', "a line break that YAML does not know (U+2028)"),
];

/// Where one stands, as `~`, and what is said of the place. What is wrong besides would follow from it.
const PLACES: [(&str, &str); 16] = [
    ("parties:\n  a:\n  ~~title: Anna\n", "in the indentation"),
    ("parties:\n~~a: {}\n", "in the indentation"),
    ("parties:\n  a: {}\n~\n  b: {}\n", "in the indentation"),
    ("parties:~{ a: {} }\n", "after a colon"),
    ("parties:\n  a:~{}\n", "after a colon"),
    ("parties:\n  a:~{}\n  b: {}\n", "after a colon"),
    ("parties: { a:~{}, b: {} }\n", "after a colon"),
    ("parties~: { a: {} }\n", "beside a name"),
    ("parties: {~a: {} }\n", "beside a name"),
    ("parties: { a: {} }\nassignments: [{ A/R: ~a }]\n", "beside a name"),
    ("parties: { a: {} }\nassignments: [{ A/R: [a, a~] }]\n", "beside a name"),
    ("parties: { a: {} }\nassignments:\n  -~A/R: a\n", "after the hyphen of an item"),
    ("parties: { a: {} }\nassignments:\n  -~{ A/R: a }\n", "after the hyphen of an item"),
    ("parties: { a: {}, b: { members:\n  -~a } }\n", "after the hyphen of an item"),
    ("parties: { a: { kind: team~ } }\n", "beside a name"),
    ("pa~rties: { a: {} }\n", "in a name"),
];

const HEAD: &str = "rasci: 1\nid: m\n";

#[test]
fn each_is_told_once_by_name_at_its_place() {
    for (character, called) in SPACES.into_iter().chain(MARKS) {
        for (written, place) in PLACES {
            let text = format!("{HEAD}{}", written.replace('~', &character.to_string()));
            let error = Policy::parse("m.yaml", &text).expect_err(&text);
            let [told] = error.diagnostics() else { panic!("{text:?}: {error}") };
            assert_eq!((told.name, &*told.message), ("syntax", &*format!("{called} {place}")), "{text:?}");
            let at = written.find('~').unwrap() + HEAD.len();
            assert_eq!(told.span.unwrap().start as usize, at, "{text:?}");
            let help = told.help.as_deref().unwrap();
            let is_space = SPACES.iter().any(|(space, _)| *space == character) && place != "in a name";
            assert!(help.starts_with(if is_space { "Write " } else { "Take it out" }), "{text:?}: {help}");
        }
    }
}

#[test]
fn all_that_stand_beside_keys_are_told_at_once_and_mended() {
    for (character, _) in SPACES {
        let text = format!("{HEAD}parties:\n  a:\n  ~~title: Anna\n  b:\n  ~~title: Bob\n").replace('~', &character.to_string());
        let error = Policy::parse("m.yaml", &text).unwrap_err();
        let edits: Vec<_> = error.diagnostics().iter().flat_map(|told| &told.mends).flat_map(|mend| mend.edits.clone()).collect();
        assert_eq!(edits.len(), 2, "{error}");
        let mended = Policy::parse("m.yaml", &applied(&text, &edits).unwrap()).unwrap();
        assert_eq!(mended.model().party(mended.party("b").unwrap()).about.title.as_deref(), Some("Bob"));
    }
}

#[test]
fn a_document_and_a_test_file_are_told_alike() {
    let text = format!("{HEAD}parties:\n\u{a0}\u{a0}a: {{}}\n");
    let error = Document::parse(&Source::new("m.yaml", text.as_str())).unwrap_err();
    assert_eq!(error.diagnostics().len(), 1, "{error}");
    let written = "rasci-test: 1\nmodel: m.yaml\ntests:\n  - name: n\n  \u{a0}\u{a0}task: t\n    expect: { R: a }\n";
    let files = [("m.yaml", HEAD), ("m.test.yaml", written)].into_iter().collect::<rasci::source::Memory>();
    let errors = rasci::expectation::run_from(&files, &["m.test.yaml"]).unwrap_err();
    let told: Vec<String> = errors.errors().iter().map(ToString::to_string).collect();
    assert!(told.concat().contains("m.test.yaml:5:3: error[syntax]: a no-break space (U+00A0)"), "{told:?}");
}

#[test]
fn in_a_text_and_in_an_alias_they_may_stand() {
    let text = format!(
        "{HEAD}title: Qui\u{a0}?\ndescription: |\n  \u{a0}a:\u{a0}b\nparties: {{ a: {{ title: \"\u{a0}A\", aliases: [M.\u{a0}Jansen] }} }}\n"
    );
    assert!(Policy::parse("m.yaml", &text).is_ok());
}

#[test]
fn what_is_wrong_elsewhere_is_told_beside_one_in_a_text() {
    for (text, message) in [
        ("title: Qui\u{a0}: moi\n", "a colon where no key can stand"),
        ("title: Qui:\u{a0}moi\nparties: { a: {} b }\n", "a comma or a closing bracket was expected here, or above"),
        ("title: Qui\u{a0}\nparties: { a: {}\n", "`{` is never closed"),
    ] {
        let error = Policy::parse("m.yaml", &format!("{HEAD}{text}")).unwrap_err();
        assert_eq!(error.diagnostics().iter().map(|told| &*told.message).collect::<Vec<_>>(), [message], "{text:?}");
    }
}
