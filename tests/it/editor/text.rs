//! Lines and columns as editors count them: to bytes and back, in every encoding, and changes by them.

use proptest::prelude::*;
use rasci::editor::{Encoding, Point, Text};

/// Texts of few characters: each width, and each way to end a line.
fn texts() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec!["a", "é", "€", "🙂", "\n", "\r\n", "\r", " ", ":"]);
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn units(text: &str, encoding: Encoding) -> usize {
    match encoding {
        Encoding::Utf8 => text.len(),
        Encoding::Utf16 => text.encode_utf16().count(),
        Encoding::Utf32 => text.chars().count(),
    }
}

/// The line and column of a byte, counted from the start of the text.
fn counted(text: &str, offset: usize, encoding: Encoding) -> Point {
    let (mut line, mut start) = (0, 0);
    for (at, character) in text.char_indices().take_while(|(at, _)| *at < offset) {
        let ends = character == '\n' || character == '\r' && !text[at + 1..].starts_with('\n');
        if ends {
            (line, start) = (line + 1, at + 1);
        }
    }
    Point { line, column: u32::try_from(units(&text[start..offset], encoding)).unwrap() }
}

proptest! {
    #[test]
    fn every_place_is_a_byte_and_back(text in texts()) {
        let counts = Text::new(text.as_str());
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            for offset in (0..=text.len()).filter(|offset| text.is_char_boundary(*offset)) {
                let point = counts.point(offset, encoding);
                prop_assert_eq!(point, counted(&text, offset, encoding));
                // A line ends before what ends it.
                let within_end = text[..offset].ends_with('\r') && text[offset..].starts_with('\n');
                prop_assert_eq!(counts.offset(point, encoding), if within_end { offset - 1 } else { offset });
            }
        }
    }

    #[test]
    fn any_position_is_a_place_of_the_text(text in texts(), line in 0u32..9, column in 0u32..40) {
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            let offset = Text::new(text.as_str()).offset(Point { line, column }, encoding);
            prop_assert!(text.is_char_boundary(offset));
        }
    }

    #[test]
    fn changed_in_parts_or_as_a_whole_is_the_same(text in texts(), from in 0usize..60, length in 0usize..20, new in texts()) {
        let mut counts = Text::new(text.as_str());
        let (start, end) = (from, from + length);
        counts.replace(start..end, &new);
        let expected = match text.get(start..end) {
            Some(_) => format!("{}{new}{}", &text[..start], &text[end..]),
            None => text,
        };
        prop_assert_eq!(counts.text(), expected.as_str());
        let whole = Text::new(expected.as_str());
        let end = expected.len();
        prop_assert_eq!(counts.point(end, Encoding::Utf16), whole.point(end, Encoding::Utf16));
    }
}
