//! Bytes to text: a byte order mark says the encoding, else it is UTF-8 where it can be, else it is detected.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

use super::Refusal;

/// Decodes a text.
///
/// # Errors
/// Bytes that are no text.
pub(super) fn decode(bytes: &[u8]) -> Result<String, Refusal> {
    let no_text = || Refusal::Format { kind: "no text".to_owned() };
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None => match std::str::from_utf8(bytes) {
            Ok(text) if !is_binary(text) => return Ok(text.to_owned()),
            _ => guess(bytes),
        },
    };
    let (text, _, misread) = encoding.decode(bytes);
    if misread || is_binary(&text) {
        return Err(no_text());
    }
    Ok(text.into_owned())
}

/// What a text without a mark is most likely written in.
fn guess(bytes: &[u8]) -> &'static Encoding {
    // Latin text of two bytes a character has a zero in every other.
    let zeros = |nth: usize| bytes.iter().skip(nth).step_by(2).filter(|byte| **byte == 0).count();
    let half = bytes.len() / 2;
    if half > 1 && zeros(1) * 2 > half && zeros(0) == 0 {
        return UTF_16LE;
    }
    if half > 1 && zeros(0) * 2 > half && zeros(1) == 0 {
        return UTF_16BE;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Allow)
}

/// Whether a text has characters that no text has.
fn is_binary(text: &str) -> bool {
    text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{b}' | '\u{c}' | '\u{85}'))
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn each_encoding_gives_the_same_text() {
        let text = "Tâche;Équipe\nPrüfung;R\n";
        let wide = |order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect::<Vec<u8>>();
        assert_eq!(decode(text.as_bytes()).ok().as_deref(), Some(text));
        assert_eq!(decode(&encoding_rs::WINDOWS_1252.encode(text).0).ok().as_deref(), Some(text));
        assert_eq!(decode(&wide(u16::to_le_bytes)).ok().as_deref(), Some(text));
        assert_eq!(decode(&wide(u16::to_be_bytes)).ok().as_deref(), Some(text));
        let russian = "Задача;Заказчик\nСбор требований;A\n";
        assert_eq!(decode(&encoding_rs::WINDOWS_1251.encode(russian).0).ok().as_deref(), Some(russian));
        assert!(decode(&[0, 1, 2, 255, 0, 7]).is_err());
    }
}
