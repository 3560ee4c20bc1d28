//! HTML: its tables, and the text between them.

use super::super::sheet::Page;
use super::Refusal;
use super::markup::{Markup, Origin};

pub(super) fn read(text: &str) -> Result<Page, Refusal> {
    let mut page = Page::default();
    Markup::new(&mut page, Origin::whole(text)).read(text)?;
    Ok(page)
}
