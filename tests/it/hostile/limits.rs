//! Every limit on both sides: one more is an error that names it, at its place; the caller who raises it gets the model.

use std::fmt::Write;

use rasci::source::Memory;
use rasci::{Limits, Loader, Policy};

use super::{bounded, model, places, wrong, wrong_for};

fn raised(raise: impl FnOnce(&mut Limits)) -> Loader {
    let mut limits = Limits::default();
    raise(&mut limits);
    Policy::loader().limits(limits)
}

/// What an error says, without its place.
fn said(text: &str) -> String {
    Policy::parse("m.yaml", text).unwrap_err().diagnostics()[0].message.clone()
}

#[test]
fn bytes() {
    let text = model("title: b\n");
    let exact = text.len() as u64;
    assert!(wrong_for(raised(|limits| limits.bytes = exact), &text).is_empty());
    assert_eq!(wrong_for(raised(|limits| limits.bytes = exact - 1), &text), ["1:1-1 limit-exceeded"]);
    // A limit inside a character is still a limit, and no broken text.
    assert_eq!(wrong_for(raised(|limits| limits.bytes = 23), model("title: é\n")), ["1:1-1 limit-exceeded"]);

    let large = || model(&format!("title: b\n#{}\n", "x".repeat(64 << 20)));
    assert_eq!(wrong(large()), ["1:1-1 limit-exceeded"]);
    assert!(wrong_for(raised(|limits| limits.bytes = 65 << 20), large()).is_empty());
}

#[test]
fn nodes() {
    // The root, four scalars, a key, a list and its two items.
    let text = model("extends: []\nescalation: {}\n");
    let few = |nodes| raised(|limits| limits.nodes = nodes);
    assert!(wrong_for(few(9), &text).is_empty());
    assert_eq!(wrong_for(few(8), &text), ["4:13-14 limit-exceeded"]);
    let list = || model(&format!("description: [{}]\n", "a,".repeat(20_000)));
    assert_eq!(wrong_for(few(20_000), list()), ["3:40001-40002 limit-exceeded"]);
    assert_eq!(wrong_for(few(30_000), list()), ["3:14-40016 wrong-type"]);
}

#[test]
fn nesting() {
    let nested = |depth: usize| model(&format!("title: {}{}\n", "[".repeat(depth), "]".repeat(depth)));
    assert_eq!(wrong(nested(63)), ["3:8-134 wrong-type"]);
    assert_eq!(wrong(nested(64)), ["3:71-72 limit-exceeded"]);
    assert_eq!(wrong_for(raised(|limits| limits.nesting = 65), nested(64)), ["3:8-136 wrong-type"]);
    // However far it is raised, depth never meets the end of the stack.
    let most = || raised(|limits| limits.nesting = usize::MAX);
    assert_eq!(wrong_for(most(), nested(511)), ["3:8-1030 wrong-type"]);
    assert_eq!(wrong_for(most(), nested(20_000)), ["3:520-521 limit-exceeded"]);
}

/// Tasks within tasks, `levels` of them, in block style.
fn nested_tasks(levels: usize) -> String {
    let mut text = String::from("tasks:\n");
    for level in 0..levels {
        write!(text, "{:2$}t{level}:\n{:3$}tasks:\n", "", "", 1 + 2 * level, 2 + 2 * level).unwrap();
    }
    writeln!(text, "{:1$}last: {{assign: [{{R: a}}]}}", "", 1 + 2 * levels).unwrap();
    format!("parties: {{a: {{}}}}\n{text}")
}

#[test]
fn nested_tasks_may_be_as_deep_as_the_caller_allows() {
    let deep = || raised(|limits| (limits.nesting, limits.levels) = (512, 300));
    let text = model(&nested_tasks(253));
    let policy = bounded(move || deep().parse("m.yaml", &text).unwrap());
    assert_eq!(policy.who("last", None).unwrap().cases().len(), 1);
    assert_eq!(policy.who("t0", None).unwrap().cases().len(), 1);
}

/// Documents that extend each other, each adding a level under a task, a component and a party of the one before.
fn levels(count: usize) -> Memory<'static> {
    let document = |nth: usize| {
        let base = if nth == 0 { String::new() } else { format!("extends: {}.yaml\n", nth - 1) };
        let entry = |name: &str, parts: &str| match nth {
            0 => format!("{parts}: {{{name}0: {{}}}}\n"),
            nth => format!("{parts}: {{{name}{}: {{{parts}: {{{name}{nth}: {{}}}}}}}}\n", nth - 1),
        };
        let entries = [("t", "tasks"), ("c", "components"), ("p", "parties")].map(|(name, parts)| entry(name, parts)).concat();
        (format!("{nth}.yaml"), model(&format!("{base}{entries}")))
    };
    (0..count).map(document).collect()
}

#[test]
fn levels_count_through_extends() {
    assert!(Policy::loader().load_from(&levels(64), "63.yaml").is_ok());
    let error = Policy::loader().load_from(&levels(66), "65.yaml").unwrap_err();
    assert_eq!(places(&error), ["4:23-26 limit-exceeded", "5:33-36 limit-exceeded", "6:27-30 limit-exceeded"]);
    let messages: Vec<&str> = error.diagnostics().iter().map(|each| each.message.as_str()).collect();
    assert_eq!(messages, ["more than 64 levels of tasks", "more than 64 levels of components", "more than 64 levels of parties"]);
    assert!(error.to_string().starts_with("64.yaml:"), "{error}");
    let policy = raised(|limits| limits.levels = 66).load_from(&levels(66), "65.yaml").unwrap();
    assert!(policy.who("t65", "c65").is_ok());
}

