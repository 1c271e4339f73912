//! Looks at sources that are due. Whichever node takes one makes it due again later in the same step, so that no other does.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use postern_journal::{Found, JournalError, next_look};
use postern_model::{Source, SourceItem, SourcePlace};

use super::{Failure, directory, fetch, postman};
use crate::context::Context;
use crate::driver::{Look, Task, TaskError, words};

/// How often it looks when nothing wakes it.
const PERIOD: Duration = Duration::from_secs(30);
/// How many sources are taken at once, one after another.
const AT_ONCE: u32 = 16;
/// The longest that a look at a source may take.
const LONGEST: Duration = Duration::from_mins(5);

pub(crate) struct SourceTask {
    pub(crate) context: Arc<Context>,
}

impl Task for SourceTask {
    fn period(&self) -> Duration {
        PERIOD
    }

    async fn look(&mut self) -> Result<Look, TaskError> {
        let store = &self.context.parts.store;
        let mut tx = store.read().await?;
        let now = self.context.now(&mut tx).await?;
        let due = tx.sources().due(now, AT_ONCE).await?;
        drop(tx);
        let mut looked = 0;
        for source in &due {
            let mut tx = store.begin().await?;
            let next = next_look(source, now);
            let taken = tx.sources().claim(source, next).await?;
            let items = tx.sources().items(source.team, source.id).await?;
            tx.commit().await?;
            if taken {
                look_at(&self.context, source, &items).await?;
                looked += 1;
            }
        }
        let mut tx = store.read().await?;
        let now = self.context.now(&mut tx).await?;
        let next = tx.sources().next_due().await?;
        let again = next.map(|next| next.since(now).max(Duration::from_millis(50)));
        let did = match looked {
            0 => String::new(),
            count => format!("looked at {count} sources"),
        };
        Ok(Look { did, again })
    }
}

/// Looks at a source, and takes what is different there, or notes why that failed.
async fn look_at(
    context: &Context,
    source: &Source,
    items: &[SourceItem],
) -> Result<(), TaskError> {
    let journal = &context.parts.journal;
    let looking = read(context, source, items);
    let read = match tokio::time::timeout(LONGEST, looking).await {
        Ok(read) => read,
        Err(_) => Err(format!("it took longer than {} s", LONGEST.as_secs())),
    };
    // A folder that is not mounted, or a key that sees nothing, must not take all away.
    let read = match read {
        Ok(found) if found.is_empty() && !items.is_empty() => {
            Err("all that came from it is gone at once; nothing was deleted here".to_owned())
        }
        read => read,
    };
    let failure = match read {
        Ok(found) => match journal.take_source(source, found).await {
            Ok(changed) => {
                tracing::debug!(source.id = %source.id, changed, "looked at a source");
                return Ok(());
            }
            Err(error @ (JournalError::Storage(_) | JournalError::CutOff)) => {
                return Err(error.into());
            }
            // Deleted during the look.
            Err(JournalError::NotFound { .. }) => return Ok(()),
            Err(error) => format!("failed to {}", words(&error)),
        },
        Err(failure) => failure,
    };
    journal.fail_source(source, &failure).await?;
    Ok(())
}

async fn read(
    context: &Context,
    source: &Source,
    items: &[SourceItem],
) -> Result<Vec<Found>, Failure> {
    let egress = &context.parts.monitors;
    match &source.place {
        SourcePlace::Url { url, headers } => fetch::read(egress, url, headers).await,
        SourcePlace::Directory { path } => {
            let roots: Vec<PathBuf> = context.config.source_directories.clone();
            directory::read(path.clone(), roots).await
        }
        SourcePlace::Postman {
            base_url,
            api_key,
            workspace,
        } => {
            let account = postman::Account {
                egress,
                base_url,
                api_key,
                workspace: workspace.as_deref(),
            };
            account.read(items).await
        }
    }
}
