//! Renaming an id changes nothing but the id: the model answers as before, and renaming it back gives the same texts.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use rasci::Policy;
use rasci::editor::{Change, Overlay, Workspace};
use rasci::expectation;
use rasci::report::json::Cells;

/// No model has it.
const FRESH: &str = "zz-fresh";

type Texts = BTreeMap<String, String>;

fn workspace(texts: &Texts) -> Workspace {
    let mut workspace = Workspace::default();
    for (name, text) in texts {
        workspace.open(name, text);
    }
    workspace
}

fn applied(texts: &Texts, mut changes: Vec<Change>) -> Texts {
    let mut texts = texts.clone();
    changes.sort_by_key(|change| std::cmp::Reverse(change.location.bytes.start));
    for change in changes {
        texts.get_mut(&change.location.file).unwrap().replace_range(change.location.bytes, &change.text);
    }
    texts
}

/// Everything a model answers, as text.
fn answers(texts: &Texts, model: &str) -> String {
    let policy = Policy::loader().load_from(&Overlay::new(texts, "/p"), model).unwrap_or_else(|error| panic!("{error}"));
    let cell = |entry| serde_json::to_string(&Cells::new(&policy, &entry, None)).unwrap();
    let cells: Vec<String> = policy.cells().map(cell).collect();
    let assignments = policy.model().assignments().map(|(_, assignment)| format!("{:?}", assignment.citations));
    cells.into_iter().chain(assignments).collect::<Vec<_>>().join("\n")
}

/// Renames every `step`th id that a model declares to a fresh one and back; how many there were.
fn rename_each(folder: &str, model: &str, step: usize) -> usize {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let named = |path: &Path| format!("/p/{}", path.file_name().unwrap().to_string_lossy());
    let texts: Texts = files.map(|path| (named(&path), fs::read_to_string(&path).unwrap())).collect();
    let (model, suite) = (format!("/p/{model}.yaml"), format!("/p/{model}.test.yaml"));
    let (workspace, before) = (workspace(&texts), answers(&texts, &model));
    let mut ids: Vec<(usize, String)> = Vec::new();
    for (offset, _) in texts[&model].char_indices() {
        let Ok((bytes, id)) = workspace.renamable(&model, offset) else { continue };
        let first = workspace.definition(&model, offset).into_iter().next();
        if bytes.start == offset && first.is_some_and(|first| first.bytes == bytes) {
            ids.push((offset, id));
        }
    }
    for (offset, id) in ids.iter().step_by(step) {
        let changes = workspace.rename(&model, *offset, FRESH).unwrap_or_else(|why| panic!("{id}: {why}"));
        let renamed = applied(&texts, changes);
        assert!(renamed[&model] != texts[&model]);
        assert_eq!(answers(&renamed, &model).replace(FRESH, id), before, "{id}");
        let report = expectation::run_from(&Overlay::new(&renamed, "/p"), &[suite.as_str()]);
        assert!(report.unwrap_or_else(|error| panic!("{id}: {error}")).is_passed(), "{id}");
        let fresh = self::workspace(&renamed);
        let back = fresh.rename(&model, renamed[&model].find(FRESH).unwrap(), id).unwrap_or_else(|why| panic!("{id}: {why}"));
        assert!(applied(&renamed, back) == texts, "{id}");
    }
    ids.len()
}

#[test]
fn every_id_can_be_renamed_and_renamed_back() {
    assert!(rename_each("policies/anywherenow", "operating-model-2", 2) > 50);
    assert!(rename_each("policies/mydre", "service-levels", 9) > 50);
    assert!(rename_each("policies/mydre", "core-support-team", 17) > 50);
}

#[test]
fn ids_of_equal_spelling_in_other_vocabularies_stay() {
    let text = "rasci: 1\nid: m\ncontext: { x: [x, y] }\nsources: { x: {} }\nparties: { x: {} }\ncomponents: { x: { when: { x: x }, relations: { x: x } } }\n\
        tasks: { x: { assign: [{ id: x, component: x, R: x, A: $x, source: x, when: { x: { not: y } } }] } }\n"
        .replace("id: x, component: x, ", "id: x, ");
    let texts: Texts = [("/p/m.yaml".to_owned(), text.clone())].into();
    let workspace = workspace(&texts);
    for (place, expected) in [
        ("parties: { x", "parties: { n: {} }|relations: { x: n }|R: n, A: $x"),
        ("relations: { x", "relations: { n: x }|R: x, A: $n|parties: { x"),
        ("context: { x", "context: { n: [x, y] }|when: { n: x }|when: { n: { not: y } }"),
        ("context: { x: [x", "context: { x: [n, y] }|when: { x: n }|when: { x: { not: y } }"),
        ("sources: { x", "sources: { n: {} }|source: n"),
        ("tasks: { x", "tasks: { n: { assign|components: { x"),
    ] {
        let offset = text.find(place).unwrap() + place.len() - 1;
        let renamed = applied(&texts, workspace.rename("/p/m.yaml", offset, "n").unwrap());
        for part in expected.split('|') {
            assert!(renamed["/p/m.yaml"].contains(part), "{place}: {part}: {}", renamed["/p/m.yaml"]);
        }
    }
}

#[test]
fn an_id_is_renamed_where_it_means_the_same_and_nowhere_else() {
    let base = "rasci: 1\nid: base\nparties: { shared: {} }\n";
    let variant = |id: &str| format!("rasci: 1\nid: {id}\nextends: base.yaml\nparties: {{ shared: {{}}, own: {{}} }}\n");
    let texts: Texts = [("base", base.to_owned()), ("one", variant("one")), ("two", variant("two"))]
        .map(|(name, text)| (format!("/p/{name}.yaml"), text))
        .into();
    let workspace = workspace(&texts);
    let files = |name: &str, mark: &str| -> Vec<String> {
        let offset = texts[name].find(mark).unwrap();
        workspace.rename(name, offset, "fresh").unwrap().into_iter().map(|change| change.location.file).collect()
    };
    assert_eq!(files("/p/one.yaml", "own"), ["/p/one.yaml"]);
    assert_eq!(files("/p/one.yaml", "shared"), ["/p/base.yaml", "/p/one.yaml", "/p/two.yaml"]);
    // Taken in a document that also extends the base: the two would meet there.
    let offset = texts["/p/base.yaml"].find("shared").unwrap();
    assert!(workspace.rename("/p/base.yaml", offset, "own").unwrap_err().contains("declared already"));
}

#[test]
fn what_yaml_reads_as_nothing_is_put_in_quotes() {
    let text = "rasci: 1\nid: m\nparties: { a: {}, \"b\": {} }\ntasks: { t: { assign: [{ R: [a, 'b'] }] } }\n";
    let texts: Texts = [("/p/m.yaml".to_owned(), text.to_owned())].into();
    let workspace = workspace(&texts);
    for (mark, expected) in [("a: {}", "R: [\"null\", 'b']"), ("b\": {}", "R: [a, 'null']")] {
        let renamed = applied(&texts, workspace.rename("/p/m.yaml", text.find(mark).unwrap(), "null").unwrap());
        assert!(renamed["/p/m.yaml"].contains(expected), "{}", renamed["/p/m.yaml"]);
        assert!(Policy::parse("m.yaml", &renamed["/p/m.yaml"]).is_ok());
    }
}
