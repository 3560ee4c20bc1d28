//! The workload of every bench: a seeded model of a given size, and questions to ask of it.
//!
//! - *Sizes*: small 30 tasks, 5 components, 6 parties, 60 assignments, which is a real document; medium 2,000, 100, 200,
//!   20,000; large 100,000, 2,000, 10,000, 1,000,000.
//! - *Trees*: tasks in five levels (a top level and four below it), components in three, parties in three (organisation,
//!   team, role). Each is filled level by level with the least fan-out that holds its size: about 10 at large.
//! - *Places*: the task of an assignment is drawn half the time from a level drawn evenly, half the time evenly from all
//!   tasks; its component likewise and by itself, with the whole system as the level above the first.
//! - *Letters*: one for each assignment: R 30, A 20, S 10, C 20, I 20 in a hundred; one to four parties, drawn evenly.
//! - *Forms*: plain has no context. With contexts there are three dimensions of four values; a third of the assignments
//!   carry a condition, on one or two dimensions with one or two values each; one in ten names a `$relation` instead
//!   of parties. There are four relations, and each component names each of them with a chance of a half.
//! - *Questions*: letter, task, component or the whole system, and a full context, each drawn evenly.
//!
//! Equal size and form give equal text.

use std::fmt::Write;

/// How much there is of everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    pub name: &'static str,
    pub tasks: usize,
    pub components: usize,
    pub parties: usize,
    pub assignments: usize,
}

pub const SIZES: [Size; 3] = [
    Size { name: "small", tasks: 30, components: 5, parties: 6, assignments: 60 },
    Size { name: "medium", tasks: 2_000, components: 100, parties: 200, assignments: 20_000 },
    Size { name: "large", tasks: 100_000, components: 2_000, parties: 10_000, assignments: 1_000_000 },
];

/// Texts of about 1, 10 and 100 MB, each with what is called and how often it is loaded: *large*, smaller and greater.
pub const TEXTS: [(&str, Size, usize); 3] = [
    ("1mb", Size { name: "large", tasks: 1_700, components: 34, parties: 170, assignments: 17_000 }, 9),
    ("10mb", Size { name: "large", tasks: 17_000, components: 340, parties: 1_700, assignments: 170_000 }, 3),
    ("100mb", Size { name: "large", tasks: 170_000, components: 3_400, parties: 17_000, assignments: 1_700_000 }, 1),
];

/// The texts whose names hold every word of the command line, in both forms: each with its name and how often it is loaded.
pub fn texts(mut each: impl FnMut(&str, &str, usize)) {
    for (megabytes, size, rounds) in TEXTS {
        for form in FORMS {
            let name = format!("{megabytes} {}", if form == Form::Plain { "plain" } else { "contexts" });
            if is_asked(&name) {
                each(&name, &text(size, form), rounds);
            }
        }
    }
}

/// The models whose names hold every word of the command line: each loaded, with its name, its size and its form.
pub fn models(mut each: impl FnMut(&str, rasci::Policy, Size, Form)) {
    for size in SIZES {
        for form in FORMS {
            let name = format!("{} {}", size.name, if form == Form::Plain { "plain" } else { "contexts" });
            if is_asked(&name) {
                each(&name, loader().parse("model.yaml", &text(size, form)).expect("the workload loads"), size, form);
            }
        }
    }
}

/// Whether a name holds every word of the command line.
pub fn is_asked(name: &str) -> bool {
    std::env::args().skip(1).filter(|word| !word.starts_with('-')).all(|word| name.contains(&word))
}

/// A loader with room for the largest of the texts.
pub fn loader() -> rasci::Loader {
    rasci::Policy::loader().limits(rasci::Limits { bytes: 1 << 30, nodes: 1 << 28, entries: 1 << 30, ..rasci::Limits::default() })
}

/// Whether the model has a context.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Plain,
    Contexts,
}

pub const FORMS: [Form; 2] = [Form::Plain, Form::Contexts];

/// A question, in names. The context is full: a value for each dimension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    pub letter: char,
    pub task: String,
    pub component: Option<String>,
    pub context: Vec<(&'static str, &'static str)>,
}

const DIMENSIONS: [(&str, [&str; 4]); 3] = [
    ("priority", ["P1", "P2", "P3", "P4"]),
    ("region", ["north", "east", "south", "west"]),
    ("scenario", ["cloud", "hosted", "on-premises", "hybrid"]),
];
const RELATIONS: [&str; 4] = ["manager", "operator", "owner", "vendor"];
/// Out of ten: R 3, A 2, S 1, C 2, I 2.
const LETTERS: [char; 10] = ['R', 'R', 'R', 'A', 'A', 'S', 'C', 'C', 'I', 'I'];

/// A tree filled level by level; the first of each level and the end, and each place's parts.
struct Tree {
    levels: Vec<std::ops::Range<usize>>,
    fan_out: usize,
}

impl Tree {
    fn new(count: usize, levels: u32) -> Self {
        let holds = |fan_out: usize| (1..=levels).map(|level| fan_out.pow(level)).sum::<usize>() >= count;
        let fan_out = (1..=count).find(|fan_out| holds(*fan_out)).unwrap_or(1);
        let (mut ranges, mut start, mut width) = (Vec::new(), 0, fan_out);
        while start < count {
            let end = count.min(start + width);
            ranges.push(start..end);
            (start, width) = (end, width * fan_out);
        }
        Self { levels: ranges, fan_out }
    }

    fn parts(&self, level: usize, place: usize) -> std::ops::Range<usize> {
        let (own, below) = (&self.levels[level], self.levels.get(level + 1).cloned().unwrap_or(0..0));
        let first = below.start + (place - own.start) * self.fan_out;
        first.min(below.end)..(first + self.fan_out).min(below.end)
    }

