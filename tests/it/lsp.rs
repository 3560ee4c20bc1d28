//! The language server as an editor uses it: whole sessions with the built program, over its standard input and output.

mod answers;
mod client;
mod fixes;
mod offers;
mod protocol;
mod waiting;
