//! Things of the caller's team, by the words that callers use for them.
//!
//! A thing of another team is not there: every look-up names the team, so that the two can't be told apart. A uid must name
//! the thing's own owner; a bare id names nobody.

use postern_model::{
    Collection, CollectionId, DeliveryId, Environment, EnvironmentId, Inbox, InboxId, InboxRequest,
    InboxRequestId, IncomingHook, IncomingHookId, Integration, IntegrationId, Monitor, MonitorId,
    Replay, ReplayId, Role, Run, RunId, Source, SourceId, TeamId, Uid, UserId, Workspace,
    WorkspaceId, WorkspaceKind,
};
use postern_storage::{DeletedCollection, DeliveryRecord, IntegrationFilter, Tx};

use crate::caller::Identity;
use crate::error::ApiError;

/// The workspace of this id.
pub(crate) async fn workspace(
    tx: &mut Tx,
    caller: &Identity,
    id: &str,
) -> Result<Workspace, ApiError> {
    let missing = || ApiError::not_found("workspace", id);
    let parsed: WorkspaceId = id.parse().map_err(|_| missing())?;
    let found = tx.workspaces().get(caller.team, parsed).await?;
    let found = found.ok_or_else(missing)?;
    caller.enter(found.id, missing)?;
    Ok(found)
}

/// The workspace that a new thing goes to when none is named: the caller's oldest own, or else the team's oldest.
async fn usual_workspace(tx: &mut Tx, caller: &Identity) -> Result<Workspace, ApiError> {
    let mut all = tx.workspaces().list(caller.team).await?;
    all.retain(|workspace| caller.enter(workspace.id, || ApiError::missing("")).is_ok());
    all.sort_by_key(|workspace| {
        let own =
            workspace.kind == WorkspaceKind::Personal && workspace.created_by == caller.user.id;
        (!own, workspace.created_at, workspace.id)
    });
    all.into_iter().next().ok_or_else(|| {
        ApiError::invalid(
            "workspace",
            "there is no workspace that you may use; make one, or have yourself let in",
        )
    })
}

/// The named workspace, or the usual one.
pub(crate) async fn workspace_or_usual(
    tx: &mut Tx,
    caller: &Identity,
    id: Option<&str>,
) -> Result<Workspace, ApiError> {
    match id {
        Some(id) => workspace(tx, caller, id).await,
        None => usual_workspace(tx, caller).await,
    }
}

/// The collection of this uid or id.
pub(crate) async fn collection(
    tx: &mut Tx,
    caller: &Identity,
    uid: &str,
) -> Result<Collection, ApiError> {
    let missing = || ApiError::not_found("collection", uid);
    let parsed: Uid = uid.parse().map_err(|_| missing())?;
    let found = tx
        .collections()
        .get(caller.team, CollectionId(parsed.id))
        .await?;
    let found = found
        .filter(|it| is_owner(parsed, it.owner))
        .ok_or_else(missing)?;
    caller.enter(found.workspace, missing)?;
    Ok(found)
}

/// The collection of this uid or id among those that were deleted.
pub(crate) async fn deleted_collection(
    tx: &mut Tx,
    caller: &Identity,
    uid: &str,
) -> Result<DeletedCollection, ApiError> {
    let missing = || ApiError::not_found("deleted collection", uid);
    let parsed: Uid = uid.parse().map_err(|_| missing())?;
    let mut deleted = tx.deleted_collections();
    let found = deleted.get(caller.team, CollectionId(parsed.id)).await?;
    let found = found.filter(|it| is_owner(parsed, it.collection.owner));
    let found = found.ok_or_else(missing)?;
    caller.enter(found.collection.workspace, missing)?;
    Ok(found)
}

/// A collection's current document.
pub(crate) async fn document(tx: &mut Tx, collection: &Collection) -> Result<Vec<u8>, ApiError> {
    let document = tx.blobs().get(collection.hash).await?;
    document
        .ok_or_else(|| ApiError::server(format!("collection {} has no document", collection.id)))
}

