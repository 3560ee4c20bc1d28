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

#[cfg(test)]
mod tests {
    use super::{begun, nearest};

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
