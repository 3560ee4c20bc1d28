//! Requests, each answered: with what is known, with nothing, or with why not.

use std::rc::Rc;
use std::sync::PoisonError;

use lsp_server::{ErrorCode, Request, Response};
use lsp_types::{
    CompletionItem, CompletionList, CompletionResponse, DocumentHighlight, DocumentSymbolParams, DocumentSymbolResponse,
    GotoDefinitionResponse, Hover, HoverContents, Location, PrepareRenameResponse, ReferenceParams, RenameParams,
    TextDocumentPositionParams, TextEdit, WorkspaceEdit,
};
use rasci::editor::{Change, Text};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::convert::Edits;
use super::{Server, convert, uri};

/// So many requests that were taken back are kept in mind.
const FORGOTTEN: usize = 1_000;

/// Why a request is not answered.
struct Refusal(ErrorCode, String);

/// A place in a document that is asked about.
struct Asked {
    name: String,
    text: Rc<Text>,
    offset: usize,
}

impl Server {
    /// The answer to a request.
    pub(super) fn answer(&mut self, Request { id, method, params }: Request) -> Response {
        let mut cancelled = self.cancelled.lock().unwrap_or_else(PoisonError::into_inner);
        let is_cancelled = cancelled.remove(&id);
        if cancelled.len() > FORGOTTEN {
            // Taken back after they were answered.
            cancelled.clear();
        }
        drop(cancelled);
        if is_cancelled {
            return Response::new_err(id, ErrorCode::RequestCanceled as i32, "the request was cancelled".to_owned());
        }
        let answer = match method.as_str() {
            _ if self.shut_down => Err(Refusal(ErrorCode::InvalidRequest, "the server is shut down".to_owned())),
            "shutdown" => {
                self.shut_down = true;
                Ok(Value::Null)
            }
            "initialize" => Err(Refusal(ErrorCode::InvalidRequest, "the server is initialized already".to_owned())),
            "textDocument/completion" => self.with(params, Self::completion),
            "textDocument/hover" => self.with(params, Self::hover),
            "textDocument/definition" => self.with(params, Self::definition),
            "textDocument/references" => self.with(params, Self::references),
            "textDocument/documentHighlight" => self.with(params, Self::highlights),
            "textDocument/documentSymbol" => self.with(params, Self::symbols),
            "textDocument/prepareRename" => self.tried(params, Self::prepare_rename),
            "textDocument/rename" => self.tried(params, Self::rename),
            "textDocument/codeAction" => self.with(params, Self::code_actions),
            _ => Err(Refusal(ErrorCode::MethodNotFound, format!("`{method}` is not known here"))),
        };
        match answer {
            Ok(value) => Response { id, response_result: Ok(value) },
            Err(Refusal(code, message)) => Response::new_err(id, code as i32, message),
        }
    }

    /// What always has an answer, be it nothing.
    fn with<P: DeserializeOwned, A: Serialize>(
        &self,
        params: Value,
        answer: impl FnOnce(&Self, &P) -> A,
    ) -> Result<Value, Refusal> {
        self.tried(params, |server, params| Ok(answer(server, params)))
    }

    /// What may be refused, with the reason.
    fn tried<P: DeserializeOwned, A: Serialize>(
        &self,
        params: Value,
        answer: impl FnOnce(&Self, &P) -> Result<A, String>,
    ) -> Result<Value, Refusal> {
        let params = serde_json::from_value(params).map_err(|error| Refusal(ErrorCode::InvalidParams, error.to_string()))?;
        let answer = answer(self, &params).map_err(|reason| Refusal(ErrorCode::RequestFailed, reason))?;
        serde_json::to_value(answer).map_err(|error| Refusal(ErrorCode::InternalError, error.to_string()))
    }

    fn asked(&self, TextDocumentPositionParams { text_document, position }: &TextDocumentPositionParams) -> Option<Asked> {
        let name = uri::name(&text_document.uri);
        let text = self.workspace.text(&name)?;
        let offset = convert::offset(&text, *position, self.encoding);
        Some(Asked { name, text, offset })
    }

