//! What is not there, or is another team's.

use postern_journal::NewSecret;
use postern_model::{
    ApiKeyId, CollectionId, DeliveryId, EnvironmentId, EventKind, IntegrationId, MonitorId,
    WorkspaceId,
};
use serde_json::json;

use super::{NOBODY, refuses};
use crate::house::houses;
use crate::wishes::{document, environment, monitor, webhook, workspace};

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    for house in houses().await {
        let (j, mia) = (&house.journal, &house.mia);
        let (empty, none) = (document("New", json!([])), environment("New", json!([])));
        let space = || workspace("New", "");
        let hook = || webhook("New", EventKind::CollectionBackup);
        let petstore = house.collection("Petstore", json!([])).await;
        let nightly = || monitor("Nightly", house.main, petstore.id);
        let [no_workspace, no_collection, no_environment] = [
            "find the workspace",
            "find the collection",
            "find the environment",
        ];
        let [no_monitor, no_integration, no_delivery] = [
            "find the monitor",
            "find the integration",
            "find the delivery",
        ];
        let place = WorkspaceId(NOBODY);

        let result = j.create_collection(mia, place, empty.clone());
        refuses(&house, "create_collection", result, no_workspace).await;
        let id = CollectionId(NOBODY);
        let result = j.replace_collection(mia, id, empty.clone(), None);
        refuses(&house, "replace_collection", result, no_collection).await;
        let result = j.delete_collection(mia, id);
        refuses(&house, "delete_collection", result, no_collection).await;

        let result = j.create_environment(mia, place, none.clone());
        refuses(&house, "create_environment", result, no_workspace).await;
        let id = EnvironmentId(NOBODY);
        let result = j.replace_environment(mia, id, none);
        refuses(&house, "replace_environment", result, no_environment).await;
        let result = j.delete_environment(mia, id);
        refuses(&house, "delete_environment", result, no_environment).await;

        let result = j.update_workspace(mia, place, space());
        refuses(&house, "update_workspace", result, no_workspace).await;
        let result = j.delete_workspace(mia, place);
        refuses(&house, "delete_workspace", result, no_workspace).await;
        let result = j.delete_api_key(mia, ApiKeyId(NOBODY));
        refuses(&house, "delete_api_key", result, "find the API key").await;

        let id = MonitorId(NOBODY);
        let result = j.replace_monitor(mia, id, nightly());
        refuses(&house, "replace_monitor", result, no_monitor).await;
        let result = j.delete_monitor(mia, id);
        refuses(&house, "delete_monitor", result, no_monitor).await;
        let result = j.request_run(mia, id);
        refuses(&house, "request_run", result, no_monitor).await;

        let id = IntegrationId(NOBODY);
        let result = j.replace_integration(mia, id, hook());
        Box::pin(refuses(
            &house,
            "replace_integration",
            result,
            no_integration,
        ))
        .await;
        let result = j.delete_integration(mia, id);
        refuses(&house, "delete_integration", result, no_integration).await;
        let result = j.pause_integration(mia, id);
        refuses(&house, "pause_integration", result, no_integration).await;
        let result = j.resume_integration(mia, id, None);
        refuses(&house, "resume_integration", result, no_integration).await;
        let result = j.rotate_secret(mia, id, NewSecret::default());
        refuses(&house, "rotate_secret", result, no_integration).await;
        let result = j.test_integration(mia, id);
        refuses(&house, "test_integration", result, no_integration).await;

        let id = DeliveryId(NOBODY);
        refuses(&house, "redeliver", j.redeliver(mia, id), no_delivery).await;
        let result = j.release_delivery(mia, id);
        refuses(&house, "release_delivery", result, no_delivery).await;
        let result = j.cancel_delivery(mia, id);
        refuses(&house, "cancel_delivery", result, no_delivery).await;

        // What another team has is not there either.
        let stan = &house.stranger;
        let result = j.replace_collection(stan, petstore.id, empty, None);
        refuses(&house, "a stranger's replace", result, no_collection).await;
        let result = j.delete_collection(stan, petstore.id);
        refuses(&house, "a stranger's delete", result, no_collection).await;
        let result = j.delete_workspace(stan, house.main);
        refuses(&house, "a stranger's delete", result, no_workspace).await;
        let result = j.create_monitor(stan, nightly());
        refuses(&house, "a stranger's monitor", result, no_workspace).await;
        let mut narrow = hook();
        narrow.collection = Some(petstore.id);
        let result = j.create_integration(stan, narrow);
        refuses(&house, "a stranger's integration", result, no_collection).await;
    }
}
