//! What may be written at a place: keys, names, letters, words. Names come from the document and all it extends.

use std::collections::HashSet;
use std::ops::Range;

use super::names::Known;
use super::outline::Declared;
use super::pieces::record;
use super::place::{Place, Step};
use super::test_files as tests;
use super::workspace::{Doc, Workspace};
use crate::document::form::{Form, Record};
use crate::document::{Assignment, LINTS, Letter, LetterKey, Vocabulary};
use crate::lint::Lint;

/// What may be written at a place, instead of the word that stands there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Offers {
    /// The bytes of the word.
    pub bytes: Range<usize>,
    /// What may be written.
    pub items: Vec<Offer>,
}

/// Something that may be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// What is shown.
    pub label: String,
    /// What is put into the text.
    pub insert: String,
    /// What it is called, and of which kind.
    pub detail: Option<String>,
    /// What it means.
    pub about: Option<String>,
    /// What it is.
    pub kind: OfferKind,
}

/// What is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfferKind {
    /// A key of the language, or a letter.
    Key,
    /// A name of this vocabulary.
    Name(Vocabulary),
    /// A word out of a fixed set.
    Word,
    /// The path of another document.
    Path,
}

/// A form, and the dimension or flow that names in it belong to.
struct Reached {
    form: Form,
    owner: Option<String>,
}

impl Workspace {
    /// What may be written at a byte of a document; nothing where that cannot be told, or the text is free.
    #[must_use]
    pub fn complete(&self, name: &str, offset: usize) -> Offers {
        let Some(doc) = self.doc(name) else { return Offers::default() };
        if let Some((bytes, items)) = in_suppression(doc.text.text(), offset) {
            return Offers { bytes, items };
        }
        let Some(place) = Place::at(&doc.text, offset) else { return Offers::default() };
        if let Some(items) = self.paths(&doc, &place) {
            return Offers { bytes: place.word, items };
        }
        let record = record(doc.outline.tests);
        let Some(Reached { form, owner }) = reach(&place.path, record) else { return Offers::default() };
        let offering = Offering { workspace: self, doc: &doc, owner: owner.as_deref(), place: &place };
        let mut items = Vec::new();
        if !place.key {
            items.extend(offering.values(form));
        }
        if place.key || place.begins {
            items.extend(offering.keys(form));
        }
        let mut offered = HashSet::new();
        items.retain(|offer| !place.beside.contains(&offer.label) && offered.insert(offer.label.clone()));
        Offers { bytes: place.word, items }
    }
}

/// The form at the end of a path.
fn reach(path: &[Step], record: &'static Record) -> Option<Reached> {
    let mut reached = Reached { form: Form::Record(record), owner: None };
    for step in path {
        reached.form = descend(reached.form, step, &mut reached.owner)?;
    }
    Some(reached)
}

/// The form one step further in; none where nothing known stands there.
fn descend(form: Form, step: &Step, owner: &mut Option<String>) -> Option<Form> {
    Some(match (form, step) {
        // What is declared by an id is new.
        (Form::Record(_) | Form::Assignment(_), Step::Key(key)) if key == "id" => Form::Text,
        (Form::Record(record), Step::Key(key)) => (record.field(key)?.form)(),
        // Its values are declared here.
        (Form::Entries(Vocabulary::Dimension, _) | Form::Citations, Step::Key(_)) => Form::Text,
        (Form::Entries(vocabulary, inner), Step::Key(key)) => {
            *owner = (vocabulary == Vocabulary::Flow).then(|| key.clone());
            inner.form()
        }
        (Form::OneOrMany(inner), Step::Key(_)) => descend(inner.form(), step, owner)?,
        (Form::List(inner) | Form::OneOrMany(inner), Step::Item) => inner.form(),
        (form @ (Form::Names(_) | Form::Holders | Form::Allowed), Step::Item) => form,
        (Form::When, Step::Key(key)) => {
            *owner = Some(key.clone());
            Form::Allowed
        }
        (Form::Allowed, Step::Key(_)) => Form::Allowed,
        (Form::Citations, Step::Item) => Form::Names(Vocabulary::Source),
        (Form::Assignment(_), Step::Key(key)) => match Assignment::RECORD.field(key) {
            Some(field) => (field.form)(),
            None => LetterKey::parse(key).map(|_| Form::Holders)?,
        },
        (Form::Expected, Step::Key(_)) => Form::Names(Vocabulary::Party),
        (Form::Expected, Step::Item) => Form::Record(tests::DUTY),
        _ => return None,
    })
}

