//! Signing in and out with a browser.

pub(crate) mod end;
pub(crate) mod get;
pub(crate) mod link;
pub(crate) mod oidc;
pub(crate) mod sign_in;
pub(crate) mod ways;

use postern_model::{Team, Timestamp};
use postern_storage::Tx;

use crate::caller::{By, Identity};
use crate::error::ApiError;

/// The caller's team.
pub(crate) async fn team_of(tx: &mut Tx, caller: &Identity) -> Result<Team, ApiError> {
    let team = tx.teams().get(caller.team).await?;
    team.ok_or_else(|| ApiError::not_found("team", caller.team))
}

/// Whether the caller may set a new password without the one until now.
pub(crate) async fn may_reset(
    tx: &mut Tx,
    caller: &Identity,
    now: Timestamp,
) -> Result<bool, ApiError> {
    let By::Session { resets_until, .. } = caller.by else {
        return Ok(false);
    };
    // Who has none came in by a link or another service, and is signed in: that is proof enough.
    Ok(resets_until.is_some_and(|until| now < until)
        || tx.users().password_hash(caller.user.id).await?.is_none())
}
