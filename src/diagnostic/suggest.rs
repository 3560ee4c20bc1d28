//! The known name nearest to a mistaken one: "did you mean".

/// The name of `known` that `name` was probably meant to be: at most a third of it mistaken, a swap of two letters
/// counted as one mistake; of equals, the first.
pub(crate) fn nearest<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    const LONGEST: usize = 128;
    if name.len() > LONGEST {
        return None;
    }
    let allowed = name.chars().count() / 3;
    known
        .into_iter()
        .filter(|other| other.len().abs_diff(name.len()) <= 4 * allowed && *other != name)
        .map(|other| (strsim::osa_distance(&name.to_lowercase(), &other.to_lowercase()), other))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, other)| other)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_is_near_and_another_word_is_not() {
        let known = ["customer", "helpdesk", "vendor"];
        assert_eq!(nearest("custmoer", known), Some("customer"));
        assert_eq!(nearest("Vendor", known), Some("vendor"));
        assert_eq!(nearest("supplier", known), None);
        assert_eq!(nearest("x", known), None);
        // Of a name this short nothing may be mistaken but its case: another value is not a slip.
        assert_eq!(nearest("P4", ["P1", "P2"]), None);
        assert_eq!(nearest("p1", ["P1", "P2"]), Some("P1"));
    }
}
