//! Path and query parameters, with failures in the envelope.

use axum::extract::{FromRequestParts, Path, Query};
use http::request::Parts;
use http::{HeaderName, header};
use postern_model::Timestamp;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
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

/// The version that a writer has seen: `If-Match`, with the `ETag` that a collection was read with. Where it has changed since, the
/// call is refused and nothing is overwritten.
#[derive(Debug, Clone, Copy, IntoParams)]
#[into_params(parameter_in = Header)]
pub(crate) struct IfMatch {
    /// The `ETag` of what the change was made from; without it, the last writer wins.
    #[param(rename = "If-Match", value_type = Option<String>)]
    expected: Option<i64>,
}

impl IfMatch {
    /// The version that is expected; nothing: whichever it is.
    pub(crate) fn version(self) -> Option<i64> {
        self.expected
    }
}

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let Some(value) = parts.headers.get(header::IF_MATCH) else {
            return Ok(Self { expected: None });
        };
        let text = String::from_utf8_lossy(value.as_bytes());
        let text = text.trim();
        if text == "*" {
            return Ok(Self { expected: None });
        }
        let version = text.trim_start_matches("W/").trim_matches('"').parse();
        let version = version.map_err(|_| {
            ApiError::invalid(
                "If-Match",
                "must be an ETag that this server gave, such as \"7\"",
            )
        })?;
        Ok(Self {
            expected: Some(version),
        })
    }
}

/// The `ETag` of a version.
pub(crate) fn etag(version: i64) -> [(HeaderName, String); 1] {
    [(header::ETAG, format!("\"{version}\""))]
}

/// Reads a field that is there, be it `null`; with `#[serde(default)]` one that isn't is `None`.
pub(crate) fn given<'de, D: serde::Deserializer<'de>>(field: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(field).map(Some)
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
