//! Lists of Markdown that say what a table does: tasks, and below each its letters with names, or its parties with letters.
//!
//! Such a list is made a table with a row for each item: what then is a task and what a party is seen as in any table.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::super::dialect::Alphabet;
use super::super::letters::{self, Reading};
use super::super::sheet::{Grid, Lines, Page, Row, tidied};
use super::super::words::{self, Duty, Head};
use super::Refusal;
use crate::document::Letter;

/// A text, and the byte where it starts.
pub(super) type Said = (String, usize);

/// A list that is a table.
#[derive(Debug)]
pub(super) struct Listed {
    /// The bytes that it takes.
    pub(super) ranges: Vec<Range<usize>>,
    /// What stands over it.
    pub(super) title: Option<Said>,
    pub(super) rows: Vec<ListedRow>,
    /// Whether letters stand before names, and not parties before letters.
    pub(super) names: bool,
}

/// An item with what stands below it: under which head, and what.
#[derive(Debug)]
pub(super) struct ListedRow {
    pub(super) title: Said,
    pub(super) pairs: Vec<(Said, Said)>,
}

#[derive(Debug, Default)]
struct Item {
    text: String,
    start: usize,
    items: Vec<Item>,
}

/// Items lie no deeper; what does is text of the item around it.
const DEEPEST: usize = 8;

/// A heading, or a list outside of others.
enum Block {
    Heading(HeadingLevel, Said),
    List(Range<usize>, Vec<Item>),
}

/// The lists of a text that are tables, in order.
pub(super) fn lists(text: &str, options: Options) -> Vec<Listed> {
    let blocks = blocks(text, options);
    let mut found: Vec<Listed> = Vec::new();
    let mut headings: Vec<(HeadingLevel, &Said)> = Vec::new();
    // Which heading the last list under one was of.
    let mut last: Option<HeadingLevel> = None;
    for block in &blocks {
        match block {
            Block::Heading(level, said) => {
                headings.retain(|(other, _)| other < level);
                headings.push((*level, said));
                last = last.filter(|last| last == level);
            }
            Block::List(range, items) => {
                let (heading, over) = (headings.last(), headings.iter().rev().nth(1));
                let pairs: Option<Vec<Pair>> = items.iter().map(pair).collect();
                let Some((level, title)) = heading.filter(|_| pairs.as_ref().is_some_and(|pairs| are_names(pairs))) else {
                    last = None;
                    listed(range, items, heading.map(|(_, said)| *said), &mut found);
                    continue;
                };
                let row = ListedRow { title: (*title).clone(), pairs: said(pairs.unwrap_or_default()) };
                if let Some(known) = found.last_mut().filter(|_| last == Some(*level)) {
                    known.ranges.push(range.clone());
                    known.rows.push(row);
                } else {
                    let title = over.map(|(_, said)| (*said).clone());
                    found.push(Listed { ranges: Vec::from([range.clone()]), title, rows: Vec::from([row]), names: true });
                }
                last = Some(*level);
            }
        }
    }
    found.retain(|list| list.rows.iter().map(|row| row.pairs.len()).sum::<usize>() > 1 && leads(list));
    found
}

impl Listed {
    /// The list as a table.
    pub(super) fn grid(&self, page: &mut Page, lines: &Lines<'_>) -> Result<Grid, Refusal> {
        let mut fill = |(text, byte): &Said| page.fill(text, false, lines.place(*byte));
        // What stands over it says what its items are, where it is a word for that.
        let corner = self.title.as_ref().filter(|(text, _)| matches!(words::head(text), Some(Head::Task | Head::Party)));
        let mut head: Row = vec![corner.and_then(&mut fill)];
        let mut columns: Vec<String> = Vec::new();
        let mut rows: Vec<Row> = Vec::new();
        for ListedRow { title, pairs } in &self.rows {
            let mut row: Row = vec![fill(title)];
            for (key, value) in pairs {
                // `R` and `Responsible` head one column.
                let letter = words::head_letter(&key.0, &[]).filter(|_| self.names);
                let name = letter.map_or_else(|| words::folded(&key.0), |letter| letter.as_str().to_owned());
                let column = columns.iter().position(|known| *known == name).unwrap_or_else(|| {
                    columns.push(name);
                    head.push(fill(key));
                    columns.len() - 1
                });
                row.resize(row.len().max(column + 2), None);
                if let Some(position) = row.get_mut(column + 1) {
                    *position = fill(value);
                }
            }
            rows.push(row);
        }
        page.reserve((rows.len() + 1).saturating_mul(head.len()))?;
        let what = if self.names { "tasks, each with its letters and names" } else { "a table of letters" };
        if let Some(row) = self.rows.first() {
            page.remarks.push((lines.place(row.title.1), format!("the list is read as {what}")));
        }
        rows.insert(0, head);
        Ok(Grid { title: self.title.as_ref().map(|(text, _)| text.clone()), rows })
    }
}

/// Takes in a list whose items all have letters below them; else the lists in it.
fn listed(range: &Range<usize>, items: &[Item], title: Option<&Said>, found: &mut Vec<Listed>) {
    let rows: Option<Vec<(Said, Vec<Pair>)>> = items.iter().map(row).collect();
    let by_letter = |pairs: &[Pair]| pairs.iter().all(|pair| pair.letter.is_some());
    let alike = |rows: &Vec<(Said, Vec<Pair>)>| {
        let count = rows.iter().filter(|(_, pairs)| by_letter(pairs)).count();
        count == 0 || count == rows.len()
    };
    if let Some(rows) = rows.filter(alike)
        && let Some((_, first)) = rows.first()
    {
        let names = by_letter(first);
        let rows = rows.into_iter().map(|(title, pairs)| ListedRow { title, pairs: said(pairs) }).collect();
        let start = items.first().map_or(range.start, |item| item.start);
        let bytes = start..range.end;
        let listed = Listed { ranges: Vec::from([bytes]), title: title.cloned(), rows, names };
        found.extend(Some(listed).filter(|listed| !listed.rows.is_empty()));
        return;
    }
    for (nth, item) in items.iter().enumerate() {
        let end = items.get(nth + 1).map_or(range.end, |next| next.start);
        listed(&(item.start..end), &item.items, Some(&(item.text.clone(), item.start)), found);
    }
}

