//! `rasci lsp`: the language server, for editors.
//!
//! One thread answers, in the order it was asked, from what the editor has open; two others check, and what they find is
//! published when they are done. What is asked here never waits for that.

mod actions;
mod answers;
mod changes;
mod checking;
mod convert;
mod jobs;
mod publish;
mod uri;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use crossbeam_channel::{Receiver, Sender, never, select, unbounded};
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::{
    CodeActionKind, CodeActionOptions, CodeActionProviderCapability, CompletionOptions, HoverProviderCapability,
    InitializeParams, InitializeResult, OneOf, PositionEncodingKind, RenameOptions, ServerCapabilities, ServerInfo,
    TextDocumentSyncCapability, TextDocumentSyncKind, TextDocumentSyncOptions, TextDocumentSyncSaveOptions,
};
use rasci::Policy;
use rasci::editor::{Encoding, Workspace};

use crate::output::{Failure, YES};
use checking::Checked;
use jobs::Jobs;

/// A language server for editors, over standard input and output
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  rasci lsp\n\nAn editor starts it: docs/editors.md says how.")]
pub(crate) struct Args {
    /// The directory that `extends` never leaves [default: that of each model]
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
    /// Taken for editors that always pass it; there is no other way
    #[arg(long, hide = true)]
    stdio: bool,
}

/// The requests that the client has taken back.
type Cancelled = Arc<Mutex<HashSet<RequestId>>>;

/// What the server knows.
struct Server {
    sender: Sender<Message>,
    workspace: Workspace,
    encoding: Encoding,
    root: Option<PathBuf>,
    /// The version of each open document.
    versions: HashMap<String, i32>,
    /// The model of each document, as it could be loaded last.
    policies: HashMap<String, Arc<Policy>>,
    published: publish::Published,
    jobs: Arc<Jobs>,
    /// The documents whose findings are older than what they are made of.
    due: BTreeSet<String>,
    /// The document that was changed last.
    changed: String,
    /// The number of the newest job.
    newest: u64,
    cancelled: Cancelled,
    /// Whether the client takes edits with the versions of the documents they are for.
    versioned_edits: bool,
    shut_down: bool,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let (connection, threads) = Connection::stdio();
    let Ok((id, params)) = connection.initialize_start() else { return Ok(ExitCode::FAILURE) };
    let params: InitializeParams = match serde_json::from_value(params) {
        Ok(params) => params,
        Err(error) => {
            let refused = Response::new_err(id, ErrorCode::InvalidParams as i32, error.to_string());
            let _ = connection.sender.send(refused.into());
            return Ok(ExitCode::FAILURE);
        }
    };
    let offered = params.capabilities.general.as_ref().and_then(|general| general.position_encodings.as_deref());
    let (encoding, kind) = convert::encoding(offered);
    let result = InitializeResult {
        capabilities: capabilities(kind),
        server_info: Some(ServerInfo { name: "rasci".to_owned(), version: Some(env!("CARGO_PKG_VERSION").to_owned()) }),
    };
    let result = serde_json::to_value(result).map_err(|error| Failure::Write(error.into()))?;
    if connection.initialize_finish(id, result).is_err() {
        return Ok(ExitCode::FAILURE);
    }
    let root = args.root.as_ref().map(|root| root.canonicalize().unwrap_or_else(|_| root.clone()));
    let ended_well = serve(&connection, &params, encoding, root);
    drop(connection);
    // Where the client is gone without a word, its pipes fail: that is told by the exit code.
    let _ = threads.join();
    Ok(if ended_well { YES } else { ExitCode::FAILURE })
}

/// Answers until the client says to exit; true where it said to shut down before.
fn serve(connection: &Connection, params: &InitializeParams, encoding: Encoding, root: Option<PathBuf>) -> bool {
    let jobs = Arc::new(Jobs::default());
    let (results, checks) = unbounded();
    checking::start(&jobs, results);
    let cancelled = Cancelled::default();
    let messages = intake(connection.receiver.clone(), Arc::clone(&cancelled));
    let edits = params.capabilities.workspace.as_ref().and_then(|workspace| workspace.workspace_edit.as_ref());
    let mut server = Server {
        sender: connection.sender.clone(),
        workspace: Workspace::new(folders(params)),
        encoding,
        root,
        versions: HashMap::new(),
        policies: HashMap::new(),
        published: publish::Published::default(),
        jobs: Arc::clone(&jobs),
        due: BTreeSet::new(),
        changed: String::new(),
        newest: 0,
        cancelled,
        versioned_edits: edits.and_then(|edits| edits.document_changes).unwrap_or(false),
        shut_down: false,
    };
    if watches(params) {
        let _ = connection.sender.send(watch().into());
    }
    server.answer_all(&messages, &checks);
    // Nobody waits for what is being checked: that may take longer than an editor waits for the end.
    jobs.end();
    server.shut_down
}

