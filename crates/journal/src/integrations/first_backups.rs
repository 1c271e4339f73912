//! What an integration for backups is owed from the beginning.

use std::collections::HashSet;

use postern_model::Integration;
use postern_storage::CollectionFilter;

use super::subscriber;
use crate::JournalError;
use crate::collections::{Saved, backup_of};
use crate::entry::Entry;

impl Entry<'_> {
    /// A first backup of each collection that the integration covers, to it alone.
    pub(super) async fn first_backups(
        &mut self,
        integration: &Integration,
    ) -> Result<(), JournalError> {
        let filter = CollectionFilter {
            workspace: integration.workspace,
            ..CollectionFilter::default()
        };
        let mut covered = self
            .tx
            .collections()
            .list(integration.team, &filter)
            .await?;
        covered.retain(|collection| integration.collection.is_none_or(|id| id == collection.id));
        let mut shut = HashSet::new();
        if integration.workspace.is_none()
            && integration.collection.is_none()
            && !integration.options.closed_workspaces
        {
            let closed = self.tx.workspace_members().closed(integration.team).await?;
            shut.extend(closed);
        }
        covered.retain(|collection| !shut.contains(&collection.workspace));
        for collection in covered {
            let workspace = self.workspace_name(&collection).await?;
            let document = self.document(&collection).await?;
            // Nobody has just saved it.
            let told = backup_of(&collection, document, &workspace, &Saved::default());
            self.deliver(&told, &[subscriber(integration)]).await?;
        }
        Ok(())
    }
}
