//! Formats that are known by their bytes, and not read: each is called by its name, with what to do.

/// Formats by their first bytes.
const STARTS: [(&[u8], &str); 14] = [
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"BM", "a picture"),
    (b"II*\x00", "a picture"),
    (b"MM\x00*", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\xfd7zXZ", "a compressed file"),
    (b"7z\xbc\xaf\x27\x1c", "a compressed file"),
    (b"Rar!\x1a", "a compressed file"),
    (b"\x28\xb5\x2f\xfd", "a compressed file"),
    (b"{\\rtf", "a document in rich text (RTF)"),
    (b"PK\x05\x06", "a zip archive with nothing in it"),
];

/// What every file of the old Office begins with: an archive of streams.
const STREAMS: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// What a file of a known format that is not read is called.
pub(super) fn kind(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(STREAMS.get(..4)?) {
        return Some(of_streams(bytes));
    }
    // A picture of this kind has a header of zeros: a table can start with these letters.
    let is_text = |start: &[u8]| start == b"BM" && !bytes.iter().take(16).any(|byte| *byte == 0);
    STARTS.iter().find(|(start, _)| bytes.starts_with(start) && !is_text(start)).map(|(_, kind)| *kind)
}

/// Which program wrote an archive of streams, told by their names, which stand in it in two bytes a letter.
fn of_streams(bytes: &[u8]) -> &'static str {
    let has = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(name.len()).any(|window| window == name)
    };
    if has("EncryptedPackage") {
        "a workbook or a document with a password (save it without one)"
    } else if has("Workbook") {
        "a workbook of the old Excel (save it as xlsx)"
    } else if has("WordDocument") {
        "a document of the old Word"
    } else if has("PowerPoint Document") {
        "a presentation of the old PowerPoint"
    } else {
        "an old Office document, or one with a password (save it as xlsx, without)"
    }
}

/// What a text of a known format that is not read is called.
pub(super) fn text_kind(text: &str) -> Option<&'static str> {
    let start: String = text.trim_start().chars().take(2000).collect::<String>().to_lowercase();
    if start.contains("urn:schemas-microsoft-com:office:spreadsheet") && !start.contains("<html") {
        return Some("a workbook in the XML of 2003 (save it as xlsx)");
    }
    let mime = start.starts_with("mime-version:") || start.starts_with("from:") || start.starts_with("date:");
    if mime && start.contains("content-type: multipart/") {
        return Some("a page with its pictures in one file (MHTML; save it as HTML)");
    }
    None
}

/// What an archive that holds no workbook is called, by the names of its parts.
pub(super) fn archive_kind(names: &[String], mimetype: &str) -> &'static str {
    let has = |start: &str| names.iter().any(|name| name.starts_with(start));
    match mimetype {
        _ if has("word/") => "a Word document",
        _ if has("ppt/") => "a presentation",
        _ if has("xl/workbook.bin") => "a workbook in the binary format of Excel (xlsb; save it as xlsx)",
        _ if has("Index/") || has("Index.zip") => "a document of Numbers, Pages or Keynote (export it as xlsx)",
        mimetype if mimetype.contains("opendocument.text") => "a text document (odt)",
        mimetype if mimetype.contains("opendocument.presentation") => "a presentation",
        _ => "a zip archive and no workbook",
    }
}
