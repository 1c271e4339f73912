//! `GET /settings`.

use axum::Json;
use axum::extract::State;

use crate::Api;
use crate::caller::{Admin, Caller};
use crate::error::ApiError;
use crate::shapes::setting::{SettingList, SettingView};

/// Lists what the server is set to, and where each value comes from.
///
/// They are the lines of `postern config`; secrets are masked. Of several servers on one database it is the one that answers. They are
/// changed in the file, the environment or the flags, and hold from the next start on.
#[utoipa::path(
    get, path = "/settings", tag = "about",
    security(("api_key" = ["admin"])),
    responses((status = 200, description = "In the order of the reference file.", body = SettingList)),
)]
pub(crate) async fn list_settings(
    State(api): State<Api>,
    _: Caller<Admin>,
) -> Result<Json<SettingList>, ApiError> {
    let all = &api.config().settings;
    Ok(Json(SettingList {
        settings: all.iter().map(SettingView::of).collect(),
    }))
}
