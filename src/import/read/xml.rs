//! What the readers of the parts of a workbook share: a part as text, attributes, what stands between tags.

use std::io::{Cursor, Read};

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

/// A part of a workbook by its name, where it is there and is text.
pub(super) fn part(bytes: &[u8], name: &str) -> Option<String> {
    let mut text = String::new();
    ZipArchive::new(Cursor::new(bytes)).ok()?.by_name(name).ok()?.read_to_string(&mut text).ok()?;
    Some(text)
}

pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = tag.try_get_attribute(name).ok()??;
    let value = attribute.normalized_value(XmlVersion::Implicit1_0);
    Some(value.map_or_else(|_| attribute.value.to_string(), std::borrow::Cow::into_owned))
}

/// The text of an event that is text.
pub(super) fn said(event: &Event<'_>) -> Option<String> {
    match event {
        Event::Text(text) => Some(text.xml10_content().into_owned()),
        Event::CData(text) => Some(text.xml10_content().into_owned()),
        Event::GeneralRef(entity) => {
            let named = match &*entity.xml10_content() {
                "lt" => Some('<'),
                "gt" => Some('>'),
                "amp" => Some('&'),
                "quot" => Some('"'),
                "apos" => Some('\''),
                _ => entity.resolve_char_ref().ok().flatten(),
            };
            named.map(String::from)
        }
        _ => None,
    }
}
