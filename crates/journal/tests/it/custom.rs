//! Events of a team's own. That one is published once for an `Idempotency-Key` is the API's promise, not the journal's.

use postern_journal::NewIntegration;
use postern_model::EventKind;
use serde_json::json;

use crate::house::{House, told_alike};
use crate::wishes::webhook;

#[tokio::test]
async fn an_event_goes_to_those_that_name_its_type() {
    let story = told_alike(async |house: &mut House| {
        let (journal, mia) = (house.journal.clone(), house.mia.clone());
        house.settle().await;
        let payload = json!({"number": 1.50, "name": "größer"});
        let event = journal.publish(&mia, "build.finished", payload).await;
        assert_eq!(
            event.unwrap().custom_type.as_deref(),
            Some("build.finished")
        );
        house
            .tells("publish where nobody listens: accepted all the same")
            .await;

        for (name, types) in [
            ("All", vec![]),
            ("Builds", vec!["build.*"]),
            ("Ends", vec!["deploy.started", "*.finished"]),
            ("Deploys", vec!["deploy.*"]),
        ] {
            let mut new: NewIntegration = webhook(name, EventKind::Custom);
            new.options.types = types.into_iter().map(str::to_owned).collect();
            house.subscribes_as(new).await;
        }
        house.settle().await;
        for kind in ["build.finished", "deploy.started", "else"] {
            journal.publish(&mia, kind, json!(null)).await.unwrap();
            house.tells(kind).await;
        }
    });
    insta::assert_snapshot!(story.await);
}

#[tokio::test]
async fn a_payload_is_told_as_it_came() {
    let house = House::sqlite().await;
    let text = r#"{"b":1.0,"a":[12345678901234567890123,null],"b2":"\u0000 ü"}"#;
    let payload: serde_json::Value = serde_json::from_str(text).unwrap();
    let published = house.journal.publish(&house.mia, "any", payload);
    published.await.unwrap();
    let body = crate::house::newest_body(&house, EventKind::Custom).await;
    assert_eq!(body.to_string(), text);
}
