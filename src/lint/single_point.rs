//! `single-point`: a person without whom work has nobody.

use super::persons::{Presence, persons};
use super::survey::{Survey, SurveyedCase};
use super::{Find, Finding, Lint};
use crate::document::{Letter, PartyKind};
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
    find: Find::Cells(|survey| {
        let model = survey.model();
        let people = model.parties().filter(|(_, it)| it.kind == Some(PartyKind::Person));
        let finding = |(id, it): (PartyId, &crate::model::Party)| {
            let presence = Presence::without(model, id);
            let (cell, letter) = first_lost(survey, |case, letter| lost(case, letter, &presence))?;
            let message = format!("without `{}` nobody is {} for {}", it.about.id, letter.word(), cell_words(model, cell));
            Some(Finding::at(it.about.span, message, "Name a second person, or a party with several."))
        };
        people.filter_map(finding).collect()
    }),
};

/// Whether a letter has parties, of which none is there.
pub(super) fn lost(case: &SurveyedCase, letter: Letter, presence: &Presence<'_>) -> bool {
    let mut parties = case.outcome(letter).parties().peekable();
    parties.peek().is_some() && !parties.any(|party| presence.is_there(party))
}

/// The first cell in which R or A is lost.
pub(super) fn first_lost(
    survey: &Survey<'_>,
    lost: impl Fn(&SurveyedCase, Letter) -> bool,
) -> Option<(crate::matrix::Cell, Letter)> {
    let letters = [Letter::Responsible, Letter::Accountable];
    survey
        .cases()
        .find_map(|(cell, case)| letters.into_iter().find(|letter| lost(case, *letter)).map(|letter| (cell.cell(), letter)))
}

/// How many of a party's persons are there on a day.
pub(super) fn there(survey: &Survey<'_>, party: PartyId, presence: &Presence<'_>) -> usize {
    persons(survey.model(), party).into_iter().filter(|person| presence.is_there(*person)).count()
}
