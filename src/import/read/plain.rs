//! JSON and YAML of the plain shapes: a list of objects, a map of maps, rows as lists, at any depth of the file.
//!
//! A key that every object repeats is one cell, the head of its column, where it first stands. What stands outside of
//! tables is text: `R: Responsible` reads as a legend does.

use super::super::sheet::{CellId, Grid, Lines, Page, Row};
use super::super::words;
use super::{Limits, Refusal};
use crate::diagnostic::Diagnostics;
use crate::source::SourceId;
use crate::yaml::{NodeId, Shape, TextLimits, Tree};

pub(super) fn read(name: &str, text: &str, limits: &Limits) -> Result<Page, Refusal> {
    let mut sink = Diagnostics::default();
    // Separators of JSON are read as those of YAML, of which it is a part, but for tabs before them.
    let spaced = text.replace('\t', " ");
    let tree = Tree::parse(&spaced, SourceId::default(), TextLimits { nodes: limits.nodes, nesting: 64 }, &mut sink);
    let lines = Lines::new(&spaced);
    let tree = match tree {
        Some(tree) if !sink.has_errors() => tree,
        _ => {
            let first = sink.into_sorted().into_iter().next();
            let said = first.map_or_else(String::new, |diagnostic| {
                let place = diagnostic.span.map_or_else(String::new, |span| format!("{}: ", lines.place(span.start as usize)));
                format!(" ({place}{})", diagnostic.message)
            });
            return Err(Refusal::Format { kind: format!("no JSON or YAML that can be read{said}") });
        }
    };
    let mut walk = Walk { tree: &tree, lines: &lines, page: Page::default(), heads: Vec::new() };
    if walk.pairs(Tree::ROOT).iter().any(|(key, _)| walk.scalar(*key).as_deref() == Some("rasci")) {
        return Err(Refusal::Model { name: name.to_owned() });
    }
    walk.node(Tree::ROOT, None)?;
    Ok(walk.page)
}

/// A value in a row: under which head it stands.
type Field = (usize, Option<CellId>);

/// A head: how deep in the objects of a table it stands, its text, and the cell where that first stands.
type Head = (usize, String, Option<CellId>);

struct Walk<'w, 't> {
    tree: &'w Tree<'t>,
    lines: &'w Lines<'w>,
    page: Page,
    /// The heads of the table that is being read.
    heads: Vec<Head>,
}

/// Keys under which an object says what it is called.
const NAMES: [&str; 3] = ["name", "title", "label"];
/// Keys that say of a list no more than that it is one.
const PLAIN: [&str; 9] = ["matrix", "rows", "data", "items", "table", "records", "entries", "values", "assignments"];

impl Walk<'_, '_> {
    fn node(&mut self, node: NodeId, key: Option<NodeId>) -> Result<(), Refusal> {
        let title = key.and_then(|key| self.scalar(key)).filter(|title| is_title(title));
        match self.tree.shape(node) {
            Shape::List if self.children(node).iter().any(|item| self.tree.shape(*item) == Shape::Map) => {
                self.objects(node, key, title)
            }
            Shape::List if self.children(node).iter().any(|item| self.tree.shape(*item) == Shape::List) => {
                self.lists(node, None, title)
            }
            Shape::List => {
                for item in self.children(node) {
                    self.say(None, item);
                }
                Ok(())
            }
            Shape::Map if self.is_matrix(node) => self.maps(node, title),
            Shape::Map => {
                let heads = self.heads_beside(node);
                for (key, value) in self.pairs(node) {
                    let within = self.scalar(key);
                    if heads == Some(value) {
                        continue;
                    }
                    if let Some(heads) = heads.filter(|_| self.width(value).is_some()) {
                        self.lists(value, Some(heads), title.clone())?;
                        continue;
                    }
                    let names = self.page.title.is_none() && self.page.grids.is_empty();
                    if names
                        && within.as_deref().is_some_and(|key| NAMES.contains(&key) || key == "project")
                        && self.scalar(value).is_some()
                    {
                        self.page.title = self.scalar(value).filter(|title| !title.is_empty());
                    } else if self.is_leaf(value) {
                        self.say(within, value);
                    } else {
                        self.node(value, Some(key))?;
                    }
                }
                Ok(())
            }
            _ => {
                self.say(None, node);
                Ok(())
            }
        }
    }

