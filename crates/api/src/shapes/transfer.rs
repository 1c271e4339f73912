//! Items that go elsewhere, in Postman's shape.

use postern_collection::ItemKind;
use postern_journal::{Spot, Target, Transfer};
use postern_model::{Collection, CollectionId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::error::ApiError;
use crate::params::needed;
use crate::routes::collections::items::without_owner;

/// The most items in one call.
const MOST: usize = 500;

/// `{"ids": […], "mode": "move", "target": {"id": "…", "model": "folder"}, "location": {"position": "end"}}`.
#[derive(Deserialize, ToSchema)]
pub(crate) struct TransferBody {
    /// The uids or ids of the items.
    ids: Option<Vec<String>>,
    /// `move` or `copy`.
    mode: Option<String>,
    target: Option<TargetBody>,
    location: Option<LocationBody>,
}

/// Where they go to.
#[derive(Deserialize, ToSchema)]
pub(crate) struct TargetBody {
    /// The uid or id of a collection, a folder or a request.
    id: Option<String>,
    /// `collection`, `folder` or `request`.
    model: Option<String>,
}

/// Where among what lies there.
#[derive(Deserialize, ToSchema)]
pub(crate) struct LocationBody {
    /// `start`, `end`, `before` or `after`.
    position: Option<String>,
    /// The uid or id of the item that they lie before or behind.
    id: Option<String>,
}

impl TransferBody {
    /// The collection that they go into directly, if they do.
    pub(crate) fn target_collection(&self) -> Result<Option<&str>, ApiError> {
        let target = needed("target", self.target.as_ref())?;
        let id = needed("target.id", target.id.as_deref())?;
        let model = needed("target.model", target.model.as_deref())?;
        Ok((model == "collection").then_some(id))
    }

    /// What the journal is asked for.
    pub(crate) fn read(
        self,
        kind: ItemKind,
        collection: Option<CollectionId>,
    ) -> Result<Transfer, ApiError> {
        let ids = needed("ids", self.ids)?;
        if ids.is_empty() || ids.len() > MOST {
            return Err(ApiError::invalid("ids", format!("1 to {MOST} of them")));
        }
        let copy = match needed("mode", self.mode)?.as_str() {
            "move" => false,
            "copy" => true,
            _ => return Err(ApiError::invalid("mode", "must be move or copy")),
        };
        let target = needed("target", self.target)?;
        let place = target.model.as_deref().unwrap_or_default();
        let target = match (kind, place, collection) {
            (ItemKind::Folder | ItemKind::Request, "collection", Some(id)) => {
                Target::Collection(id)
            }
            (ItemKind::Folder | ItemKind::Request, "folder", _) => {
                Target::Item(ItemKind::Folder, bare(target.id))
            }
            (ItemKind::Response, "request", _) => Target::Item(ItemKind::Request, bare(target.id)),
            _ => {
                let why = if kind == ItemKind::Response {
                    "must be request"
                } else {
                    "must be collection or folder"
                };
                return Err(ApiError::invalid("target.model", why));
            }
        };
        let location = needed("location", self.location)?;
        let beside = |id| needed("location.id", id).map(|id| bare(Some(id)));
        let place = match needed("location.position", location.position)?.as_str() {
            "start" => Spot::Start,
            "end" => Spot::End,
            "before" => Spot::Before(beside(location.id)?),
            "after" => Spot::After(beside(location.id)?),
            _ => {
                let why = "must be start, end, before or after";
                return Err(ApiError::invalid("location.position", why));
            }
        };
        Ok(Transfer {
            kind,
            ids: ids.into_iter().map(|id| bare(Some(id))).collect(),
            copy,
            target,
            place,
        })
    }
}

fn bare(id: Option<String>) -> String {
    without_owner(&id.unwrap_or_default()).to_owned()
}

/// `{"ids": […]}`: the uids that the items have now.
#[derive(Serialize, ToSchema)]
pub(crate) struct Transferred {
    ids: Vec<String>,
}

impl Transferred {
    /// Items of this collection.
    pub(crate) fn of(collection: &Collection, ids: &[String]) -> Self {
        let uid = |id: &String| format!("{}-{id}", collection.owner);
        Self {
            ids: ids.iter().map(uid).collect(),
        }
    }
}
