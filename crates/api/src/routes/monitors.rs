//! Monitors, in Postman's shapes, and their runs.

pub(crate) mod create;
pub(crate) mod delete;
pub(crate) mod executions;
pub(crate) mod get;
pub(crate) mod list;
pub(crate) mod recent_runs;
pub(crate) mod replace;
pub(crate) mod requests;
pub(crate) mod run;
pub(crate) mod runs;

use postern_model::{CollectionId, EnvironmentId};
use postern_storage::Tx;

use crate::caller::Identity;
use crate::error::ApiError;
use crate::find;

/// The collection that a body names.
async fn collection(tx: &mut Tx, caller: &Identity, uid: &str) -> Result<CollectionId, ApiError> {
    let found = find::collection(tx, caller, uid).await;
    Ok(find::named_by("monitor.collection", found)?.id)
}

/// The field of a monitor's body that names its environment.
const ENVIRONMENT: &str = "monitor.environment";

/// The environment that a body names; none for "" and where it names none.
pub(crate) async fn environment(
    tx: &mut Tx,
    caller: &Identity,
    field: &str,
    uid: Option<&str>,
) -> Result<Option<EnvironmentId>, ApiError> {
    let Some(uid) = uid.filter(|uid| !uid.is_empty()) else {
        return Ok(None);
    };
    let found = find::environment(tx, caller, uid).await;
    Ok(Some(find::named_by(field, found)?.id))
}
