//! The lines of what sets: for each task with settings of its own five lines, in which those of the tasks above are taken over.

use super::builder::{Builder, Lines};
use super::code::{Code, Step};
use super::line::{From, Line, STEPS};
use super::masks::Masks;
use super::placed::{Node, Placed, nodes, of_task};
use super::ranges::sweep;
use crate::document::Letter;
use crate::model::{Handle, Model};

/// A stretch of components at which the same settings of a task stand.
struct Stretch {
    from: u32,
    until: u32,
    /// Masks and values; the first that holds decides.
    rules: Vec<(u32, u32)>,
}

impl Stretch {
    /// Whether a setting of the task itself decides here in every context.
    fn is_closed(&self) -> bool {
        self.rules.last().is_some_and(|(mask, _)| *mask == Masks::ALWAYS)
    }
}

/// The lines of every task.
pub(super) fn lines(model: &Model, builder: &mut Builder, mut placed: &[Placed], relations: Vec<Line>) -> Option<Lines> {
    let mut lines = Lines { lines: relations, base: Vec::with_capacity(model.tasks.len()) };
    for (id, task) in model.tasks.iter() {
        let own = of_task(&mut placed, id.place());
        let above = task.parent.and_then(|parent| lines.base.get(parent.place()).copied());
        if let Some(above) = above.filter(|_| (0..Letter::ALL.len()).all(|letter| own(letter).is_empty())) {
            lines.base.push(above);
            continue;
        }
        let base = u32::try_from(lines.lines.len()).ok()?;
        for letter in 0..Letter::ALL.len() {
            let above = above.map(|base| base + u32::try_from(letter).unwrap_or(0));
            let line = line(builder, &lines.lines, above, own(letter))?;
            lines.lines.push(line);
        }
        lines.base.push(base);
    }
    Some(lines)
}

/// One line: what stands at the task itself over the line above it, whose number is given.
fn line(builder: &mut Builder, lines: &[Line], above: Option<u32>, own: &[Placed]) -> Option<Line> {
    let silent = Line::constant(Code::SILENT);
    let parent = above.and_then(|above| lines.get(above as usize)).unwrap_or(&silent);
    if own.is_empty() {
        return Some(*parent);
    }
    let nodes = nodes(&mut builder.masks, &mut builder.values, own, false)?;
    let stretches = stretches(builder, &nodes);
    // Taken over whole, the steps of the line above are read with this one; where they are too many, they are looked up there.
    let most = STEPS + 1;
    let taken: usize = stretches
        .iter()
        .map(|one| if one.is_closed() { 1 } else { builder.lists.within(parent, one.from, one.until).take(most).count() })
        .sum();
    let mut steps: Vec<From> = Vec::new();
    for stretch in &stretches {
        let Stretch { from, until, rules } = stretch;
        let over: Vec<From> = if stretch.is_closed() {
            vec![(*from, Code::SILENT)]
        } else {
            let over: Vec<From> = builder.lists.within(parent, *from, *until).take(most).collect();
            match above {
                Some(above) if taken > STEPS && over.len() > 1 => vec![(*from, Code::new(Step::Line(above))?)],
                _ => over,
            }
        };
        for (component, otherwise) in over {
            steps.push((component, builder.code(rules, component, otherwise)?));
        }
    }
    builder.line(steps)
}

/// The components in stretches, cut where a value may stand for others.
fn stretches(builder: &Builder, nodes: &[Node]) -> Vec<Stretch> {
    let mut stretches = Vec::new();
    sweep(nodes, Node::range, builder.ranges.len(), |from, until, within| {
        let mut rules: Vec<(u32, u32)> = Vec::new();
        // The deepest component decides first; behind a setting that holds always, nothing does.
        for rule in within.iter().rev().flat_map(|node| &node.rules) {
            rules.push(*rule);
            if rule.0 == Masks::ALWAYS {
                break;
            }
        }
        let mut cuts: Vec<u32> = rules.iter().flat_map(|(_, value)| builder.values.cuts(*value, from, until)).collect();
        cuts.push(from);
        cuts.sort_unstable();
        cuts.dedup();
        let ends = cuts.iter().skip(1).copied().chain([until]).collect::<Vec<_>>();
        stretches.extend(cuts.into_iter().zip(ends).map(|(from, until)| Stretch { from, until, rules: rules.clone() }));
    });
    stretches
}
