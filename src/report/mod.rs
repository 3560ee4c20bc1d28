//! Stage 8: answers out. [`json`] makes values to serialise, of shapes with a version; [`rows`] makes
//! rows of a table; [`text`] makes lines to read.
//!
//! Lines and columns count from 1; equal answers give equal bytes.

pub mod json;
pub mod rows;
pub mod text;
