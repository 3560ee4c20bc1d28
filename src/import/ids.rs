//! Ids: readable, transliterated, unique. The first entry of a name keeps the plain id, a later one takes that of its
//! group before it, so that what is added at the end of a table changes no id before it.

use std::collections::{BTreeMap, BTreeSet};

use super::signs::is_picture;

/// Longer ids are cut at a word.
const LONGEST: usize = 60;

/// The ids of one vocabulary.
#[derive(Debug, Default)]
pub(crate) struct Ids {
    taken: BTreeSet<String>,
    /// For a text that has been numbered: the next number to try.
    next: BTreeMap<String, u32>,
}

impl Ids {
    /// An id for a text that no entry has yet; `within` is the id of the group it is in, `other` what it is where the text
    /// has nothing that an id can hold.
    pub(crate) fn take(&mut self, text: &str, within: Option<&str>, other: &str) -> String {
        let slug = Some(slug(text)).filter(|slug| !slug.is_empty()).unwrap_or_else(|| other.to_owned());
        let qualified = within.map(|group| format!("{}-{slug}", group.get(..group.len().min(LONGEST)).unwrap_or(group)));
        let candidates = std::iter::once(slug.clone()).chain(qualified);
        let free = candidates.into_iter().find(|id| !self.taken.contains(id));
        let id = free.unwrap_or_else(|| {
            let next = self.next.entry(slug.clone()).or_insert(2);
            loop {
                let id = format!("{slug}-{next}");
                *next += 1;
                if !self.taken.contains(&id) {
                    break id;
                }
            }
        });
        self.taken.insert(id.clone());
        id
    }

    /// Whether an entry has this id, or another name that is the same.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.taken.contains(name)
    }

    /// Takes a name that is no id.
    pub(crate) fn name(&mut self, name: &str) -> bool {
        self.taken.insert(name.to_owned())
    }
}

/// A text as an id: Latin small letters and digits, words joined by hyphens, without the number it starts with.
pub(crate) fn slug(text: &str) -> String {
    // Signs that soften a letter become apostrophes, as those of the text are: neither parts a word.
    // A picture is no word.
    let plain: String = text
        .chars()
        .map(|c| {
            if c == '’' {
                '\''
            } else if is_picture(c) {
                ' '
            } else {
                c
            }
        })
        .collect();
    let latin = deunicode::deunicode(&plain).replace('\'', "").to_lowercase();
    let mut words: Vec<&str> = latin.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    while words.len() > 1 && words.first().is_some_and(|word| word.chars().all(|c| c.is_ascii_digit())) {
        words.remove(0);
    }
    let mut slug = String::new();
    for word in words {
        if !slug.is_empty() && slug.len() + 1 + word.len() > LONGEST {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(word.get(..word.len().min(LONGEST)).unwrap_or(word));
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::{Ids, slug};

    #[test]
    fn an_id_is_latin_and_unique() {
        assert_eq!(slug("1.3 Разработка BRD"), "razrabotka-brd");
        assert_eq!(slug("Constitution de l'équipe"), "constitution-de-lequipe");
        assert_eq!(slug("Тестувальник"), "testuvalnik");
        assert_eq!(slug("—"), "");
        assert_eq!(slug("👩‍💻 Developer"), "developer");
        assert_eq!(slug("1️⃣ Build"), "build");
        let mut ids = Ids::default();
        assert_eq!(ids.take("Review", None, "task"), "review");
        assert_eq!(ids.take("Review", Some("release"), "task"), "release-review");
        assert_eq!(ids.take("Review!", Some("release"), "task"), "review-2");
        assert_eq!(ids.take("…", None, "task"), "task");
    }
}
