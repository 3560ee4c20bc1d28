//! A matrix as a drawing: tasks down, parties across, a mark for each letter.

use std::fmt::Write;

use super::marks::{Holds, Kind, Mark, Notes, SIDE};
use super::rows::{Row, rows};
use super::text::{BOLD, escaped, line, lines, width};
use crate::document::Letter;
use crate::model::{ComponentId, PartyId};
use crate::query::{PartyGrid, Places};
use crate::report::palette::tone;
use crate::report::sheet::{absent_note, asked, model_title};

const EDGE: f64 = 36.0;
const TITLES: f64 = 360.0;
const COLUMN: f64 = 84.0;
const INDENT: f64 = 18.0;
const TEXT: f64 = 13.0;
const SMALL: f64 = 11.0;
const LEADING: f64 = 16.0;
/// So far beneath the names of the parties they are said again.
const AGAIN: f64 = 1000.0;

/// Draws a grid. The colours are those of the letters everywhere; each letter is shown as a letter too.
///
/// ```
/// # use rasci::{ComponentId, Policy, query::{GridAsk, Places}};
/// let policy = Policy::parse("model.yaml", "
/// rasci: 1
/// id: example
/// parties: { helpdesk: { title: The <helpdesk> } }
/// tasks: { restore: { assign: [{ A/R: helpdesk }] } }
/// ")?;
/// let grid = policy.party_grid(Places::One(ComponentId::SYSTEM), GridAsk::default());
/// assert!(rasci::report::svg::matrix(&grid).contains("&lt;helpdesk&gt;"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn matrix(grid: &PartyGrid<'_>) -> String {
    let model = grid.policy.model();
    let mut notes = Notes::default();
    let rows = rows(grid, &mut notes);
    let columns = Columns::new(grid, &rows);
    let heads: Vec<Vec<String>> = grid
        .parties
        .iter()
        .zip(&columns.widths)
        .map(|(party, width)| {
            let about = &model.party(*party).about;
            let title = about.title.as_deref().unwrap_or(&about.id);
            let absent = absent_note(grid.policy, *party, grid.ask.on).map(|note| format!(" ({note})")).unwrap_or_default();
            lines(&format!("{title}{absent}"), 12.0, width - 10.0)
        })
        .collect();
    let place = match grid.places {
        Places::One(component) if component != ComponentId::SYSTEM => {
            let about = &model.component(component).about;
            format!(", at {}", about.title.as_deref().unwrap_or(&about.id))
        }
        Places::One(_) | Places::Every => String::new(),
    };
    let heading = format!("{}{place}{}", model_title(model), asked(model, &grid.ask));
    let headings = lines(&heading, 22.0 * BOLD, columns.whole - 2.0 * EDGE);
    let mut body = String::new();
    let mut y = EDGE + 18.0;
    for text in &headings {
        line(&mut body, "title", EDGE, y, text);
        y += 28.0;
    }
    y = legend(&mut body, y + 8.0, columns.whole, &rows) + 4.0;
    let (top, mut drawn) = (y, String::new());
    y = columns.heads(&mut drawn, &heads, y);
    let mut named = y;
    for row in &rows {
        if row.title.is_some() && y > named + AGAIN {
            y = columns.heads(&mut drawn, &heads, y + 6.0);
            named = y;
        }
        y = columns.row(&mut drawn, row, y);
    }
    columns.bands(&mut body, (top, y));
    body.push_str(&drawn);
    y += 34.0;
    for (nth, note) in notes.all.iter().enumerate() {
        for (part, text) in lines(note, SMALL + 1.0, columns.whole - 2.0 * EDGE - 24.0).iter().enumerate() {
            if part == 0 {
                line(&mut body, "number", EDGE, y - 3.0, &(nth + 1).to_string());
            }
            line(&mut body, "note", EDGE + 20.0, y, text);
            y += LEADING;
        }
        y += 2.0;
    }
    frame(&heading, columns.whole, y + EDGE - LEADING, &body)
}

/// Where the columns of a drawing lie.
struct Columns {
    widths: Vec<f64>,
    none: f64,
    whole: f64,
}

