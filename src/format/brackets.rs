//! What stands in brackets or braces: in one line, in a few where that reads well, or else not.

use super::read::{Collection, Entry, Value};
use super::scalar::{self, Written};

/// So long is a line, where it can be broken.
const WIDTH: usize = 130;

/// Into so many lines is what stands in braces broken; what needs more has a line for each key.
const FILLED: usize = 3;

/// The entries in the order in which they are written.
pub(super) fn ordered<'e, 't>(many: &'e Collection<'t>) -> Vec<&'e Entry<'t>> {
    let mut order: Vec<&Entry<'_>> = many.entries.iter().collect();
    order.sort_by_key(|entry| entry.key.as_ref().map_or(0, |key| many.kind.rank(&key.text)));
    order
}

fn line_of(written: &Written) -> Option<String> {
    if let Written::Line(line) = written { Some(line.clone()) } else { None }
}

/// What stands in brackets as lines, from a column on, the further ones indented; none where it has to be in lines.
pub(super) fn bracketed(many: &Collection<'_>, column: usize, indent: usize) -> Option<Vec<String>> {
    if !many.brackets {
        return None;
    }
    let items = items(many)?;
    let (open, close) = if many.map { ("{ ", " }") } else { ("[", "]") };
    if items.is_empty() {
        return Some(vec![if many.map { "{}" } else { "[]" }.to_owned()]);
    }
    let line = format!("{open}{}{close}", items.join(", "));
    if column + line.chars().count() <= WIDTH {
        return Some(vec![line]);
    }
    if !simple(many) {
        return None;
    }
    let mut lines = vec![open.to_owned()];
    let mut used = column + open.len();
    for (nth, item) in items.iter().enumerate() {
        let last = nth + 1 == items.len();
        let item = if last { format!("{item}{close}") } else { format!("{item},") };
        let (length, begins) = (item.chars().count(), nth == 0);
        if !begins && used + 1 + length > WIDTH {
            lines.push(" ".repeat(indent));
            used = indent;
        } else if !begins {
            lines.last_mut()?.push(' ');
            used += 1;
        }
        lines.last_mut()?.push_str(&item);
        used += length;
    }
    let fits = lines.iter().enumerate().all(|(nth, line)| line.chars().count() + if nth == 0 { column } else { 0 } <= WIDTH);
    (fits && (!many.map || lines.len() <= FILLED)).then_some(lines)
}

/// The entries of what stands in brackets, each in one line; none where one cannot.
fn items(many: &Collection<'_>) -> Option<Vec<String>> {
    if !many.below.is_empty() {
        return None;
    }
    let item = |entry: &Entry<'_>| {
        if !entry.above.is_empty() || entry.beside.is_some() {
            return None;
        }
        let value = match &entry.value {
            Value::Nothing => None,
            Value::Scalar(scalar) => Some(line_of(&Written::of(scalar))?),
            Value::Many(many) => Some(bracketed_line(many)?),
        };
        let key = entry.key.as_ref().map(scalar::key);
        match (key, value) {
            (Some(key), Some(value)) => Some(format!("{key}: {value}")),
            (Some(key), None) => Some(key),
            (None, value) => value,
        }
    };
    ordered(many).into_iter().map(item).collect()
}

fn bracketed_line(many: &Collection<'_>) -> Option<String> {
    let items = items(many)?.join(", ");
    Some(match (many.map, items.is_empty()) {
        (true, true) => "{}".to_owned(),
        (true, false) => format!("{{ {items} }}"),
        (false, _) => format!("[{items}]"),
    })
}

/// Whether what stands in brackets may be broken into a few lines: names, or keys with simple values.
fn simple(many: &Collection<'_>) -> bool {
    let depth = if many.map { 2 } else { 0 };
    many.entries.iter().all(|entry| nested(&entry.value) <= depth)
}

/// How deep lists and maps lie in a value.
fn nested(value: &Value<'_>) -> usize {
    match value {
        Value::Many(many) => 1 + many.entries.iter().map(|entry| nested(&entry.value)).max().unwrap_or(0),
        _ => 0,
    }
}
