//! Handles: small, `Copy`, made only by the model that they belong to, and the tables they index.

use std::marker::PhantomData;
use std::ops::Index;

use crate::source::to_u32;

/// A handle that is a place in a table.
pub(crate) trait Handle: Copy {
    fn new(place: usize) -> Self;
    fn place(self) -> usize;
}

macro_rules! handles {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        ///
        /// A handle belongs to the policy that gave it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl $name {
            /// Its place among those of its kind: an index for a table of one's own.
            #[must_use]
            pub fn index(self) -> usize {
                self.place()
            }
        }

        impl Handle for $name {
            fn new(place: usize) -> Self {
                Self(to_u32(place))
            }

            fn place(self) -> usize {
                self.0 as usize
            }
        }
    )+};
}

handles! {
    /// A party.
    PartyId;
    /// A component, or the whole system.
    ComponentId;
    /// A task, or all of them.
    TaskId;
    /// An assignment.
    AssignmentId;
    /// A context dimension.
    DimensionId;
    /// A cited source.
    CitedSourceId;
    /// A requirement.
    RequirementId;
    /// The name of a relation.
    RelationId;
}

impl ComponentId {
    /// The whole system, under which every component lies.
    pub const SYSTEM: Self = Self(0);
}

impl TaskId {
    /// All tasks: the implicit root under which every task lies.
    pub const ALL: Self = Self(0);
}

/// Things in the order of their handles.
#[derive(Debug, Clone)]
pub(crate) struct Table<I, T> {
    list: Vec<T>,
    handle: PhantomData<I>,
}

impl<I: Handle, T> Table<I, T> {
    pub(crate) fn push(&mut self, value: T) -> I {
        self.list.push(value);
        I::new(self.list.len() - 1)
    }

    /// Gives back the room for more.
    pub(crate) fn finished(mut self) -> Self {
        self.list.shrink_to_fit();
        self
    }

    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = (I, &T)> + ExactSizeIterator {
        self.list.iter().enumerate().map(|(place, value)| (I::new(place), value))
    }

    pub(crate) fn ids(&self) -> impl DoubleEndedIterator<Item = I> + use<I, T> {
        (0..self.list.len()).map(I::new)
    }

    pub(crate) fn get_mut(&mut self, id: I) -> Option<&mut T> {
        self.list.get_mut(id.place())
    }
}

/// Lists of handles, by number: most are of one, which stands in the place of its list.
#[derive(Debug)]
pub(crate) struct Lists<I> {
    each: Vec<I>,
    others: Vec<Box<[I]>>,
}

/// From here on what stands in the place of a list is the number of another: there are never so many handles.
const OTHERS: usize = 1 << 31;

impl<I: Handle> Lists<I> {
    /// With room for so many.
    pub(crate) fn with_capacity(count: usize) -> Self {
        Self { each: Vec::with_capacity(count), others: Vec::new() }
    }

    pub(crate) fn push(&mut self, list: &[I]) {
        let one = if let [one] = list {
            *one
        } else {
            self.others.push(list.into());
            I::new(OTHERS + self.others.len() - 1)
        };
        self.each.push(one);
    }

    /// Adds other lists, which follow these.
    pub(crate) fn append(&mut self, other: Self) {
        let others = self.others.len();
        let moved = |one: I| if one.place() < OTHERS { one } else { I::new(one.place() + others) };
        self.each.extend(other.each.into_iter().map(moved));
        self.others.extend(other.others);
    }

    /// Gives back the room for more.
    pub(crate) fn finish(&mut self) {
        self.each.shrink_to_fit();
        self.others.shrink_to_fit();
    }

    /// The list of this number.
    pub(crate) fn get(&self, number: usize) -> &[I] {
        let Some(one) = self.each.get(number) else { return &[] };
        match one.place().checked_sub(OTHERS) {
            None => std::slice::from_ref(one),
            Some(other) => self.others.get(other).map_or(&[], |list| list),
        }
    }
}

impl<I> Default for Lists<I> {
    fn default() -> Self {
        Self { each: Vec::new(), others: Vec::new() }
    }
}

impl<I, T> Default for Table<I, T> {
    fn default() -> Self {
        Self { list: Vec::new(), handle: PhantomData }
    }
}

impl<I, T> FromIterator<T> for Table<I, T> {
    fn from_iter<F: IntoIterator<Item = T>>(values: F) -> Self {
        Self { list: values.into_iter().collect(), handle: PhantomData }
    }
}

impl<I: Handle, T> Index<I> for Table<I, T> {
    type Output = T;

    #[expect(
        clippy::indexing_slicing,
        reason = "a handle is made by the table it indexes; one of another policy is the caller's mistake"
    )]
    fn index(&self, id: I) -> &T {
        &self.list[id.place()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_comes_back_whatever_its_length() {
        let (one, other) = (TaskId::new(3), TaskId::new(usize::from(u16::MAX)));
        let all: [&[TaskId]; 5] = [&[one], &[], &[one, other], &[other], &[other, one, other]];
        let mut lists = Lists::with_capacity(1);
        for list in &all {
            lists.push(list);
        }
        lists.finish();
        for (number, list) in all.into_iter().enumerate() {
            assert_eq!(lists.get(number), list);
        }
        assert!(lists.get(all.len()).is_empty());
    }
}
