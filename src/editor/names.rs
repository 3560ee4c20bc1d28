//! Names across documents: where they are declared, where they are used, and who shares them.

use std::collections::HashMap;
use std::ops::Range;

use super::outline::{Declared, Id, What};
use super::workspace::{Doc, TooMany, Workspace};
use crate::document::Vocabulary;

/// A stretch of bytes in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// The document.
    pub file: String,
    /// The bytes.
    pub bytes: Range<usize>,
}

/// A name that is declared in a document or one it extends.
#[derive(Debug, Clone)]
pub(super) struct Known {
    pub(super) name: Box<str>,
    pub(super) declared: Declared,
    /// Whether another document declares it.
    pub(super) elsewhere: bool,
}

impl Workspace {
    /// Where what stands at a byte is declared; of a path to another document, that document.
    #[must_use]
    pub fn definition(&self, name: &str, offset: usize) -> Vec<Location> {
        let Some(doc) = self.doc(name) else { return Vec::new() };
        match doc.outline.at(offset).map(|(_, what)| what) {
            Some(What::Name(named)) => {
                let known = declarations(&self.with_bases(doc.clone()), &named.symbol);
                // What only a document that extends this one declares.
                let everywhere = || self.shared(&doc, &named.symbol).map(|docs| declarations(&docs, &named.symbol));
                if known.is_empty() { everywhere().unwrap_or_default() } else { known }
            }
            Some(What::Base(base)) => {
                self.base(&doc, base).map(|base| Location { file: base.name, bytes: 0..0 }).into_iter().collect()
            }
            _ => Vec::new(),
        }
    }

    /// Every place that means what stands at a byte, in all documents that share it; its declarations only if asked for.
    #[must_use]
    pub fn references(&self, name: &str, offset: usize, declarations: bool) -> Vec<Location> {
        let Some((doc, symbol)) = self.named_at(name, offset) else { return Vec::new() };
        let docs = self.shared(&doc, &symbol).unwrap_or_else(|TooMany| self.with_bases(doc));
        let mut found: Vec<Location> = docs.iter().flat_map(|doc| uses(doc, &symbol, declarations)).collect();
        found.sort_by(|a, b| (&a.file, a.bytes.start).cmp(&(&b.file, b.bytes.start)));
        found
    }

    /// Every place in the same document that means what stands at a byte.
    #[must_use]
    pub fn highlights(&self, name: &str, offset: usize) -> Vec<Location> {
        let Some((doc, symbol)) = self.named_at(name, offset) else { return Vec::new() };
        uses(&doc, &symbol, true).collect()
    }

    /// The name at a byte.
    pub(super) fn named_at(&self, name: &str, offset: usize) -> Option<(Doc, Id)> {
        let doc = self.doc(name)?;
        let symbol = match doc.outline.at(offset)?.1 {
            What::Name(named) if named.symbol.vocabulary != Vocabulary::Lint => named.symbol.clone(),
            _ => return None,
        };
        Some((doc, symbol))
    }

    /// The names of a vocabulary that a document may use, in declared order, those it declares itself last.
    pub(super) fn known(&self, doc: &Doc, vocabulary: Vocabulary, owner: Option<&str>) -> Vec<Known> {
        let mut known: Vec<Known> = Vec::new();
        let mut at: HashMap<Box<str>, usize> = HashMap::new();
        for from in self.with_bases(doc.clone()).iter().rev() {
            let outlines = [Some(&from.outline), from.whole.as_ref()];
            for (_, named) in outlines.into_iter().flatten().flat_map(|outline| outline.names()) {
                let Some(declared) = &named.declares else { continue };
                if named.symbol.vocabulary != vocabulary || named.symbol.owner.as_deref() != owner {
                    continue;
                }
                let name = &named.symbol.name;
                if let Some(known) = at.get(name).and_then(|at| known.get_mut(*at)) {
                    known.declared.join(declared);
                    continue;
                }
                at.insert(name.clone(), known.len());
                let elsewhere = from.identity != doc.identity;
                known.push(Known { name: name.clone(), declared: declared.clone(), elsewhere });
            }
        }
        known
    }

    /// The documents in which a name means the same as in this one.
    ///
    /// Two documents share a name where both have it and some document extends both; and so do those that each of the
    /// two shares it with.
    pub(super) fn shared(&self, doc: &Doc, symbol: &Id) -> Result<Vec<Doc>, TooMany> {
        let mut shared: Vec<Doc> = vec![doc.clone()];
        let groups: Vec<Vec<Doc>> = self.groups(doc)?;
        let mut grown = true;
        while grown {
            grown = false;
            for group in &groups {
                let joined = group.iter().any(|doc| shared.iter().any(|other| other.identity == doc.identity));
                let having = group.iter().filter(|doc| doc.outline.names().any(|(_, named)| named.symbol == *symbol));
                let new: Vec<Doc> =
                    having.filter(|doc| joined && !shared.iter().any(|other| other.identity == doc.identity)).cloned().collect();
                grown |= !new.is_empty();
                shared.extend(new);
            }
        }
        Ok(shared)
    }

    /// Every document with all it extends.
    pub(super) fn groups(&self, doc: &Doc) -> Result<Vec<Vec<Doc>>, TooMany> {
        Ok(self.everything(doc)?.into_iter().map(|root| self.with_bases(root)).collect())
    }
}

impl Declared {
    /// A later document says more, or something else.
    fn join(&mut self, later: &Self) {
        let take = |mine: &mut Option<Box<str>>, later: &Option<Box<str>>| {
            if let Some(later) = later {
                *mine = Some(later.clone());
            }
        };
        take(&mut self.title, &later.title);
        take(&mut self.kind, &later.kind);
        take(&mut self.about, &later.about);
        take(&mut self.parent, &later.parent);
    }
}

fn uses<'d>(doc: &'d Doc, symbol: &'d Id, declarations: bool) -> impl Iterator<Item = Location> + 'd {
    let names =
        doc.outline.names().filter(move |(_, named)| named.symbol == *symbol && (declarations || named.declares.is_none()));
    names.map(|(bytes, _)| Location { file: doc.name.clone(), bytes })
}

/// Where these documents declare a name; what is extended comes first.
fn declarations(docs: &[Doc], symbol: &Id) -> Vec<Location> {
    let declared = |doc: &Doc| -> Vec<Location> {
        let names = doc.outline.names().filter(|(_, named)| named.declares.is_some() && named.symbol == *symbol);
        names.map(|(bytes, _)| Location { file: doc.name.clone(), bytes }).collect()
    };
    docs.iter().rev().flat_map(declared).collect()
}
