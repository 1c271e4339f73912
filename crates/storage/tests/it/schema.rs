//! The schema: every statement fits it, and it only goes forward.

use std::sync::Arc;

use postern_model::testing::FakeClock;
use postern_storage::testing::{TestStore, sealer};
use postern_storage::{Migrated, MigrationError, Store, StoreConfig};

use crate::on_both_engines;

/// The schema's version.
const KNOWN: i64 = 19;

on_both_engines! {
    async fn every_statement_prepares(store) {
        let refused = store.refused_statements().await;
        assert!(refused.is_empty(), "{refused:#?}");
    }

    async fn migrating_again_changes_nothing(store) {
        assert_eq!(store.migrate().await.unwrap(), Migrated { from: KNOWN, to: KNOWN });
        store.check_schema().await.unwrap();
        assert_eq!(store.count("schema_migrations").await, KNOWN + 1);
        assert_eq!(store.count("shards").await, 256);
    }

    async fn a_newer_schema_is_refused(store) {
        store
            .execute_raw("INSERT INTO schema_migrations (version, name, applied_at) VALUES (999, 'future', 0)")
            .await;
        for error in [store.migrate().await.unwrap_err(), store.check_schema().await.unwrap_err()] {
            assert!(matches!(error, MigrationError::Newer { found: 999, known: KNOWN }), "{error}");
        }
    }

    async fn an_older_schema_is_refused_where_migrating_is_forbidden(store) {
        store.execute_raw("DELETE FROM schema_migrations WHERE version > 0").await;
        let error = store.check_schema().await.unwrap_err();
        assert!(matches!(error, MigrationError::Older { found: 0, known: KNOWN }), "{error}");
    }

    async fn a_migration_that_fails_leaves_the_schema_as_it_was(store) {
        // The tables are there although no migration says so: creating them again must fail, and change nothing.
        store.execute_raw("DELETE FROM schema_migrations WHERE version > 0").await;
        let error = store.migrate().await.unwrap_err();
        assert!(matches!(error, MigrationError::Apply { name: "0001_first", .. }), "{error}");
        assert_eq!(store.count("schema_migrations").await, 1);
        assert_eq!(store.count("shards").await, 256);
    }
}

#[tokio::test]
async fn an_empty_file_has_no_schema_until_it_is_migrated() {
    let folder = tempfile::tempdir().unwrap();
    let config = StoreConfig::sqlite(folder.path().join("postern.db"));
    let store = Store::open(&config, sealer(), Arc::new(FakeClock::default()))
        .await
        .unwrap();
    assert!(matches!(
        store.check_schema().await.unwrap_err(),
        MigrationError::Older { found: 0, .. }
    ));
    assert_eq!(
        store.migrate().await.unwrap(),
        Migrated { from: 0, to: KNOWN }
    );
    store.check_schema().await.unwrap();
}

/// The two schemas are written by hand: the same tables with the same columns, or a repository works on one engine only.
#[test]
fn both_engines_have_the_same_tables_and_columns() {
    let [sqlite, postgres] = ["sqlite", "postgres"].map(|engine| {
        let folder = format!("{}/migrations/{engine}", env!("CARGO_MANIFEST_DIR"));
        let mut files: Vec<_> = std::fs::read_dir(folder)
            .unwrap()
            .map(|file| file.unwrap().path())
            .collect();
        files.sort();
        assert_eq!(i64::try_from(files.len()).unwrap(), KNOWN);
        let texts = files
            .iter()
            .map(|file| std::fs::read_to_string(file).unwrap());
        columns(&texts.collect::<String>())
    });
    assert_eq!(sqlite, postgres);
    assert!(sqlite.len() > 100, "the schema was not read");
}

/// `table.column` of each column and `table.(…)` of each key, and the indexes, in the order of the file.
fn columns(text: &str) -> Vec<String> {
    let mut table = "";
    let mut found = Vec::new();
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("CREATE TABLE ") {
            table = rest.trim_end_matches(" (");
        } else if line.starts_with("ALTER TABLE ") {
            // ALTER TABLE table ADD COLUMN name type …
            found.push(line.split(' ').take(6).collect::<Vec<_>>().join(" "));
        } else if line.starts_with("CREATE ") {
            found.push(line.to_owned());
        } else if let Some(column) = line.strip_prefix("    ") {
            let name = column.split(' ').next().unwrap_or_default();
            let null = if column.contains("NOT NULL") {
                "!"
            } else {
                "?"
            };
            found.push(format!("{table}.{name}{null}"));
        }
    }
    found
}

#[tokio::test]
async fn two_nodes_that_migrate_at_once_take_turns() {
    let Some(url) = postern_storage::testing::postgres_url() else {
        eprintln!("left out: POSTERN_TEST_POSTGRES_URL is not set (scripts/with-postgres sets it)");
        return;
    };
    let store = TestStore::postgres(&url).await;
    store.execute_raw("DROP SCHEMA public CASCADE").await;
    store.execute_raw("CREATE SCHEMA public").await;
    let (one, other) = tokio::join!(store.migrate(), store.migrate());
    let (one, other) = (one.unwrap(), other.unwrap());
    assert_eq!((one.to, other.to), (KNOWN, KNOWN));
    assert_eq!(store.count("shards").await, 256);
}

#[tokio::test]
async fn no_statement_goes_through_a_table_that_grows() {
    let store = TestStore::sqlite().await;
    let scans = store.scans().await;
    let mut told: Vec<String> = scans
        .iter()
        // What comes with the statement itself.
        .filter(|(_, line)| {
            !["VALUES", "CONSTANT", "(subquery"]
                .iter()
                .any(|it| line.contains(it))
        })
        .map(|(name, line)| format!("{}: {line}", name.trim_start_matches("postern_storage::")))
        .collect();
    told.sort();
    told.dedup();
    insta::assert_snapshot!(told.join("\n"));
}
