//! Stage 7: judgements. A [`Lint`] is a static value and a function; this file holds the table of all of them.
//!
//! Lints look at effective cells: after inheritance, relations and conditions, in every context. Levels are applied here
//! and nowhere else. A finding is stated once, at the assignment that causes it, with how far it reaches.

mod accountable_and_informed;
mod addition_to_nobody;
mod ambiguous_assignment;
mod columns;
mod condition_gap;
mod conditional_fallthrough;
mod crossing;
mod duplicate_letter;
mod endless_flow;
mod escalation_gap;
mod flow_without_responsible;
mod fold;
mod ground;
mod hits;
mod lines;
mod loads;
mod look;
mod many_accountable;
mod memo;
mod mends;
mod no_accountable;
mod no_responsible;
mod out_of_scope;
mod outranked_override;
mod overloaded_party;
mod page;
mod pass;
mod persons;
mod reach;
mod redundant_assignment;
mod related;
mod rows;
mod scope;
mod seen;
mod sets;
mod shadowed_assignment;
mod similar_id;
mod single_point;
mod stands;
mod steps;
mod suppression;
mod survey;
mod sweep;
mod twice;
mod unassigned_task;
mod uncovered_absence;
mod understaffed;
mod unexplained_suppression;
mod unmet_requirement;
mod unreachable_step;
mod unresolved_relation;
mod unsourced_assignment;
mod unused_component;
mod unused_dimension;
mod unused_party;
mod unused_suppression;

use std::borrow::Cow;

use crate::diagnostic::{Diagnostic, Mend, Severity};
use crate::document::Level;
use crate::parallel;
use crate::policy::Policy;
use crate::source::Span;

use hits::InCells;
use mends::Mender;
pub use page::{page_markdown, pages_markdown, table_markdown};
pub use suppression::Suppressed;
use suppression::Suppressions;
use survey::Survey;

/// A model of a page: the name and text of each document, the last of which is loaded.
pub type Example = &'static [(&'static str, &'static str)];

/// A lint: what it is called, what it finds, and how; and its page.
///
/// ```
/// use rasci::lint::{Lint, page_markdown};
///
/// let lint = Lint::named("many-accountable").expect("a lint");
/// assert!(page_markdown(lint).starts_with("## many-accountable"));
/// ```
#[derive(Debug)]
pub struct Lint {
    /// Its kebab-case name.
    pub name: &'static str,
    /// What it finds, in one line.
    pub finds: &'static str,
    /// Why that matters, and who says so.
    pub why: &'static str,
    /// A small model in which it fires.
    pub fires: Example,
    /// The same model mended, in which it does not.
    pub mended: Example,
    find: Find,
}