/// A context of dimensions `d0`, `d1`, ... with so many values each.
fn context(dimensions: usize, values: usize) -> String {
    let names: Vec<String> = (0..values).map(|nth| format!("v{nth}")).collect();
    let mut text = String::from("context:\n");
    for nth in 0..dimensions {
        writeln!(text, "  d{nth}: [{}]", names.join(", ")).unwrap();
    }
    text
}

#[test]
fn dimensions_and_values() {
    assert!(wrong(model(&context(32, 2))).is_empty());
    assert_eq!(wrong(model(&context(33, 2))), ["36:3-6 limit-exceeded"]);
    assert!(wrong_for(raised(|limits| limits.dimensions = 33), model(&context(33, 2))).is_empty());

    assert!(wrong(model(&context(1, 256))).is_empty());
    let column = 8 + (0..256).map(|nth| format!("v{nth}, ").len()).sum::<usize>();
    assert_eq!(wrong(model(&context(1, 257))), [format!("4:{column}-{} limit-exceeded", column + 4)]);
    assert!(wrong_for(raised(|limits| limits.values = 257), model(&context(1, 257))).is_empty());
    let many = || model(&context(1, 20_000));
    assert!(wrong_for(raised(|limits| limits.values = 20_000), many()).is_empty());
}

#[test]
fn combinations_fit_a_number_whatever_the_caller_says() {
    // 8^21 is 2^63.
    assert!(wrong(model(&context(21, 8))).is_empty());
    assert_eq!(wrong(model(&format!("{}  last: [one, two]\n", context(21, 8)))), ["4:3-5 limit-exceeded"]);
    let all = raised(|limits| (limits.dimensions, limits.values, limits.told_apart) = (usize::MAX, usize::MAX, u64::MAX));
    assert_eq!(wrong_for(all.clone(), model(&context(32, 4))), ["4:3-5 limit-exceeded"]);
    assert_eq!(wrong_for(all, model(&context(64, 2))), ["4:3-5 limit-exceeded"]);
    assert_eq!(said(&model(&context(32, 4))), "a context of more than 2^63 combinations");
}

/// One assignment for so many tasks at so many components.
fn everywhere(tasks: usize, components: usize) -> String {
    let ids = |name: &str, count: usize| (0..count).map(|nth| format!("{name}{nth}")).collect::<Vec<_>>();
    let entries = |ids: &[String]| ids.iter().map(|id| format!("{id}: {{}}")).collect::<Vec<_>>().join(", ");
    let (tasks, components) = (ids("t", tasks), ids("c", components));
    model(&format!(
        "parties: {{a: {{}}}}\ntasks: {{{}}}\ncomponents: {{{}}}\nassignments:\n  - {{task: [{}], component: [{}], A/R: a}}\n",
        entries(&tasks),
        entries(&components),
        tasks.join(", "),
        components.join(", "),
    ))
}

#[test]
fn entries_of_the_index() {
    assert!(wrong(everywhere(300, 300)).is_empty());
    assert_eq!(wrong(everywhere(4_000, 4_000)).len(), 1);
    let few = |entries| raised(|limits| limits.entries = entries);
    assert_eq!(
        Policy::parse("m.yaml", &everywhere(4_000, 4_000)).unwrap_err().diagnostics()[0].message,
        "what assignments say at their tasks and components comes to more than 16000000 entries"
    );
    assert!(!wrong_for(few(10), everywhere(3, 3)).is_empty());
    assert!(wrong_for(few(1_000), everywhere(3, 3)).is_empty());
}

/// A task whose cell tells 2^dimensions combinations apart.
fn told_apart(dimensions: usize) -> String {
    let mut text = context(dimensions, 2);
    text.push_str("parties: {a: {}}\ntasks:\n  quiet: {}\n  loud:\n    assign:\n");
    for nth in 0..dimensions {
        writeln!(text, "      - {{when: {{d{nth}: v0}}, C+: a}}").unwrap();
    }
    model(&text)
}

#[test]
fn told_apart_combinations() {
    assert!(wrong(told_apart(16)).is_empty());
    let found = wrong(told_apart(17));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("26:9-") && found[0].ends_with(" limit-exceeded"), "{found:?}");
    assert!(wrong_for(raised(|limits| limits.told_apart = 1 << 17), told_apart(17)).is_empty());
    assert!(!wrong(told_apart(32)).is_empty());
    assert_eq!(
        said(&told_apart(17)),
        "the conditions of one cell tell 131072 combinations of the context apart, more than 65536"
    );
    // What conditions do not mention costs nothing: 2^62 combinations, two of them told apart.
    let wide = format!("{}parties: {{a: {{}}}}\ntasks: {{t: {{assign: [{{when: {{d61: v1}}, R: a}}]}}}}\n", context(62, 2));
    let loader = raised(|limits| limits.dimensions = 62);
    let policy = bounded(move || loader.parse("m.yaml", &model(&wide)).unwrap());
    assert_eq!(policy.who("t", None).unwrap().cases().len(), 2);
}

#[test]
fn every_cell_at_the_limit_is_answered() {
    let policy = bounded(|| {
        let policy = Policy::parse("m.yaml", &told_apart(16)).unwrap();
        let answer = policy.who("loud", None).unwrap();
        assert_eq!(answer.cases().len(), 1 << 16);
        policy
    });
    assert_eq!(policy.who("quiet", None).unwrap().cases().len(), 1);
}
