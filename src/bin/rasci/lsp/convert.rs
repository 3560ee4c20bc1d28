//! What the library says in the words of the protocol.

use std::ops::Range;

use lsp_types::{
    CompletionItem, CompletionItemKind, CompletionTextEdit, DocumentSymbol, Documentation, Location, MarkupContent, MarkupKind,
    Position, PositionEncodingKind, SymbolKind, TextEdit, Uri,
};
use rasci::document::Vocabulary;
use rasci::editor::{Encoding, Offer, OfferKind, Point, Symbol, Text};

use super::uri;

/// The encoding that is spoken: UTF-8 where the client offers it, else UTF-16, which every client speaks.
pub(super) fn encoding(offered: Option<&[PositionEncodingKind]>) -> (Encoding, PositionEncodingKind) {
    if offered.is_some_and(|offered| offered.contains(&PositionEncodingKind::UTF8)) {
        (Encoding::Utf8, PositionEncodingKind::UTF8)
    } else {
        (Encoding::Utf16, PositionEncodingKind::UTF16)
    }
}

/// The byte of a position.
pub(super) fn offset(text: &Text, position: Position, encoding: Encoding) -> usize {
    text.offset(Point { line: position.line, column: position.character }, encoding)
}

/// The position of a byte.
pub(super) fn position(text: &Text, offset: usize, encoding: Encoding) -> Position {
    let Point { line, column } = text.point(offset, encoding);
    Position::new(line, column)
}

/// The range of bytes.
pub(super) fn range(text: &Text, bytes: &Range<usize>, encoding: Encoding) -> lsp_types::Range {
    lsp_types::Range::new(position(text, bytes.start, encoding), position(text, bytes.end, encoding))
}

/// The bytes of a range.
pub(super) fn bytes(text: &Text, range: lsp_types::Range, encoding: Encoding) -> Range<usize> {
    let (start, end) = (offset(text, range.start, encoding), offset(text, range.end, encoding));
    start.min(end)..end
}

/// A place in the document of this name.
pub(super) fn location(name: &str, text: &Text, bytes: &Range<usize>, encoding: Encoding) -> Option<Location> {
    Some(Location::new(uri::of(name)?, range(text, bytes, encoding)))
}

/// An offer as a completion; `nth` keeps the order.
pub(super) fn completion(offer: Offer, nth: usize, range: lsp_types::Range) -> CompletionItem {
    let Offer { label, insert, detail, about, kind } = offer;
    CompletionItem {
        kind: Some(match kind {
            OfferKind::Key => CompletionItemKind::PROPERTY,
            OfferKind::Name(vocabulary) => completion_kind(vocabulary),
            OfferKind::Word => CompletionItemKind::ENUM_MEMBER,
            OfferKind::Path => CompletionItemKind::FILE,
        }),
        detail,
        documentation: about.map(|about| Documentation::MarkupContent(markdown(about))),
        sort_text: Some(format!("{nth:06}")),
        filter_text: Some(label.clone()),
        text_edit: Some(CompletionTextEdit::Edit(TextEdit::new(range, insert))),
        label,
        ..CompletionItem::default()
    }
}

pub(super) fn markdown(value: String) -> MarkupContent {
    MarkupContent { kind: MarkupKind::Markdown, value }
}

fn completion_kind(vocabulary: Vocabulary) -> CompletionItemKind {
    match vocabulary {
        Vocabulary::Party => CompletionItemKind::CLASS,
        Vocabulary::Component => CompletionItemKind::MODULE,
        Vocabulary::Task | Vocabulary::Step => CompletionItemKind::FUNCTION,
        Vocabulary::Dimension => CompletionItemKind::ENUM,
        Vocabulary::Value => CompletionItemKind::VALUE,
        Vocabulary::Source => CompletionItemKind::FILE,
        Vocabulary::Requirement => CompletionItemKind::INTERFACE,
        Vocabulary::Relation => CompletionItemKind::VARIABLE,
        _ => CompletionItemKind::REFERENCE,
    }
}

/// A section or an entry, with all that stands in it.
#[expect(deprecated, reason = "the field must be given, and is nothing")]
pub(super) fn symbol(symbol: &Symbol, text: &Text, encoding: Encoding) -> DocumentSymbol {
    let children: Vec<DocumentSymbol> = symbol.children.iter().map(|child| self::symbol(child, text, encoding)).collect();
    DocumentSymbol {
        // A name must not be empty.
        name: if symbol.name.is_empty() { "\"\"".to_owned() } else { symbol.name.clone() },
        detail: symbol.detail.clone(),
        kind: match symbol.vocabulary {
            None => SymbolKind::NAMESPACE,
            Some(Vocabulary::Party) => SymbolKind::CLASS,
            Some(Vocabulary::Component) => SymbolKind::MODULE,
            Some(Vocabulary::Task) => SymbolKind::FUNCTION,
            Some(Vocabulary::Dimension) => SymbolKind::ENUM,
            Some(Vocabulary::Source) => SymbolKind::FILE,
            Some(Vocabulary::Requirement) => SymbolKind::INTERFACE,
            Some(Vocabulary::Step) => SymbolKind::EVENT,
            Some(_) => SymbolKind::VARIABLE,
        },
        tags: None,
        deprecated: None,
        range: range(text, &symbol.bytes, encoding),
        selection_range: range(text, &symbol.selection, encoding),
        children: Some(children),
    }
}

/// Edits of several documents, by their URIs.
#[derive(Default)]
pub(super) struct Edits(Vec<(Uri, Vec<TextEdit>)>);

impl Edits {
    pub(super) fn add(&mut self, uri: Uri, edit: TextEdit) {
        match self.0.iter_mut().find(|(other, _)| *other == uri) {
            Some((_, edits)) => edits.push(edit),
            None => self.0.push((uri, vec![edit])),
        }
    }

    pub(super) fn into_inner(self) -> Vec<(Uri, Vec<TextEdit>)> {
        self.0
    }
}
