//! What is told of the word under the cursor: what it means, where it is declared, and what a party holds.

use std::fmt::Write;
use std::ops::Range;

use super::outline::{Id, What};
use super::text::Encoding;
use super::workspace::{Doc, Workspace};
use crate::document::{Letter, LetterKey, Vocabulary};
use crate::lint::Lint;
use crate::policy::Policy;
use crate::query::{Duty, How};
use crate::words::when_words;

/// What is told of a word, as Markdown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hover {
    /// The bytes of the word.
    pub bytes: Range<usize>,
    /// What is told.
    pub markdown: String,
}

/// So many duties are told of; the rest are counted.
const TOLD: usize = 12;

/// Duties are told where there are no more cells: looking at more takes longer than a hand is still.
const CELLS: usize = 2_000;

impl Workspace {
    /// What is told of the word at a byte. `policy` is the model as it could be loaded last.
    #[must_use]
    pub fn hover(&self, name: &str, offset: usize, policy: Option<&Policy>) -> Option<Hover> {
        let doc = self.doc(name)?;
        let (bytes, what) = doc.outline.at(offset)?;
        let written = doc.text.text().get(bytes.clone()).unwrap_or_default();
        let markdown = match what {
            What::Word(about) => format!("`{written}`: {about}"),
            What::Letters => letters(written)?,
            What::Alias(named) => {
                format!("`{}`: another name, by which questions find the {}.", named.symbol.name, named.symbol.vocabulary.word())
            }
            What::Base(path) => {
                format!("`{path}`: {}", self.base(&doc, path).map_or("there is no such file.".to_owned(), |base| base.name))
            }
            What::Name(named) if named.symbol.vocabulary == Vocabulary::Lint => {
                let lint = Lint::named(&named.symbol.name)?;
                format!(
                    "**lint** `{}`\n\nFinds {}. Level: `{}`.\n\n{}",
                    lint.name,
                    lint.finds,
                    lint.default_level().as_str(),
                    lint.why
                )
            }
            What::Name(named) => self.about(&doc, &named.symbol, policy),
        };
        Some(Hover { bytes, markdown })
    }

    fn about(&self, doc: &Doc, symbol: &Id, policy: Option<&Policy>) -> String {
        let owner = symbol.owner.as_deref();
        let mut text = format!("**{}** `{}`", symbol.vocabulary.word(), symbol.name);
        if let Some(owner) = owner {
            let _ = write!(text, " of `{owner}`");
        }
        let known = self.known(doc, symbol.vocabulary, owner).into_iter().find(|known| known.name == symbol.name);
        let Some(known) = known else {
            text.push_str("\n\nNot declared here, nor in what this document extends.");
            return text;
        };
        let declared = known.declared;
        if let Some(title) = &declared.title {
            let _ = write!(text, ": {title}");
        }
        if let Some(kind) = &declared.kind {
            let _ = write!(text, " ({kind})");
        }
        if let Some(about) = &declared.about {
            let _ = write!(text, "\n\n{about}");
        }
        if let Some(parent) = &declared.parent {
            let _ = write!(text, "\n\nPart of `{parent}`.");
        }
        let places: Vec<String> = self.declared_at(doc, symbol);
        if !places.is_empty() {
            let _ = write!(text, "\n\nDeclared at {}.", places.join(", "));
        }
        if let (Vocabulary::Party, Some(policy)) = (symbol.vocabulary, policy) {
            text.push_str(&held(policy, &symbol.name));
        }
        text
    }

    /// `file:line` of each declaration, what is extended first.
    fn declared_at(&self, doc: &Doc, symbol: &Id) -> Vec<String> {
        let mut places = Vec::new();
        for doc in self.with_bases(doc.clone()).iter().rev() {
            for (bytes, named) in doc.outline.names() {
                if named.declares.is_some() && named.symbol == *symbol {
                    let line = doc.text.point(bytes.start, Encoding::Utf32).line + 1;
                    let file = doc.name.rsplit(['/', '\\']).next().unwrap_or_default();
                    places.push(format!("{file}:{line}"));
                }
            }
        }
        places
    }
}

/// What the letters of a key mean.
fn letters(key: &str) -> Option<String> {
    let LetterKey { letters, adds } = LetterKey::parse(key.trim_matches(['"', '\'']))?;
    let does = |letter: &Letter| match letter {
        Letter::Responsible => "does the work",
        Letter::Accountable => "answers for it",
        Letter::Support => "helps do it",
        Letter::Consulted => "gives input, and hears back",
        Letter::Informed => "is told",
    };
    let each = letters.iter().map(|letter| format!("**{}**, {}: {}", letter.as_str(), letter.word(), does(letter)));
    let how = if adds { "These join whoever is set elsewhere." } else { "The most specific assignment decides." };
    Some(format!("{}.\n\n{how}", each.collect::<Vec<_>>().join("; ")))
}

/// What a party holds, named or as a member or through a part.
fn held(policy: &Policy, party: &str) -> String {
    let model = policy.model();
    let Ok(party) = policy.party(party) else { return String::new() };
    if model.tasks().count().saturating_mul(model.components().count() + 1) > CELLS {
        let names =
            |clause: crate::model::Clause<'_>| clause.parties.iter().any(|named| named == crate::model::PartyRef::Party(party));
        let count = model.assignments().filter(|(_, assignment)| assignment.clauses.iter().any(names)).count();
        return format!("\n\nNamed in {count} assignments.");
    }
    let duties = policy.duties(party);
    if duties.is_empty() {
        return "\n\nHolds nothing.".to_owned();
    }
    let mut text = "\n\nHolds:\n".to_owned();
    for duty in duties.iter().take(TOLD) {
        let _ = write!(text, "\n- {}", told(policy, duty));
    }
    if duties.len() > TOLD {
        let _ = write!(text, "\n- and {} more", duties.len() - TOLD);
    }
    text
}

/// R of `restore` and all below at `sbc` when priority is P1, as a member of `helpdesk`.
fn told(policy: &Policy, duty: &Duty) -> String {
    let model = policy.model();
    let block = duty.block;
    let below = |below: bool, parts: bool| if below && parts { " and all below" } else { "" };
    let mut text = format!("**{}** of ", duty.letter.as_str());
    if block.task == crate::model::TaskId::ALL {
        text.push_str("every task");
    } else {
        let task = model.task(block.task);
        let _ = write!(text, "`{}`{}", task.about.id, below(block.task_below, !task.parts.is_empty()));
    }
    match (block.component == crate::model::ComponentId::SYSTEM, block.component_below) {
        (true, true) => text.push_str(", everywhere"),
        (true, false) => text.push_str(", of the whole system"),
        (false, all) => {
            let component = model.component(block.component);
            let _ = write!(text, " at `{}`{}", component.about.id, below(all, !component.parts.is_empty()));
        }
    }
    text.push_str(&when_words(model, &duty.when));
    if let Some(through) = duty.through {
        let how = if duty.how == How::AsMember { "as a member of" } else { "through its part" };
        let _ = write!(text, ", {how} `{}`", model.party(through).about.id);
    }
    text
}
