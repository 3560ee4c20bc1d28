//! A model is the same by however many threads it is loaded, and so is every mistake in it.

use rasci::source::Memory;
use rasci::{Limits, Policy};

use crate::workload::{self, Form, Size};

/// Large enough to be cut into many pieces, and its assignments into parts.
const MODEL: Size = Size { name: "large", tasks: 300, components: 30, parties: 60, assignments: 6_000 };

/// Makes of a line of the model, with its number, one with a mistake.
type Mistake<'m> = &'m dyn Fn(usize, &str) -> String;

/// What comes of loading these files on so many threads: the model, or what is wrong, in every detail.
fn loaded(files: &[(&str, &str)], threads: usize) -> Result<String, String> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let loader = Policy::loader().limits(Limits { nodes: 150_000, ..Limits::default() });
    let policy = pool.install(|| loader.load_from(&files.iter().copied().collect::<Memory<'_>>(), "model.yaml"));
    match policy {
        Ok(policy) => {
            let model = policy.model();
            let assignments = model.assignments().map(|(_, one)| {
                let clauses =
                    one.clauses.iter().map(|clause| (clause.letters, clause.adds, clause.parties.iter().collect::<Vec<_>>()));
                let places = (one.id, one.tasks, one.components, one.when, one.layer, one.span);
                format!(
                    "{places:?} {:?}",
                    (clauses.collect::<Vec<_>>(), one.force, one.basis, one.citations, one.towards, one.note)
                )
            });
            let vocabularies = [
                format!("{:?}", model.tasks().collect::<Vec<_>>()),
                format!("{:?}", model.components().collect::<Vec<_>>()),
                format!("{:?}", model.parties().collect::<Vec<_>>()),
            ];
            Ok(vocabularies.into_iter().chain(assignments).collect())
        }
        Err(error) => Err(format!("{error}\n{:?}", error.diagnostics())),
    }
}

fn is_the_same(files: &[(&str, &str)]) -> Result<String, String> {
    let one = loaded(files, 1);
    assert!(one == loaded(files, 2) && one == loaded(files, 5), "threads make a difference");
    one
}

#[test]
fn by_many_threads_a_large_model_is_the_same() {
    for form in workload::FORMS {
        let text = workload::text(MODEL, form);
        assert!(is_the_same(&[("model.yaml", &text)]).is_ok_and(|model| model.len() > text.len()));
    }
}

#[test]
fn by_many_threads_each_layer_keeps_its_assignments() {
    let base = workload::text(MODEL, Form::Contexts);
    let (head, assignments) = base.split_once("assignments:\n").unwrap();
    let more: String = assignments.lines().rev().flat_map(|line| [line, "\n"]).collect();
    let aside = " - { id: one, task: t1, note: Aside., towards: p1, R: [] }\n";
    let middle = format!("rasci: 1\nid: middle\nextends: [base.yaml]\nassignments:\n{more}{aside}");
    let top = format!("rasci: 1\nid: top\nextends: [middle.yaml]\nassignments:\n - {{ id: one, task: [t2, t3], A: p1 }}\n{more}");
    let base = format!("{head}assignments:\n{assignments} - {{ task: [t1, t2], component: [c1, c2], R: p2, note: Aside. }}\n");
    assert!(is_the_same(&[("model.yaml", &top), ("middle.yaml", &middle), ("base.yaml", &base)]).is_ok());
}

#[test]
fn by_many_threads_mistakes_are_the_same() {
    let text = workload::text(MODEL, Form::Contexts);
    // Unknown names, which are told with near ones as long as there are few; and what cannot be read at all.
    let mistakes: [Mistake<'_>; 5] = [
        &|nth, line| if nth % 900 == 899 { line.replace("task: t", "task: x") } else { line.to_owned() },
        &|nth, line| if nth % 9 == 8 { line.replace("task: t", "task: tt") } else { line.to_owned() },
        &|nth, line| if nth == 5_000 { line.replace('}', "") } else { line.to_owned() },
        &|nth, line| if nth == 3_000 { line.replace("task:", "task: !tag") } else { line.to_owned() },
        &|nth, line| if nth == 2_000 { format!("{line}\n---") } else { line.to_owned() },
    ];
    for mistake in mistakes {
        let lines = text.lines().enumerate().map(|(nth, line)| mistake(nth, line));
        let text = lines.collect::<Vec<_>>().join("\n");
        assert!(is_the_same(&[("model.yaml", &text)]).is_err());
    }
    let text = workload::text(Size { assignments: 20_000, ..MODEL }, Form::Plain);
    let many = is_the_same(&[("model.yaml", &text)]).err().unwrap();
    assert!(many.contains("more than 150000"), "{many}");
}

#[test]
fn by_many_threads_an_index_that_would_be_too_large_is_told() {
    let loader = Policy::loader().limits(Limits { entries: 5_000, ..Limits::default() });
    let error = loader.parse("model.yaml", &workload::text(MODEL, Form::Plain)).unwrap_err();
    assert!(error.to_string().contains("comes to more than 5000 entries"), "{error}");
    assert_eq!(error.diagnostics().len(), 1);
}
