//! Suppressions at the place: what they cover, and that those are told that cover nothing or give no reason.

use std::fmt::Write;

use rasci::Policy;
use rasci::diagnostic::{Style, applied, render};
use rasci::document::Level;
use rasci::lint::Levels;
use rasci::source::Memory;

use crate::cli::snapshot;

/// Findings by name and line.
type Told = Vec<(&'static str, u32)>;

const HEAD: &str = "rasci: 1\nid: m\nparties: { ann: {}, bob: {} }\n";

/// What is shown and what is suppressed, by name and line.
fn found_with(text: &str, levels: &Levels) -> (Told, Told) {
    let policy = Policy::parse("model.yaml", text).unwrap_or_else(|error| panic!("{error}"));
    let line = |span| policy.place(span).start.line;
    let findings = policy.findings(levels);
    let shown = findings.shown.iter().map(|it| (it.name, line(it.span.unwrap()))).collect();
    (shown, findings.suppressed.iter().map(|it| (it.finding.name, line(it.finding.span.unwrap()))).collect())
}

fn found(text: &str) -> (Told, Told) {
    found_with(text, &Vec::new())
}

/// A model with two accountable in line 6, and these lines before it and behind it.
fn model(before: &str, behind: &str) -> String {
    format!("{HEAD}tasks:\n  t: {{ assign: [{{ R: ann }}] }}\n{before}  u: {{ assign: [{{ A: [ann, bob], R: ann }}] }}{behind}\n")
}

#[test]
fn a_comment_speaks_of_the_entry_in_its_line_or_directly_below() {
    let allow = "# rasci: allow(many-accountable) because both do";
    // The finding of `t` is another one.
    let t = ("no-accountable", 5);
    for (before, behind) in [
        (String::new(), format!(" {allow}")),
        (format!("  {allow}\n"), String::new()),
        (format!("{allow}\n"), String::new()),
        (format!("  {allow}\n  # and more of it\n"), String::new()),
        (format!("  # of u\n  #   {}\n", allow.trim_start_matches("# ")), String::new()),
        ("  # rasci: allow(no-responsible, many-accountable) because so\n".to_owned(), " # the task".to_owned()),
    ] {
        let (shown, suppressed) = found(&model(&before, &behind));
        assert!(suppressed.iter().any(|(name, _)| *name == "many-accountable"), "{before}{behind}");
        assert!(shown.iter().filter(|it| it.0 != "unused-suppression").eq([&t]), "{before}{behind}: {shown:?}");
    }
    // Whatever ends the lines.
    let (shown, suppressed) = found(&model(&format!("  {allow}\n"), "").replace('\n', "\r\n"));
    assert_eq!((shown, suppressed), (vec![t], vec![("many-accountable", 7)]));
    for (before, behind) in [
        (format!("  {allow}\n\n"), String::new()),
        (String::new(), format!("\n{allow}")),
        (String::new(), format!("\n\n{allow}\nlints: {{}}")),
        (format!("  v: {{ assign: [{{ A/R: ann }}] }} {allow}\n"), String::new()),
    ] {
        let (shown, suppressed) = found(&model(&before, &behind));
        assert_eq!(suppressed, [], "{before}{behind}");
        assert!(shown.iter().any(|it| it.0 == "many-accountable"), "{before}{behind}");
        assert!(shown.iter().any(|it| it.0 == "unused-suppression"), "{before}{behind}: {shown:?}");
    }
}

#[test]
fn an_entry_is_all_that_lies_in_it_and_nothing_else() {
    let text = format!(
        "{HEAD}# rasci: allow(many-accountable) because of the law\ntasks:\n  t: {{ assign: [{{ A: [ann, bob], R: ann }}] }}\n  \
         u: {{ assign: [{{ R: ann }}] }}\n"
    );
    assert_eq!(found(&text), (vec![("no-accountable", 7)], vec![("many-accountable", 6)]));
    // In a list and in braces over several lines.
    let text = "rasci: 1\nid: m\nparties: {\n  # rasci: allow(unused-party) because she comes in May\n  ann: {},\n  bob: {},\n  \
         eve: {}, # rasci: allow(unused-party) because he left\n}\ntasks: { t: { assign: [\n  { A/R: bob } # the one\n] } }\n";
    assert_eq!(found(text), (vec![], vec![("unused-party", 5), ("unused-party", 7)]));
}

#[test]
fn what_is_no_comment_suppresses_nothing() {
    let text = format!(
        "{HEAD}description: |\n  # rasci: allow(no-accountable) because\n\
         note: \"# rasci: allow(no-accountable) because\"\ntasks: {{ t: {{ assign: [{{ R: [ann, bob] }}] }} }}\n# rasci: 1\n"
    );
    assert_eq!(found(&text), (vec![("no-accountable", 7)], vec![]));
}

#[test]
fn a_suppression_that_does_nothing_is_told() {
    let told = |comment: &str| {
        let policy = Policy::parse("m.yaml", &model("", &format!(" # rasci: {comment}"))).unwrap();
        let shown = policy.findings(&vec![("no-accountable".to_owned(), Level::Allow)]).shown;
        let own = shown.into_iter().filter(|it| it.name.ends_with("suppression"));
        own.map(|it| format!("{}: {}", it.name, it.message)).collect::<Vec<_>>()
    };
    let unused = |message: &str| vec![format!("unused-suppression: {message}")];
    assert_eq!(told("allow(many-accountable) because so"), Vec::<String>::new());
    assert_eq!(told("allow(many-acountable) because so"), unused("there is no lint `many-acountable`"));
    assert_eq!(told("allow(unused-party) because so"), unused("no finding of `unused-party` is suppressed here"));
    assert_eq!(
        told("alow(many-accountable) because so"),
        unused("a comment for `rasci` that is no suppression, and suppresses nothing")
    );
    assert_eq!(told("allow() because so"), unused("a comment for `rasci` that is no suppression, and suppresses nothing"));
    let bare = "unexplained-suppression: a suppression without a reason".to_owned();
    assert_eq!(told("allow(many-accountable)"), std::slice::from_ref(&bare));
    assert_eq!(told("allow(many-accountable) because"), std::slice::from_ref(&bare));
    assert_eq!(told("allow(many-accountable) since so"), std::slice::from_ref(&bare));
    let parted = "unexplained-suppression: a suppression whose reason does not stand right behind its bracket".to_owned();
    assert_eq!(told("allow(many-accountable), because so"), [parted]);
    // Of a lint that is not shown anyway, nothing is known.
    assert_eq!(told("allow(no-accountable) because so"), Vec::<String>::new());
}

#[test]
fn levels_and_suppressions_go_together() {
    let text = model("", " # rasci: allow(many-accountable) because so");
    let denied = vec![("many-accountable".to_owned(), Level::Deny), ("no-accountable".to_owned(), Level::Allow)];
    assert_eq!(found_with(&text, &denied), (vec![], vec![("many-accountable", 6)]));
    let allowed = vec![("many-accountable".to_owned(), Level::Allow), ("no-accountable".to_owned(), Level::Allow)];
    assert_eq!(found_with(&text, &allowed), (vec![], vec![]));
}

/// Comments that were to suppress something and do not, as the author is told of them; and what would mend them, mended.
#[test]
fn a_suppression_that_is_written_otherwise_is_told() {
    let mut all = String::new();
    for comment in [
        "# rasci allow many-accountable because both do",
        "# rasci: allow many-accountable because both do",
        "# rasci: allow (many-accountable) because both do",
        "# rasci: alow(many-accountable) because both do",
        "#rasci : allow(many-acountable) because both do",
        "# RASCI: allow(no-responsible, many-accountable) because both do",
        "# rasci-allow(many-accountable): both do",
        "# rasci: ignore(many-accountable)",
        "# rasci: allow",
        "# rasci alow",
    ] {
        let text = model("", &format!(" {comment}"));
        let policy = Policy::parse("m.yaml", &text).unwrap();
        let shown = policy.lint(&vec![("no-accountable".to_owned(), Level::Allow)]);
        assert_eq!(shown.iter().map(|it| it.name).collect::<Vec<_>>(), ["many-accountable", "unused-suppression"], "{comment}");
        let own = &shown[1];
        let _ = writeln!(all, "=== {comment}\n{}", render(own, policy.sources(), Style::Plain));
        for mend in &own.mends {
            let mended = applied(&text, &mend.edits).unwrap();
            let line = mended.lines().nth(5).unwrap();
            let _ = writeln!(all, "mended: {line}");
            let (shown, suppressed) = found(&mended);
            assert_eq!(suppressed, [("many-accountable", 6)], "{line}");
            assert!(shown.iter().all(|it| it.0 != "many-accountable"), "{line}: {shown:?}");
        }
        all.push('\n');
    }
    snapshot("suppressions", &all);
}

#[test]
fn a_comment_that_speaks_of_the_program_is_a_comment() {
    for comment in [
        "# rasci models live here",
        "# RASCI: Responsible, Accountable, Support, Consulted, Informed",
        "# rasci allows several in R",
        "# rasci allowed(many-accountable) once",
        "# rasciallow(many-accountable)",
        "# rasci",
        "# rasci:",
        "# rasci: 1",
        "# see rasci: allow(many-accountable) because",
        "# the text `# rasci: allow(many-accountable)`",
        "## rasci, all of it",
    ] {
        let (shown, suppressed) = found(&model("", &format!(" {comment}")));
        assert_eq!((shown, suppressed), (vec![("no-accountable", 5), ("many-accountable", 6)], vec![]), "{comment}");
    }
}

/// What a base suppresses is judged where the base itself is checked.
#[test]
fn a_variant_is_not_told_of_its_base() {
    let comment = "# rasci: allow(many-accountable) because so";
    let base = format!("{HEAD}tasks:\n  t: {{ assign: [{{ A/R: [ann] }}] }} {comment}\nassignments: [{{ I: bob }}]\n");
    let files = |base: &str| {
        Memory::from_iter([("base.yaml", base.to_owned()), ("site.yaml", "rasci: 1\nid: site\nextends: base.yaml\n".to_owned())])
    };
    let names = |top: &str, base: &str| {
        let policy = Policy::loader().load_from(&files(base), top).unwrap();
        policy.lint(&Vec::new()).into_iter().map(|it| it.name).collect::<Vec<_>>()
    };
    assert_eq!(names("base.yaml", &base), ["unused-suppression"]);
    assert_eq!(names("site.yaml", &base), Vec::<&str>::new());
}

/// The bytes of one document are not those of another.
#[test]
fn a_suppression_covers_nothing_of_another_document() {
    let parties = (0..20).map(|nth| format!("  p{nth}: {{}}\n")).collect::<Vec<_>>().concat();
    let site =
        format!("rasci: 1\nid: site\nextends: base.yaml\n# rasci: allow(many-accountable) because so\nparties:\n{parties}");
    let note = "so that what follows lies as far from the beginning as the parties of the other";
    let base = format!("{HEAD}note: {note}\ntasks:\n  t: {{ assign: [{{ A: [ann, bob], R: ann }}] }}\n");
    assert!((site.find("p0").unwrap()..site.len()).contains(&base.find("{ A").unwrap()));
    let policy = Policy::loader().load_from(&Memory::from_iter([("base.yaml", base), ("site.yaml", site)]), "site.yaml").unwrap();
    let findings = policy.findings(&vec![("unused-party".to_owned(), Level::Allow)]);
    let names: Vec<_> = findings.shown.iter().map(|it| it.name).collect();
    assert_eq!((names, findings.suppressed.len()), (vec!["unused-suppression", "many-accountable"], 0));
}

#[test]
fn a_suppression_at_no_entry_is_told_as_that() {
    let text = model("", "\n\n# rasci: allow(many-accountable) because so");
    let policy = Policy::parse("m.yaml", &text).unwrap();
    let told = policy.lint(&Vec::new()).into_iter().find(|it| it.name == "unused-suppression").unwrap();
    assert_eq!(told.message, "a suppression that stands at no entry");
}
