//! Items of lists that have a line to themselves: they can be taken out without the text being read as a whole.

use crate::diagnostic::Edit;
use crate::source::{Span, to_u32};

/// The edit that takes out an item in braces, `- { ... }`, that has a line to itself and stays not alone in its list; the same as
/// an outline of the whole text gives. None where that cannot be seen from the lines beside it.
pub(crate) fn line_without(text: &str, item: Span) -> Option<Edit> {
    let (start, end) = (item.start as usize, item.end as usize);
    let line = text.get(..start)?.rfind('\n').map_or(0, |at| at + 1);
    let lead = text.get(line..start)?;
    let indent = lead.strip_suffix(' ')?.trim_end_matches(' ').strip_suffix('-')?;
    let braces = text.get(start..end)?;
    let one_line = braces.starts_with('{') && braces.ends_with('}') && !braces.contains(['\n', '\r']);
    if !one_line || !indent.bytes().all(|byte| byte == b' ') {
        return None;
    }
    let end = text.get(end..)?.find('\n').map_or(text.len(), |at| end + at + 1);
    let item_of = |line: &'_ str| line.strip_prefix(indent).is_some_and(|rest| rest.starts_with("- "));
    let above = text.get(..line)?.lines().next_back().unwrap_or_default();
    // The line above may be the end of something longer: only an item like this one is sure to be one.
    let stays = item_of(text.get(end..)?) || item_of(above) && above.contains("- {") && above.trim_end().ends_with('}');
    stays.then(|| Edit { span: Span::new(item.source, to_u32(line), to_u32(end)), replacement: String::new() })
}

#[cfg(test)]
mod tests {
    use super::line_without;
    use crate::source::SourceId;
    use crate::yaml::Outline;

    #[test]
    fn a_line_goes_as_it_goes_from_the_whole_text() {
        let texts = [
            "a:\n  - { one: 1 }\n  - { two: 2 } # said\n  - three\n  - { four: 4 }\nb: 1\n",
            "a:\n- { one: 1 }\n- { two: [2, { x: 3 }] }",
            "a:\r\n  - { one: 1 }\r\n  - { two: 2 }\r\nb:\r\n  - { alone: 1 }\r\n",
            "a:\n  - { one: 1,\n      two: 2 }\n  - { three: 3 }\n",
            "a:\n  - b:\n    - { one: 1 }\n  - { two: 2 }\n  - - { three: 3 }\n    - { four: 4 }\n",
            "a:\n  # of one\n  -   { one: 1 }\n\n  # of two\n  - { two: 2 }\n  -   { three: 3 }\n",
            "a: [\n  { one: 1 },\n  { two: 2 } ]\n",
        ];
        let mut found = 0;
        for text in texts {
            let outline = Outline::of(text, SourceId::default());
            for place in outline.iter().flat_map(Outline::places) {
                let Some(edit) = line_without(text, place) else { continue };
                assert_eq!(outline.as_ref().and_then(|outline| outline.take_out(&[place])), Some(vec![edit]), "{text}");
                found += 1;
            }
        }
        assert_eq!(found, 9);
    }
}
