//! When persons are away, and who stands in: dates read, and what cannot be reported.

use std::collections::HashSet;

use jiff::civil::Date;

use super::Resolver;
use crate::diagnostic::{Diagnostic, ErrorKind};
use crate::document::{self, Name};
use crate::model::entries::{Absence, Party};
use crate::model::id::{Handle, PartyId, Table};
use crate::source::{Span, Spanned};

/// So many steps along deputies are taken in all; no honest model comes near.
const MOST_STEPS: usize = 10_000_000;

impl Resolver<'_, '_> {
    /// The absences of one party, in order of time.
    pub(super) fn absences(&mut self, written: &[Spanned<document::Absence<'_>>]) -> Vec<Absence> {
        let mut absences: Vec<Absence> = written.iter().filter_map(|absence| self.absence(absence)).collect();
        absences.sort_by_key(|absence| absence.from);
        let mut last: Option<&Absence> = None;
        for absence in &absences {
            if let Some(other) = last.filter(|other| absence.from <= other.until) {
                let (first, second) = if other.span < absence.span { (other, absence) } else { (absence, other) };
                let overlap =
                    Diagnostic::error(ErrorKind::OverlappingAbsence, second.span, "two absences of one person share a day");
                self.sink.push(overlap.related(first.span, "the other").help("Join the two, or change their days."));
            }
            last = last.filter(|other| other.until >= absence.until).or(Some(absence));
        }
        absences
    }

    fn absence(&mut self, written: &Spanned<document::Absence<'_>>) -> Option<Absence> {
        let body = &written.value;
        let from = self.date(body.from.as_ref(), "from", written.span);
        let until = self.date(body.until.as_ref(), "until", written.span);
        let deputy = body.deputy.as_ref().and_then(|deputy| self.parties.find(deputy, self.sink));
        let (from, until) = (from?, until?);
        if until < from {
            let end = body.until.as_ref().map_or(written.span, |until| until.span);
            let reversed = Diagnostic::error(ErrorKind::InvalidValue, end, "an absence that ends before it begins");
            self.sink.push(reversed.help("Both days are included: `until` is `from` or later."));
            return None;
        }
        Some(Absence { from, until, deputy, span: written.span })
    }

    fn date(&mut self, written: Option<&Name<'_>>, key: &str, absence: Span) -> Option<Date> {
        let Some(written) = written else {
            let missing = Diagnostic::error(ErrorKind::MissingKey, absence, format!("the key `{key}` is missing"));
            self.sink.push(missing.help(format!("Write `{key}: 2026-12-24`: a day, included.")));
            return None;
        };
        // A date alone: the library would also read a date with a time.
        let date = written.value.parse().ok().filter(|_| written.value.len() == "2026-12-24".len());
        if date.is_none() {
            let bad = Diagnostic::error(ErrorKind::InvalidValue, written.span, format!("`{}` is not a date", written.value));
            self.sink.push(bad.help("Write year, month and day: `2026-12-24`."));
        }
        date
    }

    /// Deputies in a circle, all of them absent on one day.
    ///
    /// Where such a day exists, one of the circle's absences begins on one: it is enough to look at those days.
    pub(super) fn check_absences(&mut self, parties: &Table<PartyId, Party>) {
        let mut told: HashSet<PartyId> = HashSet::new();
        let mut steps = 0;
        for (person, party) in parties.iter() {
            for absence in &party.absences {
                let chain = deputies(parties, person, absence.from, &mut steps);
                if steps > MOST_STEPS {
                    let message = format!("deputies that take more than {MOST_STEPS} steps to follow");
                    let entangled = Diagnostic::error(ErrorKind::LimitExceeded, absence.span, message);
                    return self.sink.push(entangled.help("Name deputies who are there, so that chains are short."));
                }
                let Some(mut circle) = chain else { continue };
                let first = circle.iter().enumerate().min_by_key(|(_, member)| **member).map_or(0, |(nth, _)| nth);
                circle.rotate_left(first);
                if circle.iter().all(|member| told.insert(*member)) {
                    self.report_absent_circle(parties, &circle, absence.from);
                }
            }
        }
    }

    fn report_absent_circle(&mut self, parties: &Table<PartyId, Party>, circle: &[PartyId], day: Date) {
        let deputy = |person: &PartyId| {
            let slot = self.draft.parties.entries.get(*self.party_places.get(person.place())?)?;
            let span = away(&parties[*person], day)?.span;
            slot.body.absent.iter().find(|absence| absence.span == span)?.value.deputy.as_ref().map(|deputy| deputy.span)
        };
        let mut places: Vec<Span> = circle.iter().filter_map(deputy).collect();
        places.sort_unstable();
        let names: Vec<&str> = circle.iter().chain(circle.first()).map(|person| parties[*person].about.id.as_ref()).collect();
        let message = format!("deputies in a circle, all absent on {day}: {}", names.join(" -> "));
        let diagnostic = Diagnostic::error(ErrorKind::AbsentCircle, places.first().copied(), message);
        let diagnostic = places.iter().skip(1).fold(diagnostic, |diagnostic, span| diagnostic.related(*span, "and here"));
        self.sink.push(diagnostic.help("Name a deputy who is there on that day."));
    }
}

/// The circle that the deputies of `person` on `day` make, if they come back to it. Counts its steps.
fn deputies(parties: &Table<PartyId, Party>, person: PartyId, day: Date, steps: &mut usize) -> Option<Vec<PartyId>> {
    let mut chain = vec![person];
    let mut seen = HashSet::from([person]);
    loop {
        *steps += 1;
        let next = away(&parties[*chain.last()?], day)?.deputy?;
        if next == person {
            return Some(chain);
        }
        if *steps > MOST_STEPS || !seen.insert(next) {
            return None;
        }
        chain.push(next);
    }
}

/// The absence of a person on a day. Absences are in order of time, and share no day.
fn away(person: &Party, day: Date) -> Option<&Absence> {
    let after = person.absences.partition_point(|absence| absence.from <= day);
    person.absences.get(after.checked_sub(1)?).filter(|absence| day <= absence.until)
}
