//! `GET /openapi.json`.

use axum::response::{IntoResponse, Response};
use http::header;

use crate::error::ApiError;
use crate::router;

/// Describes this API in OpenAPI.
#[utoipa::path(
    get, path = "/openapi.json", tag = "about",
    security(()),
    responses((status = 200, description = "This document.", body = Object)),
)]
pub(crate) async fn get_openapi() -> Result<Response, ApiError> {
    let document = router::openapi().to_json().map_err(ApiError::server)?;
    Ok(([(header::CONTENT_TYPE, "application/json")], document).into_response())
}
