//! The lines of what sets: for each task with settings of its own five lines, in which those of the tasks above are taken over.

use super::builder::Builder;
use super::code::{Code, Step};
use super::line::{From, Line, STEPS};
use super::placed::{Node, Placed, nodes, of_task};
use super::ranges::sweep;
use crate::document::Letter;
use crate::model::{Handle, Model};
use crate::source::to_u32;

/// A stretch of components at which the same settings of a task stand.
struct Stretch<'n> {
    from: u32,
    until: u32,
    /// The outermost first; the innermost whose condition holds decides.
    nodes: Vec<&'n Node>,
}

impl Stretch<'_> {
    /// Whether a setting of the task itself decides here in every context.
    fn is_closed(&self) -> bool {
        self.nodes.first().is_some_and(|node| node.is_closed())
    }

    /// The code of its settings, over what holds where none of them does.
    fn code(&self, builder: &mut Builder, otherwise: Code) -> Option<Code> {
        self.nodes.iter().try_fold(otherwise, |otherwise, node| builder.code(&node.rules, otherwise))
    }
}

/// For each task where its five lines begin.
pub(super) fn lines(model: &Model, builder: &mut Builder, mut placed: &[Placed]) -> Option<Vec<u32>> {
    let mut bases: Vec<u32> = Vec::with_capacity(model.tasks.len());
    for (id, task) in model.tasks.iter() {
        let own = of_task(&mut placed, id.place());
        let above = task.parent.and_then(|parent| bases.get(parent.place()).copied());
        if let Some(above) = above.filter(|_| (0..Letter::ALL.len()).all(|letter| own(letter).is_empty())) {
            bases.push(above);
            continue;
        }
        let mut five = [Line::constant(Code::SILENT); 5];
        for (letter, line) in five.iter_mut().enumerate() {
            *line = one(builder, above.map(|above| above + to_u32(letter)), own(letter))?;
        }
        bases.push(to_u32(builder.lines.len()));
        builder.lines.extend(five);
    }
    Some(bases)
}

/// One line: what stands at the task itself over the line above it, whose number is given.
fn one(builder: &mut Builder, above: Option<u32>, own: &[Placed]) -> Option<Line> {
    let parent = above.and_then(|above| builder.lines.get(above as usize)).copied().unwrap_or(Line::constant(Code::SILENT));
    if own.is_empty() {
        return Some(parent);
    }
    let nodes = nodes(builder, own, false)?;
    let stretches = stretches(builder, &nodes);
    // Taken over whole, the steps of the line above are read with this one; where they are too many, they are looked up there.
    let most = STEPS + 1;
    let over: Vec<Vec<From>> = stretches
        .iter()
        .map(|one| {
            let taken = || builder.lines.within(&parent, one.from, one.until, most);
            if one.is_closed() { vec![(one.from, Code::SILENT)] } else { taken() }
        })
        .collect();
    let too_many = over.iter().map(Vec::len).sum::<usize>() > STEPS;
    let mut steps: Vec<From> = Vec::new();
    for (stretch, mut over) in stretches.iter().zip(over) {
        // Rules over each of many steps would be as many lists of rules; so would the steps themselves, where there is no room.
        let looked_up = over.len() > 1 && (too_many || !stretch.nodes.is_empty());
        if let Some(above) = above.filter(|_| looked_up) {
            over = vec![(stretch.from, Code::new(Step::Line(above))?)];
        }
        for (component, otherwise) in over {
            steps.push((component, stretch.code(builder, otherwise)?));
        }
    }
    builder.line(steps)
}

/// The components in stretches.
fn stretches<'n>(builder: &Builder, nodes: &'n [Node]) -> Vec<Stretch<'n>> {
    let mut stretches = Vec::new();
    sweep(nodes, Node::range, builder.ranges.len(), |from, until, within| {
        // Further out than a node that always decides, nothing does.
        let outermost = within.iter().rposition(|node| node.is_closed()).unwrap_or(0);
        let nodes = within.get(outermost..).unwrap_or_default().to_vec();
        stretches.push(Stretch { from, until, nodes });
    });
    stretches
}
