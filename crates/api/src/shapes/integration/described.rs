//! The settings of an integration, described for OpenAPI. The types that are read and written are `postern-model`'s, which
//! knows nothing of OpenAPI; a test keeps the two from drifting apart.

use std::collections::BTreeMap;

use utoipa::ToSchema;

/// Where and how to send.
#[derive(ToSchema)]
#[schema(as = IntegrationConfig)]
#[expect(dead_code, reason = "describes postern_model::IntegrationConfig")]
pub(crate) struct Config {
    /// The receiver's address, `http` or `https`.
    url: String,
    /// The user's own headers; their values go out masked.
    headers: Option<BTreeMap<String, String>>,
}

/// What to send, and when.
#[derive(ToSchema)]
#[schema(as = IntegrationOptions)]
#[expect(dead_code, reason = "describes postern_model::IntegrationOptions")]
pub(crate) struct Options {
    /// Which runs are told (`monitor_results`): `every_run` (default) or `failures`.
    notify: Option<String>,
    /// With `failures`: the first failure of a streak that is told, from 1.
    from: Option<u32>,
    /// With `failures`: how many of a streak are told; `null`: all of them.
    limit: Option<u32>,
    /// Which fields a body has: `standard` (default) or `detailed`.
    payload: Option<String>,
    /// What waits for what: `none` (default), `by_key` or `strict`.
    order: Option<String>,
    /// When a backup goes out (`collection_backup`): `every_change`.
    backup: Option<String>,
    /// Which types of custom events; `*` stands for any characters; empty: all.
    types: Option<Vec<String>>,
    /// Seconds after which each next attempt follows, in place of the default schedule.
    retries: Option<Vec<u32>>,
    /// Seconds that an attempt may take in all, 1 to 120 (30).
    timeout: Option<u32>,
}

#[cfg(test)]
mod tests {
    use postern_model::IntegrationOptions;
    use serde_json::Value;
    use utoipa::PartialSchema;

    use super::*;

    #[test]
    fn every_option_is_described() {
        let described = serde_json::to_value(Options::schema()).unwrap();
        let real = serde_json::to_value(IntegrationOptions::default()).unwrap();
        let names = |value: &Value| {
            let mut names: Vec<String> = value.as_object().unwrap().keys().cloned().collect();
            names.sort();
            names
        };
        assert_eq!(names(&described["properties"]), names(&real));
    }
}
