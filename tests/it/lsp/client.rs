//! A client: starts the server in a directory, sends and receives messages, and applies edits as an editor does.
#![expect(clippy::needless_pass_by_value, reason = "a message is written where it is sent")]

use std::collections::{BTreeMap, VecDeque};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::cli::files;

/// So long an answer is waited for before the test fails.
const PATIENCE: Duration = Duration::from_secs(60);

/// A client and the server it started.
pub(super) struct Client {
    server: Child,
    input: Option<ChildStdin>,
    messages: Receiver<Value>,
    /// Messages that were received while another was waited for.
    kept: VecDeque<Value>,
    pub(super) folder: TempDir,
    next: i64,
    /// The text and version of each open document.
    pub(super) open: BTreeMap<String, (String, i64)>,
}

impl Client {
    /// Starts the server beside these files; nothing is sent yet.
    pub(super) fn start(texts: &[(&str, &str)]) -> Self {
        let folder = files(texts);
        let mut server = Command::new(env!("CARGO_BIN_EXE_rasci"))
            .arg("lsp")
            .current_dir(folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        let input = server.stdin.take();
        let output = server.stdout.take().unwrap();
        let (sender, messages) = channel();
        thread::spawn(move || {
            let mut output = BufReader::new(output);
            while let Some(message) = read(&mut output) {
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        Self { server, input, messages, kept: VecDeque::new(), folder, next: 0, open: BTreeMap::new() }
    }

    /// Starts the server and initializes it as most editors do.
    pub(super) fn session(texts: &[(&str, &str)]) -> Self {
        let mut client = Self::start(texts);
        client.initialize(json!({}));
        client
    }

    pub(super) fn initialize(&mut self, capabilities: Value) -> Value {
        let folder = self.uri("");
        let folder = folder.trim_end_matches('/');
        let params = json!({
            "processId": null, "capabilities": capabilities, "rootUri": folder,
            "workspaceFolders": [{ "uri": folder, "name": "models" }],
        });
        let result = self.ask("initialize", params);
        self.tell("initialized", json!({}));
        result
    }

    pub(super) fn path(&self, name: &str) -> String {
        self.folder.path().canonicalize().unwrap().join(name).to_string_lossy().into_owned()
    }

    pub(super) fn uri(&self, name: &str) -> String {
        format!("file://{}", self.path(name))
    }

    pub(super) fn send(&mut self, message: &Value) {
        self.send_text(&message.to_string());
    }

    pub(super) fn send_text(&mut self, text: &str) {
        let input = self.input.as_mut().unwrap();
        write!(input, "Content-Length: {}\r\n\r\n{text}", text.len()).unwrap();
        input.flush().unwrap();
    }

    pub(super) fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Sends a request; its id.
    pub(super) fn request(&mut self, method: &str, params: Value) -> i64 {
        self.next += 1;
        self.send(&json!({ "jsonrpc": "2.0", "id": self.next, "method": method, "params": params }));
        self.next
    }

    /// The response to a request, whole.
    pub(super) fn response(&mut self, id: i64) -> Value {
        self.wait(|message| message.get("id") == Some(&json!(id)) && message.get("method").is_none())
    }

    /// The result of a request that is answered.
    pub(super) fn ask(&mut self, method: &str, params: Value) -> Value {
        let id = self.request(method, params);
        let response = self.response(id);
        assert!(response.get("error").is_none(), "{method}: {response}");
        response["result"].clone()
    }

    /// The error of a request that is refused.
    pub(super) fn refused(&mut self, method: &str, params: Value) -> (i64, String) {
        let id = self.request(method, params);
        let response = self.response(id);
        let error = &response["error"];
        (error["code"].as_i64().unwrap_or_else(|| panic!("{response}")), error["message"].as_str().unwrap().to_owned())
    }

    /// The first message that is so, be it one of those kept.
    fn wait(&mut self, is: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.kept.iter().position(&is) {
            return self.kept.remove(at).unwrap();
        }
        loop {
            let message = self.messages.recv_timeout(PATIENCE).expect("the server answers");
            if is(&message) {
                return message;
            }
            self.kept.push_back(message);
        }
    }

    /// Opens a document with this text.
    pub(super) fn open(&mut self, name: &str, text: &str) {
        self.open.insert(name.to_owned(), (text.to_owned(), 1));
        let document = json!({ "uri": self.uri(name), "languageId": "yaml", "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Puts a text in the place of another, which stands once in an open document: as one change of a range.
    pub(super) fn edit(&mut self, name: &str, old: &str, new: &str) {
        let uri = self.uri(name);
        let (text, version) = self.open.get_mut(name).unwrap();
        let start = text.find(old).unwrap_or_else(|| panic!("no `{old}` in {text}"));
        let range = json!({ "start": point(text, start), "end": point(text, start + old.len()) });
        text.replace_range(start..start + old.len(), new);
        *version += 1;
        let document = json!({ "version": *version, "uri": uri });
        self.tell(
            "textDocument/didChange",
            json!({ "textDocument": document, "contentChanges": [{ "range": range, "text": new }] }),
        );
    }

    /// The parameters that ask for the place where `mark` begins in an open document, `further` bytes on.
    pub(super) fn at(&self, name: &str, mark: &str, further: usize) -> Value {
        let text = &self.open[name].0;
        let at = text.find(mark).unwrap_or_else(|| panic!("no `{mark}` in {text}"));
        json!({ "textDocument": { "uri": self.uri(name) }, "position": point(text, at + further) })
    }

    /// The diagnostics of a document at its present version, once the server is done with it.
    pub(super) fn diagnostics(&mut self, name: &str) -> Vec<Value> {
        let (uri, version) = (self.uri(name), self.open.get(name).map(|(_, version)| *version));
        let published = self.wait(|message| {
            let params = &message["params"];
            message["method"] == "textDocument/publishDiagnostics"
                && params["uri"] == uri.as_str()
                && params["version"].as_i64() == version
        });
        published["params"]["diagnostics"].as_array().unwrap().clone()
    }

    /// Waits until the diagnostics of a document have these names.
    pub(super) fn diagnosed(&mut self, name: &str, codes: &[&str]) -> Vec<Value> {
        loop {
            let diagnostics = self.diagnostics(name);
            if diagnostics.iter().map(|diagnostic| diagnostic["code"].as_str().unwrap()).eq(codes.iter().copied()) {
                return diagnostics;
            }
        }
    }

    /// Shuts the server down; its exit code.
    pub(super) fn end(mut self) -> i32 {
        self.ask("shutdown", Value::Null);
        self.tell("exit", Value::Null);
        self.exit_code()
    }

    /// Closes the server's input and waits for it to end.
    pub(super) fn exit_code(&mut self) -> i32 {
        drop(self.input.take());
        self.server.wait().unwrap().code().expect("an exit code")
    }
}

/// Applies edits of a document, the last first.
pub(super) fn applied(text: &str, edits: &[Value]) -> String {
    let mut edits: Vec<(usize, usize, &str)> = edits
        .iter()
        .map(|edit| (byte(text, &edit["range"]["start"]), byte(text, &edit["range"]["end"]), edit["newText"].as_str().unwrap()))
        .collect();
    edits.sort_unstable();
    edits.iter().rev().fold(text.to_owned(), |mut text, (start, end, new)| {
        text.replace_range(*start..*end, new);
        text
    })
}

/// Line and UTF-16 column of a byte.
pub(super) fn point(text: &str, at: usize) -> Value {
    let before = &text[..at];
    let line = before.rsplit('\n').next().unwrap();
    json!({ "line": before.matches('\n').count(), "character": line.encode_utf16().count() })
}

/// The byte at a line and UTF-16 column.
pub(super) fn byte(text: &str, point: &Value) -> usize {
    let number = |key: &str| usize::try_from(point[key].as_u64().unwrap()).unwrap();
    let start: usize = text.split_inclusive('\n').take(number("line")).map(str::len).sum();
    let mut units = 0;
    let within = text[start..].char_indices().find(|(_, character)| {
        let here = units;
        units += character.len_utf16();
        here >= number("character")
    });
    within.map_or(text.len(), |(at, _)| start + at)
}

fn read(output: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim().split_once(": ") {
            Some(("Content-Length", number)) => length = number.parse().ok()?,
            _ if line.trim().is_empty() => break,
            _ => {}
        }
    }
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// A path relative to the folder, for a URI that the server gave.
pub(super) fn file_name(uri: &Value) -> String {
    Path::new(uri.as_str().unwrap()).file_name().unwrap().to_string_lossy().into_owned()
}
