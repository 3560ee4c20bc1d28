//! Tables in HTML: of Confluence and Word, with merged cells, nested ones, tags left open; also inside Markdown.

use std::collections::BTreeMap;

use html5gum::emitters::default::{DefaultEmitter, StartTag, Token};
use html5gum::{HtmlString, Spanned, Tokenizer};

use super::super::sheet::{CellId, Grid, Lines, Page, Place, raised};
use super::Refusal;

/// Where the text that is read lies in the whole file.
pub(super) struct Origin<'t> {
    lines: Lines<'t>,
    offset: usize,
}

impl<'t> Origin<'t> {
    pub(super) fn whole(text: &'t str) -> Self {
        Self { lines: Lines::new(text), offset: 0 }
    }

    pub(super) fn part(text: &'t str, offset: usize) -> Self {
        Self { lines: Lines::new(text), offset }
    }

    fn place(&self, byte: usize) -> Place {
        self.lines.place(self.offset + byte)
    }
}

/// Text that is being gathered, and how much of it is bold.
#[derive(Default)]
struct Gathered {
    text: String,
    bold: usize,
    plain: usize,
    place: Option<Place>,
}

/// A cell that is open.
struct OpenCell {
    gathered: Gathered,
    place: Place,
    columns: usize,
    rows: usize,
    heads: bool,
}

/// A table that is open: its rows so far, and the cells that reach down from earlier rows.
#[derive(Default)]
struct OpenTable {
    grid: Grid,
    in_row: bool,
    /// For a column: the cell that reaches into it, and for how many more rows.
    reaching: BTreeMap<usize, (Option<CellId>, usize)>,
    cell: Option<OpenCell>,
}

/// Reads HTML into a page.
pub(super) struct Markup<'p, 't> {
    page: &'p mut Page,
    origin: Origin<'t>,
    tables: Vec<OpenTable>,
    line: Gathered,
    heading: Option<String>,
    in_heading: bool,
    bold: usize,
    /// Whether digits are raised, as the marks of footnotes are.
    raised: bool,
    /// The tag whose content is not shown, while it is open.
    hidden: Option<Vec<u8>>,
}

/// What is written in these is not shown.
const HIDDEN: [&[u8]; 6] = [b"script", b"style", b"head", b"template", b"noscript", b"select"];

/// No cell of a table kept by hand reaches further.
const REACH: usize = 1000;

impl<'p, 't> Markup<'p, 't> {
    pub(super) fn new(page: &'p mut Page, origin: Origin<'t>) -> Self {
        let line = Gathered::default();
        Self { page, origin, tables: Vec::new(), line, heading: None, in_heading: false, bold: 0, raised: false, hidden: None }
    }

    /// With this heading over the first table.
    pub(super) fn under(mut self, heading: Option<String>) -> Self {
        self.heading = heading;
        self
    }

    pub(super) fn read(mut self, text: &str) -> Result<(), Refusal> {
        let mut emitter = DefaultEmitter::<usize>::new_with_span();
        emitter.naively_switch_states(true);
        for token in Tokenizer::new_with_emitter(text, emitter) {
            let Ok(token) = token;
            match token {
                Token::StartTag(tag) => self.open(&tag)?,
                Token::EndTag(tag) => self.close(&tag.name)?,
                Token::String(string) if self.hidden.is_none() => self.say(&string),
                _ => {}
            }
        }
        while !self.tables.is_empty() {
            self.end_table()?;
        }
        self.end_line();
        Ok(())
    }

