//! The cells of a row: letters under a party, or names under a letter, each with its fate.

use super::entries::Entry;
use super::ledger::Fate;
use super::letters::{self, Reading};
use super::parties::PartyNo;
use super::rows::{Reader, UNCOUNTED};
use super::sheet::CellId;
use super::words;
use crate::document::Letter;

impl Reader<'_> {
    /// A cell of letters under a party.
    pub(super) fn letters(&mut self, id: CellId, party: PartyNo, entry: &mut Entry) {
        let cell = self.page.cell(id);
        let who = self.parties.all.get(party).map_or_else(String::new, |party| party.title.clone());
        let said = format!("{who}: {}", cell.text.replace('\n', " "));
        match letters::read(&cell.text, self.alphabet) {
            Reading::Nothing => self.ledger.settle(id, Fate::Nothing),
            Reading::Letters(held) => {
                let inner = held.remarks.iter().any(|remark| letters::mentions(remark, self.alphabet));
                if !held.foreign.is_empty() {
                    let foreign = held.foreign.iter().map(|c| format!("`{c}`")).collect::<Vec<_>>().join(", ");
                    self.ledger.report(self.page, id, format!("{foreign} has no counterpart among R, A, S, C and I"), true);
                } else if inner {
                    self.ledger.report(self.page, id, "what the letters in brackets mean beside the others is not known", true);
                }
                if held.bracketed {
                    self.ledger.remark(&cell.place, format!("`{}` is in brackets, and read as if it were not", cell.text));
                }
                if let Some(letter) = held.look_alike {
                    let code = u32::from(letter);
                    self.ledger
                        .remark(&cell.place, format!("`{letter}` (U+{code:04X}) is read as the Latin letter it looks like"));
                }
                let note = held.mark.as_ref().and_then(|mark| self.footnotes.iter().find(|(other, _)| other == mark));
                if let Some((mark, note)) = note {
                    self.used.insert(mark.clone());
                    entry.remarks.push(format!("{said} ({note})"));
                } else if !held.remarks.is_empty() || !held.foreign.is_empty() || held.mark.is_some() || held.bracketed {
                    entry.remarks.push(said);
                }
                self.ledger.settle(id, Fate::Letters);
                if held.out {
                    entry.out.push(party);
                }
                if !held.letters.is_empty() {
                    entry.letters.push((party, held.letters));
                }
            }
            Reading::Worded => {
                let reason = "words beside a letter say when or how far it holds, which only a person can put into a condition";
                self.ledger.report(self.page, id, reason, true);
                entry.remarks.push(said);
            }
            Reading::Other if cell.text.starts_with('=') => {
                self.ledger.report(self.page, id, UNCOUNTED, true);
                entry.remarks.push(said);
            }
            Reading::Other if words::is_either(&cell.text) => {
                self.ledger.report(self.page, id, "the word is said of R by some and of A by others", true);
                entry.remarks.push(said);
            }
            Reading::Other => {
                self.ledger.report(self.page, id, format!("it is no letter of {}", self.alphabet.name), true);
                entry.remarks.push(said);
            }
        }
    }

    /// A mark under a letter: the party of its row holds it.
    pub(super) fn mark(&mut self, id: CellId, letter: Letter, party: Option<PartyNo>, entry: &mut Entry) {
        match party {
            Some(party) => {
                entry.hold(party, letter);
                self.ledger.settle(id, Fate::Letters);
            }
            None => self.ledger.report(self.page, id, "it says that somebody holds the letter, and not who", false),
        }
    }

    /// A cell of names under a letter.
    pub(super) fn names(&mut self, id: CellId, letter: Letter, entry: &mut Entry) {
        let text = &self.page.cell(id).text;
        if words::is_nothing(text) {
            self.ledger.settle(id, Fate::Nothing);
            return;
        }
        let names = super::names::split(text, letter, &|name| self.parties.is_name(name));
        if names.iter().any(|name| words::names_nobody(name)) {
            let reason = "it names no party: whether one is not known yet, or nobody holds the letter, is for a person to say";
            self.ledger.report(self.page, id, reason, true);
            entry.remarks.push(format!("{}: {}", letter.as_str(), text.replace('\n', " ")));
        }
        for name in names.into_iter().filter(|name| !words::names_nobody(name)) {
            let party = self.parties.of(&name, self.ledger);
            entry.hold(party, letter);
        }
        self.ledger.settle(id, Fate::Letters);
    }
}
