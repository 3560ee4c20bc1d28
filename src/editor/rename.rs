//! Renames an id in every document that shares it, or says why it cannot.

use std::ops::Range;

use super::names::Location;
use super::outline::{Id, What};
use super::text::Encoding;
use super::workspace::{Doc, TooMany, Workspace};
use crate::document::Vocabulary;
use crate::model::{is_id, is_value};

/// A change to a document: these bytes replaced by that text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Where.
    pub location: Location,
    /// What to put there.
    pub text: String,
}

impl Workspace {
    /// The bytes of the id at a byte that can be renamed, and the id.
    ///
    /// # Errors
    /// Where no such id stands there; the reason as a message.
    pub fn renamable(&self, name: &str, offset: usize) -> Result<(Range<usize>, String), String> {
        let doc = self.doc(name).ok_or("the document is not open")?;
        let (bytes, what) = doc.outline.at(offset).ok_or("no id stands here")?;
        match what {
            What::Name(named) if named.symbol.vocabulary == Vocabulary::Lint => {
                Err(format!("`{}` is a lint, which the language names", named.symbol.name))
            }
            What::Name(named) => Ok((bytes, named.symbol.name.to_string())),
            What::Word(_) | What::Letters => Err("a word of the language cannot be renamed".to_owned()),
            What::Alias(named) => Err(format!("`{}` is an alias: nothing refers to it, so change it here", named.symbol.name)),
            What::Base(_) => Err("a path is no id".to_owned()),
        }
    }

    /// The changes that rename the id at a byte in every document that shares it.
    ///
    /// # Errors
    /// Where no id stands there, the new one is not written as an id or is taken, or a document that shares it cannot
    /// be read at the moment; the reason as a message.
    pub fn rename(&self, name: &str, offset: usize, new: &str) -> Result<Vec<Change>, String> {
        self.renamable(name, offset)?;
        let (doc, symbol) = self.named_at(name, offset).ok_or("no id stands here")?;
        check_written(&symbol, new)?;
        if *symbol.name == *new {
            return Ok(Vec::new());
        }
        let too_many = |TooMany| "the folders hold too many files to look at all".to_owned();
        let docs = self.shared(&doc, &symbol).map_err(too_many)?;
        let groups = self.groups(&doc).map_err(too_many)?;
        let together = groups.iter().filter(|group| group.iter().any(|one| docs.iter().any(|doc| doc.identity == one.identity)));
        for other in together.flatten() {
            check_free(other, &symbol, new)?;
        }
        if let Some(broken) = docs.iter().find(|doc| !doc.outline.complete) {
            return Err(format!("`{}` cannot be read at the moment; mend it first", broken.name));
        }
        let mut changes: Vec<Change> = docs.iter().flat_map(|doc| changes(doc, &symbol, new)).collect();
        changes.sort_by(|a, b| (&a.location.file, a.location.bytes.start).cmp(&(&b.location.file, b.location.bytes.start)));
        Ok(changes)
    }
}

fn check_written(symbol: &Id, new: &str) -> Result<(), String> {
    const LONGEST: usize = 128;
    let (written, form) = match symbol.vocabulary {
        Vocabulary::Value => (is_value(new), "letters, digits, `.`, `_` and `-`, a letter or digit first"),
        _ => (is_id(new), "small letters, digits and hyphens, a letter or digit first"),
    };
    if new.len() > LONGEST {
        return Err(format!("an id has at most {LONGEST} bytes"));
    }
    if written { Ok(()) } else { Err(format!("`{new}` is not written as an id: write {form}")) }
}

/// That no entry of the vocabulary has the new name, as its id or as an alias.
fn check_free(doc: &Doc, symbol: &Id, new: &str) -> Result<(), String> {
    let taken = |id: &Id| id.vocabulary == symbol.vocabulary && id.owner == symbol.owner && *id.name == *new;
    for (bytes, what) in doc.outline.marks() {
        let how = match what {
            What::Name(named) if taken(&named.symbol) && named.declares.is_some() => "declared",
            What::Name(named) if taken(&named.symbol) => "used",
            What::Alias(named) if taken(&named.symbol) => "an alias",
            _ => continue,
        };
        let line = doc.text.point(bytes.start, Encoding::Utf32).line + 1;
        return Err(format!("{} `{new}` is {how} already, at {}:{line}", symbol.vocabulary.word(), doc.name));
    }
    Ok(())
}

fn changes<'d>(doc: &'d Doc, symbol: &'d Id, new: &'d str) -> impl Iterator<Item = Change> + 'd {
    let named = doc.outline.names().filter(move |(_, named)| named.symbol == *symbol);
    named.map(move |(bytes, named)| {
        let before = doc.text.text().get(..bytes.start).unwrap_or_default();
        let relation = symbol.vocabulary == Vocabulary::Relation && named.declares.is_none();
        let text = match (named.literal, relation) {
            (false, true) => format!("${new}"),
            // YAML would read these as nothing.
            (_, false) if matches!(new, "null" | "Null" | "NULL") && !before.ends_with(['"', '\'']) => format!("\"{new}\""),
            _ => new.to_owned(),
        };
        Change { location: Location { file: doc.name.clone(), bytes }, text }
    })
}