    fn open(&mut self, tag: &StartTag<usize>) -> Result<(), Refusal> {
        let name: &[u8] = &tag.name;
        if self.hidden.is_some() {
            // A head that is left open ends where a body or a table starts.
            if !matches!(name, b"body" | b"table") {
                return Ok(());
            }
            self.hidden = None;
        }
        if HIDDEN.contains(&name) && !tag.self_closing {
            self.hidden = Some(name.to_vec());
            return Ok(());
        }
        // Of a macro's parameters only the title is shown.
        if name == b"ac:parameter" && attribute(tag, "ac:name").is_none_or(|value| value != "title") {
            self.hidden = Some(name.to_vec());
            return Ok(());
        }
        match name {
            b"table" => {
                self.end_line();
                let title = self.heading.clone();
                self.tables.push(OpenTable { grid: Grid { title, rows: Vec::new() }, ..OpenTable::default() });
            }
            b"tr" => self.start_row()?,
            b"td" | b"th" => {
                self.end_cell()?;
                if self.tables.last().is_some_and(|table| !table.in_row) {
                    self.start_row()?;
                }
                let place = self.origin.place(tag.span.end);
                let reach = |key| attribute(tag, key).and_then(|text| text.trim().parse().ok()).unwrap_or(1_usize);
                if let Some(table) = self.tables.last_mut() {
                    let (columns, rows) = (reach("colspan").clamp(1, REACH), reach("rowspan").clamp(1, REACH));
                    table.cell = Some(OpenCell { gathered: Gathered::default(), place, columns, rows, heads: name == b"th" });
                }
            }
            b"b" | b"strong" => self.bold += 1,
            b"sup" => self.raised = true,
            b"br" => self.gathered().text.push('\n'),
            b"del" | b"s" | b"strike" => self.gathered().text.push_str("~~"),
            _ if is_block(name) => {
                self.end_line();
                self.gathered().text.push('\n');
                self.in_heading |= is_heading(name);
            }
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &[u8]) -> Result<(), Refusal> {
        if let Some(hidden) = &self.hidden {
            if hidden == name {
                self.hidden = None;
            }
            return Ok(());
        }
        match name {
            b"table" => self.end_table()?,
            b"tr" => self.end_row()?,
            b"td" | b"th" => self.end_cell()?,
            b"b" | b"strong" => self.bold = self.bold.saturating_sub(1),
            b"sup" => self.raised = false,
            b"del" | b"s" | b"strike" => self.gathered().text.push_str("~~"),
            _ if is_heading(name) => {
                self.in_heading = true;
                self.end_line();
            }
            _ if is_block(name) => {
                self.end_line();
                self.gathered().text.push('\n');
            }
            _ => {}
        }
        Ok(())
    }

    /// What text goes into: the open cell, or the line between tables.
    fn gathered(&mut self) -> &mut Gathered {
        match self.tables.last_mut().and_then(|table| table.cell.as_mut()) {
            Some(cell) => &mut cell.gathered,
            None => &mut self.line,
        }
    }

    fn say(&mut self, string: &Spanned<HtmlString, usize>) {
        let text = String::from_utf8_lossy(string).replace(['\n', '\r'], " ");
        let text = if self.raised { raised(&text) } else { text };
        let (place, bold, seen) = (self.origin.place(string.span.start), self.bold > 0, !text.trim().is_empty());
        let gathered = self.gathered();
        gathered.text.push_str(&text);
        if seen {
            *(if bold { &mut gathered.bold } else { &mut gathered.plain }) += 1;
            gathered.place.get_or_insert(place);
        }
    }

    /// Ends a line of text outside of cells. Text in a table and outside its cells is a line too.
    fn end_line(&mut self) {
        if self.tables.last().is_some_and(|table| table.cell.is_some()) {
            return;
        }
        let Gathered { text, place, .. } = std::mem::take(&mut self.line);
        let heads = std::mem::take(&mut self.in_heading);
        if let (Some(place), false) = (place, text.trim().is_empty()) {
            if heads {
                let heading = super::super::sheet::tidied(&text).replace('\n', " ");
                self.page.title.get_or_insert_with(|| heading.clone());
                self.heading = Some(heading);
            }
            text.lines().for_each(|line| self.page.say(line, place.clone()));
        }
    }

    fn start_row(&mut self) -> Result<(), Refusal> {
        self.end_row()?;
        if let Some(table) = self.tables.last_mut() {
            table.in_row = true;
            table.grid.rows.push(Vec::new());
            table.reach_down();
        }
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), Refusal> {
        self.end_cell()?;
        if let Some(table) = self.tables.last_mut() {
            table.in_row = false;
        }
        Ok(())
    }

    fn end_cell(&mut self) -> Result<(), Refusal> {
        let Some(table) = self.tables.last_mut() else { return Ok(()) };
        let Some(OpenCell { gathered, place, columns, rows, heads }) = table.cell.take() else { return Ok(()) };
        self.page.reserve(columns)?;
        let strong = heads || (gathered.bold > 0 && gathered.plain == 0);
        let id = self.page.fill(&gathered.text, strong, gathered.place.unwrap_or(place));
        let Some(row) = table.grid.rows.last_mut() else { return Ok(()) };
        for _ in 0..columns {
            if rows > 1 {
                table.reaching.insert(row.len(), (id, rows - 1));
            }
            row.push(id);
        }
        // Where the next position is reached from above, the next cell stands after it.
        table.reach_down();
        Ok(())
    }

    fn end_table(&mut self) -> Result<(), Refusal> {
        self.end_row()?;
        if let Some(table) = self.tables.pop() {
            self.page.grids.push(table.grid);
        }
        Ok(())
    }
}

impl OpenTable {
    /// Fills the start of a new row with the cells that reach into it from above.
    fn reach_down(&mut self) {
        let Some(row) = self.grid.rows.last_mut() else { return };
        while let Some((id, left)) = self.reaching.get_mut(&row.len()).filter(|(_, left)| *left > 0) {
            *left -= 1;
            row.push(*id);
        }
    }
}

fn attribute(tag: &StartTag<usize>, key: &str) -> Option<String> {
    tag.attributes.get(key.as_bytes()).map(|value| String::from_utf8_lossy(value).into_owned())
}

fn is_heading(name: &[u8]) -> bool {
    matches!(name, b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" | b"caption" | b"summary")
}

fn is_block(name: &[u8]) -> bool {
    const BLOCKS: [&[u8]; 12] =
        [b"p", b"div", b"li", b"ul", b"ol", b"section", b"details", b"blockquote", b"dt", b"dd", b"pre", b"body"];
    is_heading(name) || BLOCKS.contains(&name)
}
