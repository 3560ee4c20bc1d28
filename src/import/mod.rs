//! Responsibility tables from elsewhere, as models: CSV, xlsx, ods, Markdown, HTML, JSON, YAML.
//!
//! The files are the steps: bytes to cells (`read`, `sheet`), cells to lanes and tables (`lanes`, `tables`, `found`), tables to columns
//! with a meaning (`layout`), rows to tasks (`rows`, `sections`, `letters`, `names`), tasks to a tree (`outline`), the tree to text
//! (`model`). Beside them `legend`, `listed`, `dialect` and `words` say what letters and heads mean, and `ledger` holds what became of
//! every filled cell. A grid that `rasci matrix` wrote goes its own, exact way (`grid`, `regrid`). Nothing here knows the command line, and nothing is written to a file.

mod again;
mod assemble;
mod cells;
mod codes;
mod dialect;
mod dimensions;
mod entries;
mod footnotes;
mod found;
mod grid;
mod heads;
mod ids;
mod lanes;
mod layout;
mod ledger;
mod legend;
mod letters;
mod lexicon;
mod listed;
mod lying;
mod model;
mod names;
mod outline;
mod parties;
mod read;
mod refusal;
mod regrid;
mod report;
mod rows;
mod sections;
mod shapes;
mod sheet;
mod signs;
mod tables;
mod unread;
mod upright;
mod words;
mod yaml_text;

pub use dialect::Dialect;
pub use ledger::{Fate, Left, Remark};
pub use refusal::Refusal;
pub use report::{Form, Report, TableRead};
pub use sheet::Place;

/// How a file is imported.
///
/// ```
/// use rasci::import::{Dialect, Options};
///
/// let options = Options { dialect: Some(Dialect::Daci), ..Options::default() };
/// assert_eq!(options.limits.bytes, 64 << 20);
/// ```
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// What the letters stand for; else a legend says it, or which letters are used.
    pub dialect: Option<Dialect>,
    /// How much a file may take.
    pub limits: Limits,
}

/// How much an import may take in. Exceeding one is a refusal that names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file; 64 MiB.
    pub bytes: u64,
    /// Bytes of a workbook, unpacked; 256 MiB.
    pub unpacked: u64,
    /// Scalars, lists and maps of a JSON or YAML file; 2 million.
    pub nodes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 64 << 20, unpacked: 256 << 20, nodes: 2_000_000 }
    }
}

/// A table that was imported: a model that loads, and what was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The model, as YAML.
    pub text: String,
    /// What was read, and what was not taken over.
    pub report: Report,
}

/// Imports a table; `name` is the name of the file, from which the format may be told and which the model cites.
///
/// ```
/// use rasci::import::{Options, import};
/// use rasci::{Letter, Policy};
///
/// let table = "| Task | Developer | Operations |\n| --- | --- | --- |\n| Release | A/R | C, I |\n";
/// let imported = import("raci.md", table.as_bytes(), &Options::default())?;
/// let policy = Policy::parse("raci.yaml", &imported.text)?;
/// let answer = policy.who("release", None)?;
/// let responsible: Vec<&str> = answer.cases()[0].letter(Letter::Responsible).map(|party| &*party.about.id).collect();
/// assert_eq!(responsible, ["developer"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// What is no table that says who is responsible, is too large, or leaves two readings.
pub fn import(name: &str, bytes: &[u8], options: &Options) -> Result<Imported, Refusal> {
    let page = page(name, bytes, options)?;
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let imported = again::regrid(file, &page).unwrap_or_else(|| assemble::assemble(file, &page, options.dialect))?;
    // What is written must load: a model with errors would be none.
    match crate::Policy::parse("model.yaml", &imported.text) {
        Ok(_) => Ok(imported),
        Err(error) => Err(Refusal::Unloadable(Box::new(error))),
    }
}

/// What was found in a file, with the letters that it explains. A table in a block of code is an example where the file has
/// another, and else the table.
fn page(name: &str, bytes: &[u8], options: &Options) -> Result<sheet::Page, Refusal> {
    let read = |coded| {
        let mut page = read::page(name, bytes, &options.limits, coded)?;
        // What looks like a letter is one before it is known which the file explains.
        page.explain(Vec::new());
        page.explain(legend::letters(&page));
        Ok::<_, Refusal>(page)
    };
    let mut page = read(false)?;
    if page.has_coded {
        let coded = read(true)?;
        let ((known, _), (all, _)) = (found::tables_of(&page), found::tables_of(&coded));
        if known.is_empty() && !all.is_empty() {
            return Ok(coded);
        }
        if all.len() > known.len() {
            let of = coded.remarks.into_iter().filter(|remark| !page.remarks.contains(remark));
            let blocks: Vec<sheet::Place> = of.map(|(place, _)| place).collect();
            page.remarks.extend(blocks.into_iter().map(|place| (place, EXAMPLE.to_owned())));
        }
    }
    Ok(page)
}

/// What is told of a table in a block of code, beside others.
const EXAMPLE: &str = "a table in a block of code is taken for an example, and is not read";