    /// Whether a map has a map of plain values for every key.
    fn is_matrix(&self, node: NodeId) -> bool {
        let pairs = self.pairs(node);
        let is_row = |value: NodeId| {
            self.tree.shape(value) == Shape::Map && self.pairs(value).iter().all(|(_, value)| self.is_leaf(*value))
        };
        !pairs.is_empty() && pairs.iter().all(|(_, value)| is_row(*value))
    }

    /// Whether a value is a scalar, or a list of them.
    fn is_leaf(&self, node: NodeId) -> bool {
        match self.tree.shape(node) {
            Shape::Map => false,
            Shape::List => self.children(node).iter().all(|item| self.scalar(*item).is_some()),
            _ => true,
        }
    }

    /// A list of objects: a row each, or several where an object has a list of objects in it.
    fn objects(&mut self, node: NodeId, key: Option<NodeId>, title: Option<String>) -> Result<(), Refusal> {
        self.heads.clear();
        let mut rows = Vec::new();
        for item in self.children(node) {
            if self.tree.shape(item) == Shape::Map {
                rows.extend(self.rows_of(item, key, 0)?);
            } else {
                self.say(None, item);
            }
        }
        self.emit(title, rows)
    }

    /// A map of maps: the key first, under a head without text.
    fn maps(&mut self, node: NodeId, title: Option<String>) -> Result<(), Refusal> {
        self.heads = vec![(0, String::new(), None)];
        let mut rows = Vec::new();
        for (key, value) in self.pairs(node) {
            let first = (0, self.cell(key));
            for fields in self.rows_of(value, None, 0)? {
                rows.push(std::iter::once(first).chain(fields).collect());
            }
        }
        self.emit(title, rows)
    }

    /// How many values the first row has, of rows that are written as lists.
    fn width(&self, node: NodeId) -> Option<usize> {
        let rows = if self.tree.shape(node) == Shape::List { self.children(node) } else { Vec::new() };
        let are_lists = rows.iter().all(|row| self.tree.shape(*row) == Shape::List);
        rows.first().filter(|_| are_lists).map(|row| self.children(*row).len())
    }

    /// The list of heads that a map has beside rows that are lists: as long as they are, or shorter by the task.
    fn heads_beside(&self, node: NodeId) -> Option<NodeId> {
        let values = || self.pairs(node).into_iter().map(|(_, value)| value);
        let width = values().find_map(|value| self.width(value))?;
        let length = |value| if self.is_leaf(value) { self.children(value).len() } else { 0 };
        values().find(|value| length(*value) > 1 && (width == length(*value) || width == length(*value) + 1))
    }

    /// Rows that are written as lists, under heads that are written elsewhere.
    fn lists(&mut self, node: NodeId, heads: Option<NodeId>, title: Option<String>) -> Result<(), Refusal> {
        let mut grid = Grid { title, rows: Vec::new() };
        if let Some(heads) = heads {
            let names = self.children(heads);
            let missing = self.width(node).unwrap_or(0).saturating_sub(names.len());
            let names: Vec<_> = names.into_iter().map(|name| self.cell(name)).collect();
            grid.rows.push(std::iter::repeat_n(None, missing).chain(names).collect());
        }
        for item in self.children(node) {
            let fields = if self.tree.shape(item) == Shape::List { self.children(item) } else { vec![item] };
            self.page.reserve(fields.len())?;
            grid.rows.push(fields.into_iter().map(|field| self.cell(field)).collect());
        }
        self.page.grids.push(grid);
        Ok(())
    }

