//! What other tools keep, taken in.

pub(crate) mod create;
pub(crate) mod openapi;

use postern_collection::{ImportFile, Imported, OpenApiOptions, import};
use tokio::task::spawn_blocking;

use crate::Api;
use crate::caller::Identity;
use crate::error::ApiError;
use crate::find;

/// Reads an export on a thread of its own: a large one takes a while.
async fn read(bytes: Vec<u8>, options: OpenApiOptions) -> Result<Imported, ApiError> {
    let file = ImportFile {
        path: "the body".to_owned(),
        bytes,
    };
    let read = spawn_blocking(move || import(vec![file], options)).await;
    Ok(read.map_err(ApiError::server)??)
}

/// Takes in what was read, in a workspace.
async fn take_in(
    api: &Api,
    caller: &Identity,
    workspace: Option<&str>,
    imported: Imported,
) -> Result<postern_journal::Arrived, ApiError> {
    let mut tx = api.store().read().await?;
    let workspace = find::workspace_or_usual(&mut tx, caller, workspace).await?;
    drop(tx);
    let journal = api.journal();
    Ok(journal
        .import(&caller.actor(), workspace.id, imported)
        .await?)
}
