//! Activities of whatever is not inside a collection.

use postern_model::{Action, Activity, Model, Timestamp, Workspace, WorkspaceId};
use serde_json::{Value, json};

use super::{noun, sentence};
use crate::Actor;
use crate::entry::NO_ID;

/// An environment, a monitor, an integration, a workspace or a key, as the feed names it.
#[derive(Debug, Clone)]
pub(crate) struct Thing<'a> {
    pub(crate) model: Model,
    pub(crate) name: &'a str,
    pub(crate) uid: String,
    pub(crate) workspace: Option<WorkspaceId>,
}

/// What somebody's change made of a thing; each becomes a line of its own.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Changed<'a> {
    /// The name that it had, where it has another.
    pub(crate) renamed_from: Option<&'a str>,
    /// It was paused or resumed.
    pub(crate) switched: Option<Action>,
    /// Something else is different.
    pub(crate) otherwise: bool,
}

impl Thing<'_> {
    /// It was created, deleted or the like.
    pub(crate) fn was(&self, actor: &Actor, action: Action, now: Timestamp) -> Activity {
        Activity {
            id: NO_ID,
            team: actor.team,
            workspace: self.workspace,
            collection: None,
            collection_uid: String::new(),
            collection_name: String::new(),
            user: actor.user,
            user_name: actor.name.clone(),
            action,
            model: self.model,
            model_name: self.name.to_owned(),
            model_uid: self.uid.clone(),
            message: sentence(&actor.name, action, self.model, self.name, None),
            version: None,
            detail: Value::Null,
            created_at: now,
        }
    }

    /// It was changed.
    pub(crate) fn was_changed(
        &self,
        actor: &Actor,
        changed: Changed<'_>,
        now: Timestamp,
    ) -> Vec<Activity> {
        let mut activities = Vec::new();
        if let Some(old) = changed.renamed_from {
            let mut renamed = self.was(actor, Action::Rename, now);
            let noun = noun(self.model);
            renamed.message = format!("{} renamed the {noun} {old} to {}", actor.name, self.name);
            renamed.detail = json!({"oldName": old});
            activities.push(renamed);
        }
        if let Some(action) = changed.switched {
            activities.push(self.was(actor, action, now));
        }
        if changed.otherwise {
            activities.push(self.was(actor, Action::Update, now));
        }
        activities
    }

    /// It lies in another workspace, this one, now.
    pub(crate) fn was_moved(
        &self,
        actor: &Actor,
        from: WorkspaceId,
        to: &Workspace,
        now: Timestamp,
    ) -> Activity {
        moved(self.was(actor, Action::Move, now), from, to)
    }

    /// Postern switched it off.
    pub(crate) fn was_disabled(&self, actor: &Actor, reason: &str, now: Timestamp) -> Activity {
        let mut activity = self.was(actor, Action::Disable, now);
        activity.message = format!("{}: {reason}", activity.message);
        activity.detail = json!({"reason": reason});
        activity
    }
}

/// The line of a thing that lies in another workspace now.
pub(crate) fn moved(activity: Activity, from: WorkspaceId, to: &Workspace) -> Activity {
    Activity {
        workspace: Some(to.id),
        message: format!("{} to the workspace {}", activity.message, to.name),
        detail: json!({"from": from.to_string(), "to": to.id.to_string()}),
        ..activity
    }
}

/// The line of a thing that came from another tool.
pub(crate) fn imported(activity: Activity, from: &str) -> Activity {
    Activity {
        message: format!(
            "{} imported the {} {} from {from}",
            activity.user_name,
            noun(activity.model),
            activity.model_name
        ),
        detail: json!({"importedFrom": from}),
        ..activity
    }
}
