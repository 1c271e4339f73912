//! Fresh databases for tests, on both engines.

use std::sync::Arc;

use postern_model::testing::FakeClock;

use crate::Store;

/// A fresh, migrated database that goes away when this is dropped.
pub struct TestStore {
    store: Store,
    /// The store's clock: it stands still until a test moves it.
    pub clock: Arc<FakeClock>,
}

impl TestStore {
    /// On SQLite, in a temporary folder.
    pub async fn sqlite() -> Self {
        unimplemented!()
    }

    /// On PostgreSQL, cloned from a migrated template on the server of this URL.
    pub async fn postgres(_url: &str) -> Self {
        unimplemented!()
    }

    /// The store.
    pub fn store(&self) -> Store {
        self.store.clone()
    }
}

impl std::ops::Deref for TestStore {
    type Target = Store;

    fn deref(&self) -> &Store {
        &self.store
    }
}

/// The PostgreSQL server for tests (`POSTERN_TEST_POSTGRES_URL`, set by `scripts/with-postgres`), if there is one.
pub fn postgres_url() -> Option<String> {
    unimplemented!()
}

/// One fresh store for each engine; PostgreSQL is left out, with a line that says so, where no server is given.
pub async fn engines() -> Vec<TestStore> {
    unimplemented!()
}
