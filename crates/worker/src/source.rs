//! Sources: looked at when they are due, and what is different there taken over.

mod directory;
mod fetch;
mod postman;
mod task;

pub(crate) use task::SourceTask;

use postern_collection::{ImportFile, Imported, OpenApiOptions, import};
use postern_journal::{Found, FoundContent};
use postern_model::ContentHash;

/// Why a look failed, as people read it behind "could not read the source: ".
pub(crate) type Failure = String;

/// Reads what an export holds, on a thread of its own.
async fn read(files: Vec<ImportFile>) -> Result<Imported, Failure> {
    let read = tokio::task::spawn_blocking(move || import(files, OpenApiOptions::default()));
    match read.await {
        Ok(Ok(imported)) => Ok(imported),
        Ok(Err(error)) => Err(format!("failed to {error}")),
        Err(error) => Err(format!("failed to read it: {error}")),
    }
}

/// What was read, as the journal takes it. Each is known by the id that it says, or by its name; behind a place, if it came from one.
fn found(imported: Imported, place: &str, found: &mut Vec<Found>) {
    let mut add = |name: &str, bytes: &[u8], content: FoundContent| {
        let base = format!("{place}{name}");
        let mut there = base.clone();
        let mut number = 2;
        let kind = std::mem::discriminant(&content);
        while found
            .iter()
            .any(|it| it.there == there && std::mem::discriminant(&it.content) == kind)
        {
            there = format!("{base} ({number})");
            number += 1;
        }
        found.push(Found {
            there,
            seen: ContentHash::of(bytes).to_string(),
            content,
        });
    };
    for document in imported.collections {
        let bytes = document.to_bytes();
        let own = document.info_id().unwrap_or_else(|| document.name());
        let own = own.to_owned();
        add(&own, &bytes, FoundContent::Collection(document));
    }
    for document in imported.environments {
        let bytes = document.value().to_string().into_bytes();
        let name = document.name().to_owned();
        add(&name, &bytes, FoundContent::Environment(document));
    }
}
