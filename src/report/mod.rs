//! Stage 9: answers out. [`json`] makes values to serialise, of shapes with a version; [`rows`] makes
//! rows of a table; [`sheet`] lays a grid out for the terminal, Markdown and spreadsheets, `table` fits tables into a
//! terminal; [`junit`] writes test results as XML; [`text`] makes lines to read.
//!
//! Lines and columns count from 1; equal answers give equal bytes.

pub mod graph;
pub mod json;
pub mod junit;
#[cfg(feature = "page")]
pub mod page;
pub mod palette;
pub mod rows;
pub mod sheet;
pub mod svg;
#[cfg(feature = "tables")]
pub mod table;
pub mod text;