impl Columns {
    fn new(grid: &PartyGrid<'_>, rows: &[Row]) -> Self {
        let wide = |marks: &[Mark]| marks.iter().map(Mark::width).sum::<f64>() + 14.0;
        let of = |nth: usize| rows.iter().filter_map(|row| row.parties.get(nth)).map(|marks| wide(marks)).fold(COLUMN, f64::max);
        let model = grid.policy.model();
        let word = |party: &PartyId| {
            let about = &model.party(*party).about;
            let words = about.title.as_deref().unwrap_or(&about.id).split([' ', '-']);
            words.map(|word| width(word, 12.0) + 16.0).fold(0.0, f64::max).min(2.0 * COLUMN)
        };
        let widths: Vec<f64> = grid.parties.iter().enumerate().map(|(nth, party)| of(nth).max(word(party))).collect();
        let none = rows.iter().map(|row| wide(&row.none) + 40.0).fold(COLUMN, f64::max);
        let whole = 2.0 * EDGE + TITLES + widths.iter().sum::<f64>() + none;
        Self { widths, none, whole }
    }

    /// Names the parties beneath this height; the height at which their rows begin.
    fn heads(&self, out: &mut String, heads: &[Vec<String>], top: f64) -> f64 {
        let tallest = heads.iter().map(|head| head.iter().map(|_| 15.0).sum::<f64>()).fold(15.0, f64::max);
        let y = top + 6.0 + tallest;
        let mut x = EDGE + TITLES;
        for (head, width) in heads.iter().zip(&self.widths) {
            for (nth, text) in (0..).map(f64::from).zip(head.iter().rev()) {
                line(out, "head", x + width / 2.0, y - nth * 15.0, text);
            }
            x += width;
        }
        line(out, "head", x + self.none / 2.0, y, "No party");
        rule(out, "strong", y + 12.0, self.whole);
        y + 12.0
    }

