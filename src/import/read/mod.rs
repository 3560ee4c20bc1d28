//! From bytes to a page: which format it is, and one reader for each.
//!
//! The format is taken from what the bytes are, then from the name. What is no text and no workbook is refused here.

mod delimited;
mod embedded;
mod encoding;
mod fenced;
mod foreign;
mod hypertext;
mod lists;
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

/// Reads a file; the name helps to tell the format, and `coded` says whether tables in blocks of code are read too.
pub(super) fn page(name: &str, bytes: &[u8], limits: &Limits, coded: bool) -> Result<Page, Refusal> {
    if bytes.len() as u64 > limits.bytes {
        return Err(Refusal::TooLarge { what: format!("more than {} bytes", limits.bytes) });
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return workbook::read(bytes, limits);
    }
    if let Some(kind) = foreign::kind(bytes) {
        return Err(Refusal::Format { kind: kind.to_owned() });
    }
    let text = encoding::decode(bytes)?;
    if let Some(kind) = foreign::text_kind(&text) {
        return Err(Refusal::Format { kind: kind.to_owned() });
    }
    match format(name, &text) {
        Format::Delimited => delimited::read(&text),
        Format::Markdown => markdown::read(&text, coded),
        Format::Hypertext => hypertext::read(&text),
        Format::Plain => plain::read(name, &text, limits),
    }
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
