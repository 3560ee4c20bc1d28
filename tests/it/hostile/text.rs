//! One document as YAML: depth, bombs, what a model may not be written with, bytes that are no text, line ends.

use std::fmt::Write;
use std::fs;

use rasci::{Letter, Policy};

use super::{bounded, lines, model, places, wrong};

const DEEP: usize = 100_000;

#[test]
fn depth_ends_at_its_limit_and_not_at_the_stack() {
    for (form, close, at) in
        [("[", "]", "3:72-73"), ("{a: ", "}", "3:260-261"), ("[{a: ", "}]", ""), ("? ", "", ""), ("- ", "", "")]
    {
        for ending in [String::new(), close.repeat(DEEP)] {
            for before in ["title: ", "title:\n  ", "? "] {
                let found = wrong(model(&format!("{before}{}{ending}\n", form.repeat(DEEP))));
                assert_eq!(found.len(), 1, "{form} after {before:?}: {found:?}");
                let block = form == "? " || form == "- ";
                let on_key_line = block && before == "title: ";
                let name = if on_key_line { " syntax" } else { " limit-exceeded" };
                assert!(found[0].ends_with(name), "{form} after {before:?}: {found:?}");
                if before == "title: " && !at.is_empty() {
                    assert_eq!(found[0], format!("{at} limit-exceeded"));
                }
            }
        }
    }
}

#[test]
fn tasks_within_tasks_end_at_the_limit_too() {
    let nested = lines(2_000, |level| format!("{:1$}t{level}:\n{2:1$}  tasks:", "", 2 + 4 * level, ""));
    // The root, `tasks` and two maps a task: what stands in t31 is the 65th.
    let found = wrong(model(&format!("tasks:\n{nested}")));
    assert_eq!(found, ["67:129-130 limit-exceeded"]);
    let flow = "{tasks: {t: ".repeat(DEEP);
    assert!(wrong(model(&format!("tasks: {{t: {flow}\n"))).iter().all(|found| found.ends_with("limit-exceeded")));
}

#[test]
fn aliases_are_refused_before_they_stand_for_anything() {
    let mut bomb = String::from("note: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..30 {
        let tens = vec![format!("*a{}", level - 1); 10].join(", ");
        writeln!(bomb, "k{level}: &a{level} [{tens}]").unwrap();
    }
    let found = wrong(model(&bomb));
    assert_eq!(found[0], "3:7-10 anchor");
    assert_eq!(found.iter().filter(|found| found.ends_with(" anchor")).count(), 30 + 29 * 10);

    let long = "y".repeat(50_000);
    let many = vec!["*s"; 50_000].join(", ");
    let found = wrong(model(&format!("title: &s {long}\nnote: [{many}]\n")));
    assert_eq!(found[..2], ["3:8-10 anchor", "4:8-10 anchor"]);
}

#[test]
fn tag_prefixes_do_not_multiply() {
    let bomb = format!("%TAG !e! tag:{}\n---\n{}", "p".repeat(50_000), model("title: !e!x b\n"));
    assert_eq!(wrong(bomb), ["1:1-2 syntax"]);
    let prefix = "p".repeat(900);
    let tagged = lines(10_000, |nth| format!("k{nth}: !e!x v"));
    let found = wrong(format!("%TAG !e! tag:{prefix}\n---\n{}", model(&tagged)));
    assert_eq!(found.iter().filter(|found| found.ends_with(" tag")).count(), 10_000);
}

#[test]
fn a_very_long_scalar_is_a_text_like_any_other() {
    let long = "x".repeat(50 << 20);
    let text = model(&format!("title: {long}\n"));
    let length = bounded(move || Policy::parse("m.yaml", &text).unwrap().model().about().title.as_ref().unwrap().len());
    assert_eq!(length, 50 << 20);
    // Where it is wrong, the message does not repeat it.
    for (before, after, name) in [
        ("tasks: {t: {assign: [{R: ", "}]}}", "unknown-party"),
        ("rasci: ", "", "duplicate-key"),
        ("", ": 1", "syntax"),
        ("parties: {p: {kind: ", "}}", "invalid-value"),
        ("context: {d: [\"!", "\"]}", "invalid-id"),
        ("extends: ", "", "missing-file"),
        ("parties: {p: {kind: person, absent: [{from: ", ", until: 2026-01-01}]}}", "invalid-value"),
        ("tasks: {t: {within: [{time: ", "}]}}", "invalid-value"),
        ("context: {d: [a]}\ntasks: {t: {when: {d: ", "}}}", "unknown-value"),
        ("parties: {p: {staff: {at-least: 9", "}}}", "wrong-type"),
    ] {
        let text = model(&format!("{before}{}{after}\n", &long[..1 << 20]));
        let (names, said) = bounded(move || {
            let error = Policy::parse("m.yaml", &text).unwrap_err();
            (places(&error), error.to_string().len())
        });
        assert!(names.iter().any(|found| found.ends_with(name)), "{before}: {names:?}");
        assert!(said < 2_000, "{before}: a message of {said} bytes");
    }
    // A key may be 1,024 bytes long, in YAML.
    for (before, after, name) in [
        ("", ": 1", "unknown-key"),
        ("parties: {", ": {}}", "invalid-id"),
        ("lints: {", ": deny}", "unknown-lint"),
        ("tasks: {t: {assign: [{A/", ": []}]}}", "unknown-key"),
    ] {
        let error = Policy::parse("m.yaml", &model(&format!("{before}{}{after}\n", "x".repeat(1_000)))).unwrap_err();
        assert!(places(&error).iter().any(|found| found.ends_with(name)), "{before}: {:?}", places(&error));
        assert!(error.to_string().len() < 1_500, "{error}");
    }
    let version = format!("rasci: {}\nid: x\n", &long[..1 << 20]);
    assert!(Policy::parse("m.yaml", &version).unwrap_err().to_string().len() < 2_000);
}

