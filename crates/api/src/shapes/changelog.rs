//! A collection's changelog: its activities, folded for reading.

use std::collections::BTreeSet;
use std::time::Duration;

use postern_model::Activity;
use postern_storage::Page;
use serde::Serialize;
use utoipa::ToSchema;

use crate::page::PageMeta;
use crate::shapes::activity::ActivityUser;

/// How long after each other two changes may come and still be told as one.
const APART: Duration = Duration::from_hours(1);

/// `{"changelog": […], "meta": {…}}`, newest first.
#[derive(Serialize, ToSchema)]
pub(crate) struct Changelog {
    pub(crate) changelog: Vec<Entry>,
    meta: PageMeta,
}

/// What one person did to one thing, once or a few times after each other.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Entry {
    /// The last activity's id.
    id: String,
    /// The line that people read.
    message: String,
    action: &'static str,
    model: &'static str,
    model_name: String,
    model_uid: String,
    user: ActivityUser,
    /// How many changes it stands for.
    count: usize,
    /// The fields that they changed.
    fields: BTreeSet<String>,
    /// The version that the last of them made.
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<i64>,
    /// The version before the first of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    from_version: Option<i64>,
    /// When the first was made.
    began_at: String,
    /// When the last was made.
    ended_at: String,
}

/// Folds activities, of which the newest is the first, into at most so many entries.
pub(crate) fn fold(page: Page<Activity>, limit: u32) -> Changelog {
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    let mut entries: Vec<Entry> = Vec::new();
    let mut last: Option<Activity> = None;
    let mut next = page.next;
    for activity in page.items {
        let fits = last
            .as_ref()
            .is_some_and(|newer| goes_with(newer, &activity));
        if !fits && entries.len() == most {
            next = last.as_ref().map(|last| last.id.0);
            break;
        }
        match entries.last_mut().filter(|_| fits) {
            Some(entry) => entry.add(&activity),
            None => entries.push(Entry::of(&activity)),
        }
        last = Some(activity);
    }
    Changelog {
        changelog: entries,
        meta: PageMeta::from(next, limit),
    }
}

fn goes_with(newer: &Activity, older: &Activity) -> bool {
    newer.user == older.user
        && newer.action == older.action
        && newer.model_uid == older.model_uid
        && newer.created_at.since(older.created_at) <= APART
}

impl Entry {
    fn of(activity: &Activity) -> Self {
        let mut entry = Self {
            id: activity.id.to_string(),
            message: activity.message.clone(),
            action: activity.action.as_str(),
            model: activity.model.as_str(),
            model_name: activity.model_name.clone(),
            model_uid: activity.model_uid.clone(),
            user: ActivityUser {
                id: activity.user.0,
                name: activity.user_name.clone(),
            },
            count: 0,
            fields: BTreeSet::new(),
            version: activity.version,
            from_version: None,
            began_at: String::new(),
            ended_at: activity.created_at.to_rfc3339(),
        };
        entry.add(activity);
        entry
    }

    fn add(&mut self, older: &Activity) {
        self.count += 1;
        let fields = older.detail["fields"].as_array().into_iter().flatten();
        self.fields
            .extend(fields.filter_map(|field| field.as_str().map(str::to_owned)));
        self.from_version = older.version.map(|version| version - 1);
        self.began_at = older.created_at.to_rfc3339();
    }
}
