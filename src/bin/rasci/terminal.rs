//! The terminal: how wide it is, and how far long work has come. Where nobody looks on, nothing is drawn.

use std::io::{IsTerminal, Write, stderr, stdout};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use terminal_size::{Height, Width, terminal_size_of};

/// How wide answers may be: as the terminal that shows them is, or as `COLUMNS` says; elsewhere of any width.
pub(crate) fn width() -> Option<usize> {
    as_wide(terminal_size_of(stdout()))
}

/// How wide what is no part of an answer may be.
pub(crate) fn note_width() -> Option<usize> {
    as_wide(terminal_size_of(stderr()))
}

fn as_wide(terminal: Option<(Width, Height)>) -> Option<usize> {
    let wide = terminal.map(|(Width(width), _)| usize::from(width));
    wide.or_else(|| std::env::var("COLUMNS").ok()?.parse().ok())
}

/// Work is long from here on.
const LONG: Duration = Duration::from_secs(1);
/// How often what is drawn changes.
const STEP: Duration = Duration::from_millis(100);

/// The same items; while they take long, a line on the terminal says how many are done.
pub(crate) fn progress<I: ExactSizeIterator>(what: &'static str, items: I) -> impl Iterator<Item = I::Item> {
    let shown = stderr().is_terminal();
    Progress { what, all: items.len(), done: 0, begun: Instant::now(), drawn: None, shown, items }
}

struct Progress<I> {
    what: &'static str,
    all: usize,
    done: usize,
    begun: Instant,
    drawn: Option<Instant>,
    shown: bool,
    items: I,
}

impl<I: Iterator> Iterator for Progress<I> {
    type Item = I::Item;

    fn next(&mut self) -> Option<I::Item> {
        let next = self.items.next();
        if next.is_some() {
            self.done += 1;
            let due = self.drawn.map_or(LONG <= self.begun.elapsed(), |drawn| STEP <= drawn.elapsed());
            if self.shown && due {
                let percent = (self.done * 100).checked_div(self.all).unwrap_or(100);
                let _ = write!(stderr(), "\r\x1b[K{} of {} {} ({percent} %)", self.done, self.all, self.what);
                self.drawn = Some(Instant::now());
            }
        }
        next
    }
}

impl<I> Drop for Progress<I> {
    fn drop(&mut self) {
        if self.drawn.is_some() {
            let _ = write!(stderr(), "\r\x1b[K");
        }
    }
}

/// Does work that cannot tell how far it has come; while it takes long, a line on the terminal says for how many seconds.
pub(crate) fn busy<T>(what: &str, work: impl FnOnce() -> T) -> T {
    if !stderr().is_terminal() {
        return work();
    }
    let (done, over) = mpsc::channel::<()>();
    thread::scope(|scope| {
        let watch = move || {
            let begun = Instant::now();
            let mut drawn = false;
            while over.recv_timeout(LONG) == Err(RecvTimeoutError::Timeout) {
                let _ = write!(stderr(), "\r\x1b[K{what}, {} s", begun.elapsed().as_secs());
                drawn = true;
            }
            if drawn {
                let _ = write!(stderr(), "\r\x1b[K");
            }
        };
        let watching = scope.spawn(watch);
        let answer = work();
        drop(done);
        let _ = watching.join();
        answer
    })
}