#[test]
fn what_a_model_is_not_written_with_has_a_name_and_a_place() {
    for (text, found) in [
        ("id: y\n", vec!["3:1-3 duplicate-key"]),
        ("title: &a b\n", vec!["3:8-10 anchor"]),
        ("title: &a b\nnote: *a\n", vec!["3:8-10 anchor", "4:7-9 anchor"]),
        ("title: *nowhere\n", vec!["3:8-16 anchor"]),
        ("parties: {a: {<<: {title: b}}}\n", vec!["3:15-17 merge-key"]),
        ("title: !!str b\n", vec!["3:8-13 tag"]),
        ("title: !<tag:x> b\n", vec!["3:8-16 tag"]),
        ("---\nrasci: 1\nid: y\n", vec!["3:1-4 several-documents"]),
        ("? [a, b]\n: c\n", vec!["3:3-9 non-text-key"]),
        ("{a: b}: c\n", vec!["3:1-7 non-text-key"]),
        ("1: c\n", vec!["3:1-2 unknown-key"]),
        ("parties: {null: {}, 1.5: {}, true: {}, 10: {}}\n", vec!["3:21-24 invalid-id"]),
        (": c\n", vec!["3:1-1 unknown-key"]),
        ("parties: {\"\": {}}\n", vec!["3:11-13 invalid-id"]),
        ("title: \"a\\0b\"\n", vec![]),
        ("parties: {\"a\\0b\": {}}\n", vec!["3:11-17 invalid-id"]),
    ] {
        assert_eq!(wrong(model(text)), found, "{text}");
    }
    for control in ['\0', '\u{1}', '\u{7f}', '\u{1b}', '\u{fffe}'] {
        for text in [format!("title: a{control}b\n"), format!("title: \"a{control}b\"\n"), format!("title: b # {control}\n")] {
            let found = wrong(model(&text));
            assert_eq!(found.len(), 1, "{control:?} {text:?}: {found:?}");
            assert!(found[0].starts_with("3:") && found[0].ends_with(" syntax"), "{control:?} {text:?}: {found:?}");
        }
    }
}

#[test]
fn tabs_indent_nothing_and_may_stand_between() {
    assert_eq!(wrong(model("parties:\n\ta: {}\n")).len(), 1);
    assert!(wrong(model("parties:\n\ta: {}\n"))[0].starts_with("4:"));
    assert!(wrong(model("title:\tb\t# c\nparties: {\ta:\t{} }\n")).is_empty());
}

#[test]
fn an_empty_text_lacks_its_first_key() {
    for text in ["", "\n\n", "# only\n# comments\n", "---\n", "--- # nothing\n...\n", "\u{feff}", "~\n", "null\n"] {
        let found = wrong(text);
        assert!(
            !found.is_empty() && found.iter().all(|found| found.ends_with("missing-key") || found.ends_with("wrong-type")),
            "{text:?}: {found:?}"
        );
    }
    assert_eq!(wrong("[]\n"), ["1:1-3 wrong-type"]);
    assert_eq!(wrong("word\n"), ["1:1-5 wrong-type"]);
}

/// What is wrong with a file of these bytes.
fn wrong_bytes(bytes: &[u8]) -> Vec<String> {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("m.yaml");
    fs::write(&path, bytes).unwrap();
    Policy::load(&path).map_or_else(|error| places(&error), |_| Vec::new())
}

#[test]
fn bytes_that_are_no_text_are_told_at_the_first_of_them() {
    assert_eq!(wrong_bytes(b"rasci: 1\nid: x\ntitle: \xc3\xa9\xff\xfe\n"), ["3:9-10 not-utf8"]);
    assert_eq!(wrong_bytes(b"rasci: 1\nid: x\ntitle: \xed\xa0\x80\n"), ["3:8-9 not-utf8"]);
    assert_eq!(wrong_bytes(b"\xef\xbb\xbfa\xff\n"), ["1:2-3 not-utf8"]);
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    assert_eq!(wrong_bytes(&utf16("\u{feff}rasci: 1\n")), ["1:1-2 not-utf8"]);
    let without_mark = wrong_bytes(&utf16("rasci: 1\n"));
    assert!(without_mark.len() == 1 && without_mark[0].starts_with("1:2-"), "{without_mark:?}");
}

#[test]
fn a_byte_order_mark_moves_no_column() {
    assert!(wrong(format!("\u{feff}{}", model("title: b\n"))).is_empty());
    assert_eq!(wrong("\u{feff}rasci: 2\nid: x\n"), ["1:8-9 unknown-version"]);
    assert_eq!(wrong_bytes("\u{feff}rasci: 1\nid: x\nwho: 1\n".as_bytes()), ["3:1-4 unknown-key"]);
}

#[test]
fn every_line_end_of_yaml_ends_a_line() {
    let text = "rasci: 1\nid: x\n# note\nparties: {a: {}}\ntasks: {t: {assign: [{R: a}, {R: é-b}]}}\n";
    for end in ["\n", "\r\n", "\r"] {
        assert_eq!(wrong(text.replace('\n', end)), ["5:34-37 unknown-party"], "{end:?}");
    }
    let right = "rasci: 1\r\nid: x\r\nparties: {a: {}}\rtasks:\r\n  t:\r    assign:\n    - {R: a}\r\n";
    let policy = Policy::parse("m.yaml", right).unwrap();
    let why = policy.why("t", None, Letter::Responsible, &rasci::Context::default()).unwrap().to_string();
    assert!(why.contains("m.yaml:7:7"), "{why}");
}
