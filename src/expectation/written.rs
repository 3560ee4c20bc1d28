//! What is written in a test file: names still text, each with its place. Nothing here knows the model.

use crate::diagnostic::{Diagnostic, ErrorKind};
use crate::document::{Letter, LetterKey, Name, Names, When};
use crate::matrix::Status;
use crate::query::{How, Verdict};
use crate::source::Spanned;
use crate::yaml::{Decode, Decoder, NodeId, Shape, shortened};

/// The version of test files that this program knows.
const VERSION: u32 = 1;

/// A test file.
pub(super) struct TestFile<'t> {
    pub(super) model: Option<Name<'t>>,
    pub(super) tests: Vec<Test<'t>>,
}

/// A test: a question, and what is expected.
pub(super) struct Test<'t> {
    pub(super) name: Name<'t>,
    pub(super) question: Question<'t>,
}

/// What a test asks.
pub(super) enum Question<'t> {
    Cell { task: Name<'t>, component: Option<Name<'t>>, when: When<'t>, expect: Expect<'t> },
    Holds { asked: Holds<'t>, when: When<'t>, expect: Verdict },
    Duties { party: Name<'t>, expect: Vec<Duty<'t>> },
}

/// What is expected of a cell.
pub(super) enum Expect<'t> {
    Letters(Vec<(Letter, Names<'t>)>),
    Status(Status),
}

/// What a `holds` test asks.
pub(super) struct Holds<'t> {
    pub(super) party: Name<'t>,
    pub(super) letter: Letter,
    pub(super) task: Name<'t>,
    pub(super) component: Option<Name<'t>>,
    pub(super) how: Vec<How>,
}

/// An expected duty.
pub(super) struct Duty<'t> {
    pub(super) letter: Letter,
    pub(super) task: Option<Name<'t>>,
    pub(super) component: Option<Name<'t>>,
    pub(super) task_below: bool,
    pub(super) component_below: bool,
    /// Alternatives; none means always.
    pub(super) when: Vec<When<'t>>,
    pub(super) how: How,
    pub(super) through: Option<Name<'t>>,
}

impl<'t> TestFile<'t> {
    /// Reads a test file; none where it is no map, or of a version that is not known.
    pub(super) fn read(decoder: &mut Decoder<'_, 't>, root: NodeId) -> Option<Self> {
        if decoder.shape(root) == Shape::Map
            && decoder.find(root, "rasci").is_some()
            && decoder.find(root, "rasci-test").is_none()
        {
            let help = "Write tests into a file of their own, `NAME.test.yaml`, that begins with `rasci-test: 1`.";
            decoder.missing(root, "policy tests were expected here, and this is a model", help);
            return None;
        }
        let fields = Fields::read(decoder, root, "a test file", &["rasci-test", "model", "tests"])?;
        match fields.required(decoder, "rasci-test", "Write `rasci-test: 1` first: the version of test files.") {
            Some(version) if !is_known(decoder, version) => return None,
            _ => {}
        }
        let model = fields.required(decoder, "model", "Write `model: model.yaml`: the model, as a path from this file.");
        let model = model.and_then(|model| Name::decode(decoder, model));
        let tests = fields.required(decoder, "tests", "Write `tests:` and a list of tests.");
        let tests = tests.and_then(|tests| {
            let items = decoder.list(tests, "a list of tests")?;
            if decoder.is_empty(tests) {
                let empty = Diagnostic::error(ErrorKind::EmptyList, decoder.span(tests), "an empty list of tests");
                decoder.report(empty.help("Write a test: `{ name: ..., task: ..., expect: { R: ... } }`."));
            }
            Some(items.filter_map(|item| Test::decode(decoder, item)).collect())
        });
        Some(Self { model, tests: tests.unwrap_or_default() })
    }
}

fn is_known(decoder: &mut Decoder<'_, '_>, version: NodeId) -> bool {
    let Shape::Text(text, _) = decoder.shape(version) else {
        decoder.expected::<()>(version, "the version of test files");
        return false;
    };
    let known = text.parse() == Ok(VERSION);
    if !known {
        let message = format!("unknown version `{text}` of test files");
        let unknown = Diagnostic::error(ErrorKind::UnknownVersion, decoder.span(version), message);
        decoder.report(unknown.help(format!("This program knows version {VERSION}: write `rasci-test: {VERSION}`.")));
    }
    known
}

