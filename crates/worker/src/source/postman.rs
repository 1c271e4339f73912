//! Postman, or another Postern, by its API: what has another time of change than the last time is read again.

use postern_collection::{Document, EnvironmentDocument, parse_json};
use postern_egress::Egress;
use postern_journal::{Found, FoundContent};
use postern_model::{SourceItem, SourceKind};
use serde_json::Value;

use super::{Failure, fetch};

/// Whose collections are read.
pub(super) struct Account<'a> {
    pub(super) egress: &'a Egress,
    pub(super) base_url: &'a str,
    pub(super) api_key: &'a str,
    pub(super) workspace: Option<&'a str>,
}

impl Account<'_> {
    /// All collections and environments.
    pub(super) async fn read(&self, items: &[SourceItem]) -> Result<Vec<Found>, Failure> {
        let mut found = Vec::new();
        for (kind, list) in [
            (SourceKind::Collection, "collections"),
            (SourceKind::Environment, "environments"),
        ] {
            let query = match self.workspace {
                Some(workspace) => {
                    let mut query = url::form_urlencoded::Serializer::new(String::new());
                    query.append_pair("workspace", workspace);
                    format!("/{list}?{}", query.finish())
                }
                None => format!("/{list}"),
            };
            let listed = self.get(&query).await?;
            let Some(all) = listed[list].as_array() else {
                return Err(format!("the answer to {query} has no list {list:?}"));
            };
            for it in all {
                found.push(self.one(kind, list, it, items).await?);
            }
        }
        Ok(found)
    }

    async fn one(
        &self,
        kind: SourceKind,
        list: &str,
        it: &Value,
        items: &[SourceItem],
    ) -> Result<Found, Failure> {
        let text = |key: &str| it[key].as_str().unwrap_or_default().to_owned();
        let (uid, seen) = (text("uid"), text("updatedAt"));
        if uid.is_empty() {
            return Err(format!("the list {list:?} has an element without a uid"));
        }
        let same =
            |known: &&SourceItem| known.kind == kind && known.there == uid && known.seen == seen;
        // Without a time of change it is read each time.
        if !seen.is_empty() && items.iter().any(|known| same(&known)) {
            return Ok(Found {
                there: uid,
                seen,
                content: FoundContent::Same(kind),
            });
        }
        let document = self.get(&format!("/{list}/{uid}")).await?;
        let failed = |error| format!("{uid}: failed to {error}");
        let content = match kind {
            SourceKind::Collection => {
                FoundContent::Collection(Document::from_value(document).map_err(failed)?)
            }
            SourceKind::Environment => FoundContent::Environment(
                EnvironmentDocument::from_value(document).map_err(failed)?,
            ),
        };
        Ok(Found {
            there: uid,
            seen,
            content,
        })
    }

    async fn get(&self, path: &str) -> Result<Value, Failure> {
        let url = format!("{}{path}", self.base_url.trim_end_matches('/'));
        let headers = [("x-api-key", self.api_key)].into_iter();
        let bytes = fetch::get(self.egress, &url, headers).await?;
        parse_json(&bytes).map_err(|error| format!("{path}: failed to {error}"))
    }
}