/// A place in a document, for which offers are made.
struct Offering<'o> {
    workspace: &'o Workspace,
    doc: &'o Doc,
    owner: Option<&'o str>,
    place: &'o Place,
}

impl Offering<'_> {
    /// What may be written as a value.
    fn values(&self, form: Form) -> Vec<Offer> {
        match form {
            Form::Names(vocabulary) => self.names(vocabulary, ""),
            Form::Holders => {
                let mut parties = self.names(Vocabulary::Party, "");
                parties.extend(self.names(Vocabulary::Relation, "$"));
                parties
            }
            Form::Allowed => self.names(Vocabulary::Value, ""),
            Form::Citations => self.names(Vocabulary::Source, ""),
            Form::Word(words) => words.iter().map(word).collect(),
            Form::Flag => [("true", "Yes."), ("false", "No.")].iter().map(word).collect(),
            Form::Expected => tests::EXPECTED.iter().map(word).collect(),
            Form::OneOrMany(inner) => self.values(inner.form()),
            _ => Vec::new(),
        }
    }

    /// What may be written as a key.
    fn keys(&self, form: Form) -> Vec<Offer> {
        match form {
            Form::Record(record) => record.fields.iter().map(|field| self.key(field.key, field.about, (field.form)())).collect(),
            Form::Assignment(implied) => {
                let letters = self.letters().flat_map(|(key, letter)| {
                    let sets = (key.clone(), format!("Who holds {}: {}.", letter.as_str(), letter.word()));
                    let adds = (format!("{key}+"), format!("Who also holds {}: {}.", letter.as_str(), letter.word()));
                    [sets, adds]
                });
                let letters = letters.map(|(key, about)| self.key(&key, &about, Form::Holders));
                let fields = Assignment::RECORD.fields.iter();
                let fields =
                    fields.filter(|field| self.joined().is_empty() && implied.is_none_or(|implied| implied.word() != field.key));
                letters.chain(fields.map(|field| self.key(field.key, field.about, (field.form)()))).collect()
            }
            Form::When => self.name_keys(Vocabulary::Dimension, true),
            Form::Allowed => vec![self.key("not", "All values but these.", Form::Allowed)],
            Form::Citations => self.name_keys(Vocabulary::Source, true),
            Form::Entries(Vocabulary::Lint, _) => lints(self.colon(Form::Text)),
            // An entry of a document that this one extends can be extended here.
            Form::Entries(vocabulary, inner) => {
                let after = self.colon(inner.form());
                self.name_keys(vocabulary, false)
                    .into_iter()
                    .map(|offer| Offer { insert: offer.label.clone() + after, ..offer })
                    .collect()
            }
            Form::Expected => self.letters().map(|(key, letter)| self.key(&key, letter.word(), Form::Holders)).collect(),
            Form::OneOrMany(inner) => self.keys(inner.form()),
            _ => Vec::new(),
        }
    }

    /// The letters that stand in the word before the last `/`, with it: `A/`.
    fn joined(&self) -> &str {
        let word = self.doc.text.text().get(self.place.word.clone()).unwrap_or_default();
        let letters = word.rfind('/').and_then(|at| word.get(..at)).filter(|letters| LetterKey::parse(letters).is_some());
        letters.and_then(|letters| word.get(..=letters.len())).unwrap_or_default()
    }

    /// Every letter that is not joined already, as the key that it makes.
    fn letters(&self) -> impl Iterator<Item = (String, Letter)> {
        let joined = self.joined();
        let others = Letter::ALL.into_iter().filter(|letter| !joined.contains(letter.as_str()));
        others.map(move |letter| (format!("{joined}{}", letter.as_str()), letter))
    }

    fn key(&self, key: &str, about: &str, form: Form) -> Offer {
        let insert = format!("{key}{}", self.colon(form));
        Offer { label: key.to_owned(), insert, detail: None, about: Some(about.trim().to_owned()), kind: OfferKind::Key }
    }

    /// What follows a key: nothing where a colon stands there already, or the key is in quotes.
    fn colon(&self, form: Form) -> &'static str {
        let rest = self.doc.text.text().get(self.place.word.end..).unwrap_or_default();
        let block = matches!(form, Form::Record(_) | Form::Entries(..) | Form::List(_));
        match rest.trim_start_matches(' ').starts_with(':') || self.place.quoted {
            true => "",
            false if self.place.begins && block => ":",
            false => ": ",
        }
    }

    fn name_keys(&self, vocabulary: Vocabulary, own: bool) -> Vec<Offer> {
        let after = self.colon(Form::Text);
        let known = self.workspace.known(self.doc, vocabulary, None).into_iter().filter(|known| own || known.elsewhere);
        known.map(|known| offer(vocabulary, "", &known, after)).collect()
    }

    fn names(&self, vocabulary: Vocabulary, before: &str) -> Vec<Offer> {
        let owned = matches!(vocabulary, Vocabulary::Value | Vocabulary::Step);
        let known = self.workspace.known(self.doc, vocabulary, self.owner.filter(|_| owned));
        known.iter().map(|known| offer(vocabulary, before, known, "")).collect()
    }
}

