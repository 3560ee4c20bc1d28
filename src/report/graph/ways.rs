//! Where the steps of a layered graph stand, and the ways of its edges between them: none runs behind a step, and no label
//! stands on another.

use std::fmt::Write;

use super::Edge;
use super::layers::Layers;
use super::middles::{GAP, ROUND, Size, middles, number};
use crate::report::svg::text::{lines, width};

/// Between layers, beside the labels there.
const STEP: f64 = 52.0;
/// A line of a label.
const LABEL: f64 = 14.0;
/// Labels wrap at this width.
const LABEL_WIDE: f64 = 150.0;
/// Edges leave a step at most this far from each other.
const PORT: f64 = 34.0;

/// A point of a drawing.
type Point = (f64, f64);

/// What a graph looks like, from its top down; how far it reaches to both sides is for the drawing to say.
#[derive(Debug)]
pub(super) struct Plan {
    /// The left upper corner of each step.
    pub(super) corners: Vec<Point>,
    /// The way of each edge, from where it begins to its tip, as the path of a drawing.
    pub(super) ways: Vec<String>,
    /// The lines of the labels, each by its middle.
    pub(super) labels: Vec<(Point, String)>,
    /// How far it reaches to both sides.
    pub(super) left: f64,
    pub(super) right: f64,
}

/// A label: the layer beneath which it stands, how its edge runs there, and where it found room.
struct Label {
    layer: usize,
    from: f64,
    to: f64,
    lines: Vec<String>,
    wide: f64,
    /// How many lines stand above it in the room between the layers.
    above: usize,
    middle: f64,
}

/// Lays out steps of these sizes.
pub(super) fn plan(sizes: &[Size], edges: &[Edge]) -> Plan {
    let layers = Layers::new(sizes.len(), edges);
    let middles = middles(&layers, sizes, edges);
    let bends = bends(&layers, sizes, &middles);
    let label = |(nth, edge): (usize, &Edge)| label(&layers, nth, edge, bends.get(nth)?);
    let mut labels: Vec<Label> = edges.iter().enumerate().filter_map(label).collect();
    let rooms: Vec<usize> = (0..layers.rows.len()).map(|layer| stacked(&mut labels, layer)).collect();
    let rows = rows(&layers, sizes, &rooms);
    let row = |step: usize| layers.rows.iter().position(|row| row.contains(&step)).and_then(|row| rows.get(row));
    let corner = |(step, (middle, size)): (usize, (&f64, &Size))| (middle - size.wide / 2.0, row(step).map_or(0.0, |row| row.0));
    let corners: Vec<Point> = middles.iter().zip(sizes).enumerate().map(corner).collect();
    let turned = |(nth, edge): (usize, &Edge)| {
        let back = layers.back.get(nth) == Some(&true);
        let upper = if back { edge.to } else { edge.from };
        let (corner, size) = corners.get(upper).zip(sizes.get(upper))?;
        let bends = bends.get(nth).filter(|bends| !bends.is_empty());
        let Some(bends) = bends else { return Some(round(*corner, *size)) };
        let mut turns = turns(&layers, upper, bends, &rows, corner.1 + size.high);
        if back {
            turns.reverse();
        }
        Some(path(&turns))
    };
    Plan {
        ways: edges.iter().enumerate().map(|each| turned(each).unwrap_or_default()).collect(),
        left: corners
            .iter()
            .map(|corner| corner.0)
            .chain(middles.iter().copied())
            .chain(labels.iter().map(Label::left))
            .fold(f64::INFINITY, f64::min),
        right: corners
            .iter()
            .zip(sizes)
            .map(|(corner, size)| corner.0 + size.wide + ROUND)
            .chain(middles.iter().copied())
            .chain(labels.iter().map(|label| label.left() + label.wide))
            .fold(0.0, f64::max),
        labels: labels.iter().flat_map(|label| label.placed(&rows)).collect(),
        corners,
    }
}

