//! `no-responsible`: work that nobody does.

use super::ground::Ground;
use super::hits::{Hit, InCells, Needs, Words, alone, say};
use super::look::{Look, Named};
use super::{Find, Lint};
use crate::document::Letter;
use crate::model::ComponentId;

pub(super) static LINT: Lint = Lint {
    name: "no-responsible",
    finds: "an assigned cell in which R has no party",
    why: "Work that nobody does is not done, and each of those who are asked, told or answerable may think that another \
          does it. \"There is at least one role with a participation type of responsible\" for a task, says Wikipedia's \
          article on responsibility assignment matrices, and ITIL v3 asks for at least one R in each row. Where whoever is \
          accountable also does the work unless another is named, as that article allows, write the convention \
          `accountable-is-responsible: true`.",
    fires: &[(
        "model.yaml",
        "\
rasci: 1
id: backups
parties:
  customer: { kind: organization }
  operator: { title: Hosting operator, kind: organization }
tasks:
  restore-test:
    title: Restore a backup, to see that it works
    assign:
      - { A: customer, C: operator }
",
    )],
    mended: &[(
        "model.yaml",
        "\
rasci: 1
id: backups
parties:
  customer: { kind: organization }
  operator: { title: Hosting operator, kind: organization }
tasks:
  restore-test:
    title: Restore a backup, to see that it works
    assign:
      - { A: customer, R: operator }
",
    )],
    find: Find::Cells(InCells {
        hits: |ground, look, hits| lacks(ground, look, Letter::Responsible, hits),
        say: |_, message| say(message, &["nobody is responsible for"]),
        help: "Say who does the work, `R: PARTY`, or `R: []` where nobody does on purpose.",
        topmost: true,
        beside: alone,
        needs: Needs::Places,
    }),
};

/// Where a letter that should have a party has none by mistake: not where it was given to `[]`, nor in a whole-system cell
/// where an unresolved `$relation` decides it, which stands for somebody at a component.
///
/// Told at the `$relation`, or else at the most general assignment that gives the cell another letter.
pub(super) fn lacks(ground: &Ground<'_>, look: &Look<'_>, letter: Letter, hits: &mut Vec<Hit>) {
    let taking = look.letter(letter);
    let mut lacks = look.assigned.minus(&taking.held).minus(&taking.said);
    if look.cell.component == ComponentId::SYSTEM {
        lacks = lacks.minus(&taking.decided);
    }
    let unresolved = taking.parts().map(|(part, _)| (part.id, &part.when));
    let others = if lacks.is_never() { Vec::new() } else { holders(ground, look) };
    for (cause, when) in unresolved.chain(others.iter().map(|named| (named.id, &named.when))) {
        let here = lacks.and(when);
        if !here.is_never() {
            lacks = lacks.minus(&here);
            hits.push(Hit { cause, words: Words::Nothing, when: here });
        }
    }
}

/// All that is named in a cell, by no convention, the most general first.
fn holders<'l>(ground: &Ground<'_>, look: &'l Look<'_>) -> Vec<&'l Named> {
    let named = Letter::ALL.into_iter().flat_map(|letter| look.named(letter)).filter(|named| !named.implied);
    let mut named: Vec<&Named> = named.collect();
    named.sort_by_key(|named| (ground.depths(named.at), named.id));
    named
}
