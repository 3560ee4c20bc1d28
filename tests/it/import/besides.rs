//! What workbooks have besides cells: comments, what is hidden, formulas that no program has calculated.

use rust_xlsxwriter::{Note, Workbook};

use super::opendocument::packed;
use super::workbooks::read;

/// A sheet with comments on a head, a task, letters and an empty cell, with a hidden row and a hidden column.
fn commented() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("RACI").unwrap();
    for (row, texts) in [["Task", "Dev", "Ops"], ["Build", "R", "A"], ["Run", "C", "A/R"]].into_iter().enumerate() {
        for (column, text) in texts.into_iter().enumerate() {
            sheet.write(u32::try_from(row).unwrap(), u16::try_from(column).unwrap(), text).unwrap();
        }
    }
    for (row, column, text) in
        [(0, 1, "both teams"), (1, 0, "named so in 2023"), (1, 1, "not on Fridays"), (4, 4, "who wrote this?")]
    {
        sheet.insert_note(row, column, &Note::new(text).add_author_prefix(false)).unwrap();
    }
    sheet.set_row_hidden(2).unwrap();
    sheet.set_column_hidden(2).unwrap();
    let other = book.add_worksheet().set_name("Old").unwrap();
    other.write(0, 0, "Nothing of importance").unwrap();
    other.set_hidden(true);
    book.save_to_buffer().unwrap()
}

#[test]
fn comments_are_kept_and_what_is_hidden_is_told() {
    let imported = read("t.xlsx", &commented());
    let text = &imported.text;
    assert!(text.contains("  dev: { title: Dev, description: both teams }\n"), "{text}");
    assert!(text.contains("    note: |-\n      named so in 2023\n      Dev: not on Fridays\n"), "{text}");
    let left: Vec<String> =
        imported.report.left.iter().map(|left| format!("{}: {}: {}", left.place, left.text, left.reason)).collect();
    assert_eq!(
        left,
        [
            "Old!A1: Nothing of importance: this is no part of a responsibility matrix",
            "RACI!E5: who wrote this?: it is a comment beside what is taken over"
        ]
    );
    let remarks: Vec<String> =
        imported.report.remarks.iter().map(|remark| format!("{}: {}", remark.place, remark.text)).collect();
    assert_eq!(
        remarks,
        [
            "Old!A1: the sheet is hidden, and read as if it were not",
            "RACI!C1: column C is hidden in the sheet, and read as if it were not",
            "RACI!A3: row 3 is hidden in the sheet, and read as if it were not"
        ]
    );
    // Nine cells of the table, one of the other sheet, four comments.
    assert_eq!(imported.report.filled(), 14);
}

#[test]
fn comments_of_ods_are_kept_and_what_is_hidden_is_told() {
    let cell = |text: &str, comment: &str| {
        format!("<table:table-cell office:value-type=\"string\">{comment}<text:p>{text}</text:p></table:table-cell>")
    };
    let comment = "<office:annotation><dc:creator>Ann</dc:creator><text:p>not on Fridays</text:p></office:annotation>";
    let rows = [
        format!("<table:table-row>{}{}{}</table:table-row>", cell("Task", ""), cell("Dev", ""), cell("Ops", "")),
        format!("<table:table-row>{}{}{}</table:table-row>", cell("Build", ""), cell("R", comment), cell("A", "")),
        format!(
            "<table:table-row table:visibility=\"filter\">{}{}{}</table:table-row>",
            cell("Run", ""),
            cell("C", ""),
            cell("A/R", "")
        ),
    ];
    let imported = read("t.ods", &packed(&[("RACI", rows.concat())]));
    assert!(imported.text.contains("    note: \"Dev: not on Fridays\"\n"), "{}", imported.text);
    let remarks: Vec<String> =
        imported.report.remarks.iter().map(|remark| format!("{}: {}", remark.place, remark.text)).collect();
    assert_eq!(remarks, ["RACI!A3: row 3 is hidden in the sheet, and read as if it were not"]);
    assert_eq!((imported.report.filled(), imported.report.left.len()), (10, 0), "{}", imported.report);
}

#[test]
fn a_thread_of_comments_is_read_once() {
    let parts = [
        ("_rels/.rels", relation("rId1", "officeDocument", "xl/workbook.xml")),
        ("xl/workbook.xml", "<workbook xmlns:r=\"r\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>".to_owned()),
        ("xl/_rels/workbook.xml.rels", relation("rId1", "worksheet", "worksheets/sheet1.xml")),
        ("xl/worksheets/sheet1.xml", sheet_xml()),
        (
            "xl/worksheets/_rels/sheet1.xml.rels",
            relation("rId1", "comments", "../comments1.xml").replace(
                "</Relationships>",
                "<Relationship Id=\"rId2\" Type=\"http://x/threadedComment\" Target=\"/xl/threadedComments/t1.xml\"/></Relationships>",
            ),
        ),
        ("xl/comments1.xml", "<comments><commentList><comment ref=\"B2\"><text><t>[Threaded comment] asked Ann</t></text></comment></commentList></comments>".to_owned()),
        ("xl/threadedComments/t1.xml", "<ThreadedComments><threadedComment ref=\"B2\"><text>asked &amp; answered</text></threadedComment></ThreadedComments>".to_owned()),
    ];
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in &parts {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut writer, text.as_bytes()).unwrap();
    }
    let imported = read("t.xlsx", &writer.finish().unwrap().into_inner());
    assert!(imported.text.contains("note: \"Dev: asked & answered\"\n"), "{}", imported.text);
    assert!(!imported.text.contains("Threaded"));
    // The formula that was never calculated is told.
    let left: Vec<(String, &str)> =
        imported.report.left.iter().map(|left| (left.place.to_string(), left.text.as_str())).collect();
    assert_eq!(left, [("S!C2".to_owned(), "=B2")]);
}

fn relation(id: &str, kind: &str, target: &str) -> String {
    format!(
        "<Relationships><Relationship Id=\"{id}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\" Target=\"{target}\"/></Relationships>"
    )
}

/// A task, two parties, a letter and a formula that no program has calculated.
fn sheet_xml() -> String {
    let cell = |at: &str, text: &str| format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
    format!(
        "<worksheet><sheetData><row r=\"1\">{}{}{}</row><row r=\"2\">{}{}<c r=\"C2\"><f>B2</f><v></v></c></row><row r=\"3\">{}{}{}</row></sheetData></worksheet>",
        cell("A1", "Task"),
        cell("B1", "Dev"),
        cell("C1", "Ops"),
        cell("A2", "Build"),
        cell("B2", "R"),
        cell("A3", "Run"),
        cell("B3", "A"),
        cell("C3", "R"),
    )
}
