//! Workbooks in the format of ods, packed from the rows of their sheets.

use std::fmt::Write as _;
use std::io::{Cursor, Write};

/// A workbook of these sheets, each a name and its rows; the style `ce2` is bold.
pub(crate) fn packed(sheets: &[(&str, String)]) -> Vec<u8> {
    let style = |name: &str, weight: &str| {
        format!(
            "<style:style style:name=\"{name}\" style:family=\"table-cell\"><style:text-properties fo:font-weight=\"{weight}\"/></style:style>"
        )
    };
    let mut tables = String::new();
    for (name, rows) in sheets {
        write!(tables, "<table:table table:name=\"{name}\">{rows}</table:table>").unwrap();
    }
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"urn:o\" xmlns:table=\"urn:t\" xmlns:text=\"urn:x\" xmlns:style=\"urn:s\" xmlns:fo=\"urn:f\" xmlns:dc=\"urn:d\">\
         <office:automatic-styles>{}{}</office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>",
        style("ce1", "normal"),
        style("ce2", "bold"),
    );
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default();
    let manifest = "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"/>";
    let mimetype = "application/vnd.oasis.opendocument.spreadsheet";
    for (name, text) in [("mimetype", mimetype), ("META-INF/manifest.xml", manifest), ("content.xml", &content)] {
        writer.start_file(name, stored).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}
