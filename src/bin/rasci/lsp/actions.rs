//! Quick fixes: the changes that mend what was found, for the client to apply.

use lsp_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, DocumentChanges, OneOf,
    OptionalVersionedTextDocumentIdentifier, Range, TextDocumentEdit, TextEdit, WorkspaceEdit,
};

use super::checking::{Mend, Spot};
use super::convert::Edits;
use super::{Server, publish, uri};

impl Server {
    /// What mends the findings that a range touches.
    pub(super) fn code_actions(&self, params: &CodeActionParams) -> Vec<CodeActionOrCommand> {
        let file = uri::name(&params.text_document.uri);
        let wanted = params.context.only.as_ref();
        if wanted.is_some_and(|only| !only.iter().any(|kind| CodeActionKind::QUICKFIX.as_str().starts_with(kind.as_str()))) {
            return Vec::new();
        }
        let mut actions = Vec::new();
        for told in self.published.of(&file).into_iter().filter(|told| touches(told.diagnostic.range, params.range)) {
            // Of texts that have changed since, the places are not known.
            let current =
                |(spot, _): &(Spot, String)| self.workspace.text(&spot.file).is_some_and(|text| text.text() == spot.text.text());
            for Mend { title, edits, certain } in told.found.mends.iter().filter(|mend| mend.edits.iter().all(current)) {
                let mut changes = Edits::default();
                for (spot, new) in edits {
                    let Some(uri) = uri::of(&self.name_of(&spot.file)) else { continue };
                    changes.add(uri, TextEdit::new(publish::range(spot, self.encoding), new.clone()));
                }
                actions.push(CodeActionOrCommand::CodeAction(CodeAction {
                    title: capitalised(title),
                    kind: Some(CodeActionKind::QUICKFIX),
                    diagnostics: Some(vec![told.diagnostic.clone()]),
                    edit: Some(self.edit(changes)),
                    is_preferred: Some(*certain),
                    ..CodeAction::default()
                }));
            }
        }
        actions
    }

    /// The edits in the form that the client takes.
    pub(super) fn edit(&self, edits: Edits) -> WorkspaceEdit {
        if !self.versioned_edits {
            #[expect(clippy::mutable_key_type, reason = "the protocol's types say so; the keys are not changed")]
            let changes = edits.into_inner().into_iter().collect();
            return WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() };
        }
        let document = |(uri, edits): (lsp_types::Uri, Vec<TextEdit>)| {
            let version = self.versions.get(&uri::name(&uri)).copied();
            TextDocumentEdit {
                text_document: OptionalVersionedTextDocumentIdentifier { uri, version },
                edits: edits.into_iter().map(OneOf::Left).collect(),
            }
        };
        let changes = edits.into_inner().into_iter().map(document).collect();
        WorkspaceEdit { document_changes: Some(DocumentChanges::Edits(changes)), ..WorkspaceEdit::default() }
    }
}

fn touches(a: Range, b: Range) -> bool {
    a.start <= b.end && b.start <= a.end
}

fn capitalised(title: &str) -> String {
    let mut letters = title.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
