//! Word of what has changed.

pub(crate) mod listen;

use postern_journal::{Counts, Topic, Topics};
use postern_model::TeamId;

use crate::Api;
use crate::error::ApiError;

/// The topics that are asked for; all when none are named.
fn topics(asked: Option<&str>) -> Result<Topics, ApiError> {
    let Some(asked) = asked else {
        return Ok(Topics::all());
    };
    let read = |word: &str| {
        Topic::parse(word.trim()).ok_or_else(|| {
            let all: Vec<&str> = Topic::ALL.into_iter().map(Topic::as_str).collect();
            let all = all.join(", ");
            ApiError::invalid("topics", format!("{word:?} is none of {all}"))
        })
    };
    asked.split(',').map(read).collect()
}

/// What an event's id says: what was told until then, and by which process.
fn id_of(api: &Api, seen: Counts) -> String {
    format!("{}-{seen}", api.boot())
}

/// What who comes back with this id has seen, and what may have been missed besides: everything where the id is another process's.
fn came_back(api: &Api, team: TeamId, id: Option<&str>) -> (Counts, Topics) {
    let now = api.journal().told().counts(team);
    let Some(id) = id else {
        return (now, Topics::default());
    };
    let ours = id.split_once('-').filter(|(boot, _)| *boot == api.boot());
    match ours.and_then(|(_, seen)| seen.parse().ok()) {
        Some(seen) => (seen, Topics::default()),
        None => (now, Topics::all()),
    }
}
