//! Things of the caller's team, by the words that callers use for them.
//!
//! A thing of another team is not there: every look-up names the team, so that the two can't be told apart. A uid must name
//! the thing's own owner; a bare id names nobody.

use postern_model::{
    Collection, CollectionId, DeliveryId, Environment, EnvironmentId, Integration, IntegrationId,
    Monitor, MonitorId, Replay, ReplayId, Run, RunId, TeamId, Uid, UserId, Workspace, WorkspaceId,
    WorkspaceKind,
};
use postern_storage::{DeletedCollection, DeliveryRecord, Tx};

use crate::caller::Identity;
use crate::error::ApiError;

/// The workspace of this id.
pub(crate) async fn workspace(tx: &mut Tx, team: TeamId, id: &str) -> Result<Workspace, ApiError> {
    let missing = || ApiError::not_found("workspace", id);
    let parsed: WorkspaceId = id.parse().map_err(|_| missing())?;
    tx.workspaces().get(team, parsed).await?.ok_or_else(missing)
}

/// The workspace that a new thing goes to when none is named: the caller's oldest own, or else the team's oldest.
async fn usual_workspace(tx: &mut Tx, caller: &Identity) -> Result<Workspace, ApiError> {
    let mut all = tx.workspaces().list(caller.team).await?;
    all.sort_by_key(|workspace| {
        let own =
            workspace.kind == WorkspaceKind::Personal && workspace.created_by == caller.user.id;
        (!own, workspace.created_at, workspace.id)
    });
    all.into_iter()
        .next()
        .ok_or_else(|| ApiError::invalid("workspace", "the team has no workspace; make one first"))
}

/// The named workspace, or the usual one.
pub(crate) async fn workspace_or_usual(
    tx: &mut Tx,
    caller: &Identity,
    id: Option<&str>,
) -> Result<Workspace, ApiError> {
    match id {
        Some(id) => workspace(tx, caller.team, id).await,
        None => usual_workspace(tx, caller).await,
    }
}

/// The collection of this uid or id.
pub(crate) async fn collection(
    tx: &mut Tx,
    team: TeamId,
    uid: &str,
) -> Result<Collection, ApiError> {
    let missing = || ApiError::not_found("collection", uid);
    let parsed: Uid = uid.parse().map_err(|_| missing())?;
    let found = tx.collections().get(team, CollectionId(parsed.id)).await?;
    found
        .filter(|it| is_owner(parsed, it.owner))
        .ok_or_else(missing)
}

/// The collection of this uid or id among those that were deleted.
pub(crate) async fn deleted_collection(
    tx: &mut Tx,
    team: TeamId,
    uid: &str,
) -> Result<DeletedCollection, ApiError> {
    let missing = || ApiError::not_found("deleted collection", uid);
    let parsed: Uid = uid.parse().map_err(|_| missing())?;
    let mut deleted = tx.deleted_collections();
    let found = deleted.get(team, CollectionId(parsed.id)).await?;
    found
        .filter(|it| is_owner(parsed, it.collection.owner))
        .ok_or_else(missing)
}

/// A collection's current document.
pub(crate) async fn document(tx: &mut Tx, collection: &Collection) -> Result<Vec<u8>, ApiError> {
    let document = tx.blobs().get(collection.hash).await?;
    document
        .ok_or_else(|| ApiError::server(format!("collection {} has no document", collection.id)))
}

/// The replay of this id.
pub(crate) async fn replay(tx: &mut Tx, team: TeamId, id: &str) -> Result<Replay, ApiError> {
    let missing = || ApiError::not_found("replay", id);
    let parsed: ReplayId = id.parse().map_err(|_| missing())?;
    tx.replays().get(team, parsed).await?.ok_or_else(missing)
}

