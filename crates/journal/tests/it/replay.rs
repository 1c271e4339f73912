//! A real collection's history, told by the journal.

use std::path::PathBuf;

use postern_collection::{Document, diff};
use postern_model::EventKind;
use postern_storage::{ActivityFilter, PageRequest};

use crate::house::{houses, newest_body};

/// The states of a public collection, where they are at hand beside the repository.
#[expect(clippy::print_stdout, reason = "a skipped test says why")]
fn states() -> Vec<Document> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/collections/adyen-legal-entity-v3");
    let mut states = Vec::new();
    for number in 1.. {
        let Ok(bytes) = std::fs::read(folder.join(format!("{number:02}.json"))) else {
            break;
        };
        states.push(Document::parse(&bytes).unwrap());
    }
    if states.is_empty() {
        println!("skipped: the public collection adyen-legal-entity-v3 is not at hand");
    }
    states
}

#[tokio::test]
async fn each_step_of_a_real_history_tells_what_its_difference_says() {
    let states = states();
    let Some((first, rest)) = states.split_first() else {
        return;
    };
    assert_eq!(states.len(), 7);
    for house in houses().await {
        let (journal, mia) = (&house.journal, &house.mia);
        let feed = house.subscribes("Feed", EventKind::CollectionActivity);
        let feed = [feed.await];
        house
            .subscribes("Backups", EventKind::CollectionBackup)
            .await;
        let made = journal.create_collection(mia, house.main, first.clone());
        let id = made.await.unwrap().id;
        let messages = async || {
            let mut tx = house.read().await;
            let filter = ActivityFilter {
                collection: Some(id),
                ..ActivityFilter::default()
            };
            let page = PageRequest::first(100_000);
            let page = tx.activities().list(mia.team, &filter, page).await;
            page.unwrap().items.len()
        };
        assert_eq!(messages().await, 1);

        for state in rest {
            // The collection crate's own word, between what is stored and what comes.
            let before = house.document(id).await;
            let mut coming = state.clone();
            coming.adopt_ids(&before);
            coming.set_info(&id.to_string());
            let told = diff(&before, &coming).changes.len();
            assert!(told > 0);
            let (activities, deliveries) = (messages().await, house.waiting(&feed).await[0]);

            let replaced = journal.replace_collection(mia, id, state.clone(), None);
            replaced.await.unwrap();
            assert_eq!(messages().await - activities, told);
            let delivered = house.waiting(&feed).await[0] - deliveries;
            assert_eq!(usize::try_from(delivered).unwrap(), told);

            let again = journal.replace_collection(mia, id, state.clone(), None);
            again.await.unwrap();
            assert_eq!(messages().await - activities, told, "told once");
        }

        let backup = newest_body(&house, EventKind::CollectionBackup).await;
        let backup = Document::from_value(backup).unwrap();
        assert_eq!(backup, house.document(id).await);
        let mut last = states[6].clone();
        last.adopt_ids(&backup);
        last.set_info(&id.to_string());
        assert_eq!(backup, last, "nothing of the document is lost");
    }
}
