//! A law over damaged files: whatever befalls the bytes of a file that was read, it is refused with a reason, or what is left
//! of it is read with every cell accounted for. Nothing panics, and nothing goes on for ever.

use std::io::{Cursor, Read, Write};

use proptest::prelude::*;
use rasci::import::{Fate, Limits, Options, Refusal, import};
use rasci::query::CellCase;

use super::model;
use super::tables::{layouts, matrix, style};
use super::written::{Format, formats, written};

/// What befalls a file.
#[derive(Debug, Clone)]
enum Damage {
    Flip(prop::sample::Index, u8),
    Cut(prop::sample::Index),
    Drop(prop::sample::Index, usize),
    Twice(prop::sample::Index, usize),
    Insert(prop::sample::Index, Vec<u8>),
}

fn damages() -> impl Strategy<Value = Vec<Damage>> {
    let at = any::<prop::sample::Index>;
    // What separates, opens and closes does the most harm.
    let signs = prop::sample::select(b"\"',;|\t\n\r<>&/[]{}:-=#`\\\0\xff\xfe\xc3".to_vec());
    let some = prop_oneof![
        proptest::collection::vec(signs.clone(), 1..4),
        proptest::collection::vec(any::<u8>(), 1..20),
        prop::sample::select(vec![
            &b"<table>"[..],
            b"</table>",
            b"<td rowspan=9999 colspan=9999>",
            b"\n\n",
            b"|---|",
            b"```\n",
            b"<!--",
            b"&#x110000;",
            b"1e999",
            b"9999999999999999999"
        ])
        .prop_map(<[u8]>::to_vec),
    ];
    let damage = prop_oneof![
        4 => (at(), prop_oneof![any::<u8>(), signs]).prop_map(|(at, to)| Damage::Flip(at, to)),
        1 => at().prop_map(Damage::Cut),
        2 => (at(), 1..40_usize).prop_map(|(at, length)| Damage::Drop(at, length)),
        2 => (at(), 1..60_usize).prop_map(|(at, length)| Damage::Twice(at, length)),
        3 => (at(), some).prop_map(|(at, bytes)| Damage::Insert(at, bytes)),
    ];
    proptest::collection::vec(damage, 1..6)
}

fn damaged(mut bytes: Vec<u8>, damages: &[Damage]) -> Vec<u8> {
    for damage in damages {
        if bytes.is_empty() {
            break;
        }
        let length = bytes.len();
        match damage {
            Damage::Flip(at, to) => bytes[at.index(length)] = *to,
            Damage::Cut(at) => bytes.truncate(at.index(length)),
            Damage::Drop(at, count) => drop(bytes.drain(at.index(length)..(at.index(length) + count).min(length))),
            Damage::Twice(at, count) => {
                let part = bytes[at.index(length)..(at.index(length) + count).min(length)].to_vec();
                bytes.splice(at.index(length)..at.index(length), part);
            }
            Damage::Insert(at, part) => drop(bytes.splice(at.index(length)..at.index(length), part.iter().copied())),
        }
    }
    bytes
}

/// A workbook with one of its parts damaged, packed anew, so that the damage is to what is read and not to how it is packed.
fn damaged_within(bytes: &[u8], part: prop::sample::Index, damages: &[Damage]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let hurt = part.index(archive.len());
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for nth in 0..archive.len() {
        let mut part = archive.by_index(nth).unwrap();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        writer.start_file(part.name().unwrap(), zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(&if nth == hurt { damaged(content, damages) } else { content }).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// That what was made of a file accounts for every cell of it, or that the refusal says what is wrong.
fn holds(name: &str, bytes: &[u8]) -> Result<(), TestCaseError> {
    // Small limits, so that what swells is refused soon.
    let limits = Limits { bytes: 1 << 20, unpacked: 8 << 20, nodes: 100_000 };
    match import(name, bytes, &Options { limits, ..Options::default() }) {
        Ok(imported) => {
            let report = &imported.report;
            let reported: usize = report.left.iter().map(|left| left.cells).sum();
            prop_assert_eq!(reported, report.cells.get(&Fate::Reported).copied().unwrap_or(0), "{}", report);
            let held = |case: &CellCase| case.letters.iter().map(|(_, parties)| parties.len()).sum::<usize>();
            let said: usize = model(&imported).cells().map(|entry| held(&entry.cases[0])).sum();
            prop_assert_eq!(report.letters.values().sum::<usize>(), said, "{}\n{}", report, imported.text);
            prop_assert!(report.cells.get(&Fate::Letters).is_some_and(|cells| *cells > 0), "{}", report);
        }
        Err(Refusal::Unloadable(error)) => {
            return Err(TestCaseError::fail(format!("what was read does not load: {error}\n{}", String::from_utf8_lossy(bytes))));
        }
        Err(Refusal::Format { kind }) => {
            let placed = kind.contains("line ") || !kind.starts_with("no JSON");
            prop_assert!(placed && kind.len() > 4, "`{}` says nothing of where\n{}", kind, String::from_utf8_lossy(bytes));
        }
        Err(refusal) => prop_assert!(refusal.to_string().len() > 20),
    }
    Ok(())
}

proptest! {
    #[test]
    fn a_damaged_file_is_refused_or_accounted_for(
        matrix in matrix(), layout in layouts(), format in formats(), style in style(), damages in damages(), part in any::<prop::sample::Index>(),
        within in any::<bool>(),
    ) {
        let (name, bytes) = written(&matrix.rows(layout, &style), format, &style);
        let packed = matches!(format, Format::Xlsx | Format::Ods);
        let bytes = if packed && within { damaged_within(&bytes, part, &damages) } else { damaged(bytes, &damages) };
        holds(name, &bytes)?;
    }
}
