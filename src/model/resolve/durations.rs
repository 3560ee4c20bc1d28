//! Durations of time limits: what is one, and what is said of what is none.

use crate::diagnostic::{Diagnostic, ErrorKind};
use crate::document::Name;
use crate::yaml::{shortened, strange_words};

/// The error of a time that is no duration of more than nothing; none of one that is.
pub(super) fn refused(time: &Name<'_>) -> Option<Diagnostic> {
    let text = time.value.as_ref();
    if is_duration(text) {
        return None;
    }
    let bad = |message: String| Some(Diagnostic::error(ErrorKind::InvalidValue, time.span, message));
    if text.parse::<jiff::Span>().is_ok_and(jiff::Span::is_zero) {
        let none = bad(format!("`{}` is no time at all", shortened(text)));
        return none
            .map(|it| it.help("Write how long it may take, such as `PT15M` for a quarter of an hour, or take the limit out."));
    }
    let bad = bad(format!("`{}` is not a duration", shortened(text)))?;
    if let Some(help) = strange_words(text) {
        return Some(bad.help(help));
    }
    let meant = in_words(text).or_else(|| slip(text));
    if meant.is_some() {
        return Some(bad.did_you_mean(meant.as_deref()));
    }
    let number = text.len() - text.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    if text.starts_with('P') && number > 0 {
        return Some(
            bad.help("Write the unit behind the last number: `PT2H` for two hours, `PT2M` for two minutes, `P2D` for two days."),
        );
    }
    let help = "Write it as in ISO 8601: `PT2H` for two hours, `P3D` for three days; other words as text after `within:`.";
    Some(bad.help(help))
}

/// Whether a text is an ISO 8601 duration of more than nothing; the library would also read looser forms.
fn is_duration(text: &str) -> bool {
    let written = text.starts_with('P') && !text.contains(|c: char| c.is_ascii_lowercase() || c.is_whitespace());
    written && text.parse::<jiff::Span>().is_ok_and(jiff::Span::is_positive)
}

/// The duration that is meant by `4 hours`, `2d` or `P8H`.
fn in_words(text: &str) -> Option<String> {
    let text = text.strip_prefix('P').unwrap_or(text).to_lowercase();
    let digits = text.find(|c: char| !c.is_ascii_digit())?;
    let (count, unit) = text.split_at(digits);
    let meant = match unit.trim() {
        "min" | "mins" | "minute" | "minutes" => format!("PT{count}M"),
        "h" | "hr" | "hrs" | "hour" | "hours" => format!("PT{count}H"),
        "d" | "day" | "days" => format!("P{count}D"),
        "w" | "week" | "weeks" => format!("P{count}W"),
        _ => return None,
    };
    is_duration(&meant).then_some(meant)
}

/// The duration that is meant by `pt2h`, `P 3D`, `-PT2H`, `P1DT` or `P1D2H`: one in small letters, with spaces, with a minus, with a
/// `T` before nothing, or without the `T` before what is no day.
fn slip(text: &str) -> Option<String> {
    const LONGEST: usize = 40;
    if text.len() > LONGEST || !text.is_ascii() {
        return None;
    }
    let plain: String = text.chars().filter(|c| !c.is_whitespace() && *c != '-').map(|c| c.to_ascii_uppercase()).collect();
    let plain = plain.trim_end_matches('T');
    let with_t = (1..plain.len()).filter(|_| !plain.contains('T')).filter_map(|at| {
        let (days, times) = plain.split_at_checked(at)?;
        Some(format!("{days}T{times}"))
    });
    std::iter::once(plain.to_owned()).chain(with_t).find(|meant| is_duration(meant))
}

#[cfg(test)]
mod tests {
    use super::{in_words, is_duration, slip};

    #[test]
    fn a_duration_is_one_of_more_than_nothing() {
        for text in ["PT2H", "P3D", "P1W2D", "P1Y2M", "PT1.5H", "P1DT2H"] {
            assert!(is_duration(text), "{text}");
        }
        for text in ["", "P", "PT", "PT0S", "P0D", "pt2h", "PT2", "P1D2H", "-PT2H", "3", "2h", "P 3D"] {
            assert!(!is_duration(text), "{text}");
        }
    }

    #[test]
    fn a_slip_is_seen_through_and_other_words_are_not() {
        let meant = |text: &str| in_words(text).or_else(|| slip(text));
        for (text, duration) in [
            ("pt2h", "PT2H"),
            ("PT4h", "PT4H"),
            ("P 3D", "P3D"),
            ("-PT2H", "PT2H"),
            ("P1DT", "P1D"),
            ("P1D2H", "P1DT2H"),
            ("P1D30M", "P1DT30M"),
            ("2 hours", "PT2H"),
            ("P2H", "PT2H"),
        ] {
            assert_eq!(meant(text).as_deref(), Some(duration), "{text}");
        }
        for text in ["", "PT2", "NBD", "soon", "3", "P", "T", "PT0S", "--", "P3DD"] {
            assert_eq!(meant(text), None, "{text}");
        }
    }
}
