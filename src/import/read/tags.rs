//! Tags of HTML: their attributes, which of them end a line, and what a picture says.

use html5gum::emitters::default::StartTag;

use super::super::dialect::Alphabet;
use super::super::letters::{self, Reading};

pub(super) fn attribute(tag: &StartTag<usize>, key: &str) -> Option<String> {
    tag.attributes.get(key.as_bytes()).map(|value| String::from_utf8_lossy(value).into_owned())
}

/// Whether what is said of a picture is letters, or a word for one.
pub(super) fn is_letters(text: &str) -> bool {
    matches!(letters::read(text, &Alphabet::any(&[])), Reading::Letters(_))
}

pub(super) fn is_heading(name: &[u8]) -> bool {
    matches!(name, b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" | b"caption" | b"summary")
}

pub(super) fn is_block(name: &[u8]) -> bool {
    const BLOCKS: [&[u8]; 12] =
        [b"p", b"div", b"li", b"ul", b"ol", b"section", b"details", b"blockquote", b"dt", b"dd", b"pre", b"body"];
    is_heading(name) || BLOCKS.contains(&name)
}
