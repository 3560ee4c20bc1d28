//! Drawings as SVG that stand by themselves: no script, no font to fetch, on light ground and on dark.
//!
//! [`matrix`] draws a grid of tasks across parties. What a letter depends on stands in notes beneath the drawing.

mod marks;
mod matrix;
mod rows;
pub(in crate::report) mod text;

pub use matrix::matrix;
