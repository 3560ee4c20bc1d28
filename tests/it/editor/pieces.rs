//! A document is read in pieces, and after a change only those that changed: the answers are those of reading it whole.

use std::fs;

use proptest::prelude::*;
use rasci::editor::{Location, Symbol, Workspace};

use super::everywhere::models;

const NAME: &str = "/p/model.yaml";

/// Before it, nothing is read in pieces: a line that means nothing alone.
const WHOLE: &str = "%YAML 1.2\n---\n";

fn opened(text: &str) -> Workspace {
    let mut workspace = Workspace::default();
    workspace.open(NAME, text);
    workspace
}

/// Every name with its bytes, where it is declared and where it is used; bytes count from `start`.
fn names(workspace: &Workspace, start: usize) -> Vec<String> {
    let text = workspace.text(NAME).unwrap();
    let mut names = Vec::new();
    let mut offset = start;
    while offset < text.text().len() {
        let next = offset + 1;
        let found = workspace.renamable(NAME, offset).ok().filter(|(bytes, _)| bytes.start == offset);
        offset = found.as_ref().map_or(next, |(bytes, _)| bytes.end.max(next));
        let Some((bytes, id)) = found else { continue };
        let at = |found: Vec<Location>| -> Vec<usize> { found.iter().map(|found| found.bytes.start - start).collect() };
        let declared = at(workspace.definition(NAME, bytes.start));
        let used = at(workspace.highlights(NAME, bytes.start)).len();
        names.push(format!("{id} at {} to {}: declared at {declared:?}, {used} times", bytes.start - start, bytes.end - start));
    }
    names
}

fn tree(symbols: &[Symbol], start: usize) -> Vec<String> {
    let shown = |symbol: &Symbol| {
        let Symbol { name, detail, bytes, selection, children, .. } = symbol;
        let (from, to, key) = (bytes.start - start, bytes.end - start, selection.start - start);
        format!("{name} {detail:?} {from} {to} {key} {:?}", tree(children, start))
    };
    symbols.iter().map(shown).collect()
}

#[test]
fn a_document_in_pieces_is_the_document() {
    let mut compared = 0;
    for path in models("policies/anywherenow").into_iter().chain(models("policies/mydre")).chain(models("policies/broken")) {
        let text = fs::read_to_string(&path).unwrap();
        let (pieces, whole) = (opened(&text), opened(&format!("{WHOLE}{text}")));
        let (outline, expected) = (pieces.outline(NAME).unwrap(), whole.outline(NAME).unwrap());
        if !expected.is_complete() {
            continue;
        }
        assert!(outline.is_complete(), "{path:?}");
        assert_eq!(tree(outline.symbols(), 0), tree(expected.symbols(), WHOLE.len()), "{path:?}");
        let found = names(&pieces, 0);
        compared += found.len();
        assert_eq!(found, names(&whole, WHOLE.len()), "{path:?}");
    }
    assert!(compared > 3_000, "only {compared} names");
}

/// Documents that are written as few are: what stands in their pieces is found all the same.
#[test]
fn a_document_that_cannot_be_divided_is_read_whole() {
    for text in [
        "{ rasci: 1, id: m,\nparties: { ann: {} },\ntasks: { work: { assign: [{ R: ann }] } }\n}\n",
        "rasci: 1\nid: m\nparties: {\n  ann: {}\n}\ntasks: { work: {\n  assign: [{ R: ann }]\n} }\n",
        "rasci: 1\nid: m\nparties:\n  { ann: {} }\ntasks:\n  work:\n    assign:\n    - R: ann\n",
        "rasci: 1\r\nid: m\r\nparties:\r\n ann:\r\n  title: |\r\n   one\r\n\r\n   two\r\ntasks:\r\n work: { assign: [R: ann] }\r\n",
        "\u{feff}rasci: 1\nid: m\n\"parties\":\n  \"ann\": {}\n'tasks': # all\n\n# more\n  work:\n# less\n    assign: [{ R: ann }]\n",
        "---\nrasci: 1\nid: m\nparties:\n    ann: {}\nassignments:\n- R: ann\n- A: [ann,\n  ann]\n...\n",
    ] {
        let workspace = opened(text);
        assert!(workspace.outline(NAME).unwrap().is_complete(), "{text}");
        let used = text.rfind("ann").unwrap();
        let [declared] = workspace.definition(NAME, used).try_into().unwrap_or_else(|found| panic!("{text}: {found:?}"));
        assert_eq!(declared.bytes.start, text.find("ann").unwrap(), "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Lines are taken out and put back, typed in and broken; whenever the text can be read, its outline is that of the
    /// same text just opened.
    #[test]
    fn after_any_changes_a_document_is_what_it_would_be_opened(
        edits in proptest::collection::vec((0_usize..10_000, 0_usize..5, any::<bool>()), 1..12)
    ) {
        let text = fs::read_to_string("policies/mydre/example-engagement.yaml").unwrap();
        let mut workspace = opened(&text);
        for (line, what, asked) in edits {
            workspace.change(NAME, |text| {
                let line = line % text.text().lines().count().max(1);
                let bytes = text.line(line);
                let content = text.text()[bytes.clone()].to_owned();
                match what {
                    0 => text.replace(bytes.start..(bytes.end + 1).min(text.text().len()), ""),
                    1 => text.replace(bytes.start..bytes.start, &format!("{content}\n")),
                    2 => text.replace(bytes.start..bytes.start, "  zz: {}\n"),
                    3 => text.replace(bytes.end..bytes.end, " # said"),
                    _ => text.replace(bytes.end..bytes.end, "\n[[\""),
                }
                Some(line)
            });
            let outline = asked.then(|| workspace.outline(NAME).unwrap());
            if let Some(outline) = outline {
                let fresh = opened(workspace.text(NAME).unwrap().text());
                let expected = fresh.outline(NAME).unwrap();
                prop_assert_eq!(outline.is_complete(), expected.is_complete());
                if outline.is_complete() {
                    prop_assert_eq!(tree(outline.symbols(), 0), tree(expected.symbols(), 0));
                    prop_assert_eq!(names(&workspace, 0), names(&fresh, 0));
                }
            }
        }
    }
}
