//! Formats that are not read: each is refused by its name, with what to do.

use super::refused;

/// A file of streams as the old Office wrote it, and as a new one with a password is: a header, a table of sectors, a
/// directory, and each stream in sectors of its own.
fn streams(names: &[&str]) -> Vec<u8> {
    const SECTOR: usize = 512;
    /// Smaller streams would stand in a stream of their own.
    const STREAM: usize = 4096;
    const END: u32 = 0xffff_fffe;
    let per_stream = STREAM / SECTOR;
    let directories = (names.len() + 1).div_ceil(4);
    let first = |nth: usize| u32::try_from(1 + directories + nth * per_stream).unwrap();
    let mut header = vec![0_u8; SECTOR];
    header[..8].copy_from_slice(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
    header[24..32].copy_from_slice(&[0x3e, 0, 3, 0, 0xfe, 0xff, 9, 0]);
    header[32] = 6;
    header[44] = 1;
    header[48] = 1;
    header[56..60].copy_from_slice(&u32::try_from(STREAM).unwrap().to_le_bytes());
    header[60..64].copy_from_slice(&END.to_le_bytes());
    header[68..72].copy_from_slice(&END.to_le_bytes());
    header[76..].fill(0xff);
    header[76..80].copy_from_slice(&0_u32.to_le_bytes());
    let mut table = vec![0xff_u8; SECTOR];
    let mut chain = |sector: usize, next: u32| table[sector * 4..sector * 4 + 4].copy_from_slice(&next.to_le_bytes());
    chain(0, 0xffff_fffd);
    for nth in 0..directories {
        chain(1 + nth, if nth + 1 < directories { u32::try_from(nth + 2).unwrap() } else { END });
    }
    for nth in 0..names.len() {
        let start = first(nth);
        for step in 0..u32::try_from(per_stream).unwrap() {
            let last = step as usize + 1 == per_stream;
            chain((start + step) as usize, if last { END } else { start + step + 1 });
        }
    }
    let mut directory = vec![0_u8; directories * SECTOR];
    for (nth, name) in std::iter::once(&"Root Entry").chain(names).enumerate() {
        let entry = &mut directory[nth * 128..nth * 128 + 128];
        let wide: Vec<u8> = name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
        entry[..wide.len()].copy_from_slice(&wide);
        entry[64] = u8::try_from(wide.len()).unwrap();
        entry[66] = if nth == 0 { 5 } else { 2 };
        entry[68..80].fill(0xff);
        let (start, size) = if nth == 0 { (END, 0) } else { (first(nth - 1), u32::try_from(STREAM).unwrap()) };
        entry[116..120].copy_from_slice(&start.to_le_bytes());
        entry[120..124].copy_from_slice(&size.to_le_bytes());
    }
    // What is in a stream is of no matter: behind a password it is noise.
    let noise = (0..names.len() * STREAM).map(|nth| u8::try_from(nth * 7919 % 251).unwrap());
    header.into_iter().chain(table).chain(directory).chain(noise).collect()
}

fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut writer, text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn what_has_a_password_or_is_of_another_program_is_called_by_its_name() {
    let manifest = "<manifest:manifest><manifest:file-entry manifest:full-path=\"content.xml\"><manifest:encryption-data/></manifest:file-entry></manifest:manifest>";
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("raci.xlsx", streams(&["EncryptionInfo", "EncryptedPackage"]), "a workbook or a document with a password (save it without one)"),
        ("raci.xls", streams(&["Workbook", "SummaryInformation"]), "a workbook of the old Excel (save it as xlsx)"),
        ("raci.doc", streams(&["WordDocument", "1Table"]), "a document of the old Word"),
        ("raci.ppt", streams(&["PowerPoint Document"]), "a presentation of the old PowerPoint"),
        ("raci.msg", streams(&["__properties_version1.0"]), "an old Office document, or one with a password (save it as xlsx, without)"),
        ("raci.ods", archive(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("META-INF/manifest.xml", manifest), ("content.xml", "noise")]), "a workbook or a document with a password (save it without one)"),
        ("raci.odt", archive(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "<x/>")]), "a text document (odt)"),
        ("raci.docx", archive(&[("[Content_Types].xml", "<x/>"), ("word/document.xml", "<x/>")]), "a Word document"),
        ("raci.pptx", archive(&[("ppt/presentation.xml", "<x/>")]), "a presentation"),
        ("raci.xlsb", archive(&[("xl/workbook.bin", "x")]), "a workbook in the binary format of Excel (xlsb; save it as xlsx)"),
        ("raci.numbers", archive(&[("Index/Document.iwa", "x")]), "a document of Numbers, Pages or Keynote (export it as xlsx)"),
        ("raci.zip", archive(&[("raci.csv", "Task,Dev\nBuild,R\n")]), "a zip archive and no workbook"),
        ("raci.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec(), "a PDF document"),
        ("raci.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR".to_vec(), "a picture"),
        ("raci.rtf", b"{\\rtf1\\ansi Task\\cell Dev\\cell\\row}".to_vec(), "a document in rich text (RTF)"),
        ("raci.7z", b"7z\xbc\xaf\x27\x1c\x00\x04".to_vec(), "a compressed file"),
        (
            "raci.xls",
            b"<?xml version=\"1.0\"?>\n<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"><Worksheet><Table><Row><Cell><Data>Task</Data></Cell></Row></Table></Worksheet></Workbook>".to_vec(),
            "a workbook in the XML of 2003 (save it as xlsx)",
        ),
        (
            "raci.doc",
            b"Date: Mon, 1 Jan 2024 10:00:00 +0000\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=\"x\"\n\n--x\nContent-Type: text/html\n\n<table class=3D\"a\"><tr><td>Task</td></tr></table>\n--x--\n".to_vec(),
            "a page with its pictures in one file (MHTML; save it as HTML)",
        ),
    ];
    for (name, bytes, kind) in cases {
        let said = refused(name, &bytes).to_string();
        assert_eq!(
            said,
            format!("the file is {kind}: a table is read from CSV, xlsx, ods, Markdown, HTML, JSON or YAML"),
            "{name}"
        );
    }
}

#[test]
fn a_table_whose_first_cell_starts_as_a_format_does_is_read() {
    for table in
        ["BM,Dev,Ops\nBuild,R,A\nRun,A,R\n", "PK,Dev,Ops\nBuild,R,A\nRun,A,R\n", "Date: when,Dev,Ops\nBuild,R,A\nRun,A,R\n"]
    {
        assert_eq!(super::imported("t.csv", table).report.tasks, 2, "{table}");
    }
}

#[test]
fn a_part_of_a_workbook_that_is_damaged_is_named() {
    let mut bytes =
        super::written::workbook(&[vec!["Task".to_owned(), "Dev".to_owned()], vec!["Build".to_owned(), "R".to_owned()]]);
    let name = b"xl/worksheets/sheet1.xml";
    let at = bytes.windows(name.len()).position(|window| window == name).unwrap() + name.len() + 20;
    bytes[at] ^= 0xff;
    let said = refused("raci.xlsx", &bytes).to_string();
    assert!(said.contains("`xl/worksheets/sheet1.xml`"), "{said}");
}
