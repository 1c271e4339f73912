//! `postern push`, `pull`, `restore` and `import`: collections as files, to a running server and from it.

mod import;
mod names;
mod pull;
mod push;
mod restore;

use std::path::Path;

use anyhow::Context as _;
use postern_collection::Document;
use serde_json::Value;

use crate::client::Client;

pub(crate) use self::import::{ImportArgs, run as import};
pub(crate) use self::pull::PullArgs;
pub(crate) use self::push::PushArgs;
pub(crate) use self::restore::RestoreArgs;
pub(crate) use self::{pull::run as pull, push::run as push, restore::run as restore};

/// Reads a collection from a file: a document, or a backup as it was sent.
fn read(path: &Path) -> anyhow::Result<Document> {
    let bytes = std::fs::read(path).with_context(|| format!("read {}", path.display()))?;
    Document::parse(&bytes).with_context(|| format!("take {} as a collection", path.display()))
}

/// All collections that the key may see, of one workspace where one is named.
async fn collections(client: &Client, workspace: Option<&str>) -> anyhow::Result<Vec<Value>> {
    let path = match workspace {
        Some(id) => format!("/collections?workspace={id}"),
        None => "/collections".to_owned(),
    };
    let told = client.get(&path).await?;
    Ok(told["collections"].as_array().cloned().unwrap_or_default())
}

/// The number of a collection's newest version.
async fn version(client: &Client, uid: &str) -> anyhow::Result<i64> {
    let told = client
        .get(&format!("/collections/{uid}/versions?limit=1"))
        .await?;
    told["versions"][0]["number"]
        .as_i64()
        .with_context(|| format!("find the version of {uid}"))
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}
