//! How findings are mended, where a program can: the edits that do what the help of a lint says.
//!
//! A mend is certain only where it changes no answer and loses nothing that the author wrote down: not where an
//! assignment cites a source, has a note, says `[]`, or has an id that another document may refer to; and not where a party
//! goes out of a letter, which is then answered otherwise. Certain is said of the
//! model that was loaded: a document that other models are made of too may mean more to them.

use hashbrown::{HashMap, HashSet};

use super::duplicate_letter::PAIRS;
use crate::diagnostic::{Diagnostic, Edit, Mend};
use crate::document::{Letter, LetterKey};
use crate::model::{AssignmentId, Handle, Model, PartyId, PartyRef};
use crate::policy::Policy;
use crate::source::{SourceId, Span, to_u32};
use crate::yaml::{Outline, line_without};

/// Adds mends to findings. Texts are read again where what is to mend lies among other things, each once.
pub(super) struct Mender<'p> {
    policy: &'p Policy,
    outlines: HashMap<SourceId, Option<Outline<'p>>>,
    /// The assignments that something is found at, by their place.
    assignments: HashMap<Span, AssignmentId>,
}

/// The lints whose findings are mended at an assignment.
const OF_ASSIGNMENTS: [&str; 4] = ["redundant-assignment", "shadowed-assignment", "duplicate-letter", "accountable-and-informed"];

