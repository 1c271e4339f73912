//! Path and query parameters, with failures in the envelope.

use axum::extract::{FromRequestParts, Path, Query};
use http::request::Parts;
use postern_model::Timestamp;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use utoipa::IntoParams;

use crate::error::{ApiError, ErrorName};

/// The path's parameters. Ids are texts here: what can't be an id names nothing, which is "not found", not "bad request".
pub(crate) struct PathText<T>(pub(crate) T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for PathText<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let Path(value) = Path::<T>::from_request_parts(parts, state)
            .await
            .map_err(|_| ApiError::not_found("path", parts.uri.path()))?;
        Ok(Self(value))
    }
}

/// The query's parameters. Unknown ones are let pass: clients of Postman's API send what only Postman reads.
pub(crate) struct Params<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Params<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let Query(value) =
            Query::<T>::from_request_parts(parts, state)
                .await
                .map_err(|rejection| {
                    let said = rejection.body_text();
                    let said = said.rsplit("query string: ").next().unwrap_or(&said);
                    ApiError::new(
                        ErrorName::InvalidParams,
                        format!("the query can't be read: {said}"),
                    )
                })?;
        Ok(Self(value))
    }
}

/// The value of a field that the call can't do without.
pub(crate) fn needed<T>(field: &str, value: Option<T>) -> Result<T, ApiError> {
    value.ok_or_else(|| ApiError::missing(field))
}

/// In which workspace a new thing is put.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct InWorkspace {
    /// The workspace's id; without it, the caller's oldest own workspace, or else the team's oldest.
    pub(crate) workspace: Option<String>,
}

/// The time that a field or parameter names.
pub(crate) fn time(param: &str, text: Option<&str>) -> Result<Option<Timestamp>, ApiError> {
    text.map(|text| {
        Timestamp::parse_rfc3339(text).ok_or_else(|| {
            ApiError::invalid(
                param,
                "must be a time such as 2026-11-27T09:00:00Z (RFC 3339)",
            )
        })
    })
    .transpose()
}
