//! Components in an order in which each stands before its parts and those follow at once: a component with all below is a range.

use crate::model::{ComponentId, Handle, Model};
use crate::source::to_u32;

/// Where a component stands, and in which of so many parts of all components.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Spot {
    pub(super) component: u32,
    pub(super) part: u32,
}

impl Spot {
    pub(super) const PARTS: u32 = 12;

    /// The component that stands at this place among so many.
    pub(super) fn new(component: u32, components: u32) -> Self {
        let part = u64::from(component) * u64::from(Self::PARTS) / u64::from(components.max(1));
        Self { component, part: u32::try_from(part).unwrap_or_default() }
    }
}

/// For each component where it stands, and for each place where the first component stands that is not below the one there.
#[derive(Debug)]
pub(super) struct Ranges {
    from: Vec<Spot>,
    until: Vec<u32>,
}

impl Ranges {
    pub(super) fn new(model: &Model) -> Self {
        let count = model.components.len();
        let (mut from, mut until) = (vec![Spot::default(); count], vec![0; count]);
        let mut next = 0;
        // Downwards a component gets its place, upwards the end of its range.
        let mut open = vec![(ComponentId::SYSTEM, false)];
        while let Some((component, done)) = open.pop() {
            let own = from.get_mut(component.place());
            if done {
                let end = own.and_then(|own| until.get_mut(own.component as usize));
                if let Some(end) = end {
                    *end = next;
                }
            } else {
                if let Some(own) = own {
                    *own = Spot::new(next, to_u32(count));
                }
                next += 1;
                open.push((component, true));
                open.extend(model.components[component].parts.iter().rev().map(|part| (*part, false)));
            }
        }
        Self { from, until }
    }

    /// The range of a component.
    pub(super) fn of(&self, component: ComponentId) -> (u32, u32) {
        let from = self.at(component).component;
        (from, self.until(from))
    }

    /// Where the range ends that begins here.
    pub(super) fn until(&self, from: u32) -> u32 {
        self.until.get(from as usize).copied().unwrap_or(0)
    }

    /// Where a component stands.
    #[inline]
    pub(super) fn at(&self, component: ComponentId) -> Spot {
        self.from.get(component.place()).copied().unwrap_or_default()
    }

    /// How many components there are, the whole system among them.
    pub(super) fn len(&self) -> u32 {
        self.until.first().copied().unwrap_or(0)
    }

    pub(super) fn bytes(&self) -> usize {
        self.from.capacity() * size_of::<Spot>() + self.until.capacity() * size_of::<u32>()
    }
}

/// Goes through ranges that lie within each other or apart, in the order in which they begin, and says of each stretch up to
/// `end` which of them it lies in, the outermost first.
pub(super) fn sweep<'t, T>(
    items: &'t [T],
    range: impl Fn(&T) -> (u32, u32),
    end: u32,
    mut stretch: impl FnMut(u32, u32, &[&'t T]),
) {
    let mut within: Vec<&T> = Vec::new();
    let mut from = 0;
    for item in items {
        let (begin, _) = range(item);
        while let Some(until) = within.last().map(|last| range(last).1).filter(|until| *until <= begin) {
            if from < until {
                stretch(from, until, &within);
                from = until;
            }
            within.pop();
        }
        if from < begin {
            stretch(from, begin, &within);
            from = begin;
        }
        within.push(item);
    }
    while let Some(last) = within.last() {
        let until = range(last).1;
        if from < until {
            stretch(from, until, &within);
            from = until;
        }
        within.pop();
    }
    if from < end {
        stretch(from, end, &within);
    }
}
