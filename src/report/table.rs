//! Tables for the terminal: as wide as it is, wrapped between words, wide characters counted as two.
//!
//! Where not all columns fit beside each other, they stand in groups below each other, each after the key columns.

use comfy_table::{Cell, CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, Table as Drawn, TableStyle, Width};
use unicode_width::UnicodeWidthStr;

/// A table of text.
///
/// ```
/// use rasci::report::table::{Column, Table};
///
/// let table = Table {
///     columns: vec![Column::key("task"), Column::text("title", 30)],
///     rows: vec![vec!["restore".into(), "復旧する".into()], vec!["close".into(), "Close the case".into()]],
/// };
/// let text = table.text(None);
/// let lines: Vec<&str> = text.lines().collect();
/// assert_eq!(lines, [" task     title", "─────────────────────────", " restore  復旧する", " close    Close the case"]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows: a field for each column.
    pub rows: Vec<Vec<String>>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// What stands above it.
    pub head: String,
    /// Whether it stands again in each group of columns.
    pub key: bool,
    /// Whether its fields stand in the middle.
    pub centred: bool,
    /// As wide as this at most, counted in columns of the terminal.
    pub most: Option<usize>,
}

impl Column {
    /// A column that stands again in each group.
    #[must_use]
    pub fn key(head: &str) -> Self {
        Self { head: head.to_owned(), key: true, centred: false, most: None }
    }

    /// A column of text that wraps at this width.
    #[must_use]
    pub fn text(head: &str, most: usize) -> Self {
        Self { head: head.to_owned(), key: false, centred: false, most: Some(most) }
    }

    /// A column of marks, which stand in the middle.
    #[must_use]
    pub fn mark(head: &str) -> Self {
        Self { head: head.to_owned(), key: false, centred: true, most: None }
    }
}

/// So wide is the space around a field.
const PADDING: usize = 2;
/// Narrower than this no terminal is taken to be.
const NARROWEST: usize = 20;

impl Table {
    /// The table as lines that fit into a terminal of this width; of any width without one.
    #[must_use]
    pub fn text(&self, width: Option<usize>) -> String {
        let width = width.map(|width| width.max(NARROWEST));
        let groups = self.groups(width);
        let drawn: Vec<String> = groups.iter().map(|group| self.group(group, width)).collect();
        drawn.join("\n")
    }

    /// Whether all columns stand beside each other in a terminal of this width.
    #[must_use]
    pub fn fits(&self, width: Option<usize>) -> bool {
        width.is_none_or(|width| (0..self.columns.len()).map(|nth| self.width(nth) + PADDING).sum::<usize>() <= width)
    }

    /// The columns of each group, by their places.
    fn groups(&self, width: Option<usize>) -> Vec<Vec<usize>> {
        let all: Vec<usize> = (0..self.columns.len()).collect();
        let Some(width) = width else { return vec![all] };
        let (keys, others): (Vec<usize>, Vec<usize>) =
            all.iter().partition(|nth| self.columns.get(**nth).is_some_and(|column| column.key));
        let sum = |group: &[usize]| group.iter().map(|nth| self.width(*nth) + PADDING).sum::<usize>();
        // Keys leave at least a third to what they are the keys of.
        let taken = sum(&keys).min(width - width / 3);
        let split = |room: usize| {
            let mut groups: Vec<Vec<usize>> = vec![Vec::new()];
            for nth in &others {
                let fits = |open: &&mut Vec<usize>| open.is_empty() || sum(open) + self.width(*nth) + PADDING <= room;
                match groups.last_mut().filter(fits) {
                    Some(open) => open.push(*nth),
                    None => groups.push(vec![*nth]),
                }
            }
            groups
        };
        // As few groups as fit, and then as even as so many can be.
        let few = split(width - taken);
        let even = (1..=width - taken).map(split).find(|groups| groups.len() == few.len());
        let mut groups = even.unwrap_or(few);
        for group in &mut groups {
            group.extend(&keys);
            group.sort_unstable();
        }
        groups
    }

    /// How wide a column is where there is room.
    fn width(&self, nth: usize) -> usize {
        let Some(column) = self.columns.get(nth) else { return 0 };
        let widest = |text: &str| text.lines().map(UnicodeWidthStr::width).max().unwrap_or(0);
        let fields = self.rows.iter().filter_map(|row| row.get(nth)).map(|field| widest(field)).max().unwrap_or(0);
        column.most.map_or(fields, |most| fields.min(most)).max(widest(&column.head))
    }

    fn group(&self, group: &[usize], width: Option<usize>) -> String {
        let mut drawn = Drawn::new();
        drawn.load_style(TableStyle::new().header_separator(LineStyle::none().fill('─')));
        drawn.set_content_arrangement(ContentArrangement::Dynamic);
        // Without a width nothing is arranged, so the widest there is stands for any.
        let wanted: usize = group.iter().map(|nth| self.width(*nth) + PADDING).sum();
        drawn.set_width(narrow(width.map_or(wanted, |width| width.min(wanted))));
        drawn.set_header(group.iter().filter_map(|nth| self.columns.get(*nth)).map(|column| Cell::new(printable(&column.head))));
        for row in &self.rows {
            let fields = group.iter().map(|nth| row.get(*nth).map(String::as_str).unwrap_or_default());
            drawn.add_row(fields.map(|field| Cell::new(printable(field))));
        }
        for (place, nth) in group.iter().enumerate() {
            let Some(column) = drawn.column_mut(place) else { continue };
            let of = self.columns.get(*nth);
            if of.is_some_and(|column| column.centred) {
                column.set_cell_alignment(CellAlignment::Center);
            }
            column.set_constraint(ColumnConstraint::UpperBoundary(Width::Fixed(narrow(self.width(*nth) + PADDING))));
        }
        let mut text = String::new();
        drawn.lines().for_each(|line| text.extend([line.trim_end(), "\n"]));
        text
    }
}

fn narrow(width: usize) -> u16 {
    u16::try_from(width).unwrap_or(u16::MAX)
}

/// Text that does nothing to a terminal.
fn printable(text: &str) -> String {
    text.chars().map(|character| if character.is_control() && character != '\n' { ' ' } else { character }).collect()
}
