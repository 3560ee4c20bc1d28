//! What is refused, and that the refusal says why.

use std::fmt::Write as _;

use super::refused;
use rasci::import::{Dialect, Limits, Options, Refusal, import};

#[test]
fn what_is_no_matrix_is_refused() {
    for (name, text) in [
        ("shop.csv", "What,How many\nApples,3\n"),
        ("rights.csv", "Entity,Admin,User\nOrder,CRUD,R\nItem,CRUD,R\n"),
        ("grades.csv", "Student,Math,Art\nAnn,A,B\nBob,C,A\nCid,B,D\n"),
        ("sizes.csv", "Shirt,Size\nRed,S\nBlue,M\nGreen,L\n"),
        ("roles.md", "| Role | Responsibilities |\n|---|---|\n| Dev | Writes |\n| Ops | Runs |\n"),
        ("legend.md", "| Letter | Name |\n|---|---|\n| R | Responsible |\n| A | Accountable |\n| C | Consulted |\n"),
        ("text.md", "# Nothing\n\nR is responsible, A is accountable.\n"),
        ("empty.csv", ""),
        ("empty.md", "\n\n"),
        ("list.json", "[1, 2, 3]"),
    ] {
        let refusal = refused(name, text.as_bytes());
        assert!(matches!(refusal, Refusal::NoMatrix { .. }), "{name}: {refusal}");
    }
    assert_eq!(refused("a.md", b"text").to_string(), "there is no table in the file");
}