impl<'p> Mender<'p> {
    /// For these findings.
    pub(super) fn new<'f>(policy: &'p Policy, findings: impl Iterator<Item = &'f Diagnostic>) -> Self {
        let of_assignments = findings.filter(|finding| OF_ASSIGNMENTS.contains(&finding.name));
        let places: HashSet<Span> = of_assignments.filter_map(|finding| finding.span).collect();
        let assignments = if places.is_empty() { HashMap::new() } else { found_at(policy.model(), &places) };
        Self { policy, outlines: HashMap::new(), assignments }
    }

    /// Adds the mends that the lint of a finding knows.
    pub(super) fn mend(&mut self, finding: &mut Diagnostic) {
        let other = finding.related.first().map(|related| related.span);
        let mend = finding.span.and_then(|span| match finding.name {
            "redundant-assignment" => self.without_assignment(span, true),
            "shadowed-assignment" => self.without_assignment(span, false),
            "duplicate-letter" => self.without_weaker(span, &PAIRS),
            "accountable-and-informed" => self.without_weaker(span, &[(Letter::Accountable, Letter::Informed)]),
            "similar-id" => self.with_other_id(span, other?),
            "unused-suppression" => self.without_suppression(span),
            "unused-party" | "unused-component" | "unused-dimension" => self.without_entry(span),
            _ => None,
        });
        finding.mends.extend(mend);
    }

    fn model(&self) -> &'p Model {
        self.policy.model()
    }

    fn outline(&mut self, source: SourceId) -> Option<&Outline<'p>> {
        let policy = self.policy;
        let read = || Outline::of(policy.sources().get(source)?.text(), source);
        self.outlines.entry(source).or_insert_with(read).as_ref()
    }

    fn without_assignment(&mut self, span: Span, changes_nothing: bool) -> Option<Mend> {
        let id = *self.assignments.get(&span)?;
        let assignment = self.model().assignment(id);
        // That nobody holds a letter is said on purpose, even where an addition leaves it without effect.
        let says_nobody = self.model().assignments.clauses(id).iter().any(|clause| !clause.adds && clause.parties.is_empty());
        let says_more = says_nobody || assignment.id.is_some() || assignment.note.is_some() || !assignment.citations.is_empty();
        let text = self.policy.sources().get(span.source)?.text();
        let edits = match line_without(text, span) {
            Some(edit) => vec![edit],
            None => self.outline(span.source)?.take_out(&[span])?,
        };
        Some(Mend { title: "take the assignment out".to_owned(), edits, certain: changes_nothing && !says_more })
    }

    /// The entry of an id on which nothing depends, as far as this model shows.
    fn without_entry(&mut self, span: Span) -> Option<Mend> {
        let model = self.model();
        let party = model.parties().find(|(_, it)| it.about.span == span).map(|(_, it)| it);
        if party.is_some_and(|party| !party.parts.is_empty() || !party.member_of.is_empty()) {
            return None;
        }
        let id = self.policy.sources().text(span);
        let edits = self.outline(span.source)?.take_out(&[span])?;
        Some(Mend::possible(format!("take `{id}` out"), edits))
    }

    /// An id of one document written as that of another, wherever it stands; only where no third document has it.
    fn with_other_id(&mut self, span: Span, other: Span) -> Option<Mend> {
        let sources = self.policy.sources();
        let (id, meant) = (sources.text(span), sources.text(other));
        let elsewhere = (sources.iter().enumerate()).any(|(nth, it)| to_u32(nth) != span.source.0 && it.text().contains(id));
        let outline = self.outline(span.source).filter(|_| !elsewhere)?;
        let places = outline.named(id);
        if !places.contains(&span) || outline.has_key(meant) {
            return None;
        }
        let edits = places.into_iter().map(|span| Edit { span, replacement: meant.to_owned() }).collect();
        Some(Mend::possible(format!("write `{meant}` for `{id}` in this document"), edits))
    }

    /// The comment without the lint named at this place, or no comment where it names no other.
    fn without_suppression(&self, span: Span) -> Option<Mend> {
        let text = self.policy.sources().get(span.source)?.text();
        let (before, after) = (text.get(..span.start as usize)?, text.get(span.end as usize..)?);
        let (named, open) = (before.rsplit_once('(')?.1, after.split_once(')')?.0);
        let edit = |start: usize, end: usize| {
            vec![Edit { span: Span::new(span.source, to_u32(start), to_u32(end)), replacement: String::new() }]
        };
        let lint = self.policy.sources().text(span);
        if !open.trim().is_empty() {
            let next = span.end as usize + open.find(|c: char| c.is_alphabetic())?;
            return Some(Mend::possible(format!("take `{lint}` out of the suppression"), edit(span.start as usize, next)));
        }
        if let Some(comma) = named.rfind(',') {
            let start = before.len() - named.len() + comma;
            return Some(Mend::possible(format!("take `{lint}` out of the suppression"), edit(start, span.end as usize)));
        }
        let comment = before.rfind('#')?;
        let head = before.get(..comment)?.trim_end_matches([' ', '\t']);
        let end = span.end as usize + after.find(['\n', '\r']).unwrap_or(after.len());
        // On a line of its own it goes with the line.
        let alone = head.is_empty() || head.ends_with('\n');
        let line_end = text.get(end..)?.find('\n').map_or(text.len(), |length| end + length + 1);
        Some(Mend::possible("take the suppression out".to_owned(), edit(head.len(), if alone { line_end } else { end })))
    }

    /// The parties of an assignment without those that the same assignment gives a stronger letter.
    fn without_weaker(&mut self, span: Span, pairs: &[(Letter, Letter)]) -> Option<Mend> {
        let id = *self.assignments.get(&span)?;
        let twice = twice(self.model(), id, pairs);
        if twice.is_empty() {
            return None;
        }
        let mut edits: Vec<Edit> = Vec::new();
        let mut taken: Vec<String> = Vec::new();
        for key in self.outline(span.source)?.keys(span) {
            let Some(&[letter]) = LetterKey::parse(&key.name).as_ref().map(|key| &*key.letters) else { continue };
            let gone: Vec<(&str, Span)> = (key.names.iter())
                .filter(|(name, _)| twice.iter().any(|(weaker, party)| *weaker == letter && self.is_party(*party, name)))
                .map(|(name, span)| (name.as_ref(), *span))
                .collect();
            // Of a letter that would be left without parties, the author must say whether nobody is meant.
            if gone.is_empty() || gone.len() == key.names.len() {
                continue;
            }
            let places: Vec<Span> = gone.iter().map(|(_, span)| *span).collect();
            edits.extend(self.outline(span.source)?.take_out(&places)?);
            taken.extend(gone.iter().map(|(name, _)| format!("`{name}` out of `{}`", key.name)));
        }
        if edits.is_empty() {
            return None;
        }
        // What is taken out of a letter is asked for by it: the answers are others.
        Some(Mend::possible(format!("take {}", taken.join(" and ")), edits))
    }

    fn is_party(&self, party: PartyId, name: &str) -> bool {
        &*self.model().party(party).about.id == name
    }
}

/// The assignments that stand at these places.
fn found_at(model: &Model, places: &HashSet<Span>) -> HashMap<Span, AssignmentId> {
    let all = (0..model.assignments.len()).map(AssignmentId::new);
    all.map(|id| (model.assignments.span(id), id)).filter(|(span, _)| places.contains(span)).collect()
}

/// The parties that an assignment names in both letters of a pair, each with the weaker.
fn twice(model: &Model, id: AssignmentId, pairs: &[(Letter, Letter)]) -> Vec<(Letter, PartyId)> {
    let named = |letter: Letter| {
        let clauses = model.assignments.clauses(id).iter().filter(move |clause| clause.letters.contains(letter));
        clauses.flat_map(|clause| clause.parties.iter()).filter_map(|party| match party {
            PartyRef::Party(party) => Some(party),
            PartyRef::Relation(_) => None,
        })
    };
    let both = |(stronger, weaker): &(Letter, Letter)| {
        let strong: Vec<PartyId> = named(*stronger).collect();
        named(*weaker).filter(|party| strong.contains(party)).map(|party| (*weaker, party)).collect::<Vec<_>>()
    };
    pairs.iter().flat_map(both).collect()
}
