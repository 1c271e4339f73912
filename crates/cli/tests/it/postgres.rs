//! Fresh databases on the tests' PostgreSQL.

use std::time::Duration;

use postern_storage::EngineConfig;
use postern_storage::testing::TestStore;

/// What names the tests' PostgreSQL.
const NAMED: &str = "POSTERN_TEST_POSTGRES_URL";

/// Whether there is a PostgreSQL for tests; if not, a line says so.
#[expect(
    clippy::print_stdout,
    reason = "a test that doesn't run says so to who runs it"
)]
pub(crate) fn is_there() -> bool {
    let there = std::env::var_os(NAMED).is_some();
    if !there {
        println!("skipped: {NAMED} names no PostgreSQL (scripts/with-postgres starts one)");
    }
    there
}

/// A fresh database, gone when this is dropped.
pub(crate) struct Database(TestStore);

impl Database {
    /// One on the server that `POSTERN_TEST_POSTGRES_URL` names; if it names none, `None` and a line that says so.
    pub(crate) async fn fresh() -> Option<Self> {
        if !is_there() {
            return None;
        }
        let url = std::env::var_os(NAMED)?;
        let url = url.to_str().expect("a URL").to_owned();
        Some(Self(TestStore::postgres(&url).await))
    }

    /// Where it is.
    pub(crate) fn url(&self) -> &str {
        match &self.0.config().engine {
            EngineConfig::Postgres(config) => &config.url,
            EngineConfig::Sqlite(_) => panic!("it is on PostgreSQL"),
        }
    }

    /// How many servers say that they work on it.
    pub(crate) async fn nodes(&self) -> usize {
        let mut tx = self.0.read().await.expect("a unit of work");
        let nodes = tx.nodes().live(Duration::from_hours(1)).await;
        nodes.expect("the nodes").len()
    }
}
