//! From bytes to a page: which format it is, and one reader for each.
//!
//! The format is taken from what the bytes are, then from the name. What is no text and no workbook is refused here.

mod delimited;
mod embedded;
mod encoding;
mod hypertext;
mod markdown;
mod markup;
mod opendocument;
mod package;
mod plain;
mod workbook;
mod xml;

use super::sheet::Page;
use super::{Limits, Refusal};

/// The formats of texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Delimited,
    Markdown,
    Hypertext,
    Plain,
}

/// Reads a file; the name helps to tell the format.
pub(super) fn page(name: &str, bytes: &[u8], limits: &Limits) -> Result<Page, Refusal> {
    if bytes.len() as u64 > limits.bytes {
        return Err(Refusal::TooLarge { what: format!("more than {} bytes", limits.bytes) });
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return workbook::read(bytes, limits);
    }
    if let Some(kind) = foreign(bytes) {
        return Err(Refusal::Format { kind: kind.to_owned() });
    }
    let text = encoding::decode(bytes)?;
    match format(name, &text) {
        Format::Delimited => delimited::read(&text),
        Format::Markdown => markdown::read(&text),
        Format::Hypertext => hypertext::read(&text),
        Format::Plain => plain::read(name, &text, limits),
    }
}

/// Formats that are known by their first bytes, and not read.
fn foreign(bytes: &[u8]) -> Option<&'static str> {
    const KNOWN: [(&[u8], &str); 6] = [
        (b"%PDF", "a PDF document"),
        (b"\xd0\xcf\x11\xe0", "an old Office document, or one with a password (save it as xlsx, without)"),
        (b"\x89PNG", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"GIF8", "a picture"),
        (b"\x1f\x8b", "a compressed file"),
    ];
    KNOWN.iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, kind)| *kind)
}

fn format(name: &str, text: &str) -> Format {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension).to_lowercase();
    match extension.as_str() {
        "csv" | "tsv" | "tab" => return Format::Delimited,
        "md" | "markdown" | "mdx" | "mkd" => return Format::Markdown,
        "html" | "htm" | "xhtml" => return Format::Hypertext,
        "json" | "yaml" | "yml" => return Format::Plain,
        _ => {}
    }
    let start = text.trim_start();
    if start.starts_with('<') && text.to_lowercase().contains("<table") {
        Format::Hypertext
    } else if start.starts_with(['{', '[']) {
        Format::Plain
    } else if text.lines().any(|line| line.contains('|') && line.contains("--")) || text.to_lowercase().contains("<table") {
        Format::Markdown
    } else {
        Format::Delimited
    }
}
