//! Where bytes stand in the lines of a text.

/// A text in lines, each ended by `\n`, `\r` or both.
pub(super) struct Lines<'t> {
    text: &'t str,
    /// Where each begins, but the first.
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| matches!(byte, b'\n' | b'\r'));
        Self { text, starts: breaks.map(|(at, _)| at + 1).collect() }
    }

    /// Where the line of a byte begins.
    pub(super) fn start(&self, at: usize) -> usize {
        let next = self.starts.partition_point(|start| *start <= at);
        next.checked_sub(1).and_then(|nth| self.starts.get(nth)).copied().unwrap_or(0)
    }

    /// Where the line of a byte ends, before what breaks it.
    pub(super) fn end(&self, at: usize) -> usize {
        let next = self.starts.partition_point(|start| *start <= at);
        self.starts.get(next).map_or(self.text.len(), |start| start - 1)
    }

    /// How many characters stand before a byte in its line.
    pub(super) fn column(&self, at: usize) -> usize {
        self.before(at).chars().count()
    }

    /// What stands before a byte in its line, but for the blanks around it.
    pub(super) fn lead(&self, at: usize) -> &'t str {
        self.before(at).trim()
    }

    /// Whether the line above that of a byte is blank.
    pub(super) fn is_blank_above(&self, at: usize) -> bool {
        let before = self.text.get(..self.start(at)).unwrap_or("");
        let above = before.strip_suffix('\n').map_or(before, |before| before.strip_suffix('\r').unwrap_or(before));
        above.len() < before.len() && above.rsplit(['\n', '\r']).next().is_some_and(|line| line.trim().is_empty())
    }

    fn before(&self, at: usize) -> &'t str {
        self.text.get(self.start(at)..at).unwrap_or("")
    }
}
