//! Activities: the feed.

use postern_model::{Activity, ActivityId, CollectionId, TeamId, WorkspaceId};

use crate::{Page, PageRequest, StorageError, Tx};

/// Which activities of a team.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ActivityFilter {
    /// Only those in this workspace.
    pub workspace: Option<WorkspaceId>,
    /// Only those in this collection.
    pub collection: Option<CollectionId>,
}

/// The table of activities.
pub struct Activities<'a> {
    pub(crate) tx: &'a mut Tx,
}

impl Activities<'_> {
    /// Adds activities.
    pub async fn insert_all(&mut self, activities: &[Activity]) -> Result<(), StorageError> {
        unimplemented!()
    }

    /// The activity of this id.
    pub async fn get(
        &mut self,
        team: TeamId,
        id: ActivityId,
    ) -> Result<Option<Activity>, StorageError> {
        unimplemented!()
    }

    /// A team's feed, newest first.
    pub async fn list(
        &mut self,
        team: TeamId,
        filter: &ActivityFilter,
        page: PageRequest,
    ) -> Result<Page<Activity>, StorageError> {
        unimplemented!()
    }
}
