//! What the reader of xlsx leaves out: comments, what is hidden, and formulas whose value the file does not hold.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::xml::{attribute, part, said};

/// The position of a cell, from 0: its row and its column.
pub(super) type Position = (u32, u32);

/// What else there is in a sheet.
#[derive(Debug, Default)]
pub(super) struct Besides {
    /// Comments, with the cells on which they are.
    pub(super) comments: Vec<(Position, String)>,
    /// Formulas that were never calculated.
    pub(super) formulas: Vec<(Position, String)>,
    pub(super) hidden_rows: Vec<u32>,
    pub(super) hidden_columns: Vec<u32>,
    /// Whether the sheet itself is hidden.
    pub(super) is_hidden: bool,
}

/// No sheet has more columns.
const COLUMNS: u32 = 16_384;

/// What else there is in each sheet of an xlsx, by its name; nothing of what cannot be read.
pub(super) fn besides(bytes: &[u8]) -> BTreeMap<String, Besides> {
    let mut sheets = BTreeMap::new();
    let book = part(bytes, "xl/workbook.xml").unwrap_or_default();
    let parts = relations(bytes, "xl/workbook.xml");
    each_tag(&book, |tag| {
        if tag.local_name().into_inner() != "sheet" {
            return;
        }
        let (Some(name), Some(id)) = (attribute(tag, "name"), attribute(tag, "r:id")) else { return };
        let mut besides = Besides {
            is_hidden: attribute(tag, "state").is_some_and(|state| state.to_lowercase().contains("hidden")),
            ..Besides::default()
        };
        if let Some((_, target)) = parts.get(&id) {
            besides.read_sheet(&part(bytes, target).unwrap_or_default());
            let of = relations(bytes, target);
            let kinds = |kind: &str| of.values().filter(|(of, _)| of.ends_with(kind)).map(|(_, target)| target.clone()).collect();
            let (threads, comments): (Vec<String>, Vec<String>) = (kinds("/threadedComment"), kinds("/comments"));
            for target in &threads {
                besides.read_comments(&part(bytes, target).unwrap_or_default(), "threadedComment");
            }
            // A thread stands among the plain comments too, for programs that know no threads.
            let known: Vec<Position> = besides.comments.iter().map(|(position, _)| *position).collect();
            for target in &comments {
                besides.read_comments(&part(bytes, target).unwrap_or_default(), "comment");
            }
            let threaded = besides.comments.len().min(known.len());
            let plain = besides.comments.split_off(threaded);
            besides.comments.extend(plain.into_iter().filter(|(position, _)| !known.contains(position)));
        }
        sheets.insert(name, besides);
    });
    sheets
}

/// The relations of a part: for each id the kind and the part that it leads to.
fn relations(bytes: &[u8], name: &str) -> BTreeMap<String, (String, String)> {
    let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
    let mut relations = BTreeMap::new();
    each_tag(&part(bytes, &format!("{folder}/_rels/{file}.rels")).unwrap_or_default(), |tag| {
        if let (Some(id), Some(kind), Some(target)) = (attribute(tag, "Id"), attribute(tag, "Type"), attribute(tag, "Target")) {
            relations.insert(id, (kind, resolved(folder, &target)));
        }
    });
    relations
}

/// A path that is given from a folder, or from the top.
fn resolved(folder: &str, target: &str) -> String {
    if let Some(from_top) = target.strip_prefix('/') {
        return from_top.to_owned();
    }
    let mut path: Vec<&str> = folder.split('/').collect();
    for step in target.split('/') {
        match step {
            "." => {}
            ".." => drop(path.pop()),
            step => path.push(step),
        }
    }
    path.join("/")
}

fn each_tag(text: &str, mut take: impl FnMut(&BytesStart<'_>)) {
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => take(&tag),
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

/// A formula that is being read.
#[derive(Default)]
struct Formula {
    at: Option<Position>,
    /// What it says, once it is met.
    text: Option<String>,
    has_value: bool,
    inside: bool,
}

impl Besides {
    fn read_sheet(&mut self, text: &str) {
        let mut reader = Reader::from_str(text);
        let mut cell = Formula::default();
        let is_set = |tag: &BytesStart<'_>, name: &str| attribute(tag, name).is_some_and(|value| value == "1" || value == "true");
        loop {
            let event = reader.read_event();
            let closes = matches!(event, Ok(Event::Empty(_)));
            match event {
                Ok(Event::Start(tag) | Event::Empty(tag)) => match tag.local_name().into_inner() {
                    "row" if is_set(&tag, "hidden") => {
                        let row = attribute(&tag, "r").and_then(|row| row.parse::<u32>().ok()).and_then(|row| row.checked_sub(1));
                        self.hidden_rows.extend(row);
                    }
                    "col" if is_set(&tag, "hidden") => {
                        let bound =
                            |name| attribute(&tag, name).and_then(|text| text.parse::<u32>().ok()).unwrap_or(1).clamp(1, COLUMNS);
                        self.hidden_columns.extend(bound("min") - 1..bound("max"));
                    }
                    "c" => {
                        // A text that is empty was calculated.
                        let has_value = attribute(&tag, "t").is_some_and(|kind| kind == "str");
                        cell = Formula { at: attribute(&tag, "r").and_then(|at| position(&at)), has_value, ..Formula::default() };
                    }
                    "f" => {
                        cell.text = Some(String::new());
                        cell.inside = !closes;
                    }
                    "is" => cell.has_value = true,
                    _ => {}
                },
                Ok(Event::End(tag)) => match tag.local_name().into_inner() {
                    "f" => cell.inside = false,
                    "c" => self.formulas.extend(std::mem::take(&mut cell).uncounted()),
                    _ => {}
                },
                Ok(Event::Eof) | Err(_) => return,
                Ok(other) => {
                    let Some(text) = said(&other) else { continue };
                    match &mut cell.text {
                        Some(formula) if cell.inside => formula.push_str(&text),
                        _ => cell.has_value |= !text.trim().is_empty(),
                    }
                }
            }
        }
    }

    fn read_comments(&mut self, text: &str, element: &str) {
        let mut reader = Reader::from_str(text);
        let mut open: Option<(Position, String)> = None;
        loop {
            match reader.read_event() {
                Ok(Event::Start(tag)) if tag.local_name().into_inner() == element => {
                    open = attribute(&tag, "ref").and_then(|at| position(&at)).map(|at| (at, String::new()));
                }
                Ok(Event::End(tag)) if tag.local_name().into_inner() == element => self.comments.extend(open.take()),
                Ok(Event::Eof) | Err(_) => return,
                Ok(event) => {
                    if let (Some((_, comment)), Some(text)) = (&mut open, said(&event)) {
                        comment.push_str(&text);
                    }
                }
            }
        }
    }
}

impl Formula {
    fn uncounted(self) -> Option<(Position, String)> {
        let text = self.text.filter(|_| !self.has_value)?;
        Some((self.at?, format!("={text}")))
    }
}

/// The position that a name of a cell stands for: `AB3`.
fn position(name: &str) -> Option<Position> {
    let digits = name.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = name.split_at_checked(digits)?;
    let column = letters.chars().try_fold(0_u32, |column, c| {
        let digit = c.to_digit(36)?.checked_sub(9)?;
        column.checked_mul(26)?.checked_add(digit).filter(|column| *column <= COLUMNS)
    })?;
    Some((row.parse::<u32>().ok()?.checked_sub(1)?, column.checked_sub(1)?))
}
