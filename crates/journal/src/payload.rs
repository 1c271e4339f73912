//! What receivers are sent: exactly the documented fields, all of them, `""` where a thing has none.

use postern_collection::Document;
use postern_model::{Activity, Collection, Environment, Monitor, Run, RunDetail, User};
use serde_json::{Map, Value, json};

use crate::collections::Saved;

/// `{"collection": <the whole document>}`: posting it to `POST /api/collections` restores the collection.
pub(crate) fn backup(document: Document) -> Value {
    let mut fields = Map::new();
    fields.insert("collection".to_owned(), document.into_value());
    Value::Object(fields)
}

/// The details of a backup.
pub(crate) fn backup_detail(collection: &Collection, workspace: &str, saved: &Saved) -> Value {
    json!({
        "collection_uid": collection.uid().to_string(),
        "version": collection.version,
        "hash": collection.hash.to_string(),
        "saved_at": collection.updated_at.to_rfc3339(),
        "saved_by": saved.by,
        "message": saved.message,
        "workspace_name": workspace,
    })
}

/// An activity of a collection or a team.
pub(crate) fn activity(activity: &Activity) -> Value {
    json!({
        "action": activity.action.as_str(),
        "collection_name": activity.collection_name,
        "collection_uid": activity.collection_uid,
        "message": activity.message,
        "model": activity.model.as_str(),
        "model_name": activity.model_name,
        "model_uid": activity.model_uid,
        "user_id": activity.user.to_string(),
        "user_name": activity.user_name,
    })
}

/// The details of an activity.
pub(crate) fn activity_detail(activity: &Activity) -> Value {
    json!({
        "activity_id": activity.id.to_string(),
        "workspace_id": activity.workspace.map(|id| id.to_string()),
        "version": activity.version,
        "detail": activity.detail,
        "happened_at": activity.created_at.to_rfc3339(),
    })
}

/// A run that has ended, and all around it.
pub(crate) struct Result<'a> {
    pub(crate) monitor: &'a Monitor,
    pub(crate) collection: Option<&'a Collection>,
    pub(crate) environment: Option<&'a Environment>,
    pub(crate) user: Option<&'a User>,
    pub(crate) run: &'a Run,
}

/// The result of a monitor's run.
pub(crate) fn results(result: &Result<'_>) -> Value {
    let stats = &result.run.stats;
    let text = |text: Option<String>| text.unwrap_or_default();
    json!({
        "collection_name": text(result.collection.map(|collection| collection.name.clone())),
        "collection_uid": text(result.collection.map(|collection| collection.uid().to_string())),
        "environment_name": text(result.environment.map(|environment| environment.name.clone())),
        "environment_uid": text(result.environment.map(|environment| environment.uid().to_string())),
        "metrics": {
            "errors": stats.errors,
            "failedTests": stats.assertions_failed,
            "passedTests": stats.assertions_total.saturating_sub(stats.assertions_failed),
            "requestCount": stats.requests_total,
            "totalLatency": stats.response_latency_ms,
            "warnings": stats.warnings,
        },
        "monitor_name": result.monitor.name,
        "monitor_uid": result.monitor.uid().to_string(),
        "user_id": text(result.user.map(|user| user.id.to_string())),
        "user_name": text(result.user.map(|user| user.full_name.clone())),
    })
}

/// The details of a run's result.
pub(crate) fn results_detail(
    result: &Result<'_>,
    detail: &RunDetail,
    before: u32,
    after: u32,
) -> Value {
    let run = result.run;
    json!({
        "run_id": run.id.to_string(),
        "status": run.status.as_str(),
        "trigger": run.trigger.as_str(),
        "started_at": run.started_at.map(postern_model::Timestamp::to_rfc3339),
        "finished_at": run.finished_at.map(postern_model::Timestamp::to_rfc3339),
        "failures_in_a_row": after,
        "failures_in_a_row_before": before,
        "notifications": result.monitor.options.notifications,
        "failures": detail.failures.iter().take(100).collect::<Vec<_>>(),
    })
}
