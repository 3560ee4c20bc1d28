//! Texts that are nothing yet, or broken anywhere: an editor is answered at every place while they are changed, and as
//! policy tests they are refused or run.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use rasci::editor::{Text, Workspace};
use rasci::expectation;
use rasci::source::Memory;

use crate::properties::config;
use crate::strategy::mutations::bytes;

const TESTS: &str = include_str!("../../../policies/mydre/example-engagement.test.yaml");
const MODEL: &str = include_str!("../cli/model.yaml");

/// A text with bytes put in the place of others, here and there.
fn damaged(text: &str, strokes: &[(Index, usize, Vec<u8>)]) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    for (at, length, new) in strokes {
        let at = at.index(bytes.len() + 1);
        let end = (at + length).min(bytes.len());
        bytes.splice(at..end, new.iter().copied());
    }
    bytes
}

fn strokes() -> impl Strategy<Value = Vec<(Index, usize, Vec<u8>)>> {
    let new = prop_oneof!["[ \\n:\\-{}\\[\\]a'\"&*!?|>#,0-9]{0,6}".prop_map(String::into_bytes), vec(any::<u8>(), 0..4)];
    vec((any::<Index>(), 0..40_usize, new), 1..5)
}

/// Asks everything at a place. What is told lies in the text.
fn ask(workspace: &Workspace, name: &str, length: usize, offset: usize) {
    let offers = workspace.complete(name, offset);
    assert!(offers.bytes.start <= offers.bytes.end && offers.bytes.end <= length);
    let hover = workspace.hover(name, offset, None);
    assert!(hover.is_none_or(|hover| hover.bytes.end <= length));
    let places = [workspace.definition(name, offset), workspace.references(name, offset, true)].concat();
    assert!(places.iter().filter(|place| place.file == name).all(|place| place.bytes.end <= length));
    let _ = workspace.rename(name, offset, "renamed");
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn an_editor_is_answered_whatever_is_typed(
        first in prop_oneof![bytes(), strokes().prop_map(|strokes| damaged(MODEL, &strokes))],
        typed in vec((any::<Index>(), 0..30_usize, "[ \\n:\\-{}\\[\\]a'\"&*|>#,0-9$é]{0,5}"), 1..6),
        asked in vec(any::<Index>(), 3),
    ) {
        // Not saved, and so by itself.
        let name = "untitled:1";
        let mut text = String::from_utf8_lossy(&first).into_owned();
        let mut workspace = Workspace::default();
        workspace.open(name, &text);
        for (at, length, new) in typed {
            let (start, end) = (at.index(text.len() + 1), at.index(text.len() + 1) + length);
            if text.get(start..end).is_some() {
                text.replace_range(start..end, &new);
            }
            workspace.change(name, |text: &mut Text| {
                text.replace(start..end, &new);
                Some(text.line_of(start))
            });
            let changed = workspace.text(name).unwrap();
            prop_assert_eq!(changed.text(), &text);
            for place in &asked {
                ask(&workspace, name, text.len(), place.index(text.len() + 1));
            }
            let _ = workspace.outline(name).unwrap().symbols();
        }
    }

    #[test]
    fn policy_tests_of_any_text_are_refused_or_run(
        tests in prop_oneof![bytes(), strokes().prop_map(|strokes| damaged(TESTS, &strokes))],
    ) {
        let text = String::from_utf8_lossy(&tests).into_owned();
        let model = include_str!("../../../policies/mydre/example-engagement.yaml");
        let base = include_str!("../../../policies/mydre/core-support-team.yaml");
        let files: Memory<'_> =
            [("example-engagement.yaml", model), ("core-support-team.yaml", base), ("m.test.yaml", &text)].into_iter().collect();
        match expectation::run_from(&files, &["m.test.yaml"]) {
            Ok(report) => prop_assert!(report.passed() + report.failed() > 0, "{}", text),
            Err(unrunnable) => {
                let told = unrunnable.errors().iter().flat_map(rasci::LoadError::diagnostics).count();
                prop_assert!(told > 0 && !unrunnable.to_string().is_empty(), "{}", text);
            }
        }
    }
}
