//! Very much of it: errors by the hundred thousand, parties by the hundred thousand. Time and output stay in bounds.

use std::process::Command;

use rasci::diagnostic::Diagnostics;
use rasci::format::formatted;
use rasci::source::Source;
use rasci::{LoadError, Policy};

use super::{bounded, lines, model, place};

const MANY: usize = 100_000;

fn errors(text: String) -> LoadError {
    bounded(move || Policy::parse("m.yaml", &text).unwrap_err())
}

#[test]
fn a_hundred_thousand_errors_are_counted_and_the_first_are_told() {
    let parties = lines(MANY, |nth| format!("  party-{nth}: {{}}"));
    for (text, first, name) in [
        (model(&lines(MANY, |nth| format!("unknown-{nth}: 1"))), "3:1-10", "unknown-key"),
        (model(&format!("parties:\n{}", lines(MANY, |nth| format!("  Party-{nth}: {{}}")))), "4:3-10", "invalid-id"),
        (model(&format!("lints:\n{}", lines(MANY, |nth| format!("  lint-{nth}: deny")))), "4:3-9", "unknown-lint"),
        (
            model(&format!("tasks:\n  t:\n    assign:\n{}", lines(MANY, |nth| format!("    - {{R: nobody-{nth}}}")))),
            "6:11-19",
            "unknown-party",
        ),
        (
            model(&format!("parties:\n{parties}assignments:\n{}", lines(MANY, |nth| format!("  - {{R: pafty-{nth}}}")))),
            "100005:9-16",
            "unknown-party",
        ),
        (model(&format!("parties:\n  pool: {{members: [{}]}}\n", "x-y, ".repeat(MANY))), "4:20-23", "unknown-party"),
    ] {
        let error = errors(text);
        assert_eq!(place(&error.diagnostics()[0], error.sources()), format!("{first} {name}"));
        assert_eq!(error.diagnostics().len(), Diagnostics::KEPT, "{name}");
        assert_eq!(error.unsaid(), MANY - Diagnostics::KEPT, "{name}");
        assert!(bounded(move || error.to_string()).len() < 10 << 20);
    }
}

#[test]
fn the_command_prints_a_hundred_thousand_errors_within_bounds() {
    let directory = tempfile::tempdir().unwrap();
    for (name, text) in [
        ("lines.yaml", model(&lines(MANY, |nth| format!("unknown-{nth}: 1")))),
        // One line of two megabytes, in which every error would be drawn.
        ("line.yaml", model(&format!("parties: {{{}}}\n", lines(MANY, |nth| format!("party-{nth}: 1,")).replace('\n', " ")))),
    ] {
        let path = directory.path().join(name);
        std::fs::write(&path, text).unwrap();
        for format in ["human", "json"] {
            let mut check = Command::new(env!("CARGO_BIN_EXE_rasci"));
            check.args(["check", "--format", format]).arg(&path);
            let output = bounded(move || check.output().unwrap());
            assert_eq!(output.status.code(), Some(1));
            let length = output.stdout.len() + output.stderr.len();
            assert!(length < 10 << 20, "{name} {format}: {length} bytes");
            assert!(String::from_utf8_lossy(&output.stderr).contains("90000 more") == (format == "human"), "{name} {format}");
        }
    }
}

/// Parties `p0`, `p1`, ..., each with the keys that `body` gives it.
fn parties(count: usize, body: impl Fn(usize) -> String) -> String {
    format!("parties:\n{}", lines(count, |nth| format!("  p{nth}: {{{}}}", body(nth))))
}

#[test]
fn pools_of_pools_end() {
    let ring = model(&parties(MANY, |nth| format!("members: [p{}]", (nth + 1) % MANY)));
    let error = errors(ring);
    let found: Vec<String> = error.diagnostics().iter().map(|each| place(each, error.sources())).collect();
    assert_eq!(found, ["4:18-20 membership-cycle"]);
    assert!(error.to_string().len() < 10_000, "{} bytes", error.to_string().len());

    let pairs = model(&parties(MANY, |nth| format!("members: [p{}, p{}]", nth ^ 1, (nth + 2) % MANY)));
    let error = errors(pairs);
    assert_eq!(place(&error.diagnostics()[0], error.sources()), "4:18-20 membership-cycle");

    let all = (0..MANY).map(|nth| format!("p{nth}")).collect::<Vec<_>>().join(", ");
    let star = model(&format!("{}  hub: {{members: [{all}]}}\n", parties(MANY, |_| "members: [hub]".to_owned())));
    let error = errors(star);
    assert_eq!(error.diagnostics().len(), 1);

    // A chain that ends is no circle, however long: who is first is a member of all.
    let chain = model(&format!(
        "{}tasks: {{t: {{assign: [{{R: p0}}]}}}}\n",
        parties(MANY, |nth| if nth + 1 < MANY { format!("members: [p{}]", nth + 1) } else { String::new() })
    ));
    let (how, through) = bounded(move || {
        let policy = Policy::parse("m.yaml", &chain).unwrap();
        let holds = policy.holds("p99999", rasci::Letter::Responsible, "t", None, &rasci::Context::default()).unwrap();
        (holds.cases[0].how, holds.cases[0].through.len())
    });
    assert_eq!((how, through), (Some(rasci::query::How::AsMember), 1));
}

