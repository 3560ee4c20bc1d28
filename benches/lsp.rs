//! How long an editor waits for the language server, at a document of more than 10,000 lines.
//!
//! The workload is that of the other benches with 1,750 tasks, 70 components, 130 parties and 8,100 assignments, in both
//! forms. Each keystroke puts a character before a party in the middle of the document, and the next takes it back; the
//! server is asked at once for what may be written there (also where the character is a bracket that breaks the text),
//! for the word under the cursor, for its declaration and for the tree of the document. Times are those of a client, the
//! median and the worst: from sending the keystroke to having the answer. Then, from a keystroke that makes a mistake to
//! being told of it, and from the one that mends it to being told so, while the lints of the text before still run, as
//! they do when one types; and at last to having the findings of the lints, of which there are thousands.
#![allow(
    missing_docs,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    reason = "a bench prints and fails loudly"
)]
#![allow(dead_code, reason = "the workload serves other benches too")]

mod workload;

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use workload::{FORMS, Form, Size};

const SIZE: Size = Size { name: "ten-thousand-lines", tasks: 1_750, components: 70, parties: 130, assignments: 8_100 };
const KEYSTROKES: usize = 50;
const URI: &str = "file:///bench/model.yaml";

struct Client {
    server: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    version: i64,
    next: i64,
}

fn main() {
    println!(
        "{:<10} {:>7} {:>20} {:>20} {:>20} {:>20} {:>20} {:>20} {:>20} {:>22}",
        "form",
        "lines",
        "completion ms",
        "broken ms",
        "hover ms",
        "definition ms",
        "tree ms",
        "mistake ms",
        "mended ms",
        "findings ms"
    );
    for form in FORMS {
        measure(form);
    }
}

fn measure(form: Form) {
    let text = workload::text(SIZE, form);
    let lines: Vec<&str> = text.lines().collect();
    let at = lines.iter().enumerate().skip(lines.len() / 2).find(|(_, line)| line.contains("R: ")).unwrap();
    let (line, column) = (at.0, at.1.find("R: ").unwrap() + 4);
    let mut client = Client::start(&text);
    client.told(1, |found| found > 1);
    let asked = [("completion", "x"), ("completion", "["), ("hover", "x"), ("definition", "x"), ("documentSymbol", "x")];
    let mut asked = asked.map(|ask| (ask, Vec::new()));
    let (mut mistake, mut mended, mut findings) = (Vec::new(), Vec::new(), Vec::new());
    for nth in 0..KEYSTROKES {
        for ((method, typed), times) in &mut asked {
            let start = Instant::now();
            client.change(line, column, column, typed);
            client.ask(method, line, column + 1);
            times.push(start.elapsed());
            client.change(line, column, column + 1, "");
        }
        mistake.push(client.wait(line, column, column, "x", |found| found == 1));
        mended.push(client.wait(line, column, column + 1, "", |found| found == 0));
        if nth % 10 == 9 {
            client.wait(line, column, column, "x", |found| found == 1);
            findings.push(client.wait(line, column, column + 1, "", |found| found > 1));
        }
    }
    let form = if form == Form::Plain { "plain" } else { "contexts" };
    let [completion, broken, hover, definition, tree] = asked.map(|(_, times)| told(times));
    print!("{form:<10} {:>7} {completion:>20} {broken:>20} {hover:>20} {definition:>20} {tree:>20}", lines.len());
    println!(" {:>20} {:>20} {:>22}", told(mistake), told(mended), told(findings));
}

/// The median and the worst.
fn told(mut times: Vec<Duration>) -> String {
    times.sort_unstable();
    let shown = |time: Duration| time.as_secs_f64() * 1e3;
    format!("{:.1}, worst {:.1}", shown(times[times.len() / 2]), shown(*times.last().unwrap()))
}

impl Client {
    fn start(text: &str) -> Self {
        let mut server =
            Command::new(env!("CARGO_BIN_EXE_rasci")).arg("lsp").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (input, output) = (server.stdin.take().unwrap(), BufReader::new(server.stdout.take().unwrap()));
        let mut client = Self { server, input, output, version: 1, next: 0 };
        client.request("initialize", &json!({ "processId": null, "rootUri": null, "capabilities": {} }));
        client.tell("initialized", &json!({}));
        let document = json!({ "uri": URI, "languageId": "yaml", "version": 1, "text": text });
        client.tell("textDocument/didOpen", &json!({ "textDocument": document }));
        client
    }

    fn change(&mut self, line: usize, from: usize, to: usize, new: &str) {
        self.version += 1;
        let range = json!({ "start": { "line": line, "character": from }, "end": { "line": line, "character": to } });
        let document = json!({ "uri": URI, "version": self.version });
        let changes = json!([{ "range": range, "text": new }]);
        self.tell("textDocument/didChange", &json!({ "textDocument": document, "contentChanges": changes }));
    }

    fn ask(&mut self, method: &str, line: usize, column: usize) {
        let place = json!({ "line": line, "character": column });
        self.request(&format!("textDocument/{method}"), &json!({ "textDocument": { "uri": URI }, "position": place }));
    }

    fn request(&mut self, method: &str, params: &Value) {
        self.next += 1;
        let id = json!(self.next);
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        while self.read().get("id") != Some(&id) {}
    }

    /// From a change to being told of so many findings of the text that it makes.
    fn wait(&mut self, line: usize, from: usize, to: usize, new: &str, wanted: impl Fn(usize) -> bool) -> Duration {
        let start = Instant::now();
        self.change(line, from, to, new);
        self.told(self.version, wanted);
        start.elapsed()
    }

    /// Waits until so many findings of a version are told.
    fn told(&mut self, version: i64, wanted: impl Fn(usize) -> bool) {
        loop {
            let message = self.read();
            let params = &message["params"];
            let count = params["diagnostics"].as_array().map_or(0, Vec::len);
            if message["method"] == "textDocument/publishDiagnostics" && params["version"] == version && wanted(count) {
                return;
            }
        }
    }

    fn tell(&mut self, method: &str, params: &Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    fn send(&mut self, message: &Value) {
        let text = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{text}", text.len()).unwrap();
        self.input.flush().unwrap();
    }

    fn read(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            self.output.read_line(&mut line).unwrap();
            match line.trim().strip_prefix("Content-Length: ") {
                Some(number) => length = number.parse().unwrap(),
                None => break,
            }
        }
        let mut body = vec![0; length];
        self.output.read_exact(&mut body).unwrap();
        serde_json::from_slice(&body).unwrap()
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