/// The replay of this id.
pub(crate) async fn replay(tx: &mut Tx, caller: &Identity, id: &str) -> Result<Replay, ApiError> {
    let missing = || ApiError::not_found("replay", id);
    let parsed: ReplayId = id.parse().map_err(|_| missing())?;
    let found = tx.replays().get(caller.team, parsed).await?;
    found.filter(|_| caller.sees(None)).ok_or_else(missing)
}

/// The environment of this uid or id.
pub(crate) async fn environment(
    tx: &mut Tx,
    caller: &Identity,
    uid: &str,
) -> Result<Environment, ApiError> {
    let missing = || ApiError::not_found("environment", uid);
    let parsed: Uid = uid.parse().map_err(|_| missing())?;
    let found = tx
        .environments()
        .get(caller.team, EnvironmentId(parsed.id))
        .await?;
    let found = found
        .filter(|it| is_owner(parsed, it.owner))
        .ok_or_else(missing)?;
    caller.enter(found.workspace, missing)?;
    Ok(found)
}

/// The monitor of this uid or id.
pub(crate) async fn monitor(
    tx: &mut Tx,
    caller: &Identity,
    uid: &str,
) -> Result<Monitor, ApiError> {
    let missing = || ApiError::not_found("monitor", uid);
    let parsed: Uid = uid.parse().map_err(|_| missing())?;
    let found = tx.monitors().get(caller.team, MonitorId(parsed.id)).await?;
    let found = found
        .filter(|it| is_owner(parsed, it.owner))
        .ok_or_else(missing)?;
    caller.enter(found.workspace, missing)?;
    Ok(found)
}

/// The integration of this id.
pub(crate) async fn integration(
    tx: &mut Tx,
    caller: &Identity,
    id: &str,
) -> Result<Integration, ApiError> {
    let missing = || ApiError::not_found("integration", id);
    let parsed: IntegrationId = id.parse().map_err(|_| missing())?;
    let found = tx.integrations().get(caller.team, parsed).await?;
    let found = found.ok_or_else(missing)?;
    let place = place_of(tx, &found).await?;
    enter_integration(caller, &found, place, missing)?;
    Ok(found)
}

/// The source of this id.
pub(crate) async fn source(tx: &mut Tx, caller: &Identity, id: &str) -> Result<Source, ApiError> {
    let missing = || ApiError::not_found("source", id);
    let parsed: SourceId = id.parse().map_err(|_| missing())?;
    let found = tx.sources().get(caller.team, parsed).await?;
    let found = found.ok_or_else(missing)?;
    caller.enter(found.workspace, missing)?;
    Ok(found)
}

/// The incoming hook of this id. It is where its source or its monitor is.
pub(crate) async fn incoming_hook(
    tx: &mut Tx,
    caller: &Identity,
    id: &str,
) -> Result<IncomingHook, ApiError> {
    let missing = || ApiError::not_found("incoming hook", id);
    let parsed: IncomingHookId = id.parse().map_err(|_| missing())?;
    let found = tx.incoming_hooks().get(caller.team, parsed).await?;
    let found = found.ok_or_else(missing)?;
    caller.enter(found.workspace, missing)?;
    Ok(found)
}

/// The inbox of this id. It is the whole team's.
pub(crate) async fn inbox(tx: &mut Tx, caller: &Identity, id: &str) -> Result<Inbox, ApiError> {
    caller.whole_team()?;
    let missing = || ApiError::not_found("inbox", id);
    let parsed: InboxId = id.parse().map_err(|_| missing())?;
    let found = tx.inboxes().get(caller.team, parsed).await?;
    found.ok_or_else(missing)
}

/// A request that has come to an inbox, with its headers.
pub(crate) async fn inbox_request(
    tx: &mut Tx,
    caller: &Identity,
    inbox_id: &str,
    id: &str,
) -> Result<(InboxRequest, Vec<(String, String)>), ApiError> {
    let inbox = inbox(tx, caller, inbox_id).await?;
    let missing = || ApiError::not_found("request", id);
    let parsed: InboxRequestId = id.parse().map_err(|_| missing())?;
    let mut requests = tx.inbox_requests();
    let found = requests.get(caller.team, inbox.id, parsed).await?;
    found.ok_or_else(missing)
}