    fn completion(&self, params: &lsp_types::CompletionParams) -> CompletionResponse {
        let items: Vec<CompletionItem> = self.asked(&params.text_document_position).map_or_else(Vec::new, |asked| {
            let offers = self.workspace.complete(&asked.name, asked.offset);
            let range = convert::range(&asked.text, &offers.bytes, self.encoding);
            offers.items.into_iter().enumerate().map(|(nth, offer)| convert::completion(offer, nth, range)).collect()
        });
        CompletionResponse::List(CompletionList { is_incomplete: false, items })
    }

    fn hover(&self, params: &lsp_types::HoverParams) -> Option<Hover> {
        let asked = self.asked(&params.text_document_position_params)?;
        let policy = self.policies.get(&asked.name).map(AsRef::as_ref);
        let hover = self.workspace.hover(&asked.name, asked.offset, policy);
        hover.map(|hover| Hover {
            contents: HoverContents::Markup(convert::markdown(hover.markdown)),
            range: Some(convert::range(&asked.text, &hover.bytes, self.encoding)),
        })
    }

    fn definition(&self, params: &lsp_types::GotoDefinitionParams) -> Option<GotoDefinitionResponse> {
        let asked = self.asked(&params.text_document_position_params)?;
        let found = self.workspace.definition(&asked.name, asked.offset);
        Some(GotoDefinitionResponse::Array(self.locations(found)))
    }

    fn references(&self, params: &ReferenceParams) -> Option<Vec<Location>> {
        let asked = self.asked(&params.text_document_position)?;
        let found = self.workspace.references(&asked.name, asked.offset, params.context.include_declaration);
        Some(self.locations(found))
    }

    fn highlights(&self, params: &lsp_types::DocumentHighlightParams) -> Option<Vec<DocumentHighlight>> {
        let asked = self.asked(&params.text_document_position_params)?;
        let found = self.workspace.highlights(&asked.name, asked.offset);
        let highlight = |found: rasci::editor::Location| DocumentHighlight {
            range: convert::range(&asked.text, &found.bytes, self.encoding),
            kind: None,
        };
        Some(found.into_iter().map(highlight).collect())
    }

    fn symbols(&self, params: &DocumentSymbolParams) -> Option<DocumentSymbolResponse> {
        let name = uri::name(&params.text_document.uri);
        let (Some(text), Some(outline)) = (self.workspace.text(&name), self.workspace.outline(&name)) else { return None };
        let symbols = outline.symbols().iter().map(|symbol| convert::symbol(symbol, &text, self.encoding));
        Some(DocumentSymbolResponse::Nested(symbols.collect()))
    }

    fn prepare_rename(&self, params: &TextDocumentPositionParams) -> Result<Option<PrepareRenameResponse>, String> {
        let Some(asked) = self.asked(params) else { return Ok(None) };
        let found = self.workspace.renamable(&asked.name, asked.offset);
        let (bytes, placeholder) = found?;
        let range = convert::range(&asked.text, &bytes, self.encoding);
        Ok(Some(PrepareRenameResponse::RangeWithPlaceholder { range, placeholder }))
    }

    fn rename(&self, params: &RenameParams) -> Result<Option<WorkspaceEdit>, String> {
        let Some(asked) = self.asked(&params.text_document_position) else { return Ok(None) };
        let changes = self.workspace.rename(&asked.name, asked.offset, &params.new_name);
        let mut edits = Edits::default();
        for Change { location, text } in changes? {
            let place = self.locations(vec![location]);
            for place in place {
                edits.add(place.uri, TextEdit::new(place.range, text.clone()));
            }
        }
        Ok(Some(self.edit(edits)))
    }

    fn locations(&self, found: Vec<rasci::editor::Location>) -> Vec<Location> {
        let location = |found: rasci::editor::Location| {
            let text = self.workspace.text(&found.file)?;
            convert::location(&found.file, &text, &found.bytes, self.encoding)
        };
        found.into_iter().filter_map(location).collect()
    }
}
