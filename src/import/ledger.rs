//! Conservation: every filled cell ends as exactly one [`Fate`].
//!
//! The ledger holds one entry for each cell of the page. What nobody settled is reported when it is closed, so that no
//! cell can be lost: there is no way to close it with a cell that has no fate.

use std::collections::BTreeSet;

use super::sheet::{CellId, Page, Place};

/// What became of a filled cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fate {
    /// Letters, or a name under a letter.
    Letters,
    /// It says that there is no letter.
    Nothing,
    /// A task, or a group of tasks: its title, number or id.
    Task,
    /// A party: its title, code or id.
    Party,
    /// The head of a column.
    Head,
    /// A note of the model.
    Note,
    /// A time limit of the model.
    Within,
    /// It explains a letter.
    Legend,
    /// Not taken over, or not as it stands: it is in the report, with the reason.
    Reported,
}

impl Fate {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Letters,
        Self::Nothing,
        Self::Task,
        Self::Party,
        Self::Head,
        Self::Note,
        Self::Within,
        Self::Legend,
        Self::Reported,
    ];

    /// The word for it in reports.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Letters => "letters",
            Self::Nothing => "nothing",
            Self::Task => "tasks",
            Self::Party => "parties",
            Self::Head => "heads",
            Self::Note => "notes",
            Self::Within => "time limits",
            Self::Legend => "legend",
            Self::Reported => "reported",
        }
    }
}

/// Something that was not taken over, or not as it stands.
///
/// ```
/// use rasci::import::{Options, import};
///
/// let table = b"Task,Dev,Ops\nBuild,A/R,I\nRun,soon,A/R\n";
/// let imported = import("raci.csv", table, &Options::default())?;
/// let left = &imported.report.left[0];
/// assert_eq!((left.text.as_str(), left.place.line), ("soon", 3));
/// # Ok::<(), rasci::import::Refusal>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// Where it stands; of a row its first cell.
    pub place: Place,
    /// What it says; of a row all of it.
    pub text: String,
    /// Why it was not taken over.
    pub reason: String,
    /// How many cells it is: more than one of a row.
    pub cells: usize,
    /// Whether its text is kept in a note of the model.
    pub kept: bool,
}

/// Something that was read in a way worth knowing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Remark {
    /// Where it stands.
    pub place: Place,
    /// What was made of it.
    pub text: String,
}

/// The fates of all cells of a page.
#[derive(Debug)]
pub(crate) struct Ledger {
    fates: Vec<Option<Fate>>,
    left: Vec<Left>,
    remarks: BTreeSet<Remark>,
}

impl Ledger {
    pub(crate) fn of(page: &Page) -> Self {
        Self { fates: vec![None; page.cells().len()], left: Vec::new(), remarks: BTreeSet::new() }
    }

    /// Says what became of a cell. Of several fates, as of a merged cell that is met again, the first stands.
    pub(crate) fn settle(&mut self, id: CellId, fate: Fate) {
        if let Some(entry) = self.fates.get_mut(id.index()) {
            entry.get_or_insert(fate);
        }
    }

    /// Whether a cell has a fate.
    pub(crate) fn is_settled(&self, id: CellId) -> bool {
        self.fates.get(id.index()).is_some_and(Option::is_some)
    }

    /// Reports a cell, with the reason; `kept` where its text is in a note.
    pub(crate) fn report(&mut self, page: &Page, id: CellId, reason: impl Into<String>, kept: bool) {
        if !self.is_settled(id) {
            self.settle(id, Fate::Reported);
            let cell = page.cell(id);
            self.left.push(Left { place: cell.place.clone(), text: cell.text.clone(), reason: reason.into(), cells: 1, kept });
        }
    }

    /// Reports the cells of a row with one line: those without a fate.
    pub(crate) fn report_all(&mut self, page: &Page, ids: &[CellId], reason: &str) {
        let mut open: Vec<CellId> = ids.iter().copied().filter(|id| !self.is_settled(*id)).collect();
        open.sort_unstable();
        open.dedup();
        let Some(first) = open.first().copied() else { return };
        let texts: Vec<&str> = open.iter().map(|id| page.cell(*id).text.as_str()).collect();
        for id in &open {
            self.settle(*id, Fate::Reported);
        }
        let (place, text) = (page.cell(first).place.clone(), texts.join(" | "));
        self.left.push(Left { place, text, reason: reason.to_owned(), cells: open.len(), kept: false });
    }

    /// Keeps something worth knowing, once for a place.
    pub(crate) fn remark(&mut self, place: &Place, text: impl Into<String>) {
        self.remarks.insert(Remark { place: place.clone(), text: text.into() });
    }

    /// The fate of every cell, what was left, and the remarks. A cell that nobody settled is left.
    pub(crate) fn close(mut self, page: &Page) -> (Vec<Fate>, Vec<Left>, Vec<Remark>) {
        let comments: BTreeSet<usize> = page.all_comments().into_iter().map(CellId::index).collect();
        for (nth, cell) in page.cells().iter().enumerate() {
            if self.fates.get(nth).is_none_or(Option::is_none) {
                let (place, text) = (cell.place.clone(), cell.text.clone());
                let reason =
                    if comments.contains(&nth) { "it is a comment beside what is taken over" } else { "it stands in no table" };
                self.left.push(Left { place, text, reason: reason.to_owned(), cells: 1, kept: false });
            }
        }
        let fates = page.cells().iter().enumerate().map(|(nth, _)| self.fates.get(nth).copied().flatten());
        let fates = fates.map(|fate| fate.unwrap_or(Fate::Reported)).collect();
        self.left.sort_by(|a, b| a.place.cmp(&b.place));
        (fates, self.left, self.remarks.into_iter().collect())
    }
}
