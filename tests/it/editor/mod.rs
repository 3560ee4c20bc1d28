//! What an editor asks of documents while they are written, without the protocol: places are marked with `|`.

mod completion;
mod details;
mod everywhere;
mod forms;
mod pieces;
mod renaming;
mod text;

use rasci::editor::Workspace;

/// A base and a model that extends it, for the tests that need names of every kind.
pub(crate) const BASE: &str = "\
rasci: 1
id: base
sources: { contract: { title: Service contract } }
context: { priority: [P1, P2], scenario: [cloud, site] }
requirements: { agreement: { title: Agreement signed } }
parties:
  customer: { title: Example Ltd, kind: organization, parties: { helpdesk: { title: Helpdesk, kind: team } } }
  vendor: {}
relations: { operator: customer }
components: { sbc: { title: Border controller, relations: { manager: vendor } } }
tasks:
  restore: { title: Restore the service }
flows: { case: { steps: [{ id: log, task: restore, then: close }, { id: close }] } }
";

/// A workspace with the base and this model over it, and the byte that `|` marks in the model.
pub(crate) fn marked(model: &str) -> (Workspace, usize) {
    let offset = model.find('|').expect("a mark");
    let mut workspace = Workspace::default();
    workspace.open("/p/base.yaml", BASE);
    workspace.open("/p/model.yaml", &model.replacen('|', "", 1));
    (workspace, offset)
}
