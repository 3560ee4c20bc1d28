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

use std::borrow::Cow;

use crate::diagnostic::Diagnostics;
use crate::error::LoadError;
use crate::source::{Source, SourceId, Sources};
use crate::yaml::{NodeId, Shape, TextLimits, Tree, comments};
use print::Printer;
use read::Reader;

/// Why a text is not formatted.
#[derive(Debug, thiserror::Error)]
pub enum FormatError {
    /// It is no YAML, or has in it what no model has: anchors, tags, a second document.
    #[error("{0}")]
    Unreadable(LoadError),
    /// It would not say the same.
    #[error("`{0}` cannot be written otherwise without changing what it says")]
    Changed(String),
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
    let document = Reader::new(text, &tree, comments(text, &tree)).document();
    let mut formatted = Printer::default().document(document);
    if text.find('\n').is_some_and(|at| text.get(..at).is_some_and(|line| line.ends_with('\r'))) {
        formatted = formatted.replace('\n', "\r\n");
    }
    let same = tree_of(&formatted).is_ok_and(|again| said(&tree, text) == said(&again, &formatted));
    if same { Ok(formatted) } else { Err(FormatError::Changed(source.name().to_owned())) }
}

fn tree_of(text: &str) -> Result<Tree<'_>, Diagnostics> {
    let mut sink = Diagnostics::default();
    let Some(tree) = Tree::parse(text, SourceId::default(), TextLimits::default(), &mut sink) else { return Err(sink) };
    tree.refuse_keys(&mut sink);
    if sink.has_errors() { Err(sink) } else { Ok(tree) }
}

/// What a text says, whatever the order of keys.
#[derive(PartialEq)]
struct Said<'t> {
    /// Every node by its path, with its text, and whether that may be read as something else than text.
    nodes: Vec<(String, Cow<'t, str>, bool)>,
    comments: Vec<&'t str>,
}

fn said<'t>(tree: &Tree<'t>, text: &'t str) -> Said<'t> {
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
                    open.push((*value, format!("{path}/{name}")));
                }
                ("map", Cow::Borrowed(""), false)
            }
            Shape::List => {
                open.extend(children.iter().enumerate().map(|(nth, child)| (*child, format!("{path}/{nth}"))));
                ("list", Cow::Borrowed(""), false)
            }
            // A word is the same with quotes and without.
            Shape::Text(text, plain) => ("text", text.clone(), plain || scalar::is_word(&text)),
            Shape::Nothing | Shape::Refused => ("nothing", Cow::Borrowed(""), false),
        };
        nodes.push((format!("{path} {word}"), text, plain));
    }
    let mut comments: Vec<&str> = (comments(text, tree).iter())
        .filter_map(|comment| text.get(comment.span.start as usize..comment.span.end as usize))
        .map(str::trim_end)
        .collect();
    nodes.sort();
    comments.sort_unstable();
    Said { nodes, comments }
}