/// The integrations that this filter finds and that are there for the caller.
pub(crate) async fn integrations(
    tx: &mut Tx,
    caller: &Identity,
    filter: &IntegrationFilter,
) -> Result<Vec<Integration>, ApiError> {
    let mut seen = Vec::new();
    for integration in tx.integrations().list(caller.team, filter).await? {
        if sees_integration(tx, caller, &integration).await? {
            seen.push(integration);
        }
    }
    Ok(seen)
}

/// The name of an integration, if it is there for the caller.
pub(crate) async fn name_of_integration(
    tx: &mut Tx,
    caller: &Identity,
    id: IntegrationId,
) -> Result<Option<String>, ApiError> {
    let Some(found) = tx.integrations().get(caller.team, id).await? else {
        return Ok(None);
    };
    let seen = sees_integration(tx, caller, &found).await?;
    Ok(seen.then_some(found.name))
}

async fn sees_integration(
    tx: &mut Tx,
    caller: &Identity,
    integration: &Integration,
) -> Result<bool, ApiError> {
    let place = place_of(tx, integration).await?;
    let missing = || ApiError::not_found("integration", integration.id);
    Ok(enter_integration(caller, integration, place, missing).is_ok())
}

/// The delivery of this id.
pub(crate) async fn delivery(
    tx: &mut Tx,
    caller: &Identity,
    id: &str,
) -> Result<DeliveryRecord, ApiError> {
    let missing = || ApiError::not_found("delivery", id);
    let parsed: DeliveryId = id.parse().map_err(|_| missing())?;
    let found = tx.deliveries().get(caller.team, parsed).await?;
    let found = found.ok_or_else(missing)?;
    match found.workspace {
        Some(workspace) => caller.enter(workspace, missing)?,
        None if caller.sees(None) => {}
        None => return Err(missing()),
    }
    Ok(found)
}

/// The run of this id.
pub(crate) async fn run(tx: &mut Tx, caller: &Identity, id: &str) -> Result<Run, ApiError> {
    let missing = || ApiError::not_found("run", id);
    let parsed: RunId = id.parse().map_err(|_| missing())?;
    let found = tx.runs().get(caller.team, parsed).await?;
    let found = found.ok_or_else(missing)?;
    // A run goes with its monitor.
    let monitor = tx.monitors().get(caller.team, found.monitor).await?;
    caller.enter(monitor.ok_or_else(missing)?.workspace, missing)?;
    Ok(found)
}

/// The workspace that an integration is about, if it is about one that is known.
async fn place_of(tx: &mut Tx, integration: &Integration) -> Result<Option<WorkspaceId>, ApiError> {
    let team = integration.team;
    let mut place = integration.workspace;
    if place.is_none()
        && let Some(id) = integration.collection
    {
        let collection = tx.collections().get(team, id).await?;
        place = collection.map(|it| it.workspace);
        if place.is_none() {
            let deleted = tx.deleted_collections().get(team, id).await?;
            place = deleted.map(|it| it.collection.workspace);
        }
    }
    if place.is_none()
        && let Some(id) = integration.monitor
    {
        let monitor = tx.monitors().get(team, id).await?;
        place = monitor.map(|it| it.workspace);
    }
    Ok(place)
}

/// Whether an integration is there for the caller, with what the call needs.
fn enter_integration(
    caller: &Identity,
    integration: &Integration,
    place: Option<WorkspaceId>,
    missing: impl FnOnce() -> ApiError,
) -> Result<(), ApiError> {
    if let Some(workspace) = place {
        return caller.enter(workspace, missing);
    }
    let named = integration.collection.is_some() || integration.monitor.is_some();
    let there = if named {
        // What it names is gone, and nobody knows whether that was in a closed workspace.
        !caller.places.hide_some()
    } else {
        caller.sees(None) && (caller.role == Role::Admin || !integration.options.closed_workspaces)
    };
    if there { Ok(()) } else { Err(missing()) }
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
