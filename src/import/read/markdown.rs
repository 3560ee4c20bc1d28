//! Markdown: GitHub's tables wherever they stand, HTML tables between them, headings, and the lines of text around.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::super::sheet::{CellId, Grid, Lines, Page, raised, tidied};
use super::Refusal;
use super::embedded::{without_gaps, without_html_tables};
use super::lists::{self, Listed};
use super::markup::{Markup, Origin};
use super::{delimited, fenced};

/// Reads a text; `coded` says whether the tables in its code blocks are read too.
pub(super) fn read(text: &str, coded: bool) -> Result<Page, Refusal> {
    let (blanked, tables) = without_html_tables(text);
    let blanked = without_gaps(&blanked);
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut reader = Reader {
        page: Page::default(),
        lines: Lines::new(text),
        source: text,
        heading: None,
        items: Vec::new(),
        raised: false,
        said: Said::default(),
        table: None,
        footnote: None,
        html: tables,
    };
    let mut lists: Vec<Listed> = lists::lists(&blanked, options).into_iter().rev().collect();
    // The bytes of lists that have been read.
    let mut listed: Vec<Range<usize>> = Vec::new();
    let mut hidden = 0;
    for (event, range) in Parser::new_ext(&blanked, options).into_offset_iter() {
        while let Some(list) = lists.pop_if(|list| list.ranges.first().is_some_and(|first| first.start <= range.start)) {
            reader.html_before(range.start)?;
            let grid = list.grid(&mut reader.page, &reader.lines)?;
            reader.page.grids.push(grid);
            listed = list.ranges;
        }
        match event {
            Event::Start(Tag::CodeBlock(ref kind)) if fenced::can_be_table(kind) => {
                hidden += 1;
                if let Some(table) = fenced::table(text, &range) {
                    reader.page.has_coded = true;
                    if coded {
                        reader.html_before(range.start)?;
                        let title = reader.over();
                        let first = reader.page.grids.len();
                        let above = reader.lines.place(range.start).line - 1;
                        delimited::read_into(&mut reader.page, &table, above)?;
                        reader.page.grids.iter_mut().skip(first).for_each(|grid| grid.title.clone_from(&title));
                        reader.page.remarks.push((reader.lines.place(range.start), fenced::READ.to_owned()));
                    }
                }
            }
            Event::Start(Tag::CodeBlock(_) | Tag::MetadataBlock(_)) => hidden += 1,
            Event::End(TagEnd::CodeBlock | TagEnd::MetadataBlock(_)) => hidden -= 1,
            _ if hidden > 0 => {}
            Event::Text(_) | Event::Code(_) if is_within(&listed, range.start) => {}
            event => reader.take(event, range)?,
        }
    }
    reader.html_before(usize::MAX)?;
    Ok(reader.page)
}

/// Whether a byte is in one of these ranges, which follow each other.
fn is_within(ranges: &[Range<usize>], byte: usize) -> bool {
    ranges.get(ranges.partition_point(|range| range.end <= byte)).is_some_and(|range| range.contains(&byte))
}

/// Text that is being gathered, where it started, and how much of it is bold.
#[derive(Default)]
struct Said {
    text: String,
    start: Option<usize>,
    strong: usize,
    bold: bool,
    plain: bool,
}

/// A longer line in a list is no title of the table under it.
const LONGEST: usize = 80;

struct Reader<'t> {
    page: Page,
    lines: Lines<'t>,
    source: &'t str,
    heading: Option<String>,
    /// For each list item that is open: the line that was said last in it.
    items: Vec<Option<String>>,
    raised: bool,
    said: Said,
    table: Option<Grid>,
    /// The mark of the footnote whose text starts.
    footnote: Option<String>,
    /// The HTML tables that are still to come, from the last to the first.
    html: Vec<Range<usize>>,
}

