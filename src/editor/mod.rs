//! Stage 10: what an editor asks of documents while they are written.
//!
//! A [`Workspace`] holds the documents that are open and finds those that go with them. It answers where something is
//! declared and used, what may be written at a place, what a word means, and how an id is renamed; also of a document
//! that is broken at the moment. Places are bytes; [`Text`] counts lines and columns as editors do. Nothing here knows
//! the protocol that editors speak, and nothing here waits for lints.

mod complete;
mod files;
mod hover;
mod names;
mod outline;
mod paths;
mod piece;
mod pieces;
mod place;
mod rename;
mod test_files;
mod text;
mod walk;
mod workspace;

pub use complete::{Offer, OfferKind, Offers};
pub use files::Overlay;
pub use hover::Hover;
pub use names::Location;
pub use outline::{Id, Outline, Symbol};
pub use rename::Change;
pub use text::{Encoding, Point, Text};
pub use workspace::Workspace;
