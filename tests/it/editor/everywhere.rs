//! At every place of every model that is shipped, whole or broken, an editor is answered; and what stands there is
//! among what is offered there.

use std::fs;
use std::path::{Path, PathBuf};

use rasci::editor::Workspace;

/// Every YAML file under a directory.
pub(super) fn models(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::from(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.extension() {
                None => folders.push(path),
                Some(extension) if extension == "yaml" => found.push(path.canonicalize().unwrap()),
                _ => {}
            }
        }
    }
    found.sort();
    found
}

/// Asks at every `step`th place of a document and where a name begins; how often at a name.
fn ask_everywhere(path: &Path, step: usize) -> usize {
    let name = path.to_string_lossy();
    let text = fs::read_to_string(path).unwrap();
    let mut workspace = Workspace::default();
    workspace.open(&name, &text);
    let mut names = 0;
    for (nth, (offset, _)) in text.char_indices().enumerate() {
        let begins = workspace.renamable(&name, offset).is_ok_and(|(bytes, _)| bytes.start == offset);
        if !begins && nth % step > 0 {
            continue;
        }
        let offers = workspace.complete(&name, offset);
        assert!(offers.items.is_empty() || offers.bytes.start <= offset && offset <= offers.bytes.end, "{name}:{offset}");
        let Ok((bytes, id)) = workspace.renamable(&name, offset) else {
            let _ = workspace.hover(&name, offset, None);
            let _ = workspace.definition(&name, offset);
            continue;
        };
        names += 1;
        if offset != bytes.start {
            continue;
        }
        let told = workspace.hover(&name, offset, None).unwrap_or_else(|| panic!("{name}:{offset}: nothing is told"));
        assert!(told.markdown.contains(&id), "{name}:{offset}: {}", told.markdown);
        let declared = workspace.definition(&name, offset);
        let here = |location: &rasci::editor::Location| location.file == *name && location.bytes == bytes;
        if declared.is_empty() || declared.iter().any(here) {
            continue;
        }
        let labels: Vec<&str> = offers.items.iter().map(|offer| offer.label.trim_start_matches('$')).collect();
        let at = text[..offset].matches('\n').count() + 1;
        assert!(labels.contains(&id.as_str()), "{name}:{at}: `{id}` is not among {labels:?}");
    }
    names
}

#[test]
fn every_place_of_every_broken_model_is_answered() {
    for path in models("policies/broken") {
        ask_everywhere(&path, 1);
    }
}

#[test]
fn every_name_of_the_shipped_models_is_offered_where_it_stands() {
    let mut names = 0;
    for path in models("policies/anywherenow").into_iter().chain(models("policies/mydre")) {
        names += ask_everywhere(&path, 5);
    }
    assert!(names > 3_000, "only {names} places of names");
}

#[test]
fn every_prefix_of_a_model_is_answered_at_its_end() {
    let text = fs::read_to_string("policies/mydre/service-levels.yaml").unwrap();
    let mut workspace = Workspace::default();
    for (end, _) in text.char_indices().step_by(23) {
        workspace.open("/p/m.yaml", &text[..end]);
        let _ = workspace.complete("/p/m.yaml", end);
        let _ = workspace.hover("/p/m.yaml", end, None);
        let _ = workspace.definition("/p/m.yaml", end);
        let _ = workspace.outline("/p/m.yaml");
    }
}