impl Reader<'_> {
    fn take(&mut self, event: Event<'_>, range: Range<usize>) -> Result<(), Refusal> {
        match event {
            Event::Start(Tag::Table(_)) => {
                self.html_before(range.start)?;
                self.table = Some(Grid { title: self.over(), rows: Vec::new() });
            }
            Event::End(TagEnd::Table) => self.page.grids.extend(self.table.take()),
            Event::Start(Tag::TableHead | Tag::TableRow) => {
                if let Some(table) = &mut self.table {
                    table.rows.push(Vec::new());
                }
            }
            Event::End(TagEnd::TableHead | TagEnd::TableRow) => self.cells_beyond_the_header(range)?,
            Event::Start(Tag::TableCell) => self.said = Said::default(),
            Event::End(TagEnd::TableCell) => {
                let id = self.cell(range.start);
                self.page.reserve(1)?;
                if let Some(row) = self.table.as_mut().and_then(|table| table.rows.last_mut()) {
                    row.push(id);
                }
            }
            Event::Start(Tag::Heading { .. }) => {
                self.html_before(range.start)?;
                self.end_line();
            }
            Event::End(TagEnd::Heading(_)) => {
                let heading = tidied(&self.said.text).replace('\n', " ");
                self.page.title.get_or_insert_with(|| heading.clone());
                self.heading = Some(heading);
                self.end_line();
            }
            Event::Start(Tag::Strong) => self.said.strong += 1,
            Event::End(TagEnd::Strong) => self.said.strong = self.said.strong.saturating_sub(1),
            Event::Start(Tag::Strikethrough) | Event::End(TagEnd::Strikethrough) => self.said.add("~~", &range),
            Event::Text(text) if self.raised => self.said.add(&raised(&text), &range),
            Event::Text(text) | Event::Code(text) => self.said.add(&text, &range),
            Event::InlineHtml(tag) => match tag.to_lowercase() {
                tag if tag.starts_with("<br") || tag.starts_with("</p") => self.said.text.push('\n'),
                tag if tag.starts_with("<sup") => self.raised = true,
                tag if tag.starts_with("</sup") => self.raised = false,
                tag if tag.starts_with("<b>") || tag.starts_with("<strong") => self.said.strong += 1,
                tag if tag.starts_with("</b>") || tag.starts_with("</strong") => {
                    self.said.strong = self.said.strong.saturating_sub(1);
                }
                // What looks like a tag and is none that is known is a placeholder: `<role>`.
                tag if is_placeholder(&tag) => self.said.add(self.source.get(range.clone()).unwrap_or(""), &range),
                _ => {}
            },
            Event::FootnoteReference(label) => self.said.add(&format!("[^{label}]"), &range),
            Event::Start(Tag::FootnoteDefinition(label)) => {
                self.end_line();
                self.footnote = Some(format!("[^{label}] "));
            }
            Event::SoftBreak if self.table.is_some() => self.said.text.push(' '),
            Event::SoftBreak | Event::HardBreak if self.table.is_none() => self.end_line(),
            Event::HardBreak => self.said.text.push('\n'),
            Event::Html(text) => self.html_line(&text, &range),
            Event::Start(Tag::Item | Tag::Paragraph | Tag::HtmlBlock)
            | Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::HtmlBlock)
                if self.table.is_none() =>
            {
                self.end_line();
                match event {
                    Event::Start(Tag::Item) => self.items.push(None),
                    Event::End(TagEnd::Item) => drop(self.items.pop()),
                    _ => {}
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Keeps the cell that ends here.
    fn cell(&mut self, start: usize) -> Option<CellId> {
        let Said { text, start: said, bold, plain, .. } = std::mem::take(&mut self.said);
        let place = self.lines.place(said.unwrap_or(start));
        self.page.fill(&text, bold && !plain, place)
    }

    /// Ends a line of text outside of tables.
    fn end_line(&mut self) {
        let Said { text, start, strong, .. } = std::mem::take(&mut self.said);
        self.said.strong = strong;
        if let Some(start) = start {
            let place = self.lines.place(start);
            let text = self.footnote.take().unwrap_or_default() + &text;
            text.lines().for_each(|line| self.page.say(line, place.clone()));
            if let Some(item) = self.items.last_mut() {
                *item = text.lines().last().map(tidied);
            }
        }
    }

    /// What stands over a table: in a list the item, else the heading.
    fn over(&self) -> Option<String> {
        let item = self.items.iter().rev().flatten().next().map(|item| item.trim_end_matches([':', '.']).to_owned());
        item.filter(|item| !item.is_empty() && item.chars().count() <= LONGEST).or_else(|| self.heading.clone())
    }

    /// GitHub leaves out what stands in a row beyond the columns of the header. Here it is kept.
    fn cells_beyond_the_header(&mut self, range: Range<usize>) -> Result<(), Refusal> {
        let Some(known) = self.table.as_ref().and_then(|table| table.rows.first()).map(Vec::len) else { return Ok(()) };
        let line = self.source.get(range.clone()).unwrap_or("");
        let written = line.trim_end_matches(['\r', '\n', ' ', '\t']);
        let mut at = range.start + (written.len() - written.trim_start_matches([' ', '\t']).trim_start_matches('|').len());
        let mut fields = Vec::new();
        let (mut from, mut escaped) = (at, false);
        for c in self.source.get(at..range.start + written.len()).unwrap_or("").chars() {
            if c == '|' && !escaped {
                fields.push(from..at);
                from = at + 1;
            }
            escaped = c == '\\' && !escaped;
            at += c.len_utf8();
        }
        if from < at {
            fields.push(from..at);
        }
        for field in fields.into_iter().skip(known) {
            let text = self.source.get(field.clone()).unwrap_or("");
            let leading = text.len() - text.trim_start().len();
            let id = self.page.fill(text, false, self.lines.place(field.start + leading));
            self.page.reserve(1)?;
            if let Some(row) = self.table.as_mut().and_then(|table| table.rows.last_mut()) {
                row.push(id);
            }
        }
        Ok(())
    }

    /// A line of HTML that is no table: what can be read of it.
    fn html_line(&mut self, text: &str, range: &Range<usize>) {
        let mut shown = String::new();
        let mut in_tag = false;
        for c in text.chars() {
            match c {
                '<' => in_tag = true,
                '>' if in_tag => in_tag = false,
                c if !in_tag => shown.push(c),
                _ => {}
            }
        }
        // A part that opens on a click is headed by its summary.
        if text.to_lowercase().contains("<summary") && !shown.trim().is_empty() {
            self.heading = Some(tidied(&shown).replace('\n', " "));
        }
        self.page.say(&shown, self.lines.place(range.start));
    }

    /// Reads the HTML tables that stand before this byte.
    fn html_before(&mut self, byte: usize) -> Result<(), Refusal> {
        while let Some(range) = self.html.pop_if(|range| range.start < byte) {
            let text = self.source.get(range.clone()).unwrap_or("");
            let origin = Origin::part(self.source, range.start);
            Markup::new(&mut self.page, origin).under(self.heading.clone()).read(text)?;
        }
        Ok(())
    }
}

impl Said {
    fn add(&mut self, text: &str, range: &Range<usize>) {
        self.start.get_or_insert(range.start);
        self.text.push_str(text);
        if !text.trim().is_empty() {
            *(if self.strong > 0 { &mut self.bold } else { &mut self.plain }) = true;
        }
    }
}

fn is_placeholder(tag: &str) -> bool {
    const KNOWN: [&str; 26] = [
        "a", "abbr", "b", "br", "center", "code", "del", "div", "em", "font", "i", "img", "ins", "kbd", "li", "mark", "ol", "p",
        "s", "small", "span", "strong", "sub", "sup", "u", "ul",
    ];
    let name = tag.trim_start_matches(['<', '/']).split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    !tag.starts_with("<!") && !KNOWN.contains(&name)
}
