//! Activities of whatever is not inside a collection.

use postern_model::{Action, Activity, Model, Timestamp, WorkspaceId};
use serde_json::Value;

use super::sentence;
use crate::Actor;
use crate::entry::NO_ID;

/// An environment, a monitor, an integration, a workspace or a key was created, changed or deleted.
pub(crate) fn of_thing(
    actor: &Actor,
    action: Action,
    (model, name, uid): (Model, &str, String),
    workspace: Option<WorkspaceId>,
    now: Timestamp,
) -> Activity {
    Activity {
        id: NO_ID,
        team: actor.team,
        workspace,
        collection: None,
        collection_uid: String::new(),
        collection_name: String::new(),
        user: actor.user,
        user_name: actor.name.clone(),
        action,
        model,
        model_name: name.to_owned(),
        model_uid: uid,
        message: sentence(&actor.name, action, model, name, None),
        version: None,
        detail: Value::Null,
        created_at: now,
    }
}
