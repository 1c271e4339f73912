//! Activities: the feed.

use postern_model::{
    Activity, ActivityId, CollectionId, Model, TeamId, Timestamp, UserId, WorkspaceId,
};

use crate::argument::args;
use crate::pagination::lowest_id;
use crate::row::Row;
use crate::statement::statements;
use crate::tx::json;
use crate::{Page, PageRequest, StorageError, Tx};

macro_rules! columns {
    () => {
        "team, id, workspace, collection, collection_uid, collection_name, user_id, user_name, action, model, \
         model_name, model_uid, message, version, detail, created_at"
    };
}

macro_rules! list {
    ($of:literal) => {
        concat!(
            "SELECT ",
            columns!(),
            " FROM activities WHERE team = $1 AND id < $2 AND (workspace = $3 OR $3 IS NULL)
                AND (collection = $4 OR $4 IS NULL) AND (user_id = $5 OR $5 IS NULL) AND (model = $6 OR $6 IS NULL)
                AND id >= $8 AND (created_at >= $9 OR $9 IS NULL) AND (created_at < $10 OR $10 IS NULL)",
            $of,
            " ORDER BY id DESC LIMIT $7"
        )
    };
}

statements! {
    INSERT = concat!("INSERT INTO activities (", columns!(), ")
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)");
    GET = concat!("SELECT ", columns!(), " FROM activities WHERE team = $1 AND id = $2");
    // A text of its own for each index that answers it.
    LIST = list!("");
    LIST_OF_WORKSPACE = list!(" AND workspace = $3");
    LIST_OF_COLLECTION = list!(" AND collection = $4");
}

/// Which activities of a team.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ActivityFilter {
    /// Only those in this workspace.
    pub workspace: Option<WorkspaceId>,
    /// Only those in this collection.
    pub collection: Option<CollectionId>,
    /// Only what this user did.
    pub user: Option<UserId>,
    /// Only what was done to this kind of thing.
    pub model: Option<Model>,
    /// Only what was done at this time or later.
    pub since: Option<Timestamp>,
    /// Only what was done before this time.
    pub until: Option<Timestamp>,
}

/// The table of activities.
pub struct Activities<'a> {
    pub(crate) tx: &'a mut Tx,
}

impl Activities<'_> {
    /// Adds activities.
    pub async fn insert_all(&mut self, activities: &[Activity]) -> Result<(), StorageError> {
        for activity in activities {
            let detail = json("an activity's detail", &activity.detail)?;
            self.tx
                .execute(
                    &INSERT,
                    args![
                        activity.team,
                        activity.id,
                        activity.workspace,
                        activity.collection,
                        &activity.collection_uid,
                        &activity.collection_name,
                        activity.user,
                        &activity.user_name,
                        activity.action.as_str(),
                        activity.model.as_str(),
                        &activity.model_name,
                        &activity.model_uid,
                        &activity.message,
                        activity.version,
                        &detail,
                        activity.created_at
                    ],
                )
                .await?;
        }
        Ok(())
    }

    /// The activity of this id.
    pub async fn get(
        &mut self,
        team: TeamId,
        id: ActivityId,
    ) -> Result<Option<Activity>, StorageError> {
        self.tx
            .optional(&GET, args![team, id])
            .await?
            .as_ref()
            .map(activity)
            .transpose()
    }

    /// A team's feed, newest first.
    pub async fn list(
        &mut self,
        team: TeamId,
        filter: &ActivityFilter,
        page: PageRequest,
    ) -> Result<Page<Activity>, StorageError> {
        let list = match (filter.collection, filter.workspace) {
            (Some(_), _) => &LIST_OF_COLLECTION,
            (None, Some(_)) => &LIST_OF_WORKSPACE,
            (None, None) => &LIST,
        };
        let rows = self
            .tx
            .all(
                list,
                args![
                    team,
                    page.below_time(filter.until),
                    filter.workspace,
                    filter.collection,
                    filter.user,
                    filter.model.map(Model::as_str),
                    page.rows(),
                    lowest_id(filter.since.unwrap_or(Timestamp(0))),
                    filter.since,
                    filter.until
                ],
            )
            .await?;
        let activities = rows.iter().map(activity).collect::<Result<_, _>>()?;
        Ok(page.page(activities, |activity| activity.id.0))
    }
}

pub(crate) fn activity(row: &Row) -> Result<Activity, StorageError> {
    Ok(Activity {
        id: row.get("id")?,
        team: row.get("team")?,
        workspace: row.get("workspace")?,
        collection: row.get("collection")?,
        collection_uid: row.get("collection_uid")?,
        collection_name: row.get("collection_name")?,
        user: row.get("user_id")?,
        user_name: row.get("user_name")?,
        action: row.get("action")?,
        model: row.get("model")?,
        model_name: row.get("model_name")?,
        model_uid: row.get("model_uid")?,
        message: row.get("message")?,
        version: row.get("version")?,
        detail: row.json("detail")?,
        created_at: row.get("created_at")?,
    })
}
