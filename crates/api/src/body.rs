//! How bodies are read: bounded in size and depth, with a message that says what and where.

use std::ops::Deref;

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use http::StatusCode;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::Api;
use crate::error::{ApiError, ErrorName};

mod bounded;
mod depth;

pub(crate) use bounded::{read_bounded, too_large as door_takes_less};

/// The body's bytes as they came, within the size limit.
pub(crate) struct RawBody(pub(crate) Bytes);

impl Deref for RawBody {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl FromRequest<Api> for RawBody {
    type Rejection = ApiError;

    async fn from_request(request: Request, api: &Api) -> Result<Self, ApiError> {
        match Bytes::from_request(request, api).await {
            Ok(bytes) => Ok(Self(bytes)),
            Err(rejection) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                Err(too_large(api.config().limits.body_bytes))
            }
            Err(rejection) => Err(ApiError::new(
                ErrorName::MalformedRequest,
                format!("the body could not be read: {rejection}"),
            )),
        }
    }
}

fn too_large(limit: usize) -> ApiError {
    ApiError::new(
        ErrorName::PayloadTooLarge,
        format!("the body is larger than {limit} bytes"),
    )
    .with_details(serde_json::json!({ "limit": limit }))
}

/// A JSON body of this type. The content type is not asked for: `curl -d` sends the wrong one, and nothing else is read.
pub(crate) struct JsonBody<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequest<Api> for JsonBody<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, api: &Api) -> Result<Self, ApiError> {
        let body = RawBody::from_request(request, api).await?;
        read(&body, api.config().limits.depth).map(Self)
    }
}

/// The same, where a call may go without a body.
pub(crate) struct MaybeJsonBody<T>(pub(crate) T);

impl<T: DeserializeOwned + Default> FromRequest<Api> for MaybeJsonBody<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, api: &Api) -> Result<Self, ApiError> {
        let body = RawBody::from_request(request, api).await?;
        if body.iter().all(u8::is_ascii_whitespace) {
            return Ok(Self(T::default()));
        }
        read(&body, api.config().limits.depth).map(Self)
    }
}

/// Reads JSON of this type, or says at which line and column, or at which path, it isn't.
pub(crate) fn read<T: DeserializeOwned>(body: &[u8], depth: usize) -> Result<T, ApiError> {
    if body.iter().all(u8::is_ascii_whitespace) {
        return Err(ApiError::new(
            ErrorName::MalformedRequest,
            "the body is empty, and this call reads a JSON object",
        ));
    }
    if let Some(at) = depth::exceeded(body, depth) {
        return Err(ApiError::new(
            ErrorName::MalformedRequest,
            format!(
                "the JSON is nested deeper than {depth} levels at line {} column {}",
                at.line, at.column
            ),
        )
        .with_details(serde_json::json!({ "line": at.line, "column": at.column })));
    }
    // A list would be read field by field otherwise.
    if body.trim_ascii_start().first() == Some(&b'[') {
        return Err(ApiError::new(
            ErrorName::MalformedRequest,
            "$: this call reads a JSON object, and the body is a list",
        ));
    }
    let mut reader = serde_json::Deserializer::from_slice(body);
    // The depth was judged above, more generously than serde_json's own 128 levels.
    reader.disable_recursion_limit();
    let value = serde_path_to_error::deserialize(&mut reader)
        .map_err(|error| unreadable(&error.path().to_string(), error.inner()))?;
    reader.end().map_err(|error| unreadable(".", &error))?;
    Ok(value)
}

/// Reads a value that is already JSON as this type; `field` is where it stood.
pub(crate) fn read_value<T: DeserializeOwned>(field: &str, value: Value) -> Result<T, ApiError> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let path = match error.path().to_string().as_str() {
            "." => field.to_owned(),
            inner => format!("{field}.{inner}"),
        };
        ApiError::invalid(&path, error.inner())
    })
}

fn unreadable(path: &str, error: &serde_json::Error) -> ApiError {
    let (line, column) = (error.line(), error.column());
    if !error.is_data() {
        return ApiError::new(
            ErrorName::MalformedRequest,
            format!("the body is not JSON: {error}"),
        )
        .with_details(serde_json::json!({ "line": line, "column": column }));
    }
    let path = if path == "." {
        "$".to_owned()
    } else {
        format!("$.{path}")
    };
    let said = error.to_string();
    let said = said.split(" at line ").next().unwrap_or(&said);
    let name = if said.starts_with("missing field") {
        ErrorName::ParamMissing
    } else {
        ErrorName::MalformedRequest
    };
    ApiError::new(
        name,
        format!("{path}: {said} (line {line} column {column})"),
    )
    .with_details(serde_json::json!({ "path": path, "line": line, "column": column }))
}

#[cfg(test)]
mod tests {
    use axum::response::IntoResponse;
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only read")]
    struct Sample {
        name: String,
        list: Vec<u8>,
        any: Value,
    }

    async fn failure(body: &str) -> (u16, String) {
        let response = read::<Sample>(body.as_bytes(), 8)
            .unwrap_err()
            .into_response();
        let status = response.status().as_u16();
        let bytes = axum::body::to_bytes(response.into_body(), usize::MAX)
            .await
            .unwrap();
        let body: Value = serde_json::from_slice(&bytes).unwrap();
        (
            status,
            body["error"]["message"].as_str().unwrap().to_owned(),
        )
    }

    #[tokio::test]
    async fn what_cannot_be_read_is_told_with_its_place() {
        let mut told = Vec::new();
        for body in [
            "",
            "{",
            "{\"name\": \"x\",\n  oops}",
            "[]",
            "{\"name\": 5}",
            "{\"name\": \"x\", \"list\": [1, \"2\"]}",
            "{\"name\": \"x\", \"list\": []}",
            "{\"name\": \"x\", \"list\": [], \"any\": 1} x",
            "{\"name\": \"x\", \"list\": [], \"any\": [[[[[[[[[[1]]]]]]]]]]}",
        ] {
            let (status, message) = failure(body).await;
            told.push(format!("{status} {message}"));
        }
        insta::assert_snapshot!(told.join("\n"), @r#"
        400 the body is empty, and this call reads a JSON object
        400 the body is not JSON: EOF while parsing an object at line 1 column 1
        400 the body is not JSON: key must be a string at line 2 column 3
        400 $: this call reads a JSON object, and the body is a list
        400 $.name: invalid type: integer `5`, expected a string (line 1 column 10)
        400 $.list[1]: invalid type: string "2", expected u8 (line 1 column 29)
        400 $: missing field `any` (line 1 column 25)
        400 the body is not JSON: trailing characters at line 1 column 37
        400 the JSON is nested deeper than 8 levels at line 1 column 41
        "#);
    }

    #[test]
    fn numbers_of_any_size_reach_the_handler_as_written() {
        let body = r#"{"name": "x", "list": [1], "any": {"n": 1234567890123456789012345678901234567890.5}}"#;
        let sample: Sample = read(body.as_bytes(), 8).unwrap();
        assert_eq!(
            sample.any.to_string(),
            r#"{"n":1234567890123456789012345678901234567890.5}"#
        );
    }
}
