//! When persons are away, and who stands in: dates read, and what cannot be reported.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use super::{CIRCLE_SHOWN, Resolver, circle_words};
use crate::diagnostic::{Diagnostic, ErrorKind};
use crate::document::{self, Name};
use crate::model::entries::{Absence, Party};
use crate::model::id::{Handle, PartyId, Table};
use crate::source::{Span, Spanned};
use crate::yaml::shortened;

impl Resolver<'_, '_> {
    /// The absences of one party, in order of time.
    pub(super) fn absences(&mut self, written: &[Spanned<document::Absence<'_>>]) -> Vec<Absence> {
        let mut absences: Vec<Absence> = written.iter().filter_map(|absence| self.absence(absence)).collect();
        absences.sort_by_key(|absence| absence.from);
        let mut told: HashSet<Span> = HashSet::new();
        let mut longest: Option<&Absence> = None;
        for absence in &absences {
            if let Some(other) = longest.filter(|other| absence.from <= other.until) {
                let (first, later) = if other.span < absence.span { (other, absence) } else { (absence, other) };
                if told.insert(later.span) {
                    let overlap =
                        Diagnostic::error(ErrorKind::OverlappingAbsence, later.span, "two absences of one person share a day");
                    self.sink.push(overlap.related(first.span, "the other").help("Join the two, or change their days."));
                }
            }
            if longest.is_none_or(|other| other.until < absence.until) {
                longest = Some(absence);
            }
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
            self.sink.push(reversed.help("Write an `until` that is `from` or later: both days are included."));
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
            let bad = Diagnostic::error(
                ErrorKind::InvalidValue,
                written.span,
                format!("`{}` is not a date", shortened(&written.value)),
            );
            self.sink.push(bad.help(no_day(&written.value)));
        }
        date
    }

    /// Deputies in a circle, all of them absent on one day.
    ///
    /// Where such a day exists, one of the circle's absences begins on one: it is enough to look at those days.
    pub(super) fn check_absences(&mut self, parties: &Table<PartyId, Party>) {
        let mut told: HashSet<PartyId> = HashSet::new();
        let mut walked: HashMap<Date, HashSet<PartyId>> = HashMap::new();
        for (person, party) in parties.iter() {
            for day in party.absences.iter().map(|absence| absence.from) {
                let Some(mut circle) = circle(parties, person, day, walked.entry(day).or_default()) else {
                    continue;
                };
                let first = circle.iter().enumerate().min_by_key(|(_, member)| **member).map_or(0, |(nth, _)| nth);
                circle.rotate_left(first);
                if circle.iter().all(|member| told.insert(*member)) {
                    self.report_absent_circle(parties, &circle, day);
                }
            }
        }
    }

    fn report_absent_circle(&mut self, parties: &Table<PartyId, Party>, circle: &[PartyId], day: Date) {
        let deputy = |person: &PartyId| {
            let slot = self.draft.parties.entries.get(*self.party_places.get(person.place())?)?;
            let span = parties[*person].absence_on(day)?.span;
            slot.body.absent.iter().find(|absence| absence.span == span)?.value.deputy.as_ref().map(|deputy| deputy.span)
        };
        let mut places: Vec<Span> = circle.iter().filter_map(deputy).collect();
        places.sort_unstable();
        let names = circle_words(circle.iter().map(|person| parties[*person].about.id.as_ref()));
        let message = format!("deputies in a circle, all absent on {day}: {names}");
        let diagnostic = Diagnostic::error(ErrorKind::AbsentCircle, places.first().copied(), message);
        let diagnostic =
            places.iter().take(CIRCLE_SHOWN).skip(1).fold(diagnostic, |diagnostic, span| diagnostic.related(*span, "and here"));
        self.sink.push(diagnostic.help("Name a deputy who is there on that day."));
    }
}

/// The circle that the deputies of `person` on `day` come to. Nobody is walked from twice on one day.
fn circle(parties: &Table<PartyId, Party>, person: PartyId, day: Date, walked: &mut HashSet<PartyId>) -> Option<Vec<PartyId>> {
    let mut chain = Vec::new();
    let mut next = person;
    while walked.insert(next) {
        chain.push(next);
        next = parties[next].absence_on(day)?.deputy?;
    }
    let start = chain.iter().position(|member| *member == next)?;
    Some(chain.split_off(start))
}

/// How to write what is not a date.
fn no_day(written: &str) -> &'static str {
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = written.split('-').filter(|part| is_number(part)).collect();
    match parts.as_slice() {
        [year, month, day] if (year.len(), month.len(), day.len()) != (4, 2, 2) => "Write year, month and day: `2026-12-24`.",
        [_, month, _] if !("01"..="12").contains(month) => "Write a month from `01` to `12`, between the year and the day.",
        [_, _, _] => "Write a day that this month has.",
        _ => "Write year, month and day: `2026-12-24`.",
    }
}