/// How a lint finds.
#[derive(Debug)]
enum Find {
    /// In one cell after the other, in all combinations at once.
    Cells(InCells),
    /// In what was taken down of all cells.
    Survey(fn(&Survey<'_>) -> Vec<Finding>),
    /// In what the model declares: it needs no cell.
    Model(fn(&Survey<'_>) -> Vec<Finding>),
    /// In the comments that suppress findings, once the others are found.
    Suppressions(fn(&Suppressions) -> Vec<Finding>),
}

/// What a lint found, before its level is known.
struct Finding {
    /// Whether it says that the lint was left out.
    left_out: bool,
    span: Span,
    message: String,
    related: Option<(Span, &'static str)>,
    help: Cow<'static, str>,
    mend: Option<Mend>,
}

impl Finding {
    fn at(span: Span, message: impl Into<String>, help: impl Into<Cow<'static, str>>) -> Self {
        Self { left_out: false, span, message: message.into(), related: None, help: help.into(), mend: None }
    }

    /// With another place that explains it.
    fn related(self, span: Span, message: &'static str) -> Self {
        Self { related: Some((span, message)), ..self }
    }

    /// A check that was not made does not pass, whatever the level of its lint.
    fn leaving_out(self) -> Self {
        Self { left_out: true, ..self }
    }

    fn diagnostic(self, lint: &'static str, severity: Severity) -> Diagnostic {
        let (lint, severity) = if self.left_out { ("too-many-cells", Severity::Deny) } else { (lint, severity) };
        let diagnostic = Diagnostic::finding(lint, severity, self.span, self.message).help(self.help);
        let diagnostic = self.mend.into_iter().fold(diagnostic, Diagnostic::mend);
        self.related.into_iter().fold(diagnostic, |diagnostic, (span, message)| diagnostic.related(span, message))
    }
}

/// Every lint, in the order of the language.
pub static TABLE: &[&Lint] = &[
    &no_responsible::LINT,
    &no_accountable::LINT,
    &many_accountable::LINT,
    &accountable_and_informed::LINT,
    &duplicate_letter::LINT,
    &ambiguous_assignment::LINT,
    &condition_gap::LINT,
    &conditional_fallthrough::LINT,
    &outranked_override::LINT,
    &addition_to_nobody::LINT,
    &unassigned_task::LINT,
    &shadowed_assignment::LINT,
    &redundant_assignment::LINT,
    &similar_id::LINT,
    &unused_party::LINT,
    &unused_component::LINT,
    &unused_dimension::LINT,
    &unresolved_relation::LINT,
    &unsourced_assignment::LINT,
    &out_of_scope::LINT,
    &overloaded_party::LINT,
    &understaffed::LINT,
    &unmet_requirement::LINT,
    &uncovered_absence::LINT,
    &single_point::LINT,
    &flow_without_responsible::LINT,
    &unreachable_step::LINT,
    &endless_flow::LINT,
    &escalation_gap::LINT,
    &unused_suppression::LINT,
    &unexplained_suppression::LINT,
];

/// Levels that a caller gives to lints, the later over the earlier; they go before those of the model.
pub type Levels = Vec<(String, Level)>;

/// What the lints found: what is shown, and what comments in the model suppress.
#[derive(Debug)]
pub struct Findings {
    /// Those to show, by file and place.
    pub shown: Vec<Diagnostic>,
    /// Those that are suppressed at their place.
    pub suppressed: Vec<Suppressed>,
}

impl Findings {
    /// With the changes that would mend each finding, where its lint knows any: the texts are read again for that.
    #[must_use]
    pub fn with_mends(mut self, policy: &Policy) -> Self {
        let all = self.shown.iter().chain(self.suppressed.iter().map(|suppressed| &suppressed.finding));
        let mut mender = Mender::new(policy, all);
        let suppressed = self.suppressed.iter_mut().map(|suppressed| &mut suppressed.finding);
        self.shown.iter_mut().chain(suppressed).for_each(|finding| mender.mend(finding));
        self
    }
}

impl Policy {
    /// Every finding of the lints that are not allowed and not suppressed, by file and place, with what would mend it.
    #[must_use]
    pub fn lint(&self, levels: &Levels) -> Vec<Diagnostic> {
        self.findings(levels).with_mends(self).shown
    }

    /// Every finding of the lints that are not allowed, those suppressed at their place for themselves. What would mend them
    /// is added by [`Findings::with_mends`].
    ///
    /// ```
    /// use rasci::Policy;
    ///
    /// let text = "rasci: 1\nid: m\nparties: { ann: {} } # rasci: allow(unused-party) because she comes in May\n";
    /// let findings = Policy::parse("model.yaml", text)?.findings(&Vec::new());
    /// assert!(findings.shown.is_empty());
    /// assert_eq!(findings.suppressed[0].reason.as_deref(), Some("she comes in May"));
    /// # Ok::<(), rasci::LoadError>(())
    /// ```
    #[must_use]
    pub fn findings(&self, levels: &Levels) -> Findings {
        let severity = |lint: &&'static Lint| Some((*lint, self.level(lint, levels).severity()?));
        let mut lints: Vec<(&'static Lint, Severity)> = TABLE.iter().filter_map(severity).collect();
        let survey = Survey::new(self, &lints.iter().map(|(lint, _)| *lint).collect::<Vec<_>>());
        let unlooked_at = survey.unlooked_at();
        lints.retain(|(lint, _)| unlooked_at.is_none() || !matches!(lint.find, Find::Cells(_) | Find::Survey(_)));
        let mut suppressions = Suppressions::of(self, lints.iter().map(|(lint, _)| lint.name).collect());
        let mut shown: Vec<Diagnostic> = unlooked_at.into_iter().collect();
        let mut suppressed = Vec::new();
        let mut looks = reach::MOST_LOOKS;
        let found: Vec<_> = lints.iter().map(|(lint, _)| (*lint, survey.found(lint.name, &mut looks))).collect();
        let found = parallel::each_long(&found, |(lint, found)| match &lint.find {
            Find::Cells(in_cells) => survey.findings(in_cells, found),
            Find::Survey(find) | Find::Model(find) => find(&survey),
            Find::Suppressions(_) => Vec::new(),
        });
        for ((lint, severity), found) in lints.into_iter().zip(found) {
            let findings = if let Find::Suppressions(find) = &lint.find { find(&suppressions) } else { found };
            let found = findings.into_iter().map(|finding| finding.diagnostic(lint.name, severity));
            shown.extend(found.filter_map(|finding| suppressions.shown(finding, &mut suppressed)));
        }
        shown.sort_by(|a, b| (a.span, a.name, &a.message).cmp(&(b.span, b.name, &b.message)));
        Findings { shown, suppressed }
    }

    /// The level of a lint: the caller's, else the model's, else its own.
    fn level(&self, lint: &Lint, levels: &Levels) -> Level {
        let callers = levels.iter().rev().find(|(name, _)| name == lint.name).map(|(_, level)| *level);
        let models = || self.model().lint_levels().find(|(name, _)| *name == lint.name).map(|(_, level)| level);
        callers.or_else(models).unwrap_or_else(|| lint.default_level())
    }
}