/// The top and the bottom of each layer, with room beneath for so many lines of labels.
fn rows(layers: &Layers, sizes: &[Size], rooms: &[usize]) -> Vec<Point> {
    let mut y = 0.0;
    let row = |(row, room): (&Vec<usize>, &usize)| {
        let high = row.iter().filter_map(|slot| sizes.get(*slot)).map(|size| size.high).fold(0.0, f64::max);
        let top = y;
        y += high + STEP + number(*room) * LABEL;
        (top, top + high)
    };
    layers.rows.iter().zip(rooms).map(row).collect()
}

/// Where each edge passes the layers, from the upper step to the lower; at a step each edge has a place of its own.
fn bends(layers: &Layers, sizes: &[Size], middles: &[f64]) -> Vec<Vec<f64>> {
    let middle = |slot: &usize| middles.get(*slot).copied().unwrap_or_default();
    let mut bends: Vec<Vec<f64>> = layers.chains.iter().map(|chain| chain.iter().map(middle).collect()).collect();
    for upper in [true, false] {
        let end = |(nth, chain): (usize, &Vec<usize>)| match (chain.as_slice(), upper) {
            ([step, next, ..], true) | ([.., next, step], false) => Some((*step, middle(next), nth)),
            _ => None,
        };
        let mut ends: Vec<(usize, f64, usize)> = layers.chains.iter().enumerate().filter_map(end).collect();
        ends.sort_by(|one, other| one.0.cmp(&other.0).then(one.1.total_cmp(&other.1)).then(one.2.cmp(&other.2)));
        for group in ends.chunk_by(|one, other| one.0 == other.0) {
            let wide = group.first().and_then(|(step, ..)| sizes.get(*step)).map_or(0.0, |size| size.wide);
            let between = PORT.min((wide - 2.0 * GAP) / number(group.len()));
            for ((_, _, nth), place) in group.iter().zip(0..) {
                let ends = bends.get_mut(*nth).and_then(|bends| if upper { bends.first_mut() } else { bends.last_mut() });
                let beside = (number(place) - (number(group.len()) - 1.0) / 2.0) * between;
                if let Some(x) = ends {
                    *x += beside;
                }
            }
        }
    }
    bends
}

/// The label of an edge, beneath the step that it leaves, or above it where it goes back.
fn label(layers: &Layers, nth: usize, edge: &Edge, bends: &[f64]) -> Option<Label> {
    let back = layers.back.get(nth) == Some(&true);
    let upper = if back { bends.len().checked_sub(2)? } else { 0 };
    let first = layers.chains.get(nth)?.first()?;
    let layer = layers.rows.iter().position(|row| row.contains(first))? + upper;
    let lines = lines(&edge.label, 11.5, LABEL_WIDE);
    let wide = lines.iter().map(|line| width(line, 11.0)).fold(0.0, f64::max);
    let label = Label { layer, from: *bends.get(upper)?, to: *bends.get(upper + 1)?, lines, wide, above: 0, middle: 0.0 };
    (!edge.label.is_empty()).then_some(label)
}

impl Label {
    fn left(&self) -> f64 {
        self.middle - self.wide / 2.0
    }

    /// Its lines, each by its middle.
    fn placed(&self, rows: &[Point]) -> Vec<(Point, String)> {
        let first = rows.get(self.layer).map_or(0.0, |(_, bottom)| bottom + self.top() + 11.0);
        let line = |(text, nth): (&String, usize)| ((self.middle, first + number(nth) * LABEL), text.clone());
        self.lines.iter().zip(0..).map(line).collect()
    }

    /// How far its first line lies beneath the layer, where there is room for so many lines.
    fn top(&self) -> f64 {
        STEP / 2.0 + number(self.above) * LABEL
    }

