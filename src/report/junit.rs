//! Test results as JUnit XML, for the build servers that read it: a suite for each test file, a case for each test.

use std::fmt::Write;

use super::text::Failure;
use crate::expectation::{Report, Suite, TestResult};

/// The results as an XML document.
#[must_use]
pub fn junit(report: &Report) -> String {
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let (failed, all) = (report.failed(), report.passed() + report.failed());
    let _ = writeln!(xml, "<testsuites name=\"rasci\" tests=\"{all}\" failures=\"{failed}\" errors=\"0\">");
    for suite in report.suites() {
        write_suite(&mut xml, suite);
    }
    xml.push_str("</testsuites>\n");
    xml
}

fn write_suite(xml: &mut String, suite: &Suite) {
    let file = escaped(suite.file());
    let all = suite.results().len();
    let failed = suite.results().iter().filter(|result| !result.passed()).count();
    let _ = writeln!(xml, "  <testsuite name=\"{file}\" tests=\"{all}\" failures=\"{failed}\" errors=\"0\" skipped=\"0\">");
    for result in suite.results() {
        write_case(xml, suite, result);
    }
    xml.push_str("  </testsuite>\n");
}

fn write_case(xml: &mut String, suite: &Suite, result: &TestResult) {
    let (name, file) = (escaped(&result.name), escaped(suite.file()));
    let line = suite.place(result.span).start.line;
    let _ = write!(xml, "    <testcase name=\"{name}\" classname=\"{file}\" file=\"{file}\" line=\"{line}\"");
    if result.passed() {
        xml.push_str("/>\n");
        return;
    }
    let count = result.differences.len();
    let message = format!("{count} {}", if count == 1 { "answer differs" } else { "answers differ" });
    let text = escaped(&Failure { suite, result }.to_string());
    let _ = writeln!(xml, ">\n      <failure message=\"{message}\" type=\"expectation\">{text}</failure>\n    </testcase>");
}

/// A text as it may stand in an attribute or between tags. What XML cannot hold at all becomes the mark for that.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            // As they are, a reader would make spaces of them in an attribute.
            '\n' | '\r' | '\t' => {
                let _ = write!(escaped, "&#{};", u32::from(letter));
            }
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            letter => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn what_has_a_meaning_in_xml_is_escaped() {
        assert_eq!(escaped("a<b> & \"c\"\n"), "a&lt;b&gt; &amp; &quot;c&quot;&#10;");
        assert_eq!(escaped("\u{1}é🙂"), "\u{fffd}é🙂");
    }
}