impl<'t> Decode<'t> for Test<'t> {
    fn decode(decoder: &mut Decoder<'_, 't>, node: NodeId) -> Option<Self> {
        let has = |decoder: &Decoder<'_, 't>, key| decoder.shape(node) == Shape::Map && decoder.find(node, key).is_some();
        let known: &'static [&'static str] = match (has(decoder, "holds"), has(decoder, "duties"), has(decoder, "task")) {
            (true, ..) => &["name", "holds", "when", "expect"],
            (_, true, _) => &["name", "duties", "expect"],
            (.., true) => &["name", "task", "component", "when", "expect"],
            _ => &["name", "task", "holds", "duties", "component", "when", "expect"],
        };
        let fields = Fields::read(decoder, node, "a test", known)?;
        let name = fields.required(decoder, "name", "Write `name:` and what the test says, in plain words.");
        let name = name.and_then(|name| Name::decode(decoder, name));
        let expect = fields.required(decoder, "expect", "Write `expect:` and the answer that is right.");
        let question = match (fields.get("holds"), fields.get("duties")) {
            (Some(asked), _) => {
                let asked = Holds::decode(decoder, asked);
                let when = fields.when(decoder);
                let expect = expect.and_then(|expect| decoder.word(expect, "an answer of `holds`", &VERDICTS));
                Question::Holds { asked: asked?, when, expect: expect?.value }
            }
            (_, Some(party)) => {
                let party = Name::decode(decoder, party);
                let expect = expect.and_then(|expect| duties(decoder, expect));
                Question::Duties { party: party?, expect: expect? }
            }
            _ => {
                let help = "Write what is asked: `task: TASK`, `holds: { ... }` or `duties: PARTY`.";
                let task = fields.required(decoder, "task", help).and_then(|task| Name::decode(decoder, task));
                let component = fields.name(decoder, "component");
                let when = fields.when(decoder);
                let expect = expect.and_then(|expect| Expect::decode(decoder, expect));
                Question::Cell { task: task?, component, when, expect: expect? }
            }
        };
        Some(Self { name: name?, question })
    }
}

const VERDICTS: [(&str, Verdict); 3] = [("held", Verdict::Held), ("not-held", Verdict::NotHeld), ("depends", Verdict::Depends)];

const STATUSES: [(&str, Status); 3] =
    [("unassigned", Status::Unassigned), ("nobody", Status::Nobody), ("not-applicable", Status::NotApplicable)];

impl<'t> Decode<'t> for Expect<'t> {
    fn decode(decoder: &mut Decoder<'_, 't>, node: NodeId) -> Option<Self> {
        if decoder.shape(node) != Shape::Map {
            return match decoder.shape(node) {
                Shape::Text(word, _) if word == "assigned" => {
                    let message = "`assigned` says nothing of who";
                    let vague = Diagnostic::error(ErrorKind::InvalidValue, decoder.span(node), message);
                    decoder.report(vague.help("Write who is expected: `{ R: helpdesk }`."));
                    None
                }
                Shape::Text(..) => decoder.word(node, "a status to expect", &STATUSES).map(|word| Self::Status(word.value)),
                _ => decoder.expected(node, "a map of letters, or one of `unassigned`, `nobody`, `not-applicable`"),
            };
        }
        let mut letters: Vec<(Letter, Names<'t>)> = Vec::new();
        let entries = decoder.map(node, "")?.all(decoder);
        if entries.is_empty() {
            let empty = Diagnostic::error(ErrorKind::NoLetter, decoder.span(node), "a test that expects nothing of any letter");
            decoder.report(empty.help("Write a letter and who holds it: `{ R: helpdesk }`; `R: []` where nobody does."));
        }
        for (key, value) in entries {
            let Some(LetterKey { letters: named, adds: false }) = LetterKey::parse(&key.value) else {
                let unknown = format!("unknown letter `{}`", shortened(&key.value));
                let help = match key.value.strip_suffix('+').filter(|letters| LetterKey::parse(letters).is_some()) {
                    Some(letters) => format!("Write `{letters}`, and all who hold it, those that were added too."),
                    None => "Write R, A, S, C or I, or some of them joined: `A/R`.".to_owned(),
                };
                decoder.report(Diagnostic::error(ErrorKind::UnknownKey, key.span, unknown).help(help));
                continue;
            };
            let Some(parties) = Names::decode(decoder, value) else { continue };
            for letter in named.iter().copied() {
                if letters.iter().any(|(other, _)| *other == letter) {
                    let message = format!("the letter {} stands twice", letter.as_str());
                    decoder.report(Diagnostic::error(ErrorKind::LetterTwice, key.span, message).help("Write it once."));
                }
                letters.push((letter, parties.clone()));
            }
        }
        Some(Self::Letters(letters))
    }
}