    /// Takes the first lines on which it stands on its edge and on no other label.
    fn settle(&mut self, room: usize, settled: &[(usize, usize, f64, f64)]) -> Option<(usize, usize, f64, f64)> {
        let high = STEP + number(room) * LABEL;
        for above in 0..=room.checked_sub(self.lines.len())? {
            self.above = above;
            let below = above + self.lines.len();
            let y = self.top() + number(self.lines.len()) * LABEL / 2.0;
            self.middle = along((self.from, 0.0), (self.to, high), y);
            let (left, right) = (self.middle - self.wide / 2.0, self.middle + self.wide / 2.0 + LABEL);
            let free = |(first, last, start, end): &(usize, usize, f64, f64)| {
                *last <= above || below <= *first || right <= *start || *end <= left
            };
            if settled.iter().all(free) {
                return Some((above, below, left, right));
            }
        }
        None
    }
}

/// Finds the labels beneath a layer a place each, in as few lines as a few tries find; how many lines they take.
fn stacked(labels: &mut [Label], layer: usize) -> usize {
    let mut here: Vec<&mut Label> = labels.iter_mut().filter(|label| label.layer == layer).collect();
    here.sort_by(|one, other| (one.from + one.to).total_cmp(&(other.from + other.to)));
    let all: usize = here.iter().map(|label| label.lines.len()).sum();
    let mut room = here.iter().map(|label| label.lines.len()).max().unwrap_or(0);
    loop {
        let mut settled = Vec::new();
        for label in &mut here {
            settled.extend(label.settle(room, &settled));
        }
        if settled.len() == here.len() || room >= all {
            return room;
        }
        room = (room + 1 + room / 4).min(all);
    }
}

/// The corners of a way: from the upper step down its layer, across to the next, down through that, and so on to the lower.
fn turns(layers: &Layers, upper: usize, bends: &[f64], rows: &[Point], begins: f64) -> Vec<Point> {
    let first = layers.rows.iter().position(|row| row.contains(&upper)).unwrap_or(0);
    let mut turns = Vec::new();
    for (nth, (x, (top, bottom))) in bends.iter().zip(rows.iter().skip(first)).enumerate() {
        turns.push((*x, if nth == 0 { begins } else { *top }));
        if nth + 1 < bends.len() {
            turns.push((*x, *bottom));
        }
    }
    turns
}

/// Straight through layers, curved between them.
fn path(turns: &[Point]) -> String {
    let mut path = String::new();
    let mut last: Option<Point> = None;
    for (x, y) in turns.iter().copied() {
        let _ = match last {
            None => write!(path, "M{x:.1} {y:.1}"),
            Some((before, above)) if (before - x).abs() < 0.05 && (above - y).abs() < 0.05 => Ok(()),
            Some((before, _)) if (before - x).abs() < 0.05 => write!(path, "V{y:.1}"),
            Some((before, above)) => {
                let middle = f64::midpoint(above, y);
                write!(path, "C{before:.1} {middle:.1} {x:.1} {middle:.1} {x:.1} {y:.1}")
            }
        };
        last = Some((x, y));
    }
    path
}

/// From the right side of a step back to it.
fn round((left, top): Point, size: Size) -> String {
    let (right, from, to) = (left + size.wide, top + size.high * 0.3, top + size.high * 0.7);
    let far = right + ROUND * 1.2;
    format!("M{right:.1} {from:.1}C{far:.1} {from:.1} {far:.1} {to:.1} {right:.1} {to:.1}")
}

/// Where a curve is at a height.
fn along((from, top): Point, (to, bottom): Point, y: f64) -> f64 {
    let at = |one: f64, other: f64, third: f64, last: f64, part: f64| {
        let rest = 1.0 - part;
        one * rest.powi(3) + 3.0 * other * part * rest.powi(2) + 3.0 * third * part.powi(2) * rest + last * part.powi(3)
    };
    let middle = f64::midpoint(top, bottom);
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..24 {
        let part = f64::midpoint(low, high);
        if at(top, middle, middle, bottom, part) < y { low = part } else { high = part }
    }
    at(from, from, to, to, low)
}
