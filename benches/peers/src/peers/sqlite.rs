//! SQLite, in memory: what is said is a table in the order of its primary key, and statements are prepared once.
//!
//! Two ways: the caller walks up the trees and looks each cell up; or one statement does, over tables of what is above what. Bound values
//! must not make a statement be planned anew (the stability guarantee of the planner), there are no statistics, and one transaction stays
//! open: without these it takes three to ten times as long.

use rusqlite::config::DbConfig;
use rusqlite::{Connection, Statement};

use super::{Party, Peer};
use crate::facts::{Ask, Facts, Tree};

const TABLES: &str = "
CREATE TABLE said (task INTEGER, component INTEGER, letter INTEGER, party INTEGER, PRIMARY KEY (task, component, letter, party)) WITHOUT ROWID;
CREATE TABLE task_above (place INTEGER, steps INTEGER, above INTEGER, PRIMARY KEY (place, steps)) WITHOUT ROWID;
CREATE TABLE component_above (place INTEGER, steps INTEGER, above INTEGER, PRIMARY KEY (place, steps)) WITHOUT ROWID;
";

const LOOK_UP: &str = "SELECT party FROM said WHERE task = ?1 AND component = ?2 AND letter = ?3";

const ONE: &str = "
WITH nearest AS (
    SELECT t.above AS task, c.above AS component FROM task_above t CROSS JOIN component_above c
    WHERE t.place = ?1 AND c.place = ?2
      AND EXISTS (SELECT 1 FROM said WHERE task = t.above AND component = c.above AND letter = ?3)
    ORDER BY t.steps, c.steps LIMIT 1
)
SELECT party FROM nearest JOIN said USING (task, component) WHERE letter = ?3";

/// The database.
pub struct Shared(Connection);

impl Shared {
    pub fn new(facts: &Facts) -> rusqlite::Result<Self> {
        let database = Connection::open_in_memory()?;
        database.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        database.execute_batch(TABLES)?;
        database.execute_batch("BEGIN")?;
        let mut insert = database.prepare("INSERT INTO said VALUES (?1, ?2, ?3, ?4)")?;
        for said in &facts.said {
            for party in &said.parties {
                insert.execute([said.task, said.component, said.letter, *party].map(number))?;
            }
        }
        for (table, tree) in [("task_above", &facts.tasks), ("component_above", &facts.components)] {
            let mut insert = database.prepare(&format!("INSERT INTO {table} VALUES (?1, ?2, ?3)"))?;
            for place in 0..tree.names.len() {
                for (steps, above) in tree.path(place).enumerate() {
                    insert.execute([place, steps, above].map(number))?;
                }
            }
        }
        drop(insert);
        database.execute_batch("COMMIT; BEGIN")?;
        Ok(Self(database))
    }
}

fn number(place: usize) -> i64 {
    i64::try_from(place).expect("fits")
}

fn place(number: i64) -> usize {
    usize::try_from(number).expect("fits")
}

/// The caller walks.
pub struct LookUps<'f> {
    statement: Statement<'f>,
    tasks: &'f Tree,
    components: &'f Tree,
    asks: &'f [Ask],
}

impl<'f> LookUps<'f> {
    pub fn new(shared: &'f Shared, facts: &'f Facts, asks: &'f [Ask]) -> rusqlite::Result<Self> {
        Ok(Self { statement: shared.0.prepare(LOOK_UP)?, tasks: &facts.tasks, components: &facts.components, asks })
    }

    fn each(&mut self, nth: usize, mut see: impl FnMut(usize)) -> rusqlite::Result<()> {
        let ask = &self.asks[nth];
        for task in self.tasks.path(ask.task) {
            for component in self.components.path(ask.component) {
                let mut found = false;
                let mut rows = self.statement.query([task, component, ask.letter].map(number))?;
                while let Some(row) = rows.next()? {
                    found = true;
                    see(place(row.get(0)?));
                }
                if found {
                    return Ok(());
                }
            }
        }
        Ok(())
    }
}

impl Peer for LookUps<'_> {
    fn who(&mut self, nth: usize, mut see: impl FnMut(Party<'_>)) {
        self.each(nth, |party| see(Party::Number(party))).expect("it answers");
    }

    fn holds(&mut self, nth: usize) -> bool {
        let (asked, mut found) = (self.asks[nth].party, false);
        self.each(nth, |party| found |= party == asked).expect("it answers");
        found
    }
}

/// The statement walks.
pub struct OneStatement<'f> {
    statement: Statement<'f>,
    asks: &'f [Ask],
}

impl<'f> OneStatement<'f> {
    pub fn new(shared: &'f Shared, asks: &'f [Ask]) -> rusqlite::Result<Self> {
        Ok(Self { statement: shared.0.prepare(ONE)?, asks })
    }

    fn each(&mut self, nth: usize, mut see: impl FnMut(usize)) -> rusqlite::Result<()> {
        let ask = &self.asks[nth];
        let mut rows = self.statement.query([ask.task, ask.component, ask.letter].map(number))?;
        while let Some(row) = rows.next()? {
            see(place(row.get(0)?));
        }
        Ok(())
    }
}

impl Peer for OneStatement<'_> {
    fn who(&mut self, nth: usize, mut see: impl FnMut(Party<'_>)) {
        self.each(nth, |party| see(Party::Number(party))).expect("it answers");
    }

    fn holds(&mut self, nth: usize) -> bool {
        let (asked, mut found) = (self.asks[nth].party, false);
        self.each(nth, |party| found |= party == asked).expect("it answers");
        found
    }
}
