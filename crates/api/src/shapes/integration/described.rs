//! The settings of an integration, described for OpenAPI. The types that are read and written are `postern-model`'s, which
//! knows nothing of OpenAPI; a test keeps the two from drifting apart.

use std::collections::BTreeMap;

use utoipa::ToSchema;

/// Where and how to send.
#[derive(ToSchema)]
#[schema(as = IntegrationConfig)]
#[expect(dead_code, reason = "describes postern_model::IntegrationConfig")]
pub(crate) struct Config {
    /// The receiver's address, `http` or `https`; of connectors that send webhooks.
    url: Option<String>,
    /// What the connector's form asks for, by key (`GET /connectors/{id}`); secret ones go out masked.
    #[schema(value_type = Option<Object>)]
    fields: Option<BTreeMap<String, serde_json::Value>>,
    /// The user's own headers; their values go out masked.
    headers: Option<BTreeMap<String, String>>,
    /// How the receiver knows who calls, besides the signature.
    auth: Option<Auth>,
    /// Certificates for this receiver.
    tls: Option<Tls>,
    /// A script with a function `handler(webhook)` that may change `method`, `url`, `headers` and `payload`, or set `cancel`; at
    /// most 64 KiB.
    transform: Option<String>,
}

/// What goes into `Authorization`. `password`, `token` and `clientSecret` go out masked.
#[derive(ToSchema)]
#[schema(as = ReceiverAuth, rename_all = "camelCase")]
#[expect(dead_code, reason = "describes postern_model::ReceiverAuth")]
pub(crate) struct Auth {
    /// `basic` (with `username` and `password`), `bearer` (with `token`) or `oauth2` (client credentials; with the rest).
    r#type: String,
    username: Option<String>,
    password: Option<String>,
    token: Option<String>,
    /// The token server's address.
    token_url: Option<String>,
    client_id: Option<String>,
    client_secret: Option<String>,
    /// What the token is for, with spaces in between.
    scope: Option<String>,
    /// Whom the token is for, where the token server wants to know.
    audience: Option<String>,
    /// Where id and secret go: `header` (default) or `body`.
    client_authentication: Option<String>,
}

/// Certificates as PEM, each at most 64 KiB.
#[derive(ToSchema)]
#[schema(as = ReceiverTls)]
#[expect(dead_code, reason = "describes postern_model::ReceiverTls")]
pub(crate) struct Tls {
    /// Whom to believe besides those whom the system believes.
    ca: Option<String>,
    /// What we show if the receiver asks who we are: our certificate, and then those that lead to its root.
    certificate: Option<String>,
    /// The key to it, not encrypted; goes out masked.
    key: Option<String>,
}

/// When the activities that were gathered are told.
#[derive(ToSchema)]
#[schema(as = DigestSchedule)]
#[expect(dead_code, reason = "describes postern_model::DigestSchedule")]
pub(crate) struct Digest {
    /// Five cron fields: `0 * * * *` hourly, `0 7 * * *` daily at seven.
    cron: String,
    /// An IANA time zone (UTC).
    timezone: Option<String>,
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
    /// Whether one that names no workspace, collection or monitor also tells of workspaces that are not open to the team (false;
    /// for admins).
    #[schema(rename = "closedWorkspaces")]
    closed_workspaces: Option<bool>,
    /// With connectors that can (`email`): when activities are told together; not there: each by itself.
    digest: Option<Digest>,
    /// What waits for what: `none` (default), `by_key` or `strict`.
    order: Option<String>,
    /// When a backup goes out (`collection_backup`): `every_change`.
    backup: Option<String>,
    /// Which types of custom events; `*` stands for any characters; empty: all.
    types: Option<Vec<String>>,
    /// Of which actions activities are told, such as `update`; empty: of all.
    actions: Option<Vec<String>>,
    /// Of which kinds of things activities are told, such as `request`; empty: of all.
    models: Option<Vec<String>>,
    /// Signatures besides `v1`: `v1a`, `x-hub-signature-256`.
    signatures: Option<Vec<String>>,
    /// Seconds after which each next attempt follows, in place of the default schedule.
    retries: Option<Vec<u32>>,
    /// Seconds that an attempt may take in all, 1 to 120 (30).
    timeout: Option<u32>,
    /// Requests at once, 1 to 100 (8).
    concurrency: Option<u32>,
    /// The most attempts a second, 1 to 10000; without it, as many as go.
    rate: Option<u32>,
}

#[cfg(test)]
mod tests {
    use postern_model::{
        Action, ClientAuthentication, ClientCredentials, DigestSchedule, ExtraSignature,
        IntegrationConfig, IntegrationOptions, Model, ReceiverAuth, ReceiverTls,
    };
    use serde_json::Value;
    use utoipa::PartialSchema;

    use super::*;

    fn names(value: &Value) -> Vec<String> {
        let mut names: Vec<String> = value.as_object().unwrap().keys().cloned().collect();
        names.sort();
        names
    }

    #[test]
    fn every_option_is_described() {
        let described = serde_json::to_value(Options::schema()).unwrap();
        let all = IntegrationOptions {
            closed_workspaces: true,
            concurrency: Some(1),
            rate: Some(1),
            actions: vec![Action::Create],
            models: vec![Model::Folder],
            digest: Some(DigestSchedule {
                cron: "0 * * * *".to_owned(),
                timezone: "UTC".to_owned(),
            }),
            signatures: vec![ExtraSignature::Hub],
            ..IntegrationOptions::default()
        };
        let real = serde_json::to_value(all).unwrap();
        assert_eq!(names(&described["properties"]), names(&real));
    }

    #[test]
    fn every_part_of_the_config_is_described() {
        let text = |text: &str| text.to_owned();
        let auths = [
            ReceiverAuth::Basic {
                username: text("a"),
                password: text("b"),
            },
            ReceiverAuth::Bearer { token: text("c") },
            ReceiverAuth::OAuth2(ClientCredentials {
                token_url: text("d"),
                client_id: text("e"),
                client_secret: text("f"),
                scope: Some(text("g")),
                audience: Some(text("h")),
                client_authentication: ClientAuthentication::Header,
            }),
        ];
        let tls = ReceiverTls {
            ca: Some(text("i")),
            certificate: Some(text("j")),
            key: Some(text("k")),
        };
        let mut every = serde_json::Map::new();
        for auth in &auths {
            every.extend(
                serde_json::to_value(auth)
                    .unwrap()
                    .as_object()
                    .unwrap()
                    .clone(),
            );
        }
        let described = |schema| serde_json::to_value(schema).unwrap()["properties"].clone();
        assert_eq!(
            names(&described(Auth::schema())),
            names(&Value::from(every))
        );
        let real = serde_json::to_value(&tls).unwrap();
        assert_eq!(names(&described(Tls::schema())), names(&real));
        let config = IntegrationConfig {
            headers: serde_json::Map::from_iter([(text("l"), Value::from("m"))]),
            fields: serde_json::Map::from_iter([(text("p"), Value::from("q"))]),
            auth: Some(auths[0].clone()),
            tls: Some(tls),
            transform: Some(text("o")),
            ..IntegrationConfig::to("n")
        };
        let real = serde_json::to_value(config).unwrap();
        assert_eq!(names(&described(Config::schema())), names(&real));
    }
}
