//! Environments, in Postman's shapes.

pub(crate) mod create;
pub(crate) mod delete;
pub(crate) mod get;
pub(crate) mod list;
pub(crate) mod replace;

use postern_collection::EnvironmentDocument;

use crate::error::ApiError;

/// The environment that a body holds.
fn read(body: &[u8]) -> Result<serde_json::Value, ApiError> {
    Ok(EnvironmentDocument::parse(body)?.into_value())
}
