//! A path as a URI reference: relative where the path is, percent-encoded, with `/` between its parts.

use std::fmt::Write;
use std::path::{Component, Path};

/// The URI reference of a path. `.` is left out, since programs compare URIs as texts.
pub(super) fn of_path(path: &str) -> String {
    let mut uri = String::new();
    for part in Path::new(path).components() {
        match part {
            Component::RootDir if uri.is_empty() => uri.push_str("file://"),
            Component::Prefix(_) => uri.push_str("file:///"),
            Component::ParentDir | Component::Normal(_) if !uri.is_empty() => uri.push('/'),
            _ => {}
        }
        if matches!(part, Component::CurDir | Component::RootDir) {
            continue;
        }
        // The colon of a drive stands; another would make a scheme of the name before it.
        let kept = if matches!(part, Component::Prefix(_)) { ":" } else { "" };
        encode(&part.as_os_str().to_string_lossy(), kept, &mut uri);
    }
    uri
}

fn encode(part: &str, kept: &str, uri: &mut String) {
    for byte in part.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || kept.as_bytes().contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::of_path;

    #[test]
    fn a_relative_path_stays_relative() {
        assert_eq!(of_path("policies/mydre/service-levels.yaml"), "policies/mydre/service-levels.yaml");
        assert_eq!(of_path("./model.yaml"), "model.yaml");
        assert_eq!(of_path("../model.yaml"), "../model.yaml");
    }

    #[test]
    fn what_a_uri_cannot_say_is_encoded() {
        assert_eq!(of_path("a: b/100%/é#1.yaml"), "a%3A%20b/100%25/%C3%A9%231.yaml");
    }

    #[cfg(unix)]
    #[test]
    fn an_absolute_path_is_a_file() {
        assert_eq!(of_path("/srv/my models/a.yaml"), "file:///srv/my%20models/a.yaml");
    }
}