fn offer(vocabulary: Vocabulary, before: &str, known: &Known, after: &str) -> Offer {
    let label = format!("{before}{}", known.name);
    let Declared { title, kind, about, .. } = &known.declared;
    let detail = match (title, kind) {
        (Some(title), Some(kind)) => format!("{title} ({kind})"),
        (Some(title), None) => title.to_string(),
        (None, Some(kind)) => kind.to_string(),
        (None, None) => vocabulary.word().to_owned(),
    };
    let insert = format!("{label}{after}");
    Offer { label, insert, detail: Some(detail), about: about.as_deref().map(str::to_owned), kind: OfferKind::Name(vocabulary) }
}

fn word((word, about): &(&str, &str)) -> Offer {
    let about = Some(about.trim().to_owned());
    Offer { label: (*word).to_owned(), insert: (*word).to_owned(), detail: None, about, kind: OfferKind::Word }
}

fn lints(after: &str) -> Vec<Offer> {
    let lint = |(name, level): &(&str, crate::document::Level)| Offer {
        label: (*name).to_owned(),
        insert: format!("{name}{after}"),
        detail: Some(level.as_str().to_owned()),
        about: Lint::named(name).map(|lint| format!("Finds {}.", lint.finds)),
        kind: OfferKind::Name(Vocabulary::Lint),
    };
    LINTS.iter().map(lint).collect()
}

/// What may be written in a comment that suppresses lints, `# rasci: allow(LINT)`, and instead of which bytes.
fn in_suppression(text: &str, offset: usize) -> Option<(Range<usize>, Vec<Offer>)> {
    let bytes = super::place::word(text, offset);
    let line = text.get(..bytes.start)?.rsplit(['\n', '\r']).next()?;
    let (before, inside) = line.rsplit_once("rasci:")?;
    if !before.contains('#') {
        return None;
    }
    if inside.trim().is_empty() {
        let allow = word(&("allow", "Findings of these lints are suppressed here: `allow(LINT) because REASON`."));
        return Some((bytes, vec![Offer { insert: "allow(".to_owned(), ..allow }]));
    }
    let inside = inside.trim_start().strip_prefix("allow(")?;
    let open = inside.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | ',' | ' '));
    open.then(|| (bytes, lints("")))
}
