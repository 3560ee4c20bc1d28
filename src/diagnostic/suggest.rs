//! The known name nearest to a mistaken one: "did you mean".

/// The name of `known` that `name` was probably meant to be: at most a third of it mistaken, a swap of two letters
/// counted as one mistake; of equals, the first. Names of one or two characters, and names that differ in digits, mean
/// different things: of those only another case is near.
pub(crate) fn nearest<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    const LONGEST: usize = 128;
    const SHORTEST: usize = 3;
    if name.len() > LONGEST {
        return None;
    }
    let length = name.chars().count();
    let written = name.to_lowercase();
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let distance = |other: &str| {
        let other = other.to_lowercase();
        if other == written {
            return Some(0);
        }
        let near =
            length >= SHORTEST && other.len().abs_diff(written.len()) <= 4 * (length / 3) && digits(&other) == digits(&written);
        near.then(|| strsim::osa_distance(&written, &other)).filter(|distance| *distance <= length / 3)
    };
    let near = known.into_iter().filter(|other| *other != name).filter_map(|other| Some((distance(other)?, other)));
    near.min_by_key(|(distance, _)| *distance).map(|(_, other)| other)
}

/// The only known key that begins as this one does, or with which this one begins: `alias` is `aliases`.
pub(crate) fn begun(key: &str, known: &[&'static str]) -> Option<&'static str> {
    const SHORTEST: usize = 4;
    let mut begun = known.iter().filter(|known| known.len() >= SHORTEST && (known.starts_with(key) || key.starts_with(**known)));
    let first = begun.next().filter(|_| key.len() >= SHORTEST)?;
    begun.next().is_none().then_some(*first)
}

/// Words that other tools and tables have for keys, with the keys that say the same here. Of several the first that is known counts.
const OTHER_WORDS: [(&str, &[&str]); 26] = [
    ("name", &["title", "id"]),
    ("label", &["title"]),
    ("desc", &["description"]),
    ("comment", &["note"]),
    ("remark", &["note"]),
    ("type", &["kind"]),
    ("children", &["parties", "components", "tasks"]),
    ("parts", &["parties", "components", "tasks"]),
    ("sub-tasks", &["tasks"]),
    ("subtasks", &["tasks"]),
    ("party", &["parties", "towards"]),
    ("roles", &["parties"]),
    ("teams", &["parties"]),
    ("people", &["parties"]),
    ("systems", &["components"]),
    ("activities", &["tasks"]),
    ("raci", &["assign", "assignments"]),
    ("rasci", &["assign"]),
    ("deadline", &["within"]),
    ("sla", &["within"]),
    ("if", &["when"]),
    ("condition", &["when"]),
    ("next", &["then"]),
    ("import", &["extends"]),
    ("include", &["extends"]),
    ("min", &["at-least"]),
];

/// The key that says here what another word says elsewhere.
pub(crate) fn other_word(key: &str, known: &[&'static str]) -> Option<&'static str> {
    let word = key.to_lowercase().replace('_', "-");
    let (_, meant) = OTHER_WORDS.iter().find(|(other, _)| *other == word)?;
    meant.iter().copied().find(|meant| known.contains(meant))
}

#[cfg(test)]
mod tests {
    use super::{begun, nearest, other_word};

    #[test]
    fn another_word_is_the_key_that_is_known_there() {
        assert_eq!(other_word("name", &["id", "title"]), Some("title"));
        assert_eq!(other_word("Name", &["id", "task"]), Some("id"));
        assert_eq!(other_word("children", &["title", "tasks"]), Some("tasks"));
        assert_eq!(other_word("children", &["title"]), None);
        assert_eq!(other_word("title", &["title"]), None);
    }

    #[test]
    fn a_slip_is_near_and_another_word_is_not() {
        let known = ["customer", "helpdesk", "vendor"];
        assert_eq!(nearest("custmoer", known), Some("customer"));
        assert_eq!(nearest("Vendor", known), Some("vendor"));
        assert_eq!(nearest("supplier", known), None);
        assert_eq!(nearest("x", known), None);
        assert_eq!(nearest("P4", ["P1", "P2"]), None);
        assert_eq!(nearest("level-3", ["level-2"]), None);
        assert_eq!(nearest("p1", ["P1", "P2"]), Some("P1"));
    }

    #[test]
    fn a_beginning_is_what_it_begins() {
        assert_eq!(begun("alias", &["title", "aliases"]), Some("aliases"));
        assert_eq!(begun("kinds-of", &["kind", "title"]), Some("kind"));
        assert_eq!(begun("task-id", &["task", "task-below"]), Some("task"));
        assert_eq!(begun("comp", &["component", "component-below"]), None);
        assert_eq!(begun("i", &["id"]), None);
    }
}