    /// The rows that an object stands for, which is in a list under this key, so deep in other objects.
    fn rows_of(&mut self, node: NodeId, list: Option<NodeId>, depth: usize) -> Result<Vec<Vec<Field>>, Refusal> {
        let mut own = Vec::new();
        let mut nested = Vec::new();
        let mut called = list.filter(|list| !self.is_plain(*list) && self.scalar(*list).is_some_and(|list| !is_title(&list)));
        for (key, value) in self.pairs(node) {
            if self.is_leaf(value) {
                // What tasks or phases are called stands under the word for them.
                let named = self.scalar(key).is_some_and(|key| NAMES.contains(&key.as_str()));
                let said = if named { called.take() } else { None };
                let head = self.head(said.unwrap_or(key), depth);
                own.push((head, self.cell(value)));
            } else if self.tree.shape(value) == Shape::Map && self.pairs(value).iter().all(|(_, value)| self.is_leaf(*value)) {
                for (key, value) in self.pairs(value) {
                    let head = self.head(key, depth);
                    own.push((head, self.cell(value)));
                }
            } else if self.tree.shape(value) == Shape::List {
                for item in self.children(value) {
                    if self.tree.shape(item) == Shape::Map {
                        nested.extend(self.rows_of(item, Some(key), depth + 1)?);
                    } else {
                        self.say(None, item);
                    }
                }
            } else {
                let heads = std::mem::take(&mut self.heads);
                self.node(value, Some(key))?;
                self.heads = heads;
            }
        }
        if nested.is_empty() {
            return Ok(vec![own]);
        }
        Ok(nested.into_iter().map(|fields| own.iter().copied().chain(fields).collect()).collect())
    }

    fn emit(&mut self, title: Option<String>, rows: Vec<Vec<Field>>) -> Result<(), Refusal> {
        let width = self.heads.len();
        self.page.reserve(width.saturating_mul(rows.len() + 1))?;
        let mut grid = Grid { title, rows: vec![self.heads.iter().map(|(_, _, id)| *id).collect()] };
        for fields in rows {
            let mut row: Row = vec![None; width];
            for (head, id) in fields {
                if let Some(position) = row.get_mut(head) {
                    *position = id;
                }
            }
            grid.rows.push(row);
        }
        self.page.grids.push(grid);
        Ok(())
    }

    /// The number of the column under this head.
    fn head(&mut self, key: NodeId, depth: usize) -> usize {
        let text = self.scalar(key).unwrap_or_default();
        let is_it = |(at, head, id): &Head| *at == depth && *head == text && id.is_some();
        if let Some(known) = self.heads.iter().position(is_it) {
            return known;
        }
        let id = self.cell(key);
        self.heads.push((depth, text, id));
        self.heads.len() - 1
    }

    /// Whether a key says of its list no more than that it is one.
    fn is_plain(&self, key: NodeId) -> bool {
        self.scalar(key).is_some_and(|key| PLAIN.contains(&key.to_lowercase().as_str()))
    }

    fn cell(&mut self, node: NodeId) -> Option<CellId> {
        let place = self.lines.place(self.tree.span(node).start as usize);
        let text = self.text(node);
        self.page.fill(&text, false, place)
    }

    /// A line of text outside of tables, which is a cell too.
    fn say(&mut self, key: Option<String>, node: NodeId) {
        let place = self.lines.place(self.tree.span(node).start as usize);
        let text = self.text(node);
        if !text.is_empty() {
            self.page.say_cell(&key.map_or_else(|| text.clone(), |key| format!("{key}: {text}")), place);
        }
    }

    fn text(&self, node: NodeId) -> String {
        let items: Vec<String> = self.children(node).into_iter().filter_map(|item| self.scalar(item)).collect();
        self.scalar(node).unwrap_or_else(|| items.join("; "))
    }

    fn scalar(&self, node: NodeId) -> Option<String> {
        match self.tree.shape(node) {
            Shape::Text(text, plain) if !(plain && matches!(text.as_ref(), "null" | "~")) => Some(text.into_owned()),
            Shape::Text(..) | Shape::Nothing => Some(String::new()),
            _ => None,
        }
    }

    fn children(&self, node: NodeId) -> Vec<NodeId> {
        self.tree.children(node).collect()
    }

    fn pairs(&self, node: NodeId) -> Vec<(NodeId, NodeId)> {
        if self.tree.shape(node) != Shape::Map {
            return Vec::new();
        }
        let children = self.children(node);
        children.chunks_exact(2).filter_map(|pair| Some((*pair.first()?, *pair.get(1)?))).collect()
    }
}

/// Whether a key is the title of what stands under it, and no word for rows or for what they are.
fn is_title(key: &str) -> bool {
    words::head(key).is_none() && !PLAIN.contains(&key.to_lowercase().as_str())
}
