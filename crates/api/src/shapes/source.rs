//! Sources: keys and headers go out masked.

use std::collections::BTreeMap;

use postern_journal::NewSource;
use postern_model::{Source, SourceItem, SourcePlace, Timestamp};
use serde::{Deserialize, Serialize};
use url::Url;
use utoipa::ToSchema;

use crate::error::ApiError;
use crate::mask::MASK;
use crate::params::needed;

/// Where Postman's API is.
const POSTMAN: &str = "https://api.getpostman.com";
/// Seconds between two looks, where nothing else is said.
const USUAL: u32 = 300;

/// `{"source": {…}}`.
#[derive(Serialize, ToSchema)]
pub(crate) struct SourceAnswer {
    pub(crate) source: SourceView,
}

/// `{"sources": […]}`.
#[derive(Serialize, ToSchema)]
pub(crate) struct SourceList {
    pub(crate) sources: Vec<SourceView>,
}

/// A source.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SourceView {
    id: String,
    name: String,
    /// The id of the workspace that what comes from it is put into.
    workspace: String,
    #[serde(flatten)]
    place: PlaceView,
    /// Seconds between two looks; 0: only on demand.
    every: u32,
    /// `waiting` (for the first look), `ok` or `failing`.
    status: &'static str,
    /// Why the last look failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    failing_since: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    checked_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_check_at: Option<String>,
    created_by: i64,
    created_at: String,
    updated_at: String,
    /// What came from it; in the answer for one source alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    items: Option<Vec<SourceItemView>>,
}

/// Where to look.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PlaceView {
    /// `url`, `directory` or `postman`.
    r#type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    headers: Option<BTreeMap<String, String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    base_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    api_key: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source_workspace: Option<String>,
}

/// Something that came from a source.
#[derive(Serialize, ToSchema)]
pub(crate) struct SourceItemView {
    /// `collection` or `environment`.
    kind: &'static str,
    /// Its id here.
    id: String,
    /// What the source calls it.
    there: String,
}

impl SourceItemView {
    /// The thing.
    pub(crate) fn of(item: &SourceItem) -> Self {
        Self {
            kind: item.kind.as_str(),
            id: item.thing.to_string(),
            there: item.there.clone(),
        }
    }
}

impl SourceView {
    /// The source, without what came from it.
    pub(crate) fn of(source: &Source) -> Self {
        let status = match (&source.error, source.checked_at) {
            (Some(_), _) => "failing",
            (None, Some(_)) => "ok",
            (None, None) => "waiting",
        };
        Self {
            id: source.id.to_string(),
            name: source.name.clone(),
            workspace: source.workspace.to_string(),
            place: PlaceView::of(&source.place),
            every: source.every,
            status,
            error: source.error.clone(),
            failing_since: source.failing_since.map(Timestamp::to_rfc3339),
            checked_at: source.checked_at.map(Timestamp::to_rfc3339),
            next_check_at: source.next_due_at.map(Timestamp::to_rfc3339),
            created_by: source.created_by.0,
            created_at: source.created_at.to_rfc3339(),
            updated_at: source.updated_at.to_rfc3339(),
            items: None,
        }
    }

    /// The same with what came from it.
    pub(crate) fn with_items(self, items: Vec<SourceItemView>) -> Self {
        Self {
            items: Some(items),
            ..self
        }
    }
}

impl PlaceView {
    fn of(place: &SourcePlace) -> Self {
        let nothing = Self {
            r#type: "",
            url: None,
            headers: None,
            path: None,
            base_url: None,
            api_key: None,
            source_workspace: None,
        };
        match place {
            SourcePlace::Url { url, headers } => Self {
                r#type: "url",
                url: Some(url.clone()),
                headers: Some(
                    headers
                        .keys()
                        .map(|key| (key.clone(), MASK.to_owned()))
                        .collect(),
                ),
                ..nothing
            },
            SourcePlace::Directory { path } => Self {
                r#type: "directory",
                path: Some(path.clone()),
                ..nothing
            },
            SourcePlace::Postman {
                base_url,
                workspace,
                ..
            } => Self {
                r#type: "postman",
                base_url: Some(base_url.clone()),
                api_key: Some(MASK),
                source_workspace: workspace.clone(),
                ..nothing
            },
        }
    }
}

/// The body that makes or changes a source.
#[derive(Deserialize, ToSchema)]
#[serde(expecting = "an object", deny_unknown_fields)]
pub(crate) struct SourceBody {
    pub(crate) source: SourceFields,
}

