//! Stage 4: a document written in the one way that `rasci fmt` writes it.
//!
//! Order of keys, indentation, spacing and quotes become the same everywhere; texts, comments, and the blank lines that
//! tell groups apart stay. What comes out is read again before it is given back: it says the same, with the same comments.
//! No library that edits YAML writes it so, and those there are take far longer, or end on a text that is hostile; this
//! is an adapter between the tree and the order of the language.

mod brackets;
mod lines;
mod order;
mod print;
mod read;
mod scalar;
mod spoken;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::diagnostic::Diagnostics;
use crate::error::LoadError;
use crate::source::{Source, SourceId, Sources, Span};
use crate::yaml::{Comment, NodeId, Shape, TextLimits, Tree, comments};
use print::Printer;
use read::Reader;
use spoken::{Spoken, spoken};

/// Why a text is not formatted.
#[derive(Debug, thiserror::Error)]
pub enum FormatError {
    /// It is no YAML, or has in it what no model has: anchors, tags, a second document.
    #[error("{0}")]
    Unreadable(LoadError),
    /// It would not say the same.
    #[error("`{0}` cannot be written otherwise without changing what it says")]
    Changed(String),
    /// A suppression would come to speak of something else, or of something at all.
    #[error(
        "the suppression in line {line} of `{name}` would speak of something else: write it on a line of its own, directly above what it is meant for"
    )]
    Suppression {
        /// The text.
        name: String,
        /// The line of the suppression, from 1.
        line: usize,
    },
}

/// The text of a model, or of a file of policy tests, as `rasci fmt` writes it.
///
/// ```
/// use rasci::format::formatted;
/// use rasci::source::Source;
///
/// let text = "id:   'coffee'\nrasci: 1 # first\nparties: {ann: {},office: {}}\n";
/// let formatted = formatted(&Source::new("model.yaml", text))?;
/// assert_eq!(formatted, "rasci: 1 # first\nid: coffee\nparties: { ann: {}, office: {} }\n");
/// # Ok::<(), rasci::format::FormatError>(())
/// ```
///
/// # Errors
/// Where it cannot be read, with every reason; or where it could not be written without changing what it says.
pub fn formatted(source: &Source) -> Result<String, FormatError> {
    let tree = tree_of(source.text()).map_err(|sink| {
        let mut sources = Sources::default();
        sources.add(Source::new(source.name(), source.text()));
        FormatError::Unreadable(LoadError::new(sources, sink))
    })?;
    let text = source.text();
    let comments = comments(text, &tree);
    let spoken = spoken(text, &comments);
    let document = Reader::new(text, &tree, comments, &spoken).document();
    let mut formatted = Printer::default().document(document);
    if text.find('\n').is_some_and(|at| text.get(..at).is_some_and(|line| line.ends_with('\r'))) {
        formatted = formatted.replace('\n', "\r\n");
    }
    let changed = || FormatError::Changed(source.name().to_owned());
    let again = tree_of(&formatted).map_err(|_| changed())?;
    let (before, after) = (said(&tree, text), said(&again, &formatted));
    if (&before.nodes, &before.comments) != (&after.nodes, &after.comments) {
        return Err(changed());
    }
    let left: HashSet<(&str, Option<&str>)> = after.suppressions.iter().map(|it| (it.0, it.1.as_deref())).collect();
    if let Some((.., at)) = before.suppressions.iter().find(|it| !left.contains(&(it.0, it.1.as_deref()))) {
        let line = text.get(..*at).unwrap_or("").lines().count().max(1);
        return Err(FormatError::Suppression { name: source.name().to_owned(), line });
    }
    Ok(formatted)
}

fn tree_of(text: &str) -> Result<Tree<'_>, Diagnostics> {
    let mut sink = Diagnostics::default();
    let Some(tree) = Tree::parse(text, SourceId::default(), TextLimits::default(), &mut sink) else { return Err(sink) };
    tree.refuse_keys(&mut sink);
    if sink.has_errors() { Err(sink) } else { Ok(tree) }
}

/// What a text says, whatever the order of keys.
struct Said<'t> {
    /// Every node by its path, with its text, and whether that may be read as something else than text.
    nodes: Vec<(String, Cow<'t, str>, bool)>,
    comments: Vec<&'t str>,
    /// Every suppression, with the path of the entry it speaks of, and where it stands.
    suppressions: Vec<(&'t str, Option<String>, usize)>,
}

fn said<'t>(tree: &Tree<'t>, text: &'t str) -> Said<'t> {
    let comments = comments(text, tree);
    let of = |comment: &Comment| text.get(comment.span.start as usize..comment.span.end as usize).unwrap_or("").trim_end();
    let spoken = spoken(text, &comments);
    // Of entries that are the same bytes, the outer is met first.
    let mut paths: HashMap<Span, Option<String>> = spoken.iter().filter_map(|it| Some((it.entry?, None))).collect();
    let mut enter = |name: NodeId, value: NodeId, path: &str| {
        let whole = Span { end: tree.span(value).end.max(tree.span(name).end), ..tree.span(name) };
        if let Some(entry @ None) = paths.get_mut(&whole) {
            *entry = Some(path.to_owned());
        }
    };
    let mut nodes = Vec::new();
    let mut open = vec![(Tree::ROOT, String::new())];
    while let Some((node, path)) = open.pop() {
        let shape = tree.shape(node);
        let children: Vec<NodeId> = tree.children(node).collect();
        let (word, text, plain) = match shape {
            Shape::Map => {
                for pair in children.chunks_exact(2) {
                    let [key, value] = pair else { continue };
                    let name = if let Shape::Text(name, _) = tree.shape(*key) { name } else { Cow::Borrowed("?") };
                    let path = format!("{path}/{name}");
                    enter(*key, *value, &path);
                    open.push((*value, path));
                }
                ("map", Cow::Borrowed(""), false)
            }
            Shape::List => {
                for (nth, child) in children.iter().enumerate() {
                    let path = format!("{path}/{nth}");
                    enter(*child, *child, &path);
                    open.push((*child, path));
                }
                ("list", Cow::Borrowed(""), false)
            }
            // A word is the same with quotes and without.
            Shape::Text(text, plain) => ("text", text.clone(), plain || scalar::is_word(&text)),
            Shape::Nothing | Shape::Refused => ("nothing", Cow::Borrowed(""), false),
        };
        nodes.push((format!("{path} {word}"), text, plain));
    }
    let path = |it: &Spoken| paths.get(&it.entry?).cloned().flatten();
    let suppressions = spoken.iter().map(|it| (of(&it.comment), path(it), it.comment.span.start as usize)).collect();
    let mut comments: Vec<&str> = comments.iter().map(of).collect();
    nodes.sort();
    comments.sort_unstable();
    Said { nodes, comments, suppressions }
}
