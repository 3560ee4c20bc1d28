//! What a crate that embeds the library relies on: sharing, its own files, handles, aliases.

use std::fmt::Write;

use rasci::source::{FileError, Files, Located};
use rasci::{Cell, ComponentId, Letter, Policy};

#[test]
fn a_policy_is_shared_between_threads() {
    fn shared<T: Send + Sync + 'static>(value: T) -> T {
        value
    }
    let policy =
        shared(Policy::parse("m.yaml", "rasci: 1\nid: m\nparties: { a: {} }\ntasks: { t: { assign: [{ A/R: a }] } }\n").unwrap());
    let (task, party) = (policy.task("t").unwrap(), policy.party("a").unwrap());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let answer = policy.answer(Cell { task, component: ComponentId::SYSTEM }, &rasci::Context::default());
                assert!(answer.cases()[0].outcome(Letter::Responsible).parties().eq([party]));
            });
        }
    });
}

/// Files as a caller may have them: here, made up on request.
struct Made;

impl Files for Made {
    fn locate(&self, _: Option<&str>, path: &str) -> Result<Located, FileError> {
        let known = ["model", "base"].contains(&path);
        let located = Located { name: format!("made:{path}"), identity: path.to_owned() };
        if known { Ok(located) } else { Err(FileError::Unreadable(format!("nobody made `{path}`"))) }
    }

    fn read(&self, file: &Located, _: u64) -> Result<Vec<u8>, FileError> {
        let text = match file.identity.as_str() {
            "base" => "rasci: 1\nid: base\nparties: { vendor: { aliases: [Example Ltd] } }\n",
            _ => "rasci: 1\nid: m\nextends: base\ntasks: { t: { assign: [{ A/R: vendor }] } }\n",
        };
        Ok(text.into())
    }
}

#[test]
fn a_model_loads_from_a_callers_own_files() {
    let policy = Policy::loader().load_from(&Made, "model").unwrap();
    let party = policy.party("Example Ltd").unwrap();
    assert_eq!(party, policy.party("vendor").unwrap(), "an alias is a name");
    assert_eq!(policy.place(policy.model().party(party).about.span).file, "made:base");
    let error = Policy::loader().load_from(&Made, "other").unwrap_err();
    assert!(error.to_string().contains("nobody made `other`"), "{error}");
}

/// An assignment to many tasks and components stands for one to each pair of them, however it is kept.
#[test]
fn many_places_are_as_many_assignments() {
    const SIDE: usize = 12;
    let names = |prefix: &str| (0..SIDE).map(|nth| format!("{prefix}{nth}")).collect::<Vec<_>>();
    let (tasks, components) = (names("t"), names("c"));
    let entries = |names: &[String]| names.iter().map(|name| format!("{name}: {{}}")).collect::<Vec<_>>().join(", ");
    let head = format!(
        "rasci: 1\nid: m\nparties: {{ a: {{}}, b: {{}} }}\ntasks: {{ above: {{ tasks: {{ {} }} }}, beside: {{}} }}\ncomponents: {{ {}, other: {{}} }}\nassignments:\n  - {{ task: [above, beside], A/R: b }}\n",
        entries(&tasks),
        entries(&components),
    );
    let together = format!("{head}  - {{ task: [{}], component: [{}], R: a }}\n", tasks.join(", "), components.join(", "));
    let mut apart = head;
    for task in &tasks {
        for component in &components {
            writeln!(apart, "  - {{ task: {task}, component: {component}, R: a }}").unwrap();
        }
    }
    let cells = |text: &str| Policy::parse("m.yaml", text).unwrap().cells().collect::<Vec<_>>();
    let told = cells(&together);
    assert_eq!(told, cells(&apart));
    let ones = told.iter().filter(|entry| entry.cases[0].letters != told[0].cases[0].letters).count();
    assert_eq!(ones, SIDE * SIDE, "R differs at every pair and nowhere else");
}