impl<'t> Decode<'t> for Holds<'t> {
    fn decode(decoder: &mut Decoder<'_, 't>, node: NodeId) -> Option<Self> {
        let known = &["party", "letter", "task", "component", "how"];
        let fields = Fields::read(decoder, node, "what is asked of `holds`", known)?;
        let party = fields.required(decoder, "party", "Write `party:` and who is asked about.");
        let party = party.and_then(|party| Name::decode(decoder, party));
        let letter = fields.letter(decoder);
        let task = fields.required(decoder, "task", "Write `task:` and what is asked about.");
        let task = task.and_then(|task| Name::decode(decoder, task));
        let component = fields.name(decoder, "component");
        let how = fields.get("how").map_or_else(Vec::new, |how| match decoder.shape(how) {
            Shape::List => decoder.list(how, "").into_iter().flatten().filter_map(|how| way(decoder, how)).collect(),
            _ => way(decoder, how).into_iter().collect(),
        });
        Some(Self { party: party?, letter: letter?, task: task?, component, how })
    }
}

fn duties<'t>(decoder: &mut Decoder<'_, 't>, node: NodeId) -> Option<Vec<Duty<'t>>> {
    let items = decoder.list(node, "a list of duties")?;
    Some(items.into_iter().filter_map(|item| Duty::decode(decoder, item)).collect())
}

impl<'t> Decode<'t> for Duty<'t> {
    fn decode(decoder: &mut Decoder<'_, 't>, node: NodeId) -> Option<Self> {
        let known = &["letter", "task", "component", "task-below", "component-below", "when", "how", "through"];
        let fields = Fields::read(decoder, node, "a duty", known)?;
        let letter = fields.letter(decoder);
        let below =
            |decoder: &mut Decoder<'_, 't>, key| fields.get(key).and_then(|below| bool::decode(decoder, below)).unwrap_or(true);
        Some(Self {
            task: fields.name(decoder, "task"),
            component: fields.name(decoder, "component"),
            task_below: below(decoder, "task-below"),
            component_below: below(decoder, "component-below"),
            when: fields.alternatives(decoder),
            how: fields.get("how").and_then(|how| way(decoder, how)).unwrap_or(How::Named),
            through: fields.name(decoder, "through"),
            letter: letter?,
        })
    }
}

fn way(decoder: &mut Decoder<'_, '_>, node: NodeId) -> Option<How> {
    let words = How::ALL.map(|how| (how.as_str(), how));
    decoder.word(node, "a way of holding", &words).map(|word: Spanned<How>| word.value)
}

/// The keys of a map that are known, each with its value.
struct Fields {
    map: NodeId,
    fields: Vec<(&'static str, NodeId)>,
}

impl Fields {
    fn read(decoder: &mut Decoder<'_, '_>, map: NodeId, what: &str, known: &'static [&'static str]) -> Option<Self> {
        let fields = decoder.fields(map, what, known)?.all(decoder);
        Some(Self { map, fields })
    }

    fn get(&self, key: &str) -> Option<NodeId> {
        self.fields.iter().find(|(known, _)| *known == key).map(|(_, value)| *value)
    }

    fn required(&self, decoder: &mut Decoder<'_, '_>, key: &str, help: &str) -> Option<NodeId> {
        let value = self.get(key);
        if value.is_none() {
            decoder.missing_key(self.map, key, help);
        }
        value
    }

    fn name<'t>(&self, decoder: &mut Decoder<'_, 't>, key: &str) -> Option<Name<'t>> {
        self.get(key).and_then(|name| Name::decode(decoder, name))
    }

    fn when<'t>(&self, decoder: &mut Decoder<'_, 't>) -> When<'t> {
        self.get("when").and_then(|when| When::decode(decoder, when)).unwrap_or_default()
    }

    fn alternatives<'t>(&self, decoder: &mut Decoder<'_, 't>) -> Vec<When<'t>> {
        let Some(when) = self.get("when") else { return Vec::new() };
        match decoder.shape(when) {
            Shape::List => decoder.list(when, "").into_iter().flatten().filter_map(|item| When::decode(decoder, item)).collect(),
            _ => When::decode(decoder, when).into_iter().collect(),
        }
    }

    fn letter(&self, decoder: &mut Decoder<'_, '_>) -> Option<Letter> {
        let letter = self.required(decoder, "letter", "Write `letter:` and one of R, A, S, C, I.")?;
        let text = decoder.text(letter, "a letter")?;
        let found = Letter::ALL.into_iter().find(|letter| letter.as_str() == text.value);
        if found.is_none() {
            // No letter is near another.
            let message = format!("`{}` is not a letter", shortened(&text.value));
            decoder.report(Diagnostic::error(ErrorKind::InvalidValue, text.span, message).help("Write R, A, S, C or I."));
        }
        found
    }
}
