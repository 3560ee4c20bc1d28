//! `single-point`: a person without whom work has nobody.

use super::persons::{Presence, persons};
use super::survey::Survey;
use super::{Find, Finding, Lint};
use crate::document::{Letter, PartyKind};
use crate::matrix::Cell;
use crate::model::PartyId;
use crate::words::cell_words;

pub(super) static LINT: Lint = Lint {
    name: "single-point",
    finds: "a person without whom no party of R, or of A, of some cell is there",
    why: "A person without whom nobody is left to do a task, or to answer for it, takes it along when ill, on holiday or \
          gone. In a small organisation that may be known and accepted, so this lint is allowed unless a model raises it. \
          Parties in which nobody is declared are taken to have people enough.",
    fires: &[(
        "model.yaml",
        "\
rasci: 1
id: databases
parties:
  customer: {}
  database-team:
    parties:
      ann: { kind: person }
tasks:
  restore-data:
    title: Restore data from a backup
    assign: [{ A: customer, R: database-team }]
",
    )],
    mended: &[(
        "model.yaml",
        "\
rasci: 1
id: databases
parties:
  customer: {}
  database-team:
    parties:
      ann: { kind: person }
      bob: { kind: person }
tasks:
  restore-data:
    title: Restore data from a backup
    assign: [{ A: customer, R: database-team }]
",
    )],
    find: Find::Survey(|survey| {
        let model = survey.model();
        let people = model.parties().filter(|(_, it)| it.kind == Some(PartyKind::Person));
        let finding = |(id, it): (PartyId, &crate::model::Party)| {
            let presence = Presence::without(model, id);
            let (cell, letter) = first_lost(survey, &presence)?;
            let message = format!("without `{}` nobody is {} for {}", it.about.id, letter.word(), cell_words(model, cell));
            Some(Finding::at(it.about.span, message, "Name a second person, or a party with several."))
        };
        people.filter_map(finding).collect()
    }),
};

/// The first cell in which parties are responsible, or accountable, and none of them is there.
pub(super) fn first_lost(survey: &Survey<'_>, presence: &Presence<'_>) -> Option<(Cell, Letter)> {
    let lost = |parties: &[PartyId]| !parties.iter().any(|party| presence.is_there(*party));
    let all = survey.seen.together.iter().filter(|((_, parties), _)| lost(parties));
    all.map(|((letter, _), cell)| (*cell, *letter)).min()
}

/// How many of a party's persons are there on a day.
pub(super) fn there(survey: &Survey<'_>, party: PartyId, presence: &Presence<'_>) -> usize {
    persons(survey.model(), party).into_iter().filter(|person| presence.is_there(*person)).count()
}
