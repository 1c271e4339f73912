//! Activities: what a person or a source did to something, as the feed tells it.

use serde_json::Value;

use crate::{ActivityId, CollectionId, TeamId, Timestamp, UserId, WorkspaceId};

words! {
    /// What was done.
    Action {
        /// Something new is there.
        Create = "create",
        /// Something is different.
        Update = "update",
        /// Something is gone.
        Delete = "delete",
        /// Something lies elsewhere.
        Move = "move",
        /// Something has another name.
        Rename = "rename",
        /// Something is as it was before, or there again.
        Restore = "restore",
        /// A monitor or an integration rests.
        Pause = "pause",
        /// A monitor or an integration works again.
        Resume = "resume",
        /// An integration was switched off by Postern.
        Disable = "disable",
        /// An integration has not had a success for a while.
        Fail = "fail",
    }
}

words! {
    /// To what kind of thing.
    Model {
        /// A collection.
        Collection = "collection",
        /// A folder of a collection.
        Folder = "folder",
        /// A request of a collection.
        Request = "request",
        /// A saved example.
        Response = "response",
        /// An environment.
        Environment = "environment",
        /// The global variables of a workspace.
        Globals = "globals",
        /// A monitor.
        Monitor = "monitor",
        /// An integration.
        Integration = "integration",
        /// A workspace.
        Workspace = "workspace",
        /// An API key.
        ApiKey = "api_key",
        /// Where collections come from by themselves.
        Source = "source",
        /// A receiver of the house's own.
        Inbox = "inbox",
        /// An address that others call, signed.
        IncomingHook = "incoming_hook",
        /// A person of the team.
        Member = "member",
        /// An invitation to the team.
        Invitation = "invitation",
        /// The team itself.
        Team = "team",
    }
}

/// One line of the feed.
#[derive(Debug, Clone, PartialEq)]
pub struct Activity {
    /// The activity's id.
    pub id: ActivityId,
    /// Whose feed it is in.
    pub team: TeamId,
    /// The workspace, where there is one.
    pub workspace: Option<WorkspaceId>,
    /// The collection that it happened in, where there is one.
    pub collection: Option<CollectionId>,
    /// The collection's uid at the time; empty where there is none.
    pub collection_uid: String,
    /// The collection's name at the time; empty where there is none.
    pub collection_name: String,
    /// Who did it.
    pub user: UserId,
    /// That person's name at the time.
    pub user_name: String,
    /// What was done.
    pub action: Action,
    /// To what kind of thing.
    pub model: Model,
    /// The thing's name.
    pub model_name: String,
    /// The thing's uid.
    pub model_uid: String,
    /// The line that people read.
    pub message: String,
    /// The collection's version that the change made, where it did.
    pub version: Option<i64>,
    /// What changed, field by field (JSON).
    pub detail: Value,
    /// When.
    pub created_at: Timestamp,
}