    /// Shades every second party, from its head to the last row, so that marks are found by their heads.
    fn bands(&self, out: &mut String, (top, bottom): (f64, f64)) {
        let mut x = EDGE + TITLES;
        for (nth, width) in self.widths.iter().enumerate() {
            if nth % 2 == 0 {
                let high = bottom - top;
                let _ = writeln!(out, r#"<rect class="band" x="{x:.1}" y="{top:.1}" width="{width:.1}" height="{high:.1}"/>"#);
            }
            x += width;
        }
    }

    /// Draws a row from this height on; the height at which it ends.
    fn row(&self, out: &mut String, row: &Row, top: f64) -> f64 {
        let indent = EDGE + f64::from(row.depth) * INDENT;
        let size = if row.depth == 0 { TEXT * BOLD } else { TEXT };
        let title = row
            .title
            .as_deref()
            .map(|title| lines(title, size, TITLES - 24.0 - f64::from(row.depth) * INDENT))
            .unwrap_or_default();
        let place = row
            .place
            .as_deref()
            .map(|place| lines(place, SMALL, TITLES - 32.0 - f64::from(row.depth) * INDENT))
            .unwrap_or_default();
        let high = title.iter().map(|_| LEADING).sum::<f64>() + place.iter().map(|_| LEADING - 2.0).sum::<f64>();
        let height = (high + 12.0).max(SIDE + 10.0);
        let middle = top + height / 2.0;
        let mut y = middle - high / 2.0 + 12.0;
        for text in &title {
            line(out, if row.depth == 0 { "task top" } else { "task" }, indent, y, text);
            y += LEADING;
        }
        for text in &place {
            line(out, "place", indent + 12.0, y - 1.0, text);
            y += LEADING - 2.0;
        }
        let mut x = EDGE + TITLES;
        if row.not_there == Holds::Always {
            line(out, "gone", x + (self.whole - x - EDGE) / 2.0, middle + 4.0, "not applicable");
        }
        for (marks, width) in row.parties.iter().zip(&self.widths) {
            let mut left = x + (width - marks.iter().map(Mark::width).sum::<f64>()) / 2.0;
            for mark in marks {
                mark.draw(out, left, middle);
                left += mark.width();
            }
            x += width;
        }
        let gone = if let Holds::Noted(note) = row.not_there { Some(note) } else { None };
        let mut left =
            x + (self.none - row.none.iter().map(Mark::width).sum::<f64>() - if gone.is_some() { 34.0 } else { 0.0 }) / 2.0;
        for mark in &row.none {
            mark.draw(out, left, middle);
            left += mark.width();
        }
        if let Some(note) = gone {
            line(out, "gone", left + 14.0, middle + 4.0, "n/a");
            line(out, "number", left + 24.0, middle - 4.0, &(note + 1).to_string());
        }
        if row.silent {
            line(out, "gone", x + self.none / 2.0, middle + 4.0, "silent");
        }
        rule(out, "rule", top + height, self.whole);
        top + height
    }
}

fn rule(out: &mut String, class: &str, y: f64, whole: f64) {
    let _ = writeln!(out, r#"<path class="{class}" d="M{EDGE} {y:.1}H{:.1}"/>"#, whole - EDGE);
}

/// What the marks say, in lines of this width; only of the kinds that are drawn. The height beneath it.
fn legend(out: &mut String, top: f64, whole: f64, rows: &[Row]) -> f64 {
    let (mut x, mut y) = (EDGE, top);
    let mut item = |mark: Option<&Mark>, words: &str| {
        let beside = mark.map_or(0.0, |mark| mark.width() + 6.0);
        let wide = beside + width(words, SMALL + 1.0) + 20.0;
        if x + wide > whole - EDGE && x > EDGE {
            (x, y) = (EDGE, y + SIDE + 8.0);
        }
        if let Some(mark) = mark {
            mark.draw(out, x, y);
        }
        line(out, "note", x + beside, y + 4.0, words);
        x += wide;
    };
    let marks = || rows.iter().flat_map(|row| row.parties.iter().flatten().chain(&row.none));
    for letter in Letter::ALL {
        if marks().any(|mark| mark.letter == letter && mark.kind == Kind::Held) {
            item(Some(&Mark { letter, kind: Kind::Held, note: None }), letter.word());
        }
    }
    if let Some(mark) = marks().find(|mark| mark.kind == Kind::Held && mark.note.is_some()) {
        // The dashes are those of a note; the note itself stands beneath the grid.
        item(Some(mark), "in some cases, as its note says");
    }
    for (kind, words) in [(Kind::Nobody, "nobody, and the model says so"), (Kind::Silent, "nobody is named")] {
        if let Some(mark) = marks().find(|mark| mark.kind == kind) {
            item(Some(&Mark { note: None, ..mark.clone() }), words);
        }
    }
    item(None, "Of a letter not shown the model is silent.");
    y + SIDE + 8.0
}

fn frame(title: &str, width: f64, height: f64, body: &str) -> String {
    let mut style = String::new();
    let mut dark = String::new();
    for letter in Letter::ALL {
        let (name, tone) = (letter.as_str(), tone(letter));
        let rule = |colour: &str| format!(".chip.{name},.t{name}{{fill:{colour}}}.some.{name},.none.{name}{{stroke:{colour}}}\n");
        style.push_str(&rule(tone.light));
        dark.push_str(&rule(tone.dark));
    }
    let title = escaped(title);
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0}" height="{height:.0}" viewBox="0 0 {width:.0} {height:.0}" role="img" aria-label="{title}">
<title>{title}</title>
<style>
text{{font:{TEXT}px system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue","Noto Sans","DejaVu Sans",sans-serif;fill:#1b1f24}}
.paper{{fill:#fbfbf9;stroke:#dcdfe3}}.title{{font-size:22px;font-weight:650}}.top{{font-weight:550}}
.head{{font-size:12px;text-anchor:middle}}.place,.note{{font-size:{SMALL}px;fill:#57606a}}.note{{font-size:12px}}
.number{{font-size:9px;fill:#57606a}}.gone{{font-size:11px;fill:#57606a;text-anchor:middle;font-style:italic}}
.on,.mark,.silent{{font-weight:650;text-anchor:middle}}.on{{fill:#fff}}.silent{{font-weight:400;font-size:11px;fill:#57606a}}
.some,.none{{fill:none;stroke-width:1.75}}.some{{stroke-dasharray:3.2 2.4}}
.rule{{stroke:#dcdfe3}}.strong{{stroke:#8b939c}}.gap{{fill:none;stroke:#8b939c}}.band{{fill:#1b1f24;fill-opacity:.035}}
{style}@media(prefers-color-scheme:dark){{text{{fill:#e8eaed}}.paper{{fill:#14171b;stroke:#343a42}}.on{{fill:#10141a}}
.place,.note,.number,.gone,.silent{{fill:#a3abb5}}.rule{{stroke:#343a42}}.strong,.gap{{stroke:#6c757f}}.band{{fill:#e8eaed}}{dark}}}
</style>
<rect class="paper" x=".5" y=".5" width="{:.0}" height="{:.0}" rx="10"/>
{body}</svg>
"#,
        width - 1.0,
        height - 1.0,
    )
}
