//! Input that means harm, or was made by an accident: each gives an error at its place, or a right answer, in bounded
//! time and memory. `text` is about one document as YAML, `files` about where documents come from, `limits` about
//! every limit on both of its sides, `masses` about very much of what is right or wrong.

mod files;
mod limits;
mod masses;
mod text;
mod workbench;

use std::fmt::Write;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use rasci::source::Sources;
use rasci::{Diagnostic, LoadError, Loader, Policy};

/// A model that says nothing yet: two lines, so that what a test adds begins on the third.
pub(crate) const HEAD: &str = "rasci: 1\nid: x\n";

/// Far more than any of these needs without optimisation, far less than a hang.
const PATIENCE: Duration = Duration::from_secs(180);

/// Runs on a thread of its own, with the stack that a thread has by default, and gives up on what hangs.
pub(crate) fn bounded<T: Send + 'static>(run: impl FnOnce() -> T + Send + 'static) -> T {
    let (done, wait) = mpsc::channel();
    let running = thread::spawn(move || {
        let _ = done.send(run());
    });
    match wait.recv_timeout(PATIENCE) {
        Ok(result) => result,
        Err(mpsc::RecvTimeoutError::Disconnected) => match running.join() {
            Err(panic) => std::panic::resume_unwind(panic),
            Ok(()) => panic!("no result"),
        },
        Err(mpsc::RecvTimeoutError::Timeout) => panic!("not done after {PATIENCE:?}"),
    }
}

/// `LINE:COLUMN-LINE:COLUMN NAME` of a diagnostic; its name alone where it has no place.
pub(crate) fn place(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let Some(span) = diagnostic.span else { return diagnostic.name.to_owned() };
    let place = sources.place(span);
    let (start, end) = (place.start, place.end);
    let end = if start.line == end.line { end.column.to_string() } else { format!("{}:{}", end.line, end.column) };
    format!("{}:{}-{end} {}", start.line, start.column, diagnostic.name)
}

pub(crate) fn places(error: &LoadError) -> Vec<String> {
    error.diagnostics().iter().map(|each| place(each, error.sources())).collect()
}

/// What is wrong with a text in memory.
pub(crate) fn wrong(text: impl Into<String>) -> Vec<String> {
    wrong_for(Policy::loader(), text)
}

/// What is wrong with a text in memory, for this loader; nothing where it loads.
pub(crate) fn wrong_for(loader: Loader, text: impl Into<String>) -> Vec<String> {
    let text = text.into();
    bounded(move || loader.parse("m.yaml", &text).map_or_else(|error| places(&error), |_| Vec::new()))
}

/// A model that goes on with this text, which begins on line 3.
pub(crate) fn model(rest: &str) -> String {
    format!("{HEAD}{rest}")
}

/// Lines made one by one, numbered from 0.
pub(crate) fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).fold(String::new(), |mut text, nth| {
        writeln!(text, "{}", line(nth)).unwrap();
        text
    })
}
