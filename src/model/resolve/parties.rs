//! Parties: from nested names to handles, with what contains what.

use super::places::aliases;
use super::{CIRCLE_SHOWN, MergeLimits, Resolver, check_not_empty, circle_words, owned};
use crate::diagnostic::{Diagnostic, ErrorKind};
use crate::document::{self, PartyKind};
use crate::model::entries::{Contact, Party};
use crate::model::graph::circles;
use crate::model::id::{Handle, PartyId, Table};
use crate::source::Span;
use crate::yaml::shortened;

impl Resolver<'_, '_> {
    pub(super) fn parties(&mut self, limits: MergeLimits) -> Table<PartyId, Party> {
        let draft = self.draft;
        let mut table = Table::default();
        for place in self.party_places.clone() {
            let Some(slot) = draft.parties.entries.get(place) else {
                continue;
            };
            let parent = slot.parent.and_then(|parent| self.party_places.binary_search(&parent).ok()).map(PartyId::new);
            let party = self.party(&slot.name, &slot.body, parent);
            table.push(party);
        }
        self.check_depth(&draft.parties, limits);
        self.contain(&mut table);
        self.check_absences(&table);
        table
    }

    fn party(&mut self, name: &document::Name<'_>, body: &document::Party<'_>, parent: Option<PartyId>) -> Party {
        let mut about = self.about(name, [&body.title, &body.description, &body.note], body.source.as_ref());
        about.aliases = aliases(body.aliases.as_ref());
        if body.kind != Some(PartyKind::Person) {
            let absent = body.absent.first().map(|absence| (absence.span, "absent"));
            let satisfies = body.satisfies.as_ref().map(|names| (names.span, "satisfies"));
            for (span, key) in absent.into_iter().chain(satisfies) {
                let message = format!("`{key}` on `{}`, which is not a person", shortened(&name.value));
                self.sink.push(
                    Diagnostic::error(ErrorKind::PersonsOnly, span, message)
                        .help("Move it to the persons, or write `kind: person`."),
                );
            }
        }
        let contact = body.contact.as_ref();
        let staff = body.staff.as_ref().and_then(|staff| staff.at_least);
        if let Some(none) = staff.filter(|least| least.value == 0) {
            let none = Diagnostic::error(ErrorKind::InvalidValue, none.span, "`at-least: 0` asks for nobody");
            self.sink.push(none.help("Write 1 or more, or leave `staff` out."));
        }
        let scope = body.scope.as_ref();
        if let Some(scope) = scope {
            check_not_empty(scope, "components", self.sink);
        }
        Party {
            about,
            kind: body.kind,
            parent,
            parts: Vec::new(),
            members: self.parties.find_all(body.members.as_ref(), self.sink),
            member_of: Vec::new(),
            contact: Contact {
                email: owned(contact.and_then(|contact| contact.email.as_ref())),
                phone: owned(contact.and_then(|contact| contact.phone.as_ref())),
                url: owned(contact.and_then(|contact| contact.url.as_ref())),
            },
            staff_at_least: staff.map(|least| least.value),
            requires: self.requirements.find_all(body.requires.as_ref(), self.sink),
            satisfies: self.requirements.find_all(body.satisfies.as_ref(), self.sink),
            absences: self.absences(&body.absent),
            scope: scope.map(|scope| self.components.find_all(Some(scope), self.sink)),
        }
    }

    /// Fills in what contains what, and reports parties that contain themselves.
    fn contain(&mut self, table: &mut Table<PartyId, Party>) {
        let parts: Vec<(PartyId, PartyId)> = table.iter().filter_map(|(id, party)| Some((party.parent?, id))).collect();
        let members: Vec<(PartyId, PartyId)> =
            table.iter().flat_map(|(id, party)| party.members.iter().map(move |member| (id, *member))).collect();
        for (parent, part) in &parts {
            table.get_mut(*parent).into_iter().for_each(|party| party.parts.push(*part));
        }
        for (pool, member) in &members {
            table.get_mut(*member).into_iter().for_each(|party| party.member_of.push(*pool));
        }
        let edges: Vec<_> = parts.iter().chain(&members).map(|(container, part)| (container.place(), part.place())).collect();
        for circle in circles(table.len(), &edges) {
            self.report_circle(table, &circle);
        }
    }

    /// A circle of containment, told at the first `members` entry in it: parts alone make none.
    fn report_circle(&mut self, table: &Table<PartyId, Party>, circle: &[usize]) {
        let ids: Vec<PartyId> = circle.iter().map(|place| PartyId::new(*place)).collect();
        let next = |nth: usize| ids.get((nth + 1) % ids.len()).copied();
        let entry = |nth: usize, id: &PartyId| {
            let member = &table[next(nth)?].about.id;
            let slot = self.draft.parties.entries.get(*self.party_places.get(id.place())?)?;
            let items = &slot.body.members.as_ref()?.items;
            items.iter().find(|name| name.value == **member).map(|name| name.span)
        };
        let mut entries: Vec<Span> = ids.iter().enumerate().filter_map(|(nth, id)| entry(nth, id)).collect();
        entries.sort_unstable();
        let names = circle_words(ids.iter().map(|id| table[*id].about.id.as_ref()));
        let message = format!("a party contains itself: {names}");
        let cycle = Diagnostic::error(ErrorKind::MembershipCycle, entries.first().copied(), message);
        let cycle = entries.iter().take(CIRCLE_SHOWN).skip(1).fold(cycle, |cycle, span| cycle.related(*span, "and here"));
        self.sink.push(cycle.help("Take one of these entries out of `members`."));
    }
}