#[test]
fn what_is_no_text_and_no_workbook_is_refused() {
    let kinds: [(&[u8], &str); 5] = [
        (b"%PDF-1.7 ...", "a PDF document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"\x00\x01\x02\xff\xfe\x03", "no text"),
        (b"PK\x03\x04broken", "a workbook that cannot be read"),
    ];
    for (bytes, said) in kinds {
        let refusal = refused("raci.md", bytes);
        assert!(refusal.to_string().contains(said), "{refusal}");
    }
    let word = archive(&[("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<x/>")]);
    assert!(refused("raci.md", &word).to_string().starts_with("the file is a Word document: "));
    let other = archive(&[("readme.txt", b"hello")]);
    assert!(refused("raci.zip", &other).to_string().contains("a zip archive and no workbook"));
}

#[test]
fn a_model_is_not_imported() {
    let refusal = refused("model.yaml", b"rasci: 1\nid: model\n");
    assert_eq!(refusal.to_string(), "`model.yaml` is a model already, and needs no import");
}

#[test]
fn text_that_is_no_yaml_is_refused_with_its_place() {
    let refusal = refused("raci.yaml", b"a: [1, 2\nb: 3\n");
    assert!(refusal.to_string().starts_with("the file is no JSON or YAML that can be read (line 2, column "), "{refusal}");
}

#[test]
fn limits_are_named() {
    let small = Options { limits: Limits { bytes: 10, ..Limits::default() }, ..Options::default() };
    let refusal = import("raci.csv", b"Task,Dev\nBuild,R\n", &small).unwrap_err();
    assert_eq!(refusal.to_string(), "the file is too large: more than 10 bytes");
    let bomb = archive(&[("xl/workbook.xml", &vec![b' '; 3 << 20])]);
    assert!(bomb.len() < 100_000, "it is small while it is packed");
    let tight = Options { limits: Limits { unpacked: 1 << 20, ..Limits::default() }, ..Options::default() };
    let refusal = import("raci.xlsx", &bomb, &tight).unwrap_err();
    assert_eq!(refusal.to_string(), "the file is too large: more than 1048576 bytes unpacked");
    let wide = format!("<table><tr>{}</tr></table>", "<td colspan=1000>R</td>".repeat(2500));
    assert_eq!(refused("raci.html", wide.as_bytes()).to_string(), "the file is too large: more than 2000000 cells");
}

#[test]
fn two_readings_of_a_letter_are_both_named() {
    let table = "\n| Task | Dev | QA |\n|---|---|---|\n| Build | R | S |\n| Run | A | R |\n";
    let legend = "- R = Responsible\n- A = Accountable\n- S = Support\n- S = Sign-off\n- C = Consulted\n";
    let refusal = refused("raci.md", format!("{legend}{table}").as_bytes());
    assert_eq!(
        refusal.to_string(),
        "`S` can be read in two ways, as `Support` (line 3, column 3) or as `Sign-off` (line 4, column 3): say in a legend what it means, or name the dialect with `--dialect`"
    );
    let either = "R = Responsible, A = Accountable / Assists, C = Consulted, I = Informed\n";
    let refusal = refused("raci.md", format!("{either}{table}").as_bytes());
    assert!(refusal.to_string().starts_with("`A` can be read in two ways, as `Accountable` (line 1"), "{refusal}");
    let silent = refused("raci.csv", b"Task,Dev,QA\nBuild,R,V\nShip,A,S\n");
    assert!(silent.to_string().starts_with("`S` can be read in two ways, as `Support` or as `Signs off`"), "{silent}");
    let named = Options { dialect: Some(Dialect::Rasci), ..Options::default() };
    assert!(import("raci.md", format!("{legend}{table}").as_bytes(), &named).is_ok());
}

/// Every refusal as it is read, once for each kind, so that a change of its words is seen.
#[test]
fn each_refusal_says_what_to_do() {
    let legend = "R = Responsible, S = Support, S = Sign off, A = Approver\n\n| Task | X | Y |\n|---|---|---|\n| Do | R | S |\n| Go | A | R |\n";
    let bomb = archive(&[("xl/workbook.xml", &vec![b' '; 3 << 20])]);
    let wide = format!("<table><tr>{}</tr></table>", "<td colspan=1000>R</td>".repeat(2500));
    let (small, tight) = (Limits { bytes: 10, ..Limits::default() }, Limits { unpacked: 1 << 20, ..Limits::default() });
    let all: [(&str, &[u8], Limits); 32] = [
        ("text.md", b"# No table", Limits::default()),
        ("shop.csv", b"What,How many\nApples,3\n", Limits::default()),
        ("two.md", b"| a | b |\n|---|---|\n| 1 | 2 |\n\ntext\n\n| c | d |\n|---|---|\n| 1 | 2 |\n", Limits::default()),
        ("model.yaml", b"rasci: 1\nid: model\n", Limits::default()),
        ("broken.json", b"{\"a\": [1, 2\n", Limits::default()),
        ("legend.md", legend.as_bytes(), Limits::default()),
        ("verifies.csv", b"Task,Dev,QA\nBuild,R,V\nShip,A,S\n", Limits::default()),
        (
            "either.md",
            b"V = Verantwortlich, S = Support, C = Consulted, I = Informed\n\n| Task | X | Y |\n|---|---|---|\n| Do | V | R |\n",
            Limits::default(),
        ),
        ("rapid.csv", b"Decision,CEO,CFO,Legal\nBudget,D,R,A\nVendor,D,P,R\nHiring,I,R,D\n", Limits::default()),
        ("paris.csv", b"Task,Ann,Bob,Cid\nPlan,P,A,I\nBuild,R,P,S\nRun,I,A,P\n", Limits::default()),
        ("raci-q.csv", b"Task,Ann,Bob,Cid\nPlan,R,A,Q\nBuild,R,A,Q\nRun,Q,R,A\n", Limits::default()),
        (
            "head.csv",
            "Tätigkeit;Verantwortlich;Mitwirkend;Informiert\nPrüfen;Technik;Vertrieb;GF\n".as_bytes(),
            Limits::default(),
        ),
        ("ticks.csv", "Task,Responsible,Accountable\nBuild,✓,\nRun,✓,✓\n".as_bytes(), Limits::default()),
        ("status.csv", b"Project,Scope,Time,Cost\nBridge,R,A,G\nTunnel,A,G,G\nRoad,G,G,G\n", Limits::default()),
        ("sums.csv", b"Role,PM,Dev\nR,3,4\nA,1,0\n", Limits::default()),
        ("no-task.csv", b"Role,Name,RACI\nDeveloper,Ann,R\nLead,Bob,A\n", Limits::default()),
        ("two-parties.csv", b"Team,Person,Responsibility\nBuild,Ann,R\nBuild,Bob,A\nRun,Cid,R\n", Limits::default()),
        ("roles-alone.csv", b"Role,RACI\nDeveloper,R\nLead,A\n", Limits::default()),
        ("marks.csv", b"Role,Name,R,A,C,I\nDeveloper,Ann,x,,,\nLead,Bob,,x,,\n", Limits::default()),
        ("names.csv", b"RACI,,\nR,Dev,Ops\nA,Lead,Lead\nC,QA,QA\n", Limits::default()),
        ("lists.csv", b"Role,R,A\nDev,\"Build, Test\",Code\nLead,Plan,\"Build, Test\"\n", Limits::default()),
        ("for.md", b"| Role | Responsible for |\n|---|---|\n| Dev | Build, Test |\n| Lead | Plan |\n", Limits::default()),
        ("no-party.csv", b"Task,RACI\nBuild,R\nRun,A/R\n", Limits::default()),
        (
            "by-position.json",
            br#"{"roles": ["PM", "Dev"], "tasks": [{"name": "Plan", "raci": ["A", "R"]}, {"name": "Test", "raci": ["I", "A"]}]}"#,
            Limits::default(),
        ),
        ("large.csv", b"Task,Dev\nBuild,R\n", small),
        ("bomb.xlsx", &bomb, tight),
        ("wide.html", wide.as_bytes(), Limits::default()),
        ("page.pdf", b"%PDF-1.7", Limits::default()),
        ("old.xls", b"\xd0\xcf\x11\xe0", Limits::default()),
        ("noise.csv", b"\x00\x01\x02\xff\xfe\x03", Limits::default()),
        ("text.docx", &archive(&[("word/document.xml", b"<x/>")]), Limits::default()),
        ("broken.xlsx", b"PK\x03\x04broken", Limits::default()),
    ];
    let mut said = String::new();
    for (name, bytes, limits) in all {
        match import(name, bytes, &Options { limits, ..Options::default() }) {
            Ok(imported) => writeln!(said, "{name}\n  IMPORTED: {}", imported.report).unwrap(),
            Err(refusal) => writeln!(said, "{name}\n  {refusal}").unwrap(),
        }
    }
    crate::cli::snapshot("import/refusals", &said);
}

/// A zip archive of these files.
fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    use std::io::Write;
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}