/// What people say of a source.
#[derive(Deserialize, ToSchema)]
#[serde(expecting = "an object", rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct SourceFields {
    /// At most 255 characters; needed when it is made.
    name: Option<String>,
    /// The id of the workspace that what comes from it is put into; without it, the usual one.
    pub(crate) workspace: Option<String>,
    /// `url`, `directory` or `postman`; needed when it is made.
    r#type: Option<String>,
    /// `url`: the address, `http` or `https`.
    url: Option<String>,
    /// `url`: headers to ask with.
    headers: Option<BTreeMap<String, String>>,
    /// `directory`: the folder's path, within one of the setting `sources.directories`.
    path: Option<String>,
    /// `postman`: the API's address; without it, Postman's own.
    base_url: Option<String>,
    /// `postman`: the API key.
    api_key: Option<String>,
    /// `postman`: the id of the workspace there; without it, all that the key may see.
    source_workspace: Option<String>,
    /// Seconds between two looks, 30 to 2678400 (300); 0: only on demand.
    every: Option<u32>,
}

impl SourceFields {
    /// The source that is wanted; `before` is the one that is changed.
    pub(crate) fn read(self, before: Option<&Source>) -> Result<NewSource, ApiError> {
        let name = self
            .name
            .clone()
            .or_else(|| before.map(|it| it.name.clone()));
        let name = needed("source.name", name)?;
        let every = self
            .every
            .or_else(|| before.map(|it| it.every))
            .unwrap_or(USUAL);
        let place = self.place(before.map(|it| &it.place))?;
        Ok(NewSource { name, place, every })
    }

    fn place(self, before: Option<&SourcePlace>) -> Result<SourcePlace, ApiError> {
        let old = before.map(PlaceView::of);
        let kind = self
            .r#type
            .or_else(|| old.as_ref().map(|it| it.r#type.to_owned()));
        let kind = needed("source.type", kind)?;
        match kind.as_str() {
            "url" => {
                let url = self.url.or_else(|| old.and_then(|it| it.url));
                let url = needed("source.url", url)?;
                let url = address("source.url", &url)?;
                let mut headers = match (self.headers, before) {
                    (Some(headers), _) => headers,
                    (None, Some(SourcePlace::Url { headers, .. })) => headers
                        .keys()
                        .map(|key| (key.clone(), MASK.to_owned()))
                        .collect(),
                    (None, _) => BTreeMap::new(),
                };
                for (key, value) in &mut headers {
                    if value == MASK {
                        let kept = match before {
                            Some(SourcePlace::Url { url: old, headers })
                                if same_host(old, &url) =>
                            {
                                headers.get(key).cloned()
                            }
                            _ => None,
                        };
                        *value = kept.ok_or_else(|| masked(&format!("source.headers.{key}")))?;
                    }
                }
                Ok(SourcePlace::Url { url, headers })
            }
            "directory" => {
                let path = self.path.or_else(|| old.and_then(|it| it.path));
                let path = needed("source.path", path)?;
                if !path.starts_with('/') {
                    let why = "must be an absolute path, such as /srv/collections/shop";
                    return Err(ApiError::invalid("source.path", why));
                }
                Ok(SourcePlace::Directory { path })
            }
            "postman" => {
                let base_url = self
                    .base_url
                    .or_else(|| old.as_ref().and_then(|it| it.base_url.clone()));
                let base_url = base_url.unwrap_or_else(|| POSTMAN.to_owned());
                let base_url = address("source.baseUrl", &base_url)?;
                let kept = match before {
                    Some(SourcePlace::Postman {
                        base_url: old,
                        api_key,
                        ..
                    }) if same_host(old, &base_url) => Some(api_key.clone()),
                    _ => None,
                };
                let api_key = match self.api_key {
                    Some(key) if key == MASK => kept.ok_or_else(|| masked("source.apiKey"))?,
                    Some(key) => key,
                    None => needed("source.apiKey", kept)?,
                };
                Ok(SourcePlace::Postman {
                    base_url,
                    api_key,
                    workspace: self
                        .source_workspace
                        .or_else(|| old.and_then(|it| it.source_workspace)),
                })
            }
            _ => Err(ApiError::invalid(
                "source.type",
                "must be url, directory or postman",
            )),
        }
    }
}

/// A secret goes to the host that it was given for, and to no other.
fn same_host(old: &str, new: &str) -> bool {
    let origin = |text: &str| Url::parse(text).ok().map(|url| url.origin());
    origin(old).is_some() && origin(old) == origin(new)
}

fn masked(field: &str) -> ApiError {
    ApiError::invalid(
        field,
        "is masked, and goes to another host than before: say it again",
    )
}

fn address(field: &str, text: &str) -> Result<String, ApiError> {
    let url = Url::parse(text).ok();
    let fits = url.is_some_and(|url| ["http", "https"].contains(&url.scheme()) && url.has_host());
    if fits {
        Ok(text.to_owned())
    } else {
        Err(ApiError::invalid(
            field,
            "must be an address with http or https",
        ))
    }
}
