//! Letters of other alphabets that look like those of names, and quotes that are none to YAML: a name with one in it reads right and
//! is another.

use super::invisible;

/// The plain letter that a letter looks like, if that is another.
fn plain(letter: char) -> Option<char> {
    const CYRILLIC: [(&str, &str); 2] = [("аеорсухіјѕԁһ", "aeopcyxijsdh"), ("АВЕКМНОРСТХІЅЈ", "ABEKMHOPCTXISJ")];
    const GREEK: (&str, &str) = ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧονα", "ABEZHIKMNOPTYXova");
    const DASHES: (&str, &str) = ("\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}\u{2212}", "------");
    if ('\u{ff01}'..='\u{ff5e}').contains(&letter) {
        return char::from_u32(u32::from(letter) - 0xfee0);
    }
    let alike = |(others, plain): (&str, &str)| others.chars().zip(plain.chars()).find(|(other, _)| *other == letter);
    CYRILLIC.into_iter().chain([GREEK, DASHES]).find_map(alike).map(|(_, plain)| plain)
}

/// A name with every letter as it looks, where some only look like plain ones and all others are.
pub(crate) fn as_it_looks(name: &str) -> Option<String> {
    if name.is_ascii() {
        return None;
    }
    name.chars().map(|letter| if letter.is_ascii() { Some(letter) } else { plain(letter) }).collect()
}

/// What to write for a name that is not known, where something stands in it that cannot be seen, or is not what it looks like.
pub(crate) fn strange_words(name: &str) -> Option<String> {
    if name.is_ascii() {
        return None;
    }
    if name.starts_with(['“', '”', '„', '‘', '’', '«', '»']) {
        return Some("Leave these quotes out, or write plain ones, `\"`: to YAML they are part of the text.".to_owned());
    }
    if let Some(hidden) = invisible::hidden_words(name) {
        return Some(hidden);
    }
    as_it_looks(name)?;
    let (letter, plain) = name.chars().find_map(|letter| Some((letter, plain(letter).filter(|_| !letter.is_ascii())?)))?;
    Some(format!("`{letter}` in it is U+{:04X}, and only looks like `{plain}`: retype it.", u32::from(letter)))
}

#[cfg(test)]
mod tests {
    use super::{as_it_looks, strange_words};

    #[test]
    fn a_name_of_another_alphabet_is_itself_and_a_mixed_one_is_told() {
        assert_eq!(as_it_looks("vеndor").as_deref(), Some("vendor"));
        assert_eq!(as_it_looks("Ｒ").as_deref(), Some("R"));
        assert_eq!(as_it_looks("back\u{2013}end").as_deref(), Some("back-end"));
        assert_eq!(as_it_looks("vendor"), None);
        assert_eq!(as_it_looks("поддержка"), None);
        assert_eq!(as_it_looks("équipe"), None);
        assert!(strange_words("vеndor").is_some_and(|words| words.contains("U+0435")));
        assert_eq!(strange_words("équipe"), None);
    }
}
