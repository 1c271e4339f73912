//! Signing in and out with a browser.

pub(crate) mod end;
pub(crate) mod get;
pub(crate) mod link;
pub(crate) mod oidc;
pub(crate) mod sign_in;
pub(crate) mod ways;

use postern_model::Team;
use postern_storage::Tx;

use crate::caller::Identity;
use crate::error::ApiError;

/// The caller's team.
pub(crate) async fn team_of(tx: &mut Tx, caller: &Identity) -> Result<Team, ApiError> {
    let team = tx.teams().get(caller.team).await?;
    team.ok_or_else(|| ApiError::not_found("team", caller.team))
}