/// Persons, each absent all January, each with the next as deputy; the last one's is `last`.
fn deputies(count: usize, last: &str) -> String {
    let body = |nth: usize| {
        let deputy = if nth + 1 < count { format!("deputy: p{}", nth + 1) } else { last.to_owned() };
        format!("kind: person, absent: [{{from: 2026-01-01, until: 2026-01-31, {deputy}}}]")
    };
    parties(count, body)
}

#[test]
fn chains_of_deputies_end() {
    let circle = errors(model(&deputies(MANY, "deputy: p0")));
    let found: Vec<String> = circle.diagnostics().iter().map(|each| place(each, circle.sources())).collect();
    assert_eq!(found, ["4:77-79 absent-circle"]);
    assert!(circle.to_string().len() < 10_000, "{} bytes", circle.to_string().len());

    let text = model(&format!("{}  there: {{kind: person}}\n", deputies(MANY, "deputy: there")));
    let deputy = bounded(move || {
        let policy = Policy::parse("m.yaml", &text).unwrap();
        let first = policy.party("p0").unwrap();
        let stand_in = policy.absence(first, "2026-01-15".parse().unwrap()).unwrap();
        policy.model().party(stand_in.deputy.unwrap()).about.id.to_string()
    });
    assert_eq!(deputy, "there");
}

#[test]
fn a_person_may_be_away_every_day() {
    let first: rasci::jiff::civil::Date = "1900-01-01".parse().unwrap();
    let days: Vec<_> = first.series(rasci::jiff::Span::new().days(1)).take(50_000).collect();
    let absences = |until: usize| {
        let each = days
            .iter()
            .enumerate()
            .map(|(nth, day)| format!("    - {{from: {day}, until: {}}}\n", days[(nth + until).min(days.len() - 1)]));
        model(&format!("parties:\n  p:\n    kind: person\n    absent:\n{}", each.collect::<String>()))
    };
    assert!(super::wrong(absences(0)).is_empty());
    let error = errors(absences(1));
    assert_eq!(place(&error.diagnostics()[0], error.sources()), "8:7-44 overlapping-absence");
    assert_eq!(error.diagnostics().len() + error.unsaid(), days.len() - 1);
}

#[test]
fn many_of_everything_load() {
    let text = format!(
        "{}  pool: {{members: [{}]}}\ncomponents:\n  top:\n    components:\n{}tasks:\n{}",
        parties(MANY, |_| String::new()),
        (0..MANY).map(|nth| format!("p{nth}")).collect::<Vec<_>>().join(", "),
        lines(MANY, |nth| format!("      c{nth}: {{components: {{d{nth}: {{relations: {{r{nth}: p0}}}}}}}}")),
        lines(MANY, |nth| format!("  t{nth}: {{assign: [{{R: p{nth}}}]}}")),
    );
    let policy = bounded(move || Policy::parse("m.yaml", &model(&text)).unwrap());
    assert_eq!(policy.model().components().count(), 2 * MANY + 1);
    assert_eq!(policy.who("t99999", "d99999").unwrap().cases().len(), 1);
}

/// A check that cannot be made does not pass in silence.
#[test]
fn too_many_cells_for_the_lints_are_told() {
    let entries = |prefix: &str| (0..2900).map(|nth| format!("  {prefix}{nth}: {{}}\n")).collect::<Vec<_>>().concat();
    let names = |prefix: &str| (0..2900).map(|nth| format!("{prefix}{nth}")).collect::<Vec<_>>().join(", ");
    let text = format!(
        "rasci: 1\nid: m\nparties: {{ a: {{}} }}\ntasks:\n{}components:\n{}assignments: [{{ task: [{}], component: [{}], R: a }}]\n",
        entries("t"),
        entries("c"),
        names("t"),
        names("c"),
    );
    let policy = rasci::Policy::parse("m.yaml", &text).unwrap();
    let findings = policy.lint(&Vec::new());
    let names: Vec<&str> = findings.iter().map(|finding| finding.name).collect();
    assert_eq!(names, ["too-many-cells"], "the lints that need no cell find nothing here");
    assert_eq!(findings[0].severity, rasci::Severity::Deny);
}

#[test]
fn a_list_of_many_in_one_line_is_formatted() {
    let names = lines(MANY, |nth| format!("\"party-{nth}\",")).replace('\n', " ");
    let text = model(&format!("parties: {{ pool: {{ members: [{names}] }} }}\n"));
    let text = bounded(move || formatted(&Source::new("m.yaml", text)).unwrap());
    assert_eq!(text.matches("party-").count(), MANY);
}

#[test]
fn many_suppressions_are_read_and_formatted() {
    const SAID: &str = "# rasci: allow(many-accountable) because so";
    let entries = lines(MANY / 10, |nth| format!("  t{nth}:\n    assign:\n      - {{ A: [a, b], R: c }} {SAID}"));
    let above = lines(MANY / 10, |_| format!("      {SAID}"));
    let text = model(&format!(
        "parties: {{ a: {{}}, b: {{}}, c: {{}} }}\ntasks:\n{entries}  last:\n    assign:\n{above}      - {{ A: [a, b], R: c }}\n"
    ));
    let (suppressed, again) = bounded(move || {
        let policy = Policy::parse("m.yaml", &text).unwrap();
        (policy.findings(&Vec::new()).suppressed.len(), formatted(&Source::new("m.yaml", text)).unwrap())
    });
    assert_eq!(suppressed, MANY / 10 + 1);
    assert_eq!(again.matches(SAID).count(), 2 * (MANY / 10));
}
