//! URIs of the protocol, and the paths they mean. A document that is no file keeps its URI as its name.

use std::path::Path;
use std::str::FromStr;

use lsp_types::Uri;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// What stands in the path of a URI as it is.
const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The name of the document that a URI means: its path, where it is a file.
pub(super) fn name(uri: &Uri) -> String {
    let text = uri.as_str();
    let Some(path) = text.strip_prefix("file://") else { return text.to_owned() };
    // `file://localhost/p` is `/p`; `file:///c%3A/p` is `c:/p`.
    let path = path.strip_prefix("localhost").unwrap_or(path);
    let path = percent_decode_str(path).decode_utf8_lossy().into_owned();
    match path.strip_prefix('/') {
        Some(drive) if drive.chars().nth(1) == Some(':') => drive.to_owned(),
        _ => path,
    }
}

/// The URI of a document of this name.
pub(super) fn of(name: &str) -> Option<Uri> {
    if !Path::new(name).is_absolute() {
        return Uri::from_str(name).ok();
    }
    let path = name.replace('\\', "/");
    let root = if path.starts_with('/') { "" } else { "/" };
    Uri::from_str(&format!("file://{root}{}", utf8_percent_encode(&path, KEPT))).ok()
}

#[cfg(test)]
mod tests {
    use std::str::FromStr;

    use lsp_types::Uri;

    use super::{name, of};

    #[test]
    fn paths_and_uris_mean_each_other() {
        for path in ["/a/model.yaml", "/a b/é#%.yaml", "/a/[x]/m.yaml", "untitled:Untitled-1"] {
            assert_eq!(of(path).map(|uri| name(&uri)).as_deref(), Some(path));
        }
        let named = |uri: &str| Uri::from_str(uri).ok().map(|uri| name(&uri));
        assert_eq!(named("file:///c%3A/p/m.yaml").as_deref(), Some("c:/p/m.yaml"));
        assert_eq!(named("file://localhost/p/m.yaml").as_deref(), Some("/p/m.yaml"));
    }
}
