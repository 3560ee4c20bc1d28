//! A matrix as one page for the browser, with nothing to fetch: every task at every component, with the derivation of
//! each answer, duties, load and findings.
//!
//! The page carries the answers as data, once for all cells that are alike, and a script that draws them; the script
//! decides nothing, it only chooses what to show. Whatever a model calls its entries stays text.

mod cells;
mod data;
mod why;

use askama::Template;

use crate::lint::Levels;
use crate::model::TaskId;
use crate::policy::Policy;
use crate::query::GridAsk;

use cells::Cells;
use data::Data;

/// A page in the making: tasks are added one after the other, so that a caller can show how far it has come.
///
/// ```
/// # use rasci::Policy;
/// # use rasci::query::GridAsk;
/// # use rasci::report::page::Page;
/// let policy = Policy::parse("model.yaml", "
/// rasci: 1
/// id: example
/// parties: { helpdesk: { title: </script> } }
/// tasks: { restore: { assign: [{ A/R: helpdesk }] } }
/// ")?;
/// let mut page = Page::new(&policy, GridAsk::default());
/// for task in page.tasks().to_vec() {
///     page.add(task);
/// }
/// let html = page.html()?;
/// assert!(html.starts_with("<!DOCTYPE html>"));
/// assert_eq!(html.matches("</script>").count(), 2); // the data and the script end, and no title does it for them
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Page<'p> {
    policy: &'p Policy,
    ask: GridAsk,
    tasks: Vec<TaskId>,
    cells: Cells<'p>,
}

/// What the template shows without the script; the rest is in the data.
#[derive(Template)]
#[template(path = "page.html")]
struct Frame<'p> {
    title: &'p str,
    asked: String,
    description: Option<&'p str>,
    style: &'static str,
    /// The script, in the order of its parts.
    script: [&'static str; 4],
    /// JSON that holds no `<`, so that nothing in it ends the element it stands in.
    data: String,
}

impl<'p> Page<'p> {
    /// A page of what is asked, still without its cells.
    #[must_use]
    pub fn new(policy: &'p Policy, ask: GridAsk) -> Self {
        let tasks = crate::query::tasks_below(policy.model(), ask.task);
        Self { policy, tasks, cells: Cells::new(policy, &ask), ask }
    }

    /// The tasks whose cells the page shows.
    #[must_use]
    pub fn tasks(&self) -> &[TaskId] {
        &self.tasks
    }

    /// Adds the cells of a task at every component.
    pub fn add(&mut self, task: TaskId) {
        self.cells.add(task);
    }

    /// The page. It judges as the lints do at the levels of the model.
    ///
    /// # Errors
    /// Where the data cannot be written as text, which no model brings about.
    pub fn html(self) -> Result<String, std::fmt::Error> {
        let model = self.policy.model();
        let asked = crate::report::sheet::asked(model, &self.ask);
        let findings = self.policy.findings(&Levels::new()).shown;
        let data = Data::new(self.policy, &self.ask, &self.tasks, self.cells, &findings);
        let json = serde_json::to_string(&data).map_err(|_| std::fmt::Error)?;
        let frame = Frame {
            title: crate::report::sheet::model_title(model),
            asked,
            description: model.about().description.as_deref(),
            style: include_str!("../../../templates/page.css"),
            script: [
                include_str!("../../../templates/answers.js"),
                include_str!("../../../templates/grid.js"),
                include_str!("../../../templates/why.js"),
                include_str!("../../../templates/page.js"),
            ],
            data: harmless(&json),
        };
        frame.render().map_err(|_| std::fmt::Error)
    }
}

/// JSON that means the same inside an element of HTML: what a parser of HTML or an older one of scripts would read as
/// its own is written as an escape.
fn harmless(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for character in json.chars() {
        match character {
            '<' => text.push_str("\\u003c"),
            '>' => text.push_str("\\u003e"),
            '&' => text.push_str("\\u0026"),
            '\u{2028}' => text.push_str("\\u2028"),
            '\u{2029}' => text.push_str("\\u2029"),
            character => text.push(character),
        }
    }
    text
}