/// Reads ahead, so that a request can be taken back before its turn comes.
fn intake(receiver: Receiver<Message>, cancelled: Cancelled) -> Receiver<Message> {
    let (sender, messages) = unbounded();
    thread::spawn(move || {
        for message in receiver {
            if let Message::Notification(Notification { method, params }) = &message
                && method == "$/cancelRequest"
            {
                let id = params.get("id").cloned().and_then(|id| serde_json::from_value(id).ok());
                cancelled.lock().unwrap_or_else(PoisonError::into_inner).extend(id);
                continue;
            }
            if sender.send(message).is_err() {
                break;
            }
        }
    });
    messages
}

impl Server {
    fn answer_all(&mut self, messages: &Receiver<Message>, checks: &Receiver<Checked>) {
        let ended = never();
        let mut checks = checks;
        loop {
            select! {
                recv(messages) -> message => match message {
                    Ok(Message::Request(request)) => {
                        let response = self.answer(request);
                        if self.sender.send(response.into()).is_err() {
                            return;
                        }
                    }
                    Ok(Message::Notification(notification)) if notification.method == "exit" => return,
                    Ok(Message::Notification(notification)) => self.take(notification),
                    // That the client watches files, or does not.
                    Ok(Message::Response(_)) => {}
                    Err(_) => return,
                },
                recv(checks) -> checked => if let Ok(checked) = checked {
                    self.publish(checked);
                } else {
                    // The other threads are gone: what is asked can still be answered.
                    checks = &ended;
                    self.warn("documents are no longer checked; start the server again");
                },
            }
        }
    }

    /// Shows a message to the author.
    fn warn(&self, message: &str) {
        let params = serde_json::json!({ "type": 1, "message": format!("rasci: {message}") });
        let _ = self.sender.send(Notification { method: "window/showMessage".to_owned(), params }.into());
    }

    /// The directory that the `extends` of a document stay in.
    fn root_of(&self, name: &str) -> PathBuf {
        let beside = || Path::new(name).parent().map_or_else(PathBuf::new, Path::to_path_buf);
        self.root.clone().unwrap_or_else(beside)
    }
}

/// Whether the client tells of files that change on the disk, when it is asked to.
fn watches(params: &InitializeParams) -> bool {
    let workspace = params.capabilities.workspace.as_ref();
    let files = workspace.and_then(|workspace| workspace.did_change_watched_files);
    files.and_then(|files| files.dynamic_registration).unwrap_or(false)
}

/// Asks the client to tell of models that change on the disk.
fn watch() -> Request {
    let options = serde_json::json!({ "watchers": [{ "globPattern": "**/*.{yaml,yml}" }] });
    let registration =
        serde_json::json!({ "id": "files", "method": "workspace/didChangeWatchedFiles", "registerOptions": options });
    let params = serde_json::json!({ "registrations": [registration] });
    Request::new("files".to_owned().into(), "client/registerCapability".to_owned(), params)
}

fn folders(params: &InitializeParams) -> Vec<PathBuf> {
    let folders = params.workspace_folders.iter().flatten().map(|folder| &folder.uri);
    #[expect(deprecated, reason = "older clients say it this way")]
    let old = params.root_uri.iter().filter(|_| params.workspace_folders.is_none());
    folders.chain(old).map(|uri| PathBuf::from(uri::name(uri))).filter(|folder| folder.is_absolute()).collect()
}

fn capabilities(encoding: PositionEncodingKind) -> ServerCapabilities {
    let triggers = [":", " ", "$", "[", "{", ",", "(", "\""].map(str::to_owned).to_vec();
    ServerCapabilities {
        position_encoding: Some(encoding),
        text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::INCREMENTAL),
            save: Some(TextDocumentSyncSaveOptions::Supported(true)),
            ..TextDocumentSyncOptions::default()
        })),
        completion_provider: Some(CompletionOptions { trigger_characters: Some(triggers), ..CompletionOptions::default() }),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        definition_provider: Some(OneOf::Left(true)),
        references_provider: Some(OneOf::Left(true)),
        document_highlight_provider: Some(OneOf::Left(true)),
        document_symbol_provider: Some(OneOf::Left(true)),
        rename_provider: Some(OneOf::Right(RenameOptions {
            prepare_provider: Some(true),
            work_done_progress_options: lsp_types::WorkDoneProgressOptions::default(),
        })),
        code_action_provider: Some(CodeActionProviderCapability::Options(CodeActionOptions {
            code_action_kinds: Some(vec![CodeActionKind::QUICKFIX]),
            ..CodeActionOptions::default()
        })),
        ..ServerCapabilities::default()
    }
}
