//! What came of an import.

use postern_collection::{ImportFormat, Imported, NotCarriedOver};
use postern_journal::Arrived;
use postern_model::Collection;
use serde::Serialize;
use utoipa::ToSchema;

/// `{"import": {…}}`.
#[derive(Serialize, ToSchema)]
pub(crate) struct ImportAnswer {
    pub(crate) import: ImportView,
}

/// What came of an import, or would.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ImportView {
    /// `Postman`, `OpenAPI`, `cURL`, `HAR`, `Insomnia` or `Bruno`.
    format: &'static str,
    collections: Vec<ImportedName>,
    environments: Vec<ImportedName>,
    /// How many global variables the workspace has more, or otherwise than before.
    globals: usize,
    not_carried_over: Vec<NotCarriedOverView>,
}

/// A thing that was made. Without ids, where nothing was.
#[derive(Serialize, ToSchema)]
pub(crate) struct ImportedName {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    uid: Option<String>,
}

/// Something that could not be carried over.
#[derive(Serialize, ToSchema)]
pub(crate) struct NotCarriedOverView {
    /// What, such as `gRPC requests`.
    what: String,
    /// Where the first one stands.
    first: String,
    count: usize,
}

impl ImportedName {
    /// The collection.
    pub(crate) fn of(collection: &Collection) -> Self {
        Self {
            id: Some(collection.id.to_string()),
            name: collection.name.clone(),
            uid: Some(collection.uid().to_string()),
        }
    }

    fn planned(name: &str) -> Self {
        Self {
            id: None,
            name: name.to_owned(),
            uid: None,
        }
    }
}

fn told(notes: Vec<NotCarriedOver>) -> Vec<NotCarriedOverView> {
    let notes = notes.into_iter();
    notes
        .map(|NotCarriedOver { what, first, count }| NotCarriedOverView { what, first, count })
        .collect()
}

impl ImportView {
    /// What was made.
    pub(crate) fn of(format: ImportFormat, notes: Vec<NotCarriedOver>, arrived: &Arrived) -> Self {
        let environments = arrived.environments.iter().map(|it| ImportedName {
            id: Some(it.id.to_string()),
            name: it.name.clone(),
            uid: Some(it.uid().to_string()),
        });
        Self {
            format: format.as_str(),
            collections: arrived.collections.iter().map(ImportedName::of).collect(),
            environments: environments.collect(),
            globals: arrived.globals,
            not_carried_over: told(notes),
        }
    }

    /// What would be made.
    pub(crate) fn planned(imported: &Imported) -> Self {
        let collections = imported.collections.iter();
        let environments = imported.environments.iter();
        Self {
            format: imported.format.as_str(),
            collections: collections
                .map(|it| ImportedName::planned(it.name()))
                .collect(),
            environments: environments
                .map(|it| ImportedName::planned(it.name()))
                .collect(),
            globals: imported.globals.len(),
            not_carried_over: told(imported.not_carried_over.clone()),
        }
    }
}

/// `{"collections": […]}`, as Postman's API answers.
#[derive(Serialize, ToSchema)]
pub(crate) struct ImportedCollections {
    pub(crate) collections: Vec<ImportedName>,
}
