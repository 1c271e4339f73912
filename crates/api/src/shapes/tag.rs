//! Tags in Postman's shape.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::error::ApiError;
use crate::params::needed;

/// `{"tags": [{"slug": "…"}]}`.
#[derive(Serialize, ToSchema)]
pub(crate) struct TagList {
    tags: Vec<TagView>,
}

/// One tag.
#[derive(Serialize, ToSchema)]
pub(crate) struct TagView {
    slug: String,
}

impl TagList {
    /// These tags.
    pub(crate) fn of(slugs: Vec<String>) -> Self {
        Self {
            tags: slugs.into_iter().map(|slug| TagView { slug }).collect(),
        }
    }
}

/// `{"tags": [{"slug": "…"}]}`, as they are wanted.
#[derive(Deserialize, ToSchema)]
pub(crate) struct TagsBody {
    tags: Option<Vec<TagWanted>>,
}

/// One tag that is wanted: `{"slug": "…"}`, or the word alone, as some clients send it.
#[derive(Deserialize, ToSchema)]
#[serde(untagged)]
pub(crate) enum TagWanted {
    /// The word alone.
    Word(String),
    /// An object.
    Object {
        /// The word.
        slug: String,
    },
}

impl TagsBody {
    /// The words.
    pub(crate) fn slugs(self) -> Result<Vec<String>, ApiError> {
        let tags = needed("tags", self.tags)?;
        Ok(tags
            .into_iter()
            .map(|tag| match tag {
                TagWanted::Word(slug) | TagWanted::Object { slug } => slug,
            })
            .collect())
    }
}

/// `{"data": {"entities": […]}, "meta": {"count": 2}}`.
#[derive(Serialize, ToSchema)]
pub(crate) struct EntityList {
    data: Entities,
    meta: EntitiesMeta,
}

/// What has a tag.
#[derive(Serialize, ToSchema)]
pub(crate) struct Entities {
    entities: Vec<Entity>,
}

/// A collection or a workspace that has it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Entity {
    entity_id: String,
    entity_type: &'static str,
}

/// How many there are on this page, and where the next one begins.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct EntitiesMeta {
    count: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
}

impl Entity {
    /// A thing of this kind.
    pub(crate) fn new(id: String, kind: &'static str) -> Self {
        Self {
            entity_id: id,
            entity_type: kind,
        }
    }
}

impl EntityList {
    /// These, and where the list goes on.
    pub(crate) fn of(entities: Vec<Entity>, next: Option<Uuid>) -> Self {
        Self {
            meta: EntitiesMeta {
                count: entities.len(),
                next_cursor: next.map(|id| id.to_string()),
            },
            data: Entities { entities },
        }
    }
}
