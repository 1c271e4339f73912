//! Fresh databases on the tests' PostgreSQL.

use std::time::Duration;

use postern_storage::EngineConfig;
use postern_storage::testing::TestStore;

/// A fresh database, gone when this is dropped.
pub(crate) struct Database(TestStore);

impl Database {
    /// One on the server that `POSTERN_TEST_POSTGRES_URL` names; if it names none, `None` and a line that says so.
    #[expect(
        clippy::print_stdout,
        reason = "a test that doesn't run says so to who runs it"
    )]
    pub(crate) async fn fresh() -> Option<Self> {
        let Some(url) = std::env::var_os("POSTERN_TEST_POSTGRES_URL") else {
            println!(
                "skipped: POSTERN_TEST_POSTGRES_URL names no PostgreSQL (scripts/with-postgres starts one)"
            );
            return None;
        };
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