/// A line of a list: a head and what stands under it, and the letter that the head is.
struct Pair {
    head: Said,
    value: Said,
    letter: Option<Letter>,
}

fn said(pairs: Vec<Pair>) -> Vec<(Said, Said)> {
    pairs.into_iter().map(|pair| (pair.head, pair.value)).collect()
}

/// An item with letters below it.
fn row(item: &Item) -> Option<(Said, Vec<Pair>)> {
    let pairs: Vec<Pair> = item.items.iter().map(pair).collect::<Option<_>>()?;
    let mut heads: Vec<String> = pairs.iter().map(|pair| words::folded(&pair.head.0)).collect();
    heads.sort_unstable();
    heads.dedup();
    let parties = heads.len() == pairs.len() && pairs.iter().all(|pair| pair.letter.is_none());
    let of_one_kind = are_names(&pairs) || parties;
    let title = item.text.trim_end_matches(':').trim();
    (!pairs.is_empty() && of_one_kind && !title.is_empty()).then(|| ((title.to_owned(), item.start), pairs))
}

/// Whether every line starts with a letter, each with another.
fn are_names(pairs: &[Pair]) -> bool {
    let mut letters: Vec<Letter> = pairs.iter().filter_map(|pair| pair.letter).collect();
    letters.sort_unstable();
    letters.dedup();
    !pairs.is_empty() && letters.len() == pairs.len()
}

/// What a line says: `R: Dev, Ops`, `Dev: A/R`, `Dev (A/R)`, or `R` with the names in a list below.
fn pair(item: &Item) -> Option<Pair> {
    let text = item.text.trim();
    let at = |part: &str, from: usize| (tidied(part.trim_matches([' ', '*', '_', '`'])), item.start + from);
    if !item.items.is_empty() {
        let names: Vec<&str> = item.items.iter().map(|name| name.text.trim()).collect();
        let letter = words::head_letter(text.trim_end_matches(':'), &[])?;
        let plain = item.items.iter().all(|name| name.items.is_empty()) && names.iter().all(|name| !explains(name, letter));
        let start = item.items.first().map_or(item.start, |name| name.start);
        return plain.then(|| Pair {
            head: at(text.trim_end_matches(':'), 0),
            value: (names.join("\n"), start),
            letter: Some(letter),
        });
    }
    let parted = text.split_once([':', '=', '→']).or_else(|| [" - ", " – ", " — "].iter().find_map(|sign| text.split_once(sign)));
    let (head, value) = match parted {
        Some((head, value)) => (head, value),
        None => text.strip_suffix(')')?.rsplit_once('(')?,
    };
    let (key, said) = (head.trim_matches([' ', '*', '_', '`']), value.trim_matches([' ', '*', '_', '`']));
    if key.is_empty() || said.is_empty() {
        return None;
    }
    let from = text.len() - value.trim_start().len();
    let letter = words::head_letter(key, &[]);
    let holds = matches!(letters::read(said, &Alphabet::usual()), Reading::Letters(_) | Reading::Nothing);
    match letter {
        Some(letter) if !explains(said, letter) => Some(Pair { head: at(head, 0), value: at(value, from), letter: Some(letter) }),
        None if holds => Some(Pair { head: at(head, 0), value: at(value, from), letter: None }),
        _ => None,
    }
}

/// Whether a text says what a letter means, as that of a legend does.
fn explains(text: &str, letter: Letter) -> bool {
    words::duty_by_name(text) == Some(Duty::Holds(letter)) || words::is_either(text) || text.split_whitespace().count() > 8
}

/// Whether somebody does or answers for something: else the letters of a list are of another kind.
fn leads(list: &Listed) -> bool {
    let is_lead = |letter: Letter| matches!(letter, Letter::Responsible | Letter::Accountable);
    let says = |((head, _), (value, _)): &(Said, Said)| match words::head_letter(head, &[]) {
        Some(letter) => is_lead(letter),
        None => match letters::read(value, &Alphabet::usual()) {
            Reading::Letters(held) => held.letters.into_iter().any(is_lead),
            _ => false,
        },
    };
    list.rows.iter().flat_map(|row| &row.pairs).any(says)
}

fn blocks(text: &str, options: Options) -> Vec<Block> {
    let mut blocks = Vec::new();
    // The items that are open, from the outermost; what a heading says.
    let mut open: Vec<Item> = Vec::new();
    let mut tops: Vec<Item> = Vec::new();
    let (mut depth, mut heading): (usize, Option<(HeadingLevel, Said)>) = (0, None);
    let (mut hidden, mut deeper, mut start) = (0_usize, 0_usize, 0);
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
                } else if let Some(item) = open.last_mut() {
                    if item.text.is_empty() {
                        item.start = range.start;
                    }
                    item.text.push_str(&said);
                }
            }
            Event::SoftBreak | Event::HardBreak => {
                if let Some(item) = open.last_mut() {
                    item.text.push(' ');
                }
            }
            _ => {}
        }
    }
    blocks
}
