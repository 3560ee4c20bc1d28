//! Markdown as headings and lists: what stands over a list, and the items in it. A paragraph that is bold as a whole is a heading.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::super::sheet::tidied;
use super::lists::Said;

#[derive(Debug, Default)]
pub(super) struct Item {
    pub(super) text: String,
    pub(super) start: usize,
    pub(super) items: Vec<Item>,
}

/// Items lie no deeper; what does is text of the item around it.
const DEEPEST: usize = 8;

/// A heading, or a list outside of others.
pub(super) enum Block {
    Heading(HeadingLevel, Said),
    List(Range<usize>, Vec<Item>),
}

/// The headings and outermost lists of a text, in order.
pub(super) fn blocks(text: &str, options: Options) -> Vec<Block> {
    let mut blocks = Vec::new();
    // The items that are open, from the outermost; what a heading says.
    let mut open: Vec<Item> = Vec::new();
    let mut tops: Vec<Item> = Vec::new();
    let (mut depth, mut heading): (usize, Option<(HeadingLevel, Said)>) = (0, None);
    let (mut hidden, mut deeper, mut start) = (0_usize, 0_usize, 0);
    // A paragraph that is bold as a whole heads what follows; and whether bold is open.
    let (mut bold, mut strong): (Option<Said>, bool) = (None, false);
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(_) | Tag::MetadataBlock(_) | Tag::Table(_)) => hidden += 1,
            Event::End(TagEnd::CodeBlock | TagEnd::MetadataBlock(_) | TagEnd::Table) => hidden = hidden.saturating_sub(1),
            _ if hidden > 0 => {}
            Event::Start(Tag::Heading { level, .. }) => heading = Some((level, (String::new(), range.start))),
            Event::End(TagEnd::Heading(_)) => {
                let said =
                    heading.take().map(|(level, (text, start))| Block::Heading(level, (tidied(&text).replace('\n', " "), start)));
                blocks.extend(said);
            }
            Event::Start(Tag::Paragraph) if depth == 0 => bold = Some((String::new(), range.start)),
            Event::End(TagEnd::Paragraph) if depth == 0 => {
                let title = bold.take().map(|(text, start)| (tidied(text.trim().trim_end_matches(':')), start));
                let title = title.filter(|(text, _)| !text.is_empty() && !text.contains('\n'));
                blocks.extend(title.map(|said| Block::Heading(HeadingLevel::H6, said)));
            }
            Event::Start(Tag::Strong) => strong = true,
            Event::End(TagEnd::Strong) => strong = false,
            Event::Start(Tag::List(_)) => {
                if depth == 0 {
                    start = range.start;
                }
                depth += 1;
            }
            Event::End(TagEnd::List(_)) => {
                depth -= 1;
                if depth == 0 {
                    blocks.push(Block::List(start..range.end, std::mem::take(&mut tops)));
                }
            }
            Event::Start(Tag::Item) if open.len() == DEEPEST => deeper += 1,
            Event::End(TagEnd::Item) if deeper > 0 => deeper -= 1,
            Event::Start(Tag::Item) => open.push(Item { start: range.start, ..Item::default() }),
            Event::End(TagEnd::Item) => {
                let Some(item) = open.pop() else { continue };
                match open.last_mut() {
                    Some(around) => around.items.push(item),
                    None => tops.push(item),
                }
            }
            Event::Text(said) | Event::Code(said) => {
                if let Some((_, (text, _))) = &mut heading {
                    text.push_str(&said);
                } else if depth == 0 {
                    // A colon may stand behind what is bold.
                    let is_title = strong || said.trim().trim_matches(':').is_empty();
                    bold = bold.filter(|_| is_title).map(|(text, start)| (text + &said, start));
                } else if let Some(item) = open.last_mut() {
                    if item.text.is_empty() {
                        item.start = range.start;
                    }
                    item.text.push_str(&said);
                }
            }
            Event::SoftBreak | Event::HardBreak => {
                bold = None;
                if let Some(item) = open.last_mut() {
                    item.text.push(' ');
                }
            }
            _ => {}
        }
    }
    blocks
}