    /// Writes the tree as nested maps under `key`; `more` is what a place says besides its parts.
    fn write(&self, text: &mut String, key: &str, name: &str, more: &mut dyn FnMut(usize, usize) -> String) {
        let _ = writeln!(text, "{key}:");
        for place in self.levels[0].clone() {
            self.write_place(text, (key, name), (0, place), more);
        }
    }

    fn write_place(
        &self,
        text: &mut String,
        (key, name): (&str, &str),
        (level, place): (usize, usize),
        more: &mut dyn FnMut(usize, usize) -> String,
    ) {
        let (indent, parts, own) = (" ".repeat(2 * level + 1), self.parts(level, place), more(level, place));
        if parts.is_empty() {
            let _ = writeln!(text, "{indent}{name}{place}: {{{own}}}");
            return;
        }
        let _ = writeln!(text, "{indent}{name}{place}:");
        if !own.is_empty() {
            let _ = writeln!(text, "{indent} {own}");
        }
        let _ = writeln!(text, "{indent} {key}:");
        for part in parts {
            self.write_place(text, (key, name), (level + 1, part), more);
        }
    }

    /// Half the time from a level drawn evenly, half the time evenly from all. With a root, that is a level of one too.
    fn draw(&self, random: &mut Random, root: bool) -> Option<usize> {
        let (levels, end) = (self.levels.len(), self.levels.last().map_or(0, |level| level.end));
        if random.below(2) == 0 {
            let level = random.below(levels + usize::from(root));
            self.levels.get(level).map(|level| level.start + random.below(level.len()))
        } else {
            Some(random.below(end + usize::from(root))).filter(|place| *place < end)
        }
    }
}

/// The generator `SplitMix64`.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).unwrap_or(0)
    }
}

/// The model as YAML.
pub fn text(size: Size, form: Form) -> String {
    let (tasks, components, parties) = (Tree::new(size.tasks, 5), Tree::new(size.components, 3), Tree::new(size.parties, 3));
    let mut random = Random(size.assignments as u64);
    let mut text = format!("rasci: 1\nid: {}\n", size.name);
    if form == Form::Contexts {
        text.push_str("context:\n");
        for (dimension, values) in DIMENSIONS {
            let _ = writeln!(text, " {dimension}: [{}]", values.join(", "));
        }
    }
    let kinds = ["organization", "team", "role"];
    parties.write(&mut text, "parties", "p", &mut |level, _| format!("kind: {}", kinds[level]));
    components.write(&mut text, "components", "c", &mut |_, place| {
        if form == Form::Plain {
            return String::new();
        }
        // The first names all of them, so that every relation is declared.
        let mut named = Vec::new();
        for relation in RELATIONS {
            if place == 0 || random.below(2) == 0 {
                named.push(format!("{relation}: p{}", random.below(size.parties)));
            }
        }
        if named.is_empty() { String::new() } else { format!("relations: {{ {} }}", named.join(", ")) }
    });
    tasks.write(&mut text, "tasks", "t", &mut |_, _| String::new());
    text.push_str("assignments:\n");
    for _ in 0..size.assignments {
        let task = tasks.draw(&mut random, false).unwrap_or(0);
        let component = components.draw(&mut random, true).map(|component| format!(", component: c{component}"));
        let letter = LETTERS[random.below(LETTERS.len())];
        let when = if form == Form::Contexts && random.below(3) == 0 { condition(&mut random) } else { String::new() };
        let who = if form == Form::Contexts && random.below(10) == 0 {
            format!("${}", RELATIONS[random.below(RELATIONS.len())])
        } else {
            let count = 1 + random.below(4).min(size.parties - 1);
            let mut parties: Vec<usize> = (0..count).map(|_| random.below(size.parties)).collect();
            parties.sort_unstable();
            parties.dedup();
            let names: Vec<String> = parties.iter().map(|party| format!("p{party}")).collect();
            format!("[{}]", names.join(", "))
        };
        let _ = writeln!(text, " - {{ task: t{task}{}{when}, {letter}: {who} }}", component.unwrap_or_default());
    }
    text
}

fn condition(random: &mut Random) -> String {
    let first = random.below(DIMENSIONS.len());
    let mut chosen = vec![first];
    if random.below(2) == 0 {
        chosen.push((first + 1 + random.below(2)) % DIMENSIONS.len());
    }
    let each: Vec<String> = chosen
        .into_iter()
        .map(|dimension| {
            let (name, values) = DIMENSIONS[dimension];
            let value = random.below(values.len());
            if random.below(2) == 0 {
                format!("{name}: {}", values[value])
            } else {
                format!("{name}: [{}, {}]", values[value], values[(value + 1) % values.len()])
            }
        })
        .collect();
    format!(", when: {{ {} }}", each.join(", "))
}

/// So many questions to the model of this size and form.
pub fn questions(size: Size, form: Form, count: usize) -> Vec<Question> {
    let mut random = Random(!(size.assignments as u64));
    let dimensions: &[(&str, [&str; 4])] = if form == Form::Plain { &[] } else { &DIMENSIONS };
    let question = |_| Question {
        letter: ['R', 'A', 'S', 'C', 'I'][random.below(5)],
        task: format!("t{}", random.below(size.tasks)),
        component: Some(random.below(size.components + 1))
            .filter(|place| *place < size.components)
            .map(|place| format!("c{place}")),
        context: dimensions.iter().map(|(name, values)| (*name, values[random.below(4)])).collect(),
    };
    (0..count).map(question).collect()
}
