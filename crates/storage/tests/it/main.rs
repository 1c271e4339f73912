//! The stories of storage, each told on both engines.
#![expect(
    clippy::unwrap_used,
    reason = "a story that can't go on has failed, and its functions are not marked as tests themselves"
)]

mod collections;
mod deliveries;
mod feed;
mod health;
mod inboxes;
mod incoming_hooks;
mod integrations;
mod keys;
mod leases;
mod monitors;
mod one_process;
mod people;
mod purge;
mod replay;
mod runs;
mod schema;
mod sending;
mod unit_of_work;
mod world;

/// Tells each story on a fresh SQLite file and on a fresh PostgreSQL database.
macro_rules! on_both_engines {
    ($(async fn $name:ident($store:ident) $body:block)+) => {$(
        async fn $name($store: &postern_storage::testing::TestStore) $body

        mod $name {
            use postern_storage::testing::{TestStore, postgres_url};

            #[tokio::test]
            async fn sqlite() {
                super::$name(&TestStore::sqlite().await).await;
            }

            #[tokio::test]
            async fn postgres() {
                match postgres_url() {
                    Some(url) => super::$name(&TestStore::postgres(&url).await).await,
                    None => eprintln!("left out: POSTERN_TEST_POSTGRES_URL is not set (scripts/with-postgres sets it)"),
                }
            }
        }
    )+};
}
pub(crate) use on_both_engines;