/// The environment of this uid or id.
pub(crate) async fn environment(
    tx: &mut Tx,
    team: TeamId,
    uid: &str,
) -> Result<Environment, ApiError> {
    let missing = || ApiError::not_found("environment", uid);
    let parsed: Uid = uid.parse().map_err(|_| missing())?;
    let found = tx
        .environments()
        .get(team, EnvironmentId(parsed.id))
        .await?;
    found
        .filter(|it| is_owner(parsed, it.owner))
        .ok_or_else(missing)
}

/// The monitor of this uid or id.
pub(crate) async fn monitor(tx: &mut Tx, team: TeamId, uid: &str) -> Result<Monitor, ApiError> {
    let missing = || ApiError::not_found("monitor", uid);
    let parsed: Uid = uid.parse().map_err(|_| missing())?;
    let found = tx.monitors().get(team, MonitorId(parsed.id)).await?;
    found
        .filter(|it| is_owner(parsed, it.owner))
        .ok_or_else(missing)
}

/// The integration of this id.
pub(crate) async fn integration(
    tx: &mut Tx,
    team: TeamId,
    id: &str,
) -> Result<Integration, ApiError> {
    let missing = || ApiError::not_found("integration", id);
    let parsed: IntegrationId = id.parse().map_err(|_| missing())?;
    tx.integrations()
        .get(team, parsed)
        .await?
        .ok_or_else(missing)
}

/// The delivery of this id.
pub(crate) async fn delivery(
    tx: &mut Tx,
    team: TeamId,
    id: &str,
) -> Result<DeliveryRecord, ApiError> {
    let missing = || ApiError::not_found("delivery", id);
    let parsed: DeliveryId = id.parse().map_err(|_| missing())?;
    tx.deliveries().get(team, parsed).await?.ok_or_else(missing)
}

/// The run of this id.
pub(crate) async fn run(tx: &mut Tx, team: TeamId, id: &str) -> Result<Run, ApiError> {
    let missing = || ApiError::not_found("run", id);
    let parsed: RunId = id.parse().map_err(|_| missing())?;
    tx.runs().get(team, parsed).await?.ok_or_else(missing)
}

fn is_owner(asked: Uid, owner: UserId) -> bool {
    asked.owner.is_none_or(|asked| asked == owner)
}

/// A thing that a body's field names: when it is not there, the field is at fault, not the path.
pub(crate) fn named_by<T>(field: &str, found: Result<T, ApiError>) -> Result<T, ApiError> {
    found.map_err(|error| error.blaming(field))
}

/// The uids of what a monitor runs and with what. A monitor's collection can't be deleted without it, so both are there;
/// should one not be, its bare id stands for it.
pub(crate) async fn monitor_subjects(
    tx: &mut Tx,
    monitor: &Monitor,
) -> Result<(Uid, Option<Uid>), ApiError> {
    let collection = collection_uid(tx, monitor.team, monitor.collection).await?;
    let environment = match monitor.environment {
        None => None,
        Some(id) => Some(environment_uid(tx, monitor.team, id).await?),
    };
    Ok((collection, environment))
}

/// The uid of a collection that is known by its id.
pub(crate) async fn collection_uid(
    tx: &mut Tx,
    team: TeamId,
    id: CollectionId,
) -> Result<Uid, ApiError> {
    let found = tx.collections().get(team, id).await?;
    Ok(found.map_or(
        Uid {
            owner: None,
            id: id.0,
        },
        |it| it.uid(),
    ))
}

/// The uid of a monitor that is known by its id.
pub(crate) async fn monitor_uid(tx: &mut Tx, team: TeamId, id: MonitorId) -> Result<Uid, ApiError> {
    let found = tx.monitors().get(team, id).await?;
    Ok(found.map_or(
        Uid {
            owner: None,
            id: id.0,
        },
        |it| it.uid(),
    ))
}

async fn environment_uid(tx: &mut Tx, team: TeamId, id: EnvironmentId) -> Result<Uid, ApiError> {
    let found = tx.environments().get(team, id).await?;
    Ok(found.map_or(
        Uid {
            owner: None,
            id: id.0,
        },
        |it| it.uid(),
    ))
}
