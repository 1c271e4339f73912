//! `GET /audit/logs`.

use axum::Json;
use axum::extract::State;
use postern_model::{AuditAction, Timestamp, UserId};
use postern_storage::AuditFilter;
use serde::Deserialize;

use crate::Api;
use crate::caller::{Admin, Caller};
use crate::error::ApiError;
use crate::page::PageParams;
use crate::params::Params;
use crate::routes::session::team_of;
use crate::shapes::audit::{AuditList, AuditView};

/// The most lines of a page, as in Postman's API.
const MOST: u32 = 300;

/// Which lines are asked for.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Filter {
    /// Only those of this day or time, or later (`2026-11-27` or RFC 3339).
    since: Option<String>,
    /// Only those before this day or time.
    until: Option<String>,
    /// Only what this user did.
    #[serde(rename = "userId", alias = "user_id")]
    #[param(rename = "userId")]
    user_id: Option<i64>,
    /// Only this, such as `user.signed_in`.
    #[param(value_type = Option<String>)]
    action: Option<AuditAction>,
}

/// Lists who came in, and who gave whom what rights.
///
/// Lines are kept for ever.
#[utoipa::path(
    get, path = "/audit/logs", tag = "people",
    security(("api_key" = ["admin"])),
    params(Filter, PageParams),
    responses((status = 200, description = "The newest first.", body = AuditList)),
)]
pub(crate) async fn list_audit_logs(
    State(api): State<Api>,
    caller: Caller<Admin>,
    Params(filter): Params<Filter>,
    Params(page): Params<PageParams>,
) -> Result<Json<AuditList>, ApiError> {
    let request = page.by_id_up_to(MOST)?;
    let wanted = AuditFilter {
        since: day("since", filter.since.as_deref())?,
        until: day("until", filter.until.as_deref())?,
        user: filter.user_id.map(UserId),
        action: filter.action,
    };
    let mut tx = api.store().read().await?;
    let team = team_of(&mut tx, &caller).await?;
    let page = tx.audit_log().list(caller.team, &wanted, request).await?;
    Ok(Json(AuditList {
        trails: page
            .items
            .iter()
            .map(|it| AuditView::of(it, &team))
            .collect(),
        next_cursor: page.next.map(|id| id.to_string()),
    }))
}

/// A time, or the beginning of a day.
fn day(param: &str, text: Option<&str>) -> Result<Option<Timestamp>, ApiError> {
    let day = text.map(|text| Timestamp::parse_rfc3339(&format!("{text}T00:00:00Z")));
    match day.flatten() {
        Some(day) => Ok(Some(day)),
        None => crate::params::time(param, text),
    }
}
